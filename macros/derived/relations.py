"""How records refer to each other, in both directions: worked out once from the references in each record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from macros.model.guidance import CommonDocument, Practice, Standard
from macros.model.later import Bearing, LaterFact, LaterFacts, OpenQuestion
from macros.model.tracking import FieldRead, note_dependency, watching
from macros.model.trust import PracticeStatement, Trust
from macros.model.vocabulary import Stage
from macros.reading.guide import Guide


class TrustPractice(NamedTuple):
    """One Trust's practice on the subject of a standard."""

    trust: Trust
    statement: PracticeStatement


class Bears(NamedTuple):
    """The meaning of a fact of the time after the evidence for a standard."""

    subject: LaterFacts
    fact: LaterFact
    bearing: Bearing


@dataclass(frozen=True)
class Links:
    """The links between records, in the order of the records that they lead to."""

    standards_by_stage: Mapping[Stage, tuple[Standard, ...]]
    standards_by_principle: Mapping[str, tuple[Standard, ...]]
    standards_by_recommendation: Mapping[str, tuple[Standard, ...]]
    practices_by_stage: Mapping[Stage, tuple[Practice, ...]]
    practices_by_standard: Mapping[str, tuple[Practice, ...]]
    practices_by_trust: Mapping[str, tuple[Practice, ...]]
    trusts_by_standard: Mapping[str, tuple[TrustPractice, ...]]
    documents_by_stage: Mapping[Stage, tuple[CommonDocument, ...]]
    documents_by_standard: Mapping[str, tuple[CommonDocument, ...]]
    later_by_trust: Mapping[str, tuple[LaterFacts, ...]]
    later_by_standard: Mapping[str, tuple[Bears, ...]]
    later_by_term: Mapping[str, tuple[LaterFact | OpenQuestion, ...]]


def links(guide: Guide) -> Links:
    """Return the links of a Guide. Worked out once for each."""
    if guide not in _worked_out:
        _worked_out.clear()  # only one Guide is in use at a time
        seen: set[FieldRead] = set()
        with watching(seen):  # the first to ask has not read all of that
            _worked_out[guide] = _links(guide), frozenset(seen)
    note_dependency("links")
    return _worked_out[guide][0]


def linked_by(guide: Guide) -> frozenset[FieldRead]:
    """Return the fields that the links of a Guide are worked out from; none if they have not been worked out yet."""
    return _worked_out[guide][1] if guide in _worked_out else frozenset()


_worked_out: dict[Guide, tuple[Links, frozenset[FieldRead]]] = {}


def _links(guide: Guide) -> Links:
    standards, practices, documents = guide.standards, guide.practices, guide.framework.documents
    said = ((one.standard, TrustPractice(trust, one)) for trust in guide.trusts for one in trust.practice)
    return Links(
        standards_by_stage=_grouped((one.stage, one) for one in standards),
        standards_by_principle=_grouped((name, one) for one in standards for name in one.principles),
        standards_by_recommendation=_grouped((name, one) for one in standards for name in one.recommendations),
        practices_by_stage=_grouped((stage, one) for one in practices for stage in one.stages),
        practices_by_standard=_grouped((name, one) for one in practices for name in one.standards),
        practices_by_trust=_grouped((slug, one) for one in practices for slug in {use.trust: 0 for use in one.uses}),
        trusts_by_standard=_grouped(said),
        documents_by_stage=_grouped((one.stage, one) for one in documents),
        documents_by_standard=_grouped((name, one) for one in documents for name in one.standards),
        later_by_trust=_grouped((one.trust, one) for one in guide.later if one.trust),
        later_by_standard=_grouped(
            (bearing.standard, Bears(one, fact, bearing))
            for one in guide.later
            for fact in one.facts
            for bearing in fact.bears_on
        ),
        later_by_term=_grouped((name, part) for one in guide.later for part in one.parts for name in part.terms),
    )


_K = TypeVar("_K")
_V = TypeVar("_V")


def _grouped(pairs: Iterable[tuple[_K, _V]]) -> Mapping[_K, tuple[_V, ...]]:
    found: dict[_K, list[_V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return defaultdict(tuple, {key: tuple(values) for key, values in found.items()})
