"""Finds numbers that pages type by hand although the data give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from macros.derived.figure import Figure
from macros.derived.figures import figures
from macros.model import wording
from macros.model.vocabulary import Stage
from macros.pages.prose_places import place_at, spot_of, without_calls
from macros.pages.source_page import SourcePage
from macros.reading.guide import Guide
from macros.reading.problem import Problem

_ABOVE_TEN = (
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
)
_TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {
    **{wording.number(value): value for value in range(2, 11)},  # “one” is seldom a count
    **{word: value for value, word in enumerate(_ABOVE_TEN, 11)},
    **{word: value for value, word in zip(range(30, 100, 10), _TENS, strict=True)},
}
_KINDS = {
    "trust": "trust",
    "profile": "trust",
    "recommendation": "recommendation",
    "standard": "standard",
    "practice": "practice",
    "response": "survey",
    "answer": "survey",
    "respondent": "survey",
    "organisation": "survey",
    "finding": "finding",
    "principle": "principle",
    "stage": "stage",
    "theme": "theme",
    "term": "term",
}
"""The counts that the data give, and the words for them in the names and labels of figures."""
_NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?|{'|'.join(sorted(_VALUES, key=len, reverse=True))})"
_TYPED = re.compile(
    rf"""(?<![\w£.,-])(?:
        £(?P<pounds>{_NUMBER})(?P<million>\s(?:million|m)\b)?
        | (?P<share>{_NUMBER})(?:\s?%|\sper\scent\b)
        | (?P<number>{_NUMBER})(?:\sof\sthe\s{_NUMBER})?(?:\s[\w’'-]+){{0,2}}?\s(?P<kind>{"|".join(_KINDS)})s?\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_NOT_WORDS = re.compile(r"^(```+|~~~+).*?^\1|`+[^`]*`+|<[^<>]*>|\]\([^)]*\)|\{:[^}]*\}", re.DOTALL | re.MULTILINE)


def typed_numbers(page: SourcePage, guide: Guide) -> Iterator[Problem]:
    """Yield each number typed in a page's file that the data also give."""
    body = _NOT_WORDS.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), without_calls(page))
    for text, lines in ((page.front, 1), (body, 0)):
        for typed in _TYPED.finditer(text):
            names = list(_names(typed, guide))
            if not names:
                continue
            line, column = spot_of(text, typed.start())
            mend = "write " + " or ".join(f'{{{{ figure("{name}") }}}}' for name in names)
            if lines or not any(names):
                mend = "say it without the number" + (", as no figure can stand there" if lines else "")
            yield place_at(
                page,
                (line + lines, column),
                found=f"the number “{' '.join(typed[0].split())}” typed by hand",
                expected="a figure by its name, which follows the data",
                mend=mend,
            )


def _names(typed: re.Match[str], guide: Guide) -> Iterator[str]:
    """Yield the figures that have a typed number; "" for a count without a figure."""
    sign = "£" if typed["pounds"] else "%" if typed["share"] else ""
    value = _value(typed["pounds"] or typed["share"] or typed["number"]) * (1_000_000 if typed["million"] else 1)
    kind = _KINDS[typed["kind"].lower()] if typed["kind"] else ""
    found = [
        figure.name
        for figure in figures(guide).values()
        if _sign(figure) == sign and kind in f"{figure.name} {figure.label}".lower() and _has(figure, value)
    ]
    yield from found or [""] * (_counts(guide).get(kind) == value)


def _value(written: str) -> float:
    return _VALUES.get(written.lower()) or float(written.replace(",", ""))


def _sign(figure: Figure) -> str:
    return next((sign for sign in "£%" if sign in figure.text), "")


def _has(figure: Figure, value: float) -> bool:
    return value == figure.value or (value == int(value) and wording.pounds(int(value)) in figure.text)


def _counts(guide: Guide) -> Mapping[str, int]:
    """Return the counts that the data give without a figure for them."""
    stages = [hub.id for hub in guide.stages if hub.id not in {Stage.GOVERNANCE, Stage.LEARNING}]
    return {
        "principle": len(guide.principles),
        "stage": len(stages),
        "theme": len(guide.stages) - len(stages),
        "term": len(guide.glossary),
    }
