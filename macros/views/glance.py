"""The questions that readers bring to every Trust, answered from its profile: used at a glance and in comparisons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from macros import address, wording
from macros.model.base import Sourced
from macros.model.trust import Trust
from macros.model.words import BodyKind, Chosen, FigureKind, Lifecycle, TakingPart, Unknown
from macros.views.items import Fact, Item, Status
from macros.views.page import Page
from macros.views.statements import item, items

Answer = Callable[[Page, Trust], Fact]


def facts(page: Page, trust: Trust) -> list[Fact]:
    """Return the answers of the “at a glance” box, each linked to the part of the profile with the rest."""
    home = address.of_trust(trust.slug)
    answers = (
        ("governance", speaks),
        ("governance", board),
        ("needs", needs),
        ("training", training),
        ("investment", money),
        ("investment", terms),
    )
    found = [_brief(answer(page, trust), page.link(f"{home}#{anchor}")) for anchor, answer in answers]
    listed = (
        wording.sentence(wording.number(len(trust.gaps))) + (" gap" if len(trust.gaps) == 1 else " gaps") + " listed"
    )
    return [*found, Fact("What the report does not say", (Item(what=listed),), link=page.link(f"{home}#gaps"))]


def _brief(fact: Fact, link: str) -> Fact:
    # A line or two each: the part below has the rest, and the source.
    short = (
        Item(one.name, one.status, one.details, None if one.status or one.details else one.what) for one in fact.items
    )
    return Fact(fact.label, tuple(short), fact.unknown, link)


def speaks(page: Page, trust: Trust) -> Fact:
    """Who speaks for the sector; where no body is named, who held its seats and who brought it together."""
    label, part = "Who spoke for the sector", trust.governance
    named = [voice for voice in part.voices if voice.speaks]
    if named:
        return Fact(label, items(page, named, part))
    seats = [body for body in part.bodies if body.seats is not None or body.chosen == Chosen.ELECTED]
    return Fact(label, items(page, [*seats, *part.voices], part), Unknown.NO_BODY)


def board(page: Page, trust: Trust) -> Fact:
    """The sector's place on the board or top group."""
    part = trust.governance
    return Fact.of("On the board", items(page, [body for body in part.bodies if body.kind == BodyKind.BOARD], part))


def groups(page: Page, trust: Trust) -> Fact:
    """The sector's place on other groups."""
    part = trust.governance
    return Fact.of("On other groups", items(page, [body for body in part.bodies if body.kind != BodyKind.BOARD], part))


def needs(page: Page, trust: Trust) -> Fact:
    """The sector's part in needs assessment."""
    part = trust.needs
    return Fact("Needs assessment", (Item("", Status(part.involvement), (), part.narrative, page.cite(part)),))


def activities(page: Page, trust: Trust) -> Fact:
    """What was done towards needs assessment."""
    return Fact.of("What was done", items(page, trust.needs.activities, trust.needs))


def training(page: Page, trust: Trust) -> Fact:
    """Training that reached the sector."""
    part = trust.training
    return Fact("Training", (Item("", Status(part.offer), (), part.narrative, page.cite(part)),))


def events(page: Page, trust: Trust) -> Fact:
    """Each piece of training."""
    return Fact.of("Events and support", items(page, trust.training.events, trust.training))


def money(page: Page, trust: Trust) -> Fact:
    """What was invested in the sector."""
    part = trust.investment
    page.shown(*part.figures)
    sums = tuple(wording.sum_of_money(one) for one in part.figures)
    kinds = sorted({str(one.kind) for one in part.figures if one.kind != FigureKind.REPORTED})
    return Fact(
        "Money invested in the sector",
        (Item("", Status(part.reporting), (*sums, *kinds), part.narrative, page.cite(part)),),
    )


def sums(page: Page, trust: Trust) -> Fact:
    """Each sum with what it covers."""
    part = trust.investment
    return Fact.of("Sums, and what each covers", items(page, part.figures, part), unknown=Unknown.NOT_REPORTED)


def terms(page: Page, trust: Trust) -> Fact:
    """Contract and payment terms."""
    return Fact.of("Contract and payment terms", items(page, trust.terms, trust.investment))


def budgets(page: Page, trust: Trust) -> Fact:
    """Pooled and aligned money."""
    return Fact.of("Budgets", items(page, trust.context.commissioning.budgets))


def model(page: Page, trust: Trust) -> Fact:
    """How commissioning worked."""
    how = trust.context.commissioning
    return Fact("How it worked", (Item(what=how.model, cite=page.cite(how)),))


def unit(page: Page, trust: Trust) -> Fact:
    """The joint commissioning unit."""
    return Fact("Joint commissioning unit", (item(page, trust.context.commissioning.unit),))


def framework(page: Page, trust: Trust) -> Fact:
    """The joint commissioning framework."""
    return Fact("Commissioning framework", (item(page, trust.context.commissioning.framework),))


def steps(page: Page, trust: Trust) -> Fact:
    """What was to come."""
    return Fact.of("Next steps", items(page, trust.next_steps.steps, trust.next_steps))


def plans(page: Page, trust: Trust) -> Fact:
    """What would be commissioned, extended or reviewed."""
    return Fact.of("To be commissioned, extended or reviewed", items(page, trust.plans, trust.next_steps))


def basis(page: Page, trust: Trust) -> Fact:
    """What the profile rests on."""
    one = trust.basis
    word = Unknown.DECLINED if one.taking_part == TakingPart.DECLINED else one.taking_part
    return Fact("What we know it from", (Item("", Status(str(word)), (), one.what, page.cite(one)),))


def lifecycle(page: Page, trust: Trust) -> Fact:
    """Whether the council carried on."""
    one = trust.life
    ended = Status(f"ended {one.ended.text}") if one.status == Lifecycle.ENDED and one.ended else None
    return Fact("The council", (Item(trust.authority, ended, (), one.what, page.cite(one)),))


@dataclass(frozen=True)
class Topic:
    """One topic of comparison: a page with a table, a row a Trust."""

    id: str
    title: str
    question: str
    columns: tuple[Answer, ...]
    note: str = ""
    head: Callable[[Trust], Sourced] | None = None
    """The part whose source stands under the Trust's name, where the cells do not show it themselves."""


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
