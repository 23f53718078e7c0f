"""The papers: that each fits its sheets, names its sources, leads right and opens in a word processor."""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import urldefrag

import docx
import pytest
from bs4 import BeautifulSoup
from built_site import BASE, ROOT, Site, text
from docx.oxml.ns import qn
from test_pdf import Edited, links_that_are_none, target

from macros.derived import action_lists
from macros.model import addresses, process_variables
from macros.publish.editions import release
from macros.publish.editions.edition import Edition, EditionError
from macros.publish.editions.papers import make_papers
from macros.reading.guide import Guide, load
from macros.views.papers import shelf
from macros.views.papers.paper import Paper

pytestmark = pytest.mark.slow

GUIDE = load(ROOT / "data")
PAPERS = {paper.name: paper for paper in shelf.papers(GUIDE, BASE)}
STAGES = [str(hub.id) for hub in GUIDE.stages]
PAGES = {
    addresses.BOARD_PAPER: 4,
    addresses.STANDARDS_BOOK: 2 + len(GUIDE.standards),
    **{addresses.trust_paper(one.slug): 1 for one in GUIDE.trusts},
    **{addresses.action_list(stage): 1 for stage in STAGES},
    addresses.action_list("all"): len(STAGES),
    addresses.action_list("core"): 3,
}
each_paper = pytest.mark.parametrize("name", PAPERS)


@pytest.fixture(scope="session")
def guide() -> Guide:
    return GUIDE


@pytest.fixture(scope="session")
def pdf(released: Site) -> Callable[[str], Edited]:
    return cache(lambda name: Edited(released.folder / addresses.of_paper(name, "pdf")))


@pytest.fixture(scope="session")
def word(released: Site) -> Callable[[str], docx.document.Document]:
    return cache(lambda name: docx.Document(str(released.folder / addresses.of_paper(name, "docx"))))


# --- where they are -----------------------------------------------------------------------------------------------


def test_the_page_of_papers_lists_every_file_that_is_there(released: Site) -> None:
    listed = {link for link in released["papers/"].links("a[download]") if link.startswith("papers/")}
    there = {name for name in released.files if name.startswith("papers/") and not name.endswith(".html")}
    assert listed == there
    assert {name for name in there if name.endswith(".pdf")} == {
        addresses.PDF_EDITION,
        *(addresses.of_paper(name, "pdf") for name in PAGES),
    }


def test_names_of_papers_are_names_and_no_links(site: Site) -> None:
    """A glossary link in some of them would pass for the paper."""
    names = site["papers/"].soup.select(".ce-shelf dt")
    assert {text(name) for name in names} >= {trust.name for trust in GUIDE.trusts}
    assert [name for name in names if name.select("a")] == []


def test_each_paper_is_linked_where_it_is_wanted(released: Site) -> None:
    wanted = {
        "framework/": addresses.BOARD_PAPER,
        "commissioners/": addresses.BOARD_PAPER,
        "standards/": addresses.STANDARDS_BOOK,
        **{addresses.of_trust(one.slug): addresses.trust_paper(one.slug) for one in GUIDE.trusts},
        **{f"tools/{which}/": addresses.action_list(which) for which in ("core", "all", *STAGES)},
    }
    for url, name in wanted.items():
        links = released[url].links("a[download]")
        assert {addresses.of_paper(name, kind) for kind in ("pdf", "docx")} <= {*links}, url
    assert "commissioners/" in released[""].links()


def test_a_site_without_papers_links_to_none(site: Site) -> None:
    for url in ("papers/", "framework/", "commissioners/", "standards/", "trusts/luton/", "tools/needs/"):
        links = [link for link in site[url].links() if link.startswith("papers/")]
        assert "papers/" in [urldefrag(link).url for link in links]
        assert not [link for link in links if re.search(r"\.\w+$", link)]
    assert "guide build --editions" in text(site["papers/"].article)


# --- as PDF -------------------------------------------------------------------------------------------------------


@each_paper
def test_a_paper_has_as_many_pages_as_promised(pdf: Callable[[str], Edited], name: str) -> None:
    assert len(pdf(name)) == PAGES[name]
    assert {tuple(map(round, page.get_size())) for page in pdf(name).shown} == {(595, 842)}  # A4
    assert [*words_outside_margins(pdf(name))] == []


def words_outside_margins(paper: Edited) -> Iterator[str]:
    """Yield what stands less than a centimetre from an edge, where printers may not reach."""
    edge = 10 / 25.4 * 72
    for number, page in enumerate(paper.shown):
        width, height = page.get_size()
        words = page.get_textpage()
        for index in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(index)
            if left < edge or right > width - edge or bottom < edge / 2 or top > height - edge / 2:
                yield f"page {number + 1}: {words.get_text_bounded(left, bottom, right, top)}"


@each_paper
def test_a_paper_says_what_it_is(pdf: Callable[[str], Edited], name: str) -> None:
    paper, made = PAPERS[name], pdf(name)
    root = made.inside.Root
    assert root.MarkInfo.Marked == True  # noqa: E712 - an object of the PDF
    assert root.Lang == "en-GB"
    assert root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712
    with made.inside.open_metadata() as metadata:
        assert metadata["dc:title"] == paper.title
        assert metadata["pdfuaid:part"] == "1"
    assert made.outline, "bookmarks"
    for page in made.shown:
        words = " ".join(page.get_textpage().get_text_range().split())
        assert paper.status in words
        assert f"version {Edition.of(ROOT).version.split()[0]}" in words


@each_paper
def test_a_paper_can_be_heard(pdf: Callable[[str], Edited], name: str) -> None:
    made = pdf(name)
    levels = [int(str(tag.S)[2]) for tag in made.tags if re.fullmatch(r"/H\d", str(tag.S))]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
    assert all(str(tag.get("/Alt", "")).strip() for tag in made.tags if tag.S == "/Figure")
    assert all("/Headers" in tag.A for tag in made.tags if tag.S == "/TD")
    kinds = [str(tag.S) for tag in made.tags]
    assert kinds.count("/TH") >= kinds.count("/Table")


@each_paper
def test_every_link_of_a_paper_can_be_heard_as_one(pdf: Callable[[str], Edited], name: str) -> None:
    assert [*links_that_are_none(pdf(name))] == []


@each_paper
def test_a_paper_leads_only_where_something_is(pdf: Callable[[str], Edited], released: Site, name: str) -> None:
    made, outside = pdf(name), set()
    for number in range(len(made)):
        for link in made.links(number):
            if place := target(link):
                assert place in made.places
            else:
                outside.add(str(link.A.URI))
    assert outside
    assert not_there(outside, released) == []


def not_there(links: set[str], site: Site) -> list[str]:
    """Return the links into the guide that lead nowhere, and those that are not whole addresses."""
    found = []
    for link in sorted(links):
        url, anchor = urldefrag(link)
        if not url.startswith(BASE):
            found += [] if re.match(r"https?://|mailto:", link) else [link]
        elif (page := site.addressed.get(url.removeprefix(BASE))) is None or (anchor and anchor not in page.ids):
            found.append(link)
    return found


def test_the_contents_of_the_standards_have_their_pages(pdf: Callable[[str], Edited]) -> None:
    made = pdf(addresses.STANDARDS_BOOK)
    for number, one in enumerate(GUIDE.standards):
        assert made.places[f"standard-{one.id}"] == 2 + number
        assert one.id.upper() in made.shown[2 + number].get_textpage().get_text_range()
    assert "Figure" in {str(tag.S)[1:] for tag in made.tags}


# --- what they say ------------------------------------------------------------------------------------------------


@each_paper
def test_every_number_has_its_source_at_the_foot_and_every_source_its_number(name: str) -> None:
    for sheet in PAPERS[name].sheets:
        soup = BeautifulSoup(sheet.html, "lxml")
        foot = soup.select_one(".sources")
        assert foot
        marks = {text(one): one["href"] for one in soup.select("a.mark:not(.mark--ours)")}
        assert [*map(str, range(1, len(marks) + 1))] == sorted(marks, key=int)
        assert {*marks.values()} == {one["href"] for one in foot.select("a")[:-1]}
        for number in marks:
            assert re.search(rf"(^|[ :·]){number} ", text(foot)), number
        assert all(f"#{addresses.source_anchor('ours')}" in one["href"] for one in soup.select(".mark--ours"))


STATEMENTS = {
    addresses.BOARD_PAPER: "ol > li, .points > li, .holds td > p, .days td:nth-child(2) > p",
    addresses.STANDARDS_BOOK: ".lead:not(h1 + .lead), h3[id$='-evidence'] + ul > li",
    "trusts": ".answers td > p:last-child, h2#basis + p",
    "checklists": "th.group",
}


@each_paper
def test_every_statement_names_its_source(name: str) -> None:
    chosen = STATEMENTS.get(name) or STATEMENTS[name.partition("/")[0]]
    found = [one for sheet in PAPERS[name].sheets for one in BeautifulSoup(sheet.html, "lxml").select(chosen)]
    assert found
    assert [text(one) for one in found if not one.select(".mark")] == []


def test_the_board_paper_says_all_that_the_framework_does() -> None:
    said = text(BeautifulSoup(PAPERS[addresses.BOARD_PAPER].sheets[0].html, "lxml"))
    framework = GUIDE.framework
    parts = [*framework.asks, *framework.arguments, *framework.adopt]
    parts += [one for stage in framework.stages for one in (*stage.common, *stage.local)]
    assert [one.what for one in parts if one.what.split()[0] not in said or one.what[-20:].strip() not in said] == []


def test_a_trust_is_asked_the_seven_questions_and_its_gaps_are_told() -> None:
    for one in GUIDE.trusts:
        soup = BeautifulSoup(PAPERS[addresses.trust_paper(one.slug)].sheets[0].html, "lxml")
        assert len(soup.select(".answers tbody tr")) == 7
        assert len(soup.select(".gaps > li")) == len(one.gaps)
        assert ("This council has ended" in text(soup)) == bool(one.life.ended)


def test_a_list_of_actions_is_a_table_too(released: Site) -> None:
    for which in ("core", "all", *STAGES):
        raw = (released.folder / addresses.of_paper(addresses.action_list(which), "csv")).read_text("utf-8-sig")
        header, *rows = csv.reader(io.StringIO(raw))
        chosen = [
            one for one in GUIDE.standards if which == "all" or (one.core if which == "core" else one.stage == which)
        ]
        assert tuple(header) == action_lists.COLUMNS
        assert len(rows) == sum(len(one.clauses) for one in chosen)
        assert all(row[-3:] == ["", "", ""] and all(row[:-3]) for row in rows)


# --- for word processors ------------------------------------------------------------------------------------------


@each_paper
def test_a_word_file_has_headings_and_says_what_it_is(word: Callable[[str], docx.document.Document], name: str) -> None:
    file, paper = word(name), PAPERS[name]
    assert file.core_properties.title == paper.title
    assert file.core_properties.language == "en-GB"
    languages = {one.get(qn("w:val")) for one in file.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    headings = [part.text for part in file.paragraphs if part.style and str(part.style.name).startswith("Heading")]
    wanted = [one for sheet in paper.sheets for one in BeautifulSoup(sheet.html, "lxml").select("h1, h2, h3")]
    assert headings == [text(one) for one in wanted]
    assert paper.status in file.sections[0].header.paragraphs[0].text


@each_paper
def test_the_tables_of_a_word_file_repeat_their_heads_and_have_no_empty_cell(
    word: Callable[[str], docx.document.Document], name: str
) -> None:
    tables = [table for sheet in PAPERS[name].sheets for table in BeautifulSoup(sheet.html, "lxml").select("table")]
    assert len(word(name).tables) == len(tables)
    for table in word(name).tables:
        first, *others = table.rows
        assert first._tr.trPr is not None and first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert not [row for row in others if row._tr.trPr.find(qn("w:tblHeader")) is not None]
        for cell in table._tbl.iter(qn("w:tc")):
            assert "".join(one.text or "" for one in cell.iter(qn("w:t"))).strip()


def stays(row: docx.table._Row) -> bool:
    """Whether no page ends after a row of a table."""
    return all(one.paragraph_format.keep_with_next for cell in row.cells for one in cell.paragraphs)


@each_paper
def test_no_page_of_a_word_file_ends_with_the_head_of_a_table_or_the_name_of_a_group(
    word: Callable[[str], docx.document.Document], name: str
) -> None:
    for table in word(name).tables:
        head, first, *more = table.rows
        assert stays(head) and stays(first)
        groups = [row for row in more if len({cell._tc for cell in row.cells}) == 1]
        assert all(stays(row) for row in groups)
        assert not stays(more[-1]), "what follows a table may stand on the next page"
    if name == addresses.action_list("core"):
        assert len(groups) == sum(one.core for one in GUIDE.standards) - 1, "the first of them is the first row"


def test_a_word_file_of_several_pages_has_letters_that_can_be_read_and_columns_as_wide_as_their_words(
    word: Callable[[str], docx.document.Document],
) -> None:
    """Squeezed onto fewer pages than the paper may take, its letters were of 7.5 points."""
    file = word(addresses.BOARD_PAPER)
    assert file.styles["Normal"].font.size.pt == 9
    for table in file.tables:
        stage, common, local = (column.width for column in table.columns)
        assert common > local > stage
    foot = file.paragraphs[-1]
    assert all(run.font.size.pt < 9 for run in foot.runs if run.text.strip()), "sources are in smaller letters"


@each_paper
def test_the_numbers_of_sources_stay_with_the_last_word_of_what_they_prove(
    word: Callable[[str], docx.document.Document], name: str
) -> None:
    for paragraph in every_paragraph(word(name)):
        runs = [one for one in paragraph.iter(qn("w:r")) if "".join(one.itertext())]
        for one, following in pairwise(runs):
            if raised(following) and not raised(one):
                assert not "".join(one.itertext()).endswith(" ")
                assert not "".join(following.itertext()).startswith(" ")


def raised(run: docx.oxml.text.run.CT_R) -> bool:
    return run.find(".//" + qn("w:vertAlign")) is not None


def every_paragraph(document: docx.document.Document) -> Iterator[docx.oxml.text.paragraph.CT_P]:
    """Yield the paragraphs of a document, and of its tables."""
    yield from document.element.body.iter(qn("w:p"))


@each_paper
def test_a_word_file_holds_every_word_of_its_paper(word: Callable[[str], docx.document.Document], name: str) -> None:
    shown = letters("".join(one.text or "" for one in word(name).element.body.iter(qn("w:t"))))
    for sheet in PAPERS[name].sheets:
        soup = BeautifulSoup(sheet.html, "lxml")
        for one in soup.select("svg"):
            one.decompose()
        for block in soup.select("h1, h2, h3, li, td > p, th, p"):
            assert letters(block.get_text()) in shown


def letters(words: str) -> str:
    return "".join(one for one in words if one.isalnum())


@each_paper
def test_a_word_file_leads_only_where_something_is(released: Site, name: str) -> None:
    with zipfile.ZipFile(released.folder / addresses.of_paper(name, "docx")) as archive:
        kept = BeautifulSoup(archive.read("word/_rels/document.xml.rels"), "xml")
        body = BeautifulSoup(archive.read("word/document.xml"), "xml")
    links = {str(one["Target"]) for one in kept.select("Relationship[TargetMode=External]")}
    assert links
    assert not_there(links, released) == []
    places = {one["w:name"] for one in body.find_all("w:bookmarkStart")}
    assert {one["w:anchor"] for one in body.find_all("w:hyperlink") if one.has_attr("w:anchor")} <= places


# --- how they are made --------------------------------------------------------------------------------------------


def some(monkeypatch: pytest.MonkeyPatch, *papers: Paper) -> None:
    monkeypatch.setattr(shelf, "papers", lambda *_: iter(papers))


def test_the_same_data_give_the_same_bytes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    some(monkeypatch, PAPERS["trusts/luton"], PAPERS["checklists/needs"])
    edition = Edition.of(ROOT)
    first, second = ([*make_papers(GUIDE, site.folder, BASE, edition, with_pdf=True)] for _ in range(2))
    assert first == second


def test_a_sheet_that_is_too_full_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = PAPERS["trusts/luton"]
    full = replace(paper.sheets[0], html=paper.sheets[0].html * 4)
    some(monkeypatch, replace(paper, sheets=(full,)))
    with pytest.raises(EditionError, match="found more on the sheet “luton” than fits"):
        [*make_papers(GUIDE, site.folder, BASE, Edition.of(ROOT), with_pdf=True)]


def test_without_a_typesetter_word_files_are_made_and_what_is_left_out_is_said(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    wanted, left_out = release.possible()
    assert wanted == process_variables.NO_PDF
    assert "Left out: every PDF" in left_out and "apt install libpango-1.0-0" in left_out
    made = dict(make_papers(GUIDE, site.folder, BASE, Edition.of(ROOT), with_pdf=False))
    assert {name.rpartition(".")[0] for name in made if name.endswith(".docx")} == {f"papers/{name}" for name in PAPERS}
    assert not [name for name in made if name.endswith(".pdf")]


def test_pages_link_to_no_pdf_where_none_could_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    from macros.views.downloads import editions
    from macros.views.shared.page import Page

    monkeypatch.setenv(process_variables.EDITIONS, process_variables.NO_PDF)
    page = Page(GUIDE, addresses.PAPERS_PAGE, dict)
    drawn = shelf.paper_list(page) + editions(page)
    links = [str(one["href"]) for one in BeautifulSoup(drawn, "lxml").select("a[download]")]
    assert {Path(link).suffix for link in links} == {".docx", ".csv", ".zip"}
    assert "no PDF could be made" in drawn
