"""Judges the attributes of finished pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from macros.pages import allowed
from macros.pages.html_as_written import WrittenFault, short

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
_LINKED = ("https:", "http:", "mailto:")
_BLANK = re.compile(r"[\x00-\x20\x7f]")
REFRESH = re.compile(r"0; url=(.*)")
CHARSET = rb'<meta charset="utf-8">'


def leads_well(address: str, here: bool) -> bool:
    """Return whether the target of a link or an image is allowed: with `here`, only files of the site are."""
    plain = _BLANK.sub("", address).replace("\\", "/").lower()
    scheme = _SCHEME.match(plain)
    if scheme:
        return not here and scheme[0] in _LINKED and plain == address.lower()
    return not plain.startswith("//")


CALL = "cecall"
"""Stands for the output of a macro when a page is read before anything is drawn."""
CALL_LINK = f"{CALL}.md"


@cache
def _lists(prose: bool) -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """Return the elements allowed in an article, and those among them that a page's own Markdown may make."""
    plain = _joined(allowed.PROSE, allowed.PLAIN)
    return (plain if prose else _joined(plain, allowed.DRAWN)), plain


def _joined(*lists: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    names = {name for one in lists for name in one}
    return {name: frozenset().union(*(one.get(name, ()) for one in lists)) for name in names}


@cache
def judged(
    tag: str, attributes: tuple[tuple[str, str], ...], drawing: bool, prose: bool
) -> tuple[tuple[WrittenFault, ...], bool]:
    """Return the faults of an element in an article, and whether a page's own Markdown may make it."""
    may, plain = _lists(prose)
    names = allowed.SVG.get(tag) if drawing else may.get(tag)
    if names is None:
        return (
            WrittenFault(f"the HTML element “{short(tag)}”", "write it in Markdown, or leave it out", f"<{tag}"),
        ), False
    found = []
    is_plain = not drawing and tag in plain
    for name, value in attributes:
        if name == "class" and tag == "a" and value in allowed.ENGINE_CLASSES and not prose:
            continue
        is_plain = is_plain and name in plain[tag]
        if prose and CALL in value and (tag, name, value) != ("a", "href", CALL_LINK):
            found.append(WrittenFault("a macro call inside a link or a tag", "put it into the text", "{{"))
        elif name not in names:
            found.append(WrittenFault(f"“{short(name)}” in HTML", "take it out", name))
        elif name == "class":
            classes = value.split()
            is_plain = is_plain and allowed.PROSE_CLASSES.issuperset(classes)
            found += _wrong_classes(classes, prose)
        else:
            found += _wrong_value(tag, name, value)
    return tuple(found), is_plain


def _wrong_classes(classes: Iterable[str], prose: bool) -> Iterator[WrittenFault]:
    for one in classes:
        if one not in allowed.PROSE_CLASSES and (prose or not allowed.DRAWN_CLASS.fullmatch(one)):
            known = ", ".join(sorted(allowed.PROSE_CLASSES))
            yield WrittenFault(f"the class “{short(one)}”", f"take it out; pages may use {known}", one)


def _wrong_value(tag: str, name: str, value: str) -> Iterator[WrittenFault]:
    if name in {"href", "src"}:
        if not leads_well(value, here=name == "src"):
            where = "a file in docs/" if name == "src" else "a page, or to an address that begins with https://"
            what = "an image from" if tag == "img" else "a link to"
            yield WrittenFault(f"{what} “{short(value)}”", f"lead to {where}", value)
    elif not allowed.VALUES[name].fullmatch(value):
        if name == "id":
            mend = "use lower-case letters, digits and single hyphens"
            yield WrittenFault(f"the id “{short(value)}”", mend, value)
        else:
            yield WrittenFault(f"“{short(value)}” as “{name}” in HTML", "take it out", value or name)
