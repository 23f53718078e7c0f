"""Fixed words as tags: how each word is tinted, and what it refers to."""

from __future__ import annotations

from dataclasses import dataclass

from macros.model.vocabulary import (
    Effect,
    FigureKind,
    Fit,
    Held,
    Involvement,
    Offer,
    PracticeStatus,
    Reading,
    Reporting,
    Represented,
    State,
    TakingPart,
    Unknown,
)

# The tint of each status word; the word itself always carries the meaning.
_TINTS = {
    "in-place": (
        State.IN_PLACE,
        Held.HELD,
        Held.DONE,
        Held.CONTINUING,
        Represented.YES,
        Reporting.REPORTED,
        Offer.OFFERED,
        Involvement.INVOLVED,
        TakingPart.CONTRIBUTED,
        PracticeStatus.IN_USE,
        Fit.ALL,
        Reading.STATED,
        "described",
        Effect.DUTY,
        Effect.EASIER,
    ),
    "planned": (
        State.UNDER_WAY,
        State.BEING_SET_UP,
        State.PLANNED,
        State.PROPOSED,
        Held.NEEDED,
        Offer.PLANNED,
        Offer.INFORMATION_ONLY,
        Offer.MORE_NEEDED,
        Involvement.CONSULTED,
        Involvement.PLAN_ONLY,
        Involvement.SUPPORTED,
        Fit.PLANNED,
        PracticeStatus.LOOKED_INTO,
        Effect.BACKED,
    ),
    "trial": (
        State.PILOT,
        Fit.SEVERAL,
        Fit.ONE,
        Fit.CLAIMED,
        PracticeStatus.CLAIMED,
        PracticeStatus.OTHER_NAME,
        PracticeStatus.SIMILAR,
        Offer.TOO_BASIC,
        Reporting.IN_PART,
        Represented.CLAIMED,
        Reading.CLAIMED,
        Reading.INFERRED,
        Effect.NEW,
    ),
    "none": (
        State.NONE,
        State.ON_HOLD,
        Represented.NO,
        Involvement.NOT_INVOLVED,
        Reporting.NOT_REPORTED,
        Reporting.NOT_CLEAR,
        Fit.NOT_IN_PLACE,
    ),
    "ended": (State.FINISHED, Effect.OVERTAKEN),
    "declined": (Unknown.DECLINED,),
    "estimated": (FigureKind.ESTIMATED, FigureKind.FLOOR),
}
_TINT_OF = {str(word): tint for tint, words in _TINTS.items() for word in words}


@dataclass(frozen=True)
class Status:
    """A fixed word, shown as a tag."""

    word: str
    about: str = ""
    """The subject of the word, where the text next to it would not make that clear."""

    @property
    def text(self) -> str:
        if self.about:
            return f"{self.about}: {self.word}"
        return Unknown.NOT_MENTIONED.value if self.word == State.NOT_MENTIONED else self.word

    @property
    def tint(self) -> str:
        if self.word.startswith("still there"):
            return "in-place"
        return "ended" if self.word.startswith("ended") else _TINT_OF.get(self.word, "unknown")
