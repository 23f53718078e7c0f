"""Refuses, by name, two files that would get the same address below the site, before one of them is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from macros.derived.trust_groups import FOLDER as LETTERS
from macros.model import addresses
from macros.pages import host_files
from macros.reading.problem import Problem

WRITTEN = {
    **dict.fromkeys(host_files.FILES, "what hosts read"),
    host_files.NOT_FOUND: "the page for addresses that lead nowhere",
    "assets/javascripts/offline.js": "a script of the offline edition",
    "robots.txt": "what search engines are told",
    "sitemap.xml": "the list of pages",
    "sitemap.xml.gz": "the list of pages",
}
"""Files that a build writes itself, besides pages and the files below `FOLDERS`."""
FOLDERS = {"data": "what readers download", "papers": "what readers download", "search": "the index of search"}


def check(docs: Path) -> Iterator[Problem]:
    """Yield the files below `docs` that would get the address of another file, or of one that a build writes."""
    shown = _shown(docs)
    yield from _check_pages(docs, shown)
    yield from _check_files(docs, [name for name in shown if not name.endswith(".md")], {})


def check_theme(theme: Path, docs: Path) -> Iterator[Problem]:
    """Yield the files of the theme that are copied unchanged and would get the address of another file."""
    if copied := [name for name in _shown(theme) if not name.endswith(".html")]:
        yield from _check_files(theme, copied, {name.lower(): f"{docs.name}/{name}" for name in _shown(docs)})


def _shown(folder: Path) -> list[str]:
    """Return the files below a folder that engines copy or read."""
    names = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
    return [name for name in names if not (name.endswith("~") or any(part[0] == "." for part in name.split("/")))]


def _check_pages(docs: Path, names: Iterable[str]) -> Iterator[Problem]:
    """Yield pages with the same address: `contact.md` and `contact/index.md`, or names that differ only in capitals."""
    first: dict[str, str] = {}
    for name in names:
        key = addresses.of_page(name).lower() if name.endswith(".md") else name.lower()
        if key in first:
            found = f"a second file for the address “/{key}”, which {docs.name}/{first[key]} has"
            mend = "rename one of the two, or put what they say into one file and delete the other"
            yield Problem(f"{docs.name}/{name}", 1, 1, "", found, "one file for each address", mend)
        first.setdefault(key, name)


def _check_files(folder: Path, names: Iterable[str], taken: Mapping[str, str]) -> Iterator[Problem]:
    """Yield copied files that a build would also write, or that come from elsewhere too."""
    for name in names:
        plain = name.lower()
        by = WRITTEN.get(plain) or taken.get(plain) or FOLDERS.get(plain.partition("/")[0], "")
        if not by and any(plain == gone or plain.startswith(f"{gone}/") for gone in host_files.UNUSED):
            by = "what a build takes out"
        if by:
            found = f"a file at the address “/{name}”, which is that of {by}"
            yield Problem(f"{folder.name}/{name}", 1, 1, "", found, "one file for each address", "rename it")


def taken_by(wanted: str, docs: Path, data: Path, but: Path) -> str:
    """Return, in words, what has an address already, or "" if nothing has; `but` is the file of the page itself."""
    from macros.model.holdings import MOVED  # here, as it loads all models, which few commands need
    from macros.reading.yaml_file import Tree

    if wanted in {f"{LETTERS}/"}:
        return "which is kept for the pages of letters"
    for path in sorted(docs.rglob("*.md")):
        if path != but and addresses.of_page(path.relative_to(docs).as_posix()).lower() == wanted.lower():
            return f"which is that of {path.relative_to(docs.parent).as_posix()}"
    moved = data / MOVED.path
    tree = Tree.parse(MOVED.path, moved.read_text(encoding="utf-8"), []) if moved.is_file() else None
    entries = tree.value if tree and isinstance(tree.value, list) else []
    if any(isinstance(one, dict) and one.get("address") == wanted for one in entries):
        return f"which is an old one in data/{MOVED.path}"
    return ""
