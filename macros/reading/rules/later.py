"""Rules about facts of the time after the evidence: they are later, rest on a document, and are in the right file."""

from __future__ import annotations

from collections.abc import Iterator

from macros.model.base import OURS
from macros.model.dates import When, today
from macros.model.later import Bearing, LaterFact, LaterFacts, OpenQuestion
from macros.model.vocabulary import LaterTopic
from macros.reading.facets import Facet
from macros.reading.problem import Problem
from macros.reading.records import Records
from macros.reading.rules.parts import about, evidence_began, facets, parts

OF_TRUSTS = (LaterTopic.LEADS, LaterTopic.TO_COME, LaterTopic.PARTNERSHIP, LaterTopic.VOICE, LaterTopic.HEALTH)
"""The topics for facts about the area of a Trust."""
OF_THE_COUNTRY = tuple(topic for topic in LaterTopic if topic not in OF_TRUSTS or topic == LaterTopic.HEALTH)


class _Dated(Facet):
    as_of: When | None


@about(LaterFact, _Dated)
def later_facts_are_later(records: Records, fact: _Dated) -> Iterator[Problem]:
    """A later fact is of a time between the evidence and today."""
    began = evidence_began(records)
    if fact.as_of and (fact.as_of.first > today() or (began and fact.as_of.last < began.first)):
        yield records.problem(
            fact.at("as_of"),
            found=fact.as_of.text,
            expected="a time between the evidence and today",
            mend="check the year; what a document says will come is of the document’s own time",
        )


class _Read(Facet):
    read: When


@about(LaterFacts, _Read)
def documents_were_read_by_now(records: Records, one: _Read) -> Iterator[Problem]:
    """Documents cannot have been read in the future."""
    if one.read.first > today():
        yield records.problem(
            one.at("read"), found=one.read.text, expected="a time that has come", mend="check the year"
        )


class _Sourced(Facet):
    source: tuple[str, ...]


def what_is_stated_has_a_document(records: Records) -> Iterator[Problem]:
    """Documents state facts; what a fact means for a standard, and what documents leave open, is marked as ours."""
    for fact in facets(records, LaterFact, _Sourced):
        if fact.source == (OURS,):
            yield records.problem(
                fact.at("source"),
                found="a fact that no document states",
                expected="a document of sources.yml",
                mend="name the document, or ask it under “questions:”",
            )
    for model in (Bearing, OpenQuestion):
        for part in parts(records, model):
            if tuple(part.source) != (OURS,):
                yield records.problem(
                    part.where,
                    found="words of our own without “source: ours”",
                    expected="“source: ours”",
                    mend="add it",
                )


class _Asking(Facet):
    asks: str


@about(OpenQuestion, _Asking)
def questions_ask(records: Records, one: _Asking) -> Iterator[Problem]:
    """An open question reads as one, so that nobody takes it for a statement."""
    if "?" not in one.asks:
        yield records.problem(
            one.at("asks"),
            found="a statement",
            expected="a question",
            mend="ask it, with a question mark; a fact belongs under “facts:”, with its document",
        )


class _About(Facet):
    topic: LaterTopic


class _Subject(Facet):
    trust: str | None
    facts: tuple[_About, ...]
    questions: tuple[_About, ...]


@about(LaterFacts, _Subject)
def facts_stand_with_their_subject(records: Records, one: _Subject) -> Iterator[Problem]:
    """Facts about the area of a Trust are in a file that names it; other facts are in a file that names no Trust."""
    allowed = OF_TRUSTS if one.trust else OF_THE_COUNTRY
    for name, many in (("facts", one.facts), ("questions", one.questions)):
        for number, part in enumerate(many):
            if part.topic not in allowed:
                yield records.problem(
                    one.at(f"{name}.{number}.topic"),
                    found=f"“{part.topic}” in a file that {'names a Trust' if one.trust else 'names no Trust'}",
                    expected=f"one of {', '.join(f'“{topic}”' for topic in allowed)}",
                    mend="change the topic, or move it to the file of its subject",
                )
