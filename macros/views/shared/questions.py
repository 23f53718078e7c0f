"""The questions that readers ask of every Trust, answered from its profile: the cells of comparisons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from macros.model import wording
from macros.model.base import Sourced
from macros.model.trust import Trust
from macros.model.vocabulary import BodyKind, Chosen, FigureKind, Part, TakingPart, Unknown
from macros.views.shared.facts import Fact, Item
from macros.views.shared.page import Page
from macros.views.shared.statements import item, items
from macros.views.shared.status import Status

AnswerOf = Callable[[Page, Trust], Fact]


def speaks(page: Page, trust: Trust) -> Fact:
    """Return who speaks for the sector; if no body is named, who held its seats and who brought it together."""
    label, part = "Who spoke for the sector", trust.governance
    named = [voice for voice in part.voices if voice.speaks]
    if named:
        return Fact(label, items(page, named))
    seats = [body for body in part.bodies if body.seats is not None or body.chosen == Chosen.ELECTED]
    return Fact(label, items(page, [*seats, *part.voices]), Unknown.NO_BODY)


def board(page: Page, trust: Trust) -> Fact:
    """Return the sector's place on the board or top group."""
    part = trust.governance
    return Fact.of("On the board", items(page, [body for body in part.bodies if body.kind == BodyKind.BOARD]))


def groups(page: Page, trust: Trust) -> Fact:
    """Return the sector's place on other groups."""
    part = trust.governance
    return Fact.of("On other groups", items(page, [body for body in part.bodies if body.kind != BodyKind.BOARD]))


def needs(page: Page, trust: Trust) -> Fact:
    """Return the sector's part in needs assessment."""
    part = trust.needs
    return Fact("Needs assessment", (Item("", Status(part.involvement), (), part.narrative, page.cite(part)),))


def activities(page: Page, trust: Trust) -> Fact:
    """Return the work done towards needs assessment."""
    return Fact.of("What was done", items(page, trust.needs.activities))


def training(page: Page, trust: Trust) -> Fact:
    """Return the training that reached the sector."""
    part = trust.training
    return Fact("Training", (Item("", Status(part.offer), (), part.narrative, page.cite(part)),))


def events(page: Page, trust: Trust) -> Fact:
    """Return each piece of training."""
    return Fact.of("Events and support", items(page, trust.training.events))


def money(page: Page, trust: Trust) -> Fact:
    """Return the sums invested in the sector."""
    part = trust.investment
    page.shown(*part.figures)
    sums = tuple(wording.sum_of_money(one) for one in part.figures)
    kinds = sorted({str(one.kind) for one in part.figures if one.kind != FigureKind.REPORTED})
    return Fact(
        "Money invested in the sector",
        (Item("", Status(part.reporting), (*sums, *kinds), part.narrative, page.cite(part)),),
    )


def sums(page: Page, trust: Trust) -> Fact:
    """Return each sum with what it covers."""
    part = trust.investment
    return Fact.of("Sums, and what each covers", items(page, part.figures), unknown=Unknown.NO_SUM)


def terms(page: Page, trust: Trust) -> Fact:
    """Return the contract and payment terms."""
    return Fact.of("Contract and payment terms", items(page, trust.terms))


def budgets(page: Page, trust: Trust) -> Fact:
    """Return pooled and aligned money."""
    return Fact.of("Budgets", items(page, trust.context.commissioning.budgets))


def model(page: Page, trust: Trust) -> Fact:
    """Return how commissioning worked."""
    how = trust.context.commissioning
    return Fact("How it worked", (Item(what=how.model, cite=page.cite(how)),))


def unit(page: Page, trust: Trust) -> Fact:
    """Return the joint commissioning unit."""
    return Fact("Joint commissioning unit", (item(page, trust.context.commissioning.unit),))


def framework(page: Page, trust: Trust) -> Fact:
    """Return the joint commissioning framework."""
    return Fact("Commissioning framework", (item(page, trust.context.commissioning.framework),))


def steps(page: Page, trust: Trust) -> Fact:
    """Return the next steps."""
    return Fact.of("Next steps", items(page, trust.next_steps.steps))


def plans(page: Page, trust: Trust) -> Fact:
    """Return what would be commissioned, extended or reviewed."""
    return Fact.of("To be commissioned, extended or reviewed", items(page, trust.plans))


def basis(page: Page, trust: Trust) -> Fact:
    """Return the basis of the profile."""
    one = trust.basis
    word = Unknown.DECLINED if one.taking_part == TakingPart.DECLINED else one.taking_part
    return Fact("What we know it from", (Item("", Status(str(word)), (), one.what, page.cite(one)),))


def lifecycle(page: Page, trust: Trust) -> Fact:
    """Return whether the council still exists: the day it ended, or the last day for which a source confirms it."""
    one = trust.life
    word = "not known whether it still exists"
    if one.ended:
        word = f"ended {one.ended.text}"
    elif one.as_of:
        word = f"still there on {one.as_of.text}"
    return Fact("The council", (Item(trust.authority, Status(word), (), one.what, page.cite(one)),))


PARTS: Mapping[AnswerOf, Part] = {
    **dict.fromkeys((model, unit, framework, budgets), Part.CONTEXT),
    **dict.fromkeys((speaks, board, groups), Part.GOVERNANCE),
    **dict.fromkeys((needs, activities), Part.NEEDS),
    **dict.fromkeys((training, events), Part.TRAINING),
    **dict.fromkeys((steps, plans), Part.NEXT_STEPS),
    **dict.fromkeys((money, sums, terms), Part.INVESTMENT),
}
"""The part of a profile that answers each question. Questions about the first wave alone have none."""
LISTS: Mapping[AnswerOf, str] = {plans: "plans", terms: "terms"}
"""The field of the list that answers a question, if one does: an earlier wave than its part's may have filled it."""


@dataclass(frozen=True)
class Topic:
    """One topic of comparison: a page with a table, and a row for each Trust."""

    id: str
    title: str
    question: str
    columns: tuple[AnswerOf, ...]
    note: str = ""
    head: Callable[[Trust], Sourced] | None = None
    """The part whose source is next to the Trust's name: anything missing from the cells is not mentioned there."""


TOPICS = (
    Topic(
        "organisation",
        "How commissioning was organised",
        "Was there a joint unit, and a framework?",
        (model, unit, framework),
    ),
    Topic(
        "voice",
        "Who speaks for the sector",
        "Which body spoke for voluntary organisations?",
        (speaks,),
        head=lambda trust: trust.governance,
    ),
    Topic(
        "seats",
        "Seats on boards and groups",
        "Where did the sector have a place?",
        (board, groups),
        head=lambda trust: trust.governance,
    ),
    Topic("needs", "Needs assessment", "What part did the sector have?", (needs, activities)),
    Topic("training", "Training", "What training and events were there?", (training, events)),
    Topic(
        "money",
        "Money",
        "What was invested in the sector?",
        (money, sums),
        note="These sums cover different things and different years. "
        "They cannot be added up, ranked or compared with each other.",
    ),
    Topic(
        "terms",
        "Contract and payment terms",
        "How long were contracts, and how was payment made?",
        (terms, budgets),
        head=lambda trust: trust.investment,
    ),
    Topic(
        "next",
        "Next steps and plans",
        "What was to happen next?",
        (steps, plans),
        head=lambda trust: trust.next_steps,
    ),
    Topic(
        "basis",
        "What we know it from",
        "Who was asked, and does the council still exist?",
        (basis, lifecycle),
    ),
)
