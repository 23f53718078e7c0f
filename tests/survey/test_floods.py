"""Exports that would fill the memory of the computer are refused in time, and in plain words."""

from __future__ import annotations

import io
import random
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from exports_made_up import SECRET, TOOLS, people, to_xlsx
from mistakes import ROOT

from macros.editing.survey_tools import table_file
from macros.editing.survey_tools.extra import SurveyError
from macros.editing.survey_tools.table_file import read_table
from macros.model.questionnaire import Questionnaire

READ = """
import sys
import zipfile
from pathlib import Path
from macros.editing.survey_tools.extra import SurveyError
from macros.editing.survey_tools.table_file import read_table
for file in sys.argv[1:]:
    try:
        print(len(read_table(Path(file)).rows), "rows")
    except SurveyError as error:
        print(error)
"""
MOST = 2 * 1024**3


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST, MOST))


def told(*files: Path) -> str:
    """Return what is said of files, by a process with little memory: a reader written in Rust takes it down with it."""
    run = [sys.executable, "-c", READ, *map(str, files)]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True, preexec_fn=limited, timeout=200)
    assert not done.stderr
    return done.stdout


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
    assert callable(content)
    file = tmp_path / "export"
    file.write_bytes(content())
    assert said in told(file)


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


PIECES = [b"<", b">", b'"', b't="s"', b't="e"', b't="d"', b"<v>999999999</v>", b'r="ZZZZ1"', b'r="A0"', b"<v>1e400</v>"]
PIECES += [b'r="A99999999999"', b"<f>1+1</f>", b"<v>-1</v>", b"&#0;", b"<row>", b"</row>", b"<is>", b"\xff", b""]


def spoilt(whole: bytes, chance: random.Random) -> bytes:
    """Return a spreadsheet with something wrong in the XML inside it, as half-saved files have."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(chance.randint(1, 4)):
        name = chance.choice([name for name in parts if "sheet1" in name] * 9 + list(parts))
        at, cut = chance.randrange(len(parts[name])), chance.choice([0, 0, 1, 5, 20, 200])
        parts[name] = parts[name][:at] + chance.choice(PIECES) + parts[name][at + cut :]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def test_spreadsheets_that_are_spoilt_inside_are_read_or_refused(tmp_path: Path, asked: Questionnaire) -> None:
    chance = random.Random(3)
    made = people(asked, 40, seed=6)
    for one in made:
        one["comment"] = SECRET[0]
    whole, files = to_xlsx(TOOLS["microsoft"](asked, made)), []
    for number in range(400):
        files.append(tmp_path / f"{number}.xlsx")
        files[-1].write_bytes(spoilt(whole, chance))
    said = told(*files)
    lines = said.splitlines()
    assert len(lines) == len(files) and "Quokka" not in said
    assert sum("cell far from the others" in line for line in lines) > 5
    assert sum(line.endswith(" rows") for line in lines) > 50
    assert sum("is no XLSX file that can be read" in line for line in lines) > 50
