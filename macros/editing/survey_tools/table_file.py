"""An export as a table of cells: from CSV in any common encoding, or from XLSX. Nothing in a cell is ever executed."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from lxml import etree

from macros.editing.survey_tools.extra import SurveyError, library
from macros.reading.csv_cells import delimiter_of
from macros.reading.problem import quoted

MAX_BYTES = 200 * 1024 * 1024
MAX_COLUMNS = 2_000
MAX_CELLS = 5_000_000
"""How many cells an export may have: 100,000 answers to 50 questions. More would fill the memory."""
_MAX_CELL = 1_000_000
_MAX_UNPACKED = 1024**3
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FAR = re.compile(rb"""r=["'](?:[A-Za-z]{3,}|[D-Zd-z][A-Za-z]|[A-Za-z]*\d{5,})\d""")
"""What may name a row below 100,000 or a column behind CZ: few sheets have one, so it is looked for first."""
_PLACE = re.compile(rb"""r=["']([A-Za-z]*)(\d+)""")
_CELL_WITH_FORMULA = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f[ >/]')


class OddCell(str):
    """A cell of a spreadsheet that is not text, such as a date or a formula.

    Its text names the kind, not the content.
    """

    __slots__ = ()


DATE = OddCell("a date")
FORMULA = OddCell("a formula")


@dataclass(frozen=True)
class ExportTable:
    """The cells of an export, row by row; all rows are as long as the first, and none is empty."""

    rows: Sequence[Sequence[str]]
    numbers: Sequence[int]
    """The number of each row, counted as in spreadsheet programs."""

    @property
    def width(self) -> int:
        return len(self.rows[0])

    def columns(self, skip: int) -> Iterator[Sequence[str]]:
        """Yield the cells of each column, without the first rows."""
        rows = self.rows[skip:]
        return iter(zip(*rows, strict=True)) if rows else iter([()] * self.width)


def column_name(number: int) -> str:
    """Return the letters for a column, counted from 0, as in spreadsheet programs: `A`, `B`, …, `AA`."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def read_table(path: Path, sheet: str | None = None) -> ExportTable:
    """Return the cells of a CSV or XLSX file; raises SurveyError, which never holds the content of a cell."""
    try:
        if not path.is_file():
            raise SurveyError(f"there is no file {path}")
        if path.stat().st_size > MAX_BYTES:
            raise SurveyError(f"{path.name} is larger than {MAX_BYTES // 1024**2} MB: export fewer columns")
        raw = path.read_bytes()
    except OSError as error:
        raise SurveyError(f"{path} cannot be read ({error.strerror}): check that it is yours to read") from None
    if not raw.strip():
        raise SurveyError(f"{path.name} is empty: export the answers again")
    rows = _from_xlsx(raw, path.name, sheet) if raw[:4] == b"PK\x03\x04" else _from_csv(raw, path.name)
    numbers = [number for number, row in enumerate(rows, 1) if any(row)]
    rows = [rows[number - 1] for number in numbers]
    if len(rows) < 2:
        raise SurveyError(f"{path.name} has no answers: it needs a row of headings and a row for each answer")
    width = max(map(len, rows))
    if width > MAX_COLUMNS:
        raise SurveyError(f"{path.name} has {width:,} columns, more than {MAX_COLUMNS:,}: is it an export of answers?")
    if width * len(rows) > MAX_CELLS:
        raise _too_large(path.name)
    return ExportTable([row if len(row) == width else [*row, *[""] * (width - len(row))] for row in rows], numbers)


def _too_large(name: str) -> SurveyError:
    return SurveyError(
        f"{name} has more than {MAX_CELLS:,} cells: export fewer columns, or is it an export of answers?"
    )


def _decoded(raw: bytes, name: str) -> str:
    """Return the text of a CSV file in any of the usual encodings."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif raw[:200].count(0) > len(raw[:200]) // 4:
        encodings = ["utf-16-le" if raw[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SurveyError(f"{name} is no text in UTF-8, UTF-16 or Windows-1252: export it again as CSV, or as XLSX")


def _from_csv(raw: bytes, name: str) -> list[list[str]]:
    text = _decoded(raw, name)
    if "\0" in text:
        raise SurveyError(f"{name} is no CSV file: export the answers again as CSV, or as XLSX")
    first = text.lstrip("\r\n").split("\n", 1)[0]
    csv.field_size_limit(_MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(first))
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in reader:
            cells += len(row)
            if cells + reader.line_num > MAX_CELLS:  # empty lines fill the memory too
                raise _too_large(name)
            rows.append(row)
    except csv.Error as error:
        why = "a cell of more than a million letters" if "limit" in str(error) else "quotation marks that do not match"
        raise SurveyError(f"{name}, line {reader.line_num}: {why}; export the answers again") from None
    return [[cell.strip() for cell in row] for row in rows]


def _from_xlsx(raw: bytes, name: str, sheet: str | None) -> list[list[str]]:
    calamine = library("python_calamine")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(one.file_size for one in archive.infolist()) > _MAX_UNPACKED:
                raise SurveyError(f"{name} unpacks to more than 1 GB: export the answers again")
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        titles = [one.name for one in book.sheets_metadata if one.visible == calamine.SheetVisibleEnum.Visible]
        formulas = {title: _looked_at(content, title, name) for title, content in _sheets(raw, titles)}
        chosen = _sheet(book, titles, name, sheet)
        cells = chosen.to_python(skip_empty_area=False)
        rows = [[cell.strip() if type(cell) is str else _plain(cell) for cell in row] for row in cells]
        for row, column in formulas[chosen.name]:
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = FORMULA
    except SurveyError:
        raise
    except (calamine.CalamineError, zipfile.BadZipFile, etree.LxmlError, KeyError, ValueError, OSError, EOFError):
        raise SurveyError(f"{name} is no XLSX file that can be read: export the answers again, or as CSV") from None
    return rows


def _sheet(book: Any, titles: Sequence[str], name: str, wanted: str | None) -> Any:
    """Return the sheet with the answers. Each one asked for is read whole, which takes longest of all, so once only."""
    if wanted is not None:
        if wanted not in titles:
            raise SurveyError(f"{name} has no sheet “{wanted}”; it has {quoted(titles)}")
        return book.get_sheet_by_name(wanted)
    full = [one for one in map(book.get_sheet_by_name, titles) if (one.end or (0, 0))[0] > 0]
    if len(full) > 1:
        found = quoted([one.name for one in full])
        raise SurveyError(f"{name} has {len(full)} sheets, {found}: say which with --sheet")
    if not full:
        raise SurveyError(f"{name} has no answers: its sheets are empty")
    return full[0]


def _plain(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, date | time | timedelta):
        return DATE
    return str(value)


def _sheets(raw: bytes, titles: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the XML of each sheet."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        safe = etree.XMLParser(resolve_entities=False, no_network=True)
        names = {
            str(one.get("name")): str(one.get(f"{{{_RELATIONS}}}id"))
            for one in etree.fromstring(archive.read("xl/workbook.xml"), safe).iter("{*}sheet")
        }
        parts = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), safe)
        targets = {str(one.get("Id")): str(one.get("Target")) for one in parts}
        for title in titles:
            target = targets[names[title]]
            yield title, archive.read(target.lstrip("/") if target.startswith("/") else f"xl/{target}")


def _looked_at(content: bytes, title: str, name: str) -> list[tuple[int, int]]:
    """Return the row and the column of each formula, from 0: the reader of cells gives only their last values.

    Raises SurveyError for a cell far from all others: the reader keeps room for every cell between, and dies of it.
    """
    if _FAR.search(content):
        places = [(int(row[:9]), _number(column[:9])) for column, row in _PLACE.findall(content)]
        rows, columns = (max((place[way] for place in places), default=0) for way in (0, 1))
        if rows * (columns + 1) > MAX_CELLS:
            raise SurveyError(
                f"{name} has a cell far from the others: its sheet “{title}” goes down to row {rows:,} and to column "
                f"{column_name(columns)}; delete the rows and columns that hold no answers, or save the sheet as CSV"
            )
    found = _CELL_WITH_FORMULA.finditer(content) if b"<f" in content else ()
    return [(int(one[2]) - 1, _number(one[1])) for one in found]


def _number(column: bytes) -> int:
    """Return the number of a column, from 0, by its letters."""
    number = 0
    for letter in column:
        number = number * 26 + letter % 32
    return number - 1
