"""Trusts side by side: the choice, what it shows, what the address says, on paper, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from axe import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from macros.derived.http_headers import POLICY
from macros.derived.trust_groups import groups_of
from macros.reading.guide import Guide
from macros.views import compare, trust_group
from macros.views.shared import questions as glance
from macros.views.shared.page import Page as Drawn
from macros.views.shared.source_lines import documents, quiet

pytestmark = pytest.mark.browser

NARROW = {"width": 360, "height": 740}
PAIR = "trusts/compare/training/?trusts=essex,norfolk"


def words(text: str) -> str:
    return " ".join(text.split())


def chooser(page: Page) -> Locator:
    """The form, once its script works."""
    form = page.get_by_role("form", name="Trusts to compare")
    expect(form).to_have_class(re.compile("ce-ready"))
    form.evaluate("one => one.querySelectorAll('details').forEach(fold => { fold.open = true })")
    return form


def box(page: Page, name: str) -> Locator:
    """The box to tick for a Trust."""
    return page.get_by_role("checkbox", name=name, exact=True)


def status(page: Page) -> Locator:
    return chooser(page).get_by_role("status")


def chosen(page: Page) -> list[str]:
    return page.locator("form input[name=trusts]:checked").evaluate_all("all => all.map(one => one.value)")


def columns(page: Page) -> list[str]:
    """The Trusts at the heads of the table that is shown."""
    chooser(page)
    heads = page.locator("table.ce-side thead th").all_inner_texts()
    return [words(head) for head in heads][1:]


# --- choosing -----------------------------------------------------------------------------------------------------


def test_two_trusts_stand_side_by_side_with_the_words_of_the_static_table(page: Page) -> None:
    page.goto("trusts/compare/training/")
    expect(status(page)).to_have_text("All 10 Trusts are shown.")
    cells = {
        slug: [words(cell) for cell in page.locator(f"tr[data-ce-trust={slug}] td").all_inner_texts()]
        for slug in ("essex", "norfolk")
    }
    box(page, "Norfolk").check()
    expect(status(page)).to_have_text("You chose Norfolk. Choose at least one more. Until then, all 10 are shown.")
    expect(page.locator("table.ce-side")).to_have_count(0)
    box(page, "Essex").check()
    expect(status(page)).to_have_text("Essex and Norfolk stand side by side.")
    assert columns(page) == ["Essex", "Norfolk"], "in the order of names, not of choosing"
    expect(page.locator("table.ce-compare")).to_be_hidden()
    rows = page.locator("table.ce-side tbody tr")
    for number, (essex, norfolk) in enumerate(zip(*cells.values(), strict=True)):
        shown = [words(cell) for cell in rows.nth(number).locator("td").all_inner_texts()]
        assert shown == [essex, norfolk]


def test_each_column_leads_to_the_profile_and_its_gaps(page: Page) -> None:
    page.goto("trusts/compare/voice/?trusts=essex,luton")
    table = page.get_by_role("table", name="Who speaks for the sector: Essex and Luton")
    last = table.get_by_role("row").last
    expect(last.get_by_role("rowheader")).to_have_text("More about it")
    expect(last.locator("a.ce-mark")).to_have_count(2)
    last.get_by_role("link", name="What we do not know about Luton").click()
    expect(page).to_have_url(re.compile(r"/trusts/luton/#gaps$"))
    expect(page.locator("#gaps")).to_be_in_viewport()


def test_below_the_table_stand_the_sources_of_the_chosen_trusts_and_no_other(page: Page) -> None:
    page.goto("trusts/compare/seats/?trusts=essex,luton")
    chooser(page)
    sources = page.locator(".ce-sources__one")
    every = sources.count()
    shown = sources.filter(visible=True)
    assert 0 < shown.count() < every / 3
    assert all(name.startswith(("Essex", "Luton")) for name in shown.locator("a").all_inner_texts())
    mark = page.locator("table.ce-side a.ce-mark").first
    expect(mark).to_have_accessible_name("Source " + mark.inner_text().split()[-1])
    mark.click()
    expect(page.locator(".ce-sources__one:target")).to_be_in_viewport()
    page.get_by_role("button", name="Untick all").click()
    expect(sources.filter(visible=True)).to_have_count(every)


@pytest.mark.parametrize("topic", [topic.id for topic in glance.TOPICS])
def test_a_table_of_four_has_its_headers_and_no_empty_cell(page: Page, topic: str) -> None:
    page.goto(f"trusts/compare/{topic}/?trusts=bedfordshire,essex,norfolk,southend-on-sea")
    chooser(page)
    names = ["Bedfordshire", "Essex", "Norfolk", "Southend-on-Sea"]
    assert columns(page) == names
    table = page.get_by_role("table", name="Bedfordshire, Essex, Norfolk and Southend-on-Sea")
    questions = page.locator("table.ce-compare thead th").count() - 1
    rows = table.get_by_role("row")
    expect(rows).to_have_count(1 + questions + 1)
    for row in rows.all()[1:]:
        expect(row.get_by_role("rowheader")).to_have_count(1)
        cells = row.get_by_role("cell")
        assert [cell.get_attribute("data-label") for cell in cells.all()] == names
        assert all(re.search(r"\w", text) for text in cells.all_inner_texts())
    assert table.get_by_role("columnheader").all_inner_texts() == ["Question", *names]


def test_a_fifth_trust_is_refused_with_words(page: Page) -> None:
    page.goto("trusts/compare/needs/?trusts=essex,luton,norfolk,suffolk")
    expect(status(page)).to_have_text("Essex, Luton, Norfolk and Suffolk stand side by side.")
    before = page.url
    fifth = box(page, "Thurrock")
    expect(fifth).to_be_enabled()
    fifth.click()
    expect(status(page)).to_have_text("No more than 4 Trusts fit side by side. Untick one before you add Thurrock.")
    expect(fifth).not_to_be_checked()
    expect(fifth).to_be_focused()
    assert columns(page) == ["Essex", "Luton", "Norfolk", "Suffolk"]
    assert page.url == before
    box(page, "Luton").uncheck()
    fifth.check()
    assert columns(page) == ["Essex", "Norfolk", "Suffolk", "Thurrock"]


def test_it_works_with_the_keyboard_alone(page: Page) -> None:
    page.goto("trusts/compare/money/")
    chooser(page)
    page.get_by_role("link", name="What we know it from").last.focus()
    expect(page.get_by_role("group", name="Choose 2 to 4 Trusts")).to_have_accessible_description(re.compile("side by"))
    page.locator(".ce-nav-topics a").last.focus()
    for _ in range(3):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    assert chosen(page) == ["bedfordshire", "cambridgeshire", "essex"]
    assert columns(page) == ["Bedfordshire", "Cambridgeshire", "Essex"]
    for _ in range(8):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Copy the link")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Untick all")).to_be_focused()
    page.keyboard.press("Enter")
    assert chosen(page) == []
    expect(box(page, "Bedfordshire")).to_be_focused()
    expect(page.locator("table.ce-compare")).to_be_visible()
    expect(page).to_have_url(re.compile("/money/$"))


# --- the address --------------------------------------------------------------------------------------------------


def test_a_shared_address_restores_the_choice(page: Page) -> None:
    page.goto(PAIR)
    expect(status(page)).to_have_text("Essex and Norfolk stand side by side.")
    assert chosen(page) == ["essex", "norfolk"]
    assert columns(page) == ["Essex", "Norfolk"]
    expect(page).to_have_title("Compare Essex and Norfolk: training - Clear Expectations")
    page.reload()
    expect(status(page)).to_have_text("Essex and Norfolk stand side by side.")
    assert columns(page) == ["Essex", "Norfolk"]


def test_back_and_forward_follow_the_choice(page: Page) -> None:
    page.goto("trusts/compare/training/?h=trust")
    chooser(page)
    for name in ("Suffolk", "Luton", "Essex"):
        box(page, name).check()
    expect(page).to_have_url(re.compile(r"\?trusts=essex,luton,suffolk&h=trust$"))
    page.go_back()
    expect(box(page, "Essex")).not_to_be_checked()
    assert columns(page) == ["Luton", "Suffolk"]
    page.go_back()
    expect(page.locator("table.ce-side")).to_have_count(0)
    page.go_forward()
    expect(status(page)).to_have_text("Luton and Suffolk stand side by side.")
    assert columns(page) == ["Luton", "Suffolk"]


def test_the_choice_goes_along_to_other_topics(page: Page) -> None:
    page.goto("trusts/compare/?trusts=norfolk,thurrock")
    expect(status(page)).to_have_text("You chose Norfolk and Thurrock. Now choose a topic.")
    page.get_by_role("article").get_by_role("link", name="Money", exact=True).click()
    expect(page).to_have_url(re.compile(r"/compare/money/\?trusts=norfolk,thurrock$"))
    assert columns(page) == ["Norfolk", "Thurrock"]
    page.get_by_role("navigation", name="Topics to compare").get_by_role("link", name="Training").click()
    expect(page).to_have_url(re.compile(r"/compare/training/\?trusts=norfolk,thurrock$"))
    assert columns(page) == ["Norfolk", "Thurrock"]
    page.get_by_role("navigation", name="Previous and next").get_by_role("link", name="Money").click()
    expect(page).to_have_url(re.compile(r"/compare/money/\?trusts=norfolk,thurrock$"))
    assert columns(page) == ["Norfolk", "Thurrock"]


def test_an_address_may_name_the_topic_too(page: Page) -> None:
    page.goto("trusts/compare/?trusts=essex,norfolk&topic=training")
    page.wait_for_url("**/trusts/compare/training/?trusts=essex,norfolk")
    assert columns(page) == ["Essex", "Norfolk"]


def test_a_profile_leads_to_its_own_comparison(page: Page) -> None:
    page.goto("trusts/luton/")
    page.get_by_role("link", name="Compare with other Trusts").click()
    expect(page).to_have_url(re.compile(r"/compare/\?trusts=luton$"))
    expect(status(page)).to_have_text("You chose Luton. Choose at least one more.")
    assert chosen(page) == ["luton"]


@pytest.mark.parametrize(
    ("named", "kept", "told"),
    [
        ("atlantis,essex,norfolk", ["essex", "norfolk"], "The address names a Trust that this guide does not have."),
        ("%3Cb%3E", [], "The address names a Trust that this guide does not have. All 10 Trusts are shown."),
        (
            "essex,luton,norfolk,suffolk,thurrock",
            ["essex", "luton", "norfolk", "suffolk"],
            "The address names more than 4 Trusts: the first 4 were taken.",
        ),
        ("essex,essex", ["essex"], "You chose Essex."),
    ],
)
def test_an_address_with_faults_says_so(page: Page, named: str, kept: list[str], told: str) -> None:
    page.goto(f"trusts/compare/needs/?trusts={named}")
    expect(status(page)).to_contain_text(told)
    assert chosen(page) == kept


def test_the_link_is_copied(
    new_context: Callable[..., BrowserContext], open_page: Callable[[BrowserContext], Page]
) -> None:
    page = open_page(new_context(permissions=["clipboard-read", "clipboard-write"]))
    page.goto(PAIR)
    chooser(page)
    page.get_by_role("button", name="Copy the link").click()
    expect(status(page)).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_where_copying_is_refused_the_link_is_selected(page: Page) -> None:
    page.goto(PAIR)
    chooser(page)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()) }")
    page.get_by_role("button", name="Copy the link").click()
    expect(status(page)).to_contain_text("Selected: press")
    assert page.evaluate("getSelection().toString()").strip() == page.url


# --- all topics ---------------------------------------------------------------------------------------------------


def test_all_topics_stand_on_one_page(page: Page) -> None:
    page.goto("trusts/compare/all/?trusts=essex,norfolk#training")
    chooser(page)
    expect(page.locator("table.ce-side")).to_have_count(len(glance.TOPICS))
    expect(page.locator("table.ce-compare:visible")).to_have_count(0)
    expect(page.locator("h2#training")).to_be_in_viewport()
    page.get_by_role("button", name="Untick all").click()
    expect(page.locator("table.ce-compare:visible")).to_have_count(len(glance.TOPICS))


# --- paper --------------------------------------------------------------------------------------------------------


def test_paper_names_the_trusts_the_topic_the_day_the_address_and_the_sources(page: Page) -> None:
    page.add_init_script("window.print = () => { window.dispatchEvent(new Event('beforeprint')) }")
    page.goto(PAIR)
    chooser(page)
    page.get_by_role("button", name="Print").click()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 673, "height": 1000})
    expect(page.locator(".ce-chooser")).to_be_hidden()
    expect(page.locator("table.ce-compare")).to_be_hidden()
    expect(page.locator("table.ce-side caption")).to_have_text("Training: Essex and Norfolk")
    expect(page.locator("table.ce-side thead")).to_be_visible()
    today = f"{date.today().day} {date.today():%B %Y}"
    expect(page.locator(".ce-only-paper")).to_have_text(f"Printed on {today}.")
    expect(page.locator(".ce-only-paper")).to_be_visible()
    expect(page.locator(".ce-print-address")).to_be_visible()
    expect(page.locator(".ce-print-address")).to_contain_text("/trusts/compare/training/?trusts=essex,norfolk")
    for column in (1, 2):
        marks = page.locator(f"table.ce-side td:nth-of-type({column}) a.ce-mark")
        assert marks.count() > 0
        expect(page.locator(str(marks.first.get_attribute("href")))).to_be_visible()
    expect(page.get_by_role("article")).to_contain_text("April 2009")


@pytest.mark.parametrize("topic", [topic.id for topic in glance.TOPICS])
def test_four_trusts_fit_on_paper(page: Page, topic: str) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 673, "height": 1000})
    page.goto(f"trusts/compare/{topic}/?trusts=bedfordshire,cambridgeshire,hertfordshire,southend-on-sea")
    expect(page.locator("table.ce-side")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 673


# --- narrow screens, accessibility --------------------------------------------------------------------------------


def test_on_a_narrow_screen_each_answer_says_whose_it_is(page: Page) -> None:
    page.set_viewport_size(NARROW)
    page.goto("trusts/compare/seats/?trusts=essex,norfolk,peterborough,thurrock")
    chooser(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    for cell in page.locator("table.ce-side td").all():
        named = cell.evaluate("one => getComputedStyle(one, '::before').content")
        assert named.strip('"') == cell.get_attribute("data-label")
        shape = cell.bounding_box()
        assert shape and shape["width"] > 280
    # Roles that the blocks would lose are spelt out, so that a screen reader still finds a table.
    expect(page.get_by_role("table").get_by_role("rowheader").first).to_have_text("On the board")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "url", ["trusts/compare/?trusts=luton", "trusts/compare/all/?trusts=essex,norfolk,suffolk,thurrock"]
)
def test_axe_finds_nothing(
    kept_context: Callable[..., BrowserContext],
    open_page: Callable[[BrowserContext], Page],
    axe: Axe,
    scheme: str,
    width: int,
    url: str,
) -> None:
    page = open_page(kept_context(color_scheme=scheme, viewport={"width": width, "height": 800}))
    page.goto(url)
    chooser(page)
    box(page, "Bedfordshire").click()  # where four are chosen, this is refused
    expect(status(page)).not_to_be_empty()
    assert axe(page) == []


def test_without_javascript_the_tables_are_whole(new_context: Callable[..., BrowserContext], guide: Guide) -> None:
    page = new_context(java_script_enabled=False).new_page()
    for url, tables in (("trusts/compare/training/", 1), ("trusts/compare/all/", len(glance.TOPICS))):
        page.goto(f"{url}?trusts=essex,norfolk")
        expect(page.locator("table tbody tr:visible")).to_have_count(tables * len(guide.trusts))
        expect(page.locator(".ce-chooser")).to_be_hidden()


# --- many Trusts --------------------------------------------------------------------------------------------------


@pytest.fixture
def many(page: Page, site: Path, guide: Guide) -> list[str]:
    """Makes `trusts/compare/training/` the page of a guide with forty Trusts, with their letters; gives their names."""
    real = guide.trusts
    made = [
        one.model_copy(update={"name": f"{one.name} {number}", "slug": f"{one.slug}-{number}"})
        for number in range(1, 5)
        for one in real
    ]
    crowd = replace(guide, trusts=tuple(sorted(made, key=lambda one: one.name)))
    url = "trusts/compare/training/"
    built = BeautifulSoup((site / url / "index.html").read_text(encoding="utf-8"), "html.parser")
    drawn = compare.compare(Drawn(crowd, url, dict), "training")
    built.select("article .ce-part")[0].replace_with(BeautifulSoup(drawn, "html.parser"))
    headers = {"Content-Security-Policy": POLICY}
    page.route(
        "**/compare/training/", lambda route: route.fulfill(body=str(built), content_type="text/html", headers=headers)
    )
    letters = {
        f"trusts/a-z/{one.id}/": quiet(
            trust_group.trusts_of(Drawn(crowd, f"trusts/a-z/{one.id}/", dict), one.id), documents(crowd), count(1)
        )
        for one in groups_of(trust.slug for trust in crowd.trusts)
    }

    def letter(route: Route) -> None:
        url = "trusts/" + route.request.url.partition("/trusts/")[2]
        route.fulfill(body=letters[url], content_type="text/html; charset=utf-8")

    page.route("**/trusts/a-z/*/", letter)
    return [one.name for one in crowd.trusts]


def test_a_long_list_of_trusts_is_shortened_by_typing(page: Page, many: list[str]) -> None:
    page.goto("trusts/compare/training/")
    chooser(page)
    boxes = page.locator(".ce-chooser .ce-choice:visible label")
    expect(boxes).to_have_text(many)
    box(page, "Norfolk 3").check()
    search = page.get_by_label("Type part of a name to shorten the list")
    search.press_sequentially("luton")
    expect(boxes).to_have_text([name for name in many if "Luton" in name] + ["Norfolk 3"])
    expect(status(page)).to_have_text("4 of 40 Trusts fit.")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".ce-side")).to_be_visible()  # once the pages of both letters are fetched
    assert columns(page) == ["Luton 1", "Norfolk 3"]
    expect(page.locator(".ce-side a.ce-mark")).to_have_count(0)  # the line that explains numbers is not fetched
    sources = page.locator(".ce-side a.ce-source:not(.ce-ours)").all_inner_texts()
    assert sources and all(one.startswith(("Source: Luton", "Source: Norfolk")) for one in sources)
    search.fill("")
    expect(boxes).to_have_text(many)


def test_a_long_list_stays_usable(page: Page, many: list[str], axe: Axe) -> None:
    page.set_viewport_size(NARROW)
    page.goto("trusts/compare/training/")
    form = chooser(page)
    shape = form.bounding_box()
    assert shape and shape["height"] < NARROW["height"], "the list scrolls by itself"
    last = box(page, many[-1])
    last.focus()
    expect(last).to_be_in_viewport()
    assert axe(page) == []
