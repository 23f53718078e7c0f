"""The page a view is drawn for: where it is, what of the Guide it read, and how it links and cites."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeVar

from markupsafe import Markup

from macros import address
from macros.figures import Figure, figure
from macros.freshness import today
from macros.guide import Guide
from macros.history import UNKNOWN, History
from macros.model.base import OURS, Read, Sourced
from macros.model.guidance import Hub, Practice, RegionalFramework, Standard
from macros.model.region import Region
from macros.model.report import PointList, Principle, Recommendation
from macros.model.sources import Section
from macros.model.survey import Survey
from macros.model.trust import Trust
from macros.model.words import Stage
from macros.render import render


@dataclass
class Note:
    """What one page used: the records it read, the statements it showed, and the figures it named."""

    records: set[str] = field(default_factory=set)
    statements: set[str] = field(default_factory=set)
    figures: set[str] = field(default_factory=set)
    fields: set[Read] = field(default_factory=set)
    """The fields that were read to draw it."""
    behind: set[Read] = field(default_factory=set)
    """What else it hangs on: what was worked out from many records, and the history."""

    def hangs_on_any(self, altered: Set[Read]) -> bool:
        """Return whether anything of this was used."""
        return not (self.fields.isdisjoint(altered) and self.behind.isdisjoint(altered))


_R = TypeVar("_R", bound=Sourced)


class Titled(NamedTuple):
    """A page's address and title, for links to it."""

    url: str
    title: str


Notes = Mapping[Titled, Note]


class _Tag(NamedTuple):
    """What a source tag says, and where it leads."""

    ours: bool
    label: str
    link: str


@lru_cache(maxsize=1024)  # most statements of a page rest on the same few sections
def _tags(tags: tuple[_Tag, ...]) -> Markup:
    return Markup(render("source.html", tags=tags))  # noqa: S704 - a template made it


@dataclass
class Page:
    """One page while it is drawn. Views reach the Guide only through it, so its note is complete."""

    guide: Guide
    url: str
    notes: Callable[[], Notes]
    """The notes of all pages, for the views that say what is used where."""
    base: str | None = None
    """What links are relative to, where that is not the page's own address."""
    history: History = UNKNOWN
    """What changed over time, as far as it is known."""
    today: date = field(default_factory=today)
    """The day of the build, by which a page says what is due. It says the day as well."""
    note: Note = field(default_factory=Note)

    # --- reading, noted -------------------------------------------------------------------------------------------

    @property
    def region(self) -> Region:
        return self._read(self.guide.region)

    @property
    def trusts(self) -> tuple[Trust, ...]:
        return tuple(map(self._read, self.guide.trusts))

    def trust(self, slug: str) -> Trust:
        return self._read(self.guide.trust(slug))

    @property
    def recommendations(self) -> tuple[Recommendation, ...]:
        return tuple(map(self._read, self.guide.recommendations))

    def recommendation(self, name: str) -> Recommendation:
        return self._read(self.guide.recommendation(name))

    @property
    def principles(self) -> tuple[Principle, ...]:
        return tuple(map(self._read, self.guide.principles))

    @property
    def standards(self) -> tuple[Standard, ...]:
        return tuple(map(self._read, self.guide.standards))

    def standard(self, name: str) -> Standard:
        return self._read(self.guide.standard(name))

    @property
    def practices(self) -> tuple[Practice, ...]:
        return tuple(map(self._read, self.guide.practices))

    def practice(self, slug: str) -> Practice:
        return self._read(self.guide.practice(slug))

    @property
    def framework(self) -> RegionalFramework:
        return self._read(self.guide.framework)

    @property
    def stages(self) -> tuple[Hub, ...]:
        return tuple(map(self._read, self.guide.stages))

    def stage(self, name: Stage) -> Hub:
        return self._read(self.guide.stage(name))

    def survey(self, wave: str) -> Survey:
        return self._read(self.guide.survey(wave))

    def point_list(self, name: str) -> PointList:
        return self._read(self.guide.point_list(name))

    def figure(self, name: str) -> Figure:
        """Return a named figure; raises UnknownName."""
        found = figure(self.guide, name)
        self.note.figures.add(name)
        self.note.records.update(found.records)
        return found

    def _read(self, record: _R) -> _R:
        self.note.records.add(record.where)
        return record

    # --- linking and citing ---------------------------------------------------------------------------------------

    def link(self, target: str) -> str:
        """Return a link from this page to an address in the site."""
        return address.relative(target, self.url if self.base is None else self.base)

    def link_for_script(self, target: str) -> str:
        """Return a link that a script follows. No engine rewrites it, so it starts from the page's own address."""
        return address.relative(target, self.url)

    def shown(self, *parts: Sourced) -> None:
        """Note that these statements stand on the page, under a source that is shown there."""
        self.note.statements.update(part.where for part in parts)

    def cite(self, part: Sourced, within: Sourced | None = None) -> Markup:
        """Return the tags of what `part` rests on, and note that it is shown.

        Nothing is printed when `part` rests on the first source of `within`, the part around it, which stands at
        its head.
        """
        self.shown(part)
        if within is not None and part.source in (within.source, within.source[:1]):
            return Markup("")
        return self.source_tags(part.source)

    def source_tags(self, source: tuple[str, ...]) -> Markup:
        """Return one small link for each section."""
        return _tags(
            tuple(
                _Tag(reference == OURS, self.source_label(reference), self.link(address.of_source(reference)))
                for reference in source
            )
        )

    def source_label(self, reference: str) -> str:
        """Return how a source reads, such as `Luton: next steps, point 2`."""
        if reference == OURS:
            return "Ours"
        section, _, point = reference.rstrip(")").partition("(")
        document = self.guide.document(section.partition("#")[0])
        if "#" not in section:
            return document.title
        self.note.fields.update({(document.where, "sections"), (Section.__name__, "id")})  # by which it is found
        title = self.guide.section(section).title
        return f"{title}, point {point}" if point else title
