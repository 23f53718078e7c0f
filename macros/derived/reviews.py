"""Records that are due for review on a given day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from macros.derived import reviews
from macros.model import addresses, holdings
from macros.model.dates import after
from macros.reading.guide import Guide

if TYPE_CHECKING:
    from macros.model.later import LaterFact, LaterFacts, OpenQuestion
    from macros.model.trust import Confirmation


class Due(NamedTuple):
    """One record that is due."""

    title: str
    url: str
    file: str
    since: date


def due(guide: Guide, on: date) -> tuple[Due, ...]:
    """Return the records due for review on a day; those longest overdue come first."""
    standards = (
        Due(
            f"{one.id.upper()} {one.title}",
            addresses.of_standard(one.id),
            f"data/{holdings.STANDARDS.path}/{one.id}.yml",
            one.next_review.first,
        )
        for one in guide.standards
        if one.next_review.first <= on
    )
    # A profile that nobody ever confirmed has no day on which it fell due: the page of gaps lists it.
    days = ((one, reviews.review_due(one.confirmed, guide.region.review_after_months)) for one in guide.trusts)
    trusts = (
        Due(one.name, addresses.of_trust(one.slug), holdings.files_of_trust(one.slug, guide.region.baseline)[1], day)
        for one, day in days
        if day and day <= on
    )
    return tuple(sorted((*standards, *trusts, *_later(guide, on)), key=lambda one: (one.since, one.url)))


def _later(guide: Guide, on: date) -> Iterator[Due]:
    """Yield each file of later facts that is due, with the first day on which something in it was."""
    for subject in guide.later:
        days = [later_due(subject, part, guide.region.review_after_months) for part in subject.parts]
        if (late := min(days, default=date.max)) <= on:
            page = (
                f"{addresses.of_trust(subject.trust)}#today" if subject.trust else addresses.of_later(guide.first_wave)
            )
            yield Due(subject.title, page, f"data/{holdings.LATER.path}/{subject.id}.yml", late)


def later_due(subject: LaterFacts, part: LaterFact | OpenQuestion, months: int) -> date:
    """Return the day on which a later fact is due for review: some months after it was read, or on a day of its own."""
    day = after(subject.read.last, months)
    return min(day, part.review.first) if part.review else day


def to_markdown(records: tuple[Due, ...], base_url: str) -> str:
    """Return the records due as a list to tick, or "" if there are none."""
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


def review_due(confirmed: Confirmation | None, months: int) -> date | None:
    """Return the day on which a profile is due for review; None if it was never confirmed, and so is due already."""
    return after(confirmed.on.last, months) if confirmed else None
