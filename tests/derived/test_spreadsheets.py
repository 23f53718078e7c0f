"""Downloads go through a real spreadsheet program and come back: nothing is lost, and nothing is found wrong."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from mistakes import ROOT

from macros.derived import downloads as exports
from macros.editing import yaml_tidy
from macros.editing.survey_tools.table_file import read_table
from macros.model.base import Sourced
from macros.reading.guide import load
from macros.reading.reader import read

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice: apt install libreoffice-calc"),
]

CSV = "Text - txt - csv (StarCalc)"
# Separator, quotation mark, encoding (76 is UTF-8, 1 is Windows-1252), first line; then the language, 2057 for Britain.
AS_OPENED = "44,34,76,1,,2057"
WAYS = {
    "as it was opened": AS_OPENED,
    "with all texts in quotation marks": "44,34,76,1,,2057,true",
    "with semicolons": "59,34,76,1,,2057",
    "in the encoding of old Windows": "44,34,1,1,,2057",
}
FILES = ("places.csv", "areas.csv", "survey-2009.csv", "investment.csv", "trusts.csv")


def convert(folder: Path, to: str, files: list[Path], out: str, opened_as: str = "") -> Path:
    """Let the program open files and save them in another form; return the folder that they are in."""
    read_as = [f"--infilter={CSV}:{opened_as}"] if opened_as else []
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), "--headless", "--norestore", profile, *read_as, "--convert-to", to, "--outdir", out]
    subprocess.run([*command, *map(str, files)], cwd=folder, check=True, capture_output=True, timeout=120)
    return folder / out


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The downloads as the program holds them: opened as by a double click, and saved as workbooks."""
    folder = tmp_path_factory.mktemp("spreadsheets")
    downloads = exports.contents(load(ROOT / "data"), "https://guide.example/")
    for name in FILES:
        (folder / name).write_bytes(downloads[name])
    return convert(folder, "xlsx", [folder / name for name in FILES], "books", AS_OPENED)


def records(data: Path) -> list[dict[str, object]]:
    found = read(data)
    assert [str(problem) for problem in found.problems] == []
    many: list[Sourced] = [*found.by_kind["places"], *found.by_kind["areas"], *found.by_kind["surveys"]]
    return [one.model_dump() for one in many]


@pytest.mark.parametrize("way", WAYS)
def test_a_download_comes_back_from_libreoffice_as_it_was(books: Path, tmp_path: Path, way: str) -> None:
    wanted = records(ROOT / "data")
    files = [books / f"{Path(name).stem}.xlsx" for name in FILES[:3]]
    saved = convert(tmp_path, f"csv:{CSV}:{WAYS[way]}", files, "saved")
    shutil.copytree(ROOT / "data", tmp_path / "data")
    for name, place in zip(FILES, ("places.csv", "areas.csv", "surveys/2009/answers.csv"), strict=False):
        shutil.copyfile(saved / name, tmp_path / "data" / place)
    if "Windows" in way:
        assert "“guide check --fix” converts it too" in str(read(tmp_path / "data").problems[0])
        yaml_tidy.mend(tmp_path / "data")
    assert records(tmp_path / "data") == wanted


@pytest.mark.parametrize("name", ["trusts", "investment"])
def test_every_text_is_in_the_cells_as_it_is_in_the_file(books: Path, name: str) -> None:
    """Nothing is garbled, and nothing but days and truths has another form."""
    opened = read_table(books / f"{name}.xlsx").rows
    file = read_table(books.parent / f"{name}.csv").rows
    for is_now, was in zip(opened, file, strict=True):
        for now, then in zip(is_now, was, strict=True):
            assert now.lower() == then.lower() or now == "a date", (now, then)
