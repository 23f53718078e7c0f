"""The records of a state of the data as their files hold them: for states that may not pass today's checks."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from pydantic import BaseModel

from macros import address
from macros.model import layout
from macros.model.base import OURS
from macros.model.layout import ANSWERS, HOLDINGS, ROW_TYPES, SURVEY_FILE, Holding
from macros.problems import Problem
from macros.read import Tree
from macros.wording import sentence

ROWS = "rows"
"""Where the rows of a table stand in its fields."""
_TITLES = ("name", "term", "title", "found", "id")

KINDS: Mapping[str, str] = {
    layout.REGION.kind: "the region",
    layout.SOURCES.kind: "document",
    layout.TRUSTS.kind: "Trust profile",
    layout.SURVEYS.kind: "survey",
    layout.RECOMMENDATIONS.kind: "recommendation",
    layout.PRINCIPLES.kind: "funding principle",
    layout.STANDARDS.kind: "standard",
    layout.PRACTICES.kind: "practice",
    layout.FRAMEWORK.kind: "the proposed framework",
    layout.STAGES.kind: "stage or theme",
    layout.POINT_LISTS.kind: "list of points",
    layout.GLOSSARY.kind: "glossary term",
    layout.PLACES.kind: "places",
    layout.MOVED.kind: "address that moved",
    layout.SEARCH.kind: "the words of search",
}
"""How each kind of record is called in a sentence."""

_PAGES = {
    layout.TRUSTS.kind: address.of_trust,
    layout.STANDARDS.kind: address.of_standard,
    layout.PRACTICES.kind: address.of_practice,
    layout.RECOMMENDATIONS.kind: address.of_recommendation,
    layout.PRINCIPLES.kind: address.of_principle,
    layout.STAGES.kind: address.of_stage,
    layout.GLOSSARY.kind: address.of_term,
}


@dataclass(frozen=True)
class StateRecord:
    """One record of one state."""

    where: str
    """Such as `trusts/luton`; rows of a table are one record, such as `places`."""
    file: str
    """Below the project."""
    fields: Mapping[str, Any]
    """Of a table: its rows, under `rows`."""
    model: type[BaseModel]
    """The schema of its fields; of a table, that of each row."""

    @property
    def is_table(self) -> bool:
        return ROWS in self.fields and self.model in ROW_TYPES.values()

    @property
    def kind(self) -> str:
        return self.where.partition("/")[0]

    @property
    def title(self) -> str:
        """How a reader knows it, such as `Luton`."""
        name = self.where.partition("/")[2]
        if not name:
            return sentence(KINDS[self.kind])
        found = next((str(self.fields[one]) for one in _TITLES if self.fields.get(one)), name)
        return f"{name.upper()} {found}" if self.kind == layout.STANDARDS.kind else found

    @property
    def page(self) -> str:
        """The address of its own page; empty if it has none."""
        return page_of(self.where)


def holding_of(path: str) -> Holding | None:
    """Return which kind of record the file at a path below the project holds; None for a file that is not data."""
    parts = PurePosixPath(path).parts
    if not parts or parts[0] != "data":
        return None
    for holding in HOLDINGS:
        if holding.shape == "folder" and len(parts) == 3 and parts[1] == holding.path and parts[2].endswith(".yml"):
            return holding
        if holding.shape == "wave" and len(parts) == 4 and parts[1] == holding.path:
            return holding if parts[3] in {SURVEY_FILE, ANSWERS} else None
        if "/".join(parts[1:]) == holding.path:
            return holding
    return None


def page_of(where: str) -> str:
    """Return the address of a record's own page, or of its place on one; empty if it has none."""
    kind, _, name = where.partition("/")
    return _PAGES[kind](name) if name and kind in _PAGES else ""


def source_labels(documents: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return how sources read, such as `Luton: needs` for `report#luton.needs`; from documents by id."""
    found = {OURS: OURS}
    for name, fields in documents.items():
        found[name] = str(fields.get("title"))
        sections = fields.get("sections")
        for section in sections if isinstance(sections, list | tuple) else ():
            if isinstance(section, dict):
                reference, title, points = f"{name}#{section.get('id')}", section.get("title"), section.get("points")
                found[reference] = str(title)
                for number in range(1, (points if isinstance(points, int) else 0) + 1):
                    found[f"{reference}({number})"] = f"{title}, point {number}"
    return found


def records(files: Mapping[str, str]) -> tuple[dict[str, StateRecord], list[str]]:
    """Return the records in files (path below the project → text) by name, and the files that cannot be read."""
    found: dict[str, StateRecord] = {}
    unread: list[str] = []
    for path in sorted(files, key=lambda path: (path.endswith(".csv"), path)):  # answers join their survey
        holding = holding_of(path)
        if holding is None:
            continue
        try:
            for one in _records(path, files[path], holding, found):
                found[one.where] = one
        except _Unreadable:
            unread.append(path)
    return found, unread


class _Unreadable(Exception):
    """A file is not what its name says."""


def _records(path: str, text: str, holding: Holding, found: Mapping[str, StateRecord]) -> Iterator[StateRecord]:
    if path.endswith(".csv"):
        try:
            rows = [dict(row) for row in csv.DictReader(text.splitlines(), strict=True, restval="")]
        except csv.Error as error:
            raise _Unreadable from error
        cells = [{str(name): cell for name, cell in row.items() if isinstance(cell, str) and cell} for row in rows]
        if holding.shape == "wave":
            wave = f"{holding.kind}/{PurePosixPath(path).parent.name}"
            survey = found.get(wave, StateRecord(wave, path, {}, holding.model))
            yield StateRecord(wave, survey.file, {**survey.fields, "answers": cells}, survey.model)
            return
        yield StateRecord(holding.kind, path, {ROWS: cells}, holding.model)
        return
    problems: list[Problem] = []
    tree = Tree.parse(path, text, problems)
    value = tree.value if tree else None
    if holding.shape == "list":
        if not isinstance(value, list):
            raise _Unreadable
        for one in value:
            if isinstance(one, dict) and one.get(holding.id_field):
                name = str(one[holding.id_field])
                yield StateRecord(f"{holding.kind}/{name}", path, one, holding.model)
        return
    if not isinstance(value, dict):
        raise _Unreadable
    names = {"folder": PurePosixPath(path).stem, "wave": PurePosixPath(path).parent.name}
    name = names.get(holding.shape, "")
    yield StateRecord(f"{holding.kind}/{name}" if name else holding.kind, path, value, holding.model)
