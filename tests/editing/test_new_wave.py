"""New evidence, from the command that begins it to the words in which a change of the files is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import second_wave
from scratch import ROOT, Scratch
from yamllint import linter
from yamllint.config import YamlLintConfig

from macros import cli
from macros.history.timeline import read_history
from macros.pages import site_checks
from macros.pages.site import Site
from macros.reading import project_files
from macros.reading.guide import load

TITLE = "Desk research of autumn 2026"
BEGIN = ("new", "wave", "2026", "--title", TITLE, "--date", "autumn 2026")


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    scratch = Scratch(tmp_path / "scratch")
    monkeypatch.chdir(scratch.root)
    return scratch


def written(root: Path) -> None:
    """Write what is left to write, as an editor does."""
    for name in ("data/sources.yml", "data/waves/2026.yml", *_profiles(root)):
        path = root / name
        text = path.read_text(encoding="utf-8").replace("To be written.", "We read what the council had published.")
        text = text.replace("publisher: We read what the council had published.", "publisher: The council")
        path.write_text(text, encoding="utf-8")


def _profiles(root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in (root / "data/trusts").glob("*/*.yml")]


def files(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def test_a_wave_lacks_nothing_but_what_is_to_be_written(scratch: Scratch, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([*BEGIN]) == 0
    assert cli.run(["new", "profile", "luton", "2026", "--parts", "governance, investment"]) == 0
    told = capsys.readouterr().out
    assert "Made data/waves/2026.yml, and a document “desk-research-of-autumn-2026” in data/sources.yml." in told
    assert cli.run(["check"]) == 1
    *left, _ = capsys.readouterr().out.splitlines()
    assert {line.split(":")[0] for line in left} == {
        "data/sources.yml",
        "data/waves/2026.yml",
        "data/trusts/luton/2026.yml",
    }
    assert all("found “To be written.”" in line for line in left)
    written(scratch.root)
    assert cli.run(["check"]) == 0
    guide = load(scratch.root / "data")
    wave = guide.wave("2026")
    assert (wave.title, wave.called, wave.again) == (TITLE, "the desk research of autumn 2026", "the desk research")
    assert [one.parts for one in guide.profiles_of("luton")] == [("governance", "investment")]
    assert not [*site_checks.problems(Site(guide, scratch.root / "docs"))]


def test_the_new_files_are_laid_out_as_all_files_are(scratch: Scratch) -> None:
    cli.run([*BEGIN])
    cli.run(["new", "profile", "luton", "2026"])
    layout = YamlLintConfig(file=str(ROOT / ".yamllint.yml"))
    for name in ("data/sources.yml", "data/waves/2026.yml", "data/trusts/luton/2026.yml"):
        assert not [*linter.run((scratch.root / name).read_text(encoding="utf-8"), layout)], name


def test_a_whole_profile_can_be_filled_in_by_taking_the_marks_away(scratch: Scratch) -> None:
    cli.run([*BEGIN])
    cli.run(["new", "profile", "luton", "2026"])
    path = scratch.root / "data/trusts/luton/2026.yml"
    text = re.sub(r"(?m)^( *)# (?!yaml-language-server)", r"\1", path.read_text(encoding="utf-8"))
    text = re.sub(r"(?m)^ *[a-z_]+: \[\]\n", "", text).replace("reporting: not reported", "reporting: reported")
    path.write_text(text, encoding="utf-8")
    (profile,) = load(scratch.root / "data").profiles_of("luton")
    assert profile.awards
    assert profile.governance is not None
    assert profile.governance.bodies[0].seats == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("profile", "lutn", "2026"), "there is no Trust “lutn”: did you mean “luton”?"),
        (("profile", "luton", "2027"), "no file describes the wave “2027”: run “guide new wave 2027” first"),
        (("profile", "luton", "2026", "--parts", "needs,mony"), "there is no part “mony”"),
        (("profile", "luton", "2009"), "no file describes the wave “2009”"),
        (("wave", "2026", "--title", "Again"), "the wave “2026” is there already"),
        (("wave", "2009", "--title", "Again"), "the wave “2009” is there already"),
        (("wave", "Spring 2027", "--title", "Again"), "“Spring 2027” will not do as a name in addresses"),
        (("wave", "2027", "--title", TITLE), "the document “desk-research-of-autumn-2026” is there already"),
        (("wave", "2027", "--title", "{{ x }}"), "“{{ x }}” will not do"),
        (("wave", "2027", "--title", "Again", "--date", "soon"), "“soon” is no date that the guide can read"),
    ],
)
def test_what_cannot_be_made_says_why_and_writes_nothing(
    scratch: Scratch, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], said: str
) -> None:
    cli.run([*BEGIN])
    before = files(scratch.root)
    assert cli.run(["new", *asked]) == 2
    assert said in capsys.readouterr().err
    assert files(scratch.root) == before


def test_a_profile_is_never_written_over(scratch: Scratch, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run([*BEGIN])
    cli.run(["new", "profile", "luton", "2026", "--parts", "needs"])
    before = files(scratch.root)
    assert cli.run(["new", "profile", "luton", "2026"]) == 2
    assert "data/trusts/luton/2026.yml exists already" in capsys.readouterr().err
    assert files(scratch.root) == before


def test_new_evidence_is_told_apart_from_a_correction(scratch: Scratch, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run([*BEGIN])
    cli.run(["new", "profile", "luton", "2026", "--parts", "governance,investment"])
    written(scratch.root)
    capsys.readouterr()
    assert cli.run(["changes", "main"]) == 0
    told = capsys.readouterr().out
    assert (
        "**Luton** (new evidence of autumn 2026 on governance and investment, `data/trusts/luton/2026.yml`): new."
    ) in told
    assert "Trust profile, `data/trusts/luton/2009.yml`" not in told
    assert "**Luton as of autumn 2026** (`/trusts/luton/2026/`): a new page." in told


def test_a_new_name_and_new_councils_are_told_as_such(scratch: Scratch, capsys: pytest.CaptureFixture[str]) -> None:
    """The address stays, so the profile is not told as another one."""
    second_wave.write_wave_pages(scratch.root, second_wave.lay_over(scratch.root / "data"))
    capsys.readouterr()
    cli.run(["changes", "main"])
    told = capsys.readouterr().out
    assert (
        "**Cambridgeshire** (new evidence of spring 2018 on training, renamed from “Cambridgeshire Children and Young "
        "People’s Strategic Partnership” to “Cambridgeshire Families Partnership”, "
        "`data/trusts/cambridgeshire/2018.yml`): new."
    ) in told
    assert (
        "**Bedfordshire** (new evidence of spring 2018 on governance, taken over by Bedford Borough Council and "
        "Central Bedfordshire Council, `data/trusts/bedfordshire/2018.yml`): new."
    ) in told
    assert "data/trusts/cambridgeshire/2009.yml" not in told
    (scratch.root / "data/waves/2019.yml").write_text(
        (scratch.root / "data/waves/2018.yml").read_text(encoding="utf-8").replace("spring 2018", "spring 2019"),
        encoding="utf-8",
    )
    again = scratch.root / "data/trusts/cambridgeshire/2019.yml"
    again.write_text("source: second-look\nbasis: We read it.\npartnership: A Third Name\n", encoding="utf-8")
    capsys.readouterr()
    cli.run(["changes", "main"])
    assert "renamed from “Cambridgeshire Families Partnership” to “A Third Name”" in capsys.readouterr().out


def test_a_change_of_a_later_profile_is_told_as_one_of_that_wave(
    scratch: Scratch, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.run([*BEGIN])
    cli.run(["new", "profile", "luton", "2026", "--parts", "needs"])
    written(scratch.root)
    scratch.commit("2026-11-28")
    scratch.change("data/trusts/luton/2026.yml", "involvement: not mentioned", "involvement: involved")
    capsys.readouterr()
    assert cli.run(["changes", "HEAD"]) == 0
    told = capsys.readouterr().out
    assert "was “not mentioned”, now “involved”" in told.replace("**", "")
    assert "`data/trusts/luton/2026.yml`" in told


def test_what_changed_in_a_later_profile_is_told_on_the_page_of_its_trust(scratch: Scratch) -> None:
    cli.run([*BEGIN])
    cli.run(["new", "profile", "luton", "2026", "--parts", "needs"])
    written(scratch.root)
    scratch.commit("2026-11-28")
    guide = load(scratch.root / "data")
    history = read_history(scratch.root, guide)
    (told,) = history.of("trusts/luton")
    assert (told.page, told.kind) == ("trusts/luton/2026/", "new evidence of 2026 on needs")
    assert history.of("trusts/essex") == ()


def test_a_command_that_is_killed_between_two_files_can_be_run_again(
    scratch: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = project_files._put

    class Killed(BaseException):
        """Ends a command as a signal does: nothing is put back."""

    for command in (("new", "trust", "Milton Keynes"), BEGIN, ("new", "profile", "luton", "2026")):
        old = files(scratch.root)
        assert cli.run([*command]) == 0
        new = files(scratch.root)
        written = sum(old.get(name) != content for name, content in new.items())
        assert written > 1
        for number in range(1, written):
            for name in new.keys() | old.keys():
                path = scratch.root / name
                path.write_bytes(old[name]) if name in old else path.unlink(missing_ok=True)
            left = iter(range(number))

            def put_some(*told: Any, left: Iterator[int] = left) -> None:
                if next(left, None) is None:
                    raise Killed
                put(*told)

            with monkeypatch.context() as patched, pytest.raises(Killed):
                patched.setattr(project_files, "_put", put_some)
                cli.run([*command])
            assert cli.run([*command]) == 0, number
            assert files(scratch.root) == new, number
