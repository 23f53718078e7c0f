"""The downloads of the built site: all are linked, and each opens in a program that reads its kind."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta

import docx
import pytest
from built_site import BASE, Site, text
from icalendar import Calendar

from macros.model.guidance import CommonDocument
from macros.reading.guide import Guide

CONTRACT = [
    "trusts.json",
    "trusts.csv",
    "investment.csv",
    "survey-2009.csv",
    "standards.json",
    "practices.json",
    "recommendations.json",
    "glossary.csv",
    "datapackage.json",
    "timetable.ics",
    "trusts/luton.json",
    "schema/trust.schema.json",
]


@pytest.fixture
def site(either: Site) -> Site:
    """Both engines' sites pass all of this."""
    return either


def test_the_data_page_links_every_download(site: Site, guide: Guide) -> None:
    assert {f"data/{name}" for name in CONTRACT} <= set(site.downloads)
    linked = {link for link in site["data/"].links() if link in site.files}
    endings = (".json", ".atom", "/2009.json")
    profiles = {f"data/trusts/{trust.slug}{ending}" for trust in guide.trusts for ending in endings}
    assert linked | profiles == {*site.downloads, *profiles}
    for trust in guide.trusts:
        # The file of the first wave says the same, until there is a second: then the profile leads to it too.
        files = {f"data/trusts/{trust.slug}{ending}" for ending in endings[:2]}
        assert files <= set(site[f"trusts/{trust.slug}/"].links())
    assert "foot of its profile" in text(site["data/"].article) or profiles <= linked


def test_links_to_downloads_say_so(site: Site) -> None:
    unsaid = [
        f"{page}: {one['href']}"
        for page in site.pages.values()
        for one in page.article.select("a[href]")
        if page.resolve(str(one["href"])) in site.files
        and page.resolve(str(one["href"])).startswith("data/")
        and not one.has_attr("download")
    ]
    assert unsaid == []


MAYBE_EMPTY = ("data/releases.json", "data/waves.json", "data/profiles.json")
"""No survey has been released yet, and there is one wave of evidence."""


def test_every_download_is_whole(site: Site) -> None:
    for name in site.downloads:
        content = (site.folder / name).read_bytes()
        assert content, name
        if name.endswith(".json"):
            assert json.loads(content) or name in MAYBE_EMPTY, name
        elif name.endswith(".csv"):
            mark = b"\xef\xbb\xbf"  # by which Excel knows that it is UTF-8
            assert content.startswith(mark) and content.count(mark) == 1 and b"\r" not in content, name


# --- tables -------------------------------------------------------------------------------------------------------


def test_every_table_parses_and_has_no_empty_cell(site: Site) -> None:
    names = [name for name in site.downloads if name.endswith(".csv")]
    assert len(names) >= 13
    for name in names:
        rows = [*csv.reader(io.StringIO((site.folder / name).read_text(encoding="utf-8-sig"), newline=""), strict=True)]
        header = rows[0]
        assert len(rows) > 1 and len(set(header)) == len(header), name
        for row in rows[1:]:
            assert len(row) == len(header), f"{name}: {row}"
            blank = [column for column, cell in zip(header, row, strict=True) if not cell.strip()]
            assert blank == (["answer"] if name.startswith("data/documents/") else []), f"{name}: {row}"


# --- common documents ---------------------------------------------------------------------------------------------


DOCUMENTS = [
    "forward-plan",
    "tender-pack",
    "monitoring-return",
    "advance-payment-check",
    "pricing-template",
    "forum-agenda",
    "report-back-note",
]


def named(guide: Guide, name: str) -> CommonDocument:
    return next(one for one in guide.framework.documents if one.id == name)


def test_the_common_documents_are_those_that_are_promised(guide: Guide) -> None:
    assert {one.id for one in guide.framework.documents} >= set(DOCUMENTS)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_common_document_opens_and_holds_every_field(site: Site, guide: Guide, name: str) -> None:
    one = named(guide, name)
    file = docx.Document(str(site.folder / f"data/documents/{name}.docx"))
    titles = [part.text for part in file.paragraphs if part.style and str(part.style.name).startswith("Heading")]
    assert titles == [one.title, *(part.title for part in one.parts)]
    assert file.core_properties.title == one.title
    assert any(guide.framework.status in part.text for part in file.paragraphs)
    assert len(file.tables) == len(one.parts)
    for part, table in zip(one.parts, file.tables, strict=True):
        words = [cell.text for row in table.rows for cell in row.cells]
        for field in part.fields:
            assert any(field.label in cell for cell in words), field.label
        if part.table:
            assert len(table.rows) == part.rows + 1


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_common_document_is_a_table_and_a_page_too(site: Site, guide: Guide, name: str) -> None:
    one = named(guide, name)
    labels = [field.label for part in one.parts for field in part.fields]
    rows = csv.DictReader(io.StringIO((site.folder / f"data/documents/{name}.csv").read_text(encoding="utf-8-sig")))
    assert [row["field"] for row in rows] == labels
    page = site["tools/documents/"]
    for kind in ("docx", "csv"):
        assert f"data/documents/{name}.{kind}" in page.links("a[download]")
    part = page.article.select_one(f"#{name} + .ce-part")
    assert [text(label) for label in part.select("li > strong")] == labels if part else pytest.fail("no such part")


# --- timetable ----------------------------------------------------------------------------------------------------


def test_the_calendar_has_every_dated_plan(site: Site, guide: Guide) -> None:
    calendar = Calendar.from_ical((site.folder / "data/timetable.ics").read_bytes())
    events = calendar.walk("VEVENT")
    dated = [(trust, plan) for trust in guide.trusts for plan in trust.plans if plan.when]
    assert len(dated) > 3
    assert len(events) == len(dated)
    assert len({str(event["uid"]) for event in events}) == len(events)
    for event, (trust, plan) in zip(events, dated, strict=True):
        assert plan.when is not None
        start, end = event.decoded("dtstart"), event.decoded("dtend")
        assert type(start) is type(end) is date
        assert (start, end) == (plan.when.first, plan.when.last + timedelta(days=1))
        assert trust.name in str(event["summary"])
        assert plan.when.text in str(event["summary"])
        path, _, anchor = str(event["url"]).removeprefix(BASE).partition("#")
        assert anchor in site[path].ids


def test_the_calendar_is_what_the_timetable_shows(site: Site, guide: Guide) -> None:
    page = site["timetable/"]
    assert "data/timetable.ics" in page.links("a[download]")
    dated, undated = page.article.select("table")
    plans = [plan for trust in guide.trusts for plan in trust.plans]
    assert len(dated.select("tbody tr")) == sum(plan.when is not None for plan in plans)
    assert len(undated.select("tbody tr")) == sum(plan.when is None for plan in plans)
