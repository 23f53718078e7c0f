"""Lets drawn pieces bypass the Markdown parser: pages hold marks for them, which are replaced by the pieces later.

Drawn HTML needs no parsing, and most of a page is drawn. It must not be parsed either: what an editor wrote in data
could have a meaning in Markdown. Both engines let the parser load this as an extension.
"""

from __future__ import annotations

import re
import secrets
from itertools import count

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

# Nobody can write a mark into a page or into data: it contains a word that differs from run to run.
_SECRET = secrets.token_hex(8)
_MARK = re.compile(rf'<!-- drawn {_SECRET} (\d+) -->(?:<a id="[^"]*"></a>)*')
_HEADING = re.compile(r"(?m)^(#{1,6} .*)$")
_HEADING_PARTS = re.compile(r"(#{1,6}) (.*?)((?: \{: #[^\s{}\"'<>]+ \})?)")
_ID = re.compile(r'<[a-z][^<>]* id="([^"]*)"')
_BEGINS_BLOCK = re.compile("<(?:blockquote|details|div|dl|figure|form|nav|ol|p|section|table|ul)[ >]")
_PRIORITY = 20.5  # below 21, where MkDocs looks for link targets, and above 20, where HTML is parsed

_numbers = count(1)
_waiting: dict[str, str] = {}


def marked(drawn: str) -> str:
    """Return a macro's output as marks. Headings stay headings in Markdown, for the page's table of contents.

    A mark carries the piece's ids, so that the engine's check of links finds them.
    """
    if "\n" not in drawn and not _BEGINS_BLOCK.match(drawn):
        return _mark(drawn)
    pieces = _HEADING.split(drawn)
    return "".join(_heading(piece) if number % 2 else _block(piece) for number, piece in enumerate(pieces))


def _heading(line: str) -> str:
    found = _HEADING_PARTS.fullmatch(line)
    return f"{found[1]} {_mark(found[2])}{found[3]}" if found else _mark(line)


def _block(piece: str) -> str:
    html = piece.strip()
    return f"\n\n{_mark(html)}\n\n" if html else piece


def _mark(html: str) -> str:
    number = str(next(_numbers))
    _waiting[number] = html
    ids = "".join(f'<a id="{one}"></a>' for one in _ID.findall(html))
    return f"<!-- drawn {_SECRET} {number} -->{ids}"


class DrawnBlocks(Preprocessor):
    """Puts each marked piece where the parser keeps HTML that it leaves alone."""

    def run(self, lines: list[str]) -> list[str]:
        return [self._line(line) if _SECRET in line else line for line in lines]

    def _line(self, line: str) -> str:
        # A line with nothing but a mark is not code, however far it is indented.
        return _MARK.sub(self._kept, line.strip() if _MARK.fullmatch(line.strip()) else line)

    def _kept(self, mark: re.Match[str]) -> str:
        html = _waiting.pop(mark[1], None)
        return mark[0] if html is None else str(self.md.htmlStash.store(html))


class PassageExtension(Extension):
    """The extension that `mkdocs.yml` calls `macros.pages.parser_bypass`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the parser's name for it
        md.preprocessors.register(DrawnBlocks(md), "drawn-pieces", _PRIORITY)


def makeExtension(**_: object) -> PassageExtension:  # noqa: N802 - the parser's name for it
    """Return the extension. The parser looks for a function of this name in the module."""
    return PassageExtension()
