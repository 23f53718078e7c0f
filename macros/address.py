"""Addresses in the site: where each record has its page, and how one page links to another."""

from __future__ import annotations

from functools import lru_cache
from posixpath import relpath

SOURCES_PAGE = "evidence/sources/"
GLOSSARY_PAGE = "glossary/"
DICTIONARY_PAGE = "data/dictionary/"
SEARCH_PAGE = "search/"
CORRECTION_PAGE = "edit/"
COMPARE_ALL_PAGE = "trusts/compare/all/"
NOT_FOUND_PAGE = "404/"
WITH_EDITIONS = "GUIDE_EDITIONS"
"""Set in an engine's environment if the site will hold its editions, so that a page may link to them."""
PDF_EDITION = "editions/clear-expectations.pdf"
OFFLINE_EDITION = "editions/clear-expectations.zip"
WHATS_NEW_PAGE = "about/whats-new/"
WHATS_NEW_FEED = "about/whats-new.atom"


def of_page(source: str) -> str:
    """Return the address of a Markdown file below `docs/`: `trusts/luton.md` is at `trusts/luton/`."""
    stem = source.removesuffix(".md")
    if stem == "index":
        return ""
    return stem.removesuffix("/index") + "/"


def of_trust(slug: str) -> str:
    return f"trusts/{slug}/"


def of_letter(name: str) -> str:
    """Return where the Trusts of a letter stand together, where they are too many for one page."""
    return f"trusts/a-z/{name}/"


def of_feed(slug: str) -> str:
    """Return where the feed of a Trust's profile is."""
    return f"data/trusts/{slug}.atom"


def of_recommendation(name: str) -> str:
    return f"recommendations/{name}/"


def of_standard(name: str) -> str:
    return f"standards/{name}/"


def of_stage(name: str) -> str:
    return f"good-engagement/{name}/"


def of_principle(name: str) -> str:
    return f"gershon/{name}/"


def of_practice(slug: str) -> str:
    return f"practice/{slug}/"


def of_document(name: str) -> str:
    return f"tools/documents/#{name}"


def of_term(name: str) -> str:
    return f"{GLOSSARY_PAGE}#{name}"


def of_field(anchor: str) -> str:
    return f"{DICTIONARY_PAGE}#{anchor}"


def of_source(reference: str) -> str:
    """Return where a source is listed with everything that rests on it."""
    return f"{SOURCES_PAGE}#{source_anchor(reference)}"


def source_anchor(reference: str) -> str:
    """Return the id on the evidence index of `clear-expectations#luton.governance` or one of its points."""
    return reference.partition("(")[0].partition("#")[2].replace(".", "-") or reference


def relative(target: str, page: str) -> str:
    """Return a link to the address `target` from the page at `page`, so that the site works below any path.

    >>> relative("trusts/luton/#needs", "survey/")
    '../trusts/luton/#needs'
    """
    path, mark, anchor = target.partition("#")
    if path == page and anchor:
        return mark + anchor
    return f"{_between(path, page)}{mark}{anchor}"


@lru_cache(maxsize=4096)  # a page links to the same few pages many times
def _between(path: str, page: str) -> str:
    return relpath(path or ".", page or ".") + ("/" if path.endswith("/") or not path else "")
