"""Dates as the report gives them: a day, a month, a season, a year, a financial year or a span of these."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from datetime import date
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from macros.model import clock

FORMS = "2009-04-01, 2009-04, spring 2009, early 2009, 2009, 2008/09, or two of these with “to” between"

# First and last month of each part of a year; winter is taken to begin in December of the year named.
_PARTS = {
    "early": (1, 4),
    "spring": (3, 5),
    "mid": (5, 8),
    "summer": (6, 8),
    "autumn": (9, 11),
    "late": (9, 12),
    "winter": (12, 12),
}
FIRST_YEAR, LAST_YEAR = 1800, 2199
_YEAR = "(?:1[89]|2[01])[0-9]{2}"
_ONE = rf"{_YEAR}(?:-[0-9]{{2}}(?:-[0-9]{{2}})?|/[0-9]{{2}})?|(?:{'|'.join(_PARTS)}) {_YEAR}"
PATTERN = rf"^(?:{_ONE})(?: to (?:{_ONE}))?$"
_WHOLE = re.compile(PATTERN, re.ASCII)


class NotAFormError(ValueError):
    """A text that is not in any of the forms of a date."""


class When(str):
    """A date of the precision that the source gives, such as `2009-04` or `autumn 2008`.

    `first` and `last` are the earliest and latest day it can mean; `text` is how it is read out.
    """

    first: date
    last: date
    text: str

    __slots__ = ("first", "last", "text")

    def __new__(cls, value: str) -> When:
        """Read `value`; raises NotAFormError when it is not one of the forms, ValueError when it is no real date."""
        if not _WHOLE.fullmatch(value):
            raise NotAFormError(f"not a date in one of the forms {FORMS}")
        self = super().__new__(cls, value)
        spans = [_read(part) for part in value.split(" to ")]
        self.first, self.last = spans[0][0], spans[-1][1]
        self.text = " to ".join(span[2] for span in spans)
        if self.last < self.first:
            raise ValueError("the end comes before the beginning")
        return self

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._validate,
            serialization=core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema()),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        text: JsonSchemaValue = {"type": "string", "pattern": PATTERN}
        year: JsonSchemaValue = {
            "type": "integer",
            "minimum": FIRST_YEAR,
            "maximum": LAST_YEAR,
        }  # YAML reads 2009 as a number
        return {
            **({"anyOf": [text, year]} if handler.mode == "validation" else text),
            "examples": ["2009-04-01", "2009-04", "autumn 2007", "2007/08", "2007 to 2009"],
        }

    @classmethod
    def _validate(cls, value: object) -> When:
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        try:
            return cls(value if isinstance(value, str) else "")
        except NotAFormError as error:
            raise PydanticCustomError("when_form", "{why}", {"why": str(error)}) from None
        except ValueError as error:
            raise PydanticCustomError("when_real", "{why}", {"why": str(error)}) from None


_MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name}
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_IN_WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]+),? (\d{4})", re.IGNORECASE)
_YEARS = re.compile(r"(\d{4})\s*[-–—/]\s*(\d{4}|\d{2})")


def meant(text: str) -> str | None:
    """Return a date in another common notation in the form that was probably meant: `31/03/2009` gives `2009-03-31`."""
    text = " ".join(text.split())
    form = None
    if day := _DAY.fullmatch(text):
        form = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    elif (words := _IN_WORDS.fullmatch(text)) and words[2].lower() in _MONTHS:
        form = f"{words[3]}-{_MONTHS[words[2].lower()]:02}" + (f"-{int(words[1]):02}" if words[1] else "")
    elif words and words[2].lower() in _PARTS:
        form = f"{words[2].lower()} {words[3]}"
    elif years := _YEARS.fullmatch(text):
        follows = int(years[2]) % 100 == (int(years[1]) + 1) % 100
        form = f"{years[1]}/{years[2][-2:]}" if follows else f"{years[1]} to {years[1][: -len(years[2])]}{years[2]}"
    try:
        return When(form) if form else None
    except ValueError:
        return None


_SHORT_MONTHS = {name[:3]: number for name, number in _MONTHS.items()}
_SHEET_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})", re.ASCII)
_SHEET_WORDS = re.compile(r"(?:(\d{1,2})[- ])?([A-Za-z]{3,9})[- ](\d{4}|\d{2})", re.ASCII)
_CENTURY_ENDS = 30


def spreadsheet_date(cell: str, month_first: bool | None) -> str | None:
    """Return a date that a spreadsheet program wrote in its own form: `31/03/2009` and `31-Mar-09` give `2009-03-31`.

    `month_first` says whether the month stands first where there are only numbers; None if that is not known. Returns
    None for any other text, and for a date that could be read in two ways. Two-digit years mean what they mean to those
    programs.
    """
    if numbers := _SHEET_NUMBERS.fullmatch(cell):
        if month_first is None and numbers[1] != numbers[2]:
            return None
        day, month = (numbers[2], numbers[1]) if month_first else (numbers[1], numbers[2])
        form = f"{_whole_year(numbers[3])}-{int(month):02}-{int(day):02}"
    elif (words := _SHEET_WORDS.fullmatch(cell)) and words[2].lower() in {**_MONTHS, **_SHORT_MONTHS}:
        month = f"{_SHORT_MONTHS[words[2][:3].lower()]:02}"
        form = f"{_whole_year(words[3])}-{month}" + (f"-{int(words[1]):02}" if words[1] else "")
    else:
        return None
    try:
        return When(form)
    except ValueError:
        return None


def _whole_year(year: str) -> str:
    return year if len(year) == 4 else f"{'20' if int(year) < _CENTURY_ENDS else '19'}{year}"


def _read(part: str) -> tuple[date, date, str]:
    """Return the first day, the last day and the words for a single date, one without “to”."""
    if " " in part:
        name, year = part.split(" ")
        first, last = _PARTS[name]
        return date(int(year), first, 1), _month_end(int(year), last), part
    if "/" in part:
        start = int(part[:4])
        if (start + 1) % 100 != int(part[5:]):
            raise ValueError(f"not a financial year: {start} is followed by {(start + 1) % 100:02d}")
        return date(start, 4, 1), date(start + 1, 3, 31), part
    numbers = [int(number) for number in part.split("-")]
    if len(numbers) == 1:
        return date(numbers[0], 1, 1), date(numbers[0], 12, 31), part
    if not 1 <= numbers[1] <= 12:
        raise ValueError(f"not a real date: there is no month {numbers[1]}")
    month = f"{month_name[numbers[1]]} {numbers[0]}"
    if len(numbers) == 2:
        return date(numbers[0], numbers[1], 1), _month_end(numbers[0], numbers[1]), month
    try:
        day = date(*numbers)
    except ValueError:
        raise ValueError(f"not a real date: {month} has no day {numbers[2]}") from None
    return day, day, f"{day.day} {month}"


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def today() -> date:
    """Return the day of the build, in UTC: that of SOURCE_DATE_EPOCH, which makes builds repeatable, or the clock's."""
    return clock.now().date()


def after(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of the month if that month is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def read_out(day: date) -> str:
    """Return `22 November 2026`."""
    return f"{day.day} {day:%B %Y}"
