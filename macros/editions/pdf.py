"""The PDF edition: the book typeset, tagged and bookmarked by WeasyPrint, with fonts that it brings along."""

from __future__ import annotations

import hashlib
import io
import logging
from contextlib import redirect_stdout
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from macros.editions.edition import Edition, EditionError

STYLES = Path(__file__).parent / "styles"
FONTS = {
    ("Source Serif Pro", 400, "normal"): "font_source_serif_pro/files/SourceSerifPro-Regular.ttf",
    ("Source Serif Pro", 700, "normal"): "font_source_serif_pro/files/SourceSerifPro-Bold.ttf",
    ("Source Sans Pro", 400, "normal"): "font_source_sans_pro/files/SourceSansPro-Regular.ttf",
    ("Source Sans Pro", 400, "italic"): "font_source_sans_pro/files/SourceSansPro-It.ttf",
    ("Source Sans Pro", 700, "normal"): "font_source_sans_pro/files/SourceSansPro-Bold.ttf",
    ("Source Sans Pro", 700, "italic"): "font_source_sans_pro/files/SourceSansPro-BoldIt.ttf",
}
"""Family, weight and style → the file, below an installed package. Both are under the SIL Open Font License."""

HOW_TO_INSTALL = (
    "a PDF needs WeasyPrint, its fonts and the library Pango, and something of them is missing here. "
    "“make pdf” installs them or says how. By hand: pip install --editable '.[pdf]', and on Debian and Ubuntu: "
    "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)


def make_pdf(site: Path, edition: Edition) -> bytes:
    """Return a built site as a tagged PDF: the same bytes for the same site, edition and versions.

    Raises EditionError, also when a link inside the book leads nowhere.
    """
    weasyprint, fonts = _weasyprint()
    from macros.editions.book import Colours, compose  # they need what is installed with WeasyPrint

    book = compose(site, edition, _style("drawings.css"))
    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    try:
        colours = Colours.read(site)
        configuration = fonts.FontConfiguration()
        fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("file", "data"))
        style = weasyprint.CSS(
            string=_font_faces() + colours.put_into(_style("book.css")),
            font_config=configuration,
            url_fetcher=fetcher,
        )
        made: bytes = weasyprint.HTML(string=book, base_url=f"{site.as_uri()}/", url_fetcher=fetcher).write_pdf(
            stylesheets=[style],
            font_config=configuration,
            pdf_variant="pdf/ua-1",
            pdf_tags=True,
            pdf_identifier=hashlib.sha256(book.encode()).digest()[:16],
        )
    finally:
        logger.removeHandler(complaints)
    if complaints.lines:
        raise EditionError("the book could not be typeset whole. WeasyPrint said:\n\n" + "\n".join(complaints.lines))
    return made


def require() -> None:
    """Raise EditionError, which says how to install it, where something that a PDF needs is missing."""
    _weasyprint()
    _font_faces()


def _style(name: str) -> str:
    return (STYLES / name).read_text(encoding="utf-8")


def _weasyprint() -> tuple[Any, Any]:
    """Return WeasyPrint and its part for fonts; raises EditionError where it or what it needs is missing."""
    try:
        with redirect_stdout(io.StringIO()):  # where it says at length which library it lacks
            import bs4  # noqa: F401 - what reads the pages is installed with it
            import weasyprint
            from weasyprint.text import fonts
    except (ImportError, OSError):  # OSError: the library behind it is not there
        raise EditionError(HOW_TO_INSTALL) from None
    return weasyprint, fonts


def _font_faces() -> str:
    faces = []
    for (family, weight, style), file in FONTS.items():
        package, _, inside = file.partition("/")
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise EditionError(HOW_TO_INSTALL)
        source = (Path(spec.origin).parent / inside).as_uri()
        faces.append(
            f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
            f'src: url("{source}") }}\n'
        )
    return "".join(faces)


class _Complaints(logging.Handler):
    """Keeps what WeasyPrint calls an error: a link that leads nowhere, or a file that is not there."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
