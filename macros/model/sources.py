"""Documents that statements rest on, and their sections."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from macros.model.base import OURS, SECTION, Address, Count, Label, Model, Record, Slug, Text, Unique
from macros.model.dates import When

_TAKEN = f"{OURS}|cited"


def _anchor(section: str) -> str:
    """Return a section's anchor on the page of sources. It has no dot, which would start a class in a CSS selector."""
    return section.replace(".", "-")


class Section(Model):
    """A section of a document."""

    id: Annotated[str, Unique("the section", alike=_anchor, page="sources", taken=_TAKEN)] = Field(
        pattern=SECTION, description="Its id.", examples=["luton.governance"]
    )
    title: Label = Field(description="Its title.", examples=["Luton: next steps"])
    page: Count | None = Field(None, description="Where its chapter begins in the printed document.", examples=[13])
    points: Count | None = Field(None, description="How many numbered points it has, if it is a list.", examples=[8])


class Document(Record):
    """A document: the report itself, one that it cites, or one from outside it that a fact here rests on."""

    kind: ClassVar[str] = "sources"

    id: Annotated[Slug, Unique("the document", page="sources", taken=_TAKEN, is_read_once=True)] = Field(
        description="Its id, the part of a source before the #.", examples=["first-report"]
    )
    title: Label = Field(description="Its title.", examples=["The First Report"])
    author: Label | None = Field(None, description="Who wrote it, if known.", examples=["Matt Buttery"])
    publisher: Label = Field(description="Who published it.", examples=["A regional forum"])
    published: When | None = Field(
        None, description="When. Left out where the report gives no date.", examples=["2024-04"]
    )
    role: Text = Field(description="What it is to this guide.", examples=["The evidence of this guide."])
    note: Text | None = Field(
        None, description="A slip or doubt about how the report cites it.", examples=["Cited twice."]
    )
    address: Address | None = Field(
        None,
        description="Where it was read, if it is on the web and the report is not where it comes from.",
        examples=["https://example.org/list-of-councils"],
    )
    accessed: When | None = Field(
        None,
        description="When it was read, for a page on the web: it may have changed since.",
        examples=["2026-11"],
    )
    known_as: Label | None = Field(
        None,
        description="A short name for it, where it stands as a source beside a statement. Needed only for long titles.",
        examples=["Procurement Act 2023: guidance on payment"],
    )
    footnote: Label | None = Field(None, description="The report’s footnote that cites it.", examples=["footnote 10"])
    sections: tuple[Section, ...] = Field((), description="Its sections, if statements here refer to them.")

    @property
    def is_cited(self) -> bool:
        """Whether the report cites it; it then rests on the sections that do."""
        return self.source != (OURS,)

    @property
    def short_name(self) -> str:
        """The name that it goes by as a source."""
        return self.known_as or self.title

    @property
    def statement(self) -> str:
        return f"{self.title} ({self.publisher})"
