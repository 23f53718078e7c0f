"""Rules about profiles: their parts do not contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from macros.model.base import OURS
from macros.model.dates import When, today
from macros.model.trust import Basis, Body, Budget, Investment, Life, Sum, Trust
from macros.model.vocabulary import (
    FigureKind,
    Lifecycle,
    Reporting,
    Represented,
    TakingPart,
)
from macros.model.wording import count
from macros.reading.facets import Facet
from macros.reading.problem import Problem
from macros.reading.records import Records
from macros.reading.rules.parts import about, evidence_began


class _Share(Facet):
    amount: int


class _Budget(Facet):
    amount: int | None
    parts: tuple[_Share, ...]


@about(Budget, _Budget)
def parts_add_up(records: Records, part: _Budget) -> Iterator[Problem]:
    """Parts of a whole add up to it."""
    if part.parts:
        total = sum(one.amount for one in part.parts)
        if part.amount is None:
            yield records.problem(
                part.at("parts"),
                found="parts without a whole",
                expected="an amount for the whole budget",
                mend=f"add “amount: {total}” if the source says so",
            )
        elif total != part.amount:
            yield records.problem(
                part.at("amount"),
                found=f"{part.amount:,} for parts that add up to {total:,}",
                expected="the sum of the parts",
                mend="check the amount and each part against the source",
            )


class _Life(Facet):
    status: Lifecycle
    ended: When | None


class _Carried(Facet):
    status: Lifecycle
    as_of: When | None
    ended: When | None
    source: tuple[str, ...]


class _Basis(Facet):
    taking_part: TakingPart
    online_survey: bool


class _Figure(Facet):
    kind: FigureKind


class _Investment(Facet):
    reporting: Reporting
    figures: tuple[_Figure, ...]


def profiles_agree_with_themselves(records: Records) -> Iterator[Problem]:
    """A profile does not say one thing in one field and another in the next."""
    yield from chain(_life_agrees(records), _carried_on(records), _basis_agrees(records), _investment_agrees(records))


@about(Life, _Life)
def _life_agrees(records: Records, life: _Life) -> Iterator[Problem]:
    if (life.status == Lifecycle.ENDED) != (life.ended is not None):
        yield records.problem(
            life.at("status"),
            found=f"“{life.status}” {'without' if life.ended is None else 'with'} a date of ending",
            expected="a date if it ended, and only then",
            mend="add or delete “ended:”",
        )


@about(Life, _Carried)
def _carried_on(records: Records, life: _Carried) -> Iterator[Problem]:
    if (life.status == Lifecycle.ENDED) != (life.ended is not None):  # reported already
        return
    continuing = life.status == Lifecycle.CONTINUING
    if continuing != (life.as_of is not None) or (continuing and tuple(life.source) == (OURS,)):
        yield records.problem(
            life.at("status"),
            found=f"“{life.status}” {'without' if life.as_of is None else 'with'} a day in “as_of”"
            + (", and no document behind it" if continuing and tuple(life.source) == (OURS,) else ""),
            expected="the day and the document that say that it carried on, and only then",
            mend=f"add “as_of:” and “source:”, or write “status: {Lifecycle.UNKNOWN}”",
        )


@about(Basis, _Basis)
def _basis_agrees(records: Records, basis: _Basis) -> Iterator[Problem]:
    if basis.taking_part == TakingPart.DECLINED and basis.online_survey:
        yield records.problem(
            basis.at("online_survey"),
            found="a survey answer from a Trust that declined",
            expected="online_survey: false",
            mend="change one of the two",
        )


@about(Investment, _Investment)
def _investment_agrees(records: Records, money: _Investment) -> Iterator[Problem]:
    reported = [one for one in money.figures if one.kind == FigureKind.REPORTED]
    if (money.reporting == Reporting.REPORTED) != bool(reported):
        yield records.problem(
            money.at("reporting"),
            found=f"“{money.reporting}” with {count(len(reported), 'reported figure')}",
            expected="reported figures if the Trust reported its investment, and only then",
            mend="change “reporting”, or the “kind” of the figures",
        )


class _ForYears(Facet):
    period: When | None


@about(Sum, _ForYears)
def a_year_is_not_a_month(records: Records, part: _ForYears) -> Iterator[Problem]:
    """A sum is for a financial year; 2007-08 is not one: as a date it means August 2007."""
    if month := re.fullmatch(r"(\d{4})-(\d{2})", part.period or ""):
        year, following = int(month[1]), int(month[2])
        if following == (year + 1) % 100:
            yield records.problem(
                part.at("period"),
                found=f"“{part.period}”, which is {part.period.text if part.period else ''}",
                expected="the years that the sum is for",
                mend=f"write “{year}/{following:02}” for the financial year; "
                "if the month is meant, write it in “period_note:”",
            )


class _Seats(Facet):
    seats: int | None
    vcs: Represented


@about(Body, _Seats)
def seats_go_with_representation(records: Records, part: _Seats) -> Iterator[Problem]:
    """Seats are given only where the sector was represented."""
    if part.seats is not None and part.vcs not in {Represented.YES, Represented.CLAIMED}:
        yield records.problem(
            part.at("seats"),
            found=f"{count(part.seats, 'seat')} on a body where the sector was “{part.vcs}”",
            expected="seats only where it was represented",
            mend="delete “seats:”, or write “vcs: represented”",
        )


class _On(Facet):
    on: When


class _Confirmed(Facet):
    confirmed: _On | None


@about(Trust, _Confirmed)
def confirmations_are_of_a_day(records: Records, trust: _Confirmed) -> Iterator[Problem]:
    """A profile was confirmed on a single day, after the report and no later than today."""
    if trust.confirmed is None:
        return
    began, on = evidence_began(records), trust.confirmed.on
    if on.first != on.last:
        yield records.problem(
            trust.at("confirmed.on"),
            found=f"“{on}”",
            expected="one day, such as 2026-11-22",
            mend="write the day on which the check was finished",
        )
    elif on.first > today() or (began and on.first < began.first):
        yield records.problem(
            trust.at("confirmed.on"),
            found=f"{on.text}",
            expected="a day between the report and today",
            mend="check the year",
        )
