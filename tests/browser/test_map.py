"""The map of the Trusts: a word in each tile, for the question that is chosen, and for the first without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from macros.reading.guide import Guide
from macros.views.grid import QUESTIONS

pytestmark = pytest.mark.browser


def names(page: Page) -> set[str]:
    return {str(one.get_attribute("aria-label")).lower() for one in page.locator(".ce-map a").all()}


def wanted(guide: Guide, number: int) -> set[str]:
    said = {trust.name: str(QUESTIONS[number].word(trust)) for trust in guide.trusts}
    return {
        f"{name}: {'not mentioned in the report' if word == 'not mentioned' else word}".lower()
        for name, word in said.items()
    }


def test_tiles_take_the_answers_to_the_question_that_is_chosen(page: Page, guide: Guide) -> None:
    page.goto("trusts/")
    assert names(page) == wanted(guide, 0)
    for number, question in enumerate(QUESTIONS):
        page.get_by_label("What the map shows").select_option(question.title)
        expect(page.locator(".ce-map-figure figcaption")).to_contain_text(question.title)
        assert names(page) == wanted(guide, number)
        words = [" ".join(one.locator(".ce-map__word").all_text_contents()) for one in page.locator(".ce-map a").all()]
        assert all(words), "no tile tells by its colour alone"


def test_without_scripts_the_map_shows_the_first_question(
    new_context: Callable[..., BrowserContext], guide: Guide
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("trusts/")
    assert names(page) == wanted(guide, 0)
    expect(page.locator("[data-ce-map]")).to_be_hidden()


def test_words_fit_into_their_tiles(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("trusts/")
    for question in QUESTIONS:
        page.get_by_label("What the map shows").select_option(question.title)
        outside = page.locator(".ce-map a").evaluate_all(
            """tiles => tiles.filter(tile => {
                const box = tile.querySelector("rect").getBoundingClientRect();
                return [...tile.querySelectorAll("text")].some(text => {
                    const one = text.getBoundingClientRect();
                    return one.left < box.left || one.right > box.right || one.bottom > box.bottom + 1;
                });
            }).map(tile => tile.getAttribute("aria-label"))"""
        )
        assert outside == [], question.title
