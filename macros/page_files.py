"""The files in `docs/`: pages, the order of pages, and below `assets/` pictures, styles and scripts. Nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from macros.gathering import MANY
from macros.problems import Problem, did_you_mean
from macros.read import Tree
from macros.text import faults

MAX_BYTES = 64 * 1024
"""Of a page."""
ORDER = ".nav.yml"
ASSETS = "assets"
ICON = "favicon.ico"
"""Browsers ask for it at the root."""
ASSET_TYPES = re.compile(
    r"\.(?:avif|css|gif|ico|jpe?g|m?js|json|png|svg|txt|wasm|webmanifest|webp|woff2?|yml)"
)  # no HTML and no XML: opened by themselves, they are pages that nothing here has checked
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_ORDERED = re.compile(r"[\w*][\w/*.-]*")
_XML = re.compile(r"\A<\?xml[^<>]*\?>|<!--(?:[^-]|-[^-])*-->")  # what it is, and comments
_RUNS = re.compile(r"(?:script|foreignobject|iframe|embed|object|animate|set|handler|image|use|style)\Z", re.IGNORECASE)


def check(docs: Path) -> Iterator[Problem]:
    """Yield the files that an engine would copy or read and that are none of these."""
    for path in sorted(docs.rglob("*")):
        name = path.relative_to(docs).as_posix()
        if path.is_symlink():
            yield _problem(
                docs, name, f"a link to another file or folder, {name}", "put a copy here, or delete the link"
            )
        elif path.is_dir() or (path.name.startswith(".") and path.name != ORDER) or path.name.endswith("~"):
            continue  # no engine copies what systems and programs leave behind
        elif not path.is_file():
            yield _problem(docs, name, f"something that is no file, {name}", "delete it")
        elif path.stat().st_size > MAX_BYTES and path.suffix == ".md":
            found = f"{path.stat().st_size:,} bytes"
            yield Problem(f"{docs.name}/{name}", 1, 1, "", found, f"at most {MAX_BYTES:,}", "make several pages of it")
        elif path.name == ORDER:
            yield from _check_order(docs, path, name)
        elif name == ICON:
            continue
        elif name.startswith(f"{ASSETS}/") and ASSET_TYPES.fullmatch(path.suffix):
            yield from _check_drawing(docs, path, name)
        elif path.suffix != ".md":
            yield _problem(docs, name, f"a file that is neither a page nor below {ASSETS}/, {name}", _mend(path))
        elif not all(_NAME.fullmatch(part) for part in path.relative_to(docs).with_suffix("").parts):
            mend = "rename it: lower-case letters, digits and single hyphens, then .md"
            yield _problem(docs, name, f"the file name “{name}”", mend)


def _problem(docs: Path, name: str, found: str, mend: str) -> Problem:
    return Problem(f"{docs.name}/{name}", 1, 1, "", found, "pages, and pictures, styles and scripts in assets", mend)


def _mend(path: Path) -> str:
    is_page = path.suffix.lower() in {".markdown", ".mdown", ".mkdn", ".mkd", ".md"}
    return "rename it so that it ends in .md" if is_page else "move it out of docs/, or delete it"


def _check_order(docs: Path, path: Path, name: str) -> Iterator[Problem]:
    """Names in the menu are plain words, and they lead to pages."""
    problems: list[Problem] = []
    tree = Tree.parse(f"{docs.name}/{name}", path.read_text(encoding="utf-8", errors="replace"), problems)
    yield from problems
    for words, target in _entries(tree.value if tree else None):
        lines = path.read_text(encoding="utf-8").splitlines()
        line = next((number for number, one in enumerate(lines, 1) if (words or target) in one), 1)
        for found, mend in faults(words):
            yield Problem(f"{docs.name}/{name}", line, 1, "", found, "plain words", mend)
        if re.search(r"[<>\"]|&#?\w+;?", words):
            yield Problem(f"{docs.name}/{name}", line, 1, "", f"“{words}”", "plain words", "take the signs out")
        if not _ORDERED.fullmatch(target):
            mend = did_you_mean(target, ())
            yield Problem(f"{docs.name}/{name}", line, 1, "", f"“{target}”", "the file of a page", mend)


def lists_trusts(line: str) -> bool:
    """Whether a line of the order of pages puts every Trust into the menu."""
    return re.fullmatch(r"""\s*-\s*["']?trusts/\*\.md["']?\s*""", line) is not None


def check_menu(docs: Path) -> Iterator[Problem]:
    """Yield where the menu lists every Trust: for guides with many of them, as the menu stands on every page."""
    path = docs / ORDER
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    for number, line in enumerate(lines, 1):
        if lists_trusts(line):
            found, expected = "all Trusts in the menu", f"a menu without them, from {MANY} Trusts on"
            column = len(line) - len(line.lstrip()) + 1
            mend = "take the line out, and add “/trusts/*.md” to “not_in_nav” in mkdocs.yml"
            yield Problem(f"{docs.name}/{ORDER}", number, column, "", found, expected, mend)


def _entries(value: Any, words: str = "") -> Iterator[tuple[str, str]]:
    """Yield each name in the menu with where it leads."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield from _entries(below, str(name))
    elif isinstance(value, list):
        for one in value:
            yield from _entries(one)
    else:
        yield words, str(value)


def _check_drawing(docs: Path, path: Path, name: str) -> Iterator[Problem]:
    """A drawing that is opened by itself is a page, and may hold scripts: ours do not."""
    if path.suffix != ".svg":
        return
    mend = "save it again as a plain drawing"
    try:
        text = _XML.sub("", path.read_text(encoding="utf-8"))
        if "<!" in text or "<?" in text:
            yield _problem(docs, name, "a declaration in a drawing", mend)
            return
        elements = list(ElementTree.fromstring(text).iter())  # noqa: S314 - no declarations, so no entities
    except (ElementTree.ParseError, UnicodeError):
        yield _problem(docs, name, "a drawing that cannot be read", mend)
        return
    for element in elements:
        tag = str(element.tag).rpartition("}")[2]
        if _RUNS.match(tag):
            yield _problem(docs, name, f"the element “{tag}” in a drawing", mend)
        for key, value in element.attrib.items():
            plain = key.rpartition("}")[2].lower()
            if plain.startswith("on") or plain == "style" or (plain in {"href", "src"} and not value.startswith("#")):
                yield _problem(docs, name, f"“{plain}” in a drawing", mend)
            elif "url(" in value and "url(#" not in value:
                yield _problem(docs, name, f"“{value[:40]}” in a drawing", mend)
