"""The text of any file: how its bytes are decoded, and which characters no text of the guide may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from macros.model.text import hidden

BOM = "\ufeff"
UTF_8, UTF_16, WINDOWS = "UTF-8", "UTF-16", "Windows-1252"
_CODECS = {UTF_8: "utf-8", UTF_16: "utf-16", WINDOWS: "cp1252"}


class FileSlip(NamedTuple):
    """A fault in a text: its place, counted from 1, what was found and how to mend it."""

    line: int
    column: int
    found: str
    expected: str
    mend: str


# --- bytes --------------------------------------------------------------------------------------------------------

# The characters that people write here, as far as Windows-1252 has them. Bytes that give any other are in another
# encoding, which cannot be known.
_PRINTED = re.compile(r"[\t\r\n -~\xa0£§©°²·½×ÉàáâäçèéêëíîïñóôöúûüŒœ€–—‘’“”…•]*")


def encoding_of(raw: bytes) -> str | None:
    """Return the encoding that a text was saved in, if it can be told for certain; None otherwise."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return UTF_16 if _reads(raw, UTF_16) else None
    if _reads(raw, UTF_8):
        return UTF_8
    if not _reads(raw, WINDOWS):
        return None
    text = raw.decode(_CODECS[WINDOWS])
    mixed = any(map(_misread, text.splitlines()))  # mostly UTF-8, but not all of it
    return None if mixed or not _PRINTED.fullmatch(text) else WINDOWS


def _reads(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(_CODECS[encoding])
    except UnicodeDecodeError:
        return False
    return True


def decoded(raw: bytes) -> str | None:
    """Return a text decoded from any of these encodings, with its byte order mark if it has one; None if none fits."""
    encoding = encoding_of(raw)
    if encoding is None:
        return None
    return raw.decode(_CODECS[encoding])


def not_utf_8(raw: bytes, *, is_table: bool = False, is_data: bool = False) -> FileSlip | None:
    """Return the fault in the bytes of a text that should be UTF-8; None if they are.

    A table comes from a spreadsheet program, so the message uses that program's words. Data can be mended by the
    program.
    """
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
    else:
        return None
    encoding = encoding_of(raw)
    choose = "choose “CSV UTF-8” when you save it, or “Unicode (UTF-8)” in LibreOffice" if is_table else ""
    mend = choose or "save the file again and choose UTF-8"
    if encoding is None:
        return FileSlip(line, column, "a character that is not UTF-8", "text saved as UTF-8", mend)
    called = " (Excel calls it “Unicode Text”)" if is_table and encoding == UTF_16 else ""
    found = f"a character that is not UTF-8: the file was saved in {encoding}{called}"
    fix = "; “guide check --fix” converts it too" if is_data else ""
    return FileSlip(line, column, found, "text saved as UTF-8", mend + fix)


# --- words --------------------------------------------------------------------------------------------------------

_MERGE = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?\r?$", re.MULTILINE)
_TWO_VERSIONS = "two versions of the same lines, with marks of git around them"
_LOST = re.compile(r"(?<=[^\W\d_])\?(?=s\b)")  # an apostrophe that an encoding lacks
_TYPE_AGAIN = "type again what stood there, or take the file back from git; then save it as UTF-8"
_ASCII = {*map(chr, range(128))}
_WORD = re.compile(r"\S+")
_SPACES = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_MARK = re.compile(rf"^[ \t>]*(?:- )?(?P<mark>[-*+>]|\d{{1,3}}[.)]|\#{{1,6}})(?P<hard>[{_SPACES}]+)(?=\S)")
_PUSHED = re.compile(rf"^[ \t]*(?P<hard>[{_SPACES}]+)[ \t]*(?:[-*+]|\d{{1,3}}[.)]|\#{{1,6}})[ \t{_SPACES}]")
_BULLET = re.compile(rf"(?:^|[>,:\"'-])[ \t{_SPACES}]*(?P<bullet>[•◦▪▫‣⁃∙●○■□➢➤])")
_SIGNS = "£§°²½×àâçèéêëîïôöûü–—‘’“”…"
_USUAL = re.compile(rf"[\t\r -~{_SIGNS}©®]*")
"""A line in which no sign is one that a wrong encoding makes: such lines need no slow look."""
_CONSOLE = {sign.encode().decode(page): sign for page in ("cp437", "cp850") for sign in _SIGNS}
"""The usual signs by what the command line of Windows makes of them, which ftfy does not always notice."""
_IN_CONSOLE = re.compile("|".join(map(re.escape, _CONSOLE)))


def slips(text: str, is_page: bool = False) -> Iterator[FileSlip]:
    """Yield the faults that no file of the guide may have, the first of each kind in each line.

    Merge markers are reported alone, as what is between them is there twice.
    """
    if found := _MERGE.search(text):
        mend = "keep the right lines, and delete the others and the lines with <<<<<<<, ======= and >>>>>>>"
        yield FileSlip(text.count("\n", 0, found.start()) + 1, 1, _TWO_VERSIONS, "one version", mend)
        return
    for spot in hidden(text):
        mend = "delete it and type the words around it again"
        yield FileSlip(spot.line, spot.column, spot.what, "characters that can be seen", mend)
    if text.isascii() and "?" not in text:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if not line.isascii() or "?" in line:
            yield from (slip._replace(line=number) for slip in _in_line(line.removesuffix("\r"), is_page))


def has_two_versions(text: str) -> bool:
    """Return whether git could not merge two versions of a text, and left both in it with its markers."""
    return _MERGE.search(text) is not None


def _in_line(line: str, is_page: bool) -> Iterator[FileSlip]:
    if "\ufffd" in line:
        found = "“�” (U+FFFD), which stands where a character was lost"
        yield FileSlip(0, line.index("\ufffd") + 1, found, "the character itself", _TYPE_AGAIN)
    elif slip := _misread(line):
        yield slip
    if "?" in line and (lost := _LOST.search(_WORD.sub(_without_address, line))):
        found, mend = "“?” inside a word, as where an apostrophe was lost", "write “’”, and save the file as UTF-8"
        yield FileSlip(0, lost.start() + 1, found, "the character itself", mend)
    hard = _MARK.match(line) or (_PUSHED.match(line) if is_page else None)
    if hard:
        found = "a space of another kind, as web pages and word processors have"
        mend = "delete it and press the space bar: as it is, no list and no heading is made of the line"
        yield FileSlip(0, hard.start("hard") + 1, found, "a plain space", mend)
    if bullet := _BULLET.search(line):
        mend = "begin each item on a line of its own, with “- ” in the place of the sign"
        yield FileSlip(0, bullet.start("bullet") + 1, f"“{bullet['bullet']}” at the beginning of words", "a list", mend)


def _without_address(word: re.Match[str]) -> str:
    """Return a word, or as many spaces if it is an address, in which a question mark is not a lost apostrophe."""
    return " " * len(word[0]) if "/" in word[0] or "=" in word[0] else word[0]


def _misread(line: str) -> FileSlip | None:
    """Return the fault of a line that was read in the wrong encoding and saved like that, with the meant text."""
    if _USUAL.fullmatch(line):
        return None
    if signs := _IN_CONSOLE.search(line):
        return _misread_as(signs[0], _CONSOLE[signs[0]], signs.start() + 1)
    import ftfy  # slow, and hardly any line needs it

    meant = ftfy.fix_encoding(line)
    if meant == line:
        return None
    first = next((at for at, (is_now, was) in enumerate(zip(line, meant, strict=False)) if is_now != was), len(meant))
    start = len(line[:first].rstrip("".join({*line} - _ASCII)))
    end = next((at for at in range(first, len(line)) if line[at] in _ASCII), len(line))
    wrong = line[start:end]
    right = ftfy.fix_encoding(wrong)
    if right == wrong:  # a plain space can be part of it
        right = meant[start : len(meant) - len(line) + end] or meant
    if "\ufffd" in right:
        found = f"“{wrong}”, which stands where a character was lost"
        return FileSlip(0, start + 1, found, "the character itself", _TYPE_AGAIN)
    return _misread_as(wrong, right, start + 1)


def _misread_as(wrong: str, right: str, column: int) -> FileSlip:
    found = f"“{wrong}”, which is {_quoted(right)} read in the wrong encoding"
    mend = f"write {_quoted(right)}, and save the file as UTF-8; look for others like it"
    return FileSlip(0, column, found, "the character itself", mend)


def _quoted(text: str) -> str:
    """Return words in quotation marks, but a quotation mark as it is."""
    return text if text in "“”" else f"“{text}”"
