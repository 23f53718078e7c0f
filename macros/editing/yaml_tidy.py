"""Mends everything that can be mended without doubt: layout, never meaning; and comments are left untouched.

Each kind of mending is tried on its own on the whole file. If the file would then have another meaning, or lack a
comment, that kind is left out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from macros.editing.yaml_layout import (
    CannotMend,
    comments,
    node_at,
    ordered,
    scalars,
    spaced,
    tree_of,
    unquoted,
    wrapped,
)
from macros.editing.yaml_scalars import same
from macros.model.base import Sourced
from macros.model.holdings import ANSWERS, DERIVED_COLUMNS, HOLDINGS, REGION
from macros.model.survey import Answer
from macros.model.wording import count
from macros.reading import csv_file, first_wave, plain_files, project_files
from macros.reading.file_text import BOM, UTF_8, decoded, encoding_of
from macros.reading.files import MAX_BYTES, files_of
from macros.reading.row_reader import date_fields


@dataclass(frozen=True, order=True)
class Mended:
    """One place that was mended: the file, the line before, and the kind of mending."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


def mend(data: Path) -> tuple[Mended, ...]:
    """Mend all files of `data` and return the places that were mended. Either all files are written, or none.

    Files that cannot be read as YAML or CSV are left as they are: `guide check` reports their faults. Raises CannotMend
    if a file cannot be written.
    """
    new: dict[Path, project_files.NewContent] = {}
    told: list[Mended] = []
    try:
        with project_files.writing(data.parent) as writer:
            for path, model in _files(data):
                raw = _raw(path, data)
                text = None if raw is None else decoded(raw)
                if raw is None or text is None:
                    continue
                name = path.relative_to(data.parent).as_posix()
                is_table = path.suffix == ".csv"
                mended, done = mended_csv(name, text, model) if is_table else mended_yaml(name, text, model)
                content = mended.encode("utf-8")
                if content != raw:
                    new[path] = project_files.NewContent(content, raw)
                    told += done
                    if (encoding := encoding_of(raw)) != UTF_8:
                        told.append(Mended(name, 1, f"converted it from {encoding} to UTF-8"))
            writer.replace_all(new)
    except OSError as error:
        raise CannotMend(f"nothing was mended: {error.strerror or error}{_at(error)}") from None
    return tuple(sorted(set(told)))


def _at(error: OSError) -> str:
    return f" ({error.filename})" if error.filename else ""


def by_cause(mended: Iterable[Mended]) -> Iterator[str]:
    """Yield a line for each kind of mending in each file."""
    causes: dict[tuple[str, str], list[int]] = {}
    for one in mended:
        causes.setdefault((one.file, one.what), []).append(one.line)
    for (file, what), lines in causes.items():
        more = f" (and {count(len(lines) - 1, 'line')} more like it)" if len(lines) > 1 else ""
        yield f"{Mended(file, min(lines), what)}{more}"


def _files(data: Path) -> Iterator[tuple[Path, type[Sourced]]]:
    """Yield each file of the layout with the model of its content, or of one of its rows."""
    region = data / REGION.path
    baseline = first_wave.of_text(decoded(_raw(region, data) or b"") or "")
    for holding in HOLDINGS:
        path = data / holding.path
        if not holding.is_a_file_each:
            yield path, holding.model
            continue
        for files in files_of(data, holding, baseline):
            yield from ((file, holding.model) for file in files if file.suffix == ".yml")
        if holding.rows:
            yield from ((file, holding.rows[1]) for file in sorted(path.glob("*.csv")))
        if holding.shape == "wave":
            yield from ((file, Answer) for file in sorted(path.glob(f"*/{ANSWERS}")))


def _raw(path: Path, data: Path) -> bytes | None:
    if not plain_files.is_plain(path, data.parent) or path.stat().st_size > MAX_BYTES:
        return None
    return path.read_bytes()


# --- one file -----------------------------------------------------------------------------------------------------

_Step = Callable[[str], str]


def mended_yaml(file: str, text: str, model: type[BaseModel]) -> tuple[str, list[Mended]]:
    """Return a YAML file mended, with the places that were mended; the same text if it cannot be read."""

    def means(one: str) -> Any:
        tree = tree_of(one.removeprefix(BOM))
        return None if tree is None else (tree.value, comments(one.removeprefix(BOM)))

    steps: tuple[tuple[str, _Step], ...] = (
        *_PLAIN_STEPS,
        ("took out spaces at the end of the line", _without_trailing_outside_texts),
        ("took out needless blank lines", lambda one: re.sub(r"\n(?:[ \t]*\n){3,}", "\n\n\n", one)),
        ("took out spaces that line nothing up", spaced),
        # A field that moves to the end may bring the blank lines below it.
        ("put the fields in the order of the schema", lambda one: ordered(one, model).rstrip("\n") + "\n"),
        ("took out needless quotation marks", unquoted),
        ("broke a long line", wrapped),
    )
    return _mended(file, text, steps, means)


def mended_csv(file: str, text: str, model: type[Sourced] | None = None) -> tuple[str, list[Mended]]:
    """Return a CSV file mended, with the places that were mended; the same text if it cannot be read.

    With the model of its rows, changes that spreadsheet programs made to its cells are undone too.
    """

    def means(one: str) -> Any:
        try:
            rows = list(csv.reader(one.removeprefix(BOM).splitlines(), strict=True))
        except csv.Error:
            return None
        return ([[cell.strip() for cell in row] for row in rows if any(row)], [])

    told: list[Mended] = []
    if model is not None:
        text, told = _undone(file, text, model)
    steps = (*_PLAIN_STEPS, ("took out blank lines", lambda one: re.sub(r"\n(?:[ \t]*\n)+", "\n", one)))
    new, done = _mended(file, text, steps, means)
    return new, told + done


def _undone(file: str, text: str, model: type[Sourced]) -> tuple[str, list[Mended]]:
    """Undo the changes of spreadsheet programs to the cells of a table, unless it cannot be read in full."""
    known, dates = {*model.model_fields, *DERIVED_COLUMNS.get(model, ())}, date_fields(model)
    bare = text.removeprefix(BOM)
    was, plain = csv_file.read(bare, known, dates), csv_file.read(bare, known)
    if was.slips or was.above or was.header != 1:
        return text, []
    new = csv_file.written(was)
    if _stripped(new) == _stripped(bare) and new.count('"') >= bare.count('"'):
        return text, []
    causes = {
        "put commas between the cells": was.delimiter != ",",
        "wrote dates as all dates here are written": was.rows != plain.rows,
        "took out needless quotation marks and empty cells": was.delimiter == "," and was.rows == plain.rows,
    }
    return new, [Mended(file, 1, what) for what, is_so in causes.items() if is_so]


def _stripped(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in row] for row in csv.reader(text.splitlines()) if any(row)]


def _mended(
    file: str, text: str, steps: Iterable[tuple[str, _Step]], means: Callable[[str], Any]
) -> tuple[str, list[Mended]]:
    meaning = means(text)
    if meaning is None:
        return text, []
    told: list[Mended] = []
    lines = list(range(1, text.count("\n") + 2))  # the former numbers of the lines
    for what, step in steps:
        new = step(text)
        after = means(new) if new != text else None
        if after is None or not same(list(after), list(meaning)):
            continue
        changed, lines = _followed(text, new, lines)
        told += [Mended(file, line, what) for line in changed]
        text = new
    return text, told


def _followed(old: str, new: str, lines: list[int]) -> tuple[list[int], list[int]]:
    """Return the old numbers of the lines that changed, and of the lines that exist now."""
    before, after = old.split("\n"), new.split("\n")
    if len(before) == len(after) and sorted(before) != sorted(after):
        return [line for line, one, other in zip(lines, before, after, strict=True) if one != other], lines
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    moved = {before[at]: lines[at] for kind, start, end, *_ in opcodes if kind != "equal" for at in range(start, end)}
    changed: list[int] = []
    brought: list[int] = []
    numbers: list[int] = []
    for kind, start, end, first, last in opcodes:
        if kind == "equal":
            numbers += lines[start:end]
            continue
        at = lines[min(start, len(lines) - 1)]
        (brought if kind == "insert" else changed).append(at)
        numbers += [moved.get(after[number], at) for number in range(first, last)]
    return changed or brought, numbers  # lines that moved are reported at their old place


def _without_trailing(text: str) -> str:
    return re.sub(r"[ \t]+(?=\r?\n|\Z)", "", text)


def _without_trailing_outside_texts(text: str) -> str:
    """Remove spaces at the ends of lines, except in blocks of text, where they are part of the text."""
    node = node_at(text)
    lines = text.split("\n")
    inside: set[int] = set()
    for scalar in scalars(node) if node else ():
        if scalar.style in {"|", ">"}:
            inside.update(range(scalar.start_mark.line + 1, scalar.end_mark.line + 1))
    return "\n".join(line if number in inside else _without_trailing(line) for number, line in enumerate(lines))


_PLAIN_STEPS: tuple[tuple[str, _Step], ...] = (
    ("took out the byte order mark", lambda text: text.removeprefix(BOM)),
    ("made the ends of lines those of all other files", lambda text: re.sub(r"\r\n?", "\n", text)),
    ("took out spaces at the end of the line", _without_trailing),
    ("ended the file with one line end", lambda text: f"{text.rstrip()}\n"),
)
