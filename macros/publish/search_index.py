"""The search index: the text of each section of the built site, with the other names that the Guide knows for it.

It is made from the pages as an engine built them, so that both engines give the same index.
`macros/publish/search_shards.py` divides it into files, and `docs/assets/javascripts/search/` searches them in the
reader's browser.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree, html

from macros.derived.trust_groups import groups_of
from macros.model import addresses
from macros.model.vocabulary import PlaceKind
from macros.publish.search_shards import FOLDER, IndexedPage, SearchSection, files
from macros.reading import earlier_results
from macros.reading.staging import replace_file

if TYPE_CHECKING:
    from macros.model.glossary import Term
    from macros.reading.guide import Guide


HOME = "Home page"
_SPELLING = Path(__file__).with_name("spelling") / "british-english.txt"
"""The words of British English, sorted, one a line, from Debian's wbritish 2020.12.07 (SCOWL); licence next to it."""

_ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)
_TITLE = re.compile(r"<title>([^<]*)</title>")
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
_OPEN_MENU = re.compile(r'ce-nav__item--open">\s*<a [^>]*>([^<]*)</a>')

# Words of two blocks are separate, even if there is no space between the blocks.
_BLOCK = re.compile(r"<(?=/?(?:p|li|t[dhr]|d[dtl]|div|br|h\d|caption|summary|label|button)\b)")
# Not part of a section's text: controls, marks, and notes on the source of a statement.
_NOT_SAID = {"script", "style", "svg", "nav", "button", "select", "summary"}
_LEFT_OUT = {
    *("headerlink", "ce-source", "ce-sources", "ce-marks", "ce-ours", "ce-provenance", "ce-threshold"),
    *("ce-choice", "ce-chooser", "ce-field"),  # what a form asks and offers: the same words over and over
    "ce-terms__from",  # whether the meaning of a term is ours
    "ce-repeated",  # what another page says in full
}
_HEADS = etree.XPath(".//h1 | .//h2[@id] | .//h3[@id] | .//dl[@class='ce-terms']/dt[@id]")
# Marks around headings. Nobody can write them into a page, not even as entities: they differ from run to run.
_START, _END = (f"<{secrets.token_hex(8)}>" for _ in range(2))
# Characters that a page may hold as entities, such as &#xd800;, and that no XML tree may contain.
_UNFIT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


SectionCache = dict[bytes, tuple[SearchSection, ...]]
"""The sections of articles, by a digest of each article."""


@dataclass(frozen=True)
class SearchKnowledge:
    """The Guide's knowledge beyond the text of pages, as plain values that can be kept as JSON."""

    guide: str
    """The name of the guide."""
    names: Mapping[str, Sequence[str]]
    """Other names of a page or a term, by its address."""
    places: Mapping[str, Sequence[str]]
    """The places and councils in the area that a page is about, by the page's address."""
    codes: Mapping[str, Sequence[str]]
    """The beginnings of postcodes in the area that a page is about, by the page's address."""
    kinds: Mapping[str, str]
    """The kind of record that a page shows, by its address, where the menu does not say so."""
    listings: Sequence[str]
    gathered: Sequence[str]
    """The addresses of the pages of letters, if there are many Trusts."""
    profiles: Sequence[str]
    examples: Sequence[str]
    ignored: Sequence[str]
    words: Sequence[tuple[Sequence[str], Sequence[str]]]
    """The words that people type, and their meaning; the names of a term all mean one another."""
    deeds: Sequence[str]
    """Words by which a reader asks what Trusts did."""

    @classmethod
    def of(cls, guide: Guide) -> SearchKnowledge:
        gathered = groups_of(trust.slug for trust in guide.trusts)
        return cls(
            guide=guide.region.guide,
            names=other_names(guide),
            places=places(guide),
            codes=codes(guide),
            kinds=_kinds(guide),
            listings=[one.page for one in guide.search.pages if one.listing],
            gathered=[addresses.of_letter(one.id) for one in gathered],
            profiles=[addresses.of_trust(trust.slug) for trust in guide.trusts],
            examples=guide.search.examples,
            ignored=guide.search.ignored,
            words=[
                *(([*_names(term)], ()) for term in guide.glossary),
                *((one.typed, one.means) for one in guide.search.words),
            ],
            deeds=guide.search.deeds,
        )


def write(known: SearchKnowledge, site: Path, kept: SectionCache | None = None) -> None:
    """Write the index of a built site into it, and delete the rest of an older one. Raises OSError.

    Articles that are `kept` from before are not read again. New ones are added there.
    """
    written = set()
    english = _SPELLING.read_text(encoding="utf-8")
    told = {"examples": known.examples, "ignored": known.ignored, "typed": known.words, "deeds": known.deeds}
    for name, content in files([*read_site(known, site, kept)], known.ignored, english, told):
        path = site / name
        written.add(path)
        if not (path.is_file() and path.read_bytes() == content):
            replace_file(path, content)
    for old in {*(site / FOLDER).rglob("*.js")} - written:
        old.unlink()


def _url(link: str) -> str:
    return f"{link.removesuffix('.html')}/" if link.endswith(".html") else link


def read_site(known: SearchKnowledge, site: Path, kept: SectionCache | None = None) -> Iterator[IndexedPage]:
    """Yield the pages of a built site in the order of their addresses.

    The search page, the error page and the pages of letters, which repeat profiles, are left out.
    """
    left_out = {addresses.SEARCH_PAGE, addresses.NOT_FOUND_PAGE, *known.gathered}
    sections = _kept_entries if kept is None else _SectionReader(kept)
    listings = {*known.listings}
    records = {*known.profiles}
    for path in sorted(site.rglob("*.html")):
        link = path.relative_to(site).as_posix().removesuffix("index.html")
        url = _url(link)
        page = path.read_text(encoding="utf-8")
        article = _ARTICLE.search(page)
        if article is None or url in left_out:
            continue
        entries = [
            entry._replace(names=tuple(known.names.get(f"{url}#{entry.anchor}" if entry.anchor else url, ())))
            for entry in sections(article[0])
        ]
        if not entries:
            continue
        top = entries[0]
        if described := _DESCRIPTION.search(page):
            top = top._replace(text=f"{unescape(described[1])} {top.text}".strip())
        if titled := _TITLE.search(page):  # such as “Compare: training”, where the heading is “Training”
            title = unescape(titled[1]).removesuffix(f" - {known.guide}")
            top = top._replace(names=tuple(dict.fromkeys((*top.names, title))) if title != top.title else top.names)
        entries[0] = top._replace(places=tuple(known.places.get(url, ())), codes=tuple(known.codes.get(url, ())))
        menu = [unescape(name) for name in _OPEN_MENU.findall(page)] or [HOME]
        place = " › ".join([*menu, known.kinds[url]] if url in known.kinds else menu)
        yield IndexedPage(link, entries[0].title, place, url in listings, tuple(entries), url in records)


class _SectionReader:
    """Reads the sections of each article once."""

    def __init__(self, kept: SectionCache) -> None:
        self.kept = kept
        self.known = dict(kept)
        kept.clear()  # sections that are not asked for no longer exist

    def __call__(self, article: str) -> tuple[SearchSection, ...]:
        key = hashlib.sha256(article.encode()).digest()
        if key not in self.kept:
            known = self.known.get(key)
            self.kept[key] = _kept_entries(article) if known is None else known
        return self.kept[key]


def _kept_entries(article: str) -> tuple[SearchSection, ...]:
    key = earlier_results.key_of("article", article)
    rows = earlier_results.once(key, lambda: [[one.anchor, one.title, one.text] for one in _entries(article)])
    return tuple(SearchSection(*row) for row in rows)


def _entries(article: str) -> Iterator[SearchSection]:
    """Yield the sections of an article."""
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
            yield SearchSection(anchor if number else "", title, text)


def _fit(text: str | None) -> str:
    return _UNFIT.sub("", text or "")


def _is_left_out(part: html.HtmlElement) -> bool:
    if part.tag in _NOT_SAID or part.get("hidden") is not None:
        return True
    classes = part.get("class")
    return classes is not None and not _LEFT_OUT.isdisjoint(classes.split())


def other_names(guide: Guide) -> Mapping[str, tuple[str, ...]]:
    """Return the other names of each page or term, by its address."""
    found: dict[str, list[str]] = {}
    for trust in guide.trusts:
        told = guide.profiles_of(trust.slug)
        since = [name for one in told for name in (one.partnership, one.led_by) if name]
        found[addresses.of_trust(trust.slug)] = [trust.name, trust.partnership, *trust.also_called, *since]
    for standard in guide.standards:
        found[addresses.of_standard(standard.id)] = [standard.id, f"standard {standard.id}"]
    for stage in guide.stages:
        found[addresses.of_stage(stage.id)] = [stage.title, stage.number]
    for recommendation in guide.recommendations:
        number = recommendation.id[1:]
        found[addresses.of_recommendation(recommendation.id)] = [recommendation.id, f"recommendation {number}"]
    first, _, last = guide.region.principle_called.rpartition(" ")
    called = [name for name in (f"{first} {last}".strip(), first, last) if name]
    for principle in guide.principles:
        number = principle.id[1:]
        found[addresses.of_principle(principle.id, guide.region.principle_folder)] = [
            principle.id,
            *(f"{name} {number}" for name in called),
        ]
    for term in guide.glossary:
        found[addresses.of_term(term.id)] = [*_names(term)]
    for fact in (fact for one in guide.later for fact in one.facts):
        for name in fact.terms:
            found.setdefault(addresses.of_term(name), []).extend(fact.now_called)
    for page in guide.search.pages:
        found.setdefault(page.page, []).extend(page.also_called)
    return {url: tuple(dict.fromkeys(names)) for url, names in found.items()}


def places(guide: Guide) -> Mapping[str, tuple[str, ...]]:
    """Return the places in the area that a profile is about, by its address: for Essex, Harlow, Harlow Council…"""
    return {
        addresses.of_trust(trust.slug): tuple(
            dict.fromkeys(
                name
                for place in guide.places_of(trust.slug)
                for name in (place.place, place.also_called, *place.councils)
                if name and place.kind != PlaceKind.POSTCODE
            )
        )
        for trust in guide.trusts
    }


def codes(guide: Guide) -> Mapping[str, tuple[str, ...]]:
    """Return the beginnings of postcodes in the area that a profile is about, by its address."""
    found: dict[str, list[str]] = {}
    for place in guide.places:
        if place.kind == PlaceKind.POSTCODE:
            found.setdefault(addresses.of_trust(place.trust), []).append(place.place)
    return {url: tuple(begins) for url, begins in found.items()}


def _names(term: Term) -> Iterable[str]:
    return filter(None, (term.term, term.expansion, *term.also_called))


def _kinds(guide: Guide) -> Mapping[str, str]:
    """Return the kind of record that a page shows, by its address, where the menu does not say so."""
    return {
        **{addresses.of_trust(one.slug): "Trust profile" for one in guide.trusts},
        **{addresses.of_standard(one.id): "Standard" for one in guide.standards},
        **{addresses.of_practice(one.slug): "Practice" for one in guide.practices},
    }
