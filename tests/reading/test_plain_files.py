"""The guide is read from plain files and folders: links, devices and what never ends are refused, not waited for."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import small_project

from macros import cli
from macros.pages import published_addresses
from macros.pages.source_page import read_pages
from macros.reading import plain_files
from macros.reading.guide import Guide
from macros.reading.project_state import ProjectState


@pytest.fixture
def project(tmp_path: Path, guide: Guide, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(small_project.make(folder, guide))
    (folder / "addresses.txt").write_text("/\n", encoding="utf-8")
    return folder


def large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(40 * 1024**3)  # a hole: it takes no room


ODD: dict[str, Callable[[Path], None]] = {
    "a link to passwords": lambda path: path.symlink_to("/etc/shadow"),
    "a link to what never ends": lambda path: path.symlink_to("/dev/zero"),
    "a link that leads nowhere": lambda path: path.symlink_to("nowhere"),
    "a pipe": os.mkfifo,
    "a large file": large,
    "a folder": Path.mkdir,
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("command", ["check", "check --fix", "check --format github", "addresses", "apply x", "due"])
def test_the_list_of_addresses_is_a_plain_file(
    project: Path, odd: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "addresses.txt").unlink()
    ODD[odd](project / "addresses.txt")
    assert cli.run(command.split()) == 1
    said = capsys.readouterr()
    assert re.search(r"addresses\.txt.*(Expected|expected) a file of its own", said.out)
    assert "root:" not in said.out + said.err


@pytest.mark.parametrize("name", ["data", "docs", "theme"])
@pytest.mark.parametrize("command", ["check", "build", "new trust Bath", "schema", "changes", "export out"])
def test_folders_are_no_links(
    project: Path, name: str, command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (project / name).rename(tmp_path / name)
    (project / name).symlink_to(tmp_path / name)
    assert cli.run(command.split()) == 1
    said = capsys.readouterr().out
    assert f"{name}:1:1: found a link to another file or folder; expected a folder of its own" in said


@pytest.mark.parametrize("odd", [odd for odd in ODD if odd != "a folder"])
@pytest.mark.parametrize(
    "name",
    ["theme/main.html", "docs/extra.md", "docs/.nav.yml", "docs/.hidden", "docs/assets/a.svg", "data/trusts/a.yml"],
)
def test_files_below_them_are_plain(project: Path, name: str, odd: str, capsys: pytest.CaptureFixture[str]) -> None:
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).unlink(missing_ok=True)
    ODD[odd](project / name)
    hidden_and_large = name == "docs/.hidden" and odd == "a large file"  # no engine reads it
    assert cli.run(["check"]) == (0 if hidden_and_large else 1)
    said = capsys.readouterr().out
    assert hidden_and_large or name in said
    assert "root:" not in said
    assert ProjectState.of(project) is None or name.startswith("theme")


def test_a_folder_below_them_that_is_a_link(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "data/trusts").rename(tmp_path / "trusts")
    (project / "data/trusts").symlink_to(tmp_path / "trusts")
    before = (tmp_path / "trusts/luton/2009.yml").read_bytes()
    assert cli.run(["check", "--fix"]) == 1
    assert "a link to another file" in capsys.readouterr().out
    assert (tmp_path / "trusts/luton/2009.yml").read_bytes() == before


def test_what_reads_by_itself_reads_no_link(project: Path) -> None:
    (project / "docs/extra.md").symlink_to("/etc/passwd")
    (project / "addresses.txt").unlink()
    (project / "addresses.txt").symlink_to("/etc/passwd")
    assert "extra.md" not in {page.path for page in read_pages(project / "docs")}
    assert [*published_addresses.check((), ("",), project)] == []


def test_what_is_plain(project: Path) -> None:
    assert [*plain_files.check(project)] == []
    assert plain_files.is_plain(project / "addresses.txt", project)
    assert not plain_files.is_plain(project / "none.txt", project)


def test_a_correction_that_never_ends_is_not_read(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["apply", "/dev/zero"]) == 2
    assert "/dev/zero is no file" in capsys.readouterr().err
    assert project.is_dir()
