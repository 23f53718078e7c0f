"""A paper for word processors: its sheets are read part by part and rewritten with real headings, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from lxml import html

from macros.derived.word_document import Blank, Cell, Line, Row, WordDocument, Words
from macros.publish.editions.edition import Edition
from macros.views.papers.paper import Paper

_SIZES = ((2600, 10), (3600, 9), (4600, 8.5), (5800, 8))
"""The text size in points, by the number of letters on the fullest sheet of one page."""
_SMALLEST, _FLOWING = 7.5, 9
"""The sizes for a sheet with more letters than these, and for a text that flows over several pages."""
_NARROWEST = 0.25
"""The smallest share of a column in what the first leaves."""
_BOX, _LINE = "☐ ", "______________________________ "
_HELD = "\u00a0"
"""A space at which no line ends."""
_SPACES = re.compile(r"\s+")
_AT_THE_START, _AT_THE_END = re.compile("^ "), re.compile(" $")
_HEADING = re.compile(r"h([1-3])")


class _Sheets(WordDocument):
    """A document whose tables stand apart from what follows."""

    _after_table = False

    def table(self, head: Sequence[Cell], rows: Iterable[Row], widths: Sequence[float] = ()) -> None:
        super().table(head, rows, widths)
        self._after_table = True

    def _paragraph(self, words: Line, style: str = "", place: str = "") -> None:
        from docx.shared import Pt

        super()._paragraph(words, style, place)
        if self._after_table and not style:
            self._file.paragraphs[-1].paragraph_format.space_before = Pt(6)
        self._after_table = False


def to_word(paper: Paper, guide: str, edition: Edition) -> bytes:
    """Return a paper as DOCX: the same bytes for the same paper and edition."""
    sheets = [html.fragment_fromstring(str(sheet.html), create_parent="div") for sheet in paper.sheets]
    document = _Sheets(
        paper.title,
        about=paper.about,
        author=guide,
        head=f"{guide}: {paper.title}. {paper.status}",
        foot=f"Made on {edition.day}, version {edition.version}",
        size=_FLOWING if any(sheet.most > 1 for sheet in paper.sheets) else _fitting(sheets),
    )
    for number, sheet in enumerate(sheets):
        if number:
            document.begin_page()
        _write(document, sheet)
    return document.to_bytes()


def _fitting(sheets: Iterable[html.HtmlElement]) -> float:
    """Return the text size in which each sheet fits on one page."""
    most = max(len(_SPACES.sub(" ", sheet.text_content())) for sheet in sheets)
    return next((size for letters, size in _SIZES if most <= letters), _SMALLEST)


def _write(document: WordDocument, parts: html.HtmlElement) -> None:
    for part in parts:
        if heading := _HEADING.fullmatch(part.tag):
            document.heading(_words(part), int(heading[1]), part.get("id", ""))
        elif part.tag == "p":
            document.paragraph(_words(part))
        elif part.tag in {"ul", "ol"}:
            for one in part:
                document.item(_words(one), is_numbered=part.tag == "ol")
        elif part.tag == "table":
            _write_table(document, part)
        elif part.tag == "svg":
            document.paragraph([Words(part.findtext("title") or "")])
            for one in part.iter("a"):
                document.item([Words(one.get("aria-label", ""), link=one.get("href", ""))])
        elif part.tag == "div":
            _write(document, part)
        else:
            raise AssertionError(f"a paper holds <{part.tag}>, which has no way into a word processor yet")


def _write_table(document: WordDocument, table: html.HtmlElement) -> None:
    heads = [cell.text_content() for cell in next(table.iter("tr"))]
    rows = [Row([_cell(cell, head) for cell, head in zip(row, heads, strict=False)]) for row in table.iter("tr")]
    document.table(rows[0].cells, rows[1:], _widths(table))


def _widths(table: html.HtmlElement) -> list[float]:
    """Return the shares of the columns: the first by their number, the others by what there is to read in them."""
    rows = [[*row] for row in table.iter("tr")]
    columns = len(rows[0])
    first = {2: 0.27, 3: 0.16, 4: 0.46}[columns]
    if any(cell.get("class") == "blank" for row in rows for cell in row):
        return [first, *[(1 - first) / (columns - 1)] * (columns - 1)]
    letters = [sum(len(row[number].text_content()) for row in rows) for number in range(1, columns)]
    shares = [max(one / sum(letters), _NARROWEST) for one in letters]
    return [first, *[(1 - first) * one / sum(shares) for one in shares]]


def _cell(cell: html.HtmlElement, head: str) -> Cell:
    """Return the paragraphs of a cell; a cell to fill in has a field that shows the head of its column."""
    if cell.get("class") == "blank":
        return [[Blank(head)]]
    lines = [_words(one) for one in cell if one.tag == "p"] or [_words(cell)]
    bold = cell.tag == "th" and "p" not in {one.tag for one in cell}
    return [[one._replace(bold=True) if bold else one for one in line] for line in lines]


def _words(part: html.HtmlElement) -> Sequence[Words]:
    """Return the words of a part, with single spaces, and none at its ends."""
    found: list[Words] = []
    for one in _pieces(part, Words("")):
        text = _SPACES.sub(" ", one.text) if one.text != "\n" else one.text
        if not found or found[-1].text[-1:] in {" ", "\n"}:
            text = text.lstrip(" ")
        if text:
            found.append(one._replace(text=text))
    if found:
        found[-1] = found[-1]._replace(text=found[-1].text.rstrip())
    # The numbers of sources stay with the last word of what they prove.
    for number, (one, following) in enumerate(pairwise(found)):
        if following.raised and not one.raised:
            found[number] = one._replace(text=_AT_THE_END.sub(_HELD, one.text))
            found[number + 1] = following._replace(text=_AT_THE_START.sub(_HELD, following.text))
    return found


def _is_small(part: html.HtmlElement) -> bool:
    return part.get("class") == "small" or (part.getparent() is not None and part.getparent().get("class") == "sources")


def _pieces(part: html.HtmlElement, look: Words) -> Iterator[Words]:
    match part.tag:
        case "strong":
            look = look._replace(bold=True)
        case "em":
            look = look._replace(italic=True)
        case "a":
            look = look._replace(link=part.get("href", ""))
        case "p" if _is_small(part):
            look = look._replace(small=True)
        case "br":
            yield look._replace(text="\n")
        case "span" if "marks" in part.get("class", ""):
            look = look._replace(raised=True)
        case "span" if part.get("class") == "box":
            yield look._replace(text=_BOX)
        case "span" if part.get("class", "").startswith("line"):
            yield look._replace(text=_LINE)
    if part.text:
        yield look._replace(text=part.text)
    for one in part:
        yield from _pieces(one, look)
        if one.tail:
            yield look._replace(text=one.tail)
