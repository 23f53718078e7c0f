"""A release of one wave's results: the counts, the cells hidden and the rule for each, who released it and when."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from macros.model.base import Count, Label, Model, Record, Slug, Sourced
from macros.model.dates import When
from macros.model.questionnaire import EVERYONE
from macros.model.survey import Fieldwork, Limit, Remark
from macros.model.vocabulary import Word

HIDDEN = "too few to show"
"""Shown in a cell whose value is not published."""

NOT_A_SHARE = "not in the base"
"""Shown where a share would have another base, as for “do not know” and the like."""

NOT_WEIGHTED = "not weighted"
"""Shown where no weighted share is worked out."""

SMALL_BASE = "base too small"
"""Shown where the base is too small for a share."""

_WHOLE = re.compile(r"[0-9]{1,7}")
_FRACTION = re.compile(r"[0-9]{1,3}(?:\.[0-9])?")


def _count(value: object) -> object:
    if value == HIDDEN or value is None:
        return None
    if not _WHOLE.fullmatch(str(value)):
        raise PydanticCustomError("percent", "should be a whole number, or “{word}”", {"word": HIDDEN})
    return int(str(value))


def _share(value: object) -> object:
    if value in {HIDDEN, SMALL_BASE, NOT_A_SHARE, NOT_WEIGHTED} or value is None:
        return None
    if not _WHOLE.fullmatch(str(value)) or int(str(value)) > 100:
        raise PydanticCustomError("percent", "should be a whole number from 0 to 100, or the word for why not")
    return int(str(value))


HiddenCount = Annotated[int | None, BeforeValidator(_count, json_schema_input_type=int | Literal["too few to show"])]
HiddenShare = Annotated[
    int | None,
    BeforeValidator(
        _share,
        json_schema_input_type=int | Literal["too few to show", "base too small", "not in the base", "not weighted"],
    ),
]


class Tool(Word):
    """The tool that gathered the answers."""

    KOBO = "kobo", "KoboToolbox or ODK, as CSV or XLSX."
    LIMESURVEY = "limesurvey", "LimeSurvey, as CSV."
    MICROSOFT = "microsoft", "Microsoft Forms, as XLSX or CSV."
    GOOGLE = "google", "Google Forms, as CSV."
    SURVEYMONKEY = "surveymonkey", "SurveyMonkey, as CSV or XLSX."


class Reason(Word):
    """Why an answer could not be used."""

    TEST = "test", "It was a test of the form."
    DUPLICATE = "duplicate", "It had been sent before: the tool’s own number of the answer stood there twice."
    PARTIAL = "partial", "It had not been sent off, or held no answer."
    OUT_OF_SCOPE = "out of scope", "It came from somebody whom the survey was not for."


class Hiding(Word):
    """The rule by which a cell is hidden."""

    SMALL_COUNT = "small count", "The count is above 0 and below the threshold."
    SMALL_BASE = "small base", "The group’s base is smaller than the smallest that is published."
    ALL_THE_SAME = "all the same", "Everybody in the group gave the same answer."
    ZERO = "zero in a small group", "A count of 0 would tell what nobody in a small group answered."
    SMALL_CHANGE = "small change", "With an earlier release, it would tell the answers of the few who came later."
    PROTECTS = "protects others", "With it, a hidden cell could be worked out."


class LeftOut(Model):
    """How many answers could not be used for one reason."""

    reason: Reason = Field(description="Why.", examples=["out of scope"])
    count: Count = Field(description="How many.", examples=[3])


class HiddenCells(Model):
    """How many cells one rule hides."""

    rule: Hiding = Field(description="The rule.", examples=["small count"])
    count: Count = Field(description="How many cells.", examples=[12])


class Result(Sourced):
    """One row of a release: how many of one group gave one answer."""

    question: Slug = Field(description="The question’s id in the questionnaire.", examples=["payment-terms"])
    by: Slug = Field(
        EVERYONE, description="The question by whose answers people are grouped, or “everyone”.", examples=["area"]
    )
    group: Slug = Field(EVERYONE, description="The id of its option, or “everyone”.", examples=["luton"])
    answer: Slug = Field(description="The id of the option that was chosen.", examples=["within-30-days"])
    base: HiddenCount = Field(description=f"How many were asked and answered, or “{HIDDEN}”.", examples=[74])
    count: HiddenCount = Field(description=f"How many gave this answer, or “{HIDDEN}”.", examples=[31])
    percent: HiddenShare = Field(
        description=f"Their share of the base in whole per cent, “{HIDDEN}” or “{SMALL_BASE}”.", examples=[42]
    )
    low: HiddenShare = Field(
        None,
        description="The lower end of the 95% interval (Wilson), in whole per cent, or the word for why there is none.",
        examples=[31],
    )
    high: HiddenShare = Field(
        None,
        description="The upper end of the 95% interval (Wilson), in whole per cent, or the word for why there is none.",
        examples=[53],
    )
    weighted: HiddenShare = Field(
        None,
        description="The share with weights, in whole per cent. Left out where answers are not weighted.",
        examples=[44],
    )


class Release(Record):
    """One release of the results of one wave. It is made by `guide survey import`; limits and remarks are written."""

    kind: ClassVar[str] = "releases"

    id: Slug = Field(
        description="The wave and the number of the release; taken from the file’s name, never typed.",
        examples=["2027-1"],
    )
    wave: Slug = Field(description="The wave, which is the name of its questionnaire.", examples=["2027"])
    number: Annotated[int, Field(strict=True, ge=1, le=99)] = Field(
        description="Which release of this wave it is.", examples=[1]
    )
    title: Label = Field(description="The survey’s name.", examples=["Survey of voluntary organisations, 2027"])
    fieldwork: Fieldwork = Field(description="When answers were gathered.")
    tool: Tool = Field(description="The tool that gathered them.", examples=["kobo"])
    invited: Count | None = Field(None, description="How many were invited. Left out, it is not known.", examples=[410])
    responses: Count = Field(description="How many answers came in.", examples=[93])
    usable: Count = Field(description="How many could be used.", examples=[86])
    left_out: tuple[LeftOut, ...] = Field((), description="How many could not be used, and why.")
    threshold: Count = Field(description="The smallest count that is published, other than 0.", examples=[5])
    cells: Count = Field(description="How many cells the tables have.", examples=[420])
    hidden: tuple[HiddenCells, ...] = Field((), description="How many cells are hidden, and by which rule.")
    untried: Count = Field(
        0,
        description="How many of the cells that protect others might not have to be hidden: there was no time to try. "
        "Left out, it was tried of each.",
        examples=[40],
    )
    proved: Label = Field(
        description="What was proved of the hidden cells.",
        examples=["Of each hidden cell, what is published allows values at least 5 apart."],
    )
    weighted_by: Slug | None = Field(None, description="The question by which answers are weighted.", examples=["size"])
    released_on: When = Field(description="The day of the release.", examples=["2027-05-04"])
    released_by: Label = Field(description="Who released it.", examples=["The members’ forum"])
    limits: tuple[Limit, ...] = Field((), description="Reasons to read it with care. Somebody writes them.")
    remarks: tuple[Remark, ...] = Field(
        (), description="What respondents wrote, in our own words. Somebody reads it and writes a paraphrase."
    )
    results: tuple[Result, ...] = Field((), description="The rows of the file beside this one; never typed here.")

    @property
    def hidden_cells(self) -> int:
        """How many cells are hidden."""
        return sum(one.count for one in self.hidden)
