"""The shape of a table for download: columns with their facts, and fixed words for missing values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from macros.model.dates import When
from macros.model.holdings import NO_END as NO_END_WORD
from macros.model.holdings import NO_VALUE
from macros.model.survey import NOT_PRINTED
from macros.model.vocabulary import NOT_MENTIONED, Lifecycle
from macros.reading.csv_cells import BETWEEN

if TYPE_CHECKING:
    import pandas as pd


Cell = str | int | float | bool
Type = Literal["string", "integer", "number", "boolean"]


class Missing(NamedTuple):
    """A fixed word for a missing value, and its meaning for readers."""

    word: str
    meaning: str


NOT_SAID = Missing(NOT_MENTIONED, "The report does not say; this is not “no”.")
NONE = Missing(NO_VALUE, "There is none.")
UNPRINTED = Missing(NOT_PRINTED, "The report prints no figure.")
NO_END = Missing(NO_END_WORD, "No source here says that the authority ended.")
NO_CODE = Missing("no code here", "The list of official codes has none for it.")
CODE_HOLDS = Missing(NO_END.word, "No source here says that the code ended.")
ENDED = Missing("see ended", "The authority ended; the column “ended” says when.")
NOT_KNOWN = Missing(Lifecycle.UNKNOWN.value, "No source here says whether the authority carried on.")
NOT_DATED = Missing("no date shown", "The document shows no date.")
IN_WORDS = Missing("see period_note", "No date fits; the column “period_note” has the words.")


@dataclass(frozen=True)
class ColumnFacts:
    """The facts about a column."""

    type: Type
    description: str
    example: Cell
    words: tuple[str, ...] = ()
    """The fixed words that it is limited to, if any."""
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True)
class Column:
    """A column: how a cell is read from a row's object, and the words for a missing value."""

    name: str
    read: Callable[[Any], object]
    """Returns None where there is no value, or the `Missing` that says why."""
    describe: Callable[[], ColumnFacts]
    missing: tuple[Missing, ...] = ()
    """Every fixed word for a missing value; the first stands for None."""
    unique: bool = False

    @cached_property
    def facts(self) -> ColumnFacts:
        """The facts about the column; from the models, if it is one of their fields."""
        return self.describe()

    def cell(self, row: object) -> Cell:
        """Return the cell of one row; raises ValueError when there is no value and no word for that."""
        value = self.read(row)
        if isinstance(value, Missing):
            return value.word
        cell = plain_cell(value)
        if cell != "":
            return cell
        if not self.missing:
            raise ValueError(f"the column “{self.name}” has no value, and no word that says so")
        return self.missing[0].word


@dataclass(frozen=True)
class Table:
    """A table: the meaning of a row, the key that tells rows apart, and the columns."""

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
        """Return the rows as a data frame; a column with both numbers and words has the type `object`."""
        import pandas as pd

        return pd.DataFrame(list(self.cells(rows)), columns=self.header)


def plain_cell(value: object) -> Cell:
    """Return a value as a cell; "" where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, When):
        return in_full(value)
    if isinstance(value, list | tuple):
        return BETWEEN.join(map(str, value))
    return str(value)


# Spreadsheet programs take 2007/08 for August 2007, and then nobody can tell what it was. They leave 2007/2008 alone.
_FINANCIAL_YEAR = re.compile(r"\b(\d{4})/\d{2}\b")


def in_full(text: str) -> str:
    """Return a text in which financial years are written in full: `2007/2008`."""
    return _FINANCIAL_YEAR.sub(lambda year: f"{year[1]}/{int(year[1]) + 1}", text)


def number(value: Decimal) -> int | float:
    """Return `38` for a share printed as 38, and `37.5` for one printed as 37.5."""
    return int(value) if value == value.to_integral_value() else float(value)
