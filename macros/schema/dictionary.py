"""The data dictionary: every kind of record and every field of it, read from the schemas that editors' tools use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pydantic import BaseModel

from macros.model import holdings
from macros.model.base import NAMES, SECTION, SLUG, SOURCE, in_words
from macros.model.dates import PATTERN as WHEN
from macros.model.holdings import HOLDINGS, Holding
from macros.schema import json_schema
from macros.schema.fields import model_at
from macros.schema.schema_generator import Schema

SOURCE_ANCHOR = "source"
_ALL_OVER = "source"
"""The field that every part may have. The dictionary explains it once."""

_NAMED = {
    "trusts": "the slug of a Trust",
    "documents": "the id of a document",
    "waves": "the name of a wave",
    "standards": "the id of a standard",
    "principles": "the id of a principle",
    "recommendations": "the id of a recommendation",
    "glossary": "the id of a term",
    "themes": "the id of a theme of the survey",
    "sources": "a source",
}
_LINE = 200


@dataclass(frozen=True)
class FieldEntry:
    """One field."""

    path: str
    """Path below the record, such as `governance.bodies.kind`."""
    anchor: str
    name: str
    description: str
    type: str
    """In plain words, such as `a list of texts on one line each`."""
    required: bool
    typed: bool
    """Whether people write it. Other fields come from the file's name or from another file."""
    example: str
    words: tuple[tuple[str, str], ...]
    """The words that it is limited to, each with its meaning."""
    vocabulary: str
    """The anchor of these words."""
    owner: str
    """The class of the part that it belongs to."""


@dataclass(frozen=True)
class Vocabulary:
    """The fixed words that fields of one class take."""

    title: str
    description: str
    words: tuple[tuple[str, str], ...]

    @property
    def anchor(self) -> str:
        return "words-" + self.title.lower().replace(" ", "-")


@dataclass(frozen=True)
class RecordPart:
    """The record itself, or a part of it that has fields of its own."""

    path: str
    anchor: str
    title: str
    description: str
    many: bool
    """Whether it is one item of a list."""
    entries: tuple[FieldEntry, ...]


@dataclass(frozen=True)
class RecordKind:
    """One kind of record."""

    holding: Holding
    anchor: str
    title: str
    description: str
    parts: tuple[RecordPart, ...]


@cache
def kinds() -> tuple[RecordKind, ...]:
    """Return every kind of record, in the order of the layout."""
    return tuple(map(_kind, HOLDINGS))


@cache
def vocabularies() -> tuple[Vocabulary, ...]:
    """Return every list of fixed words that a field takes, in the order of the fields."""
    found = {
        one.title: one
        for holding in HOLDINGS
        for part in json_schema.written(holding.model).get("$defs", {}).values()
        if (one := _vocabulary(part))
    }
    return tuple(found[title] for title in sorted(found))


def anchor_at(where: str, name: str) -> str:
    """Return the anchor of a field by the address of the part that it belongs to, or a key of class and field name.

    >>> anchor_at("trusts/luton:governance.bodies.0", "kind")
    'trusts-governance-bodies-kind'
    """
    return f"{_part_of_anchor(where)}-{name}"


@lru_cache(maxsize=65_536)  # a part has several fields and appears on several pages
def _part_of_anchor(where: str) -> str:
    record, _, path = where.partition(":")
    inside = [one for one in path.split(".") if one and not one.isdigit()]
    return "-".join((record.partition("/")[0], *inside))


def source_entry() -> FieldEntry:
    """Return the field `source`, which every part may have."""
    whole = json_schema.written(holdings.TRUSTS.model)
    return _entry(holdings.TRUSTS, holdings.TRUSTS.model, (), _ALL_OVER, whole, whole)


def anchor(file: str, field: str) -> str | None:
    """Return the anchor of a field of a file below `data/`, or of the nearest known part; None for other files.

    The parts of a later profile are those of a Trust, and are found there.

    >>> anchor("trusts/luton/2009.yml", "governance.bodies[2].kind")
    'trusts-governance-bodies-kind'
    """
    name = file.rpartition("/")[2].removesuffix(".yml")
    holding = holdings.of_file(file, name)
    own = re.split(r"[.[]", field)[0]
    if holding == holdings.TRUSTS and own in holdings.PROFILES.model.model_fields.keys() - holding.model.model_fields:
        holding = holdings.PROFILES
    if holding is None:
        return None
    names = re.sub(r"\[\d+\]", "", field).strip(".").split(".") if field else []
    if names and names[-1] == _ALL_OVER:
        return SOURCE_ANCHOR
    if file.endswith(holdings.ANSWERS):
        names = ["answers", *names]
    while names and _anchor(holding, tuple(names)) not in _anchors():
        names.pop()
    return _anchor(holding, tuple(names))


@cache
def _anchors() -> frozenset[str]:
    return frozenset(one for kind in kinds() for part in kind.parts for one in (part.anchor, *_of_entries(part)))


def _of_entries(part: RecordPart) -> Iterator[str]:
    return (entry.anchor for entry in part.entries)


def _anchor(holding: Holding, path: tuple[str, ...]) -> str:
    return "-".join((holding.kind, *path))


def _kind(holding: Holding) -> RecordKind:
    whole = json_schema.written(holding.model)
    return RecordKind(
        holding=holding,
        anchor=_anchor(holding, ()),
        title=in_words(holding.model.__name__),
        description=" ".join((holding.model.__doc__ or "").split()),
        parts=tuple(_parts(holding, holding.model, (), False, whole, whole)),
    )


def _parts(
    holding: Holding, model: type[BaseModel], path: tuple[str, ...], many: bool, part: Schema, whole: Schema
) -> Iterator[RecordPart]:
    """Yield the part at `path` and the parts inside it."""
    names = [name for name in part["properties"] if name != _ALL_OVER]
    yield RecordPart(
        path=".".join(path),
        anchor=_anchor(holding, path),
        title=part["title"],
        description=part["description"],
        many=many,
        entries=tuple(_entry(holding, model, path, name, part, whole) for name in names),
    )
    for name in names:
        field = json_schema.opened(part["properties"][name], whole)
        inside = json_schema.opened(field.get("items", field), whole)
        inner = model_at(model, (name,))
        if inner and "properties" in inside:
            inside = {**inside, "title": in_words(inner.__name__), "description": json_schema.about(inner)}
            yield from _parts(holding, inner, (*path, name), "items" in field, inside, whole)


def _entry(
    holding: Holding, model: type[BaseModel], path: tuple[str, ...], name: str, part: Schema, whole: Schema
) -> FieldEntry:
    field = json_schema.opened(part["properties"][name], whole)
    single = json_schema.opened(field.get("items", field), whole)
    # Matched by its words, as a field may have another title than its vocabulary.
    own = _vocabulary(single)
    vocabulary = next((one for one in vocabularies() if own and one.words == own.words), None)
    return FieldEntry(
        path=".".join((*path, name)),
        anchor=SOURCE_ANCHOR if name == _ALL_OVER else _anchor(holding, (*path, name)),
        name=name,
        description=re.sub("`([^`]+)`", r"“\1”", field["description"]),
        type=_type(field, whole),
        required=name in part.get("required", ()),
        typed=bool(path) or name not in holding.derived,
        example=_example(field),
        words=vocabulary.words if vocabulary else (),
        vocabulary=vocabulary.anchor if vocabulary else "",
        owner=model.__name__,
    )


def _vocabulary(part: Schema) -> Vocabulary | None:
    """Return the fixed words of a part of a schema, or None."""
    if "enumDescriptions" not in part:
        return None
    words = tuple(zip(part["enum"], part["enumDescriptions"], strict=True))
    return Vocabulary(part["title"], part["description"], words)


def _example(field: Schema) -> str:
    """Return the first example as it is typed; "" for parts, whose own fields have examples."""
    examples = field.get("examples", ())
    if not examples:
        return ""
    one = examples[0][0] if isinstance(examples[0], list) else examples[0]
    text = str(one).lower() if isinstance(one, bool) else str(one)
    return f"- {text}" if isinstance(examples[0], list) else text


def _type(field: Schema, whole: Schema) -> str:
    """Return in plain words what to write in a field."""
    if "anyOf" in field:
        return _choice_of_types(field["anyOf"])
    if field.get("type") == "array":
        inner = json_schema.opened(field["items"], whole)
        many = "one item or more" if field.get("minItems") else "any number of items"
        return f"a list, {many}: each is {_type(inner, whole)}"
    if "properties" in field:
        return "a part with fields of its own"
    if "enum" in field:
        return "one of these"
    if NAMES in field:
        return _NAMED[field[NAMES]]
    kind = field["type"]
    if kind == "boolean":
        return "either true or false"
    if kind == "integer":
        low, high = field.get("minimum"), field.get("maximum")
        return "a whole number" + (f" from {low:,} to {high:,}" if high is not None else f", {low:,} or more")
    if field.get("pattern") == SLUG:
        return "a short name: lower-case letters, digits and hyphens"
    if field.get("pattern") == SECTION:
        return "a short name: lower-case letters, digits, dots and hyphens"
    return "a text on one line" if field.get("maxLength", 0) <= _LINE else "a text"


def _choice_of_types(options: list[Schema]) -> str:
    patterns = {one.get("pattern") for one in options}
    if WHEN in patterns:
        return "a date, as exact as the source has it"
    if SOURCE in patterns:
        return "one source, or a list of them"
    return "a number from 0 to 100, or “not printed”"
