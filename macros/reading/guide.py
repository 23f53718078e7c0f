"""The Guide: everything in `data/`, read once, checked across files and frozen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from macros.model import holdings
from macros.model.base import OURS, Sourced
from macros.model.finding import MovedAddress, SearchWords
from macros.model.glossary import Term
from macros.model.guidance import Hub, Practice, RegionalFramework, Standard
from macros.model.holdings import Holding
from macros.model.later import LaterFacts
from macros.model.profile import Profile
from macros.model.questionnaire import Questionnaire
from macros.model.region import Area, Place, Region
from macros.model.release import Release
from macros.model.report import PointList, Principle, Recommendation
from macros.model.sources import Document, Section
from macros.model.survey import Survey
from macros.model.tracking import note_dependency, watching
from macros.model.trust import Trust
from macros.model.vocabulary import Stage
from macros.model.wave import Wave
from macros.reading.problem import DataProblems, UnknownName
from macros.reading.project_state import marks
from macros.reading.reader import RecordCache, read
from macros.reading.records import Records
from macros.reading.rules import every_rule

_S = TypeVar("_S", bound=Sourced)


class Statement(NamedTuple):
    """Something that the guide says, and the sections that back it up."""

    where: str
    """The address of the part, such as `trusts/luton:governance.bodies.0`."""
    text: str
    source: tuple[str, ...]

    @property
    def record(self) -> str:
        """The record it is part of, such as `trusts/luton`."""
        return self.where.partition(":")[0]

    @property
    def is_ours(self) -> bool:
        """Whether this project added it."""
        return self.source == (OURS,)


@dataclass(frozen=True, eq=False)
class Guide:
    """All records of the guide. Build one with `load`; nothing in it changes afterwards."""

    region: Region
    documents: Mapping[str, Document]
    trusts: tuple[Trust, ...]
    """The Trusts as the first wave of evidence described them."""
    waves: tuple[Wave, ...]
    """The rounds of evidence, oldest first."""
    profiles: tuple[Profile, ...]
    """Later waves' accounts of Trusts, in the order of the waves."""
    surveys: tuple[Survey, ...]
    questionnaires: tuple[Questionnaire, ...]
    releases: tuple[Release, ...]
    """The releases, in the order of their waves and numbers."""
    recommendations: tuple[Recommendation, ...]
    principles: tuple[Principle, ...]
    standards: tuple[Standard, ...]
    practices: tuple[Practice, ...]
    framework: RegionalFramework
    stages: tuple[Hub, ...]
    point_lists: Mapping[str, PointList]
    glossary: tuple[Term, ...]
    later: tuple[LaterFacts, ...]
    """Facts of the time after the evidence, by the names of the files."""
    places: tuple[Place, ...]
    areas: tuple[Area, ...]
    search: SearchWords
    moved: tuple[MovedAddress, ...]
    _statements: tuple[Statement, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement in the guide."""
        note_dependency("statements")
        return self._statements

    @cached_property
    def _trusts_by_slug(self) -> Mapping[str, Trust]:
        with watching(set()):  # the first to ask has not read all of that
            return {trust.slug: trust for trust in self.trusts}

    def trust(self, slug: str) -> Trust:
        """Return one Trust; raises UnknownName."""
        return _named("Trust", slug, self._trusts_by_slug)

    def wave(self, name: str) -> Wave:
        """Return one wave of evidence; raises UnknownName."""
        return _named("wave", name, {one.id: one for one in self.waves})

    @property
    def first_wave(self) -> Wave:
        """The wave that the guide began with, which a rule makes sure is the oldest."""
        return self.waves[0]

    def profiles_of(self, slug: str) -> tuple[Profile, ...]:
        """Return later waves' accounts of one Trust, in the order of the waves."""
        return tuple(one for one in self.profiles if one.trust == slug)

    def survey(self, wave: str) -> Survey:
        """Return one wave of the survey; raises UnknownName."""
        return _named("survey", wave, {survey.wave: survey for survey in self.surveys})

    def questionnaire(self, wave: str) -> Questionnaire:
        """Return the questionnaire of one wave; raises UnknownName."""
        return _named("questionnaire", wave, {one.id: one for one in self.questionnaires})

    def release(self, wave: str) -> Release:
        """Return the latest release of one wave; raises UnknownName."""
        return _named("survey with a release", wave, {one.wave: one for one in self.releases})

    def recommendation(self, name: str) -> Recommendation:
        """Return one recommendation, such as `r3`; raises UnknownName."""
        return _named("recommendation", name, {one.id: one for one in self.recommendations})

    def point_list(self, name: str) -> PointList:
        """Return one list of points, such as `audit-findings`; raises UnknownName."""
        return _named("list of points", name, self.point_lists)

    def standard(self, name: str) -> Standard:
        """Return one standard, such as `na-1`; raises UnknownName."""
        return _named("standard", name, {one.id: one for one in self.standards})

    def practice(self, slug: str) -> Practice:
        """Return one practice; raises UnknownName."""
        return _named("practice", slug, {one.slug: one for one in self.practices})

    def stage(self, name: Stage) -> Hub:
        """Return one stage or theme; raises UnknownName."""
        return _named("stage", name, {one.id: one for one in self.stages})

    def term(self, name: str) -> Term:
        """Return one term of the glossary by its id; raises UnknownName."""
        return _named("term", name, {one.id: one for one in self.glossary})

    def document(self, name: str) -> Document:
        """Return one document; raises UnknownName."""
        return _named("document", name, self.documents)

    def section(self, reference: str) -> Section:
        """Return the section that a reference such as `clear-expectations#luton.needs` names; raises UnknownName."""
        document, _, name = reference.partition("#")
        return _named("section", name, _named("document", document, self._sections))

    @cached_property
    def _sections(self) -> Mapping[str, Mapping[str, Section]]:
        with watching(set()):  # the first to ask has not read all of that
            return {one.id: {section.id: section for section in one.sections} for one in self.documents.values()}

    def places_of(self, slug: str) -> tuple[Place, ...]:
        """Return the places that one Trust covered, in the order of the file."""
        note_dependency("places", slug)
        return self._places_by_trust.get(slug, ())

    def areas_of(self, slug: str) -> tuple[Area, ...]:
        """Return the official codes of the areas that one Trust covered, in the order of the file."""
        note_dependency("areas", slug)
        return self._areas_by_trust.get(slug, ())

    @cached_property
    def _areas_by_trust(self) -> Mapping[str, tuple[Area, ...]]:
        found: dict[str, list[Area]] = {}
        with watching(set()):  # the first to ask has not read all of that
            for area in self.areas:
                found.setdefault(area.trust, []).append(area)
        return {slug: tuple(areas) for slug, areas in found.items()}

    @cached_property
    def _places_by_trust(self) -> Mapping[str, tuple[Place, ...]]:
        found: dict[str, list[Place]] = {}
        with watching(set()):  # the first to ask has not read all of that
            for place in self.places:
                found.setdefault(place.trust, []).append(place)
        return {slug: tuple(places) for slug, places in found.items()}


_T = TypeVar("_T")


def _named(what: str, name: str, known: Mapping[str, _T]) -> _T:
    try:
        return known[name]
    except KeyError:
        raise UnknownName(what, name, known) from None


def load(data: Path, kept: RecordCache | None = None) -> Guide:
    """Read and check `data`; return the whole Guide, or raise DataProblems with every problem found.

    Files that have not changed since `kept` was filled are not read again.
    """
    records = read(data, kept)
    problems = [*records.problems, *every_rule.check(records)]
    if problems:
        raise DataProblems(problems)
    return _freeze(records)


_loaded: dict[Path, tuple[object, Guide]] = {}
_read: dict[Path, RecordCache] = {}
"""The results of `load_once`, of one project at a time: an engine calls this program anew for every page."""


def load_once(data: Path) -> Guide:
    """Like `load`, but keep the result for as long as no file below `data` changes.

    The engines ask for the Guide at every start, and one of them asks for every page.
    """
    if data not in _read:
        _loaded.clear()
        _read.clear()
    state = marks(str(data))
    kept = _loaded.get(data)
    if kept is None or kept[0] != state:
        _loaded[data] = kept = (state, load(data, _read.setdefault(data, {})))
    return kept[1]


def records_once(data: Path) -> Records:
    """Return the records of `data`, which know where they are written. Those behind `load_once` are not read again."""
    return read(data, _read.setdefault(data, {}))


def _freeze(records: Records) -> Guide:
    def of(holding: Holding, model: type[_S]) -> list[_S]:
        return [one for one in records.by_kind.get(holding.kind, []) if isinstance(one, model)]

    region = of(holdings.REGION, Region)[0]
    waves = tuple(sorted(of(holdings.WAVES, Wave), key=lambda wave: wave.date.last))
    order = {wave.id: number for number, wave in enumerate(waves)}
    return Guide(
        region=region,
        waves=waves,
        profiles=tuple(sorted(of(holdings.PROFILES, Profile), key=lambda one: (order[one.wave], one.trust))),
        documents=_by_id(of(holdings.SOURCES, Document)),
        trusts=tuple(sorted(of(holdings.TRUSTS, Trust), key=lambda trust: trust.name)),
        surveys=tuple(sorted(of(holdings.SURVEYS, Survey), key=lambda survey: survey.wave)),
        questionnaires=tuple(of(holdings.QUESTIONNAIRES, Questionnaire)),
        releases=tuple(sorted(of(holdings.RELEASES, Release), key=lambda one: (one.wave, one.number))),
        recommendations=tuple(of(holdings.RECOMMENDATIONS, Recommendation)),
        principles=tuple(of(holdings.PRINCIPLES, Principle)),
        standards=_in_order_of_stages(of(holdings.STANDARDS, Standard)),
        practices=tuple(sorted(of(holdings.PRACTICES, Practice), key=lambda one: one.title)),
        framework=of(holdings.FRAMEWORK, RegionalFramework)[0],
        stages=tuple(of(holdings.STAGES, Hub)),
        point_lists=_by_id(of(holdings.POINT_LISTS, PointList)),
        glossary=tuple(sorted(of(holdings.GLOSSARY, Term), key=lambda term: term.term.lower())),
        later=tuple(of(holdings.LATER, LaterFacts)),
        places=tuple(of(holdings.PLACES, Place)),
        areas=tuple(of(holdings.AREAS, Area)),
        search=of(holdings.SEARCH, SearchWords)[0],
        moved=tuple(of(holdings.MOVED, MovedAddress)),
        _statements=tuple(
            Statement(part.where, part.statement, part.source) for part in records.parts if part.statement
        ),
    )


def _in_order_of_stages(standards: Iterable[Standard]) -> tuple[Standard, ...]:
    stages = list(Stage)
    return tuple(sorted(standards, key=lambda one: (stages.index(one.stage), one.id)))


_D = TypeVar("_D", Document, PointList)


def _by_id(records: Iterable[_D]) -> Mapping[str, _D]:
    return MappingProxyType({record.id: record for record in records})
