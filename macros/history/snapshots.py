"""The records in a state of the data, as its files hold them. The state need not pass today's checks."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from pydantic import BaseModel

from macros.model import addresses, holdings
from macros.model.base import OURS
from macros.model.holdings import AREA_FILE, ROW_TYPES, Holding
from macros.model.region import PRINCIPLE_FOLDER
from macros.model.trust import AREA_FIELDS
from macros.model.wording import sentence
from macros.reading import first_wave, old_layout
from macros.reading.csv_cells import delimiter_of
from macros.reading.file_text import BOM
from macros.reading.problem import Problem
from macros.reading.yaml_file import Tree

ROWS = "rows"
"""The field that holds the rows of a table."""
_TITLES = ("name", "term", "title", "found", "id")

KINDS: Mapping[str, str] = {
    holdings.REGION.kind: "the region",
    holdings.SOURCES.kind: "document",
    holdings.TRUSTS.kind: "Trust profile",
    holdings.WAVES.kind: "wave of evidence",
    holdings.PROFILES.kind: "later profile",
    holdings.SURVEYS.kind: "survey",
    holdings.QUESTIONNAIRES.kind: "questionnaire",
    holdings.RELEASES.kind: "release of survey results",
    holdings.RECOMMENDATIONS.kind: "recommendation",
    holdings.PRINCIPLES.kind: "funding principle",
    holdings.STANDARDS.kind: "standard",
    holdings.PRACTICES.kind: "practice",
    holdings.FRAMEWORK.kind: "the proposed framework",
    holdings.STAGES.kind: "stage or theme",
    holdings.POINT_LISTS.kind: "list of points",
    holdings.GLOSSARY.kind: "glossary term",
    holdings.LATER.kind: "later facts",
    holdings.PLACES.kind: "places",
    holdings.AREAS.kind: "official codes",
    holdings.MOVED.kind: "address that moved",
    holdings.SEARCH.kind: "the words of search",
}
"""The name of each kind of record for use in a sentence."""

_PAGES = {
    holdings.TRUSTS.kind: addresses.of_trust,
    holdings.STANDARDS.kind: addresses.of_standard,
    holdings.PRACTICES.kind: addresses.of_practice,
    holdings.RECOMMENDATIONS.kind: addresses.of_recommendation,
    holdings.STAGES.kind: addresses.of_stage,
    holdings.GLOSSARY.kind: addresses.of_term,
    holdings.PROFILES.kind: addresses.of_trust,  # named by its Trust and its wave, as its page is
}


@dataclass(frozen=True)
class StateRecord:
    """One record of one state."""

    where: str
    """Its name, such as `trusts/luton`; the rows of a table are one record, such as `places`."""
    file: str
    """Path of its file below the project."""
    fields: Mapping[str, Any]
    """Its fields; for a table, its rows under `rows`."""
    model: type[BaseModel]
    """The model of its fields; for a table, the model of a row."""
    principle_folder: str = ""
    """The folder for the pages of principles in its state."""

    @property
    def is_table(self) -> bool:
        return ROWS in self.fields and self.model in ROW_TYPES.values()

    @property
    def kind(self) -> str:
        return self.where.partition("/")[0]

    @property
    def title(self) -> str:
        """The name by which readers know it, such as `Luton`."""
        name = self.where.partition("/")[2]
        if not name:
            return sentence(KINDS[self.kind])
        found = next((str(self.fields[one]) for one in _TITLES if self.fields.get(one)), name)
        return f"{name.upper()} {found}" if self.kind == holdings.STANDARDS.kind else found

    def file_of(self, fields: Collection[str]) -> str:
        """Return the file that holds some of its fields: a Trust's are in two."""
        if self.kind == holdings.TRUSTS.kind and fields and {*fields} <= {*AREA_FIELDS}:
            return f"{self.file.rpartition('/')[0]}/{AREA_FILE}"
        return self.file

    @property
    def page(self) -> str:
        """The address of its own page; "" if it has none."""
        return page_of(self.where, self.principle_folder)


def holding_of(path: str, baseline: str) -> Holding | None:
    """Return the kind of record that the file at a path below the project holds; None for a file that is not data.

    `baseline` is the name of the first wave. A Trust's file may have the place that it had at first.
    """
    folder, _, below = path.partition("/")
    if folder != "data":
        return None
    return holdings.TRUSTS if old_layout.trust_at(path) else holdings.of_file(below, baseline)


def page_of(where: str, principle_folder: str) -> str:
    """Return the address of a record's own page, or of its place on a page; "" if it has none."""
    kind, _, name = where.partition("/")
    if kind == holdings.PRINCIPLES.kind and name:
        return addresses.of_principle(name, principle_folder)
    return _PAGES[kind](name) if name and kind in _PAGES else ""


def source_labels(documents: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return the labels of sources, such as `Luton: needs` for `report#luton.needs`; from documents by id."""
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


def records(files: Mapping[str, str], baseline: str = "") -> tuple[dict[str, StateRecord], list[str]]:
    """Return the records in files (path below the project → text) by name, and the files that cannot be read.

    Files that are where guides kept them at first are taken for those of today. `baseline` is the name of the first
    wave, for files without that of the region, which says so.
    """
    region_file = f"data/{holdings.REGION.path}"
    baseline = baseline or first_wave.of_text(files.get(region_file, "")) or _UNKNOWN
    files = old_layout.in_todays_files(files, baseline)
    found: dict[str, StateRecord] = {}
    unread: list[str] = []
    for path in sorted(files, key=lambda path: (path.endswith(".csv"), path)):  # a survey is read before its answers
        holding = holding_of(path, baseline)
        if holding is None:
            continue
        try:
            for one in _records(path, files[path], holding, found):
                found[one.where] = one
        except _Unreadable:
            unread.append(path)
    region = found.get(holdings.REGION.kind)
    folder = str(region.fields.get("principle_folder", PRINCIPLE_FOLDER)) if region else PRINCIPLE_FOLDER
    of_principles = f"{holdings.PRINCIPLES.kind}/"
    told = {
        where: replace(one, principle_folder=folder) if where.startswith(of_principles) else one
        for where, one in found.items()
    }
    return told, unread


_UNKNOWN = "first"
"""A name for the first wave, where no file says which it was."""


class _Unreadable(Exception):
    """A file does not hold what its name says."""


def _records(path: str, text: str, holding: Holding, found: Mapping[str, StateRecord]) -> Iterator[StateRecord]:
    if path.endswith(".csv"):
        try:
            text = text.removeprefix(BOM)  # a spreadsheet program may have saved it
            sign = delimiter_of(text.partition("\n")[0])
            rows = [dict(row) for row in csv.DictReader(text.splitlines(), strict=True, restval="", delimiter=sign)]
        except csv.Error as error:
            raise _Unreadable from error
        cells = [{str(name): cell for name, cell in row.items() if isinstance(cell, str) and cell} for row in rows]
        if holding.shape == "wave":
            wave = f"{holding.kind}/{PurePosixPath(path).parent.name}"
            survey = found.get(wave, StateRecord(wave, path, {}, holding.model))
            yield StateRecord(wave, survey.file, {**survey.fields, "answers": cells}, survey.model)
            return
        if holding.rows:
            name = f"{holding.kind}/{PurePosixPath(path).stem}"
            record = found.get(name, StateRecord(name, path, {}, holding.model))
            yield StateRecord(name, record.file, {**record.fields, holding.rows[0]: cells}, record.model)
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
    name = holding.name_of(path)
    where = f"{holding.kind}/{name}" if name else holding.kind
    if holding.shape == "area" and where in found:  # the other of its two files was read before
        value = {**found[where].fields, **value}
        path = found[where].file if path.endswith(f"/{AREA_FILE}") else path
    yield StateRecord(where, path, value, holding.model)
