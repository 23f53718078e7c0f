"""A document for word processors, assembled from real headings, lists, links and tables, in British English."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.shared import Length
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

# Files carry no creation time, so that the same data give the same bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_LANGUAGE = "en-GB"
_BULLET, _NUMBER, _GRID = "List Bullet", "List Number", "Table Grid"
_HEADINGS = ("Heading 1", "Heading 2", "Heading 3")
_FONT = "Arial"
_WIDTH, _HEIGHT, _MARGIN, _BETWEEN = 21.0, 29.7, 1.6, 0.7
"""A4, in centimetres: the page, its margins, and the distance to the header and footer."""
_CELL_MARGINS = (("top", "35"), ("left", "80"), ("bottom", "35"), ("right", "80"))
"""In twentieths of a point, in the order in which the format wants them."""
_SMALL = 0.85
"""The share of the text size that small words have."""
_GREY = "595959"


class Words(NamedTuple):
    """Words with one appearance."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    small: bool = False
    link: str = ""
    """An address, or `#` and the name of a place in the document."""


class Blank(NamedTuple):
    """A field to fill in: it shows its label in grey until somebody writes in it."""

    label: str


Line = Sequence[Words | Blank]
Cell = Sequence[Line]
"""The paragraphs of the cell."""


@dataclass(frozen=True)
class Row:
    """A row of a table. A single cell spans the whole table."""

    cells: Sequence[Cell]


class WordDocument:
    """A document under construction."""

    def __init__(self, title: str, *, about: str = "", author: str, head: str = "", foot: str = "", size: float = 10):
        """Begin a document.

        `head` and `foot` are the texts above and below each page; `size` is the text size in points.
        """
        import docx

        self._file: Document = docx.Document()
        _describe(self._file, title, about, author)
        _set_page(self._file, head, foot, size)
        self._small = _points(size * _SMALL)
        self._new_page = False
        self._places = 0

    def begin_page(self) -> None:
        """Start a new page."""
        self._new_page = True

    def heading(self, words: Line, level: int, place: str = "") -> None:
        """Add a heading. Links lead to it by the name of its place."""
        self._paragraph(words, _HEADINGS[level - 1], place)

    def paragraph(self, words: Line) -> None:
        self._paragraph(words)

    def item(self, words: Line, *, is_numbered: bool = False) -> None:
        """Add a line of a list."""
        self._paragraph(words, _NUMBER if is_numbered else _BULLET)

    def table(self, head: Sequence[Cell], rows: Iterable[Row], widths: Sequence[float] = ()) -> None:
        """Add a table. Its head is repeated at the top of each page, and no page has the head or the last row alone.

        `widths` are shares of the whole; without them all columns are equally wide. A table without `head` has no such
        row.
        """
        every = [*([Row(head)] if head else []), *rows]
        columns = max(len(row.cells) for row in every)
        table = self._file.add_table(rows=len(every), cols=columns)
        table._tbl.tblStyle_val = _style_ids()[_GRID]
        table.autofit = False
        space = _element("w:tblCellMar")
        space.extend(_element(f"w:{side}", w=width, type="dxa") for side, width in _CELL_MARGINS)
        table._tbl.tblPr.insert_element_before(space, "w:tblLook")
        grid, kept = [[*row.cells] for row in table.rows], _kept(every)
        for share, column in zip(widths or [1 / columns] * columns, range(columns), strict=True):
            table.columns[column].width = _cm(share * (_WIDTH - 2 * _MARGIN))
            for line in grid:
                line[column].width = _cm(share * (_WIDTH - 2 * _MARGIN))
        for number, (row, line) in enumerate(zip(every, grid, strict=True)):
            table.rows[number]._tr.get_or_add_trPr().append(_element("w:cantSplit"))
            cells = [line[0].merge(line[-1])] if len(row.cells) < columns else line
            for cell, words in zip(cells, row.cells, strict=True):
                self._fill(cell, words, is_bold=bool(head) and number == 0)
            if number in kept:
                for paragraph in table.rows[number]._tr.iter(_name("w:p")):
                    paragraph.get_or_add_pPr().get_or_add_keepNext()
        if head:
            table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))

    def to_bytes(self) -> bytes:
        """Return the document as DOCX: the same bytes for the same parts."""
        raw, out = io.BytesIO(), io.BytesIO()
        self._file.save(raw)
        with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(zipfile.ZipInfo(name, _NO_TIME), old.read(name), zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _paragraph(self, words: Line, style: str = "", place: str = "") -> None:
        paragraph = self._file.add_paragraph()
        if style:
            paragraph._p.style = _style_ids()[style]
        if self._new_page:
            paragraph.paragraph_format.page_break_before = True
            self._new_page = False
        if place:
            self._places += 1
            paragraph._p.append(_element("w:bookmarkStart", id=str(self._places), name=_place(place)))
        self._write(paragraph, words)
        if place:
            paragraph._p.append(_element("w:bookmarkEnd", id=str(self._places)))

    def _fill(self, cell: _Cell, words: Cell, *, is_bold: bool) -> None:
        for number, line in enumerate(words):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            bold = [one._replace(bold=True) if is_bold and isinstance(one, Words) else one for one in line]
            self._write(paragraph, bold)

    def _write(self, paragraph: Paragraph, words: Line) -> None:
        for one in words:
            if isinstance(one, Blank):
                paragraph._p.append(_blank(one.label))
                continue
            run = paragraph.add_run(one.text)
            run.bold, run.italic = one.bold or None, one.italic or None
            run.font.superscript = one.raised or None
            run.font.size = self._small if one.small else None
            if one.link:
                link = self._link(one.link)
                link.append(run._r)
                paragraph._p.append(link)

    def _link(self, target: str) -> BaseOxmlElement:
        from docx.opc.constants import RELATIONSHIP_TYPE

        if target.startswith("#"):
            return _element("w:hyperlink", anchor=_place(target[1:]))
        link = _element("w:hyperlink")
        kept = self._file.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(_name("r:id"), kept)
        return link


def _kept(rows: Sequence[Row]) -> set[int]:
    """Return the numbers of the rows that stand on the same page as the next row.

    They are the first two, those that name a group, and the last but one: no page begins or ends with a row alone.
    """
    last = len(rows) - 1
    groups = {number for number, row in enumerate(rows) if len(row.cells) < len(rows[0].cells)}
    return {0, 1, last - 1, *groups} - {last}


@cache
def _style_ids() -> Mapping[str, str]:
    """Return the ids of styles.

    Otherwise the whole list of styles would be searched by name for each paragraph and table.
    """
    import docx

    styles = docx.Document().styles
    return {name: styles[name].style_id for name in (*_HEADINGS, _BULLET, _NUMBER, _GRID)}


def _describe(file: Document, title: str, about: str, author: str) -> None:
    properties = file.core_properties
    properties.title, properties.subject, properties.author = title, about, author
    properties.language, properties.comments = _LANGUAGE, ""
    properties.created = properties.modified = datetime(*_NO_TIME)
    for language in file.styles.element.iter(_name("w:lang")):
        language.set(_name("w:val"), _LANGUAGE)


def _set_page(file: Document, head: str, foot: str, size: float) -> None:
    from docx.shared import Pt

    section = file.sections[0]
    section.page_width, section.page_height = _cm(_WIDTH), _cm(_HEIGHT)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _cm(_MARGIN)
    section.header_distance = section.footer_distance = _cm(_BETWEEN)
    for words, part in ((head, section.header), (foot, section.footer)):
        if words:
            part.paragraphs[0].add_run(words).font.size = Pt(7.5)
    sizes = dict.fromkeys(("Normal", _BULLET, _NUMBER), 1.0) | dict(zip(_HEADINGS, (1.7, 1.35, 1.1), strict=True))
    for name, share in sizes.items():
        style = file.styles[name]
        style.font.name, style.font.size = _FONT, _points(size * share)
        style.paragraph_format.space_after = Pt(size * 0.3)
        style.paragraph_format.line_spacing = 1.08
        if name in _HEADINGS:
            style.paragraph_format.space_before = Pt(size * 0.7)
    for font in file.styles.element.iter(_name("w:rFonts")):  # of the theme, which would take precedence over ours
        font.attrib.clear()
        for kind in ("ascii", "hAnsi", "cs"):
            font.set(_name(f"w:{kind}"), _FONT)
    for colour in file.styles.element.iter(_name("w:color")):
        colour.attrib.clear()
        colour.set(_name("w:val"), "000000")
    for default in file.styles.element.iter(_name("w:rPrDefault")):
        for one in default.iter(_name("w:sz"), _name("w:szCs")):
            one.set(_name("w:val"), str(round(size * 2)))
    file.styles[_GRID].paragraph_format.space_after = Pt(0)


def _blank(label: str) -> BaseOxmlElement:
    """Return a field that shows its label until somebody writes in it."""
    field = _element("w:sdt")
    about, within = _element("w:sdtPr"), _element("w:sdtContent")
    about.extend([_element("w:alias", val=label), _element("w:showingPlcHdr"), _element("w:text")])
    run, look, text = _element("w:r"), _element("w:rPr"), _element("w:t")
    look.append(_element("w:color", val=_GREY))
    text.text = label
    run.extend([look, text])
    within.append(run)
    field.extend([about, within])
    return field


def _element(tag: str, /, **values: str) -> BaseOxmlElement:
    from docx.oxml import OxmlElement

    made: BaseOxmlElement = OxmlElement(tag)
    for key, value in values.items():
        made.set(_name(f"w:{key}"), value)
    return made


def _name(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))


def _place(name: str) -> str:
    """Return a name in the form that word processors accept for a place."""
    return name.replace("-", "_")[:40]


def _points(size: float) -> Length:
    """Return a text size to the nearest half point, as files hold no others."""
    from docx.shared import Pt

    return Pt(round(size * 2) / 2)


def _cm(length: float) -> Length:
    from docx.shared import Cm

    return Cm(length)
