"""The objects that the rows of tables are read from, and the contents of their cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from macros.derived.charts import Chart, ChartBar, charts
from macros.derived.latest_known import all_latest
from macros.derived.table_shape import ENDED, IN_WORDS, NONE
from macros.model.holdings import NO_VALUE
from macros.model.later import LaterFact, LaterFacts, OpenQuestion
from macros.model.region import Area, Place
from macros.model.survey import Answer, Question, Survey
from macros.model.trust import Body, Framework, Sum, Trust, Unit
from macros.model.vocabulary import BodyKind, PlaceKind, Reading, Represented, State
from macros.reading.guide import Guide

_It = TypeVar("_It")


class _Listed(NamedTuple, Generic[_It]):
    """An item from a list in one wave's account of a Trust."""

    trust: Trust
    wave: str
    it: _It


class _Given(NamedTuple):
    """An answer of a survey with the question and the theme that it belongs to."""

    survey: Survey
    theme_title: str
    question: Question
    it: Answer


class _Charted(NamedTuple):
    """One value of a chart."""

    chart: Chart
    it: ChartBar
    wave: str


class _CodedPlace(NamedTuple):
    """A place with the official codes that its area has had, the latest last."""

    it: Place
    codes: tuple[Area, ...]

    @property
    def last(self) -> Area | None:
        return self.codes[-1] if self.codes else None

    @property
    def earlier(self) -> list[str]:
        return [f"{one.code} until {one.until or NO_VALUE}" for one in self.codes[:-1]]


STATED, OPEN = "stated", "open question"
"""The words for whether a document states a thing, or no document answers it."""


class _Later(NamedTuple):
    """A fact of the time after the evidence, or an open question."""

    subject: LaterFacts
    it: LaterFact | OpenQuestion

    @property
    def confidence(self) -> str:
        return STATED if isinstance(self.it, LaterFact) else OPEN

    @property
    def as_of(self) -> object:
        return self.it.as_of if isinstance(self.it, LaterFact) else NONE

    @property
    def now_called(self) -> tuple[str, ...]:
        return self.it.now_called if isinstance(self.it, LaterFact) else ()

    @property
    def standards(self) -> list[str]:
        return [one.standard for one in self.it.bears_on] if isinstance(self.it, LaterFact) else []


class CodedTrust:
    """A Trust with the official code of its authority's area, read as the Trust itself."""

    def __init__(self, trust: Trust, wave: str, area: Area | None) -> None:
        self._trust = trust
        self.wave = wave
        self.area = area

    def __getattr__(self, name: str) -> object:
        return getattr(self._trust, name)


def coded_places(guide: Guide) -> Iterator[_CodedPlace]:
    """Yield the rows of `PLACES`."""
    codes: dict[tuple[str, str, str], list[Area]] = {}
    for area in guide.areas:
        codes.setdefault((area.name, area.kind, area.trust), []).append(area)
    for place in guide.places:
        found = codes.get((place.place, place.kind, place.trust), ())
        yield _CodedPlace(place, tuple(sorted(found, key=lambda one: one.since.first)))


def coded_trusts(guide: Guide) -> Iterator[CodedTrust]:
    """Yield the rows of `TRUSTS`: each Trust with the first code of its county or unitary area."""
    first: dict[str, Area] = {}
    for area in sorted(guide.areas, key=lambda one: one.since.first):
        if area.kind in {PlaceKind.COUNTY, PlaceKind.UNITARY}:
            first.setdefault(area.trust, area)
    for trust in guide.trusts:
        yield CodedTrust(trust, guide.first_wave.id, first.get(trust.slug))


def codes_by_trust(guide: Guide) -> Mapping[str, tuple[Area, ...]]:
    """Return the official codes of the areas that each Trust covered, by its slug."""
    found: dict[str, list[Area]] = {}
    for area in guide.areas:
        found.setdefault(area.trust, []).append(area)
    return {slug: tuple(many) for slug, many in found.items()}


def waves_by_trust(guide: Guide) -> Mapping[str, Mapping[str, object]]:
    """Return the wave of each part of the latest that is known of a Trust, by its slug.

    Under `practice` is the wave of the statement on each standard.
    """
    return {
        one.first.slug: {**one.told_by, "practice": {name: wave.id for name, wave in sorted(one.practice.items())}}
        for one in all_latest(guide)
    }


def sums(guide: Guide) -> Iterator[_Listed[Sum]]:
    """Yield the rows of `INVESTMENT`, wave by wave and Trust by Trust."""
    for trust in guide.trusts:
        yield from (_Listed(trust, guide.first_wave.id, one) for one in trust.investment.figures)
        for told in guide.profiles_of(trust.slug):
            if told.investment:
                yield from (_Listed(trust, told.wave, one) for one in told.investment.figures)


def seats(guide: Guide) -> Iterator[_Listed[Body]]:
    """Yield the rows of `BODIES`, wave by wave and Trust by Trust."""
    for trust in guide.trusts:
        yield from (_Listed(trust, guide.first_wave.id, one) for one in trust.governance.bodies)
        for told in guide.profiles_of(trust.slug):
            if told.governance:
                yield from (_Listed(trust, told.wave, one) for one in told.governance.bodies)


def later(guide: Guide) -> Iterator[_Later]:
    """Yield the rows of `LATER`."""
    for subject in guide.later:
        for part in subject.parts:
            yield _Later(subject, part)


def given(survey: Survey) -> Iterator[_Given]:
    """Yield the rows of `ANSWERS` for one wave."""
    questions = {question.id: question for question in survey.questions}
    themes = {theme.id: theme.title for theme in survey.themes}
    for answer in survey.answers:
        question = questions[answer.question]
        yield _Given(survey, themes[question.theme], question, answer)


def charted(guide: Guide) -> Mapping[str, list[_Charted]]:
    """Return the rows of `CHART`, by the name of each chart."""
    first = guide.first_wave.id
    return {chart.name: [_Charted(chart, bar, chart.wave or first) for bar in chart.bars] for chart in charts(guide)}


def _boards(trust: Trust) -> list[Body]:
    return [body for body in trust.governance.bodies if body.kind == BodyKind.BOARD]


def board_representation(trust: Trust) -> Represented:
    said = {body.vcs for body in _boards(trust)}
    return next(
        (word for word in (Represented.YES, Represented.CLAIMED, Represented.NO) if word in said),
        Represented.NOT_MENTIONED,
    )


def board_seats(trust: Trust) -> int | None:
    stated = [body.seats for body in _boards(trust) if body.seats is not None and body.seats_from == Reading.STATED]
    return sum(stated) if stated else None


def of_commissioning(path: str) -> Callable[[Trust], object]:
    """Return a function that reads a field of the unit or the framework: if there was none, it has no name or date."""
    part, _, field = path.partition(".")

    def read(trust: Trust) -> object:
        found: Unit | Framework = getattr(trust.context.commissioning, part)
        return NONE if found.state == State.NONE else getattr(found, field)

    return read


def as_of(trust: Trust) -> object:
    return ENDED if trust.life.ended else trust.life.as_of


def period(row: _Listed[Sum]) -> object:
    return IN_WORDS if row.it.period is None and row.it.period_note else row.it.period


def speakers(trust: Trust) -> list[str]:
    return [voice.name for voice in trust.governance.voices if voice.speaks]


def speakers_from(trust: Trust) -> Reading | None:
    said = {voice.speaks_from for voice in trust.governance.voices if voice.speaks}
    return next((word for word in (Reading.INFERRED, Reading.CLAIMED, Reading.STATED) if word in said), None)


def seats_from(row: _Listed[Body]) -> Reading | None:
    return row.it.seats_from if row.it.seats is not None else None


def sections(trust: Trust) -> list[str]:
    """Return the sections behind the columns of a Trust's row, each once."""
    made_from = attrgetter(
        "life", "basis", "context.commissioning.unit", "context.commissioning.framework", "governance", "needs",
        "training", "investment",
    )(trust)  # fmt: skip
    voices = [voice for voice in trust.governance.voices if voice.speaks]
    parts = [*made_from, *_boards(trust), *voices, *trust.investment.figures]
    return list(dict.fromkeys(section for part in parts for section in part.source))
