"""What is wrong with the prose of pages and data: how it reads, terms without a link, and numbers typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment
from pydantic import BaseModel

from macros import address, wording
from macros.figures import Figure, figures
from macros.guide import Guide
from macros.model.words import TO_WRITE, Stage
from macros.pages import DOCS, Site, SourcePage
from macros.problems import Problem
from macros.read import Records, read
from macros.readability import Reading, length, reading, sentences, sentences_by_line, sentences_of_markdown
from macros.terms import linked_terms, linker, running_text
from macros.text import to_html

# From the brief: what a page may reach. What people write must stay below, as templates may add to it.
AVERAGE, LONGEST, LONGEST_WRITTEN = 20, 30, 25
GRADE, PLAIN_GRADE = 11, 9
PLAIN = ("vcs/", "trusts/", "standards/")
"""Pages that voluntary organisations come to."""


def check(guide: Guide, data: Path, docs: Path) -> tuple[str, tuple[Problem, ...]]:
    """Return how each page reads, as a table, and what is wrong with the prose of data and pages that are right."""
    prose = Prose(Site(guide, docs), read(data))
    return table(prose.readings), tuple(sorted(set(prose.problems())))


@dataclass(frozen=True)
class PageReading:
    """How one page reads."""

    page: SourcePage
    reading: Reading

    @property
    def bound(self) -> int:
        """The highest grade that the page may have."""
        return PLAIN_GRADE if self.page.url.startswith(PLAIN) else GRADE


@dataclass(frozen=True)
class Prose:
    """The prose of the whole guide."""

    site: Site
    records: Records

    @cached_property
    def readings(self) -> tuple[PageReading, ...]:
        """How each page reads, in the order of their files."""
        drawn = self.site.rendered()
        bodies = ((page, SourcePage(page.path, drawn[page.path]).body) for page in self.site.pages)
        return tuple(PageReading(page, reading(sentences_of_markdown(body))) for page, body in bodies)

    def problems(self) -> Iterator[Problem]:
        """Yield all that is wrong."""
        yield from self._left_to_write()
        yield from self._long_in_data()
        for page in self.site.pages:
            yield from self._long_on(page)
            yield from _unlinked(page, self.site)
            yield from _typed_numbers(page, self.site.guide)
        for one in self.readings:
            yield from self._beyond_bounds(one)

    def _left_to_write(self) -> Iterator[Problem]:
        """Yield what a new record was made with and nobody has written yet: it can be looked at, but not published."""
        for models in self.records.by_kind.values():
            for model in models:
                for where, text in _texts(model, model.where, ":"):
                    if TO_WRITE in text:
                        yield self.records.problem(
                            where,
                            found=f"“{TO_WRITE}”",
                            expected="what the source says",
                            mend="write it; if the source is silent, take the field out, or say so",
                        )

    # --- sentences ------------------------------------------------------------------------------------------------

    def _data(self, at_least: int = 0) -> Iterator[tuple[str, str]]:
        """Yield the sentences of texts with so many words or more, each with the address of its field."""
        for models in self.records.by_kind.values():
            for model in models:
                for where, text in _texts(model, model.where, ":"):
                    if length(text) >= at_least:
                        yield from ((sentence, where) for sentence in sentences(to_html(text)))

    @cached_property
    def _field_of(self) -> Mapping[str, str]:
        """Where in the data each sentence stands. Made only when a page is beyond its bounds."""
        return dict(self._data())

    def _long_in_data(self) -> Iterator[Problem]:
        for sentence, where in self._data(at_least=LONGEST_WRITTEN):
            if length(sentence) > LONGEST_WRITTEN:
                yield self.records.problem(where, **_too_long(sentence))

    def _long_on(self, page: SourcePage) -> Iterator[Problem]:
        for line, sentence in _written(page, self.site):
            if length(sentence) > LONGEST_WRITTEN:
                yield _at(page, _place(page.text, line, sentence), **_too_long(sentence))

    def _beyond_bounds(self, one: PageReading) -> Iterator[Problem]:
        found = one.reading
        if length(found.longest) > LONGEST and not self._is_written(found.longest, one.page):
            yield _at(one.page, (1, 1), **_too_long(found.longest, LONGEST))
        if found.average > AVERAGE:
            yield _at(
                one.page,
                (1, 1),
                found=f"{found.average:.1f} words in the average sentence; the longest is “{found.longest}”"
                f"{self._from(found.longest)}",
                expected=f"at most {AVERAGE}",
                mend="make two sentences of the long ones",
            )
        if found.grade is not None and found.grade > one.bound:
            yield _at(
                one.page,
                (1, 1),
                found=f"a reading grade of {found.grade:.1f}; the hardest sentence is “{found.hardest}”"
                f"{self._from(found.hardest)}",
                expected=f"at most {one.bound}",
                mend="use shorter sentences and shorter words",
            )

    def _is_written(self, sentence: str, page: SourcePage) -> bool:
        """Whether it stands so in the data or in the page's file, where it is told with its line."""
        return sentence in self._field_of or any(sentence == written for _, written in _written(page, self.site))

    def _from(self, sentence: str) -> str:
        if sentence not in self._field_of:
            return ""
        spot = self.records.spot(self._field_of[sentence])
        return f" ({spot.file}, line {spot.line})"


def _texts(value: object, where: str, mark: str = ".") -> Iterator[tuple[str, str]]:
    """Yield every text in a record with its address."""
    if isinstance(value, str):
        if " " in value:
            yield where, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), f"{where}{mark}{name}")
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _texts(item, f"{where}.{position}")


def _too_long(sentence: str, most: int = LONGEST_WRITTEN) -> dict[str, str]:
    return {
        "found": f"a sentence of {length(sentence)} words: “{sentence}”",
        "expected": f"at most {most}",
        "mend": "make two sentences of it",
    }


def _written(page: SourcePage, site: Site) -> Iterator[tuple[int, str]]:
    """Yield the sentences that stand in a page's file, its description first, each with its line or one above it."""
    description = page.meta.get("description")
    if isinstance(description, str):
        line = page.front[: page.front.find("description:")].count("\n") + 2
        yield from ((line, sentence) for sentence in sentences(description))
    yield from sentences_by_line(_drawn_in_lines(page, site))


def _drawn_in_lines(page: SourcePage, site: Site) -> str:
    """Return the page with its short macros drawn; those that give blocks of their own are left out."""

    def drawn(call: _Place) -> str:
        html = site.call(page.url, call.name, call.arguments)
        return html if "\n" not in html and "<p" not in html else ""

    text, end = "", 0
    for call in _places(page):
        text += page.body[end : call.start] + drawn(call)
        end = call.end
    return text + page.body[end:]


class _Place(NamedTuple):
    """Where a macro call stands in the body of a page."""

    start: int
    end: int
    name: str
    arguments: tuple[str, ...]


def _places(page: SourcePage) -> Iterator[_Place]:
    calls, position, start = iter(page.calls), 0, 0
    for _, kind, text in Environment().lex(page.body):  # noqa: S701 - reads, renders nothing
        start = position if kind == "variable_begin" else start
        position += len(text)
        if kind == "variable_end":
            call = next(calls)
            yield _Place(start, position, call.name, call.arguments)


def _without_calls(page: SourcePage) -> str:
    """Return the body with its calls blanked out, so that places stay true."""
    body = page.body
    for call in _places(page):
        body = body[: call.start] + " " * (call.end - call.start) + body[call.end :]
    return body


def _place(text: str, line: int, sentence: str) -> tuple[int, int]:
    """Return the line and column where a sentence begins, searched from `line` on by its first plain words."""
    begin = re.compile(r"\W+".join(re.escape(word) for word in re.findall(r"\w+", sentence)[:3]))
    offset = sum(len(one) + 1 for one in text.split("\n")[: line - 1])
    found = begin.search(text, offset) or re.compile("").search(text, offset)
    return _spot(text, found.start() if found else offset)


def _spot(text: str, position: int) -> tuple[int, int]:
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


def _at(page: SourcePage, spot: tuple[int, int], *, found: str, expected: str, mend: str) -> Problem:
    return Problem(f"{DOCS}/{page.path}", *spot, "", found, expected, mend)


# --- terms --------------------------------------------------------------------------------------------------------


def _unlinked(page: SourcePage, site: Site) -> Iterator[Problem]:
    """Yield each term that first stands on a page in hand-written text, without a link."""
    if page.url == address.GLOSSARY_PAGE:
        return
    names = {term.id: term.term for term in site.guide.glossary}
    text = _without_calls(page)
    bare = [(found.start, found.id, found.words) for found in linker(site.guide).find(running_text(text))]
    links = [(start, name, "") for start, name in linked_terms(text)]
    for call in _places(page):
        links += [(call.start, name, "") for _, name in linked_terms(site.call(page.url, call.name, call.arguments))]
    linked: set[str] = set()
    for start, name, words in sorted([*bare, *links]):
        if words and name not in linked:
            call_text = f'term("{name}")' if words == names[name] else f'term("{name}", "{words}")'
            yield _at(
                page,
                _spot(text, start),
                found=f"the term “{words}” without a link at its first place on the page",
                expected="a link to its meaning",
                mend=f"write {{{{ {call_text} }}}}",
            )
        linked.add(name)


# --- numbers ------------------------------------------------------------------------------------------------------

_ABOVE_TEN = (
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
)
_TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {
    **{wording.number(value): value for value in range(2, 11)},  # “one” seldom counts
    **{word: value for value, word in enumerate(_ABOVE_TEN, 11)},
    **{word: value for value, word in zip(range(30, 100, 10), _TENS, strict=True)},
}
_KINDS = {
    "trust": "trust",
    "profile": "trust",
    "recommendation": "recommendation",
    "standard": "standard",
    "practice": "practice",
    "response": "survey",
    "answer": "survey",
    "respondent": "survey",
    "organisation": "survey",
    "finding": "finding",
    "principle": "principle",
    "stage": "stage",
    "theme": "theme",
    "term": "term",
}
"""What the data count, and the word for it in the names and labels of figures."""
_NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?|{'|'.join(sorted(_VALUES, key=len, reverse=True))})"
_TYPED = re.compile(
    rf"""(?<![\w£.,-])(?:
        £(?P<pounds>{_NUMBER})(?P<million>\s(?:million|m)\b)?
        | (?P<share>{_NUMBER})(?:\s?%|\sper\scent\b)
        | (?P<number>{_NUMBER})(?:\sof\sthe\s{_NUMBER})?(?:\s[\w’'-]+){{0,2}}?\s(?P<kind>{"|".join(_KINDS)})s?\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_NOT_WORDS = re.compile(r"^(```+|~~~+).*?^\1|`+[^`]*`+|<[^<>]*>|\]\([^)]*\)|\{:[^}]*\}", re.DOTALL | re.MULTILINE)


def _typed_numbers(page: SourcePage, guide: Guide) -> Iterator[Problem]:
    """Yield each number in a page's file that the data give."""
    body = _NOT_WORDS.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), _without_calls(page))
    for text, lines in ((page.front, 1), (body, 0)):
        for typed in _TYPED.finditer(text):
            names = list(_names(typed, guide))
            if not names:
                continue
            line, column = _spot(text, typed.start())
            mend = "write " + " or ".join(f'{{{{ figure("{name}") }}}}' for name in names)
            if lines or not any(names):
                mend = "say it without the number" + (", as no figure can stand there" if lines else "")
            yield _at(
                page,
                (line + lines, column),
                found=f"the number “{' '.join(typed[0].split())}” typed by hand",
                expected="a figure by its name, which follows the data",
                mend=mend,
            )


def _names(typed: re.Match[str], guide: Guide) -> Iterator[str]:
    """Yield the figures that have a typed number; "" for one that is counted, but has no figure."""
    sign = "£" if typed["pounds"] else "%" if typed["share"] else ""
    value = _value(typed["pounds"] or typed["share"] or typed["number"]) * (1_000_000 if typed["million"] else 1)
    kind = _KINDS[typed["kind"].lower()] if typed["kind"] else ""
    found = [
        figure.name
        for figure in figures(guide).values()
        if _sign(figure) == sign and kind in f"{figure.name} {figure.label}".lower() and _has(figure, value)
    ]
    yield from found or [""] * (_counts(guide).get(kind) == value)


def _value(written: str) -> float:
    return _VALUES.get(written.lower()) or float(written.replace(",", ""))


def _sign(figure: Figure) -> str:
    return next((sign for sign in "£%" if sign in figure.text), "")


def _has(figure: Figure, value: float) -> bool:
    return value == figure.value or (value == int(value) and wording.pounds(int(value)) in figure.text)


def _counts(guide: Guide) -> Mapping[str, int]:
    """Return what the data count without a figure for it."""
    stages = [hub.id for hub in guide.stages if hub.id not in {Stage.GOVERNANCE, Stage.LEARNING}]
    return {
        "principle": len(guide.principles),
        "stage": len(stages),
        "theme": len(guide.stages) - len(stages),
        "term": len(guide.glossary),
    }


# --- the table ----------------------------------------------------------------------------------------------------


def table(readings: Sequence[PageReading]) -> str:
    """Return the figures of all pages as lines of text."""
    width = max((len(one.page.path) for one in readings), default=0)
    head = f"{'page':{width}}  sentences  words  average  longest  grade  at most"
    return "\n".join([head, *(_row(one, width) for one in readings)])


def _row(one: PageReading, width: int) -> str:
    found = one.reading
    grade = "–" if found.grade is None else f"{found.grade:.1f}"
    return (
        f"{one.page.path:{width}}  {found.sentences:9}  {found.words:5}  {found.average:7.1f}"
        f"  {length(found.longest):7}  {grade:>5}  {one.bound:7}"
    )
