"""Keeps the good parts of a record that does not fit its schema, so that they are checked in the same run.

A rule never takes such a record for a whole one. Parts in which nothing is wrong are real models. Each part that has a
fault is a `PartialPart`, which is not a model: its values are of type `object`, and a rule that needs some of them asks
for a `macros.reading.facets.Facet`, which exists only if all of them are right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from macros.model.base import OURS, Sourced, settle
from macros.reading.problem import MAX_TOLD
from macros.reading.refusals import meant_field
from macros.schema.fields import model_at

DataPath = tuple[str | int, ...]


def without_strangers(model: type[Sourced], raw: dict[str, Any], error: ValidationError) -> Sourced | None:
    """Return the record without its unknown fields, if these are all that is wrong with it; None otherwise."""
    if error.error_count() > MAX_TOLD:
        return None
    errors = error.errors(include_url=False, include_context=False)
    if any(one["type"] != "extra_forbidden" or meant_field(model, one["loc"]) for one in errors):
        return None
    rest = deepcopy(raw)
    try:
        for one in errors:
            *above, name = one["loc"]
            owner: Any = rest
            for key in above:
                owner = owner[key]
            del owner[name]
        return model.model_validate(rest)
    except (ValidationError, LookupError):  # the latter where a path has more names than the file
        return None


@dataclass(frozen=True, eq=False)
class PartialPart:
    """A part of a record with a fault in it, or in a part inside it. It is not a model, and never taken for one."""

    model: type[Sourced]
    """The model that it does not fit."""
    where: str
    source: tuple[str, ...]
    """Its own sources, or those of the nearest part above; `ours` in place of malformed sources, which are reported."""
    values: Mapping[str, object]
    """The fields that are right as a whole, each validated alone; defaults are among them."""
    items: Mapping[str, tuple[object | None, ...]]
    """The items of each list, validated one by one. A wrong item is None, or a PartialPart if it has fields."""

    def at(self, path: str) -> str:
        """Return the address of something inside this part, as `Sourced.at` does."""
        return f"{self.where}{'.' if ':' in self.where else ':'}{path}"

    @property
    def states_something(self) -> bool:
        """Whether it holds words that need a source."""
        makes_statements = self.model.statement is not Sourced.statement
        return makes_statements and any(type(value) is str for value in self.values.values())


Part = Sourced | PartialPart
"""The parts for the few rules about sources, names and ids: both kinds have a place and sources."""


def model_of(part: Part) -> type[Sourced]:
    """Return the model that a part is, or should be, an instance of."""
    return part.model if isinstance(part, PartialPart) else type(part)


@dataclass
class PartialRecords:
    """The good parts of all records that do not fit their schemas."""

    whole: list[Sourced] = field(default_factory=list)
    """Parts without a fault."""
    partial: list[PartialPart] = field(default_factory=list)
    """Parts with a fault; outer parts come before those inside them."""

    def add(self, model: type[Sourced], raw: dict[str, Any], where: str, error: ValidationError | None) -> Part | None:
        """Add the right parts of a record that `model` refused with an error, and return it; without an error, add all.

        Where there are too many errors to report them all, nothing is added.
        """
        if error and error.error_count() > MAX_TOLD:
            return None
        wrong = {tuple(one["loc"]) for one in error.errors(include_url=False)} if error else set()
        # Where a name is misspelt, the field that was meant is missing: it does not have its default either.
        wrong |= {(*path[:-1], meant) for path in wrong if path and (meant := meant_field(model, path))}
        touched = {path[:length] for path in wrong for length in range(len(path) + 1)}
        return _Sorter(self, touched).part(model, raw, (), where, ())

    def add_rows(self, of: Part | None, name: str, rows: Iterable[Sourced], where: str) -> None:
        """Add the rows of a table, which are right, as the field `name` of the record that they belong to."""
        owner = of if isinstance(of, PartialPart) else None
        settled = [
            [*settle(row, f"{where}:{name}.{number}", owner.source if owner else ())] for number, row in enumerate(rows)
        ]
        self.whole.extend(part for parts in settled for part in parts)
        if owner:
            own = tuple(parts[0] for parts in settled)
            values, items = {**owner.values, name: own}, {**owner.items, name: own}
            self.partial[self.partial.index(owner)] = replace(owner, values=values, items=items)

    def join(self, more: PartialRecords) -> None:
        """Add the right parts of other records."""
        self.whole.extend(more.whole)
        self.partial.extend(more.partial)


@dataclass
class _Sorter:
    """Separates the right parts of one record from the wrong ones."""

    found: PartialRecords
    touched: set[DataPath]
    """The paths to all faults, and to everything that contains one."""

    def part(
        self, model: type[Sourced], raw: object, path: DataPath, where: str, inherited: tuple[str, ...]
    ) -> Part | None:
        """Return the part at `path`, after adding it and the parts inside it; None if nothing in it can be used."""
        if path not in self.touched:
            try:
                parts = [*settle(model.model_validate(raw), where, inherited)]
            except ValidationError:  # right only together with what contains it
                return None
            self.found.whole.extend(parts)
            return parts[0]
        if not isinstance(raw, dict):
            return None
        source = self._source(model, raw, path) or inherited
        values: dict[str, object] = {}
        items: dict[str, tuple[object | None, ...]] = {}
        part = PartialPart(model, where, source, values, items)
        self.found.partial.append(part)
        for name in model.model_fields:
            inner = model_at(model, (name,))
            if inner is not None and issubclass(inner, Sourced) and name in raw:
                self._inner(part, inner, raw[name], path, name, values, items)
            elif name != "source":
                self._plain(model, raw, path, name, values, items)
        return part

    def _inner(
        self,
        part: PartialPart,
        inner: type[Sourced],
        raw: object,
        path: DataPath,
        name: str,
        values: dict[str, object],
        items: dict[str, tuple[object | None, ...]],
    ) -> None:
        here = (*path, name)
        if isinstance(raw, list):
            items[name] = tuple(
                self.part(inner, item, (*here, number), part.at(f"{name}.{number}"), part.source)
                for number, item in enumerate(raw)
            )
            value: object = items[name]
        else:
            value = self.part(inner, raw, here, part.at(name), part.source)
        if isinstance(value, Sourced) or (isinstance(value, tuple) and all(isinstance(one, Sourced) for one in value)):
            values[name] = value

    def _plain(
        self,
        model: type[Sourced],
        raw: dict[str, Any],
        path: DataPath,
        name: str,
        values: dict[str, object],
        items: dict[str, tuple[object | None, ...]],
    ) -> None:
        """Keep a field that holds no part that can have sources."""
        info = model.model_fields[name]
        if name in raw:
            if isinstance(raw[name], list) and get_origin(info.annotation) is tuple:
                items[name] = tuple(_valid(_item_adapter(model, name), item, None) for item in raw[name])
            value = _WRONG if (*path, name) in self.touched else _valid(_adapter(model, name), raw[name], _WRONG)
            if value is not _WRONG:
                values[name] = value
        elif not info.is_required() and (*path, name) not in self.touched:
            values[name] = default = info.get_default(call_default_factory=True)
            if isinstance(default, tuple):
                items[name] = default

    def _source(self, model: type[Sourced], raw: dict[str, Any], path: DataPath) -> tuple[str, ...]:
        here, value = (*path, "source"), raw.get("source")
        if here not in self.touched and value is None:
            return ()
        written = value if isinstance(value, list) else [value]
        return tuple(str(_valid(_item_adapter(model, "source"), item, OURS)) for item in written)


_WRONG = object()


def _valid(adapter: TypeAdapter[object], value: object, instead: object) -> object:
    """Return a value as the schema converts it; if it does not fit, return a marker instead."""
    try:
        return adapter.validate_python(value)
    except ValidationError:
        return instead


@cache
def _adapter(model: type[Sourced], name: str) -> TypeAdapter[object]:
    info: Any = model.model_fields[name]
    return TypeAdapter(Annotated[info.annotation, info])


@cache
def _item_adapter(model: type[Sourced], name: str) -> TypeAdapter[object]:
    """Return the validator of one item of a list."""
    return TypeAdapter(get_args(model.model_fields[name].annotation)[0])
