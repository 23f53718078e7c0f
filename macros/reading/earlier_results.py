"""Results that an earlier run made from the very same values, so that one edit does not cost all the work again.

Some steps hang on nothing but a few values: the bytes of a page, or the fields of a document. Their results are kept
under a digest of these values and found by it, so nothing has to tell what changed. They are kept as JSON in the user's
own cache folder (`macros.reading.cache`), for one state of the program.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from macros.reading import cache
from macros.reading.program_state import timeless

MOST_PROJECTS, MOST_BYTES = 3, 256 * 1024 * 1024
"""How many projects are kept, and how much for each."""
ENDING = ".results"

Json = Any
_ByKind = dict[str, dict[str, Json]]
"""Results by their kind, and then by the digest of what they were made from."""


@dataclass
class _Results:
    """The results at hand: those of the run before, and those that this one asked for."""

    before: _ByKind
    now: _ByKind = field(default_factory=dict)


_at_hand: ContextVar[_Results | None] = ContextVar("_at_hand", default=None)


@contextmanager
def at_hand(root: Path) -> Iterator[None]:
    """Have the earlier results of a project at hand for as long as this lasts, and keep the new ones if it ends well.

    Results of a kind that was asked for, and that were not asked for themselves, are forgotten.
    """
    results = _Results(_recall(root))
    outer = _at_hand.set(results)
    try:
        yield
    finally:
        _at_hand.reset(outer)
    kept = results.before | results.now
    if kept != results.before:
        told = {"program": timeless(), "results": kept}
        content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        if len(content) <= MOST_BYTES:
            cache.keep(cache.place(root, ENDING), content, MOST_PROJECTS)


def _recall(root: Path) -> _ByKind:
    """Return what is kept for a project; nothing if it is of another program, or has any other form."""
    content = cache.recall(cache.place(root, ENDING), MOST_BYTES)
    try:
        told = json.loads(content.decode("utf-8", "surrogatepass")) if content else {}
        if told.get("program") == timeless() and all(isinstance(one, dict) for one in told["results"].values()):
            return dict(told["results"])
    except (ValueError, KeyError, AttributeError):
        pass
    return {}


class Key(NamedTuple):
    """The kind of a result, and the digest of everything that it was made from."""

    kind: str
    digest: str


def key_of(kind: str, *made_from: str | bytes) -> Key:
    """Return the key of a result. `made_from` has to hold everything but the program that can make a difference."""
    digest = hashlib.sha256()
    for one in made_from:
        content = one.encode("utf-8", "surrogatepass") if isinstance(one, str) else one
        digest.update(f"{len(content)}:".encode() + content)
    return Key(kind, digest.hexdigest())


def known(key: Key) -> Json:
    """Return an earlier result; None if there is none."""
    results = _at_hand.get()
    if results is None:
        return None
    asked = results.now.setdefault(key.kind, {})
    if key.digest in asked:
        return asked[key.digest]
    found = results.before.get(key.kind, {}).get(key.digest)
    if found is not None:
        asked[key.digest] = found
    return found


def keep(key: Key, result: Json) -> None:
    """Keep a result that `known` did not have. It has to come back from JSON as it is."""
    results = _at_hand.get()
    if results is not None:
        results.now.setdefault(key.kind, {})[key.digest] = result


def once(key: Key, make: Callable[[], Json]) -> Json:
    """Return an earlier result, or else make it and keep it."""
    found = known(key)
    if found is None:
        found = make()
        keep(key, found)
    return found
