"""Changes between two waves of evidence, found by rule in the parts that both cover."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pydantic import BaseModel

from macros.history.difference import ChangeKind, Difference
from macros.history.differences import differences
from macros.history.field_words import Raw, key_of
from macros.model.base import Sourced
from macros.model.trust import Trust
from macros.model.vocabulary import NOT_MENTIONED, Unknown
from macros.schema.fields import is_prose

_SILENT = frozenset({NOT_MENTIONED, *map(str, Unknown)})
_NOT_COMPARED = frozenset({"source", "id", "amount", "approximate", "parts"})
"""Fields that are not compared. Sums are among them, as two waves seldom count the same things."""


def wave_changes(was: Trust, now: Trust, fields: tuple[str, ...]) -> list[Difference]:
    """Return the differences in some fields of a Trust between the accounts of two waves.

    Only values that have a name or a fixed form are compared: our own words may differ for other reasons. If the later
    wave does not mention something, that is no change, as it may not have asked.
    """
    before, after = ({name: _plain(getattr(one, name)) for name in fields} for one in (was, now))
    before, after = _alike(before, after)
    return [one for one in differences(before, after, Trust) if _tells(one)]


def _alike(was: Raw, now: Raw) -> tuple[Raw, Raw]:
    """Return two values without those list items that no name identifies as the same thing, or as another."""
    if isinstance(was, dict) and isinstance(now, dict):
        both = {name: _alike(was.get(name), now.get(name)) for name in {**was, **now}}
        old, new = ({name: pair[at] for name, pair in both.items() if pair[at] is not None} for at in (0, 1))
        return old, new
    if isinstance(was, list) or isinstance(now, list):
        items, known = _named(was), {key_of(one) for one in was or []}
        told = {name: one for name, one in _named(now).items() if name in items or name not in known}
        pairs = {name: _alike(items.get(name), one) for name, one in told.items()}
        return [one for one, _ in pairs.values() if one is not None], [one for _, one in pairs.values()]
    return was, now


def _named(items: Raw) -> dict[str, Raw]:
    """Return the items of a list by their names, without those that have no name or share it."""
    names = Counter(map(key_of, items or []))
    return {name: one for one in items or [] if (name := key_of(one)) is not None and names[name] == 1}


def _tells(one: Difference) -> bool:
    """Return whether a difference is a change: silence of the later wave is not."""
    if one.kind in {ChangeKind.REMOVED, ChangeKind.MOVED}:
        return False
    return one.kind is ChangeKind.ADDED or (bool(one.now) and not says_nothing(one.now))


def says_nothing(words: str) -> bool:
    """Return whether a value, as a difference words it, is the fixed word for “not known”."""
    return words.strip("“”") in _SILENT


def _plain(value: object) -> Raw:
    """Return a part as a file would hold it, without sources and sentences, which no rule can compare."""
    if isinstance(value, Sourced):
        return dict(_fields(value))
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _fields(part: Sourced) -> Iterator[tuple[str, Raw]]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name not in _NOT_COMPARED and value is not None and not is_prose(type(part), (name,)):
            yield name, _plain(value)
