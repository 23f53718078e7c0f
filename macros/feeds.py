"""Atom feeds of what changed: one for the whole guide, and one for each profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urlsplit

from feedgenerator import Atom1Feed
from markupsafe import escape

from macros import address
from macros.address import WHATS_NEW_FEED, WHATS_NEW_PAGE
from macros.guide import Guide
from macros.history import Change, History

MOST = 100
"""Entries in one feed, the newest."""


def contents(guide: Guide, history: History, base_url: str) -> Mapping[str, bytes]:
    """Return every feed by its path below the site. The same data and history give the same bytes."""
    base = f"{base_url.rstrip('/')}/"
    name = guide.region.guide
    found = {
        WHATS_NEW_FEED: _feed(
            guide, history, base, WHATS_NEW_FEED, WHATS_NEW_PAGE, f"{name}: what’s new", history.changes, "guide"
        )
    }
    for trust in guide.trusts:
        path, page = address.of_feed(trust.slug), address.of_trust(trust.slug)
        title = f"{name}: what’s changed in the profile of {trust.name}"
        known = history if trust.where in history.written else None
        found[path] = _feed(guide, known, base, path, page, title, history.of(trust.where), trust.where)
    return found


class _Feed(Atom1Feed):  # type: ignore[misc]
    """An Atom feed that says the same each time: one without entries is as old as its evidence, not as the clock."""

    def __init__(self, empty: datetime, **facts: Any) -> None:
        super().__init__(**facts)
        self._empty = empty

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self._empty


def _feed(
    guide: Guide,
    history: History | None,
    base: str,
    path: str,
    page: str,
    title: str,
    changes: Iterable[Change],
    about: str,
) -> bytes:
    feed = _Feed(
        _noon(guide.region.evidence_date.first),
        title=title,
        link=base + page,
        description="What changed, from the history of its data. That is no sign that anybody checked them.",
        language="en-GB",
        author_name=guide.region.guide,
        feed_url=base + path,
        feed_guid=_tag(base, about),
    )
    for change in [*changes][:MOST]:
        feed.add_item(
            title=change.title,
            link=base + (change.page or page),
            description=None,
            unique_id=_tag(base, f"{change.where}/{change.commit}"),
            pubdate=change.when,
            updateddate=change.when,
            content=_list(change.sentences),
            categories=[change.kind],
        )
    if history and history.first_written:
        what = "guide" if about == "guide" else "profile"
        feed.add_item(
            title="First written",
            link=base + page,
            description=None,
            unique_id=_tag(base, f"{about}/first"),
            pubdate=_noon(history.first_written),
            updateddate=_noon(history.first_written),
            content=_list([f"The {what} was first written from the report."]),
        )
    return str(feed.writeString("utf-8")).encode() + b"\n"


def _noon(day: Any) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _list(sentences: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in sentences)}</ul>"


def _tag(base: str, name: str) -> str:
    """Return an id that stays when the words change (RFC 4151). Records and commits name it, not the time."""
    return f"tag:{urlsplit(base).netloc or 'clear-expectations'},2026:{name}"
