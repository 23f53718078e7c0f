"""Ways to break a file of the guide, drawn by hypothesis: each turns what the file says into what somebody sent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[object]], object]
Break = Callable[[Draw, str], bytes]

SURPRISES = (
    "no yes on off y n True FALSE null ~ NULL 1e3 1E400 -1e-3 .5 5. .nan .NaN .inf -.inf 012 0o17 0x1f 0b1 1_000 "
    "+5 -0 -1 00 2009-04 2009-04-01 2009-04-01T12:00:00Z 07:30 190:20:30 2009-4-1 01/04/2009 2009/10 2008/10 0000 9999 "
    "99999-01 2009-13 2009-02-30 1799 2200 £2,500,000 2.5m 2500000.00 -2500000 10000000001 999999999999999999999 "
    "٢٠٠٩ २००९ ２００９ Ⅻ ½ <<: = !! ! & * ? | > % @ ` [] {} [[]] {a} [a, - -- --- ... # ' \" , : :: \\"
).split()
TAGS = tuple(
    f"{tag} x"
    for tag in (
        "!!python/object/apply:os.system",
        "!!python/name:os.system",
        "!!python/module:os",
        "!!python/object/new:type",
        "!ENV",
        "!!int",
        "!!float",
        "!!bool",
        "!!null",
        "!!binary",
        "!!timestamp",
        "!!set",
        "!!omap",
        "!!merge",
        "!",
        "!<tag:yaml.org,2002:int>",
        "!include",
    )
)
LOOK_ALIKES = dict(zip("aeopcxyABEHIKMOPT", "аеорсхуАВЕНІКМОРТ", strict=True)) | {
    "i": "ı\u0307",
    "l": "ӏ",
    "n": "ո",
    "s": "ѕ",
    "u": "υ",
    "v": "ν",
    "w": "ԝ",
    "S": "Ｓ",
    "L": "𝐋",
}
UNSEEN = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2066\u2067\u2068\u2069\ufeff\u00ad"
    "\u034f\u061c\u115f\u180e\u3164\uffa0\ufe0f\u2028\u2029\x85\x0b\x0c\x1b\x7f\x00\x07\x08\ue000\ufffe\ufdd0"
    "\U000e0041\U000e0100\U0001d173\U0010ffff"
)
SIGNS = "\"'`:;,.-?!&*#%@|>[]{}<=~\\/^$()_+ \t\n\r"


def _place(draw: Draw, text: str) -> int:
    return int(draw(st.integers(0, len(text))))  # type: ignore[call-overload]


def _line(draw: Draw, lines: list[str]) -> int:
    return int(draw(st.integers(0, max(0, len(lines) - 1))))  # type: ignore[call-overload]


def _one(draw: Draw, many: object) -> str:
    return str(draw(st.sampled_from(tuple(many))))  # type: ignore[arg-type]


def _with_value(draw: Draw, text: str, value: str) -> bytes:
    """Put `value` in the place of that of one field, cell or list item."""
    places = [*re.finditer(r"(?m)^( *(?:- )?[a-z_]+: ?|- |)([^\n,]+)(?=,|$)|(?<=,)()([^\n,]*)", text)]
    if not places:
        return value.encode()
    found = places[_line(draw, list(map(str, places)))]
    group = 2 if found[2] is not None else 4
    return (text[: found.start(group)] + value + text[found.end(group) :]).encode("utf-8", "surrogatepass")


def cut(draw: Draw, text: str) -> bytes:
    return text[: _place(draw, text)].encode()


def characters_gone(draw: Draw, text: str) -> bytes:
    start = _place(draw, text)
    return (text[:start] + text[start + int(draw(st.integers(1, 40))) :]).encode()  # type: ignore[call-overload]


def signs_put_in(draw: Draw, text: str) -> bytes:
    start = _place(draw, text)
    return (text[:start] + str(draw(st.text(SIGNS, min_size=1, max_size=6))) + text[start:]).encode()


def lines_moved(draw: Draw, text: str) -> bytes:
    lines = text.split("\n")
    one, other = _line(draw, lines), _line(draw, lines)
    lines.insert(other, lines.pop(one))
    return "\n".join(lines).encode()


def lines_gone(draw: Draw, text: str) -> bytes:
    lines = text.split("\n")
    one = _line(draw, lines)
    del lines[one : one + int(draw(st.integers(1, 5)))]  # type: ignore[call-overload]
    return "\n".join(lines).encode()


def lines_twice(draw: Draw, text: str) -> bytes:
    lines = text.split("\n")
    one = _line(draw, lines)
    lines[one:one] = lines[one : one + int(draw(st.integers(1, 5)))]  # type: ignore[call-overload]
    return "\n".join(lines).encode()


def moved_in_or_out(draw: Draw, text: str) -> bytes:
    lines = text.split("\n")
    one, step = _line(draw, lines), int(draw(st.sampled_from((-4, -2, -1, 1, 2, 3, 8))))  # type: ignore[call-overload]
    lines[one] = " " * step + lines[one] if step > 0 else lines[one][-step:]
    return "\n".join(lines).encode()


def tabs(draw: Draw, text: str) -> bytes:
    lines = text.split("\n")
    one = _line(draw, lines)
    lines[one] = re.sub("^ *|: | - ", lambda found: found[0].replace(" ", "\t") or "\t", lines[one])
    return "\n".join(lines).encode()


def other_encoding(draw: Draw, text: str) -> bytes:
    name = _one(draw, ("utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le", "utf-32", "utf-7", "cp037", "ascii"))
    return text.encode(name, "xmlcharrefreplace")


def bytes_changed(draw: Draw, text: str) -> bytes:
    raw = bytearray(text.encode())
    for _ in range(int(draw(st.integers(1, 4)))):  # type: ignore[call-overload]
        raw[int(draw(st.integers(0, len(raw) - 1)))] = int(draw(st.integers(0, 255)))  # type: ignore[call-overload]
    return bytes(raw)


def line_ends(draw: Draw, text: str) -> bytes:
    end = _one(draw, ("\r\n", "\r", "\n\r", "\r\r\n", "\x85", "\u2028", "\x0c\n", "\n\n"))
    if draw(st.booleans()):
        return text.replace("\n", end).encode()
    start = _place(draw, text)
    return (text[:start] + text[start:].replace("\n", end, 1)).encode()


def surprising_value(draw: Draw, text: str) -> bytes:
    return _with_value(draw, text, _one(draw, SURPRISES))


def tagged_value(draw: Draw, text: str) -> bytes:
    return _with_value(draw, text, _one(draw, TAGS))


def shared_value(draw: Draw, text: str) -> bytes:
    anchored = _with_value(draw, text, "&a [x, y]").decode()
    return _with_value(draw, anchored, _one(draw, ("*a", "&a x", "*b", "[*a, *a]", "{<<: *a}", "&a *a", "&a &b c")))


def other_kind_of_value(draw: Draw, text: str) -> bytes:
    kinds = ("[]", "{}", "[a, b]", "{a: b}", "[[a]]", "{a: {b: c}}", "5", "-5", "5.5", "true", '""', '" "', "", "'5'")
    return _with_value(draw, text, _one(draw, kinds))


def deep_value(draw: Draw, text: str) -> bytes:
    depth = int(draw(st.integers(1, 60)))  # type: ignore[call-overload]
    opened, closed = _one(draw, ("[ ]", "{a: }", "- ", "? ", "[{a: }]")).rpartition(" ")[::2]
    return _with_value(draw, text, f"{opened} " * depth + "x" + closed * depth)


def long_value(draw: Draw, text: str) -> bytes:
    unit = _one(draw, ("a", "a ", "[", "](", "*", "**a", "_", "<", "é", "- a\\n", "\\", "![", "a\u0301", "&"))
    length = int(draw(st.sampled_from((150, 201, 3999, 4001, 60_000))))  # type: ignore[call-overload]
    return _with_value(draw, text, f'"{unit * length}"')


def unseen_characters(draw: Draw, text: str) -> bytes:
    start = _place(draw, text)
    return (text[:start] + _one(draw, UNSEEN) + text[start:]).encode("utf-8", "surrogatepass")


def unseen_characters_written_out(draw: Draw, text: str) -> bytes:
    code = ord(_one(draw, UNSEEN))
    return _with_value(draw, text, f'"a\\U{code:08x}b"')


def look_alikes(draw: Draw, text: str) -> bytes:
    letter = _one(draw, LOOK_ALIKES)
    places = [found.start() for found in re.finditer(re.escape(letter), text)] or [0]
    place = int(draw(st.sampled_from(places)))  # type: ignore[call-overload]
    return (text[:place] + LOOK_ALIKES[letter] + text[place + 1 :]).encode()


def accents_apart(draw: Draw, text: str) -> bytes:
    form = _one(draw, ("NFD", "NFKD"))
    words = _one(draw, ("Café", "Llŷn", "Ö", "ﬁnance", "Å", "e\u0301\u0301\u0302\u0303", "\u0301"))
    changed = _with_value(draw, text, words).decode()
    return unicodedata.normalize(form, changed).encode()  # type: ignore[arg-type]


def field_renamed(draw: Draw, text: str) -> bytes:
    places = [*re.finditer(r"(?m)^( *(?:- )?)([a-z_]+)(?=:)", text)] or [*re.finditer("()([a-z_]+)", text)]
    if not places:
        return text.encode()
    found = places[_line(draw, list(map(str, places)))]
    near = found[2][:-1] or "x"
    names = (
        near,
        found[2] + "s",
        found[2].title(),
        "<<",
        "null",
        "5",
        '"a b"',
        "é",
        "__class__",
        "slug",
        "source",
        "id",
    )
    return (text[: found.start(2)] + _one(draw, names) + text[found.end(2) :]).encode()


def several_documents(draw: Draw, text: str) -> bytes:
    lines = text.split("\n")
    marks = ("---", "...", "--- a", "%YAML 1.1", "%YAML 9.9", "%TAG ! tag:x,2009:", "---\n---", "...\n---\n")
    lines.insert(_line(draw, lines), _one(draw, marks))
    return "\n".join(lines).encode()


def anything(draw: Draw, text: str) -> bytes:
    """What has nothing to do with what stood there."""
    del text
    return draw(st.binary(max_size=300) | st.text(max_size=200).map(lambda one: one.encode("utf-8", "surrogatepass")))  # type: ignore[return-value]


def quotes_in_cells(draw: Draw, text: str) -> bytes:
    return _with_value(
        draw, text, _one(draw, ('"', '""', '"a', 'a"', '"a"b', '"a,b"', '"a\nb"', "'a", ";", "\t", "\\,"))
    )


BREAKS: tuple[Break, ...] = (
    cut,
    characters_gone,
    signs_put_in,
    lines_moved,
    lines_gone,
    lines_twice,
    moved_in_or_out,
    tabs,
    other_encoding,
    bytes_changed,
    line_ends,
    surprising_value,
    tagged_value,
    shared_value,
    other_kind_of_value,
    deep_value,
    long_value,
    unseen_characters,
    unseen_characters_written_out,
    look_alikes,
    accents_apart,
    field_renamed,
    several_documents,
    quotes_in_cells,
    anything,
)
