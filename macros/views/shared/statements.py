"""Statements of a profile as items: the name, status word, details and source of each kind of statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch

from macros.model import wording
from macros.model.base import Sourced
from macros.model.dates import When
from macros.model.trust import (
    Activity,
    Award,
    Body,
    Budget,
    Framework,
    Local,
    Plan,
    PracticeStatement,
    Role,
    Step,
    Sum,
    Term,
    Training,
    Unit,
    Voice,
)
from macros.model.vocabulary import (
    NOT_MENTIONED,
    Audience,
    Chosen,
    Reading,
    Represented,
    State,
)
from macros.views.shared.facts import Item
from macros.views.shared.page import Page
from macros.views.shared.status import Status

NO_DATE = "no date given"
_SECTOR, _PLACE = "The sector", "The sector’s place"
"""The subjects that the words for representation refer to."""


def items(page: Page, parts: Iterable[Sourced]) -> tuple[Item, ...]:
    """Return an item for each of `parts`."""
    return tuple(item(page, part) for part in parts)


def item(page: Page, part: Sourced) -> Item:
    """Return one statement as an item."""
    return Item(
        name=_name(part),
        status=_status(part),
        details=tuple(filter(None, details(part))),
        what=part.scope if isinstance(part, Sum) else getattr(part, "what", None),
        cite=page.cite(part),
    )


def words(part: Sourced) -> Iterator[str]:
    """Yield the short words that pages show for a statement: its name, its status word and its details."""
    status = _status(part)
    yield from filter(None, (_name(part), status.text if status else "", *details(part)))


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
        case Body():  # next to the name of a body, a bare word would seem to refer to the body
            return Status(part.vcs, _PLACE if part.vcs == Represented.NOT_MENTIONED else _SECTOR)
        case Sum():
            return Status(part.kind)
        case PracticeStatement():
            return Status(part.fit)
        case Local(state=State.IN_PLACE):
            return None  # a structure that is listed is assumed to exist
        case Unit() | Framework():
            return Status(part.state)
        case _:
            state = getattr(part, "state", None)
            return Status(state) if state and state != NOT_MENTIONED else None


_THE = {Audience.SECTOR: f"the {Audience.SECTOR}"}


@singledispatch
def details(part: Sourced) -> Iterator[str]:  # noqa: ARG001 - the parts that need more have their own
    """Yield the details of a statement; empty ones are dropped."""
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
    if part.count is not None:
        yield "one" if part.count == 1 else f"{wording.number(part.count)} of them"


@details.register
def _(part: Body) -> Iterator[str]:
    yield part.kind
    if part.vcs in {Represented.YES, Represented.CLAIMED}:
        yield _seats(part)
    yield f"held by {part.held_by}" if part.held_by else ""
    yield f"people chosen: {part.chosen}" if part.chosen != Chosen.NOT_MENTIONED else ""
    yield f"met {part.meets}" if part.meets else ""


def _seats(part: Body) -> str:
    if part.seats is None:
        return "number of seats not stated"
    return wording.count(part.seats, "seat") + (f" ({part.seats_from})" if part.seats_from != Reading.STATED else "")


@details.register
def _(part: Voice) -> Iterator[str]:
    yield part.kind
    yield (
        f"that it spoke for the sector: {part.speaks_from}"
        if part.speaks and part.speaks_from != Reading.STATED
        else ""
    )
    yield f"also called {wording.joined(part.also_called)}" if part.also_called else ""
    yield _dated("since", part.since)
    yield f"met {part.meets}" if part.meets else ""
    yield f"paid for by {part.funded_by}" if part.funded_by else ""


@details.register
def _(part: Activity) -> Iterator[str]:
    yield part.when.text if part.when else ""


@details.register
def _(part: Training) -> Iterator[str]:
    yield part.kind if part.kind != NOT_MENTIONED else "form not mentioned"
    yield part.when.text if part.when else NO_DATE
    yield f"for {_THE.get(part.audience, part.audience)}" if part.audience != NOT_MENTIONED else ""
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
