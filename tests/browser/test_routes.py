"""The ways of the three kinds of readers, clicked in a real browser: how many clicks until they have what they want."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

pytestmark = pytest.mark.browser

NARROW = {"viewport": {"width": 360, "height": 740}}


class Reader:
    """Somebody who begins at the home page and clicks what can be seen; the clicks are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0
        page.goto("")

    def click(self, target: Locator) -> None:
        expect(target).to_have_count(1)
        expect(target).to_be_visible()
        target.click()
        self.clicks += 1

    def click_link(self, name: str) -> None:
        """Click a link of the page itself, not of its menus."""
        self.click(self.page.get_by_role("article").get_by_role("link", name=name, exact=True))


@pytest.mark.parametrize(
    ("stage", "standards"),
    [
        ("Stage 1: Strategy and priorities", ["ST-1", "ST-2", "ST-3", "ST-4"]),
        ("Stage 2: Needs assessment", ["NA-1", "NA-2", "NA-3"]),
        ("Theme B: Learning and communication", ["LC-1", "LC-2", "LC-3", "LC-4"]),
    ],
)
@pytest.mark.parametrize("width", [1280, 360])
def test_a_commissioner_prints_the_list_of_a_stage_in_four_clicks(
    page: Page, stage: str, standards: list[str], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script("window.print = () => { window.printed = (window.printed ?? 0) + 1 }")
    reader = Reader(page)
    reader.click_link("Check what you should do")
    reader.click_link(stage)
    reader.click_link("Print the checklist of this stage")
    reader.click(page.get_by_role("button", name="Print this list"))
    assert reader.clicks == 4
    assert page.evaluate("window.printed") == 1
    page.emulate_media(media="print")
    shown = page.locator(".ce-checklist .ce-standards__id:visible")
    assert shown.all_inner_texts() == standards
    assert page.locator(".ce-checklist input[type=checkbox]:visible").count() >= 2 * len(standards)
    expect(page.get_by_role("button", name="Print this list")).to_be_hidden()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_organisation_learns_who_spoke_for_it_in_two_clicks(
    new_context: Callable[..., BrowserContext], open_page: Callable[[BrowserContext], Page], javascript: bool
) -> None:
    page = open_page(new_context(java_script_enabled=javascript, **NARROW))
    reader = Reader(page)
    reader.click_link("Look up your Trust")
    reader.click(page.get_by_role("article").locator(".ce-trusts").get_by_role("link", name="Luton", exact=True))
    assert reader.clicks == 2
    expect(page).to_have_title("Luton - Clear Expectations")
    answer = page.locator(".ce-glance .ce-facts > div").filter(has_text="Who spoke for the sector")
    expect(answer).to_be_visible()
    expect(answer.locator("dd")).to_contain_text("Luton Assembly")
    # It stands near the top: two screens of a telephone at most.
    assert answer.bounding_box()["y"] < 2 * 740  # type: ignore[index]


def test_an_organisation_that_types_its_town_needs_one_click_more_at_most(
    new_context: Callable[..., BrowserContext], open_page: Callable[[BrowserContext], Page]
) -> None:
    page = open_page(new_context(**NARROW))
    reader = Reader(page)
    reader.click_link("Look up your Trust")
    page.get_by_role("combobox").press_sequentially("Harlow")
    expect(page.get_by_role("option", name="Harlow")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_title("Essex - Clear Expectations")
    expect(page.locator(".ce-glance")).to_contain_text("Who spoke for the sector")


def test_an_editor_is_told_the_file_in_one_click(page: Page) -> None:
    reader = Reader(page)
    reader.click_link("Update a profile")
    assert reader.clicks == 1
    article = page.get_by_role("article")
    expect(article).to_contain_text("data/trusts")
    expect(article).to_contain_text("guide check")
    expect(article.locator("a[href^='mailto:']").first).to_be_visible()


def test_an_editor_who_reads_a_profile_finds_how_to_correct_it(page: Page) -> None:
    page.goto("trusts/luton/")
    part = page.locator("#correct + .ce-part")
    expect(part.locator("a[href^='mailto:'][href*='Luton']")).to_be_visible()
    part.get_by_role("link", name="how to correct a fact").click()
    expect(page.get_by_role("article")).to_contain_text("data/trusts")


def test_the_foot_of_every_kind_of_page_leads_to_a_correction(page: Page) -> None:
    for url in ("trusts/essex/", "standards/fn-1/", "practice/track-applications/", "survey/", "glossary/"):
        page.goto(url)
        page.get_by_role("link", name="Suggest a change to this page").click()
        expect(page.get_by_role("article")).to_contain_text("data/trusts")
