"""How values read in a sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from macros.model import wording
from macros.model.dates import When
from macros.model.trust import Sum
from macros.model.vocabulary import FigureKind, Per


@pytest.mark.parametrize(
    ("value", "text"), [(0, "no"), (1, "one"), (4, "four"), (10, "ten"), (11, "11"), (86, "86"), (1056, "1,056")]
)
def test_numbers(value: int, text: str) -> None:
    assert wording.number(value) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"), [(4, 10, "four of the ten"), (0, 10, "none of the ten"), (80, 150, "80 of the 150")]
)
def test_parts_of_a_whole(part: int, whole: int, text: str) -> None:
    assert wording.of(part, whole) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "£0"),
        (40_000, "£40,000"),
        (700_000, "£700,000"),
        (1_000_000, "£1 million"),
        (2_500_000, "£2.5 million"),
        (2_550_000, "£2.55 million"),
        (2_555_000, "£2,555,000"),
        (1_234_567, "£1,234,567"),
        (10_000_000, "£10 million"),
        (120_000_000, "£120 million"),
    ],
)
def test_money_is_never_rounded(amount: int, text: str) -> None:
    assert wording.pounds(amount) == text
    assert wording.pounds(amount, approximate=True) == f"about {text}"


def _sum(amount: int, kind: FigureKind, per: Per, period: str = "", note: str = "", about: bool = False) -> Sum:
    when = When(period) if period else None
    return Sum(
        amount=amount, kind=kind, per=per, period=when, period_note=note or None, approximate=about, scope="All of it."
    )


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (_sum(2_000_000, FigureKind.REPORTED, Per.YEAR, "2007/08", about=True), "about £2 million in 2007/08"),
        (_sum(2_500_000, FigureKind.REPORTED, Per.YEAR, "2007 to 2009"), "£2.5 million a year, 2007 to 2009"),
        (_sum(700_000, FigureKind.REPORTED, Per.YEAR, about=True), "about £700,000 a year"),
        (_sum(3_000_000, FigureKind.REPORTED, Per.WHOLE, note="over three years"), "£3 million, over three years"),
        (_sum(3_000_000, FigureKind.FLOOR, Per.NOT_MENTIONED), "more than £3 million"),
        (_sum(6_000_000, FigureKind.ESTIMATED, Per.NOT_MENTIONED, about=True), "about £6 million"),
        (_sum(6_000_000, FigureKind.REPORTED, Per.WHOLE, "2008"), "£6 million in 2008"),
    ],
)
def test_sums_say_what_they_are_for(figure: Sum, text: str) -> None:
    assert wording.sum_of_money(figure) == text


def test_shares_are_as_printed() -> None:
    assert wording.percent(Decimal("38")) == "38%"
    assert wording.percent(Decimal("12.5")) == "12.5%"
    assert wording.percent(None) == "not printed"


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists(words: list[str], text: str) -> None:
    assert wording.joined(words) == text


def test_counts_and_capitals() -> None:
    assert wording.count(1, "seat") == "1 seat"
    assert wording.count(0, "seat") == "0 seats"
    assert wording.count(1200, "seat") == "1,200 seats"
    assert wording.sentence("not mentioned") == "Not mentioned"
    assert wording.sentence("") == ""
    assert wording.sentence("NHS") == "NHS"


def test_names_stand_below_their_first_letter_and_others_together() -> None:
    names = ["“Quoted”", "apple", "Éclair", "Apple", "%", "4Children", "¼ share", "e-mail", "²", "Ωmega"]
    assert wording.by_letter(names, str) == [
        ("Others", ["“Quoted”", "%", "¼ share", "²", "Ωmega"]),
        ("A", ["apple", "Apple"]),
        ("E", ["Éclair", "e-mail"]),
        ("4", ["4Children"]),
    ]
