"""Rules about places: each Trust has one, and codes fit their areas."""

from __future__ import annotations

from collections.abc import Iterator

from macros.model import holdings
from macros.model.dates import When
from macros.model.region import Area, Place
from macros.model.trust import Trust
from macros.model.vocabulary import (
    PlaceKind,
)
from macros.reading.facets import Facet
from macros.reading.problem import Problem, did_you_mean
from macros.reading.records import Records
from macros.reading.rules.parts import facets, whole


class _Profile(Facet):
    slug: str
    name: str


def every_trust_has_a_place(records: Records) -> Iterator[Problem]:
    """Each Trust has at least one place, so that readers who type where they live can find it."""
    covered = {place.trust for place in whole(records, Place)}
    if holdings.PLACES.kind in records.broken:
        return
    for trust in facets(records, Trust, _Profile):
        if trust.slug not in covered:
            yield records.problem(
                trust.at("name"),
                found=f"no place for “{trust.slug}”",
                expected="at least one row in data/places.csv",
                mend=f"add a row with the place “{trust.name}”, its kind, and the trust “{trust.slug}”",
            )


_KINDS_OF_CODES = {"E06": PlaceKind.UNITARY, "E07": PlaceKind.DISTRICT, "E10": PlaceKind.COUNTY}
"""The kind of area for each beginning of a code, in the coding of the Office for National Statistics."""


class _Coded(Facet):
    name: str
    kind: PlaceKind
    trust: str
    code: str
    since: When
    until: When | None


def codes_fit_their_areas(records: Records) -> Iterator[Problem]:
    """A code fits the kind of its area, which is a place too, and no other code of the area held at the same time."""
    places = {(place.place, place.kind, place.trust) for place in whole(records, Place)}
    held: dict[tuple[str, str, str], list[_Coded]] = {}
    for area in facets(records, Area, _Coded):
        key = (area.name, area.kind, area.trust)
        kind = _KINDS_OF_CODES.get(area.code[:3])
        if kind is not None and kind != area.kind:
            yield records.problem(
                area.at("code"),
                found=f"the code “{area.code}”, which is that of a {kind}",
                expected=f"the code of a {area.kind}",
                mend="check the code and the kind",
            )
        if area.until is not None and area.until.last < area.since.first:
            yield records.problem(
                area.at("until"),
                found=f"an end on {area.until.text}, before the beginning on {area.since.text}",
                expected="the last day of the code",
                mend="check both dates",
            )
        elif other := next((one for one in held.get(key, ()) if _overlap(one, area)), None):
            yield records.problem(
                area.at("since"),
                found=f"the code “{area.code}” while “{other.code}” held",
                expected="one code at a time",
                mend="check the dates of both",
            )
        if key not in places and holdings.PLACES.kind not in records.broken:
            yield records.problem(
                area.at("name"),
                found=f"the {area.kind} “{area.name}”, which is no place of “{area.trust}”",
                expected="a place of that name, kind and Trust in data/places.csv",
                mend=did_you_mean(area.name, sorted({name for name, _, trust in places if trust == area.trust})),
            )
        held.setdefault(key, []).append(area)


def _overlap(one: _Coded, other: _Coded) -> bool:
    return all(
        first.until is None or then.since.first <= first.until.last for first, then in ((one, other), (other, one))
    )
