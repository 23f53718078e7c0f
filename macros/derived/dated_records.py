"""Everything with a date in the years around the evidence: documents, surveys, national events, Trusts' own dates.

No date is more exact here than in its source. If two parts of a Trust's chapter report the same thing, under much
the same name and date, they make one entry with both sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from macros.model.base import OURS, Sourced
from macros.model.dates import When
from macros.model.sources import Document
from macros.model.text import to_plain
from macros.model.trust import Activity, Award, Framework, Plan, Step, Training, Trust, Unit, Voice
from macros.model.vocabulary import State
from macros.model.wording import sentence
from macros.reading.guide import Guide

_WORD = re.compile(r"[^\W\d_]{4,}")
_Part = Unit | Framework | Voice | Activity | Training | Award | Plan | Step


@dataclass(frozen=True)
class DatedRecord:
    """One entry: its date, the event, and its sources."""

    when: When
    title: str
    what: str
    """More about it, in our own words; may be ""."""
    source: tuple[str, ...]
    parts: tuple[Sourced, ...]
    """The records that it comes from."""
    trust: Trust | None = None
    """None for events in the country or the region."""
    state: str = ""
    """How far it had got, such as `planned`."""
    verb: str = ""
    """The word for the event on that day, such as `published`; "" where the title says it."""


def dated_records(guide: Guide, first: date, last: date) -> list[DatedRecord]:
    """Return the records that begin and end between two days, by date; less exact dates come first."""
    found = [*_of_the_country(guide), *(one for trust in guide.trusts for one in of_trust(trust))]
    within = (one for one in found if first <= one.when.first and one.when.last <= last)
    return sorted(within, key=lambda one: (one.when.first, -one.when.last.toordinal(), one.trust is not None))


# --- the country --------------------------------------------------------------------------------------------------


def _of_the_country(guide: Guide) -> Iterator[DatedRecord]:
    trusts = {trust.slug: trust for trust in guide.trusts}
    for document in guide.documents.values():
        if document.published and (document.is_cited or document.sections):
            yield _published(document, document.published, trusts)
    for points in guide.point_lists.values():
        for point in points.points:
            if point.event:
                yield DatedRecord(point.event.when, point.event.title, to_plain(point.what), point.source, (point,))
    for survey in guide.surveys:
        months = When(f"{survey.fieldwork.first} to {survey.fieldwork.last}")
        yield DatedRecord(months, f"{survey.title}: answers are gathered", "", survey.source, (survey,))
    for subject in guide.later:
        for fact in subject.facts:
            if subject.trust is None and fact.title and fact.as_of:
                yield DatedRecord(fact.as_of, fact.title, to_plain(fact.what), fact.source, (fact,))


def _published(document: Document, when: When, trusts: dict[str, Trust]) -> DatedRecord:
    """Return the publication of a document; one that only a single Trust's chapter cites is that Trust's own."""
    source = document.source if document.is_cited else (document.id,)
    chapters = {one.partition("#")[2].partition(".")[0] for one in document.source if one != OURS}
    trust = trusts.get(chapters.pop()) if len(chapters) == 1 else None
    return DatedRecord(when, document.title, to_plain(document.role), source, (document,), trust, verb="published")


# --- a Trust ------------------------------------------------------------------------------------------------------


def of_trust(trust: Trust) -> Iterator[DatedRecord]:
    """Yield the dates in a Trust's profile: those of its council, its unit, its plans and its actions."""
    if trust.life.ended:
        yield DatedRecord(
            trust.life.ended,
            f"{trust.authority} ends",
            to_plain(trust.life.statement),
            trust.life.source,
            (trust.life,),
            trust,
        )
    kept: list[DatedRecord] = []
    for one in _told(trust):
        ahead = isinstance(one.parts[0], Step | Plan)  # told in the chapter's last parts, often for a second time
        same = next((number for number, other in enumerate(kept) if ahead and _is_same(one, other)), None)
        if same is None:
            kept.append(one)
        else:
            both = kept[same]
            source = tuple(dict.fromkeys((*both.source, *one.source)))
            kept[same] = replace(both, source=source, parts=(*both.parts, *one.parts), what=both.what or one.what)
    yield from kept


def _told(trust: Trust) -> Iterator[DatedRecord]:
    how = trust.context.commissioning
    parts: Iterable[tuple[_Part, When | None]] = (
        (how.unit, how.unit.since),
        (how.framework, how.framework.agreed),
        *((one, one.since) for one in trust.governance.voices),
        *((one, one.when) for one in trust.needs.activities),
        *((one, one.when) for one in trust.training.events),
        *((one, one.when) for one in trust.next_steps.steps),
        *((one, one.when) for one in trust.plans),
        *((one, one.when) for one in trust.awards),
    )
    for part, when in parts:
        if when:
            what = to_plain(getattr(part, "what", None) or "")
            state = str(getattr(part, "state", ""))
            yield DatedRecord(when, _title(part), what, part.source, (part,), trust, state, _verb(part))


def _title(part: _Part) -> str:
    match part:
        case Unit():
            return part.name or "Joint commissioning unit"
        case Framework():
            return part.name or "Joint commissioning framework"
        case Plan():
            return sentence(part.action)
        case _:
            return part.name


def _verb(part: _Part) -> str:
    match part:
        case Unit(state=State.IN_PLACE) | Voice():
            return "set up"
        case Framework():
            return "agreed"
        case Award():
            return "won"
        case _:
            return ""


def _is_same(one: DatedRecord, other: DatedRecord) -> bool:
    """Return whether two entries of a Trust have the same date and share half of the words of the shorter name."""
    if one.when != other.when:
        return False
    words, others = _words(one), _words(other)
    return bool(words and others) and 2 * len(words & others) >= min(len(words), len(others))


def _words(one: DatedRecord) -> set[str]:
    """Return the longer words in the name of an entry; a plan has no name, so its text is used."""
    named = one.what if isinstance(one.parts[0], Plan) else one.title
    return {word.lower() for word in _WORD.findall(named)}
