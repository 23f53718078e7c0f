"""What is left of a record that does not fit its schema, so that it is checked against other records all the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from macros.explain import meant_field, model_at
from macros.model.base import OURS, Sourced, settle

Path = tuple[str | int, ...]


def without_strangers(model: type[Sourced], raw: dict[str, Any], error: ValidationError) -> Sourced | None:
    """Return a record that was refused for fields which are not known, and lacks nothing without them; else None."""
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


@dataclass
class Remains:
    """What is left of records that do not fit their schemas."""

    whole: list[Sourced] = field(default_factory=list)
    """Parts in which nothing is wrong."""
    torn: list[Sourced] = field(default_factory=list)
    """Parts in which something is. They hold their own values that are right, as they stand in the file; None or
    nothing in the place of others, and of parts inside them, which stand by themselves. The source of what is wrong
    in itself is `ours`, so that nobody is told of it twice."""

    def add(self, model: type[Sourced], raw: dict[str, Any], where: str, error: ValidationError | None) -> None:
        """Add what is left of a record that `model` refused with an error; all of it where there is none."""
        wrong = {tuple(one["loc"]) for one in error.errors(include_url=False)} if error else set()
        # Where a name is misspelt, what it was meant to be is not there.
        wrong |= {(*path[:-1], meant) for path in wrong if path and (meant := meant_field(model, path))}
        if not wrong:
            self.whole.extend(settle(model.model_validate(raw), where))
            return
        touched = {path[:length] for path in wrong for length in range(len(path) + 1)}
        for part, is_whole in _parts(model, raw, (), where, (), touched):
            (self.whole if is_whole else self.torn).append(part)

    def join(self, more: Remains) -> None:
        """Add what is left of other records."""
        self.whole.extend(more.whole)
        self.torn.extend(more.torn)


def _parts(
    model: type[Sourced], raw: object, path: Path, where: str, inherited: tuple[str, ...], touched: set[Path]
) -> Iterator[tuple[Sourced, bool]]:
    """Yield each part, those above first, and whether it is whole. `touched` are the paths to all that is wrong."""
    if path not in touched:
        try:
            found = model.model_validate(raw)
        except ValidationError:  # right only together with what is above it
            return
        yield from ((part, True) for part in settle(found, where, inherited))
        return
    if not isinstance(raw, dict):
        return
    inner: list[tuple[str, type[Sourced]]] = []
    own: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        part_type = model_at(model, (name,))
        if part_type is not None and issubclass(part_type, Sourced):
            inner.append((name, part_type))
            own[name] = None
        else:
            own[name] = _own(raw, name, info, path, touched)
    torn = next(settle(model.model_construct(**own), where, inherited))
    yield torn, False
    for name, part_type in inner:
        value = raw.get(name)
        for item, below in _items(value, name):
            at = torn.at(".".join(map(str, below)))
            yield from _parts(part_type, item, (*path, *below), at, torn.source, touched)


def _items(value: object, name: str) -> Iterable[tuple[object, Path]]:
    """Yield what stands in a field that holds a part or a list of parts, each with its path from the owner."""
    if isinstance(value, list):
        yield from ((item, (name, number)) for number, item in enumerate(value))
    elif value is not None:
        yield value, (name,)


def _own(raw: dict[str, Any], name: str, info: FieldInfo, path: Path, touched: set[Path]) -> Any:
    """Return the value of a field that holds no part, without what is wrong in it."""
    here = (*path, name)
    several = get_origin(info.annotation) is tuple
    instead = (OURS,) if name == "source" else () if several else None
    value = raw.get(name)
    if name not in raw and here not in touched:
        return info.get_default(call_default_factory=True) if not info.is_required() else instead
    if not several:
        return instead if here in touched else value
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or (here in touched and not isinstance(value, list)):
        return instead
    lost = OURS if name == "source" else None
    return tuple(lost if (*here, number) in touched else item for number, item in enumerate(listed))
