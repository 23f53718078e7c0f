"""Rules about the lists taken from a report: terms refer to terms, and points are numbered."""

from __future__ import annotations

from collections.abc import Iterator

from macros.model import holdings
from macros.model.glossary import Term
from macros.model.report import PointList
from macros.model.vocabulary import (
    Expansion,
)
from macros.reading.facets import Facet
from macros.reading.problem import Problem
from macros.reading.records import Records
from macros.reading.rules.names import unknown_names
from macros.reading.rules.parts import about, facets


class _Spelt(Facet):
    expansion: str | None
    expansion_from: Expansion | None


def terms_point_to_terms(records: Records) -> Iterator[Problem]:
    """Related terms exist, and each expansion says where it comes from."""
    yield from unknown_names(records, holdings.GLOSSARY.kind, "the term", "the id of a term in glossary.yml")
    for term in facets(records, Term, _Spelt):
        if (term.expansion is None) != (term.expansion_from is None):
            yield records.problem(
                term.at("expansion"),
                found="only one of expansion and expansion_from",
                expected="both, or neither",
                mend="say what the letters stand for, and whether the report spells it out (report) or we do (ours)",
            )


class _Numbered(Facet):
    number: int


class _Points(Facet):
    points: tuple[_Numbered, ...]


@about(PointList, _Points)
def points_are_numbered(records: Records, points: _Points) -> Iterator[Problem]:
    """Points are numbered as sources refer to them."""
    for number, point in enumerate(points.points, 1):
        if point.number != number:
            yield records.problem(
                point.at("number"),
                found=f"number {point.number}",
                expected=f"{number}, its place in the list",
                mend="number the points from 1 without a gap",
            )
