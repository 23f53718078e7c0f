"""Marks and lines of sources: where templates say that statements stand together, and nowhere else."""

from __future__ import annotations

from itertools import count

import pytest
from bs4 import BeautifulSoup

from macros.reading.guide import Guide
from macros.views.shared.page import Page
from macros.views.shared.source_lines import documents, quiet

REPORT = "clear-expectations"
BEGIN, END = "<!-- statements -->", "<!-- their sources -->"


@pytest.fixture
def page(guide: Guide) -> Page:
    return Page(guide, "about/", dict)


def said(page: Page, *source: str) -> str:
    return f'<p>So it was.</p>\n<p class="ce-meta">{page.source_tags(source)}</p>\n'


def made(page: Page, html: str) -> BeautifulSoup:
    return BeautifulSoup(quiet(html, documents(page.guide), count(1)), "html.parser")


def words(made: BeautifulSoup) -> list[str]:
    return [" ".join(one.get_text().split()) for one in made.select("p")]


def test_a_source_of_two_statements_is_named_once_below_them(page: Page) -> None:
    luton, essex = f"{REPORT}#luton.governance", f"{REPORT}#essex.governance"
    assert words(made(page, BEGIN + said(page, luton) + said(page, essex, luton) + END)) == [
        "So it was. Source 1",
        "So it was. Source 2 Source 1",
        "Sources: Clear Expectations, April 2009: 1 Luton: VCS in commissioning governance"
        " 2 Essex: VCS in commissioning governance",
    ]


def test_points_of_one_section_are_sources_of_their_own(page: Page) -> None:
    both = said(page, f"{REPORT}#recommendations(1)") + said(page, f"{REPORT}#recommendations(2)")
    assert len(made(page, BEGIN + both + END).select(".ce-sources__one")) == 2


def test_a_part_in_a_part_has_a_line_of_its_own(page: Page) -> None:
    one, two, three = (said(page, f"{REPORT}#{name}.governance") for name in ("luton", "essex", "norfolk"))
    lines = made(page, BEGIN + one + BEGIN + two + two + END + three + END).select(".ce-sources")
    assert [len(line.select("a")) for line in lines] == [1, 2]
    assert len({line["id"] for line in lines}) == 2


@pytest.mark.parametrize("around", ["", BEGIN], ids=["outside", "alone"])
def test_a_tag_outside_of_parts_stays_and_so_does_one_alone(page: Page, around: str) -> None:
    once = said(page, f"{REPORT}#luton.governance")
    html = around + once + (END if around else once)
    found = made(page, html)
    assert len(found.select("a.ce-source")) == (1 if around else 2)
    assert not found.select(".ce-mark, .ce-sources")


def test_ours_stays_a_word_and_needs_no_line(page: Page) -> None:
    found = made(page, BEGIN + said(page, "ours") + said(page, "ours") + END)
    assert [one.get_text() for one in found.select("a.ce-ours")] == ["Ours", "Ours"]
    assert not found.select(".ce-mark, .ce-sources")


def test_a_document_that_is_cited_whole_stands_after_sections_of_others(page: Page) -> None:
    outside = next(one for one in page.guide.documents.values() if one.published and not one.sections)
    assert outside.published
    html = BEGIN + said(page, outside.id) + said(page, f"{REPORT}#luton.governance") + END
    *_, line = words(made(page, html))
    assert line.endswith(f"2 {outside.short_name}, {outside.published.text}")
