"""Figures of one wave, and their change between two waves. Each wave has its own base: the Trusts that it covered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from macros.derived import tables
from macros.derived.figure import Figure
from macros.derived.figures import figure
from macros.derived.latest_known import as_told
from macros.derived.trust_figures import trust_figures
from macros.model import wording
from macros.model.vocabulary import Part
from macros.model.wave import Wave
from macros.reading.guide import Guide
from macros.reading.problem import UnknownName

COUNTED_FROM = {
    "trusts-with-a-unit": Part.CONTEXT,
    "trusts-with-a-framework": Part.CONTEXT,
    "trusts-with-board-seats": Part.GOVERNANCE,
    "trusts-stating-board-seats": Part.GOVERNANCE,
    "trusts-not-involving-in-needs": Part.NEEDS,
    "trusts-silent-on-needs": Part.NEEDS,
    "trusts-reporting-investment": Part.INVESTMENT,
    "trusts-giving-a-sum": Part.INVESTMENT,
}
"""The figures that a later wave can have too, and the part of a profile that each is counted from."""


@dataclass(frozen=True)
class ComparedFigure:
    """A figure in two waves. Trusts that only one of the waves covered are in the base of that wave alone."""

    first: tuple[Wave, Figure]
    later: tuple[Wave, Figure]
    both: tuple[Figure, Figure] | None
    """The figures of the Trusts that both waves covered; None if that would say nothing more."""
    in_both: int


def figure_of(guide: Guide, name: str, wave: str) -> Figure:
    """Return a figure of one wave; raises UnknownName for a figure that the wave does not have."""
    if guide.wave(wave).id == guide.first_wave.id:
        return figure(guide, name)
    figure(guide, name)  # a name that does not exist at all is reported as such
    covered = _covered(guide, name, wave)
    if not covered:
        raise UnknownName(
            f"figure of the wave {wave}", name, [one for one in COUNTED_FROM if _covered(guide, one, wave)]
        )
    return _counted(guide, name, wave, covered)


def compared(guide: Guide, name: str) -> ComparedFigure:
    """Return a figure of the first wave with that of the newest wave that has it.

    Raises UnknownName if no other wave has it, as there is nothing to compare.
    """
    later = next((one for one in reversed(guide.waves[1:]) if _covered(guide, name, one.id)), None)
    if later is None:
        figure(guide, name)
        known = [one for one in COUNTED_FROM if any(_covered(guide, one, wave.id) for wave in guide.waves[1:])]
        raise UnknownName("figure that two waves have", name, known)
    first, slugs = guide.first_wave, _covered(guide, name, later.id)
    now = _counted(guide, name, later.id, slugs)
    was = _counted(guide, name, first.id, slugs)
    every = len(slugs) == len(guide.trusts)
    return ComparedFigure((first, figure(guide, name)), (later, now), None if every else (was, now), len(slugs))


def _covered(guide: Guide, name: str, wave: str) -> tuple[str, ...]:
    """Return the Trusts whose profiles of a later wave cover the part that a figure is counted from."""
    part = COUNTED_FROM.get(name)
    return tuple(one.trust for one in guide.profiles if one.wave == wave and part in one.parts)


def _counted(guide: Guide, name: str, wave: str, slugs: Iterable[str]) -> Figure:
    """Return a figure counted from one wave's accounts of some Trusts."""
    told = (as_told(guide, slug, wave) for slug in slugs)
    only = replace(guide, trusts=tuple(one.trust for one in told if one))
    found = next(one for one in trust_figures(only, tables.trusts(only)) if one.name == name)
    words = wording.told_by(found.counts, guide.wave(wave).again)
    records = tuple(f"profiles/{slug.partition('/')[2]}/{wave}" for slug in found.records)
    return found if wave == guide.first_wave.id else replace(found, counts=words, records=records)
