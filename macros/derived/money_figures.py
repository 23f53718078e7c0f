"""Figures about money."""

from __future__ import annotations

from macros.derived.figure import Figure
from macros.model import wording
from macros.model.vocabulary import (
    FigureKind,
    Per,
)
from macros.reading.guide import Guide


def money_figures(guide: Guide) -> list[Figure]:
    found = []
    for trust in guide.trusts:
        exact = (one for one in trust.investment.figures if one.per == Per.YEAR and not one.approximate)
        years = sorted(((one.period, one) for one in exact if one.period), key=lambda year: year[0].first)
        if len(years) > 1 and {one.kind for _, one in years} == {FigureKind.REPORTED}:
            (begin, one), (end, other) = years[0], years[-1]
            first, last = one.amount, other.amount
            rise = round(100 * (last - first) / first)
            found.append(
                Figure(
                    name=f"{trust.slug}-growth",
                    text=f"from {wording.pounds(first)} to {wording.pounds(last)}",
                    value=rise,
                    label=f"{trust.name}: change in reported investment",
                    counts=f"From {begin} to {end}: "
                    f"{wording.pounds(last - first)}, or {rise}%. From the yearly totals, not adjusted for prices.",
                    source=trust.investment.source,
                    records=(trust.where,),
                )
            )
        found += [
            Figure(
                name=f"{trust.slug}-pooled-budget",
                text=wording.pounds(sum(part.amount for part in budget.parts)),
                value=sum(part.amount for part in budget.parts),
                label=f"{trust.name}: {budget.name}",
                counts=f"The sum of its {wording.number(len(budget.parts))} parts, each given as “about”.",
                source=budget.source,
                records=(trust.where,),
                stated=f"The report gives the whole as {wording.pounds(budget.amount or 0)}.",
            )
            for budget in trust.context.commissioning.budgets
            if budget.parts
        ]
    return found
