"""The search index: what each section of the built site says, with the other names that the Guide knows it by.

Made from the pages as an engine built them, so that both engines give the same index. It is a script, not JSON: a page
opened from a disk may not fetch. `docs/assets/javascripts/search/` searches it in the reader's browser.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree, html

from macros import address
from macros.gathering import gatherings
from macros.staging import replace_file

if TYPE_CHECKING:
    from macros.guide import Guide
    from macros.model.glossary import Term

INDEX_FILE = "search/index.js"
PROFILES_FILE = "search/profiles.js"
"""What profiles say, where they are too many for readers to wait for: fetched when a reader asks for it."""
HOME = "Home page"

_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
_TITLE = re.compile(r"<title>([^<]*)</title>")
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
_OPEN_MENU = re.compile(r'ce-nav__item--open">\s*<a [^>]*>([^<]*)</a>')

# Words of two blocks are two words, even where no space stands between the blocks.
_BLOCK = re.compile(r"<(?=/?(?:p|li|t[dhr]|d[dtl]|div|br|h\d|caption|summary|label|button)\b)")
# Not what a section says: controls, marks, and the notes of where a statement comes from.
_NOT_SAID = {"script", "style", "svg", "nav", "button", "select"}
_NOTES = {"headerlink", "ce-source", "ce-ours", "ce-provenance", "ce-chips", "ce-threshold"}
_HEADS = etree.XPath(".//h1 | .//h2[@id] | .//h3[@id] | .//dl[@class='ce-terms']/dt[@id]")
# Round a heading. Nobody can write them into a page, not as an entity either: they differ from run to run.
_START, _END = (f"<{secrets.token_hex(8)}>" for _ in range(2))
# What a page may hold as an entity, such as &#xd800;, and no tree of XML may.
_UNFIT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Entry(NamedTuple):
    """One section of a page; the first of each page has no anchor."""

    anchor: str
    title: str
    text: str
    names: tuple[str, ...] = ()


class IndexedPage(NamedTuple):
    """One page of the site as search knows it."""

    link: str
    """Its address below the site's, as files lie there: `trusts/luton/`, or `trusts/luton.html` on a disk."""
    title: str
    place: str
    """Where in the guide it is, such as “Trusts › Trust profile”."""
    is_listing: bool
    entries: tuple[Entry, ...]


Kept = dict[bytes, tuple[Entry, ...]]
"""The sections of articles, by a digest of each article and of how it is read."""


@dataclass(frozen=True)
class Words:
    """What the Guide knows that the pages do not say: plain values, which can be kept as JSON."""

    guide: str
    """What the guide is called."""
    names: Mapping[str, Sequence[str]]
    """What else people call a page or a term, by its address."""
    kinds: Mapping[str, str]
    """What kind of record a page shows, by its address, where the menu does not say so."""
    listings: Sequence[str]
    gathered: Sequence[str]
    """The addresses of the pages of letters, where the Trusts are many."""
    profiles: Sequence[str]
    examples: Sequence[str]
    ignored: Sequence[str]
    words: Sequence[tuple[Sequence[str], Sequence[str]]]
    """What is typed, and what it means; of a term, each name means the others."""

    @classmethod
    def of(cls, guide: Guide) -> Words:
        gathered = gatherings(trust.slug for trust in guide.trusts)
        return cls(
            guide=guide.region.guide,
            names=other_names(guide),
            kinds=_kinds(guide),
            listings=[one.page for one in guide.search.pages if one.listing],
            gathered=[address.of_letter(one.id) for one in gathered],
            profiles=[address.of_trust(trust.slug) for trust in guide.trusts],
            examples=guide.search.examples,
            ignored=guide.search.ignored,
            words=[
                *(([*_names(term)], ()) for term in guide.glossary),
                *((one.typed, one.means) for one in guide.search.words),
            ],
        )


def write(known: Words, site: Path, kept: Kept | None = None) -> Path:
    """Write the index of a built site into it and return its path. Raises OSError.

    Where the Trusts are many, profiles are found by their names, places and headings, and what they say is in a second
    file.

    Articles that are `kept` from before are not read again. What was read is put there.
    """
    pages = [*read_site(known, site, kept)]
    profiles = site / PROFILES_FILE
    if not known.gathered:
        profiles.unlink(missing_ok=True)
        return replace_file(site / INDEX_FILE, to_script(known, pages))
    of_trusts = {*known.profiles}
    whole = [page for page in pages if _url(page.link) in of_trusts]
    index = to_script(
        known,
        (_named(page, tuple(known.names[_url(page.link)])) if _url(page.link) in of_trusts else page for page in pages),
        whole,
    )
    replace_file(profiles, f"window.ceSearchProfiles={_as_json(_listed(whole))};\n".encode())
    return replace_file(site / INDEX_FILE, index)


def _named(page: IndexedPage, names: tuple[str, ...]) -> IndexedPage:
    """Return a page as it is found by its names and headings alone."""
    top, *others = page.entries
    return page._replace(
        entries=(top._replace(text="", names=names), *(one._replace(text="") for one in others)),
    )


def _url(link: str) -> str:
    return f"{link.removesuffix('.html')}/" if link.endswith(".html") else link


def _listed(pages: Iterable[IndexedPage]) -> list[list[object]]:
    return [
        [page.link, page.title, page.place, int(page.is_listing), [[*entry] for entry in page.entries]]
        for page in pages
    ]


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def to_script(known: Words, pages: Iterable[IndexedPage], elsewhere: Sequence[IndexedPage] = ()) -> bytes:
    """Return the index as a script that puts it where the search script looks.

    What the pages `elsewhere` say is in another file: the index tells how many they are.
    """
    index = {
        "pages": _listed(pages),
        **({"profiles": len(elsewhere)} if elsewhere else {}),
        "examples": known.examples,
        "ignored": known.ignored,
        "words": known.words,
    }
    return f"window.ceSearchIndex={_as_json(index)};\n".encode()


def read_site(known: Words, site: Path, kept: Kept | None = None) -> Iterator[IndexedPage]:
    """Yield the pages of a built site in the order of their addresses.

    Search itself is left out, and the page for errors, and the pages of letters: they repeat what is in profiles.
    """
    left_out = {address.SEARCH_PAGE, address.NOT_FOUND_PAGE, *known.gathered}
    sections = _entries if kept is None else _Remembered(kept)
    listings = {*known.listings}
    for path in sorted(site.rglob("*.html")):
        link = path.relative_to(site).as_posix().removesuffix("index.html")
        url = _url(link)
        page = path.read_text(encoding="utf-8")
        article = _ARTICLE.search(page)
        if article is None or url in left_out:
            continue
        entries = [
            entry._replace(names=tuple(known.names.get(f"{url}#{entry.anchor}" if entry.anchor else url, ())))
            for entry in sections(article[0], url in listings)
        ]
        if not entries:
            continue
        top = entries[0]
        if described := _DESCRIPTION.search(page):
            top = top._replace(text=f"{unescape(described[1])} {top.text}".strip())
        if titled := _TITLE.search(page):  # such as “Compare: training”, where the heading is “Training”
            title = unescape(titled[1]).removesuffix(f" - {known.guide}")
            top = top._replace(names=tuple(dict.fromkeys((*top.names, title))) if title != top.title else top.names)
        entries[0] = top
        menu = [unescape(name) for name in _OPEN_MENU.findall(page)] or [HOME]
        place = " › ".join([*menu, known.kinds[url]] if url in known.kinds else menu)
        yield IndexedPage(link, entries[0].title, place, url in listings, tuple(entries))


class _Remembered:
    """Reads the sections of each article once."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self.known = dict(kept)
        kept.clear()  # what is not asked for is not there any more

    def __call__(self, article: str, is_listing: bool) -> tuple[Entry, ...]:
        key = hashlib.sha256(article.encode()).digest() + bytes([is_listing])
        if key not in self.kept:
            known = self.known.get(key)
            self.kept[key] = tuple(_entries(article, is_listing)) if known is None else known
        return self.kept[key]


def _entries(article: str, is_listing: bool) -> Iterator[Entry]:
    """Yield the sections of an article. Those of a listing are found by their headings alone."""
    tree = html.fromstring(_BLOCK.sub(" <", article))
    for part in [*filter(_is_left_out, tree.iter())]:
        part.drop_tree()
    for head in _HEADS(tree):
        head.text = f"{_START}{_fit(head.get('id'))}{_END}{_fit(head.text)}"
        head.tail = f"{_END}{_fit(head.tail)}"
    words = etree.tostring(tree, method="text", encoding="unicode")
    for number, part in enumerate(words.split(_START)[1:]):
        anchor, title, text = (" ".join(one.split()) for one in part.split(_END, 2))
        if len(title) > 1 or text:  # not a letter of an A to Z
            yield Entry(anchor if number else "", title, "" if is_listing else text)


def _fit(text: str | None) -> str:
    return _UNFIT.sub("", text or "")


def _is_left_out(part: html.HtmlElement) -> bool:
    if part.tag in _NOT_SAID or part.get("hidden") is not None:
        return True
    classes = part.get("class")
    return classes is not None and not _NOTES.isdisjoint(classes.split())


def other_names(guide: Guide) -> Mapping[str, tuple[str, ...]]:
    """Return what else people call a page or a term, by its address: that of Essex is also Harlow, Basildon…"""
    found: dict[str, list[str]] = {}
    for trust in guide.trusts:
        places = (name for place in guide.places_of(trust.slug) for name in (place.place, place.also_called) if name)
        found[address.of_trust(trust.slug)] = [trust.name, trust.partnership, *trust.also_called, *places]
    for standard in guide.standards:
        found[address.of_standard(standard.id)] = [standard.id, f"standard {standard.id}"]
    for stage in guide.stages:
        found[address.of_stage(stage.id)] = [stage.title, stage.number]
    for recommendation in guide.recommendations:
        number = recommendation.id[1:]
        found[address.of_recommendation(recommendation.id)] = [recommendation.id, f"recommendation {number}"]
    for principle in guide.principles:
        number = principle.id[1:]
        found[address.of_principle(principle.id)] = [principle.id, f"principle {number}", f"Gershon {number}"]
    for term in guide.glossary:
        found[address.of_term(term.id)] = [*_names(term)]
    for page in guide.search.pages:
        found.setdefault(page.page, []).extend(page.also_called)
    return {url: tuple(dict.fromkeys(names)) for url, names in found.items()}


def _names(term: Term) -> Iterable[str]:
    return filter(None, (term.term, term.expansion, *term.also_called))


def _kinds(guide: Guide) -> Mapping[str, str]:
    """Return what kind of record a page shows, by its address, where the menu does not say so."""
    return {
        **{address.of_trust(one.slug): "Trust profile" for one in guide.trusts},
        **{address.of_standard(one.id): "Standard" for one in guide.standards},
        **{address.of_practice(one.slug): "Practice" for one in guide.practices},
    }
