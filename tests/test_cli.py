"""The command `guide`: exit codes, messages, and what `guide new` makes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import small_project
import yaml
from yamllint import linter
from yamllint.config import YamlLintConfig

from macros import cli
from macros.commands import progress
from macros.model.trust import AREA_FIELDS, Trust
from macros.pages.project import Project
from macros.publish.build import check
from macros.publish.ownership import MARK
from macros.reading.guide import Guide, load


@pytest.fixture
def project(tmp_path: Path, guide: Guide, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(small_project.make(tmp_path, guide))
    return tmp_path


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a busy machine take its time without a progress line."""
    monkeypatch.setattr(progress, "PATIENCE", 3600)


def append(path: Path, text: str) -> int:
    """Append to a file and return the number of the first line that is new."""
    old = path.read_text(encoding="utf-8")
    path.write_text(old + text, encoding="utf-8")
    return old.count("\n") + 1


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and "macros" not in path.parts}


# --- check --------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("project")
def test_good_data_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check"]) == 0
    assert re.fullmatch(
        r"No problems in \d+ Trusts, \d+ recommendations, \d+ terms and [\d,]+ statements\.\n", capsys.readouterr().out
    )


def test_every_problem_is_one_line_in_the_order_of_files(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    places, essex = project / "data/places.csv", project / "data/trusts/essex/2009.yml"
    first = append(places, "Atlantis,vilage,luton,,,ours,,,\nUtopia,town,lutton,,,ours,,,\n")
    awards = append(essex, "awardz: []\n")
    (project / "data/principles.yml").unlink()
    assert cli.run(["check"]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[-1] == f"{len(out) - 1} problems in {len({line.split(':')[0] for line in out[:-1]})} files."
    assert out[:-1] == sorted(out[:-1], key=lambda line: (line.split(":")[0], *map(int, line.split(":")[1:3])))
    assert (
        f"data/places.csv:{first}:10: kind: found “vilage”; expected one of the fixed words “county”, “district”, "
        "“unitary”, “town”, “city”, “postcode”; write one of “county”, “district”, “unitary”, “town”, “city” or "
        "“postcode”"
    ) in out
    assert (
        f"data/places.csv:{first + 1}:13: trust: found the Trust “lutton”; "
        "expected a Trust that has a file in data/trusts; did you mean “luton”?"
    ) in out
    assert (
        f"data/trusts/essex/2009.yml:{awards}:1: awardz: found the field “awardz”, which is not known here; "
        f"expected fields from {', '.join(Trust.model_fields)}; did you mean “awards”?"
    ) in out
    assert (
        "data/principles.yml:1:1: found no such file; expected the file data/principles.yml; "
        "put it back, from git or from another copy"
    ) in out


def test_pages_are_checked_too(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = append(project / "docs/index.md", 'Here: {{ trust_profil("luton") }}\n')
    (project / "docs/trusts/essex.md").unlink()
    assert cli.run(["check"]) == 1
    out = capsys.readouterr().out.splitlines()
    assert [line.split(": found")[0] for line in out[:-1]] == [f"docs/index.md:{line}:10", "docs/trusts/essex.md:1:1"]
    assert out[-1] == "2 problems in 2 files."


def test_marks_for_a_pull_request(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = append(project / "data/places.csv", "Utopia 100%,town,lutton,,,ours,,,\n")
    assert cli.run(["check", "--format", "github"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"::error file=data/places.csv,line={line},col=18,title=trust::Found the Trust “lutton”.%0A"
        "Expected a Trust that has a file in data/trusts.%0ADid you mean “luton”?",
        "1 problem in 1 file.",
    ]


def test_problems_as_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    line = append(project / "data/places.csv", "Utopia,town,lutton,,,ours,,,\n")
    assert cli.run(["check", "--format", "json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)
    assert problem == {
        "file": "data/places.csv", "line": line, "column": 13, "field": "trust", "found": "the Trust “lutton”",
        "expected": "a Trust that has a file in data/trusts", "mend": "did you mean “luton”?",
        "help": "https://small.example/guide/data/dictionary/#places-trust",
    }  # fmt: skip


def test_one_file_is_told_of_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    append(project / "data/places.csv", "Utopia,town,lutton,,,ours,,,\n")
    line = append(project / "data/trusts/essex/2009.yml", "awardz: []\n")
    assert cli.run(["check", "data/trusts/essex/2009.yml"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith(f"data/trusts/essex/2009.yml:{line}:1: awardz: found ")
    assert out.endswith("\n1 problem in 1 file.\n")
    assert err == "1 problem in other files: “guide check” alone shows them.\n"
    assert cli.run(["check", "data/trusts/luton/2009.yml"]) == 0
    assert capsys.readouterr().out == "No problems in data/trusts/luton/2009.yml.\n"


def test_one_file_is_checked_against_the_others(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = append(project / "data/places.csv", "Utopia,town,lutton,,,ours,,,\n")
    assert cli.run(["check", str(project / "data/places.csv")]) == 1
    assert capsys.readouterr().out.startswith(f"data/places.csv:{line}:13: trust: found the Trust “lutton”; ")


def test_pages_are_looked_at_though_the_data_are_wrong(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    awards = append(project / "data/trusts/essex/2009.yml", "awardz: []\n")
    page = project / "docs/index.md"
    line = append(page, "\n{{ trst() }}\n{{ trust_profile('atlantis') }}\n\n<blink>x</blink>\n")
    assert cli.run(["check"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert [one.partition(": ")[0] for one in told[:-1]] == [
        f"data/trusts/essex/2009.yml:{awards}:1",
        f"docs/index.md:{line + 1}:4",
        f"docs/index.md:{line + 4}:1",
    ]
    assert "found the macro “trst”" in told[1]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("mkdocs.yml", "guide: mkdocs.yml is not in data/ or docs/: name a file that is\n"),
        ("data/trusts/rutland.yml", "guide: there is no file data/trusts/rutland.yml\n"),
    ],
)
def test_a_file_that_cannot_be_checked_is_refused(file: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", file]) == 2
    assert capsys.readouterr().err == said


def test_schemas_are_brought_up_to_date(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["schema"]) == 0
    made = sorted((project / ".schema").iterdir())
    assert capsys.readouterr().out == f"Wrote {len(made)} schemas.\n"
    assert cli.run(["schema"]) == 0
    assert capsys.readouterr().out == "The schemas are up to date.\n"
    assert cli.run(["check"]) == 0


def test_fix_mends_layout_first_and_says_what_it_mended(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    luton = project / "data/trusts/luton/trust.yml"
    before = luton.read_text(encoding="utf-8")
    luton.write_text(before.replace("name: Luton\n", "name:   'Luton' \n", 1), encoding="utf-8")
    assert cli.run(["check", "--fix"]) == 0
    assert capsys.readouterr().out.splitlines()[:-1] == [
        "data/trusts/luton/trust.yml:3: took out needless quotation marks",
        "data/trusts/luton/trust.yml:3: took out spaces at the end of the line",
        "data/trusts/luton/trust.yml:3: took out spaces that line nothing up",
        "Mended 3 places in 1 file. Nothing says anything else.",
    ]
    assert luton.read_text(encoding="utf-8") == before
    assert cli.run(["check", "--fix"]) == 0
    assert capsys.readouterr().out.startswith("There was nothing to mend.\n")


def test_fix_says_what_it_cannot_mend(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "data/trusts/luton/2009.yml").write_text("name:  x: y \n", encoding="utf-8")
    assert cli.run(["check", "--fix", "--format", "json"]) == 1
    out, err = capsys.readouterr()
    assert [one["file"] for one in json.loads(out)][:1] == ["data/trusts/luton/2009.yml"]
    assert err == "There was nothing to mend.\n"
    assert (project / "data/trusts/luton/2009.yml").read_text(encoding="utf-8") == "name:  x: y \n"


NASTY: dict[str, Callable[[Path], object]] = {
    "nothing": lambda path: path.write_bytes(b""),
    "not text": lambda path: path.write_bytes(bytes(range(256))),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "a broken link": lambda path: (path.unlink(), path.symlink_to("nowhere")),
    "only a number": lambda path: path.write_text("12"),
    "no keys but a list": lambda path: path.write_text("- a\n- b: {c: [d]}\n"),
    "half a surrogate": lambda path: path.write_text('name: "\\ud800"\n'),
    "a bell": lambda path: path.write_text('name: "\\a\\0"\n'),
    "too deep": lambda path: path.write_text("[" * 5000),
    "an alias of itself": lambda path: path.write_text("name: &a [*a]\n"),
    "keys that are lists": lambda path: path.write_text("? [a, b]\n: c\n"),
    "a tag of Python": lambda path: path.write_text("name: !!python/object/apply:os.getcwd []\n"),
    "two documents": lambda path: path.write_text("name: a\n---\nname: b\n"),
    "a huge number": lambda path: path.write_text("tile: {column: " + "9" * 5000 + ", row: .nan}\n"),
    "dates and booleans": lambda path: path.write_text("name: 2009-04-01\nlife: yes\nbasis: ~\n1: 2\nnull: 3\n"),
}


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("file", ["data/trusts/luton/2009.yml", "data/glossary.yml", "data/places.csv"])
def test_no_content_gives_a_traceback(project: Path, capfd: pytest.CaptureFixture[str], nasty: str, file: str) -> None:
    NASTY[nasty](project / file)
    assert cli.run(["check"]) in {0, 1}
    out, err = capfd.readouterr()
    assert not err
    for line in out.splitlines()[:-1]:
        assert re.match(r"(data|docs)/[^:]+:[1-9]\d*:[1-9]\d*: ", line), line


@pytest.mark.usefixtures("project")
def test_check_does_not_load_an_engine() -> None:
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "macros", "check"], capture_output=True, text=True, check=True
    )
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in run.stderr.splitlines()}
    assert not loaded & {"mkdocs", "zensical"}
    assert run.stdout.startswith("No problems in ")


def test_what_a_terminal_cannot_show_is_no_traceback(project: Path) -> None:
    (project / "data/trusts/luton/2009.yml").write_text('näme: "\\ud800"\n', encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "macros", "check"],
        capture_output=True,
        text=True,
        env={"PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert run.stdout.endswith(" problem in 1 file.\n")


@pytest.mark.usefixtures("project")
def test_what_takes_long_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0)
    cli.run(["check"])
    assert capsys.readouterr().err == "Checking data and pages…\n"


# --- the command itself -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["check"],
        ["build"],
        ["pdf"],
        ["offline"],
        ["export"],
        ["apply"],
        ["edit"],
        ["forms"],
        ["due"],
        ["schema"],
        ["changes"],
        ["addresses"],
        ["links"],
        ["new"],
        ["new", "trust"],
    ],
)
def test_each_command_explains_itself(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.run([*command, "--help"])
    assert stop.value.code == 0
    out = capsys.readouterr().out
    assert f"examples:\n  guide {' '.join(command)}".rstrip() in out


@pytest.mark.parametrize("command", [[], ["chekc"], ["export"], ["new", "trust"], ["build", "--engine", "hugo"]])
def test_misuse(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.run(command)
    assert stop.value.code == 2
    assert "usage: guide" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("chekc", "guide: there is no command “chekc”: did you mean “check”?"),
        ("check --fxi", "guide check: there is no option “--fxi”: did you mean “--fix”?"),
        (
            "build --engine zensicl",
            "guide build: --engine: “zensicl” is none of mkdocs, zensical: did you mean “zensical”?",
        ),
        ("due --on soon", "guide due: --on: “soon” is no day: write it like 2027-12-01"),
        ("export", "guide export: DIR is missing: where the files go; made if it is not there"),
        ("survey import 2027 x --invited few", "--invited: “few” is no whole number: write it in figures, such as 40"),
    ],
)
def test_what_was_typed_wrong_is_told_with_how_to_mend_it(
    command: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.run(command.split())
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "--help” explains it)" in err


def test_it_works_in_folders_of_the_project_and_says_so_elsewhere(
    project: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(project / "data/trusts")
    assert cli.run(["check"]) == 0
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)
    assert cli.run(["check"]) == 2
    assert capsys.readouterr().err == (
        f"guide: there is no guide in {elsewhere}: go to the folder that holds mkdocs.yml and data, and try again\n"
    )


# --- export -------------------------------------------------------------------------------------------------------


def test_export(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["export", "out/data"]) == 0
    written = [path for path in (project / "out/data").rglob("*") if path.is_file() and path.name != MARK]
    assert capsys.readouterr().out == f"Wrote {len(written)} files into out/data.\n"
    assert "https://small.example/guide/trusts/luton/" in (project / "out/data/trusts/luton.json").read_text()


def test_export_of_bad_data_writes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    append(project / "data/places.csv", "Utopia,town,lutton,,,ours,,,\n")
    assert cli.run(["export", "out"]) == 1
    assert capsys.readouterr().out.startswith("data/places.csv:")
    assert not (project / "out").exists()


@pytest.mark.usefixtures("project")
def test_export_does_not_write_over_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["export", "mkdocs.yml"]) == 2
    assert capsys.readouterr().err == "guide: mkdocs.yml is a file: name a folder\n"


# --- new trust ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Milton Keynes", "milton-keynes"), ("St Neot’s: Ångström & co", "st-neots-angstrom-co"), ("Yes", "yes")],
)
def test_a_new_trust_lacks_nothing_but_what_is_to_be_written(
    project: Path, capsys: pytest.CaptureFixture[str], name: str, slug: str
) -> None:
    """It may be looked at and filled in at once, but `guide check`, which pages tell people to run, refuses it."""
    assert cli.run(["new", "trust", name]) == 0
    out = capsys.readouterr().out
    folder = f"data/trusts/{slug}"
    made = f"{folder}/trust.yml, {folder}/2009.yml, docs/trusts/{slug}.md and a row in data/places.csv"
    assert out.startswith(f"Made {made}.\n")
    check(Project(project))
    assert cli.run(["check"]) == 1
    *left, _ = capsys.readouterr().out.splitlines()
    assert left
    assert all(line.startswith(f"{folder}/") and "found “To be written.”" in line for line in left)
    assert yaml.safe_load((project / folder / "trust.yml").read_text(encoding="utf-8"))["name"] == name
    assert "involvement: not mentioned" in (project / folder / "2009.yml").read_text(encoding="utf-8")
    assert f'{{{{ trust_profile("{slug}") }}}}' in (project / f"docs/trusts/{slug}.md").read_text(encoding="utf-8")


def test_a_new_trust_is_not_published_before_it_is_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["new", "trust", "Milton Keynes"])
    folder = project / "data/trusts/milton-keynes"
    left = [
        (f"data/trusts/milton-keynes/{name}", str(number))
        for name in ("2009.yml", "trust.yml")
        for number, line in enumerate((folder / name).read_text(encoding="utf-8").splitlines(), 1)
        if line.endswith(": To be written.")
    ]
    capsys.readouterr()
    assert cli.run(["build"]) == 1
    assert not (project / "site").exists()
    out = capsys.readouterr().out.splitlines()
    told = [line for line in out if line.startswith("data/trusts/milton-keynes/")]
    assert [tuple(line.split(":")[:2]) for line in told] == left
    assert told[-1].endswith(
        ": authority: found “To be written.”; expected what the source says; "
        "write it; if the source is silent, take the field out, or say so"
    )


def test_a_new_profile_explains_every_field(project: Path) -> None:
    cli.run(["new", "trust", "Milton Keynes"])
    folder = project / "data/trusts/milton-keynes"
    area, profile = (
        " ".join((folder / name).read_text(encoding="utf-8").replace("## ", "").split())
        for name in ("trust.yml", "2009.yml")
    )
    for name, field in Trust.model_fields.items():
        if name not in {"slug", "source"}:
            assert field.description in (area if name in AREA_FIELDS else profile)


def test_a_new_profile_can_be_filled_in_by_taking_the_marks_away(project: Path) -> None:
    cli.run(["new", "trust", "Milton Keynes"])
    for path in sorted((project / "data/trusts/milton-keynes").iterdir()):
        text = re.sub(r"(?m)^( *)# (?!yaml-language-server)", r"\1", path.read_text(encoding="utf-8"))
        text = re.sub(r"(?m)^ *[a-z_]+: \[\]\n", "", text)  # “in place of the line above”
        for example, fitting in (
            ("column: 0", "column: 9"),
            ("reporting: not reported", "reporting: reported"),
            ("ended:", "# ended:"),
            ("as_of:", "# as_of:"),
        ):
            text = text.replace(example, fitting)
        path.write_text(text, encoding="utf-8")
        assert not list(linter.run(text, YamlLintConfig(file=str(small_project.ROOT / ".yamllint.yml"))))
    trust = load(project / "data").trust("milton-keynes")
    assert trust.awards and trust.gaps and trust.tile and trust.governance.bodies[0].seats == 2


def test_a_new_trust_never_writes_over_anything(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(project)
    assert cli.run(["new", "trust", "Luton"]) == 2
    assert capsys.readouterr().err == (
        "guide: data/trusts/luton/trust.yml exists already: choose another name, or edit that file\n"
    )
    (project / "docs/trusts/gaps.md").write_text("mine")
    assert cli.run(["new", "trust", "Gaps"]) == 2
    assert (project / "docs/trusts/gaps.md").read_text() == "mine"
    (project / "docs/trusts/gaps.md").unlink()
    assert files(project) == before


@pytest.mark.parametrize("name", ["", "…", "{{ x }}", "a <b>c</b>", "x" * 300, "two\u200bwords"])
def test_names_that_will_not_do(project: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    before = files(project)
    assert cli.run(["new", "trust", name]) == 2
    assert capsys.readouterr().err.startswith("guide: ")
    assert files(project) == before
