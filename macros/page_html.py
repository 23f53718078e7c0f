"""The HTML that a page may make: no more than prose needs, checked on what the Markdown parser makes of it.

Pages may hold raw HTML and attribute lists, and both engines hand them on as they are. So nothing that could run in a
reader's browser, send or fetch anything, or take the place of a part of the theme gets past this list.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from html.parser import HTMLParser
from typing import NamedTuple

from markdown import Markdown

EXTENSIONS = ("attr_list", "def_list", "md_in_html", "tables", "toc")
"""What the parser is extended with; `mkdocs.yml` has no other that makes HTML of what a page says."""

MORE = ("fenced_code",)
"""What MkDocs adds by itself, and Zensical does not: a page must be harmless with it and without."""

CALL = "cecall"
"""Stands for a macro call, whose HTML comes from templates."""

MAX_PARAGRAPH, MAX_BRACKETS = 4000, 200
"""How long a paragraph may be, and how many square brackets it may open: the parser’s time grows with their square."""

_PARAGRAPH = re.compile(r"(?:[^\n]+(?:\n(?=[^\n]))?)+")
_TAGS = re.compile(
    "a|abbr|blockquote|br|caption|cite|code|dd|del|details|div|dl|dt|em|h[1-6]|hr|img|ins|kbd|li|ol|p|pre|q|s|section"
    "|small|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|time|tr|ul"
)
_ATTRIBUTES = re.compile(
    "alt|cite|class|colspan|datetime|height|href|id|lang|loading|markdown|open|rel|role|rowspan|scope|src|start|title|width"
    "|(?:aria|data-ce)-[a-z-]+"
)
_HOLDS = frozenset(("article", "blockquote", "body", "details", "div", "dl", "html", "main", "ol", "section", "ul"))
_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")  # not “__config”, which the theme's scripts look for
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
_LINKED = ("https:", "http:", "mailto:")
_BLANK = re.compile(r"[\x00-\x20\x7f]")
_MEANS_HTML = re.compile(r"[<&\[{|]|```|~~~")
_FENCE = re.compile("```|~~~")
_END = "ce-end"


class HtmlFault(NamedTuple):
    """Something a page may not hold: its line, what was found, and how to mend it."""

    line: int
    needle: str
    found: str
    mend: str


def faults(parts: Iterable[str]) -> Iterator[HtmlFault]:
    """Yield what a page's Markdown holds that it may not; `parts` are its words, with `CALL` for each call."""
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
    """Return the line where a fault is: the first that has it alone, or that holds its words."""
    lines = text.split("\n")
    likely = [number for number, line in enumerate(lines, 1) if needle.lower() in line.lower()]
    others = (number for number, line in enumerate(lines, 1) if _MEANS_HTML.search(line) and number not in likely)
    for number in (*likely, *others):
        if any(one == found for one, *_ in _of(lines[number - 1])):
            return number
    if likely:
        return likely[0]
    # It takes several lines to make it: that of the end of the fewest that do.
    return (
        bisect_left(
            range(1, len(lines)), True, key=lambda end: found in [one for one, *_ in _of("\n".join(lines[:end]))]
        )
        + 1
    )


def _of(text: str) -> list[tuple[str, str, str]]:
    found = []
    for markdown in _parsers() if _FENCE.search(text) else _parsers()[:1]:
        reader = _Reader()
        reader.feed(f"{markdown.reset().convert(text)}</{_END}>")
        reader.close()
        if not reader.ended:
            reader.fault("HTML that is not closed", "close it, or write it in Markdown", "<")
        found += reader.faults
    return found


@cache
def _parsers() -> tuple[Markdown, Markdown]:
    return Markdown(extensions=list(EXTENSIONS)), Markdown(extensions=[*EXTENSIONS, *MORE])


class _Reader(HTMLParser):
    """Reads HTML and keeps what is not on the lists: what was found, how to mend it, and a word near it."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[tuple[str, str, str]] = []
        self.ended = False
        self._open: Counter[str] = Counter()

    def fault(self, found: str, mend: str, needle: str) -> None:
        self.faults.append((found, mend, needle))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not _TAGS.fullmatch(tag):
            self.fault(f"the HTML element “{_short(tag)}”", "write it in Markdown, or leave it out", f"<{tag}")
            return
        self._open[tag] += 1
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if not _ATTRIBUTES.fullmatch(name):
            self.fault(f"“{_short(name)}” in HTML", "take it out", name)
        elif CALL in value:
            self.fault("a macro call inside a link or a tag", "put it into the text", "{{")
        elif name == "id" and not _ID.fullmatch(value):
            self.fault(f"the id “{_short(value)}”", "use lower-case letters, digits and single hyphens", value)
        elif name in {"href", "src", "cite"} and not _leads_well(value, here=name == "src"):
            where = "a file in docs/" if name == "src" else "a page, or to an address that begins with https://"
            what = "an image from" if tag == "img" else "a link to"
            self.fault(f"{what} “{_short(value)}”", f"lead to {where}", value)

    def handle_endtag(self, tag: str) -> None:
        self.ended = tag == _END
        self._open[tag] -= 1
        if tag in _HOLDS and self._open[tag] < 0:
            self.fault(f"the end of an element “{tag}” that did not begin", "take it out", f"</{tag}")
        if self.ended:
            for left in sorted(_HOLDS & {name for name, number in self._open.items() if number > 0}):
                self.fault(f"an element “{left}” that does not end", f"put </{left}> where it ends", f"<{left}")

    def handle_comment(self, data: str) -> None:
        self.fault("a hidden comment", "delete it, or say it in the pull request", f"<!--{data}"[:20])

    def handle_decl(self, decl: str) -> None:
        self.fault(f"the declaration “{_short(decl)}”", "delete it", "<!")

    def unknown_decl(self, data: str) -> None:
        self.fault(f"the declaration “{_short(data)}”", "delete it", "<!")

    def handle_pi(self, data: str) -> None:
        self.fault(f"the instruction “{_short(data)}”", "delete it", "<?")


def _leads_well(address: str, here: bool) -> bool:
    """Whether a link or an image leads where it may: with `here`, to a file of the site only."""
    plain = _BLANK.sub("", address).replace("\\", "/").lower()
    scheme = _SCHEME.match(plain)
    if scheme:
        return not here and scheme[0] in _LINKED and plain == address.lower()
    return not plain.startswith("//")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return f"{text[:40]}…" if len(text) > 40 else text
