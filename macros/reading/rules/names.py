"""Rules about names: each name used exists, each name given is given once, and old addresses lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from macros.model import holdings
from macros.model.base import Sourced
from macros.model.dates import When
from macros.model.finding import MovedAddress
from macros.model.lasting import id_of
from macros.model.trust import Governance, Investment, Trust
from macros.reading.facets import Facet
from macros.reading.names import Identity, identities, naming_fields, references, unique_fields
from macros.reading.partial_records import Part, model_of
from macros.reading.problem import Problem, did_you_mean
from macros.reading.records import Records
from macros.reading.rules.parts import everything, facets, names_broken, names_known, parts


def every_trust_named_exists(records: Records) -> Iterator[Problem]:
    """Places, points and remarks name Trusts that have a profile."""
    yield from unknown_names(records, holdings.TRUSTS.kind, "the Trust", "a Trust that has a file in data/trusts")


def unknown_names(
    records: Records, kind: str, what: str, expected: str, in_models: Mapping[type[Sourced], str] | None = None
) -> Iterator[Problem]:
    """Yield a problem for each reference to a record of `kind` that does not exist, from any model.

    `in_models` gives the words for what is expected, where some models need other words.
    """
    known = names_known(records, kind)
    meant = list(dict.fromkeys([*known, *names_broken(records, kind)]))
    broken = [*map(model_of, records.partial.partial), *map(model_of, records.partial.whole)]
    naming = [one for one in dict.fromkeys([*broken, *records.parts_by_class]) if naming_fields(one, kind)]
    for part in parts(records, *naming):
        for path, name in references(part, kind):
            if name not in known and not records.unread(kind, name):
                yield records.problem(
                    part.at(path),
                    found=f"{what} “{name}”",
                    expected=(in_models or {}).get(model_of(part), expected),
                    mend=did_you_mean(name, meant),
                )


def ids_are_used_once(records: Records) -> Iterator[Problem]:
    """Names that become addresses, anchors, file names or keys are unique.

    The models mark these fields as `Unique`.
    """
    found: dict[tuple[object, ...], list[Identity]] = {}
    for part in everything(records):
        if unique_fields(model_of(part)) and not (records.repeated and _record_of(part) in records.repeated):
            for one in identities(part):
                mark = one.unique
                found.setdefault((*one.among, mark.alike(one.name)), []).append(one)
                if mark.taken and re.fullmatch(mark.taken, one.name):
                    yield records.problem(
                        one.where,
                        found=f"{mark.what} “{one.name}”, a name that the guide uses itself",
                        expected="another name",
                        mend="change it, and where it is named",
                    )
    for alike in found.values():
        if len(alike) > 1:
            yield from _told_apart(records, alike)


def _record_of(part: Part) -> str:
    return part.where.partition(":")[0]


def _told_apart(records: Records, alike: list[Identity]) -> Iterator[Problem]:
    """Yield a problem for each but the first, in the order of files and lines."""
    first, *others = sorted(alike, key=lambda one: records.spot(one.where))
    spot = records.spot(first.where)
    for one in others:
        if not (one.unique.is_read_once and one.unique is first.unique):
            same = "" if one.name == first.name else f", which comes to the same as “{first.name}”"
            yield records.problem(
                one.where,
                found=f"{one.unique.what} “{one.name}” a second time{same}",
                expected="each once",
                mend=f"change one of them; the first is in {spot.file}, line {spot.line}",
            )


class _KnownPlan(Facet):
    id: str | None
    what: str


class _KnownSum(Facet):
    id: str | None
    period: When | None
    period_note: str | None
    scope: str


class _KnownBody(Facet):
    id: str | None
    name: str


class _Plans(Facet):
    slug: str
    plans: tuple[_KnownPlan, ...]


class _Sums(Facet):
    figures: tuple[_KnownSum, ...]


class _Bodies(Facet):
    bodies: tuple[_KnownBody, ...]


def what_lasts_has_an_id_of_its_own(records: Records) -> Iterator[Problem]:
    """The plans, sums and bodies of a Trust have distinct ids, by which calendars and tables know them."""
    for trust in facets(records, Trust, _Plans):
        known = [(trust.at(f"plans.{n}"), id_of(one.id, one.what)) for n, one in enumerate(trust.plans)]
        yield from _known_twice(records, known, "plan", "what")
    for money in facets(records, Investment, _Sums):
        sums = enumerate(money.figures)
        known = [(money.at(f"figures.{n}"), id_of(one.id, one.period, one.period_note, one.scope)) for n, one in sums]
        yield from _known_twice(records, known, "sum", "scope")
    for part in facets(records, Governance, _Bodies):
        known = [(part.at(f"bodies.{n}"), id_of(one.id, one.name)) for n, one in enumerate(part.bodies)]
        yield from _known_twice(records, known, "body", "name")


def _known_twice(records: Records, known: list[tuple[str, str]], what: str, field: str) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for where, name in known:
        if name in first:
            spot = records.spot(first[name])
            yield records.problem(
                f"{where}.{field}",
                found=f"a {what} that is known as “{name}”, as the one in line {spot.line} is",
                expected=f"an id for each {what}",
                mend=f"give this one an id of its own, such as “id: {name}-2”, or write it differently from the start",
            )
        first.setdefault(name, where)


class _Leads(Facet):
    to: str | None
    why: str | None


class _Moved(Facet):
    address: str
    to: str | None


def moved_addresses_lead_somewhere(records: Records) -> Iterator[Problem]:
    """An address that no longer holds a page leads straight to a page that exists, or says why there is none."""
    for one in facets(records, MovedAddress, _Leads):
        if one.to is None and one.why is None:
            yield records.problem(
                one.where,
                found="an address that leads nowhere",
                expected="“to:” with the address of a page, or “why:” with the reason",
                mend="add one of the two",
            )
    moved = [*facets(records, MovedAddress, _Moved)]
    goes = {one.address: one.to for one in moved}
    for leads in moved:
        if leads.to in goes:
            further = goes[leads.to]
            yield records.problem(
                leads.at("to"),
                found=f"the address “{leads.to}”, which moved as well",
                expected="the address of a page",
                mend=f"write “{further}”" if further not in {None, leads.address} else "say why in “why:”",
            )
