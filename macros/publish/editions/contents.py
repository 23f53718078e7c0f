"""The order of an edition: the menus of a built site merged into one tree, to which the pages in no menu are added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from macros.model import addresses
from macros.publish.editions.edition import EditionError

_NEEDS_A_SCREEN = (addresses.SEARCH_PAGE, addresses.CORRECTION_PAGE, addresses.SELF_ASSESSMENT_PAGE)
_FOR_EDITORS = ("editors/", "about/hosting/", addresses.WHATS_NEW_PAGE, "survey/run/", "survey/questionnaire/", "data/")
_ABOUT_THE_SITE = ("about/accessibility/", "about/privacy/")
_SAID_ELSEWHERE = (
    addresses.SOURCES_PAGE,
    "evidence/charts/",
    "evidence/documents/",
    "evidence/timeline/",
    "evidence/figures/",
    "trusts/gaps/",
    "trusts/compare/",
    "tools/",
)
"""Pages whose content is elsewhere too: next to statements, in the survey, the profiles, the standards or papers."""
_PAGES_LEFT_OUT = (*_NEEDS_A_SCREEN, *_FOR_EDITORS, *_ABOUT_THE_SITE, *_SAID_ELSEWHERE, addresses.PAPERS_PAGE)
"""Pages that the book does not need, each with everything below it."""

_NOT_FOUND_PAGE = "404.html"


@dataclass
class ContentsEntry:
    """One line of the contents: a page, or a heading over pages."""

    title: str
    """Its name in the menu."""
    url: str | None
    """The page's address below the site's, such as `trusts/luton/`; None for a heading without a page."""
    children: list[ContentsEntry] = field(default_factory=list)

    def walk(self) -> Iterator[ContentsEntry]:
        """Yield this entry and all entries below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def goes_on_paper(url: str) -> bool:
    """Return whether the page at an address below the site's belongs in the book."""
    return not url.startswith(_PAGES_LEFT_OUT)


def read_pages(site: Path) -> dict[str, BeautifulSoup]:
    """Return the pages of a built site for the book, by and in the order of their addresses; raises EditionError."""
    pages = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        soup = BeautifulSoup(file.read_bytes(), "lxml", from_encoding="utf-8")
        url = path.removesuffix("index.html")
        if path != _NOT_FOUND_PAGE and goes_on_paper(url) and soup.select_one("main article"):
            pages[url] = soup
    if "" not in pages:
        raise EditionError(f"{site} holds no built site: build one with “guide build”, or leave --site out")
    return pages


def resolve(link: str, url: str) -> str:
    """Return where a link on the page at `url` leads: an address below the site's, with `#…`; whole if elsewhere.

    >>> resolve("../trusts/luton/#needs", "survey/")
    'trusts/luton/#needs'
    >>> resolve("././index.html", "survey/")
    'survey/'
    """
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return link
    path, anchor = urldefrag(urljoin(f"http://site/{url}", link))
    path = unquote(urlsplit(path).path)[1:].removesuffix("index.html")
    return f"{path}#{anchor}" if anchor else path


def read_contents(pages: Mapping[str, BeautifulSoup]) -> list[ContentsEntry]:
    """Return the contents of the site whose pages are given.

    A menu shows in full only the part that its page is in, so the menus of all pages are merged. Pages that no menu
    holds follow the page that their address begins with, in the order in which it links to them.
    """
    root = ContentsEntry("", None)
    for url, soup in pages.items():
        menu = soup.select_one("nav.ce-nav > ul")
        if menu is not None:
            _lay_over(root, menu, url)
    _take_pages_from_headings(root)
    _prune(root, pages)
    placed = {entry.url for entry in root.walk()}
    for url in sorted(set(pages) - placed, key=lambda one: (one.count("/"), one)):
        parents = [entry for entry in root.walk() if entry.url and url.startswith(entry.url)]
        parent = max(parents, key=lambda entry: len(entry.url or ""), default=root)
        parent.children.append(ContentsEntry(_title(pages[url]), url))
    for entry in root.walk():
        if entry.url and (loose := [child for child in entry.children if child.url not in placed]):
            order = {link: place for place, link in reversed([*enumerate(_links(pages[entry.url], entry.url))])}
            loose.sort(key=lambda child: order.get(child.url or "", len(order)))
            entry.children = [child for child in entry.children if child.url in placed] + loose
    return root.children


def _lay_over(above: ContentsEntry, menu: Tag, url: str) -> None:
    known = {(entry.title, entry.url): entry for entry in above.children}
    for item in menu.find_all("li", recursive=False):
        link = item.find("a", recursive=False)
        if not isinstance(link, Tag):
            continue
        entry = ContentsEntry(" ".join(link.get_text().split()), resolve(str(link["href"]), url).partition("#")[0])
        if (entry.title, entry.url) not in known:
            above.children.append(entry)
        within = item.find("ul", recursive=False)
        if isinstance(within, Tag):
            _lay_over(known.get((entry.title, entry.url), entry), within, url)


def _take_pages_from_headings(above: ContentsEntry) -> None:
    """Turn an entry that leads to the first page below it into a heading without a page of its own."""
    for entry in above.children:
        _take_pages_from_headings(entry)
        if entry.url in {child.url for child in entry.children}:
            entry.url = None


def _prune(above: ContentsEntry, pages: Mapping[str, BeautifulSoup]) -> None:
    """Remove menu links that lead to anything but the guide's own pages."""
    for entry in above.children:
        _prune(entry, pages)
        entry.url = entry.url if entry.url in pages else None
    above.children = [entry for entry in above.children if entry.url is not None or entry.children]


def _title(page: BeautifulSoup) -> str:
    heading = page.select_one("main article h1")
    return " ".join(heading.get_text().replace("¶", "").split()) if heading else ""


def _links(page: BeautifulSoup, url: str) -> Iterator[str]:
    for link in page.select("main article a[href]"):
        yield resolve(str(link["href"]), url).partition("#")[0]
