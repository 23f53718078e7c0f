"""Decides which Trusts share a page: all of them if they are few, or else those of a letter, twenty to a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

MANY = 40
"""The number of Trusts from which one page, or the menu, is too long for all of them."""
PER_PAGE = 20
FOLDER = "trusts/a-z"
"""Below `docs/`: a page for each group."""
OTHERS = "others"


@dataclass(frozen=True)
class TrustGroup:
    """The Trusts of one letter, or some of them if there are too many for one page."""

    letter: str
    number: int
    slugs: tuple[str, ...]

    @property
    def id(self) -> str:
        """The name of its page: `b`, then `b-2`. So a letter that grows gets new pages and loses none."""
        return self.letter if self.number == 1 else f"{self.letter}-{self.number}"

    @property
    def label(self) -> str:
        """Its label, such as `B` or `B, part 2`."""
        name = self.letter.capitalize() if self.letter == OTHERS else self.letter.upper()
        return name if self.number == 1 else f"{name}, part {self.number}"

    @property
    def path(self) -> str:
        """Its file below `docs/`."""
        return f"{FOLDER}/{self.id}.md"

    @property
    def page(self) -> str:
        """The Markdown of its page."""
        return f"""\
---
title: "Trusts from A to Z: {self.label}"
description: >-
  The Trusts of the letter {self.label}, topic by topic: who spoke for the sector, training, money, plans, and what is
  not known.
hide:
  - toc
---

{{{{ trusts_of("{self.id}") }}}}
"""


def groups_of(slugs: Iterable[str]) -> tuple[TrustGroup, ...]:
    """Return the groups of Trusts with these slugs, in order; none while there are few Trusts."""
    ordered = sorted(slugs)
    if len(ordered) < MANY:
        return ()
    return tuple(
        TrustGroup(letter, start // PER_PAGE + 1, tuple(together[start : start + PER_PAGE]))
        for letter, group in groupby(ordered, key=_letter)
        for together in [[*group]]
        for start in range(0, len(together), PER_PAGE)
    )


def _letter(slug: str) -> str:
    return slug[0] if slug[0].isalpha() else OTHERS
