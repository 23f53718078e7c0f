"""CSV that a spreadsheet may open: no cell is taken for a formula, and no line ends inside a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

# A spreadsheet would run a cell that begins like this, unless it is a plain number. Data hold no such text
# (`macros.text`) but lists, which begin with “- ”.
_FORMULA = re.compile(r"[=+\-@\t\n]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def to_csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Return a table as CSV: UTF-8, lines that end in LF, a header, no formulas."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _safe(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    # The writer leaves a lone carriage return outside quotes, where readers take it for the end of the row.
    text = str(cell).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
