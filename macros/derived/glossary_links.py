"""Links from running text to the glossary, at the first place of each term on a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from typing import NamedTuple

from macros.model import addresses
from macros.model.glossary import Term
from macros.reading.guide import Guide

# A link here would be inside another link, a name or a control, or would not be in running text.
_OUTSIDE = (
    "a|button|caption|code|datalist|dt|h[1-6]|label|legend|nav|option|pre|script|select|style|summary|svg|template|"
    "textarea|th|title"
)
_TAG = re.compile(r"(<!--.*?-->|<[^<>]*>)", re.DOTALL)
_OPENED = re.compile(rf"<({_OUTSIDE})\b", re.IGNORECASE)
_MEANING = re.compile(rf"{re.escape(addresses.GLOSSARY_PAGE.rstrip('/'))}(?:\.md|/)#([a-z0-9-]+)")
_MARKDOWN = re.compile(
    rf"""
    ^(?P<fence>```+|~~~+).*?(?:^(?P=fence)|\Z)  # a block of code
    | ^[ ]{{0,3}}\#{{1,6}}[ ].*?$               # a heading
    | ^[^\n]*\|[^\n]*\n(?=[ ]*\|?[ ]*:?-+[-|: ]*$)  # the head of a table
    | <!--.*?-->
    | <(?P<element>{_OUTSIDE})\b.*?</(?P=element)\s*>
    | <[^<>]*>                                  # a tag, or an address between angle brackets
    | `+[^`]*`+                                 # code in a line
    | !?\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])      # a link or an image
    | \{{:[^}}]*\}}                             # attributes
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE | re.IGNORECASE,
)


EVERYDAY = ""


class TermInText(NamedTuple):
    """A term in a text."""

    id: str
    words: str
    start: int


@dataclass(frozen=True, eq=False)
class Linker:
    """The terms of a Guide in the forms that texts use, longest first."""

    pattern: re.Pattern[str]
    exact: dict[str, str]
    """Forms with capitals inside, such as `JSNA`, to the ids of their terms."""
    folded: dict[str, str]
    """All other forms in lower case, to the ids of their terms; everyday words to `EVERYDAY`."""

    def find(self, text: str) -> Iterator[TermInText]:
        """Yield each term that may be linked, in the order of the text."""
        for match in self.pattern.finditer(text):
            if term := self._term(match[0]):
                yield TermInText(term, match[0], match.start())

    def link(self, html: str, link_to: Callable[[str], str], linked: set[str]) -> str:
        """Return `html` with a link to the glossary at the first place of each term in running text.

        `link_to` gives the link from the page to an address of the site. `linked` holds the terms that the page already
        links to, and is added to. Existing markup is never changed: tags are put around words only.
        """
        pieces = _TAG.split(html)
        inside, depth = "", 0
        for number, piece in enumerate(pieces):
            if number % 2:
                if not inside and (opened := _OPENED.match(piece)):
                    inside = opened[1].lower()
                    linked.update(_MEANING.findall(piece))
                if inside:
                    depth += _step(piece, inside)
                    inside = inside if depth else ""
            elif not inside and piece and not piece.isspace():
                pieces[number] = self._linked(piece, link_to, linked)
        return "".join(pieces)

    def _linked(self, text: str, link_to: Callable[[str], str], linked: set[str]) -> str:
        def replaced(match: re.Match[str]) -> str:
            term = self._term(match[0])
            if not term or term in linked:
                return match[0]
            linked.add(term)
            return f'<a class="ce-term" href="{escape(link_to(addresses.of_term(term)))}">{match[0]}</a>'

        return self.pattern.sub(replaced, text)

    def _term(self, words: str) -> str:
        words = _plain(words)
        return self.exact.get(words) or self.folded.get(words.lower(), EVERYDAY)


@cache
def _tag_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</?{name}\b", re.IGNORECASE)


def _step(tag: str, name: str) -> int:
    """Return the change that a tag makes to the nesting depth of elements called `name`."""
    if tag.endswith("/>") or not _tag_of(name).match(tag):
        return 0
    return -1 if tag[1] == "/" else 1


def linker(guide: Guide) -> Linker:
    """Return the linker of a Guide. Made once for each."""
    if guide not in _made:
        _made.clear()  # only one Guide is in use at a time
        _made[guide] = of_terms(guide.glossary)
    return _made[guide]


_made: dict[Guide, Linker] = {}


def of_terms(terms: Iterable[Term]) -> Linker:
    """Return the linker of some terms. Everyday words are included, so that no shorter term is found inside them."""
    exact: dict[str, str] = {}
    folded: dict[str, str] = {}
    for term in terms:
        words = term.id if term.link else EVERYDAY
        for name, target in ((term.term, term.id if term.expansion else words), *_longer_names(term, words)):
            if term.expansion or name[1:] != name[1:].lower():  # an acronym or a name, which may also be another word
                exact |= dict.fromkeys(_forms(name), target)
            else:
                folded |= dict.fromkeys(_forms(name.lower()), target)
        folded |= dict.fromkeys(_forms((term.expansion or "").lower()), words)
    # Whole words only: not part of a longer or hyphenated word, or of an address. Headings are passed over.
    forms = f"{_either(exact)}|(?i:{_either(folded)})"
    return Linker(re.compile(rf"(?m:^\#{{1,6}}[ ][^\n]*)|(?<![\w@.&#-])(?:{forms})(?![\w@-]|\.\w)"), exact, folded)


def _longer_names(term: Term, target: str) -> Iterator[tuple[str, str]]:
    """Yield the other names that have the term in them, such as `joint commissioning unit` for `commissioning unit`."""
    for name in term.also_called:
        if any(
            re.search(rf"\b{re.escape(words)}\b", name, re.IGNORECASE) for words in (term.term, term.expansion) if words
        ):
            yield name, target


def _forms(words: str) -> Iterator[str]:
    """Yield words in the singular and with a plural s."""
    if words:
        yield _plain(words)
        yield f"{_plain(words)}s"
        if re.search("[^aeiou]y$", words):
            yield f"{_plain(words)[:-1]}ies"


def _plain(words: str) -> str:
    return " ".join(unescape(words).replace("’", "'").split())


_Tree = dict[str, "_Tree"]
_END = ""


def _either(forms: Iterable[str]) -> str:
    """Return an expression for any of the forms, longest first, in which forms share their beginnings.

    Thanks to this, a word that begins no form costs only one step.
    """
    tree: _Tree = {}
    for form in forms:
        branch = tree
        for character in form:
            branch = branch.setdefault(character, {})
        branch[_END] = {}
    return _branches(tree) if tree else "(?!)"


def _branches(tree: _Tree) -> str:
    many = [_character(character) + _branches(below) for character, below in tree.items() if character != _END]
    if not many:
        return ""
    return f"(?:{'|'.join(many)}){'?' if _END in tree else ''}"


def _character(character: str) -> str:
    if character == " ":
        return r"\s+"
    if character == "'":
        return "(?:['’]|&#39;|&#x27;|&rsquo;)"
    return re.escape(escape(character))


# --- hand-written pages -------------------------------------------------------------------------------------------


def running_text(markdown: str) -> str:
    """Return Markdown with everything except running text blanked out, so that positions stay the same."""
    return _MARKDOWN.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), markdown)


def linked_terms(text: str) -> Iterator[tuple[int, str]]:
    """Yield the links to the glossary in HTML or Markdown: the position and the term of each."""
    for found in _MEANING.finditer(text):
        yield found.start(), found[1]
