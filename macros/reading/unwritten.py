"""Placeholders of a new record that nobody has replaced yet: it can be looked at, but not published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from macros.model.vocabulary import TO_WRITE
from macros.reading import plain_files
from macros.reading.problem import Problem
from macros.reading.reader import read
from macros.reading.records import Records


def check(data: Path) -> tuple[Problem, ...]:
    """Return the placeholders left in a folder of data. If there are none, no file is read as data."""
    return tuple(problems(read(data))) if any(map(_holds_mark, data.rglob("*.yml"))) else ()


def _holds_mark(path: Path) -> bool:
    try:
        return plain_files.oddity(path) is None and TO_WRITE.encode() in path.read_bytes()
    except OSError:  # reported where it is read
        return False


def problems(records: Records) -> Iterator[Problem]:
    """Yield each field of whole records that still has a placeholder."""
    for models in records.by_kind.values():
        for model in models:
            for where, text in texts(model, model.where, ":"):
                if TO_WRITE in text:
                    yield records.problem(
                        where,
                        found=f"“{TO_WRITE}”",
                        expected="what the source says",
                        mend="write it; if the source is silent, take the field out, or say so",
                    )


def texts(value: object, where: str, mark: str = ".") -> Iterator[tuple[str, str]]:
    """Yield every text of several words in a record, with its address."""
    if isinstance(value, str):
        if " " in value:
            yield where, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name), f"{where}{mark}{name}")
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from texts(item, f"{where}.{position}")
