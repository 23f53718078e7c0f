"""The common documents as files (to fill in, and as CSV), and the timetable as a calendar."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from macros.derived.word_document import Blank, Row, WordDocument, Words
from macros.model.guidance import CommonDocument
from macros.model.lasting import Revisions
from macros.model.text import to_plain
from macros.model.wording import sentence
from macros.reading import earlier_results
from macros.reading.csv_cells import to_csv
from macros.reading.guide import Guide

_BLANK: Mapping[str, Words | Blank] = {
    "line": Blank("Write here"),
    "lines": Blank("Write here, in a few lines"),
    "yes or no": Words("☐ Yes   ☐ No"),
    "money": Blank("£"),
    "date": Blank("Date"),
    "choice": Blank("Choose"),
}
"""The placeholder for an answer, by its kind."""


def to_docx(document: CommonDocument, guide: Guide) -> bytes:
    """Return a common document as DOCX, ready to fill in."""
    author, status = guide.region.guide, guide.framework.status
    key = earlier_results.key_of("common document", document.model_dump_json(), author, status)
    return b64decode(earlier_results.once(key, lambda: b64encode(_to_docx(document, author, status)).decode()))


def _to_docx(document: CommonDocument, author: str, status: str) -> bytes:
    file = WordDocument(document.title, author=author)
    file.heading([Words(document.title)], 1)
    file.paragraph([Words(f"{status} Change it as you need.")])
    file.paragraph([Words(to_plain(document.purpose))])
    file.paragraph([Words(f"Filled in by: {document.used_by}")])
    for part in document.parts:
        file.heading([Words(part.title)], 2)
        if part.table:
            for field in part.fields:
                file.item([Words(f"{field.label}: {to_plain(field.note)}")])
            blank = Row([[[_BLANK[field.answer]]] for field in part.fields])
            file.table([[[Words(field.label)]] for field in part.fields], [blank] * part.rows)
        else:
            file.table(
                [[[Words("What to write")]], [[Words("Your answer")]]],
                [
                    Row([[[Words(field.label, bold=True)], [Words(to_plain(field.note))]], [[_BLANK[field.answer]]]])
                    for field in part.fields
                ],
            )
    return file.to_bytes()


def fields_csv(document: CommonDocument) -> bytes:
    """Return the fields of a common document as CSV, with an empty column to fill in."""
    header = ["part", "field", "what to write", "kind of answer", "answer"]
    fields = ((part, field) for part in document.parts for field in part.fields)
    return to_csv(
        header, ((part.title, field.label, to_plain(field.note), field.answer, "") for part, field in fields), mark=True
    )


def to_calendar(guide: Guide, base_url: str, revised: Revisions) -> bytes:
    """Return the dated plans of all Trusts as iCalendar. A date less exact than a day spans all the days it can mean.

    A plan keeps its event wherever it is moved. The event's number counts the minutes from the first writing to the
    plan's last revision: it grows with every revision, and the same history gives the same number.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", f"-//{guide.region.guide}//Timetable {guide.first_wave.year}//EN")
    calendar.add("version", "2.0")
    began = datetime.combine(guide.region.first_written.first, datetime.min.time(), UTC)
    for trust in guide.trusts:
        told = [(trust.where, trust.plans), *((one.where, one.plans) for one in guide.profiles_of(trust.slug))]
        for where, plan in ((where, plan) for where, plans in told for plan in plans):
            if plan.when is None:
                continue
            name = f"{where}/{plan.key}"
            when = revised.of(name)
            event = Event()
            event.add("uid", f"{guide.region.tag}:{name}")
            event.add("dtstamp", when)
            event.add("sequence", max(0, int((when - began).total_seconds()) // 60))
            event.add("dtstart", plan.when.first)
            event.add("dtend", plan.when.last + timedelta(days=1))
            event.add("summary", f"{trust.name}: {sentence(plan.action)}, {plan.when.text}")
            event.add("description", to_plain(plan.what))
            event.add("url", f"{base_url}trusts/{trust.slug}/#next-steps")
            calendar.add_component(event)
    return calendar.to_ical()  # type: ignore[no-any-return]
