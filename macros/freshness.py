"""When a profile is due for review, and what day it is for a build."""

from __future__ import annotations

import os
from calendar import monthrange
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from macros.model.trust import Confirmation


def today() -> date:
    """Return the day of a build: that of SOURCE_DATE_EPOCH, which makes builds repeatable, or the clock's, in UTC."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(seconds), UTC) if seconds.isdigit() else datetime.now(UTC)
    return now.date()


def due(confirmed: Confirmation | None, months: int) -> date | None:
    """Return the day on which a profile is due for review; None if it was never confirmed and so is due already."""
    return after(confirmed.on.last, months) if confirmed else None


def after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of a month that is too short to have it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def read_out(day: date) -> str:
    """Return `22 November 2026`."""
    return f"{day.day} {day:%B %Y}"
