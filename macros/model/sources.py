"""Documents that statements rest on, and their sections."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from macros.model.base import SECTION, Count, Label, Model, Record, Slug, Text
from macros.when import When


class Section(Model):
    """A section of a document."""

    id: str = Field(pattern=SECTION, description="Its id.", examples=["luton.governance"])
    title: Label = Field(description="Its title.", examples=["Luton: next steps"])
    page: Count | None = Field(None, description="Where its chapter begins in the printed document.", examples=[13])
    points: Count | None = Field(None, description="How many numbered points it has, if it is a list.", examples=[8])


class Document(Record):
    """A document: the report itself, or one that it cites."""

    kind: ClassVar[str] = "sources"

    id: Slug = Field(description="Its id, the part of a source before the #.", examples=["clear-expectations"])
    title: Label = Field(description="Its title.", examples=["Clear Expectations"])
    author: Label | None = Field(None, description="Who wrote it, if known.", examples=["Matt Buttery"])
    publisher: Label = Field(description="Who published it.", examples=["Children Matter East"])
    published: When | None = Field(
        None, description="When. Left out where the report gives no date.", examples=["2009-04"]
    )
    role: Text = Field(description="What it is to this guide.", examples=["The evidence of this guide."])
    note: Text | None = Field(
        None, description="A slip or doubt about how the report cites it.", examples=["Cited twice."]
    )
    footnote: Label | None = Field(None, description="The report's footnote that cites it.", examples=["footnote 10"])
    sections: tuple[Section, ...] = Field((), description="Its sections, if statements here refer to them.")

    @property
    def statement(self) -> str:
        return f"{self.title} ({self.publisher})"
