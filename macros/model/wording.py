"""How values read in a sentence: money, numbers, dates and lists. No markup here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from macros.model.trust import Sum


_BETWEEN = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][”’\"')\]]))\s+(?=[“‘\"'(\[]*[A-Z0-9£])")


def split(text: str) -> list[str]:
    """Return the sentences of plain text."""
    return _BETWEEN.split(text)


_T = TypeVar("_T")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(value: int) -> str:
    """Return `four` for 4 and `86` for 86: words up to ten, digits above."""
    return NUMBERS[value] if 0 <= value < len(NUMBERS) else f"{value:,}"


def of(part: int, whole: int) -> str:
    """Return `four of the ten`; `none` where there is nothing to count."""
    few = "none" if part == 0 else number(part)
    return f"{few} of the {number(whole)}" if whole else few


def pounds(amount: int, approximate: bool = False) -> str:
    """Return `about £2.5 million` or `£700,000`. Whole pounds in; nothing is rounded."""
    about = "about " if approximate else ""
    if amount >= 1_000_000 and amount % 10_000 == 0:
        millions = (Decimal(amount) / 1_000_000).normalize()
        return f"{about}£{millions:f} million"
    return f"{about}£{amount:,}"


def sum_of_money(figure: Sum) -> str:
    """Return a sum with its period, such as `about £2 million in 2007/08` or `£2.5 million a year, 2007 to 2009`."""
    from macros.model.vocabulary import FigureKind, Per  # slow to load, and every command loads this module

    text = pounds(figure.amount, figure.approximate)
    if figure.kind == FigureKind.FLOOR:
        text = f"more than {text}"
    period = figure.period.text if figure.period else figure.period_note or ""
    single_year = figure.period is not None and " to " not in figure.period
    if figure.per == Per.YEAR and not single_year:
        text += " a year"
    if period:
        text += f" in {period}" if single_year else f", {period}"
    return text


def percent(share: Decimal | None) -> str:
    """Return `38%`; for a share that is not printed, return the fixed words for that."""
    return "not printed" if share is None else f"{share:f}%"


def joined(words: Sequence[str], last: str = "and") -> str:
    """Return `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def sentence(text: str) -> str:
    """Return `text` with its first letter as a capital."""
    return text[:1].upper() + text[1:]


_REPORT = re.compile(r"\b([Tt])he report\b")


def told_by(text: str, again: str) -> str:
    """Return fixed words about “the report” reworded for another wave, whose short name is `again`.

    >>> told_by("The report does not say.", "the desk research")
    'The desk research does not say.'
    """
    return _REPORT.sub(lambda found: sentence(again) if found[1] == "T" else again, text)


def by_letter(many: Iterable[_T], name: Callable[[_T], str]) -> list[tuple[str, list[_T]]]:
    """Return the items grouped by the first letter of their names, in order; names without one are under “Others”.

    Letters are A to Z, without accents, and digits: they become parts of addresses.
    """
    found: dict[str, list[_T]] = {}
    for one in many:
        first = unicodedata.normalize("NFD", name(one))[0].upper()
        found.setdefault(first if first.isascii() and first.isalnum() else "Others", []).append(one)
    return [*found.items()]


def count(value: int, noun: str) -> str:
    """Return `1 seat`, `2 seats`."""
    return f"{value:,} {noun}{'' if value == 1 else 's'}"
