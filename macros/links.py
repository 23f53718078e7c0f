"""How records point to each other, both ways: worked out once from what each record says of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from macros.guide import Guide
from macros.model.base import Read, hangs_on, watching
from macros.model.guidance import CommonDocument, Practice, Standard
from macros.model.trust import PracticeStatement, Trust
from macros.model.words import Stage


class TrustPractice(NamedTuple):
    """What one Trust did on the subject of a standard."""

    trust: Trust
    statement: PracticeStatement


@dataclass(frozen=True)
class Links:
    """The links between records, in the order of the records they lead to."""

    standards_by_stage: Mapping[Stage, tuple[Standard, ...]]
    standards_by_principle: Mapping[str, tuple[Standard, ...]]
    standards_by_recommendation: Mapping[str, tuple[Standard, ...]]
    practices_by_stage: Mapping[Stage, tuple[Practice, ...]]
    practices_by_standard: Mapping[str, tuple[Practice, ...]]
    practices_by_trust: Mapping[str, tuple[Practice, ...]]
    trusts_by_standard: Mapping[str, tuple[TrustPractice, ...]]
    documents_by_stage: Mapping[Stage, tuple[CommonDocument, ...]]
    documents_by_standard: Mapping[str, tuple[CommonDocument, ...]]


def links(guide: Guide) -> Links:
    """Return the links of a Guide. Worked out once for each."""
    if guide not in _worked_out:
        _worked_out.clear()  # one Guide at a time is in use
        seen: set[Read] = set()
        with watching(seen):  # whoever asks first has not read all that
            _worked_out[guide] = _links(guide), frozenset(seen)
    hangs_on("links")
    return _worked_out[guide][0]


def linked_by(guide: Guide) -> frozenset[Read]:
    """Return the fields that the links of a Guide are worked out from; none if they were not worked out yet."""
    return _worked_out[guide][1] if guide in _worked_out else frozenset()


_worked_out: dict[Guide, tuple[Links, frozenset[Read]]] = {}


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
    )


_K = TypeVar("_K")
_V = TypeVar("_V")


def _grouped(pairs: Iterable[tuple[_K, _V]]) -> Mapping[_K, tuple[_V, ...]]:
    found: dict[_K, list[_V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return defaultdict(tuple, {key: tuple(values) for key, values in found.items()})
