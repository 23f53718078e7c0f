"""Divides the search index into small files, of which a query needs a few: words, texts, spelling, and a first one.

The score of a word in a section (BM25+, over title, other names, the page's name, and text) is worked out here, while
the site is built. A reader's browser only adds up the numbers. The files are scripts, not JSON, as a page opened from a
disk may not fetch. `docs/assets/javascripts/search/rank.js` reads them.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from macros.publish.search_words import query, words

FIRST_FILE = "search/index.js"
FOLDER = "search"

# Chosen with the tuning part of tests/search/queries.yml; `benchmarks/search.py` prints the resulting quality.
_BOOSTS = {"title": 4.0, "names": 3.0, "context": 3.0, "text": 1.0}
_LISTED = 0.25
"""The weight of a word in the text of a listing, relative to one in the text of a page."""
_CODE = 40.0
"""The weight of a postcode: the same as a rare name's."""
_K, _B, _D = 1.2, 0.7, 0.5
_FINE = 4
"""Steps in one point of a score."""
_WORDS_SIZE, _TEXTS_SIZE, _ENGLISH_SIZE = 8_000, 9_000, 6_000
"""About how many letters a file holds. Words that begin alike share a file, so that related words are together."""
_ALIKE = 3


class SearchSection(NamedTuple):
    """A section of a page as search knows it; the first of each page has no anchor."""

    anchor: str
    title: str
    text: str
    names: tuple[str, ...] = ()
    """Its other names."""
    places: tuple[str, ...] = ()
    """The places in it, if it is about an area."""
    codes: tuple[str, ...] = ()
    """The beginnings of postcodes there."""


class IndexedPage(NamedTuple):
    """One page of the site as search knows it."""

    link: str
    """Its address below the site's, in the form of files: `trusts/luton/`, or `trusts/luton.html` on a disk."""
    title: str
    place: str
    """Its place in the guide, such as “Trusts › Trust profile”."""
    is_listing: bool
    entries: tuple[SearchSection, ...]
    is_record: bool = False
    """Whether it is about what one Trust did."""


@dataclass
class _Postings:
    """The sections that contain each word."""

    scores: dict[str, dict[int, float]] = field(default_factory=dict)
    names: dict[str, list[int]] = field(default_factory=dict)


def files(
    pages: Sequence[IndexedPage], ignored: Iterable[str], english: str, known: Mapping[str, object]
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the index of some pages, by their paths below the site.

    `ignored` are words that carry no meaning, which no name needs. `english` are the words of the language, sorted.
    Anything else that is `known` goes into the first file unchanged.
    """
    postings = _postings(pages, {word for one in ignored for word in query(one)})
    texts, texts_from = _texts(pages)
    parts, words_from = _words(postings)
    version = _digest(known, words_from, parts, texts)
    for number, text in enumerate(texts):
        yield _script(f"texts/{number}", version, text)
    for number, part in enumerate(parts):
        yield _script(f"words/{number}", version, part)
    yield _script("spelling", version, _lexicon(postings))
    english_from, real = _english(english)
    for name, content in real:
        yield f"{FOLDER}/{name}.js", content
    yield _script(
        "index",
        version,
        {
            "version": version,
            "pages": [[len(page.entries), int(page.is_listing) + 2 * int(page.is_record)] for page in pages],
            "words": words_from,
            "texts": texts_from,
            "english": english_from,
            **known,
        },
    )


def _script(name: str, version: str, value: object) -> tuple[str, bytes]:
    return f"{FOLDER}/{name}.js", f"ceSearchPart({_as_json(name)},{_as_json(value)},{_as_json(version)});\n".encode()


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _digest(*parts: object) -> str:
    return hashlib.sha256(_as_json(parts).encode()).hexdigest()[:8]


# --- the places of words ------------------------------------------------------------------------------------------


def _postings(pages: Sequence[IndexedPage], ignored: set[str]) -> _Postings:
    found = _Postings()
    fields: dict[str, list[tuple[int, Counter[str], float]]] = {name: [] for name in _BOOSTS}
    at = 0
    for page in pages:
        context = Counter(words(" ".join((page.title, *page.entries[0].names, *page.entries[0].places))))
        for number, one in enumerate(page.entries):
            fields["title"].append((at, Counter(words(one.title)), 1))
            fields["names"].append((at, Counter(words(" ".join((*one.names, *one.places)))), 1))
            if number:
                fields["context"].append((at, context, 1))
            fields["text"].append((at, Counter(words(one.text)), _LISTED if page.is_listing else 1))
            for code in one.codes:
                found.scores.setdefault(code.lower(), {})[at] = _CODE
            heads = [] if number else [page.title, *page.title.split(": ")]
            told = (*heads, *one.names, *one.places, *one.codes)
            for key in dict.fromkeys(key for name in told for key in _keys(name, ignored)):  # in order, unlike a set
                found.names.setdefault(key, []).append(at)
            at += 1
    for name, rows in fields.items():
        _score(found.scores, rows, _BOOSTS[name], at)
    return found


def _keys(name: str, ignored: set[str]) -> Iterator[str]:
    """Yield the forms in which a query may contain a name: whole, and without words that carry no meaning."""
    whole = query(name)
    if whole:
        yield " ".join(whole)
        yield " ".join([word for word in whole if word not in ignored] or whole)


def _score(
    scores: dict[str, dict[int, float]], rows: Sequence[tuple[int, Counter[str], float]], boost: float, sections: int
) -> None:
    """Add the score of the words of one field in each section."""
    holding = Counter(word for _, counts, _ in rows for word in counts)
    usual = sum(len(counts) for _, counts, _ in rows) / max(1, sections)
    rarity = {word: boost * math.log(1 + (sections - n + 0.5) / (n + 0.5)) for word, n in holding.items()}
    for at, counts, weight in rows:
        length = 1 - _B + _B * len(counts) / usual if usual else 1
        for word, times in counts.items():
            worth = rarity[word] * (_D + times * (_K + 1) / (times + _K * length)) * weight
            row = scores.setdefault(word, {})
            row[at] = row.get(at, 0) + worth


def _words(postings: _Postings) -> tuple[list[list[object]], list[str]]:
    """Return the files of words, each `[words, names]`, and the letters with which each begins."""
    named: dict[str, dict[str, list[int]]] = {}
    for key, sections in postings.names.items():
        named.setdefault(key.partition(" ")[0][:_ALIKE], {})[key] = _gaps(sections)
    groups: dict[str, dict[str, list[int]]] = {}
    for word in sorted(postings.scores):
        groups.setdefault(word[:_ALIKE], {})[word] = _packed(postings.scores[word])
    parts: list[list[object]] = []
    begins: list[str] = []
    held: dict[str, list[int]] = {}
    names: dict[str, list[int]] = {}
    size = 0
    for start in sorted({*groups, *named}):
        more = (groups.get(start, {}), named.get(start, {}))
        length = sum(len(_as_json(one)) for one in more)
        if not begins or size + length > _WORDS_SIZE:
            held, names, size = {}, {}, 0
            parts.append([held, names])
            begins.append(start if begins else "")
        held |= more[0]
        names |= more[1]
        size += length
    return parts, begins


def _packed(row: Mapping[int, float]) -> list[int]:
    """Return a row as gaps between sections, each with its score in steps."""
    packed = []
    last = 0
    for at in sorted(row):
        packed += [at - last, max(1, round(row[at] * _FINE))]
        last = at
    return packed


def _gaps(sections: Sequence[int]) -> list[int]:
    return [at - (sections[number - 1] if number else 0) for number, at in enumerate(sections)]


# --- the texts shown for sections ---------------------------------------------------------------------------------


def _texts(pages: Sequence[IndexedPage]) -> tuple[list[list[object]], list[int]]:
    """Return the files of texts, each `[link, title, place, sections]` of one page, and the first section of each."""
    texts: list[list[object]] = []
    begins = []
    at = 0
    for page in pages:
        held: list[object] = []
        size = _TEXTS_SIZE
        for one in page.entries:
            if size >= _TEXTS_SIZE:
                held, size = [], 0
                texts.append([page.link, page.title, page.place, held])
                begins.append(at)
            held.append([one.anchor, one.title, one.text, one.names, one.places, one.codes])
            size += len(one.text) + sum(map(len, (*one.names, *one.places)))
            at += 1
    return texts, _gaps(begins)


# --- spelling -----------------------------------------------------------------------------------------------------


def _lexicon(postings: _Postings) -> str:
    """Return the words that a misspelling may have meant, each with the number of times it occurs in the guide."""
    return " ".join(
        f"{word}:{len(row)}" for word, row in sorted(postings.scores.items()) if len(word) >= _ALIKE and word.isalpha()
    )


@cache
def _english(words_of_it: str) -> tuple[list[str], list[tuple[str, bytes]]]:
    """Return the words of the language as files, and the letters with which each begins."""
    begins: list[str] = []
    groups: list[list[str]] = []
    size = _ENGLISH_SIZE
    last = ""
    for word in words_of_it.split():
        if size >= _ENGLISH_SIZE and word[:_ALIKE] != last:
            groups.append([])
            begins.append(word[:_ALIKE] if begins else "")
            size = 0
        groups[-1].append(word)
        size += len(word) + 1
        last = word[:_ALIKE]
    return begins, [
        (f"english/{n}", f"ceSearchPart({_as_json(f'english/{n}')},{_as_json(' '.join(group))});\n".encode())
        for n, group in enumerate(groups)
    ]
