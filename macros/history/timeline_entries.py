"""What the timeline holds: one change on one day, and the history of everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any

from macros.history.difference import ChangeKind, Difference
from macros.history.record_changes import Fate, RecordChange
from macros.model import holdings
from macros.model.base import hangs_on
from macros.model.dates import read_out
from macros.model.lasting import Revisions
from macros.model.region import Region
from macros.model.wording import count, sentence

CONFIRMED = "confirmed"
"""The field of a profile that says who checked it."""
MOST_SENTENCES = 8
"""Sentences that one change of one record is told in; what is more is counted."""


@dataclass(frozen=True)
class TimelineEntry:
    """What one commit did to one record or one page."""

    commit: str
    when: datetime
    where: str
    """The record, such as `trusts/luton`, or the page's file, such as `docs/about/contact.md`; as it is called now."""
    title: str
    page: str
    """The address of its page; empty if it has none, or is gone."""
    kind: str
    """What kind of thing it is, in words."""
    sentences: tuple[str, ...]
    named: str = ""
    """The record or page as it was called then: what feed readers know the change by."""
    plans: tuple[str, ...] = ()
    """The plans of a Trust that it added or changed, by their ids: what calendars know them by."""
    is_check: bool = False
    """Whether somebody confirmed a profile, and nothing else: what it says did not change."""

    @property
    def day(self) -> date:
        return self.when.date()


@dataclass(frozen=True)
class History:
    """The changes of the guide, newest first, as far as they are known here. What is read of it is noted."""

    known: bool = False
    """Whether there is any history: a copy without git has none."""
    is_cut_off: bool = False
    """Whether what came before the oldest change is not known here."""
    begins: datetime | None = None
    """The time of the oldest commit here, where it is cut off: nothing that it does not tell of is younger."""
    first_written: date | None = None
    """The last day of the first writing that the history tells of."""
    changes: tuple[TimelineEntry, ...] = ()
    written: frozenset[str] = frozenset()
    """The records that are known to have been written first by then."""
    unrecorded: frozenset[str] = frozenset()
    """Files, below the project, that differ from the last commit."""

    def __getattribute__(self, name: str) -> Any:
        if name[0] != "_" and name != "is_recorded":
            hangs_on("history", name)
        return object.__getattribute__(self, name)

    def is_recorded(self, file: str) -> bool:
        """Return whether a file, named from the project's folder, is as it was at the last commit."""
        hangs_on("recorded", file)
        unrecorded: frozenset[str] = object.__getattribute__(self, "unrecorded")
        return file not in unrecorded

    @property
    def missing(self) -> str:
        """What builders must be told of: changes that are not known here, and how to have them. Empty if all are."""
        if not self.known:
            return (
                "Note: there is no git history here, so the feeds, “What’s changed” and the calendar know of no "
                "change. To have them: build in a clone of the repository"
            )
        if not self.is_cut_off:
            return ""
        begins = f": it begins on {read_out(self.begins.date())}" if self.begins else ""
        return (
            f"Note: this copy of the repository is shallow{begins}. Changes before that are missing in the feeds and "
            "in “What’s changed”. To have them: “git fetch --unshallow”, and build again"
        )

    def revisions(self, region: Region) -> Revisions:
        """Return when the plans of Trusts were last revised. Where that is not known, it is never told too early."""
        last: dict[str, datetime] = {}
        for change in reversed(self.changes):
            last.update({f"{change.where}/{plan}": change.when for plan in change.plans})
        return Revisions(self.known_from(region), last)

    def known_from(self, region: Region) -> datetime:
        """Return a time by which all that the history does not tell of had been done: it never moves back."""
        written = datetime.combine(region.first_written.last, time(12), UTC)
        return max(written, self.begins) if self.is_cut_off and self.begins else written

    @cached_property
    def _by_record(self) -> Mapping[str, tuple[TimelineEntry, ...]]:
        found: dict[str, list[TimelineEntry]] = {}
        for change in self.changes:
            found.setdefault(_told_with(change.where), []).append(change)
        return {where: tuple(many) for where, many in found.items()}

    def of(self, where: str) -> tuple[TimelineEntry, ...]:
        """Return what changed in one record, newest first; of a Trust, in what later waves told of it too."""
        return self._by_record.get(where, ())


def _told_with(where: str) -> str:
    """Return the record that a change is told with: what a later wave told of a Trust, with the Trust."""
    kind, _, name = where.partition("/")
    return f"{holdings.TRUSTS.kind}/{name.partition('/')[0]}" if kind == holdings.PROFILES.kind else where


UNKNOWN = History()


def sentences(change: RecordChange) -> Iterator[str]:
    """Yield what changed in a record as sentences, of which there are not too many."""
    kind = sentence(change.kind)
    match change.fate:
        case Fate.ADDED:
            yield f"{kind}: new in the guide."
        case Fate.REMOVED:
            yield f"{kind}: taken out of the guide."
        case Fate.RENAMED:
            yield f"{kind}: until then “{change.was_title}”, or at another address."
    checks = [one for one in change.differences if is_check(one)]
    if checks:
        taken_back = checks[0].field == CONFIRMED and checks[0].kind is ChangeKind.REMOVED
        yield "The last check of this profile was taken back." if taken_back else "Somebody confirmed this profile."
    told = [one.sentence() for one in change.differences if not is_check(one)]
    most = MOST_SENTENCES if len(told) > MOST_SENTENCES + 1 else len(told)
    yield from told[:most]
    if len(told) > most:
        yield f"There were {count(len(told) - most, 'more change')}."


def is_check(one: Difference) -> bool:
    return one.field.partition(".")[0] == CONFIRMED
