"""Two waves are compared only where the question, its options and those who are asked are the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from exports_made_up import TOOLS, people, to_csv

from macros.derived import wave_comparison
from macros.editing.survey_tools.commands import Import, import_answers
from macros.pages.site import Site
from macros.reading.guide import load
from macros.reading.problem import DataProblems

BEFORE, WAVE = "2027", "2029"


def again(project: Path) -> str:
    """Return the questionnaire of a wave that asks all of the wave before again, word for word."""
    text = (project / f"data/questionnaires/{BEFORE}.yml").read_text(encoding="utf-8")
    text = text.replace('wave: "2009"', f'wave: "{BEFORE}"').replace("2027-03", "2029-03")
    return re.sub(r"(wording|options): (not known|changed)", r"\1: the same", text)


@pytest.mark.parametrize(
    ("was", "now", "line", "said"),
    [
        (
            "wording: How soon after your invoice are you paid?",
            "wording: When are you paid?",
            "wording: the same",
            "repeats.wording: found “the same”; expected “changed”, as data/questionnaires/2027.yml shows",
        ),
        (
            "label: Within 30 days",
            "label: Within a month",
            "options: the same",
            "repeats.options: found “the same”; expected “changed”",
        ),
        (
            "wording: the same\n      options: the same\n      note: The three",
            "wording: not known\n      options: the same\n      note: The three",
            "wording: not known",
            "repeats.wording: found “not known”; expected “the same”",
        ),
    ],
)
def test_what_is_said_of_the_question_before_must_be_so(
    project: Path, was: str, now: str, line: str, said: str
) -> None:
    file, text = project / f"data/questionnaires/{WAVE}.yml", again(project)
    file.write_text(text, encoding="utf-8")
    load(project / "data")  # it is so before
    assert text.count(was) == 1
    text = text.replace(was, now)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataProblems) as refused:
        load(project / "data")
    (told,) = [one for one in str(refused.value).splitlines() if f"questionnaires/{WAVE}.yml" in one]
    assert said in told
    place = int(told.split(":")[1])
    assert text.splitlines()[place - 1].strip() == line
    assert text[: text.index("id: payment-terms")].count("\n") < place < text[: text.index("full-cost")].count("\n")


def test_shares_of_others_are_not_compared_and_small_bases_are_called_illustrative(
    project: Path, tmp_path: Path
) -> None:
    text = again(project)
    text = text.replace("        - in-arrears\n        - both\n", "        - in-arrears\n", 1)
    (project / f"data/questionnaires/{WAVE}.yml").write_text(text, encoding="utf-8")
    export = tmp_path / "export.csv"
    for wave, number, seed in ((BEFORE, 400, 5), (WAVE, 60, 6)):
        made = load(project / "data").questionnaire(wave)
        export.write_bytes(to_csv(TOOLS["google"](made, people(made, number, seed))))
        import_answers(project, project / "data", Import(wave, export))
    guide = load(project / "data")
    found = {one.question.id: one for one in wave_comparison.comparisons(guide, WAVE)}
    assert found["payment-terms"].why_not == (
        "Others were asked in 2027: “Organisations that are paid after the work, at least in part, and answered this "
        "question”."
    )
    compared = [answer for one in found.values() for answer in one.answers]
    limit = guide.questionnaire(WAVE).disclosure.illustrative
    assert {one.is_illustrative for one in compared} == {True, False}
    assert all(one.is_illustrative == ((one.after.base or 0) < limit) for one in compared)
    page = BeautifulSoup(Site(guide, project / "docs").rendered()[f"survey/results/{BEFORE}.md"], "lxml")
    small = 0
    for row in page.select("table.ce-table tbody tr"):
        cells = [cell.get_text() for cell in row.select("td")]
        base = re.match(r"[\d,]+", cells[0]) if len(cells) > 1 else None
        if base:
            assert ("illustrative" in cells[0]) == (int(base[0].replace(",", "")) < limit), cells
            small += "illustrative" in cells[0]
    assert small > 5
