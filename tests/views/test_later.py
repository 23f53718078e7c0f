"""What the guide tells of the time after its evidence: dated, sourced, and never more than documents state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup
from mistakes import Folder

from macros.derived import tables
from macros.derived.reviews import later_due
from macros.history.timeline_entries import UNKNOWN
from macros.model.later import LaterFact, LaterFacts, OpenQuestion
from macros.model.text import to_plain
from macros.model.vocabulary import Effect, LaterTopic
from macros.publish.search_index import other_names
from macros.reading.guide import Guide, load
from macros.views import later
from macros.views.guidance import standard
from macros.views.shared.page import Page
from macros.views.trust import trust_profile


def page_of(guide: Guide, url: str, today: date = date(2026, 11, 30)) -> Page:
    return Page(guide, url, dict, history=UNKNOWN, today=today)


def text(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def section(html: str, anchor: str) -> str:
    """Return the part of a drawn page below one of its headings."""
    return html.partition(f"{{: #{anchor} }}")[2].partition("\n## ")[0]


def test_a_fact_and_a_question_have_no_room_for_what_must_not_be_printed() -> None:
    """Quotes are for checking; what is only believed is a question, so no field can hold a belief or a quote."""
    allowed = {"id", "source", "topic", "title", "what", "as_of", "review", "terms", "now_called", "bears_on"}
    assert set(LaterFact.model_fields) == allowed
    assert set(OpenQuestion.model_fields) == {"id", "source", "topic", "asks", "review", "terms"}


def test_each_profile_says_who_is_responsible_today(guide: Guide) -> None:
    for trust in guide.trusts:
        told = section(trust_profile(page_of(guide, f"trusts/{trust.slug}/"), trust.slug), "today")
        labels = [text(str(one)) for one in BeautifulSoup(told, "html.parser").select("dt")]
        assert labels[-6:] == [
            "Who leads children’s services",
            "Changes that were to come",
            "The partnership for children",
            "Who speaks for the sector",
            "Who plans health services",
            "Official codes",
        ], trust.slug
        (subject,) = [one for one in guide.later if one.trust == trust.slug]
        said = text(told)
        assert subject.read.text in said
        assert all(later.as_of(fact) in said for fact in subject.facts)


def test_bedfordshire_has_two_councils_with_their_codes(guide: Guide) -> None:
    told = text(section(trust_profile(page_of(guide, "trusts/bedfordshire/"), "bedfordshire"), "today"))
    for one in ("Bedford Borough Council", "Central Bedfordshire Council", "E06000055", "E06000056"):
        assert one in told
    assert "E10000001" not in told


def test_what_no_document_answers_is_marked_as_not_known(guide: Guide) -> None:
    for subject in guide.later:
        if subject.trust:
            drawn = section(trust_profile(page_of(guide, f"trusts/{subject.trust}/"), subject.trust), "today")
            items = BeautifulSoup(drawn, "html.parser").select(".ce-fact")
            for question in subject.questions:
                (item,) = [one for one in items if to_plain(question.asks) in text(str(one))]
                assert text(str(item.select_one(".ce-status"))) == "Not known"


def test_a_trust_without_a_file_says_that_nothing_is_recorded(guide: Guide) -> None:
    bare = replace(guide, later=())
    told = text(section(trust_profile(page_of(bare, "trusts/luton/"), "luton"), "today"))
    assert "Nothing is recorded here of the time since 2009." in told
    assert told.count(later.NOT_FOUND) == len(later._OF_A_TRUST)
    assert "Not found" not in text(later.later_questions(page_of(bare, "x/")))


def test_every_standard_has_a_today(guide: Guide) -> None:
    bearing = {one.standard for subject in guide.later for fact in subject.facts for one in fact.bears_on}
    for one in guide.standards:
        told = text(section(standard(page_of(guide, f"standards/{one.id}/"), one.id), "today"))
        assert "This is not legal advice." in told or "does not give legal advice" in told
        assert ("Nothing is recorded here" in told) == (one.id not in bearing), one.id
    assert len(bearing) > len(guide.standards) / 2


def test_what_a_fact_means_for_a_standard_is_marked_as_ours_with_its_date(guide: Guide) -> None:
    for subject in guide.later:
        for fact in subject.facts:
            for one in fact.bears_on:
                told = BeautifulSoup(
                    section(standard(page_of(guide, f"standards/{one.standard}/"), one.standard), "today"),
                    "html.parser",
                )
                (item,) = [li for li in told.select("li") if to_plain(one.means) in text(str(li))]
                assert item.select_one(".ce-ours")
                assert later.as_of(fact) in text(str(item))
                assert to_plain(fact.what) in text(str(item))


def test_the_timeline_is_an_ordered_list_with_years_as_headings(guide: Guide) -> None:
    drawn = BeautifulSoup(later.later_timeline(page_of(guide, "since-2009/")), "html.parser")
    years = [int(text(str(one))) for one in drawn.select("ol.ce-timeline > li > h3")]
    assert years == sorted(set(years))
    assert years[0] == 2010
    told = [one["id"] for one in drawn.select("ol.ce-timeline > li > ul > li")]
    titled = {fact.id for one in guide.later if one.trust is None for fact in one.facts if fact.title}
    assert set(told) == titled
    assert len(told) == len(titled)
    assert all(one.select_one("a.ce-source") for one in drawn.select("ol.ce-timeline > li > ul > li"))


def test_each_effect_gathers_the_standards_it_was_given(guide: Guide) -> None:
    drawn = text(later.later_standards(page_of(guide, "since-2009/standards/")))
    for subject in guide.later:
        for fact in subject.facts:
            for one in fact.bears_on:
                assert to_plain(one.means) in drawn
    for effect in Effect:
        assert effect.meaning in drawn


def test_a_document_without_a_safe_address_is_named_and_not_linked(guide: Guide) -> None:
    drawn = BeautifulSoup(later.further_reading(page_of(guide, "since-2009/reading/")), "html.parser")
    facts = [fact for one in guide.later for fact in one.facts if fact.topic == LaterTopic.READING]
    rows = drawn.select("ul.ce-items > li")
    assert len(rows) == len(facts)
    for fact, row in zip(facts, rows, strict=True):
        document, link = guide.document(fact.source[0]), row.select_one("strong a")
        assert document.title in text(str(row))
        assert (link["href"] if link else None) == document.address
    assert any(guide.document(fact.source[0]).address is None for fact in facts)


def test_search_finds_a_term_by_what_it_is_called_now(guide: Guide) -> None:
    names = other_names(guide)
    assert {"PCT", "integrated care board", "ICB"} <= set(names["glossary/#pct"])
    assert "Civil Society Covenant" in names["glossary/#compact"]


def test_the_table_tells_facts_from_questions(guide: Guide) -> None:
    table = tables.since(guide)
    assert len(table) == sum(len(one.parts) for one in guide.later)
    asked = table[table["confidence"] == "open question"]
    assert {*asked["id"]} == {one.id for subject in guide.later for one in subject.questions}
    assert all("?" in one for one in asked["what"])
    assert all(source == "ours" for source in asked["source"])
    assert not any(source == "ours" for source in table[table["confidence"] == "stated"]["source"])
    assert "no date shown" in {*table["as_of"]}


@pytest.mark.parametrize(
    ("day", "said"), [(date(2026, 3, 31), "Due for review on"), (date(2026, 4, 1), "has been due")]
)
def test_a_profile_says_when_its_later_facts_are_due(guide: Guide, day: date, said: str) -> None:
    assert said in text(section(trust_profile(page_of(guide, "trusts/luton/", day), "luton"), "today"))


def test_a_fact_is_due_when_its_file_is_or_before(guide: Guide) -> None:
    subject: LaterFacts = next(one for one in guide.later if one.trust == "norfolk")
    dated = next(one for one in subject.facts if one.id == "norfolk-icb")
    plain = next(one for one in subject.facts if one.review is None)
    assert later_due(subject, dated, 12) == date(2026, 4, 1)
    assert later_due(subject, plain, 12) == date(2027, 11, 30)


def test_a_guide_without_later_facts_is_whole(data: Folder) -> None:
    for file in (data / "since").iterdir():
        file.unlink()
    guide = load(data.path)
    assert guide.later == ()
    assert "Nothing is recorded" in text(standard(page_of(guide, "standards/fn-3/"), "fn-3"))
