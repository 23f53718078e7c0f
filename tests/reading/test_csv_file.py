"""Tables as spreadsheet programs save them: nothing is lost, and nobody is asked for what those programs cannot do."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from mistakes import ROOT

from macros import cli
from macros.derived import downloads
from macros.editing import yaml_tidy
from macros.model.dates import spreadsheet_date
from macros.model.holdings import ANSWERS, DERIVED_COLUMNS
from macros.model.survey import Answer
from macros.reading.file_text import slips
from macros.reading.guide import load
from macros.reading.reader import read

PLACES, SURVEY = "places.csv", "surveys/2009/answers.csv"
HEADER = (ROOT / "data" / PLACES).read_text(encoding="utf-8").partition("\n")[0]
Saved = Callable[[str], bytes]


def _cells(text: str, change: Callable[[str], str], delimiter: str = ",") -> str:
    """Return a table with each cell as a program changes it, and the lines as Windows ends them."""
    out = io.StringIO()
    rows = [[change(cell) for cell in row] for row in csv.reader(io.StringIO(text))]
    csv.writer(out, lineterminator="\r\n", delimiter=delimiter).writerows(rows)
    return out.getvalue()


def _dates(form: str) -> Callable[[str], str]:
    """Return what writes a date as Excel shows it, where Windows is set to this form."""
    return lambda cell: re.sub(r"^(\d{4})-(\d{2})-(\d{2})$", lambda day: _shown(day, form), cell)


def _shown(day: re.Match[str], form: str) -> str:
    year, month, date = day.groups()
    return form.format(year=year, month=month, day=date, m=int(month), d=int(date))


BRITISH, AMERICAN, GERMAN = _dates("{day}/{month}/{year}"), _dates("{m}/{d}/{year}"), _dates("{day}.{month}.{year}")
WIDE = len(HEADER.split(","))
# By Excel's own documentation of what each of its kinds of file holds.
EXCEL: dict[str, Saved] = {
    "CSV UTF-8 in Britain": lambda text: _cells(text, BRITISH).encode("utf-8-sig"),
    "CSV UTF-8 in America": lambda text: _cells(text, AMERICAN).encode("utf-8-sig"),
    "CSV UTF-8 in Germany": lambda text: _cells(text, GERMAN, ";").encode("utf-8-sig"),
    "text with tabs, saved again as UTF-8": lambda text: _cells(text, BRITISH, "\t").encode("utf-8-sig"),
    "rows and columns that were emptied": lambda text: (
        _cells(text, BRITISH).replace("\r\n", ",,\r\n") + f"{',' * (WIDE + 1)}\r\n" * 3
    ).encode("utf-8-sig"),
}
EXCEL_TO_CONVERT: dict[str, Saved] = {
    "CSV, in Windows-1252": lambda text: _cells(text, BRITISH).encode("cp1252"),
    "CSV in Germany": lambda text: _cells(text, GERMAN, ";").encode("cp1252"),
    "Unicode text": lambda text: _cells(text, BRITISH, "\t").encode("utf-16"),
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture(scope="module")
def guide_downloads() -> dict[str, bytes]:
    return downloads.contents(load(ROOT / "data"), "https://guide.example/")


def problems(data: Path) -> list[str]:
    return [str(one) for one in read(data).problems]


def rows(data: Path) -> list[dict[str, object]]:
    return [one.model_dump() for one in read(data).by_kind["places"]]


def save(data: Path, how: Saved, file: str = PLACES) -> None:
    path = data / file
    path.write_bytes(how(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", EXCEL)
def test_what_excel_saves_is_read_as_it_was(data: Path, name: str) -> None:
    was = rows(data)
    save(data, EXCEL[name])
    assert problems(data) == []
    assert rows(data) == was


@pytest.mark.parametrize("name", [*EXCEL, *EXCEL_TO_CONVERT])
def test_mending_gives_the_very_file_that_was_opened(data: Path, name: str) -> None:
    save(data, {**EXCEL, **EXCEL_TO_CONVERT}[name])
    said = [*yaml_tidy.by_cause(yaml_tidy.mend(data))]
    assert (data / PLACES).read_bytes() == (ROOT / "data" / PLACES).read_bytes()
    assert 1 <= len(said) <= 4, said  # a line a cause, not a line a row
    assert all(one.startswith("data/places.csv:1: ") for one in said)
    assert yaml_tidy.mend(data) == ()


@pytest.mark.parametrize("name", EXCEL_TO_CONVERT)
def test_another_encoding_is_told_in_excels_words(data: Path, name: str) -> None:
    save(data, EXCEL_TO_CONVERT[name])
    (told,) = problems(data)
    assert "“CSV UTF-8”" in told
    assert "“guide check --fix” converts it too" in told
    assert "BOM" not in told


def test_fix_says_one_line_a_cause(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(ROOT / "mkdocs.yml", data.parent)
    monkeypatch.chdir(data.parent)
    save(data, lambda text: text.replace("\n", " \r\n").encode("utf-8-sig"))
    cli.run(["check", "--fix"])
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("data/places.csv")]
    lines = (ROOT / "data" / PLACES).read_text(encoding="utf-8").count("\n")
    assert said == [
        f"data/places.csv:1: made the ends of lines those of all other files (and {lines - 1} lines more like it)",
        f"data/places.csv:1: took out spaces at the end of the line (and {lines - 1} lines more like it)",
        "data/places.csv:1: took out the byte order mark",
    ]


def test_shares_with_the_comma_of_another_country(data: Path) -> None:
    path = data / SURVEY
    text = path.read_text(encoding="utf-8").replace(",90,", ",90.5,", 1)
    assert ",90.5," in text
    path.write_bytes(_cells(text, lambda cell: cell.replace(".", ",") if cell == "90.5" else cell, ";").encode("utf-8"))
    assert problems(data) == []


# --- dates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "month_first", "date"),
    [
        ("31/03/2009", False, "2009-03-31"),
        ("3/31/2009", True, "2009-03-31"),
        ("01/04/2009", False, "2009-04-01"),
        ("01/04/2009", True, "2009-01-04"),
        ("01/04/2009", None, None),  # it could be two days
        ("04/04/2009", None, "2009-04-04"),
        ("31.03.09", False, "2009-03-31"),
        ("01-Apr-09", None, "2009-04-01"),
        ("Apr-09", None, "2009-04"),
        ("1 April 2009", None, "2009-04-01"),
        ("Mar-75", None, "1975-03"),
        ("31/02/2009", False, None),
        ("2009-04-01", None, None),
        ("autumn 2008", None, None),
    ],
)
def test_a_date_as_a_spreadsheet_writes_it(cell: str, month_first: bool | None, date: str | None) -> None:
    assert spreadsheet_date(cell, month_first) == date


def test_a_date_that_could_be_two_is_asked_about(data: Path) -> None:
    path = data / PLACES
    ely = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("Ely,"))
    cells = dict(zip(HEADER.split(","), next(csv.reader([ely])), strict=True)) | {"since": "01/04/2009"}
    path.write_text(f"{HEADER}\n{','.join(cells.values())}\n", encoding="utf-8")
    (told,) = problems(data)
    assert "since: found “01/04/2009”" in told
    assert "write “2009-04-01” if that is meant" in told


# --- the columns --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("above", [["Places of the region,,,"], ["Places", "Made by A. Person", ""], ["What,,Who", ""]])
def test_a_title_above_the_names_of_the_columns(data: Path, above: list[str]) -> None:
    save(data, lambda text: "\n".join([*above, text]).encode("utf-8"))
    (told,) = problems(data)
    at = len(above) + 1
    assert told.startswith("data/places.csv:1:1: found ")
    assert told.endswith(f"the names of the columns stand in line {at}: delete the lines above")


def test_names_of_columns_twice(data: Path) -> None:
    save(data, lambda text: f"{HEADER}\n{text}".encode())
    (told,) = problems(data)
    assert told == (
        "data/places.csv:2:1: found the names of the columns a second time; expected them once; delete the line"
    )


LABELS = "Name of place,Kind of place,Trust,Other names,Note,Source,Council,From,To"


@pytest.mark.parametrize("labels", [LABELS, HEADER.replace("_", " ").title()])
def test_columns_described_in_a_second_row(data: Path, labels: str) -> None:
    save(data, lambda text: text.replace("\n", f"\n{labels}\n", 1).encode())
    assert problems(data) == [
        "data/places.csv:2:1: found the names of the columns a second time, in other words; expected them once; "
        "delete the line"
    ]


def test_names_of_columns_in_two_rows(data: Path) -> None:
    names = HEADER.split(",")
    first, second = names[:3] + [""] * (len(names) - 3), [""] * 3 + names[3:]
    save(data, lambda text: text.replace(HEADER, f"{','.join(first)}\n{','.join(second)}", 1).encode())
    assert problems(data) == [
        "data/places.csv:2:1: found names of columns in this line and in line 1; expected the names of the columns in "
        "one line; write them all in line 1, and delete this line"
    ]


def test_a_row_for_each_person_is_no_table_of_answers(data: Path) -> None:
    export = "Timestamp,Your organisation,Q1,Q2\n2027-01-01,A group,yes,no\n2027-01-02,Another,no,no\n"
    (data / SURVEY).write_text(export, encoding="utf-8")
    told = [one for one in problems(data) if one.startswith(f"data/{SURVEY}")]
    assert len(told) == 1
    assert "found columns such as “Timestamp” or “Your organisation”, and none that is known" in told[0]
    assert "keep it out of the guide, and count it with “guide survey import” (see docs/survey/run.md)" in told[0]


# --- downloads that come back -------------------------------------------------------------------------------------


def test_a_download_may_come_back_as_the_file_it_was_made_of(data: Path, guide_downloads: dict[str, bytes]) -> None:
    was = rows(data)
    answers = read(data).by_kind["surveys"][0].model_dump()
    (data / PLACES).write_bytes(guide_downloads["places.csv"])
    (data / SURVEY).write_bytes(guide_downloads["survey-2009.csv"])
    assert problems(data) == []
    assert rows(data) == was
    assert read(data).by_kind["surveys"][0].model_dump() == answers


def test_a_download_that_excel_saved_as_windows_does_is_told_of_and_mended(
    data: Path, guide_downloads: dict[str, bytes]
) -> None:
    """It used to be garbled when it was opened, saved so, and believed."""
    was = rows(data)
    text = guide_downloads["places.csv"].decode("utf-8-sig")
    (data / PLACES).write_bytes(_cells(text, BRITISH).encode("cp1252"))
    assert len(problems(data)) == 1
    yaml_tidy.mend(data)
    assert rows(data) == was


def test_a_download_that_was_garbled_is_not_believed(guide_downloads: dict[str, bytes]) -> None:
    garbled = guide_downloads["places.csv"].decode("utf-8-sig").encode().decode("cp1252", "replace")
    assert "King’s" not in garbled
    assert "“â€™”, which is “’” read in the wrong encoding" in {slip.found for slip in slips(garbled)}


def test_columns_that_are_worked_out_are_those_of_the_download(guide_downloads: dict[str, bytes]) -> None:
    header = guide_downloads["survey-2009.csv"].decode("utf-8-sig").splitlines()[0].split(",")
    assert {*header} - {*Answer.model_fields} == {*DERIVED_COLUMNS[Answer]}
    assert SURVEY.endswith(ANSWERS)
