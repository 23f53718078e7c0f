"""Pages of principles: what the survey found, as charts where there are figures."""

from __future__ import annotations

from itertools import count

import pytest
from bs4 import BeautifulSoup, Tag

from macros.derived import charts
from macros.reading.guide import Guide
from macros.views import guidance
from macros.views.shared.page import Page
from macros.views.shared.source_lines import documents, quiet


@pytest.fixture
def page(guide: Guide) -> Page:
    return Page(guide, "about/", dict)


def drawn(page: Page, markdown: str) -> BeautifulSoup:
    return BeautifulSoup(quiet(markdown, documents(page.guide), count(1)), "html.parser")


def words(element: Tag | None) -> str:
    assert element is not None
    return " ".join(element.get_text(" ").split())


def test_a_principle_shows_what_the_survey_found_as_charts(page: Page) -> None:
    survey = page.guide.survey("2009")
    themes = {one.id: one.principle for one in survey.themes}
    charted = set()
    for principle in page.principles:
        soup = drawn(page, guidance.principle(page, principle.id))
        questions = [one for one in survey.questions if themes[one.theme] == principle.id]
        for question in questions:
            assert charts.headline(question) in [words(one) for one in soup.select("h3")]
            assert all(one in words(soup) for one in charts.rest_of(question).split(". "))
            charted |= {principle.id} if charts.of_question(survey, question, page.region.evidence_date) else set()
        assert bool(soup.select("figure.ce-chart")) == (principle.id in charted)
        assert len({words(one) for one in soup.select("h3")}) == len(soup.select("h3"))
    assert charted == {"g1", "g2", "g4"}, "no figure is printed for the third"
