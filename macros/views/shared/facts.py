"""The parts of records for templates: items with a name, a status and a source, lists of items, and facts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeVar

from markupsafe import Markup

from macros.model import wording
from macros.model.vocabulary import Unknown
from macros.views.shared.status import Status

NOTHING = Markup("")


@dataclass(frozen=True)
class Item:
    """One statement: a name, a status word, details, and its words."""

    name: str = ""
    status: Status | None = None
    details: tuple[str, ...] = ()
    what: str | None = None
    """A text field, in the safe Markdown subset."""
    cite: Markup = NOTHING


@dataclass(frozen=True)
class Block:
    """A titled list of items."""

    title: str
    items: tuple[Item, ...]
    anchor: str = ""


@dataclass(frozen=True)
class Fact:
    """A label with the items known under it, or with the fixed word for why there are none."""

    label: str
    items: tuple[Item, ...] = ()
    unknown: str | None = None
    link: str = ""
    """The address of a page that says more."""

    @classmethod
    def of(cls, label: str, items: tuple[Item, ...], link: str = "", unknown: Unknown = Unknown.NOT_MENTIONED) -> Fact:
        """Return a fact with `items`, or with `unknown` when there are none."""
        return cls(label, items, None if items else unknown, link)


NOT_COVERED = "not covered in this wave"
"""The fixed words for what a later wave did not ask about, which is neither “not mentioned” nor “no”."""

_Told = TypeVar("_Told", Fact, Block)


def told_by(again: str, *many: _Told) -> tuple[_Told, ...]:
    """Return facts or lists with fixed words about “the report” reworded for another wave, called `again`."""
    return tuple(_one_told_by(again, one) for one in many)


def _one_told_by(again: str, one: _Told) -> _Told:
    items = tuple(replace(item, status=item.status and status_told_by(again, item.status)) for item in one.items)
    changes: dict[str, Any] = {"items": items}
    if isinstance(one, Fact) and one.unknown:
        changes["unknown"] = wording.told_by(one.unknown, again)
    if isinstance(one, Block):
        changes["title"] = wording.told_by(one.title, again)
    return replace(one, **changes)


def status_told_by(again: str, status: Status) -> Status:
    """Return a fixed word as it is said of another wave: only those that name the report differ."""
    words = wording.told_by(status.text, again)
    return status if words == status.text else Status(words)
