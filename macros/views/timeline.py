"""The timeline: events in the country, and the Trusts' own dates, year by year."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from macros.derived.dated_records import DatedRecord, dated_records
from macros.model import addresses
from macros.model.base import Record
from macros.model.dates import When
from macros.model.trust import Trust
from macros.model.vocabulary import NOT_MENTIONED
from macros.reading.problem import UnknownName
from macros.views.shared.page import Page
from macros.views.shared.status import Status
from macros.views.shared.trust_groups import gathered


def timeline(page: Page, first: str, last: str) -> str:
    """Return everything dated between the beginning of one year and the end of another; raises UnknownName."""
    begin, end = _year(page, first), _year(page, last)
    page.note.records.update(record.where for record in _read(page))
    found = dated_records(page.guide, begin.first, end.last)
    many = bool(gathered(page))
    shown = [one for one in found if not (many and one.trust)]
    years = groupby(shown, key=lambda one: one.when.first.year)
    return page.render(
        "timeline.html",
        years=[(year, [_entry(page, one) for one in entries]) for year, entries in years],
        first=begin.text,
        last=end.text,
        many=many,
        trusts=page.link("trusts/"),
        counts={"country": sum(not one.trust for one in shown), "trusts": sum(bool(one.trust) for one in shown)},
        silent=[] if many else [_named(page, trust) for trust in page.trusts if not _has_dates(trust, shown)],
    )


def _year(page: Page, text: str) -> When:
    try:
        return When(text)
    except ValueError:
        every = dated_records(page.guide, date.min, date.max)
        raise UnknownName("year", text, dict.fromkeys(str(one.when.first.year) for one in every)) from None


def _read(page: Page) -> tuple[Record, ...]:
    guide = page.guide
    return (*guide.documents.values(), *guide.point_lists.values(), *guide.surveys, *page.later, *page.trusts)


def _entry(page: Page, one: DatedRecord) -> dict[str, object]:
    page.shown(*one.parts)
    return {
        "when": one.when.text,
        "verb": one.verb,
        "title": one.title,
        "what": one.what,
        "status": Status(one.state) if one.state and one.state != NOT_MENTIONED else None,
        "cite": page.source_tags(one.source),
        "trust": _named(page, one.trust) if one.trust else None,
    }


def _named(page: Page, trust: Trust) -> dict[str, str]:
    return {"name": trust.name, "link": page.link(addresses.of_trust(trust.slug))}


def _has_dates(trust: Trust, entries: list[DatedRecord]) -> bool:
    return any(one.trust is trust for one in entries)
