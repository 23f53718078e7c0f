"""HTML that every program must read as the same tree, because nothing in it needs mending.

Browsers and parsers mend HTML whose elements do not end where they should, and not all of them in the same way. So no
page may need it. Its tags must be the same, in the same order, as those that a parser writes out from its tree: nothing
was closed, moved, added or left out. Then every reading, even the simplest, gives that tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html.entities import html5
from itertools import chain, pairwise, starmap
from typing import NamedTuple

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
"""Elements without an end tag."""
_ENDED = frozenset(["path", "rect"])
"""Elements that may close themselves, “<path/>”: shapes in drawings. In HTML, browsers read “<p/>” as “<p>”."""
_VOID_ENDS = frozenset(f"/{name}" for name in VOID)
_RAW = frozenset(["iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "xmp"])

_DOCTYPE = re.compile(r"\A[ \t\n]*<!doctype html>", re.IGNORECASE)
_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+)"""
_ATTRIBUTE = rf"[a-zA-Z_][-a-zA-Z0-9_:.]*(?:={_VALUE})?"
_TAG = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[ \t\n]+{_ATTRIBUTE})*)[ \t\n]*(/?)>")
"""A tag in the one unambiguous form. Anything that begins like a tag and has another form is refused."""
_NAME = re.compile(rf"([a-zA-Z_][-a-zA-Z0-9_:.]*)(?:={_VALUE})?")
_OTHERS = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*>?|<[^\s<>]*", re.DOTALL)
_SCRIPT = re.compile(r"<script[^>]*>[^<]*</script>")
_REFERENCE = re.compile(r"&(#?[a-zA-Z0-9]+)(;?)")
_UNREAD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


_Step = tuple[str, ...]
"""A start tag with the names of its attributes, or an end tag: `("a", "href")`, `("/a", "")`."""


class WrittenFault(NamedTuple):
    """A fault in HTML: what it is, how to mend it, and a word near it in the source."""

    found: str
    mend: str
    needle: str


def short(text: str) -> str:
    text = " ".join(text.split())
    return f"{text[:40]}…" if len(text) > 40 else text


def faults(html: str, built: str) -> Iterator[WrittenFault]:
    """Yield the differences between the source of a page and the tree `built` from it, written out again."""
    html = _DOCTYPE.sub("", html)
    yield from _references(html)
    pieces = _TAG.split(html)  # text, and the four parts of a tag, in turn
    if "<" in (rest := "".join(pieces[::5])):
        yield from dict.fromkeys(map(_other, _OTHERS.findall(rest)))
        return
    ends, names, attributes, empties = (pieces[part::5] for part in range(1, 5))
    yield from _odd(ends, names)
    ours = [*map(_shape, ends, names, attributes, empties)]
    theirs = [*starmap(_shape, _TAG.findall(built))]
    if ours != theirs and (steps := [*chain(*ours)]) != (others := [*chain(*theirs)]):
        yield from _nested(steps) or [_misplaced(steps, others)]


def unread(html: str) -> Iterator[WrittenFault]:
    """Yield the first character that parsers drop, replace or complain about."""
    if found := _UNREAD.search(html):
        what = f"a character that browsers leave out (U+{ord(found[0]):04X})"
        yield WrittenFault(what, "delete it and type the words around it again", found[0])


def _odd(ends: Sequence[str], names: Sequence[str]) -> Iterator[WrittenFault]:
    """Yield end tags that may not be, and tags in what browsers read as plain text, whose end is hard to determine."""
    tags = [f"{end}{name.lower()}" for end, name in zip(ends, names, strict=True)]
    for tag in _VOID_ENDS.intersection(tags):
        yield WrittenFault(f"the end of an element “{tag[1:]}”, which has none", "take it out", f"<{tag}")
    for tag, after in pairwise([*tags, ""]):
        if tag in _RAW and after != f"/{tag}":
            yield WrittenFault(f"a tag inside “<{tag}>”", "take it out", f"<{tag}")


def _other(one: str) -> WrittenFault:
    """Return the fault of something that begins like a tag and is not one."""
    if one.startswith("<!--"):
        return WrittenFault("a hidden comment", "delete it, or say it in the pull request", one[:20])
    if one.startswith("<!"):
        return WrittenFault(f"the declaration “{short(one[2:].rstrip('>'))}”", "delete it", "<!")
    if one.startswith("<?"):
        return WrittenFault(f"the instruction “{short(one[2:].rstrip('>'))}”", "delete it", "<?")
    return WrittenFault("HTML that is not closed", "close it, or write it in Markdown", one)


def _references(html: str) -> Iterator[WrittenFault]:
    """Yield the character references that programs read in different ways."""
    for name, end in dict.fromkeys(_REFERENCE.findall(_SCRIPT.sub("", html))):
        if not end or not _is_sign(name):
            yield WrittenFault(
                f"“&{short(name + end)}”, which is no sign", "write the sign itself, or “&amp;”", f"&{name}"
            )


def _is_sign(name: str) -> bool:
    if name[0] != "#":
        return f"{name};" in html5
    try:
        sign = chr(int(name[2:], 16) if name[1] in "xX" else int(name[1:]))
    except (ValueError, OverflowError, IndexError):
        return False
    return not _UNREAD.match(sign)


@lru_cache(maxsize=4096)
def _shape(end: str, name: str, attributes: str, is_empty: str) -> tuple[_Step, ...]:
    """Return the start and end tags in a text, each as its name and those of its attributes."""
    name = name.lower()
    if end:
        return ((f"/{name}", attributes),)
    begins = (name, *(one.lower() for one in _NAME.findall(attributes)))
    return (begins, (f"/{name}", "")) if is_empty and name in _ENDED else (begins,)


def _nested(steps: Iterable[_Step]) -> list[WrittenFault]:
    """Return the faults of elements without an end, and of ends without a beginning."""
    found: list[WrittenFault] = []
    left: list[str] = []
    for name, *_ in steps:
        if name in VOID:
            continue
        if name[0] != "/":
            left.append(name)
        elif name[1:] in left:
            while (one := left.pop()) != name[1:]:
                found.append(_unclosed(one))
        else:
            what = f"the end of an element “{short(name[1:])}” that did not begin"
            found.append(WrittenFault(what, "take it out", f"<{name}"))
    return [*dict.fromkeys([*found, *map(_unclosed, left)])]


def _unclosed(name: str) -> WrittenFault:
    what = f"an element “{short(name)}” that does not end"
    return WrittenFault(what, f"put </{short(name)}> where it ends", f"<{name}")


def _misplaced(steps: Iterable[_Step], others: Iterable[_Step]) -> WrittenFault:
    """Return the fault of the first tag that a parser moved, left out or added."""
    name = next((one[0] for one, other in zip([*steps, ("",)], [*others, ("",)], strict=False) if one != other), "")
    what = f"“<{name}>” where browsers do not take it" if name else "HTML that is not closed"
    return WrittenFault(what, "take it out, or write it in Markdown", f"<{name}")
