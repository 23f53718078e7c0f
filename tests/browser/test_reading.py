"""Reading with a keyboard, without JavaScript, on a very narrow screen and on paper; and that no page misbehaves."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from kinds import KINDS, NARROW
from playwright.sync_api import BrowserContext, Page, TimeoutError, expect

from macros.pages.source_page import read_pages
from macros.reading.guide import Guide

pytestmark = pytest.mark.browser

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [*sorted(page.url for page in read_pages(DOCS)), "404.html"]


def focused(page: Page) -> str:
    """Return the words or the name of what has the focus."""
    return str(
        page.evaluate(
            "() => { const at = document.activeElement;"
            " return (at.getAttribute('aria-label') || at.innerText || at.id || at.tagName).trim() }"
        )
    )


# --- every page ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", PAGES, ids=lambda url: f"/{url}")
def test_page_keeps_to_itself_and_to_its_width(page: Page, address: str, url: str) -> None:
    """No request to elsewhere, no missing file, no error (the fixture of the page sees to that), no sideways scroll.

    And what is to be read stands in the file: no script adds words, or takes them away, but in controls.
    """
    asked: list[str] = []
    missing: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(url, wait_until="load")
    elsewhere = [
        one for one in asked if urlsplit(one).netloc != urlsplit(address).netloc and not one.startswith("data:")
    ]
    assert asked
    assert elsewhere == []
    assert missing == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if url != "404.html":  # shown at any address, so not fetched again by it
        assert page.evaluate(CHANGED_BY_SCRIPTS) == []


CHANGED_BY_SCRIPTS = """async () => {
  const html = await (await fetch(location.href)).text();
  const file = new DOMParser().parseFromString(html, 'text/html');
  const lines = from => [...from.querySelectorAll('article :is(p, li, td, th, dt, dd, h1, h2, h3, h4, caption, a)')]
    .filter(one => !one.closest('form, .ce-no-print, .ce-copy, [role=status], .ce-joint, .ce-only-js'))
    .filter(one => !one.closest('[data-ce-search]'))
    .map(one => one.textContent.replace(/\\s+/g, ' ').trim())
    .filter(Boolean);
  const links = from => [...from.querySelectorAll('.ce-nav a, .ce-tabs a, .ce-footer a')].map(one => one.textContent);
  const [before, now] = [file, document].map(from => [...lines(from), ...links(from)]);
  // The links of the drawn cycle stand beside it as a list, which is what is shown where no style shows the drawing.
  const controls = 'form, .ce-no-print, .ce-joint, .ce-only-js, [data-ce-ready], .ce-wheel__drawing';
  const hidden = [...file.querySelectorAll('article [hidden]')]
    .filter(one => !one.closest(controls) && !one.querySelector('template'));
  return [...before.filter(line => !now.includes(line)), ...now.filter(line => !before.includes(line)),
    ...hidden.map(one => one.outerHTML)];
}"""


def test_words_of_scripts_are_found(page: Page) -> None:
    page.goto("about/")
    assert page.evaluate(CHANGED_BY_SCRIPTS) == []
    page.evaluate("document.querySelector('article h2').textContent = 'Said by a script'")
    assert "Said by a script" in page.evaluate(CHANGED_BY_SCRIPTS)


# --- keyboard -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["", "trusts/luton/", "standards/", "self-assessment/", "404.html"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_first_stop_skips_to_the_content(page: Page, url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(url)
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to content"
    expect(page.locator(".md-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert not page.evaluate("Boolean(document.activeElement.closest('nav'))")


def test_the_menu_opens_and_closes_with_keys(page: Page) -> None:
    page.set_viewport_size(NARROW)
    page.goto("trusts/luton/")
    button, menu = page.get_by_role("button", name="Menu"), page.get_by_role("navigation", name="Pages")
    expect(menu).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('#ce-nav'))")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Space")
    expect(menu).to_be_visible()
    page.get_by_role("link", name="Timetable").press("Enter")
    expect(page).to_have_title(re.compile("^Timetable"))


# Whether what has the focus can be seen. The window follows the focus a moment later, if the machine is busy.
IN_SIGHT = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  return at === document.body || at.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && box.width > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
}"""


@pytest.mark.parametrize("url", ["", "trusts/luton/", "trusts/compare/money/", "standards/"])
def test_no_stop_of_the_keyboard_is_hidden_on_a_narrow_screen(page: Page, url: str) -> None:
    page.set_viewport_size(NARROW)
    page.emulate_media(reduced_motion="reduce")  # the skip link slides in
    page.goto(url)
    for _ in range(25):
        page.keyboard.press("Tab")
        try:
            page.wait_for_function(IN_SIGHT, timeout=10_000)
        except TimeoutError:
            pytest.fail(f"hidden: {page.evaluate('document.activeElement.outerHTML.slice(0, 120)')}")


def test_the_map_is_reached_by_keyboard(page: Page, guide: Guide) -> None:
    page.goto("trusts/")
    tiles = page.locator(".ce-map__tile")
    expect(tiles).to_have_count(len(guide.trusts))
    tiles.first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.ce-map__tile')")
    page.keyboard.press("Enter")
    expect(page.locator(".ce-glance")).to_be_visible()


def test_colours_are_chosen_by_keyboard_and_kept(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("about/")
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.get_by_role("button", name="Change to light").press("Enter")
    expect(page.get_by_role("button", name="Change to dark")).to_be_focused()
    page.keyboard.press("Enter")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.goto("vcs/")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")


# --- without JavaScript -------------------------------------------------------------------------------------------


@pytest.fixture
def plain_page(kept_context: Callable[..., BrowserContext]) -> Page:
    """A page in a browser without JavaScript."""
    return kept_context(java_script_enabled=False, viewport=NARROW).new_page()


def test_content_and_menu_without_javascript(plain_page: Page) -> None:
    plain_page.goto("trusts/luton/")
    expect(plain_page.get_by_role("heading", name="Luton", level=1)).to_be_visible()
    for name in ("context", "governance", "needs", "training", "next-steps", "investment", "gaps", "basis"):
        expect(plain_page.locator(f"#{name}")).to_be_visible()
    expect(plain_page.get_by_role("button", name=re.compile("Menu|Search|Colours"))).to_have_count(0)
    plain_page.get_by_role("link", name="Menu", exact=True).click()
    menu = plain_page.get_by_role("navigation", name="Pages")
    expect(menu).to_be_in_viewport()
    menu.get_by_role("link", name="Framework").click()
    expect(plain_page).to_have_title(re.compile("framework"))


def test_places_without_javascript(plain_page: Page) -> None:
    plain_page.goto("trusts/")
    expect(plain_page.locator(".ce-find")).to_be_hidden()
    place = plain_page.locator("#places li").filter(has=plain_page.get_by_role("link", name="Harlow", exact=True))
    expect(place.first).to_contain_text("Essex")
    place.first.get_by_role("link").click()
    expect(plain_page).to_have_title("Essex - Clear Expectations")


def test_compare_tables_without_javascript(plain_page: Page, guide: Guide) -> None:
    plain_page.goto("trusts/compare/")
    topics = plain_page.locator("article a[href*='compare/'], article .ce-cards a, article li a").evaluate_all(
        "all => [...new Set(all.map(one => one.href)"
        ".filter(link => /trusts\\/compare\\/[^#]+/.test(new URL(link).pathname)))]"
    )
    assert len(topics) >= 10
    for topic in topics:
        plain_page.goto(topic)
        rows = plain_page.locator("table tbody tr:visible")
        tables = len(topics) - 1 if topic.endswith("/all/") else 1
        expect(rows).to_have_count(tables * len(guide.trusts))
        words = plain_page.locator("table tbody td:visible").all_inner_texts()
        assert words and all(cell.strip() for cell in words)


def test_lists_and_forms_without_javascript(plain_page: Page, guide: Guide) -> None:
    plain_page.goto("self-assessment/")
    expect(plain_page.locator("fieldset.ce-assess__standard:visible")).to_have_count(len(guide.standards))
    expect(plain_page.locator(".ce-assess button:visible")).to_have_count(0)
    plain_page.goto("tools/all/")
    expect(plain_page.locator(".ce-checklist__standard:visible")).to_have_count(len(guide.standards))
    expect(plain_page.locator(".ce-checklist button:visible")).to_have_count(0)
    plain_page.goto("practice/")
    expect(plain_page.locator("article .ce-items > li:visible")).to_have_count(len(guide.practices))


@pytest.mark.parametrize("url", ["", *KINDS])
def test_all_words_are_there_without_javascript(plain_page: Page, page: Page, url: str) -> None:
    """Scripts add controls and nothing that is only to be read."""
    plain_page.set_viewport_size(NARROW)
    page.set_viewport_size(NARROW)
    plain_page.goto(url)
    page.goto(url)
    without = set(plain_page.evaluate(LINES))
    assert [line for line in page.evaluate(LINES) if line not in without] == []


LINES = """() => [...document.querySelectorAll('article :is(p, li, td, th, dt, dd, h1, h2, h3, caption)')]
  .filter(one => !one.closest('form, .ce-no-print, [role=status], .ce-joint, .ce-actions, nav'))
  .filter(one => one.checkVisibility())
  .map(one => one.innerText.replace(/\\s+|¶/g, ' ').trim()).filter(Boolean)"""


# --- on paper -----------------------------------------------------------------------------------------------------

# Left off paper on purpose: controls, marks and ways to other pages.
OFF_PAPER = (
    ".ce-no-print, .headerlink, .ce-hidden, nav, .ce-pager, .ce-find, .ce-filter, .ce-provenance__links, "
    ".ce-joint, button, [hidden], .ce-more > summary, .ce-fold > summary"
)
NOT_ON_PAPER = """off => [...document.querySelectorAll(
    'article :is(p, li, td, th, dt, dd, h1, h2, h3, h4, caption, label, legend, figcaption, summary, text, rect)')]
  .filter(one => !one.closest(off) && !(one.checkVisibility() && one.getBoundingClientRect().height > 0))
  .filter(one => one.matches('rect') || one.textContent.trim())
  .filter(one => ![...(one.closest('figure')?.querySelectorAll('svg') ?? [])].some(
    other => one.closest('svg') && !other.contains(one) && other.checkVisibility()))
  .map(one => one.outerHTML.slice(0, 100))"""
"""A chart may have two drawings, of which one fits: what the other holds is not missing."""


PAPER = {"width": 673, "height": 1000}
"""What A4 has between its margins, in CSS pixels."""
SCRIPTED = {
    "trusts/",
    "trusts/compare/money/",
    "standards/",
    "standards/na-1/",
    "self-assessment/",
    "tools/core/",
    "tools/ask/",
}
"""Kinds of pages that a script adds to."""


@pytest.mark.parametrize(
    ("url", "javascript"), [*((url, False) for url in ("", *KINDS)), *((url, True) for url in sorted(SCRIPTED))]
)
def test_paper_shows_all_content(kept_context: Callable[..., BrowserContext], url: str, javascript: bool) -> None:
    page = kept_context(java_script_enabled=javascript, viewport=PAPER).new_page()
    page.emulate_media(media="print")
    page.goto(url)
    assert page.evaluate(NOT_ON_PAPER, OFF_PAPER) == []
    for gone in (".ce-header", ".ce-tabs", ".md-sidebar", ".md-skip", ".headerlink"):
        expect(page.locator(f"{gone}:visible")).to_have_count(0)
    expect(page.locator(".ce-print-address")).to_be_visible()


def test_nothing_is_wider_than_paper(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False, viewport=PAPER).new_page()
    page.emulate_media(media="print")
    wide = {}
    for url in PAGES:
        page.goto(url)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PAPER["width"]:
            wide[url] = width
    assert wide == {}


def test_paper_is_black_on_white_in_dark_colours_too(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto("trusts/luton/")
    colour = page.locator("article p").first.evaluate("one => getComputedStyle(one).color")
    assert all(int(part) < 110 for part in re.findall(r"\d+", colour)[:3]), colour
    for part in ("body", "article"):
        ground = page.locator(part).first.evaluate("one => getComputedStyle(one).backgroundColor")
        assert ground in {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}, ground


@pytest.mark.parametrize("url", ["", "trusts/"])
@pytest.mark.parametrize("width", [750, 1000, 1280, 1600])
def test_no_word_of_the_table_of_all_trusts_is_cut_or_covered(page: Page, url: str, width: int) -> None:
    """Seven columns: on a tablet they scroll in their frame, and elsewhere they have room."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(url)
    wide = page.locator(".ce-grid :is(th, td)").evaluate_all(
        """cells => cells.filter(cell => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            return range.getBoundingClientRect().right > cell.getBoundingClientRect().right + 1;
        }).map(cell => cell.textContent.trim())"""
    )
    assert wide == []
    frame = page.locator(".ce-scroll:has(> .ce-grid)")
    assert width < 1200 or frame.evaluate("one => one.scrollWidth <= one.clientWidth")
