"""The input of rules: whole parts of one kind, or the few fields of each part that a rule asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from itertools import chain
from typing import TypeVar, cast

from macros.model.base import Sourced
from macros.model.dates import When
from macros.model.region import Region
from macros.model.trust import Trust
from macros.model.wave import Wave
from macros.reading.facets import Facet
from macros.reading.names import identities
from macros.reading.partial_records import Part
from macros.reading.problem import Problem
from macros.reading.records import Records

Rule = Callable[[Records], Iterator[Problem]]
_S = TypeVar("_S", bound=Sourced)
_F = TypeVar("_F", bound=Facet)


def whole(records: Records, model: type[_S]) -> list[_S]:
    """Return the parts of one class in records that fit their schemas, in the order read."""
    return cast("list[_S]", records.parts_by_class.get(model, []))


def parts(records: Records, *models: type[Sourced]) -> Iterator[Part]:
    """Yield all parts of some classes; those from records that do not fit their schemas come first."""
    yield from (part for part in records.partial.partial if part.model in models)
    yield from (part for part in records.partial.whole if type(part) in models)
    for model in models:
        yield from records.parts_by_class.get(model, ())


class Begun(Facet):
    """What the region says of its first wave."""

    baseline: str


class _Dated(Facet):
    id: str
    date: When


def evidence_began(records: Records) -> When | None:
    """Return the date of the first wave of evidence; None if it is not known."""
    named = {region.baseline for region in facets(records, Region, Begun)}
    return next((wave.date for wave in facets(records, Wave, _Dated) if wave.id in named), None)


def everything(records: Records) -> Iterator[Part]:
    return chain(records.partial.partial, records.partial.whole, records.parts)


def facets(records: Records, model: type[Sourced], facet: type[_F]) -> Iterator[_F]:
    """Yield the facet of each part of a class that has all of its fields."""
    for part in parts(records, model):
        if (made := facet.of(part)) is not None:
            yield made


def about(model: type[Sourced], facet: type[_F]) -> Callable[[Callable[[Records, _F], Iterator[Problem]]], Rule]:
    """Make a rule about all parts of a class from a rule about a single part, seen through a facet."""

    def of_all(rule: Callable[[Records, _F], Iterator[Problem]]) -> Rule:
        @wraps(rule)
        def whole(records: Records) -> Iterator[Problem]:
            for part in facets(records, model, facet):
                yield from rule(records, part)

        return whole

    return of_all


def unlike(trust: Trust) -> str:
    """Return, as text, everything in a profile that must be unique: rules compare profiles by it."""
    return repr((trust.slug, *((one.unique.what, one.name) for one in identities(trust))))


def names_broken(records: Records, kind: str) -> list[str]:
    """Return the names of records of one kind that exist but could not be read."""
    return [name.removeprefix(f"{kind}/") for name in sorted(records.broken) if name.startswith(f"{kind}/")]


def names_known(records: Records, kind: str) -> list[str]:
    return [record.where.partition("/")[2] for record in records.by_kind.get(kind, [])]
