"""Papers as files: each as a tagged PDF and for word processors, and those with a table also as CSV."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from macros.model import addresses
from macros.publish.editions import proof
from macros.publish.editions.edition import Edition, EditionError
from macros.publish.editions.typesetter import Places, Typesetter
from macros.publish.editions.word_paper import to_word
from macros.reading.csv_cells import to_csv
from macros.reading.guide import Guide
from macros.views.papers import shelf
from macros.views.papers.paper import Paper, Sheet
from macros.views.shared.templates import render

_SIZES = 12
"""The number of text sizes for a sheet, which paper.css defines. The first is the largest."""
_FULL, _STEP = 3300, 230
"""The number of letters that fill a sheet in the first size, and how many more need each further step down."""
_MARKUP, _GAPS = re.compile("<[^>]*>"), re.compile(r"\s+")
_DRAWING = re.compile(r"(<svg\b[^>]*>\s*<title\b[^>]*>[^<]*</title>)")


def make_papers(
    guide: Guide, site: Path, address: str, edition: Edition, *, with_pdf: bool
) -> Iterator[tuple[str, bytes]]:
    """Yield each file of each paper with its path below the site, for a guide that is at `address` on the web.

    The same bytes for the same guide, edition and versions. Raises EditionError, also for a sheet that is too full.
    """
    typesetter = Typesetter(site, "paper.css") if with_pdf else None
    for paper in shelf.papers(guide, address):
        if typesetter:
            yield addresses.of_paper(paper.name, "pdf"), _typeset(paper, guide, edition, typesetter)
        yield addresses.of_paper(paper.name, "docx"), to_word(paper, guide.region.guide, edition)
        if paper.rows:
            header, *rows = paper.rows
            yield addresses.of_paper(paper.name, "csv"), to_csv(header, rows, mark=True)


def _typeset(paper: Paper, guide: Guide, edition: Edition, typesetter: Typesetter) -> bytes:
    """Return a paper as a PDF, with each sheet in the largest text size in which it fits."""
    drawings = typesetter.colours.style("drawings.css")
    sizes = Counter({sheet.id: _likely(sheet) for sheet in paper.sheets})

    def compose(places: Places | None) -> str | None:
        full = _too_full(paper, places) if places else []
        if places and not full:
            return None
        sizes.update(full)
        if too_small := [name for name in full if sizes[name] >= _SIZES]:
            raise EditionError(
                f"{paper.title}: found more on the sheet “{too_small[0]}” than fits in the smallest letters; "
                "expected less; shorten what the data say there"
            )
        html = render("paper.html", paper=paper, guide=guide.region.guide, edition=edition, sizes=sizes)
        html = _DRAWING.sub(lambda match: f"{match[1]}<style>{drawings}</style>", html)
        proof.check(html, drawings)
        return html

    return typesetter.set_until(compose)


def _likely(sheet: Sheet) -> int:
    """Return the size to try first: a sheet with many letters would not fit in a larger one."""
    if sheet.most > 1:
        return 0
    letters = len(_GAPS.sub(" ", _MARKUP.sub("", sheet.html)))
    return max(0, (letters - _FULL) // _STEP)


def _too_full(paper: Paper, places: Places) -> list[str]:
    """Return the sheets that take more pages than they may."""
    starts = [places[f"sheet-{sheet.id}"] for sheet in paper.sheets]
    ends = [*starts[1:], places[""]]
    return [sheet.id for sheet, start, end in zip(paper.sheets, starts, ends, strict=True) if end - start > sheet.most]
