"""What the guidance must reach: the standards, practices, and every recommendation, principle, stage and Trust."""

from __future__ import annotations

import re

import pytest
from built_site import Site, text

from macros.derived.relations import links
from macros.model.vocabulary import Result, Stage
from macros.reading.guide import Guide

CORE = {"st-1", "st-4", "na-1", "sd-1", "fn-1", "fn-2", "fn-3", "mr-1", "gr-1", "gr-2", "gr-3", "lc-4"}
NUMBERS = {"st": 4, "na": 3, "sd": 3, "pr": 5, "fn": 4, "mr": 3, "gr": 4, "lc": 4}
STAGES = {
    "st": "strategy",
    "na": "needs",
    "sd": "design",
    "pr": "procurement",
    "fn": "funding",
    "mr": "review",
    "gr": "governance",
    "lc": "learning",
}
PRACTICES = 17
ANSWERS = {
    "r1": {"st-1"},
    "r2": {"na-1", "na-2", "na-3"},
    "r3": {"fn-1", "fn-2", "fn-3", "fn-4", "mr-1", "pr-3"},
    "r4": {"fn-1"},
    "r5": {"lc-4"},
    "r6": {"gr-3"},
    "r7": {"gr-1", "gr-2"},
}
"""At least these standards answer each recommendation."""


def test_thirty_standards_in_their_stages(guide: Guide) -> None:
    assert {one.id for one in guide.standards} == {
        f"{prefix}-{number}" for prefix, last in NUMBERS.items() for number in range(1, last + 1)
    }
    assert len(guide.standards) == 30
    assert {one.id: str(one.stage) for one in guide.standards} == {
        one.id: STAGES[one.id.partition("-")[0]] for one in guide.standards
    }


def test_twelve_core_standards(guide: Guide) -> None:
    assert {one.id for one in guide.standards if one.core} == CORE
    assert len(CORE) == 12


def test_seventeen_practices(guide: Guide) -> None:
    assert len(guide.practices) == PRACTICES


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_every_recommendation_is_answered(guide: Guide, name: str) -> None:
    assert ANSWERS[name] <= {one.id for one in links(guide).standards_by_recommendation[name]}


def test_every_principle_stage_and_trust_is_reached(guide: Guide) -> None:
    assert {one.id for one in guide.recommendations} == ANSWERS.keys()
    found = links(guide)
    assert found.standards_by_principle.keys() == {"g1", "g2", "g3", "g4"} == {one.id for one in guide.principles}
    assert found.standards_by_stage.keys() == set(Stage) == {hub.id for hub in guide.stages}
    assert len([*Stage]) == 8
    reached = {told.trust.slug for every in found.trusts_by_standard.values() for told in every}
    assert reached == {trust.slug for trust in guide.trusts}
    assert found.practices_by_trust.keys() <= reached
    assert all(one.stages for one in guide.practices)


def test_every_standard_has_a_check_for_each_clause_and_evidence(guide: Guide) -> None:
    for one in guide.standards:
        assert one.clauses and all(clause.requires and clause.check for clause in one.clauses), one.id
        assert any(not set(evidence.source) <= {"ours"} for evidence in one.evidence), one.id
        assert one.ask.count("?") == 1, one.id


def test_no_check_holds_for_two_clauses(guide: Guide) -> None:
    checks = [clause.check for one in guide.standards for clause in one.clauses]
    assert len(set(checks)) == len(checks)


def test_only_one_practice_states_a_result(guide: Guide) -> None:
    stated = {one.slug for one in guide.practices if one.result == Result.STATED}
    assert stated == {"track-applications"}
    only = next(one for one in guide.practices if one.slug == "track-applications")
    assert {use.trust for use in only.uses} == {"hertfordshire"}


_CLAIMS = re.compile(r"\b(led to|resulted in|as a result|proved|showed that it works|saved|success(ful)?ly)\b", re.I)


def test_no_other_practice_implies_a_result(guide: Guide) -> None:
    claims = {one.slug: found[0] for one in guide.practices if (found := _CLAIMS.search(one.reported))}
    assert claims.keys() <= {"track-applications"}


def test_no_score_and_no_rank(site: Site) -> None:
    """Words of scoring stand on no page, but where the guide says that it does not do it."""
    said = re.compile(r"\b(scores?|ranks?|ranked|ranking|league table|best Trust|worst)\b", re.IGNORECASE)
    denied = re.compile(r"\b(no|not|never|nor|cannot|without|nothing)\b", re.IGNORECASE)
    found = [
        f"{page}: {sentence}"
        for page in site.addressed.values()
        for part in page.article.select("p, li, td, h2, h3")
        for sentence in re.split(r"(?<=[.?!])\s+", text(part))
        if said.search(sentence) and not denied.search(sentence)
    ]
    assert found == []
