"""Values as people write them: dates, sums, lists and numbers are turned into the form that files have."""

from __future__ import annotations

import re
from typing import Any

from macros.model.dates import When
from macros.reading.records import KeyPath
from macros.schema import fields
from macros.schema.fields import FieldKind

ABSENT = object()


def value_at(value: Any, path: KeyPath) -> Any:
    for key in path:
        in_list = isinstance(value, list | tuple) and isinstance(key, int) and key < len(value)
        if not in_list and not (isinstance(value, dict) and key in value):
            return ABSENT
        value = value[key]
    return value


# --- values as people write them ----------------------------------------------------------------------------------

_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sep sept", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for month in names.split()
}  # fmt: skip
_AMOUNT = re.compile(r"£?\s*(\d+(?:\.\d+)?)\s*(million|m|thousand|k)?\Z", re.IGNORECASE)
_TIMES = {"m": 1_000_000, "million": 1_000_000, "k": 1_000, "thousand": 1_000}
_SPOKEN_DATE = re.compile(r"(?:(\d{1,2})\s+)?([A-Za-z]+)\s+(\d{4})\Z")
CURLY = str.maketrans("’‘“”", "''\"\"")


def typed(field: fields.Field, value: Any) -> Any:
    """Return a value in the form of the file: `£2.5 million` as 2500000, `April 2009` as 2009-04, `Yes` as true.

    A value that cannot be understood is returned unchanged: the schema says what is wrong with it.
    """
    if field.kind in {FieldKind.LIST, FieldKind.SOURCES}:
        lines = value.splitlines() if isinstance(value, str) else value
        many = [one_line(one) if isinstance(one, str) else one for one in lines] if isinstance(lines, list) else lines
        if isinstance(many, list):
            many = [one for one in many if one != ""]
        alone = field.kind == FieldKind.SOURCES and isinstance(many, list) and len(many) == 1
        return many[0] if alone else many
    if field.kind == FieldKind.WHEN and isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str):
        return value
    if field.kind == FieldKind.TEXT:
        return "\n".join(line for line in map(one_line, re.split(r"[\r\n]+", value)) if line)
    text = one_line(value) if "\n" not in value.strip() else value.strip()
    if field.kind == FieldKind.FLAG:
        return {"yes": True, "true": True, "no": False, "false": False}.get(text.lower(), text)
    if field.kind == FieldKind.NUMBER:
        return _amount(text)
    if field.kind == FieldKind.WHEN:
        return _date(text)
    if field.kind == FieldKind.WORD:
        plain = text.translate(CURLY).lower()
        return next((word for word in field.words if word.translate(CURLY).lower() == plain), text)
    return text


def one_line(text: str) -> str:
    return re.sub(r"[ \t]+", " ", text).strip(" \t\r\n")


def _amount(text: str) -> int | str:
    if not (found := _AMOUNT.match(text.replace(",", ""))):
        return text
    whole, _, part = found[1].partition(".")
    times = _TIMES.get((found[2] or "").lower(), 1)
    zeros = len(str(times)) - 1
    if len(whole) > 15 or len(part.rstrip("0")) > zeros:
        return text
    return int(whole) * times + int(part.rstrip("0").ljust(zeros, "0") or "0")


def _date(text: str) -> int | str:
    parts = [_one_date(part) for part in text.split(" to ")]
    plain = " to ".join(parts)
    return int(plain) if re.fullmatch(r"[1-9]\d{3}", plain) else plain


def _one_date(text: str) -> str:
    found = _SPOKEN_DATE.match(text)
    if found and (month := _MONTHS.get(found[2].lower())):
        day = f"-{int(found[1]):02d}" if found[1] else ""
        return f"{found[3]}-{month:02d}{day}"
    try:
        return str(When(text.lower()))
    except ValueError:
        return text


def bare_text(value: Any) -> Any:
    """Return a value for comparison: `2009` and `"2009"` are the same date, and a single source is a list of one."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if value in (None, "", [], ABSENT) and value is not False:
        return None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
