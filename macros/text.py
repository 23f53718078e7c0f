"""Text fields: which small part of Markdown they may use, and the one place where data becomes HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from markdown_it import MarkdownIt
from markupsafe import Markup

SUBSET = "plain words, **bold**, *italics*, [links](https://…), blank lines and “- ” lists"

# Invisible or direction-changing characters can make a text read differently from what it says.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
_TAG = re.compile(r"<[A-Za-z/!?]")
_TEMPLATE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_TARGET = re.compile(r"(?:https?://[^\s<>\"']+|mailto:[^\s<>\"']+)\Z")


class TextFault(NamedTuple):
    """One thing a text may not hold: what was found, and how to mend it."""

    found: str
    mend: str


def faults(text: str) -> Iterator[TextFault]:
    """Yield what `text` holds that the safe subset does not allow."""
    if hidden := _HIDDEN.search(text):
        yield TextFault(
            f"an invisible or control character (U+{ord(hidden[0]):04X})", "delete it and type the words again"
        )
    if tag := _TAG.search(text):
        yield TextFault(f"raw HTML near “{text[tag.start() : tag.start() + 20]}”", f"use {SUBSET}")
    if marker := _TEMPLATE.search(text):
        yield TextFault(f"a template marker “{marker[0]}”", "leave it out: templates do not run in data")
    for target in _link_targets(text):
        if not _TARGET.match(target):
            yield TextFault(f"a link to “{target}”", "link to an address that begins with https://, http:// or mailto:")


def _link_targets(text: str) -> Iterator[str]:
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


def to_html(text: str) -> Markup:
    """Render a text field as HTML blocks (`<p>`, `<ul>`); everything outside the subset is escaped."""
    return Markup(_RENDERER.render(_paragraphs(text)).strip())  # noqa: S704 - the renderer escapes; this is the one place


def _paragraphs(text: str) -> str:
    # In a folded YAML block (“>-”) a blank line arrives as one line break; editors mean a new paragraph by it.
    return re.sub(r"\n+(?!\s*- )", "\n\n", text)


def to_inline_html(text: str) -> Markup:
    """Render a one-paragraph text field as HTML without a block around it."""
    return Markup(_RENDERER.renderInline(text.strip()))  # noqa: S704 - as above


def to_plain(text: str) -> str:
    """Return the words of a text field without its markup, on one line."""
    blocks = [block.children or [] for block in _RENDERER.parse(_paragraphs(text)) if block.type == "inline"]
    return " ".join(
        " ".join(
            "".join(token.content or " " * (token.type == "softbreak") for token in block) for block in blocks
        ).split()
    )
