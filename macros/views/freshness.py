"""The freshness of profiles: who confirmed each, when it last changed and how, and which reviews are due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from macros.derived.reviews import review_due
from macros.history.timeline_entries import History, TimelineEntry
from macros.model import addresses
from macros.model.dates import read_out
from macros.model.holdings import files_of_trust
from macros.model.trust import Trust
from macros.model.wording import count
from macros.views.shared.facts import Fact, Item
from macros.views.shared.page import Page
from macros.views.shared.status import Status

NOT_KNOWN = "Not known: this copy of the guide came without its history."
NOT_RECORDED = "Not yet recorded: this copy holds changes that were not recorded in its history."
CUT_OFF = "Earlier changes are not known in this copy of the guide."
DUE = "due for review"
NEWEST, NEWEST_OF_ALL = 5, 30
"""The number of changes shown at first: for one profile, and for the whole guide."""


@dataclass(frozen=True)
class Day:
    """The changes of one day."""

    date: str
    iso: str
    changes: tuple[dict[str, object], ...]


# --- one profile --------------------------------------------------------------------------------------------------


def freshness(page: Page, trust: Trust) -> dict[str, object]:
    """Return the facts on freshness for a profile's template. Being confirmed and being changed are two things."""
    changes = page.history.of(trust.where)
    first = _first_writing(page.history, trust.where)
    return {
        "facts": [
            Fact("Confirmed", (Item(what=confirmed(page, trust)),)),
            Fact("Next review", (_review(page, trust),)),
            Fact("Last changed", (Item(what=last_changed(page.history, trust, page.region.baseline)),)),
        ],
        "line": _line(page, trust),
        "days": [*_days(page, changes[:NEWEST])],
        "earlier": [*_days(page, changes[NEWEST:])],
        "earlier_count": count(len(changes[NEWEST:]), "earlier change"),
        "first": first,
        "unknown": "" if page.history.known else NOT_KNOWN,
        "cut_off": CUT_OFF if page.history.is_cut_off else "",
        "feed": page.link(addresses.of_feed(trust.slug)),
        "all": page.link(addresses.WHATS_NEW_PAGE),
    }


def confirmed(page: Page, trust: Trust) -> str:
    """Return who confirmed a profile and when, or that nobody did."""
    check = trust.confirmed
    if check is None:
        return page.worded(f"No one has confirmed this profile since the report of {page.first_wave.date.text}.")
    return f"On {check.on.text}, by {check.by} ({check.role}). Checked against: {check.rests_on}"


def last_changed(history: History, trust: Trust, baseline: str) -> str:
    """Return the date, from git, on which a profile's words last changed; that does not mean anybody checked it.

    `baseline` is the name of the first wave, after which the profile's file is named.
    """
    if not history.known:
        return NOT_KNOWN
    if not _is_recorded(history, trust, baseline):
        return NOT_RECORDED
    day = _last_day(history, trust)
    if day:
        return read_out(day)
    if trust.where in history.written and history.first_written:
        return f"Not since it was first written from the report, on {read_out(history.first_written)}."
    return NOT_KNOWN if not history.is_cut_off else CUT_OFF


def _is_recorded(history: History, trust: Trust, baseline: str) -> bool:
    return all(history.is_recorded(file) for file in files_of_trust(trust.slug, baseline))


def _last_day(history: History, trust: Trust) -> date | None:
    """Return the day of the last change to a profile's words. A confirmation is not such a change."""
    return next((change.day for change in history.of(trust.where) if not change.is_check), None)


def _line(page: Page, trust: Trust) -> dict[str, str]:
    """Return both facts in brief, for the head of a profile."""
    day, check = _last_day(page.history, trust), trust.confirmed
    recorded = _is_recorded(page.history, trust, page.region.baseline)
    return {
        "changed": f"Last changed {read_out(day)}" if day and recorded else "",
        "confirmed": f"Confirmed {check.on.text}" if check else page.worded("Not confirmed since the report"),
    }


def _review(page: Page, trust: Trust) -> Item:
    day = review_due(trust.confirmed, page.region.review_after_months)
    if day is None:
        return Item(status=Status(DUE), what=page.worded("A person should compare it with the report."))
    if day <= page.today:
        return Item(status=Status(DUE), what=f"Since {read_out(day)}, as at {read_out(page.today)}.")
    return Item(what=f"On {read_out(day)}.")


def _first_writing(history: History, where: str) -> str:
    if where in history.written and history.first_written:
        return f"{read_out(history.first_written)}: The profile was first written from the report."
    return ""


# --- the whole guide ----------------------------------------------------------------------------------------------


def whats_new(page: Page) -> str:
    """Return the changes in the whole guide, newest first."""
    history = page.history
    changes = history.changes
    first = history.first_written
    return page.render(
        "whats_new.html",
        days=[*_days(page, changes[:NEWEST_OF_ALL], named=True)],
        left=len(changes) - NEWEST_OF_ALL,
        first=page.worded(f"{read_out(first)}: The guide was first written from the report.") if first else "",
        unknown="" if history.known else NOT_KNOWN,
        cut_off=CUT_OFF if history.is_cut_off else "",
        unrecorded=NOT_RECORDED if history.unrecorded else "",
        feed=page.link(addresses.WHATS_NEW_FEED),
        trusts=[{"name": trust.name, "link": page.link(addresses.of_feed(trust.slug))} for trust in page.trusts],
    )


def _days(page: Page, changes: Iterable[TimelineEntry], named: bool = False) -> Iterator[Day]:
    """Yield changes day by day, and within a day by the thing that changed, each as sentences."""
    for day, many in groupby(changes, key=lambda change: change.day):
        told: tuple[dict[str, object], ...] = tuple(
            {
                "title": change.title if named else "",
                "link": page.link(change.page) if named and change.page else "",
                "kind": change.kind,
                "sentences": change.sentences,
            }
            for change in many
        )
        yield Day(read_out(day), day.isoformat(), told)


# --- reviews ------------------------------------------------------------------------------------------------------


def reviews_due(page: Page) -> dict[str, object]:
    """Return the reviews for the page of gaps: those due on the day of the build, and who can do them."""
    months = page.region.review_after_months
    days = {trust.slug: review_due(trust.confirmed, months) for trust in page.trusts}
    late = [trust for trust in page.trusts if trust.confirmed and (days[trust.slug] or page.today) <= page.today]
    late.sort(key=lambda trust: (days[trust.slug] or page.today, trust.name))
    return {
        "as_at": read_out(page.today),
        "months": count(months, "month"),
        "never": [_named(page, trust) for trust in page.trusts if trust.confirmed is None],
        "late": [
            {
                **_named(page, trust),
                "since": read_out(days[trust.slug] or page.today),
                "role": trust.confirmed.role,
                "by": trust.confirmed.by,
            }
            for trust in late
            if trust.confirmed
        ],
        "standards": [
            {
                "name": f"{one.id.upper()} {one.title}",
                "link": page.link(addresses.of_standard(one.id)),
                "since": one.next_review.text,
            }
            for one in page.standards
            if one.next_review.first <= page.today
        ],
        "contact": page.region.contact,
    }


def _named(page: Page, trust: Trust) -> dict[str, str]:
    return {"name": trust.name, "link": page.link(addresses.of_trust(trust.slug))}
