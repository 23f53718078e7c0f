"""The final check of a site before it is published: every page in its folder is compared with the list."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from macros.model import addresses
from macros.pages import finished
from macros.pages.html_as_written import WrittenFault
from macros.reading import earlier_results
from macros.reading.problem import DataProblems, Problem

_CANONICAL = re.compile(r'<link rel="?canonical"? href="?([^" >]+)')
NOT_FOUND = "404.html"
MANY = 3
"""The most pages on which a fault is reported page by page."""
EXPECTED = "what macros/pages/allowed.py lists"

Calls = Mapping[str, Iterable[str]]
"""The output of the calls on each page, by the address of the page."""


def check_site(
    site: Path, docs: Path, *, base_url: str | None = None, calls: Calls | None = None, moved: Iterable[str] = ()
) -> None:
    """Check all pages of a built site; raises DataProblems with everything in them that is not allowed.

    `docs` is the folder of their sources, which problems name. Without `calls`, any page may contain what macros draw.
    `moved` are the files at addresses that have moved. Without `base_url`, it is taken from the site's home page.
    """
    if base_url is None:
        home = site / "index.html"
        said = _CANONICAL.search(home.read_text(encoding="utf-8", errors="replace")) if home.is_file() else None
        base_url = said[1] if said else "/"
    pages = {path.relative_to(site).as_posix(): path.read_bytes() for path in _pages_of(site)}
    check_pages(pages, docs, base_url=base_url, calls=calls, moved=moved)


def check_zip(content: bytes, docs: Path) -> None:
    """Check all pages of an offline edition; raises DataProblems."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if _is_page(name)]
        pages = {name.partition("/")[2]: archive.read(name) for name in names}
    check_pages(pages, docs, disk=True)


def check_pages(
    pages: Mapping[str, bytes],
    docs: Path,
    *,
    base_url: str = "/",
    calls: Calls | None = None,
    moved: Iterable[str] = (),
    disk: bool = False,
) -> None:
    """Check pages, given their files below the site, as `check_site` does.

    With `disk`, they are of the offline edition. A page in which an earlier build found nothing wrong is not judged
    again.
    """
    stubs, base = {*moved}, urlsplit(base_url).path or "/"
    by_fault: dict[WrittenFault, list[Problem]] = {}
    for path, content in pages.items():
        is_moved = path in stubs
        drawn = None if calls is None or is_moved else [*calls.get(_url(path), ())]
        judged_by = json.dumps([path, base, is_moved, disk, drawn is None])
        key = earlier_results.key_of("finished page", judged_by, content, *(drawn or ()))
        if earlier_results.known(key):
            continue
        found = [*_of(path, content, docs, base, drawn, is_moved=is_moved, disk=disk)]
        for fault, problem in found:
            by_fault.setdefault(fault, []).append(problem)
        if not found:
            earlier_results.keep(key, True)
    if by_fault:
        raise DataProblems(problem for many in by_fault.values() for problem in _together(many))


def _together(problems: list[Problem]) -> Iterator[Problem]:
    """Yield the problems of pages; one that many pages share, as after an edit of the theme, is reported once."""
    if len(problems) <= MANY:
        yield from problems
        return
    first = min(problems)
    yield replace(first, found=f"{first.found} and on {len(problems) - 1} others")


def _pages_of(site: Path) -> list[Path]:
    return [path for path in sorted(site.rglob("*")) if _is_page(path.name) and path.is_file()]


def _is_page(name: str) -> bool:
    return name.lower().endswith((".html", ".htm", ".xhtml", ".xht"))


def _of(
    path: str, content: bytes, docs: Path, base: str, drawn: Iterable[str] | None, *, is_moved: bool, disk: bool
) -> Iterator[tuple[WrittenFault, Problem]]:
    url = _url(path)
    if is_moved or (drawn is None and _says_moved(content)):
        faults = finished.of_moved(content, path=path, base=base, disk=disk)
        name, source = "data/moved.yml", ""
    else:
        faults = finished.of_page(content, drawn, path=path, base=base, disk=disk)
        name, source = _source(url, docs)
    for fault in faults:
        line, column = _where(source, fault)
        found = f"{fault.found} on the finished page /{url}"
        yield fault, Problem(name, line, column, "", found, EXPECTED, fault.mend)


def _url(path: str) -> str:
    return path.removesuffix("index.html")


def _says_moved(content: bytes) -> bool:
    return b'<html lang="en-GB">' in content[:100]


def _source(url: str, docs: Path) -> tuple[str, str]:
    """Return the source file of a page, as a path below the project, and its text."""
    if url == NOT_FOUND:
        return "theme/404.html", ""
    stem = url.strip("/")
    for name in (f"{stem}.md", f"{stem}/index.md".lstrip("/")):
        if addresses.of_page(name) == url and (docs / name).is_file():
            return f"{docs.name}/{name}", (docs / name).read_text(encoding="utf-8", errors="replace")
    return f"{docs.name}/{stem or 'index'}.md", ""


def _where(source: str, fault: WrittenFault) -> tuple[int, int]:
    """Return the line and the column of the word near a fault in the source; the beginning if it is not there."""
    at = source.lower().find(fault.needle.lower()) if fault.needle else -1
    if at < 0:
        return 1, 1
    return source.count("\n", 0, at) + 1, at - source.rfind("\n", 0, at)
