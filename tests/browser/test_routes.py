"""The ways of the three kinds of readers, clicked in a real browser: how many clicks until they have what they want."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

pytestmark = pytest.mark.browser

NARROW = {"viewport": {"width": 360, "height": 740}}

PRINTED = """window.print = () => {
  const { dataset } = document.documentElement;
  dataset.printed = Number(dataset.printed ?? 0) + 1;
}"""
"""Counts on the page how often it was to be printed."""


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
    page.add_init_script(PRINTED)
    printed = page.locator("html")
    reader = Reader(page)
    reader.click_link("Check what you should do")
    reader.click_link(stage)
    reader.click_link("Print the checklist of this stage")
    expect(printed).to_have_attribute("data-printed", "1")
    assert urlsplit(page.url).fragment == "", "loading the page again would print again"
    reader.click(page.get_by_role("button", name="Print this list"))
    assert reader.clicks == 4
    expect(printed).to_have_attribute("data-printed", "2")
    page.emulate_media(media="print")
    shown = page.locator(".ce-checklist .ce-standards__id:visible")
    assert shown.all_inner_texts() == standards
    assert page.locator(".ce-checklist input[type=checkbox]:visible").count() >= 2 * len(standards)
    expect(page.get_by_role("button", name="Print this list")).to_be_hidden()


def test_a_commissioner_who_asks_for_the_quick_self_assessment_gets_it(page: Page) -> None:
    reader = Reader(page)
    reader.click_link("Check what you should do")
    reader.click_link("quick self-assessment")
    expect(page.get_by_label("Quick: the")).to_be_checked()
    assert page.locator("[data-standard]:visible").count() == page.locator("[data-core=core]").count()


@pytest.mark.parametrize("start", ["", "trusts/", "trusts/luton/"])
def test_what_an_organisation_can_ask_for_is_linked_where_it_looks(page: Page, start: str) -> None:
    page.goto(start)
    article = page.get_by_role("article")
    assert article.locator("a[href$='tools/ask/']").count() >= 1
    assert article.locator("a[href$='vcs/']").count() >= 1


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
    expect(answer.locator("dd").first).to_contain_text("Luton Assembly")
    # It stands near the top: two screens of a telephone at most.
    assert answer.bounding_box()["y"] < 2 * 740  # type: ignore[index]


def test_an_organisation_that_types_its_town_needs_one_click_more_at_most(
    new_context: Callable[..., BrowserContext], open_page: Callable[[BrowserContext], Page]
) -> None:
    page = open_page(new_context(**NARROW))
    reader = Reader(page)
    reader.click_link("Look up your Trust")
    page.get_by_role("combobox", name="Type a town").press_sequentially("Harlow")
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
        link = page.get_by_role("link", name="Suggest a change to this page")
        mail = parse_qs(urlsplit(str(link.get_attribute("href"))).query)
        assert mail["subject"] == [f"Change to: {page.locator('h1').inner_text()}"]
        assert f"/{url})" in mail["body"][0].splitlines()[0]
        page.get_by_role("link", name="in another way").click()
        expect(page.get_by_role("article")).to_contain_text("data/trusts")


def test_a_suggestion_knows_the_part_and_the_words_that_a_reader_marked(page: Page) -> None:
    """Nothing is sent: the reader's own mail program gets it."""
    asked: list[str] = []
    page.goto("trusts/luton/", wait_until="networkidle")
    page.on("request", lambda request: asked.append(request.url))
    link = page.get_by_role("link", name="Suggest a change to this page")
    link.evaluate("one => one.addEventListener('click', event => event.preventDefault())")
    page.evaluate(
        """() => {
            const part = document.querySelector("#governance + details");
            part.open = true;
            const words = part.querySelector("p");
            getSelection().selectAllChildren(words);
        }"""
    )
    marked = str(page.evaluate("String(getSelection())"))
    page.wait_for_timeout(100)  # until the browser has told of the selection
    link.dispatch_event("click")
    told = parse_qs(urlsplit(str(link.get_attribute("href"))).query)["body"][0].splitlines()
    assert marked and told[2] == f"What it says now: “{' '.join(marked.split())[:500].strip()}”"
    assert told[1].removeprefix("Part of the page: ") == page.locator("#governance").evaluate(
        "one => one.firstChild.textContent.trim()"
    )
    form = page.get_by_role("link", name="in a form", exact=True)
    form.evaluate("one => one.addEventListener('click', event => event.preventDefault())")
    form.dispatch_event("click")
    assert str(form.get_attribute("href")).endswith("edit/?trust=luton&part=governance")
    assert asked == []


ENOUGH = 0.8
"""Of a screen of a telephone: how far an organisation may have to scroll until it sees when it is paid."""


def test_when_a_trust_pays_is_within_a_screen_on_a_telephone(page: Page) -> None:
    page.set_viewport_size(NARROW["viewport"])
    page.goto("trusts/essex/")
    answer = page.locator(".ce-glance dt:has-text('payment terms') + dd")
    top, height = answer.evaluate("one => [one.getBoundingClientRect().top, one.offsetHeight]")
    seen = top + min(height, NARROW["viewport"]["height"] / 2)
    assert seen / NARROW["viewport"]["height"] - 1 <= ENOUGH
