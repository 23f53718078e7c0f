"""What is left of a record that does not fit its schema, so that it is checked against other records all the same."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, NoReturn, get_origin

from pydantic import TypeAdapter, ValidationError

from macros.explain import meant_field, model_at
from macros.model.base import OURS, Sourced, settle
from macros.problems import MAX_TOLD

Path = tuple[str | int, ...]


def without_strangers(model: type[Sourced], raw: dict[str, Any], error: ValidationError) -> Sourced | None:
    """Return a record that was refused for fields which are not known, and lacks nothing without them; else None."""
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


class NotThere(Exception):
    """Something was asked of a part that is not in it, or not as it should be."""


class _Nothing:
    """Stands where a value is missing or wrong. Nobody can say anything of it, but that it was to be there."""

    def _refuse(self, *_: object) -> NoReturn:
        raise NotThere

    __getattr__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = _refuse
    __bool__ = __len__ = __iter__ = __contains__ = __str__ = __format__ = _refuse


_NOTHING: Any = _Nothing()


@dataclass
class Remains:
    """What is left of records that do not fit their schemas."""

    records: dict[str, list[Sourced]] = field(default_factory=dict)
    """`trusts` → the records. They are torn."""
    whole: list[Sourced] = field(default_factory=list)
    """Parts in which nothing is wrong."""
    torn: list[Sourced] = field(default_factory=list)
    """Parts in which something is, in them or in parts inside them. To use what is wrong or missing raises NotThere; an
    item of a list of words is None. The source of what is wrong in itself is `ours`, so that nobody is told twice."""

    def add(
        self, model: type[Sourced], raw: dict[str, Any], where: str, error: ValidationError | None, kind: str = ""
    ) -> None:
        """Add what is left of a record of a kind that `model` refused with an error; all of it where there is none.

        Where so much is wrong that not all of it is told, nothing is added.
        """
        if error and error.error_count() > MAX_TOLD:
            return
        wrong = {tuple(one["loc"]) for one in error.errors(include_url=False)} if error else set()
        # Where a name is misspelt, what it was meant to be is not there.
        wrong |= {(*path[:-1], meant) for path in wrong if path and (meant := meant_field(model, path))}
        touched = {path[:length] for path in wrong for length in range(len(path) + 1)}
        record = self._part(model, raw, (), where, (), touched)
        if kind and record is not _NOTHING:
            self.records.setdefault(kind, []).append(record)

    def join(self, more: Remains) -> None:
        """Add what is left of other records."""
        self.whole.extend(more.whole)
        self.torn.extend(more.torn)
        for kind, records in more.records.items():
            self.records.setdefault(kind, []).extend(records)

    def _part(
        self,
        model: type[Sourced],
        raw: object,
        path: Path,
        where: str,
        inherited: tuple[str, ...],
        touched: set[Path],
    ) -> Any:
        """Return what is left of the part at `path` and of those in it; `touched` are the paths to what is wrong."""
        if path not in touched:
            try:
                parts = [*settle(model.model_validate(raw), where, inherited)]
            except ValidationError:  # right only together with what is above it
                return _NOTHING
            self.whole.extend(parts)
            return parts[0]
        if not isinstance(raw, dict):
            return _NOTHING
        inner: dict[str, type[Sourced]] = {}
        own: dict[str, Any] = {}
        for name in model.model_fields:
            part_type = model_at(model, (name,))
            if part_type is not None and issubclass(part_type, Sourced) and name in raw:
                inner[name], own[name] = part_type, None
            else:
                own[name] = _own(model, raw, name, path, touched)
        torn = next(settle(model.model_construct(**own), where, inherited))
        self.torn.append(torn)
        for name, part_type in inner.items():
            below = (*path, name)
            value = raw[name]
            torn.__dict__[name] = (
                tuple(
                    self._part(part_type, item, (*below, number), torn.at(f"{name}.{number}"), torn.source, touched)
                    for number, item in enumerate(value)
                )
                if isinstance(value, list)
                else self._part(part_type, value, below, torn.at(name), torn.source, touched)
            )
        return torn


@cache
def _adapter(model: type[Sourced], name: str) -> TypeAdapter[Any]:
    info: Any = model.model_fields[name]
    return TypeAdapter(Annotated[info.annotation, info])


def _own(model: type[Sourced], raw: dict[str, Any], name: str, path: Path, touched: set[Path]) -> Any:
    """Return the value of a field that holds no part, without what is wrong in it."""
    here, info = (*path, name), model.model_fields[name]
    lost, instead = (OURS, (OURS,)) if name == "source" else (None, _NOTHING)
    if here not in touched:
        if name not in raw:
            return instead if info.is_required() else info.get_default(call_default_factory=True)
        try:
            return _adapter(model, name).validate_python(raw[name])
        except ValidationError:
            return instead
    value = raw.get(name)
    if get_origin(info.annotation) is not tuple or not isinstance(value, list):
        return instead
    return tuple(lost if (*here, number) in touched else item for number, item in enumerate(value))
