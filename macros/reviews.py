"""What is due for review on a day: records whose date for it has come."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from macros import address, freshness
from macros.guide import Guide
from macros.model import layout


class Due(NamedTuple):
    """One record that is due."""

    title: str
    url: str
    file: str
    since: date


def due(guide: Guide, on: date) -> tuple[Due, ...]:
    """Return what is due for review on a day, the longest overdue first."""
    standards = (
        Due(
            f"{one.id.upper()} {one.title}",
            address.of_standard(one.id),
            f"data/{layout.STANDARDS.path}/{one.id}.yml",
            one.next_review.first,
        )
        for one in guide.standards
        if one.next_review.first <= on
    )
    # A profile that nobody ever confirmed has no day on which that became too long ago: the page of gaps lists it.
    days = ((one, freshness.due(one.confirmed, guide.region.review_after_months)) for one in guide.trusts)
    trusts = (
        Due(one.name, address.of_trust(one.slug), f"data/{layout.TRUSTS.path}/{one.slug}.yml", day)
        for one, day in days
        if day and day <= on
    )
    return tuple(sorted((*standards, *trusts), key=lambda one: (one.since, one.url)))


def to_markdown(records: tuple[Due, ...], base_url: str) -> str:
    """Return what is due as a list to tick, or "" if nothing is."""
    if not records:
        return ""
    lines = (f"- [ ] [{one.title}]({base_url}{one.url}), since {one.since:%d.%m.%Y}: `{one.file}`" for one in records)
    return "\n".join(
        (
            "Please compare each with its sources. If it is right, set the date of its review in the file, or of its "
            "confirmation; if it is not, correct it first.",
            "",
            *lines,
        )
    )
