"""Text fields: which small part of Markdown they may use, and the one place where data becomes HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markupsafe import Markup

SUBSET = "plain words, **bold**, *italics*, [links](https://…), blank lines and “- ” lists"

# Invisible or direction-changing characters can make a text read differently from what it says.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff"
    "\U000e0000-\U000e007f]"
)
_TAG = re.compile(r"<[A-Za-z/!?]")
_TEMPLATE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_TARGET = re.compile(r"(?:https?://[^\s<>\"']+|mailto:[^\s<>\"']+)\Z")


class TextFault(NamedTuple):
    """One thing a text may not hold: what was found, and how to mend it."""

    found: str
    mend: str


class Hidden(NamedTuple):
    """A character in a file that nobody can see: its place, counted from 1, and what it is."""

    line: int
    column: int
    what: str


def hidden(text: str) -> Iterator[Hidden]:
    """Yield the first invisible or control character of each line of a file."""
    for number, line in enumerate(text.split("\n"), 1):
        if found := _HIDDEN.search(line.removesuffix("\r")):
            yield Hidden(number, found.start() + 1, _named(found[0]))


def without_hidden(text: str) -> str:
    """Return the text of a file without what nobody can see in it."""
    return _HIDDEN.sub(lambda found: found[0] if found[0] == "\r" else "", text)


def _named(character: str) -> str:
    return f"an invisible or control character (U+{ord(character):04X})"


def faults(text: str) -> Iterator[TextFault]:
    """Yield what `text` holds that the safe subset does not allow."""
    if found := _HIDDEN.search(text):
        yield TextFault(_named(found[0]), "delete it and type the words again")
    if tag := _TAG.search(text):
        yield TextFault(f"raw HTML near “{text[tag.start() : tag.start() + 20]}”", f"use {SUBSET}")
    if marker := _TEMPLATE.search(text):
        yield TextFault(f"a template marker “{marker[0]}”", "leave it out: templates do not run in data")
    for target in _link_targets(text):
        if not _TARGET.match(target):
            yield TextFault(f"a link to “{target}”", "link to an address that begins with https://, http:// or mailto:")


def _link_targets(text: str) -> Iterator[str]:
    if "](" not in text:  # most texts; a link has both signs
        return
    # The parser with its own link check switched off, so that a refused link is seen and named.
    for block in _FINDER.parse(text):
        for token in block.children or []:
            if token.type == "link_open":
                yield str(token.attrGet("href") or "")


def _parser() -> MarkdownIt:
    return MarkdownIt("zero", {"html": False}).enable(["emphasis", "link", "list", "escape"])


_FINDER = _parser()
_FINDER.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
_RENDERER = _parser()
_RENDERER.validateLink = lambda url: bool(_TARGET.match(url))  # type: ignore[method-assign]


@lru_cache(maxsize=4096)  # the same statement stands on several pages
def to_html(text: str) -> Markup:
    """Render a text field as HTML blocks (`<p>`, `<ul>`); everything outside the subset is escaped."""
    return Markup(_RENDERER.render(_paragraphs(text)).strip())  # noqa: S704 - the renderer escapes; this is the one place


def _paragraphs(text: str) -> str:
    # In a folded YAML block (“>-”) a blank line arrives as one line break; editors mean a new paragraph by it.
    # A paragraph that begins with a year and a full stop is no numbered list.
    return re.sub(r"(?m)^(\s*\d+)(?=[.)])", r"\1\\", re.sub(r"\n+(?!\s*- )", "\n\n", text))


@lru_cache(maxsize=4096)
def to_inline_html(text: str) -> Markup:
    """Render a one-paragraph text field as HTML without a block around it."""
    return Markup(_RENDERER.renderInline(re.sub(r"\s*\n\s*", " ", text.strip())))  # noqa: S704 - as above


@lru_cache(maxsize=4096)
def to_plain(text: str) -> str:
    """Return the words of a text field without its markup, on one line."""
    blocks = [block.children or [] for block in _RENDERER.parse(_paragraphs(text)) if block.type == "inline"]
    return " ".join(
        " ".join(
            "".join(token.content or " " * (token.type == "softbreak") for token in block) for block in blocks
        ).split()
    )
