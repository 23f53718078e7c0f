"""Splits text into the words that search knows: one form for singular and plural, and for all spellings of a sum.

`docs/assets/javascripts/search/words.js` does the same to what readers type; a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MARKS = re.compile("[\u0300-\u036f'’‘]")
_WORD = re.compile(r"\d+\.\d+|[a-z0-9]+")
# "NA-1" is one word; all other words end at a hyphen.
_ID = re.compile(r"\b([a-z]{1,2})-(\d)\b", re.ASCII)
_NUMBER = re.compile(
    r"\b(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?: ?(million|thousand|billion|mn|bn|m|k))?(?![a-z0-9])", re.ASCII
)
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_SPELLED = {"k": "thousand", "m": "million", "mn": "million", "bn": "billion"}
_MOST_DIGITS = 12
_SUFFIX = re.compile(r"(?:ational|ations?|ingly|ment|ings?|ness|ance|ence|ers?|ors?|ed|ies|es|ions?|al|ive|ly|y|e)$")
_SHORTEST_PLURAL, _SHORTEST_ENDED, _SHORTEST_STEM = 4, 5, 3


def words(text: str) -> list[str]:
    """Return the words of a text: small letters, singular, “£2.5m” and “£2,500,000” as “2500000”.

    >>> words("Charities’ £2.5 million, by NA-1")
    ['charity', '2500000', 'million', 'by', 'na1']
    """
    return [*map(single, _WORD.findall(_ID.sub(r"\1\2", _NUMBER.sub(_sum, plain(text)))))]


def query(text: str) -> list[str]:
    """Return the words of a name as a reader would type it: there, “£2 million” is one word."""
    return [*map(single, _WORD.findall(_ID.sub(r"\1\2", _NUMBER.sub(_bare_sum, plain(text)))))]


def plain(text: str) -> str:
    """Return a text in small letters, without accents and apostrophes."""
    small = text.lower()
    return _MARKS.sub("", small if small.isascii() else unicodedata.normalize("NFD", small))


def _bare_sum(found: re.Match[str]) -> str:
    number, part, scale = found.groups()
    digits = number.replace(",", "")
    if len(digits) > _MOST_DIGITS or not (part or scale):
        return digits
    value = round(float(digits + (part or "")) * _SCALES.get(scale, 1), 2)
    return str(int(value)) if value.is_integer() else str(value)


def _sum(found: re.Match[str]) -> str:
    # A text that says "million" is also found by that word.
    scale = found[3]
    return f"{_bare_sum(found)} {_SPELLED.get(scale, scale)} " if scale else _bare_sum(found)


@lru_cache(maxsize=65536)
def single(word: str) -> str:
    """Return one form for singular and plural: "charities" is "charity", "children's" is "children"."""
    if len(word) < _SHORTEST_PLURAL or re.search(r"(?:ss|us)$|..(?:is|as)$", word[1:]):
        return word
    return re.sub("s$", "", re.sub("(ss|sh|ch|x)es$", r"\1", re.sub("ies$", "y", word)))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the part of a word that related words share: "commissioning" and "commissioner" are both "commiss"."""
    short = _SUFFIX.sub("", word) if len(word) >= _SHORTEST_ENDED else word
    return short if len(short) >= _SHORTEST_STEM else word
