"""Keeps the good parts of a record that does not fit its schema, so that they are checked in the same run.

A rule never meets such a record as if it were whole. Its parts in which nothing is wrong are real models. Each part
that has a fault is a `PartialPart`, which is no model: its values are of type `object`, and a rule that needs some of
them asks for a `macros.reading.facets.Facet`, which exists only if all of them are right.
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
    """Return the record without the fields that are not known, if these are all that is wrong with it; else None."""
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
    except (ValidationError, LookupError):  # the latter where a path names more than what is in the file
        return None


@dataclass(frozen=True, eq=False)
class PartialPart:
    """A part of a record with something wrong in it, or in a part inside it. Not a model, and never taken for one."""

    model: type[Sourced]
    """The schema that it does not fit."""
    where: str
    source: tuple[str, ...]
    """Its own sources, or those of the nearest part above; `ours` for one that is not well formed, which is told."""
    values: Mapping[str, object]
    """The fields that are right as a whole, each validated by itself; defaults are among them."""
    items: Mapping[str, tuple[object | None, ...]]
    """The items of each list, validated one by one. A wrong one is None, or a PartialPart if it has fields."""

    def at(self, path: str) -> str:
        """Return the address of something inside this part, as `Sourced.at` does."""
        return f"{self.where}{'.' if ':' in self.where else ':'}{path}"

    @property
    def states_something(self) -> bool:
        """Whether it holds words that a source has to stand behind."""
        makes_statements = self.model.statement is not Sourced.statement
        return makes_statements and any(type(value) is str for value in self.values.values())


Part = Sourced | PartialPart
"""What the few rules about sources, names and ids look at: both kinds have a place and sources."""


def model_of(part: Part) -> type[Sourced]:
    """Return the model that a part is, or should be."""
    return part.model if isinstance(part, PartialPart) else type(part)


@dataclass
class PartialRecords:
    """The good parts of all records that do not fit their schemas."""

    whole: list[Sourced] = field(default_factory=list)
    """Parts in which nothing is wrong."""
    partial: list[PartialPart] = field(default_factory=list)
    """Parts in which something is, those that hold others before these."""

    def add(self, model: type[Sourced], raw: dict[str, Any], where: str, error: ValidationError | None) -> Part | None:
        """Add what is right in a record that `model` refused with an error, and return it; all of it without an error.

        Where so much is wrong that not all of it is told, nothing is added.
        """
        if error and error.error_count() > MAX_TOLD:
            return None
        wrong = {tuple(one["loc"]) for one in error.errors(include_url=False)} if error else set()
        # Where a name is misspelt, the field that was meant is not there: it does not have its default either.
        wrong |= {(*path[:-1], meant) for path in wrong if path and (meant := meant_field(model, path))}
        touched = {path[:length] for path in wrong for length in range(len(path) + 1)}
        return _Sorter(self, touched).part(model, raw, (), where, ())

    def add_rows(self, of: Part | None, name: str, rows: Iterable[Sourced], where: str) -> None:
        """Add rows of a table, which are right, to the record that they belong to as its field `name`."""
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
        """Add what is right in other records."""
        self.whole.extend(more.whole)
        self.partial.extend(more.partial)


@dataclass
class _Sorter:
    """Tells what is right in one record from what is wrong."""

    found: PartialRecords
    touched: set[DataPath]
    """The paths to what is wrong, and to all that it is in."""

    def part(
        self, model: type[Sourced], raw: object, path: DataPath, where: str, inherited: tuple[str, ...]
    ) -> Part | None:
        """Return the part at `path`, after adding it and those in it; None if nothing can be said of it."""
        if path not in self.touched:
            try:
                parts = [*settle(model.model_validate(raw), where, inherited)]
            except ValidationError:  # right only together with what is above it
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
    """Return a value as the schema takes it, or something else instead if it does not."""
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
    """Return what validates one item of a list."""
    return TypeAdapter(get_args(model.model_fields[name].annotation)[0])
