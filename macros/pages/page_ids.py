"""The ids on a page, from its own text and its calls together: each may occur only once, so that links can find it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from markdown.extensions.toc import slugify
from selectolax.lexbor import LexborHTMLParser

from macros.pages import page_html
from macros.pages.allowed import VALUES
from macros.pages.html_as_written import short
from macros.pages.macro_calls import Call

_GIVES = re.compile(r' id="([^"]*)"|\{: #([^\s{}]+) \}$', re.MULTILINE)
_TEMPLATE = re.compile(r"<template\b.*?</template>", re.DOTALL)
_OWN = re.compile(r"#|[=-][ \t]*$|\bid=", re.MULTILINE)
"""The signs of an id in a page's text: a heading, a list of attributes, or HTML."""
_RULES = re.compile(r"[\s>*+-]*#*\s*")


class IdFault(NamedTuple):
    """An id that is already on the page, or that is not valid: the place, what was found, and how to mend it."""

    line: int
    needle: str
    found: str
    mend: str


def faults(text: str, body: str, calls: Sequence[tuple[Call, str]], drawn: Callable[[], str]) -> Iterator[IdFault]:
    """Yield the faults in a page's ids.

    `text` is its whole file and `body` its Markdown, `calls` are its calls, each with its output, and `drawn` returns
    the Markdown with a mark for each piece that is drawn (`macros.pages.parser_bypass`).
    """
    given = [(call, ids_of(one)) for call, one in calls]
    if sum(bool(ids) for _, ids in given) + bool(_OWN.search(body)) < 2:
        return
    told: set[int] = set()
    for name, number in Counter(_on(drawn())).items():
        drawn_by = [call for call, ids in given if name in ids]
        if number > 1 and len(drawn_by) > 1:
            if drawn_by[1].line not in told:
                yield _called(drawn_by, name)
            told.add(drawn_by[1].line)
        elif number > 1 or not VALUES["id"].fullmatch(name):
            mend = "give the heading another one: write {: #a-name } behind it"
            yield IdFault(_line(text, name), "", f"the id “{short(name)}”{' a second time' * (number > 1)}", mend)


def ids_of(drawn: str) -> frozenset[str]:
    """Return the ids in the output of a call, apart from those in templates, which are not part of the page yet."""
    return frozenset(one or other for one, other in _GIVES.findall(_TEMPLATE.sub("", drawn)))


def _on(body: str) -> list[str]:
    try:
        html = page_html.converted(body)
    except Exception:  # reported already
        return []
    return [node.attributes["id"] or "" for node in LexborHTMLParser(html).css("[id]")]


def _called(calls: Sequence[Call], name: str) -> IdFault:
    first, again = calls[:2]
    where = f"“{first.name}” in line {first.line}"
    found = f"the macro “{again.name}”, which gives the id “{short(name)}” as {where} does"
    return IdFault(again.line, again.name, found, "take one of the two calls out, or put it on a page of its own")


def _line(text: str, name: str) -> int:
    """Return the last line that seems to set an id: by its name, or as a heading."""
    named = re.compile(rf"(?:#|\bid=[\"']?){re.escape(name)}(?![\w-])")
    words = re.sub(r"_\d+$", "", name)
    likely = [
        number
        for number, line in enumerate(text.split("\n"), 1)
        if named.search(line) or slugify(_RULES.sub("", line, count=1), "-") in {name, words}
    ]
    return likely[-1] if likely else 1
