"""Footnotes for sources: within a part of a page each statement has a number, and a line below names the sources.

Views give each statement the tags of its sources. Templates mark groups of statements with `cited` of `parts.html`.
Within these the tags become numbers that lead to the line, which names each source once. Elsewhere tags stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from itertools import count
from typing import NamedTuple

from markupsafe import escape

from macros.model import addresses
from macros.reading.guide import Guide
from macros.views.shared.templates import TEMPLATE, render

_BEGIN, _END = "<!-- statements -->", "<!-- their sources -->"
"""The markup that `cited` of `parts.html` puts around a group of statements."""

_LINE, _MARK = "source_line.html", "source_mark.html"
DRAWN_WITH = frozenset({(TEMPLATE, _LINE), (TEMPLATE, _MARK)})
"""The templates of lines and numbers, in the form in which drawings note what they depend on."""

_EDGES = re.compile(f"({_BEGIN}|{_END})")
_TAG = re.compile(
    r'<a class="ce-source" href="([^"]*)"><span class="ce-source__word">Source:</span> (.*?)</a>', re.DOTALL
)
_OURS = r'<a class="ce-source ce-ours" href="[^"]*">Ours</a>'
_TAGS = re.compile(rf"(?:{_TAG.pattern}|{_OURS})(?:\s+(?:{_TAG.pattern}|{_OURS}))*", re.DOTALL)
_ALONE = re.compile(r'</p>\s*<p class="ce-meta">\s*(<span class="ce-marks">(?:(?!</?p\b).)*</span>)\s*</p>', re.DOTALL)
"""Marks that would be on a line of their own. They go to the end of the statement instead."""


class _Document(NamedTuple):
    """A document as a line names it, and its date of publication, if known."""

    name: str
    published: str


Documents = Mapping[str, _Document]
"""The document of each source, by the source's anchor on the page of sources."""


class _Source(NamedTuple):
    """A source as a tag names it: its link and its label, both as HTML."""

    link: str
    label: str


class _Entry(NamedTuple):
    """A source in a line."""

    number: int
    link: str
    label: str
    published: str
    """The date of publication, if it is a whole document."""


_Groups = dict[str, dict[_Source, _Entry]]
"""The sources in a line by the document that they are sections of; whole documents come last, under ""."""


def documents(guide: Guide) -> Documents:
    """Return the document of each source of a Guide."""
    found: dict[str, _Document] = {}
    for name, document in guide.documents.items():
        called = _Document(document.short_name, document.published.text if document.published else "")
        references = (name, *(f"{name}#{section.id}" for section in document.sections))
        found.update({addresses.source_anchor(reference): called for reference in references})
    return found


def quiet(html: str, documents: Documents, numbers: Iterator[int]) -> str:
    """Return a macro's HTML with numbers in place of tags, and a line of sources below each part.

    `numbers` counts the lines of a page, so that each gets a unique id. Parts may be nested.
    """
    parts: list[list[str]] = [[]]
    for piece in _EDGES.split(html):
        if piece == _BEGIN:
            parts.append([])
        elif piece == _END and len(parts) > 1:
            part = "".join(parts.pop())
            parts[-1].append(_marked(part, documents, numbers))
        else:
            parts[-1].append(piece)
    return "".join(map("".join, parts))


def with_tags(html: str) -> str:
    """Return a macro's HTML with its tags unchanged, for places where no part gets a line of sources."""
    return _EDGES.sub("", html)


def _marked(part: str, documents: Documents, numbers: Iterator[int]) -> str:
    """Return a part with its numbers and its line. If a part has only one tag, the tag already serves as the line."""
    tags = [_Source(*tag) for tag in _TAG.findall(part)]
    if len(tags) == 1:
        return part
    groups = _grouped(tags, documents)
    known = {source: entry for many in groups.values() for source, entry in many.items()}
    line = f"sources-{next(numbers)}" if known else ""

    def marks(several: re.Match[str]) -> str:
        inner = _TAG.sub(lambda tag: _mark(line, known[_Source(tag[1], tag[2])]), several[0])
        return f'<span class="ce-marks">{inner}</span>'

    quieter = _ALONE.sub(r"&nbsp;\1</p>", _TAGS.sub(marks, part))
    return quieter + (render(_LINE, line=line, groups=groups, several=len(known) > 1) if known else "")


def _grouped(sources: Iterable[_Source], documents: Documents) -> _Groups:
    """Return the sources with their numbers, in the order of the line."""
    by_document: dict[str, dict[_Source, str]] = {}
    whole: dict[_Source, str] = {}
    for one in sources:
        document = documents[one.link.rpartition("#")[2]]
        if one.label == escape(document.name):
            whole[one] = document.published
        else:
            by_document.setdefault(", ".join(filter(None, document)), {})[one] = ""
    numbers = count(1)
    return {
        name: {
            one: _Entry(next(numbers), unescape(one.link), unescape(one.label), published)
            for one, published in many.items()
        }
        for name, many in ({**by_document, "": whole} if whole else by_document).items()
    }


def _mark(line: str, entry: _Entry) -> str:
    return render(_MARK, line=line, entry=entry)
