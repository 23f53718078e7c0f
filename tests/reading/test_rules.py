"""Mistakes that only several parts together show: one case or more for each rule of `macros.reading.rules`."""

from __future__ import annotations

import re

import pytest
import test_wave_rules as wave_rules
from mistakes import FIRST, HERE, ROOT, Folder, Mistake, mistake

from macros.reading.guide import Guide
from macros.reading.rules import every_rule, parts

LUTON, SOUTHEND, BEDS, NORFOLK = (
    f"trusts/{slug}/2009.yml" for slug in ("luton", "southend-on-sea", "bedfordshire", "norfolk")
)
LUTON_AREA, BEDS_AREA, NORFOLK_AREA = (path.replace("2009", "trust") for path in (LUTON, BEDS, NORFOLK))
SURVEY, ANSWERS = "surveys/2009/survey.yml", "surveys/2009/answers.csv"
ELY = "Ely,city,cambridgeshire,,,ours"
PAYMENT_TERMS = "".join(
    f"    {line}\n"
    for line in (
        "id: payment-terms",
        "title: How long invoices took to be paid",
        "wording: not printed",
        "base: not printed",
    )
)
NEEDS = "needs:\n  source: clear-expectations#luton.needs"
NA_1 = "standards/na-1.yml"
_PROPOSAL = (ROOT / "data/framework.yml").read_text(encoding="utf-8")
ASKS = _PROPOSAL.partition("\nasks:\n")[2].partition("\nadopt:")[0]
LUTON_SINCE, COUNTRY = "since/luton.yml", "since/national.yml"
SUFFOLK_PLANS = """  - source: clear-expectations#suffolk.context
    what: The CYP Commissioning Group had reviewed services, among them the Children’s Fund.
    action: review
    when_note: recently, when the report was written
    state: finished
  - source: clear-expectations#suffolk.next-steps
    what: Plans were being made to pool resources.
"""

SOURCES = "expected a document or section that sources.yml has"
TRUSTS = "expected a Trust that has a file in data/trusts"
ALL_TRUSTS = (
    "write one of “bedfordshire”, “cambridgeshire”, “essex”, “hertfordshire”, “luton”, “norfolk”, “peterborough”, "
    "“southend-on-sea”, “suffolk” or “thurrock”"
)
ASKED = "questionnaires/next.yml"

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
            f"{FIRST}{ELY},,,\n{HERE}{ELY}",
            "place: found the place “Ely (city, cambridgeshire)” a second time; expected each once; "
            "change one of them; the first is in data/places.csv, line {first}",
        ),
        mistake(
            "Trust name twice",
            LUTON_AREA,
            "name: Luton\n",
            f"{HERE}name: Essex\n",
            "name: found the Trust name “Essex” a second time; expected each once; "
            "change one of them; the first is in data/trusts/essex/trust.yml, line 3",
        ),
        mistake(
            "term twice",
            "glossary.yml",
            "- id: adcs\n  source: clear-expectations#method(2)\n  term: ADCS\n",
            f"- id: adcs-2\n  source: ours\n  {FIRST}term: adcs\n  meaning: No.\n  meaning_from: ours\n\n"
            f"- id: adcs\n  source: clear-expectations#method(2)\n  {HERE}term: ADCS\n",
            "[2].term: found the term “ADCS” a second time, which comes to the same as “adcs”; expected each once; "
            "change one of them; the first is in data/glossary.yml, line {first}",
        ),
        mistake(
            "map tile twice",
            LUTON_AREA,
            "tile:\n  column: 0\n  row: 2\n",
            f"{HERE}tile:\n  column: 0\n  row: 1\n",
            "tile: found the map tile “column 0, row 1” a second time; expected each once; "
            "change one of them; the first is in data/trusts/bedfordshire/trust.yml, line 10",
        ),
        mistake(
            "term whose anchor the page has for a letter",
            "glossary.yml",
            "- id: agm\n",
            f"- {HERE}id: letter-a\n",
            "[2].id: found the id “letter-a”, a name that the guide uses itself; expected another name; "
            "change it, and where it is named",
        ),
        mistake(
            "term whose anchor the page has for all that have no letter",
            "glossary.yml",
            "- id: agm\n",
            f"- {HERE}id: letter-others\n",
            "[2].id: found the id “letter-others”, a name that the guide uses itself; expected another name; "
            "change it, and where it is named",
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
            f"{PAYMENT_TERMS}    theme: payment\n",
            f"{PAYMENT_TERMS}    {HERE}theme: paymnet\n",
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
    "a_proposal_asks_for_something": (
        mistake(
            "nothing asked",
            "framework.yml",
            f"\nasks:\n{ASKS}\nadopt:",
            f"\n{HERE}asks: []\nadopt:",
            "asks: found an empty list; expected at least one item, as the framework proposes something; "
            "write what a board is asked to do",
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
            BEDS_AREA,
            "  status: ended\n  ended: 2009-04-01\n",
            f"  {HERE}status: ended\n",
            "life.status: found “ended” without a date of ending; expected a date if it ended, and only then; "
            "add or delete “ended:”",
        ),
        mistake(
            "date without an end",
            BEDS_AREA,
            "  status: ended\n",
            f"  {HERE}status: continuing\n",
            "life.status: found “continuing” with a date of ending; expected a date if it ended, and only then; "
            "add or delete “ended:”",
        ),
        mistake(
            "carried on, on no day",
            LUTON_AREA,
            "  as_of: 2025-07-10\n  status: continuing",
            f"  {HERE}status: continuing",
            "life.status: found “continuing” without a day in “as_of”; "
            "expected the day and the document that say that it carried on, and only then; "
            "add “as_of:” and “source:”, or write “status: not known”",
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
            "  reporting: reported for some projects only",
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
    "what_lasts_has_an_id_of_its_own": (
        mistake(
            "two bodies of one name",
            LUTON,
            "    - name: Children’s Trust\n",
            f"    {FIRST}- name: Children’s Trust\n      kind: board\n      vcs: represented\n"
            f"    - {HERE}name: Children’s Trust\n",
            "governance.bodies[2].name: found a body that is known as “childrens-trust”, as the one in line {first} "
            "is; expected an id for each body; "
            "give this one an id of its own, such as “id: childrens-trust-2”, or write it differently from the start",
        ),
        mistake(
            "a plan with the id that the words of another give",
            "trusts/suffolk/2009.yml",
            SUFFOLK_PLANS,
            SUFFOLK_PLANS.replace(
                "- source", f"{FIRST}- id: plans-were-being-made-to-pool-resources\n    source", 1
            ).replace("what: Plans", f"{HERE}what: Plans"),
            "plans[2].what: found a plan that is known as “plans-were-being-made-to-pool-resources”, as the one in "
            "line {first} is; expected an id for each plan; give this one an id of its own, such as "
            "“id: plans-were-being-made-to-pool-resources-2”, or write it differently from the start",
        ),
    ),
    "later_facts_are_later": (
        mistake(
            "a fact of before the report",
            LUTON_SINCE,
            "as_of: 2018-02-23",
            f"{HERE}as_of: 2008-02-23",
            "facts[1].as_of: found 23 February 2008; expected a time between the evidence and today; "
            "check the year; what a document says will come is of the document’s own time",
        ),
        mistake(
            "a fact of a time to come",
            LUTON_SINCE,
            "as_of: 2018-02-23",
            f"{HERE}as_of: 2098",
            "facts[1].as_of: found 2098; expected a time between the evidence and today; "
            "check the year; what a document says will come is of the document’s own time",
        ),
    ),
    "documents_were_read_by_now": (
        mistake(
            "read in a year to come",
            LUTON_SINCE,
            "read: 2026-11",
            f"{HERE}read: 2096-11",
            "read: found November 2096; expected a time that has come; check the year",
        ),
    ),
    "what_is_stated_has_a_document": (
        mistake(
            "a fact of our own",
            LUTON_SINCE,
            "source: val-closure",
            f"{HERE}source: ours",
            "facts[2].source: found a fact that no document states; expected a document of sources.yml; "
            "name the document, or ask it under “questions:”",
        ),
        mistake(
            "what a fact means, passed off as the document’s words",
            COUNTRY,
            "      - source: ours\n        standard: gr-1\n",
            f"      - {HERE}standard: gr-1\n",
            "facts[2].bears_on[1]: found words of our own without “source: ours”; expected “source: ours”; add it",
        ),
    ),
    "questions_ask": (
        mistake(
            "a belief written as a fact",
            LUTON_SINCE,
            "asks: Is Luton outside the changes to councils that were planned for 2025 to 2028? No",
            f"{HERE}asks: Luton is outside the changes to councils that were planned for 2025 to 2028. No",
            "questions[1].asks: found a statement; expected a question; "
            "ask it, with a question mark; a fact belongs under “facts:”, with its document",
        ),
    ),
    "facts_stand_with_their_subject": (
        mistake(
            "a fact of the country in the file of a Trust",
            LUTON_SINCE,
            "topic: council",
            f"{HERE}topic: buying",
            "facts[1].topic: found “buying” in a file that names a Trust; expected one of “council”, "
            "“changes to come”, “partnership”, “voice of the sector”, “health”; "
            "change the topic, or move it to the file of its subject",
        ),
    ),
    "confirmations_are_of_a_day": (
        mistake(
            "confirmed in a month",
            LUTON,
            "basis:\n",
            f"confirmed:\n  by: A\n  role: B\n  {HERE}on: 2026-11\n  rests_on: The report.\nbasis:\n",
            "confirmed.on: found “2026-11”; expected one day, such as 2026-11-22; "
            "write the day on which the check was finished",
        ),
        mistake(
            "confirmed in a year to come",
            LUTON,
            "basis:\n",
            f"confirmed:\n  by: A\n  role: B\n  {HERE}on: 2099-11-20\n  rests_on: The report.\nbasis:\n",
            "confirmed.on: found 20 November 2099; expected a day between the report and today; check the year",
        ),
        mistake(
            "confirmed before there was a report",
            LUTON,
            "basis:\n",
            f"confirmed:\n  by: A\n  role: B\n  {HERE}on: 2006-11-20\n  rests_on: The report.\nbasis:\n",
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
    "questionnaires_fit_together": (
        mistake(
            "section that the questionnaire does not have",
            ASKED,
            "  title: How long invoices take to be paid\n    wording: How soon after your invoice are you paid?\n"
            "    kind: one\n    section: funding\n",
            "  title: How long invoices take to be paid\n    wording: How soon after your invoice are you paid?\n"
            f"    kind: one\n    {HERE}section: fundings\n",
            "questions[8].section: found the section “fundings”; expected a section of this questionnaire; "
            "did you mean “funding”?",
        ),
        mistake(
            "option that leads to a question and is not there",
            ASKED,
            "        - in-arrears\n        - both\n",
            f"        - {HERE}in-arears\n        - both\n",
            "questions[8].asked_if.options[1]: found the option “in-arears”; expected an option of "
            "“payment-in-advance”; did you mean “in-arrears”?",
        ),
        mistake(
            "same option twice, but for a hyphen",
            ASKED,
            "      - id: within-45-days\n",
            f"      - {HERE}id: within30-days\n",
            "questions[8].options[2].id: found the option (without its hyphens) “within30days” a second time; "
            "expected each one once; change one of them",
        ),
        mistake(
            "question that is repeated and was never asked",
            ASKED,
            "      question: one-year-funding\n",
            f"      {HERE}question: one-year-fundin\n",
            "questions[6].repeats.question: found the question “one-year-fundin”; "
            "expected a question of the wave 2009; did you mean “one-year-funding”?",
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


ALBANS = "St Albans,district,hertfordshire,E07000240,2012-04-01,"
AREAS = "areas.csv"


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (
            "St Albans,district,hertfordshire,\u2038E06000240,2012-04-01,",
            "code: found the code “E06000240”, which is that of a unitary; expected the code of a district; "
            "check the code and the kind",
        ),
        (
            "St Albans,district,hertfordshire,\u2038E0700240,2012-04-01,",
            "code: found “E0700240”; expected a letter for the country, and eight digits; "
            "write it like this, for example “E07000240”",
        ),
        (
            "St Albans,district,hertfordshire,E07000240,2012-04-01,\u20382011-04-01",
            "until: found an end on 1 April 2011, before the beginning on 1 April 2012; "
            "expected the last day of the code; check both dates",
        ),
        (
            "St Albans,district,hertfordshire,E07000240,\u20382012-03-01,",
            "since: found the code “E07000240” while “E07000100” held; expected one code at a time; "
            "check the dates of both",
        ),
        (
            "\u2038St Alban,district,hertfordshire,E07000240,2012-04-01,",
            "name: found the district “St Alban”, which is no place of “hertfordshire”; "
            "expected a place of that name, kind and Trust in data/places.csv; did you mean “St Albans”?",
        ),
        (
            "St Albans,district,hertfordshire,\u2038E07000100,2012-04-01,",
            "code: found the code “E07000100” a second time; expected each once; change one of them; "
            "the first is in data/areas.csv, line {first}",
        ),
    ],
)
def test_the_code_of_an_area_fits_it(data: Folder, new: str, said: str) -> None:
    text = (data / AREAS).read_text(encoding="utf-8")
    first = next(number for number, line in enumerate(text.splitlines(), 1) if "E07000100" in line)
    ((line, column),), _ = data.change(AREAS, ALBANS, new)
    assert data.problems() == [f"data/{AREAS}:{line}:{column}: {said.format(first=first)}"]


def test_a_trust_has_a_place(data: Folder) -> None:
    rows = (data / "places.csv").read_text("utf-8").splitlines()
    (data / "places.csv").write_text("\n".join(row for row in rows if ",norfolk," not in row), "utf-8")
    codes = (data / "areas.csv").read_text("utf-8").splitlines()
    (data / "areas.csv").write_text("\n".join(row for row in codes if ",norfolk," not in row), "utf-8")
    assert data.problems() == [
        f"data/{NORFOLK_AREA}:{_line(data, NORFOLK_AREA, 'name: Norfolk')}:1: name: found no place for “norfolk”; "
        "expected at least one row in data/places.csv; "
        "add a row with the place “Norfolk”, its kind, and the trust “norfolk”"
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
    line = _line(data, LUTON_AREA, "name:")
    assert data.problems() == [
        f"data/{LUTON_AREA}:{line}:1: found no standard that reaches it; expected at least one; "
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
    assert [line.split(":")[0] for line in data.problems()] == [f"data/{NA_1}", f"data/{LUTON_AREA}"]


@pytest.mark.parametrize("standard", ["na-1", "gr-1", "fn-2"])
def test_what_only_a_broken_standard_reaches_is_not_told(data: Folder, standard: str) -> None:
    data.rewrite(f"standards/{standard}.yml", lambda text: text + b"core: true\n")
    (line,) = data.problems()
    assert line.startswith(f"data/standards/{standard}.yml:")


def test_a_broken_record_is_told_without_everything_that_named_it(data: Folder) -> None:
    """One slip in a profile must not bring a line for each place, point and remark that names the Trust."""
    for file, field in (
        (LUTON_AREA, "name: Luton\n"),
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
        f"data/{LUTON_AREA}",
    ]


def _line(data: Folder, file: str, start: str) -> int:
    lines = (data / file).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(start))


RELEASE = """source: ours
wave: next
number: 1
title: A survey
fieldwork:
  first: 2027-03-01
  last: 2027-03-31
tool: kobo
invited: 40
responses: 20
usable: 20
threshold: 5
cells: 2
proved: Nothing can be worked out.
released_on: 2027-05-04
released_by: Somebody
"""
ROWS = """question,by,group,answer,base,count,percent,low,high,source
area,everyone,everyone,essex,20,12,60,39,78,ours
area,everyone,everyone,luton,20,8,40,22,61,ours
"""


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("responses: 20", "responses: 21", ".yml:10:1: responses: found 21 answers, 20 usable and 0 left out"),
        ("invited: 40", "invited: 19", ".yml:9:1: invited: found 19; expected at least the number of answers"),
        ("cells: 2", "cells: 3", ".yml:13:1: cells: found 3 cells, 0 hidden"),
        (
            "cells: 2\n",
            "cells: 2\nuntried: 1\n",
            ".yml:14:1: untried: found 1 cell; expected no more than the 0 that the rule “protects others” hides",
        ),
        ("number: 1", "number: 2", ".yml:3:1: number: found wave next, release 2"),
        ("wave: next", "wave: nexd", ".yml:2:1: wave: found the wave “nexd”"),
        ("luton", "lutn", ".csv:3:1: question: found a row for “lutn” of “area”"),
        ("luton", "essex", ".csv:3:1: question: found a second row for “essex” of “area”"),
        ("20,12,", "20,4,", ".csv:2:33: count: found a count from 1 to 4"),
        ("20,12,", "20,24,", ".csv:2:33: count: found a count above its base"),
        ("20,12,60", "20,12,61", ".csv:2:33: count: found a share that is not that of the count"),
    ],
)
def test_a_release_is_as_the_import_made_it(data: Folder, was: str, now: str, said: str) -> None:
    (data / "releases").mkdir(exist_ok=True)
    for ending, text in (("yml", RELEASE), ("csv", ROWS)):
        (data / f"releases/next-1.{ending}").write_text(text, encoding="utf-8")
    assert data.problems() == []
    for ending, text in (("yml", RELEASE), ("csv", ROWS)):
        (data / f"releases/next-1.{ending}").write_text(text.replace(was, now), encoding="utf-8")
    assert [line for line in data.problems() if line.startswith(f"data/releases/next-1{said}")]


TOLD_ELSEWHERE = {
    "profiles_are_of_a_wave_that_is_described": wave_rules.test_a_profile_of_a_wave_that_no_file_describes,
    "everything_is_reached": test_a_recommendation_and_a_principle_are_reached_by_a_standard,
    "every_trust_is_reached": test_a_trust_is_reached_by_a_standard,
    "every_trust_has_a_place": test_a_trust_has_a_place,
    "releases_fit_together": test_a_release_is_as_the_import_made_it,
    "codes_fit_their_areas": test_the_code_of_an_area_fits_it,
    "reviews_come_in_order": test_a_standard_is_reviewed_again_after_it_was_reviewed,
}


def test_every_rule_has_its_case() -> None:
    assert {
        rule.__name__ for rule in every_rule.RULES
    } == CASES.keys() | TOLD_ELSEWHERE.keys() | wave_rules.WAVE_CASES.keys()


@pytest.mark.parametrize("rule", every_rule.RULES, ids=lambda rule: rule.__name__)
def test_each_rule_is_explained_and_quiet_on_real_data(guide: Guide, rule: parts.Rule) -> None:
    del guide  # has loaded, so no rule found anything
    assert rule.__doc__
    assert rule.__doc__.strip().endswith(".")


@pytest.mark.parametrize(
    ("written", "share", "meant"), [("0.9", "0.9", "90"), ("0.59", "0.59", "59"), ("1", "1", "100")]
)
def test_a_share_as_a_spreadsheet_holds_it_is_asked_about(data: Folder, written: str, share: str, meant: str) -> None:
    row = "evaluation-data,Sent evaluation data to two or more bodies,"
    ((line, column),), _ = data.change(ANSWERS, f"{row}90,", f"{row}\u2038{written},")
    assert data.problems() == [
        f"data/{ANSWERS}:{line}:{column}: percent: found {share} per cent, which is less than one of 86; "
        f"expected a share in per cent, from 0 to 100; write {meant} if that is meant"
    ]


def test_small_shares_of_many_are_believed_beside_larger_ones(data: Folder) -> None:
    """Of 5,000 people, 0.6 per cent are thirty; where every share of a question is so small, they are fractions."""
    row = "evaluation-data,Sent evaluation data to two or more bodies,"
    data.change(SURVEY, "responses: 93", "responses: 5000")
    data.change(SURVEY, "usable: 86", "usable: 5000")
    data.change(ANSWERS, f"{row}90,exactly", f"{row}0.6,exactly")
    assert data.problems() == []
    text = (data / ANSWERS).read_text(encoding="utf-8")
    line = next(one for one in text.splitlines() if one.startswith(row))
    data.change(ANSWERS, line, f"{line}\n{line.replace('Sent', 'Wrote').replace('0.6', '0.4')}")
    assert [one.partition("write ")[2] for one in data.problems()] == ["60 if that is meant", "40 if that is meant"]
