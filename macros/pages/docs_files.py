"""The only files that `docs/` may hold: pages, their order, and pictures, styles and scripts below `assets/`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from macros.model.text import faults, without_hidden
from macros.pages import drawings
from macros.pages.own_files import OWN_FILES
from macros.reading import plain_files
from macros.reading.file_text import has_two_versions, not_utf_8, slips
from macros.reading.problem import Problem, did_you_mean
from macros.reading.yaml_file import Tree

MAX_BYTES = 64 * 1024
"""The most characters in a page."""
ORDER = ".nav.yml"
ASSETS = "assets"
ICON = "favicon.ico"
"""Browsers request it at the root."""
_BEGINS = {
    ".avif": re.compile(rb"....ftyp(?:avif|avis|mif1)", re.DOTALL),
    ".gif": re.compile(rb"GIF8[79]a"),
    ".ico": re.compile(rb"\x00\x00\x01\x00"),
    ".jpeg": re.compile(rb"\xff\xd8\xff"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    ".woff": re.compile(rb"wOFF"),
    ".woff2": re.compile(rb"wOF2"),
}
"""The first bytes of each kind of picture or font.

There is no HTML, XML or PDF among them: opened directly, they would be pages that nobody has checked. Scripts and
styles are those of `own_files`.
"""
PICTURES = {*_BEGINS, ".svg"}
_READ_BY_ENGINES = frozenset([".html", ".md", ".yaml", ".yml"])
"""Files such as `.meta.yml`, which an engine's plugin would apply as front matter to all pages in the folder."""
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_ORDERED = re.compile(r"[\w*][\w/*.-]*")


def check(docs: Path) -> Iterator[Problem]:
    """Yield a problem for each file that an engine would copy or read and that is not one of these."""
    for path in sorted(docs.rglob("*")):
        name = path.relative_to(docs).as_posix()
        if path.is_symlink():
            yield _problem(
                docs, name, f"a link to another file or folder, {name}", "put a copy here, or delete the link"
            )
        elif path.is_dir():
            continue
        elif not path.is_file():
            yield _problem(docs, name, f"something that is no file, {name}", "delete it")
        elif path.name.startswith(".") and path.name != ORDER and path.suffix in _READ_BY_ENGINES:
            yield _problem(docs, name, f"a hidden file that says something of pages, {name}", "delete it")
        elif (path.name.startswith(".") and path.name != ORDER) or path.name.endswith("~"):
            continue  # no engine copies the files that systems and programs leave behind
        elif path.suffix != ".md" and (odd := plain_files.oddity(path)):
            found, mend = odd
            yield Problem(f"{docs.name}/{name}", 1, 1, "", found, "a small file", mend)
        elif path.stat().st_size > MAX_BYTES and path.suffix == ".md":
            found = f"{path.stat().st_size:,} bytes"
            yield Problem(f"{docs.name}/{name}", 1, 1, "", found, f"at most {MAX_BYTES:,}", "make several pages of it")
        elif path.name == ORDER:
            yield from _check_order(docs, path, name)
        elif name == ICON:
            continue
        elif name.startswith(f"{ASSETS}/") and path.suffix in PICTURES:
            yield from _check_picture(docs, path, name)
        elif name.removeprefix(f"{ASSETS}/") in OWN_FILES and name.startswith(f"{ASSETS}/"):
            continue
        elif name.startswith(f"{ASSETS}/") and path.suffix != ".md":
            mend = "delete it; if it is new in the guide, a maintainer adds its name to macros/pages/own_files.py"
            yield _problem(docs, name, f"a file that is neither a picture nor one of the guide’s own, {name}", mend)
        elif path.suffix != ".md":
            yield _problem(docs, name, f"a file that is neither a page nor below {ASSETS}/, {name}", _mend(path))
        elif not all(_NAME.fullmatch(part) for part in path.relative_to(docs).with_suffix("").parts):
            mend = "rename it: lower-case letters, digits and single hyphens, then .md"
            yield _problem(docs, name, f"the file name “{name}”", mend)


def menu_entries(value: Any, words: str = "") -> Iterator[tuple[str, str]]:
    """Yield each name in the content of the order of pages, "" where there is none, with its target."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield from menu_entries(below, str(name))
    elif isinstance(value, list):
        for one in value:
            yield from menu_entries(one)
    else:
        yield words, str(value)


def _problem(docs: Path, name: str, found: str, mend: str) -> Problem:
    return Problem(f"{docs.name}/{name}", 1, 1, "", found, "pages, and pictures, styles and scripts in assets", mend)


def _mend(path: Path) -> str:
    is_page = path.suffix.lower() in {".markdown", ".mdown", ".mkdn", ".mkd", ".md"}
    return "rename it so that it ends in .md" if is_page else "move it out of docs/, or delete it"


def _check_order(docs: Path, path: Path, name: str) -> Iterator[Problem]:
    """Yield problems with the menu: its names are plain words, and they lead to pages."""
    problems: list[Problem] = []
    raw = path.read_bytes()
    if wrong := not_utf_8(raw):
        yield Problem(f"{docs.name}/{name}", wrong.line, wrong.column, "", wrong.found, wrong.expected, wrong.mend)
        return
    text = raw.decode("utf-8")
    for one in slips(text):
        yield Problem(f"{docs.name}/{name}", one.line, one.column, "", one.found, one.expected, one.mend)
    if has_two_versions(text):
        return
    text = without_hidden(text)
    tree = Tree.parse(f"{docs.name}/{name}", text, problems)
    yield from problems
    for words, target in menu_entries(tree.value if tree else None):
        line = next((number for number, one in enumerate(text.splitlines(), 1) if (words or target) in one), 1)
        for found, mend in faults(words):
            yield Problem(f"{docs.name}/{name}", line, 1, "", found, "plain words", mend)
        if re.search(r"[<>\"]|&#?\w+;?", words):
            yield Problem(f"{docs.name}/{name}", line, 1, "", f"“{words}”", "plain words", "take the signs out")
        if not _ORDERED.fullmatch(target):
            mend = did_you_mean(target, ())
            yield Problem(f"{docs.name}/{name}", line, 1, "", f"“{target}”", "the file of a page", mend)


def _check_picture(docs: Path, path: Path, name: str) -> Iterator[Problem]:
    """Yield problems with a picture: its content has the type that its name says.

    A drawing that is opened directly is a page, so it may not contain scripts.
    """
    if path.suffix == ".svg":
        for line, found, mend in drawings.check(path):
            yield Problem(f"{docs.name}/{name}", line, 1, "", found, "a plain drawing", mend)
    elif not _BEGINS[path.suffix].match(path.read_bytes()[:32]):
        yield _problem(
            docs, name, f"a file that is no picture or font, though its name ends in {path.suffix}", "delete it"
        )
