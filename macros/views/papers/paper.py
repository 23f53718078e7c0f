"""A paper: sheets of A4, with a small number at each statement for its source at the foot of the sheet."""

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
    """The content of one sheet."""

    id: str
    html: Markup
    most: int = 1
    """The most pages that it may take. The text is made smaller until it fits."""


@dataclass(frozen=True)
class Paper:
    """A paper, from which each format makes its own file."""

    name: str
    """Its path below the folder of papers, without the ending: `trusts/luton`."""
    title: str
    about: str
    """A description in one sentence."""
    status: str
    """The line at the top of each of its pages: how far it is agreed, or how old its evidence is."""
    sheets: tuple[Sheet, ...]
    rows: Sequence[Sequence[str]] = ()
    """Its table, including the header, if it also comes as CSV."""


class PaperSource(NamedTuple):
    """A source in the list at the foot of a sheet."""

    number: int
    label: str
    link: str


class SourceGroup(NamedTuple):
    """Sources that are sections of one document, or that document alone."""

    document: str
    sources: tuple[PaperSource, ...]


@dataclass
class PaperPage(Page):
    """A sheet while it is drawn: links lead to the guide on the web, and sources are numbered."""

    address: str = ""
    """The address of the guide on the web."""
    numbers: dict[str, int] = field(default_factory=dict)
    """The number of each source on this sheet."""

    def link(self, target: str) -> str:
        return self.address + target

    def source_tags(self, source: tuple[str, ...]) -> Markup:
        """Return the mark for our own additions, and the number of each section."""
        marks = [self._source(reference) for reference in source if reference != OURS]
        ours = self.link(addresses.of_source(OURS)) if OURS in source else ""
        return Markup(self.render("paper_marks.html", marks=marks, ours=ours))  # noqa: S704 - a template made it

    def _source(self, reference: str) -> PaperSource:
        number = self.numbers.setdefault(reference, len(self.numbers) + 1)
        return PaperSource(number, self.source_label(reference), self.link(addresses.of_source(reference)))

    def sheet(self, name: str, template: str, *, most: int = 1, **values: object) -> Sheet:
        """Return a sheet with the sources that its template and values cited, and restart the numbering."""
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
