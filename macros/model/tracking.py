"""Notes which fields of records a drawing reads, so that it can be used again for as long as none of them changes.

A drawing reads records through templates, and nobody could list by hand what it depends on. So while one is watched,
and only then, `Model.__getattribute__` is replaced by a method that takes notes. At all other times, reading a field
costs nothing more.

Notes of whole records would need no replacement. But the data dictionary shows where each field appears, and lists of
all Trusts read something of every one of them: a changed sentence of one profile concerns 3 of 243 drawings by field,
and 72 by record.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from macros.model.base import Model

FieldRead = tuple[str, str]
"""A field that was read: the address or, for parts without one, the class of its owner; and its name."""

WHOLE = "__dict__"
"""Noted instead of a field where a record is used as a whole: compared, printed or hashed."""


@dataclass
class _Watcher:
    """The sets in which reads are noted at present."""

    seen: set[FieldRead]
    behind: set[FieldRead] | None


_watch: _Watcher | None = None


@contextmanager
def watching(seen: set[FieldRead], behind: set[FieldRead] | None = None) -> Iterator[None]:
    """Note in `seen` which fields of records are read inside this block, but not inside a nested `watching`.

    In `behind`, note what else the result depends on: see `note_dependency`.
    """
    global _watch  # reads happen anywhere below, in templates too, so no object can be handed down to all of them
    outer_read, outer_watch = Model.__dict__.get("__getattribute__"), _watch

    get, add = object.__getattribute__, seen.add  # called a million times, and local names are faster

    def read(self: Model, name: str) -> Any:
        if name[0] != "_":
            add((get(self, WHOLE).get("_where") or type(self).__name__, name))
        elif name == WHOLE and behind is not None:
            behind.add((get(self, WHOLE).get("_where") or type(self).__name__, WHOLE))
        return get(self, name)

    Model.__getattribute__ = read  # type: ignore[method-assign,assignment]
    _watch = _Watcher(seen, behind)
    try:
        yield
    finally:
        _watch = outer_watch
        if outer_read is None:
            del Model.__getattribute__
        else:
            Model.__getattribute__ = outer_read  # type: ignore[method-assign]


def note_dependency(what: str, name: str = "") -> None:
    """Note, for whoever is watching, that the result depends on more than single fields: on a figure, or the history.

    It may have been worked out earlier, in which case using it reads no field. `macros.pages.reuse` tells when it
    changed.
    """
    if _watch is not None and _watch.behind is not None:
        _watch.behind.add((what, name))
