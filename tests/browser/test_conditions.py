"""Pages as readers' devices show them: narrow, enlarged, spaced out, without motion, in forced colours, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from kinds import KINDS, NARROW
from playwright.sync_api import Page, TimeoutError, expect

pytestmark = pytest.mark.browser

ALL_KINDS = ["", *KINDS, "404.html"]
WIDE = {"width": 1280, "height": 800}

# Words that stand outside the window, or are cut off by a box around them. What scrolls by itself cuts nothing off,
# and what is for screen readers only is cut off on purpose.
CUT_OFF = """() => {
  const found = [], range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const at = text.parentElement;
    if (!text.data.trim() || at.closest('script, noscript, .md-skip') || !at.checkVisibility({ visibilityProperty: true,
      opacityProperty: true })) continue;
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (!box.width) continue;
    let cut = null, scrolls = false, hidden = false;
    for (let one = at; one && one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one), around = one.getBoundingClientRect();
      hidden ||= style.clipPath === 'inset(50%)';
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) scrolls = true;
      if (scrolls || hidden || style.display === 'inline') continue;
      const cuts = /hidden|clip/;
      if (cuts.test(style.overflowX) && (box.left < around.left - 1 || box.right > around.right + 1)) cut = one;
      if (cuts.test(style.overflowY) && (box.top < around.top - 1 || box.bottom > around.bottom + 1)) cut = one;
    }
    if (hidden || scrolls) continue;
    if (cut || box.left < -1 || box.right > innerWidth + 1) found.push(text.data.trim().slice(0, 60));
  }
  return found;
}"""

SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


def sideways(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def cut_off(page: Page) -> list[str]:
    return [*page.evaluate(CUT_OFF)]


def enlarge(page: Page) -> None:
    """Double the reader's own size of letters, as the settings of a browser do."""
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})


# --- size and spacing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ALL_KINDS, ids=lambda url: f"/{url}")
def test_no_words_are_lost(page: Page, url: str) -> None:
    """Narrow (1.4.10), with letters twice as large (1.4.4) and with wider spacing (1.4.12)."""
    lost = {}
    page.emulate_media(reduced_motion="reduce")
    for name, size, change in (
        ("320 px", {"width": 320, "height": 640}, None),
        ("200 %, 1280 px", WIDE, enlarge),
        ("200 %, 360 px", NARROW, enlarge),
        ("spacing, 1280 px", WIDE, lambda page: page.evaluate(SPACING)),
        ("spacing, 360 px", NARROW, lambda page: page.evaluate(SPACING)),
    ):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto(url)
        if change:
            change(page)
        found = cut_off(page)
        if found or sideways(page) > 0:
            lost[name] = (found[:5], sideways(page))
        page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    assert lost == {}


def test_the_letters_really_grow(page: Page) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto("about/")
    words = page.locator("article p").first
    before = words.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    enlarge(page)
    after = words.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    assert after == pytest.approx(2 * before)


def test_the_spacing_really_grows(page: Page) -> None:
    page.goto("about/")
    page.evaluate(SPACING)
    words = page.locator("article p").first
    size, space = words.evaluate(
        "one => [getComputedStyle(one).fontSize, getComputedStyle(one).letterSpacing].map(parseFloat)"
    )
    assert space == pytest.approx(0.12 * size, rel=0.01)


@pytest.mark.parametrize(
    "change",
    [
        "one.style.cssText = 'overflow: hidden; height: 1em; white-space: normal'",
        "one.style.cssText = 'white-space: nowrap'",
        "one.style.cssText = 'margin-left: -50px'",
    ],
)
def test_words_that_are_lost_are_found(page: Page, change: str) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto("about/")
    assert cut_off(page) == []
    page.evaluate(f"() => {{ const one = document.querySelector('article p'); {change} }}")
    assert cut_off(page) != []


# --- motion -------------------------------------------------------------------------------------------------------

MOVING = """() => [...document.querySelectorAll('*')].flatMap(one => ['', '::before', '::after'].map(part => {
    const style = getComputedStyle(one, part || null);
    const longest = list => Math.max(...list.split(',').map(parseFloat));
    const moves = longest(style.transitionDuration) > 0.001 || longest(style.animationDuration) > 0.001
      || (!part && style.scrollBehavior === 'smooth');
    return moves ? one.tagName + '.' + one.className + part : '';
  })).filter(Boolean)"""


@pytest.mark.parametrize("url", ["", "trusts/luton/", "self-assessment/"])
def test_nothing_moves_for_those_who_ask(page: Page, url: str) -> None:
    page.emulate_media(reduced_motion="no-preference")
    page.goto(url)
    assert page.evaluate(MOVING) != [], "the theme moves nothing any more: this test can go"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVING) == []


# --- forced colours -----------------------------------------------------------------------------------------------

COLOURS = """(one) => {
  const style = getComputedStyle(one);
  const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = text => rgb(text).slice(0, 3).map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = light(getComputedStyle(document.body).backgroundColor);
  const contrast = colour => {
    const [more, less] = [light(colour), ground].sort((p, q) => q - p);
    return (more + .05) / (less + .05);
  };
  return { fill: contrast(style.fill), stroke: contrast(style.stroke), words: contrast(style.color),
    border: contrast(style.borderBottomColor), borderWidth: parseFloat(style.borderBottomWidth),
    outline: contrast(style.outlineColor) };
}"""


@pytest.fixture(params=["light", "dark"])
def forced(page: Page, request: pytest.FixtureRequest) -> Callable[[str], Page]:
    """Opens a page in the reader's own few colours, dark on light or light on dark."""

    def open_one(url: str) -> Page:
        page.emulate_media(forced_colors="active", color_scheme=request.param, reduced_motion="reduce")
        page.goto(url)
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        return page

    return open_one


def test_bars_stand_out_in_forced_colours(forced: Callable[[str], Page]) -> None:
    page = forced("survey/funding/")
    bars = page.locator(".ce-chart__bar:not(.ce-chart__bar--open)")
    assert bars.count() > 3
    assert all(bar.evaluate(COLOURS)["fill"] >= 3 for bar in bars.all())
    for outline in page.locator(".ce-chart__bar--open, .ce-chart__track").all():
        assert outline.evaluate(COLOURS)["stroke"] >= 3  # the whole, which the bar is a part of
    assert all(text.evaluate(COLOURS)["fill"] >= 4.5 for text in page.locator(".ce-chart__svg text").all())


def test_tiles_of_the_map_stand_out_in_forced_colours(forced: Callable[[str], Page]) -> None:
    page = forced("trusts/")
    for tile in page.locator(".ce-map__tile").all():
        assert tile.locator("rect").evaluate(COLOURS)["stroke"] >= 3
        assert all(text.evaluate(COLOURS)["fill"] >= 4.5 for text in tile.locator("text").all())
    tile = page.locator(".ce-map__tile").first
    before = tile.locator("rect").evaluate("one => getComputedStyle(one).strokeWidth")
    page.locator(".ce-map__tile").last.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    last = page.locator(".ce-map__tile").last.locator("rect")
    assert last.evaluate("one => getComputedStyle(one).strokeWidth") != before


def test_status_words_keep_their_shapes_in_forced_colours(forced: Callable[[str], Page]) -> None:
    page = forced("trusts/luton/")
    marks = page.locator(".ce-status:visible")
    assert marks.count() > 3
    for mark in marks.all():
        assert mark.inner_text().strip()
        seen: dict[str, Any] = mark.evaluate(COLOURS)
        assert seen["words"] >= 4.5
        assert seen["borderWidth"] >= 1
        assert seen["border"] >= 3


def test_where_one_is_shows_in_forced_colours(forced: Callable[[str], Page]) -> None:
    page = forced("trusts/luton/")
    here = page.locator(".ce-tabs__link[aria-current]")
    there = page.locator(".ce-tabs__link:not([aria-current])").first
    assert here.evaluate(COLOURS)["border"] >= 3
    assert there.evaluate(COLOURS)["border"] < 1.1


# --- keyboard -----------------------------------------------------------------------------------------------------

# What is wrong with the element that has the focus: hidden, outside the window, below something, or without a mark.
# A card shows the mark around itself, a tile of the map on its rectangle.
UNSEEN = """() => {
  const at = document.activeElement;
  if (at === document.body) return '';
  const name = at.outerHTML.slice(0, 100);
  if (!at.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return 'hidden: ' + name;
  const boxes = [...at.getClientRects()].filter(box => box.width && box.height);
  const hit = boxes.some(box => [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]].some(([x, y]) => {
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const above = Math.max(box.top, 0), below = Math.min(box.bottom, innerHeight);
    if (right <= left || below <= above) return false;
    const top = document.elementFromPoint(left + x * (right - left), above + y * (below - above));
    return top && (top === at || at.contains(top) || top.contains(at));
  }));
  if (!hit) return 'covered, or outside the window: ' + name;
  const ring = (one, part) => { const style = getComputedStyle(one, part);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; };
  const drawn = at.matches('.ce-map__tile, .ce-wheel__part') && at.querySelector('path, rect');
  const tile = drawn && parseFloat(getComputedStyle(drawn).strokeWidth) >= 3;
  return ring(at) || ring(at, '::after') || tile ? '' : 'no mark: ' + name;
}"""


@pytest.mark.parametrize("size", [WIDE, NARROW, {"width": 320, "height": 256}], ids=lambda size: f"{size['width']} px")
@pytest.mark.parametrize(
    "url", ["", "trusts/", "trusts/luton/", "standards/", "survey/", "self-assessment/", "404.html"]
)
def test_the_focus_is_seen_wherever_it_goes(page: Page, url: str, size: dict[str, int]) -> None:
    """2.4.7 and 2.4.11. The smallest window is a wide one at 400 %."""
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.emulate_media(reduced_motion="reduce")
    page.goto(url)
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        try:  # the window follows the focus a moment later, if the machine is busy
            page.wait_for_function(f"() => !({UNSEEN})()", timeout=10_000)
        except TimeoutError:
            unseen.append(page.evaluate(UNSEEN))
    assert unseen == []


def test_a_focus_that_is_not_seen_is_found(page: Page) -> None:
    page.goto("about/")
    link = page.locator("article a[href]").first
    for change, fault in (
        ("one.style.setProperty('outline', 'none', 'important')", "no mark"),
        ("one.style.opacity = 0", "hidden"),
        ("one.style.cssText = 'position: fixed; left: -500px'", "covered"),
    ):
        page.reload()
        page.keyboard.press("Tab")  # so that the mark is the one of the keyboard
        link.evaluate(f"one => {{ {change} }}")
        link.focus()
        assert page.evaluate(UNSEEN).startswith(fault)


# The part of the page that the focus is in.
PART = """() => document.activeElement.closest(`.md-skip, header, .ce-tabs, .ce-nav, .md-nav--secondary, .ce-path,
  article, .ce-pager, footer, .md-top`)?.className.split(' ')[0] ?? ''"""


def test_the_focus_goes_through_a_wide_page_in_order(page: Page) -> None:
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto("recommendations/r3/")
    order: list[str] = []
    while (part := _next_part(page)) and len(order) < 12:
        if not order or order[-1] != part:
            order.append(part)
    wanted = [
        "md-skip",
        "md-header",
        "ce-tabs",
        "ce-nav",
        "md-nav",
        "ce-path",
        "md-content__inner",
        "ce-pager",
        "md-footer",
    ]
    assert [part for part in order if part != "md-top"] == wanted


def _next_part(page: Page) -> str:
    page.keyboard.press("Tab")
    return str(page.evaluate(PART))


def test_sections_are_reached_by_keyboard(page: Page) -> None:
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto("")
    tabs = page.get_by_role("navigation", name="Sections").get_by_role("link")
    tabs.first.focus()
    for name in ("Good engagement", "Framework", "Trusts"):
        assert page.evaluate("document.activeElement.innerText") == name
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Find your Trust - Clear Expectations")


def test_the_trail_leads_up(page: Page) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto("standards/na-1/")
    trail = page.get_by_role("navigation", name="You are here").get_by_role("link")
    assert trail.all_inner_texts() == ["Home", "What good engagement looks like", "Stage 2: needs assessment"]
    trail.last.press("Enter")
    expect(page).to_have_title("Stage 2: needs assessment - Clear Expectations")
