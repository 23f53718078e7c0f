"""The pages of a survey that has been asked again: its results, and its questionnaire for paper. All is made up."""

from __future__ import annotations

import pypdfium2
import pytest
from axe import Axe
from playwright.sync_api import Page
from test_axe import faults_in_each_state
from test_print import MM, outside, words_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RESULTS = "survey/results/2027/"


def test_results_have_no_faults_that_axe_sees(page: Page, axe: Axe, asked_again: str) -> None:
    page.goto(asked_again + RESULTS)
    assert page.get_by_role("heading", name="Compared with an earlier survey").count() == 1
    assert page.get_by_role("heading", name="With weights").count() == 1
    assert faults_in_each_state(page, axe) == {}


def test_results_fit_a_narrow_screen(page: Page, asked_again: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(asked_again + RESULTS)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_questionnaire_for_paper_has_no_faults_that_axe_sees(page: Page, axe: Axe, on_paper: str) -> None:
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(on_paper)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("paper", ["A4", "A5"])
@pytest.mark.parametrize("kind", ["results", "questionnaire"])
def test_both_are_whole_on_paper(page: Page, asked_again: str, on_paper: str, kind: str, paper: str) -> None:
    page.goto(asked_again + RESULTS if kind == "results" else on_paper, wait_until="load")
    printed = pypdfium2.PdfDocument(page.pdf(format=paper, prefer_css_page_size=False, print_background=False))
    assert [*outside(printed, 10 * MM)] == []
    words = " ".join(words_of(printed).split())
    assert "In which area did you do most of this work during the last year?" in words
