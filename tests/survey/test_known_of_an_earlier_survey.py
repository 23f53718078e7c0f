"""What is not printed of an earlier survey is said in that survey’s own words, and what is known of it is shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from mistakes import ROOT

from macros.pages.site import Site
from macros.reading.guide import Guide, load
from macros.reading.problem import DataProblems

BASE = "    wording: not printed\n    base: not printed\n"
PAYMENT = "    title: How long invoices took to be paid\n"
FUNDING = '---\ntitle: Funding\ndescription: Funding.\n---\n\n{{{{ survey_themes("{wave}", "funding") }}}}\n'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data with a second wave, made up: another survey that printed wording and base of one question."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    shutil.copytree(data / "surveys/2009", data / "surveys/2012")
    file = data / "surveys/2012/survey.yml"
    text = file.read_text(encoding="utf-8")
    for was, now in (
        (PAYMENT + BASE, PAYMENT + "    wording: How soon are you paid?\n    base: The 74 that answered it\n"),
        ("wording: The wording is not printed.", "wording: The leaflet left the questions out."),
        ('base: "Base not given: the report', 'base: "No base: the leaflet'),
        ("title: An illustration, not a measurement", "title: A leaflet’s figures"),
    ):
        assert text.count(was) == 1, was
        text = text.replace(was, now)
    file.write_text(text, encoding="utf-8")
    return data


def drawn(guide: Guide, docs: Path, wave: str) -> str:
    (docs / "survey").mkdir(parents=True)
    (docs / "survey/funding.md").write_text(FUNDING.format(wave=wave), encoding="utf-8")
    return Site(guide, docs).rendered()["survey/funding.md"]


def test_each_survey_says_in_its_own_words_what_is_not_printed(data: Path, tmp_path: Path) -> None:
    guide = load(data)
    first, second = (drawn(guide, tmp_path / wave, wave) for wave in ("2009", "2012"))
    assert "The wording is not printed." in first and "Base not given: the report does not say" in first
    assert "The leaflet left the questions out." in second and "No base: the leaflet does not say" in second
    assert "The wording is not printed." not in second and "the report does not say how many" not in second


def test_what_is_known_stands_in_place_of_those_words(data: Path, tmp_path: Path) -> None:
    page = drawn(load(data), tmp_path / "docs", "2012")
    assert "Asked: “How soon are you paid?”" in page
    assert "Base: The 74 that answered it." in page


@pytest.mark.parametrize("field", ["wording", "base"])
def test_a_question_must_say_what_is_known_of_it(data: Path, field: str) -> None:
    """Left out, it would be taken for “not printed”, which is a statement about a source."""
    file = data / "surveys/2012/survey.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f"    {field}: not printed\n", "", 1), encoding="utf-8")
    with pytest.raises(DataProblems, match=f"surveys/2012/survey.yml:.*questions\\[1\\].{field}: found no “{field}”"):
        load(data)
