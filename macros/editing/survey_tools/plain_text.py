"""Texts in a form for comparison: tools and spreadsheet programs change quotation marks, dashes, spaces, capitals."""

from __future__ import annotations

import html
import re
import unicodedata

_MARKUP = re.compile(r"<[^<>]{1,200}>")
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " "})
_AT_THE_END = " \t.:?!*"


def plain(text: str) -> str:
    """Return a text without details that tools change: markup, capitals, curly marks, doubled spaces, a final mark."""
    if "<" in text or "&" in text:
        text = html.unescape(_MARKUP.sub(" ", text))
    text = unicodedata.normalize("NFKC", text).translate(_ALIKE).casefold()
    return " ".join(text.split()).rstrip(_AT_THE_END)
