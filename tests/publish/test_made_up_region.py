"""A made-up region with the same program: its own words for its report, two waves, and nothing of another guide."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import made_up_region
import pytest
from bs4 import BeautifulSoup
from once import made_once

from macros import cli
from macros.pages.project import Project
from macros.publish.build import build
from macros.reading.guide import Guide

OF_ANOTHER_GUIDE = re.compile(r"2009|East of England|Children Matter|Clear Expectations|Gershon", re.IGNORECASE)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, guide: Guide) -> Path:
    return made_once(tmp_path_factory, "made-up-region", lambda folder: made_up_region.make(folder, guide))


@pytest.fixture(scope="module", params=["mkdocs", pytest.param("zensical", marks=pytest.mark.slow)])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    target: Path = tmp_path_factory.mktemp("site") / "site"
    build(Project(project), target, request.param)
    return target


def pages(site: Path) -> Iterator[tuple[str, str]]:
    """Yield the address and the words of each page."""
    for path in site.rglob("*.html"):
        yield path.relative_to(site).as_posix(), words_in(path)


def words_in(path: Path) -> str:
    return " ".join(BeautifulSoup(path.read_text(encoding="utf-8"), "lxml").get_text(" ").split())


def words_of(site: Path, page: str) -> str:
    return words_in(site / page / "index.html")


def test_it_passes_the_checks(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert cli.run(["check", "--prose"]) == 0


def test_no_file_of_it_names_another_guide(site: Path) -> None:
    for path in site.rglob("*"):
        if path.suffix in {".html", ".csv", ".ics", ".atom", ".xml", ".txt", ".svg"}:
            found = OF_ANOTHER_GUIDE.search(path.read_text(encoding="utf-8"))
            assert found is None, f"{path.relative_to(site)}: {found}"


def test_its_evidence_is_called_what_it_calls_it(site: Path) -> None:
    for url, words in pages(site):
        # The dictionary and the form explain fields with examples; an example may well be of a report.
        if not url.startswith(("data/dictionary/", "edit/")):
            assert not re.search(r"\b[Tt]he report\b", words), url
    assert "Hatched cells are those where the review says nothing" in words_of(site, "trusts/")
    assert "what has no date is from the review of spring 2019" in words_of(site, "trusts/")
    assert "The guide covers one region only: Westmarch." in words_of(site, "trusts/")


def test_the_latest_stands_first_with_its_date_and_what_changed(site: Path) -> None:
    profile = words_of(site, "trusts/alder-vale/")
    assert "As of March 2024 , from the second round of March 2024" in profile
    assert "The board had three seats for the sector." in profile
    assert "As of March 2024" not in words_of(site, "trusts/cedar-moor/")
    assert "not covered in this wave" in words_of(site, "trusts/birch-haven/2024/").lower()


def test_principles_stand_where_they_are_called(site: Path) -> None:
    assert (site / "fair-funding/f1/index.html").is_file()


def test_its_downloads_hold_its_facts(site: Path) -> None:
    package = json.loads((site / "data/datapackage.json").read_text(encoding="utf-8"))
    assert package["title"] == "Common Ground: Westmarch"
    assert "alder-vale" in (site / "data/trusts.csv").read_text(encoding="utf-8-sig")
    assert [one["trust"] for one in json.loads((site / "data/profiles.json").read_text(encoding="utf-8"))] == [
        "alder-vale",
        "birch-haven",
    ]


def test_search_knows_its_places_and_terms(site: Path) -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in (site / "search").rglob("*.js"))
    for word in ("Birchley", "third sector", "Alder Voices"):
        assert word.lower() in texts.lower(), word


def test_every_way_leads_somewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        address = f"/{path.relative_to(site).as_posix()}".removesuffix("index.html")
        for link in BeautifulSoup(path.read_text(encoding="utf-8"), "lxml").select("[href]"):
            to = urlsplit(urljoin(f"http://site{address}", str(link["href"])))
            if to.hostname == "site":
                target = site / unquote(to.path).strip("/")
                assert target.is_file() or (target / "index.html").is_file(), f"{address}: {link['href']}"
