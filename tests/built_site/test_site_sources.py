"""Quiet evidence: each statement has a mark of its source, and each part of a page names its sources once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup, Tag
from built_site import ROOT, Page, Site, text
from sourced_parts import statements

from macros.model import addresses
from macros.model.base import OURS, Sourced
from macros.model.vocabulary import Part
from macros.pages.site import Site as DrawnSite
from macros.reading.guide import Guide
from macros.views.shared.page import Page as DrawnPage

SHOWN = "a.ce-mark, a.ce-source"
"""What shows the source of a statement: a number, or a tag, which is in full or says “Ours”."""


def sources(page: Page, part: Tag) -> Iterator[str]:
    """Yield the label of each source that a part of a page shows beside its statements, in their order."""
    for one in part.select(SHOWN):
        if "ce-mark" in one.get_attribute_list("class"):
            yield text(page.soup.select_one(f"{one['href']} a.ce-source"))
        elif not one.find_parent(class_="ce-sources"):
            yield text(one).removeprefix("Source: ")


def wanted(guide: Guide, many: Iterable[Sourced]) -> Counter[str]:
    """Return the labels of the sources of statements, as often as statements rest on them."""
    label = DrawnPage(guide, "", dict).source_label
    return Counter(label(reference) for one in many for reference in one.source)


def within(page: Page, anchor: str) -> Tag:
    found = page.article.select_one(f"#{anchor} + .ce-part")
    assert found is not None, anchor
    return found


# --- none is lost -------------------------------------------------------------------------------------------------


def test_every_page_shows_each_source_as_often_as_its_macros_name_it(either: Site, guide: Guide) -> None:
    """What the macros draw names every source in full. The site must show each of them, and no other."""
    drawn = DrawnSite(guide, ROOT / "docs")
    counted = 0
    for source in drawn.pages:
        tags = BeautifulSoup(drawn.drawn(source), "lxml").select("a.ce-source")
        named = Counter(text(one).removeprefix("Source: ") for one in tags)
        page = either[source.url]
        assert Counter(sources(page, page.article)) == named, source.url
        counted += named.total()
    assert counted > 3_000


@pytest.mark.parametrize("part", Part)
def test_a_profile_has_a_mark_for_every_statement(either: Site, guide: Guide, part: Part) -> None:
    more = {Part.CONTEXT: ("tools", "awards"), Part.NEXT_STEPS: ("plans",), Part.INVESTMENT: ("terms",)}
    for trust in guide.trusts:
        told: Sourced = getattr(trust, part.replace("-", "_"))
        many = [told, *statements(told), *(one for name in more.get(part, ()) for one in getattr(trust, name))]
        page = either[addresses.of_trust(trust.slug)]
        assert Counter(sources(page, within(page, part))) == wanted(guide, many), trust.slug


def test_a_standard_has_a_mark_for_each_piece_of_evidence_and_each_trust(either: Site, guide: Guide) -> None:
    for one in guide.standards:
        page = either[addresses.of_standard(one.id)]
        assert Counter(sources(page, within(page, "evidence"))) == wanted(guide, one.evidence), one.id
        told = [did for trust in guide.trusts for did in trust.practice if did.standard == one.id]
        assert Counter(sources(page, within(page, "trusts"))) == wanted(guide, told), one.id


def test_the_framework_has_a_mark_for_every_arrangement_and_step(either: Site, guide: Guide) -> None:
    framework = guide.framework
    shown = {
        "": [framework, *framework.asks],
        "by-stage/": [part for one in framework.stages for part in (one, *one.common, *one.local)],
        "governance/": framework.decisions,
        "adopt/": framework.adopt,
        "cross-border/": framework.across,
        "case-and-limits/": framework.arguments,
    }
    for name, many in shown.items():
        page = either[f"framework/{name}"]
        left = wanted(guide, many) - Counter(sources(page, page.article))
        assert not left, name


def test_every_printed_answer_of_the_survey_has_a_mark(either: Site, guide: Guide) -> None:
    answers = guide.survey(guide.first_wave.id).answers
    table = either["survey/"].article.select_one("table:has(#answers-caption) tbody")
    assert table is not None
    rows = table.select("tr")
    assert len(rows) == len(answers) > 10
    assert all(row.select_one(f"td[data-label=Source] :is({SHOWN})") for row in rows)
    assert Counter(sources(either["survey/"], table)) == wanted(guide, answers)


# --- each is named once -------------------------------------------------------------------------------------------


def test_no_source_is_named_in_full_twice_in_a_row(either: Site) -> None:
    """A heading begins anew: what is below it is read by itself."""
    found = []
    for page in either.pages.values():
        for one, other in pairwise(page.article.select("h1, h2, h3, a.ce-source:not(.ce-ours)")):
            if one.name == "a" and (one.get("href"), text(one)) == (other.get("href"), text(other)):
                found.append(f"{page}: {text(one)}")
    assert found == []


def test_a_line_names_each_source_once_and_numbers_them_from_one(either: Site) -> None:
    lines = 0
    for page in either.pages.values():
        for line in page.article.select("p.ce-sources"):
            entries = line.select(".ce-sources__one")
            numbers = [text(one.select_one(".ce-sources__number")) for one in entries]
            assert numbers == [str(number) for number in range(1, len(entries) + 1)], page
            assert [one["id"] for one in entries] == [f"{line['id']}-{number}" for number in numbers], page
            named = [(one["href"], text(one)) for one in line.select("a.ce-source")]
            assert len({*named}) == len(named) == len(entries), page
            lines += 1
    assert lines > 250


def test_every_mark_leads_to_its_source_in_the_line_below_it(either: Site) -> None:
    for page in either.pages.values():
        used = set()
        for mark in page.article.select("a.ce-mark"):
            entry = page.article.select_one(str(mark["href"]))
            assert entry is not None, f"{page}: {mark}"
            number, label = text(entry.select_one(".ce-sources__number")), text(entry.select_one("a.ce-source"))
            assert text(mark) == f"Source {number}", page
            assert mark["title"] == label, page
            assert mark.find_next(id=entry["id"]) is entry, f"{page}: the line stands above {mark}"
            folded = mark.find_parent("details")
            assert folded is None or entry in folded.descendants or folded.find_parent("figure"), f"{page}: {mark}"
            used.add(entry["id"])
        assert used == {one["id"] for one in page.article.select(".ce-sources__one")}, page


def test_a_line_says_which_document_its_sections_are_of(site: Site, guide: Guide) -> None:
    report = guide.documents["clear-expectations"]
    line = within(site["trusts/luton/"], "governance").select_one(".ce-sources")
    assert report.published is not None
    assert text(line).startswith(
        f"Sources: {report.short_name}, {report.published.text}: 1 Luton: VCS in commissioning"
    )
    when = re.compile(r"\d{4}")
    outside = within(site["trusts/luton/"], "today").select_one(".ce-sources")
    assert report.short_name not in text(outside)
    assert when.search(text(outside)), "when a document from outside was published"


def test_ours_stays_a_word(site: Site) -> None:
    ours = [one for page in site.pages.values() for one in page.article.select("a.ce-ours")]
    assert len(ours) > 400
    assert {text(one) for one in ours} == {"Ours"}
    assert all(str(one["href"]).endswith(f"#{addresses.source_anchor(OURS)}") for one in ours)
