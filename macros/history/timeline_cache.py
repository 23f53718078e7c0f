"""The part of the timeline that is kept between runs, and when it may be trusted."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import date
from typing import Any

from macros.history.timeline_entries import History, TimelineEntry
from macros.model import clock


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def as_json(history: History) -> dict[str, Any]:
    return {
        "known": history.known,
        "is_cut_off": history.is_cut_off,
        "begins": int(history.begins.timestamp()) if history.begins else None,
        "first_written": str(history.first_written or ""),
        "changes": [{**asdict(one), "when": int(one.when.timestamp())} for one in history.changes],
        "written": sorted(history.written),
    }


def history_of(kept: dict[str, Any]) -> History:
    changes = (
        TimelineEntry(
            **{
                **one,
                "when": clock.moment(one["when"]),
                "sentences": tuple(one["sentences"]),
                "plans": tuple(one["plans"]),
            }
        )
        for one in kept["changes"]
    )
    return History(
        known=kept["known"],
        is_cut_off=kept["is_cut_off"],
        begins=clock.moment(kept["begins"]) if kept["begins"] is not None else None,
        first_written=date.fromisoformat(kept["first_written"]) if kept["first_written"] else None,
        changes=tuple(changes),
        written=frozenset(kept["written"]),
    )
