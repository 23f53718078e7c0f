"""Guides that were begun with a file for each Trust: their data move over whole, with comments and order."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from mistakes import ROOT
from old_files import put_back
from scratch import Scratch

from macros import cli
from macros.editing.migration import CannotMigrate, Moved, migrate
from macros.history.timeline import read_history
from macros.reading import project_files
from macros.reading.guide import Guide, load
from macros.reading.old_layout import in_todays_files

AREA = """\
# Of the name.
name: Luton # as printed
partnership: Luton Trust

# A square of its own.
tile:
  column: 0
  # from the top
  row: 2
"""
TOLD = """\
context:
  narrative: >-
    name: is no field here.

    # And this is no comment.
  more: x
gaps:
# Nothing yet.
- a
- b
# The end.
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A project with the real data as they were once kept."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    put_back(tmp_path / "data")
    return tmp_path


def files(root: Path) -> dict[str, bytes]:
    found = sorted(path for path in (root / "data").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def test_what_the_guide_says_stays_the_same(old: Path, guide: Guide) -> None:
    moved = migrate(old)
    assert str(moved[0]) == "data/region.yml: now in data/region.yml and data/waves/2009.yml"
    assert Moved("data/trusts/luton.yml", ("data/trusts/luton/trust.yml", "data/trusts/luton/2009.yml")) in moved
    assert len(moved) == 11
    after = load(old / "data")
    assert after.statements == guide.statements
    assert (after.region, after.waves, after.trusts) == (guide.region, guide.waves, guide.trusts)


def test_it_gives_the_files_of_this_guide_again(old: Path) -> None:
    """But for the remarks that people wrote above them since."""

    def plain(text: bytes) -> list[str]:
        return [line for line in text.decode().splitlines() if not line.startswith("# ") or "$schema" in line]

    migrate(old)
    after, today = files(old), files(ROOT)
    assert after.keys() == today.keys()
    assert [name for name in today if name.endswith(".yml") and plain(after[name]) != plain(today[name])] == []


def test_each_comment_stays_above_its_field_and_each_word_as_it_was(old: Path) -> None:
    (old / "data/trusts/luton.yml").write_text(f"# Luton.\n\n{AREA}{TOLD}", encoding="utf-8")
    migrate(old)
    area = (old / "data/trusts/luton/trust.yml").read_text(encoding="utf-8")
    told = (old / "data/trusts/luton/2009.yml").read_text(encoding="utf-8")
    assert area.partition("# Of the name.\n")[2] == AREA.partition("# Of the name.\n")[2]
    assert told.splitlines(keepends=True)[1:] == f"# Luton.\n\n{TOLD}".splitlines(keepends=True)
    assert yaml.safe_load(area) | yaml.safe_load(told) == yaml.safe_load(AREA + TOLD)


def test_a_limit_keeps_the_source_that_it_had_from_the_region(old: Path) -> None:
    """In the file of the wave, it would have that of the wave."""
    region = old / "data/region.yml"
    text = region.read_text(encoding="utf-8")
    limits = (
        "limits:\n  - title: One limit\n    what: It is one.\n  - source: ours\n    title: Two\n    what: It is two.\n"
    )
    region.write_text(text[: text.index("limits:")] + limits + text[text.index("slips:") :], encoding="utf-8")
    migrate(old)
    wave = yaml.safe_load((old / "data/waves/2009.yml").read_text(encoding="utf-8"))
    assert [one["source"] for one in wave["limits"]] == ["ours", "ours"]
    assert wave["source"] == "clear-expectations#method"


def test_a_second_time_there_is_nothing_to_move(
    old: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "docs", old / "docs", ignore=shutil.ignore_patterns("assets"))
    shutil.copy(ROOT / "mkdocs.yml", old)
    monkeypatch.chdir(old)
    assert cli.run(["migrate"]) == 0
    out = capsys.readouterr().out
    assert "data/trusts/luton.yml: now in data/trusts/luton/trust.yml and data/trusts/luton/2009.yml\n" in out
    assert out.endswith("Moved 11 files. Now run “guide schema” and “guide forms”, and then “guide check”.\n")
    before = files(old)
    assert cli.run(["migrate"]) == 0
    assert capsys.readouterr().out == "All data are where they are kept now.\n"
    assert files(old) == before


def test_a_run_that_was_interrupted_can_be_run_again(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(project_files.Writer, "remove", killed)
        with pytest.raises(KeyboardInterrupt):
            migrate(old)
    assert (old / "data/trusts/luton.yml").exists() and (old / "data/trusts/luton/2009.yml").exists()
    assert len(migrate(old)) == 10, "the region was moved before"
    assert load(old / "data").trust("luton").name == "Luton"


@pytest.mark.parametrize(
    ("file", "text", "why"),
    [
        ("data/region.yml", "name: x: y\n", "data/region.yml does not say when the first evidence was published"),
        ("data/region.yml", "evidence_date: some day\n", "data/region.yml does not say when the first evidence was"),
        ("data/region.yml", "{name: x, evidence_date: 2009-04}\n", "data/region.yml cannot be read as YAML with a"),
        ("data/trusts/luton.yml", "name: x: y\n", "data/trusts/luton.yml cannot be read as YAML with a field on each"),
        ("data/region.yml", "a: " + "[" * 5000, "data/region.yml does not say when the first evidence was published"),
        ("data/trusts/luton.yml", "a: &a [*a]\n", "data/trusts/luton.yml cannot be read as YAML with a field on each"),
        ("data/trusts/luton.yml", "{name: Luton, gaps: []}\n", "data/trusts/luton.yml cannot be read as YAML with a"),
        ("data/trusts/luton/2009.yml", "name: Another\n", "data/trusts/luton/2009.yml is there already and says"),
    ],
)
def test_what_cannot_be_moved_is_told_and_nothing_is_moved(old: Path, file: str, text: str, why: str) -> None:
    (old / file).parent.mkdir(exist_ok=True)
    (old / file).write_text(text, encoding="utf-8")
    before = files(old)
    with pytest.raises(CannotMigrate) as told:
        migrate(old)
    assert str(told.value).startswith(why)
    assert files(old) == before


def test_old_files_in_braces_are_read_all_the_same() -> None:
    """Nobody lays files out like that here, but what a guide once said must not be lost from its history."""
    old = {
        "data/region.yml": "{name: North, evidence_date: 2009-04, baseline: {title: A look}, limits: [{title: One}]}\n",
        "data/trusts/luton.yml": "{name: Luton, gaps: [], source: ours}\n",
    }
    new = {path: yaml.safe_load(text) for path, text in in_todays_files(old, "2009").items()}
    assert new == {
        "data/region.yml": {"name": "North", "baseline": "2009"},
        "data/waves/2009.yml": {"title": "A look", "date": "2009-04", "limits": [{"source": "ours", "title": "One"}]},
        "data/trusts/luton/trust.yml": {"name": "Luton"},
        "data/trusts/luton/2009.yml": {"gaps": [], "source": "ours"},
    }


def test_a_move_is_no_change_and_the_history_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What changed before the move is told beside what changed after it, and the move itself is not told."""
    scratch = Scratch(tmp_path / "scratch")
    put_back(scratch.root / "data")
    scratch.change("data/region.yml", "review_after_months: 12", "review_after_months: 11")
    scratch.git("add", "--all")
    scratch.git("commit", "--quiet", "--amend", "--message", "All as it was once")
    scratch.change("data/trusts/luton.yml", "partnership: .*", "partnership: Another")
    scratch.change("data/region.yml", "review_after_months: 11", "review_after_months: 12")
    scratch.commit("2027-01-05")
    scratch.git("switch", "--quiet", "--create", "work")
    migrate(scratch.root)
    monkeypatch.chdir(scratch.root)
    assert cli.run(["changes"]) == 0
    assert "This changes nothing that readers see." in capsys.readouterr().out
    scratch.commit("2027-01-06")
    scratch.change("data/trusts/luton/2009.yml", "  involvement: involved\n", "  involvement: consulted\n")
    scratch.commit("2027-01-07")
    history = read_history(scratch.root, load(scratch.root / "data"))
    assert [(str(one.day), one.where, one.title, one.sentences) for one in history.changes] == [
        (
            "2027-01-07",
            "trusts/luton",
            "Luton",
            ("Needs › Involvement: was “involved”, now “consulted”.",),
        ),
        ("2027-01-05", "region", "The region", ("Review after months: was 11, now 12.",)),
        (
            "2027-01-05",
            "trusts/luton",
            "Luton",
            ("Partnership: was “Luton Children’s Trust”, now “Another”.",),
        ),
    ]
    assert "trusts/luton" in history.written
