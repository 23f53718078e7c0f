"""Caches that cannot lie: whatever a build hangs on may change, and what it takes from before is what is made anew."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest
import small_project
from mistakes import ROOT
from test_prepared import git, kept, now

from macros import cli
from macros.history.git import Repository
from macros.history.timeline import read_history
from macros.pages import site as sites
from macros.pages.project import Project
from macros.publish import build
from macros.publish.handover import DrawnPages
from macros.publish.prepared import Prepared
from macros.publish.search_index import SearchKnowledge
from macros.reading import cache, earlier_results
from macros.reading.guide import Guide, load
from macros.reading.program_state import PACKAGES, VARIABLES

DAYS = ("2027-01-05", "2027-01-06", "2027-01-07")
ASKED_FOR = {"GUIDE_EDITIONS", "SOURCE_DATE_EPOCH", "XDG_CACHE_HOME", "HOME"}
"""Variables that say what is wanted, and where things are."""
GO_THROUGH_ALL = ("history/git.py", "reading/program_state.py")
"""Modules that look at all variables: one hands them on, and one looks for those that count."""


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory, guide: Guide) -> Path:
    """A project with a history: what it began with, and a change of Luton's words on each of three days."""
    folder = small_project.make(tmp_path_factory.mktemp("origin"), guide)
    (folder / "addresses.txt").write_text("", encoding="utf-8")
    git(folder, "init", "--initial-branch=main")
    with pytest.MonkeyPatch.context() as patch:
        for number, day in enumerate(("2026-11-22", *DAYS)):
            luton = folder / "data/trusts/luton/2009.yml"
            text = luton.read_text(encoding="utf-8")
            luton.write_text(text.replace("narrative: >-\n    ", f"narrative: >-\n    Word{number} ", 1), "utf-8")
            for who in ("AUTHOR", "COMMITTER"):
                patch.setenv(f"GIT_{who}_DATE", f"{day}T12:00:00Z")
            git(folder, "add", "--all")
            git(folder, "commit", "--message=A change")
    return folder


@pytest.fixture
def project(origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A shallow copy: one of the three days is known to it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    git(tmp_path, "clone", "--depth=2", origin.as_uri(), str(tmp_path / "project"))
    return Project(tmp_path / "project")


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


# --- history ------------------------------------------------------------------------------------------------------


def test_history_that_is_fetched_afterwards_is_told(project: Project, guide: Guide) -> None:
    """The commit that is checked out stays the same, and after the first time the copy is shallow still."""
    told = []
    for deeper in (False, True, True):
        if deeper:
            before = Repository.around(project.root), now(project).key
            git(project.root, "fetch", "--deepen=1")
            assert Repository.around(project.root) != before[0]
            assert now(project).key != before[1]
        believed = read_history(project.root, guide)
        with cache.disbelieved():
            assert read_history(project.root, guide) == believed
        told.append((len(believed.changes), believed.is_cut_off))
    assert told == [(1, True), (2, True), (3, False)]


def test_history_is_told_as_it_was_recorded(project: Project, guide: Guide) -> None:
    """What one copy of the repository puts in the place of a commit is in no other."""
    git(project.root, "fetch", "--unshallow")
    before = read_history(project.root, guide)
    git(project.root, "replace", "--graft", "HEAD")
    with cache.disbelieved():
        assert read_history(project.root, guide) == before


@pytest.mark.slow
def test_a_build_with_more_history_is_that_of_an_empty_cache(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.build(project, project.root / "site.shallow")
    git(project.root, "fetch", "--deepen=1")
    build.build(project, project.root / "site.deeper")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "empty"))
    build.build(project, project.root / "site.anew")
    shallow, deeper, anew = (files(project.root / f"site.{name}") for name in ("shallow", "deeper", "anew"))
    assert [name for name in anew if anew[name] != deeper.get(name)] == [] and anew.keys() == deeper.keys()
    assert [name for name in anew if anew[name] != shallow.get(name)] != []  # otherwise this shows nothing


# --- results of single steps --------------------------------------------------------------------------------------

EDITS = {
    "a profile's words": ("data/trusts/luton/2009.yml", "narrative: >-\n    ", "narrative: >-\n    Anew "),
    "a term's name": ("data/glossary.yml", "expansion: ", "expansion: New "),
    "a document's date": ("data/sources.yml", "published: 2026-02-05", "published: 2026-02-04"),
    "a document to fill in": ("data/framework.yml", "used_by: ", "used_by: New "),
    "what stands below it": ("data/framework.yml", "status: ", "status: New "),
    "the guide's name": ("data/region.yml", "guide: ", "guide: New "),
    "a page's title": ("docs/index.md", 'title: "', 'title: "New '),
}


@pytest.mark.slow
def test_after_each_edit_all_is_what_is_made_anew(
    origin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One edit at a time, on top of those before it: each is seen, and what is taken from before is right."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "project"
    shutil.copytree(origin, root, symlinks=True)
    project = Project(root)

    def made(fresh: bool) -> bytes:
        """Return all that a build needs of the guide, as a process of its own makes it."""
        sites._sites.clear()
        with cache.disbelieved() if fresh else nullcontext(), earlier_results.at_hand(root):
            return build.prepared_of(build.check_to_show(project), "https://small.example/guide/").to_bytes("")

    before = made(fresh=False)
    for what, (file, old, new) in EDITS.items():
        path = root / file
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        after = made(fresh=False)
        assert after != before, what
        before = after
        if what in {"a document's date", "the guide's name", "a page's title"}:  # making all anew takes seconds
            monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
            assert made(fresh=True) == after, what
            monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


# --- nothing is believed ------------------------------------------------------------------------------------------


class _Asked(BaseException):
    """Whatever had been kept was asked for."""


@pytest.mark.parametrize("fresh", [True, False])
@pytest.mark.parametrize("command", ["build", "check"])
def test_fresh_believes_nothing_that_is_kept(
    project: Project, monkeypatch: pytest.MonkeyPatch, command: str, fresh: bool
) -> None:
    place = cache.place(project.root, ".anything")
    cache.keep(place, b"kept", 1)

    def asks(*_: object, **__: object) -> None:
        raise _Asked(cache.recall(place, 100))

    monkeypatch.setattr(build, "_right", asks)
    monkeypatch.chdir(project.root)
    with pytest.raises(_Asked) as asked:
        cli.run([command, *(["--fresh"] if fresh else [])])
    assert asked.value.args == (None if fresh else b"kept",)
    assert cache.recall(place, 100) == b"kept"


def test_what_is_committed_while_all_is_drawn_is_not_kept_as_of_before(project: Project, origin: Path) -> None:
    wanted = now(project)
    git(project.root, "fetch", "--deepen=1")
    wanted.keep(Prepared(DrawnPages([], {}, {}), {}, {}, SearchKnowledge.of(load(origin / "data"))))
    assert not kept(project.root).exists()


# --- packages, and all that a build reads -------------------------------------------------------------------------


def test_a_package_that_is_changed_in_place_is_another(tmp_path: Path) -> None:
    """It has the version, the size and the time that it had."""
    (tmp_path / "ftfy").mkdir()
    for name in ("ftfy/chardata.py", "typing_extensions.py", "begins.pth", "ftfy-6.3.1.dist-info"):
        (tmp_path / name).write_text("0000", encoding="utf-8")

    def digest(**more: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", "from macros.reading.program_state import timeless; print(timeless())"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(tmp_path), **more},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    found = [digest(), digest(PANDAS_FUTURE_INFER_STRING="1")]
    for name in ("ftfy/chardata.py", "typing_extensions.py", "begins.pth"):
        path = tmp_path / name
        stat = path.stat()
        with path.open("r+", encoding="utf-8") as file:
            file.write("1111")
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        assert path.stat().st_size == stat.st_size and path.stat().st_mtime_ns == stat.st_mtime_ns
        found.append(digest())
    (tmp_path / "yaml").mkdir()
    (tmp_path / "yaml/__init__.py").touch()
    found.append(digest())
    assert len({*found}) == len(found)
    assert digest() == found[-1]


_PREPARE = """
import json, os, sys
opened, asked = set(), {}
def look(event, said):
    if event == "open" and isinstance(said[0], (str, bytes)) and "w" not in str(said[1]):
        opened.add(os.path.abspath(os.fsdecode(said[0])))
sys.addaudithook(look)
kind, get = type(os.environ), type(os.environ).__getitem__
def noted(self, name):
    frame = sys._getframe(1)
    while frame and frame.f_code.co_filename.startswith("<frozen"):
        frame = frame.f_back
    asked.setdefault(name, set()).add(frame.f_code.co_filename)
    return get(self, name)
kind.__getitem__ = noted
from pathlib import Path
from macros.pages import site as sites
from macros.pages.project import Project
from macros.publish import build
from macros.publish.prepared import Wanted
project = Project(Path(sys.argv[1]))
made = build.prepare(project, project.base_url())
wanted = Wanted.now(project.root, project.config, project.base_url(), "mkdocs")
Path(sys.argv[2]).write_bytes(made.to_bytes(wanted.key))
print(json.dumps([sorted(opened), {name: sorted(where) for name, where in asked.items()}]))
"""


@pytest.mark.slow
def test_a_build_reads_nothing_that_what_is_kept_does_not_hang_on(origin: Path, tmp_path: Path) -> None:
    """Time zone, language, home and the like change nothing; no other file and no other variable is read at all."""
    project = tmp_path / "project"
    shutil.copytree(origin, project, symlinks=True)
    git(project, "update-index", "--refresh")
    odd = {
        "TZ": "Asia/Kathmandu",
        "LC_ALL": "C",
        "LANG": "de_DE.UTF-8",
        "LANGUAGE": "de",
        "PYTHONHASHSEED": "7",
        "HOME": str(tmp_path),
        "COLUMNS": "40",
        "NO_COLOR": "1",
        "PYTHONOPTIMIZE": "1",
        "USER": "somebody",
    }
    made = []
    for name, more in (("usual", {}), ("odd", odd)):
        surroundings = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / name), "PYTHONPATH": str(ROOT), **more}
        command = [sys.executable, "-c", _PREPARE, str(project), str(tmp_path / f"{name}.made")]
        run = subprocess.run(command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=True)
        made.append((tmp_path / f"{name}.made").read_bytes())
        with (project / "theme/main.html").open("a", encoding="utf-8") as theme:
            theme.write("{# read by the engines, each time #}")
    assert made[0] == made[1]

    opened, asked = json.loads(run.stdout)
    known = [*(project / one for one in ("data", "docs", "mkdocs.yml", "addresses.txt")), ROOT / "macros"]
    known += [Path(os.__file__).parent, Path("/usr/share/zoneinfo/UTC"), tmp_path / "odd"]
    strange = [one for one in map(Path, opened) if one.is_file() and not any(one.is_relative_to(top) for top in known)]
    installed = [Path(folder) for folder in sys.path if folder.endswith("-packages")]
    beside = {one: next((one.relative_to(top) for top in installed if one.is_relative_to(top)), one) for one in strange}
    assert [
        str(one)
        for one in beside.values()
        if one.parts[0].partition(".")[0] not in PACKAGES
        and one.name.partition(".")[0] not in PACKAGES
        and not one.match("*.dist-info/entry_points.txt")
    ] == []
    others = {
        name
        for name, where in asked.items()
        if any(ROOT / "macros" in Path(one).parents or "site-packages" in one for one in where)
        and not all(one.endswith(GO_THROUGH_ALL) for one in where)
    }
    assert {name for name in others - ASKED_FOR if not name.startswith(VARIABLES)} == set()
