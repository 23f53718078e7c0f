"""HTML as it is written: every program that reads it must build the same tree from it, as nothing in it needs mending.

Browsers and parsers mend HTML whose elements do not end where they should, and not all of them in the same way. So no
page may need it. Its tags must be those, in that order, which its tree has when a parser writes it out again: nothing
was closed, moved, added or left out. Then every reading, even the plainest, gives that tree.
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
"""Elements without an end."""
_ENDED = frozenset(["path", "rect"])
"""What may end itself, “<path/>”: shapes in drawings. In HTML, browsers take “<p/>” for “<p>”."""
_VOID_ENDS = frozenset(f"/{name}" for name in VOID)
_RAW = frozenset(["iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "xmp"])

_DOCTYPE = re.compile(r"\A[ \t\n]*<!doctype html>", re.IGNORECASE)
_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+)"""
_ATTRIBUTE = rf"[a-zA-Z_][-a-zA-Z0-9_:.]*(?:={_VALUE})?"
_TAG = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[ \t\n]+{_ATTRIBUTE})*)[ \t\n]*(/?)>")
"""A tag in the one form that leaves no question. What begins like a tag and has another form is refused."""
_NAME = re.compile(rf"([a-zA-Z_][-a-zA-Z0-9_:.]*)(?:={_VALUE})?")
_OTHERS = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*>?|<[^\s<>]*", re.DOTALL)
_SCRIPT = re.compile(r"<script[^>]*>[^<]*</script>")
_REFERENCE = re.compile(r"&(#?[a-zA-Z0-9]+)(;?)")
_UNREAD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


_Step = tuple[str, ...]
"""What begins, with the names of its attributes, or what ends: `("a", "href")`, `("/a", "")`."""


class WrittenFault(NamedTuple):
    """Something that may not be there: what it is, how to mend it, and a word near it in the source."""

    found: str
    mend: str
    needle: str


def short(text: str) -> str:
    text = " ".join(text.split())
    return f"{text[:40]}…" if len(text) > 40 else text


def faults(html: str, built: str) -> Iterator[WrittenFault]:
    """Yield where a whole page, as it is written, is not the tree that was `built` of it and is written out again."""
    html = _DOCTYPE.sub("", html)
    yield from _references(html)
    pieces = _TAG.split(html)  # words, and the four parts of a tag, in turns
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
    """Yield the first character that parsers leave out, replace or complain of."""
    if found := _UNREAD.search(html):
        what = f"a character that browsers leave out (U+{ord(found[0]):04X})"
        yield WrittenFault(what, "delete it and type the words around it again", found[0])


def _odd(ends: Sequence[str], names: Sequence[str]) -> Iterator[WrittenFault]:
    """Yield ends of what has none, and tags in what browsers read as mere words: where that ends is a long story."""
    tags = [f"{end}{name.lower()}" for end, name in zip(ends, names, strict=True)]
    for tag in _VOID_ENDS.intersection(tags):
        yield WrittenFault(f"the end of an element “{tag[1:]}”, which has none", "take it out", f"<{tag}")
    for tag, after in pairwise([*tags, ""]):
        if tag in _RAW and after != f"/{tag}":
            yield WrittenFault(f"a tag inside “<{tag}>”", "take it out", f"<{tag}")


def _other(one: str) -> WrittenFault:
    """Return what begins like a tag and is none."""
    if one.startswith("<!--"):
        return WrittenFault("a hidden comment", "delete it, or say it in the pull request", one[:20])
    if one.startswith("<!"):
        return WrittenFault(f"the declaration “{short(one[2:].rstrip('>'))}”", "delete it", "<!")
    if one.startswith("<?"):
        return WrittenFault(f"the instruction “{short(one[2:].rstrip('>'))}”", "delete it", "<?")
    return WrittenFault("HTML that is not closed", "close it, or write it in Markdown", one)


def _references(html: str) -> Iterator[WrittenFault]:
    """Yield the signs written by name or number that programs read in different ways."""
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
    """Return what a tag begins and ends: each as its name, with those of its attributes."""
    name = name.lower()
    if end:
        return ((f"/{name}", attributes),)
    begins = (name, *(one.lower() for one in _NAME.findall(attributes)))
    return (begins, (f"/{name}", "")) if is_empty and name in _ENDED else (begins,)


def _nested(steps: Iterable[_Step]) -> list[WrittenFault]:
    """Return which elements do not end, and which ends did not begin."""
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
    """Return the first tag that a parser took to another place, left out or added."""
    name = next((one[0] for one, other in zip([*steps, ("",)], [*others, ("",)], strict=False) if one != other), "")
    what = f"“<{name}>” where browsers do not take it" if name else "HTML that is not closed"
    return WrittenFault(what, "take it out, or write it in Markdown", f"<{name}")
