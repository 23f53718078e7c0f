"""The downloads: what the guide holds as JSON and CSV, with the schemas and the data package that describe them.

Everything starts from a Guide and gives the same bytes each time: no clock, no file order, no cell left empty.
"""

from __future__ import annotations

import hashlib
import json
import operator
import re
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, cast
from urllib.parse import urlsplit

import pydantic_core

from macros import address, documents, frames, schema
from macros.frames import Column, Facts, Table
from macros.guide import Guide
from macros.model.base import Record
from macros.schema import Contract
from macros.spreadsheet import to_csv
from macros.staging import replace_file

PACKAGE_FILE = "datapackage.json"
PACKAGE_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
}

Json = Any


@dataclass(frozen=True)
class Download:
    """One kind of download. Where it is several files, `path`, `title` and `description` hold `{name}`."""

    path: str
    """Below `/data/`."""
    title: str
    description: str
    item: str
    """What one row is, or one item of the list, or the file."""

    @property
    def format(self) -> str:
        return self.path.rpartition(".")[2]

    def names(self, guide: Guide) -> Iterable[str]:
        """Return what `{name}` stands for, file by file, without making the files."""
        raise NotImplementedError

    def files(self, guide: Guide, base_url: str) -> Iterator[tuple[str, bytes]]:
        """Yield the name that `{name}` stands for, and the bytes."""
        raise NotImplementedError

    def describe(self) -> dict[str, Json]:
        """Return what the data package says of a file beyond its path and size."""
        return {}


@dataclass(frozen=True)
class TableDownload(Download):
    """A table as CSV."""

    table: Table
    rows: Callable[[Guide], Mapping[str, Iterable[object]]]
    address: Callable[[Any], str] | None = None
    """Where a row's page is, if it has one."""

    def names(self, guide: Guide) -> Iterable[str]:
        return self.rows(guide)

    def files(self, guide: Guide, base_url: str) -> Iterator[tuple[str, bytes]]:
        for name, rows in self.rows(guide).items():
            columns = self._columns(base_url)
            cells = ([column.cell(row) for column in columns] for row in rows)
            yield name, to_csv([column.name for column in columns], cells)

    def describe(self) -> dict[str, Json]:
        return {"type": "table", "schema": table_schema(self.table, self._columns(""))}

    def _columns(self, base_url: str) -> tuple[Column, ...]:
        if self.address is None:
            return self.table.columns
        of_row = self.address
        url = Column("url", lambda row: base_url + of_row(row), _url_facts)
        return (self.table.columns[0], url, *self.table.columns[1:])


@dataclass(frozen=True)
class RecordDownload(Download):
    """One record, or all of a kind, as JSON with every field."""

    contract: Contract
    records: Callable[[Guide], Mapping[str, Iterable[Record]]]
    address: Callable[[Any], str] | None = None

    def names(self, guide: Guide) -> Iterable[str]:
        return self.records(guide)

    def files(self, guide: Guide, base_url: str) -> Iterator[tuple[str, bytes]]:
        for name, records in self.records(guide).items():
            items = [self._item(record, base_url) for record in records]
            yield name, _listed(items) if self.contract.many else items[0]

    def _item(self, record: Record, base_url: str) -> bytes:
        """Return one record. It stands in several files, and under `serve` most records stay the same objects."""
        url = base_url + self.address(record) if self.address else ""
        known = _items.get(id(record))
        if known is None or known.record() is not record or known.url != url:
            gone = partial(_items.pop, id(record), None)
            known = _Item(weakref.ref(record, lambda _: gone()), url, to_json(self._dump(record, base_url)))
            _items[id(record)] = known
        return known.content

    def describe(self) -> dict[str, Json]:
        return {"jsonSchema": f"schema/{self.contract.file}"}

    def _dump(self, record: Record, base_url: str) -> dict[str, Json]:
        fields = record.model_dump(mode="python")
        return {"url": base_url + self.address(record), **fields} if self.address else fields


@dataclass(frozen=True)
class SchemaDownload(Download):
    """The JSON Schemas."""

    def names(self, guide: Guide) -> Iterable[str]:  # noqa: ARG002 - no data in them
        return (file.removesuffix(schema.SUFFIX) for file in schema.file_names())

    def files(self, guide: Guide, base_url: str) -> Iterator[tuple[str, bytes]]:  # noqa: ARG002 - no data in them
        for file, made in schema.schemas(base_url).items():
            yield file.removesuffix(schema.SUFFIX), to_json(made)


@dataclass(frozen=True)
class FileDownload(Download):
    """Files in other formats, made by `documents`."""

    made: Callable[[Guide, str], Mapping[str, Callable[[], bytes]]]
    """The makers of the files, by name."""

    def names(self, guide: Guide) -> Iterable[str]:
        return self.made(guide, "")

    def files(self, guide: Guide, base_url: str) -> Iterator[tuple[str, bytes]]:
        for name, make in self.made(guide, base_url).items():
            yield name, make()


def _whole(rows: Callable[[Guide], Iterable[Any]]) -> Callable[[Guide], Mapping[str, Iterable[Any]]]:
    """Return what a download of one file needs: all rows, under no name."""
    return lambda guide: {"": rows(guide)}


def _url_facts() -> Facts:
    return Facts("string", schema.URL["description"], schema.URL["examples"][0])


_NO_WORDS = "No cell is empty: “not mentioned” means that the report does not say, not “no”."

PROFILES = RecordDownload(
    "trusts/{name}.json",
    "One profile: {name}",
    "Everything that this profile says, each statement with its source.",
    "One Children’s Trust with its whole profile.",
    schema.TRUST,
    lambda guide: {trust.slug: [trust] for trust in guide.trusts},
    lambda trust: address.of_trust(trust.slug),
)

DOWNLOADS: tuple[Download, ...] = (
    TableDownload(
        "trusts.csv",
        "Trusts at a glance",
        f"The facts of each profile that fit in one row. {_NO_WORDS}",
        frames.TRUSTS.row,
        frames.TRUSTS,
        _whole(lambda guide: guide.trusts),
        lambda trust: address.of_trust(trust.slug),
    ),
    RecordDownload(
        "trusts.json",
        "All profiles",
        "Everything that the profiles say, each statement with its source.",
        "One Children’s Trust with its whole profile.",
        schema.TRUSTS,
        _whole(lambda guide: guide.trusts),
        lambda trust: address.of_trust(trust.slug),
    ),
    PROFILES,
    TableDownload(
        "investment.csv",
        "Investment in the sector",
        "Sums in whole pounds, as the report gives them. Some are estimates, and what they cover differs: the column "
        "“scope” says what. Do not add them up or rank them.",
        frames.INVESTMENT.row,
        frames.INVESTMENT,
        _whole(frames.sums),
    ),
    TableDownload(
        "bodies.csv",
        "Boards and groups",
        f"The bodies in each Trust’s governance and the sector’s seats on them. {_NO_WORDS}",
        frames.BODIES.row,
        frames.BODIES,
        _whole(frames.seats),
    ),
    TableDownload(
        "survey-{name}.csv",
        "Survey {name}: the answers",
        "Shares in per cent, as far as the report prints them. The answers were not weighted, and the report does not "
        "print how many answered each question: read them as an illustration.",
        frames.ANSWERS.row,
        frames.ANSWERS,
        lambda guide: {survey.wave: frames.given(survey) for survey in guide.surveys},
    ),
    RecordDownload(
        "survey-{name}.json",
        "Survey {name}: everything",
        "How the survey was done and its limits, the questions and answers, and what people wrote, in our own words.",
        "One wave of the survey.",
        schema.SURVEY,
        lambda guide: {survey.wave: [survey] for survey in guide.surveys},
    ),
    RecordDownload(
        "recommendations.json",
        "Recommendations",
        "The report’s recommendations, in our own words, with what they leave open.",
        "One recommendation.",
        schema.RECOMMENDATIONS,
        _whole(lambda guide: guide.recommendations),
        lambda recommendation: address.of_recommendation(recommendation.id),
    ),
    RecordDownload(
        "principles.json",
        "Principles of funding",
        "The Gershon principles that the report takes up, in our own words.",
        "One principle.",
        schema.PRINCIPLES,
        _whole(lambda guide: guide.principles),
    ),
    RecordDownload(
        "standards.json",
        "Standards",
        "The standards of good engagement, with their clauses, checks and evidence. The wording is ours.",
        "One standard.",
        schema.STANDARDS,
        _whole(lambda guide: guide.standards),
        lambda standard: address.of_standard(standard.id),
    ),
    RecordDownload(
        "practices.json",
        "Practices",
        "What Trusts tried, where, and what the report says came of it.",
        "One practice.",
        schema.PRACTICES,
        _whole(lambda guide: guide.practices),
        lambda practice: address.of_practice(practice.slug),
    ),
    RecordDownload(
        "framework.json",
        "The proposed regional framework",
        "A proposal that no Trust has adopted: stages, decisions, common documents, adoption, arguments.",
        "The framework.",
        schema.FRAMEWORK,
        _whole(lambda guide: [guide.framework]),
    ),
    RecordDownload(
        "stages.json",
        "Stages and themes",
        "The six stages and two themes of this guide. Ours: the report’s own diagram is lost.",
        "One stage or theme.",
        schema.STAGES,
        _whole(lambda guide: guide.stages),
    ),
    FileDownload(
        "documents/{name}.docx",
        "{name}, to fill in",
        "A common document of the proposed framework, for a word processor.",
        "One document.",
        lambda guide, _: {
            one.id: partial(documents.to_docx, one, guide.framework.status) for one in guide.framework.documents
        },
    ),
    FileDownload(
        "documents/{name}.csv",
        "{name}: the fields",
        "The fields of a common document of the proposed framework, with an empty column to fill in.",
        "One field of the document.",
        lambda guide, _: {one.id: partial(documents.fields_csv, one) for one in guide.framework.documents},
    ),
    FileDownload(
        "timetable.ics",
        "Timetable as a calendar",
        "What Trusts said they would commission, extend or review, where a date is given (iCalendar).",
        "One plan of one Trust.",
        lambda guide, base_url: {"": partial(documents.to_calendar, guide, base_url)},
    ),
    RecordDownload(
        "points.json",
        "Lists of points in the report",
        "The audit findings, the two summaries and the report’s other lists, point by point, in our own words.",
        "One list of points.",
        schema.POINTS,
        _whole(lambda guide: guide.point_lists.values()),
    ),
    TableDownload(
        "glossary.csv",
        "Glossary",
        "Terms and acronyms. Two columns say whether the meaning is the report’s or ours.",
        frames.GLOSSARY.row,
        frames.GLOSSARY,
        _whole(lambda guide: guide.glossary),
    ),
    TableDownload(
        "places.csv",
        "Places",
        "Which Trust covered a place in 2009. Ours: the report has no list of places.",
        frames.PLACES.row,
        frames.PLACES,
        _whole(lambda guide: guide.places),
    ),
    RecordDownload(
        "sources.json",
        "Sources",
        "The report, the documents it cites and their sections: what every `source` refers to.",
        "One document with its sections.",
        schema.SOURCES,
        _whole(lambda guide: guide.documents.values()),
    ),
    RecordDownload(
        "region.json",
        "The region and the limits of the evidence",
        "What to know before using the data: limits of the evidence, and slips in the report with our reading of each.",
        "The region.",
        schema.REGION,
        _whole(lambda guide: [guide.region]),
    ),
    RecordDownload(
        "search.json",
        "Words that readers type",
        "Other words for the guide’s own, and other names of its pages, that search knows. Ours.",
        "All of them.",
        schema.SEARCH,
        _whole(lambda guide: [guide.search]),
    ),
    SchemaDownload(
        "schema/{name}.schema.json",
        "JSON Schema: {name}",
        "What the JSON downloads look like (those with “download” in their name), and what editors write.",
        "One schema.",
    ),
)
"""Every kind of download but the data package, which describes them."""

PACKAGE = Download(
    PACKAGE_FILE,
    "Data package",
    "A description of the downloads for programs: files, columns, fixed words, and how the tables refer to each other "
    "(Frictionless Data Package).",
    "The list of all downloads but the single profiles and the schemas.",
)


@dataclass(frozen=True)
class Made:
    """The files of one kind, and what of a Guide they were made from."""

    base_url: str
    taken: Mapping[str, object]
    files: tuple[tuple[str, bytes], ...]

    def is_of(self, guide: Guide, base_url: str) -> bool:
        """Return whether a Guide gives the same files: it has the very same records where they were taken from."""
        asked = ((getattr(guide, name), value) for name, value in self.taken.items())
        return self.base_url == base_url and all(_is_same(now, was) for now, was in asked)


Kept = dict[str, Made]
"""What was made before, by the kind's path."""


def _is_same(now: object, was: object) -> bool:
    if isinstance(now, Mapping) and isinstance(was, Mapping):
        return [*now] == [*was] and _is_same(tuple(now.values()), tuple(was.values()))
    if isinstance(now, tuple) and isinstance(was, tuple):
        return len(now) == len(was) and all(map(operator.is_, now, was))
    return now is was


class _Asked:
    """A Guide that remembers what was taken from it."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self.taken: dict[str, object] = {}

    def __getattr__(self, name: str) -> object:
        self.taken[name] = getattr(self._guide, name)
        return self.taken[name]


def contents(guide: Guide, base_url: str, kept: Kept | None = None) -> dict[str, bytes]:
    """Return every download by its path below `/data/`. `base_url` is the address that the guide's pages are below.

    What is `kept` from before is not made again where its records are the same. What was made is put there.
    """
    files = [*_files(guide, base_url, {} if kept is None else kept)]
    return {
        **{file.path: file.content for file in files},
        PACKAGE_FILE: to_json(_package(guide, base_url, files)),
    }


def write(guide: Guide, folder: Path, base_url: str, kept: Kept | None = None) -> list[Path]:
    """Write every download below `folder`, which is the site's `data` folder, and return their paths.

    Raises OSError.
    """
    return [replace_file(folder / path, content) for path, content in contents(guide, base_url, kept).items()]


class _File(NamedTuple):
    kind: Download
    name: str
    content: bytes

    @property
    def path(self) -> str:
        return self.kind.path.format(name=self.name)


def _files(guide: Guide, base_url: str, kept: Kept) -> Iterator[_File]:
    base = f"{base_url.rstrip('/')}/" if base_url else ""
    for kind in DOWNLOADS:
        made = kept.get(kind.path)
        if made is None or not made.is_of(guide, base):
            asked = _Asked(guide)
            files = tuple(kind.files(cast("Guide", asked), base))
            kept[kind.path] = made = Made(base, asked.taken, files)
        for name, content in made.files:
            yield _File(kind, name, content)


# --- formats ------------------------------------------------------------------------------------------------------


class _Item(NamedTuple):
    """A record as JSON, with the address that it is told with."""

    record: weakref.ref[Record]
    url: str
    content: bytes


_items: dict[int, _Item] = {}
"""By what tells objects apart, not by what they say: 38 and 38.0 are equal."""


def _listed(items: Iterable[bytes]) -> bytes:
    """Return what `to_json` gives for a list, from what it gives for each item."""
    inside = b",\n  ".join(item.rstrip().replace(b"\n", b"\n  ") for item in items)  # no text holds a bare line break
    return b"[\n  " + inside + b"\n]\n" if inside else b"[]\n"


def to_json(value: Json) -> bytes:
    """Return `value` as JSON: UTF-8, indented, one newline at the end."""
    plain = json.loads(json.dumps(value, ensure_ascii=False, default=_shown))
    return pydantic_core.to_json(plain, indent=2) + b"\n"  # five times as fast as `json`, where lines are indented


def _shown(value: object) -> int | float:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} has no place in a download")
    return frames.number(value)


# --- the data package ---------------------------------------------------------------------------------------------


def _package(guide: Guide, base_url: str, files: Iterable[_File]) -> dict[str, Json]:
    region = guide.region
    homepage = {"homepage": base_url} if urlsplit(base_url).scheme else {}
    return {
        "$schema": PACKAGE_PROFILE,
        "name": re.sub(r"[^a-z0-9]+", "-", region.guide.lower()).strip("-"),
        "title": f"{region.guide}: {region.name}",
        "description": (
            f"What {region.guide} holds about joint commissioning by the {len(guide.trusts)} Children’s Trusts of the "
            f"{region.name}. The evidence is a report of {region.evidence_date.text}: it describes that time, not "
            "today. Texts are in a small part of Markdown (bold, italics, links, lists). In CSV files no cell is "
            "empty; a list has “; ” between its items; a text that a spreadsheet would take for a formula has an "
            "apostrophe before it."
        ),
        **homepage,
        "sources": [{"title": f"{one.title} ({one.publisher})"} for one in guide.documents.values() if one.sections],
        "resources": [
            _resource(file) for file in files if "/" not in file.path and file.kind.format in {"csv", "json"}
        ],
    }


def _resource(file: _File) -> dict[str, Json]:
    stem = file.path.rpartition(".")[0]
    return {
        # Tables have the plain names, which foreign keys refer to.
        "name": stem if file.kind.format == "csv" else f"{stem}-{file.kind.format}",
        "title": file.kind.title.format(name=file.name),
        "description": f"{file.kind.description} {file.kind.item}",
        "path": file.path,
        "format": file.kind.format,
        "mediatype": MEDIA[file.kind.format],
        "encoding": "utf-8",
        "bytes": len(file.content),
        "hash": f"sha256:{hashlib.sha256(file.content).hexdigest()}",
        **file.kind.describe(),
    }


def table_schema(table: Table, columns: Iterable[Column]) -> dict[str, Json]:
    """Return the Table Schema of a CSV download."""
    refers = {"fields": [table.trust], "reference": {"resource": frames.TRUSTS.name, "fields": ["slug"]}}
    return {
        "fields": [_table_field(column) for column in columns],
        "primaryKey": list(table.key),
        **({"foreignKeys": [refers]} if table.trust else {}),
    }


def _table_field(column: Column) -> dict[str, Json]:
    facts = column.facts
    limits = {
        "required": not column.missing or None,
        "unique": column.unique or None,
        "enum": list(facts.words) or None,
        "minimum": facts.minimum,
        "maximum": facts.maximum,
    }
    field: dict[str, Json] = {
        "name": column.name,
        "title": column.name.replace("_", " ").capitalize(),
        "type": facts.type,
        "description": facts.description,
        "example": facts.example,
        "constraints": {name: limit for name, limit in limits.items() if limit is not None},
    }
    if column.missing:
        field["missingValues"] = [{"value": one.word, "label": one.meaning} for one in column.missing]
    return field
