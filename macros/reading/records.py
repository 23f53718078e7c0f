"""Records as they were read, whole or in part, with the place in a file of each of their fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from macros.model.base import Sourced, settle
from macros.model.holdings import Holding
from macros.reading.partial_records import PartialRecords
from macros.reading.problem import Problem

_FIELD = re.compile(r"\w{1,60}")
KeyPath = tuple[str | int, ...]


class Spot(NamedTuple):
    """A place in a file, counted from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True)
class Origin:
    """The place that a record was read from: `find` gives the place of a path inside it."""

    file: str
    find: Callable[[KeyPath], tuple[int, int]]
    prefix: KeyPath = ()
    elsewhere: Mapping[str, Origin] = field(default_factory=dict)
    """The fields of the record that stand in another file than `file`, each with its place."""

    def of(self, path: KeyPath) -> Origin:
        """Return the origin of what is at `path`: this one, unless its field stands in another file."""
        return self.elsewhere.get(str(path[0]), self) if path and self.elsewhere else self

    def spot(self, path: KeyPath = ()) -> Spot:
        own = self.of(path)
        return Spot(own.file, *own.find(own.prefix + path))


@dataclass
class Records:
    """Everything in `data/`, read but not yet checked across files."""

    by_kind: dict[str, list[Sourced]] = field(default_factory=dict)
    """For each kind, such as `trusts`, the models in the order read."""
    parts: list[Sourced] = field(default_factory=list)
    """Every sourced object in every record, with `where` and `source` settled."""
    parts_by_class: dict[type[Sourced], list[Sourced]] = field(default_factory=dict)
    """The same parts by class: a rule is about one class, and there are many parts."""
    origins: dict[str, Origin] = field(default_factory=dict)
    """For each address, such as `trusts/luton`, the place that it was read from."""
    partial: PartialRecords = field(default_factory=PartialRecords)
    """The right parts of records that do not fit their schema, so that they are checked all the same."""
    broken_origins: dict[str, Origin] = field(default_factory=dict)
    """The places that these were read from."""
    repeated: set[str] = field(default_factory=set)
    """Addresses of records whose id another has: that is reported, and they are left out of other comparisons."""
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    """Records that exist but could not be read (`trusts/luton`, or `glossary` for a whole file), so that they are not
    reported as missing."""

    def add(self, holding: Holding, name: str, model: Sourced, origin: Origin) -> None:
        where = f"{holding.kind}/{name}" if name else holding.kind
        self.by_kind.setdefault(holding.kind, []).append(model)
        self.origins[where] = origin
        for part in settle(model, where):
            self.parts.append(part)
            self.parts_by_class.setdefault(type(part), []).append(part)

    def join(self, more: Records) -> None:
        """Add records that were read elsewhere."""
        for kind, models in more.by_kind.items():
            self.by_kind.setdefault(kind, []).extend(models)
        self.parts.extend(more.parts)
        for model, parts in more.parts_by_class.items():
            self.parts_by_class.setdefault(model, []).extend(parts)
        self.origins.update(more.origins)
        self.partial.join(more.partial)
        self.broken_origins.update(more.broken_origins)
        self.repeated.update(more.repeated)
        self.problems.extend(more.problems)
        self.broken.update(more.broken)

    def unread(self, kind: str, name: str) -> bool:
        """Return whether a record exists but could not be read."""
        return not self.broken.isdisjoint({kind, f"{kind}/{name}"})

    def spot(self, where: str) -> Spot:
        """Return the place of an address such as `trusts/luton:governance.bodies.0.kind`."""
        origin, keys = self._origin(where)
        return origin.spot(keys)

    def problem(self, where: str, *, found: str, expected: str, mend: str) -> Problem:
        """Return a problem at an address."""
        origin, keys = self._origin(where)
        return Problem(*origin.spot(keys), field_path(origin.prefix + keys), found, expected, mend)

    def _origin(self, where: str) -> tuple[Origin, KeyPath]:
        record, _, path = where.partition(":")
        keys: KeyPath = tuple(int(key) if key.isdigit() else key for key in path.split(".")) if path else ()
        # A row of a CSV file can be part of a record that is in another file.
        row = f"{record}:{'.'.join(map(str, keys[:2]))}"
        for origins in (self.origins, self.broken_origins):
            if row in origins:
                return origins[row], keys[2:]
            if record in origins:
                return origins[record], keys
        raise KeyError(where)


def field_path(keys: KeyPath) -> str:
    """Return `governance.bodies[2].kind` for a path whose numbers count from 0 (shown from 1).

    It ends before a key that is not the name of a field: the message quotes that.
    """
    text = ""
    for key in keys:
        if isinstance(key, str) and not _FIELD.fullmatch(key):
            break
        text += f"[{key + 1}]" if isinstance(key, int) else f".{key}" if text else str(key)
    return text
