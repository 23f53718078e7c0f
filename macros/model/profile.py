"""A later profile: what one wave found out about one Trust, on the subjects that the wave covered."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from macros.model.base import Label, Record, Text, TrustName
from macros.model.trust import (
    Award,
    Context,
    Gap,
    Governance,
    Investment,
    Needs,
    NextSteps,
    Plan,
    PracticeStatement,
    Term,
    Tool,
    TrainingPart,
    Trust,
)
from macros.model.vocabulary import Part
from macros.model.wave import WaveName


def _filled(value: Any) -> Any:
    if not value:
        raise PydanticCustomError("empty_part", "is empty: leave out a part that this wave did not ask about")
    return value


_Filled = BeforeValidator(_filled)


class Profile(Record):
    """One later wave's account of a Trust. A part that is left out was not covered by the wave, which is not a “no”."""

    kind: ClassVar[str] = "profiles"

    trust: TrustName = Field(
        description="The Trust’s slug; taken from the folder’s name, never typed.", examples=["luton"]
    )
    wave: WaveName = Field(description="The wave; taken from the file’s name, never typed.", examples=["2027"])
    basis: Text = Field(
        title="What the profile rests on",
        description="How this was found out, for readers.",
        examples=["We read the council’s strategy, and asked its head of commissioning."],
    )
    partnership: Label | None = Field(
        None,
        title="The partnership’s new name",
        description="What the partnership was called, if it had another name than before. Its address stays, and "
        "search finds it by either name.",
        examples=["Luton Families Partnership"],
    )
    led_by: Label | None = Field(
        None,
        title="Who led it",
        description="The council or councils that led it, if they were others than before, such as those that took "
        "over the area.",
        examples=["Central Bedfordshire Council"],
    )
    context: Annotated[Context | None, _Filled] = Field(None, description="How things stood.")
    governance: Annotated[Governance | None, _Filled] = Field(None, description="The sector’s place in governance.")
    needs: Annotated[Needs | None, _Filled] = Field(None, description="The sector and needs assessment.")
    training: Annotated[TrainingPart | None, _Filled] = Field(None, description="Training and awareness.")
    next_steps: Annotated[NextSteps | None, _Filled] = Field(None, description="What was to come.")
    investment: Annotated[Investment | None, _Filled] = Field(None, description="Money invested in the sector.")
    terms: Annotated[tuple[Term, ...], _Filled] = Field((), description="Contract and payment terms.")
    plans: Annotated[tuple[Plan, ...], _Filled] = Field(
        (), description="What would be commissioned, extended, reviewed or ended, and when."
    )
    tools: Annotated[tuple[Tool, ...], _Filled] = Field((), description="Named tools and practices.")
    awards: Annotated[tuple[Award, ...], _Filled] = Field((), description="Prizes.")
    practice: Annotated[tuple[PracticeStatement, ...], _Filled] = Field(
        (), description="What it did on the subjects of the standards."
    )
    gaps: Annotated[tuple[Gap, ...], _Filled] = Field(
        (), description="What this wave asked about and could not find out."
    )

    @property
    def statement(self) -> str:
        return self.basis

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the profile that its wave covered."""
        return tuple(part for part, fields in PART_FIELDS.items() if getattr(self, fields[0]) is not None)


PART_FIELDS: dict[Part, tuple[str, ...]] = {
    Part.CONTEXT: ("context", "tools", "awards"),
    Part.GOVERNANCE: ("governance",),
    Part.NEEDS: ("needs",),
    Part.TRAINING: ("training",),
    Part.NEXT_STEPS: ("next_steps", "plans"),
    Part.INVESTMENT: ("investment", "terms"),
}
"""The fields of a profile that belong to each part: the part itself, and the lists that are shown with it."""


def with_parts_of(trust: Trust, profile: Profile) -> Trust:
    """Return a Trust updated by one more wave: the parts that the wave covered replace those from before.

    A new name becomes its name, and the old one is among the names that it is also called by. `authority` stays: it is
    the council of the first evidence, which `life` is about.
    """
    told = {field: getattr(profile, field) for part in profile.parts for field in PART_FIELDS[part]}
    standards = {one.standard for one in profile.practice}
    practice = (*(one for one in trust.practice if one.standard not in standards), *profile.practice)
    gaps = (*(gap for gap in trust.gaps if gap.part not in profile.parts), *profile.gaps)
    update = {**told, "practice": practice, "gaps": gaps}
    if profile.partnership and profile.partnership != trust.partnership:
        update["partnership"] = profile.partnership
        update["also_called"] = tuple(dict.fromkeys((*trust.also_called, trust.partnership)))
    return trust.model_copy(update=update)
