"""Checks the book before it is typeset, as pages are checked: parsed, and compared with the list of what is allowed."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.pages import html_as_written
from macros.pages.allowed import BOOK, BOOK_SVG, BOOK_VALUES
from macros.pages.attribute_rules import leads_well
from macros.pages.html_as_written import short
from macros.publish.editions.edition import EditionError


def check(book: str, drawings: str) -> None:
    """Raise EditionError with everything in the book that is not allowed. `drawings` is the one style for drawings."""
    if found := [*dict.fromkeys(_faults(book, drawings))]:
        raise EditionError("the book holds what may not be in it:\n\n" + "\n".join(found))


def _faults(book: str, drawings: str) -> Iterator[str]:
    tree = LexborHTMLParser(book)
    for one in (*html_as_written.unread(book), *html_as_written.faults(book, tree.html or "")):
        yield one.found
    document = tree.root.parent if tree.root is not None else None
    if document is not None:
        yield from _within(document, drawings, is_drawn=False)


def _within(node: LexborNode, drawings: str, *, is_drawn: bool) -> Iterator[str]:
    child = node.first_child
    while child is not None:
        tag = child.tag or ""
        if tag[:1] == "-":
            if tag not in {"-text", "-doctype"}:
                yield "a hidden comment"
        elif (names := (BOOK_SVG if is_drawn else BOOK).get(tag)) is None:
            yield f"the HTML element “{short(tag)}”"
        elif tag == "style" and child.text() != drawings:
            yield "a style of its own in a drawing"
        else:
            yield from (
                f"“{short(value or name)}” as “{short(name)}” in <{tag}>"
                for name, value in child.attributes.items()
                if name not in names or not _is_well(name, value or "")
            )
            yield from _within(child, drawings, is_drawn=is_drawn or tag == "svg")
        child = child.next


def _is_well(name: str, value: str) -> bool:
    if name in {"href", "src"}:
        return leads_well(value, here=name == "src")
    return BOOK_VALUES[name].fullmatch(value) is not None
