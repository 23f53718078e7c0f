"""The shapes that profile, compare and gap views share: facts, items and blocks, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from macros.model.words import (
    FigureKind,
    Fit,
    Held,
    Involvement,
    Offer,
    PracticeStatus,
    Reporting,
    Represented,
    State,
    TakingPart,
    Unknown,
)

# How a status word is tinted; the word itself always says it.
_TINTS = {
    "in-place": (
        State.IN_PLACE,
        Held.HELD,
        Held.CONTINUING,
        Represented.YES,
        Reporting.REPORTED,
        Offer.OFFERED,
        Involvement.INVOLVED,
        TakingPart.CONTRIBUTED,
        PracticeStatus.IN_USE,
    ),
    "planned": (
        State.UNDER_WAY,
        State.BEING_SET_UP,
        State.PLANNED,
        State.PROPOSED,
        Held.NEEDED,
        Offer.PLANNED,
        Offer.INFORMATION_ONLY,
        Involvement.CONSULTED,
        Involvement.PLAN_ONLY,
        Involvement.SUPPORTED,
    ),
    "trial": (State.PILOT, Fit.PARTLY),
    "none": (
        State.NONE,
        State.ON_HOLD,
        Represented.NO,
        Involvement.NOT_INVOLVED,
        Reporting.NOT_REPORTED,
        Reporting.NOT_CLEAR,
        Fit.NOT_IN_PLACE,
    ),
    "ended": (State.FINISHED,),
    "declined": (Unknown.DECLINED,),
    "estimated": (FigureKind.ESTIMATED, FigureKind.FLOOR),
}
_TINT_OF = {str(word): tint for tint, words in _TINTS.items() for word in words}


NOTHING = Markup("")


@dataclass(frozen=True)
class Status:
    """A fixed word, shown as a tag."""

    word: str

    @property
    def text(self) -> str:
        return Unknown.NOT_MENTIONED.value if self.word == State.NOT_MENTIONED else self.word

    @property
    def tint(self) -> str:
        return "ended" if self.word.startswith("ended") else _TINT_OF.get(self.word, "unknown")


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


@dataclass(frozen=True)
class Fact:
    """A label and what is known of it: items, or the fixed word for why nothing is."""

    label: str
    items: tuple[Item, ...] = ()
    unknown: Unknown | None = None
    link: str = ""
    """An address with more about it."""

    @classmethod
    def of(cls, label: str, items: tuple[Item, ...], link: str = "", unknown: Unknown = Unknown.NOT_MENTIONED) -> Fact:
        """Return a fact with `items`, or with `unknown` when there are none."""
        return cls(label, items, None if items else unknown, link)
