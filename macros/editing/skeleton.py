"""New files to fill in, made from the models: each field below its meaning, and commented out if it is optional."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from macros.editing.yaml_layout import written
from macros.model.base import OURS, Record
from macros.model.holdings import HOLDINGS
from macros.model.trust import Gap
from macros.model.vocabulary import NOT_MENTIONED, TO_WRITE, Fit, Lifecycle
from macros.schema.fields import enum_at, model_at

_UNKNOWN = (
    NOT_MENTIONED,
    "not reported",
    "none mentioned",
    "draft not sent",
    Fit.DISCUSSED.value,
    Lifecycle.UNKNOWN.value,
)


HEAD = """\
{modeline}
## {name}. Replace each “{to_write}” and check each fixed word.
## A line with ## says what comes below it. A line with # may be left out: take the # away to use it.
## When you have done, delete all the lines with # but the first, which gives you hints as you type.
"""
SOURCE = """
## {about_source}
source: {source}
"""


class SkeletonError(Exception):
    """Nothing was made; the text says why."""


def lines(
    model: type[BaseModel],
    known: Mapping[str, object] = MappingProxyType({}),
    wanted: Collection[str] = (),
    left_out: Collection[str] = (),
) -> Iterator[str]:
    """Yield the lines of one object: each field below its meaning, and behind a # if it is optional.

    `known` are the values of some fields, and `wanted` the optional fields that are written out all the same.
    """
    skipped = {*_skipped(model), *left_out}
    for name, field in model.model_fields.items():
        if name in skipped:
            continue
        if issubclass(model, Record):
            yield ""
        yield from textwrap.wrap(_explained(field), 100, initial_indent="## ", subsequent_indent="## ")
        inner = model_at(model, (name,))
        if name in known or not inner:
            made = _plain(name, known.get(name, beginning(field)))
        else:
            made = _object(name, field, inner, field.is_required() or name in wanted)
        yield from made if name in known or name in wanted or field.is_required() else _commented(made)


def _skipped(model: type[BaseModel]) -> set[str]:
    """Return the fields that files of a model never have, and `source`, which the head of a file explains."""
    return {"source", *(name for one in HOLDINGS if one.model is model for name in one.derived)}


def _object(name: str, field: FieldInfo, inner: type[BaseModel], whole: bool) -> Iterator[str]:
    if not _is_list(field):
        yield f"{name}:"
        yield from (f"  {line}" for line in (lines(inner) if whole else _examples(inner)))
        return
    example = [f"{name}:", *(f"  {'  ' if n else '- '}{line}" for n, line in enumerate(_examples(inner)))]
    if field.is_required():
        yield f"{name}: []"
        example.insert(0, "# With items, in place of the line above:")
        yield example.pop(0).replace("# ", "## ")
        yield from _commented(example)
    else:
        yield from example


def _examples(model: type[BaseModel]) -> Iterator[str]:
    """Yield the plain fields of an object with example values."""
    if issubclass(model, Gap):
        yield f"source: {OURS}"
    for name, field in model.model_fields.items():
        if name not in _skipped(model) and (field.examples or field.is_required()):
            yield from _plain(name, field.examples[0] if field.examples else beginning(field))


def _plain(name: str, value: object) -> Iterator[str]:
    """Yield a field with its value, quoted where YAML needs it."""
    yield from written({name: value}, width=1000).splitlines()


def beginning(field: FieldInfo) -> object:
    """Return the placeholder for a field until somebody knows better."""
    if not field.is_required() and field.examples:
        return field.examples[0]
    words = [str(word.value) for word in enum_at(field)]
    if words:
        return next((word for word in _UNKNOWN if word in words), words[0])
    if field.annotation is bool:
        return False
    return [] if _is_list(field) else TO_WRITE


def _explained(field: FieldInfo) -> str:
    words = ", ".join(str(word.value) for word in enum_at(field))
    return f"{field.description or ''}{f' One of: {words}.' if words else ''}"


def _is_list(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is tuple


def _commented(lines: Iterable[str]) -> Iterator[str]:
    return (f"# {line}" for line in lines)
