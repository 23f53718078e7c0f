"""Checks the HTML that a page's own Markdown makes, using the site's own Markdown parser.

Pages may hold raw HTML and attribute lists, and both engines pass these on unchanged. `macros.pages.allowed` lists what
the result may contain. Finished pages are checked against it too: this check reports faults earlier, with their place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, partial
from itertools import count
from typing import NamedTuple

from markdown import Markdown
from markdown.htmlparser import htmlparser  # type: ignore[attr-defined] # the reader that MkDocs uses

from macros.pages import finished
from macros.pages.attribute_rules import CALL, CALL_LINK
from macros.pages.html_as_written import WrittenFault
from macros.pages.parser_bypass import PassageExtension, marked

EXTENSIONS = ("attr_list", "def_list", "md_in_html", "tables", "toc")
"""The parser's extensions; `mkdocs.yml` has no others that make HTML from a page's own text."""

MORE = ("fenced_code",)
"""The extension that MkDocs adds by itself.

Zensical adds another for the same purpose: pages must be harmless with either.
"""

BLOCK = "ceblock"
"""Stands for a call that gives a block of several lines, as `CALL` does for one that gives words."""

MAX_PARAGRAPH, MAX_BRACKETS = 4000, 200
"""The longest paragraph, and the most opening square brackets in it: the parser’s time grows with their square."""

_WORDS_GIVEN = f'{CALL} <a href="{CALL_LINK}">{CALL}</a>'
_BLOCK_GIVEN = f"<p>{CALL}</p>\n## {CALL} {{{{: #{finished.GIVEN}{{}} }}}}\n<p>{CALL}</p>"
_STANDS_FOR = re.compile(f"{CALL}|{BLOCK}")
_PARAGRAPH = re.compile(r"(?:[^\n]+(?:\n(?=[^\n]))?)+")
_MEANS_HTML = re.compile(rf"[<&\[{{|#]|```|~~~|{BLOCK}|[=-][ \t]*$", re.MULTILINE)
_FENCE = re.compile("```|~~~")
_BEGINS_WITH_FENCE = re.compile(r"^[\s>*+\d.:-]*(```|~~~)", re.MULTILINE)
_AFTER = "given-after"
_LAST = f"\n\n## {_AFTER} {{: #{_AFTER} }}\n"
"""Put below the text to be checked, and must still be separate afterwards: an element left open would swallow it."""


class HtmlFault(NamedTuple):
    """A fault in a page: its line, what was found, and how to mend it."""

    line: int
    needle: str
    found: str
    mend: str


def faults(parts: Iterable[str]) -> Iterator[HtmlFault]:
    """Yield the faults in a page's Markdown; `parts` is its text, with `CALL` or `BLOCK` for each call."""
    text = "".join(parts)
    if not _MEANS_HTML.search(text):
        return
    if large := [*_too_large(text)]:  # the parser would take minutes over it
        yield from large
        return
    for found, mend, needle in dict.fromkeys(_of(text)):
        yield HtmlFault(_line(text, found, needle), needle, found, mend)


def _too_large(text: str) -> Iterator[HtmlFault]:
    for paragraph in _PARAGRAPH.finditer(text):
        line = text.count("\n", 0, paragraph.start()) + 1
        if len(paragraph[0]) > MAX_PARAGRAPH:
            yield HtmlFault(line, "", f"a paragraph of {len(paragraph[0]):,} characters", "divide it by an empty line")
        elif (brackets := paragraph[0].count("[")) > MAX_BRACKETS:
            yield HtmlFault(line, "", f"{brackets:,} square brackets in a paragraph", "divide it by an empty line")


def _line(text: str, found: str, needle: str) -> int:
    """Return the line of a fault: the first that has it alone, or that contains its words."""
    lines = text.split("\n")
    likely = [number for number, line in enumerate(lines, 1) if needle.lower() in line.lower()]
    others = (number for number, line in enumerate(lines, 1) if _MEANS_HTML.search(line) and number not in likely)
    for number in (*likely, *others):
        if any(one == found for one, *_ in _of(lines[number - 1])):
            return number
    if likely:
        return likely[0]
    # Several lines are needed to produce it: return the end of the fewest that do.
    return (
        bisect_left(
            range(1, len(lines)), True, key=lambda end: found in [one for one, *_ in _of("\n".join(lines[:end]))]
        )
        + 1
    )


def _of(text: str) -> list[WrittenFault]:
    found = dict.fromkeys((*_declarations(text), *_fences(text)))
    for markdown in _parsers() if _FENCE.search(text) else _parsers()[:1]:
        try:
            html = markdown.reset().convert(_STANDS_FOR.sub(partial(_given, count(1)), text) + _LAST)
            found |= dict.fromkeys(finished.of_prose(html, _AFTER))
        except Exception:  # the parser fails in many ways, as would an engine that uses it
            found[WrittenFault("HTML that cannot be read", "take it out, or write it in Markdown", "<!")] = None
    return [*found]


def _declarations(text: str) -> Iterator[WrittenFault]:
    """Yield text that stops MkDocs: it looks for ids in the text of a page, even in code, as if all of it were HTML."""
    if "<!" in text:
        try:
            reader = htmlparser.HTMLParser()
            reader.feed(text)
            reader.close()
        except Exception:  # an AssertionError, among others
            yield WrittenFault("the beginning of a declaration, “<!”", "write “&lt;!”, or leave it out", "<!")


def _fences(text: str) -> Iterator[WrittenFault]:
    """Yield the fences around code. Zensical colours the code with HTML that is on no list."""
    if fence := _BEGINS_WITH_FENCE.search(text):
        mend = "begin each line of the code with four spaces instead, below an empty line"
        yield WrittenFault("a fence round code", mend, fence[1])


def _given(numbers: Iterator[int], name: re.Match[str]) -> str:
    return marked(_WORDS_GIVEN if name[0] == CALL else _BLOCK_GIVEN.format(next(numbers)))


def converted(markdown: str) -> str:
    """Return the parser's HTML for Markdown; raises any error that the parser raises."""
    return _parsers()[1].reset().convert(markdown)


@cache
def _parsers() -> tuple[Markdown, Markdown]:
    return (
        Markdown(extensions=[*EXTENSIONS, PassageExtension()]),
        Markdown(extensions=[*EXTENSIONS, *MORE, PassageExtension()]),
    )
