"""Verdicts: a check that trusts what was right before says what a check of everything says, and trusts nobody else."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from edits import Editor
from mistakes import ROOT

from macros import cli
from macros.model.holdings import HOLDINGS, PLACES, SOURCES, STANDARDS, TRUSTS, Holding
from macros.pages import checked_before
from macros.pages.site import Site
from macros.reading import cache
from macros.reading.guide import Guide, load
from macros.reading.problem import DataProblems
from macros.reading.project_state import ProjectState
from macros.reading.reader import read
from macros.reading.rules import every_rule
from macros.reading.rules.parts import unlike


@pytest.fixture(scope="module")
def found_right(tmp_path_factory: pytest.TempPathFactory, guide: Guide, site: Site) -> tuple[Path, Path]:
    """A project that was found right, and the file that says so."""
    folder = tmp_path_factory.mktemp("right")
    for name in ("data", "docs"):
        shutil.copytree(ROOT / name, folder / name)
    settings = "site_name: A guide\nsite_url: https://guide.example/\nnot_in_nav: '*'\n"
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        calls = [call for page in site.pages for call in page.calls if call.name != "trust_profile"]
        values = {str(value) for call in calls for value in call.arguments}
        checked_before.remember(folder, ProjectState.of(folder), guide, values)
        return folder, kept(folder)


@pytest.fixture
def project(found_right: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project that was found right, with a cache folder of its own."""
    folder = tmp_path / "project"
    shutil.copytree(found_right[0], folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(folder)
    place = checked_before.place(folder)
    assert place is not None
    place.parent.mkdir(mode=0o700, parents=True)
    shutil.copy(found_right[1], place)
    return folder


def edit(path: Path, was: str, now: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, now, 1), encoding="utf-8")


def kept(project: Path) -> Path:
    path = checked_before.place(project)
    assert path is not None and path.is_file()
    return path


@pytest.mark.usefixtures("project")
def test_what_was_right_is_right_while_nothing_changes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["check", "--fresh"]) == 0
    first = capsys.readouterr().out
    monkeypatch.setattr("macros.publish.build.check", lambda _: pytest.fail("everything was checked"))
    assert cli.run(["check"]) == 0
    assert capsys.readouterr().out == first
    assert cli.run(["check", "data/trusts/luton/2009.yml", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_seeing_that_nothing_changed_loads_no_model(project: Path) -> None:
    loaded = "[one for one in ('macros.model.base', 'macros.reading.reader', 'pandas') if one in sys.modules]"
    code = f"import sys; from macros import cli; cli.run(['check']); print({loaded})"
    for models in (True, False):  # another process has to find out for itself first
        told = subprocess.check_output([sys.executable, "-c", code], cwd=project, text=True).splitlines()
        assert told[0].startswith("No problems in 10 Trusts")
        assert (told[1] != "[]") is models


@pytest.mark.usefixtures("project")
def test_no_verdict_depends_on_the_history(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("macros.history.timeline.read_history", "macros.pages.site.read_history"):
        monkeypatch.setattr(name, lambda *_: pytest.fail("the history was read"))
    assert cli.run(["check", "--fresh", "--prose"]) == 0


def test_an_edited_profile_is_read_and_no_other(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(project / "data/trusts/luton/2009.yml", "  narrative: >-\n", "  narrative: >-\n    One word more.\n")
    whole = every_rule.check
    seen: list[str] = []

    def check(records):  # type: ignore[no-untyped-def]
        seen.extend(trust.slug for trust in records.by_kind["trusts"])
        return whole(records)

    monkeypatch.setattr(every_rule, "check", check)
    assert checked_before.still_right(project) is not None
    assert seen == ["luton"]
    capsys.readouterr()
    assert cli.run(["check"]) == 0
    warm = capsys.readouterr().out
    assert cli.run(["check", "--fresh"]) == 0
    assert capsys.readouterr().out == warm


@pytest.mark.parametrize(
    ("file", "was", "now"),
    [
        ("data/trusts/luton/trust.yml", "name: Luton", "name: Norfolk"),
        ("data/trusts/luton/trust.yml", "name: Luton", "name: Lutton"),
        ("data/trusts/luton/2009.yml", "clear-expectations#luton", "clear-expectations#lutton"),
        ("data/trusts/luton/2009.yml", "narrative:", "narrativ:"),
        ("data/trusts/luton/2009.yml", "standard: ", "standard: x"),
        ("data/trusts/hertfordshire/2009.yml", "name:", "name: "),
        ("data/places.csv", "luton", "lutton"),
        ("data/glossary.yml", "id: ", "id: x"),
        ("docs/index.md", "title:", "titel:"),
    ],
)
def test_a_mistake_is_found_as_by_a_check_of_everything(
    project: Path, file: str, was: str, now: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(project / file, was, now)
    capsys.readouterr()
    warm = cli.run(["check"]), capsys.readouterr().out
    assert (cli.run(["check", "--fresh"]), capsys.readouterr().out) == warm
    # A mistake is not remembered as right.
    assert (cli.run(["check"]), capsys.readouterr().out) == warm


def test_a_profile_that_says_nothing_of_any_standard_is_found(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = project / "data/trusts/luton/2009.yml"
    text, practice = profile.read_text(encoding="utf-8"), r"(?ms)^practice:\n.*?(?=^\w|\Z)"
    assert re.search(practice, text)
    profile.write_text(re.sub(practice, "", text), encoding="utf-8")
    assert cli.run(["check"]) == 1
    assert "found no standard that reaches it" in capsys.readouterr().out


def test_files_that_come_and_go_are_noticed(project: Path) -> None:
    page = project / "docs/trusts/luton.md"
    words = page.read_bytes()
    page.unlink()
    assert cli.run(["check"]) == 1
    page.write_bytes(words)
    assert cli.run(["check"]) == 0
    (project / "docs/evil.html").write_text("<script>", encoding="utf-8")
    assert cli.run(["check"]) == 1
    (project / "docs/evil.html").unlink()
    (project / "data/trusts/luton/2009.yaml").write_text("", encoding="utf-8")
    assert cli.run(["check"]) == 1


@pytest.mark.slow
def test_any_edit_of_profiles_is_judged_as_by_a_check_of_everything(project: Path) -> None:
    editor = Editor(project, seed=7)
    right = wrong = sure = 0
    for _ in range(25):
        editor._before = {}
        edited = editor._edit_yaml(editor.chance.choice(sorted((project / "data/trusts").glob("*/*.yml"))))
        warm = checked_before.still_right(project)
        try:
            load(project / "data")
        except DataProblems:
            assert warm is None
            wrong += 1
            editor.take_back()
        else:
            if "data/trusts/" in edited:  # where a value has no other, the editor takes another file
                right += 1
                sure += warm is not None
            if warm is None:
                editor.take_back()
    assert wrong and sure > right / 2  # otherwise this shows nothing


def test_what_rules_compare_between_profiles_is_what_must_be_unlike(project: Path) -> None:
    """A profile that takes over what another says, but for that, breaks no rule by there being the other."""
    luton, norfolk = (load(project / "data").trust(slug) for slug in ("luton", "norfolk"))
    assert unlike(luton) != unlike(norfolk)
    text = (project / "data/trusts/norfolk/trust.yml").read_text(encoding="utf-8")
    for line in ("name: ", "  column: ", "  row: "):
        was = next(one for one in text.splitlines() if one.startswith(line))
        other = (project / "data/trusts/luton/trust.yml").read_text(encoding="utf-8").splitlines()
        text = text.replace(was, next(one for one in other if one.startswith(line)), 1)
    (project / "data/trusts/norfolk/trust.yml").write_text(text, encoding="utf-8")
    assert checked_before.still_right(project) is None


@pytest.mark.parametrize(
    "holding", sorted({*HOLDINGS} - {TRUSTS}, key=lambda one: one.path), ids=lambda one: str(one.kind)
)
def test_what_a_profile_says_is_judged_by_what_is_read_with_it(holding: Holding) -> None:
    """With a kind of record gone, rules find fault with profiles only if it is read when a profile alone is checked."""
    records = read(ROOT / "data")
    records.by_kind.pop(holding.kind, None)
    for parts in (records.parts, *records.parts_by_class.values()):
        parts[:] = [part for part in parts if part.where.partition(":")[0].partition("/")[0] != holding.kind]
    told = [problem for problem in every_rule.check(records) if problem.file.startswith("data/trusts/")]
    if holding is PLACES:  # which name the file of a profile: an edit does not change that
        assert {problem.field for problem in told} == {"name"}
    elif holding is STANDARDS:  # which are files, known by their names
        assert {problem.field.rpartition(".")[2] for problem in told} == {"standard"}
    elif holding is SOURCES:
        assert told
    elif holding not in every_rule.NEEDED_TO_JUDGE_PROFILES:
        assert told == []


# --- nobody else is believed --------------------------------------------------------------------------------------


def spoil_the_json(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8")[:-20], encoding="utf-8")


def leave_out(path: Path) -> None:
    kept = json.loads(path.read_text(encoding="utf-8"))
    del kept["rest"]
    path.write_text(json.dumps(kept), encoding="utf-8")


def add_more(path: Path) -> None:
    kept = json.loads(path.read_text(encoding="utf-8")) | {"__reduce__": "os.system"}
    path.write_text(json.dumps(kept), encoding="utf-8")


def of_another_program(path: Path) -> None:
    kept = json.loads(path.read_text(encoding="utf-8")) | {"program": "0" * 64}
    path.write_text(json.dumps(kept), encoding="utf-8")


def of_a_day_to_come(path: Path) -> None:
    kept = json.loads(path.read_text(encoding="utf-8")) | {"day": "2999-01-01"}
    path.write_text(json.dumps(kept), encoding="utf-8")


def writable_by_all(path: Path) -> None:
    path.chmod(0o666)


def in_a_folder_for_all(path: Path) -> None:
    path.parent.chmod(0o777)


def as_a_link(path: Path) -> None:
    elsewhere = path.with_name("elsewhere")
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def too_large(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + " " * checked_before.MOST_BYTES, encoding="utf-8")


@pytest.mark.parametrize(
    "spoil",
    [
        spoil_the_json,
        leave_out,
        add_more,
        of_another_program,
        of_a_day_to_come,
        writable_by_all,
        in_a_folder_for_all,
        as_a_link,
        too_large,
    ],
)
def test_what_does_not_look_as_it_should_is_absent(project: Path, spoil: Callable[[Path], None]) -> None:
    assert checked_before.still_right(project) is not None
    spoil(kept(project))
    assert checked_before.still_right(project) is None


def test_a_cache_inside_the_project_is_not_believed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = kept(project)
    monkeypatch.setenv("XDG_CACHE_HOME", str(project / ".cache"))
    inside = project / ".cache" / cache.FOLDER
    inside.mkdir(parents=True, mode=0o700)
    shutil.copy(path, inside / path.name)
    assert checked_before.place(project) is None
    assert checked_before.still_right(project) is None


def test_it_is_small_and_ours_alone(project: Path) -> None:
    path = kept(project)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_size < 20_000
    for number in range(30):
        old = path.with_name(f"{number}.json")
        old.write_text("{}", encoding="utf-8")
        os.utime(old, (number, number))
    edit(project / "data/trusts/luton/2009.yml", "  narrative: >-\n", "  narrative: >-\n    One word more.\n")
    assert checked_before.still_right(project) is not None
    assert len([*path.parent.iterdir()]) == checked_before.MOST_PROJECTS
    assert path.is_file()


@pytest.mark.usefixtures("project")
def test_no_place_to_keep_it_is_no_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert cli.run(["check"]) == 0


@pytest.mark.slow
def test_the_program_and_what_it_stands_on_are_part_of_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "macros", tmp_path / "macros", ignore=shutil.ignore_patterns("__pycache__"))

    def program(**more: str) -> str:
        code = "from macros.reading.program_state import program; print(program())"
        return subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, text=True, capture_output=True, check=True,
            env={**os.environ, "PYTHONPATH": str(tmp_path), **more},
        ).stdout  # fmt: skip

    first = program()
    assert program() == first
    assert program(SOURCE_DATE_EPOCH="1") != first
    for name in ("reading/rules/names.py", "views/templates/trust.html"):
        path = tmp_path / "macros" / name
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        assert program() not in (first, "")
        first = program()
