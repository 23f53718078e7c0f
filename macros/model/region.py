"""The region as a whole, and the places in it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from macros.model.base import AreaCode, Email, Label, Record, Repository, Slug, Sourced, Text, TrustName, Unique
from macros.model.dates import When
from macros.model.lasting import Tag
from macros.model.vocabulary import PlaceKind
from macros.model.wave import Gathering, Limitation, Slip, Wave, WaveName

PRINCIPLE_FOLDER = "principles"
"""The folder for the pages of principles, unless a region says otherwise."""


class FigureNote(Sourced):
    """A note on a figure that is worked out here: what the source itself says of it, and what readers must know."""

    figure: Annotated[Slug, Unique("the figure", within="record")] = Field(
        description="The figure’s name, as pages call it.", examples=["trusts-contributing"]
    )
    note: Text | None = Field(
        None,
        description="What a reader must know of how it is counted here, in full sentences.",
        examples=["We read the names from the chapters."],
    )
    stated: Text | None = Field(
        None,
        description="What the source itself says of it, in our words.",
        examples=["Four were interviewed face to face."],
    )

    @property
    def statement(self) -> str:
        return " ".join(filter(None, (self.note, self.stated)))


class Region(Record):
    """The region and the guide."""

    kind: ClassVar[str] = "region"

    name: Label = Field(description="The region’s name.", examples=["Eastern counties"])
    guide: Label = Field(description="The guide’s name.", examples=["The First Report"])
    baseline: WaveName = Field(
        title="The first wave",
        description="The wave that the guide began with, as its file in data/waves is named. No other is older.",
        examples=["2024"],
    )
    principle_called: Label = Field(
        title="What a principle is called",
        description="What each of the principles of funding that the report takes up is called.",
        examples=["Funding principle"],
    )
    principle_folder: Slug = Field(
        PRINCIPLE_FOLDER,
        title="Folder of the principles",
        description="The folder of their pages below docs, which is the beginning of their addresses.",
        examples=["principles"],
    )
    cycle_note: Text | None = Field(
        None,
        title="Note below the cycle",
        description="What readers must know of the picture of the commissioning cycle, in a sentence.",
        examples=["The report prints no such picture."],
    )
    places_date: When = Field(
        title="Day of the list of places",
        description="The day that the list of places is about.",
        examples=["2024-04-01"],
    )
    place_examples: tuple[Label, ...] = Field(
        min_length=1,
        title="Places to type, for example",
        description="Places that the finder of Trusts suggests to type.",
        examples=[["Harlow"]],
    )
    contact: Email = Field(description="Where readers write to: an email address.", examples=["guide@example.org"])
    repository: Repository | None = Field(
        None,
        description="The address on GitHub of the files, if readers may send changes there.",
        examples=["https://github.com/example/guide"],
    )
    tag: Tag = Field(
        description="What the ids in feeds and calendars begin with: `tag:`, a domain name or an email address, and a "
        "day on which it was yours. Choose it once and never change it, not even when the site moves: to feed readers "
        "and calendars, all that they know would be new.",
        examples=["tag:guide.example.org,2026-11-22"],
    )
    first_written: When = Field(
        description="The day on which the guide was first written in full. Changes to files up to that day are that "
        "writing, and are not told one by one.",
        examples=["2026-11-22"],
    )
    review_after_months: int = Field(
        ge=1,
        le=120,
        strict=True,
        description="How many months after somebody confirmed a profile it is due for review. Ours.",
        examples=[12],
    )
    figures: tuple[FigureNote, ...] = Field(
        (), title="Notes on figures", description="What the source says of figures that are worked out from the data."
    )


class RegionWithFirstWave(Region):
    """The region with what its first wave of evidence was, as downloads have it."""

    evidence_date: When = Field(description="When the evidence was published.", examples=["2024-04"])
    baseline: Gathering = Field(  # type: ignore[assignment]
        title="The first wave", description="What the first evidence is called, and how it was gathered."
    )
    trusts_expected: int | None = Field(description="How many Trusts the report says there were.", examples=[10])
    limits: tuple[Limitation, ...] = Field(description="Limits of the evidence.")
    slips: tuple[Slip, ...] = Field(description="Slips in the source, with the reading chosen.")


def with_first_wave(region: Region, first: Wave) -> RegionWithFirstWave:
    """Return the region together with the wave that its guide began with."""
    gathering = Gathering.model_construct(**{name: getattr(first, name) for name in Gathering.model_fields})
    own = {name: getattr(region, name) for name in Region.model_fields}
    return RegionWithFirstWave.model_construct(
        **{**own, "evidence_date": first.date, "baseline": gathering, "trusts_expected": first.trusts},
        limits=first.limits,
        slips=first.slips,
    )


class Place(Sourced):
    """One row of places.csv: a place, and the Trust that covered it. The same name may stand for several places."""

    place: Annotated[Label, Unique("the place", beside=("kind", "trust"))] = Field(
        description="The place’s name, or the first half of postcodes.", examples=["Harlow", "NR1"]
    )
    kind: PlaceKind = Field(description="What kind of place it is.", examples=["district", "town"])
    trust: TrustName = Field(description="The Trust that covered it.", examples=["essex"])
    also_called: Label | None = Field(None, description="Another name people type.", examples=["Bury"])
    note: Text | None = Field(
        None,
        description="What a reader must know, such as a council that ended.",
        examples=["Abolished on 1 April 2024."],
    )
    council: Label | None = Field(
        None,
        description="The full name of its council. Where it has had several, they are parted by semicolons.",
        examples=["Norwich City Council"],
    )
    since: When | None = Field(
        None, description="When its council began, if that was after the evidence.", examples=["2019-04-01"]
    )
    until: When | None = Field(
        None, description="The last day of its council, if that is known to have ended.", examples=["2024-03-31"]
    )

    @property
    def councils(self) -> tuple[str, ...]:
        """The full names that its council has had."""
        return tuple(filter(None, (name.strip() for name in (self.council or "").split(";"))))

    @property
    def statement(self) -> str:
        """Empty for a postcode: there are hundreds of them, in one list, with its source next to it."""
        return "" if self.kind == PlaceKind.POSTCODE else f"{self.place} was in {self.trust}"


class Area(Sourced):
    """One row of areas.csv: the official code that the area of a council had for a time.

    An area has another code when its boundary changes, so one council may have several rows.
    """

    name: Label = Field(description="The area’s name, as in places.csv.", examples=["St Albans"])
    kind: PlaceKind = Field(description="What kind of area it is.", examples=["district", "unitary"])
    trust: TrustName = Field(description="The Trust that covered it.", examples=["hertfordshire"])
    code: Annotated[AreaCode, Unique("the code")] = Field(
        description="Its code from the Office for National Statistics. Other data of the area carry it too.",
        examples=["E07000240"],
    )
    since: When = Field(description="The first day of the code.", examples=["2012-04-01"])
    until: When | None = Field(
        None, description="The last day of the code, if it is known to have ended.", examples=["2012-03-31"]
    )
