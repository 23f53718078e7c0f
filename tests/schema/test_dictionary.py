"""The data dictionary has every field that the models have, each with a place of its own, a meaning and its pages."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from pydantic import BaseModel

from macros.derived.figures import counted
from macros.model.base import Model
from macros.model.holdings import HOLDINGS
from macros.model.tracking import watching
from macros.pages.site import Site
from macros.reading.guide import Guide
from macros.schema import dictionary
from macros.schema.fields import model_at


@pytest.fixture(scope="module")
def page(rendered: dict[str, str]) -> BeautifulSoup:
    return BeautifulSoup(rendered["data/dictionary.md"], "lxml")


def fields(model: type[BaseModel], path: tuple[str, ...]) -> dict[str, str]:
    """Return the anchors of all fields of a model and of what is in it, each with the field's description."""
    found: dict[str, str] = {}
    for name, info in model.model_fields.items():
        if name == "source":
            continue
        found["-".join((*path, name))] = info.description or ""
        if inner := model_at(model, (name,)):
            found |= fields(inner, (*path, name))
    return found


def row(page: BeautifulSoup, anchor: str) -> Tag:
    found = page.find(id=anchor)
    assert isinstance(found, Tag) and found.name == "tr", anchor
    return found


def cell(page: BeautifulSoup, anchor: str, label: str) -> Tag:
    found = row(page, anchor).find("td", attrs={"data-label": label})
    assert isinstance(found, Tag)
    return found


@pytest.mark.parametrize("holding", HOLDINGS, ids=lambda holding: holding.kind)
def test_every_field_of_every_model_has_its_row(page: BeautifulSoup, holding: Any) -> None:
    for anchor, description in fields(holding.model, (holding.kind,)).items():
        means = cell(page, anchor, "What it means").get_text()
        assert means.split() == re.sub("`([^`]+)`", r"“\1”", description).split(), anchor
        assert cell(page, anchor, "What to write").get_text(strip=True)
        assert cell(page, anchor, "Where it shows").get_text(strip=True)


def test_every_row_is_a_field_and_stands_once(page: BeautifulSoup) -> None:
    known = {"source"}.union(*(fields(one.model, (one.kind,)) for one in HOLDINGS))
    rows = [str(one["id"]) for one in page.select("table.ce-dictionary tr[id]")]
    assert sorted(rows) == sorted(known)
    ids = Counter(str(one["id"]) for one in page.find_all(id=True))
    assert max(ids.values()) == 1


def test_fixed_words_are_listed_and_lead_to_their_meaning(page: BeautifulSoup) -> None:
    state = cell(page, "trusts-context-commissioning-unit-state", "What to write")
    assert "in place" in [code.get_text() for code in state.find_all("code")]
    link = state.find("a")
    assert isinstance(link, Tag)
    heading = page.find(id=str(link["href"]).removeprefix("#"))
    assert isinstance(heading, Tag) and heading.name == "h3"
    table = heading.find_next("table")
    assert isinstance(table, Tag)
    assert "It was there and in use." in table.get_text()
    for one in page.select('td[data-label="What to write"] a'):
        assert page.find(id=str(one["href"]).removeprefix("#")), one["href"]


def test_every_fixed_word_has_a_meaning_of_its_own() -> None:
    for vocabulary in dictionary.vocabularies():
        words, meanings = zip(*vocabulary.words, strict=True)
        assert len(set(words)) == len(set(meanings)) == len(words), vocabulary.title
        assert all(meaning.endswith(".") and meaning.strip(".") for meaning in meanings)


def shown(page: BeautifulSoup, anchor: str) -> dict[str, str]:
    links = cell(page, anchor, "Where it shows").find_all("a")
    return {str(link["href"]): link.get_text() for link in links if isinstance(link, Tag)}


def test_a_field_names_the_pages_that_read_it(page: BeautifulSoup) -> None:
    seats = shown(page, "trusts-governance-bodies-seats")
    assert "../../trusts/compare/" in seats
    assert "../../evidence/figures/" in seats
    assert "../../trusts/" in seats
    assert "../../trusts/compare/money/" not in seats
    assert "../../trusts/compare/money/" in shown(page, "trusts-investment-figures-scope")
    assert "../../timetable/" in shown(page, "trusts-plans-when")


def test_what_one_page_reads_does_not_count_for_another(site: Site) -> None:
    read = {titled.url: note.fields for titled, note in site.notes().items()}
    assert any(name == "narrative" for _, name in read["trusts/luton/"])
    assert not any(where.startswith("trusts/essex:context") for where, _ in read["trusts/luton/"])
    assert not any(where.startswith("trusts/") for where, _ in read["tools/core/"])


def test_watching_ends_and_what_is_inside_is_not_seen_outside(guide: Guide) -> None:
    outer: set[tuple[str, str]] = set()
    inner: set[tuple[str, str]] = set()
    plain = Model.__getattribute__
    with watching(outer):
        _ = guide.region.name
        with watching(inner):
            _ = guide.region.guide
        _ = guide.region.contact
    assert Model.__getattribute__ is plain
    assert outer == {("region", "name"), ("region", "contact")}
    assert inner == {("region", "guide")}


def test_figures_say_which_fields_they_count(guide: Guide) -> None:
    assert ("trusts/luton:investment", "reporting") in counted(guide)
    assert not any(name == "narrative" for _, name in counted(guide))


def test_a_field_leads_to_the_meaning_of_its_words_whatever_it_calls_itself() -> None:
    known = {one.anchor for one in dictionary.vocabularies()}
    led = {field.vocabulary for kind in dictionary.kinds() for part in kind.parts for field in part.entries} - {""}
    assert led <= known
    assert all(re.fullmatch(r"[a-z0-9-]+", anchor) for anchor in known)
