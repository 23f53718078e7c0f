"""The timeline: every record with a date in its years is there, in order, with its source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from bs4 import BeautifulSoup, Tag

from macros.derived.dated_records import DatedRecord, dated_records
from macros.model import addresses
from macros.model.base import Model, Sourced
from macros.model.dates import When
from macros.model.trust import Activity, Award, Framework, Plan, Step, Training, Trust, Unit, Voice
from macros.reading.guide import Guide

FIRST, LAST = date(2004, 1, 1), date(2012, 12, 31)
DATED = (Unit, Framework, Voice, Activity, Training, Award, Plan, Step)


@pytest.fixture(scope="module")
def page(rendered: dict[str, str]) -> BeautifulSoup:
    return BeautifulSoup(rendered["evidence/timeline.md"], "html.parser")


@pytest.fixture(scope="module")
def entries(guide: Guide) -> list[DatedRecord]:
    return dated_records(guide, FIRST, LAST)


def words(one: Tag | None) -> str:
    assert one is not None
    return " ".join(one.get_text().split())


def within(when: When | None) -> bool:
    return when is not None and when.first >= FIRST and when.last <= LAST


def dated_parts(trust: Trust) -> Iterator[tuple[Sourced, When]]:
    """Yield whatever a profile dates, wherever it stands; sums have a period, which is no event."""
    waiting: list[object] = [trust]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            waiting += one
        elif isinstance(one, Model):
            values = [getattr(one, name) for name in type(one).model_fields]
            waiting += values
            if isinstance(one, DATED):
                yield from ((one, value) for value in values if isinstance(value, When))


def test_every_date_of_a_trust_is_there_with_its_source(guide: Guide, entries: list[DatedRecord]) -> None:
    for trust in guide.trusts:
        for part, when in dated_parts(trust):
            if within(when):
                (entry,) = [one for one in entries if any(part is of for of in one.parts)]
                assert entry.when == when
                assert set(part.source) <= set(entry.source)
                assert entry.trust is trust
        if within(trust.life.ended):
            assert any(trust.life in one.parts for one in entries)


def test_what_happened_in_the_country_is_there_with_its_source(guide: Guide, entries: list[DatedRecord]) -> None:
    there = [part for one in entries for part in one.parts]
    documents = [one for one in guide.documents.values() if one.is_cited and within(one.published)]
    facts = [one for many in guide.later if not many.trust for one in many.facts if one.title and within(one.as_of)]
    events = [one for many in guide.point_lists.values() for one in many.points if one.event]
    assert min(len(documents), len(facts), len(events)) > 2
    for one in (*documents, *facts, *events, *guide.surveys):
        assert any(one is part for part in there), one.where


def test_entries_stand_in_order_under_their_years(page: BeautifulSoup, entries: list[DatedRecord]) -> None:
    assert [one.when.first for one in entries] == sorted(one.when.first for one in entries)
    shown = page.select("ol.ce-timeline > li > ol > li")
    assert [words(one.select_one(".ce-dated__when strong")).lower() for one in shown] == [
        one.when.text.lower() for one in entries
    ]
    assert [words(one.select_one(".ce-items__name")) for one in shown] == [one.title for one in entries]
    years = [words(one) for one in page.select("ol.ce-timeline > li > h3")]
    assert years == sorted(set(years))
    for year in page.select("ol.ce-timeline > li"):
        assert all(words(year.select_one("h3")) in words(one) for one in year.select(".ce-dated__when strong"))
    assert all(one.select("a.ce-mark, a.ce-source") for one in shown)


def test_a_date_is_no_more_exact_than_its_source(page: BeautifulSoup) -> None:
    said = {
        words(one.select_one(".ce-items__name")): words(one.select_one(".ce-dated__when strong"))
        for one in page.select("li.ce-dated__one")
    }
    assert said["Destinations Unknown"] == "2007"
    assert said["Joint Commissioning Unit"] == "2007"
    assert said["Commissioning Workshops"] == "Autumn 2007"
    assert said["Revised Children’s Trust guidance"] == "18 November 2008"


def test_each_entry_says_whose_it_is_and_leads_to_the_trust(guide: Guide, page: BeautifulSoup) -> None:
    for one in page.select(".ce-dated__one--country"):
        assert words(one.select_one(".ce-dated__side")) == "Policy and studies"
    names = {trust.name: addresses.of_trust(trust.slug) for trust in guide.trusts}
    for one in page.select(".ce-dated__one--trust"):
        (link,) = one.select(".ce-dated__side a")
        assert str(link["href"]).endswith(names[words(link)])


def test_a_date_that_a_chapter_gives_twice_is_one_entry(entries: list[DatedRecord]) -> None:
    twice = [one for one in entries if len(one.parts) > 1]
    assert {one.trust.slug for one in twice if one.trust} == {"luton", "peterborough", "suffolk"}
    for one in twice:
        assert all(isinstance(part, Step | Plan) for part in one.parts[1:]), "other parts tell of different things"


def test_trusts_without_a_date_are_named_and_not_left_out(guide: Guide, page: BeautifulSoup) -> None:
    there = {words(one) for one in page.select(".ce-dated__side a")}
    (silent,) = page.select(".ce-dated > p")
    assert {words(link) for link in silent.select("a")} == {one.name for one in guide.trusts} - there


def test_the_choice_needs_no_script(page: BeautifulSoup) -> None:
    """Styles alone hide what is not chosen: without them, and on paper, everything is there."""
    choices = page.select("fieldset input[type=radio]")
    assert [one["value"] for one in choices] == ["all", "country", "trusts"]
    assert [one.has_attr("checked") for one in choices] == [True, False, False]
    assert all(page.select(f"label[for={one['id']}]") for one in choices)
    assert "ce-no-print" in page.select("fieldset")[0]["class"]
    assert not page.select("[hidden]")
