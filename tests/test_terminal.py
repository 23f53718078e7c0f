"""Odd clocks and surroundings: a command works, or says in a line why not, and a crash is not taken for an answer."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import small_project

from macros import cli, terminal
from macros.derived import reviews
from macros.history.git import Repository
from macros.model import clock
from macros.model.process_variables import EPOCH, TRACEBACK
from macros.reading.guide import Guide


@pytest.mark.parametrize(
    "given", ["99999999999999", "²", "-1", "1.5", "1e9", " 1", "0x10", "yesterday", "32503680001", "9" * 5000, "١"]
)
def test_a_time_that_is_none_is_told(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EPOCH, given)
    with pytest.raises(clock.ClockError, match="make it the number of seconds since 1970"):
        clock.now()


def test_times_that_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EPOCH, "0")
    assert clock.now() == datetime(1970, 1, 1, tzinfo=UTC)
    monkeypatch.setenv(EPOCH, "")
    assert clock.given() is None
    assert clock.moment(-86400).year == 1970
    assert clock.moment(253402300800).year == 2999
    assert clock.moment(10**30).year == 2999


@pytest.mark.parametrize("seconds", [253402300800, 0, 99999999999])
def test_a_commit_of_another_age_is_read(tmp_path: Path, seconds: int) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.yml").write_text("a: b\n", encoding="utf-8")
    when = {f"GIT_{who}_DATE": f"@{seconds} +0000" for who in ("AUTHOR", "COMMITTER")}
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "one"]):
        subprocess.run([*git, *words], cwd=tmp_path, check=True, env={**os.environ, **when})
    repository = Repository.around(tmp_path)
    assert repository is not None
    assert [one.when for one in repository.log("data")] == [clock.moment(seconds)]


def guide_run(project: Path, *words: str, **around: str) -> tuple[int, str, str]:
    environment = {**os.environ, "PYTHONPATH": str(small_project.ROOT), **around}
    command = [sys.executable, "-m", "macros", *words]
    run = subprocess.run(command, cwd=project, env=environment, capture_output=True, check=False, timeout=300)
    return run.returncode, run.stdout.decode("utf-8", "replace"), run.stderr.decode("utf-8", "replace")


@pytest.fixture
def project(tmp_path: Path, guide: Guide) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return small_project.make(folder, guide)


@pytest.mark.parametrize(
    ("around", "ended"),
    [
        ({"SOURCE_DATE_EPOCH": "99999999999999"}, 2),
        ({"SOURCE_DATE_EPOCH": "²"}, 2),
        ({"PYTHONIOENCODING": "ascii", "COLUMNS": "1"}, 0),
        ({"HOME": "/nonexistent", "XDG_CACHE_HOME": "/dev/null"}, 0),
        ({"PATH": "/nonexistent", "TZ": "Nowhere/Nothing"}, 0),
    ],
)
def test_odd_surroundings(project: Path, around: dict[str, str], ended: int) -> None:
    code, out, err = guide_run(project, "check", "--fresh", **around)
    assert code == ended
    assert "Traceback" not in out + err
    if ended:
        assert err.count("\n") == 1


def test_signs_that_a_terminal_lacks_become_plainer(project: Path) -> None:
    code, out, _ = guide_run(project, "--help", PYTHONIOENCODING="ascii")
    assert code == 0
    assert 'guide new trust "Milton Keynes"' in out


def test_nobody_reads_on() -> None:
    command = f"{sys.executable} -m macros --help | true; echo ${{PIPESTATUS[0]}}"
    run = subprocess.run(["bash", "-c", command], cwd=small_project.ROOT, capture_output=True, text=True, check=False)
    assert run.stdout.strip() in {"0", "141"}
    assert run.stderr == ""
    full = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m macros --help > /dev/full"],
        cwd=small_project.ROOT,
        env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (full.returncode, full.stderr) == (1, "guide: the disk is full\n")


def test_a_crash_is_told_apart(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash(*_: object) -> None:
        raise IndexError("<img src=x> secret")

    monkeypatch.chdir(project)
    monkeypatch.setattr(reviews, "due", crash)
    assert cli.run(["due"]) == cli.CRASH == 70
    out, err = capsys.readouterr()
    assert out == ""
    assert "the program itself failed (IndexError, in commands/telling.py, line " in err
    assert "secret" not in err and "Traceback" not in err
    for words, around in ((["due", "--traceback"], ""), (["--traceback", "due"], ""), (["due"], "1")):
        monkeypatch.setenv(TRACEBACK, around)
        with pytest.raises(IndexError):
            cli.run(words)


def test_a_folder_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert cli.run(["check"]) == cli.MISUSE
    assert capsys.readouterr().err == "guide: the folder that you are in was deleted: go to another, and try again\n"


@pytest.mark.parametrize("port", ["99999", "-1", "²", "1.5", "x", ""])
def test_a_port_that_is_none(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.run(["edit", f"--port={port}"])
    assert ended.value.code == cli.MISUSE
    assert "is no port" in capsys.readouterr().err


def test_trouble_is_told_in_words() -> None:
    assert terminal.trouble(PermissionError(13, "Permission denied", "/x")) == (
        "/x: this may not be opened or written by you"
    )
