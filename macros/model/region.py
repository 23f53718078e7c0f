"""The region as a whole, and the places in it."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from macros.model.base import Label, Record, Repository, Sourced, Text, TrustName
from macros.model.words import PlaceKind
from macros.when import When


class Slip(Sourced):
    """A slip or a doubtful reading in the source, and the reading this guide chose."""

    found: Text = Field(
        description="What the source says, described.", examples=["An indicator's name is given in two ways."]
    )
    reading: Text = Field(description="The reading chosen, and why.", examples=["We use the first."])

    @property
    def statement(self) -> str:
        return f"{self.found} {self.reading}"


class Limitation(Sourced):
    """Something about the evidence as a whole that readers must know."""

    title: Label = Field(description="The limit in a few words.", examples=["The figures are lost"])
    what: Text = Field(
        description="The limit, in full sentences.", examples=["Four figures are images that the text does not hold."]
    )

    @property
    def statement(self) -> str:
        return self.what


class Region(Record):
    """The region, the guide and its evidence."""

    kind: ClassVar[str] = "region"

    name: Label = Field(description="The region's name.", examples=["East of England"])
    guide: Label = Field(description="The guide's name.", examples=["Clear Expectations"])
    evidence_date: When = Field(description="When the evidence was published.", examples=["2009-04"])
    trusts_expected: int = Field(
        strict=True, ge=1, description="How many Trusts the report says there were.", examples=[10]
    )
    contact: Label = Field(description="Where readers write to: an email address.", examples=["guide@example.org"])
    repository: Repository | None = Field(
        None,
        description="The address on GitHub of the files, if readers may send changes there.",
        examples=["https://github.com/example/guide"],
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
    limits: tuple[Limitation, ...] = Field(description="Limits of the evidence, for the source notes.")
    slips: tuple[Slip, ...] = Field(description="Slips in the source, with the reading chosen.")


class Place(Sourced):
    """One row of places.csv: a place and the Trust that covered it in 2009. Ours: the report has no list of places."""

    place: Label = Field(description="The place's name.", examples=["Harlow"])
    kind: PlaceKind = Field(description="What kind of place it was in 2009.", examples=["district", "town"])
    trust: TrustName = Field(description="The Trust that covered it.", examples=["essex"])
    also_called: Label | None = Field(None, description="Another name people type.", examples=["Bury"])
    note: Text | None = Field(
        None,
        description="What a reader must know, such as a council that ended.",
        examples=["Abolished on 1 April 2009."],
    )

    @property
    def statement(self) -> str:
        return f"{self.place} was in {self.trust}"
