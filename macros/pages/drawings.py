"""Checks drawings (SVG). Opened directly, a drawing is a page: it could run scripts and send requests to other hosts.

There is an allow-list of elements, of attributes and of the form of their values. The parser fetches nothing, expands
no entities and stops at excessive depth. Anything not listed is refused, whatever a browser would make of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

MAX_BYTES = 256 * 1024
SVG, XLINK, XML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"

ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        "svg g defs title desc path rect circle ellipse line polyline polygon text tspan linearGradient radialGradient "
        "stop clipPath mask",
    )
)
_WITHIN = frozenset({"clipPath", "mask"})
"""Elements that may not be nested: a few of them inside one another could be drawn endlessly."""

_NUMBERS = r"[\d\s.,%+\-eE]*(?:px|em|rem|pt|mm|cm)?"
_WORD = r"[A-Za-z][A-Za-z0-9-]*"
_ID = r"[A-Za-z_][\w.-]*"
_OWN = rf"url\(#{_ID}\)"
_PAINT = rf"{_WORD}|#[0-9A-Fa-f]{{3,8}}|(?:rgb|rgba|hsl|hsla)\([\d\s.,%/]+\)|{_OWN}"
_PLAIN = r"[^<>&\\]*"
_MOVES = r"(?:(?:matrix|translate|scale|rotate|skewX|skewY)\([\d\s.,+\-eE]*\)[\s,]*)*"


def _shapes(names: str, shape: str) -> dict[str, re.Pattern[str]]:
    return dict.fromkeys(names.split(), re.compile(shape))


ATTRIBUTES: dict[str, re.Pattern[str]] = {
    **_shapes("id", _ID),
    **_shapes("width height x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy rotate points viewBox pathLength", _NUMBERS),
    **_shapes("opacity fill-opacity stroke-opacity stop-opacity stroke-width stroke-miterlimit offset", _NUMBERS),
    **_shapes("stroke-dasharray stroke-dashoffset font-size letter-spacing word-spacing textLength", _NUMBERS),
    **_shapes("d", r"[MmZzLlHhVvCcSsQqTtAa\d\s.,+\-eE]*"),
    **_shapes("fill stroke stop-color color", _PAINT),
    **_shapes("clip-path mask", rf"none|{_OWN}"),
    **_shapes("transform gradientTransform", _MOVES),
    **_shapes("fill-rule clip-rule stroke-linecap stroke-linejoin text-anchor dominant-baseline display", _WORD),
    **_shapes("visibility font-style font-variant gradientUnits spreadMethod clipPathUnits maskUnits", _WORD),
    **_shapes("maskContentUnits lengthAdjust shape-rendering text-rendering vector-effect paint-order", _WORD),
    **_shapes("font-weight", rf"{_WORD}|\d{{3}}"),
    **_shapes("font-family", r"[\w\s,'-]+"),
    **_shapes("preserveAspectRatio", r"[A-Za-z]+(?: [A-Za-z]+)?"),
    **_shapes("version baseProfile", r"[\w.]+"),
    **_shapes("role focusable aria-hidden aria-labelledby aria-describedby", r"[\w\s-]+"),
    **_shapes("aria-label", _PLAIN),
    **_shapes("href", rf"#{_ID}"),
    **_shapes(f"{{{XLINK}}}href", rf"#{_ID}"),
    **_shapes(f"{{{XML}}}space {{{XML}}}lang", r"[\w-]+"),
}
"""The full pattern of each attribute's value. None allows an outside address, and none is a style or an event."""
_DECLARATION = re.compile(r"\A\s*<\?xml\s[^<>?]*\?>")
_ENCODING = re.compile(r"encoding\s*=\s*[\"']([^\"']*)")


class DrawingFault(NamedTuple):
    """A fault in a drawing: its line, what was found, and how to mend it."""

    line: int
    found: str
    mend: str


def check(path: Path) -> Iterator[DrawingFault]:
    """Yield the faults of a drawing. Raises OSError."""
    if path.stat().st_size > MAX_BYTES:
        yield DrawingFault(1, f"a drawing of {path.stat().st_size:,} bytes", f"make it smaller than {MAX_BYTES:,}")
        return
    try:
        text = path.read_bytes().decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        yield DrawingFault(1, "a drawing that is not UTF-8", "save it again as a plain drawing, in UTF-8")
        return
    yield from faults(text)


def faults(text: str) -> Iterator[DrawingFault]:
    """Yield the faults in the text of a drawing."""
    declared = _DECLARATION.match(text)
    encoding = _ENCODING.search(declared[0]) if declared else None
    if encoding and encoding[1].lower() not in {"utf-8", "us-ascii"}:
        yield DrawingFault(1, f"a drawing in “{encoding[1][:20]}”", "save it again as a plain drawing, in UTF-8")
        return
    bare = text[declared.end() :] if declared else text
    above = text.count("\n", 0, declared.end()) if declared else 0
    if found := re.search(
        r"<!(?!--)", re.sub(r"<!--.*?-->", lambda one: re.sub(r"[^\n]", " ", one[0]), bare, flags=re.S)
    ):
        yield DrawingFault(above + bare.count("\n", 0, found.start()) + 1, "a declaration in a drawing", "delete it")
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(bare.lstrip().encode(), parser)
    except etree.XMLSyntaxError as error:
        yield DrawingFault(
            max(error.lineno or 1, 1), "a drawing that cannot be read", "save it again as a plain drawing"
        )
        return
    above += bare[: len(bare) - len(bare.lstrip())].count("\n")
    if root.tag != f"{{{SVG}}}svg":
        mend = f'begin it with <svg xmlns="{SVG}">'
        yield DrawingFault(1, "a file that is no drawing", mend)
        return
    for node in root.getroottree().iter():
        for one in _of_node(node):
            yield one._replace(line=one.line + above)
    for beside in (*root.itersiblings(preceding=True), *root.itersiblings()):
        for one in _of_node(beside):
            yield one._replace(line=one.line + above)


def _of_node(node: etree._Element) -> Iterator[DrawingFault]:
    line = node.sourceline or 1
    if isinstance(node, etree._Comment):
        return
    if not isinstance(node.tag, str):  # a processing instruction, or an entity
        yield DrawingFault(line, "an instruction or an entity in a drawing", "delete it")
        return
    namespace, _, name = node.tag[1:].rpartition("}") if node.tag.startswith("{") else ("", "", node.tag)
    if namespace != SVG or name not in ELEMENTS:
        yield DrawingFault(line, f"the element “{name[:40]}” in a drawing", _mend_element(name))
        return
    for key, value in node.attrib.items():
        yield from _of_attribute(node, line, str(key), str(value))


def _of_attribute(node: etree._Element, line: int, key: str, value: str) -> Iterator[DrawingFault]:
    shape = ATTRIBUTES.get(key)
    bare = key.rpartition("}")[2]
    if shape is None:
        mend = 'write what it says as attributes, such as fill="#12363f"' if bare in {"style", "class"} else "delete it"
        yield DrawingFault(line, f"“{bare[:40]}” in a drawing", mend)
    elif not shape.fullmatch(value.strip()):
        what = "a part of the drawing itself, such as #name" if bare == "href" else "a plain value"
        yield DrawingFault(line, f"{bare}=“{value[:40]}” in a drawing", f"write {what}")
    elif "url(" in value and any(etree.QName(one).localname in _WITHIN for one in node.iterancestors()):
        yield DrawingFault(line, f"{bare}=“{value[:40]}” within a clipPath or a mask", "draw it without")


def _mend_element(name: str) -> str:
    if name.lower() == "style":
        return 'write what it says as attributes, such as fill="#12363f"'
    return "delete it, or save it again as a plain drawing: shapes, text and colours"
