"""Finds what changed between two Guides, so that drawings that read none of it can be used again.

A drawing notes every field that it reads and anything else it depends on (`macros.model.tracking.watching`). The result
here has the same form, so that the two can be compared. When in doubt, something counts as altered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from macros.derived import figures, relations
from macros.history.timeline_entries import History
from macros.model.base import Record, Sourced
from macros.model.tracking import WHOLE, FieldRead
from macros.reading.guide import Guide

_WHOLE = (WHOLE, *(name for name in dir(Record) if name.startswith("model_") or name in {"copy", "dict", "json"}))
"""The fields read by code that uses a record as a whole."""


def alterations(was: Guide, now: Guide, before: History, after: History) -> frozenset[FieldRead] | None:
    """Return the fields that changed since `was`: no drawing that read one of them can be reused.

    None if nothing can be reused, because there are other records, or they are in another order.
    """
    old, new = _records(was), _records(now)
    if [*old] != [*new]:
        return None
    altered = {read for where, one in new.items() if one is not old[where] for read in _fields(old[where], one)}
    altered.update(_of_history(before, after))
    if was.statements != now.statements:
        altered.add(("statements", ""))
    slugs = [trust.slug for trust in now.trusts]
    altered.update(("places", slug) for slug in slugs if _wheres(was, slug) != _wheres(now, slug))
    altered.update(("areas", slug) for slug in slugs if _areas(was, slug) != _areas(now, slug))
    if not altered.isdisjoint(relations.linked_by(was)):
        altered.add(("links", ""))
    altered.update(_of_figures(was, now, altered))
    return frozenset(altered)


def _records(guide: Guide) -> Mapping[str, Sourced]:
    """Return every record, and every row of a table, in the order of the Guide."""
    many: tuple[Sourced, ...] = (
        guide.region,
        *guide.documents.values(),
        *guide.trusts,
        *guide.waves,
        *guide.profiles,
        *guide.surveys,
        *guide.questionnaires,
        *guide.releases,
        *guide.recommendations,
        *guide.principles,
        *guide.standards,
        *guide.practices,
        guide.framework,
        *guide.stages,
        *guide.point_lists.values(),
        *guide.glossary,
        *guide.later,
        *guide.places,
        *guide.areas,
        guide.search,
        *guide.moved,
    )
    return {one.where: one for one in many}


def _wheres(guide: Guide, slug: str) -> list[str]:
    return [place.where for place in guide.places_of(slug)]


def _areas(guide: Guide, slug: str) -> list[str]:
    return [area.where for area in guide.areas_of(slug)]


def _fields(was: Sourced, now: Sourced) -> Iterator[FieldRead]:
    """Yield each field that differs between two states of a record, part by part."""
    old, new = ({part.where: part for part in _parts(one)} for one in (was, now))
    for where in old.keys() | new.keys():
        before, after = old.get(where), new.get(where)
        if before is None or after is None or type(before) is not type(after):
            both = filter(None, (before, after))
            names = {name for one in both for name in type(one).model_fields}
        else:
            names = {
                name
                for name in type(after).model_fields
                if _shape(getattr(before, name)) != _shape(getattr(after, name))
            }
        if names:
            yield from ((where, name) for name in names)
            yield from ((type(one).__name__, name) for one in (before, after) if one for name in names)
            yield from ((around, name) for around in _around(where) for name in _WHOLE)


def _parts(model: Sourced) -> Iterator[Sourced]:
    yield model
    for name in type(model).model_fields:
        yield from _parts_in(getattr(model, name))


def _parts_in(value: object) -> Iterator[Sourced]:
    if isinstance(value, Sourced):
        yield from _parts(value)
    elif isinstance(value, tuple):
        for one in value:
            yield from _parts_in(one)


def _shape(value: object) -> object:
    """Return a value with parts replaced by their addresses, if they have any: what is read inside is noted apart."""
    if isinstance(value, Sourced):
        return type(value), value.where
    if isinstance(value, tuple):
        return tuple(map(_shape, value))
    return type(value), value, repr(value)  # 38 and 38.0 are equal but are shown differently


def _around(where: str) -> Iterator[str]:
    """Yield an address and those of all parts that contain it."""
    record, _, path = where.partition(":")
    keys = path.split(".") if path else []
    yield record
    for number in range(len(keys)):
        yield f"{record}:{'.'.join(keys[: number + 1])}"


def _of_history(was: History, now: History) -> Iterator[FieldRead]:
    if was is now:
        return
    fields = type(now).__dataclass_fields__
    altered = [name for name in fields if getattr(was, name) != getattr(now, name)]
    yield from (("history", name) for name in altered)
    if "changes" in altered:
        yield ("history", "of")
    yield from (("recorded", file) for file in was.unrecorded ^ now.unrecorded)


def _of_figures(was: Guide, now: Guide, altered: set[FieldRead]) -> Iterator[FieldRead]:
    worked = figures.worked_out(was)
    if worked is None:  # so no drawing depends on one
        return
    if altered.isdisjoint(worked.counted) and altered.isdisjoint(worked.behind):
        figures.take_over(worked, now)
        return
    before: Mapping[str, Any] = worked.figures
    after = figures.figures(now)
    if worked.counted != figures.counted(now):
        yield ("figures", figures.COUNTED)
    if before != after or [*before] != [*after]:
        yield ("figures", "")
    yield from (("figures", name) for name in before if before[name] != after.get(name))
