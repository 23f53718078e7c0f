"""What the words beside statements say is true of what they stand beside, and of nothing else.

Every kind of untrue word that was ever found has its test here; `words.csv` holds all words, as a person saw them.
"""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup, Tag
from words import collected, reviewed

from macros.derived import tables
from macros.model.base import OURS
from macros.model.vocabulary import Fit, PracticeStatus, Reading, Represented, Result, TermTopic
from macros.reading.guide import Guide

Soups = dict[str, BeautifulSoup]


def text_of(element: Tag | None) -> str:
    return " ".join(element.get_text(" ").split()) if element else ""


def flat(text: str) -> str:
    return "".join(text.lower().split())


@pytest.fixture(scope="module")
def soups(rendered: dict[str, str]) -> Soups:
    return {path: BeautifulSoup(markdown, "html.parser") for path, markdown in rendered.items()}


# --- boards and groups --------------------------------------------------------------------------------------------


def test_a_word_beside_a_body_says_that_it_is_about_the_sectors_place(guide: Guide, soups: Soups) -> None:
    """“HCTP VCS Strategy Group – Not mentioned in the report” read as if the report never named the group."""
    for trust in guide.trusts:
        for body in trust.governance.bodies:
            (head,) = [
                one
                for one in soups[f"trusts/{trust.slug}.md"].select("li > .ce-items__head")
                if flat(text_of(one.select_one(".ce-items__name"))) == flat(body.name) and "The sector" in text_of(one)
            ]
            about = "The sector’s place" if body.vcs == Represented.NOT_MENTIONED else "The sector"
            assert text_of(head.select_one(".ce-status")) == f"{about}: {body.vcs}", (trust.slug, body.name)


# --- what Trusts did on the subjects of the standards ----------------------------------------------------------------


def test_a_trust_is_silent_on_a_standard_only_if_it_has_no_statement_there(guide: Guide, soups: Soups) -> None:
    """Trusts stood in the list of those that say nothing although the data held what the report says of them."""
    for standard in guide.standards:
        page = soups[f"standards/{standard.id}.md"]
        silent = [text_of(one.parent) for one in page.select(".ce-unknown") if "on this subject" in text_of(one)]
        for trust in guide.trusts:
            said = [one for one in trust.practice if one.standard == standard.id]
            assert any(trust.name in line for line in silent) == (not said), (standard.id, trust.slug)
            for one in said:
                assert flat(one.what) in flat(text_of(page)), (standard.id, trust.slug)
                assert flat(one.fit) in flat(text_of(page))


def test_each_trust_that_a_standards_evidence_names_has_its_statement_there(guide: Guide) -> None:
    said = {(trust.slug, one.standard) for trust in guide.trusts for one in trust.practice}
    for standard in guide.standards:
        for evidence in standard.evidence:
            for slug in evidence.trusts:
                assert (slug, standard.id) in said, evidence.what


ABOUT = {
    TermTopic.LENGTH: "fn-1",
    TermTopic.EXTENSION: "fn-1",
    TermTopic.FULL_COST: "fn-2",
    TermTopic.CONTRIBUTION: "fn-2",
    TermTopic.IN_ADVANCE: "fn-3",
    TermTopic.PAYMENT: "fn-3",
    TermTopic.OUTCOMES: "sd-3",
    TermTopic.QUALITY: "sd-3",
    TermTopic.MONITORING: "mr-1",
    TermTopic.MODEL: "pr-1",
}


def test_each_term_of_a_profile_is_told_at_the_standard_it_is_about(guide: Guide) -> None:
    assert set(ABOUT) == set(TermTopic)
    for trust in guide.trusts:
        standards = {one.standard for one in trust.practice}
        for term in trust.terms:
            assert ABOUT[term.topic] in standards, (trust.slug, term.what)


@pytest.mark.parametrize(
    ("standard", "slug", "holds"),
    [
        ("na-1", "peterborough", "help for the wider sector to take part in needs assessment"),
        ("lc-1", "thurrock", "more commissioning and training support was said to be needed"),
        ("fn-3", "peterborough", "Payment terms were agreed"),
        ("fn-1", "luton", "had to apply each year"),
        ("fn-2", "cambridgeshire", "pressure to absorb rises"),
        ("mr-1", "essex", "three business plans"),
        ("mr-1", "southend-on-sea", "three business plans"),
        ("st-4", "norfolk", "substantial"),
        ("fn-1", "essex", "how long contracts should last"),
    ],
)
def test_what_the_report_says_of_a_trust_stands_at_the_standard(
    guide: Guide, standard: str, slug: str, holds: str
) -> None:
    assert holds in " ".join(one.what for one in guide.trust(slug).practice if one.standard == standard)


def test_no_word_reads_as_if_a_standard_were_met(guide: Guide) -> None:
    """“In place” stood beside six Trusts at a standard of which its own page says that no Trust met it."""
    assert not {word for word in Fit if word.value in {"in place", "met"}}
    whole = [(trust.slug, one.standard) for trust in guide.trusts for one in trust.practice if one.fit == Fit.ALL]
    assert not whole  # the report describes a whole standard for no Trust: look again before this changes
    training = [one.fit for trust in guide.trusts for one in trust.practice if one.standard == "lc-1"]
    assert set(training) <= {Fit.ONE, Fit.PLANNED, Fit.DISCUSSED}
    (norfolk,) = [one for one in guide.trust("norfolk").practice if one.standard == "na-3"]
    assert norfolk.fit == Fit.ONE


def test_the_note_on_these_words_stands_wherever_they_stand(soups: Soups) -> None:
    told = {flat(word) for word in Fit}
    for path, page in soups.items():
        shown = {flat(text_of(one)) for one in page.select(".ce-status")} & told
        if shown - {flat(Fit.NOT_IN_PLACE)} and path != "data/dictionary.md":
            assert "does not mean that the standard was met" in text_of(page), path


def test_infrastructure_bodies_alone_are_not_what_gr2_asks_for(guide: Guide) -> None:
    (suffolk,) = [one for one in guide.trust("suffolk").practice if one.standard == "gr-2"]
    assert "infrastructure body" in suffolk.what
    assert re.search(r"did not say that frontline providers", suffolk.what)


# --- the practice library -------------------------------------------------------------------------------------------


def test_each_list_of_practices_says_of_each_trust_how_far_it_had_got(guide: Guide, soups: Soups) -> None:
    """“In use” stood beside all Trusts of a practice, of which one only planned it and one had something like it."""
    library = soups["practice/index.md"]
    for practice in guide.practices:
        (item,) = [
            one
            for one in library.select("ul.ce-items > li")
            if flat(text_of(one.select_one(".ce-items__name"))) == flat(practice.title)
        ]
        shown = [flat(text_of(one)) for one in item.select("ul.ce-related > li")]
        assert shown == [flat(f"{guide.trust(use.trust).name} {use.status}") for use in practice.uses]
        for use in practice.uses:
            profile = soups[f"trusts/{use.trust}.md"]
            links = [one for one in profile.select("ul.ce-related > li") if practice.title in text_of(one)]
            assert [flat(text_of(one)) for one in links] == [flat(f"{practice.title} {use.status}")]


@pytest.mark.parametrize(
    ("practice", "trust", "word"),
    [
        ("several-routes-into-needs", "essex", PracticeStatus.SIMILAR),
        ("resource-envelope", "luton", PracticeStatus.OTHER_NAME),
        ("resource-envelope", "peterborough", PracticeStatus.LOOKED_INTO),
        ("elected-representatives", "norfolk", PracticeStatus.CLAIMED),
        ("local-standards-and-outcomes", "peterborough", PracticeStatus.BEING_TRIED),
    ],
)
def test_a_practice_is_not_in_use_where_the_report_says_less(
    guide: Guide, practice: str, trust: str, word: PracticeStatus
) -> None:
    (use,) = [one for one in guide.practice(practice).uses if one.trust == trust]
    assert use.status == word


def test_a_badge_away_from_its_trusts_says_that_it_is_the_furthest(soups: Soups) -> None:
    for path, page in soups.items():
        if path.startswith(("standards/", "good-engagement/")) and not path.endswith("index.md"):
            for one in page.select("ul.ce-related .ce-status"):
                assert text_of(one).startswith("Furthest in 2009: "), path


def test_a_result_and_an_improvement_are_told_apart(guide: Guide, soups: Soups) -> None:
    assert [one.slug for one in guide.practices if one.result == Result.STATED] == ["track-applications"]
    assert [one.slug for one in guide.practices if one.result == Result.IMPROVED] == ["vcs-engage-action-plan"]
    text = " ".join(text_of(page) for page in soups.values())
    assert "No other practice in the report has a stated result" not in text
    assert "only this one has a stated result" not in text


# --- no stronger, and no weaker, than the report ------------------------------------------------------------------

NEVER = (
    ("nearly all organisations reported to several bodies", "90% sent evaluation data to more than one body"),
    ("a clear case for more specialist resources", "the report: to continue to commit them"),
    ("A third had had the same sum", "one respondent’s third fund, not a third of respondents"),
    ("We treat it as one figure", "the report does not say that Essex’s two figures are the same money"),
    ("members’ forum of February 2009", "the report gives the members’ forum no date"),
    ("In February 2009 the members’ forum", "the report gives the members’ forum no date"),
    ("Only in Suffolk is it clear", "Cambridgeshire’s forums were engaged to agree priorities, too"),
    ("Peterborough worked on a three-year cycle", "its payment terms did; of the funding the report does not say it"),
    ("had a clear rise", "a rise that could be shown"),
)


@pytest.mark.parametrize(("said", "right"), NEVER)
def test_what_the_report_does_not_say_is_said_nowhere(soups: Soups, said: str, right: str) -> None:
    for path, page in soups.items():
        assert flat(said) not in flat(text_of(page)), (path, right)


def test_the_national_audit_office_is_named_as_a_source_and_nowhere_else(soups: Soups) -> None:
    """A threshold rested on its guidance once, which no source named."""
    for path, page in soups.items():
        if not path.startswith("evidence/"):
            tags = sum(flat(text_of(tag)).count("nationalauditoffice") for tag in page.select(".ce-source"))
            assert flat(text_of(page)).count("nationalauditoffice") == tags, path


@pytest.mark.parametrize(
    "path",
    ["recommendations/r4.md", "good-engagement/funding.md", "standards/fn-1.md", "practice/three-year-contracts.md"],
)
def test_one_year_funding_stands_with_the_reports_caution(soups: Soups, path: str) -> None:
    assert "spike" in text_of(soups[path])


def test_every_page_on_a_principle_says_what_the_four_are_for_and_what_became_of_them(soups: Soups) -> None:
    for path in ("gershon/index.md", *(f"gershon/g{number}.md" for number in range(1, 5))):
        text = text_of(soups[path])
        assert re.search(r"\bfour\b.* principles", text), path
        assert "Compact work" in text
        assert "undermined progress in other areas" in text
        assert "recommendations/r3" in str(soups[path]) or "../r3" in str(soups[path]), path


# --- checks -----------------------------------------------------------------------------------------------------------

COUNTING = re.compile(r"(has|have) been counted|are counted by|(is|are|was|were) recorded\.?$|show who stepped back")


def test_no_check_is_met_by_counting_what_should_be_mended(guide: Guide) -> None:
    """“Default three years” could be ticked by counting shorter agreements, “one form” by counting forms."""
    for standard in guide.standards:
        for clause in standard.clauses:
            recorded = COUNTING.search(clause.check.rstrip("."))
            if recorded:
                assert re.search(r"\brecord|Record|Open\b", clause.requires), (standard.id, clause.check)


@pytest.mark.parametrize(
    ("standard", "clause", "must_say"),
    [
        ("fn-1", 0, "most agreements keep to it"),
        ("fn-1", 3, "before it began"),
        ("fn-3", 2, "settled within 30 days"),
        ("mr-1", 1, "one form"),
        ("gr-3", 1, "nobody who bid took part"),
        ("gr-1", 0, "the sector chose"),
        ("na-3", 0, "forums, written responses and local or district groups"),
        ("pr-5", 1, "were offered time, models and money"),
        ("lc-4", 1, "in use"),
    ],
)
def test_a_check_would_fail_if_the_thing_were_not_done(guide: Guide, standard: str, clause: int, must_say: str) -> None:
    assert must_say in guide.standard(standard).clauses[clause].check


# --- at a glance ------------------------------------------------------------------------------------------------------


def at_a_glance(page: BeautifulSoup) -> dict[str, tuple[str, str]]:
    """Return what each row answers, and the part of the page that it leads to."""
    rows = page.select(".ce-glance dl > div")
    return {
        text_of(row.select_one("dt")): (text_of(row.select_one("dd")), str(row.select_one("dt a")["href"]))  # type: ignore[index]
        for row in rows
    }


@pytest.mark.parametrize(
    ("slug", "row", "answer", "leads_to"),
    [
        ("essex", "Contract and payment terms", "up to six months ahead, after a risk assessment.", "#terms"),
        ("essex", "Money invested in the sector", "Not reported by the Trust. The report puts it", "#investment"),
        ("norfolk", "On the board", "does not say whether the sector had a place on the Board.", "#governance"),
        ("norfolk", "Training", "felt to be too basic", "#training"),
        ("norfolk", "Contract and payment terms", "Not mentioned in the report", "#gaps"),
        ("hertfordshire", "On the board", "The report mentions no board.", "#governance"),
        ("southend-on-sea", "Money invested in the sector", "Not reported by the Trust, beyond", "#investment"),
        ("thurrock", "Needs assessment", "The report does not say whether it took part", "#needs"),
    ],
)  # fmt: skip
def test_each_row_at_a_glance_answers_and_leads_to_the_rest(
    soups: Soups, slug: str, row: str, answer: str, leads_to: str
) -> None:
    said, link = at_a_glance(soups[f"trusts/{slug}.md"])[row]
    assert flat(answer) in flat(said)
    assert link == leads_to
    assert re.search(rf"(id=\"{leads_to[1:]}\"|{{: {leads_to} }})", str(soups[f"trusts/{slug}.md"]))


def test_every_answer_at_a_glance_is_a_sentence(guide: Guide, soups: Soups) -> None:
    for trust in guide.trusts:
        for label, (said, _) in at_a_glance(soups[f"trusts/{trust.slug}.md"]).items():
            assert said.endswith(".") or said == "Not mentioned in the report", (trust.slug, label, said)


# --- what is stated, and what is read from the words; what is known of today --------------------------------------


def test_what_is_stated_and_what_we_read_from_the_words_are_told_apart(guide: Guide, soups: Soups) -> None:
    read = {
        (trust.slug, body.name)
        for trust in guide.trusts
        for body in trust.governance.bodies
        if body.seats is not None and body.seats_from == Reading.INFERRED
    }
    assert {slug for slug, _ in read} == {"southend-on-sea", "suffolk", "thurrock"}
    for slug, name in read:
        (head,) = [
            one
            for one in soups[f"trusts/{slug}.md"].select("li")
            if flat(text_of(one)).startswith(flat(name + "The sector"))
        ]
        assert "(our reading)" in text_of(head)
    spoke = {
        trust.slug: {voice.speaks_from for voice in trust.governance.voices if voice.speaks} for trust in guide.trusts
    }
    assert [slug for slug, said in spoke.items() if said == {Reading.STATED}] == ["bedfordshire", "essex", "suffolk"]
    assert [slug for slug, said in spoke.items() if said == {Reading.INFERRED}] == ["luton", "southend-on-sea"]
    table = tables.trusts(guide).set_index("slug")
    assert table.loc["luton", "spoken_for_from"] == Reading.INFERRED
    assert table.loc["essex", "spoken_for_from"] == Reading.STATED


def test_whether_a_council_still_exists_is_dated_and_sourced_or_not_known(guide: Guide, soups: Soups) -> None:
    for trust in guide.trusts:
        row = soups["trusts/compare/basis.md"].select_one(f'tr[data-ce-trust="{trust.slug}"]')
        said = text_of(row)
        if trust.life.ended:
            assert f"Ended {trust.life.ended.text}" in said
        elif trust.life.as_of:
            assert f"Still there on {trust.life.as_of.text}" in said
            assert trust.life.source != (OURS,)
        else:
            assert "Not known whether it still exists" in said


def test_every_outside_document_is_a_source_like_any_other(guide: Guide, soups: Soups) -> None:
    """A threshold rested on “guidance” with no title, date or address, and pages said that only the report was read."""
    outside = [one for one in guide.documents.values() if not one.is_cited and not one.sections]
    lists = ["council-names", "mysociety-councils", "postcode-directory", "code-registers", "code-history"]
    assert [one.id for one in outside if not one.accessed] == lists
    later = {name for subject in guide.later for fact in subject.facts for name in fact.source}
    assert {one.id for one in outside if one.accessed} == later - {*lists}
    for one in outside:
        assert one.published or "shows no date" in (one.note or "")
        assert one.address or one.note or one.accessed  # where it can be read, or when it was
        for path in ("evidence/documents.md", "evidence/sources.md"):
            assert (one.address or one.title) in str(soups[path])
            assert flat(one.title) in flat(text_of(soups[path]))
    assert "has read only the report itself" not in text_of(soups["evidence/documents.md"])
    for hub in guide.stages:
        if hub.steps_2006:
            assert hub.steps_source in guide.documents
            assert f"#{hub.steps_source}" in str(soups[f"good-engagement/{hub.id}.md"])


# --- all of them ------------------------------------------------------------------------------------------------------


def test_every_word_was_looked_at_by_a_person(guide: Guide, rendered: dict[str, str]) -> None:
    """A word is a statement. A new one, or one that stands beside something else now, needs a look at the report."""
    now, seen = collected(guide, rendered), reviewed()
    new = [" | ".join(row) for row in now if row not in set(seen)]
    gone = [" | ".join(row) for row in seen if row not in set(now)]
    told = "\n".join([*(f"+ {row}" for row in new), *(f"- {row}" for row in gone)])
    assert not new + gone, f"compare these with the report; if they are true, run tests/words.py and commit:\n{told}"
    assert now == seen, "the same words in another order: run tests/words.py"
