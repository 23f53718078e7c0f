"""All Trusts in one table: a fixed word in each cell, which leads to where the profile answers, and never a total."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from macros.model.vocabulary import Involvement, Offer, Reading, Reporting, Represented, Unknown
from macros.reading.guide import Guide
from macros.views.grid import DESCRIBED, QUESTIONS, trust_grid
from macros.views.shared.page import Page
from macros.views.trust import trust_profile
from macros.views.trust_group import trusts_of

WORDS = {
    *map(str, (*Reading, *Represented, *Involvement, *Offer, *Reporting, *Unknown)),
    DESCRIBED,
}


@pytest.fixture
def page(guide: Guide) -> Page:
    return Page(guide, "", dict)


def test_a_row_is_a_trust_and_a_cell_a_fixed_word_that_leads_to_the_answer(guide: Guide, page: Page) -> None:
    drawn = BeautifulSoup(trust_grid(page), "html.parser")
    rows = drawn.select("tbody tr")
    assert [row.select_one("th").get_text() for row in rows] == [trust.name for trust in guide.trusts]  # type: ignore[union-attr]
    for trust, row in zip(guide.trusts, rows, strict=True):
        profile = trust_profile(Page(guide, f"trusts/{trust.slug}/", dict), trust.slug)
        cells = row.select("td")
        assert len(cells) == len(QUESTIONS)
        for cell in cells:
            assert cell.get_text().lower().strip() in {word.lower() for word in WORDS}
            (link,) = cell.select("a")
            address, _, part = str(link["href"]).partition("#")
            assert address == f"trusts/{trust.slug}/"
            assert f"#{part} }}" in profile or f'id="{part}"' in profile


def test_a_silence_is_hatched_and_nothing_else_is(page: Page) -> None:
    drawn = BeautifulSoup(trust_grid(page), "html.parser")
    silent = {words(cell) for cell in drawn.select(".ce-grid__cell--unknown")}
    told = {words(cell) for cell in drawn.select("td:not(.ce-grid__cell--unknown)")}
    assert silent and told and not silent & told
    assert all("no body named" in one or "not mentioned" in one or "not what the sector did" in one for one in silent)


def words(cell: object) -> str:
    return str(cell.get_text()).strip().lower()  # type: ignore[attr-defined]


def test_nothing_is_added_up_and_no_trust_is_ranked(page: Page) -> None:
    drawn = BeautifulSoup(trust_grid(page), "html.parser")
    assert drawn.select("tfoot") == []
    assert not any(character.isdigit() for cell in drawn.select("td") for character in cell.get_text())


def test_many_trusts_are_shown_by_letter(guide: Guide) -> None:
    first = guide.trusts[0]
    crowd = replace(
        guide,
        trusts=tuple(
            first.model_copy(update={"slug": f"{letter}{number}", "name": f"{letter}{number}"})
            for letter in "abcd"
            for number in range(12)
        ),
    )
    drawn = BeautifulSoup(trust_grid(Page(crowd, "", dict)), "html.parser")
    assert drawn.select("table") == []
    assert drawn.select("nav a[href$='#grid']")
    of_letter = trusts_of(Page(crowd, "trusts/a-z/a/", dict), "a")
    assert "{: #grid }" in of_letter
    assert len(BeautifulSoup(of_letter, "html.parser").select("table.ce-grid tbody tr")) == 12
