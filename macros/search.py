"""The search index: what each section of the built site says, with the other names that the Guide knows it by.

Made from the pages as an engine built them, so that both engines give the same index. It is a script, not JSON: a page
opened from a disk may not fetch. The browser searches it with the script in `docs/assets/javascripts/search/`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import NamedTuple

from lxml import etree, html

from macros import address
from macros.guide import Guide
from macros.model.glossary import Term
from macros.exports import replace_file

INDEX_FILE = "search/index.js"
HOME = "Home page"

_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
_OPEN_MENU = re.compile(r'ce-nav__item--open">\s*<a [^>]*>([^<]*)</a>')
_BLOCK = re.compile(r"<(?=/?(?:p|li|t[dhr]|d[dtl]|div|br|h\d|caption|summary|label|button)\b)")
_LEFT_OUT = etree.XPath(
    ".//*[self::script or self::style or self::svg or self::nav or self::button or self::select or @hidden"
    " or contains(concat(' ', @class, ' '), ' headerlink ') or contains(concat(' ', @class, ' '), ' ce-source ')"
    " or contains(concat(' ', @class, ' '), ' ce-ours ') or contains(concat(' ', @class, ' '), ' ce-provenance ')"
    " or contains(concat(' ', @class, ' '), ' ce-chips ') or contains(concat(' ', @class, ' '), ' ce-threshold ')]"
)
_HEADS = etree.XPath(".//h1 | .//h2[@id] | .//h3[@id] | .//dl[@class='ce-terms']/dt[@id]")
_START, _END = "\ue000", "\ue001"  # of a heading; no page holds these

class Entry(NamedTuple):
    """One section of a page; the first of each page has no anchor."""

    anchor: str
    title: str
    text: str
    names: tuple[str, ...] = ()


class FoundPage(NamedTuple):
    """One page of the site as search knows it."""

    url: str
    title: str
    place: str
    """Where in the guide it is, such as “Trusts › Trust profile”."""
    is_listing: bool
    entries: tuple[Entry, ...]


def write(guide: Guide, site: Path) -> Path:
    """Write the index of a built site into it and return its path. Raises OSError."""
    return replace_file(site / INDEX_FILE, to_script(guide, read_site(guide, site)))


def read_site(guide: Guide, site: Path) -> Iterator[FoundPage]:
    """Yield each page of a built site that has an article, in the order of their addresses, but that of search itself."""
    names = other_names(guide)
    kinds = _kinds(guide)
    listings = {one.page for one in guide.search.pages if one.listing}
    for path in sorted(site.rglob("*.html")):
        link = path.relative_to(site).as_posix().removesuffix("index.html")
        url = link.removesuffix(".html") + "/" if link.endswith(".html") else link  # a site for disks has no folders
        page = path.read_text(encoding="utf-8")
        article = _ARTICLE.search(page)
        if article is None or url in (address.SEARCH_PAGE, address.NOT_FOUND_PAGE):
            continue
        entries = [
            entry._replace(names=names.get(f"{url}#{entry.anchor}" if entry.anchor else url, ()))
            for entry in _entries(article[0], url in listings)
        ]
        if entries:
            described = _DESCRIPTION.search(page)
            entries[0] = entries[0]._replace(text=f"{unescape(described[1])} {entries[0].text}" if described else entries[0].text)
            menu = [unescape(name) for name in _OPEN_MENU.findall(page)] or [HOME]
            place = " › ".join([*menu, kinds[url]] if url in kinds else menu)
            yield FoundPage(link, entries[0].title, place, url in listings, tuple(entries))


def _kinds(guide: Guide) -> Mapping[str, str]:
    """Return what kind of record a page shows, by its address, where the menu does not say so."""
    return {
        **{address.of_trust(one.slug): "Trust profile" for one in guide.trusts},
        **{address.of_standard(one.id): "Standard" for one in guide.standards},
        **{address.of_practice(one.slug): "Practice" for one in guide.practices},
    }


def _entries(article: str, listing: bool) -> Iterator[Entry]:
    """Yield the sections of an article: their anchors, headings and words."""
    tree = html.fromstring(_BLOCK.sub(" <", article))
    for part in _LEFT_OUT(tree):
        part.drop_tree()
    for head in _HEADS(tree):
        head.text = f"{_START}{head.get('id', '')}{_END}{head.text or ''}"
        head.tail = f"{_END}{head.tail or ''}"
    words = etree.tostring(tree, method="text", encoding="unicode")
    for at, part in enumerate(words.split(_START)[1:]):
        anchor, title, text = (" ".join(one.split()) for one in part.split(_END, 2))
        if len(title) > 1 or text:  # not a letter of an A to Z
            yield Entry(anchor if at else "", title, "" if listing else text)


def other_names(guide: Guide) -> Mapping[str, tuple[str, ...]]:
    """Return, by address, what else people call a page or a term: `trusts/essex/` → Harlow, Basildon…"""
    found: dict[str, list[str]] = {}
    for trust in guide.trusts:
        places = (
            name for place in guide.places_of(trust.slug) for name in (place.place, place.also_called) if name
        )
        found[address.of_trust(trust.slug)] = [trust.name, trust.partnership, *trust.also_called, *places]
    for one in guide.recommendations:
        found[address.of_recommendation(one.id)] = [one.id, f"recommendation {one.id[1:]}"]
    for one in guide.principles:
        found[address.of_principle(one.id)] = [one.id, f"principle {one.id[1:]}", f"Gershon {one.id[1:]}"]
    for one in guide.standards:
        found[address.of_standard(one.id)] = [one.id, f"standard {one.id}"]
    for one in guide.stages:
        found[address.of_stage(one.id)] = [one.title, one.number]
    for term in guide.glossary:
        found[address.of_term(term.id)] = [*_forms(term)]
    for page in guide.search.pages:
        found.setdefault(page.page, []).extend(page.also_called)
    return {url: tuple(dict.fromkeys(names)) for url, names in found.items()}


def _forms(term: Term) -> Iterable[str]:
    return filter(None, (term.term, term.expansion, *term.also_called))


def to_script(guide: Guide, pages: Iterable[FoundPage]) -> bytes:
    """Return the index as a script that puts it where the search script looks."""
    index = {
        "pages": [
            [page.url, page.title, page.place, int(page.is_listing), [[*entry] for entry in page.entries]]
            for page in pages
        ],
        "examples": guide.search.examples,
        "ignored": guide.search.ignored,
        "words": [
            *([[*_forms(term)], []] for term in guide.glossary),
            *([one.typed, one.means] for one in guide.search.words),
        ],
    }
    return f"window.ceSearchIndex={json.dumps(index, ensure_ascii=False, separators=(',', ':'))};\n".encode()
