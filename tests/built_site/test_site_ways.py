"""How pages lead to each other: their own headings, where each one stands, and what comes before and after it."""

from __future__ import annotations

from collections import Counter

from bs4 import Tag
from built_site import Page, Site


def heading(page: Page) -> str:
    found = page.soup.select_one("article h1")
    assert isinstance(found, Tag), page.url
    return found.get_text()


def test_each_page_has_a_heading_of_its_own(either: Site) -> None:
    headings = Counter(heading(page) for page in either.addressed.values())
    assert {words for words, count in headings.items() if count > 1} == set()


def test_previous_and_next_stay_within_a_section_and_stand_once(either: Site) -> None:
    for url, page in either.pages.items():
        assert len(page.soup.select(".ce-pager")) <= 1, url
    assert either.pages["tools/"].soup.select("footer [rel=prev]") == []  # not the last Trust
    assert either.pages["trusts/thurrock/"].soup.select("footer [rel=next]") == []
    assert either.pages["good-engagement/design/"].soup.select("footer [rel=prev]") != []


def test_a_standard_opens_with_what_is_required_and_stands_in_its_stage(either: Site) -> None:
    page = either.pages["standards/na-1/"].soup
    assert page.select("article h2")[0]["id"] == "required"
    assert page.select("article h2")[-1]["id"] == "about"
    assert [link.get_text() for link in page.select(".ce-path a")][-1] == "Stage 2: needs assessment"
    assert [link.get_text() for link in page.select(".ce-nav a[aria-current]")] == ["Needs assessment"]


def test_the_pages_for_commissioners_and_of_good_engagement_differ(either: Site) -> None:
    asked = either.pages["commissioners/"].soup.select("a[href$='/#print']")
    assert len(asked) == 8
    assert either.pages["good-engagement/"].soup.select("a[href$='/#print']") == []


def test_the_title_of_the_home_page_says_the_name_once(either: Site) -> None:
    assert either.pages[""].soup.title is not None
    assert either.pages[""].soup.title.get_text().count("Clear Expectations") == 1
