"""All or nothing: whatever becomes of a build, there is one whole site, and the same files give the same bytes."""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import small_project
from mistakes import ROOT
from seeds import SEED

from macros.model.process_variables import EPOCH
from macros.pages.project import BuildError, Project
from macros.publish import build, ownership
from macros.publish.engine import ENGINES
from macros.reading import staging
from macros.reading.guide import Guide

pytestmark = pytest.mark.slow

MOMENTS = 12  # of each kind of build
Sums = dict[str, str]


def sums(site: Path) -> Sums:
    """Return what tells the bytes of each file of a site."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def left(folder: Path) -> list[str]:
    """Return what builds left beside the site."""
    return sorted(path.name for path in folder.iterdir() if ".new-" in path.name or ".old-" in path.name) + sorted(
        path.name for path in folder.glob(".zensical-*")
    )


def start(project: Path, *options: str, **more: Any) -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), **more.pop("env", {})}
    command = [sys.executable, "-m", "macros", "build", *options]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=project, env=env, start_new_session=True, **pipes, **more)


def run(project: Path, *options: str, **more: Any) -> tuple[int, str]:
    with start(project, *options, **more) as process:
        out, err = process.communicate(timeout=120)
    return process.returncode, out + err


@pytest.fixture
def project(tmp_path: Path, guide: Guide) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return small_project.make(folder, guide)


def change(project: Path, words: str) -> None:
    small_project.write_page(project, "index", "Home", words)


# --- killed -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [(), ("--fresh",)], ids=["with what was kept", "fresh"])
def test_a_build_that_is_killed_at_any_moment(
    project: Path, options: tuple[str, ...], record_property: Callable[[str, object], None]
) -> None:
    """Killed alone, or with the engine that it runs: SIGKILL, which nothing can answer."""
    record_property("seed", SEED)
    chance = random.Random(SEED)
    assert run(project)[0] == 0
    old = sums(project / "site")
    change(project, "The new words.")
    assert run(project, "--site-dir", "other")[0] == 0  # from here on, what a build keeps is kept
    began = time.monotonic()
    assert run(project, "--site-dir", "other", *options)[0] == 0
    whole = time.monotonic() - began
    new = sums(project / "other")
    assert new != old

    killed, finished = 0, 0
    for number in range(MOMENTS):
        with start(project, *options) as process:
            moment = whole * (number + chance.random()) / MOMENTS
            time.sleep(moment)
            (os.killpg if number % 2 else os.kill)(process.pid, signal.SIGKILL)
        assert process.returncode in {-signal.SIGKILL, 0}, (SEED, number)
        killed += process.returncode != 0
        if process.returncode == 0:  # the machine has less to do than when the time was taken
            whole = min(whole, moment)
        found = sums(project / "site")
        assert found in (old, new), (SEED, number)
        if found == new:
            finished += 1
            shutil.rmtree(project / "site")
            shutil.copytree(project / "other", project / "site")
            (project / "site/index.html").write_text("old", encoding="utf-8")
            old = sums(project / "site")
    assert killed >= MOMENTS / 4 and finished <= MOMENTS * 3 / 4, "the moments were not spread over a build"

    wait_until(lambda: not any(is_claimed(project / name) for name in left(project)))  # engines write on
    assert run(project)[0] == 0
    assert sums(project / "site") == new
    assert left(project) == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kill", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_build_that_is_asked_to_stop(project: Path, kill: signal.Signals, engine: str) -> None:
    old = old_site(project)
    with start(project, "--engine", engine) as process:
        wait_until(lambda: any(project.glob(".zensical-*")))  # the engine runs
        os.kill(process.pid, kill)
        process.communicate(timeout=60)
    assert process.returncode == 128 + kill
    assert sums(project / "site") == old
    assert left(project) == []


def is_claimed(path: Path) -> bool:
    """Return whether a process still writes here."""
    try:
        with staging.claimed(path):
            return False
    except BlockingIOError:
        return True
    except FileNotFoundError:  # cleared away meanwhile
        return False


def wait_until(condition: Callable[[], object], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def test_what_others_work_in_is_left_alone(project: Path) -> None:
    (project / "site.new-1a2b3c4d").mkdir()
    (project / "site.new-00000000").mkdir()
    with staging.claimed(project / "site.new-1a2b3c4d"):
        build._tidy(Project(project), project / "site")
        assert left(project) == ["site.new-1a2b3c4d"]
    build._tidy(Project(project), project / "site")
    assert left(project) == []


# --- no room, no right --------------------------------------------------------------------------------------------


def old_site(project: Path) -> Sums:
    """Put an old site where the new one is to go, and return what is in it."""
    (project / "site").mkdir()
    for name in ("index.html", "sitemap.xml"):
        (project / "site" / name).write_text("old", encoding="utf-8")
    ownership.mark(project / "site")
    return sums(project / "site")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_disk_that_is_full(project: Path, engine: str) -> None:
    """Each size stands for another moment at which a write fails. No mount is needed: a limit on files does as well."""
    import resource

    old = old_site(project)
    for size in (0, 20_000, 200_000) if engine == "mkdocs" else (0, 100_000):
        code, said = run(
            project,
            "--engine",
            engine,
            preexec_fn=lambda size=size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        )
        assert code == 1, said
        assert said.count("guide: ") == 1
        assert sums(project / "site") == old
        assert left(project) == []


def test_a_file_system_without_room(guide: Guide) -> None:
    with tempfile.TemporaryDirectory() as place:
        mount = ["mount", "-t", "tmpfs", "-o", "size=60m", "none", place]
        if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("no file system may be mounted here; the limit on files is tried all the same")
        try:
            project = small_project.make(Path(place) / "project", guide)
            old = old_site(project)
            room = shutil.disk_usage(place).free
            (Path(place) / "full").write_bytes(bytes(max(0, room - 500_000)))
            code, said = run(project)
            assert code == 1, said
            assert "No space left" in said
            assert "Traceback" not in said.partition("It said:")[0]
            assert sums(project / "site") == old
            assert left(project) == []
            (Path(place) / "full").unlink()
            assert run(project)[0] == 0
        finally:
            subprocess.run(["umount", place], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Take the right to write in a folder away. From root only a mount can take it."""
    if os.geteuid():
        folder.chmod(0o555)
        yield
        folder.chmod(0o755)
        return
    for command in (["mount", "--bind", folder, folder], ["mount", "-o", "remount,ro,bind", folder]):
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("root may write everywhere here, and no folder may be mounted")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_folder_that_may_not_be_written(project: Path) -> None:
    old = old_site(project)
    with read_only(project):
        code, said = run(project)
    assert code == 1, said
    assert re.search("may not be opened or written by you|nothing can be written here", said)
    assert "Traceback" not in said
    assert sums(project / "site") == old
    assert left(project) == []


# --- the swap -----------------------------------------------------------------------------------------------------


def two(folder: Path) -> tuple[Path, Path]:
    for name in ("new", "site"):
        (folder / name).mkdir()
        (folder / name / "which").write_text(name, encoding="utf-8")
    return folder / "new", folder / "site"


@pytest.mark.parametrize("exchange", [True, False])
def test_swapping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool) -> None:
    if not exchange:
        monkeypatch.setattr(staging, "_exchange", lambda *_: False)
    new, site = two(tmp_path)
    staging.swap(new, site)
    assert (site / "which").read_text() == "new"
    assert (new / "which").read_text() == "site"
    assert {path.name for path in tmp_path.iterdir()} == {"new", "site"}


def test_there_is_no_moment_without_a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Linux the swap renames nothing: two names are exchanged in one step."""
    new, site = two(tmp_path)
    monkeypatch.setattr(Path, "rename", lambda *_: pytest.fail("renamed"))
    staging.swap(new, site)
    assert (site / "which").read_text() == "new"


def test_a_swap_that_fails_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_exchange", lambda *_: False)
    new, site = two(tmp_path)
    shutil.rmtree(new)
    with pytest.raises(FileNotFoundError):
        staging.swap(new, site)
    assert (site / "which").read_text() == "site"


# --- the same bytes -----------------------------------------------------------------------------------------------

SURROUNDINGS: list[dict[str, str]] = [
    {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "USER": "zqxuser", "LOGNAME": "zqxuser"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "2", "HOME": "/nonexistent/zqxhome", "COLUMNS": "40"},
]
AUTHOR = {
    "GIT_AUTHOR_NAME": "Zqx Author",
    "GIT_AUTHOR_EMAIL": "zqx@author.example",
    "GIT_COMMITTER_NAME": "Zqx Author",
    "GIT_COMMITTER_EMAIL": "zqx@author.example",
    "GIT_COMMITTER_DATE": "2027-02-03T04:05:06Z",
}


def git(folder: Path, *arguments: str) -> None:
    env = {**os.environ, **AUTHOR}
    subprocess.run(["git", "-C", str(folder), *arguments], env=env, check=True, capture_output=True)


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory, guide: Guide) -> tuple[Path, Path]:
    """One project of the whole guide's words, in two folders of different names, one copied years later."""
    first = tmp_path_factory.mktemp("zqxfolder") / "first"
    first.mkdir()
    small_project.make(first, guide)
    git(first, "init", "--initial-branch=main")
    git(first, "add", "--all")
    git(first, "commit", "--message=All")
    second = tmp_path_factory.mktemp("quite another") / "second" / "deeper"
    git(first, "clone", "--no-local", str(first), str(second))
    for number, path in enumerate(sorted(second.rglob("*.*ml"))):
        os.utime(path, (10**9 + number, 10**9 + number))
    return first, second


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_files_give_the_same_bytes(twice: tuple[Path, Path], engine: str) -> None:
    """In two folders, at two times of day, for two users, in two places of the world."""
    made = []
    for folder, surroundings, umask in zip(twice, SURROUNDINGS, (0o022, 0o077), strict=True):
        code, said = run(folder, "--engine", engine, "--site-dir", f"site.{engine}", env=surroundings, umask=umask)
        assert code == 0, said
        made.append(sums(folder / f"site.{engine}"))
    assert made[0].keys() == made[1].keys()
    assert [name for name in made[0] if made[0][name] != made[1][name]] == []
    assert len(made[0]) > 150


@pytest.mark.parametrize("engine", ENGINES)
def test_nobody_who_built_it_is_named(twice: tuple[Path, Path], engine: str) -> None:
    """Names of folders, users and authors stand in what the build reads and runs in, and nowhere in what it makes."""
    site = twice[0] / f"site.{engine}"
    if not site.is_dir():
        assert run(twice[0], "--engine", engine, "--site-dir", site.name, env=SURROUNDINGS[0])[0] == 0
    words = [b"zqx", str(ROOT).encode(), str(twice[0]).encode()]
    for path in sorted(site.rglob("*")):
        if path.is_file():
            content = path.read_bytes().lower()
            assert [word for word in words if word.lower() in content] == [], path


def test_a_time_that_is_none_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EPOCH, "yesterday")
    with pytest.raises(BuildError, match="SOURCE_DATE_EPOCH is “yesterday”"):
        build.build(Project(project), project / "site")
    assert left(project) == []


def test_what_was_changed_since_the_last_commit_is_of_today(
    twice: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(EPOCH, raising=False)
    project = Project(twice[0])
    assert build._made_at(project) == "1801627506"
    home = twice[0] / "docs/index.md"
    kept = home.read_bytes()
    home.write_bytes(kept + b"More.\n")
    assert int(build._made_at(project)) == int(time.time()) // 86400 * 86400
    home.write_bytes(kept)
