"""Mistakes that only several parts together show: one case or more for each rule of `macros.checks`."""

from __future__ import annotations

import re

import pytest
from mistakes import FIRST, HERE, Folder, Mistake, mistake

from macros import checks
from macros.guide import Guide

LUTON, SOUTHEND, BEDS, NORFOLK = (
    f"trusts/{slug}.yml" for slug in ("luton", "southend-on-sea", "bedfordshire", "norfolk")
)
SURVEY, ANSWERS = "surveys/2009/survey.yml", "surveys/2009/answers.csv"
ELY = "Ely,city,cambridgeshire,,,ours"
NEEDS = "needs:\n  source: clear-expectations#luton.needs"
NA_1 = "standards/na-1.yml"

SOURCES = "expected a document or section that sources.yml has"
TRUSTS = "expected a Trust that has a file in data/trusts"
ALL_TRUSTS = (
    "write one of “bedfordshire”, “cambridgeshire”, “essex”, “hertfordshire”, “luton”, “norfolk”, “peterborough”, "
    "“southend-on-sea”, “suffolk” or “thurrock”"
)

CASES = {
    "every_source_exists": (
        mistake(
            "misspelt section, told once though the parts below inherit it",
            LUTON,
            NEEDS,
            NEEDS.replace("source: ", f"{HERE}source: ").replace("luton.needs", "luton.neds"),
            f"needs.source: found the source “clear-expectations#luton.neds”; {SOURCES}; "
            "did you mean “clear-expectations#luton.needs”?",
        ),
        mistake(
            "misspelt document",
            LUTON,
            NEEDS,
            NEEDS.replace("source: ", f"{HERE}source: ").replace("expectations", "expectation"),
            f"needs.source: found the source “clear-expectation#luton.needs”; {SOURCES}; "
            "did you mean “clear-expectations#luton.needs”?",
        ),
        mistake(
            "second of several sources",
            LUTON,
            NEEDS,
            f"needs:\n  source:\n    - clear-expectations#luton.needs\n    - {HERE}clear-expectations#luton.neds",
            f"needs.source[2]: found the source “clear-expectations#luton.neds”; {SOURCES}; "
            "did you mean “clear-expectations#luton.needs”?",
        ),
        mistake(
            "point number too high",
            LUTON,
            "basis:\n  source:\n    - clear-expectations#method(2)",
            f"basis:\n  source:\n    - {HERE}clear-expectations#method(9)",
            "basis.source[1]: found the source “clear-expectations#method(9)”; "
            "expected a point that the section has: it has 4 numbered points; "
            "check the number in brackets, or leave it out",
        ),
        mistake(
            "point of a section that is no list",
            LUTON,
            NEEDS,
            NEEDS.replace("source: ", f"{HERE}source: ") + "(2)",
            "needs.source: found the source “clear-expectations#luton.needs(2)”; "
            "expected a point that the section has: it has no numbered points; "
            "check the number in brackets, or leave it out",
        ),
        mistake(
            "section that a recommendation rests on",
            "recommendations.yml",
            "    - clear-expectations#vcs-summary(1)",
            f"    - {HERE}clear-expectations#vcs-sumary(1)",
            f"[1].rests_on[1]: found the source “clear-expectations#vcs-sumary(1)”; {SOURCES}; "
            "did you mean “clear-expectations#vcs-summary”?",
        ),
        mistake(
            "source in a row of CSV",
            "places.csv",
            ELY,
            f"Ely,city,cambridgeshire,,,{HERE}our",
            f"source: found the source “our”; {SOURCES}; did you mean “ours”?",
        ),
    ),
    "every_statement_has_a_source": (
        mistake(
            "statement without a source",
            "places.csv",
            ELY,
            f"{HERE}Ely,city,cambridgeshire,,,",
            "found no source; expected a source, here or on the part above; "
            "add “source: clear-expectations#…” with the section it comes from, or “source: ours”",
        ),
        mistake(
            "record without a source",
            "principles.yml",
            "- source:\n    - clear-expectations#vcs-role(4)\n    - clear-expectations#gershon.bureaucracy\n  id: g4",
            f"- {HERE}id: g4",
            "[4]: found no source; expected a source, here or on the part above; "
            "add “source: clear-expectations#…” with the section it comes from, or “source: ours”",
        ),
    ),
    "every_trust_named_exists": (
        mistake(
            "misspelt Trust of a place",
            "places.csv",
            ELY,
            f"Ely,city,{HERE}cambridgshire,,,ours",
            f"trust: found the Trust “cambridgshire”; {TRUSTS}; did you mean “cambridgeshire”?",
        ),
        mistake(
            "unknown Trust of a place",
            "places.csv",
            ELY,
            f"Ely,city,{HERE}rutland,,,ours",
            f"trust: found the Trust “rutland”; {TRUSTS}; {ALL_TRUSTS}",
        ),
        mistake(
            "misspelt Trust of a point",
            "report/statutory-summary.yml",
            "      - bedfordshire\n      - hertfordshire\n",
            f"      - bedfordshire\n      - {HERE}herts\n",
            f"points[4].trusts[2]: found the Trust “herts”; {TRUSTS}; {ALL_TRUSTS}",
        ),
        mistake(
            "misspelt Trust of the evidence of a standard",
            NA_1,
            "      - southend-on-sea\n",
            f"      - {HERE}southend\n",
            f"evidence[4].trusts[1]: found the Trust “southend”; {TRUSTS}; did you mean “southend-on-sea”?",
        ),
    ),
    "ids_are_used_once": (
        mistake(
            "place twice",
            "places.csv",
            ELY,
            f"{FIRST}{ELY}\n{HERE}{ELY}",
            "place: found the place “Ely (city)” a second time; expected each once; "
            "change one of them; the first is in data/places.csv, line {first}",
        ),
        mistake(
            "Trust name twice",
            LUTON,
            "name: Luton\n",
            f"{HERE}name: Essex\n",
            "name: found the Trust name “Essex” a second time; expected each once; "
            "change one of them; the first is in data/trusts/essex.yml, line 3",
        ),
        mistake(
            "term twice",
            "glossary.yml",
            "- id: adcs\n  source: clear-expectations#method(2)\n  term: ADCS\n",
            f"- id: adcs-2\n  source: ours\n  {FIRST}term: adcs\n  meaning: No.\n  meaning_from: ours\n\n"
            f"- id: adcs\n  source: clear-expectations#method(2)\n  {HERE}term: ADCS\n",
            "[2].term: found the term “adcs” a second time; expected each once; "
            "change one of them; the first is in data/glossary.yml, line {first}",
        ),
        mistake(
            "map tile twice",
            LUTON,
            "tile:\n  column: 0\n  row: 2\n",
            f"{HERE}tile:\n  column: 0\n  row: 1\n",
            "tile: found the map tile “column 0, row 1” a second time; expected each once; "
            "change one of them; the first is in data/trusts/bedfordshire.yml, line 10",
        ),
    ),
    "parts_add_up": (
        mistake(
            "budget parts that do not sum",
            SOUTHEND,
            "        amount: 600000\n",
            f"        {HERE}amount: 650000\n",
            "context.commissioning.budgets[1].amount: found 650,000 for parts that add up to 600,000; "
            "expected the sum of the parts; check the amount and each part against the source",
        ),
        mistake(
            "budget parts without a whole",
            SOUTHEND,
            "        amount: 600000\n        approximate: false\n        parts:\n",
            f"        {HERE}parts:\n",
            "context.commissioning.budgets[1].parts: found parts without a whole; "
            "expected an amount for the whole budget; add “amount: 600000” if the source says so",
        ),
    ),
    "survey_fits_together": (
        mistake(
            "more usable answers than there were",
            SURVEY,
            "usable: 86",
            f"{HERE}usable: 96",
            "usable: found 96 usable of 93 responses; expected no more usable answers than responses; "
            "check both numbers",
        ),
        mistake(
            "theme of a question that does not exist",
            SURVEY,
            "    id: payment-terms\n    title: How long invoices took to be paid\n    theme: payment\n",
            f"    id: payment-terms\n    title: How long invoices took to be paid\n    {HERE}theme: paymnet\n",
            "questions[3].theme: found the theme “paymnet”; expected a theme of this survey; did you mean “payment”?",
        ),
        mistake(
            "principle of a theme that does not exist",
            SURVEY,
            "    principle: g1\n",
            f"    {HERE}principle: g9\n",
            "themes[1].principle: found the principle “g9”; expected an id of principles.yml; "
            "write one of “g1”, “g2”, “g3” or “g4”",
        ),
        mistake(
            "theme twice",
            SURVEY,
            "themes:\n  - source: clear-expectations#gershon.stability\n    id: stability\n",
            f"themes:\n  - {FIRST}id: stability\n    title: Twice\n    page: funding\n"
            f"  - source: clear-expectations#gershon.stability\n    {HERE}id: stability\n",
            "themes[2].id: found the theme “stability” a second time; expected each once; "
            "change one of them; the first is in data/surveys/2009/survey.yml, line {first}",
        ),
        mistake(
            "answer to a question that was not asked",
            ANSWERS,
            "evaluation-data,Sent",
            f"{HERE}evalution-data,Sent none,10,exactly,,ours\nevaluation-data,Sent",
            "question: found the question “evalution-data”; expected a question of survey.yml; "
            "did you mean “evaluation-data”?",
        ),
    ),
    "terms_point_to_terms": (
        mistake(
            "related term that does not exist",
            "glossary.yml",
            "    - director-of-childrens-services\n",
            f"    - {HERE}director-of-childrens-service\n",
            "[1].see[1]: found the term “director-of-childrens-service”; expected the id of a term in glossary.yml; "
            "did you mean “director-of-childrens-services”?",
        ),
        mistake(
            "expansion that nobody gave",
            "glossary.yml",
            "  expansion: Association of Directors of Children’s Services\n  expansion_from: report\n",
            f"  {HERE}expansion: Association of Directors of Children’s Services\n",
            "[1].expansion: found only one of expansion and expansion_from; expected both, or neither; "
            "say what the letters stand for, and whether the report spells it out (report) or we do (ours)",
        ),
    ),
    "points_are_numbered": (
        mistake(
            "number left out",
            "report/objectives.yml",
            "    number: 2\n",
            f"    {HERE}number: 4\n",
            "points[2].number: found number 4; expected 2, its place in the list; "
            "number the points from 1 without a gap",
        ),
    ),
    "profiles_agree_with_themselves": (
        mistake(
            "ended without a date",
            BEDS,
            "  status: ended\n  ended: 2009-04-01\n",
            f"  {HERE}status: ended\n",
            "life.status: found “ended” without a date of ending; expected a date if it ended, and only then; "
            "add or delete “ended:”",
        ),
        mistake(
            "date without an end",
            BEDS,
            "  status: ended\n",
            f"  {HERE}status: continuing\n",
            "life.status: found “continuing” with a date of ending; expected a date if it ended, and only then; "
            "add or delete “ended:”",
        ),
        mistake(
            "answer of a Trust that declined",
            NORFOLK,
            "  online_survey: false",
            f"  {HERE}online_survey: true",
            "basis.online_survey: found a survey answer from a Trust that declined; expected online_survey: false; "
            "change one of the two",
        ),
        mistake(
            "reported without a reported figure",
            SOUTHEND,
            "  reporting: not reported",
            f"  {HERE}reporting: reported",
            "investment.reporting: found “reported” with 0 reported figures; "
            "expected reported figures if the Trust reported its investment, and only then; "
            "change “reporting”, or the “kind” of the figures",
        ),
        mistake(
            "not reported with a reported figure",
            LUTON,
            "  reporting: reported",
            f"  {HERE}reporting: not reported",
            "investment.reporting: found “not reported” with 1 reported figure; "
            "expected reported figures if the Trust reported its investment, and only then; "
            "change “reporting”, or the “kind” of the figures",
        ),
    ),
    "seats_go_with_representation": (
        mistake(
            "seats where the sector was not",
            SOUTHEND,
            "      vcs: not mentioned\n",
            f"      vcs: not mentioned\n      {HERE}seats: 2\n",
            "governance.bodies[2].seats: found 2 seats on a body where the sector was “not mentioned”; "
            "expected seats only where it was represented; delete “seats:”, or write “vcs: represented”",
        ),
    ),
    "confirmations_are_of_a_day": (
        mistake(
            "confirmed in a month",
            LUTON,
            "life:\n",
            f"confirmed:\n  by: A\n  role: B\n  {HERE}on: 2026-11\n  rests_on: The report.\nlife:\n",
            "confirmed.on: found “2026-11”; expected one day, such as 2026-11-22; "
            "write the day on which the check was finished",
        ),
        mistake(
            "confirmed in a year to come",
            LUTON,
            "life:\n",
            f"confirmed:\n  by: A\n  role: B\n  {HERE}on: 2099-11-20\n  rests_on: The report.\nlife:\n",
            "confirmed.on: found 20 November 2099; expected a day between the report and today; check the year",
        ),
        mistake(
            "confirmed before there was a report",
            LUTON,
            "life:\n",
            f"confirmed:\n  by: A\n  role: B\n  {HERE}on: 2006-11-20\n  rests_on: The report.\nlife:\n",
            "confirmed.on: found 20 November 2006; expected a day between the report and today; check the year",
        ),
    ),
    "moved_addresses_lead_somewhere": (
        mistake(
            "address that leads nowhere",
            "moved.yml",
            "\n[]\n",
            f"\n- {HERE}address: a/b/\n  on: 2026-11-22\n",
            "[1]: found an address that leads nowhere; expected “to:” with the address of a page, "
            "or “why:” with the reason; add one of the two",
        ),
        mistake(
            "address that leads to one that moved too",
            "moved.yml",
            "\n[]\n",
            f"\n- address: a/\n  {HERE}to: b/\n  on: 2026-11-22\n"
            "- address: b/\n  to: trusts/luton/\n  on: 2026-11-22\n",
            "[1].to: found the address “b/”, which moved as well; expected the address of a page; "
            "write “trusts/luton/”",
        ),
        mistake(
            "two addresses that lead to each other",
            "moved.yml",
            "\n[]\n",
            f"\n- address: a/\n  {HERE}to: b/\n  on: 2026-11-22\n- address: b/\n  {HERE}to: a/\n  on: 2026-11-22\n",
            "[1].to: found the address “b/”, which moved as well; expected the address of a page; say why in “why:”",
            "[2].to: found the address “a/”, which moved as well; expected the address of a page; say why in “why:”",
        ),
    ),
    "gaps_are_marked_as_ours": (
        mistake(
            "gap of the report's",
            LUTON,
            "gaps:\n  - source: ours\n",
            f"gaps:\n  - {HERE}source: clear-expectations#luton.context\n",
            "gaps[1]: found a gap without “source: ours”; expected gaps marked as ours; add “source: ours”",
        ),
    ),
    "guidance_names_what_exists": (
        mistake(
            "related standard that does not exist",
            NA_1,
            "see:\n  - na-2",
            f"see:\n  - {HERE}na-9",
            "see[1]: found the standard “na-9”; expected a standard that data/standards has; did you mean “na-3”?",
        ),
        mistake(
            "standard of a profile that does not exist",
            LUTON,
            "    standard: st-3\n",
            f"    {HERE}standard: st-33\n",
            "practice[1].standard: found the standard “st-33”; expected a standard that data/standards has; "
            "did you mean “st-3”?",
        ),
    ),
    "a_year_is_not_a_month": (
        mistake(
            "financial year with a hyphen, which is a month",
            LUTON,
            "      period: 2007/08",
            f"      {HERE}period: 2007-08",
            "investment.figures[1].period: found “2007-08”, which is August 2007; "
            "expected the years that the sum is for; "
            "write “2007/08” for the financial year; if the month is meant, write it in “period_note:”",
        ),
    ),
    "practices_rest_on_their_trusts": (
        mistake(
            "practice further than its furthest use",
            "practices/advance-payment.yml",
            "\nstatus: in use\n",
            f"\n{HERE}status: planned\n",
            "status: found “planned”; expected “in use”, the furthest of its uses; "
            "change the status, or the status of a use",
        ),
    ),
}


@pytest.mark.parametrize("mistake", [case for cases in CASES.values() for case in cases])
def test_one_mistake_is_told_once_and_whole(data: Folder, mistake: Mistake) -> None:
    expected = data.make(mistake)
    assert data.problems() == expected


@pytest.mark.parametrize(
    ("old", "new", "total"),
    [
        ("invoice,38,exactly", "invoice,39,exactly", 101),
        ("invoice,38,exactly", "invoice,not printed,the majority", 62),
        ("payment-terms,Paid between 30 and 45 days,26,exactly,,clear-expectations#gershon.payment(2)\n", "", 74),
    ],
)
def test_shares_of_one_whole_make_100(data: Folder, old: str, new: str, total: int) -> None:
    data.change(ANSWERS, old, new)
    line = _line(data, SURVEY, "    adds_up: true")
    assert data.problems() == [
        f"data/{SURVEY}:{line}:5: questions[3].adds_up: found answers that add up to {total}; "
        "expected 100, as adds_up is true; "
        "check each share, add a row for what is not stated, or write adds_up: false"
    ]


def test_a_question_has_an_answer(data: Folder) -> None:
    row = next(row for row in (data / ANSWERS).read_text("utf-8").splitlines() if row.startswith("evaluation-data,"))
    data.change(ANSWERS, f"{row}\n", "")
    line = _line(data, SURVEY, "    id: evaluation-data")
    assert data.problems() == [
        f"data/{SURVEY}:{line}:5: questions[4].id: found no answer; expected at least one row in answers.csv; "
        "add a row that begins with “evaluation-data,”"
    ]


def test_a_trust_has_a_place(data: Folder) -> None:
    rows = (data / "places.csv").read_text("utf-8").splitlines()
    (data / "places.csv").write_text("\n".join(row for row in rows if ",norfolk," not in row), "utf-8")
    assert data.problems() == [
        f"data/{NORFOLK}:{_line(data, NORFOLK, 'name: Norfolk')}:1: name: found no place for “norfolk”; "
        "expected at least one row in data/places.csv; add a row, for example “Norfolk,county,norfolk,,,ours”"
    ]


def test_a_standard_is_reviewed_again_after_it_was_reviewed(data: Folder) -> None:
    text = (data / NA_1).read_text("utf-8")
    last = next(line for line in text.splitlines() if line.startswith("last_reviewed: "))
    following = next(line for line in text.splitlines() if line.startswith("next_review: "))
    places, _ = data.change(NA_1, following, f"{HERE}next_review: {last.removeprefix('last_reviewed: ')}")
    (line,) = data.problems()
    assert line.startswith(f"data/{NA_1}:{places[0][0]}:1: next_review: found ")
    assert line.endswith("; check both dates")


def _say_nothing_of_standards(data: Folder) -> None:
    text = (data / LUTON).read_text("utf-8")
    practice = re.search(r"(?ms)^practice:\n.*?(?=^\w)", text)
    assert practice
    data.change(LUTON, practice[0], "")


def test_a_trust_is_reached_by_a_standard(data: Folder) -> None:
    _say_nothing_of_standards(data)
    assert data.problems() == [
        f"data/{LUTON}:{_line(data, LUTON, 'name:')}:1: found no standard that reaches it; expected at least one; "
        "add a “practice:” statement that names a standard"
    ]


@pytest.mark.parametrize("name", ["recommendations.yml", "principles.yml"])
def test_a_recommendation_and_a_principle_are_reached_by_a_standard(data: Folder, name: str) -> None:
    extra = {
        "recommendations.yml": "  id: r99\n  title: X\n  asks: X\n  why: X\n  of:\n    - X\n  stages:\n    - needs\n",
        "principles.yml": "  id: g99\n  name: X\n  what: X\n",
    }[name]
    end = (data / name).read_text("utf-8").count("\n") + 1
    data.rewrite(name, lambda text: text + f"- source: ours\n{extra}".encode())
    number = (data / name).read_text("utf-8").count("\n- ") + (data / name).read_text("utf-8").startswith("- ")
    assert data.problems() == [
        f"data/{name}:{end}:3: [{number}]: found no standard that reaches it; expected at least one; "
        "name it in a standard, or take it out"
    ]


def test_a_trust_is_reached_by_a_standard_that_is_broken(data: Folder) -> None:
    """What is wrong with a profile is told in the same run as what is wrong with standards."""
    _say_nothing_of_standards(data)
    data.change(NA_1, "core: true\n", "")
    assert [line.split(":")[0] for line in data.problems()] == [f"data/{NA_1}", f"data/{LUTON}"]


@pytest.mark.parametrize("standard", ["na-1", "gr-1", "fn-2"])
def test_what_only_a_broken_standard_reaches_is_not_told(data: Folder, standard: str) -> None:
    data.rewrite(f"standards/{standard}.yml", lambda text: text + b"core: true\n")
    (line,) = data.problems()
    assert line.startswith(f"data/standards/{standard}.yml:")


def test_a_broken_record_is_told_without_everything_that_named_it(data: Folder) -> None:
    """One slip in a profile must not bring a line for each place, point and remark that names the Trust."""
    for file, field in (
        (LUTON, "name: Luton\n"),
        ("principles.yml", "  name: Stability of funding\n"),
        (NA_1, "core: true\n"),
    ):
        data.change(file, field, "")
    data.change(ANSWERS, "evaluation-data,Sent", "evaluation-data,,Sent")
    data.change("places.csv", ELY, "Ely")
    assert [line.split(":")[0] for line in data.problems()] == [
        "data/places.csv",
        "data/principles.yml",
        f"data/{NA_1}",
        f"data/{ANSWERS}",
        f"data/{LUTON}",
    ]


def _line(data: Folder, file: str, start: str) -> int:
    lines = (data / file).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(start))


TOLD_ELSEWHERE = {
    "everything_is_reached": test_a_recommendation_and_a_principle_are_reached_by_a_standard,
    "every_trust_is_reached": test_a_trust_is_reached_by_a_standard,
    "every_trust_has_a_place": test_a_trust_has_a_place,
    "reviews_come_in_order": test_a_standard_is_reviewed_again_after_it_was_reviewed,
}


def test_every_rule_has_its_case() -> None:
    assert {rule.__name__ for rule in checks.RULES} == CASES.keys() | TOLD_ELSEWHERE.keys()


@pytest.mark.parametrize("rule", checks.RULES, ids=lambda rule: rule.__name__)
def test_each_rule_is_explained_and_quiet_on_real_data(guide: Guide, rule: checks.Rule) -> None:
    del guide  # has loaded, so no rule found anything
    assert rule.__doc__
    assert rule.__doc__.strip().endswith(".")
