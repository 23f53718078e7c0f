"""A guide for another region: what begins it passes every check, and nothing is half made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import made_up_region
import pytest
from mistakes import ROOT

from macros import cli
from macros.editing import new_guide
from macros.model.dates import today
from macros.reading.guide import Guide, load

ARGUMENTS = ["--title", "Common Ground", "--region", "Westmarch"]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, guide: Guide) -> Path:
    return made_up_region.begin(tmp_path_factory.mktemp("new") / "common-ground", guide)


def test_it_has_what_a_guide_is_made_of(begun: Path) -> None:
    there = {path.name for path in begun.iterdir()}
    assert {"mkdocs.yml", "docs", "data", "macros", "theme", "tests", "pyproject.toml", "README.md"} <= there
    made = load(begun / "data")
    assert (made.region.guide, made.region.name, made.trusts) == ("Common Ground", "Westmarch", ())
    settings = (begun / "mkdocs.yml").read_text(encoding="utf-8")
    assert "site_name: Common Ground\n" in settings
    assert "https://common-ground.example/" in settings


def test_nothing_of_the_guide_that_it_came_from_is_in_it(begun: Path, guide: Guide) -> None:
    own = (guide.region.name, guide.region.guide, "clear-expectations.example", str(guide.first_wave.year))
    for folder in ("data", "docs", "README.md", "mkdocs.yml", "addresses.txt"):
        for path in [begun / folder, *(begun / folder).rglob("*")]:
            if path.suffix in {".md", ".yml", ".csv", ".txt"}:
                words = path.read_text(encoding="utf-8")
                assert [one for one in own if one in words] == [], path


def test_the_checks_of_its_readme_pass(begun: Path) -> None:
    """As `make check` runs them there, with the environment of these tests in place of a new one."""
    venv = Path(sys.prefix)
    checked = subprocess.run(
        ["make", f"VENV={venv}", "--old-file", f"{venv}/dev", "check"],
        cwd=begun,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.slow
def test_its_own_tests_pass(begun: Path) -> None:
    """They build it with both engines, without a Trust."""
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_guide.py"],
        cwd=begun,
        capture_output=True,
        text=True,
        check=False,
    )
    assert tested.returncode == 0, tested.stdout + tested.stderr


def test_a_first_trust_is_told_what_to_fill_in(
    tmp_path: Path, guide: Guide, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(made_up_region.begin(tmp_path / "new", guide))
    assert cli.run(["new", "trust", "Alder Vale"]) == 0
    assert cli.run(["check"]) == 1
    out = capsys.readouterr().out
    assert "data/trusts/alder-vale/trust.yml:" in out
    assert f"data/trusts/alder-vale/{today().year}.yml:" in out
    assert "To be written." in out


@pytest.mark.parametrize(
    ("folder", "arguments", "told"),
    [
        ("there", ARGUMENTS, "there exists already: name a folder that does not"),
        ("no/such/place", ARGUMENTS, "there is no folder no/such: make it first"),
        ("new", ["--title", "…", "--region", "Westmarch"], "choose another title"),
        (str(ROOT / "docs/another"), ARGUMENTS, "is inside this guide: name a folder beside it, such as ../another"),
    ],
)
def test_what_cannot_be_made_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    folder: str,
    arguments: list[str],
    told: str,
) -> None:
    (tmp_path / "there").mkdir()
    monkeypatch.setattr("macros.pages.project.Project.find", lambda _: new_guide.Project(ROOT))
    monkeypatch.chdir(tmp_path)
    assert cli.run(["new", "guide", folder, *arguments]) == 2
    assert told in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["there"]


def test_what_fails_half_way_leaves_nothing(tmp_path: Path, guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(new_guide, "write_hints", full)
    with pytest.raises(new_guide.SkeletonError, match="nothing was made: No space left on device"):
        made_up_region.begin(tmp_path / "new", guide)
    assert [*tmp_path.iterdir()] == []
