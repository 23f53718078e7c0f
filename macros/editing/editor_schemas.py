"""Hints for editors' tools: the schemas, with the names and sources to choose from, as files next to `data/`.

The files are kept with the data, so that hints are available before anything is installed, and in a browser too. Their
names may lag behind the data; so tools do not report an unknown name as a mistake, and `guide check` decides.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from macros.model.base import OURS, SECTION, SLUG, SOURCE
from macros.model.dates import FORMS
from macros.model.dates import PATTERN as WHEN
from macros.model.holdings import Holding
from macros.model.sources import Section
from macros.reading import project_files
from macros.reading.guide import Guide
from macros.reading.refusals import PATTERNS
from macros.schema import json_schema
from macros.schema.schema_generator import Schema

FOLDER = ".schema"
MODELINE = "# yaml-language-server: $schema="

_SAID = {SLUG: PATTERNS["slug"], SECTION: "lower-case letters, digits, dots and hyphens", WHEN: f"a date: {FORMS}"}


def files(guide: Guide) -> Mapping[str, str]:
    """Return the text of each schema by its file name, such as `trust.schema.json`."""
    names = {kind: _names(known) for kind, known in names_by_kind(guide).items()}
    names["sources"] = _sources(guide)
    made = {one.schema: json_schema.editor_schema(one, names=names) for one in json_schema.EDITOR_FILES}
    return {file: json.dumps(_explained(one), ensure_ascii=False, indent=1) + "\n" for file, one in made.items()}


def write(guide: Guide, project: Path) -> tuple[Path, ...]:
    """Write the schemas of a project and return the files that changed; raises OSError."""
    with project_files.writing(project) as writer:
        return writer.make({project / FOLDER / file: text for file, text in files(guide).items()})


def modeline(holding: Holding, number: int = 0) -> str:
    """Return the comment at the top of a YAML file of `holding` that points tools to its schema.

    `number` says which file it is, of those that hold a record between them.
    """
    file = json_schema.editor_files(holding)[number]
    up = "../" * file.files.count("/")
    return f"{MODELINE}{up}{FOLDER}/{file.schema}"


def names_by_kind(guide: Guide) -> Mapping[str, Mapping[str, str]]:
    """Return the names that a field may choose from, by the kind of record, each with its description."""
    return {
        "trusts": {one.slug: one.partnership for one in guide.trusts},
        "documents": {one.id: one.title for one in guide.documents.values()},
        "waves": {one.id: one.title for one in guide.waves},
        "standards": {one.id: one.title for one in guide.standards},
        "principles": {one.id: one.name for one in guide.principles},
        "recommendations": {one.id: one.title for one in guide.recommendations},
        "glossary": {one.id: one.expansion or one.term for one in guide.glossary},
        "themes": {theme.id: theme.title for survey in guide.surveys for theme in survey.themes},
    }


def _names(known: Mapping[str, str]) -> Schema:
    return {"type": "string", "pattern": SLUG, "maxLength": 80, "anyOf": _choices(known)}


def _sources(guide: Guide) -> Schema:
    """Return the schema of a source: a section that its document has, or a document without sections."""
    known = {OURS: "This project added it.", **dict(_references(guide))}
    sectioned = [one for one in guide.documents.values() if one.sections]
    sections = (
        f"{re.escape(document.id)}#(?:{'|'.join(f'{re.escape(one.id)}{_points(one)}' for one in document.sections)})$"
        for document in sectioned
    )
    another = f"(?!(?:{'|'.join(re.escape(one.id) for one in sectioned)})(?:#|$)){SOURCE.removeprefix('^')}"
    return {"type": "string", "pattern": f"^(?:{'|'.join((*sections, another))})", "anyOf": _choices(known)}


def _points(section: Section) -> str:
    return rf"(?:\((?:{'|'.join(map(str, range(1, section.points + 1)))})\))?" if section.points else ""


def _references(guide: Guide) -> Iterator[tuple[str, str]]:
    for document in guide.documents.values():
        if not document.sections:
            yield document.id, document.title
        for section in document.sections:
            yield f"{document.id}#{section.id}", section.title
            for point in range(1, (section.points or 0) + 1):
                yield f"{document.id}#{section.id}({point})", f"{section.title}, point {point}"


def _choices(known: Mapping[str, str]) -> list[Schema]:
    # Not one list of words: a tool would show all of them to anybody who points at one. The last choice accepts any
    # text, as the pattern next to them refuses a wrong one with a single short message.
    return [*({"const": name, "description": what} for name, what in known.items()), {"type": "string"}]


def _explained(whole: Schema) -> Schema:
    """Give each pattern a message for tools to show when a text does not fit it."""
    for part in _inside(whole):
        if isinstance(pattern := part.get("pattern"), str):
            known = next((words for shape, words in _SAID.items() if shape == pattern), None)
            part["patternErrorMessage"] = f"Expected {known or PATTERNS['source']}."
    return whole


def _inside(part: object) -> Iterator[Schema]:
    if isinstance(part, dict):
        yield part
    inner: Iterable[object] = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for value in inner:
        yield from _inside(value)
