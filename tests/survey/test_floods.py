"""Exports that would fill the memory of the computer are refused in time, and in plain words."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from mistakes import ROOT

from macros.editing.survey_tools import table_file
from macros.editing.survey_tools.extra import SurveyError
from macros.editing.survey_tools.table_file import read_table

READ = "import sys; from pathlib import Path; from macros.editing.survey_tools.table_file import *\n"
READ += "try: read_table(Path(sys.argv[1]))\nexcept SurveyError as error: print(error)"
MOST = 2 * 1024**3


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST, MOST))


def sheet(cells: dict[str, str]) -> bytes:
    book = openpyxl.Workbook()
    for place, cell in {"A1": "ID", "B1": "Start time", "C1": "Completion time", "A2": "1", **cells}.items():
        book.active[place] = cell
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda: sheet({"XFD1048576": "x"}), "goes down to row 1,048,576 and to column XFD"),
        (lambda: sheet({"A50000": "x", "ZZ3": "x"}), "goes down to row 50,000 and to column ZZ"),
        (lambda: b"Timestamp,a\n" + (b"," * 1_900 + b"\n") * 9_000, "more than 5,000,000 cells"),
        (lambda: b"Timestamp,a\n" + b"\n" * 9_000_000, "more than 5,000,000 cells"),
        (lambda: b"Timestamp" + b",b" * 1_900 + b"\n1\n" * 200_000, "more than 5,000,000 cells"),
    ],
    ids=["a slip of the hand", "a wide sheet", "commas", "empty lines", "one wide row"],
)
def test_what_would_fill_the_memory_is_refused(tmp_path: Path, content: object, said: str) -> None:
    """In a process of its own: a reader written in Rust would take the whole program down with it."""
    assert callable(content)
    file = tmp_path / "export"
    file.write_bytes(content())
    done = subprocess.run(
        [sys.executable, "-c", READ, str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=limited,
        timeout=100,
    )
    assert said in done.stdout and not done.stderr


def test_a_long_or_a_wide_sheet_is_read_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "export.xlsx"
    for place in ("C120000", "ABC9"):
        file.write_bytes(sheet({place: "x"}))
        assert read_table(file).rows[-1][table_file._number(place.rstrip("0123456789").encode())] == "x"


def test_a_file_larger_than_any_survey_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    with file.open("wb") as made:
        made.truncate(table_file.MAX_BYTES + 1)
    with pytest.raises(SurveyError, match="larger than 200 MB"):
        read_table(file)
