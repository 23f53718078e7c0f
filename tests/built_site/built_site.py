"""Building the site once for all tests, and reading what was built: pages, links and what they lead to."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from once import made_once

from macros.pages.project import Project
from macros.publish.build import build
from macros.publish.engine import Engine

ROOT = Path(__file__).parents[2]
READY = {"mkdocs": "GUIDE_SITE", "zensical": "GUIDE_SITE_ZENSICAL"}
"""Variables that name a folder with a site that is built already."""
BASE = Project(ROOT).base_url()


def build_once(folders: pytest.TempPathFactory, engine: Engine) -> Path:
    """Return the folder of the whole site. The first process to ask builds it; the others wait and share it."""
    if ready := os.environ.get(READY[engine]):
        return Path(ready).resolve()
    name = "site" if engine == "mkdocs" else f"site-{engine}"  # the browser tests ask for the same
    return made_once(folders, name, lambda target: build(Project(ROOT), target, engine))


@dataclass(frozen=True)
class Page:
    """One built page."""

    folder: Path
    """The site's."""
    path: str
    """The file below it, such as `trusts/luton/index.html`."""

    @property
    def url(self) -> str:
        """The address below the site's: `trusts/luton/`; empty for the home page."""
        return self.path.removesuffix("index.html")

    @cached_property
    def html(self) -> str:
        return (self.folder / self.path).read_text(encoding="utf-8")

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "lxml")

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(str(one["id"]) for one in self.soup.find_all(id=True))

    @cached_property
    def title(self) -> str:
        return text(self.soup.select_one("title"))

    @cached_property
    def description(self) -> str:
        one = self.soup.select_one("meta[name=description]")
        return str(one["content"]).strip() if one else ""

    @cached_property
    def leads_on(self) -> bool:
        """Whether the page does nothing but lead on to another."""
        return "refresh" in self.html and self.soup.select_one("meta[http-equiv=refresh]") is not None

    @cached_property
    def article(self) -> Tag:
        found = self.soup.select_one("main article")
        assert found is not None, f"{self.path} has no article"
        return found

    def resolve(self, link: str) -> str:
        """Return a link as an address below the site's, such as `trusts/luton/#needs`; whole if it leads elsewhere."""
        whole = urljoin(BASE + self.url, link.strip())
        return whole.removeprefix(BASE)

    def links(self, selector: str = "a[href]") -> list[str]:
        """Return where links of the article lead, in their order."""
        return [self.resolve(str(one["href"])) for one in self.article.select(selector)]

    def __repr__(self) -> str:
        return f"/{self.url}"


@dataclass(frozen=True)
class Site:
    """One built site."""

    folder: Path

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Every page by its address, the one for addresses that lead nowhere (`404.html`) too; none that leads on."""
        return {url: page for url, page in self.whole.items() if not page.leads_on}

    @cached_property
    def whole(self) -> dict[str, Page]:
        """Every page by its address, and those that lead on to another."""
        paths = sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*.html"))
        return {page.url: page for page in (Page(self.folder, path) for path in paths)}

    @cached_property
    def addressed(self) -> dict[str, Page]:
        """The pages that have an address."""
        return {url: page for url, page in self.pages.items() if url != "404.html"}

    def __getitem__(self, url: str) -> Page:
        return self.pages[url]

    @cached_property
    def files(self) -> frozenset[str]:
        return frozenset(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())

    @property
    def downloads(self) -> list[str]:
        """The files below `/data/` but its page."""
        return sorted(name for name in self.files if name.startswith("data/") and not name.endswith(".html"))


_INLINE = {"a", "abbr", "b", "code", "em", "i", "label", "small", "span", "strong", "sub", "sup"}


def text(part: Tag | None) -> str:
    """Return the words of a part with single spaces between them, without the marks beside headings."""
    if part is None:
        return ""
    left_out = {id(one) for mark in part.select(".headerlink") for one in mark.descendants}
    words = []
    for one in part.descendants:
        if isinstance(one, Tag):
            words.append("" if one.name in _INLINE else " ")
        elif type(one) is NavigableString and id(one) not in left_out:  # a comment or a script is a subclass
            words.append(one)
    return " ".join("".join(words).split())


# --- what is wrong with links -------------------------------------------------------------------------------------

_LINKS = ("href", "src", "action", "poster", "data", "xlink:href", "cite", "formaction")
_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")
_ELSEWHERE = re.compile(r"(https?:)?//|ftp:", re.IGNORECASE)
_NO_FILE = ("mailto:", "data:", "tel:")


def broken_links(site: Site) -> Iterator[str]:
    """Yield each link of a page, style sheet or list of pages that leads to no file or no anchor of the site."""
    for page in site.whole.values():
        for part, link in _links(page):
            if fault := _fault(site, page, link):
                yield f"{page}: {part} “{link}”: {fault}"
    for name, link in _style_links(site):
        if not link.startswith(_NO_FILE) and urljoin(name, link).split("?")[0].split("#")[0] not in site.files:
            yield f"/{name}: “{link}”: no such file"


def doubled_ids(site: Site) -> Iterator[str]:
    """Yield each id that a page has more than once."""
    for page in site.whole.values():
        for name, count in Counter(str(one["id"]) for one in page.soup.select("[id]")).items():
            if count > 1:
                yield f"{page}: id “{name}” {count} times"


def requests_elsewhere(site: Site) -> Iterator[str]:
    """Yield whatever a browser would fetch from elsewhere when it shows a page: links that a reader follows are not."""
    for page in site.whole.values():
        for part, link in _links(page):
            followed = part in {"a", "area"} or part == "link canonical"
            if not followed and _ELSEWHERE.match(link) and not link.startswith(BASE):
                yield f"{page}: {part} “{link}”"
        for style in (*page.soup.select("style"), *page.soup.select("[style]")):
            for link in _in_style(str(style.get("style") or style.string or "")):
                if _ELSEWHERE.match(link):
                    yield f"{page}: style “{link}”"
    for name, link in _style_links(site):
        if _ELSEWHERE.match(link):
            yield f"/{name}: “{link}”"


def _links(page: Page) -> Iterator[tuple[str, str]]:
    """Yield each link on a page with the name of its element, a `link` element's with its kind."""
    for one in page.soup.find_all(True):
        name = f"link {' '.join(one.get('rel', []))}" if one.name == "link" else one.name
        for attribute in _LINKS:
            if one.has_attr(attribute) and not (attribute == "data" and one.name != "object"):
                yield name, str(one[attribute])
        for candidate in str(one.get("srcset", "")).split(","):
            if candidate.strip():
                yield name, candidate.split()[0]


def _fault(site: Site, page: Page, link: str) -> str:
    if link.startswith(_NO_FILE):
        return ""
    target = page.resolve(link)
    if _ELSEWHERE.match(target):
        return ""
    if urlsplit(target).scheme:
        return "not a kind of link that leads anywhere"
    path, anchor = urldefrag(unquote(target))
    path = path.partition("?")[0]
    if path == "" or path.endswith("/"):
        if path not in site.whole:
            return "no such page"
    elif path not in site.files:
        return "no such file"
    if anchor and path in site.whole and anchor not in site.whole[path].ids:
        return "no such anchor"
    return ""


def _style_links(site: Site) -> Iterator[tuple[str, str]]:
    for name in sorted(site.files):
        if name.endswith(".css"):
            for link in _in_style((site.folder / name).read_text(encoding="utf-8")):
                yield name, link


def _in_style(style: str) -> Iterator[str]:
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    for match in _STYLE.finditer(style):
        yield (match[1] or match[2]).strip()
