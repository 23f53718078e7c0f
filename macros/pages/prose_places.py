"""The places of prose in a page’s Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from jinja2 import Environment

from macros.pages.source_page import DOCS, SourcePage
from macros.reading.problem import Problem


class CallPlace(NamedTuple):
    """The place of a macro call in the body of a page."""

    start: int
    end: int
    name: str
    arguments: tuple[str, ...]


def places(page: SourcePage) -> Iterator[CallPlace]:
    calls, position, start = iter(page.calls), 0, 0
    for _, kind, text in Environment().lex(page.body):  # noqa: S701 - reads, renders nothing
        start = position if kind == "variable_begin" else start
        position += len(text)
        if kind == "variable_end":
            call = next(calls)
            yield CallPlace(start, position, call.name, call.arguments)


def without_calls(page: SourcePage) -> str:
    """Return the body with its calls blanked out, so that positions stay the same."""
    body = page.body
    for call in places(page):
        body = body[: call.start] + " " * (call.end - call.start) + body[call.end :]
    return body


def place(text: str, line: int, sentence: str) -> tuple[int, int]:
    """Return the line and column where a sentence begins, searching from `line` on for its first plain words."""
    begin = re.compile(r"\W+".join(re.escape(word) for word in re.findall(r"\w+", sentence)[:3]))
    offset = sum(len(one) + 1 for one in text.split("\n")[: line - 1])
    found = begin.search(text, offset) or re.compile("").search(text, offset)
    return spot_of(text, found.start() if found else offset)


def spot_of(text: str, position: int) -> tuple[int, int]:
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


def place_at(page: SourcePage, spot: tuple[int, int], *, found: str, expected: str, mend: str) -> Problem:
    return Problem(f"{DOCS}/{page.path}", *spot, "", found, expected, mend)
