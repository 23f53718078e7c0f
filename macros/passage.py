"""A way round the Markdown parser: pages hold a mark for each block that a macro drew, and the block takes its place.

Drawn HTML needs no parsing, and most of a page is drawn. Both engines let the parser load this as an extension.
"""

from __future__ import annotations

import re
from itertools import count

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

_MARK = re.compile(r'<!-- drawn (\d+) -->(?:<a id="[^"]*"></a>)*')
_HEADING = re.compile(r"(?m)^(#{1,6} .*)$")
_ID = re.compile(r'<[a-z][^<>]* id="([^"]*)"')
_PRIORITY = 20.5  # below 21, where MkDocs looks for ids that links may lead to, and above 20, where HTML is parsed

_numbers = count(1)
_waiting: dict[str, str] = {}


def marked(drawn: str) -> str:
    """Return what a macro drew with a mark for each block of HTML; headings in Markdown stay, for the page's contents.

    A mark carries the block's ids, so that the engine's check of links finds them.
    """
    return "".join(map(_mark, _HEADING.split(drawn))) if "\n" in drawn else drawn


def _mark(piece: str) -> str:
    html = piece.strip()
    if not (html.startswith("<") and html.endswith(">")):
        return piece
    number = str(next(_numbers))
    _waiting[number] = html
    ids = "".join(f'<a id="{one}"></a>' for one in _ID.findall(html))
    return f"\n\n<!-- drawn {number} -->{ids}\n\n"


class Blocks(Preprocessor):
    """Puts each marked block where the parser keeps HTML that it leaves alone."""

    def run(self, lines: list[str]) -> list[str]:
        return [self._line(line) if "<!-- drawn " in line else line for line in lines]

    def _line(self, line: str) -> str:
        if alone := _MARK.fullmatch(line.strip()):
            return self.md.htmlStash.store(_waiting.pop(alone[1]))
        return _MARK.sub(lambda found: _waiting.pop(found[1]), line)


class PassageExtension(Extension):
    """The extension `macros.passage` of `mkdocs.yml`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the parser's name for it
        md.preprocessors.register(Blocks(md), "drawn-blocks", _PRIORITY)


def makeExtension(**_: object) -> PassageExtension:  # noqa: N802 - the parser's name for it
    """Return the extension, as the parser asks for it by the name of this module."""
    return PassageExtension()
