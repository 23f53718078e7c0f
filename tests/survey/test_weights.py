"""Weights: right by another way of working them out, stated, beside the plain figures, and refused where wrong.

The other way gives every person a weight and adds people up one after another; the program adds up groups.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from exports_made_up import SECRET, SHARES, TOOLS, Person, people, to_csv, weighted
from mistakes import ROOT

from macros.editing.survey_tools.commands import Import, audit_wave, import_answers
from macros.editing.survey_tools.extra import SurveyError
from macros.model.questionnaire import EVERYONE, QuestionKind, Questionnaire
from macros.model.release import NOT_WEIGHTED
from macros.pages.site import Site
from macros.reading.guide import load
from macros.reading.problem import DataProblems

WAVE = "2027"


@pytest.fixture
def questionnaire(project: Path) -> Path:
    """The questionnaire of the wave, with weights."""
    file = project / f"data/questionnaires/{WAVE}.yml"
    file.write_text(weighted(file.read_text(encoding="utf-8")), encoding="utf-8")
    return file


def exported(asked: Questionnaire, made: list[Person], folder: Path) -> Path:
    file = folder / "export.csv"
    file.write_bytes(to_csv(TOOLS["limesurvey"](asked, made)))
    return file


def counted(asked: Questionnaire, made: list[Person]) -> list[Person]:
    """Return whose answers are counted: sent once, not as a test, with something in them, by whom the survey is for."""
    assert asked.scope
    seen: set[str] = set()
    found = []
    for person in made:
        again, _ = person["_number"] in seen, seen.add(person["_number"])
        said = any(person[one.id] not in (None, []) for one in asked.questions if one.role is None)
        is_test = str(person.get("comment")).casefold() in asked.test_words
        if not again and not is_test and person["_sent"] and said and person[asked.scope.id] in asked.scope.in_scope:
            found.append(person)
    return found


def weighted_share(asked: Questionnaire, made: list[Person], name: str, answer: str) -> Fraction:
    """Return the weighted share of one answer, from 0 to 100, person by person."""
    question = asked.question(name)
    sizes = Counter(person["size"] for person in made)
    gave = whole = Fraction(0)
    for person in made:
        said = person[name] if isinstance(person[name], list) else [person[name]]
        real = [one for one in said if one and question.option(one).is_answer]
        route = question.asked_if
        was_asked = route is None or person[route.question] in route.options
        if real and was_asked and person["size"]:
            weight = Fraction(SHARES[person["size"]], sizes[person["size"]])
            whole += weight
            gave += weight * (answer in real)
    return 100 * gave / whole


@pytest.mark.usefixtures("questionnaire")
def test_weighted_shares_are_those_of_adding_up_people(project: Path, asked: Questionnaire, tmp_path: Path) -> None:
    made = people(asked, 400, seed=31)
    import_answers(project, project / "data", Import(WAVE, exported(asked, made, tmp_path)))
    release = load(project / "data").release(WAVE)
    assert release.weighted_by == "size"
    usable = counted(asked, made)
    assert len(usable) == release.usable
    checked = apart = 0
    for row in release.results:
        question = asked.question(row.question)
        if row.weighted is None or question.kind == QuestionKind.NUMBER:
            continue  # numbers are put into bands, which is tested elsewhere
        share = weighted_share(asked, usable, row.question, row.answer)
        assert abs(share - row.weighted) <= Fraction(1, 2), (row.question, row.answer)
        assert row.by == EVERYONE
        checked += 1
        apart += row.weighted != row.percent
    assert checked > 8 and apart > 5  # with weights that change nothing, nothing would be tested
    assert audit_wave(project / "data", WAVE)[0]


@pytest.mark.usefixtures("questionnaire")
def test_an_answer_is_weighted_where_the_counts_of_all_groups_are_shown(
    project: Path, asked: Questionnaire, tmp_path: Path
) -> None:
    import_answers(project, project / "data", Import(WAVE, exported(asked, people(asked, 400, 32), tmp_path)))
    with (project / f"data/releases/{WAVE}-1.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    def whole(rows: list[dict[str, str]], row: dict[str, str]) -> bool:
        """Return whether all that the weighted share is worked out from is published."""
        same = [one for one in rows if (one["question"], one["answer"]) == (row["question"], row["answer"])]
        return all(one["count"].isdigit() for one in same if one["by"] in {EVERYONE, "size"})

    groups = {question.id for question in asked.groupings}
    for row in rows:
        is_answer = asked.question(row["question"]).option(row["answer"]).is_answer
        has_one = row["by"] == EVERYONE and row["question"] not in groups and is_answer and whole(rows, row)
        assert row["weighted"].isdigit() == has_one, row
        assert has_one or row["weighted"] == NOT_WEIGHTED
    assert {row["weighted"].isdigit() for row in rows} == {True, False}


@pytest.mark.usefixtures("questionnaire")
def test_a_release_in_which_no_answer_can_be_weighted_can_be_read(
    project: Path, asked: Questionnaire, tmp_path: Path
) -> None:
    import_answers(project, project / "data", Import(WAVE, exported(asked, people(asked, 400, 1), tmp_path)))
    release = load(project / "data").release(WAVE)
    assert release.weighted_by == "size"
    assert len(release.results) == release.cells and {row.weighted for row in release.results} == {None}


@pytest.mark.usefixtures("questionnaire")
def test_a_weighted_share_of_a_hidden_count_does_not_pass_the_audit(
    project: Path, asked: Questionnaire, tmp_path: Path
) -> None:
    import_answers(project, project / "data", Import(WAVE, exported(asked, people(asked, 400, 32), tmp_path)))
    file = project / f"data/releases/{WAVE}-1.csv"
    rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(n for n, row in enumerate(rows) if ",everyone,everyone," in row and re.search(r"\d,ours,not w", row))
    assert "%" not in rows[place]
    file.write_text("".join([*rows[:place], rows[place].replace(NOT_WEIGHTED, "40"), *rows[place + 1 :]]))
    is_safe, said = audit_wave(project / "data", WAVE)
    assert not is_safe and "has a share with weights, though not all counts of it are shown" in said


@pytest.mark.usefixtures("questionnaire")
def test_a_page_states_the_weights_and_shows_them_beside_the_plain_shares(
    project: Path, asked: Questionnaire, tmp_path: Path
) -> None:
    import_answers(project, project / "data", Import(WAVE, exported(asked, people(asked, 400, 33), tmp_path)))
    guide, docs = load(project / "data"), tmp_path / "docs"
    (docs / "survey").mkdir(parents=True)
    text = f'---\ntitle: Survey\ndescription: Results.\n---\n\n{{{{ survey_results("{WAVE}") }}}}\n'
    (docs / "survey/results.md").write_text(text, encoding="utf-8")
    page = BeautifulSoup(Site(guide, docs).rendered()["survey/results.md"], "lxml")
    said = " ".join(page.get_text(" ").split())
    assert "Answers are also weighted by “Size”." in said
    assert "Nobody 40%; 1 to 9 35%; 10 to 49 15%; 50 or more 10%." in said
    assert "The shares are made up for this test." in said
    assert "Intervals, tables by group and comparisons are plain." in said
    labels = {one.id: {option.id: option.label for option in one.options} for one in asked.questions}
    beside = 0
    for row in guide.release(WAVE).results:
        if row.weighted is None:
            continue
        table = page.select_one(f"#result-{row.question}-caption")
        assert table
        cells = {tr.th.get_text(): tr.td.get_text() for tr in table.find_parent("table").select("tbody tr")}
        words = cells[labels[row.question][row.answer]]
        assert re.match(rf"{row.percent}% of [\d,]+, between \d+% and \d+%; with weights {row.weighted}%", words)
        beside += 1
    assert beside > 8


def test_without_weights_a_page_says_nothing_of_them(project: Path, asked: Questionnaire, tmp_path: Path) -> None:
    import_answers(project, project / "data", Import(WAVE, exported(asked, people(asked, 400, 33), tmp_path)))
    guide, docs = load(project / "data"), tmp_path / "docs"
    (docs / "survey").mkdir(parents=True)
    text = f'---\ntitle: Survey\ndescription: Results.\n---\n\n{{{{ survey_results("{WAVE}") }}}}\n'
    (docs / "survey/results.md").write_text(text, encoding="utf-8")
    assert "weight" not in Site(guide, docs).rendered()["survey/results.md"].casefold()
    assert "weight" not in (project / f"data/releases/{WAVE}-1.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("was", "now", "line", "said"),
    [
        (
            "percent: 40",
            "percent: 0",
            6,
            "7: weights.shares[1].percent: found the number “0”; expected a number of at least 1",
        ),
        (
            "percent: 40",
            "percent: 40.5",
            6,
            "7: weights.shares[1].percent: found the number “40.5”; expected a whole number",
        ),
        ("percent: 40", "percent: many", 6, "7: weights.shares[1].percent: found “many”; expected a whole number"),
        ("percent: 40", "percent: 41", 4, "3: weights.shares: found shares that add up to 101; expected 100"),
        (
            "option: none",
            "option: non",
            5,
            "7: weights.shares[1].option: found the option “non”; expected an answer of “size”",
        ),
        (
            "option: none",
            "option: from-50",
            11,
            "7: weights.shares[4].option: found the option “from-50” a second time",
        ),
        ("    - option: from-50\n      percent: 10\n", "", 4, "3: weights.shares: found no share for “from-50”"),
        (
            "question: size",
            "question: payers",
            3,
            "3: weights.question: found the question “payers”; expected one with the role area",
        ),
        (
            "  what: The shares are made up for this test.\n",
            "",
            1,
            "1: weights.what: found no “what”; expected the field",
        ),
    ],
)
def test_weights_that_are_wrong_are_told_by_line_and_column(
    project: Path, questionnaire: Path, was: str, now: str, line: int, said: str
) -> None:
    text = questionnaire.read_text(encoding="utf-8")
    first = text[: text.index("weights:\n")].count("\n")
    assert text.count(was) == 1
    load(project / "data")  # they are right before
    questionnaire.write_text(text.replace(was, now), encoding="utf-8")
    with pytest.raises(DataProblems) as refused:
        load(project / "data")
    lines = str(refused.value).splitlines()
    assert [one for one in lines if f"questionnaires/{WAVE}.yml:{first + line}:{said}" in one], lines


def test_wrong_weights_stop_an_import_before_an_answer_is_read(
    project: Path, questionnaire: Path, asked: Questionnaire, tmp_path: Path
) -> None:
    made = people(asked, 400, seed=34)
    for one in made:
        one["comment"] = SECRET[0]
    text = questionnaire.read_text(encoding="utf-8")
    questionnaire.write_text(text.replace("percent: 40", "percent: 41"), encoding="utf-8")
    with pytest.raises(DataProblems) as refused:
        import_answers(project, project / "data", Import(WAVE, exported(asked, made, tmp_path)))
    assert "add up to 101" in str(refused.value) and "Quokka" not in str(refused.value)
    assert not (project / "data/releases").exists()


@pytest.mark.usefixtures("questionnaire")
def test_a_group_too_small_to_be_shown_is_not_weighted_up(project: Path, asked: Questionnaire, tmp_path: Path) -> None:
    """The few of a small group would each count for many, and the weighted shares would tell what they said."""
    made = people(asked, 400, seed=35)
    for place, one in enumerate(made):
        if one["size"] == "from-50":
            one["size"] = "from-50" if place < 10 else "none"
        one["comment"] = SECRET[0]
    assert 0 < sum(one["size"] == "from-50" for one in counted(asked, made)) < asked.disclosure.threshold
    with pytest.raises(SurveyError, match="cannot be weighted by “size”: one of its groups is too small") as refused:
        import_answers(project, project / "data", Import(WAVE, exported(asked, made, tmp_path)))
    assert "Quokka" not in str(refused.value) and "from-50" not in str(refused.value)
    assert not (project / "data/releases").exists()


@pytest.mark.usefixtures("questionnaire")
@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("weighted_by: size\n", "", "expected “size”, as in the questionnaire"),
        ("weighted_by: size", "weighted_by: area", "found weights by “area”; expected “size”"),
    ],
)
def test_a_release_says_by_what_it_is_weighted(
    project: Path, asked: Questionnaire, tmp_path: Path, was: str, now: str, said: str
) -> None:
    import_answers(project, project / "data", Import(WAVE, exported(asked, people(asked, 400, 36), tmp_path)))
    file = project / f"data/releases/{WAVE}-1.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(was, now), encoding="utf-8")
    with pytest.raises(DataProblems, match=f"releases/{WAVE}-1.yml.*weighted_by: .*{said}"):
        load(project / "data")


def test_the_sample_is_not_weighted() -> None:
    assert "weights:" not in (ROOT / "data/questionnaires/next.yml").read_text(encoding="utf-8")
