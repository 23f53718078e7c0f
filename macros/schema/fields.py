"""The fields of the models as a form needs them: the kind of value each takes, and its label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from macros.model.dates import When


def model_at(model: type[BaseModel], path: tuple[str | int, ...]) -> type[BaseModel] | None:
    """Return the model at `path` below `model`, or None."""
    found: type[BaseModel] | None = model
    for key in path:
        if isinstance(key, int) or found is None:
            continue
        field = found.model_fields.get(key)
        found = (
            next(
                (one for one in _types(field.annotation) if isinstance(one, type) and issubclass(one, BaseModel)), None
            )
            if field
            else None
        )
    return found


def field_at(model: type[BaseModel], path: tuple[str | int, ...]) -> FieldInfo | None:
    """Return the field that `path` names below `model`, or None."""
    names = [key for key in path if isinstance(key, str)]
    if not names:
        return None
    owner = model_at(model, tuple(names[:-1]))
    return owner.model_fields.get(names[-1]) if owner else None


def enum_at(field: FieldInfo | None) -> list[Enum]:
    """Return the words that a field is limited to."""
    for one in _types(field.annotation) if field else ():
        if isinstance(one, type) and issubclass(one, Enum):
            return list(one)
    return []


def _types(annotation: Any) -> Iterator[Any]:
    """Yield the types inside an annotation, with unions, lists and `Annotated` unpacked."""
    if get_origin(annotation) in {Union, UnionType, tuple, list} or hasattr(annotation, "__metadata__"):
        for part in get_args(annotation):
            yield from _types(part)
    else:
        yield annotation


PROSE = 200
"""A text that may be longer than this counts as prose and is written as a folded block."""


class FieldKind(StrEnum):
    """The kind of value that a field holds."""

    TEXT = "text"
    LABEL = "label"
    WORD = "word"
    FLAG = "flag"
    NUMBER = "number"
    WHEN = "when"
    LIST = "list"
    SOURCES = "sources"
    OBJECT = "object"
    ITEMS = "items"


@dataclass(frozen=True)
class Field:
    """One field of a model. `words` are those it is limited to; `model` is the model of its object or its items."""

    name: str
    kind: FieldKind
    label: str
    hint: str
    """What it is for, in plain text."""
    required: bool
    words: tuple[str, ...] = ()
    example: str = ""
    model: type[BaseModel] | None = None

    @property
    def model_name(self) -> str:
        """The name of `model`, by which a form finds the fields of an item; "" if there is none."""
        return self.model.__name__ if self.model else ""


@cache
def fields(model: type[BaseModel]) -> tuple[Field, ...]:
    """Return the fields of `model` in its order, but with its source last, as a form shows them."""
    made = [_field(model, name, info) for name, info in model.model_fields.items()]
    return (
        *(one for one in made if one.kind != FieldKind.SOURCES),
        *(one for one in made if one.kind == FieldKind.SOURCES),
    )


def field(model: type[BaseModel], name: str) -> Field | None:
    """Return one field, or None if there is none of that name."""
    return next((one for one in fields(model) if one.name == name), None)


def at(model: type[BaseModel], path: tuple[str | int, ...]) -> Field | None:
    """Return the field that `path` names below `model`, or None; item numbers in the path are skipped."""
    names = [key for key in path if isinstance(key, str)]
    owner = model_at(model, tuple(names[:-1]))
    return field(owner, names[-1]) if names and owner else None


def is_prose(model: type[BaseModel], path: tuple[str | int, ...]) -> bool:
    """Return whether the field at `path` holds sentences."""
    info = field_at(model, path)
    return info is not None and _longest(info.annotation, info.metadata) > PROSE


def label_of(name: str, info: FieldInfo | None = None) -> str:
    """Return the label of a field: the title that the model gives it, or else its name in words."""
    return (info.title if info else None) or name.replace("_", " ").capitalize()


def _field(model: type[BaseModel], name: str, info: FieldInfo) -> Field:
    inner = model_at(model, (name,))
    example = info.examples[0] if info.examples else ""
    return Field(
        name,
        _kind(name, info, inner),
        label_of(name, info),
        re.sub("`([^`]+)`", r"“\1”", info.description or ""),
        info.is_required(),
        tuple(str(word.value) for word in enum_at(info)),
        "" if isinstance(example, bool | list) else str(example),
        inner,
    )


def _kind(name: str, info: FieldInfo, inner: type[BaseModel] | None) -> FieldKind:
    annotation = _without_none(info.annotation)
    if get_origin(annotation) is tuple:
        return FieldKind.ITEMS if inner else FieldKind.SOURCES if name == "source" else FieldKind.LIST
    if inner:
        return FieldKind.OBJECT
    plain = next(_opened(annotation))
    if isinstance(plain, type):
        for base, kind in (
            (Enum, FieldKind.WORD),
            (bool, FieldKind.FLAG),
            (int, FieldKind.NUMBER),
            (When, FieldKind.WHEN),
        ):
            if issubclass(plain, base):
                return kind
    return FieldKind.TEXT if _longest(info.annotation, info.metadata) > PROSE else FieldKind.LABEL


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in {Union, UnionType}:
        return next(one for one in get_args(annotation) if one is not type(None))
    return annotation


def _opened(annotation: Any) -> Iterator[Any]:
    while hasattr(annotation, "__metadata__"):
        annotation = get_args(annotation)[0]
    yield annotation


def _longest(annotation: Any, metadata: Any) -> int:
    """Return the longest text that a field allows, by the limits at any level of its annotation."""
    limits = [0]
    for one in metadata:
        limits.append(getattr(one, "max_length", None) or 0)
        limits += [getattr(inner, "max_length", None) or 0 for inner in getattr(one, "metadata", ())]
    if hasattr(annotation, "__metadata__"):
        limits.append(_longest(get_args(annotation)[0], annotation.__metadata__))
    elif get_origin(annotation) in {Union, UnionType, tuple}:
        limits += [_longest(one, ()) for one in get_args(annotation)]
    return max(limits)
