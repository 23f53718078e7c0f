"""The parts of the report outside the Trusts' chapters: recommendations, principles and lists of points."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from macros.model.base import Count, Flag, Label, Model, Record, Slug, Sourced, SourceRef, Text, TrustName, Unique
from macros.model.dates import When
from macros.model.vocabulary import Answering, Stage


class Recommendation(Record):
    """One of the report's seven recommendations."""

    kind: ClassVar[str] = "recommendations"

    id: Annotated[Slug, Unique("the id", is_read_once=True)] = Field(
        description="Its number with an r before it.", examples=["r1"]
    )
    title: Label = Field(description="What it asks for, as a short title.", examples=["Say what will be commissioned"])
    asks: Text = Field(
        description="What it asks for, in our own words.",
        examples=["Trusts should say which funding will be commissioned."],
    )
    why: Text = Field(
        description="The reason the report gives, in our own words; or that it gives none.",
        examples=["The sector was confused."],
    )
    of: tuple[Label, ...] = Field(
        description="Who is asked, as far as the report says.", examples=[["Children’s Trusts"]]
    )
    stages: tuple[Stage, ...] = Field(
        description="The stages and themes of this guide that answer it. Ours.", examples=[["strategy"]]
    )
    rests_on: tuple[SourceRef, ...] = Field(
        (),
        description="Other sections of the report that lead to it.",
        examples=[["first-report#journey.progress"]],
    )
    answered_by: Answering | None = Field(
        None,
        description="The folder of this guide that answers it as a whole, if one does. Ours.",
        examples=["framework"],
    )
    gaps: tuple[Text, ...] = Field((), description="What it leaves open. Ours.", examples=[["It sets no date."]])

    @property
    def statement(self) -> str:
        return self.asks


class Principle(Record):
    """One of the principles of funding the sector that the report takes up."""

    kind: ClassVar[str] = "principles"

    id: Annotated[Slug, Unique("the id", is_read_once=True)] = Field(
        description="Its number with a g before it.", examples=["g1"]
    )
    name: Label = Field(description="Its name.", examples=["Stable funding"])
    what: Text = Field(
        description="What it asks for, in our own words.", examples=["Move to longer funding where that fits."]
    )

    @property
    def statement(self) -> str:
        return self.what


class Event(Model):
    """An event with its date: an entry of the timeline."""

    when: When = Field(description="When, as exactly as the report says.", examples=["2008-04", "late 2008"])
    title: Label = Field(description="What happened, as a headline.", examples=["Every area is to have a Trust"])


class Point(Sourced):
    """One point of a list in the report."""

    number: Count = Field(description="Its place in the list, beginning at 1.", examples=[1])
    what: Text = Field(description="The point, in our own words.", examples=["Areas differed widely."])
    trusts: tuple[TrustName, ...] = Field((), description="The Trusts it names.", examples=[["luton"]])
    stages: tuple[Stage, ...] = Field((), description="The stages and themes it bears on. Ours.", examples=[["needs"]])
    event: Event | None = Field(
        None, description="What it tells of as something that happened, if the report gives the date of it."
    )

    @property
    def statement(self) -> str:
        return self.what


class PointList(Record):
    """A list of points in the report, such as the Audit Commission's findings."""

    kind: ClassVar[str] = "report"

    id: Slug = Field(description="The list’s id; taken from the file’s name, never typed.", examples=["audit-findings"])
    title: Label = Field(description="What the list is.", examples=["What the Audit Commission found in 2008"])
    about: Text = Field(
        description="Where it comes from and how to read it.", examples=["The report passes on eight findings."]
    )
    summary: Flag = Field(
        False,
        description="Whether it sums up a chapter: its points then stand beside the recommendations that rest on them.",
        examples=[True],
    )
    points: tuple[Point, ...] = Field(description="The points, in the report’s order.")

    @property
    def statement(self) -> str:
        return self.about
