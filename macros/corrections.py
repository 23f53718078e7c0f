"""Corrections that people send: understood, checked by the schema, tried on a copy, and written only if all is well."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError

from macros import fields, pages, wording
from macros.build import Project
from macros.explain import explain, field_at, shown
from macros.fields import Kind
from macros.guide import load
from macros.model.base import OURS, Model, Sourced
from macros.model.layout import HOLDINGS, Holding
from macros.problems import DataProblems, Problem, did_you_mean
from macros.read import KeyPath, Records, Tree, read
from macros.rewrite import CannotRewrite, Change, rewritten, same, with_change
from macros.text import hidden, without_hidden
from macros.when import When

MAX_BYTES = 256 * 1024
MAX_STEPS = 100
NOT_GIVEN = "not given"

_ABSENT = object()


class Refused(Exception):
    """Nothing was changed; each of `reasons` says why, in plain words."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = tuple(without_hidden(reason) for reason in reasons)
        super().__init__("\n".join(self.reasons))


class Step(Model):
    """One change as a form sends it. Numbers in a path count from 0; values may be words as people write them."""

    op: Literal["set", "add", "remove"]
    path: tuple[int | str, ...] = Field(min_length=1, max_length=20)
    value: Any = None
    was: Any = _ABSENT
    """What the form showed before the change. Left out, nobody looked."""


class Correction(Model):
    """Changes of one record, and the section that they rest on."""

    record: str = Field(min_length=1, max_length=200)
    """Such as `trusts/luton`."""
    changes: tuple[Step, ...] = Field(min_length=1, max_length=MAX_STEPS)
    source: str = Field(min_length=1, max_length=500)
    """A section's reference or title, as the guide shows it."""


@dataclass(frozen=True)
class Done:
    """One change that was made: the file and line, the place in words, what it said and what it says."""

    file: str
    line: int
    words: str
    was: str
    now: str
    """Empty for what was taken out."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words}: {self.what}"

    @property
    def what(self) -> str:
        """The change alone: `was 2; now 3`."""
        if not self.now:
            return f"taken out; it was {self.was}"
        return f"was {self.was}; now {self.now}" if self.was else f"added {self.now}"


def sent(value: object) -> Correction:
    """Return what a form sent as a correction; raises Refused."""
    try:
        return Correction.model_validate(value)
    except ValidationError as error:
        raise Refused(
            *(f"The form is not filled in as it should be: {one['msg']}." for one in error.errors())
        ) from None
    except RecursionError:
        raise Refused("What the form sent is nested too deep.") from None


def apply(project: Project, correction: Correction) -> tuple[Done, ...]:
    """Make a correction in the file of its record and return what was done.

    The new file is tried on a copy of the data first, with the checks of `guide check`. Raises Refused, and then no
    file has changed.
    """
    record = _Record.find(project, correction.record)
    source = resolved(record.records, correction.source)
    changes: list[Change] = []
    told: list[tuple[KeyPath, str, str, str]] = []
    value = record.value
    for step in correction.changes:
        change = record.change(step, value)
        if change.op == "set" and same(_at(value, change.path), change.value):
            continue
        was = "" if change.op == "add" else said(_at(record.effective, change.path))
        words = place(record.model, value, change.path, record.title)
        told.append((change.path, words, was, "" if change.op == "remove" else said(change.value)))
        for one in (change, *record.source_change(change, value, source, correction.changes)):
            changes.append(replace(one, path=(*record.prefix, *one.path)))
            value = _with(value, one)
    if not told:
        raise Refused("Nothing would change: the file says this already.")
    record.validate(value)
    try:
        text = rewritten(record.file, record.text, record.model, changes)
    except CannotRewrite as why:
        raise Refused(f"{why}.") from None
    _try(project, record.file, text)
    _write(project.root / record.file, text)
    tree = _tree(record.file, text)
    return tuple(Done(record.file, tree.find((*record.prefix, *path))[0], *rest) for path, *rest in told)


# --- one record ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Record:
    name: str
    holding: Holding
    records: Records
    file: str
    text: str
    prefix: KeyPath
    value: dict[str, Any]
    effective: dict[str, Any]
    """The values with what is left out filled in, as pages and forms show them."""

    @classmethod
    def find(cls, project: Project, name: str) -> _Record:
        records = read(project.data)
        if records.problems:
            raise Refused(
                "The data hold problems already. They must be mended first:", *map(str, sorted(set(records.problems)))
            )
        kind = name.partition("/")[0]
        holding = next((one for one in HOLDINGS if one.kind == kind and one.shape != "rows"), None)
        origin = records.origins.get(name)
        if holding is None or origin is None or not origin.file.endswith(".yml"):
            known = [where for where, one in records.origins.items() if one.file.endswith(".yml")]
            raise Refused(f"There is no record {shown(name)}: {did_you_mean(name, known)}.")
        text = (project.root / origin.file).read_bytes().decode("utf-8")
        tree = _tree(origin.file, text)
        model = next(one for one in records.by_kind[kind] if one.where == name)
        effective = model.model_dump(mode="json")
        return cls(name, holding, records, origin.file, text, origin.prefix, _at(tree.value, origin.prefix), effective)

    @property
    def model(self) -> type[BaseModel]:
        return self.holding.model

    @property
    def title(self) -> str:
        return str(self.value.get("name") or self.value.get("title") or self.name)

    def change(self, step: Step, value: dict[str, Any]) -> Change:
        """Return a step as a change of the file; raises Refused if it does not fit the schema or what is there."""
        path = step.path
        field = fields.at(self.model, path)
        names = [key for key in path if isinstance(key, str)]
        if field is None or names[0] in self.holding.derived or any(isinstance(key, int) and key < 0 for key in path):
            raise Refused(f"There is no field {shown('.'.join(map(str, path)))} that a form may change.")
        words = place(self.model, value, path, self.title)
        if step.op == "remove" or (step.op == "set" and not field.required and step.value in ("", None, [])):
            return self._removal(path, field, value, words, step)
        if step.value in ("", None):
            raise Refused(f"{words} cannot be left empty.{f' Such as: {field.example}' if field.example else ''}")
        new = self._typed(field, path, step.value, words)
        if step.op == "add":
            return Change("add", path, new)
        if isinstance(_at(value, path[:-1]), dict):
            self._as_it_was(step, field, path, words)
            return Change("set", path, new)
        if _at(value, path) is _ABSENT:
            raise Refused(f"{words}: there is no such place. The profile has changed: load the form again.")
        self._as_it_was(step, field, path, words)
        return Change("set", path, new)

    def _typed(self, field: fields.Field, path: KeyPath, value: object, words: str) -> Any:
        if field.model is not None and isinstance(value, dict):
            owner = field.model
            made = {
                name: self._typed(inner, (*path, name), one, f"{words} › {inner.label}")
                for name, one in value.items()
                if one not in ("", None, []) and (inner := fields.field(owner, name)) is not None
            }
            unknown = [name for name in value if fields.field(owner, name) is None]
            if unknown:
                raise Refused(f"{words}: there is no field {shown(unknown[0])} here.")
            return made
        item = isinstance(path[-1], int)
        new = typed(
            replace(field, kind=Kind.LABEL) if item and field.kind in {Kind.LIST, Kind.SOURCES} else field, value
        )
        if field.kind != Kind.SOURCES:
            return new
        named = [
            resolved(self.records, one) for one in (new if isinstance(new, list) else [new]) if isinstance(one, str)
        ]
        return named if len(named) > 1 else named[0]

    def _removal(self, path: KeyPath, field: fields.Field, value: dict[str, Any], words: str, step: Step) -> Change:
        if _at(value, path) is _ABSENT:
            if step.op == "set":
                return Change("set", path, _ABSENT)
            raise Refused(f"{words}: there is nothing to take out. The profile has changed: load the form again.")
        self._as_it_was(step, field, path, words)
        if isinstance(path[-1], int) and not field.required and len(_at(value, path[:-1])) == 1:
            return Change("remove", path[:-1])
        return Change("remove", path)

    def _as_it_was(self, step: Step, field: fields.Field, path: KeyPath, words: str) -> None:
        if step.was is _ABSENT:
            return
        there = _at(self.effective, path)
        was = step.was if isinstance(step.was, dict) else typed(field, step.was)
        now = there if isinstance(there, dict) else typed(field, there)
        if isinstance(was, dict) and isinstance(now, dict):
            names = [name for name in was if was[name] is not None]
            fits = [was[name] for name in names] == [now.get(name) for name in names]
        else:
            fits = _bare(was) == _bare(now)
        if not fits:
            raise Refused(f"{words} has changed since: it now says {said(now)}, not {said(was)}. Load the form again.")

    def source_change(
        self, change: Change, value: dict[str, Any], source: str, steps: Iterable[Step]
    ) -> Iterator[Change]:
        """Yield the change that makes the section that was named a source of what was changed, if it is none yet."""
        if change.op == "remove" or change.path[-1] == "source":
            return
        owner = self._sourced(change.path if change.op == "add" else change.path[:-1])
        if owner is None:
            return
        path, part = owner
        own = (*path, "source")
        if source in part.source or any(step.path == own for step in steps):
            return
        if change.op == "set" and not part.statement:
            return  # it only groups others, which would all inherit the section
        if change.op == "add":
            at = (*change.path, len(_at(value, change.path) or []) if _at(value, change.path) is not _ABSENT else 0)
            if isinstance(change.value, dict) and "source" not in change.value:
                yield Change("set", (*at, "source"), source)
            return
        more = [*(one for one in part.source if one != OURS), source]
        yield Change("set", own, more if len(more) > 1 else source)

    def _sourced(self, path: KeyPath) -> tuple[KeyPath, Sourced] | None:
        """Return the nearest part at or above `path` that has sources, and its path."""
        parts = {part.where: part for part in self.records.parts}
        for depth in range(len(path), -1, -1):
            where = f"{self.name}:{'.'.join(map(str, path[:depth]))}" if depth else self.name
            if where in parts:
                return path[:depth], parts[where]
        return None

    def validate(self, value: dict[str, Any]) -> None:
        """Raise Refused if the schema does not accept the record as it would be."""
        derived = {name: self.effective[name] for name in self.holding.derived if name in self.effective}
        try:
            self.model.model_validate({**value, **derived})
        except ValidationError as error:
            raise Refused(
                *(
                    f"{place(self.model, value, told.path, self.title)}: found {told.found};"
                    f" expected {told.expected}; {told.mend}"
                    for told in explain(error, self.model)
                )
            ) from None


def _with(value: dict[str, Any], change: Change) -> dict[str, Any]:
    try:
        changed: dict[str, Any] = with_change(value, change)
    except CannotRewrite as why:
        raise Refused(f"{why}.") from None
    return changed


def _tree(file: str, text: str) -> Tree:
    problems: list[Problem] = []
    tree = Tree.parse(file, text, problems)
    if tree is None:
        raise DataProblems(problems)
    return tree


def _at(value: Any, path: KeyPath) -> Any:
    for key in path:
        in_list = isinstance(value, list | tuple) and isinstance(key, int) and key < len(value)
        if not in_list and not (isinstance(value, dict) and key in value):
            return _ABSENT
        value = value[key]
    return value


# --- words --------------------------------------------------------------------------------------------------------


def place(model: type[BaseModel], value: Any, path: KeyPath, title: str = "") -> str:
    """Return a place in a record in words: `Luton › Governance › Bodies › Luton Assembly › Seats`."""
    words = [title] if title else []
    for depth, key in enumerate(path):
        if isinstance(key, int):
            item = _at(value, path[: depth + 1])
            beside = _at(value, path[:depth])
            names = [item_name(one, number) for number, one in enumerate(beside)] if isinstance(beside, list) else []
            name = item_name(item, key)
            again = names[:key].count(name)
            words.append(f"{name} ({again + 1})" if again else name)
        else:
            words.append(fields.label_of(key, field_at(model, path[: depth + 1])))
    return " › ".join(words)


def item_name(item: Any, number: int) -> str:
    """Return what to call an item of a list; `number` counts from 0."""
    if isinstance(item, dict):
        for name in ("name", "title", "standard", "topic", "funder"):
            if isinstance(item.get(name), str):
                return str(item[name])
        for name in ("what", "scope", "found"):
            if isinstance(item.get(name), str):
                words = item[name].split()
                return " ".join(words[:6]).rstrip(".,;:") + ("…" if len(words) > 6 else "")
    return f"number {number + 1}"


def said(value: Any) -> str:
    """Return a value as a message quotes it."""
    if value in (None, "", [], _ABSENT) and value is not False:
        return NOT_GIVEN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}" if value >= 10_000 else str(value)
    if isinstance(value, list):
        return wording.joined([said(one) for one in value])
    if isinstance(value, dict):
        return f"“{item_name(value, 0)}”"
    return f"“{without_hidden(' '.join(str(value).split()))}”"


# --- values as people write them ----------------------------------------------------------------------------------

_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sep sept", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for month in names.split()
}  # fmt: skip
_AMOUNT = re.compile(r"£?\s*(\d+(?:\.\d+)?)\s*(million|m|thousand|k)?\Z", re.IGNORECASE)
_TIMES = {"m": 1_000_000, "million": 1_000_000, "k": 1_000, "thousand": 1_000}
_SPOKEN_DATE = re.compile(r"(?:(\d{1,2})\s+)?([A-Za-z]+)\s+(\d{4})\Z")
_CURLY = str.maketrans("’‘“”", "''\"\"")


def typed(field: fields.Field, value: Any) -> Any:
    """Return a value in the form that the file has: `£2.5 million` as 2500000, `April 2009` as 2009-04, `Yes` as true.

    What cannot be understood is returned as it came: the schema says what is wrong with it.
    """
    if field.kind in {Kind.LIST, Kind.SOURCES}:
        lines = value.splitlines() if isinstance(value, str) else value
        many = [_line(one) if isinstance(one, str) else one for one in lines] if isinstance(lines, list) else lines
        if isinstance(many, list):
            many = [one for one in many if one != ""]
        alone = field.kind == Kind.SOURCES and isinstance(many, list) and len(many) == 1
        return many[0] if alone else many
    if field.kind == Kind.WHEN and isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str):
        return value
    if field.kind == Kind.TEXT:
        return "\n".join(line for line in map(_line, re.split(r"[\r\n]+", value)) if line)
    text = _line(value) if "\n" not in value.strip() else value.strip()
    if field.kind == Kind.FLAG:
        return {"yes": True, "true": True, "no": False, "false": False}.get(text.lower(), text)
    if field.kind == Kind.NUMBER:
        return _amount(text)
    if field.kind == Kind.WHEN:
        return _date(text)
    if field.kind == Kind.WORD:
        plain = text.translate(_CURLY).lower()
        return next((word for word in field.words if word.translate(_CURLY).lower() == plain), text)
    return text


def _line(text: str) -> str:
    return re.sub(r"[ \t]+", " ", text).strip(" \t\r\n")


def _amount(text: str) -> int | str:
    if not (found := _AMOUNT.match(text.replace(",", ""))):
        return text
    whole, _, part = found[1].partition(".")
    times = _TIMES.get((found[2] or "").lower(), 1)
    zeros = len(str(times)) - 1
    if len(whole) > 15 or len(part.rstrip("0")) > zeros:
        return text
    return int(whole) * times + int(part.rstrip("0").ljust(zeros, "0") or "0")


def _date(text: str) -> int | str:
    parts = [_one_date(part) for part in text.split(" to ")]
    plain = " to ".join(parts)
    return int(plain) if re.fullmatch(r"[1-9]\d{3}", plain) else plain


def _one_date(text: str) -> str:
    found = _SPOKEN_DATE.match(text)
    if found and (month := _MONTHS.get(found[2].lower())):
        day = f"-{int(found[1]):02d}" if found[1] else ""
        return f"{found[3]}-{month:02d}{day}"
    try:
        return str(When(text.lower()))
    except ValueError:
        return text


def _bare(value: Any) -> Any:
    """Return a value for comparing: `2009` and `"2009"` are one date, one source alone is a list of one."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if value in (None, "", [], _ABSENT) and value is not False:
        return None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def resolved(records: Records, source: str) -> str:
    """Return the reference of a section named by reference or title; raises Refused."""
    for spot in hidden(source):
        raise Refused(f"Source: found {spot.what}; expected characters that can be seen; type it again")
    text = _line(source)
    known: dict[str, str] = {OURS: OURS}
    for document in records.by_kind.get("sources", ()):
        dumped = document.model_dump(mode="json")
        known[dumped["id"]] = known[dumped["title"]] = dumped["id"]
        for section in dumped["sections"]:
            reference = f"{dumped['id']}#{section['id']}"
            known[reference] = known[section["id"]] = reference
            known.setdefault(section["title"], reference)
    by_lower = {name.translate(_CURLY).lower(): reference for name, reference in known.items()}
    plain = text.translate(_CURLY).lower().rstrip(".")
    found = re.fullmatch(r"(.+?)(?:\((\d{1,3})\)|, point (\d{1,3}))", plain)
    if plain in by_lower:
        return by_lower[plain]
    if found and found[1] in by_lower and "#" in by_lower[found[1]]:
        return f"{by_lower[found[1]]}({found[2] or found[3]})"
    examples = [name for name in known if "#" not in name and name != OURS]
    raise Refused(
        f"Source: found {shown(text)}; expected a section of a document that the guide knows, by its name; "
        f"{did_you_mean(text, examples)}"
    )


# --- trying and writing -------------------------------------------------------------------------------------------


def _try(project: Project, file: str, text: str) -> None:
    """Check everything with the new file in place, on a copy; raises Refused."""
    with tempfile.TemporaryDirectory(prefix="guide-") as folder:
        copy = Path(folder) / project.data.name
        shutil.copytree(project.data, copy, symlinks=True)
        (Path(folder) / file).write_bytes(text.encode("utf-8"))
        try:
            problems = tuple(pages.check(pages.Site(load(copy), project.docs)))
        except DataProblems as found:
            problems = found.problems
    if problems:
        raise Refused("With this change, the checks would fail:", *map(str, sorted(set(problems))))


def _write(path: Path, text: str) -> None:
    """Put a whole new file in the place of the old one, at once."""
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as new:
        new.write(text.encode("utf-8"))
    try:
        shutil.copymode(path, new.name)
        os.replace(new.name, path)  # noqa: PTH105 - it says what it does
    except OSError:
        Path(new.name).unlink(missing_ok=True)
        raise
