"""The contents of the timeline: one change on one day, and the history of everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any

from macros.history.difference import ChangeKind, Difference
from macros.history.record_changes import Fate, RecordChange
from macros.model import holdings
from macros.model.dates import read_out
from macros.model.lasting import Revisions
from macros.model.region import Region
from macros.model.tracking import note_dependency
from macros.model.wording import count, sentence

CONFIRMED = "confirmed"
"""The field of a profile that says who checked it."""
MOST_SENTENCES = 8
"""The most sentences for one change of one record; any more are only counted."""


@dataclass(frozen=True)
class TimelineEntry:
    """The effect of one commit on one record or one page."""

    commit: str
    when: datetime
    where: str
    """The record, such as `trusts/luton`, or the page's file, such as `docs/about/contact.md`, by its present name."""
    title: str
    page: str
    """The address of its page; "" if it has none, or if that is gone."""
    kind: str
    """The kind of thing in words."""
    sentences: tuple[str, ...]
    named: str = ""
    """The name of the record or page at the time, by which feed readers recognise the change."""
    plans: tuple[str, ...] = ()
    """The ids of a Trust's plans that it added or changed, by which calendars recognise them."""
    is_check: bool = False
    """Whether all that happened is that somebody confirmed a profile: its words did not change."""

    @property
    def day(self) -> date:
        return self.when.date()


@dataclass(frozen=True)
class History:
    """The changes of the guide, newest first, as far as they are known here. Reading them is noted."""

    known: bool = False
    """Whether there is any history: a copy without git has none."""
    is_cut_off: bool = False
    """Whether changes before the oldest one are unknown here."""
    begins: datetime | None = None
    """The time of the oldest commit here, where the history is cut off: anything it leaves out is older."""
    first_written: date | None = None
    """The last day of the first writing that the history includes."""
    changes: tuple[TimelineEntry, ...] = ()
    written: frozenset[str] = frozenset()
    """The records that are known to have been first written by then."""
    unrecorded: frozenset[str] = frozenset()
    """Files, by their paths below the project, that differ from the last commit."""

    def __getattribute__(self, name: str) -> Any:
        if name[0] != "_" and name != "is_recorded":
            note_dependency("history", name)
        return object.__getattribute__(self, name)

    def is_recorded(self, file: str) -> bool:
        """Return whether a file, named from the project's folder, is as it was at the last commit."""
        note_dependency("recorded", file)
        unrecorded: frozenset[str] = object.__getattribute__(self, "unrecorded")
        return file not in unrecorded

    @property
    def missing(self) -> str:
        """Return the changes that are not known here and how to get them, for builders; "" if none are missing."""
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
        """Return when the plans of Trusts were last revised.

        Where that is not known, the date errs on the late side.
        """
        last: dict[str, datetime] = {}
        for change in reversed(self.changes):
            last.update({f"{change.where}/{plan}": change.when for plan in change.plans})
        return Revisions(self.known_from(region), last)

    def known_from(self, region: Region) -> datetime:
        """Return a time by which everything that the history leaves out had happened. It never moves back."""
        written = datetime.combine(region.first_written.last, time(12), UTC)
        return max(written, self.begins) if self.is_cut_off and self.begins else written

    @cached_property
    def _by_record(self) -> Mapping[str, tuple[TimelineEntry, ...]]:
        found: dict[str, list[TimelineEntry]] = {}
        for change in self.changes:
            found.setdefault(_told_with(change.where), []).append(change)
        return {where: tuple(many) for where, many in found.items()}

    def of(self, where: str) -> tuple[TimelineEntry, ...]:
        """Return the changes of one record, newest first; for a Trust, those of later waves' accounts of it too."""
        return self._by_record.get(where, ())


def _told_with(where: str) -> str:
    """Return the record under which a change is listed: a later wave's account of a Trust is listed under the Trust."""
    kind, _, name = where.partition("/")
    return f"{holdings.TRUSTS.kind}/{name.partition('/')[0]}" if kind == holdings.PROFILES.kind else where


UNKNOWN = History()


def sentences(change: RecordChange) -> Iterator[str]:
    """Yield the changes of a record as sentences, up to a limit."""
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
