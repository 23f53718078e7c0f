"""Finds what differs between two states of a record, field by field, and words it for people.

It works on values as they are in the files, so that it can also read states shaped by an older schema or a mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from macros.history.difference import ChangeKind, Difference
from macros.history.field_words import (
    WORDS,
    Raw,
    described,
    field_names,
    field_value,
    item_text,
    key_of,
    label,
    plain_value,
    quoted,
    source_of,
    tidy,
    title,
)
from macros.history.likeness import Pair, pairs
from macros.model import holdings, wording
from macros.reading.names import kinds_named, naming_fields
from macros.schema.fields import field_at, model_at


def differences(
    was: Mapping[str, Raw], now: Mapping[str, Raw], model: type[BaseModel], labels: Mapping[str, str] | None = None
) -> list[Difference]:
    """Return the differences between two states of one record; none if they mean the same.

    The order of fields, comments, quotation marks and line breaks mean nothing. A field that is left out has its
    default, and a source that is left out is that of the part above. `labels` gives the names of sources.
    """
    return [*_Comparison(labels or {}).fields(dict(was), dict(now), model, (), "")]


def row_differences(
    was: list[Raw], now: list[Raw], model: type[BaseModel], labels: Mapping[str, str] | None = None
) -> list[Difference]:
    """Return the differences between two states of a table, whose rows `model` describes."""
    return [*_Comparison(labels or {}).lists(tidy(was) or [], tidy(now) or [], None, model, (), "rows", ((), ()))]


class _Comparison:
    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels

    def fields(
        self,
        was: dict[str, Raw],
        now: dict[str, Raw],
        model: type[BaseModel] | None,
        place: tuple[str, ...],
        path: str,
        around: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
    ) -> Iterator[Difference]:
        """Yield the differences between the fields of two parts; `around` is the source of the part above."""
        sources = around
        for name in field_names(was, now, model):
            info = model.model_fields.get(name) if model else None
            field = f"{path}.{name}" if path else name
            if name == "source":
                own_before, own_after = source_of(was), source_of(now)
                sources = (own_before or around[0], own_after or around[1])
                if (own_before or own_after) and sources[0] != sources[1]:
                    yield self._sources(sources, place, field)
                continue
            inner = model_at(model, (name,)) if model else None
            here = place if name in WORDS and place else (*place, label(name, info))
            before, after = field_value(was, name, info), field_value(now, name, info)
            if model and any(name == one for one, _ in naming_fields(model, holdings.SOURCES.kind)):
                before, after = (self.labels.get(one, one) if isinstance(one, str) else one for one in (before, after))
            yield from self.values(before, after, info, inner, here, field, sources)

    def values(
        self,
        was: Raw,
        now: Raw,
        info: FieldInfo | None,
        model: type[BaseModel] | None,
        place: tuple[str, ...],
        path: str,
        around: tuple[tuple[str, ...], tuple[str, ...]],
    ) -> Iterator[Difference]:
        if was == now:
            if around[0] == around[1]:
                return
        elif isinstance(was, list) or isinstance(now, list):
            pass
        elif isinstance(was, dict) or isinstance(now, dict):
            if was is None or now is None:
                kind = ChangeKind.ADDED if was is None else ChangeKind.REMOVED
                yield Difference(
                    kind=kind, place=place, was=described(was, model), now=described(now, model), field=path
                )
                return
        else:
            yield from plain_value(was, now, info, place, path)
            return
        if isinstance(was, list | None) and isinstance(now, list | None) and (was or now):
            yield from self.lists(was or [], now or [], info, model, place, path, around)
        elif isinstance(was, dict) and isinstance(now, dict):
            yield from self.fields(was, now, model, place, path, around)
        elif was != now:
            yield Difference(
                kind=ChangeKind.CHANGED,
                place=place,
                was=described(was, model),
                now=described(now, model),
                field=path,
            )

    def lists(
        self,
        was: list[Raw],
        now: list[Raw],
        info: FieldInfo | None,
        model: type[BaseModel] | None,
        place: tuple[str, ...],
        path: str,
        around: tuple[tuple[str, ...], tuple[str, ...]],
    ) -> Iterator[Difference]:
        for pair in pairs(was, now, key_of, item_text):
            yield from self._pair(pair, info, model, place, path, around)

    def _pair(
        self,
        pair: Pair[Raw],
        info: FieldInfo | None,
        model: type[BaseModel] | None,
        place: tuple[str, ...],
        path: str,
        around: tuple[tuple[str, ...], tuple[str, ...]],
    ) -> Iterator[Difference]:
        at = pair.now_at if pair.now_at is not None else pair.was_at or 0
        field = f"{path}[{at + 1}]"
        if pair.was is None or pair.now is None:
            kind = ChangeKind.REMOVED if pair.now is None else ChangeKind.ADDED
            yield Difference(
                kind=kind,
                place=place,
                was=described(pair.was, model, info),
                now=described(pair.now, model, info),
                field=field,
            )
            return
        here = (*place, title(pair.now))
        told: list[Difference] = []
        if isinstance(pair.was, dict) and isinstance(pair.now, dict):
            told = [*self.fields(pair.was, pair.now, model, here, field, around)]
        elif pair.was != pair.now:
            told = [*plain_value(pair.was, pair.now, info, place, field)]
        if pair.moved:
            was_at, now_at = (f"place {(number or 0) + 1}" for number in (pair.was_at, pair.now_at))
            yield Difference(
                kind=ChangeKind.MOVED, place=here, was=was_at, now=now_at, field=field, is_edited=bool(told)
            )
        yield from told

    def _sources(
        self, sources: tuple[tuple[str, ...], tuple[str, ...]], place: tuple[str, ...], field: str
    ) -> Difference:
        was, now = (
            wording.joined([quoted(self.labels.get(one, one)) for one in source]) or "no source" for source in sources
        )
        return Difference(kind=ChangeKind.CHANGED, place=(*place, "Source"), was=was, now=now, field=field)


# --- names of other records ---------------------------------------------------------------------------------------

_R = TypeVar("_R")


def followed(value: _R, model: type[BaseModel] | None, names: Mapping[tuple[str, str], str]) -> _R:
    """Return a value in which renamed records have their new names, in each field that names a record.

    `names` gives the new name for the kind and the old name of a record.
    """
    if not names:
        return value
    return _followed(value, model, None, names)  # type: ignore[no-any-return]


def _followed(
    value: Raw, model: type[BaseModel] | None, info: FieldInfo | None, names: Mapping[tuple[str, str], str]
) -> Raw:
    match value:
        case dict():
            return {
                name: _followed(
                    one, model_at(model, (name,)) if model else None, field_at(model, (name,)) if model else None, names
                )
                for name, one in value.items()
            }
        case list():
            return [_followed(one, model, info, names) for one in value]
        case str() if info is not None:
            return next((names[kind, value] for kind in kinds_named(info) if (kind, value) in names), value)
        case _:
            return value
