"""Buttons below questions: they copy the question, or select it where a page may not copy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from macros.model.text import to_plain
from macros.reading.guide import Guide

pytestmark = pytest.mark.browser

PERMISSIONS = ["clipboard-read", "clipboard-write"]


def test_a_button_copies_its_question(
    new_context: Callable[..., BrowserContext], open_page: Callable[[BrowserContext], Page], guide: Guide
) -> None:
    page = open_page(new_context(permissions=PERMISSIONS))
    page.goto("standards/na-1/")
    button = page.get_by_role("button", name="Copy the question of NA-1")
    button.focus()
    page.keyboard.press("Enter")
    status = page.locator(".ce-copy [role=status]")
    expect(status).to_have_text("Copied")
    asked = next(one.ask for one in guide.standards if one.id == "na-1")
    assert page.evaluate("navigator.clipboard.readText()").split() == to_plain(asked).split()
    expect(button).to_be_focused()


def test_each_question_has_its_own_button(page: Page) -> None:
    page.goto("tools/ask/")
    questions, buttons = page.locator(".ce-ask"), page.locator(".ce-ask + .ce-copy button")
    expect(buttons).to_have_count(questions.count())
    assert questions.count() > 10
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.resolve() }")
    said = page.locator(".ce-copy [role=status]")
    for number in (0, 3):
        buttons.nth(number).click()
        expect(said.nth(number)).to_have_text("Copied")
    expect(said.nth(0)).to_have_text("")


def test_where_copying_is_refused_the_question_is_selected(page: Page) -> None:
    page.goto("standards/na-1/")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()) }")
    page.get_by_role("button", name="Copy the question").click()
    expect(page.locator(".ce-copy [role=status]")).to_contain_text("Selected: press")
    assert page.evaluate("getSelection().toString()").strip() == page.locator(".ce-ask").inner_text().strip()


def test_without_javascript_the_question_stands_there(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("standards/na-1/")
    expect(page.locator(".ce-ask")).to_be_visible()
    expect(page.locator(".ce-copy")).to_have_count(0)


def test_checklists_have_a_button_that_prints(page: Page) -> None:
    page.goto("tools/core/")
    page.evaluate("() => { window.print = () => { document.title = 'printed' } }")
    page.get_by_role("button", name="Print this list").click()
    expect(page).to_have_title("printed")


def test_a_checklist_prints_boxes_and_no_controls(page: Page, guide: Guide) -> None:
    page.goto("tools/core/")
    page.emulate_media(media="print")
    expect(page.locator(".ce-checklist button")).to_be_hidden()
    core = [one for one in guide.standards if one.core]
    expect(page.locator(".ce-checks input:visible")).to_have_count(sum(len(one.clauses) for one in core))
    parts = page.locator(".ce-checklist__standard")
    expect(parts).to_have_count(len(core))
    assert {part.evaluate("one => getComputedStyle(one).breakInside") for part in parts.all()} == {"avoid"}
