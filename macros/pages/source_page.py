"""Markdown files below `docs/`: how each is read, with its front matter, its text and its calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError

from macros.model import addresses
from macros.pages.macro_calls import Call, PlainCallError, parse
from macros.reading import plain_files
from macros.reading.problem import Problem
from macros.reading.yaml_file import Tree

DOCS, DATA = "docs", "data"
ENDS_ALONE = re.compile("\r")
"""Characters at which Python and one engine end a line, and the other engine does not."""
NOT_UTF8 = re.compile("[\ud800-\udfff]")
_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


@dataclass(frozen=True)
class SourcePage:
    """One Markdown file below `docs/`."""

    path: str
    """Path below `docs/`, such as `trusts/luton.md`."""
    text: str

    @property
    def url(self) -> str:
        return addresses.of_page(self.path)

    @cached_property
    def front(self) -> str:
        match = _FRONT.match(self.text)
        return match[1] if match else ""

    @cached_property
    def meta(self) -> dict[str, Any]:
        """The front matter; empty if it cannot be read (`check` reports that)."""
        tree = Tree.parse(self.path, self.front, []) if self.front else None
        return tree.value if tree and isinstance(tree.value, dict) else {}

    def line_of(self, name: str) -> int:
        """Return the line of a field of the front matter, counted from 1."""
        return self.front[: self.front.find(f"{name}:")].count("\n") + 2

    @property
    def title(self) -> str:
        return str(self.meta.get("title", self.path))

    @cached_property
    def body(self) -> str:
        """The text below the front matter, which is replaced by empty lines so that line numbers stay the same."""
        match = _FRONT.match(self.text)
        return "\n" * match[0].count("\n") + self.text[match.end() :] if match else self.text

    @cached_property
    def parts(self) -> tuple[str | Call, ...]:
        """The text and the calls in order; raises as `calls`."""
        return tuple(parse(self.body))

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The macro calls; raises TemplateSyntaxError, or PlainCallError for anything else between the braces."""
        return tuple(part for part in self.parts if isinstance(part, Call))


def readable_calls(page: SourcePage) -> tuple[Call, ...]:
    """Return the calls of a page; none if they cannot be read, which the checks report."""
    try:
        return page.calls
    except (TemplateSyntaxError, PlainCallError):
        return ()


def read_pages(docs: Path) -> Iterator[SourcePage]:
    """Yield the Markdown files below `docs`, in the order of their names."""
    for path in sorted(docs.rglob("*.md")):
        if plain_files.is_plain(path, docs.parent):
            # Bytes that are not UTF-8 are kept as they are, for `check` to find.
            text = path.read_bytes().decode("utf-8", "surrogateescape")
            yield SourcePage(path.relative_to(docs).as_posix(), text.replace("\r\n", "\n"))


def problem_at(
    docs: Path, path: str, line: int, text: str, needle: str, *, found: str, expected: str, mend: str
) -> Problem:
    """Return a problem of a page, at the first `needle` in the line, or at the start of the line if there is none."""
    lines = text.splitlines()
    column = lines[line - 1].find(needle) + 1 if 0 < line <= len(lines) else 1
    return Problem(f"{docs.name}/{path}", max(line, 1), max(column, 1), "", found, expected, mend)
