"""Reads an earlier state of the data under today's schema, as far as that is possible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from macros.model.holdings import HOLDINGS, Holding
from macros.reading.guide import Guide, load
from macros.reading.problem import DataProblems, Problem
from macros.reading.records import KeyPath, field_path
from macros.reading.yaml_file import Tree
from macros.schema.fields import enum_at, field_at


@dataclass(frozen=True)
class EarlierGuide:
    """An earlier state: its Guide, if it could be made, and notes on what could not be taken over unchanged."""

    guide: Guide | None
    notes: tuple[str, ...] = ()
    """A sentence for each field that today's schema does not know, or needs in addition."""
    problems: tuple[Problem, ...] = ()
    """The reason why there is no Guide."""


def load_older(data: Path, now: Path) -> EarlierGuide:
    """Load a copy of an earlier `data/`, which may be changed in the process; `now` is the present `data/`.

    Fields that today's schema does not know are left out. Fields that it needs are taken from the present state; so are
    fixed words in place of those that it no longer has.
    """
    try:
        return EarlierGuide(load(data))
    except DataProblems:
        notes = tuple(_adapt(data, now))
    try:
        return EarlierGuide(load(data), notes)
    except DataProblems as found:
        return EarlierGuide(None, notes, found.problems)


def _adapt(data: Path, now: Path) -> Iterator[str]:
    """Adapt the files of `data` to today's schema where that is safe; yield a sentence for each change."""
    for holding in HOLDINGS:
        for path in _files(holding, data):
            present = now / path.relative_to(data)
            name = f"data/{path.relative_to(data).as_posix()}"
            if not path.exists():
                if present.exists():
                    path.parent.mkdir(parents=True, exist_ok=True)
                    if holding.shape == "list":
                        path.write_text("[]\n", encoding="utf-8")
                    else:
                        copyfile(present, path)
                    yield f"{name} was not there yet."
            elif path.suffix == ".yml":
                yield from _adapt_file(holding, path, present, name)


def _files(holding: Holding, data: Path) -> Iterator[Path]:
    if holding.is_a_file_each:
        yield from sorted(data.glob(holding.glob))
    else:
        yield data / holding.path


def _adapt_file(holding: Holding, path: Path, present: Path, name: str) -> Iterator[str]:
    value, today = _value(path), _value(present)
    many = holding.shape == "list"
    if not isinstance(value, list if many else dict):
        return
    adapter: TypeAdapter[Any] = TypeAdapter(holding.model)
    changed = False
    for record in value if many else [value]:
        if not isinstance(record, dict):
            continue
        derived = {field: "derived" for field in holding.derived if field != "answers"}
        try:
            adapter.validate_python({**record, **derived})
        except ValidationError as error:
            beside = _twin(record, today, holding.id_field) if many else today
            for details in error.errors(include_url=False):
                at_path = tuple(details["loc"])
                if details["type"] == "extra_forbidden":
                    del _at(record, at_path[:-1])[at_path[-1]]
                    yield f"{name} had the field “{field_path(at_path)}”, which the schema no longer knows."
                elif details["type"] == "missing" and (found := _had(beside, at_path)) is not None:
                    _at(record, at_path[:-1])[at_path[-1]] = found
                    yield f"{name} did not have the field “{field_path(at_path)}” yet, which the schema now needs."
                elif details["type"] == "enum" and isinstance(word := _had(record, at_path), str):
                    _at(record, at_path[:-1])[at_path[-1]] = _word(holding, at_path, _had(beside, at_path))
                    yield f"{name} had the word “{word}” in “{field_path(at_path)}”, which the schema no longer knows."
                else:
                    continue
                changed = True
    if changed:
        path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _word(holding: Holding, path: KeyPath, present: Any) -> str:
    """Return a fixed word for a field whose own is gone: today's or, as today's item may be another, the first."""
    info = field_at(holding.model, path)
    words = [str(word.value) for word in enum_at(info)] if info else []
    return str(present) if present in words or not words else words[0]


def _value(path: Path) -> Any:
    if not path.is_file():
        return None
    tree = Tree.parse(path.name, path.read_text(encoding="utf-8", errors="replace"), [])
    return tree.value if tree else None


def _twin(record: dict[str, Any], many: Any, id_field: str) -> Any:
    rows = many if isinstance(many, list) else []
    return next((one for one in rows if isinstance(one, dict) and one.get(id_field) == record.get(id_field)), None)


def _at(value: Any, path: KeyPath) -> Any:
    for key in path:
        value = value[key]
    return value


def _had(value: Any, path: KeyPath) -> Any:
    try:
        return _at(value, path)
    except (KeyError, IndexError, TypeError):
        return None
