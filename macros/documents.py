"""The common documents as files (to fill in, and as CSV), and the timetable as a calendar."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from macros.guide import Guide
from macros.model.guidance import CommonDocument, DocumentPart
from macros.spreadsheet import to_csv
from macros.text import to_plain
from macros.wording import sentence

if TYPE_CHECKING:
    from docx.document import Document

# Files carry no time of making, so that the same data give the same bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_TITLE, _PART, _BULLET, _GRID = "Heading 1", "Heading 2", "List Bullet", "Table Grid"
_BLANK = {"line": "", "lines": "\n\n", "yes or no": "☐ Yes   ☐ No", "money": "£", "date": "", "choice": ""}


def to_docx(document: CommonDocument, status: str) -> bytes:
    """Return a common document as DOCX, with real headings and tables, ready to fill in."""
    file = _empty()
    file.core_properties.title = document.title
    file.core_properties.author = "Clear Expectations"
    file.core_properties.language = "en-GB"
    file.core_properties.created = file.core_properties.modified = datetime(2009, 4, 1)
    styles = _style_ids()
    _add(file, document.title, styles[_TITLE])
    file.add_paragraph(f"{status} Change it as you need.")
    file.add_paragraph(to_plain(document.purpose))
    file.add_paragraph(f"Filled in by: {document.used_by}")
    for part in document.parts:
        _add(file, part.title, styles[_PART])
        if part.table:
            _add_table(file, part, styles)
        else:
            _add_fields(file, part, styles)
    raw = io.BytesIO()
    file.save(raw)
    return _without_time(raw.getvalue())


@cache
def _template() -> Document:
    """Return the document that comes with python-docx, which is dozens of files to read."""
    import docx

    return docx.Document()


def _empty() -> Document:
    """Return that document with nothing in it but what it says of its pages. One is in use at a time."""
    file = _template()
    body = file.element.body
    for part in [*body][:-1]:
        body.remove(part)
    return file


@cache
def _style_ids() -> Mapping[str, str]:
    """Return the ids of styles: by its name, the whole list of styles is read for each paragraph and table."""
    return {name: _template().styles[name].style_id for name in (_TITLE, _PART, _BULLET, _GRID)}


def _add(file: Document, text: str, style: str) -> None:
    file.add_paragraph(text)._p.style = style


def _add_table(file: Document, part: DocumentPart, styles: Mapping[str, str]) -> None:
    for field in part.fields:
        _add(file, f"{field.label}: {to_plain(field.note)}", styles[_BULLET])
    table = file.add_table(rows=1 + part.rows, cols=len(part.fields))
    table._tbl.tblStyle_val = styles[_GRID]
    for cell, field in zip(table.rows[0].cells, part.fields, strict=True):
        cell.paragraphs[0].add_run(field.label).bold = True


def _add_fields(file: Document, part: DocumentPart, styles: Mapping[str, str]) -> None:
    table = file.add_table(rows=0, cols=2)
    table._tbl.tblStyle_val = styles[_GRID]
    for field in part.fields:
        label, answer = table.add_row().cells
        label.paragraphs[0].add_run(field.label).bold = True
        label.add_paragraph(to_plain(field.note))
        answer.text = _BLANK[field.answer]


def _without_time(raw: bytes) -> bytes:
    """Return a ZIP file with the same entries and no times."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _NO_TIME), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def fields_csv(document: CommonDocument) -> bytes:
    """Return the fields of a common document as CSV, with an empty column to fill in."""
    header = ["part", "field", "what to write", "kind of answer", "answer"]
    fields = ((part, field) for part in document.parts for field in part.fields)
    return to_csv(header, ((part.title, field.label, to_plain(field.note), field.answer, "") for part, field in fields))


def to_calendar(guide: Guide, base_url: str) -> bytes:
    """Return the dated plans of all Trusts as iCalendar. A date that is not a day spans all the days it can mean."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Clear Expectations//Timetable 2009//EN")
    calendar.add("version", "2.0")
    for trust in guide.trusts:
        for number, plan in enumerate(trust.plans, 1):
            if plan.when is None:
                continue
            event = Event()
            event.add("uid", f"{trust.slug}-{number}@clear-expectations")
            event.add("dtstamp", datetime.combine(guide.region.evidence_date.first, datetime.min.time(), UTC))
            event.add("dtstart", plan.when.first)
            event.add("dtend", plan.when.last + timedelta(days=1))
            event.add("summary", f"{trust.name}: {sentence(plan.action)}, {plan.when.text}")
            event.add("description", to_plain(plan.what))
            event.add("url", f"{base_url}trusts/{trust.slug}/#next-steps")
            calendar.add_component(event)
    return calendar.to_ical()  # type: ignore[no-any-return]
