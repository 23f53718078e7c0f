"""What is different between two states of a record, field by field, in the words of a person.

Works on values as they stand in the files, so that a state which an older schema or a mistake shaped can be read too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from macros import wording
from macros.explain import field_at, model_at
from macros.matching import Pair, pairs
from macros.model.base import SLUG, Pounds
from macros.readability import split
from macros.text import to_plain
from macros.when import When

Raw = Any
"""A value as a file holds it: text, number, true or false, nothing, a list, or fields by name."""

NOTHING = ""
_WORDS = ("what", "scope", "narrative")
"""The fields that hold a statement's own words. In a path they go without saying."""
_NAMES = ("name", "term", "title", "place", "label", "requires", "found", "standard", "topic", "action", "question")
_LONG = 90


class Kind(StrEnum):
    """What happened to a value."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class Difference(BaseModel):
    """One thing that is different in a record."""

    model_config = ConfigDict(frozen=True)

    kind: Kind = Field(description="What happened to it.")
    place: tuple[str, ...] = Field(description="Where it stands, in words: the part, the list, the item, the field.")
    was: str = Field(NOTHING, description="What was there, in words; empty if nothing was.")
    now: str = Field(NOTHING, description="What is there, in words; empty if nothing is.")
    field: str = Field(description="The path of the field in the file, such as `training.events[2].when`.")

    is_edited: bool = Field(False, description="Whether what moved was edited as well, which is told by itself.")

    @property
    def is_source(self) -> bool:
        """Whether it is about what a statement rests on."""
        return self.field.rpartition(".")[2] == "source"

    @property
    def list_field(self) -> str:
        """The list that an item was added to or taken from, such as `gaps`; empty for anything else."""
        return self.field.rpartition("[")[0] if self.field.endswith("]") else ""

    def sentence(self) -> str:
        """Return it as one sentence, without the record's name."""
        place = " › ".join(self.place) or "Rows"
        match self.kind:
            case Kind.CHANGED if not self.was:
                return f"{place}: now {self.now}, where nothing was said."
            case Kind.CHANGED if not self.now:
                return f"{place}: was {self.was}, now nothing is said."
            case Kind.CHANGED:
                return f"{place}: was {self.was}, now {stopped(self.now)}"
            case Kind.ADDED:
                return f"{place}: new: {stopped(self.now)}"
            case Kind.REMOVED:
                return f"{place}: taken out: {stopped(self.was)}"
            case Kind.MOVED:
                return f"{place}: {'moved' if self.is_edited else 'only moved,'} from {self.was} to {self.now}."


def stopped(text: str) -> str:
    """Return a text with a full stop, unless it ends a sentence already."""
    return text if text.rstrip("”)*").endswith((".", "?", "!")) else f"{text}."


def differences(
    was: Mapping[str, Raw], now: Mapping[str, Raw], model: type[BaseModel], labels: Mapping[str, str] | None = None
) -> list[Difference]:
    """Return what is different between two states of one record; empty if they mean the same.

    The order of fields, comments, quotation marks and line breaks mean nothing. A field that is left out means its
    default, and a source that is left out that of the part above. `labels` says how sources read.
    """
    return [*_Comparison(labels or {}).fields(dict(was), dict(now), model, (), "")]


def row_differences(
    was: list[Raw], now: list[Raw], model: type[BaseModel], labels: Mapping[str, str] | None = None
) -> list[Difference]:
    """Return what is different between two states of a table, whose rows `model` describes."""
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
        """Yield what is different in fields that stand side by side; `around` is the source of the part above."""
        sources = around
        for name in _names(was, now, model):
            info = model.model_fields.get(name) if model else None
            field = f"{path}.{name}" if path else name
            if name == "source":
                before, after = _source(was), _source(now)
                sources = (before or around[0], after or around[1])
                if (before or after) and sources[0] != sources[1]:
                    yield self._sources(sources, place, field)
                continue
            inner = model_at(model, (name,)) if model else None
            here = place if name in _WORDS and place else (*place, label(name, info))
            yield from self.values(_value(was, name, info), _value(now, name, info), info, inner, here, field, sources)

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
                kind = Kind.ADDED if was is None else Kind.REMOVED
                yield Difference(
                    kind=kind, place=place, was=_described(was, model), now=_described(now, model), field=path
                )
                return
        else:
            yield from _plain(was, now, info, place, path)
            return
        if isinstance(was, list | None) and isinstance(now, list | None) and (was or now):
            yield from self.lists(was or [], now or [], info, model, place, path, around)
        elif isinstance(was, dict) and isinstance(now, dict):
            yield from self.fields(was, now, model, place, path, around)
        elif was != now:
            yield Difference(
                kind=Kind.CHANGED,
                place=place,
                was=_described(was, model),
                now=_described(now, model),
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
        for pair in pairs(was, now, _key, _text):
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
            kind = Kind.REMOVED if pair.now is None else Kind.ADDED
            yield Difference(
                kind=kind,
                place=place,
                was=_described(pair.was, model, info),
                now=_described(pair.now, model, info),
                field=field,
            )
            return
        here = (*place, title(pair.now))
        told: list[Difference] = []
        if isinstance(pair.was, dict) and isinstance(pair.now, dict):
            told = [*self.fields(pair.was, pair.now, model, here, field, around)]
        elif pair.was != pair.now:
            told = [*_plain(pair.was, pair.now, info, place, field)]
        if pair.moved:
            was_at, now_at = (f"place {(number or 0) + 1}" for number in (pair.was_at, pair.now_at))
            yield Difference(kind=Kind.MOVED, place=here, was=was_at, now=now_at, field=field, is_edited=bool(told))
        yield from told

    def _sources(
        self, sources: tuple[tuple[str, ...], tuple[str, ...]], place: tuple[str, ...], field: str
    ) -> Difference:
        was, now = (
            wording.joined([_quoted(self.labels.get(one, one)) for one in source]) or "no source" for source in sources
        )
        return Difference(kind=Kind.CHANGED, place=(*place, "Source"), was=was, now=now, field=field)


# --- values -------------------------------------------------------------------------------------------------------


def _names(was: Mapping[str, Raw], now: Mapping[str, Raw], model: type[BaseModel] | None) -> list[str]:
    """Return the fields of either state, `source` first, then as the schema has them, then those it does not know."""
    known = [*(model.model_fields if model else ())]
    return [*dict.fromkeys(name for name in ("source", *known, *was, *now) if name in was or name in now)]


def _source(fields: Mapping[str, Raw]) -> tuple[str, ...]:
    value = fields.get("source") or ()
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)


def _value(fields: Mapping[str, Raw], name: str, info: FieldInfo | None) -> Raw:
    """Return a value without what means nothing: spaces around it, and whether a default is written out."""
    value = fields.get(name)
    if value is None and info is not None and not info.is_required():
        value = info.default
    return tidy(value)


def tidy(value: Raw) -> Raw:
    """Return a value from a file without what means nothing."""
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


def _plain(was: Raw, now: Raw, info: FieldInfo | None, place: tuple[str, ...], path: str) -> Iterator[Difference]:
    """Yield what is different between two plain values; of a text with several sentences, those that differ."""
    if _worded(was, info) == _worded(now, info) and type(was) is not type(now):
        return  # 2007 and “2007”
    if isinstance(was, str) and isinstance(now, str):
        sentences = [split(to_plain(one)) for one in (was, now)]
        if sentences[0] == sentences[1]:
            sentences = [[was], [now]]  # its markup
        if max(map(len, sentences)) > 1:
            yield from _sentences(sentences[0], sentences[1], place, path)
            return
    yield Difference(kind=Kind.CHANGED, place=place, was=_worded(was, info), now=_worded(now, info), field=path)


def _sentences(was: list[str], now: list[str], place: tuple[str, ...], path: str) -> Iterator[Difference]:
    for pair in pairs(was, now, lambda _: "the one that is left", str):
        if pair.was is None or pair.now is None:
            kind = Kind.REMOVED if pair.now is None else Kind.ADDED
            yield Difference(
                kind=kind, place=place, was=_quoted(pair.was or ""), now=_quoted(pair.now or ""), field=path
            )
        elif pair.was != pair.now:
            yield Difference(kind=Kind.CHANGED, place=place, was=_quoted(pair.was), now=_quoted(pair.now), field=path)
        elif pair.moved:
            was_at, now_at = (f"sentence {(number or 0) + 1}" for number in (pair.was_at, pair.now_at))
            yield Difference(kind=Kind.MOVED, place=(*place, title(pair.now)), was=was_at, now=now_at, field=path)


def label(name: str, info: FieldInfo | None = None) -> str:
    """Return how a field is called: its title in the schema."""
    return (info.title if info else None) or name.replace("_", " ").strip().capitalize()


def title(item: Raw) -> str:
    """Return how an item of a list is called: its name, or the beginning of its words."""
    text = _key(item) or (_says(item) if isinstance(item, dict) else "") or _described(item, None)
    return _quoted(_short(text.strip("“”")))


def _says(item: Mapping[str, Raw]) -> str:
    """Return the words of a statement, without its markup."""
    return next((to_plain(str(item[name])) for name in _WORDS if isinstance(item.get(name), str)), "")


def _short(text: str) -> str:
    if len(text) <= _LONG:
        return text
    return text[:_LONG].rpartition(" ")[0].rstrip(" ,;:.") + "…"


def _key(item: Raw) -> str | None:
    """Return what tells an item from the others in its list."""
    if not isinstance(item, dict):
        return None
    if "id" in item:
        return str(item["id"])
    return next((to_plain(str(item[name])) for name in _NAMES if item.get(name)), None)


def _text(item: Raw) -> str:
    """Return all the words of an item, for telling what it is like."""
    if isinstance(item, dict):
        rest = {name: value for name, value in item.items() if name not in {*_WORDS, "source"}}
        return f"{_says(item)} {json.dumps(rest, ensure_ascii=False, sort_keys=True, default=str)}"
    return str(item)


def _described(item: Raw, model: type[BaseModel] | None, info: FieldInfo | None = None) -> str:
    """Return an item in full, as one would tell somebody that it is there or gone."""
    if item is None:
        return NOTHING
    if isinstance(item, list):
        return wording.joined([_described(one, model, info) for one in item])
    if not isinstance(item, dict):
        return _worded(item, info)
    infos = {one: field_at(model, (one,)) if model else None for one in item}
    says = {one: _worded(value, infos[one]) for one, value in item.items() if isinstance(value, str | int | float)}
    name = next((one for one in _NAMES if one in says), "")
    head = ": ".join(filter(None, (says.get(name, ""), *(says.get(one, "") for one in _WORDS))))
    details = [
        f"{label(one, infos[one]).lower()}: {said}"
        for one, said in says.items()
        if one not in {name, *_WORDS, "source"} and said
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
    return _quoted(to_plain(text) or text)


@cache
def _pounds() -> str | None:
    return next(one.description for one in get_args(Pounds) if isinstance(one, FieldInfo))


def _quoted(text: str) -> str:
    return f"“{text}”" if text else NOTHING


# --- names of other records ---------------------------------------------------------------------------------------

_R = TypeVar("_R")


def followed(value: _R, model: type[BaseModel] | None, names: Mapping[str, str]) -> _R:
    """Return a value with the old names of records that were renamed put into new ones, wherever a name may stand."""
    if not names:
        return value
    return _followed(value, model, None, names)  # type: ignore[no-any-return]


def _followed(value: Raw, model: type[BaseModel] | None, info: FieldInfo | None, names: Mapping[str, str]) -> Raw:
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
        case str() if info is not None and value in names and _holds_names(info):
            return names[value]
        case _:
            return value


def _holds_names(info: FieldInfo) -> bool:
    return SLUG in str(info.metadata) or (get_origin(info.annotation) is tuple and SLUG in str(info.annotation))
