"""Matches the items of a list with those that they were before: by their content, by their name, then by likeness."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

ALIKE = 0.6
"""The share of words from which two texts count as one text that was edited."""

_T = TypeVar("_T")


@dataclass(frozen=True)
class Pair(Generic[_T]):
    """An item before and now; None where it does not exist. Places count from 0."""

    was: _T | None
    now: _T | None
    was_at: int | None = None
    now_at: int | None = None
    moved: bool = False
    """Whether its place among the items that stayed has changed."""


def pairs(
    was: Sequence[_T], now: Sequence[_T], key: Callable[[_T], Hashable], text: Callable[[_T], str]
) -> list[Pair[_T]]:
    """Return each item now with what it was before, in the present order, followed by the items that are gone.

    `key` gives an item's name, None if it has none; `text` gives its words.
    """
    found = _same(was, now, [text(one) for one in was], [text(one) for one in now], key)
    moved = _moved(found)
    here = [
        Pair(was[found[at]], one, found[at], at, at in moved) if at in found else Pair(None, one, None, at)
        for at, one in enumerate(now)
    ]
    stayed = set(found.values())
    return [*here, *(Pair(one, None, at, None) for at, one in enumerate(was) if at not in stayed)]


def _same(
    was: Sequence[_T],
    now: Sequence[_T],
    was_texts: Sequence[str],
    now_texts: Sequence[str],
    key: Callable[[_T], Hashable],
) -> dict[int, int]:
    """Return the former place of each item now that is exactly as it was before."""
    found: dict[int, int] = {}
    left_was, left_now = list(range(len(was))), list(range(len(now)))

    def match(names_was: dict[int, Hashable], names_now: dict[int, Hashable], once: bool) -> None:
        for at in list(left_now):
            name = names_now[at]
            twins = [old for old in left_was if name is not None and names_was[old] == name]
            if twins and not (once and (len(twins) > 1 or sum(names_now[one] == name for one in left_now) > 1)):
                # If several items are the same, the one in the same place has not moved.
                old = at if at in twins else twins[0]
                found[at] = old
                left_was.remove(old)
                left_now.remove(at)

    match(dict(enumerate(was_texts)), dict(enumerate(now_texts)), once=False)
    match({at: key(was[at]) for at in left_was}, {at: key(now[at]) for at in left_now}, once=True)
    likes = sorted(
        ((likeness(was_texts[old], now_texts[at]), old, at) for old in left_was for at in left_now),
        key=lambda like: (-like[0], abs(like[1] - like[2]), like[1:]),
    )
    for like, old, at in likes:
        if like >= ALIKE and old in left_was and at in left_now:
            found[at] = old
            left_was.remove(old)
            left_now.remove(at)
    return found


def likeness(one: str, other: str) -> float:
    """Return how much two texts have in common, word for word, from 0 to 1; 0 if it is clearly less than ALIKE."""
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()


def _moved(found: dict[int, int]) -> set[int]:
    """Return the smallest set of items now that must have moved to give the present order."""
    order = [(at, found[at]) for at in sorted(found)]
    ends: list[int] = []
    """The lowest end of a rising run of each length, for finding the longest."""
    run: list[int] = []
    before: dict[int, int | None] = {}
    for place, (_, old) in enumerate(order):
        length = bisect_left(ends, old)
        before[place] = run[length - 1] if length else None
        if length == len(ends):
            ends.append(old)
            run.append(place)
        else:
            ends[length] = old
            run[length] = place
    stayed: set[int] = set()
    place_in: int | None = run[-1] if run else None
    while place_in is not None:
        stayed.add(order[place_in][0])
        place_in = before[place_in]
    return {at for at, _ in order} - stayed
