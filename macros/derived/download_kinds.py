"""The kinds of downloads: a table, records as JSON, a schema, or a file of another kind."""

from __future__ import annotations

import json
import operator
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

import pydantic_core

from macros.derived import table_columns, table_shape
from macros.derived.table_shape import Column, ColumnFacts, Table
from macros.model import addresses
from macros.model.base import Record
from macros.model.lasting import Revisions
from macros.model.region import Area
from macros.reading import earlier_results
from macros.reading.csv_cells import to_csv
from macros.reading.guide import Guide
from macros.schema import json_schema
from macros.schema.contracts import SUFFIX, Contract

Json = Any


@dataclass(frozen=True)
class Download:
    """One kind of download. If it consists of several files, `path`, `title` and `description` contain `{name}`."""

    path: str
    """Below `/data/`."""
    title: str
    description: str
    item: str
    """The meaning of one row, of one item of the list, or of the file."""

    @property
    def format(self) -> str:
        return self.path.rpartition(".")[2]

    def names(self, guide: Guide) -> Iterable[str]:
        """Return the values of `{name}`, file by file, without making the files."""
        raise NotImplementedError

    def files(self, guide: Guide, base_url: str, revised: Revisions | None = None) -> Iterator[tuple[str, bytes]]:
        """Yield each value of `{name}` with the bytes of its file.

        `revised` is for files that give dates of revision.
        """
        raise NotImplementedError

    def describe(self) -> dict[str, Json]:
        """Return the data package's entry for a file, without its path and size."""
        return {}


@dataclass(frozen=True)
class TableDownload(Download):
    """A table as CSV."""

    table: Table
    rows: Callable[[Guide], Mapping[str, Iterable[object]]]
    address: Callable[[Any], str] | None = None
    """Returns the address of a row's page; None if rows have no pages."""

    def names(self, guide: Guide) -> Iterable[str]:
        return self.rows(guide)

    def files(
        self,
        guide: Guide,
        base_url: str,
        revised: Revisions | None = None,  # noqa: ARG002 - no dates of revision in it
    ) -> Iterator[tuple[str, bytes]]:
        for name, rows in self.rows(guide).items():
            columns = self._columns(base_url)
            cells = ([column.cell(row) for column in columns] for row in rows)
            yield name, to_csv([column.name for column in columns], cells, mark=True)

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
    codes: Callable[[Guide], Mapping[str, tuple[Area, ...]]] | None = None
    """The official codes that go with each record, by its slug."""
    waves: Callable[[Guide], Mapping[str, Mapping[str, Json]]] | None = None
    """The wave of each field of a record that waves tell of, by its slug."""

    def names(self, guide: Guide) -> Iterable[str]:
        return self.records(guide)

    def files(
        self,
        guide: Guide,
        base_url: str,
        revised: Revisions | None = None,  # noqa: ARG002 - no dates of revision in it
    ) -> Iterator[tuple[str, bytes]]:
        codes = self.codes(guide) if self.codes else {}
        waves = self.waves(guide) if self.waves else {}
        for name, records in self.records(guide).items():
            items = [self._item(record, self._url(record, name, base_url), codes, waves) for record in records]
            yield name, _listed(items) if self.contract.many else items[0]

    def _url(self, record: Record, name: str, base_url: str) -> str:  # noqa: ARG002 - names a page for some kinds
        return base_url + self.address(record) if self.address else ""

    def _item(
        self,
        record: Record,
        url: str,
        codes: Mapping[str, tuple[Area, ...]],
        waves: Mapping[str, Mapping[str, Json]],
    ) -> bytes:
        """Return one record. Several files contain it, and under `serve` most records stay the same objects."""
        slug = getattr(record, "slug", "")
        areas = codes.get(slug, ()) if self.codes else None
        told = waves[slug] if self.waves else None
        known = _items.get(id(record))
        if known is None or not known.is_of(record, url, areas, told):
            gone = partial(_items.pop, id(record), None)
            content = to_json(self._dump(record, url, areas, told))
            known = _Item(weakref.ref(record, lambda _: gone()), url, areas, told, content)
            _items[id(record)] = known
        return known.content

    def describe(self) -> dict[str, Json]:
        return {"jsonSchema": f"schema/{self.contract.file}"}

    def _dump(
        self, record: Record, url: str, codes: tuple[Area, ...] | None, waves: Mapping[str, Json] | None
    ) -> dict[str, Json]:
        page = {"url": url} if self.contract.has_page else {}
        areas = {} if codes is None else {"codes": [one.model_dump(mode="python", exclude={"trust"}) for one in codes]}
        told = {} if waves is None else {"waves": dict(waves)}
        return {**page, **areas, **told, **record.model_dump(mode="python")}


@dataclass(frozen=True)
class WaveDownload(RecordDownload):
    """What single waves told of a Trust, a file each. Its name is that of the page for citing it: `luton/2024`."""

    def _url(self, record: Record, name: str, base_url: str) -> str:  # noqa: ARG002 - the name says it all
        return base_url + addresses.of_wave_profile(*name.split("/"))


@dataclass(frozen=True)
class SchemaDownload(Download):
    """The JSON Schemas."""

    def names(self, guide: Guide) -> Iterable[str]:  # noqa: ARG002 - no data in them
        return (file.removesuffix(SUFFIX) for file in json_schema.file_names())

    def files(
        self,
        guide: Guide,  # noqa: ARG002 - no data in them
        base_url: str,
        revised: Revisions | None = None,  # noqa: ARG002 - no dates of revision in them
    ) -> Iterator[tuple[str, bytes]]:
        key = earlier_results.key_of("schemas", base_url)
        for file, text in earlier_results.once(key, lambda: _schemas(base_url)).items():
            yield file.removesuffix(SUFFIX), text.encode()


def _schemas(base_url: str) -> dict[str, str]:
    return {file: to_json(made).decode() for file, made in json_schema.schemas(base_url).items()}


@dataclass(frozen=True)
class FileDownload(Download):
    """Files in other formats, made by `documents`."""

    made: Callable[[Guide, str, Revisions], Mapping[str, Callable[[], bytes]]]
    """The functions that make the files, by name."""

    def names(self, guide: Guide) -> Iterable[str]:
        return self.made(guide, "", first_written(guide))

    def files(self, guide: Guide, base_url: str, revised: Revisions | None = None) -> Iterator[tuple[str, bytes]]:
        for name, make in self.made(guide, base_url, revised or first_written(guide)).items():
            yield name, make()


def first_written(guide: Guide) -> Revisions:
    """Return revisions as they are known without any history: everything is as it was first written."""
    return Revisions(datetime.combine(guide.region.first_written.last, time(12), UTC))


def whole_guide(rows: Callable[[Guide], Iterable[Any]]) -> Callable[[Guide], Mapping[str, Iterable[Any]]]:
    """Return a function for downloads of a single file: it gives all rows, under no name."""
    return lambda guide: {"": rows(guide)}


def _url_facts() -> ColumnFacts:
    return ColumnFacts("string", json_schema.URL["description"], json_schema.URL["examples"][0])


def same_areas(now: object, was: object) -> bool:
    if isinstance(now, Mapping) and isinstance(was, Mapping):
        return [*now] == [*was] and same_areas(tuple(now.values()), tuple(was.values()))
    if isinstance(now, tuple) and isinstance(was, tuple):
        return len(now) == len(was) and all(map(operator.is_, now, was))
    return now is was


# --- formats ------------------------------------------------------------------------------------------------------


class _Item(NamedTuple):
    """A record as JSON, with the address of its page."""

    record: weakref.ref[Record]
    url: str
    codes: tuple[Area, ...] | None
    waves: Mapping[str, Json] | None
    content: bytes

    def is_of(self, record: Record, url: str, codes: tuple[Area, ...] | None, waves: Mapping[str, Json] | None) -> bool:
        """Return whether this is the JSON of the same record, with the same beside it."""
        return self.record() is record and (self.url, self.waves) == (url, waves) and same_areas(self.codes, codes)


_items: dict[int, _Item] = {}
"""Kept by identity, not by value, as 38 and 38.0 are equal."""


def _listed(items: Iterable[bytes]) -> bytes:
    """Return the JSON of a list, in the form of `to_json`, from that of each item."""
    inside = b",\n  ".join(item.rstrip().replace(b"\n", b"\n  ") for item in items)  # no text holds a bare line break
    return b"[\n  " + inside + b"\n]\n" if inside else b"[]\n"


def to_json(value: Json) -> bytes:
    """Return `value` as JSON: UTF-8, indented, one newline at the end."""
    plain = json.loads(json.dumps(value, ensure_ascii=False, default=_shown))
    return pydantic_core.to_json(plain, indent=2) + b"\n"  # five times as fast as `json` with indented lines


def _shown(value: object) -> int | float:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} has no place in a download")
    return table_shape.number(value)


def table_schema(table: Table, columns: Iterable[Column]) -> dict[str, Json]:
    """Return the Table Schema of a CSV download."""
    refers = {"fields": [table.trust], "reference": {"resource": table_columns.TRUSTS.name, "fields": ["slug"]}}
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
