"""How each kind of statement in a profile reads as an item: its name, its status word, its details, its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch

from macros import wording
from macros.model.base import Sourced
from macros.model.trust import (
    Activity,
    Award,
    Body,
    Budget,
    Framework,
    Local,
    Plan,
    Role,
    Step,
    Sum,
    Term,
    Training,
    Unit,
    Voice,
)
from macros.model.words import NOT_MENTIONED, Chosen, Represented, State
from macros.views.items import Item, Status
from macros.views.page import Page
from macros.when import When

NO_DATE = "no date given"


def items(page: Page, parts: Iterable[Sourced], within: Sourced | None = None) -> tuple[Item, ...]:
    """Return an item for each of `parts`; sources that `within` shows at its head are not shown again."""
    return tuple(item(page, part, within) for part in parts)


def item(page: Page, part: Sourced, within: Sourced | None = None) -> Item:
    """Return one statement as an item."""
    return Item(
        name=_name(part),
        status=_status(part),
        details=tuple(filter(None, details(part))),
        what=part.scope if isinstance(part, Sum) else getattr(part, "what", None),
        cite=page.cite(part, within),
    )


def _name(part: Sourced) -> str:
    match part:
        case Plan():
            return wording.sentence(part.action)
        case Term():
            return wording.sentence(part.topic)
        case Sum():
            return wording.sentence(wording.sum_of_money(part))
        case _:
            return getattr(part, "name", None) or ""


def _status(part: Sourced) -> Status | None:
    match part:
        case Body():
            return Status(part.vcs)
        case Sum():
            return Status(part.kind)
        case Local(state=State.IN_PLACE):
            return None  # a structure that is listed is taken to be there
        case Unit() | Framework():
            return Status(part.state)
        case _:
            state = getattr(part, "state", None)
            return Status(state) if state and state != NOT_MENTIONED else None


@singledispatch
def details(part: Sourced) -> Iterator[str]:  # noqa: ARG001 - the parts that need more have their own
    """Yield the small facts of a statement; empty ones are dropped."""
    yield from ()


@details.register
def _(part: Unit) -> Iterator[str]:
    yield _dated("since", part.since)
    yield f"led by {part.led_by}" if part.led_by else ""


@details.register
def _(part: Framework) -> Iterator[str]:
    yield _dated("agreed", part.agreed)


@details.register
def _(part: Budget) -> Iterator[str]:
    yield part.kind
    yield wording.pounds(part.amount, part.approximate) if part.amount is not None else "no sum given"
    for one in part.parts:
        yield f"{wording.pounds(one.amount, one.approximate)} from {one.funder}"


@details.register(Local)
@details.register(Role)
def _(part: Local | Role) -> Iterator[str]:
    yield f"number: {part.count}" if part.count is not None else ""


@details.register
def _(part: Body) -> Iterator[str]:
    yield part.kind
    if part.vcs == Represented.YES:
        yield wording.count(part.seats, "seat") if part.seats is not None else "number of seats not stated"
    yield f"held by {part.held_by}" if part.held_by else ""
    yield f"chosen: {part.chosen}" if part.chosen != Chosen.NOT_MENTIONED else ""
    yield f"met {part.meets}" if part.meets else ""


@details.register
def _(part: Voice) -> Iterator[str]:
    yield part.kind
    yield f"also called {wording.joined(part.also_called)}" if part.also_called else ""
    yield _dated("since", part.since)
    yield f"met {part.meets}" if part.meets else ""
    yield f"paid for by {part.funded_by}" if part.funded_by else ""


@details.register
def _(part: Activity) -> Iterator[str]:
    yield part.when.text if part.when else ""


@details.register
def _(part: Training) -> Iterator[str]:
    yield part.kind
    yield part.when.text if part.when else NO_DATE
    yield f"for: {part.audience}" if part.audience != NOT_MENTIONED else ""
    yield f"run by {part.run_by}" if part.run_by else ""


@details.register
def _(part: Step) -> Iterator[str]:
    yield part.when.text if part.when else NO_DATE


@details.register
def _(part: Plan) -> Iterator[str]:
    yield part.when.text if part.when else part.when_note or NO_DATE


@details.register
def _(part: Term) -> Iterator[str]:
    yield part.services or ""


@details.register
def _(part: Award) -> Iterator[str]:
    yield part.by
    yield part.when.text if part.when else ""


def _dated(word: str, when: When | None) -> str:
    return f"{word} {when.text}" if when else ""
