"""A rule about time: a statement on how things stood must not read, years later, as one about the reader’s own day."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Collection, Iterator
from textwrap import shorten

from macros.model.dates import When
from macros.model.later import LaterFact
from macros.model.profile import Profile
from macros.model.trust import Gap
from macros.model.vocabulary import LaterTopic
from macros.model.wave import Wave
from macros.model.wording import split
from macros.reading.facets import Facet
from macros.reading.partial_records import Part, PartialPart, model_of
from macros.reading.problem import Problem
from macros.reading.records import Records
from macros.reading.rules.parts import everything, facets, parts
from macros.schema.fields import is_prose

_THEN = {"is": "was", "are": "were", "has": "had", "have": "had", "does": "did", "do": "did"}
_THEN.update({f"{now}n’t": f"{then}n’t" for now, then in _THEN.items()})
"""The verbs that mark the present tense, each with its past. “’s” is not one: it may be “is”, “has” or a genitive."""

_PAST = frozenset({*_THEN.values(), "would", "could", "should", "might"})
_INFINITIVE_FOLLOWS = frozenset(
    {"to", "did", "didn’t", "would", "could", "should", "might", "may", "must", "can", "will"}
)
"""Words after which “have” and “do” are no present tense: “it would also have to go”."""
_OPENS_A_CLAUSE = frozenset(
    {"that", "which", "who", "whom", "whose", "where", "when", "whether", "if", "how", "what", "why", "because", "as"}
)
_READERS_DAY = re.compile(r"\b(?:now|today|currently|nowadays|at present)\b", re.IGNORECASE)
_MONTH = "|".join(name for name in month_name if name)
_DATE = re.compile(
    r"\b(?:1[89]|2[01])[0-9]{2}\b|\b[Aa]s of\b"
    rf"|\b(?:[Ii]n|[Bb]y|[Ff]rom|[Ss]ince|[Uu]ntil|[0-9]{{1,2}}) (?:{_MONTH})\b"
)
_OF_THE_EVIDENCE = re.compile(
    r"\b(?:does|do|is|are) not (?:say|name|mention|give|list|describe|state|tell|spell)"
    r"|\b(?:is|are) (?:not )?(?:mentioned|stated|listed|missing|marked)\b"
)
_QUOTED = re.compile("“[^”]*”|‘[^’]*’(?!\\w)")
_PARAGRAPH = re.compile(r"\n\s*(?:\n|- )")
_WORD = re.compile(r"[\w’]+")


class _Gathered(Facet):
    called: str
    again: str


class _Fact(Facet):
    topic: LaterTopic
    title: str | None
    what: str
    as_of: When | None


def statements_say_of_when_they_are(records: Records) -> Iterator[Problem]:
    """A text of a later profile, or of a fact without a date, is in the past tense, or has a date in its sentence.

    Such a text tells of a state that will pass. “The board has three seats” is wrong as soon as there are four, and
    nothing in the sentence warns the reader. A fact with a day in `as_of` may use the present tense, as pages show the
    day beside it: that is how the law of today is told. So may gaps, and sentences about the evidence itself, which
    stays as it is: those that name it, or say that something “is not mentioned”. Facts about reading tell of documents.

    Only a few words are taken for marks of the present tense, outside quotation marks. A clause that begins with
    “that”, “which” or “how” may hold one of them: “a law that is called the Compact” goes on being called so.
    """
    yield from _in_profiles(records)
    for fact in facets(records, LaterFact, _Fact):
        if fact.as_of is None and fact.topic != LaterTopic.READING:
            for name, text in (("title", fact.title), ("what", fact.what)):
                mend = "or give the day of the document in “as_of:”"
                yield from _told(records, fact.at(name), text or "", mend)


def _in_profiles(records: Records) -> Iterator[Problem]:
    evidence = {name.lower() for one in facets(records, Wave, _Gathered) for name in (one.called, one.again)}
    profiles = {one.where for one in parts(records, Profile)}
    for part in everything(records):
        if part.where.partition(":")[0] in profiles and model_of(part) is not Gap:
            for name, text in _prose(part):
                mend = "or say in the sentence when it was so, such as “in 2018”"
                yield from _told(records, part.at(name), text, mend, evidence)


def _prose(part: Part) -> Iterator[tuple[str, str]]:
    """Yield the texts of a part, each with its field."""
    for name in model_of(part).model_fields:
        value = part.values.get(name) if isinstance(part, PartialPart) else getattr(part, name)
        if isinstance(value, str) and is_prose(model_of(part), (name,)):
            yield name, value


def _told(records: Records, where: str, text: str, otherwise: str, evidence: Collection[str] = ()) -> Iterator[Problem]:
    for sentence in (one for paragraph in _PARAGRAPH.split(text) for one in split(paragraph)):
        said = " ".join(_QUOTED.sub("“”", sentence).replace("'", "’").split())
        word = present(said)
        if word and not _OF_THE_EVIDENCE.search(said) and not any(name in said.lower() for name in evidence):
            then = _THEN.get(word.lower())
            yield records.problem(
                where,
                found=f"“{word}” and no date in “{shorten(sentence, 80, placeholder=' …')}”",
                expected="a sentence that will still be right when things have changed",
                mend=f"{f'write “{then}”' if then else 'take it out, and write in the past tense'}; {otherwise}",
            )


def present(sentence: str) -> str:
    """Return the word that marks a sentence as one about the reader's own day, or "" if none does or it has a date."""
    if _DATE.search(sentence):
        return ""
    if spoken := _READERS_DAY.search(sentence):
        return spoken[0]
    clauses, infinitive = 0, False
    for found in _WORD.finditer(sentence):
        word, low = found[0], found[0].lower()
        is_present = low in _THEN and not (infinitive and low in {"have", "do"})
        if is_present and not clauses:
            return word
        if is_present or low in _PAST:  # the verb of a clause that began before it, if one did
            clauses = max(0, clauses - 1)
        clauses += low in _OPENS_A_CLAUSE
        infinitive = infinitive or low in _INFINITIVE_FOLLOWS
    return ""
