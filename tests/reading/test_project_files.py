"""Nothing is lost: files are whole, written over only if they are what was read, and by one process at a time."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import small_project
from mistakes import ROOT

from macros import cli
from macros.editing import yaml_tidy
from macros.editing.correction import CorrectionRefused, sent
from macros.editing.corrections import apply
from macros.pages.project import Project
from macros.reading import project_files, staging
from macros.reading.guide import Guide
from macros.reading.project_files import FileChanged, NewContent, NotWritten, Writer

FILE = "data/trusts/luton/trust.yml"


@pytest.fixture
def project(tmp_path: Path, guide: Guide, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(small_project.make(folder, guide))
    (folder / "addresses.txt").write_text("/\n", encoding="utf-8")
    return folder


def start(project: Path, *arguments: str, **env: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "macros", *arguments],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob(".*") if path.is_file() and path.name != ".nav.yml")


# --- one file -----------------------------------------------------------------------------------------------------


@pytest.fixture(params=[True, False], ids=["exchanging names", "renaming"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on a system that can exchange two names in one step, and on one that cannot."""
    if not request.param:
        monkeypatch.setattr(staging, "_exchange", lambda *_: False)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/one.yml").write_bytes(b"old")
    return tmp_path


def test_a_file_is_replaced_and_keeps_its_rights(folder: Path) -> None:
    one = folder / "data/one.yml"
    one.chmod(0o640)
    with project_files.writing(folder) as writer:
        assert writer.replace(one, b"new", was=b"old")
        assert not writer.replace(one, b"new", was=b"new")
        assert writer.replace(folder / "data/deeper/two.yml", b"first", was=None)
    assert one.read_bytes() == b"new" and one.stat().st_mode & 0o777 == 0o640
    assert (folder / "data/deeper/two.yml").read_bytes() == b"first"
    assert hidden(folder) == []


@pytest.mark.parametrize("was", [b"what was read", None])
def test_what_somebody_else_saved_meanwhile_stays(folder: Path, was: bytes | None) -> None:
    one = folder / "data/one.yml"
    with (
        project_files.writing(folder) as writer,
        pytest.raises(FileChanged, match=r"data/one\.yml was changed by somebody"),
    ):
        writer.replace(one, b"new", was=was)
    assert one.read_bytes() == b"old"
    one.unlink()
    if was:
        with project_files.writing(folder) as writer, pytest.raises(FileChanged):
            writer.replace(one, b"new", was=was)
        assert not one.exists()
    assert hidden(folder) == []


def test_what_is_saved_in_the_very_last_moment_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the last look at the file, and before it is replaced."""
    one = folder / "data/one.yml"
    trade = staging.trade

    def late(new: Path, path: Path) -> None:
        monkeypatch.setattr(staging, "trade", trade)
        path.write_bytes(b"saved by an editor")
        trade(new, path)

    monkeypatch.setattr(staging, "trade", late)
    with project_files.writing(folder) as writer, pytest.raises(FileChanged):
        writer.replace(one, b"new", was=b"old")
    assert one.read_bytes() == b"saved by an editor"
    assert hidden(folder) == []


def test_all_files_or_none(folder: Path) -> None:
    one, two, three = (folder / f"data/{name}.yml" for name in ("one", "two", "three"))
    three.write_bytes(b"three")
    changes = {one: NewContent(b"new", b"old"), two: NewContent(b"new", None), three: NewContent(b"new", b"three")}
    put = project_files._put

    def failing(new: Path, path: Path, was: bytes | None, name: str) -> None:
        if path == three:
            raise OSError(28, "No space left on device")
        put(new, path, was, name)

    with pytest.MonkeyPatch.context() as patch, project_files.writing(folder) as writer:
        patch.setattr(project_files, "_put", failing)
        with pytest.raises(OSError, match="No space left"):
            writer.replace_all(changes)
    assert (one.read_bytes(), two.exists(), three.read_bytes()) == (b"old", False, b"three")
    assert hidden(folder) == []


@pytest.mark.parametrize("odd", ["a link", "a link above", "a pipe", "a folder"])
def test_links_and_what_is_no_file_are_not_written(
    folder: Path, odd: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "one.yml").write_bytes(b"old")
    one = folder / "data/one.yml"
    one.unlink()
    if odd == "a link":
        one.symlink_to(elsewhere / "one.yml")
    elif odd == "a link above":
        (folder / "data").rmdir()
        (folder / "data").symlink_to(elsewhere)
    elif odd == "a pipe":
        os.mkfifo(one)
    else:
        one.mkdir()
    with project_files.writing(folder) as writer:
        with pytest.raises(NotWritten, match=r"is a link|is no file"):
            writer.replace(one, b"new", was=b"old")
        with pytest.raises(NotWritten, match=r"is a link|is no file"):
            writer.make({one: "new"})
    assert [path.read_bytes() for path in elsewhere.iterdir()] == [b"old"]


def test_a_disk_that_is_full_changes_nothing(project: Path) -> None:
    import resource

    before = (project / FILE).read_bytes()
    run = subprocess.run(
        [sys.executable, "-m", "macros", "apply", "-"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},  # it would be cut off too
        input=correction("A title"),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)),
    )
    assert run.returncode == 1, run
    assert "Traceback" not in run.stderr
    assert (project / FILE).read_bytes() == before
    assert hidden(project / "data") == []


# --- what killed processes leave ----------------------------------------------------------------------------------


def test_what_killed_processes_left_goes_at_the_next_start(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    left = [project / f"data/trusts/.luton.yml.1a2b3c4d{staging.ENDING}", project / f".addresses.txt.0{staging.ENDING}"]
    for path in left:
        path.write_bytes(b"half")
    (temporary / "guide-try-abcd1234/data").mkdir(parents=True)
    (temporary / "guide-of-somebody").mkdir()
    with staging.scratch("edit") as living:
        assert cli.run(["check"]) == 0
        assert {path.name for path in temporary.iterdir()} == {"guide-of-somebody", living.name}
    assert not any(path.exists() for path in left)


def test_what_a_living_process_uses_stays(project: Path) -> None:
    path = project / "data/places.csv"
    with project_files.writing(project), staging.beside(path, b"half") as new:
        done = threading.Thread(target=project_files.clear_left_overs, args=(project,))
        done.start()
        done.join()
        assert new.exists()
    with staging.beside(path, b"half") as new:  # not even held
        project_files.clear_left_overs(project)
        assert new.exists()
    assert not new.exists()


@pytest.mark.slow
@pytest.mark.parametrize("command", ["apply", "fix", "new trust"])
def test_a_command_that_is_killed_at_any_moment(project: Path, command: str) -> None:
    """Each file is wholly old or wholly new, nothing stays after the next start, and the command can be run again."""
    chance = random.Random(f"{command} 2009")
    if command == "fix":
        for path in (project / "data/trusts").glob("*/*.yml"):
            path.write_text(path.read_text(encoding="utf-8").replace("\n", "  \n", 1), encoding="utf-8")
    (project / "sent.json").write_text(correction("Killed"), encoding="utf-8")
    arguments = {
        "apply": ["apply", "sent.json"],
        "fix": ["check", "--fix"],
        "new trust": ["new", "trust", "Milton Keynes"],
    }
    temporary = project / "temporary"
    temporary.mkdir()
    old = contents(project)
    finished = start(project, *arguments[command], TMPDIR=str(temporary))
    began = time.monotonic()
    assert finished.wait(timeout=300) == 0, finished.communicate()
    whole = time.monotonic() - began
    new = contents(project)
    assert new != old
    for _ in range(4):
        restore(project, old)
        process = start(project, *arguments[command], TMPDIR=str(temporary))
        time.sleep(whole * chance.uniform(0.5, 1))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for name, content in contents(project).items():
            if not name.endswith(staging.ENDING):
                assert content in (old.get(name), new.get(name)), name
        again = start(project, *arguments[command], TMPDIR=str(temporary))
        said = again.communicate(timeout=300)
        assert contents(project) == new, said
        assert [*temporary.iterdir()] == []


def contents(project: Path) -> dict[str, bytes]:
    paths = [path for top in ("data", "docs") for path in (project / top).rglob("*") if path.is_file()]
    paths.append(project / "addresses.txt")
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in paths}


def restore(project: Path, old: dict[str, bytes]) -> None:
    for name in contents(project).keys() - old.keys():
        (project / name).unlink()
    for name, content in old.items():
        (project / name).write_bytes(content)


# --- many processes -----------------------------------------------------------------------------------------------


def correction(title: str) -> str:
    """Return what a form sends to change how Luton's partnership is called."""
    changes = [{"op": "set", "path": ["partnership"], "value": title}]
    return json.dumps({"record": "trusts/luton", "changes": changes, "source": "ours"})


ADDING = """
import sys, time
from pathlib import Path
from macros.reading.project_files import FileChanged, writing
root, number, held = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "held"
path = root / "data/list.txt"
while True:
    was = path.read_bytes()
    time.sleep(0.002)
    try:
        with writing(root) as writer:
            if held:
                was = path.read_bytes()
            writer.replace(path, was + number.encode() + b"\\n", was=was)
            break
    except FileChanged:
        print("told")
"""


@pytest.mark.slow
@pytest.mark.parametrize("held", ["held", "read before"])
def test_of_many_processes_none_loses_a_line(tmp_path: Path, held: str) -> None:
    """Those that read before they hold the project are told, and try again; none writes over what another wrote."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/list.txt").write_bytes(b"")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    numbers = [str(number) for number in range(24)]
    running = [
        subprocess.Popen([sys.executable, "-c", ADDING, str(tmp_path), number, held], env=env, stdout=subprocess.PIPE)
        for number in numbers
    ]
    assert [process.wait(timeout=300) for process in running] == [0] * len(running)
    assert sorted((tmp_path / "data/list.txt").read_text().split(), key=int) == numbers
    assert hidden(tmp_path) == []


@pytest.mark.slow
def test_corrections_at_once_are_all_made(project: Path) -> None:
    """Three of one field, and a new Trust: each is made on what the one before left, and says what that was."""
    processes = []
    for word in ("One", "Two", "Three"):
        (project / f"{word}.json").write_text(correction(f"Partnership {word}"), encoding="utf-8")
        processes.append(start(project, "apply", f"{word}.json"))
    other = start(project, "new", "trust", "Milton Keynes")
    said = [process.communicate(timeout=500)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], said
    assert other.communicate(timeout=500) and other.returncode == 0
    steps = dict(re.findall(r"was “(.+?)”; now “(.+?)”", "".join(said)))
    assert len(steps) == 3  # no two were made on the same
    last = next(now for now in steps.values() if now not in steps)
    assert f"partnership: {last}\n" in (project / FILE).read_text(encoding="utf-8")
    assert (project / "data/trusts/milton-keynes/2009.yml").is_file() and hidden(project / "data") == []


def test_who_waits_too_long_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project_files, "PATIENCE", 0.2)
    monkeypatch.setattr(project_files, "_TELL_AFTER", 0.1)
    told: list[str] = []

    def other() -> None:
        try:
            apply(Project(project), sent(json.loads(correction("Too late"))))
        except OSError as why:
            told.append(str(why))

    with project_files.writing(project):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert told == ["another “guide” is writing into this project: nothing was changed. Try again when it has ended"]


def test_who_holds_a_project_may_call_what_holds_it(project: Path) -> None:
    with project_files.writing(project), project_files.writing(project) as inner:
        assert isinstance(inner, Writer)


# --- editors, who hold nothing ------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["correction", "fix"])
def test_an_editor_who_saves_while_a_command_tries(
    project: Path, how: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = (project / FILE).read_text(encoding="utf-8") + "# Saved by an editor.\n"

    def save(*_: object) -> None:
        (project / FILE).write_text(saved, encoding="utf-8")

    if how == "correction":
        monkeypatch.setattr("macros.editing.corrections.try_files", save)
        with pytest.raises(
            CorrectionRefused, match=r"data/trusts/luton/trust\.yml was changed by somebody else meanwhile"
        ):
            apply(Project(project), sent(json.loads(correction("Another"))))
    else:
        text = (project / FILE).read_text(encoding="utf-8")
        (project / FILE).write_text(text.replace("\n", " \n"), encoding="utf-8")
        mended: Callable[..., object] = yaml_tidy.mended_yaml

        def mending(name: str, *rest: object) -> object:
            done = mended(name, *rest)
            if name == FILE:
                save()
            return done

        monkeypatch.setattr(yaml_tidy, "mended_yaml", mending)
        assert cli.run(["check", "--fix"]) == 1
        assert "luton/trust.yml was changed by somebody else meanwhile" in capsys.readouterr().err
    assert (project / FILE).read_text(encoding="utf-8") == saved
    assert hidden(project / "data") == []
