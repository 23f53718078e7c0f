"""Text fields: the small part of Markdown that they may use, and the one place where data becomes HTML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markupsafe import Markup

SUBSET = "plain words, **bold**, *italics*, [links](https://…), blank lines and “- ” lists"

# Characters that are invisible although they count as letters, marks or signs. Those that change the direction of the
# text, or join or divide it, are recognised by their Unicode category.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
# Accented letters of the Latin alphabet; other characters that Unicode calls Latin look like other letters.
_LATIN = re.compile("[A-Za-zªºÀ-ƿǄ-ɏḀ-ỿ]")
_COMMON = re.compile("[\x00-\x7f£§°²·½×ÉàâçèéêëîïôöûüŵŷẀ-ẃ–—‘’“”…€]*")  # only a quick way to skip most texts
_LIKE_SIGNS = re.compile("[\u2024\u2044\u2215\u2236\u29f8\ua789\ufe50-\ufe6b\uff01-\uffee]")
_FORMULA = re.compile(r"[=+@]|-(?!\s)")
_TAG = re.compile(r"<[A-Za-z/!?]")
_TEMPLATE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]\w*);")
_APART = re.compile(r"\[[^\]\n]+\]\s+\((?:https?://|mailto:)")
_TARGET = re.compile(r"(?:https?://[^\s<>\"']+|mailto:[^\s<>\"']+)\Z")


class TextFault(NamedTuple):
    """Something that a text may not hold: what was found, and how to mend it."""

    found: str
    mend: str


class Hidden(NamedTuple):
    """An invisible character in a file: its place, counted from 1, and its name."""

    line: int
    column: int
    what: str


def hidden(text: str) -> Iterator[Hidden]:
    """Yield the first invisible or control character of each line of a file."""
    if not [*_hidden(_one_line(text.replace("\r\n", " ")))]:  # check the whole text once, not line by line
        return
    for number, line in enumerate(text.split("\n"), 1):
        for found in _hidden(line.removesuffix("\r")):
            yield Hidden(number, found + 1, _named(line[found]))
            break


def without_hidden(text: str) -> str:
    """Return the text of a file without invisible characters."""
    gone = {text[found] for found in _hidden(_one_line(text))} - {"\r"}
    return text.translate(dict.fromkeys(map(ord, gone))) if gone else text


def _hidden(text: str) -> Iterator[int]:
    """Yield the places of invisible characters in a text: they can make words read differently from what they say."""
    if text.isprintable() and not _UNSEEN.search(text):
        return
    for number, character in enumerate(text):
        if character == "\t" or (character.isprintable() and not _UNSEEN.match(character)):
            continue
        if unicodedata.category(character) != "Zs":
            yield number


def _one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ").replace("\xa0", " ")


def _named(character: str) -> str:
    return f"an invisible or control character (U+{ord(character):04X})"


def _look_alike(text: str) -> str | None:
    """Return the first character that can pass for another, or None."""
    if _COMMON.fullmatch(text):
        return None
    for character in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(character)
        foreign = (kind[0] == "L" and not _LATIN.match(character)) or kind[0] == "M"
        if foreign or (kind[0] == "N" and kind != "No" and not character.isascii()) or _LIKE_SIGNS.match(character):
            return character
    return None


def faults(text: str) -> Iterator[TextFault]:
    """Yield everything in `text` that is outside the safe subset."""
    unseen = next(_hidden(_one_line(text)), None)
    if unseen is not None:
        yield TextFault(_named(text[unseen]), "delete it and type the words again")
    if like := _look_alike(text if unseen is None else without_hidden(text)):
        named = unicodedata.name(like, "no name").lower()
        mend = "type the word again with letters from A to Z, and accents where it has them"
        yield TextFault(f"“{like}” ({named}, U+{ord(like):04X}), which can pass for another character", mend)
    elif not unicodedata.is_normalized("NFC", text):
        yield TextFault("a letter and its accent as two characters", "type the word again")
    if formula := _FORMULA.match(text.strip()):
        yield TextFault(f"a text that begins with “{formula[0]}”, as formulas do", "begin with a word")
    if tag := _TAG.search(text):
        yield TextFault(f"raw HTML near “{text[tag.start() : tag.start() + 20]}”", f"use {SUBSET}")
    if marker := _TEMPLATE.search(text):
        yield TextFault(f"a template marker “{marker[0]}”", "leave it out: templates do not run in data")
    if entity := _ENTITY.search(text):
        yield TextFault(f"a code of HTML “{entity[0]}”", "type the character itself")
    if apart := _APART.search(text):
        mend = "take out the space between the brackets: [words](https://…)"
        yield TextFault(f"a link in two parts near “{apart[0][:40]}”", mend)
    targets = list(_link_targets(text))
    if len(targets) < text.count("]("):
        yield TextFault("a link that does not end", "write [words](https://…), without spaces in the address")
    for target in targets:
        if not target:
            yield TextFault("a link without an address", "write it like this: [words](https://…)")
        elif not _TARGET.match(target):
            yield TextFault(f"a link to “{target}”", "link to an address that begins with https://, http:// or mailto:")


def _link_targets(text: str) -> Iterator[str]:
    if "](" not in text:  # true of most texts; a link contains both signs
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


# A single paragraph without any character that has a meaning in the subset. Most texts are like that: they skip the
# parser.
_PLAIN = re.compile(r"[A-Za-z£‘“(](?:[^\n\r\0\\*_\[\]]*[^\s\0\\*_\[\]])?")


@lru_cache(maxsize=4096)  # the same statement appears on several pages
def to_html(text: str) -> Markup:
    """Render a text field as HTML blocks (`<p>`, `<ul>`); everything outside the subset is escaped."""
    return Markup(_blocks(text))  # noqa: S704 - all of it is escaped; this is the one place


def _blocks(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return f"<p>{escapeHtml(text)}</p>"  # as the renderer does
    return str(_RENDERER.render(_paragraphs(text))).strip()


def _paragraphs(text: str) -> str:
    # In a folded YAML block (“>-”) a blank line arrives as one line break; editors mean a new paragraph by it.
    # A paragraph that begins with a year and a full stop is no numbered list.
    return re.sub(r"(?m)^(\s*\d+)(?=[.)])", r"\1\\", re.sub(r"\n+(?!\s*- )", "\n\n", text))


@lru_cache(maxsize=4096)
def to_inline_html(text: str) -> Markup:
    """Render a one-paragraph text field as HTML without a block around it."""
    return Markup(_inline(text))  # noqa: S704 - as above


def _inline(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return escapeHtml(text)
    return str(_RENDERER.renderInline(re.sub(r"\s*\n\s*", " ", text.strip())))


@lru_cache(maxsize=100_000)  # the evidence index asks for every statement of the guide each time it is drawn
def to_plain(text: str) -> str:
    """Return the words of a text field without its markup, on one line."""
    if _PLAIN.fullmatch(text):
        return " ".join(text.split())
    blocks = [block.children or [] for block in _RENDERER.parse(_paragraphs(text)) if block.type == "inline"]
    return " ".join(
        " ".join(
            "".join(token.content or " " * (token.type == "softbreak") for token in block) for block in blocks
        ).split()
    )
