"""Two files never are one address: the second is refused, by name, before one of them is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
import small_project
from small_project import write_page

from macros import cli
from macros.pages import same_address
from macros.reading.guide import Guide


@pytest.fixture
def project(tmp_path: Path, guide: Guide, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(small_project.make(tmp_path, guide))
    return tmp_path


def test_two_pages_at_one_address(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_page(project, "about/contact", "Contact", "Write to us.")
    write_page(project, "about/contact/index", "Contact us", "Write to us, please.")
    assert cli.run(["check"]) == 1
    assert (
        "docs/about/contact.md:1:1: found a second file for the address “/about/contact/”, which "
        "docs/about/contact/index.md has; expected one file for each address; rename one of the two, or put what "
        "they say into one file and delete the other"
    ) in capsys.readouterr().out


def test_it_is_told_though_the_data_are_wrong(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_page(project, "about/contact", "Contact", "Write to us.")
    write_page(project, "about/contact/index", "Contact us", "Write to us, please.")
    (project / "data/places.csv").unlink()
    assert cli.run(["check"]) == 1
    assert "a second file for the address “/about/contact/”" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("one", "other"), [("about/contact.md", "about/Contact.md"), ("assets/images/a.png", "assets/images/A.png")]
)
def test_names_that_differ_in_capital_letters_only(project: Path, one: str, other: str) -> None:
    for name in (one, other):
        (project / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "docs" / name).write_bytes(b"")
    told = [*same_address.check(project / "docs")]
    assert [(problem.file, "a second file" in problem.found) for problem in told] == [(f"docs/{one}", True)]


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("assets/javascripts/offline.js", "a script of the offline edition"),
        ("assets/javascripts/lunr/words.js", "what a build takes out"),
    ],
)
def test_what_a_build_writes_or_takes_out(project: Path, name: str, by: str) -> None:
    (project / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
    (project / "docs" / name).write_bytes(b"")
    assert [problem.found for problem in same_address.check(project / "docs")] == [
        f"a file at the address “/{name}”, which is that of {by}"
    ]


@pytest.mark.parametrize(
    "name",
    ["robots.txt", "sitemap.xml", "_headers", "data/trusts.csv", "papers/guide.pdf", "search/index.js"],
)
def test_what_the_theme_brings(project: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check"]) == 0  # what was found right before is not asked for it
    (project / "theme" / name).parent.mkdir(parents=True, exist_ok=True)
    (project / "theme" / name).write_bytes(b"")
    assert cli.run(["check"]) == 1
    assert f"theme/{name}:1:1: found a file at the address “/{name}”" in capsys.readouterr().out


def test_the_theme_beside_the_pages(project: Path) -> None:
    for folder in ("theme", "docs"):
        (project / folder / "assets").mkdir(parents=True)
        (project / folder / "assets/logo.svg").write_text("<svg/>", encoding="utf-8")
    told = [*same_address.check_theme(project / "theme", project / "docs")]
    assert [one.found for one in told] == [
        "a file at the address “/assets/logo.svg”, which is that of docs/assets/logo.svg"
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Compare", "docs/trusts/compare/index.md"),
        ("Gaps", "docs/trusts/gaps.md exists already"),
        ("A Z", "kept for the pages of letters"),
        ("Old Name", "an old one in data/moved.yml"),
    ],
)
def test_a_new_trust_takes_no_address(project: Path, name: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    write_page(project, "trusts/compare/index", "Compare", "Side by side.")
    write_page(project, "trusts/gaps", "Gaps", "What is not known.")
    entry = "- address: trusts/old-name/\n  to: trusts/luton/\n  on: 2027-01-05\n"
    (project / "data/moved.yml").write_text(entry, encoding="utf-8")
    before = {path for path in project.rglob("*") if "macros" not in path.parts}
    assert cli.run(["new", "trust", name]) == 2
    assert said in capsys.readouterr().err
    assert {path for path in project.rglob("*") if "macros" not in path.parts} == before
