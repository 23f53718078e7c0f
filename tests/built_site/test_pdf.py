"""The PDF edition of the whole site: that it says what it is, holds every page, leads right and cuts nothing off."""

from __future__ import annotations

import io
import re
import shutil
import sys
import zipfile
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from bs4 import BeautifulSoup, Tag
from built_site import BASE, ROOT, Page, Site, text

from macros import cli
from macros.model import addresses as address
from macros.pages.project import Project
from macros.publish.editions.book import SECTIONS_LEFT_OUT, compose
from macros.publish.editions.contents import goes_on_paper, read_contents, read_pages
from macros.publish.editions.edition import Edition
from macros.publish.editions.pdf import make_pdf
from macros.publish.editions.typesetter import FONTS

pytestmark = pytest.mark.slow

MARGIN = 17 / 25.4 * 72
"""The narrowest margin of any page but the cover, in points."""
HEAD, FOOT = 22 / 25.4 * 72, 20 / 25.4 * 72
"""What lies above and below the text: running head and page number stand there."""
BLOCKS = [
    "p",
    "li",
    "dt",
    "dd",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "caption",
    "div",
    "section",
    "ul",
    "ol",
    "dl",
    "table",
]
LEFT_OUT = (
    ".headerlink, .ce-no-print, [hidden], .ce-find, .ce-filter, .ce-nav-topics, .ce-provenance, .ce-hidden, button, "
    ".ce-more > summary, "
    "option, svg, .ce-standards__id, .ce-wheel--small ol"
)


class Edited:
    """A PDF as its tests ask about it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.inside = pikepdf.open(path)
        self.shown = pypdfium2.PdfDocument(path)

    def __len__(self) -> int:
        return len(self.shown)

    @cached_property
    def places(self) -> dict[str, int]:
        """The page, from 0, of each place that a link can lead to."""
        numbers = {page.objgen: number for number, page in enumerate(self.inside.pages)}
        tree = pikepdf.NameTree(self.inside.Root.Names.Dests)
        return {str(name): numbers[target[0].objgen] for name, target in tree.items()}

    @cached_property
    def heights(self) -> dict[str, tuple[int, float]]:
        """The page of each place, and how far down on it, for several pages of the site may begin on one."""
        tree = pikepdf.NameTree(self.inside.Root.Names.Dests)
        return {str(name): (self.places[str(name)], -float(target[3])) for name, target in tree.items()}

    @cached_property
    def outline(self) -> list[tuple[int, str]]:
        """Each bookmark with its depth."""

        def walk(items: Any, depth: int) -> Iterator[tuple[int, str]]:
            for item in items:
                yield depth, item.title
                yield from walk(item.children, depth + 1)

        with self.inside.open_outline() as outline:
            return [*walk(outline.root, 1)]

    @cached_property
    def tags(self) -> list[pikepdf.Dictionary]:
        """Every element of the structure in the order of reading."""
        found: list[pikepdf.Dictionary] = []
        waiting = [self.inside.Root.StructTreeRoot.K]
        while waiting:
            one = waiting.pop()
            if isinstance(one, pikepdf.Array):
                waiting.extend(reversed([*one]))
            elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
                found.append(one)
                if "/K" in one:
                    waiting.append(one.K)
        return found

    def links(self, number: int) -> Iterator[pikepdf.Dictionary]:
        page = self.inside.pages[number]
        yield from (one for one in page.get("/Annots", []) if one.Subtype == "/Link")

    @cached_property
    def body(self) -> list[str]:
        """The letters and digits of each page between its head and its foot."""
        return [letters(self.within(number)) for number in range(len(self))]

    def within(self, number: int) -> str:
        page = self.shown[number]
        width, height = page.get_size()
        return str(page.get_textpage().get_text_bounded(0, FOOT, width, height - HEAD))


def letters(words: str) -> str:
    return "".join(one for one in words if one.isalnum())


def target(link: pikepdf.Dictionary) -> str:
    """Return the name of the place that a link inside the file leads to; empty for one that leads out."""
    if "/Dest" in link:
        return str(link.Dest)
    action = link.A
    return str(action.D) if action.S == "/GoTo" else ""


@pytest.fixture(scope="session")
def made(released: Site) -> Edited:
    return Edited(released.folder / address.PDF_EDITION)


@pytest.fixture
def few_pages(site: Site, tmp_path: Path) -> Path:
    """A site of a few of the pages, which is typeset in seconds."""
    folder = tmp_path / "site"
    for name in (
        "index.html",
        "timetable/index.html",
        "framework/governance/index.html",
        "survey/funding/index.html",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(site.folder / name, folder / name)
    shutil.copytree(site.folder / "assets/stylesheets", folder / "assets/stylesheets")
    return folder


# --- what it says of itself ---------------------------------------------------------------------------------------


def test_it_is_tagged_and_has_a_language_and_a_title(made: Edited) -> None:
    root = made.inside.Root
    assert root.MarkInfo.Marked == True  # noqa: E712 - an object of the PDF
    assert root.Lang == "en-GB"
    assert root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712
    assert made.inside.docinfo["/Title"] == "Clear Expectations"
    with made.inside.open_metadata() as metadata:
        assert metadata["dc:title"] == "Clear Expectations"
    assert len(made.tags) > 10_000


def test_its_title_page_says_what_it_is_and_how_old_its_evidence_is(made: Edited) -> None:
    words = " ".join(made.shown[0].get_textpage().get_text_range().split())
    for wanted in ("Clear Expectations", "report of April 2009", "PDF edition of ", "version ", BASE):
        assert wanted in words


def test_headings_step_down_one_at_a_time_and_drawings_have_words(made: Edited) -> None:
    levels = [int(str(tag.S)[2]) for tag in made.tags if re.fullmatch(r"/H\d", str(tag.S))]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
    figures = [tag for tag in made.tags if tag.S == "/Figure"]
    assert figures
    assert all(str(figure.get("/Alt", "")).strip() for figure in figures)


def test_tables_have_headers(made: Edited) -> None:
    kinds = [str(tag.S) for tag in made.tags]
    assert kinds.count("/Table") >= 18
    assert kinds.count("/TH") > 100
    assert all("/Headers" in tag.A for tag in made.tags if tag.S == "/TD")


# --- what is in it ------------------------------------------------------------------------------------------------


def test_every_page_of_the_site_is_in_it_in_the_order_of_the_menus(made: Edited, released: Site) -> None:
    addresses = [one.text.removeprefix(BASE) for one in BeautifulSoup(
        (released.folder / "sitemap.xml").read_bytes(), "xml").select("loc")]  # fmt: skip
    left_out = {one for one in addresses if not goes_on_paper(one)}
    assert {
        "search/",
        "edit/",
        "data/dictionary/",
        "evidence/sources/",
        "trusts/compare/all/",
        "tools/core/",
    } <= left_out
    addresses = [one for one in addresses if one not in left_out]
    starts = {f"page-{address.strip('/').replace('/', '-') or 'home'}" for address in addresses}
    assert len(starts) > 100
    assert starts <= made.places.keys()
    contents = [
        entry for one in read_contents(read_pages(released.folder)) for entry in one.walk() if entry.url is not None
    ]
    assert {entry.url for entry in contents} == {*addresses}
    numbers = [made.places[f"page-{(entry.url or '').strip('/').replace('/', '-') or 'home'}"] for entry in contents]
    assert numbers == sorted(numbers)


def test_the_outline_holds_every_section(made: Edited, released: Site) -> None:
    titles = {letters(title) for _, title in made.outline}
    for page in on_paper(released).values():
        for heading in in_the_book(page.article).select("h1, h2"):
            if heading.find_parent(class_="ce-card") is None and heading.find_parent(attrs={"hidden": True}) is None:
                assert letters(text(heading)) in titles, (page, heading)


def test_no_words_of_a_page_are_lost(made: Edited, released: Site) -> None:
    """Each paragraph, item and cell of each page stands between the place where the page begins and the next page's.

    What a page repeats of another stands on the other, with other numbers of sources. The cells of a row that goes on
    overleaf follow each other there, so that none of them is in one piece.
    """
    starts = sorted((place, name) for name, place in made.heights.items() if name.startswith("page-"))
    end = ((len(made) - 1, 0.0), "")
    after = {name: later[0] for (_, name), (later, _) in zip(starts, [*starts[1:], end], strict=True)}
    lost = []
    whole = "".join(made.body)
    for url, page in on_paper(released).items():
        name = f"page-{url.strip('/').replace('/', '-') or 'home'}"
        own = "".join(made.body[made.places[name] : after[name] + 1])
        for words, is_repeated in paragraphs(page.article):
            said = letters(words).rstrip("0123456789") if is_repeated else letters(words)
            if said not in (whole if is_repeated else own) and not all(letters(word) in own for word in words.split()):
                lost.append(f"{page}: {words}")
    assert lost == []


def test_it_is_a_book_that_can_be_carried(made: Edited) -> None:
    assert len(made) <= 250


def on_paper(site: Site) -> dict[str, Page]:
    return {url: page for url, page in site.addressed.items() if goes_on_paper(url)}


def in_the_book(article: Tag) -> Tag:
    """Return a copy of a page without the sections that the book does without."""
    copy = BeautifulSoup(str(article), "lxml")
    for heading in copy.select(SECTIONS_LEFT_OUT):
        for one in [*takewhile(lambda one: one.name not in {"h1", "h2"}, heading.find_next_siblings()), heading]:
            one.decompose()
    return copy


def paragraphs(article: Tag) -> Iterator[tuple[str, bool]]:
    """Yield the words of each block that holds words and no other block, and whether another page has them in full."""
    article = in_the_book(article)
    for one in article.select(LEFT_OUT):
        if not one.decomposed:
            one.decompose()
    for one in article.find_all(BLOCKS):
        if one.find(BLOCKS) is None and (words := text(one)):
            yield words, one.find_parent(class_="ce-repeated") is not None


# --- where it leads -----------------------------------------------------------------------------------------------


def test_links_inside_it_lead_to_places_and_others_to_the_web(made: Edited) -> None:
    inside = 0
    for number in range(len(made)):
        for link in made.links(number):
            if name := target(link):
                assert name in made.places
                inside += 1
            else:
                assert re.match(r"https?://|mailto:", str(link.A.URI))
    assert inside > 3_000  # sources are named, and no links


def test_every_link_can_be_heard_as_one_and_lists_hold_only_items(made: Edited) -> None:
    assert [*links_that_are_none(made)] == []
    held = {str(one.S) for many in made.tags if many.S == "/L" for one in many.get("/K", []) if "/S" in one}
    assert "/LI" in held and held <= {"/L", "/LI", "/Caption", "/Div"}


def links_that_are_none(made: Edited) -> Iterator[str]:
    """Yield where the links lead whose words are tagged as something else: nobody hears that they are links."""
    mine = dict(numbered(made.inside.Root.StructTreeRoot.ParentTree))
    for number in range(len(made)):
        for link in made.links(number):
            if mine[int(link.StructParent)].S != "/Link":
                yield f"page {number + 1}: {link.Contents}"


def numbered(tree: pikepdf.Dictionary) -> Iterator[tuple[int, pikepdf.Dictionary]]:
    """Yield the pairs of a tree of numbers, which is how a PDF keeps the tags of its links."""
    pairs = [*tree.get("/Nums", [])]
    yield from ((int(number), tag) for number, tag in zip(pairs[::2], pairs[1::2], strict=True))
    for branch in tree.get("/Kids", []):
        yield from numbered(branch)


def test_the_page_numbers_of_the_contents_are_right(made: Edited, released: Site) -> None:
    first = made.places["page-home"]
    checked = 0
    for number in range(made.places["contents"], first):
        words = made.shown[number].get_textpage()
        for link in made.links(number):
            if name := target(link):
                line = words.get_text_bounded(*(float(side) for side in link.Rect))
                assert re.search(r"(\d+)\s*$", line)[1] == str(made.places[name] + 1), line  # type: ignore[index]
                checked += 1
    assert checked >= len(on_paper(released)), "every page has its line"
    footer = made.shown[first].get_textpage().get_text_bounded(0, 0, 600, FOOT)
    assert footer.split()[-1] == str(first + 1)


# --- how it looks -------------------------------------------------------------------------------------------------


def words_outside(made: Edited, numbers: range) -> Iterator[str]:
    """Yield what stands in a margin or off the page."""
    for number in numbers:
        page = made.shown[number]
        width, height = page.get_size()
        words = page.get_textpage()
        for index in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(index)
            if left < MARGIN or right > width - MARGIN or bottom < 0 or top > height:
                yield f"page {number + 1}: {words.get_text_bounded(left, bottom, right, top)}"


def test_nothing_is_cut_off(made: Edited) -> None:
    assert [*words_outside(made, range(1, len(made)))] == []


def test_a_table_with_many_columns_is_turned_on_its_side(few_pages: Path, tmp_path: Path) -> None:
    page = few_pages / "survey/funding/index.html"
    soup = BeautifulSoup(page.read_bytes(), "lxml")
    label = text(soup.select_one("table tbody th"))
    assert label
    for row in soup.select("table tr"):
        last = row.find_all(["th", "td"], recursive=False)[-1]
        for _ in range(8):
            last.insert_after(BeautifulSoup(str(last), "html.parser"))
    page.write_text(str(soup), encoding="utf-8")
    path = tmp_path / "wide.pdf"
    path.write_bytes(make_pdf(few_pages, Edition.of(ROOT)))
    wide = Edited(path)
    on_their_side = [one for one in range(len(wide)) if wide.shown[one].get_width() > wide.shown[one].get_height()]
    assert on_their_side
    assert letters(label) in "".join(wide.body[number] for number in on_their_side)
    assert [*words_outside(wide, range(1, len(wide)))] == []


def test_it_brings_its_fonts_and_they_have_every_letter(made: Edited) -> None:
    families = {family.replace(" ", "-") for family, _, _ in FONTS}
    fonts: dict[tuple[int, int], pikepdf.Dictionary] = {}
    for page in made.inside.pages:
        fonts |= {font.objgen: font for font in page.Resources.get("/Font", {}).values()}
        shown = page.Contents.read_bytes()
        for codes in re.findall(rb"<([0-9a-fA-F]+)>", shown):
            assert b"0000" not in [codes[at : at + 4] for at in range(0, len(codes), 4)], "a letter that no font has"
    assert fonts
    for font in fonts.values():
        name = str(font.BaseFont).partition("+")[2]
        assert any(name.startswith(family) for family in families), f"{name} is a font of this machine"
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor


# --- where it is published ----------------------------------------------------------------------------------------


def test_the_site_links_to_its_editions_only_where_it_has_them(released: Site, site: Site) -> None:
    editions = {address.PDF_EDITION, address.OFFLINE_EDITION}
    assert {link for link in released["data/"].links("a[download]") if link.startswith("papers/")} == editions
    assert editions <= released.files
    if not editions <= site.files:
        assert not {link for link in site["data/"].links() if link.startswith("papers/g")}
        assert "guide pdf" in text(site["data/"].article)


def test_the_offline_edition_is_that_of_the_site(released: Site) -> None:
    with zipfile.ZipFile(released.folder / address.OFFLINE_EDITION) as archive:
        pages = {name.partition("/")[2] for name in archive.namelist() if name.endswith(".html")}
    assert pages == {page.path for url, page in released.whole.items() if url != "404.html"}


# --- how it is made -----------------------------------------------------------------------------------------------


def test_the_same_site_gives_the_same_bytes(few_pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1240000000")
    first, second = (make_pdf(few_pages, Edition.of(ROOT)) for _ in range(2))
    assert first == second
    with pikepdf.open(io.BytesIO(first)) as inside:
        assert inside.docinfo["/CreationDate"] == "D:20090417202640Z"


def test_both_engines_give_the_same_book(site: Site, other_site: Site) -> None:
    edition = Edition.of(ROOT)
    ours, theirs = (
        BeautifulSoup(compose(one.folder, edition, ""), "lxml").body for one in (site, other_site)
    )  # fmt: skip
    assert ours and theirs
    assert ours.get_text(" ", strip=True) == theirs.get_text(" ", strip=True)
    assert [one["href"] for one in ours.select("a[href]")] == [one["href"] for one in theirs.select("a[href]")]


def test_without_its_typesetter_it_says_what_to_install(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    monkeypatch.chdir(ROOT)
    assert cli.run(["pdf", str(tmp_path / "guide.pdf"), "--site", str(site.folder)]) == 1
    assert "apt install libpango-1.0-0" in capsys.readouterr().err
    assert not (tmp_path / "guide.pdf").exists()


@pytest.mark.parametrize("arguments", [["no/where.pdf"], ["."], ["guide.pdf", "--site", "."]])
def test_what_cannot_be_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    monkeypatch.setattr(Project, "find", lambda _: Project(ROOT))
    monkeypatch.chdir(tmp_path)
    for command in ("pdf", "offline"):
        assert cli.run([command, *arguments]) == 1
        assert re.match("guide: .*(name a file|holds no built site)", capsys.readouterr().err)
    assert [*tmp_path.iterdir()] == []
