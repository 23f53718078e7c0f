"""Reads an earlier state of the data under today's schema, as far as that is possible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from macros.model.holdings import HOLDINGS, REGION, Holding
from macros.model.trust import AREA_FIELDS
from macros.reading import first_wave, old_layout
from macros.reading.files import files_of
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
    baseline = _put_into_todays_files(data)
    try:
        return EarlierGuide(load(data))
    except DataProblems:
        notes = tuple(_adapt(data, now, baseline))
    try:
        return EarlierGuide(load(data), notes)
    except DataProblems as found:
        return EarlierGuide(None, notes, found.problems)


def _put_into_todays_files(data: Path) -> str:
    """Move the files of `data` that are where guides kept them at first, and return the name of the first wave.

    Nothing is said of that, as nothing is lost.
    """
    names = [f"data/{path.relative_to(data).as_posix()}" for path in data.rglob("*.yml") if path.is_file()]
    texts = {name: (data.parent / name).read_text(encoding="utf-8", errors="replace") for name in names}
    baseline = first_wave.of_text(texts.get(f"data/{REGION.path}", ""))
    found = old_layout.in_todays_files(texts, baseline) if baseline else texts
    for name in texts.keys() - found.keys():
        (data.parent / name).unlink()
    for name, text in found.items():
        if texts.get(name) != text:
            (data.parent / name).parent.mkdir(parents=True, exist_ok=True)
            (data.parent / name).write_text(text, encoding="utf-8")
    return baseline


def _adapt(data: Path, now: Path, baseline: str) -> Iterator[str]:
    """Adapt the files of `data` to today's schema where that is safe; yield a sentence for each change."""
    for holding in HOLDINGS:
        for paths in files_of(data, holding, baseline):
            written = [path for path in paths if path.suffix == ".yml"]
            for path in written or paths:
                present = now / path.relative_to(data)
                if not path.exists() and present.exists():
                    path.parent.mkdir(parents=True, exist_ok=True)
                    if holding.shape == "list":
                        path.write_text("[]\n", encoding="utf-8")
                    else:
                        copyfile(present, path)
                    yield f"{_name(path, data)} was not there yet."
            if written and all(path.exists() for path in written):
                yield from _adapt_files(holding, written, data, now)


def _name(path: Path, data: Path) -> str:
    return f"data/{path.relative_to(data).as_posix()}"


def _adapt_files(holding: Holding, paths: list[Path], data: Path, now: Path) -> Iterator[str]:
    """Adapt the file of a record or of a list of them, or the files that hold one record between them."""
    many = holding.shape == "list"
    values = [_value(path) for path in paths]
    if not all(isinstance(value, list if many else dict) for value in values):
        return
    todays = [_value(now / path.relative_to(data)) for path in paths]
    adapter: TypeAdapter[Any] = TypeAdapter(holding.model)
    value, today = values[0], todays[0]
    if len(paths) > 1:
        value = {name: one for part in values for name, one in part.items()}
        today = {name: one for part in todays if isinstance(part, dict) for name, one in part.items()}
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
                said = _adapted(holding, record, beside, details)
                if said:
                    changed = True
                    yield f"{_name(paths[_file_of(details['loc'], len(paths))], data)} {said}"
    if changed:
        for number, path in enumerate(paths):
            own = value
            if len(paths) > 1:
                own = {name: one for name, one in value.items() if _file_of((name,), len(paths)) == number}
            path.write_text(yaml.safe_dump(own, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _file_of(at_path: KeyPath, files: int) -> int:
    """Return the number of the file, of those that hold a record, that holds a field."""
    return 0 if files == 1 or at_path[0] in AREA_FIELDS else 1


def _adapted(holding: Holding, record: dict[str, Any], beside: Any, details: Any) -> str:
    """Adapt one value of a record, if that is safe, and return what is to be said of it; "" if nothing was done."""
    at_path = tuple(details["loc"])
    if details["type"] == "extra_forbidden":
        del _at(record, at_path[:-1])[at_path[-1]]
        return f"had the field “{field_path(at_path)}”, which the schema no longer knows."
    if details["type"] == "missing" and (found := _had(beside, at_path)) is not None:
        _at(record, at_path[:-1])[at_path[-1]] = found
        return f"did not have the field “{field_path(at_path)}” yet, which the schema now needs."
    if details["type"] == "enum" and isinstance(word := _had(record, at_path), str):
        _at(record, at_path[:-1])[at_path[-1]] = _word(holding, at_path, _had(beside, at_path))
        return f"had the word “{word}” in “{field_path(at_path)}”, which the schema no longer knows."
    return ""


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
