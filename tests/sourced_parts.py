"""What in a record has a source of its own."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from macros.model.base import Sourced


def statements(part: BaseModel) -> Iterator[Sourced]:
    """Yield everything in a record that has a source of its own, the record itself aside."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Sourced):
                yield one
            if isinstance(one, BaseModel):
                yield from statements(one)
