"""Reading a repository: what is there, what is not, and what each commit changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from scratch import Scratch

from macros.history.git import Repository, RevisionError, ignores, tracked

LUTON = "data/trusts/luton/trust.yml"


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    return Scratch(tmp_path / "scratch")


def around(root: Path) -> Repository:
    repository = Repository.around(root)
    assert repository
    return repository


def test_a_folder_without_history_has_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert Repository.around(tmp_path) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Repository.around(tmp_path) is None


def test_the_settings_of_a_checkout_start_no_program(scratch: Scratch, tmp_path: Path) -> None:
    """A site may be built into a folder of somebody else’s, and git asks a program that its settings may name."""
    started = tmp_path / "started"
    program = tmp_path / "watcher"
    program.write_text(f"#!/bin/sh\ntouch {started}\n", encoding="utf-8")
    program.chmod(0o755)
    scratch.git("config", "core.fsmonitor", str(program))
    scratch.git("status")
    assert started.exists(), "git asks the program, unless it is told not to"
    started.unlink()
    repository = around(scratch.root)
    assert not repository.has_changes() and not repository.unrecorded("data")
    assert tracked(scratch.root, [LUTON]) == [LUTON]
    assert not ignores(scratch.root / LUTON, scratch.root)
    assert not started.exists()


def test_commits_newest_first_with_what_they_changed(scratch: Scratch) -> None:
    scratch.change(LUTON, "name: Luton", "name: Lutton")
    scratch.commit("2027-01-05")
    (scratch.root / "Makefile").write_text("all:\n", encoding="utf-8")
    scratch.commit("2027-01-06")
    scratch.git("mv", LUTON, "data/trusts/luton/area.yml")
    scratch.commit("2027-01-07")
    newest, changed, first = around(scratch.root).log("data", "docs")
    (entry,) = newest.entries
    assert (entry.was_path, entry.path) == (LUTON, "data/trusts/luton/area.yml")
    assert entry.was_blob == entry.now_blob
    (entry,) = changed.entries
    assert (entry.was_path, entry.path) == (LUTON, LUTON)
    was, now = (around(scratch.root).contents([blob])[blob] for blob in (entry.was_blob, entry.now_blob))
    assert b"name: Luton\n" in was and b"name: Lutton\n" in now
    assert first.begins and not changed.begins and not first.entries[0].was_blob
    assert [f"{commit.when:%Y-%m-%d}" for commit in (newest, changed, first)] == [
        "2027-01-07",
        "2027-01-05",
        "2026-11-22",
    ]


def test_a_merge_counts_once_on_the_day_it_was_made(scratch: Scratch) -> None:
    scratch.git("switch", "--quiet", "--create", "work")
    for day in ("2027-01-05", "2027-01-06"):
        scratch.change(LUTON, "name: Lut+on", f"name: Lut{'t' * int(day[-1])}on")
        scratch.commit(day)
    scratch.git("switch", "--quiet", "main")
    scratch.git("merge", "--quiet", "--no-ff", "--message", "Merge", "work", day="2027-02-01")
    merge, first = around(scratch.root).log("data")
    assert f"{merge.when:%Y-%m-%d}" == "2027-02-01"
    assert [entry.path for entry in merge.entries] == [LUTON]
    assert first.begins


def test_the_base_is_where_the_work_left_the_main_line(scratch: Scratch) -> None:
    base = scratch.git("rev-parse", "HEAD")
    scratch.git("switch", "--quiet", "--create", "work")
    scratch.change(LUTON, "name: Luton", "name: Lutton")
    scratch.commit("2027-01-05")
    assert around(scratch.root).base() == base
    scratch.git("branch", "--move", "main", "trunk")
    with pytest.raises(RevisionError, match="there is no branch “main” here: name the revision to compare with"):
        around(scratch.root).base()


def test_what_is_not_recorded(scratch: Scratch) -> None:
    repository = around(scratch.root)
    assert repository.unrecorded("data", "docs") == frozenset()
    scratch.change(LUTON, "name: Luton", "name: Lutton")
    (scratch.root / "data/trusts/luton/new.yml").write_text("", encoding="utf-8")
    (scratch.root / "docs/privacy é.md").write_text("", encoding="utf-8")
    assert repository.unrecorded("data", "docs") == {LUTON, "data/trusts/luton/new.yml", "docs/privacy é.md"}
    assert set(repository.changed_since("HEAD")) == {LUTON, "data/trusts/luton/new.yml", "docs/privacy é.md"}


def test_a_project_below_the_top_of_a_repository(tmp_path: Path) -> None:
    scratch = Scratch(tmp_path / "scratch")
    scratch.git("mv", "data", "docs", "-k", ".")  # nothing: only shows that git runs here
    inner = scratch.root / "guide"
    inner.mkdir()
    scratch.git("mv", "data", "docs", "mkdocs.yml", "addresses.txt", "guide")
    scratch.commit("2027-01-05")
    (inner / LUTON).write_text("name: Luton\n", encoding="utf-8")
    repository = around(inner)
    assert repository.unrecorded("data") == {LUTON}
    assert LUTON in repository.files("HEAD", "data")
    assert any(entry.path == LUTON for entry in next(iter(repository.log("data"))).entries)
    repository.extract("HEAD", tmp_path / "out", ("data",), (".yml",))
    assert (tmp_path / "out" / LUTON).is_file()


def test_links_in_the_repository_are_not_followed(scratch: Scratch, tmp_path: Path) -> None:
    (scratch.root / "data/trusts/link.yml").symlink_to("/etc/passwd")
    scratch.commit("2027-01-05")
    around(scratch.root).extract("HEAD", tmp_path / "out", ("data",), (".yml",))
    assert not (tmp_path / "out/data/trusts/link.yml").exists()
    assert (tmp_path / "out" / LUTON).is_file()
