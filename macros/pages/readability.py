"""How easy a text is to read: its sentences, their length, and the school grade needed to read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import Any

from markdown_it import MarkdownIt

from macros.model.wording import split

ENOUGH = 100
"""The fewest words for a grade: the formula was made on samples of about a hundred."""

_PIECE = re.compile(r"<!--.*?-->|<(?P<close>/?)(?P<name>[a-z][\w-]*)(?P<rest>[^<>]*)>|(?P<text>[^<]+|<)", re.S | re.I)
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "cite",
        "code",
        "em",
        "i",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
    }
)
_LABELS = frozenset(
    {
        "button",
        "caption",
        "dt",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "label",
        "legend",
        "nav",
        "option",
        "pre",
        "script",
        "select",
        "style",
        "summary",
        "svg",
        "textarea",
        "th",
    }
)
"""Elements for names and navigation: their words are not read as sentences."""
_LABEL_CLASSES = frozenset(
    {
        "ce-callout__title",
        "ce-items__head",
        "ce-meta",
        "ce-codes",
        "ce-ours",
        "ce-places",
        "ce-marks",
        "ce-source",
        "ce-sources",
        "ce-status",
        "ce-unknown",
    }
)
_ATTRIBUTES = re.compile(r"\{:[^}]*\}")

_WHOLE = re.compile(r"[.!?…][”’\"')\]]*\Z")
_WORD = re.compile(r"\w")


def sentences(html: str) -> list[str]:
    """Return the sentences of HTML, including text that ends without a full stop.

    Paragraphs, list items and cells count; headings, names, controls and source tags do not.
    """
    return [sentence for block in _blocks(html) for sentence in split(block)]


def sentences_of_markdown(markdown: str) -> list[str]:
    """Return the sentences of a page as Markdown, with its macros drawn and without its front matter."""
    return sentences(commonmark().render(markdown))


def sentences_by_line(markdown: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of Markdown, each with the line, counted from 1, on which its paragraph begins."""
    parser, before = commonmark(), ""
    for token in parser.parse(markdown):
        html = token.content if token.type == "html_block" else ""
        if token.type == "inline" and before not in {"heading_open", "th_open"}:
            html = parser.renderer.render([token], parser.options, {})
        if html and token.map:
            yield from ((token.map[0] + 1, sentence) for sentence in sentences(html))
        before = token.type


@cache
def commonmark() -> MarkdownIt:
    """Return the parser that reads the words of a page; it is made once."""
    return MarkdownIt("commonmark").enable("table")


def _blocks(html: str) -> Iterator[str]:
    words: list[str] = []
    skipping, depth = "", 0
    for piece in _PIECE.finditer(html):
        name = (piece["name"] or "").lower()
        if skipping:
            depth += (name == skipping) * (-1 if piece["close"] else 1)
            skipping = skipping if depth else ""
        elif piece["text"]:
            words.append(piece["text"])
        elif name and not piece["close"] and (name in _LABELS or _LABEL_CLASSES & _classes(piece["rest"])):
            skipping, depth = name, 1
        is_name = name in {"b", "strong"} and piece["close"] and "".join(words).endswith(":")
        if (name and name not in _INLINE) or is_name:
            yield from _block(words)
            words = []
    yield from _block(words)


def _classes(attributes: str) -> set[str]:
    found = _CLASSES.search(attributes)
    return set(found[1].split()) if found else set()


def _block(words: list[str]) -> Iterator[str]:
    text = " ".join(_ATTRIBUTES.sub("", unescape("".join(words))).split())
    if _WORD.search(text):
        yield text


def words(sentence: str) -> list[str]:
    """Return the words that count: anything between spaces with a letter or a digit."""
    return [word for word in sentence.split() if _WORD.search(word)]


def length(sentence: str) -> int:
    """Return the number of words."""
    return len(words(sentence))


@dataclass(frozen=True)
class TextGrade:
    """How easy a text is to read. Text without a full stop, such as a list item, counts only for `longest`."""

    sentences: int
    words: int
    syllables: int
    longest: str
    """The longest sentence."""
    hardest: str
    """The sentence with the highest grade."""

    @property
    def average(self) -> float:
        """The average number of words in a sentence."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def grade(self) -> float | None:
        """The Flesch-Kincaid grade; None for a text too short to have one."""
        return grade(self.sentences, self.words, self.syllables) if self.words >= ENOUGH else None


def reading(text: Iterable[str]) -> TextGrade:
    """Return the figures for some sentences."""
    pieces = list(text)
    whole = [sentence for sentence in pieces if _WHOLE.search(sentence)]
    counted = [word for sentence in whole for word in words(sentence)]
    return TextGrade(
        len(whole),
        len(counted),
        sum(map(syllables, counted)),
        max(pieces, key=length, default=""),
        max(whole, key=_grade_alone, default=""),
    )


def _grade_alone(sentence: str) -> float:
    counted = words(sentence)
    return grade(1, len(counted), sum(map(syllables, counted)))


def grade(sentences: int, words: int, syllables: int) -> float:
    """Return the grade according to Kincaid, Fishburne, Rogers and Chissom, 1975."""
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


@cache
def syllables(word: str) -> int:
    """Return the number of syllables in a word: the places where it may be divided, plus one.

    They are counted as they were for the report's own grade, so that the two compare. Figures, signs and acronyms such
    as JSNA count as one, which is Flesch's rule.
    """
    parts = [] if word.isupper() else re.findall(r"[a-z’']+", word.lower())
    return sum(len(_divider().positions(part)) + 1 for part in parts) or 1


@cache
def _divider() -> Any:
    import pyphen  # imported here, as nothing else in the command needs it, and it reads a file

    return pyphen.Pyphen(lang="en_US")
