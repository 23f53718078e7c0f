"""Pages of stages, principles and the framework: in groups that readers look for, with charts and marks in place."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from bs4 import BeautifulSoup, Tag

from macros.derived import charts
from macros.derived.relations import links
from macros.model.vocabulary import Stage
from macros.reading.guide import Guide
from macros.views import framework, guidance
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


@pytest.mark.parametrize("stage", Stage)
def test_a_stage_tells_of_trusts_under_the_standard_that_it_is_about(page: Page, stage: Stage) -> None:
    related = links(page.guide)
    told = {
        f"{one.id.upper()} {one.title}": [said.trust.name for said in related.trusts_by_standard[one.id]]
        for one in related.standards_by_stage[stage]
        if related.trusts_by_standard[one.id]
    }
    folds = drawn(page, guidance.stage(page, stage)).select("details.ce-more")
    assert {words(fold.find_previous_sibling("h3")): names(fold) for fold in folds} == told
    for fold in folds:
        assert all(name in words(fold.summary) for name in names(fold)), "before it is opened one sees whom it is about"
        assert fold.select(".ce-sources, .ce-source")


def names(fold: Tag) -> list[str]:
    return [words(one) for one in fold.select(".ce-items__name")]


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
            charted |= {principle.id} if charts.of_question(survey, question, page.first_wave.date) else set()
        assert bool(soup.select("figure.ce-chart")) == (principle.id in charted)
        assert len({words(one) for one in soup.select("h3")}) == len(soup.select("h3"))
    assert charted == {"g1", "g2", "g4"}, "no figure is printed for the third"


@pytest.mark.parametrize(
    "draw",
    [framework.framework_about, framework.framework_stages, framework.framework_arguments, framework.framework_adopt],
)
def test_on_pages_of_the_framework_our_mark_follows_what_is_ours(page: Page, draw: Callable[[Page], str]) -> None:
    soup = drawn(page, draw(page))
    assert soup.select(".ce-ours")
    assert [one for one in soup.select("p.ce-meta") if words(one) == "Ours"] == []
