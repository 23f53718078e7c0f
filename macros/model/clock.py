"""The time that goes into files: SOURCE_DATE_EPOCH if it is set, so that builds can be repeated, or else the clock's.

Clocks can be wrong, and so can those of people who made commits. An impossible time is reported if somebody set it
here, and brought within bounds if it comes from a past commit.
"""

from __future__ import annotations

from datetime import UTC, datetime

from macros.model.process_variables import EPOCH, value_of

_FIRST, _LAST = 0, int(datetime(2999, 12, 31, tzinfo=UTC).timestamp())
"""The bounds of a time. The last leaves room before the end of the calendar, as days are added to it."""


class ClockError(Exception):
    """SOURCE_DATE_EPOCH is not a valid time; the text says what to do."""


def given() -> int | None:
    """Return the time that is set, in seconds since 1970; None if none is. Raises ClockError."""
    text = value_of(EPOCH)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 14 and _FIRST <= int(text) <= _LAST):
        shown = text.encode("ascii", "backslashreplace").decode()[:40]
        raise ClockError(
            f"{EPOCH} is “{shown}”: make it the number of seconds since 1970, of a day before the year 3000, "
            "or leave it out"
        )
    return int(text)


def now() -> datetime:
    """Return the current time, in UTC; raises ClockError."""
    seconds = given()
    return datetime.now(UTC) if seconds is None else moment(seconds)


def moment(seconds: int) -> datetime:
    """Return a time in UTC.

    A time before 1970 or after 2999 can only come from a wrong clock: it is moved to the nearest bound.
    """
    return datetime.fromtimestamp(min(max(seconds, _FIRST), _LAST), UTC)
