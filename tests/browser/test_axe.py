"""Accessibility as axe sees it: every page, light and dark, wide and narrow, and the parts that open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe import COLOUR, Axe
from kinds import KINDS, NARROW
from playwright.sync_api import Page, expect

from macros.pages.source_page import read_pages

pytestmark = pytest.mark.browser

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [*sorted(page.url for page in read_pages(DOCS)), "404.html"]
SCHEMES = {"light": "default", "dark": "slate"}
SIZES = {1280: 800, 360: 740}

UNFOLD = "document.querySelectorAll('main details').forEach(one => { one.open = true })"
"""Shows what is folded: axe looks at nothing that is not shown."""


def faults_in_each_state(page: Page, axe: Axe) -> dict[str, list[str]]:
    """Return what axe finds on the page as it is, by scheme and width; only the states with faults.

    The dark scheme changes colours and nothing else, so there only the rules on colours can find more.
    """
    found = {}
    for scheme, name in SCHEMES.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", name)
        for width, height in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            found[f"{scheme}, {width} px"] = axe(page, () if scheme == "light" else COLOUR)
    return {state: faults for state, faults in found.items() if faults}


@pytest.mark.parametrize("url", PAGES, ids=lambda url: f"/{url}")
def test_page(page: Page, axe: Axe, url: str) -> None:
    page.goto(url)
    page.evaluate(UNFOLD)
    assert faults_in_each_state(page, axe) == {}


@pytest.mark.slow
@pytest.mark.parametrize("url", [*KINDS, "404.html"], ids=lambda url: f"/{url}")
def test_page_by_the_other_engine(page: Page, axe: Axe, other_address: str, url: str) -> None:
    """One page of each kind, as Zensical builds it: light on a wide screen, dark on a narrow one."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(other_address + url)
    page.evaluate(UNFOLD)
    assert axe(page) == []
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert axe(page) == []


def search_for(page: Page, words: str, shown: str) -> None:
    page.goto("")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("searchbox", name="Search this guide").fill(words)
    expect(page.locator(shown).first).to_be_visible()


def open_search(page: Page) -> None:
    search_for(page, "", ".ce-search__example")


def search(page: Page) -> None:
    search_for(page, "needs assessment", ".ce-found")


def search_in_vain(page: Page) -> None:
    search_for(page, "xqzzvkw", ".ce-search__nothing")


def find_a_place(page: Page) -> None:
    page.goto("trusts/")
    page.get_by_role("combobox", name="Type a town").press_sequentially("har")
    expect(page.get_by_role("listbox", name="Type a town").get_by_role("option").first).to_be_visible()


def find_no_place(page: Page) -> None:
    page.goto("trusts/")
    page.get_by_role("combobox", name="Type a town").press_sequentially("Atlantis")
    expect(page.locator(".ce-find__status")).to_contain_text("No Trust in this guide")


def open_checks(page: Page) -> None:
    page.goto("self-assessment/")
    for summary in page.locator(".ce-assess__checks > summary").all()[:3]:
        summary.click()


@pytest.mark.parametrize("prepare", [open_search, search, search_in_vain, find_a_place, find_no_place, open_checks])
def test_part_that_opens(page: Page, axe: Axe, prepare: Callable[[Page], None]) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    prepare(page)
    assert faults_in_each_state(page, axe) == {}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("url", ["", "trusts/luton/", "standards/na-1/"])
def test_open_menu(page: Page, axe: Axe, url: str, scheme: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(url)
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("navigation", name="Pages")).to_be_visible()
    assert axe(page) == []


def test_axe_finds_what_is_planted(page: Page, axe: Axe) -> None:
    page.goto("about/")
    page.evaluate("document.querySelector('article').append(document.createElement('button'))")
    for number, colour in enumerate(("#999", "#555")):  # too light for the one scheme, too dark for the other
        page.evaluate(f"document.querySelectorAll('article p')[{number}].style.color = '{colour}'")
    found = faults_in_each_state(page, axe)
    assert len(found) == len(SCHEMES) * len(SIZES)
    for state, faults in found.items():
        rules = {fault.partition(":")[0] for fault in faults}
        assert "color-contrast" in rules
        assert ("button-name" in rules) is state.startswith("light")
