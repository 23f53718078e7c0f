"""The ways to the Trusts of each letter, where they are too many for one page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from macros import address
from macros.gathering import Gathering, gatherings
from macros.guide import Guide
from macros.views.page import Page


@dataclass(frozen=True)
class Letter:
    """A link to the Trusts of a letter."""

    label: str
    first: str
    last: str
    """The names that it begins and ends with."""
    link: str
    current: bool = False


def gathered(page: Page) -> tuple[Gathering, ...]:
    """Return how the Trusts are gathered; nothing while they are few enough for one page."""
    return gathered_of(page.guide)


@lru_cache(maxsize=2)
def gathered_of(guide: Guide) -> tuple[Gathering, ...]:
    """Return how the Trusts of a Guide are gathered."""
    return gatherings(trust.slug for trust in guide.trusts)


def letters(page: Page, anchor: str, current: str = "") -> list[Letter]:
    """Return links to a part of each letter's page, such as `#gaps`."""
    return [
        Letter(
            one.label,
            page.trust(one.slugs[0]).name,
            page.trust(one.slugs[-1]).name,
            page.link(f"{address.of_letter(one.id)}#{anchor}"),
            one.id == current,
        )
        for one in gathered(page)
    ]
