"""Typed views of parts: just the fields that one rule needs, each with its type, from a whole part or a partial one."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple, Self, get_args, get_origin

from pydantic import BaseModel, ConfigDict

from macros.model.base import Model, Sourced
from macros.reading.partial_records import PartialPart


class Facet(BaseModel):
    """Some fields of a part, for a rule that needs no others.

    A subclass names them as the model does, with their types there. A field that holds parts is described by a facet of
    those: `tuple[Share, ...]`, or `Share | None`. A facet of a partial part exists only if all of its fields are right;
    so a rule never has to ask, and mypy refuses any field that the facet does not have.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    where: str

    def at(self, path: str) -> str:
        """Return the address of something inside the part, as `Sourced.at` does."""
        return f"{self.where}{'.' if ':' in self.where else ':'}{path}"

    @classmethod
    def of(cls, part: Model | PartialPart, where: str = "") -> Self | None:
        """Return this facet of a part, or None if one of its fields is wrong or missing.

        `where` is the address of a part that does not know its own.
        """
        if isinstance(part, Sourced | PartialPart):
            where = part.where
        found: dict[str, object] = {"where": where}
        for name, inner, is_list in _described(cls):
            if isinstance(part, PartialPart):
                held = part.items if is_list and inner else part.values
                if name not in held:
                    return None
                value: object = held[name]
            else:
                value = getattr(part, name)
            if inner is not None:
                here = f"{where}{'.' if ':' in where else ':'}{name}"
                value = _inner(inner, value, here)
                if value is _MISSING:
                    return None
            found[name] = value
        return cls.model_validate(found)


class _Described(NamedTuple):
    name: str
    inner: type[Facet] | None
    """The facet that describes the parts in this field."""
    is_list: bool


_MISSING = object()


@cache
def _described(facet: type[Facet]) -> tuple[_Described, ...]:
    return tuple(
        _Described(name, _facet_in(info.annotation), get_origin(info.annotation) is tuple)
        for name, info in facet.model_fields.items()
        if name != "where"
    )


def _facet_in(annotation: Any) -> type[Facet] | None:
    for one in (annotation, *get_args(annotation)):
        if isinstance(one, type) and issubclass(one, Facet):
            return one
    return None


def _inner(facet: type[Facet], value: object, where: str) -> object:
    """Return facets in place of the parts that a field holds; _MISSING if one of those has no facet."""
    if value is None:
        return None
    if isinstance(value, tuple):
        made = tuple(_inner(facet, item, f"{where}.{number}") for number, item in enumerate(value))
        return _MISSING if any(one is _MISSING or one is None for one in made) else made
    if isinstance(value, Model | PartialPart):
        return facet.of(value, where) or _MISSING
    return _MISSING
