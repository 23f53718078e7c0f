"""A guide to a made-up region in a real browser: axe finds nothing, and search finds its own words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import made_up_region
import pytest
import shipped
from axe import Axe
from kinds import NARROW
from once import made_once
from playwright.sync_api import Page, expect

from macros.pages.project import Project
from macros.publish.build import build
from macros.reading.guide import Guide

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KINDS = (
    "",
    "about/",
    "data/",
    "edit/",
    "evidence/",
    "evidence/figures/",
    "evidence/sources/",
    "fair-funding/f1/",
    "good-engagement/",
    "good-engagement/needs/",
    "recommendations/a1/",
    "standards/na-1/",
    "timetable/",
    "trusts/",
    "trusts/alder-vale/",
    "trusts/birch-haven/2024/",
    "trusts/compare/all/",
    "trusts/gaps/",
)
UNFOLD = "document.querySelectorAll('main details').forEach(one => { one.open = true })"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, guide: Guide) -> Path:
    return made_once(tmp_path_factory, "made-up-region", lambda folder: made_up_region.make(folder, guide))


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Iterator[str]:
    """The address of the made-up region’s site."""
    site = made_once(tmp_path_factory, "made-up-region-site", lambda target: build(Project(project), target))
    with shipped.serving(site, "/") as address:
        yield address


def test_axe_finds_nothing(page: Page, axe: Axe, region: str) -> None:
    """One page of each kind: light on a wide screen, dark on a narrow one."""
    found = {}
    for url in KINDS:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(region + url)
        page.evaluate(UNFOLD)
        found[f"{url}, light"] = axe(page)
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        found[f"{url}, dark"] = axe(page)
    assert {where: faults for where, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("words", "title"), [("birchley", "Birch Haven"), ("third sector", "Glossary"), ("alder vale", "Alder Vale")]
)
def test_search_finds_its_own_words(page: Page, region: str, words: str, title: str) -> None:
    page.goto(region + "search/")
    page.get_by_role("searchbox").first.fill(words)
    expect(page.locator(".ce-found").filter(has_text=title).first).to_be_visible()


def test_a_place_leads_to_its_trust(page: Page, region: str) -> None:
    page.goto(region + "trusts/")
    page.get_by_role("combobox", name="Type a town").fill("Birchley")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page).to_have_url(region + "trusts/birch-haven/")
