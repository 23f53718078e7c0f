"""The figures: each tied to what the report states, and worked out a second time from the files with plain Python."""

from __future__ import annotations

import ast
import csv
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from mistakes import ROOT, Folder

from macros.derived.figure import Figure
from macros.derived.figures import figures
from macros.derived.survey_figures import share_text
from macros.model.base import OURS
from macros.pages import site_checks
from macros.pages.site import Site
from macros.reading.guide import Guide, load

Profiles = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def all_figures(guide: Guide) -> dict[str, Figure]:
    return dict(figures(guide))


@pytest.fixture(scope="module")
def profiles() -> Profiles:
    """The profiles as they are typed: every value a text, read by another loader than ours."""
    return {
        folder.name: {
            name: value
            for file in ("trust.yml", "2009.yml")
            for name, value in yaml.load(
                (folder / file).read_text(encoding="utf-8"),
                Loader=yaml.BaseLoader,  # noqa: S506 - only texts
            ).items()
        }
        for folder in sorted((ROOT / "data/trusts").iterdir())
    }


@pytest.fixture(scope="module")
def survey() -> dict[str, Any]:
    text = (ROOT / "data/surveys/2009/survey.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - only texts
    return loaded


@pytest.fixture(scope="module")
def answers() -> list[dict[str, str]]:
    with (ROOT / "data/surveys/2009/answers.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- what the report states ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("trusts", 10, "ten"),
        ("trusts-contributing", 9, "nine of the ten"),
        ("trusts-interviewed", 6, "six of the ten"),
        ("trusts-reporting-investment", 4, "four of the ten"),
        ("trusts-giving-a-sum", 6, "six of the ten"),
        ("trusts-not-involving-in-needs", 1, "one of the ten"),
        ("trusts-ended", 1, "one of the ten"),
        ("hertfordshire-growth", 57, "from £3.5 million to £5.5 million"),
        ("southend-on-sea-pooled-budget", 600_000, "£600,000"),
        ("survey-2009-responses", 93, "93"),
        ("survey-2009-usable", 86, "86"),
        ("survey-2009-usable-share", 92, "92%"),
        ("survey-2009-evaluation-data", 90, "90%"),
        ("survey-2009-training-awareness", 75, "75%"),
        ("survey-2009-training-take-up", 50, "over 50%"),
        ("survey-2009-progress-made", 59, "59%"),
        ("survey-2009-payment-in-advance", None, "the majority"),
        ("recommendations", 7, "seven"),
        ("audit-findings", 8, "eight"),
    ],
)
def test_a_figure_is_what_the_report_states(
    all_figures: dict[str, Figure], name: str, value: float | None, text: str
) -> None:
    assert (all_figures[name].value, all_figures[name].text) == (value, text)


def test_the_four_that_reported_are_named_and_marked_as_inferred(all_figures: dict[str, Figure]) -> None:
    figure = all_figures["trusts-reporting-investment"]
    groups = {group.word: group.slugs for group in figure.groups}
    assert groups["reported"] == ("bedfordshire", "hertfordshire", "luton", "thurrock")
    assert figure.counts.startswith("Inferred. ") and "We read them from the ten chapters." in figure.counts
    assert figure.source[0] == "clear-expectations#statutory-summary(8)"
    assert figure.stated


def test_six_gave_a_sum_and_two_of_them_did_not_report_it(guide: Guide) -> None:
    kinds = {trust.slug: {str(one.kind) for one in trust.investment.figures} for trust in guide.trusts}
    assert {slug for slug, words in kinds.items() if words} == {
        "bedfordshire", "essex", "hertfordshire", "luton", "peterborough", "thurrock",
    }  # fmt: skip
    assert {slug for slug, words in kinds.items() if words and "reported" not in words} == {"essex", "peterborough"}


def test_who_was_interviewed_and_how(all_figures: dict[str, Figure]) -> None:
    groups = {group.word: group.slugs for group in all_figures["trusts-interviewed"].groups}
    assert groups["face to face"] == ("cambridgeshire", "essex", "peterborough", "southend-on-sea")
    assert groups["telephone"] == ("suffolk", "thurrock")


def test_who_declined(all_figures: dict[str, Figure]) -> None:
    groups = {group.word: group.slugs for group in all_figures["trusts-contributing"].groups}
    assert groups["declined"] == ("norfolk",)


def test_southends_parts_make_its_budget(guide: Guide) -> None:
    (budget,) = guide.trust("southend-on-sea").context.commissioning.budgets
    assert [part.amount for part in budget.parts] == [400_000, 100_000, 40_000, 60_000]
    assert all(part.approximate for part in budget.parts)
    assert budget.amount == 600_000


def test_payment_terms_make_96_and_the_rest_is_ours(guide: Guide) -> None:
    shares = [answer for answer in guide.survey("2009").answers if answer.question == "payment-terms"]
    printed = [answer for answer in shares if answer.source != (OURS,)]
    assert [answer.percent for answer in printed] == [38, 26, 32]
    (rest,) = [answer for answer in shares if answer.source == (OURS,)]
    assert (rest.percent, rest.qualifier) == (100 - 96, "left over")


# --- worked out again ---------------------------------------------------------------------------------------------

COUNTED = {
    "trusts": lambda trust: bool(trust),
    "trusts-contributing": lambda trust: trust["basis"]["taking_part"] == "contributed",
    "trusts-interviewed": lambda trust: trust["basis"]["interview"] in {"face to face", "telephone"},
    "trusts-reporting-investment": lambda trust: trust["investment"]["reporting"] == "reported",
    "trusts-giving-a-sum": lambda trust: bool(trust["investment"].get("figures")),
    "trusts-with-a-unit": lambda trust: trust["context"]["commissioning"]["unit"]["state"] == "in place",
    "trusts-with-a-framework": lambda trust: trust["context"]["commissioning"]["framework"]["state"] == "in place",
    "trusts-with-board-seats": lambda trust: any(body["vcs"] == "represented" for body in boards(trust)),
    "trusts-stating-board-seats": lambda trust: any("seats" in body for body in boards(trust)),
    "trusts-not-involving-in-needs": lambda trust: trust["needs"]["involvement"] == "not involved",
    "trusts-silent-on-needs": lambda trust: trust["needs"]["involvement"] == "not mentioned",
    "trusts-ended": lambda trust: trust["life"]["status"] == "ended",
}


def boards(trust: dict[str, Any]) -> list[dict[str, Any]]:
    return [body for body in trust["governance"]["bodies"] if body["kind"] == "board"]


@pytest.mark.parametrize("name", COUNTED)
def test_a_count_of_trusts_comes_out_the_same_from_the_files(
    all_figures: dict[str, Figure], profiles: Profiles, name: str
) -> None:
    assert all_figures[name].value == sum(1 for trust in profiles.values() if COUNTED[name](trust))


def test_every_count_of_trusts_is_worked_out_again(all_figures: dict[str, Figure]) -> None:
    assert {name for name in all_figures if name.startswith("trusts")} == COUNTED.keys()


def test_growth_comes_out_the_same_from_the_files(all_figures: dict[str, Figure], profiles: Profiles) -> None:
    years = {one["period"]: int(one["amount"]) for one in profiles["hertfordshire"]["investment"]["figures"]}
    assert years == {"2007/08": 3_500_000, "2008/09": 4_500_000, "2009/10": 5_500_000}
    first, last = years["2007/08"], years["2009/10"]
    growth = all_figures["hertfordshire-growth"]
    assert growth.value == round(100 * (last - first) / first)
    assert "£2 million, or 57%" in growth.counts


def test_survey_figures_come_out_the_same_from_the_files(
    all_figures: dict[str, Figure], survey: dict[str, Any], answers: list[dict[str, str]]
) -> None:
    assert all_figures["survey-2009-usable-share"].value == round(
        100 * int(survey["usable"]) / int(survey["responses"])
    )
    questions = [row["question"] for row in answers]
    single = [row for row in answers if questions.count(row["question"]) == 1]
    for row in single:
        figure = all_figures[f"survey-2009-{row['question']}"]
        assert figure.value == (None if row["percent"] == "not printed" else float(row["percent"]))
        assert figure.source == (row["source"],)
    named = {name.removeprefix("survey-2009-") for name in all_figures if name.startswith("survey-2009-")}
    assert named - {"responses", "usable", "usable-share"} == {row["question"] for row in single}


def test_lengths_come_out_the_same_from_the_files(all_figures: dict[str, Figure]) -> None:
    for name, file in (("recommendations", "recommendations.yml"), ("audit-findings", "report/audit-findings.yml")):
        loaded = yaml.safe_load((ROOT / "data" / file).read_text(encoding="utf-8"))
        assert all_figures[name].value == len(loaded if isinstance(loaded, list) else loaded["points"])
    standards = [yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / "data/standards").glob("*.yml")]
    assert all_figures["standards"].value == len(standards)
    assert all_figures["core-standards"].value == sum(1 for one in standards if one["core"])
    assert all_figures["practices"].value == len(list((ROOT / "data/practices").glob("*.yml")))


# --- every figure -------------------------------------------------------------------------------------------------


def test_every_figure_has_a_source_that_exists(guide: Guide, all_figures: dict[str, Figure]) -> None:
    sections = {
        f"{document.id}#{section.id}": section.points or 0
        for document in guide.documents.values()
        for section in document.sections
    }
    for figure in all_figures.values():
        assert figure.source, figure.name
        for reference in figure.source:
            section, _, point = reference.rstrip(")").partition("(")
            assert section == OURS or section in sections, (figure.name, reference)
            assert not point or int(point) <= sections[section], (figure.name, reference)


def test_every_figure_says_what_it_counts_and_from_which_records(guide: Guide, all_figures: dict[str, Figure]) -> None:
    kinds = {statement.record.partition("/")[0] for statement in guide.statements}
    for name, figure in all_figures.items():
        assert figure.name == name
        assert figure.text
        assert figure.label[0].isupper(), name
        assert figure.counts.endswith("."), name
        assert figure.records, name
        assert {record.partition("/")[0] for record in figure.records} <= kinds, name


def test_every_figure_is_listed_on_the_page_of_figures(
    rendered: dict[str, str], all_figures: dict[str, Figure]
) -> None:
    for name in all_figures:
        assert f'id="{name}"' in rendered["evidence/figures.md"], name


def test_figures_that_prose_names_are_linked_to_how_they_are_worked_out(site: Site, rendered: dict[str, str]) -> None:
    named = [(page, call.arguments[0]) for page in site.pages for call in page.calls if call.name == "figure"]
    assert named
    for page, name in named:
        assert f"evidence/figures/#{name}" in rendered[page.path] or f"#{name}" in rendered[page.path]


def test_groups_hold_each_trust_once_and_unknown_last(guide: Guide, all_figures: dict[str, Figure]) -> None:
    slugs = sorted(trust.slug for trust in guide.trusts)
    counted = [figure for figure in all_figures.values() if figure.groups]
    assert len(counted) == len(COUNTED) - 1
    for figure in counted:
        assert sorted(slug for group in figure.groups for slug in group.slugs) == slugs, figure.name
        words = [group.word for group in figure.groups]
        assert "not mentioned" not in words[:-1], figure.name


def test_what_is_not_mentioned_is_never_counted_and_the_figure_says_so(all_figures: dict[str, Figure]) -> None:
    for name in ("trusts-with-a-unit", "trusts-with-a-framework", "trusts-with-board-seats"):
        figure = all_figures[name]
        silent = [group for group in figure.groups if group.word == "not mentioned"]
        assert len(silent) == 1
        others = sum(len(group.slugs) for group in figure.groups if group.word != "not mentioned")
        assert figure.value is not None
        assert figure.value <= others
        assert "does not mention it are left out of the count, not counted as “no”" in figure.counts


def test_figures_are_worked_out_once_for_a_guide(guide: Guide) -> None:
    assert figures(guide) is figures(guide)


def test_figures_follow_the_data(data: Folder) -> None:
    data.change("surveys/2009/survey.yml", "usable: 86", "usable: 31")
    data.change(
        "trusts/southend-on-sea/2009.yml", "  reporting: reported for some projects only", "  reporting: not clear"
    )
    data.change("trusts/suffolk/2009.yml", "  interview: telephone", "  interview: none mentioned")
    changed = figures(load(data.path))
    assert (changed["survey-2009-usable-share"].text, changed["survey-2009-usable"].value) == ("33%", 31)
    assert changed["trusts-interviewed"].text == "five of the ten"
    groups = {group.word: group.slugs for group in changed["trusts-reporting-investment"].groups}
    assert "southend-on-sea" in groups["not clear"]


def test_a_trust_that_is_renamed_keeps_its_sections(guide: Guide, all_figures: dict[str, Figure]) -> None:
    trusts = [one.model_copy(update={"slug": "milton"}) if one.slug == "luton" else one for one in guide.trusts]
    renamed = figures(replace(guide, trusts=tuple(trusts)))
    assert "milton" in {slug for group in renamed["trusts-with-a-unit"].groups for slug in group.slugs}
    assert "clear-expectations#luton.context" in renamed["trusts-with-a-unit"].source
    assert {name: one.source for name, one in renamed.items()} == {
        name: one.source for name, one in all_figures.items()
    }


def test_shares_read_as_the_report_gives_them(guide: Guide) -> None:
    read = {answer.answer: share_text(answer) for answer in guide.survey("2009").answers}
    assert read["Still on one-year funding"] == "the majority"
    assert read["Reported one-year funding arrangements"] == "over 50%"
    assert read["Paid within 30 days of the invoice"] == "38%"
    assert read["Income through commissioning had gone up during the last year"] == "overall"


def test_which_sections_figures_rest_on_is_data() -> None:
    """Another region has another report: no module that works figures out names a section of one."""
    for module in (ROOT / "macros/derived").glob("*figures.py"):
        nodes = ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        assert not [text for text in texts if re.fullmatch(r"[a-z0-9-]+#.+", text)], module.name


def test_each_note_of_the_data_is_told_with_its_figure(guide: Guide, all_figures: dict[str, Figure]) -> None:
    for note in guide.region.figures:
        figure = all_figures[note.figure]
        assert figure.source[: len(note.source)] == note.source
        assert (note.note or "") in figure.counts and figure.stated == (note.stated or "")


def test_a_note_on_no_figure_is_told(guide: Guide, tmp_path: Path) -> None:
    note = guide.region.figures[0].model_copy(update={"figure": "trusts-contributed"})
    other = replace(guide, region=guide.region.model_copy(update={"figures": (note,)}))
    (tmp_path / "data").mkdir()
    (tmp_path / "data/region.yml").write_text("figures:\n  - source: ours\n    figure: trusts-contributed\n", "utf-8")
    (problem,) = site_checks._check_figure_notes(Site(other, ROOT / "docs"), tmp_path / "docs")
    assert str(problem) == (
        "data/region.yml:3:5: figures[1].figure: found the figure “trusts-contributed”; expected the name of a figure, "
        "such as trusts-contributing; did you mean “trusts-contributing”?"
    )
