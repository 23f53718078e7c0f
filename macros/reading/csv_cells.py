"""CSV that is safe to open in a spreadsheet: no cell is taken for a formula, and no line ends inside a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

# A spreadsheet would run a cell that begins like this, unless it is a plain number. No text in the data begins so
# (`macros.model.text`), except lists, which begin with “- ”.
_FORMULA = re.compile(r"[=+\-@\t\n]")
BETWEEN = "; "
"""The separator between the items of a list in one cell."""
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def to_csv(header: Iterable[str], rows: Iterable[Iterable[object]], *, mark: bool = False) -> bytes:
    """Return a table as CSV: UTF-8, lines that end in LF, a header, no formulas.

    A file for people begins with the byte order `mark`: without it, Excel assumes an old Windows encoding when a file
    is opened by a double click, and saves it garbled.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig" if mark else "utf-8")


def delimiter_of(line: str) -> str:
    """Return the delimiter between cells, judged by the first line: a comma, a semicolon or a tab."""
    outside = "".join(line.split('"')[::2])  # what is outside quotation marks
    return max(",;\t", key=outside.count)


def without_guard(cell: str) -> str:
    """Return a cell without the apostrophe that `to_csv` puts before anything that could be taken for a formula."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell


def _safe(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    # The writer leaves a lone carriage return outside quotes, where readers take it for the end of the row.
    text = str(cell).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
