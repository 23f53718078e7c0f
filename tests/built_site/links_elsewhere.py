"""Links that stand elsewhere than in the words of a page: in feeds, lists of pages, search, scripts and downloads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urldefrag

from built_site import BASE, Page, Site

from macros.pages.host_files import AZURE, NETLIFY, NOT_FOUND

_TEXTS = (".json", ".csv", ".ics", ".atom", ".xml", ".txt")
_OURS = re.compile(re.escape(BASE) + r"[^\s\"'<>\\,)]*")
_REFRESH = re.compile(r"\d+\s*;\s*url=(.+)", re.IGNORECASE)
_FILE = re.compile(r"""["'`]((?:\.{1,2}/)?[\w./-]+\.(?:js|css|json))["'`]""")
_SCRIPTS = re.compile(r"assets/javascripts/(?!vendor/|.*\.min\.js$).*\.js")
_RULE = re.compile(r"(?m)^/(\S*[^*\s])$")


def broken(site: Site) -> Iterator[str]:
    """Yield each such link that leads to no page, no place on it and no file of the site."""
    for where, link in _links(site):
        if fault := _fault(site, link):
            yield f"{where}: “{link}”: {fault}"
    yield from _of_scripts(site)


def _links(site: Site) -> Iterator[tuple[str, str]]:
    """Yield where a link stands, and its address below the site."""
    for page in site.whole.values():
        yield from ((f"{page} {kind}", link) for kind, link in _of_page(page))
    for name in sorted(site.files):
        if name.endswith(_TEXTS):
            text = (site.folder / name).read_text(encoding="utf-8")
            if name.endswith(".ics"):
                text = re.sub(r"\r?\n[ \t]", "", text)  # long lines are folded
            yield from ((f"/{name}", one.removeprefix(BASE)) for one in dict.fromkeys(_OURS.findall(text)))
        if name.endswith("datapackage.json"):
            package = json.loads((site.folder / name).read_text(encoding="utf-8"))
            yield from ((f"/{name}", join(dirname(name), one["path"])) for one in package["resources"])
    yield from _of_search(site)
    yield from _of_hosts(site)


def _of_page(page: Page) -> Iterator[tuple[str, str]]:
    for one in page.soup.select("meta[http-equiv=refresh i]"):
        found = _REFRESH.match(str(one["content"]))
        yield "refresh", page.resolve(found[1]) if found else ""
    for one in page.soup.select("meta[property='og:url'], meta[property='og:image']"):
        yield str(one["property"]), page.resolve(str(one["content"]))
    for one in page.soup.select("script[type='application/ld+json']"):
        for found in _OURS.findall(str(one.string)):  # what stands behind # names a thing, not a place on a page
            yield "facts for machines", urldefrag(found.removeprefix(BASE))[0]


def _of_search(site: Site) -> Iterator[tuple[str, str]]:
    for path in sorted((site.folder / "search/texts").glob("*.js")):
        call = path.read_text(encoding="utf-8").strip().removeprefix("ceSearchPart(").removesuffix(");")
        _, (url, _, _, sections), *_ = json.loads(f"[{call}]")
        name = f"/{path.relative_to(site.folder).as_posix()}"
        yield from ((name, f"{url}#{anchor}" if anchor else url) for anchor, *_ in sections)


def _of_hosts(site: Site) -> Iterator[tuple[str, str]]:
    if NETLIFY in site.files:
        text = (site.folder / NETLIFY).read_text(encoding="utf-8")
        yield from ((f"/{NETLIFY}", one) for one in _RULE.findall(text))
    if AZURE in site.files:
        config = json.loads((site.folder / AZURE).read_text(encoding="utf-8"))
        paths = [one["route"] for one in config["routes"]] + [config["responseOverrides"]["404"]["rewrite"]]
        yield from ((f"/{AZURE}", one.lstrip("/")) for one in paths)


def _of_scripts(site: Site) -> Iterator[str]:
    """Yield the files that our scripts name, and that stand neither beside them nor below the site."""
    files = {*site.files}
    for name in sorted(site.files):
        if _SCRIPTS.fullmatch(name):
            text = re.sub(r"(?m)//.*$", "", (site.folder / name).read_text(encoding="utf-8"))
            for link in _FILE.findall(text):
                if not {normpath(join(dirname(name), link)), normpath(link)} & files:
                    yield f"/{name}: “{link}”: no such file"


def _fault(site: Site, link: str) -> str:
    path, anchor = urldefrag(unquote(link))
    path = path.partition("?")[0]
    if path in ("", "/") or path.endswith("/"):
        path = path.lstrip("/")
        if path not in site.whole:
            return "no such page"
        if anchor and anchor not in site.whole[path].ids:
            return "no such anchor"
        return ""
    return "" if path in site.files or path == NOT_FOUND else "no such file"
