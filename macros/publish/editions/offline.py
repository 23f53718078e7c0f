"""The offline edition: a built site as a ZIP that works from a folder, without a server and without a network."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from macros.derived import http_headers
from macros.model.addresses import PAPERS_PAGE
from macros.pages import host_files
from macros.pages.attribute_rules import REFRESH
from macros.publish import hosting
from macros.publish.editions.edition import DISTRIBUTION, Edition, EditionError, refuse_links
from macros.publish.editions.script_bundle import join_modules
from macros.publish.ownership import MARK

FILES_LEFT_OUT = re.compile(
    r"404\.html|sitemap\.xml(\.gz)?|.*\.(js|css)\.map"
    rf"|{'|'.join(map(re.escape, (MARK, *host_files.FILES)))}|{PAPERS_PAGE}.*\.(pdf|docx|csv|zip)"
)
"""Files that only a web server needs, and the editions and papers themselves."""
_FIRST_LINE = re.compile(rb"[^\r\n]{1,200}, offline edition\r\n")
"""The beginning of the README: the guide's name and a description."""
SCRIPT = "assets/javascripts/offline.js"

_FOLLOWED = ("href", "src", "action")
_NOT_OURS = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|$", re.IGNORECASE)
_ADDRESS = re.compile(r'<link rel="?canonical"? href="?([^" >]+)')
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first date that a ZIP can hold."""


def make_zip(site: Path, edition: Edition) -> bytes:
    """Return a built site as a ZIP: the same bytes for the same site and edition. Raises EditionError."""
    if not (site / "index.html").is_file():
        raise EditionError(f"{site} holds no built site: build one with “guide build”, or leave --site out")
    refuse_links(site)
    files = {
        name: path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file() and not FILES_LEFT_OUT.fullmatch(name := path.relative_to(site).as_posix())
    }
    address = _ADDRESS.search(files["index.html"].decode("utf-8"))
    modules: set[str] = set()
    for name in [name for name in files if name.endswith(".html")]:
        page = _Page(name, files, unescape(address[1]) if address else "")
        html = hosting.with_policy(files[name].decode("utf-8"), http_headers.DISK_POLICY)
        files[name] = page.rewritten(html).encode("utf-8")
        modules |= page.modules
    originals = dict(files)
    for name in sorted(modules):
        files[name] = join_modules(name, originals).encode("utf-8")
    files[SCRIPT] = (Path(__file__).parent / "offline.js").read_bytes()
    files["README.txt"] = _readme(edition, originals["index.html"]).encode("utf-8")
    return _zipped(files, edition)


def is_edition(path: Path) -> bool:
    """Return whether a file is an offline edition."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(f"{DISTRIBUTION}/README.txt") as readme:
            return _FIRST_LINE.match(readme.read(1024)) is not None
    except (OSError, KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return False


def _readme(edition: Edition, home: bytes) -> str:
    page = LexborHTMLParser(home)
    history, name = page.css_first(".ce-provenance > p"), page.css_first("meta[property='og:site_name']")
    lines = (
        f"{name.attributes['content'] if name else DISTRIBUTION}, offline edition",
        f"Made {edition.day}, version {edition.version}",
        "",
        "Unpack this ZIP, and open index.html in a browser. Nothing needs to be installed, and no network is used.",
        "If you open index.html inside the ZIP without unpacking it, pictures and links do not work.",
        "",
        " ".join(history.text().split()) if history else "",
    )
    return "\r\n".join((*lines, ""))  # with the line ends that every editor on every system shows


def _zipped(files: Mapping[str, bytes], edition: Edition) -> bytes:
    """Return files as a ZIP whose order, dates and modes do not depend on the machine."""
    date = max(edition.made.timetuple()[:6], _EARLIEST)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{DISTRIBUTION}/{name}", date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, whose file modes follow
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, files[name])
    return target.getvalue()


def _written(attribute: tuple[str, str | None]) -> str:
    name, value = attribute
    return f" {name}" if value is None else f' {name}="{escape(value)}"'


class _Page(HTMLParser):
    """Rewrites the addresses in one page, and leaves every other byte of it unchanged."""

    def __init__(self, name: str, files: Mapping[str, bytes], address: str) -> None:
        super().__init__(convert_charrefs=False)
        self._name = name
        self._files = files
        self._web = address
        self._out: list[str] = []
        self.modules: set[str] = set()
        """The scripts that this page loads as modules."""

    def rewritten(self, html: str) -> str:
        self._starts = [0, *(match.end() for match in re.finditer("\n", html))]
        self._html, self._done = html, 0
        self.feed(html)
        self.close()
        self._out.append(html[self._done :])
        return "".join(self._out)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag(tag, attrs)

    def _tag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        old = self.get_starttag_text() or ""
        changed = [(name, self._address(name, value)) for name, value in attrs]
        if tag == "meta" and ("http-equiv", "refresh") in attrs:  # a page that leads on to another
            changed = [(name, self._leading_on(value) if name == "content" else value) for name, value in attrs]
        if tag == "script" and ("type", "module") in attrs:
            self.modules.add(self._path(dict(attrs).get("src") or ""))
            changed = [("defer", None) if name == "type" else (name, value) for name, value in changed]
        new = old
        if changed != attrs:
            new = f"<{tag}{''.join(map(_written, changed))}{'/>' if old.endswith('/>') else '>'}"
        if tag == "head":
            new += f'\n      <script src="{self._up()}{SCRIPT}"></script>'
        if new != old:
            line, column = self.getpos()
            start = self._starts[line - 1] + column
            self._out += [self._html[self._done : start], new]
            self._done = start + len(old)

    def _up(self) -> str:
        return "../" * self._name.count("/")

    def _path(self, link: str) -> str:
        """Return the file that a link of this page leads to."""
        return normpath(join(dirname(self._name), unquote(urlsplit(link).path)))

    def _leading_on(self, value: str | None) -> str | None:
        """Return the content of a refresh with its address as a link would have it."""
        to = REFRESH.fullmatch(value or "")
        return f"0; url={self._address('href', to[1])}" if to else value

    def _address(self, name: str, value: str | None) -> str | None:
        """Return an address with the file name added if it names a folder; on the web, if the ZIP lacks the file."""
        if name not in _FOLLOWED or value is None or _NOT_OURS.match(value):
            return value
        parts = urlsplit(value)
        target = self._path(value)
        if not parts.path or target in self._files:
            return value
        index = normpath(f"{target}/index.html")
        if index in self._files:
            return urlunsplit(parts._replace(path=normpath(f"{parts.path}/index.html")))
        return urljoin(self._web, urlunsplit(parts._replace(path=quote(target)))) if self._web else value
