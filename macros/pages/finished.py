"""Checks finished pages as browsers read them: an HTML5 parser builds the tree, all of which must be on the list.

The parser is Lexbor's: for any bytes it builds the tree that the standard requires. A page is judged by that tree and
not by its source text, so there is no second reading that could differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from posixpath import dirname, join, normpath

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.derived import http_headers
from macros.pages import allowed, html_as_written
from macros.pages.allowed import AllowedPlace
from macros.pages.attribute_rules import CHARSET, REFRESH, judged, leads_well
from macros.pages.html_as_written import WrittenFault, short
from macros.pages.html_nodes import (
    Attributes,
    as_written,
    attributes_of,
    children_of,
    key_of,
    parent_of,
    signature,
)

MAX_DEPTH = 60
"""The greatest depth of nested elements. Beyond some depth, browsers build another tree."""

_ARTICLE_PLACE = ("div.md-content", allowed.ARTICLE)
_SKELETON = "<!doctype html><html><head></head><body><article>{}</article>\n</body></html>"
"""The line break is needed: in it, browsers reopen an element that was left open before."""


def of_prose(html: str, last: str) -> Iterator[WrittenFault]:
    """Yield the faults in HTML made from a page's own Markdown. It ends with a heading that has the id `last`."""
    page = _SKELETON.format(html)
    tree = _tree(page)
    yield from html_as_written.faults(page, tree.html or "")
    yield from _FinishedPage(tree, prose=True).found()
    if not tree.css(f"body > article > h2#{last}"):
        yield WrittenFault("HTML that is not closed", "close every element where it began", "<")


def of_page(
    content: bytes, drawn: Iterable[str] | None = None, *, path: str = "index.html", base: str = "/", disk: bool = False
) -> Iterator[WrittenFault]:
    """Yield the faults of a finished page.

    `drawn` is the output of its macro calls; without it, every page may contain anything that macros draw. `path` is
    its file below the site, `base` the path of the site, and `disk` whether it belongs to the offline edition.
    """
    places = ("THEME", "PLAIN_THEME", *(("OFFLINE",) if disk else ()))
    yield from _whole(content, _by_place(*places), drawn, path, base, disk)


def of_moved(content: bytes, *, path: str, base: str = "/", disk: bool = False) -> Iterator[WrittenFault]:
    """Yield the faults of a page at an address that has moved."""
    places = ("MOVED", *(("OFFLINE",) if disk else ()))
    yield from _whole(content, _by_place(*places), (), path, base, disk)


Places = Mapping[tuple[str, str], tuple[AllowedPlace, ...]]

GIVEN = "given-by-call-"
"""The prefixes of ids that stand for those of a block."""


@cache
def _by_place(*tables: str) -> Places:
    """Return the lines of the lists with these names, by the places where they apply."""
    found: dict[tuple[str, str], list[AllowedPlace]] = {}
    for place in (place for table in tables for place in getattr(allowed, table)):
        found.setdefault((place.parent, place.element), []).append(place)
    return {key: tuple(places) for key, places in found.items()}


def _is_heading(tag: str | None) -> bool:
    return tag in {"h1", "h2", "h3", "h4", "h5", "h6"}


def _may_be_in_heading(tag: str, attributes: Attributes) -> bool:
    return tag in allowed.IN_HEADINGS and attributes.keys() >= allowed.IN_HEADINGS[tag]


def _tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def _whole(
    content: bytes, places: Places, drawn: Iterable[str] | None, path: str, base: str, disk: bool
) -> Iterator[WrittenFault]:
    try:
        html = content.decode("utf-8")
    except UnicodeDecodeError:
        yield WrittenFault("a page that is not UTF-8", "save what it is made of as UTF-8", "")
        return
    if CHARSET not in content[:1024] or "\0" in html:
        yield WrittenFault("a page that does not say at its beginning that it is UTF-8", "let the theme say it", "")
    tree = _tree(html)
    yield from html_as_written.unread(html)
    yield from html_as_written.faults(html, tree.html or "")
    yield from _FinishedPage(tree, places=places, drawn=drawn, path=path, base=base, disk=disk).found()


class _FinishedPage:
    """Walks through one tree and collects everything that is not on the lists."""

    def __init__(
        self,
        tree: LexborHTMLParser,
        *,
        prose: bool = False,
        places: Places | None = None,
        drawn: Iterable[str] | None = None,
        path: str = "",
        base: str = "/",
        disk: bool = False,
    ) -> None:
        self._tree = tree
        self._prose = prose
        self._places = places or {}
        self._drawn = drawn
        self._folder, self._base, self._disk = dirname(path), base, disk
        self._found: dict[WrittenFault, None] = {}
        self._articles = 0
        self._ids: set[str] = set()

    def found(self) -> tuple[WrittenFault, ...]:
        root = self._tree.root
        document = root.parent if root is not None else None
        if root is None or document is None:
            self._keep("a page with nothing in it", "write it again", "")
            return tuple(self._found)
        for child in children_of(document):
            self._node(child, "", 0)
        if self._articles != 1 and (self._prose or _ARTICLE_PLACE in self._places):
            self._keep(f"{self._articles} articles on a page", "close every element where it began", "</")
        return tuple(self._found)

    def _keep(self, found: str, mend: str, needle: str) -> None:
        self._found[WrittenFault(found, mend, needle)] = None

    # --- the theme's part ---

    def _node(self, node: LexborNode, parent: str, depth: int, words: bool = False) -> None:
        """Judge an element outside the article by its place."""
        tag = node.tag or ""
        if tag == "-text":
            if not words and (text := (node.text_content or "").strip()):
                self._keep(f"words outside of their place: “{short(text)}”", "close every element where it began", text)
        elif not tag or tag[0] == "-":
            if not (tag == "-doctype" and not parent and (node.html or "").lower() == "<!doctype html>"):
                self._other(node)
        elif depth > MAX_DEPTH:
            self._keep(f"elements more than {MAX_DEPTH} deep in one another", "take some of them out", f"<{tag}")
        elif self._prose:
            self._frame(node, tag, parent)
        else:
            self._placed(node, tag, parent, depth)

    def _frame(self, node: LexborNode, tag: str, parent: str) -> None:
        """Judge the surroundings of the prose: there may be nothing but what was put there."""
        if tag == "article" and parent == "body" and not self._articles:
            self._articles += 1
            self._content(node, 0)
        elif tag in {"html", "head", "body"} and not node.attributes:
            for child in children_of(node):
                self._node(child, tag, 0)
        else:
            self._keep("HTML that leaves its place", "close every element where it began", "</")

    def _placed(self, node: LexborNode, tag: str, parent: str, depth: int) -> None:
        attributes = attributes_of(node)
        own = signature(tag, attributes)
        place = self._place_of(parent, own, attributes)
        if place is None:
            what = f"the HTML element “{short(as_written(tag, attributes))}” in “{parent or 'the page'}”"
            self._keep(what, "take it out, or close every element where it began", f"<{tag}")
            return
        self._identify(attributes)
        if own == allowed.ARTICLE:
            self._articles += 1
            self._content(node, depth + 1)
            return
        for child in children_of(node):
            self._node(child, own, depth + 1, place.words)

    def _place_of(self, parent: str, own: str, attributes: Attributes) -> AllowedPlace | None:
        rest = {name: value for name, value in attributes.items() if name != "class"}
        for place in self._places.get((parent, own), ()):
            if rest.keys() == place.attributes.keys() and all(
                self._says(form, rest[name]) for name, form in place.attributes.items()
            ):
                return place
        return None

    def _says(self, form: str, value: str) -> bool:
        """Return whether a value matches the one in a line of the list."""
        if not form.startswith("@"):
            return value == form
        name = form[1:]
        if name == "page":
            return leads_well(value, here=False)
        if name == "refresh":
            to = REFRESH.fullmatch(value)
            return to is not None and leads_well(to[1], here=True)
        if name == "policy":
            return value == (http_headers.DISK_POLICY if self._disk else http_headers.PAGE_POLICY)
        if name in allowed.FILES:
            value = self._file(value)
        return allowed.FORMS[name].fullmatch(value) is not None

    def _file(self, address: str) -> str:
        """Return the file of the site that an address names; return an address outside the site unchanged."""
        if not leads_well(address, here=True) or address.strip() != address:
            return address
        if address.startswith(self._base):
            return address.removeprefix(self._base)
        return normpath(join(self._folder, address))

    # --- the page's own part ---

    def _content(self, node: LexborNode, depth: int, drawing: bool = False, inner: bool = False) -> None:
        for child in children_of(node):
            tag = child.tag or ""
            if tag == "-text":
                continue
            if not tag or tag[0] == "-":
                self._other(child)
                continue
            if depth > MAX_DEPTH:
                self._keep(f"elements more than {MAX_DEPTH} deep in one another", "take some of them out", f"<{tag}")
                return
            attributes = attributes_of(child)
            if self._is_of_theme(child, tag, attributes, depth):
                continue
            self._identify(attributes, inner)
            if self._prose and _is_heading(node.tag) and not _may_be_in_heading(tag, attributes):
                self._keep(f"“<{tag}>” in a heading", "keep only words in it, and put the rest below", f"<{tag}")
            faults, plain = judged(tag, tuple(attributes.items()), drawing, self._prose)
            for fault in faults:
                self._found[fault] = None
            if not (plain or faults or inner or self._may_draw(tag, attributes)):
                what = f"“{short(as_written(tag, attributes))}”, which no macro on the page gives"
                self._keep(what, "leave it to the macros", f"<{tag}")
            if faults and tag not in (allowed.DRAWN.keys() | allowed.PROSE.keys() | allowed.PLAIN.keys()):
                continue  # one fault is enough, and those inside it would be of another kind
            if tag == "template":
                self._template(child, attributes, depth)
            else:
                self._content(child, depth + 1, drawing or tag == "svg", inner)

    def _is_of_theme(self, node: LexborNode, tag: str, attributes: Attributes, depth: int) -> bool:
        """Judge an element that the theme puts into the article; return False for any other."""
        if self._prose or tag not in {"section", "span"} or parent_of(node) != allowed.ARTICLE:
            return False
        if self._place_of(allowed.ARTICLE, signature(tag, attributes), attributes) is None:
            return False
        self._placed(node, tag, allowed.ARTICLE, depth)
        return True

    def _template(self, node: LexborNode, attributes: Attributes, depth: int) -> None:
        """Judge the content of a template: the parser keeps it apart, as browsers do."""
        html = node.html or ""
        begin = f'<template data-model="{attributes.get("data-model", "")}">'
        if not (html.startswith(begin) and html.endswith("</template>")):
            self._keep("a template", "leave it to the macros", "<template")
            return
        body = _tree(f"<!doctype html><body>{html.removeprefix(begin).removesuffix('</template>')}").body
        if body is not None:
            self._content(body, depth + 1, inner=True)

    def _identify(self, attributes: Attributes, inner: bool = False) -> None:
        name = attributes.get("id")
        if name is None or inner:
            return
        if name in self._ids:
            self._keep(f"the id “{short(name)}” a second time", "give it to one thing on the page", name)
        self._ids.add(name)

    def _other(self, node: LexborNode) -> None:
        """Report nodes that are neither elements nor text."""
        written = node.html or ""
        kind = "a hidden comment" if written.startswith("<!--") else "a declaration"
        self._keep(kind, "delete it, or say it in the pull request", written[:20])

    def _may_draw(self, tag: str, attributes: Attributes) -> bool:
        return self._prose or self._drawn is None or key_of(tag, attributes) in self._drawn_keys

    @cached_property
    def _drawn_keys(self) -> frozenset[object]:
        body = _tree("<!doctype html><body>" + "\n".join(self._drawn or ())).body
        nodes = body.traverse() if body is not None else ()
        return frozenset(key_of(node.tag or "", attributes_of(node)) for node in nodes)
