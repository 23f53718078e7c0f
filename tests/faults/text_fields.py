"""The text fields of the schema, and what somebody might write into them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

import yaml
from pydantic import AfterValidator, BaseModel, TypeAdapter
from pydantic.fields import FieldInfo

from macros.model.base import _safe
from macros.model.holdings import HOLDINGS, ROW_TYPES

PAYLOADS: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("payloads.yml").read_text(encoding="utf-8"))
ALL = tuple(payload for many in PAYLOADS.values() for payload in many)


class TextField(NamedTuple):
    """A field of a model that holds words."""

    model: type[BaseModel]
    name: str
    many: bool
    """Whether it is a list of texts."""
    adapter: TypeAdapter[str]

    def accepts(self, text: str) -> bool:
        try:
            self.adapter.validate_python(text)
        except ValueError:
            return False
        return True

    def __str__(self) -> str:
        return f"{self.model.__name__}.{self.name}"


@cache
def text_fields() -> dict[tuple[type[BaseModel], str], TextField]:
    """Return every text field of the schema."""
    return {(one.model, one.name): one for model in models() for one in _of(model)}


@cache
def models() -> tuple[type[BaseModel], ...]:
    """Return every model of the schema."""
    found: dict[type[BaseModel], None] = {}
    left: list[type[BaseModel]] = [holding.model for holding in HOLDINGS] + list(ROW_TYPES.values())
    while left:
        model = left.pop()
        if model not in found:
            found[model] = None
            for field in model.model_fields.values():
                left += [
                    one for one in _leaves(field.annotation) if isinstance(one, type) and issubclass(one, BaseModel)
                ]
    return tuple(found)


def strings(model: type[BaseModel]) -> Iterator[tuple[str, list[Any]]]:
    """Yield each field of a model that holds strings, with what limits them."""
    for name, field in model.model_fields.items():
        for leaf, limits in _strings(field):
            if leaf is str:
                yield name, limits


def _of(model: type[BaseModel]) -> Iterator[TextField]:
    for name, field in model.model_fields.items():
        for leaf, limits in _strings(field):
            if leaf is str and any(isinstance(one, AfterValidator) and one.func is _safe for one in limits):
                many = any(get_origin(one) is tuple for one in _opened(field.annotation))
                stripped = Annotated[str, *limits]  # type: ignore[valid-type]
                yield TextField(model, name, many, TypeAdapter(stripped, config={"str_strip_whitespace": True}))


def _strings(field: FieldInfo) -> Iterator[tuple[Any, list[Any]]]:
    yield from _limited(field.annotation, list(field.metadata))


def _limited(annotation: Any, limits: list[Any]) -> Iterator[tuple[Any, list[Any]]]:
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        flat = [each for one in more for each in (one.metadata if isinstance(one, FieldInfo) else [one])]
        yield from _limited(inner, [*limits, *flat])
    elif get_origin(annotation) in {Union, UnionType, tuple, list}:
        for part in get_args(annotation):
            yield from _limited(part, limits)
    else:
        yield annotation, limits


def _opened(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from _opened(part)


def _leaves(annotation: Any) -> Iterator[Any]:
    return (leaf for leaf, _ in _limited(annotation, []))
