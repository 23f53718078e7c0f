"""A profile answers first and loses nothing: seven answers, the rest folded, every statement and source still there."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from mistakes import ROOT
from sourced_parts import statements

from macros.model import addresses
from macros.model.trust import Trust
from macros.reading.guide import Guide
from macros.views.shared.page import Page
from macros.views.trust import trust_profile

MOST_WORDS = 1_100
"""So many words may be in view before anything is unfolded."""
SLUGS = sorted(path.name for path in (ROOT / "data/trusts").iterdir())


def drawn(guide: Guide, slug: str) -> tuple[Page, BeautifulSoup]:
    page = Page(guide, addresses.of_trust(slug), dict)
    return page, BeautifulSoup(trust_profile(page, slug), "html.parser")


@pytest.mark.parametrize("slug", SLUGS)
def test_no_statement_and_no_source_is_lost(guide: Guide, slug: str) -> None:
    trust: Trust = guide.trust(slug)
    page, profile = drawn(guide, slug)
    told = [one for one in statements(trust) if one is not trust.life or trust.life.ended]
    assert len(told) >= 40
    assert {one.where for one in told} <= page.note.statements
    linked = {str(link["href"]).partition("#")[2] for link in profile.select("a.ce-source")}
    rests_on = {addresses.source_anchor(source) for one in told for source in one.source}
    assert rests_on <= linked | {"ours"}, rests_on - linked
    words = squeezed(profile.get_text(" "))
    for one in told:
        for text in (getattr(one, "name", None), getattr(one, "narrative", None)):
            assert squeezed(BeautifulSoup(text or "", "html.parser").get_text()) in words, one.where


def squeezed(text: str) -> str:
    return "".join(text.split()).lower()


@pytest.mark.parametrize("slug", SLUGS)
def test_seven_questions_come_first_each_with_its_source_and_a_way_to_correct_it(guide: Guide, slug: str) -> None:
    _, profile = drawn(guide, slug)
    answers = profile.select(".ce-glance .ce-facts > div")
    assert len(answers) == 7
    for one in answers:
        assert one.select(".ce-source")
        (correct,) = one.select("a[href*='part=']")
        assert f"trust={slug}&" in str(correct["href"])
        said = one.select_one("dd p")
        assert said is not None and said.get_text().strip()
        assert one.select(".ce-unknown") or said.get_text().strip().endswith(".")


@pytest.mark.parametrize("slug", SLUGS)
def test_little_is_in_view_before_anything_is_unfolded(guide: Guide, slug: str) -> None:
    _, profile = drawn(guide, slug)
    for folded in profile.select("details"):
        for child in folded.find_all(True, recursive=False):
            if child.name != "summary":
                child.decompose()
    assert len(profile.get_text(" ").split()) <= MOST_WORDS


@pytest.mark.parametrize("slug", SLUGS)
def test_the_answer_on_terms_names_what_each_of_them_rests_on(guide: Guide, slug: str) -> None:
    trust = guide.trust(slug)
    _, profile = drawn(guide, slug)
    (answer,) = [
        one for one in profile.select(".ce-glance .ce-facts > div") if "Contract and payment" in one.get_text()
    ]
    linked = {str(link["href"]).partition("#")[2] for link in answer.select("a.ce-source")}
    assert {addresses.source_anchor(term.source[0]) for term in trust.terms} <= linked


def test_where_the_report_is_silent_the_answer_is_a_fixed_word(guide: Guide) -> None:
    silent = [trust.slug for trust in guide.trusts if not trust.terms]
    assert silent
    for slug in silent:
        _, profile = drawn(guide, slug)
        (answer,) = [
            one for one in profile.select(".ce-glance .ce-facts > div") if "Contract and payment" in one.get_text()
        ]
        assert "Not mentioned in the report" in answer.get_text()
