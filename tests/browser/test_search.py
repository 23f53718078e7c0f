"""Search in a real browser: keyboard, pointer, from a disk, without scripts; and nothing leaves the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

pytestmark = pytest.mark.browser


WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 740}


def opener(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile("^Search"))


def field(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="Search this guide")


def results(page: Page) -> Locator:
    return page.locator(".ce-found")


def open_search(page: Page, words: str = "") -> None:
    opener(page).click()
    expect(field(page)).to_be_focused()
    expect(page.get_by_role("button", name="Harlow")).to_be_visible()
    page.keyboard.type(words)
    if words:
        expect(page.locator(".ce-search__output")).not_to_have_attribute("aria-busy", "true")
        expect(heading(page)).to_contain_text(re.compile("found"))


def heading(page: Page) -> Locator:
    """How much was found, for all to see."""
    return page.locator("h2.ce-search__status")


LISTEN = """
  window.ceTold = [];
  const told = document.querySelector(".ce-search__told");
  new MutationObserver(() => window.ceTold.push(told.textContent)).observe(told, { childList: true });
"""
"""Keeps what a screen reader is told from now on."""


# --- by keyboard --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_from_the_button_to_a_section_by_keyboard(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto("about/")
    opener(page).press("Enter")
    expect(field(page)).to_be_focused()
    page.keyboard.type("luton training")
    expect(results(page).first).to_be_visible()
    wanted = results(page).first.get_by_role("link", name="Training and awareness")
    for _ in range(6):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/trusts/luton/#training$"))


@pytest.mark.parametrize(("code", "trust"), [("E07000008", "Cambridgeshire"), ("e06000055", "Bedfordshire")])
def test_an_official_code_leads_to_the_trust(page: Page, code: str, trust: str) -> None:
    page.goto("")
    open_search(page, code)
    expect(results(page).first.locator(".ce-found__title")).to_have_text(trust)
    expect(results(page)).to_have_count(1)


def test_arrows_go_through_the_results(page: Page) -> None:
    page.goto("")
    open_search(page, "pooled budget")
    links = page.locator(".ce-search a")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field(page)).to_be_focused()


def test_escape_closes_and_gives_the_focus_back(page: Page) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto("about/")
    open_search(page, "Luton")
    page.keyboard.press("Escape")
    if page.get_by_role("dialog").is_visible():  # the browser's first Escape empties a search field
        page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener(page)).to_be_focused()


def test_the_close_button_and_the_ground_behind_close_it(page: Page) -> None:
    page.goto("about/")
    open_search(page)
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    opener(page).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.mouse.click(20, 700)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_only_a_key_with_control_opens_it(page: Page) -> None:
    page.goto("about/")
    for key in ("s", "f", "/", "k", "p", "n"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile("/about/$"))
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Search this guide")).to_be_visible()
    expect(field(page)).to_be_focused()


def test_focus_stays_in_the_open_dialog(page: Page) -> None:
    page.goto("about/")
    open_search(page, "Harlow")
    for _ in range(40):
        page.keyboard.press("Tab")
        inside = "() => document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        assert page.evaluate(inside)


# --- what it shows ------------------------------------------------------------------------------------------------


def test_a_place_leads_to_its_trust_and_says_where_it_is(page: Page) -> None:
    page.goto("")
    open_search(page, "Harlow")
    first = results(page).first
    expect(first.locator(".ce-found__title")).to_have_text("Essex")
    expect(first.locator(".ce-found__place")).to_have_text("Trusts › Trust profile")
    first.locator(".ce-found__title").click()
    expect(page).to_have_title("Essex - Clear Expectations")


def test_found_words_are_marked_and_a_slip_is_told_and_can_be_declined(page: Page) -> None:
    page.goto("search/#q=comissioning unit")
    expect(heading(page)).to_contain_text("“commissioning” in place of “comissioning”")
    expect(page.get_by_text("No page holds “comissioning”. Did you mean “commissioning”?")).to_be_visible()
    marked = [words.lower() for words in page.locator(".ce-found mark").all_inner_texts()]
    assert any(words.startswith("commission") for words in marked)
    page.get_by_role("button", name="Search for “comissioning unit” as typed").click()
    expect(page).to_have_url(re.compile("&as=typed$"))
    expect(heading(page)).to_contain_text("No page holds “comissioning”")
    page.reload()
    expect(heading(page)).to_contain_text("No page holds “comissioning”")
    page.get_by_role("button", name="commissioning unit", exact=True).click()
    expect(heading(page)).to_contain_text("“commissioning” in place of “comissioning”")


@pytest.mark.parametrize("words", ["gender", "London", "can't"])
def test_a_right_word_is_left_alone(page: Page, words: str) -> None:
    page.goto(f"search/#q={words}")
    expect(heading(page)).to_be_visible()
    expect(page.get_by_text("Did you mean")).to_have_count(0)


@pytest.mark.parametrize(
    "words", ["Harlow", "Norwich City Council", "luton training", "£2m", "paid in advance essex", "NR1 1AA"]
)
def test_every_result_shows_the_words_that_it_was_found_by(page: Page, words: str) -> None:
    page.goto(f"search/#q={words}")
    expect(results(page).nth(2)).to_be_visible()
    for result in results(page).all()[:10]:
        assert result.locator("mark").count(), result.inner_text()


def test_a_place_or_a_postcode_that_stands_in_no_text_is_shown_beside(page: Page) -> None:
    page.goto("search/#q=Norwich City Council")
    expect(
        results(page).first.locator(".ce-found__named, .ce-found__text").filter(has_text="Norwich").first
    ).to_be_visible()
    page.goto("search/#q=NR1 1AA")
    expect(results(page).first.locator(".ce-found__named")).to_have_text("Postcodes that begin with: NR1")
    page.goto("search/#q=PE14 7AA")
    expect(results(page).first.locator(".ce-found__named")).to_contain_text("PE14")  # no longer those of before
    expect(page.locator(".ce-search__output")).not_to_have_attribute("aria-busy", "true")
    assert {*page.locator(".ce-found__title").all_inner_texts()[:2]} == {"Cambridgeshire", "Norfolk"}


def test_a_postcode_from_elsewhere_is_told(page: Page) -> None:
    page.goto("search/#q=M1 1AE")
    expect(heading(page)).to_contain_text("No Trust in this guide covers postcodes that begin with M1.")


def test_an_entry_that_is_named_is_what_enter_opens(page: Page) -> None:
    page.goto("about/")
    open_search(page, "JSNA")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/glossary/#jsna$"))


def test_results_have_headings_and_the_title_holds_the_query(page: Page) -> None:
    page.goto("search/#q=pooled budget")
    expect(page).to_have_title("pooled budget - Search - Clear Expectations")
    expect(page.get_by_role("heading", level=2, name=re.compile("pages found"))).to_be_visible()
    expect(page.locator(".ce-found h3 a").first).to_be_visible()
    field(page).fill("Harlow")
    expect(page).to_have_title("Harlow - Search - Clear Expectations")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_screen_reader_is_told_once_when_nothing_more_is_typed(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto("about/")
    open_search(page)
    page.evaluate(LISTEN)
    page.keyboard.type("joint commissioning", delay=60)
    told = page.locator(".ce-search__told")
    expect(told).to_contain_text("found")
    expect(told).to_have_text(heading(page).inner_text())
    page.wait_for_timeout(1500)
    assert page.evaluate("ceTold") == [told.inner_text()]


# --- coming back --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_back_from_a_result_comes_to_the_box_as_it_was(page: Page, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto("about/")
    open_search(page, "voluntary")
    page.get_by_role("button", name=re.compile("Show more pages")).click()
    expect(results(page)).to_have_count(20)
    followed = page.locator(".ce-found__title").nth(14)
    name = followed.inner_text()
    followed.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("dialog", name="Search this guide")).to_be_visible()
    expect(field(page)).to_have_value("voluntary")
    expect(results(page)).to_have_count(20)
    expect(page.locator(".ce-found__title").nth(14)).to_have_text(name)
    expect(page.locator(".ce-found__title").nth(14)).to_be_focused()
    page.get_by_role("button", name="Close").click()
    page.reload()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_search_page_keeps_how_much_was_shown(page: Page) -> None:
    page.goto("search/#q=voluntary")
    page.get_by_role("button", name=re.compile("Show more pages")).click()
    expect(results(page)).to_have_count(20)
    expect(page).to_have_url(re.compile("#q=voluntary&n=20$"))
    page.locator(".ce-found__title").nth(14).click()
    expect(page).not_to_have_title(re.compile("Search"))
    page.go_back()
    expect(results(page)).to_have_count(20)
    expect(page.locator(".ce-found__title").nth(14)).to_be_in_viewport()


# --- when something fails -----------------------------------------------------------------------------------------


def test_where_its_script_fails_the_button_leads_to_the_page(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport=WIDE).new_page()
    page.route("**/search/box.js", lambda route: route.abort())
    page.goto("about/")
    opener(page).click()
    expect(page).to_have_title("Search - Clear Expectations")
    expect(page.locator(".ce-without-scripts")).to_be_visible()


def test_where_guide_js_fails_the_button_is_a_link(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport=WIDE).new_page()
    page.route("**/guide.js", lambda route: route.abort())
    page.goto("about/")
    page.get_by_role("link", name=re.compile("^Search")).click()
    expect(page).to_have_title("Search - Clear Expectations")


def test_where_the_index_fails_the_box_says_so_and_offers_ways_on(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport=WIDE).new_page()
    page.route("**/search/words/*.js*", lambda route: route.abort())
    page.goto("about/")
    opener(page).click()
    expect(field(page)).to_be_focused()
    page.keyboard.type("luton")
    expect(heading(page)).to_have_text("Search could not be loaded. Please load the page again.")
    expect(page.locator(".ce-search__nothing a").first).to_be_visible()
    page.unroute("**/search/words/*.js*")
    page.keyboard.type(" ")
    page.keyboard.type("training")
    expect(results(page).first).to_contain_text("Luton")


def test_an_empty_result_offers_ways_on(page: Page) -> None:
    page.goto("about/")
    open_search(page, "xqzzvkw")
    expect(heading(page)).to_have_text("Nothing found for “xqzzvkw”.")
    ways = page.locator(".ce-search__nothing a").evaluate_all("all => all.map(one => new URL(one.href).pathname)")
    assert ways == ["/glossary/", "/trusts/", "/about/contact/"]


def test_an_example_can_be_chosen(page: Page) -> None:
    page.goto("about/")
    open_search(page)
    page.get_by_role("button", name="JSNA").click()
    expect(field(page)).to_have_value("JSNA")
    expect(results(page).first.get_by_role("link").first).to_have_attribute("href", re.compile(r"/glossary/#jsna$"))


def test_more_pages_are_shown_when_asked(page: Page) -> None:
    page.goto("about/")
    open_search(page, "voluntary")
    expect(results(page)).to_have_count(10)
    page.get_by_role("button", name=re.compile("Show more pages")).click()
    expect(results(page)).to_have_count(20)
    expect(results(page).nth(10).get_by_role("link").first).to_be_focused()


def test_a_section_of_the_same_page_closes_the_dialog(page: Page) -> None:
    page.goto("trusts/luton/")
    open_search(page, "luton next steps")
    results(page).first.get_by_role("link", name="Next steps", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#next-steps")).to_be_in_viewport()


# --- the page -----------------------------------------------------------------------------------------------------


def test_enter_leads_to_a_page_whose_address_can_be_shared(page: Page) -> None:
    page.goto("about/")
    open_search(page, "needs assesment")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/#q=needs%20assesment$"))
    expect(field(page)).to_have_value("needs assesment")
    expect(results(page).first).to_be_visible()
    expect(page.locator(".ce-without-scripts")).to_be_hidden()
    field(page).fill("Harlow")
    expect(page).to_have_url(re.compile(r"#q=Harlow$"))
    expect(results(page).first).to_contain_text("Essex")
    results(page).first.get_by_role("link").first.click()
    page.go_back()
    expect(field(page)).to_have_value("Harlow")
    expect(results(page).first).to_contain_text("Essex")


def test_words_behind_a_question_mark_are_understood_and_put_out_of_the_request(page: Page) -> None:
    page.goto("search/?q=third+sector")
    expect(field(page)).to_have_value("third sector")
    expect(results(page).first).to_be_visible()


def test_on_the_search_page_the_button_leads_to_its_field(page: Page) -> None:
    page.goto("search/")
    expect(page.get_by_role("button", name="Harlow")).to_be_visible()
    opener(page).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(field(page)).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("words", ["needs assessment", "xqzzvkw"])
def test_axe_finds_nothing_on_the_page_with_results(page: Page, axe: Axe, words: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(f"search/#q={words}")
    expect(heading(page)).to_contain_text("ound")
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert axe(page) == []


def test_results_fit_a_very_narrow_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("about/")
    open_search(page, "full cost recovery")
    for part in (".ce-search", ".ce-search__output"):
        assert page.locator(part).evaluate("one => one.scrollWidth <= one.clientWidth"), part
    small = page.locator(".ce-search :is(a, button)").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().height < 24).map(one => one.textContent)"
    )
    assert small == []


# --- what is fetched ----------------------------------------------------------------------------------------------


def test_nothing_is_fetched_before_search_is_wanted_and_little_when_typing(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto("about/")
    page.wait_for_load_state("networkidle")
    assert not any("search" in url for url in asked), asked
    asked.clear()
    open_search(page)
    assert sorted(asked) == [
        "assets/javascripts/search/box.js",
        "assets/javascripts/search/load.js",
        "assets/javascripts/search/rank.js",
        "assets/javascripts/search/words.js",
        "assets/stylesheets/search.css",
        "search/index.js",
    ]
    asked.clear()
    page.keyboard.insert_text("norfolk training")
    expect(results(page).first).to_contain_text("Norfolk")
    page.wait_for_load_state("networkidle")
    assert len(asked) < 25
    assert len({*asked}) == len(asked)
    # Which parts are fetched tells a host which words begin alike, and no more; a word that was looked for is in none.
    assert all(re.fullmatch(r"search/(words|texts)/\d+\.js\?[0-9a-f]{8}", one) for one in asked), asked
    asked.clear()
    field(page).fill("norfolk training")
    expect(results(page).first).to_contain_text("Norfolk")
    assert asked == []


def test_the_words_are_in_no_request_even_on_the_search_page(page: Page) -> None:
    asked: list[str] = []
    page.goto("about/")
    page.on("request", lambda request: asked.append(f"{request.url} {request.headers.get('referer', '')}".lower()))
    open_search(page, "peterborough")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#q=peterborough$"))
    expect(results(page).first).to_be_visible()
    assert asked
    # A browser's own report of where it goes has the part behind the #; what it sends has not.
    assert [one for one in asked if "peterborough" in one.replace("#q=peterborough", "")] == []


def test_from_a_disk(new_context: Callable[..., BrowserContext], site: Path) -> None:
    page = new_context(viewport=WIDE).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "about/index.html").as_uri())
    open_search(page, "Lowestoft")
    expect(results(page).first).to_contain_text("Suffolk")
    results(page).first.get_by_role("link").first.click()
    expect(page).to_have_title("Suffolk - Clear Expectations")
    page.goto(f"{(site / 'search/index.html').as_uri()}#q=JSNA")
    expect(results(page).first).to_contain_text("JSNA")
    assert all(url.startswith("file:") for url in asked), asked


# --- without scripts ----------------------------------------------------------------------------------------------


def test_without_scripts_search_is_a_link_to_lists_of_everything(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False, viewport=NARROW).new_page()
    page.goto("about/")
    expect(opener(page)).to_have_count(0)
    page.get_by_role("link", name=re.compile("^Search")).click()
    expect(page).to_have_title("Search - Clear Expectations")
    expect(page.get_by_role("searchbox")).to_have_count(0)
    expect(page.locator(".ce-without-scripts")).to_be_visible()
    for name in ("Find your Trust", "Glossary", "All standards", "Evidence index"):
        expect(page.locator("article").get_by_role("link", name=name, exact=True).first).to_be_visible()
