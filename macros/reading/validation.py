"""Turns raw values into records or, if they have faults, into their right parts, and reports each fault's place."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from macros.model.base import Sourced
from macros.model.holdings import ROW_TYPES, Holding
from macros.reading.data_files import DataFiles, described
from macros.reading.partial_records import Part, without_strangers
from macros.reading.problem import Problem, at_most
from macros.reading.records import Origin, field_path
from macros.reading.refusals import explain


def validate(
    files: DataFiles, holding: Holding, raw: Any, origin: Origin, derived: dict[str, str], *, spare: bool = False
) -> Part | None:
    """Return a record, after reporting its problems. If it has faults, return its right parts, or None.

    `raw` are its values, as they stand at `origin`. A spare record is only looked at, and not returned.
    """
    if not isinstance(raw, dict):
        files.records.problems.append(
            Problem(
                *origin.spot(),
                field_path(origin.prefix),
                described(raw),
                "fields, each a name, a colon and a value",
                "write the fields, one a line",
            )
        )
        return None
    wrong = [name for name in holding.derived if name in raw]
    for name in wrong:
        files.records.problems.append(
            Problem(
                *origin.spot((name,)),
                name,
                f"the field “{name}”",
                "no such field: it is taken from the file's name or another file",
                "delete the line",
            )
        )
    whole = {**{name: value for name, value in raw.items() if name not in wrong}, **derived}
    model, error = None, None
    try:
        model = holding.model.model_validate(whole)
    except ValidationError as refused:
        error = refused
        refuse(files, error, holding.model, origin)
        model = without_strangers(holding.model, whole, error)
    if model is None or spare:
        where = "/".join(map(str, (origin.file, *origin.prefix)))
        partial = keep_partial(files, holding.model, whole, where, origin, error)
        if spare:
            files.records.repeated.add(where)
            return None
        return partial
    return model


def keep_partial(
    files: DataFiles,
    model: type[Sourced],
    raw: dict[str, Any],
    where: str,
    origin: Origin,
    error: ValidationError | None,
) -> Part | None:
    """Keep the right parts of a record with faults, so that rules can look at them; return None if nothing is right."""
    files.records.broken_origins[where] = origin
    return files.records.partial.add(model, raw, where, error)


def refuse(files: DataFiles, error: ValidationError, model: type[Sourced], origin: Origin) -> None:
    """Report the faults in a record's values, each at its place."""
    refusals = explain(error, model, cells=model in ROW_TYPES.values())
    files.records.problems.extend(
        at_most(
            Problem(
                *origin.spot(told.path), field_path(origin.prefix + told.path), told.found, told.expected, told.mend
            )
            for told in refusals
        )
    )
