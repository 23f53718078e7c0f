"""Word files: each part stands where the format wants it, and tables break where one can read on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from macros.derived.word_document import Blank, Row, WordDocument, Words

# The order of parts in ISO/IEC 29500-1, wml.xsd. Word refuses some files in which another part comes first.
ORDER = {
    "tbl": "tblPr tblGrid tr",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tblCellMar": "top start left bottom end right",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "sdt": "sdtPr sdtEndPr sdtContent",
    "sdtPr": "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding text",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
}


@pytest.fixture(scope="module")
def made() -> bytes:
    """A document with every part that one can hold."""
    file = WordDocument("A paper", about="Of all parts", author="Us", head="Above", foot="Below", size=9)
    file.heading([Words("A paper")], 1, "top")
    file.begin_page()
    file.paragraph([Words("Bold", bold=True), Words("slanted", italic=True), Words("1", raised=True, link="#top")])
    file.item([Words("An item", bold=True, small=True, link="https://example.org/")])
    file.item([Words("A step")], is_numbered=True)
    head = [[[Words("What")]], [[Words("Who")]]]
    one = Row([[[Words("This")], [Words("and that")]], [[Blank("Who")]]])
    group = Row([[[Words("A group")]]])
    file.table(head, [one, one, group, one, one, one], [0.7, 0.3])
    file.table([], [one])
    return file.to_bytes()


def parts(made: bytes) -> Iterator[etree._Element]:
    """Yield every element of the text, the styles, the header and the footer."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")]
        assert {"word/document.xml", "word/styles.xml"} <= {*names}
        for name in names:
            yield from etree.fromstring(archive.read(name)).iter(etree.Element)


def test_parts_stand_in_the_order_of_the_format(made: bytes) -> None:
    met = set()
    for one in parts(made):
        name = etree.QName(one).localname
        if name not in ORDER or etree.QName(one).namespace != docx.oxml.ns.nsmap["w"]:
            continue
        met.add(name)
        order, found = ORDER[name].split(), [etree.QName(part).localname for part in one]
        assert {*found} <= {*order}, name
        assert found == sorted(found, key=order.index), name
    assert met == ORDER.keys()


def test_no_page_begins_or_ends_with_one_row_of_a_table_alone(made: bytes) -> None:
    table, single = docx.Document(io.BytesIO(made)).tables
    stays = [
        all(one.paragraph_format.keep_with_next for cell in row.cells for one in cell.paragraphs) for row in table.rows
    ]
    assert stays == [True, True, False, True, False, True, False], (
        "the head, the first, a group’s name, the last but one"
    )
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in (*table.rows, *single.rows))
    assert not single.rows[0].cells[0].paragraphs[0].paragraph_format.keep_with_next
