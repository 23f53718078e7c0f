"""Rules about sources: each exists, each statement has one, and gaps are marked as ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from macros.model import holdings
from macros.model.base import OURS
from macros.model.sources import Document
from macros.model.trust import Gap
from macros.model.wording import count
from macros.reading.names import naming_fields, references
from macros.reading.partial_records import Part, PartialPart, model_of
from macros.reading.problem import Problem, did_you_mean
from macros.reading.records import Records
from macros.reading.rules.parts import everything, parts, whole


def every_source_exists(records: Records) -> Iterator[Problem]:
    """A source names a known document, a section of it, and a point that the section has."""
    documents = {document.id: document for document in whole(records, Document)}
    sections = {
        f"{document.id}#{section.id}": section.points or 0
        for document in documents.values()
        for section in document.sections
    }
    known = [*sections, *(name for name, one in documents.items() if not one.sections), OURS]
    shapes = re.compile(r"(.*?)(?:\((\d+)\))?\Z")
    told: set[int] = set()
    right: set[str] = {OURS}
    """References already found right: most are written thousands of times."""
    for part in everything(records):
        inherited = id(part.source) in told  # the very list of the part above: reported once, where it is written
        told.add(id(part.source))
        if (inherited or right.issuperset(part.source)) and not naming_fields(model_of(part), holdings.SOURCES.kind):
            continue
        for field, reference in _references(part, inherited):
            name, number = cast("tuple[str, str | None]", shapes.fullmatch(reference).groups())  # type: ignore[union-attr]
            where = part.at(field)
            if records.unread(holdings.SOURCES.kind, name.partition("#")[0]):
                continue
            if name in documents and documents[name].sections:
                yield records.problem(
                    where,
                    found=f"the source “{reference}” without a section",
                    expected="a section of the document",
                    mend=f"write # and the section after it, without a space: {name}#{documents[name].sections[0].id}",
                )
            elif name not in known:
                yield records.problem(
                    where,
                    found=f"the source “{reference}”",
                    expected="a document or section that sources.yml has",
                    mend=did_you_mean(name, known),
                )
            elif number and name in sections and int(number) > sections[name]:
                has = count(sections[name], "numbered point") if sections[name] else "no numbered points"
                yield records.problem(
                    where,
                    found=f"the source “{reference}”",
                    expected=f"a point that the section has: it has {has}",
                    mend="check the number in brackets, or leave it out",
                )
            else:
                right.add(reference)


def _references(part: Part, inherited: bool) -> Iterator[tuple[str, str]]:
    """Yield each source with its field; the place of a source in a list is its own line."""
    if not inherited:
        for number, reference in enumerate(part.source):
            yield f"source.{number}" if len(part.source) > 1 else "source", reference
    yield from references(part, holdings.SOURCES.kind)


def every_statement_has_a_source(records: Records) -> Iterator[Problem]:
    """Each statement has a source: its own or its parent's."""
    document = next((one.id for one in whole(records, Document)), "document")
    for part in everything(records):
        if not part.source and (part.states_something if isinstance(part, PartialPart) else part.statement):
            yield records.problem(
                part.where,
                found="no source",
                expected="a source, here or on the part above",
                mend=f"add “source: {document}#…” with the section it comes from, or “source: ours”",
            )


def gaps_are_marked_as_ours(records: Records) -> Iterator[Problem]:
    """Gaps are our reading of a silence, never a statement of the report."""
    for part in parts(records, Gap):
        if part.source != (OURS,):
            yield records.problem(
                part.where,
                found="a gap without “source: ours”",
                expected="gaps marked as ours",
                mend="add “source: ours”",
            )
