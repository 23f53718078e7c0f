"""The commissioning cycle in a real browser: a drawing on a wide screen, a list on a narrow one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from macros.reading.guide import Guide

pytestmark = pytest.mark.browser


def test_every_part_is_reached_by_keyboard_and_leads_to_its_page(page: Page, guide: Guide) -> None:
    page.goto("")
    parts = page.locator(".ce-wheel svg a")
    expect(parts).to_have_count(len(guide.stages))
    parts.first.focus()
    for number, hub in enumerate(guide.stages):
        at = page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert at == f"{hub.number}: {hub.title}"
        thickness = parts.nth(number).locator("path, rect").evaluate("one => getComputedStyle(one).strokeWidth")
        assert float(thickness.removesuffix("px")) >= 3, "where the focus is can be seen"
        page.keyboard.press("Tab")
    parts.nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Stage 2: needs assessment")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_narrow_screen_has_a_list_instead(
    new_context: Callable[..., BrowserContext], guide: Guide, javascript: bool
) -> None:
    page = new_context(viewport={"width": 360, "height": 740}, java_script_enabled=javascript).new_page()
    page.goto("")
    expect(page.locator(".ce-wheel svg")).to_be_hidden()
    names = [f"{hub.number}: {hub.title}" for hub in guide.stages]
    assert page.locator(".ce-wheel ol a").all_inner_texts() == names


@pytest.mark.parametrize("url", ["", "good-engagement/needs/"])
def test_its_words_are_large_enough(page: Page, url: str) -> None:
    page.goto(url)
    sizes = page.locator(".ce-wheel text").evaluate_all(
        "many => many.map(one => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a)"
    )
    assert min(sizes) >= 12
