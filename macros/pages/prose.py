"""Finds mistakes in the prose of pages and data: hard sentences, terms without a link, and numbers typed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from pathlib import Path

from macros.derived.glossary_links import linked_terms, linker, running_text
from macros.model import addresses
from macros.model.text import to_html
from macros.pages.prose_places import CallPlace, place, place_at, places, spot_of, without_calls
from macros.pages.readability import TextGrade, length, reading, sentences, sentences_by_line, sentences_of_markdown
from macros.pages.site import Site
from macros.pages.source_page import SourcePage
from macros.pages.typed_numbers import typed_numbers
from macros.reading import earlier_results
from macros.reading.guide import records_once
from macros.reading.problem import Problem
from macros.reading.records import Records
from macros.reading.unwritten import texts

# From the brief: the highest grade of a page. People's own text must stay below it, as templates may add to it.
AVERAGE, LONGEST, LONGEST_WRITTEN = 20, 30, 25
GRADE, PLAIN_GRADE = 11, 9
PLAIN = ("vcs/", "trusts/", "standards/")
"""Pages that voluntary organisations read."""


def check(site: Site, data: Path) -> tuple[str, tuple[Problem, ...]]:
    """Return the grades of pages as a table, and the problems in the prose of data and pages that are right.

    The site is one without its history: a line with old and new words is not a sentence that anybody wrote.
    """
    prose = Prose(site, records_once(data))
    return table(prose.readings), tuple(sorted(set(prose.problems())))


@dataclass(frozen=True)
class PageGrade:
    """The reading grade of one page."""

    page: SourcePage
    reading: TextGrade

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
    def readings(self) -> tuple[PageGrade, ...]:
        """The reading grade of each page, in the order of their files."""
        drawn = self.site.rendered()
        return tuple(PageGrade(page, _graded(SourcePage(page.path, drawn[page.path]).body)) for page in self.site.pages)

    def problems(self) -> Iterator[Problem]:
        """Yield all problems."""
        yield from self._long_in_data()
        for page in self.site.pages:
            yield from self._long_on(page)
            yield from _unlinked(page, self.site)
            yield from typed_numbers(page, self.site.guide)
        for one in self.readings:
            yield from self._beyond_bounds(one)

    # --- sentences ------------------------------------------------------------------------------------------------

    def _data(self, at_least: int = 0) -> Iterator[tuple[str, str]]:
        """Yield the sentences of the data with at least so many words, each with the address of its field."""
        for models in self.records.by_kind.values():
            for model in models:
                for where, text in texts(model, model.where, ":"):
                    if length(text) >= at_least:
                        yield from ((sentence, where) for sentence in sentences(to_html(text)))

    @cached_property
    def _field_of(self) -> Mapping[str, str]:
        """The field of the data that holds each sentence. Worked out only if a page exceeds its bounds."""
        return dict(self._data())

    def _long_in_data(self) -> Iterator[Problem]:
        for sentence, where in self._data(at_least=LONGEST_WRITTEN):
            if length(sentence) > LONGEST_WRITTEN:
                yield self.records.problem(where, **_too_long(sentence))

    def _long_on(self, page: SourcePage) -> Iterator[Problem]:
        for line, sentence in _written(page, self.site):
            if length(sentence) > LONGEST_WRITTEN:
                yield place_at(page, place(page.text, line, sentence), **_too_long(sentence))

    def _beyond_bounds(self, one: PageGrade) -> Iterator[Problem]:
        found = one.reading
        if length(found.longest) > LONGEST and not self._is_written(found.longest, one.page):
            yield place_at(one.page, (1, 1), **_too_long(found.longest, LONGEST))
        if found.average > AVERAGE:
            yield place_at(
                one.page,
                (1, 1),
                found=f"{found.average:.1f} words in the average sentence; the longest is “{found.longest}”"
                f"{self._from(found.longest)}",
                expected=f"at most {AVERAGE}",
                mend="make two sentences of the long ones",
            )
        if found.grade is not None and found.grade > one.bound:
            yield place_at(
                one.page,
                (1, 1),
                found=f"a reading grade of {found.grade:.1f}; the hardest sentence is “{found.hardest}”"
                f"{self._from(found.hardest)}",
                expected=f"at most {one.bound}",
                mend="use shorter sentences and shorter words",
            )

    def _is_written(self, sentence: str, page: SourcePage) -> bool:
        """Return whether a sentence is literally in the data or in the page's file, which gives its line."""
        return sentence in self._field_of or any(sentence == written for _, written in _written(page, self.site))

    def _from(self, sentence: str) -> str:
        if sentence not in self._field_of:
            return ""
        spot = self.records.spot(self._field_of[sentence])
        return f" ({spot.file}, line {spot.line})"


def _graded(body: str) -> TextGrade:
    """Return the figures for a page, which depend on nothing but its text."""
    key = earlier_results.key_of("reading", body)
    return TextGrade(*earlier_results.once(key, lambda: [*astuple(reading(sentences_of_markdown(body)))]))


def _too_long(sentence: str, most: int = LONGEST_WRITTEN) -> dict[str, str]:
    return {
        "found": f"a sentence of {length(sentence)} words: “{sentence}”",
        "expected": f"at most {most}",
        "mend": "make two sentences of it",
    }


def _written(page: SourcePage, site: Site) -> Iterator[tuple[int, str]]:
    """Yield the sentences in a page's file, its description first, each with its line or one above it."""
    description = page.meta.get("description")
    if isinstance(description, str):
        line = page.front[: page.front.find("description:")].count("\n") + 2
        yield from ((line, sentence) for sentence in sentences(description))
    yield from sentences_by_line(_drawn_in_lines(page, site))


def _drawn_in_lines(page: SourcePage, site: Site) -> str:
    """Return the page with its short macros drawn; macros that give blocks are left out."""

    def drawn(call: CallPlace) -> str:
        html = site.call(page.url, call.name, call.arguments)
        return html if "\n" not in html and "<p" not in html else ""

    text, end = "", 0
    for call in places(page):
        text += page.body[end : call.start] + drawn(call)
        end = call.end
    return text + page.body[end:]


# --- terms --------------------------------------------------------------------------------------------------------


def _unlinked(page: SourcePage, site: Site) -> Iterator[Problem]:
    """Yield a problem for each term whose first place on a page is in hand-written text, without a link."""
    if page.url == addresses.GLOSSARY_PAGE:
        return
    names = {term.id: term.term for term in site.guide.glossary}
    text = without_calls(page)
    bare = [(found.start, found.id, found.words) for found in linker(site.guide).find(running_text(text))]
    links = [(start, name, "") for start, name in linked_terms(text)]
    for call in places(page):
        links += [(call.start, name, "") for _, name in linked_terms(site.call(page.url, call.name, call.arguments))]
    linked: set[str] = set()
    for start, name, words in sorted([*bare, *links]):
        if words and name not in linked:
            call_text = f'term("{name}")' if words == names[name] else f'term("{name}", "{words}")'
            yield place_at(
                page,
                spot_of(text, start),
                found=f"the term “{words}” without a link at its first place on the page",
                expected="a link to its meaning",
                mend=f"write {{{{ {call_text} }}}}",
            )
        linked.add(name)


# --- the table ----------------------------------------------------------------------------------------------------


def table(readings: Sequence[PageGrade]) -> str:
    """Return the figures of all pages as lines of text."""
    width = max((len(one.page.path) for one in readings), default=0)
    head = f"{'page':{width}}  sentences  words  average  longest  grade  at most"
    return "\n".join([head, *(_row(one, width) for one in readings)])


def _row(one: PageGrade, width: int) -> str:
    found = one.reading
    grade = "–" if found.grade is None else f"{found.grade:.1f}"
    return (
        f"{one.page.path:{width}}  {found.sentences:9}  {found.words:5}  {found.average:7.1f}"
        f"  {length(found.longest):7}  {grade:>5}  {one.bound:7}"
    )
