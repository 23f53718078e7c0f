"""The text of a page as readers see it, piece by piece: sentences, names and table cells, with their headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from macros.history.difference import ChangeKind
from macros.history.likeness import pairs
from macros.model.wording import split
from macros.pages.readability import commonmark

_ATTRIBUTES = re.compile(r"\{:[^}\n]*\}")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_UNSEEN = frozenset({"script", "style", "svg", "template", "nav", "noscript"})
# fmt: off
_INLINE = frozenset({
    "a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "img", "input", "ins", "kbd", "label", "mark",
    "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "wbr",
})
# fmt: on
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "col", "source", "wbr"})
_ITEMS = frozenset({"li", "div", "dd", "td", "section", "article"})
"""Elements that can hold one thing with a name."""
_HEAD, _DETAILS, _NAME, _SOURCE = "ce-items__head", "ce-meta", "ce-items__name", "ce-source"


@dataclass(frozen=True)
class Piece:
    """One thing on a page that a reader takes in at a time."""

    place: tuple[str, ...]
    """The headings above it, the row and the column of a table, and the name of the item that it belongs to."""
    text: str
    what: Literal["words", "name"] = "words"
    """Whether it is a name for other pieces: a heading, or the name of an item, of a row or of a column."""


class TextChange(BaseModel):
    """One difference in the text of a page."""

    model_config = ConfigDict(frozen=True)

    kind: ChangeKind = Field(description="What happened to it.")
    place: tuple[str, ...] = Field(description="The headings above it, the row and column, and the item's name.")
    was: str = Field("", description="How it read; for what moved, where it stood.")
    now: str = Field("", description="How it reads; for what moved, where it stands.")
    text: str = Field("", description="The words of what moved.")

    def sentence(self) -> str:
        """Return the difference as one sentence."""
        match self.kind:
            case ChangeKind.CHANGED:
                return f"was “{self.was}”, now “{self.now}”"
            case ChangeKind.ADDED:
                return f"new: “{self.now}”"
            case ChangeKind.REMOVED:
                return f"gone: “{self.was}”"
            case ChangeKind.MOVED:
                return f"only moved: “{self.text}”, from “{self.was}” to “{self.now}”"


def text_changes(was: str, now: str) -> list[TextChange]:
    """Return the differences between two states of a page, given as Markdown with its macros drawn."""
    before, after = pieces(was), pieces(now)
    names = _renamed(before, after)
    followed = [replace(one, place=tuple(names.get(part, part) for part in one.place)) for one in before]
    left = Counter(followed) & Counter(after)
    gone, new = _without(followed, left), _without(after, left)
    found = []
    for pair in pairs(gone, new, lambda one: (one.what, one.place), lambda one: one.text):
        if pair.was is None or pair.now is None:
            kind = ChangeKind.REMOVED if pair.now is None else ChangeKind.ADDED
            one = pair.was or pair.now
            texts = {"was": pair.was.text if pair.was else "", "now": pair.now.text if pair.now else ""}
            found.append(TextChange(kind=kind, place=one.place if one else (), **texts))
        elif pair.was.text != pair.now.text:
            found.append(
                TextChange(kind=ChangeKind.CHANGED, place=pair.now.place, was=pair.was.text, now=pair.now.text)
            )
        elif pair.was.place != pair.now.place:
            places = [" › ".join(one.place) or "the top" for one in (pair.was, pair.now)]
            found.append(TextChange(kind=ChangeKind.MOVED, place=(), was=places[0], now=places[1], text=pair.now.text))
    return found


def _without(many: Iterable[Piece], left_out: Counter[Piece]) -> list[Piece]:
    left = Counter(left_out)
    found = []
    for one in many:
        if left[one]:
            left[one] -= 1
        else:
            found.append(one)
    return found


def _renamed(was: list[Piece], now: list[Piece]) -> dict[str, str]:
    """Return the new wording of each name, so that pieces below it do not count as moved."""
    before = {one.text: one for one in was if one.what == "name"}
    after = {one.text: one for one in now if one.what == "name"}
    gone = [one for text, one in before.items() if text not in after]
    new = [one for text, one in after.items() if text not in before]
    found = pairs(gone, new, lambda one: one.place, lambda one: one.text)
    return {pair.was.text: pair.now.text for pair in found if pair.was and pair.now}


def pieces(markdown: str) -> list[Piece]:
    """Return the pieces on a page, given as Markdown with its macros drawn and without its front matter."""
    reader = _PieceReader()
    reader.feed(_ATTRIBUTES.sub("", commonmark().render(markdown)))
    reader.close()
    return reader.found


@dataclass
class _Open:
    """An element that is open, and the name of the item in it, once known."""

    tag: str
    classes: frozenset[str]
    name: str = ""


@dataclass
class _OpenTable:
    columns: list[str] = field(default_factory=list)
    row: str = ""
    at: int = 0


class _PieceReader(HTMLParser):
    """Reads HTML into pieces."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Piece] = []
        self.open: list[_Open] = []
        self.headings: list[tuple[int, str]] = []
        self.tables: list[_OpenTable] = []
        self.label = ""
        self.words: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = frozenset((dict(attrs).get("class") or "").split())
        if tag in _VOID:
            self.words.append(" ")
            return
        if self.unseen or tag in _UNSEEN or "headerlink" in classes:
            self.unseen += 1
            self.open.append(_Open(tag, classes))
            return
        if tag not in _INLINE:
            self._flush()
        elif tag in {"span", "a"} and self._in_details() and "".join(self.words).strip():
            if _SOURCE in classes:
                self._flush()  # a source is a thing of its own, which stays when the words next to it change
            else:
                self.words.append(" · ")
        if tag == "table":
            self.tables.append(_OpenTable())
        elif tag == "tr" and self.tables:
            self.tables[-1].row, self.tables[-1].at = "", 0
        elif tag == "dl":
            self.label = ""
        self.open.append(_Open(tag, classes))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not any(one.tag == tag for one in self.open):
            return
        while self.open:
            one = self.open[-1]
            if self.unseen:
                self.unseen -= 1
            elif one.tag not in _INLINE:
                self._end(one)
            elif _NAME in one.classes:
                self._name_item()
            self.open.pop()
            if one.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.words.append(data)

    def close(self) -> None:
        super().close()
        self._flush()

    def _in_details(self) -> bool:
        """Return whether the next element is one of several in a line: details, or a name and its status."""
        return bool(self.open) and not {_DETAILS, _HEAD}.isdisjoint(self.open[-1].classes)

    def _name_item(self) -> None:
        """Name the item that contains this."""
        name = " ".join("".join(self.words).split())
        around = next((one for one in reversed(self.open) if one.tag in _ITEMS), None)
        if around and not around.name:
            around.name = name

    def _end(self, one: _Open) -> None:
        if one.tag in _HEADINGS:
            self._end_heading(int(one.tag[1]))
        elif one.tag == "dt":
            self.label = self._take()
            if self.label:
                self._add(self.label, "name", self._place(label=False))
        elif one.tag == "th":
            self._end_header()
        else:
            self._flush(named=_HEAD in one.classes)
            if one.tag == "td" and self.tables:
                self.tables[-1].at += 1
            elif one.tag == "dl":
                self.label = ""
            elif one.tag == "table" and self.tables:
                self.tables.pop()

    def _end_heading(self, level: int) -> None:
        text = self._take()
        self.headings = [one for one in self.headings if one[0] < level]
        if text:
            self._add(text, "name", self._place())
            self.headings.append((level, text))
            self.label = ""

    def _end_header(self) -> None:
        text = self._take()
        if not self.tables:
            return
        table = self.tables[-1]
        if any(one.tag == "thead" for one in self.open):
            table.columns.append(text)
        else:
            table.row = text
            table.at += 1
        if text:
            self._add(text, "name", self._place(label=False))

    def _place(self, label: bool = True) -> tuple[str, ...]:
        parts = [text for _, text in self.headings]
        if label and self.tables:
            table = self.tables[-1]
            column = table.columns[table.at] if table.at < len(table.columns) else ""
            parts += filter(None, (table.row, column))
        elif label and self.label:
            parts.append(self.label)
        parts += [one.name for one in self.open if one.name]
        return tuple(parts)

    def _take(self) -> str:
        text = " ".join("".join(self.words).split())
        self.words = []
        return text

    def _flush(self, named: bool = False) -> None:
        text = self._take()
        if not any(character.isalnum() for character in text):
            return
        place = self._place()
        if named:  # the name of an item is not part of its own place
            name = next((one.name for one in reversed(self.open) if one.name), "")
            self._add(text, "name" if text == name else "words", place[:-1] if name else place)
            return
        for sentence in _sentences(text):
            self._add(sentence, "words", place)

    def _add(self, text: str, what: Literal["words", "name"], place: tuple[str, ...]) -> None:
        self.found.append(Piece(place, text, what))


def _sentences(text: str) -> Iterator[str]:
    yield from filter(None, split(text.strip(" ·")))
