"""Changes of records between two states of the data: new, gone or renamed records, and the differences in each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from macros.history.difference import ChangeKind, Difference
from macros.history.differences import differences, followed, row_differences
from macros.history.likeness import ALIKE, likeness
from macros.history.snapshots import KINDS, ROWS, StateRecord
from macros.model import holdings
from macros.model.dates import When
from macros.model.profile import PART_FIELDS
from macros.model.wording import joined, sentence


class Fate(StrEnum):
    """The kinds of change to a record or a page."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"


class RecordChange(BaseModel):
    """The change of one record."""

    model_config = ConfigDict(frozen=True)

    where: str = Field(description="Its kind and name, such as `trusts/luton`; where it was, if it is gone.")
    was_where: str = Field("", description="Its kind and name before, if it was renamed.")
    file: str = Field(description="The file that holds it, below the project.")
    kind: str = Field(description="What kind of record it is, in words.")
    title: str = Field(description="Its name for readers.")
    was_title: str = Field(description="Its name for readers before.")
    fate: Fate = Field(description="What became of it.")
    page: str = Field(description="The address of its own page below the site; empty if it has none.")
    differences: tuple[Difference, ...] = Field(description="What differs in it; empty for new and removed records.")


def record_changes(
    was: Mapping[str, StateRecord], now: Mapping[str, StateRecord], labels: Mapping[str, str] | None = None
) -> list[RecordChange]:
    """Return the changes, in the present order of the records, followed by those that are gone.

    `labels` gives the names of sources.
    """
    renamed = renames(was, now)
    before = {new: old for old, new in renamed.items()}
    names = {_kind_and_name(old): _kind_and_name(new)[1] for old, new in renamed.items()}
    found = []
    for where, record in now.items():
        old = was.get(before.get(where, where))
        if old is None:
            found.append(_evidence(record, now) or _change(record, Fate.ADDED))
            continue
        fate = Fate.RENAMED if where in before else Fate.CHANGED
        told = tuple(_differences(old, record, names, labels))
        if told or fate is Fate.RENAMED:
            found.append(_change(record, fate, old, told))
    gone = [_change(record, Fate.REMOVED) for where, record in was.items() if where not in now and where not in renamed]
    return _with_moves([*found, *gone])


def _evidence(record: StateRecord, now: Mapping[str, StateRecord]) -> RecordChange | None:
    """Return a new profile of a later wave as new evidence on a Trust, not as a correction; None for other records."""
    if record.kind != holdings.PROFILES.kind:
        return None
    slug, _, name = record.where.partition("/")[2].partition("/")
    trust, wave = now.get(f"{holdings.TRUSTS.kind}/{slug}"), now.get(f"{holdings.WAVES.kind}/{name}")
    parts = [str(part) for part, fields in PART_FIELDS.items() if record.fields.get(fields[0])]
    on = f" on {joined(parts)}" if parts else ""
    kind = f"new evidence of {_date(wave) or name}{on}"
    if called := record.fields.get("partnership"):
        kind += f", renamed from “{_called_before(record, slug, now)}” to “{called}”"
    if leads := record.fields.get("led_by"):
        kind += f", taken over by {leads}"
    title = trust.title if trust else sentence(slug.replace("-", " "))
    return _change(record, Fate.ADDED).model_copy(update={"kind": kind, "title": title, "was_title": title})


def _called_before(record: StateRecord, slug: str, now: Mapping[str, StateRecord]) -> object:
    """Return what a partnership was called before a profile that gives it another name."""
    folder = f"{holdings.PROFILES.kind}/{slug}/"
    trust = now.get(f"{holdings.TRUSTS.kind}/{slug}")
    names = {date.min: trust.fields.get("partnership")} if trust else {}
    for where, one in now.items():
        if where.startswith(folder) and one.fields.get("partnership"):
            names[_begins(now.get(f"{holdings.WAVES.kind}/{where.removeprefix(folder)}"))] = one.fields["partnership"]
    own = _begins(now.get(f"{holdings.WAVES.kind}/{record.where.removeprefix(folder)}"))
    return names[max((day for day in names if day < own), default=own)] if names else "another name"


def _begins(wave: StateRecord | None) -> date:
    """Return the first day of a wave's date; the end of time if its file has none that can be read."""
    try:
        return When(str(wave.fields.get("date"))).first if wave else date.max
    except ValueError:
        return date.max


def _date(wave: StateRecord | None) -> str:
    """Return the date of a wave as it is read out; "" if its file has none that can be read."""
    try:
        return When(str(wave.fields.get("date"))).text if wave else ""
    except ValueError:
        return ""


def _kind_and_name(where: str) -> tuple[str, str]:
    kind, _, name = where.partition("/")
    return kind, name


def renames(was: Mapping[str, StateRecord], now: Mapping[str, StateRecord]) -> dict[str, str]:
    """Return the new name of each record that was renamed and is otherwise alike."""
    gone = [record for where, record in was.items() if where not in now]
    new = [record for where, record in now.items() if where not in was]
    likes = sorted(
        (
            (likeness(_words(old), _words(one)), old.where, one.where)
            for old in gone
            for one in new
            if old.kind == one.kind
        ),
        key=lambda like: (-like[0], like[1:]),
    )
    found: dict[str, str] = {}
    for like, old, one in likes:
        if like >= ALIKE and old not in found and one not in found.values():
            found[old] = one
    return found


def _words(record: StateRecord) -> str:
    return json.dumps(record.fields, ensure_ascii=False, default=str)


def _differences(
    was: StateRecord, now: StateRecord, names: Mapping[tuple[str, str], str], labels: Mapping[str, str] | None
) -> Iterator[Difference]:
    if now.is_table:
        rows = followed(was.fields.get(ROWS, []), now.model, names)
        yield from row_differences(rows, now.fields[ROWS], now.model, labels)
    else:
        before = followed(dict(was.fields), now.model, names)
        if was.where != now.where and before.get("id") == was.where.partition("/")[2]:
            before["id"] = now.where.partition("/")[2]
        yield from differences(before, now.fields, now.model, labels)


def _change(
    record: StateRecord, fate: Fate, was: StateRecord | None = None, told: tuple[Difference, ...] = ()
) -> RecordChange:
    return RecordChange(
        where=record.where,
        was_where=was.where if was and fate is Fate.RENAMED else "",
        file=record.file_of({re.split(r"[.[]", one.field)[0] for one in told}),
        kind=KINDS[record.kind],
        title=record.title,
        was_title=(was or record).title,
        fate=fate,
        page=record.page,
        differences=told,
    )


# --- text that only moved -----------------------------------------------------------------------------------------


def _with_moves(changes: list[RecordChange]) -> list[RecordChange]:
    """Return the changes; text that was removed in one place and added in another is reported as a single move."""
    taken: dict[str, list[tuple[RecordChange, Difference]]] = {}
    for change in changes:
        for one in change.differences:
            if one.kind is ChangeKind.REMOVED:
                taken.setdefault(one.was, []).append((change, one))
    moved: dict[int, Difference | None] = {}
    for change in changes:
        for one in change.differences:
            if one.kind is ChangeKind.ADDED and taken.get(one.now):
                source, old = taken[one.now].pop(0)
                move = Difference(
                    kind=ChangeKind.MOVED,
                    place=(one.now,),
                    was=_place(source, old, change),
                    now=_place(change, one, source),
                    field=one.field,
                )
                moved[id(one)] = move
                moved[id(old)] = None if source is change else move  # a move within one record is reported once
    return [change.model_copy(update={"differences": tuple(_merged(change.differences, moved))}) for change in changes]


def _merged(told: Iterable[Difference], moved: Mapping[int, Difference | None]) -> Iterator[Difference]:
    for one in told:
        if (move := moved.get(id(one), one)) is not None:
            yield move


def _place(change: RecordChange, one: Difference, other: RecordChange) -> str:
    record = "" if change is other else f"{change.title} › "
    return f"“{record}{' › '.join(one.place)}”"
