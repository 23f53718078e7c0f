"""JSON Schemas of the files that editors write and of the downloads, made from the models alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode

from macros.model.base import NAMES, in_words
from macros.model.holdings import HOLDINGS, Holding
from macros.model.profile import PART_FIELDS
from macros.model.region import Area
from macros.model.trust import AREA_FIELDS, FIRST_PROFILE_FIELDS
from macros.schema.contracts import CONTRACTS, SUFFIX, Contract
from macros.schema.schema_generator import Schema, generated

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "data/schema/"


@dataclass(frozen=True)
class EditorFile:
    """One kind of YAML file that people write: a whole record, a list of records, or some fields of a record."""

    name: str
    """The name of its schema, such as `trust`."""
    holding: Holding
    files: str
    """Where such files are, such as `data/trusts/*/trust.yml`."""
    which: str = ""
    """The words that tell them from others there, such as “of later waves”."""
    fields: tuple[str, ...] = ()
    """The fields of the record that it holds, if others are in another file."""
    about: str = ""

    @property
    def schema(self) -> str:
        """The name of its schema's file, such as `trust.schema.json`."""
        return f"{self.name}{SUFFIX}"


def _editor_files() -> Iterator[EditorFile]:
    for holding in HOLDINGS:
        if holding.shape == "rows":
            continue
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", holding.model.__name__).lower()
        files = f"data/{holding.glob}"
        if holding.shape == "area":
            of_area = "What is lasting about one Trust, and outlives any wave of evidence."
            yield EditorFile(name, holding, files, fields=AREA_FIELDS, about=of_area)
            profiles = f"data/{holding.path}/*/*.yml"
            yield EditorFile("first-profile", holding, profiles, "of the first wave", FIRST_PROFILE_FIELDS)
        elif holding.shape == "nested":
            yield EditorFile(name, holding, files, "of later waves")
        else:
            yield EditorFile(name if holding.is_a_file_each else holding.kind, holding, files)


EDITOR_FILES = tuple(_editor_files())

SETTLED = (
    "The section or sections this rests on, its own or those of the nearest part above. `ours` marks what this "
    "project added. Empty where a part only groups others."
)
COMPLETE = "Every field is there. `null` is for what is not known or not there; it never means “no”."

URL: Schema = {
    "title": "Url",
    "description": "The address of its page in the guide.",
    "examples": ["https://guide.example/trusts/luton/"],
    "type": "string",
    "format": "uri-reference",
}


def schemas(base_url: str = "") -> dict[str, Schema]:
    """Return every schema by file name: `trust.schema.json` for editors, `trusts.download.schema.json` for downloads.

    `base_url` is the site's address, which the schemas' `$id` begins with; without it they have no `$id`.
    """
    return {
        **{one.schema: editor_schema(one, base_url) for one in EDITOR_FILES},
        **{contract.file: download_schema(contract, base_url) for contract in CONTRACTS},
    }


def file_names() -> tuple[str, ...]:
    """Return the names of all schemas, without making them."""
    return (*(one.schema for one in EDITOR_FILES), *(contract.file for contract in CONTRACTS))


def editor_files(holding: Holding) -> tuple[EditorFile, ...]:
    """Return the kinds of YAML files that hold records of one kind; none for those in CSV files."""
    return tuple(one for one in EDITOR_FILES if one.holding == holding)


def editor_schema(file: EditorFile, base_url: str = "", names: Mapping[str, Schema] = MappingProxyType({})) -> Schema:
    """Return the schema of one kind of YAML file.

    `names` gives, for each kind of record, the schema of a text that names one. Without it, any text of the right form
    will do.
    """
    holding = file.holding
    many = holding.shape == "list"
    made = _generate(holding.model, many, "validation")
    record = _record(made, holding.model, many)
    elsewhere = {name for name in record["properties"] if file.fields and name not in file.fields}
    for name in {*holding.derived, *elsewhere}:
        del record["properties"][name]
    record["required"] = [one for one in record["required"] if one in record["properties"]]
    _name_records(made, names)
    made.setdefault("$defs", {}).update({_names_of(kind): one for kind, one in names.items()})
    title = f"{file.files} {file.which}".rstrip()
    return _finished(made, file.schema, title, file.about or about(holding.model), base_url)


def _names_of(kind: str) -> str:
    return f"names-{kind}"


def _name_records(part: object, names: Mapping[str, Schema]) -> None:
    """Make each text that names a record refer to the schema of such names, if there is one."""
    if isinstance(part, dict):
        if (kind := part.pop(NAMES, None)) in names:
            for key in ("type", "pattern", "maxLength"):
                del part[key]
            part["$ref"] = f"#/$defs/{_names_of(kind)}"
        for value in part.values():
            _name_records(value, names)
    elif isinstance(part, list):
        for value in part:
            _name_records(value, names)


def download_schema(contract: Contract, base_url: str = "") -> Schema:
    """Return the schema of a JSON download: every field is present, with `null` where the data has nothing."""
    made = _generate(contract.model, contract.many, "serialization")
    for part in (made, *made.get("$defs", {}).values()):
        if "source" in part.get("properties", {}):
            source = part["properties"]["source"]
            source |= {"description": SETTLED, "examples": [[one] for one in source["examples"]]}
    if contract.has_page:
        record = _record(made, contract.model, contract.many)
        more = {"url": dict(URL), **({"codes": _codes()} if contract.has_codes else {})}
        more |= {"waves": _waves()} if contract.has_waves else {}
        record["properties"] = {**more, **record["properties"]}
        record["required"] = [*more, *record["required"]]
    return _finished(made, contract.file, contract.title, f"{about(contract.model)} {COMPLETE}", base_url)


def _codes() -> Schema:
    """Return the schema of the official codes of a Trust's areas."""
    area = dict(_whole(Area))
    properties = {name: opened(field, area) for name, field in area["properties"].items() if name != "trust"}
    nullable = {"anyOf": [properties["until"], {"type": "null"}]}
    return {
        "title": "Codes",
        "description": "The official codes of the areas that it covered, with the days on which each held.",
        "type": "array",
        "items": {
            "type": "object",
            "properties": {**properties, "until": {**nullable, "description": properties["until"]["description"]}},
            "required": [*properties],
            "additionalProperties": False,
        },
    }


def _waves() -> Schema:
    """Return the schema of the wave of each part of a Trust."""
    of_part: Schema = {"type": "string", "description": "The wave that told it last.", "examples": ["2024"]}
    names = [field for fields in PART_FIELDS.values() for field in fields]
    of_standards: Schema = {
        "type": "object",
        "description": "The wave of the statement on each standard, by the standard’s id.",
        "additionalProperties": of_part,
    }
    return {
        "title": "Waves",
        "description": "The wave of evidence that each part comes from. A gap comes from the wave of its part.",
        "type": "object",
        "properties": {**{name: dict(of_part) for name in names}, "practice": of_standards},
        "required": [*names, "practice"],
        "additionalProperties": False,
    }


def facts(model: type[BaseModel], path: str) -> Schema:
    """Return the download schema's entry for the field at `path`, such as `context.commissioning.unit.state`.

    References are followed and `null` is left out, so that `type`, `enum`, `minimum` and `description` stand side
    by side. Raises KeyError when there is no such field.
    """
    whole = _whole(model)
    found: Schema = whole
    for name in path.split("."):
        found = opened(found["properties"][name], whole)
    return found


def written(model: type[BaseModel]) -> Schema:
    """Return the schema of one record as people write it; `NAMES` marks the kind of record that a field names."""
    return _generate(model, False, "validation")


def opened(part: Schema, whole: Schema) -> Schema:
    """Return `part` with its reference, or its one alternative to `null`, merged in; keys of `part` itself win."""
    inner: Schema = {}
    options = [one for one in part.get("anyOf", ()) if one.get("type") != "null"]
    if "$ref" in part:
        inner = opened(whole["$defs"][part["$ref"].rpartition("/")[2]], whole)
    elif len(options) == 1:
        inner = opened(options[0], whole)
    elif options:
        return {**part, "anyOf": options}
    return {**inner, **{key: value for key, value in part.items() if key not in {"$ref", "anyOf"}}}


def _generate(model: type[BaseModel], many: bool, mode: JsonSchemaMode) -> Schema:
    """Return the schema of one record, or of a list of them."""
    record: Schema = json.loads(generated(model, mode))
    if not many:
        return record
    definitions: Schema = record.pop("$defs", {})
    definitions[model.__name__] = {**record, "title": in_words(record["title"])}
    return {"$defs": definitions, "items": {"$ref": f"#/$defs/{model.__name__}"}, "type": "array"}


def about(model: type[BaseModel]) -> str:
    """Return the description of a model on one line: its docstring."""
    return " ".join((model.__doc__ or "").split())


@cache
def _whole(model: type[BaseModel]) -> Schema:
    return _generate(model, False, "serialization")


def _record(made: Schema, model: type[BaseModel], many: bool) -> Schema:
    """Return the part of a schema that describes one record."""
    record: Schema = made["$defs"][model.__name__] if many else made
    return record


def _finished(made: Schema, file: str, title: str, description: str, base_url: str) -> Schema:
    """Return a complete schema: with a head, and with its definitions sorted and unused ones left out."""
    made["$defs"] = _used(made)
    head: Schema = {"$schema": DIALECT}
    if base_url:
        head["$id"] = f"{base_url.rstrip('/')}/{FOLDER}{file}"
    head |= {"title": title, "description": description}
    body = {key: value for key, value in made.items() if key not in {*head, "$defs"}}
    return {**head, **body, **({"$defs": made["$defs"]} if made["$defs"] else {})}


def _used(made: Schema) -> Schema:
    definitions: Schema = made.get("$defs", {})
    used: set[str] = set()
    waiting = list(_references({key: value for key, value in made.items() if key != "$defs"}))
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting.extend(_references(definitions[name]))
    return {name: definitions[name] for name in sorted(used)}


def _references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"].rpartition("/")[2]
        for value in part.values():
            yield from _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)
