"""Links to the Trusts of each letter, used when there are too many for one page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from macros.derived.trust_groups import TrustGroup, groups_of
from macros.model import addresses
from macros.reading.guide import Guide
from macros.views.shared.page import Page


@dataclass(frozen=True)
class LetterLink:
    """A link to the Trusts of one letter."""

    label: str
    first: str
    last: str
    """The first and the last of the names."""
    link: str
    current: bool = False


def gathered(page: Page) -> tuple[TrustGroup, ...]:
    """Return the groups that the Trusts are in; none while they are few enough for one page."""
    return gathered_of(page.guide)


@lru_cache(maxsize=2)
def gathered_of(guide: Guide) -> tuple[TrustGroup, ...]:
    """Return the groups that the Trusts of a Guide are in."""
    return groups_of(trust.slug for trust in guide.trusts)


def letters(page: Page, anchor: str, current: str = "") -> list[LetterLink]:
    """Return links to one part of each letter's page, such as `#gaps`."""
    return [
        LetterLink(
            one.label,
            page.trust(one.slugs[0]).name,
            page.trust(one.slugs[-1]).name,
            page.link(f"{addresses.of_letter(one.id)}#{anchor}"),
            one.id == current,
        )
        for one in gathered(page)
    ]
