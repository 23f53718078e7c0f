"""LimeSurvey: CSV with codes, texts or both in headings and cells, and a column for each option of several.

Shapes: `paymentterms`, `paymentterms. How soon …`, `payers[council]. Who pays …? [A council]`; `submitdate` is empty
where an answer was never sent off. A question of its type “Yes/No” gives `Y` and `N` as codes, and as texts `N/A` where
it was not answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from macros.editing.survey_tools.exports.shape import ColumnPart, Shape
from macros.model.release import Tool

_NAMES = {
    "id": "Response ID",
    "submitdate": "Date submitted",
    "lastpage": "Last page",
    "startlanguage": "Start language",
    "seed": "Seed",
    "token": "Access code",
    "startdate": "Date started",
    "datestamp": "Date last action",
    "ipaddr": "IP address",
    "refurl": "Referrer URL",
    "interviewtime": "Total time",
}
_CODED = re.compile(r"(?P<code>[A-Za-z][A-Za-z0-9]*)(?:\[(?P<option>[^\]]*)\])?(?:\.\s*(?P<text>.*))?", re.DOTALL)
_LAST_BRACKETS = re.compile(r"(?P<text>.*?)\s*\[(?P<option>[^\[\]]*)\]\s*", re.DOTALL)


def _headings(name: str) -> tuple[str, ...]:
    text = _NAMES[name]
    return name, f"{name}. {text}".lower(), text.lower()


def _recognises(first: Sequence[str], second: Sequence[str]) -> bool:
    del second
    names = {heading.lower() for heading in first}
    return bool(names & {*_headings("id")}) and bool(names & {*_headings("lastpage"), *_headings("submitdate")})


def _parts(first: str, second: str) -> Iterator[ColumnPart]:
    del second
    yield first, None
    if coded := _CODED.fullmatch(first):
        text = coded["text"] or ""
        inside = _LAST_BRACKETS.fullmatch(text)
        if coded["option"] is None:
            yield coded["code"], None
            yield text, None
        else:
            yield coded["code"], coded["option"]
            if inside:
                yield coded["code"], inside["option"]
                yield inside["text"], inside["option"]
    if inside := _LAST_BRACKETS.fullmatch(first):
        yield inside["text"], inside["option"]


SHAPE = Shape(
    tool=Tool.LIMESURVEY,
    recognises=_recognises,
    parts=_parts,
    own=frozenset(heading for name in _NAMES for heading in _headings(name)),
    own_pattern=re.compile(r"(?:question time|group time|grouptime|attribute_).*|.*time\d*"),
    number=_headings("id"),
    sent=_headings("submitdate"),
    same_as={"n/a": "", "y": "yes", "n": "no"},
)
