"""Typesets HTML as a tagged PDF with fonts of its own; every PDF of the guide is made with this."""

from __future__ import annotations

import hashlib
import io
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from macros.publish.editions.edition import EditionError

OURS = b"ce-guide"
"""The beginning of each PDF's identifier, by which it is recognised."""
_STYLES = Path(__file__).parent / "styles"
FONTS = {
    ("Source Serif Pro", 400, "normal"): "font_source_serif_pro/files/SourceSerifPro-Regular.ttf",
    ("Source Serif Pro", 700, "normal"): "font_source_serif_pro/files/SourceSerifPro-Bold.ttf",
    ("Source Sans Pro", 400, "normal"): "font_source_sans_pro/files/SourceSansPro-Regular.ttf",
    ("Source Sans Pro", 400, "italic"): "font_source_sans_pro/files/SourceSansPro-It.ttf",
    ("Source Sans Pro", 700, "normal"): "font_source_sans_pro/files/SourceSansPro-Bold.ttf",
    ("Source Sans Pro", 700, "italic"): "font_source_sans_pro/files/SourceSansPro-BoldIt.ttf",
}
"""The file of each family, weight and style, as a path below an installed package.

Both are under the SIL Open Font License.
"""

HOW_TO_INSTALL = (
    "a PDF needs WeasyPrint, its fonts and the library Pango, and something of them is missing here. "
    "“make pdf” installs them or says how. By hand: pip install --editable '.[pdf]', and on Debian and Ubuntu: "
    "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)
_TOKEN = re.compile(r"(--[\w-]+):\s*(#[0-9a-f]{3,8})\b", re.IGNORECASE)
_USED_TOKEN = re.compile(r"var\((--[\w-]+)[^()]*\)")


class Colours(dict[str, str]):
    """The guide's colours by their names in its style sheet: `--ce-ink` → `#16252b`."""

    @classmethod
    def read(cls, site: Path) -> Colours:
        css = (site / "assets/stylesheets/tokens.css").read_text(encoding="utf-8")
        colours = cls()
        for name, value in _TOKEN.findall(css):
            colours.setdefault(name, value)  # the first are those of the light scheme
        return colours

    def put_into(self, style: str) -> str:
        """Return a style with each `var(…)` that names a colour replaced by it."""
        return _USED_TOKEN.sub(lambda match: self.get(match[1], match[0]), style)

    def style(self, name: str) -> str:
        """Return a style sheet of the editions with its colours."""
        return self.put_into((_STYLES / name).read_text(encoding="utf-8"))


Places = Mapping[str, int]
"""The page number, from 0, of each named place; under the name ``""``, the number after the last page."""


class Typesetter:
    """Typesets many documents in one style, reading the fonts and the style sheet only once."""

    def __init__(self, site: Path, style: str) -> None:
        """Prepare for typesetting. `site` is the folder of pictures and colours, `style` the name of the style sheet.

        Raises EditionError, with the way to install it, if anything that a PDF needs is missing.
        """
        self._weasyprint, fonts = _weasyprint()
        self._site = site
        self.colours = Colours.read(site)
        self._fonts = fonts.FontConfiguration()
        self._fetcher = self._weasyprint.urls.URLFetcher(allowed_protocols=("file", "data"))
        self._style = self._weasyprint.CSS(
            string=_font_faces() + self.colours.style(style), font_config=self._fonts, url_fetcher=self._fetcher
        )

    def set(self, html: str) -> bytes:
        """Return a document as a PDF; raises EditionError if it cannot be set whole."""
        return self.set_until(lambda places: html if places is None else None)

    def set_until(self, compose: Callable[[Places | None], str | None]) -> bytes:
        """Set the results of `compose` one after another until it gives None; return the last as a PDF.

        It is called with the places in the document before; with None at first. Raises EditionError.
        """
        with _complaining() as complaints:
            document: Any = None
            again: str | None = compose(None)
            while again is not None:
                html = again
                document = self._weasyprint.HTML(
                    string=html, base_url=f"{self._site.as_uri()}/", url_fetcher=self._fetcher
                ).render(stylesheets=[self._style], font_config=self._fonts, pdf_variant="pdf/ua-1", pdf_tags=True)
                again = compose(_places(document))
            _link_once(document)
            made: bytes = document.write_pdf(
                pdf_variant="pdf/ua-1",
                pdf_tags=True,
                pdf_identifier=OURS + hashlib.sha256(html.encode()).digest()[: 16 - len(OURS)],
            )
        if complaints:
            raise EditionError("it could not be typeset whole. WeasyPrint said:\n\n" + "\n".join(complaints))
        return made


def _link_once(document: Any) -> None:
    """Keep one link for each element that is one.

    Whatever stands inside it, such as bold words, would become another link over the same words, which is no link to
    those who have the document read to them.
    """
    for page in document.pages:
        page.links[:] = [one for one in page.links if one[-1].link]


def _places(document: Any) -> Places:
    places = {"": len(document.pages)}
    for number, page in enumerate(document.pages):
        for name in page.anchors:
            places.setdefault(name, number)  # text that continues overleaf is on the second page too
    return places


def require() -> None:
    """Raise EditionError, with the way to install it, if anything that a PDF needs is missing."""
    _weasyprint()
    _font_faces()


def is_there() -> bool:
    """Return whether everything that a PDF needs is installed here."""
    try:
        require()
    except EditionError:
        return False
    return True


def _weasyprint() -> tuple[Any, Any]:
    """Return WeasyPrint and its module for fonts; raises EditionError if it or anything that it needs is missing."""
    try:
        with redirect_stdout(io.StringIO()):  # where it says at length which library it lacks
            import bs4  # noqa: F401 - the package that reads the pages is installed with it
            import weasyprint
            from weasyprint.text import fonts
    except (ImportError, OSError):  # OSError: the library behind it is missing
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


@contextmanager
def _complaining() -> Iterator[list[str]]:
    """Give a list that fills with WeasyPrint's errors, such as a link that leads nowhere."""
    keeping = _Keeping()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(keeping)
    try:
        yield keeping.lines
    finally:
        logger.removeHandler(keeping)


class _Keeping(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
