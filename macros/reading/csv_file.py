"""A table as rows of cells, each with its line, from CSV in any of the forms that spreadsheet programs save.

Changes that those programs make unasked are accepted: other delimiters, empty cells at the end of rows, and dates in
their own notation. Nobody can tell them not to make these.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from macros.model.dates import spreadsheet_date
from macros.model.wording import count
from macros.reading.csv_cells import delimiter_of, without_guard
from macros.reading.file_text import FileSlip

_LOOK_AHEAD = 20
"""How many rows are searched for the names of the columns."""
_LEAST_LABELS = 3
"""The fewest cells by which a row can be recognised as describing the columns."""
_DECIMAL = re.compile(r"\d{1,9},\d{1,9}")


class CsvRow(NamedTuple):
    """The cells of one row, and the line of the file on which it begins."""

    line: int
    cells: list[str]


@dataclass
class CsvTable:
    """A table as it was read: the names of its columns, its rows, and the faults of its form."""

    columns: list[str] = field(default_factory=list)
    header: int = 1
    """The line with the names of the columns; 0 if none of them is known."""
    rows: list[CsvRow] = field(default_factory=list)
    above: list[FileSlip] = field(default_factory=list)
    """Faults above the rows."""
    slips: list[FileSlip] = field(default_factory=list)
    """Faults in rows."""
    delimiter: str = ","
    lines: list[str] = field(default_factory=list)

    def place(self, line: int, column: str) -> tuple[int, int]:
        """Return the line and column where a cell begins."""
        number = self.columns.index(column) if column in self.columns else 0
        starts = [cell.start() for cell in _cell(self.delimiter).finditer(self.lines[line - 1])]
        return line, starts[number] + 1 if number < len(starts) else 1

    def told(self, line: int, found: str, expected: str, mend: str, column: int = 1) -> None:
        self.slips.append(FileSlip(line, column, found, expected, mend))


def _cell(delimiter: str) -> re.Pattern[str]:
    return re.compile(rf'(?:"(?:[^"]|"")*"|[^{delimiter}]*)(?:{delimiter}|$)')


def read(text: str, known: Collection[str], dates: Collection[str] = ()) -> CsvTable:
    """Return the table in a text that has no byte order mark; `known` are the columns that it may have.

    The cells of the columns in `dates` are dates. Dates in a spreadsheet program's notation are put into the form of
    `macros.model.dates`, if the file leaves no doubt which number is the day and which the month.
    """
    table = CsvTable(lines=text.splitlines())
    table.delimiter = delimiter_of(next((line for line in table.lines if line.strip(" \t,;")), ""))
    rows = _raw_rows(table)
    if not rows:
        return table
    rows, unnamed = _below_header(table, rows, known)
    width = len(table.columns)
    while rows and not any(rows[-1].cells):  # programs write empty cells where there once was something
        rows.pop()
    for row in rows:
        cells = row.cells
        if len(cells) == width + unnamed and not any(cells[width:]):
            cells = cells[:width]
        if not any(cells):
            table.told(row.line, "a row of empty cells", "something in every row", "delete the line")
        elif cells == table.columns:
            table.told(row.line, "the names of the columns a second time", "them once", "delete the line")
        elif len(cells) != width:
            found, mend = _miscounted(cells, table.lines[row.line - 1])
            table.told(row.line, found, f"{width}, one for each column", mend)
        else:
            table.rows.append(CsvRow(row.line, cells))
    _read_dates(table, dates)
    return table


def _raw_rows(table: CsvTable) -> list[CsvRow]:
    """Return the rows that are not empty lines, up to one that cannot be read, which is reported."""
    reader = csv.reader(table.lines, strict=True, delimiter=table.delimiter)
    rows: list[CsvRow] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            found, mend = _fault(str(error))
            table.told(line, found, "cells with commas between them", mend)
            return rows
        if cells is None:
            return rows
        if cells:
            rows.append(CsvRow(line, [_plain(cell, table.delimiter) for cell in cells]))


def _plain(cell: str, delimiter: str) -> str:
    """Return the text of a cell, without surrounding blanks and without the sign that keeps it from being a formula.

    Programs that separate cells by semicolons do so because their numbers have commas.
    """
    cell = without_guard(cell.strip())
    return cell.replace(",", ".") if delimiter == ";" and _DECIMAL.fullmatch(cell) else cell


def _below_header(table: CsvTable, rows: list[CsvRow], known: Collection[str]) -> tuple[list[CsvRow], int]:
    """Record the names of the columns; return the rows below them, and how many empty columns a program added."""
    at = _header(rows, known)
    names = rows[at or 0].cells
    while len(names) > 1 and not names[-1] and not any(len(row.cells) >= len(names) and row.cells[-1] for row in rows):
        names = names[:-1]
    table.columns, table.header = names, rows[at].line if at is not None else 0
    if at:
        found = "something above the names of the columns" if at > 1 else "a line above the names of the columns"
        mend = f"the names of the columns stand in line {table.header}: delete the lines above"
        table.above.append(FileSlip(rows[0].line, 1, found, "the names of the columns in the first line", mend))
    below = rows[(at or 0) + 1 :]
    if at is not None and below and (slip := _second_header(table, below[0], known)):
        table.above.append(slip)
        below = below[1:]
    return below, len(rows[at or 0].cells) - len(names)


def _second_header(table: CsvTable, row: CsvRow, known: Collection[str]) -> FileSlip | None:
    """Report a row that says more about the columns: their names where the first row has none, or other words.

    Where the names are spread over two rows, the table takes them from both.
    """
    over = list(zip_longest(table.columns, row.cells, fillvalue=""))
    if not all(table.columns) and all(not (name and cell) and (cell in known or not cell) for name, cell in over):
        table.columns = [name or cell for name, cell in over]
        found = f"names of columns in this line and in line {table.header}"
        mend = f"write them all in line {table.header}, and delete this line"
        return FileSlip(row.line, 1, found, "the names of the columns in one line", mend)
    labels = [set(_words(name)) <= set(_words(cell)) for name, cell in over if cell]
    if row.cells == table.columns or len(labels) < _LEAST_LABELS or sum(labels) * 2 < len(labels):
        return None
    found = "the names of the columns a second time, in other words"
    return FileSlip(row.line, 1, found, "them once", "delete the line")


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def _header(rows: list[CsvRow], known: Collection[str]) -> int | None:
    """Return the row that names the columns: the first in which half of the names are known; None if there is none."""
    for number, row in enumerate(rows[:_LOOK_AHEAD]):
        names = [name for name in row.cells if name]
        if names and sum(name in known for name in names) * 2 >= len(names):
            return number
    return None


def _fault(said: str) -> tuple[str, str]:
    """Return the fault that the CSV reader found, in plain words, and how to mend it."""
    if "unexpected end" in said:
        return "a quotation mark that is never closed", "add it at the end of the cell, or take out the first"
    if "expected after" in said:
        return "words after a closing quotation mark", "write a quotation mark inside a cell twice"
    return "a row that cannot be read", "compare it with the rows above"


def _miscounted(cells: list[str], line: str) -> tuple[str, str]:
    """Return the fault of a row that has too many or too few cells, and how to mend it."""
    if len(cells) == 1 and ";" in line:
        return "semicolons between the cells", "put commas in their place"
    if "“" in line:
        mend = 'use straight quotation marks (") around a text that holds a comma, not curly ones'
        return count(len(cells), "cell"), mend
    mend = "add or take out commas; a text that holds a comma needs quotation marks around it"
    return count(len(cells), "cell"), mend


# --- dates --------------------------------------------------------------------------------------------------------

_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(?:\d{2}|\d{4})")


def _read_dates(table: CsvTable, dates: Collection[str]) -> None:
    numbers = [number for number, name in enumerate(table.columns) if name in dates]
    month_first = _is_month_first([row.cells[number] for row in table.rows for number in numbers])
    for row in table.rows:
        for number in numbers:
            row.cells[number] = spreadsheet_date(row.cells[number], month_first) or row.cells[number]


def _is_month_first(cells: Iterable[str]) -> bool | None:
    """Return whether dates in numbers begin with the month; None if the file does not show it, or shows both."""
    found = [match for cell in cells if (match := _NUMBERS.fullmatch(cell))]
    day_first = any(int(match[1]) > 12 or match[2] == "." for match in found)
    month_first = any(int(match[3]) > 12 for match in found)
    return None if day_first == month_first else month_first


# --- writing ------------------------------------------------------------------------------------------------------


def written(table: CsvTable) -> str:
    """Return a table as CSV in the form that all tables here have: commas, and quotation marks where needed."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([table.columns, *(row.cells for row in table.rows)])
    return out.getvalue()


CellFinder = Callable[[Sequence[str | int]], tuple[int, int]]


def finder(table: CsvTable, line: int) -> CellFinder:
    """Return a function that gives the place of a field of one row."""

    def find(path: Sequence[str | int]) -> tuple[int, int]:
        return table.place(line, str(path[0]) if path else "")

    return find


def cells_of(table: CsvTable, row: CsvRow) -> Mapping[str, str]:
    """Return the cells of a row that are not empty, by their columns."""
    return {column: cell for column, cell in zip(table.columns, row.cells, strict=True) if cell}
