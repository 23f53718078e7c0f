"""Rules about the guidance: it names what exists, reaches everything, and rests on what Trusts did."""

from __future__ import annotations

from collections.abc import Iterator

from macros.model import holdings
from macros.model.base import Sourced
from macros.model.dates import When
from macros.model.guidance import Practice, RegionalFramework, Standard
from macros.model.survey import Theme
from macros.model.trust import PracticeStatement, Trust
from macros.model.vocabulary import (
    PracticeStatus,
    Stage,
)
from macros.reading.facets import Facet
from macros.reading.problem import Problem
from macros.reading.records import Records
from macros.reading.rules.names import unknown_names
from macros.reading.rules.parts import about, names_known, whole


def guidance_names_what_exists(records: Records) -> Iterator[Problem]:
    """Everything that names a standard, a principle or a recommendation names one that exists."""
    for what, kind in (
        ("standard", holdings.STANDARDS.kind),
        ("principle", holdings.PRINCIPLES.kind),
        ("recommendation", holdings.RECOMMENDATIONS.kind),
    ):
        in_surveys: dict[type[Sourced], str] = {Theme: f"an id of {holdings.PRINCIPLES.path}"}
        yield from unknown_names(records, kind, f"the {what}", f"a {what} that data/{kind} has", in_surveys)


class _Item(Facet):
    pass


class _Proposal(Facet):
    stages: tuple[_Item, ...]
    asks: tuple[_Item, ...]


@about(RegionalFramework, _Proposal)
def a_proposal_asks_for_something(records: Records, proposal: _Proposal) -> Iterator[Problem]:
    """A framework that proposes anything says what it asks of a board. Until then, there is nothing to ask for."""
    if proposal.stages and not proposal.asks:
        yield records.problem(
            proposal.at("asks"),
            found="an empty list",
            expected="at least one item, as the framework proposes something",
            mend="write what a board is asked to do",
        )


def everything_is_reached(records: Records) -> Iterator[Problem]:
    """Each recommendation, principle and stage is reached by a standard, and each stage has its hub."""
    standards = whole(records, Standard)
    if not standards or any(name.startswith(f"{holdings.STANDARDS.kind}/") for name in records.broken):
        return  # a standard that could not be read might be the only one to reach something
    reached = {
        holdings.RECOMMENDATIONS: {name for one in standards for name in one.recommendations},
        holdings.PRINCIPLES: {name for one in standards for name in one.principles},
        holdings.STAGES: {str(one.stage) for one in standards},
    }
    for holding, names in reached.items():
        for name in names_known(records, holding.kind):
            if name not in names:
                yield records.problem(
                    f"{holding.kind}/{name}",
                    found="no standard that reaches it",
                    expected="at least one",
                    mend="name it in a standard, or take it out",
                )
    hubs = names_known(records, holdings.STAGES.kind)
    for stage in Stage:
        if stage not in hubs and not records.unread(holdings.STAGES.kind, stage):
            yield records.problem(
                standards[0].where,
                found=f"no stage “{stage}” in stages.yml",
                expected="each stage and theme there",
                mend="add it",
            )


def every_trust_is_reached(records: Records) -> Iterator[Problem]:
    """Each profile says of at least one standard how its Trust went about it."""
    # Here it is enough that the standard's name exists: its content does not matter.
    if not any(name.startswith(f"{holdings.STANDARDS.kind}/") for name in (*records.origins, *records.broken)):
        return
    reached = {one.where.partition(":")[0] for one in whole(records, PracticeStatement)}
    for trust in whole(records, Trust):
        if trust.where not in reached:
            yield records.problem(
                trust.where,
                found="no standard that reaches it",
                expected="at least one",
                mend="add a “practice:” statement that names a standard",
            )


class _Use(Facet):
    status: PracticeStatus


class _Practice(Facet):
    status: PracticeStatus
    uses: tuple[_Use, ...]


@about(Practice, _Practice)
def practices_rest_on_their_trusts(records: Records, practice: _Practice) -> Iterator[Problem]:
    """A practice is as far along as its furthest use, and only the report can state a result."""
    order = list(PracticeStatus)
    furthest = min((use.status for use in practice.uses), key=order.index, default=practice.status)
    if practice.status != furthest:
        yield records.problem(
            practice.at("status"),
            found=f"“{practice.status}”",
            expected=f"“{furthest}”, the furthest of its uses",
            mend="change the status, or the status of a use",
        )


class _Reviews(Facet):
    last_reviewed: When
    next_review: When


@about(Standard, _Reviews)
def reviews_come_in_order(records: Records, one: _Reviews) -> Iterator[Problem]:
    """A standard's next review comes after its last."""
    if one.next_review.first <= one.last_reviewed.last:
        yield records.problem(
            one.at("next_review"),
            found=f"{one.next_review.text}",
            expected=f"a date after {one.last_reviewed.text}",
            mend="check both dates",
        )
