"""Atom feeds of what changed: one for the whole guide, and one for each profile.

Their ids begin with the tag that the data fix once and for all (RFC 4151), and name records and commits. So they stay
the same when the words change, when a record is renamed, and when the site moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from typing import Any

from feedgenerator import Atom1Feed
from markupsafe import escape

from macros.history.timeline_entries import History, TimelineEntry
from macros.model import addresses
from macros.model.addresses import WHATS_NEW_FEED, WHATS_NEW_PAGE
from macros.reading.guide import Guide

MOST = 100
"""The most entries in one feed; the newest are kept."""


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
        path, page = addresses.of_feed(trust.slug), addresses.of_trust(trust.slug)
        title = f"{name}: what’s changed in the profile of {trust.name}"
        found[path] = _feed(guide, history, base, path, page, title, history.of(trust.where), trust.where)
    return found


class _Feed(Atom1Feed):  # type: ignore[misc]
    """An Atom feed that is the same each time it is made, and whose dates never move back.

    Anything without an entry had happened by `known_from`. So a copy of the repository that lacks some entries never
    gives an earlier time than one that has them.
    """

    def __init__(self, known_from: datetime, **facts: Any) -> None:
        super().__init__(**facts)
        self._known_from = known_from

    def latest_post_date(self) -> datetime:
        return max(super().latest_post_date(), self._known_from) if self.items else self._known_from


def _feed(
    guide: Guide,
    history: History,
    base: str,
    path: str,
    page: str,
    title: str,
    changes: Iterable[TimelineEntry],
    about: str,
) -> bytes:
    tag = guide.region.tag
    feed = _Feed(
        history.known_from(guide.region),
        title=title,
        link=base + page,
        description="What changed, from the history of its data. That is no sign that anybody checked them.",
        language="en-GB",
        author_name=guide.region.guide,
        feed_url=base + path,
        feed_guid=f"{tag}:{about}",
    )
    for change in [*changes][:MOST]:
        feed.add_item(
            title=change.title,
            link=base + (change.page or page),
            description=None,
            unique_id=f"{tag}:{change.named or change.where}/{change.commit}",
            pubdate=change.when,
            updateddate=change.when,
            content=_list(change.sentences),
            categories=[change.kind],
        )
    if history.first_written and (about == "guide" or about in history.written):
        what = "guide" if about == "guide" else "profile"
        feed.add_item(
            title="First written",
            link=base + page,
            description=None,
            unique_id=f"{tag}:{about}/first",
            pubdate=_noon(history.first_written),
            updateddate=_noon(history.first_written),
            content=_list([f"The {what} was first written from the report."]),
        )
    return str(feed.writeString("utf-8")).encode() + b"\n"


def _noon(day: Any) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _list(sentences: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in sentences)}</ul>"
