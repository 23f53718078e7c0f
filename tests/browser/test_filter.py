"""Choosing among the standards: what is shown, what the address says, and what is there without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from axe import Axe
from playwright.sync_api import BrowserContext, Page, expect

from macros.reading.guide import Guide

pytestmark = pytest.mark.browser


def shown(page: Page) -> list[str]:
    """The ids of the standards that are shown."""
    names = page.locator("#standards li:visible .ce-standards__id").all_inner_texts()
    return [name.strip().lower() for name in names]


def wait_for_filter(page: Page) -> None:
    """Wait until the script has read the address: only then does it show the form."""
    expect(page.locator(".ce-filter")).to_be_visible()


def ids(guide: Guide, keep: Callable[..., bool]) -> list[str]:
    return [one.id for one in guide.standards if keep(one)]


def test_fields_narrow_the_list_together(page: Page, guide: Guide) -> None:
    page.goto("standards/")
    status = page.locator(".ce-filter [role=status]")
    expect(status).to_have_text(f"All {len(guide.standards)} standards")
    page.get_by_label("Stage or theme").select_option("funding")
    assert sorted(shown(page)) == sorted(ids(guide, lambda one: one.stage == "funding"))
    page.get_by_label("Core standards only").check()
    wanted = ids(guide, lambda one: one.stage == "funding" and one.core)
    assert sorted(shown(page)) == sorted(wanted)
    expect(status).to_have_text(f"{len(wanted)} of {len(guide.standards)} standards")
    expect(page.locator("#standards h2:visible")).to_have_count(1)


@pytest.mark.parametrize(("field", "value"), [("principle", "g2"), ("recommendation", "r3")])
def test_an_item_may_have_several_values(page: Page, guide: Guide, field: str, value: str) -> None:
    page.goto(f"standards/?{field}={value}")
    wait_for_filter(page)
    assert sorted(shown(page)) == sorted(ids(guide, lambda one: value in getattr(one, f"{field}s")))


def test_the_choice_stands_in_the_address_and_back_undoes_it(page: Page, guide: Guide) -> None:
    page.goto("standards/?h=trust")
    page.get_by_label("Stage or theme").select_option("needs")
    page.get_by_label("Core standards only").check()
    expect(page).to_have_url(re.compile(r"standards/\?h=trust&stage=needs&core=core$"))
    page.reload()
    wait_for_filter(page)
    assert shown(page) == ids(guide, lambda one: one.stage == "needs" and one.core)
    page.go_back()
    expect(page.get_by_label("Core standards only")).not_to_be_checked()
    assert sorted(shown(page)) == sorted(ids(guide, lambda one: one.stage == "needs"))
    page.go_back()
    expect(page.get_by_label("Stage or theme")).to_have_value("")
    assert len(shown(page)) == len(guide.standards)
    page.go_forward()
    expect(page.get_by_label("Stage or theme")).to_have_value("needs")


def test_an_address_with_nonsense_shows_everything(page: Page, guide: Guide) -> None:
    page.goto("standards/?stage=%3Cscript%3E&core=perhaps&recommendation=r99")
    wait_for_filter(page)
    assert len(shown(page)) == len(guide.standards)


def test_nothing_fits_and_show_all_brings_everything_back(page: Page, guide: Guide) -> None:
    page.goto("standards/?stage=strategy&principle=g2&core=core")
    expect(page.locator(".ce-filter [role=status]")).to_contain_text(f"0 of {len(guide.standards)} standards. Nothing")
    page.get_by_role("button", name="Show all").press("Enter")
    assert len(shown(page)) == len(guide.standards)
    expect(page.get_by_label("Stage or theme")).to_be_focused()
    expect(page).to_have_url(re.compile("standards/$"))


def test_the_browsers_own_search_finds_what_is_left_out(page: Page, guide: Guide) -> None:
    """A reader who looks for words on the page is not told that they are not there, because a choice hides them."""
    left_out = next(one for one in guide.standards if one.stage != "funding")
    page.goto("standards/?stage=funding")
    wait_for_filter(page)
    assert left_out.id not in shown(page)
    # An address that names words is followed as the search is, and cannot be asked to do more than find them.
    page.goto(f"standards/?stage=funding#:~:text={quote(left_out.title, safe='')}")
    expect(page.locator(".ce-filter [role=status]")).to_have_text(f"All {len(guide.standards)} standards")
    expect(page.get_by_label("Stage or theme")).to_have_value("")
    assert left_out.id in shown(page)


def test_what_is_left_out_takes_no_room(page: Page) -> None:
    page.goto("standards/?stage=funding")
    wait_for_filter(page)
    heights = page.eval_on_selector_all("#standards [hidden]", "all => all.map((one) => one.offsetHeight)")
    assert len(heights) > 20 and set(heights) == {0}


def test_it_works_with_the_keyboard_alone(page: Page, guide: Guide) -> None:
    page.goto("standards/")
    wait_for_filter(page)
    page.get_by_label("Stage or theme").focus()
    page.keyboard.press("ArrowDown")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert sorted(shown(page)) == sorted(ids(guide, lambda one: one.stage == "strategy" and one.core))


def test_without_javascript_the_list_is_whole(new_context: Callable[..., BrowserContext], guide: Guide) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("standards/?core=core")
    assert len(shown(page)) == len(guide.standards)
    expect(page.locator(".ce-filter")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(
    kept_context: Callable[..., BrowserContext],
    open_page: Callable[[BrowserContext], Page],
    axe: Axe,
    scheme: str,
    width: int,
) -> None:
    page = open_page(kept_context(color_scheme=scheme, viewport={"width": width, "height": 800}))
    page.goto("standards/?stage=funding")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
