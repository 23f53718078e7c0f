"""A paper: sheets of A4, each statement with a small number that names its source at the foot of the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from markupsafe import Markup

from macros.model import addresses
from macros.model.base import OURS
from macros.views.shared.page import Page


@dataclass(frozen=True)
class Sheet:
    """What is printed on one sheet."""

    id: str
    html: Markup
    most: int = 1
    """How many pages it may take. It is set smaller until it fits."""


@dataclass(frozen=True)
class Paper:
    """A paper, of which each way of setting it makes a file."""

    name: str
    """Where it is below the folder of papers, without the ending: `trusts/luton`."""
    title: str
    about: str
    """What it is, in a sentence."""
    status: str
    """What each of its pages says at the top: how far it is agreed, or how old its evidence is."""
    sheets: tuple[Sheet, ...]
    rows: Sequence[Sequence[str]] = ()
    """Its table, with the heads, where it is there as CSV too."""


class PaperSource(NamedTuple):
    """A source as the foot of a sheet lists it."""

    number: int
    label: str
    link: str


class SourceGroup(NamedTuple):
    """The sources that are sections of one document, or that document alone."""

    document: str
    sources: tuple[PaperSource, ...]


@dataclass
class PaperPage(Page):
    """A sheet while it is drawn: links lead to the guide on the web, and sources are numbered."""

    address: str = ""
    """Where the guide is on the web."""
    numbers: dict[str, int] = field(default_factory=dict)
    """The number of each source on this sheet."""

    def link(self, target: str) -> str:
        return self.address + target

    def source_tags(self, source: tuple[str, ...]) -> Markup:
        """Return the mark of what is ours, and the number of each section."""
        marks = [self._source(reference) for reference in source if reference != OURS]
        ours = self.link(addresses.of_source(OURS)) if OURS in source else ""
        return Markup(self.render("paper_marks.html", marks=marks, ours=ours))  # noqa: S704 - a template made it

    def _source(self, reference: str) -> PaperSource:
        number = self.numbers.setdefault(reference, len(self.numbers) + 1)
        return PaperSource(number, self.source_label(reference), self.link(addresses.of_source(reference)))

    def sheet(self, name: str, template: str, *, most: int = 1, **values: object) -> Sheet:
        """Return a sheet, with the sources that its template and values cited, and begin the numbers anew."""
        words = Markup(self.render(template, **values))  # noqa: S704 - a template made it
        index = self.link(addresses.SOURCES_PAGE)
        foot = Markup(self.render("paper_sources.html", groups=self._sources(), index=index))  # noqa: S704 - as above
        self.numbers = {}
        return Sheet(name, words + foot, most)

    def _sources(self) -> list[SourceGroup]:
        groups: dict[str, list[PaperSource]] = {}
        for reference in self.numbers:
            document = self.guide.document(reference.partition("#")[0].partition("(")[0])
            when = f", {document.published.text}" if document.published else ""
            groups.setdefault(f"{document.short_name}{when}", []).append(self._source(reference))
        return [SourceGroup(name, tuple(many)) for name, many in groups.items()]
