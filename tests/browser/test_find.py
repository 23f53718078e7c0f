"""Finding a Trust by typing a place: names, mistakes, keys, what a screen reader is told, and where nothing fits."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe import Axe
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from macros.reading.guide import Guide

pytestmark = pytest.mark.browser

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1"


def field(page: Page) -> Locator:
    """The combobox, once its script works."""
    page.goto("trusts/")
    return page.get_by_role("search", name="Find your Trust").get_by_role(
        "combobox", name="Type a town, a district or a council"
    )


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Type a town, a district or a council").get_by_role("option")


@pytest.mark.parametrize(
    ("typed", "trust"),
    [
        ("Harlow", "Essex"),
        ("harlow, essex", "Essex"),
        ("St Albans", "Hertfordshire"),
        ("st. albans", "Hertfordshire"),
        ("Kings Lynn", "Norfolk"),
        ("King's Lynn", "Norfolk"),
        ("King’s Lynn", "Norfolk"),
        ("southend", "Southend-on-Sea"),
        ("Southend-on-Sea Borough", "Southend-on-Sea"),
        ("mid beds", "Bedfordshire"),
        ("Suffolk County Council", "Suffolk"),
        ("Thurrock", "Thurrock"),
        ("Norwich City Council", "Norfolk"),
        ("Cambridge City Council", "Cambridgeshire"),
        ("Borough Council of King's Lynn and West Norfolk", "Norfolk"),
        ("kings lynn & west norfolk", "Norfolk"),
        ("St Albans City and District Council", "Hertfordshire"),
        ("Chelmsford Borough Council", "Essex"),
        ("Central Bedfordshire Council", "Bedfordshire"),
        ("West Suffolk Council", "Suffolk"),
        ("east herts district council", "Hertfordshire"),
        ("NR1 1AA", "Norfolk"),
        ("ss11ab", "Southend-on-Sea"),
        ("  LUTON ", "Luton"),
        ("E10000012", "Essex"),
        ("e06000055", "Bedfordshire"),
    ],
)
def test_typing_and_enter_lead_to_the_profile(page: Page, typed: str, trust: str) -> None:
    field(page).press_sequentially(typed)
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_title(f"{trust} - Clear Expectations")


def test_every_place_is_found_by_its_own_name(page: Page, guide: Guide) -> None:
    combobox = field(page)
    expect(combobox).to_be_visible()
    names = {trust.slug: trust.name for trust in guide.trusts}
    for place in guide.places[::9]:  # a sample: each takes a moment
        for name in filter(None, (place.place, place.also_called)):
            combobox.fill(name)
            wanted = re.compile(rf"{re.escape(place.place)}.*{re.escape(names[place.trust])}")
            expect(options(page).filter(has_text=wanted).first).to_be_visible()


def test_a_choice_by_arrow_keys(page: Page) -> None:
    combobox = field(page)
    combobox.press_sequentially("har")
    expect(options(page)).to_have_text(
        [
            "Harleston town: Norfolk",
            "Harlow district and town: Essex",
            "Harpenden town: Hertfordshire",
            "Harwich town: Essex",
        ]
    )
    expect(combobox).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(options(page).nth(1)).to_be_focused()
    expect(options(page).nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.type("w")
    expect(combobox).to_be_focused()
    expect(combobox).to_have_value("harw")
    page.keyboard.press("Escape")
    expect(combobox).to_have_attribute("aria-expanded", "false")
    expect(options(page)).to_have_count(0)
    combobox.fill("harw")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Essex - Clear Expectations")


def test_a_choice_by_pointer(page: Page) -> None:
    field(page).press_sequentially("ely")
    options(page).filter(has_text="Ely").first.click()
    expect(page).to_have_title("Cambridgeshire - Clear Expectations")


def test_leaving_the_field_goes_nowhere(page: Page) -> None:
    combobox = field(page)
    combobox.press_sequentially("harl")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Find", exact=True)).to_be_focused()
    expect(page).to_have_title(re.compile("^Find your Trust"))


def test_a_screen_reader_is_told_how_many_fit_and_which_is_highlighted(page: Page) -> None:
    combobox = field(page)
    expect(combobox).to_have_accessible_description(re.compile("For example Harlow.*up and down arrows"))
    combobox.press_sequentially("harl")
    told = page.locator(".autocomplete__status [role=status]")
    expect(told.filter(has_text="2 places fit.")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(told.filter(has_text="2 places fit. Harleston, 1 of 2, is highlighted")).to_have_count(1)


@pytest.mark.parametrize(
    ("typed", "place"), [("lowstoft", "Lowestoft"), ("Harlowe", "Harlow"), ("chelmsfrod city council", "Chelmsford")]
)
def test_a_slip_of_spelling_is_offered_and_not_followed(page: Page, typed: str, place: str) -> None:
    field(page).press_sequentially(typed)
    expect(options(page).first).to_contain_text(place)
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Find your Trust"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).not_to_have_title(re.compile("^Find your Trust"))


def test_a_choice_holds_while_the_list_is_still_looked_up(page: Page) -> None:
    """Enter on what is marked opens it, though the list came once more after the arrow key."""
    combobox = field(page)
    combobox.press_sequentially("lowstoft")
    expect(options(page)).to_have_text(["Lowestoft town: Suffolk"])
    waiting: list[Route] = []
    page.route("**/english/**", lambda route: waiting.append(route))
    combobox.press_sequentially(" sufolk")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_focused()
    assert waiting, "nothing is looked up: the list cannot come late"
    for route in waiting:
        with page.expect_response(route.request.url):
            route.continue_()
    page.wait_for_function("document.activeElement.getAttribute('role') === 'option'")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Suffolk"))


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Hadleigh", ["Hadleigh town: Essex", "Hadleigh town: Suffolk"]),
        ("PE14", ["PE14 postcodes: Cambridgeshire", "PE14 postcodes: Norfolk"]),
    ],
)
def test_what_lies_in_two_trusts_is_shown_in_both(page: Page, typed: str, wanted: list[str]) -> None:
    field(page).press_sequentially(typed)
    expect(options(page)).to_have_text(wanted)
    page.keyboard.press("Enter")
    expect(page.get_by_text("More than one Trust fits")).to_be_visible()


def test_a_postcode_from_elsewhere_is_told_plainly(page: Page) -> None:
    field(page).press_sequentially("M1 1AE")
    told = page.get_by_text("No Trust in this guide covers postcodes that begin with M1.")
    expect(told).to_be_visible()
    expect(page.get_by_text("No Trust in this guide covers a place of that name")).to_be_hidden()


def test_every_council_is_found_by_its_full_name(page: Page, guide: Guide) -> None:
    combobox = field(page)
    expect(combobox).to_be_visible()
    for place in guide.places:
        for name in place.councils[-1:]:
            combobox.fill(name)
            expect(options(page).filter(has_text=place.place).first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("typed", ["Norwich City Council", "lowstoft", "M1 1AE"])
def test_axe_finds_nothing_while_it_answers(page: Page, axe: Axe, typed: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    field(page).press_sequentially(typed)
    expect(options(page).first.or_(page.get_by_text("No Trust in this guide covers postcodes")).first).to_be_visible()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert axe(page) == []


@pytest.mark.parametrize("typed", ["Milton Keynes", "Atlantis", "London"])
def test_a_place_in_no_trust_is_told_plainly_with_ways_on(page: Page, typed: str) -> None:
    combobox = field(page)
    combobox.press_sequentially(typed)
    told = page.get_by_role("search", name="Find your Trust").get_by_text("No Trust in this guide covers a place")
    expect(told).to_be_visible()
    expect(told).to_contain_text("one region only: East of England.")
    expect(options(page)).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Find your Trust"))
    told.get_by_role("link", name="the list of Trusts").click()
    expect(page.get_by_role("heading", name="The Trusts")).to_be_in_viewport()
    combobox.fill("")
    expect(told).to_be_hidden()


@pytest.mark.parametrize("by", ["the button", "Enter"])
def test_where_several_trusts_fit_none_is_opened(page: Page, by: str) -> None:
    field(page).press_sequentially("har")
    button = page.get_by_role("button", name="Find", exact=True)
    if by == "Enter":
        page.keyboard.press("Enter")
    else:
        button.click()
    expect(page.get_by_text("More than one Trust fits")).to_be_visible()
    expect(page.get_by_role("combobox", name="Type a town")).to_be_focused()
    page.get_by_role("combobox", name="Type a town").fill("harlow")
    expect(page.get_by_text("More than one Trust fits")).to_be_hidden()
    button.click()
    expect(page).to_have_title("Essex - Clear Expectations")


def test_words_of_the_list_are_not_taken_for_markup(page: Page) -> None:
    page.route("**/find.js", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => {"
        " document.querySelector('#places a').textContent = '<img src=x onerror=alert(1)>'; })"
    )
    field(page).press_sequentially("img src")
    expect(options(page)).to_contain_text(["<img src=x onerror=alert(1)>"])


def test_its_script_is_fetched_on_this_page_only(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("vcs/", wait_until="networkidle")
    assert not [one for one in asked if "autocomplete" in one]
    expect(field(page)).to_be_visible()
    assert len([one for one in asked if "accessible-autocomplete" in one]) == 1


def test_on_a_telephone_of_apple_each_option_says_its_place_unseen(new_context: Callable[..., BrowserContext]) -> None:
    # The library hides those words with a style of its own, which the policy refuses; guide.css does it instead.
    page = new_context(user_agent=IPHONE, viewport={"width": 360, "height": 740}).new_page()
    field(page).press_sequentially("harl")
    unseen = options(page).first.locator("[id*=option-suffix]")
    expect(unseen).to_have_text("1 of 2")
    box = unseen.bounding_box()
    assert box and box["width"] <= 1 and box["height"] <= 1


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_it_begins_to_work(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    held: list[Route] = []
    page.route("**/find.js", lambda route: held.append(route))
    with page.expect_request("**/find.js"):
        page.goto("trusts/", wait_until="commit")
    heading = page.get_by_role("heading", name="The Trusts")
    before = heading.bounding_box()
    expect(page.get_by_role("combobox", name="Type a town")).to_have_count(0)
    held[0].continue_()
    expect(page.get_by_role("combobox", name="Type a town")).to_be_visible()
    assert heading.bounding_box() == before
