"""Waves: the rounds of gathering evidence, each with its date, its documents and its limits."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from macros.model.base import Label, Names, Record, Slug, Sourced, Text, Unique
from macros.model.dates import When

DocumentName = Annotated[Slug, Names("documents")]
WaveName = Annotated[Slug, Names("waves")]


class Limitation(Sourced):
    """Something about the evidence as a whole that readers must know."""

    title: Label = Field(description="The limit in a few words.", examples=["The figures are lost"])
    what: Text = Field(
        description="The limit, in full sentences.", examples=["Four figures are images that the text does not hold."]
    )

    @property
    def statement(self) -> str:
        return self.what


class Slip(Sourced):
    """A slip or a doubtful reading in the source, and the reading this guide chose."""

    found: Text = Field(
        description="What the source says, described.", examples=["An indicator's name is given in two ways."]
    )
    reading: Text = Field(description="The reading chosen, and why.", examples=["We use the first."])

    @property
    def statement(self) -> str:
        return f"{self.found} {self.reading}"


class Gathering(Sourced):
    """The name of a round of evidence, how it was gathered, and what it rests on."""

    title: Label = Field(description="Its name.", examples=["The report of April 2024", "Desk research of 2027"])
    called: Label = Field(
        title="What it is called in a sentence",
        description="What it is called in the middle of a sentence.",
        examples=["the report of April 2024", "the desk research of spring 2027"],
    )
    again: Label = Field(
        title="What it is called after that",
        description="What it is called where a sentence before has named it.",
        examples=["the report", "the desk research"],
    )
    method: Text = Field(
        description="How the evidence was gathered, and from whom.",
        examples=["We read what ten councils had published."],
    )
    documents: tuple[DocumentName, ...] = Field(
        min_length=1, description="The documents that it rests on.", examples=[["first-report"]]
    )

    @property
    def statement(self) -> str:
        return self.method


class Wave(Gathering, Record):
    """One round of gathering evidence. The profiles that came of it are in the folders of the Trusts."""

    kind: ClassVar[str] = "waves"

    id: Slug = Field(description="Its name in addresses; taken from the file’s name, never typed.", examples=["2027"])
    date: Annotated[When, Unique("the date of a wave", alike=str)] = Field(
        description="When the evidence was published, or the gathering of it ended. No two waves have the same.",
        examples=["2027-04"],
    )
    trusts: int | None = Field(
        None,
        strict=True,
        ge=1,
        title="How many Trusts it set out to cover",
        description="How many Trusts it set out to cover. Left out if it did not set out to cover a number of them.",
        examples=[10],
    )
    limits: tuple[Limitation, ...] = Field((), description="What readers must know of the evidence as a whole.")
    slips: tuple[Slip, ...] = Field((), description="Slips in its documents, with the reading chosen.")

    @property
    def year(self) -> int:
        """The year of its evidence."""
        return self.date.first.year
