"""The PDF edition: the book of the whole guide, typeset, tagged and bookmarked."""

from __future__ import annotations

import gc
from pathlib import Path

from macros.publish.editions.edition import Edition, EditionError, refuse_links
from macros.publish.editions.typesetter import OURS, Typesetter, require

_MOST = 256 * 1024 * 1024
"""The most bytes of a file that are searched."""


def make_pdf(site: Path, edition: Edition) -> bytes:
    """Return a built site as a tagged PDF: the same bytes for the same site, edition and versions.

    Raises EditionError, also if a link inside the book leads nowhere, or if the book contains anything that no page
    may.
    """
    if not (site / "index.html").is_file():
        raise EditionError(f"{site} holds no built site: build one with “guide build”, or leave --site out")
    refuse_links(site)
    require()
    from macros.publish.editions import proof
    from macros.publish.editions.book import compose  # it needs packages that are installed with WeasyPrint

    typesetter = Typesetter(site, "book.css")
    drawings = typesetter.colours.style("drawings.css")
    book = compose(site, edition, drawings)
    proof.check(book, drawings)
    gc.collect()  # the page trees have circular references, and are as large as the book
    return typesetter.set(book)


def is_edition(path: Path) -> bool:
    """Return whether a file is a PDF edition."""
    content = path.read_bytes() if path.stat().st_size <= _MOST else b""
    return content.startswith(b"%PDF-") and b"/ID [(" + OURS in content
