"""The record that a correction is about: which values may be changed, and each step as an edit of its file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from macros.editing.correction import CorrectionRefused, FieldCorrection
from macros.editing.correction_words import place, said
from macros.editing.typed_values import ABSENT, CURLY, bare_text, one_line, typed, value_at
from macros.editing.yaml_edit import YamlEdit
from macros.model.base import OURS, Sourced
from macros.model.holdings import HOLDINGS, Holding
from macros.model.lasting import id_of
from macros.model.text import hidden
from macros.pages.project import Project
from macros.reading.problem import DataProblems, Problem, did_you_mean
from macros.reading.reader import RecordCache, read
from macros.reading.records import KeyPath, Origin, Records
from macros.reading.refusals import explain, shown
from macros.reading.yaml_file import Tree
from macros.schema import fields
from macros.schema.fields import FieldKind, model_at


@dataclass(frozen=True)
class CorrectedRecord:
    """One record of the data, with the facts that a correction needs."""

    name: str
    holding: Holding
    records: Records
    origin: Origin
    texts: Mapping[str, str]
    """The text of each file that holds a part of it."""
    value: dict[str, Any]
    effective: dict[str, Any]
    """The values including defaults, as pages and forms show them."""

    @classmethod
    def find(cls, project: Project, name: str, kept: RecordCache) -> CorrectedRecord:
        """Return a record by its name, such as `trusts/luton`. Raises CorrectionRefused."""
        records = read(project.data, kept)
        if records.problems:
            raise CorrectionRefused(
                "The data hold problems already. They must be mended first:", *map(str, sorted(set(records.problems)))
            )
        kind = name.partition("/")[0]
        holding = next((one for one in HOLDINGS if one.kind == kind and one.shape != "rows"), None)
        origin = records.origins.get(name)
        if holding is None or origin is None or not origin.file.endswith(".yml"):
            known = [where for where, one in records.origins.items() if one.file.endswith(".yml")]
            raise CorrectionRefused(f"There is no record {shown(name)}: {did_you_mean(name, known)}.")
        texts = {
            file: (project.root / file).read_bytes().decode("utf-8")
            for file in dict.fromkeys((origin.file, *(one.file for one in origin.elsewhere.values())))
        }
        value: dict[str, Any] = {}
        for file, text in texts.items():
            value |= value_at(tree_of(file, text).value, origin.prefix)
        model = next(one for one in records.by_kind[kind] if one.where == name)
        return cls(name, holding, records, origin, texts, value, model.model_dump(mode="json"))

    @property
    def prefix(self) -> KeyPath:
        """The path to the record in its file, where a file holds several."""
        return self.origin.prefix

    def file_of(self, path: KeyPath) -> str:
        """Return the file that holds a field."""
        return self.origin.of(path).file

    @property
    def model(self) -> type[BaseModel]:
        return self.holding.model

    @property
    def title(self) -> str:
        return str(self.value.get("name") or self.value.get("title") or self.name)

    def change(self, step: FieldCorrection, value: dict[str, Any]) -> YamlEdit:
        """Return a step as an edit of the file; raises CorrectionRefused if it does not fit the present values."""
        path = step.path
        field = fields.at(self.model, path)
        names = [key for key in path if isinstance(key, str)]
        if field is None or names[0] in self.holding.derived or any(isinstance(key, int) and key < 0 for key in path):
            raise CorrectionRefused(f"There is no field {shown('.'.join(map(str, path)))} that a form may change.")
        words = place(self.model, value, path, self.title)
        if step.op == "remove" or (step.op == "set" and not field.required and step.value in ("", None, [])):
            return self._removal(path, field, value, words, step)
        if step.value in ("", None):
            raise CorrectionRefused(
                f"{words} cannot be left empty.{f' Such as: {field.example}' if field.example else ''}"
            )
        new = self._typed(field, path, step.value, words)
        if step.op == "add":
            return YamlEdit("add", path, new)
        if isinstance(value_at(value, path[:-1]), dict):
            self._as_it_was(step, field, path, words)
            return YamlEdit("set", path, new)
        if value_at(value, path) is ABSENT:
            raise CorrectionRefused(f"{words}: there is no such place. The profile has changed: load the form again.")
        self._as_it_was(step, field, path, words)
        return YamlEdit("set", path, new)

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
                raise CorrectionRefused(f"{words}: there is no field {shown(unknown[0])} here.")
            return made
        item = isinstance(path[-1], int)
        if field.kind == FieldKind.SOURCES:
            odd = [one for one in (value if isinstance(value, list) else [value]) if not isinstance(one, str)]
            if odd:
                raise CorrectionRefused(
                    f"{words}: found {shown(odd[0])}; expected the section of a document, by its name"
                )
        new = typed(
            replace(field, kind=FieldKind.LABEL)
            if item and field.kind in {FieldKind.LIST, FieldKind.SOURCES}
            else field,
            value,
        )
        if field.kind != FieldKind.SOURCES:
            return new
        named = new if isinstance(new, list) else [new]
        if not named:
            raise CorrectionRefused(f"{words} cannot be left empty.")
        sources = [resolved(self.records, one) for one in named]
        return sources if len(sources) > 1 else sources[0]

    def _removal(
        self, path: KeyPath, field: fields.Field, value: dict[str, Any], words: str, step: FieldCorrection
    ) -> YamlEdit:
        if value_at(value, path) is ABSENT:
            if step.op == "set":
                return YamlEdit("set", path, ABSENT)
            raise CorrectionRefused(
                f"{words}: there is nothing to take out. The profile has changed: load the form again."
            )
        self._as_it_was(step, field, path, words)
        if isinstance(path[-1], int) and not field.required and len(value_at(value, path[:-1])) == 1:
            return YamlEdit("remove", path[:-1])
        return YamlEdit("remove", path)

    def _as_it_was(self, step: FieldCorrection, field: fields.Field, path: KeyPath, words: str) -> None:
        if step.was is ABSENT:
            return
        there = value_at(self.effective, path)
        was = step.was if isinstance(step.was, dict) else typed(field, step.was)
        now = there if isinstance(there, dict) else typed(field, there)
        if isinstance(was, dict) and isinstance(now, dict):
            names = [name for name in was if was[name] is not None]
            fits = [was[name] for name in names] == [now.get(name) for name in names]
        else:
            fits = bare_text(was) == bare_text(now)
        if not fits:
            raise CorrectionRefused(
                f"{words} has changed since: it now says {said(now)}, not {said(was)}. Load the form again."
            )

    def source_change(
        self, change: YamlEdit, value: dict[str, Any], source: str, steps: Iterable[FieldCorrection]
    ) -> Iterator[YamlEdit]:
        """Yield an edit that adds the named section to the sources of what was changed, if it is not there yet."""
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
            return  # the part only groups others, which would all inherit the section
        if change.op == "add":
            at = (
                *change.path,
                len(value_at(value, change.path) or []) if value_at(value, change.path) is not ABSENT else 0,
            )
            if isinstance(change.value, dict) and "source" not in change.value:
                yield YamlEdit("set", (*at, "source"), source)
            return
        more = [*(one for one in part.source if one != OURS), source]
        yield YamlEdit("set", own, more if len(more) > 1 else source)

    def id_kept(self, change: YamlEdit, value: dict[str, Any]) -> Iterator[YamlEdit]:
        """Yield an edit that keeps the id by which calendars and tables know a thing, if its words change."""
        path = change.path[:-1]
        words: tuple[str, ...] = getattr(model_at(self.model, self._names(path)), "known_by", ())
        there = value_at(value, path)
        if change.op == "add" or change.path[-1] not in words or not isinstance(there, dict):
            return
        after = {**there, change.path[-1]: change.value if change.op == "set" else None}
        known, new = (id_of(one.get("id"), *(one.get(name) for name in words)) for one in (there, after))
        if known != new:
            yield YamlEdit("set", (*path, "id"), known)

    @staticmethod
    def _names(path: KeyPath) -> tuple[str, ...]:
        return tuple(key for key in path if isinstance(key, str))

    def _sourced(self, path: KeyPath) -> tuple[KeyPath, Sourced] | None:
        """Return the nearest part at or above `path` that has sources, and its path."""
        parts = {part.where: part for part in self.records.parts}
        for depth in range(len(path), -1, -1):
            where = f"{self.name}:{'.'.join(map(str, path[:depth]))}" if depth else self.name
            if where in parts:
                return path[:depth], parts[where]
        return None

    def validate(self, value: dict[str, Any]) -> None:
        """Raise CorrectionRefused if the schema would not accept the record after the changes."""
        derived = {name: self.effective[name] for name in self.holding.derived if name in self.effective}
        try:
            self.model.model_validate({**value, **derived})
        except ValidationError as error:
            raise CorrectionRefused(
                *(
                    f"{place(self.model, value, told.path, self.title)}: found {told.found};"
                    f" expected {told.expected}; {told.mend}"
                    for told in explain(error, self.model)
                )
            ) from None


def tree_of(file: str, text: str) -> Tree:
    """Return the YAML of a file; raises DataProblems."""
    problems: list[Problem] = []
    tree = Tree.parse(file, text, problems)
    if tree is None:
        raise DataProblems(problems)
    return tree


def resolved(records: Records, source: str) -> str:
    """Return the reference of a section that is given by reference or title; raises CorrectionRefused."""
    for spot in hidden(source):
        raise CorrectionRefused(f"Source: found {spot.what}; expected characters that can be seen; type it again")
    text = one_line(source)
    known: dict[str, str] = {OURS: OURS}
    for document in records.by_kind.get("sources", ()):
        dumped = document.model_dump(mode="json")
        known[dumped["id"]] = known[dumped["title"]] = dumped["id"]
        for section in dumped["sections"]:
            reference = f"{dumped['id']}#{section['id']}"
            known[reference] = known[section["id"]] = reference
            known.setdefault(section["title"], reference)
    by_lower = {name.translate(CURLY).lower(): reference for name, reference in known.items()}
    plain = text.translate(CURLY).lower().rstrip(".")
    found = re.fullmatch(r"(.+?)(?:\((\d{1,3})\)|, point (\d{1,3}))", plain)
    if plain in by_lower:
        return by_lower[plain]
    if found and found[1] in by_lower and "#" in by_lower[found[1]]:
        return f"{by_lower[found[1]]}({found[2] or found[3]})"
    examples = [name for name in known if "#" not in name and name != OURS]
    raise CorrectionRefused(
        f"Source: found {shown(text)}; expected a section of a document that the guide knows, by its name; "
        f"{did_you_mean(text, examples)}"
    )
