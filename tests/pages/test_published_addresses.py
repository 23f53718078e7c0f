"""Addresses that were published lead somewhere for ever: a list that only grows, and a page for each that moved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import small_project
from bs4 import BeautifulSoup
from frame import FRAME

from macros import cli
from macros.model import addresses
from macros.model.dates import When
from macros.model.finding import MovedAddress
from macros.model.profile import Profile
from macros.pages import published_addresses
from macros.pages.project import Project
from macros.pages.source_page import read_pages
from macros.publish import build
from macros.reading.guide import Guide
from macros.reading.problem import DataProblems

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path, guide: Guide, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(small_project.make(tmp_path, guide))
    return tmp_path


def move(project: Path, *entries: str) -> None:
    path = project / "data/moved.yml"
    path.write_text("".join(f"- {entry}\n  on: 2027-01-05\n" for entry in entries), encoding="utf-8")


def problems(project: Path) -> list[str]:
    try:
        build.check(Project(project))
    except DataProblems as found:
        return list(map(str, found.problems))
    return []


def test_every_page_is_on_the_list_of_addresses() -> None:
    """If this fails because a page is new: run `guide addresses`. No line is ever taken out."""
    names = [
        name for _, name in published_addresses.listed((ROOT / published_addresses.LIST).read_text(encoding="utf-8"))
    ]
    assert sorted(set(names)) == names
    assert {page.url for page in read_pages(ROOT / "docs")} - {*names} == set()


def test_new_pages_are_added_and_nothing_is_taken_out(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / published_addresses.LIST).write_text("trusts/gone/\n", encoding="utf-8")
    assert cli.run(["addresses"]) == 0
    names = [
        name for _, name in published_addresses.listed((project / published_addresses.LIST).read_text(encoding="utf-8"))
    ]
    assert "trusts/gone/" in names and "trusts/luton/" in names and "" in names
    assert capsys.readouterr().out == f"Added {len(names) - 1} lines to addresses.txt.\n"
    assert cli.run(["addresses"]) == 0
    assert capsys.readouterr().out == "addresses.txt has every address already.\n"


def test_a_new_trust_has_its_address_listed(project: Path) -> None:
    cli.run(["addresses"])
    cli.run(["new", "trust", "Milton Keynes"])
    names = [
        name for _, name in published_addresses.listed((project / published_addresses.LIST).read_text(encoding="utf-8"))
    ]
    assert "trusts/milton-keynes/" in names


def test_an_address_that_is_gone_is_told_with_how_to_mend_it(project: Path) -> None:
    (project / published_addresses.LIST).write_text(
        "# A comment.\n/\ntrusts/luton/\ntrusts/lutton/\n", encoding="utf-8"
    )
    assert problems(project) == [
        "addresses.txt:4:1: found the address “trusts/lutton/”, which was published and holds no page; "
        "expected a page there, or the address in data/moved.yml; put the page back, or add "
        "“address: trusts/lutton/” to data/moved.yml with “to:” the page that took its place "
        "(did you mean “trusts/luton/”?), or “why:” there is none"
    ]
    move(project, "address: trusts/lutton/\n  to: trusts/luton/")
    assert problems(project) == []
    move(project, "address: trusts/lutton/\n  why: It never was.")
    assert problems(project) == []


def test_what_moved_leads_to_a_page_and_holds_none_itself(project: Path) -> None:
    move(project, "address: old/\n  to: trusts/lutton/", "address: trusts/luton/\n  to: trusts/essex/")
    assert problems(project) == [
        "data/moved.yml:2:3: to: found the address “trusts/lutton/”; expected the address of a page; "
        "did you mean “trusts/luton/”?",
        "data/moved.yml:4:3: address: found an address that holds a page; expected addresses without one; "
        "take the entry out",
    ]


@pytest.mark.parametrize("address", ["/trusts/luton/", "trusts/luton", "https://x.example/", "Trusts/", "a/../b/", ""])
def test_an_address_has_one_form(project: Path, address: str) -> None:
    move(project, f'address: "{address}"\n  why: It is gone.')
    (line, *_) = problems(project)
    assert "data/moved.yml:1:" in line


def test_the_page_at_an_old_address(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written after the engine, so whichever that was."""

    def works(*arguments: object) -> None:
        for name in ("index.html", "404.html", "sitemap.xml"):
            text = FRAME.format("new") if name.endswith(".html") else "new"
            (Path(str(arguments[2])) / name).write_text(text, encoding="utf-8")

    monkeypatch.setattr(build, "run_engine", works)
    move(project, "address: trusts/old/\n  to: trusts/luton/", "address: gone/\n  why: It held **nothing** & less.")
    build.build(Project(project), project / "site")

    old = BeautifulSoup((project / "site/trusts/old/index.html").read_text(encoding="utf-8"), "lxml")
    assert old.html and old.html["lang"] == "en-GB"
    assert "Since 5 January 2027 it is at Luton." in " ".join(old.get_text().split())
    assert [link["href"] for link in old.select("main a")] == ["../luton/", "../../"]
    canonical, refresh = old.select_one("link[rel=canonical]"), old.select_one("meta[http-equiv=refresh]")
    assert canonical and canonical["href"] == "https://small.example/guide/trusts/luton/"
    assert refresh and refresh["content"] == "0; url=../luton/"
    assert not old.select("script, [style], style")

    gone = BeautifulSoup((project / "site/gone/index.html").read_text(encoding="utf-8"), "lxml")
    words = " ".join(gone.get_text().split())
    assert "This page has gone It was taken out on 5 January 2027. It held nothing & less." in words
    assert not gone.select("link[rel=canonical], meta[http-equiv=refresh]")
    for page in (old, gone):
        assert page.select_one("meta[name=robots][content=noindex]")
        assert len(page.select("h1")) == 1


def test_editors_are_told_where_an_address_leads() -> None:
    on = When("2027-01-05")
    assert published_addresses.told(MovedAddress(address="a/", to="b/", on=on)) == "Its address leads to /b/."
    assert (
        published_addresses.told(MovedAddress(address="a/", why="It is gone.", on=on))
        == "Its address says why: It is gone."
    )


def test_what_the_first_wave_said_has_a_lasting_address_from_the_beginning(guide: Guide) -> None:
    """It leads to the profile until a later wave tells of the Trust: then a page of its own is there."""
    made = published_addresses.first_wave_contents(guide, "https://x.example/guide")
    first = guide.first_wave
    assert {*made} == {f"{addresses.of_wave_profile(one.slug, first.id)}index.html" for one in guide.trusts}
    page = BeautifulSoup(made[f"trusts/luton/{first.id}/index.html"], "html.parser")
    (refresh, canonical) = (page.select_one(one) for one in ("meta[http-equiv=refresh]", "link[rel=canonical]"))
    assert refresh is not None and refresh["content"] == "0; url=../"
    assert canonical is not None and canonical["href"] == "https://x.example/guide/trusts/luton/"
    assert page.h1 is not None and page.h1.get_text() == f"Luton as of {first.date.text}"
    told = Profile.model_construct(trust="luton", wave="2027")
    later = published_addresses.first_wave_contents(replace(guide, profiles=(told,)), "https://x.example/guide")
    assert {*made} - {*later} == {f"trusts/luton/{first.id}/index.html"}
