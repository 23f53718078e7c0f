"""What a page makes a browser fetch, and how much that weighs compressed: read from the built files."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from posixpath import normpath

from built_site import Page, Site

# In bytes, compressed. A first view is a page with everything it needs; beyond it, what another page adds.
FIRST_VIEW = 150_000
BEYOND_CACHE = 100_000

_IMPORT = re.compile(r"""(?:import|from)\s*["'](\.[^"']+\.js)["']""")
_URL = re.compile(r"""url\(\s*["']?([^"')]+)""")
_PART = re.compile(r"""^\s*"([^"]+)":\s*"(\./[^"]+)",$""", re.MULTILINE)
PARTS = "assets/javascripts/parts.js"


@dataclass
class Weights:
    """The files of a site as browsers get them. Sizes are in bytes."""

    site: Site
    _sizes: dict[str, int] = field(default_factory=dict)

    def size(self, name: str) -> int:
        """Return the size of a file as a static host sends it: compressed by gzip, as a page's own file is too."""
        if name not in self._sizes:
            content = (self.site.folder / name).read_bytes()
            packed = name.endswith((".png", ".ico", ".jpg", ".woff2"))
            self._sizes[name] = len(content) if packed else len(gzip.compress(content, compresslevel=6, mtime=0))
        return self._sizes[name]

    def files(self, page: Page) -> frozenset[str]:
        """Return the files that a view of the page fetches besides the page itself, as paths below the site."""
        wanted = {
            page.resolve(str(one[name]))
            for selector, name in (
                ("link[rel~=stylesheet]", "href"),
                ('link[rel=icon][href$=".svg"]', "href"),  # a browser takes one icon
                ("script[src]", "src"),
                ("img[src]", "src"),
            )
            for one in page.soup.select(selector)
        }
        wanted |= {file for mark, file in self._parts.items() if page.soup.select(mark)}
        found: set[str] = set()
        while wanted:
            name = wanted.pop()
            if name not in found and not name.startswith("data:"):
                found.add(name)
                wanted |= self._needed(name)
        return frozenset(found)

    @cached_property
    def _parts(self) -> dict[str, str]:
        """Scripts that are fetched where a page has a part that they work: selector → file."""
        file = self.site.folder / PARTS
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        return {mark: _beside(PARTS, name) for mark, name in _PART.findall(text)}

    def _needed(self, name: str) -> set[str]:
        if not name.endswith((".css", ".js")) or not self._is_ours(name):
            return set()
        text = Path(self.site.folder, name).read_text(encoding="utf-8")
        links = _IMPORT.findall(text) if name.endswith(".js") else _URL.findall(re.sub(r"/\*.*?\*/", "", text))
        return {_beside(name, link) for link in links if not link.startswith("data:")}

    def _is_ours(self, name: str) -> bool:
        return ".min." not in PurePosixPath(name).name  # a bundle has what it needs within it

    def first_view(self, page: Page) -> int:
        return self.size(page.path) + sum(map(self.size, self.files(page)))

    def beyond(self, page: Page, before: Page) -> int:
        """Return what a view of the page adds for a reader who has seen the page `before`."""
        return self.size(page.path) + sum(map(self.size, self.files(page) - self.files(before)))


def _beside(name: str, link: str) -> str:
    return normpath(f"{PurePosixPath(name).parent}/{link}")
