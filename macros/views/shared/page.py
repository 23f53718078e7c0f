"""The page that a view is drawn for: its address, the parts of the Guide that it reads, and its links and citations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeVar

from markupsafe import Markup

from macros.derived import latest_known
from macros.derived.figure import Figure
from macros.derived.figures import figure
from macros.derived.latest_known import KnownTrust
from macros.derived.wave_figures import figure_of
from macros.history.timeline_entries import UNKNOWN, History
from macros.model import addresses, wording
from macros.model.base import OURS, Sourced
from macros.model.dates import today
from macros.model.guidance import Hub, Practice, RegionalFramework, Standard
from macros.model.later import LaterFacts
from macros.model.questionnaire import Questionnaire
from macros.model.region import Region
from macros.model.release import Release
from macros.model.report import PointList, Principle, Recommendation
from macros.model.sources import Section
from macros.model.survey import Survey
from macros.model.tracking import FieldRead
from macros.model.trust import Trust
from macros.model.vocabulary import Stage
from macros.model.wave import Wave
from macros.reading.guide import Guide
from macros.views.shared import templates


@dataclass
class Note:
    """Everything that one page used: the records it read, the statements it showed, and the figures it named."""

    records: set[str] = field(default_factory=set)
    statements: set[str] = field(default_factory=set)
    figures: set[str] = field(default_factory=set)
    fields: set[FieldRead] = field(default_factory=set)
    """The fields that were read to draw it."""
    behind: set[FieldRead] = field(default_factory=set)
    """Anything else that it depends on: results worked out from many records, and the history."""

    def hangs_on_any(self, altered: Set[FieldRead]) -> bool:
        """Return whether the page depends on anything in `altered`."""
        return not (self.fields.isdisjoint(altered) and self.behind.isdisjoint(altered))


_R = TypeVar("_R", bound=Sourced)


class Titled(NamedTuple):
    """A page's address and title, for links to the page."""

    url: str
    title: str


Notes = Mapping[Titled, Note]


class _Tag(NamedTuple):
    """The text and the target of a source tag."""

    ours: bool
    label: str
    link: str


@dataclass
class Page:
    """One page while it is drawn. Views reach the Guide only through it, so that its note is complete."""

    guide: Guide
    url: str
    notes: Callable[[], Notes]
    """The notes of all pages, for views that list where something is used."""
    base: str | None = None
    """The address that links are relative to, if it is not the page's own."""
    history: History = UNKNOWN
    """The history of the guide, as far as it is known."""
    today: date = field(default_factory=today)
    """The day of the build, by which a page says what is due. The page also states the day."""
    note: Note = field(default_factory=Note)

    # --- words ----------------------------------------------------------------------------------------------------

    def render(self, template: str, **values: Any) -> str:
        """Return a filled-in template, in which the first evidence has this guide's name for it."""
        return templates.render(template, self._report, **values)

    def worded(self, text: str) -> str:
        """Return fixed words about “the report” as this guide says them."""
        return wording.told_by(text, self._report)

    @property
    def _report(self) -> str:
        return self.first_wave.again

    # --- reading, with notes ------------------------------------------------------------------------------------------

    @property
    def region(self) -> Region:
        return self._read(self.guide.region)

    @property
    def trusts(self) -> tuple[Trust, ...]:
        return tuple(map(self._read, self.guide.trusts))

    def trust(self, slug: str) -> Trust:
        return self._read(self.guide.trust(slug))

    @property
    def first_wave(self) -> Wave:
        """The wave that the guide began with."""
        return self._read(self.guide.first_wave)

    @property
    def later_waves(self) -> tuple[Wave, ...]:
        return tuple(map(self._read, self.guide.waves[1:]))

    def known(self, slug: str) -> KnownTrust:
        """Return the latest knowledge of a Trust; raises UnknownName."""
        return self._known(latest_known.latest(self.guide, slug))

    def first_told(self, slug: str) -> KnownTrust:
        """Return the first wave's account of a Trust; raises UnknownName."""
        return self._known(latest_known.first_told(self.guide, slug))

    def told(self, slug: str, wave: str) -> KnownTrust | None:
        """Return one wave's account of a Trust, None if it has none; raises UnknownName."""
        found = latest_known.as_told(self.guide, slug, wave)
        return self._known(found) if found else None

    def _known(self, known: KnownTrust) -> KnownTrust:
        self._read(known.trust)
        for one in (*known.profiles, *(wave for wave in known.waves.values() if wave.id != self.guide.first_wave.id)):
            self._read(one)
        return known

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

    def questionnaire(self, wave: str) -> Questionnaire:
        return self._read(self.guide.questionnaire(wave))

    def release(self, wave: str) -> Release:
        return self._read(self.guide.release(wave))

    @property
    def releases(self) -> tuple[Release, ...]:
        return tuple(map(self._read, self.guide.releases))

    def point_list(self, name: str) -> PointList:
        return self._read(self.guide.point_list(name))

    @property
    def later(self) -> tuple[LaterFacts, ...]:
        return tuple(map(self._read, self.guide.later))

    def figure(self, name: str, wave: str = "") -> Figure:
        """Return a named figure, of the first wave or of another; raises UnknownName."""
        found = figure_of(self.guide, name, wave) if wave else figure(self.guide, name)
        self.note.figures.add(name)
        self.note.records.update(found.records)
        return found

    def _read(self, record: _R) -> _R:
        self.note.records.add(record.where)
        return record

    # --- linking and citing ---------------------------------------------------------------------------------------

    def link(self, target: str) -> str:
        """Return a link from this page to an address in the site."""
        return addresses.relative(target, self.url if self.base is None else self.base)

    def link_for_script(self, target: str) -> str:
        """Return a link for a script to follow. No engine rewrites it, so it is relative to the page's own address."""
        return addresses.relative(target, self.url)

    def shown(self, *parts: Sourced) -> None:
        """Note that these statements appear on the page, under a source that is shown there."""
        self.note.statements.update(part.where for part in parts)

    def cite(self, part: Sourced) -> Markup:
        """Return the source tags of `part`, and note that it is shown."""
        self.shown(part)
        return self.source_tags(part.source)

    def source_tags(self, source: tuple[str, ...]) -> Markup:
        """Return one small link for each section."""
        tags = tuple(
            _Tag(reference == OURS, self.source_label(reference), self.link(addresses.of_source(reference)))
            for reference in source
        )
        return Markup(templates.render_often("source.html", tags=tags))  # noqa: S704 - a template made it

    def source_label(self, reference: str) -> str:
        """Return the label of a source, such as `Luton: next steps, point 2`."""
        if reference == OURS:
            return "Ours"
        section, _, point = reference.rstrip(")").partition("(")
        document = self.guide.document(section.partition("#")[0])
        if "#" not in section:
            return document.short_name
        self.note.fields.update({(document.where, "sections"), (Section.__name__, "id")})  # by which it is found
        title = self.guide.section(section).title
        return f"{title}, point {point}" if point else title
