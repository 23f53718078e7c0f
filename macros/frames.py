"""The guide as flat tables: which columns each has, what a missing value reads as, and each as a data frame.

The frames hold the same cells as the CSV downloads. No cell is empty: a fixed word says why there is no value, so a
column with numbers may hold words as well. A list is one text with `; ` between its items, and `source` is such a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, TypeVar

from macros import schema
from macros.guide import Guide
from macros.model.base import Model
from macros.model.glossary import Term
from macros.model.region import Place
from macros.model.survey import NOT_PRINTED, Answer, Question, Survey
from macros.model.trust import Body, Framework, Sum, Trust, Unit
from macros.model.words import NOT_MENTIONED, BodyKind, Lifecycle, Represented, State

if TYPE_CHECKING:
    import pandas as pd

Cell = str | int | float | bool
Type = Literal["string", "integer", "number", "boolean"]
BETWEEN = "; "


class Missing(NamedTuple):
    """A fixed word that stands where a value is missing, and what it tells the reader."""

    word: str
    meaning: str


NOT_SAID = Missing(NOT_MENTIONED, "The report does not say; this is not “no”.")
NONE = Missing("none", "There is none.")
UNPRINTED = Missing(NOT_PRINTED, "The report prints no figure.")
CARRIED_ON = Missing(Lifecycle.CONTINUING.value, "The authority had not ended.")
IN_WORDS = Missing("see period_note", "No date fits; the column “period_note” has the words.")


@dataclass(frozen=True)
class Facts:
    """What a column holds."""

    type: Type
    description: str
    example: Cell
    words: tuple[str, ...] = ()
    """The fixed words it is limited to, if it is."""
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True)
class Column:
    """One column: how a cell is read off a row's object, and what it says where there is no value."""

    name: str
    read: Callable[[Any], object]
    """Returns None where there is no value, or the `Missing` that says why."""
    describe: Callable[[], Facts]
    missing: tuple[Missing, ...] = ()
    """Every fixed word for a missing value; the first stands for None."""
    unique: bool = False

    @cached_property
    def facts(self) -> Facts:
        """What the column holds; from the models, where it is one of their fields."""
        return self.describe()

    def cell(self, row: object) -> Cell:
        """Return the cell of one row; raises ValueError when there is no value and no word for that."""
        value = self.read(row)
        if isinstance(value, Missing):
            return value.word
        cell = _plain(value)
        if cell != "":
            return cell
        if not self.missing:
            raise ValueError(f"the column “{self.name}” has no value, and no word that says so")
        return self.missing[0].word


@dataclass(frozen=True)
class Table:
    """A table: what one row is, what tells rows apart, and the columns."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    trust: str = ""
    """The column that names a Trust of the table `trusts`, if there is one."""

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]

    def cells(self, rows: Iterable[object]) -> Iterator[list[Cell]]:
        """Yield the cells of each row."""
        for row in rows:
            yield [column.cell(row) for column in self.columns]

    def frame(self, rows: Iterable[object]) -> pd.DataFrame:
        """Return the rows as a data frame; a column that holds numbers and words is one of plain objects."""
        import pandas as pd

        return pd.DataFrame(list(self.cells(rows)), columns=self.header)


# --- the frames ---------------------------------------------------------------------------------------------------


def trusts(guide: Guide) -> pd.DataFrame:
    """Return a row for each Trust, in the order of their names.

    Who it is: `slug`, `name`, `partnership`, `authority`, `also_called` (a list, or `none`), `lifecycle`, `ended`
    (a date, or `continuing`). What the profile rests on: `taking_part`, `online_survey`, `interview`,
    `desk_research`, `checking`. Commissioning: `unit_state`, `unit_name`, `unit_since`, `unit_led_by`,
    `framework_state`, `framework_name`, `framework_agreed`. The sector: `board_representation`, `board_seats` (how
    many), `spoken_for_by` (a list), `needs_involvement`, `training_offer`. Money: `investment_reporting`,
    `investment_sums` (how many sums of `investment` it has). Ours: `gaps` (how many things the report does not say).
    `source`: the sections behind the row.

    What the report does not say is `not mentioned`; a unit or framework that was not there has `none` for its name.
    Dates are as precise as the report's: `2009-04-01`, `autumn 2007`.
    """
    return TRUSTS.frame(guide.trusts)


def investment(guide: Guide) -> pd.DataFrame:
    """Return a row for each sum of money, by Trust and in the order of its profile. Never add them up.

    `trust` (slug), `number` (its place in the profile, from 1), `amount` (whole pounds), `kind`, `approximate`,
    `period` (a year or years, `see period_note` or `not mentioned`), `period_note` (the period in words where no date
    fits, or `none`), `per`, `scope` (what the money was for), `source`.
    """
    return INVESTMENT.frame(sums(guide))


def bodies(guide: Guide) -> pd.DataFrame:
    """Return a row for each board or group, by Trust and in the order of its profile.

    `trust` (slug), `number` (its place in the profile, from 1), `name`, `kind`, `vcs` (whether the sector had a
    place), `seats` (how many), `held_by`, `chosen`, `meets`, `what`, `source`; `not mentioned` where the report does
    not say.
    """
    return BODIES.frame(seats(guide))


def answers(guide: Guide, wave: str) -> pd.DataFrame:
    """Return a row for each answer of one wave of the survey, in the order of its file; raises UnknownName.

    `wave`, `number` (of the row, from 1), `theme` and `theme_title`, `question` (id) and `title`, `answer`, `percent`
    (of those who answered, or `not printed`), `qualifier` (how exactly it is given), `adds_up` (whether the
    question's answers are parts of one whole), `note` (or `none`), `source`.
    """
    return ANSWERS.frame(given(guide.survey(wave)))


def glossary(guide: Guide) -> pd.DataFrame:
    """Return a row for each term, in the order of the alphabet.

    `id`, `term`, `expansion` and `expansion_from` (`none` where it is no acronym), `meaning`, `meaning_from`,
    `also_called` and `see` (lists, or `none`), `source`.
    """
    return GLOSSARY.frame(guide.glossary)


def places(guide: Guide) -> pd.DataFrame:
    """Return a row for each place, in the order of its file.

    `place`, `kind`, `trust` (slug), `also_called` and `note` (or `none`), `source`.
    """
    return PLACES.frame(guide.places)


# --- what the rows are read from ----------------------------------------------------------------------------------


_It = TypeVar("_It")


class _Listed(NamedTuple, Generic[_It]):
    """One item of a list in a profile."""

    trust: Trust
    number: int
    it: _It


class _Given(NamedTuple):
    """One answer of a survey with the question and the theme it belongs to."""

    survey: Survey
    number: int
    theme_title: str
    question: Question
    it: Answer


def sums(guide: Guide) -> Iterator[_Listed[Sum]]:
    """Yield the rows of `INVESTMENT`."""
    for trust in guide.trusts:
        for number, one in enumerate(trust.investment.figures, 1):
            yield _Listed(trust, number, one)


def seats(guide: Guide) -> Iterator[_Listed[Body]]:
    """Yield the rows of `BODIES`."""
    for trust in guide.trusts:
        for number, one in enumerate(trust.governance.bodies, 1):
            yield _Listed(trust, number, one)


def given(survey: Survey) -> Iterator[_Given]:
    """Yield the rows of `ANSWERS` for one wave."""
    questions = {question.id: question for question in survey.questions}
    themes = {theme.id: theme.title for theme in survey.themes}
    for number, answer in enumerate(survey.answers, 1):
        question = questions[answer.question]
        yield _Given(survey, number, themes[question.theme], question, answer)


def _boards(trust: Trust) -> list[Body]:
    return [body for body in trust.governance.bodies if body.kind == BodyKind.BOARD]


def _board_representation(trust: Trust) -> Represented:
    said = {body.vcs for body in _boards(trust)}
    return next((word for word in (Represented.YES, Represented.NO) if word in said), Represented.NOT_MENTIONED)


def _board_seats(trust: Trust) -> int | None:
    stated = [body.seats for body in _boards(trust) if body.seats is not None]
    return sum(stated) if stated else None


def _of_commissioning(path: str) -> Callable[[Trust], object]:
    """Return a reader of one field of the unit or the framework: where there was none, it has no name or date."""
    part, _, field = path.partition(".")

    def read(trust: Trust) -> object:
        found: Unit | Framework = getattr(trust.context.commissioning, part)
        return NONE if found.state == State.NONE else getattr(found, field)

    return read


def _period(row: _Listed[Sum]) -> object:
    return IN_WORDS if row.it.period is None and row.it.period_note else row.it.period


def _speakers(trust: Trust) -> list[str]:
    return [voice.name for voice in trust.governance.voices if voice.speaks]


def _sections(trust: Trust) -> list[str]:
    """Return the sections behind the columns of a Trust's row, each once."""
    made_from = attrgetter(
        "life", "basis", "context.commissioning.unit", "context.commissioning.framework", "governance", "needs",
        "training", "investment",
    )(trust)  # fmt: skip
    voices = [voice for voice in trust.governance.voices if voice.speaks]
    parts = [*made_from, *_boards(trust), *voices, *trust.investment.figures]
    return list(dict.fromkeys(section for part in parts for section in part.source))


def _plain(value: object) -> Cell:
    """Return a value as a cell; "" where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, list | tuple):
        return BETWEEN.join(map(str, value))
    return str(value)


def number(value: Decimal) -> int | float:
    """Return `38` for a share printed as 38, and `37.5` for one printed as 37.5."""
    return int(value) if value == value.to_integral_value() else float(value)


# --- columns ------------------------------------------------------------------------------------------------------


def _field(
    model: type[Model], path: str, *missing: Missing, name: str = "", unique: bool = False, at: str = ""
) -> Column:
    """Return a column that is a field of a model; `at` says where a row keeps that model's object."""
    read = attrgetter(f"{at}.{path}" if at else path)
    return Column(name or path, read, partial(_facts_of, model, path), missing, unique)


def _item(model: type[Model], path: str, *missing: Missing) -> Column:
    """Return a column that is a field of the row's list item."""
    return _field(model, path, *missing, at="it")


def _commissioning(path: str, name: str) -> Column:
    facts = partial(_facts_of, Trust, f"context.commissioning.{path}")
    return Column(name, _of_commissioning(path), facts, (NOT_SAID, NONE))


def _made(
    name: str,
    read: Callable[[Any], object],
    type: Type,
    description: str,
    example: Cell,
    *missing: Missing,
    words: tuple[str, ...] = (),
) -> Column:
    """Return a column that is worked out, or that says where a row belongs."""
    minimum = 0 if type == "integer" else None
    return Column(name, read, partial(Facts, type, description, example, words, minimum), missing)


def _facts_of(model: type[Model], path: str) -> Facts:
    said = schema.facts(model, path)
    kind: Type = said["type"] if said.get("type") in {"integer", "number", "boolean"} else "string"
    whole = f"{schema.facts(model, path.rpartition('.')[0])['description']} " if "." in path else ""
    own = said["description"]
    example = said["examples"][0] if said.get("examples") else ""
    return Facts(
        type=kind,
        description=own if own in whole else f"{whole}{own}",
        example=BETWEEN.join(example) if isinstance(example, list) else example,
        words=tuple(said.get("enum", ())),
        minimum=said.get("minimum"),
        maximum=said.get("maximum"),
    )


def _trust_of_row(example: str) -> Column:
    return _made("trust", attrgetter("trust.slug"), "string", "The Trust, by its slug in `trusts`.", example)


def _number(what: str) -> Column:
    return _made("number", attrgetter("number"), "integer", what, 1)


def _source(read: Callable[[Any], object]) -> Column:
    about = "The sections of documents that the row rests on. `ours` marks what this project added."
    return _made("source", read, "string", about, "clear-expectations#luton.needs")


_IN_PROFILE = "Its place in the Trust’s profile, from 1."

TRUSTS = Table(
    name="trusts",
    row="One Children’s Trust.",
    key=("slug",),
    columns=(
        _field(Trust, "slug", unique=True),
        _field(Trust, "name", unique=True),
        _field(Trust, "partnership"),
        _field(Trust, "authority"),
        _field(Trust, "also_called", NONE),
        _field(Trust, "life.status", name="lifecycle"),
        _field(Trust, "life.ended", CARRIED_ON, name="ended"),
        _field(Trust, "basis.taking_part", name="taking_part"),
        _field(Trust, "basis.online_survey", name="online_survey"),
        _field(Trust, "basis.interview", name="interview"),
        _field(Trust, "basis.desk_research", name="desk_research"),
        _field(Trust, "basis.checking", name="checking"),
        _field(Trust, "context.commissioning.unit.state", name="unit_state"),
        _commissioning("unit.name", "unit_name"),
        _commissioning("unit.since", "unit_since"),
        _commissioning("unit.led_by", "unit_led_by"),
        _field(Trust, "context.commissioning.framework.state", name="framework_state"),
        _commissioning("framework.name", "framework_name"),
        _commissioning("framework.agreed", "framework_agreed"),
        _made(
            "board_representation",
            _board_representation,
            "string",
            "Whether the sector had a place on a board. Not mentioned if the report says nothing of a board.",
            Represented.YES.value,
            words=tuple(word.value for word in Represented),
        ),
        _made(
            "board_seats",
            _board_seats,
            "integer",
            "How many seats the sector held on the board, if stated; on all of them if there was more than one.",
            2,
            NOT_SAID,
        ),
        _made(
            "spoken_for_by",
            _speakers,
            "string",
            "The bodies that spoke for the sector in the Trust.",
            "Luton Assembly",
            NOT_SAID,
        ),
        _field(Trust, "needs.involvement", name="needs_involvement"),
        _field(Trust, "training.offer", name="training_offer"),
        _field(Trust, "investment.reporting", name="investment_reporting"),
        _made(
            "investment_sums",
            lambda trust: len(trust.investment.figures),
            "integer",
            "How many sums of money the report gives for it, reported or not.",
            3,
        ),
        _made("gaps", lambda trust: len(trust.gaps), "integer", "How many things the report does not say. Ours.", 8),
        _source(_sections),
    ),
)

INVESTMENT = Table(
    name="investment",
    row="One sum of money that the report says was invested in the sector. Their scopes differ: never add them up.",
    key=("trust", "number"),
    trust="trust",
    columns=(
        _trust_of_row("luton"),
        _number(_IN_PROFILE),
        _item(Sum, "amount"),
        _item(Sum, "kind"),
        _item(Sum, "approximate"),
        Column("period", _period, partial(_facts_of, Sum, "period"), (NOT_SAID, IN_WORDS)),
        _item(Sum, "period_note", NONE),
        _item(Sum, "per"),
        _item(Sum, "scope"),
        _source(attrgetter("it.source")),
    ),
)

BODIES = Table(
    name="bodies",
    row="One board or group in a Trust’s governance.",
    key=("trust", "number"),
    trust="trust",
    columns=(
        _trust_of_row("luton"),
        _number(_IN_PROFILE),
        _item(Body, "name"),
        _item(Body, "kind"),
        _item(Body, "vcs"),
        _item(Body, "seats", NOT_SAID),
        _item(Body, "held_by", NOT_SAID),
        _item(Body, "chosen"),
        _item(Body, "meets", NOT_SAID),
        _item(Body, "what", NOT_SAID),
        _source(attrgetter("it.source")),
    ),
)

ANSWERS = Table(
    name="answers",
    row="One answer to one question of the survey.",
    key=("wave", "number"),
    columns=(
        _field(Survey, "wave", at="survey"),
        _number("The row’s place in the file, from 1."),
        _field(Question, "theme", at="question"),
        _made("theme_title", attrgetter("theme_title"), "string", "The theme’s name.", "Full cost recovery"),
        _item(Answer, "question"),
        _field(Question, "title", at="question"),
        _item(Answer, "answer"),
        _item(Answer, "percent", UNPRINTED),
        _item(Answer, "qualifier"),
        _field(Question, "adds_up", at="question"),
        _item(Answer, "note", NONE),
        _source(attrgetter("it.source")),
    ),
)

GLOSSARY = Table(
    name="glossary",
    row="One term or acronym.",
    key=("id",),
    columns=(
        _field(Term, "id", unique=True),
        _field(Term, "term"),
        _field(Term, "expansion", NONE),
        _field(Term, "expansion_from", NONE),
        _field(Term, "meaning"),
        _field(Term, "meaning_from"),
        _field(Term, "also_called", NONE),
        _field(Term, "see", NONE),
        _source(attrgetter("source")),
    ),
)

PLACES = Table(
    name="places",
    row="One place, and the Trust that covered it in 2009.",
    key=("place", "kind"),
    trust="trust",
    columns=(
        _field(Place, "place"),
        _field(Place, "kind"),
        _field(Place, "trust"),
        _field(Place, "also_called", NONE),
        _field(Place, "note", NONE),
        _source(attrgetter("source")),
    ),
)

TABLES = (TRUSTS, INVESTMENT, BODIES, ANSWERS, GLOSSARY, PLACES)
