"""The flat tables: every cell filled, every column described, what is worked out worked out right."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable

import pandas as pd
import pytest

from macros.derived import table_columns, table_shape, tables
from macros.derived.download_kinds import TableDownload
from macros.derived.download_table import DOWNLOADS
from macros.derived.table_rows import CodedTrust
from macros.derived.table_shape import Column, ColumnFacts, Table
from macros.model.trust import Body, Trust
from macros.model.vocabulary import BodyKind, Represented, State
from macros.reading.csv_cells import BETWEEN
from macros.reading.guide import Guide
from macros.reading.problem import UnknownName

FRAMES: dict[str, tuple[Table, Callable[[Guide], pd.DataFrame]]] = {
    "trusts": (table_columns.TRUSTS, tables.trusts),
    "investment": (table_columns.INVESTMENT, tables.investment),
    "bodies": (table_columns.BODIES, tables.bodies),
    "answers": (table_columns.ANSWERS, lambda guide: tables.answers(guide, guide.surveys[0].wave)),
    "glossary": (table_columns.GLOSSARY, tables.glossary),
    "places": (table_columns.PLACES, tables.places),
    "areas": (table_columns.AREAS, tables.areas),
    "since": (table_columns.LATER, tables.since),
}


@pytest.fixture(params=FRAMES)
def named(request: pytest.FixtureRequest, guide: Guide) -> tuple[str, Table, pd.DataFrame]:
    table, make = FRAMES[request.param]
    return request.param, table, make(guide)


def test_every_table_is_tested() -> None:
    """The tables of charts have no frame: tests of charts compare them with what is drawn."""
    offered = {one.table.name for one in DOWNLOADS if isinstance(one, TableDownload)}
    assert {table.name for table, _ in FRAMES.values()} == offered - {table_columns.CHART.name}


def test_a_frame_has_the_columns_of_its_table_and_no_empty_cell(named: tuple[str, Table, pd.DataFrame]) -> None:
    _, table, frame = named
    assert list(frame.columns) == table.header
    assert len(frame) > 0
    assert not frame.isna().any().any()
    assert not (frame == "").any().any()


def test_the_key_of_a_table_tells_its_rows_apart(named: tuple[str, Table, pd.DataFrame]) -> None:
    _, table, frame = named
    assert not frame.duplicated(list(table.key)).any()


def test_cells_keep_to_the_facts_of_their_column(named: tuple[str, Table, pd.DataFrame]) -> None:
    _, table, frame = named
    kinds: dict[str, type | tuple[type, ...]] = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
    }
    for column in table.columns:
        words = {one.word for one in column.missing}
        values = [value for value in frame[column.name].tolist() if value not in words]
        assert all(isinstance(value, kinds[column.facts.type]) for value in values), column.name
        if column.facts.words:
            assert set(values) <= set(column.facts.words), column.name


def test_every_column_is_described_and_named_in_the_docstring(named: tuple[str, Table, pd.DataFrame]) -> None:
    name, table, _ = named
    doc = inspect.getdoc(getattr(tables, name)) or ""
    for column in table.columns:
        assert column.facts.description, column.name
        assert column.facts.example != "", column.name
        assert f"`{column.name}`" in doc, column.name


def test_rows_are_as_many_as_the_guide_has(guide: Guide) -> None:
    assert len(tables.trusts(guide)) == len(guide.trusts)
    assert len(tables.investment(guide)) == sum(len(trust.investment.figures) for trust in guide.trusts)
    assert len(tables.bodies(guide)) == sum(len(trust.governance.bodies) for trust in guide.trusts)
    assert len(tables.glossary(guide)) == len(guide.glossary)
    assert len(tables.places(guide)) == len(guide.places)
    assert len(tables.areas(guide)) == len(guide.areas)
    for survey in guide.surveys:
        assert len(tables.answers(guide, survey.wave)) == len(survey.answers)


def test_a_wave_that_does_not_exist_is_refused(guide: Guide) -> None:
    with pytest.raises(UnknownName, match="1066"):
        tables.answers(guide, "1066")


# --- what is worked out -------------------------------------------------------------------------------------------


def _body(kind: BodyKind, vcs: Represented, seats: int | None = None) -> Body:
    return Body(name="A body", kind=kind, vcs=vcs, seats=seats)


def _with_bodies(trust: Trust, *bodies: Body) -> Trust:
    return trust.model_copy(update={"governance": trust.governance.model_copy(update={"bodies": bodies})})


def _row(trust: Trust) -> dict[str, object]:
    coded = CodedTrust(trust, "2009", None)
    return next(dict(zip(table_columns.TRUSTS.header, row, strict=True)) for row in table_columns.TRUSTS.cells([coded]))


@pytest.mark.parametrize(
    ("bodies", "representation", "seats"),
    [
        ([], "not mentioned", "not mentioned"),
        ([_body(BodyKind.EXECUTIVE, Represented.YES, 4)], "not mentioned", "not mentioned"),
        ([_body(BodyKind.BOARD, Represented.NOT_MENTIONED)], "not mentioned", "not mentioned"),
        ([_body(BodyKind.BOARD, Represented.NO)], "not represented", "not mentioned"),
        ([_body(BodyKind.BOARD, Represented.YES)], "represented", "not mentioned"),
        ([_body(BodyKind.BOARD, Represented.NO), _body(BodyKind.BOARD, Represented.YES, 2)], "represented", 2),
        ([_body(BodyKind.BOARD, Represented.YES, 2), _body(BodyKind.BOARD, Represented.YES, 3)], "represented", 5),
    ],
)
def test_the_board_is_read_off_the_bodies_that_are_boards(
    guide: Guide, bodies: list[Body], representation: str, seats: object
) -> None:
    row = _row(_with_bodies(guide.trusts[0], *bodies))
    assert (row["board_representation"], row["board_seats"]) == (representation, seats)


def test_a_unit_that_was_not_there_has_no_name_rather_than_one_not_mentioned(guide: Guide) -> None:
    trust = guide.trusts[0]

    def named(state: State) -> object:
        unit = trust.context.commissioning.unit.model_copy(update={"state": state, "name": None})
        commissioning = trust.context.commissioning.model_copy(update={"unit": unit})
        context = trust.context.model_copy(update={"commissioning": commissioning})
        return _row(trust.model_copy(update={"context": context}))["unit_name"]

    assert named(State.NONE) == "none"
    assert named(State.IN_PLACE) == "not mentioned"


def test_a_period_in_words_is_pointed_to(guide: Guide) -> None:
    frame = tables.investment(guide)
    in_words = frame[frame["period"] == table_shape.IN_WORDS.word]
    assert (in_words["period_note"] != table_shape.NONE.word).all()
    assert (frame["period_note"] != table_shape.NONE.word).sum() >= len(in_words)


def test_a_row_rests_on_the_sections_of_its_facts(guide: Guide) -> None:
    for trust, source in zip(guide.trusts, tables.trusts(guide)["source"], strict=True):
        sections = source.split(BETWEEN)
        assert len(sections) == len(set(sections))
        assert {*trust.needs.source, *trust.investment.source, *trust.basis.source} <= set(sections)


def test_a_cell_without_value_or_word_is_refused() -> None:
    column = Column("lost", lambda _: None, lambda: ColumnFacts("string", "Lost.", "here"))
    with pytest.raises(ValueError, match="lost"):
        column.cell(object())


def test_pandas_is_loaded_only_when_a_frame_is_asked_for() -> None:
    code = "import sys, macros.derived.tables, macros.derived.downloads; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
