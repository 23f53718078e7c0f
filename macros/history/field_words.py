"""The words for fields and their values in sentences about differences."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from macros.history.difference import NOTHING, ChangeKind, Difference
from macros.history.likeness import pairs
from macros.model import wording
from macros.model.base import Pounds
from macros.model.dates import When
from macros.model.text import to_plain
from macros.model.wording import split
from macros.schema.fields import field_at

Raw = Any
"""A value as a file holds it: text, a number, true or false, nothing, a list, or fields by name."""

WORDS = ("what", "scope", "narrative")
"""The fields with a statement's own words. A path leaves them out."""
_NAMES = (
    "name",
    "term",
    "title",
    "place",
    "label",
    "requires",
    "found",
    "standard",
    "stage",
    "topic",
    "action",
    "question",
)
_LONG = 90


def field_names(was: Mapping[str, Raw], now: Mapping[str, Raw], model: type[BaseModel] | None) -> list[str]:
    """Return the fields of both states: `source` first, then in the order of the schema, then unknown ones."""
    known = [*(model.model_fields if model else ())]
    return [*dict.fromkeys(name for name in ("source", *known, *was, *now) if name in was or name in now)]


def source_of(fields: Mapping[str, Raw]) -> tuple[str, ...]:
    value = fields.get("source") or ()
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)


def field_value(fields: Mapping[str, Raw], name: str, info: FieldInfo | None) -> Raw:
    """Return a value without details that mean nothing: surrounding spaces, and whether a default is written out."""
    value = fields.get(name)
    if value is None and info is not None and not info.is_required():
        value = info.default
    return tidy(value)


def tidy(value: Raw) -> Raw:
    """Return a value from a file without details that mean nothing."""
    match value:
        case StrEnum():
            return value.value
        case str():
            return value.strip()
        case list() | tuple():
            return [tidy(one) for one in value] or None
        case dict():
            return {str(name): tidy(one) for name, one in value.items()}
        case _:
            return value


def plain_value(was: Raw, now: Raw, info: FieldInfo | None, place: tuple[str, ...], path: str) -> Iterator[Difference]:
    """Yield the differences between two plain values; for texts of several sentences, the sentences that differ."""
    if _worded(was, info) == _worded(now, info) and type(was) is not type(now):
        return  # 2007 and “2007” are the same
    if isinstance(was, str) and isinstance(now, str):
        sentences = [split(to_plain(one)) for one in (was, now)]
        if sentences[0] == sentences[1]:
            sentences = [[was], [now]]  # markup
        if max(map(len, sentences)) > 1:
            yield from _sentences(sentences[0], sentences[1], place, path)
            return
    yield Difference(kind=ChangeKind.CHANGED, place=place, was=_worded(was, info), now=_worded(now, info), field=path)


def _sentences(was: list[str], now: list[str], place: tuple[str, ...], path: str) -> Iterator[Difference]:
    for pair in pairs(was, now, lambda _: "the one that is left", str):
        if pair.was is None or pair.now is None:
            kind = ChangeKind.REMOVED if pair.now is None else ChangeKind.ADDED
            yield Difference(kind=kind, place=place, was=quoted(pair.was or ""), now=quoted(pair.now or ""), field=path)
        elif pair.was != pair.now:
            yield Difference(
                kind=ChangeKind.CHANGED, place=place, was=quoted(pair.was), now=quoted(pair.now), field=path
            )
        elif pair.moved:
            was_at, now_at = (f"sentence {(number or 0) + 1}" for number in (pair.was_at, pair.now_at))
            yield Difference(kind=ChangeKind.MOVED, place=(*place, title(pair.now)), was=was_at, now=now_at, field=path)


def label(name: str, info: FieldInfo | None = None) -> str:
    """Return the label of a field: its title in the schema."""
    return (info.title if info else None) or name.replace("_", " ").strip().capitalize()


def title(item: Raw) -> str:
    """Return the title of a list item: its name, or the beginning of its words."""
    name = item.get("name") if isinstance(item, dict) else None  # readers know the name; there may also be an id
    text = (
        (to_plain(name) if isinstance(name, str) else None)
        or key_of(item)
        or (_says(item) if isinstance(item, dict) else "")
        or described(item, None)
    )
    return quoted(_short(text.strip("“”")))


def _says(item: Mapping[str, Raw]) -> str:
    """Return the words of a statement, without its markup."""
    return next((to_plain(str(item[name])) for name in WORDS if isinstance(item.get(name), str)), "")


def _short(text: str) -> str:
    if len(text) <= _LONG:
        return text
    return text[:_LONG].rpartition(" ")[0].rstrip(" ,;:.") + "…"


def key_of(item: Raw) -> str | None:
    """Return the key that tells an item from the others in its list; None if it has none."""
    if not isinstance(item, dict):
        return None
    if "id" in item:
        return str(item["id"])
    return next((to_plain(str(item[name])) for name in _NAMES if item.get(name)), None)


def item_text(item: Raw) -> str:
    """Return all the words of an item, for comparing it with others."""
    if isinstance(item, dict):
        rest = {name: value for name, value in item.items() if name not in {*WORDS, "source"}}
        return f"{_says(item)} {json.dumps(rest, ensure_ascii=False, sort_keys=True, default=str)}"
    return str(item)


def described(item: Raw, model: type[BaseModel] | None, info: FieldInfo | None = None) -> str:
    """Return an item in full, for a sentence that says that it was added or removed."""
    if item is None:
        return NOTHING
    if isinstance(item, list):
        return wording.joined([described(one, model, info) for one in item])
    if not isinstance(item, dict):
        return _worded(item, info)
    infos = {one: field_at(model, (one,)) if model else None for one in item}
    says = {one: _worded(value, infos[one]) for one, value in item.items() if isinstance(value, str | int | float)}
    name = next((one for one in _NAMES if one in says), "")
    head = ": ".join(filter(None, (says.get(name, ""), *(says.get(one, "") for one in WORDS))))
    details = [
        f"{label(one, infos[one]).lower()}: {said}"
        for one, said in says.items()
        if one not in {name, *WORDS, "source"} and said
    ]
    return f"{head} ({', '.join(details)})" if head and details else head or ", ".join(details)


def _worded(value: Raw, info: FieldInfo | None) -> str:
    """Return a plain value as a person would write it."""
    match value:
        case None:
            return NOTHING
        case bool():
            return "yes" if value else "no"
        case int() if info is not None and info.description == _pounds():
            return wording.pounds(value)
        case int() | float():
            return f"{value:,}" if abs(value) >= 10_000 else str(value)
    text = str(value)
    if info is not None and "When" in str(info.annotation):
        try:
            return When(text).text
        except ValueError:
            pass
    return quoted(to_plain(text) or text)


@cache
def _pounds() -> str | None:
    return next(one.description for one in get_args(Pounds) if isinstance(one, FieldInfo))


def quoted(text: str) -> str:
    return f"“{text}”" if text else NOTHING
