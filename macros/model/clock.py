"""What time it is for what is made: the clock's, or that of SOURCE_DATE_EPOCH, which makes the same files every time.

Clocks are wrong at times, and so are those of whoever made a commit. Times that no calendar has are told where somebody
set them, and brought within bounds where they come from the past.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

EPOCH = "SOURCE_DATE_EPOCH"
"""What every program that makes files takes for the time, if it is set: seconds since 1970."""
_FIRST, _LAST = 0, int(datetime(2999, 12, 31, tzinfo=UTC).timestamp())
"""Days are counted on from these, so that the last is well before the last that a calendar has."""


class ClockError(Exception):
    """SOURCE_DATE_EPOCH is no time; the text says what to do."""


def given() -> int | None:
    """Return the time that is set, in seconds since 1970; None if none is. Raises ClockError."""
    text = os.environ.get(EPOCH, "")
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
    """Return what time it is, in UTC; raises ClockError."""
    seconds = given()
    return datetime.now(UTC) if seconds is None else moment(seconds)


def moment(seconds: int) -> datetime:
    """Return a time in UTC. One before 1970 or after 2999, which only a wrong clock gives, becomes the nearest."""
    return datetime.fromtimestamp(min(max(seconds, _FIRST), _LAST), UTC)
