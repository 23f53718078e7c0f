"""Names in a part, as its schema marks them: the names that it has, and the names of other records that it uses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from macros.model.base import Model, Names, Sourced, Unique
from macros.reading.partial_records import Part, PartialPart, model_of
from macros.schema.fields import model_at


class Identity(NamedTuple):
    """A name that tells a part from others, and where it stands."""

    unique: Unique
    name: str
    where: str
    among: tuple[object, ...]
    """The scope of the name: parts with the same scope must have different names."""


def references(part: Part, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the path and name of each reference to a record of `kind`. Sources, as every part has them, are left out.

    >>> [*references(guide.standard("na-1"), "principles")]  # doctest: +SKIP
    [('principles.0', 'g1')]
    """
    for name, is_list in naming_fields(model_of(part), kind):
        value = _items(part, name) if is_list else _value(part, name)
        if is_list and isinstance(value, tuple):
            yield from ((f"{name}.{number}", one) for number, one in enumerate(value) if isinstance(one, str))
        elif isinstance(value, str):
            yield name, value


@cache
def naming_fields(model: type[BaseModel], kind: str) -> tuple[tuple[str, bool], ...]:
    """Return the fields of a model that name records of `kind`, and whether each is a list of names."""
    found = []
    for name, info in model.model_fields.items():
        is_list = get_origin(info.annotation) is tuple
        marks = [*info.metadata, *_marks(info.annotation)]
        if name != "source" and Names(kind) in marks:
            found.append((name, is_list))
    return tuple(found)


def kinds_named(info: FieldInfo) -> tuple[str, ...]:
    """Return the kinds of records that a field names."""
    return tuple(one.kind for one in (*info.metadata, *_marks(info.annotation)) if isinstance(one, Names))


def identities(part: Part) -> Iterator[Identity]:
    """Yield the identities of a part, and of everything inside it that cannot have sources itself."""
    for name, unique, inner in unique_fields(model_of(part)):
        if not inner:
            if named := _named(part, name, unique):
                yield Identity(unique, named, part.at(name), _among(part, name, unique))
            continue
        value = _items(part, name)
        for number, item in enumerate(value if isinstance(value, tuple) else ()):
            if isinstance(item, Model) and (named := _named(item, inner, unique)):
                where = part.at(f"{name}.{number}.{inner}")
                yield Identity(unique, named, where, _among(part, f"{name}.{inner}", unique))


@cache
def unique_fields(model: type[Sourced]) -> tuple[tuple[str, Unique, str], ...]:
    """Return each field of a model that must be unique, with its mark.

    The third of each is "", or the name of the marked field in the items of the first.
    """
    found = []
    for name, info in model.model_fields.items():
        found += [(name, mark, "") for mark in info.metadata if isinstance(mark, Unique)]
        inner = model_at(model, (name,))
        if inner is not None and not issubclass(inner, Sourced):
            for below, one in inner.model_fields.items():
                found += [(name, mark, below) for mark in one.metadata if isinstance(mark, Unique)]
    return tuple(found)


def _among(part: Part, name: str, unique: Unique) -> tuple[object, ...]:
    record = part.where.partition(":")[0] if unique.within == "record" else ""
    return (unique.page or (model_of(part), name), record)


def _named(part: Model | PartialPart, name: str, unique: Unique) -> str | None:
    first = _value(part, name)
    if first is None or not unique.beside:
        return None if first is None else _said(first)
    rest = [_value(part, field) for field in unique.beside]
    return None if None in rest else f"{_said(first)} ({', '.join(map(_said, rest))})"


def _said(value: object) -> str:
    if type(value) is str:
        return value
    if isinstance(value, Model):
        return ", ".join(f"{name} {getattr(value, name)}" for name in type(value).model_fields)
    return str(value)


def _value(part: Model | PartialPart, name: str) -> object:
    return part.values.get(name) if isinstance(part, PartialPart) else getattr(part, name)


def _items(part: Part, name: str) -> object:
    return part.items.get(name) if isinstance(part, PartialPart) else getattr(part, name)


def _marks(annotation: object) -> Iterator[object]:
    """Yield the marks in an annotation, including those on its items and alternatives."""
    yield from getattr(annotation, "__metadata__", ())
    for one in get_args(annotation):
        yield from _marks(one)
