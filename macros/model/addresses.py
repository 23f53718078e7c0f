"""Addresses in the site: where each record has its page, and how one page links to another."""

from __future__ import annotations

from functools import lru_cache
from posixpath import relpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from macros.model.wave import Wave

SOURCES_PAGE = "evidence/sources/"
GLOSSARY_PAGE = "glossary/"
DICTIONARY_PAGE = "data/dictionary/"
SEARCH_PAGE = "search/"
SELF_ASSESSMENT_PAGE = "self-assessment/"
CORRECTION_PAGE = "edit/"
COMPARE_ALL_PAGE = "trusts/compare/all/"
NOT_FOUND_PAGE = "404/"
PAPERS_PAGE = "papers/"
BOARD_PAPER = "framework-board-paper"
STANDARDS_BOOK = "standards"
PDF_EDITION = f"{PAPERS_PAGE}guide.pdf"
OFFLINE_EDITION = f"{PAPERS_PAGE}guide.zip"
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


def of_wave_profile(slug: str, wave: str) -> str:
    """Return the address at which one wave's account of a Trust can be cited: `trusts/luton/2009/`."""
    return f"trusts/{slug}/{wave}/"


def of_letter(name: str) -> str:
    """Return the address of the page for one letter's Trusts, used when there are too many for a single page."""
    return f"trusts/a-z/{name}/"


def of_later(first: Wave) -> str:
    """Return the address of the pages on what has happened since the year of the first wave, such as `since-1999/`."""
    return f"since-{first.year}/"


def of_feed(slug: str) -> str:
    """Return the address of the feed of a Trust's profile."""
    return f"data/trusts/{slug}.atom"


def of_recommendation(name: str) -> str:
    return f"recommendations/{name}/"


def of_standard(name: str) -> str:
    return f"standards/{name}/"


def of_stage(name: str) -> str:
    return f"good-engagement/{name}/"


def of_paper(name: str, kind: str) -> str:
    """Return the address of a paper, such as `papers/trusts/luton.pdf`; its name is the part below `papers/`."""
    return f"{PAPERS_PAGE}{name}.{kind}"


def trust_paper(slug: str) -> str:
    """Return the name of a Trust's paper."""
    return f"trusts/{slug}"


def action_list(which: str) -> str:
    """Return the name of the paper with the checks of one stage, of the core standards or of all standards."""
    return f"checklists/{which}"


def of_checklist(stage: str) -> str:
    """Return the address of a stage's checklist, with the marker that opens it ready to print."""
    return f"tools/{stage}/#print"


def of_principle(name: str, folder: str) -> str:
    """Return the address of a principle's page, in the folder that the region names."""
    return f"{folder}/{name}/"


def of_practice(slug: str) -> str:
    return f"practice/{slug}/"


def of_document(name: str) -> str:
    return f"tools/documents/#{name}"


def of_term(name: str) -> str:
    return f"{GLOSSARY_PAGE}#{name}"


def of_field(anchor: str) -> str:
    return f"{DICTIONARY_PAGE}#{anchor}"


def of_source(reference: str) -> str:
    """Return the address of the entry for a source, which lists everything that rests on it."""
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
