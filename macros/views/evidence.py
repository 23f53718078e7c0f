"""The evidence: each section of each document, the statements resting on it, and the pages that show them."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby

from macros.model import addresses, holdings, wording
from macros.model.base import OURS
from macros.model.glossary import Term
from macros.model.sources import Document
from macros.model.text import to_plain
from macros.model.vocabulary import Expansion
from macros.reading.guide import Statement
from macros.views import later
from macros.views.shared.page import Page, Titled
from macros.views.shared.trust_groups import gathered


def evidence_index(page: Page) -> str:
    """Return every section with the statements that rest on it and the pages that show them."""
    by_section = _by_section(page.guide.statements)
    shown_on = _pages_by_statement(page)
    return page.render(
        "evidence.html",
        documents=[_document(page, document, by_section, shown_on) for document in page.guide.documents.values()],
        cited=any(not one.sections and one.is_cited for one in page.guide.documents.values()),
        outside=any(not one.sections and not one.is_cited for one in page.guide.documents.values()),
        ours={"anchor": OURS, "count": len(by_section[OURS]), "pages": _pages_of(by_section[OURS], shown_on, page)},
        total=sum(not statement.is_ours for statement in page.guide.statements),
    )


def _by_section(statements: tuple[Statement, ...]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        for reference in dict.fromkeys(one.partition("(")[0] for one in statement.source):
            found[reference].append(statement)
    return found


def _pages_by_statement(page: Page) -> dict[str, list[Titled]]:
    """Return the pages on which each statement appears, in the order of their addresses."""
    found: dict[str, list[Titled]] = defaultdict(list)
    for titled, note in sorted(page.notes().items(), key=lambda one: one[0].url):
        for where in note.statements:
            found[where].append(titled)
    return found


def _document(
    page: Page, document: Document, by_section: dict[str, list[Statement]], shown_on: dict[str, list[Titled]]
) -> dict[str, object]:
    page.shown(document)
    sections: list[dict[str, object]] = []
    for section in document.sections:
        reference = f"{document.id}#{section.id}"
        sections.append(
            {
                "anchor": addresses.source_anchor(reference),
                "title": section.title,
                "page": section.page,
                "count": len(by_section[reference]),
                **_at_hand(page, by_section[reference], shown_on),
            }
        )
    return {
        "document": document,
        "anchor": addresses.source_anchor(document.id),
        "sections": sections,
        "chapters": _chapters(sections),
        "published": page.worded(_published(document)),
        **(_counted if document.accessed else _at_hand)(page, by_section[document.id], shown_on),
        "cite": page.source_tags(document.source),
    }


def _published(document: Document) -> str:
    """Return the date of a document, and when a page on the web was read."""
    unknown = "no date given in the report" if document.is_cited else "no date shown"
    when = document.published.text if document.published else unknown
    return f"{when}, read in {document.accessed.text}" if document.accessed else when


def _chapters(sections: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return the first section of each chapter; a section “Luton: next steps” belongs to the chapter “Luton”."""
    first: dict[str, dict[str, object]] = {}
    for section in sections:
        title = str(section["title"]).partition(":")[0]
        first.setdefault(title, {"title": title, "anchor": section["anchor"]})
    return [*first.values()]


_OF_TRUSTS = (f"{holdings.TRUSTS.kind}/", f"{holdings.PROFILES.kind}/")
"""The prefixes of the addresses of statements in profiles, including those of later waves."""


def _at_hand(page: Page, statements: list[Statement], shown_on: dict[str, list[Titled]]) -> dict[str, object]:
    """Return the statements of a section; if there are many Trusts, those in profiles are only counted.

    Each profile names the section that a statement rests on.
    """
    in_profiles = [one for one in statements if one.where.startswith(_OF_TRUSTS)] if gathered(page) else []
    others = [one for one in statements if not one.where.startswith(_OF_TRUSTS)] if in_profiles else statements
    return {
        "resting": _resting(page, others, shown_on),
        "in_profiles": len(in_profiles),
        "profiles": len({one.where.partition(":")[0] for one in in_profiles}),
        "find": page.link("trusts/"),
    }


def _counted(page: Page, statements: list[Statement], shown_on: dict[str, list[Titled]]) -> dict[str, object]:
    """Return the number of statements that rest on a web page, and where they are: there are many such pages."""
    told = {"statements": [wording.count(len(statements), "statement")], "pages": _pages_of(statements, shown_on, page)}
    return {"resting": [told], "in_profiles": 0}


def _resting(page: Page, statements: list[Statement], shown_on: dict[str, list[Titled]]) -> list[dict[str, object]]:
    def pages(statement: Statement) -> tuple[Titled, ...]:
        return tuple(shown_on[statement.where])

    ordered = sorted(statements, key=pages)
    return [
        {
            "pages": [{"title": titled.title, "link": page.link(titled.url)} for titled in where],
            "statements": list(dict.fromkeys(_short(statement.text) for statement in group)),
        }
        for where, group in ((key, list(group)) for key, group in groupby(ordered, key=pages))
    ]


def _pages_of(statements: list[Statement], shown_on: dict[str, list[Titled]], page: Page) -> list[dict[str, str]]:
    found = {titled for statement in statements for titled in shown_on[statement.where]}
    return [{"title": titled.title, "link": page.link(titled.url)} for titled in sorted(found, key=lambda one: one.url)]


def _short(text: str, most: int = 84) -> str:
    plain = to_plain(text)
    return plain if len(plain) <= most else plain[:most].rsplit(" ", 1)[0] + " …"


def document_table(page: Page) -> str:
    """Return a table of the report, the documents that it cites and those from outside it, with publisher and date."""
    page.shown(*page.guide.documents.values())
    rows = [
        {
            "document": one,
            "outside": not one.is_cited and not one.sections,
            "published": _published(one),
            "cite": page.source_tags(one.source),
        }
        for one in page.guide.documents.values()
    ]
    return page.render("documents.html", rows=rows)


def glossary(page: Page) -> str:
    """Return all terms from A to Z."""
    names = {term.id: term.term for term in page.guide.glossary}
    page.shown(*page.guide.glossary)
    letters = wording.by_letter(page.guide.glossary, lambda term: term.term)
    return page.render(
        "glossary.html",
        letters=[(letter, [_term(page, term, names) for term in group]) for letter, group in letters],
    )


def _term(page: Page, term: Term, names: dict[str, str]) -> dict[str, object]:
    facts, questions = later.of_term(page, term.id)
    return {
        "term": term,
        "ours": term.meaning_from == Expansion.OURS,
        "expansion_ours": term.expansion_from == Expansion.OURS,
        "cite": page.source_tags(term.source),
        "now": facts,
        "open": questions,
        "see": [{"term": names[name], "link": page.link(addresses.of_term(name))} for name in term.see],
    }


def term(page: Page, name: str, words: str = "") -> str:
    """Return a term as a link to its meaning, with other words if these are given; raises UnknownName."""
    one = page.guide.term(name)
    return page.render("term.html", words=words or one.term, link=page.link(addresses.of_term(name))).strip()
