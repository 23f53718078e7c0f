"""The columns of each table: their contents, units, and the fields that explain them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import Any

from macros.derived.table_rows import (
    OPEN,
    STATED,
    as_of,
    board_representation,
    board_seats,
    of_commissioning,
    period,
    seats_from,
    sections,
    speakers,
    speakers_from,
)
from macros.derived.table_shape import (
    CODE_HOLDS,
    ENDED,
    IN_WORDS,
    NO_CODE,
    NO_END,
    NONE,
    NOT_DATED,
    NOT_KNOWN,
    NOT_SAID,
    UNPRINTED,
    Cell,
    Column,
    ColumnFacts,
    Missing,
    Table,
    Type,
    in_full,
)
from macros.model.base import Model
from macros.model.glossary import Term
from macros.model.later import LaterFact, LaterFacts
from macros.model.region import Area, Place
from macros.model.survey import Answer, Question, Survey
from macros.model.trust import Body, Sum, Trust
from macros.model.vocabulary import Reading, Represented
from macros.reading.csv_cells import BETWEEN
from macros.schema import json_schema


def _field(
    model: type[Model], path: str, *missing: Missing, name: str = "", unique: bool = False, at: str = ""
) -> Column:
    """Return a column for a field of a model; `at` gives a row's object of that model."""
    read = attrgetter(f"{at}.{path}" if at else path)
    return Column(name or path, read, partial(_facts_of, model, path), missing, unique)


def _item(model: type[Model], path: str, *missing: Missing) -> Column:
    """Return a column for a field of the row's list item."""
    return _field(model, path, *missing, at="it")


def _commissioning(path: str, name: str) -> Column:
    facts = partial(_facts_of, Trust, f"context.commissioning.{path}")
    return Column(name, of_commissioning(path), facts, (NOT_SAID, NONE))


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
    return Column(name, read, partial(ColumnFacts, type, description, example, words, minimum), missing)


def _facts_of(model: type[Model], path: str) -> ColumnFacts:
    said = json_schema.facts(model, path)
    kind: Type = said["type"] if said.get("type") in {"integer", "number", "boolean"} else "string"
    whole = f"{json_schema.facts(model, path.rpartition('.')[0])['description']} " if "." in path else ""
    own = said["description"]
    example = said["examples"][0] if said.get("examples") else ""
    return ColumnFacts(
        type=kind,
        description=own if own in whole else f"{whole}{own}",
        example=BETWEEN.join(example) if isinstance(example, list) else example,
        words=tuple(said.get("enum", ())),
        minimum=said.get("minimum"),
        maximum=said.get("maximum"),
    )


def _code_columns(at: str, no_code: Missing, no_end: Missing) -> tuple[Column, ...]:
    """Return the columns for the official code that `at` gives of a row, if there is one."""

    def column(name: str, field: str, *missing: Missing) -> Column:
        def read(row: Any) -> object:
            area: Area | None = getattr(row, at, None)
            return no_code if area is None else getattr(area, field)

        return Column(name, read, partial(_facts_of, Area, field), tuple(dict.fromkeys(missing)))

    return (
        column("code", "code", no_code),
        column("code_since", "since", no_code),
        column("code_until", "until", no_end, no_code),
    )


def _trust_of_row(example: str) -> Column:
    return _made("trust", attrgetter("trust.slug"), "string", "The Trust, by its slug in `trusts`.", example)


def _wave() -> Column:
    about = "The wave of evidence that tells it. The first is called by its year."
    return _made("wave", attrgetter("wave"), "string", about, "2024")


def _id(example: str) -> Column:
    about = "What tells it from the others of its Trust and wave. It stays when others are added or taken out."
    return _made("id", attrgetter("it.key"), "string", about, example)


def _source(read: Callable[[Any], object]) -> Column:
    about = "The sections of documents that the row rests on. `ours` marks what this project added."
    return _made("source", read, "string", about, "first-report#luton.needs")


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
        _wave(),
        *_code_columns("area", NO_CODE, CODE_HOLDS),
        _field(Trust, "life.status", name="lifecycle"),
        Column("lifecycle_as_of", as_of, partial(_facts_of, Trust, "life.as_of"), (NOT_KNOWN, ENDED)),
        _field(Trust, "life.ended", NO_END, name="ended"),
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
            board_representation,
            "string",
            "Whether the sector had a place on a board. Not mentioned if the report says nothing of a board.",
            Represented.YES.value,
            words=tuple(word.value for word in Represented),
        ),
        _made(
            "board_seats",
            board_seats,
            "integer",
            "How many seats the sector held on the board, if stated; on all of them if there was more than one.",
            2,
            NOT_SAID,
        ),
        _made(
            "spoken_for_by",
            speakers,
            "string",
            "The bodies that spoke for the sector in the Trust.",
            "Luton Assembly",
            NOT_SAID,
        ),
        _made(
            "spoken_for_from",
            speakers_from,
            "string",
            "Whether the report states that they did, or we read it from what it says.",
            Reading.INFERRED.value,
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
        _source(sections),
    ),
)

INVESTMENT = Table(
    name="investment",
    row="One sum of money that the report says was invested in the sector. Their scopes differ: never add them up.",
    key=("trust", "wave", "id"),
    trust="trust",
    columns=(
        _trust_of_row("luton"),
        _wave(),
        _id("2007-08-what-luton-borough-council-spent-with-the"),
        _item(Sum, "amount"),
        _item(Sum, "kind"),
        _item(Sum, "approximate"),
        Column("period", period, partial(_facts_of, Sum, "period"), (NOT_SAID, IN_WORDS)),
        _item(Sum, "period_note", NONE),
        _item(Sum, "per"),
        _item(Sum, "scope"),
        _source(attrgetter("it.source")),
    ),
)

BODIES = Table(
    name="bodies",
    row="One board or group in a Trust’s governance.",
    key=("trust", "wave", "id"),
    trust="trust",
    columns=(
        _trust_of_row("luton"),
        _wave(),
        _id("childrens-trust"),
        _item(Body, "name"),
        _item(Body, "kind"),
        _item(Body, "vcs"),
        _item(Body, "seats", NOT_SAID),
        Column("seats_from", seats_from, partial(_facts_of, Body, "seats_from"), (NOT_SAID,)),
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
    key=("wave", "question", "answer"),
    columns=(
        _field(Survey, "wave", at="survey"),
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

CHART = Table(
    name="chart",
    row="One value of a chart.",
    key=("chart", "label"),
    columns=(
        _made("chart", attrgetter("chart.name"), "string", "The chart’s name.", "survey-2024-payment-terms"),
        _wave(),
        _made("title", attrgetter("chart.title"), "string", "What the chart shows.", "59% felt that it made progress."),
        _made("asked", attrgetter("chart.asked"), "string", "What was asked or counted.", "Asked about: training."),
        _made(
            "label",
            lambda row: in_full(row.it.label),
            "string",
            "What the value is of.",
            "Paid within 30 days of the invoice",
        ),
        _made("value", attrgetter("it.value"), "number", "The value, in the unit.", 38, UNPRINTED),
        _made("words", attrgetter("it.words"), "string", "The value as the source gives it.", "over 50%"),
        _made("unit", attrgetter("chart.unit"), "string", "The unit.", "Share of respondents, in per cent."),
        _made("base", attrgetter("chart.base"), "string", "Of whom or what the values are.", "Base not given."),
        _made("note", lambda row: row.it.note or None, "string", "What to know about the value.", "Ours.", NONE),
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
    row="One place, council or beginning of postcodes, and the Trust that covered it.",
    key=("place", "kind", "trust"),
    trust="trust",
    columns=(
        _item(Place, "place"),
        _item(Place, "kind"),
        _item(Place, "trust"),
        _item(Place, "also_called", NONE),
        _item(Place, "council", NONE),
        _item(Place, "since", NONE),
        _item(Place, "until", NONE),
        *_code_columns("last", NONE, NONE),
        _made(
            "earlier_codes",
            attrgetter("earlier"),
            "string",
            "Earlier codes of the area, each with its last day.",
            "E07000100 until 2012-03-31",
            NONE,
        ),
        _item(Place, "note", NONE),
        _source(attrgetter("it.source")),
    ),
)

AREAS = Table(
    name="areas",
    row="One official code of the area of a council, and the Trust that covered it.",
    key=("code",),
    trust="trust",
    columns=(
        _field(Area, "name"),
        _field(Area, "kind"),
        _field(Area, "trust"),
        _field(Area, "code", unique=True),
        _field(Area, "since"),
        _field(Area, "until", CODE_HOLDS),
        _source(attrgetter("source")),
    ),
)

LATER = Table(
    name="since",
    row="One fact of the time after the evidence, or one question that is open.",
    key=("id",),
    columns=(
        _made("id", attrgetter("it.id"), "string", "What tells it from all others.", "compact-renewed"),
        _field(LaterFacts, "trust", NONE, at="subject"),
        _field(LaterFact, "topic", at="it"),
        _made(
            "confidence",
            attrgetter("confidence"),
            "string",
            "Whether a document states it, or no document answers it.",
            STATED,
            words=(STATED, OPEN),
        ),
        _made("what", attrgetter("it.statement"), "string", "The fact or the question, in our own words.", "It ended."),
        Column("as_of", attrgetter("as_of"), partial(_facts_of, LaterFact, "as_of"), (NOT_DATED, NONE)),
        _field(LaterFacts, "read", at="subject"),
        _item(LaterFact, "terms", NONE),
        _made(
            "now_called",
            attrgetter("now_called"),
            "string",
            "What these terms are called now, or what took their place.",
            "Civil Society Covenant",
            NONE,
        ),
        _made("standards", attrgetter("standards"), "string", "The standards that it bears on. Ours.", "fn-3", NONE),
        _source(attrgetter("it.source")),
    ),
)
