"""The pages and the Guide that they show: the output of calls, what each page used, and what can be reused of both."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any

from macros.derived.glossary_links import linker
from macros.history.git import Repository
from macros.history.timeline import read_history
from macros.history.timeline_entries import UNKNOWN, History
from macros.model import addresses, holdings, process_variables
from macros.model.dates import today
from macros.model.tracking import FieldRead, note_dependency, watching
from macros.pages import suggestion
from macros.pages.macro_calls import Call
from macros.pages.macro_lookup import WrongCallError, macro_of
from macros.pages.reuse import alterations
from macros.pages.source_page import DATA, DOCS, SourcePage, read_pages, readable_calls
from macros.reading import earlier_results
from macros.reading.guide import Guide, load_once
from macros.reading.problem import UnknownName
from macros.reading.project_state import marks
from macros.views import catalogue
from macros.views.shared import source_lines, templates
from macros.views.shared.page import Note, Notes, Page, Titled
from macros.views.structured_data import PageIntroduction, json_ld

DrawnCall = tuple[str, Note]
"""The output of a call, and what it used."""


_ALL_NOTES: FieldRead = ("notes", "")


@dataclass(eq=False)
class Site:
    """The Guide and the pages that show it. Each call on each page is drawn once and remembered."""

    guide: Guide
    docs: Path
    links_from_files: bool = False
    """Zensical treats every link on a page, even in HTML, as relative to the file; MkDocs leaves HTML alone."""
    history: History = UNKNOWN
    """The history. Checks need none: their results must not depend on it."""
    _drawn: dict[tuple[str, Call], DrawnCall] = field(default_factory=dict)
    _linked: dict[str, dict[Call, str]] = field(default_factory=dict)
    _before: Site | None = None
    """The previous state of the site, if some of it can be reused."""
    _to_ask: dict[tuple[str, Call], DrawnCall] = field(default_factory=dict)
    """Drawings from the previous state that can be reused if the notes of all pages are the same."""
    _names_stay: bool = False
    """Whether the glossary and the names of documents are the same as in the previous state."""
    _setting: object = field(default_factory=lambda: _setting())
    _templates: Mapping[str, str] = field(default_factory=templates.digests)

    def after(self, guide: Guide, history: History) -> Site:
        """Return the site as it is now, read again. Only what depends on something that changed is redrawn."""
        now = Site(guide, self.docs, self.links_from_files, history)
        edited = templates.altered(self._templates, now._templates)
        if edited:
            templates.read_anew()
        altered = alterations(self.guide, guide, self.history, history)
        self._before = None
        if altered is None or self._setting != now._setting:
            return now
        altered |= edited
        now._before = self
        named = tuple(f"{one.kind}/" for one in (holdings.GLOSSARY, holdings.SOURCES))
        now._names_stay = altered.isdisjoint(source_lines.DRAWN_WITH) and not any(
            where.startswith(named) for where, _ in altered
        )
        for page in now.pages:
            for call in readable_calls(page):
                key = (page.url, replace(call, line=0))
                drawn = self._drawn.get(key)
                if drawn and not drawn[1].hangs_on_any(altered):
                    (now._to_ask if _ALL_NOTES in drawn[1].behind else now._drawn)[key] = drawn
        return now

    def _is_as_before(self, page: SourcePage, but: Collection[str] = ()) -> bool:
        """Return whether a page has the same calls as before, and every call, `but` these, the same output."""
        was = self._before._by_url.get(page.url) if self._before else None
        if self._before is None or was is None or readable_calls(was) != readable_calls(page):
            return False
        keys = [(page.url, replace(call, line=0)) for call in readable_calls(page) if call.name not in but]
        return all(key in self._drawn and self._drawn[key] is self._before._drawn.get(key) for key in keys)

    @cached_property
    def pages(self) -> tuple[SourcePage, ...]:
        known = {page.path: page for page in self._before.pages} if self._before else {}
        return tuple(known[page.path] if known.get(page.path) == page else page for page in read_pages(self.docs))

    @cached_property
    def _documents(self) -> source_lines.Documents:
        return source_lines.documents(self.guide)

    @cached_property
    def _by_url(self) -> Mapping[str, SourcePage]:
        return {page.url: page for page in self.pages}

    def described(self, url: str) -> PageIntroduction | None:
        """Return the page's own details for its description; None if there is no page at `url`."""
        page = self._by_url.get(url)
        if page is None:
            return None
        steps = url.split("/")[:-2]
        above = ["", *("/".join(steps[: depth + 1]) + "/" for depth in range(len(steps)))] if url else []
        above = catalogue.above(self.guide, url) or above
        trail = [(one, self._by_url[one].title) for one in above if one in self._by_url]
        description = " ".join(str(page.meta.get("description", "")).split())
        return PageIntroduction(url, page.title, description, trail)

    def head(self, url: str, base: str) -> dict[str, Any]:
        """Return what the page at `url` gives to the theme; nothing if there is no such page."""
        described = self.described(url)
        if described is None:
            return {}
        trail = [{"url": url, "title": title} for url, title in described.trail]
        guide = self.guide
        trusts = frozenset(trust.slug for trust in guide.trusts)
        suggest = suggestion.ways(url, described.title, base, guide.region, trusts)
        return {"trail": trail, "json_ld": json_ld(guide, described, base), "suggest": suggest}

    def call(self, url: str, name: str, arguments: tuple[Any, ...]) -> str:
        """Return the output of a macro on the page at `url`; raises UnknownName or WrongCallError."""
        call = Call(name, arguments, 0)
        drawn, _ = self.draw(url, call)
        return self._with_terms(url).get(call) or source_lines.with_tags(drawn)

    def given(self, page: SourcePage) -> tuple[str, ...]:
        """Return the output of each correct call on a page, in order."""
        given = self._with_terms(page.url)
        keys = (replace(call, line=0) for call in readable_calls(page))
        drawn = (given.get(key) or self._drawn.get((page.url, key), ("",))[0] for key in keys)
        return tuple(map(source_lines.with_tags, drawn))

    def _with_terms(self, url: str) -> Mapping[Call, str]:
        """Return the final output of each call on a page, with lines of sources, and terms linked at first use.

        Lines of sources come below the statements that they support.
        """
        if url not in self._linked:
            self._linked[url] = {}
            page = self._by_url.get(url)
            drawn: dict[Call, str] = {}
            for call in readable_calls(page) if page else ():
                with suppress(UnknownName, WrongCallError):  # reported with its place
                    drawn[replace(call, line=0)] = self.draw(url, call)[0]
            if page and self._before and self._names_stay and url in self._before._linked and self._is_as_before(page):
                self._linked[url] = self._before._linked[url]
            else:
                key = earlier_results.key_of("terms", url, self._base(url), self._named, *drawn.values())
                finished = earlier_results.once(key, lambda: [*self._finished(url, drawn.values())])
                self._linked[url] = dict(zip(drawn, finished, strict=True))
        return self._linked[url]

    def _finished(self, url: str, drawn: Iterable[str]) -> Iterator[str]:
        """Yield the final output of the calls on a page. It hangs on `_named`, and on nothing else of the Guide."""
        link, linked, lines = Page(self.guide, url, self.notes, self._base(url)).link, set[str](), count(1)
        for html in drawn:
            quiet = source_lines.quiet(html, self._documents, lines)
            yield quiet if url == addresses.GLOSSARY_PAGE else linker(self.guide).link(quiet, link, linked)

    @cached_property
    def _named(self) -> str:
        """The documents and the terms that are named on pages, as text."""
        return json.dumps([self._documents, [term.model_dump_json() for term in self.guide.glossary]])

    def draw(self, url: str, call: Call) -> DrawnCall:
        """Return the output of a call on the page at `url`, and what it used; raises UnknownName or WrongCallError."""
        key = (url, Call(call.name, call.arguments, 0))
        if key in self._to_ask:
            kept = self._to_ask.pop(key)
            if self._notes_before() == self._notes:
                self._drawn[key] = kept
        if key not in self._drawn:
            macro = macro_of(call)
            page = Page(self.guide, url, self.notes, self._base(url), self.history)
            with watching(page.note.fields, page.note.behind):
                self._drawn[key] = (macro(page, *call.arguments), page.note)
        return self._drawn[key]

    def _base(self, url: str) -> str:
        """Return the address that links are relative to: the page's, or that of its file's folder."""
        if not self.links_from_files:
            return url
        page = self._by_url.get(url)
        path = page.path if page else ""
        return path.rpartition("/")[0] + "/" if "/" in path else ""

    def notes(self) -> Notes:
        """Return what every page used. Pages that themselves show this are left out."""
        note_dependency(*_ALL_NOTES)
        return self._notes

    @cached_property
    def _notes(self) -> Notes:
        return {Titled(page.url, page.title): self._note(page) for page in self.pages}

    def _notes_before(self) -> Notes:
        """Return what every page used in the previous state, if that was asked for."""
        known: Notes = self._before.__dict__.get("_notes", {}) if self._before else {}
        return known

    def _note(self, page: SourcePage) -> Note:
        notes = []
        for call in readable_calls(page):
            if call.name in catalogue.SHOW_NOTES:
                continue
            with suppress(UnknownName, WrongCallError):  # reported with its place
                notes.append(self.draw(page.url, call)[1])
        known = self._notes_before().get(Titled(page.url, page.title))
        if known is not None and self._is_as_before(page, but=catalogue.SHOW_NOTES):
            return known
        return Note(
            records=set().union(*(note.records for note in notes)),
            statements=set().union(*(note.statements for note in notes)),
            figures=set().union(*(note.figures for note in notes)),
            fields=set().union(*(note.fields for note in notes)),
        )

    def rendered(self) -> Mapping[str, str]:
        """Return every page as Markdown with its macros drawn, front matter kept."""
        found = {}
        for page in self.pages:
            body = self.render(page, self._macro)
            found[page.path] = f"---\n{page.front}---\n{body}" if page.front else body
        return found

    def drawn(self, page: SourcePage) -> str:
        """Return a page as Markdown with its macros drawn, without front matter and without links to terms.

        Raises UnknownName, WrongCallError, TemplateSyntaxError or PlainCallError for a page that is not right.
        """
        _ = page.calls
        return self.render(page, lambda url, name, *arguments: self.draw(url, Call(name, arguments, 0))[0])

    def render(self, page: SourcePage, macro: Callable[..., str]) -> str:
        """Return the text of a page with the output of `macro` in place of each call, as the engines put it there."""
        parts = (one if isinstance(one, str) else macro(page.url, one.name, *one.arguments) for one in page.parts)
        return "".join(parts).lstrip("\n")

    def _macro(self, url: str, name: str, *arguments: Any) -> str:
        return self.call(url, name, arguments)


def _setting() -> object:
    """Return everything that pages depend on besides the data, their own text and the history."""
    return today(), process_variables.value_of(process_variables.EDITIONS)


_sites: dict[tuple[Path, bool], tuple[tuple[Any, ...], Site]] = {}
"""The results of `site_once`, of one project at a time: an engine calls this program anew for every page."""


def site_once(
    project: Path, links_from_files: bool = False, *, settled: bool = False, asking_git: bool = False
) -> Site:
    """Return the site of a project folder; the same object until a template, or a file of `data/` or `docs/`, changes.

    Drawings of the previous site are reused if nothing changed that they depend on. Engines ask for every page, and
    looking at every file each time would be quadratic. If files are `settled`, as within one build, they are looked at
    once. With `asking_git`, which takes a process, there is a new object after a commit too.
    """
    kept = _sites.get((project, links_from_files))
    if settled and kept:
        return kept[1]
    guide = load_once(project / DATA)
    docs = project / DOCS
    repository = Repository.around(project) if asking_git or not kept else kept[0][-1]
    pages = tuple(one for one in marks(str(docs)) if one[0].endswith(".md"))
    state = (guide, _setting(), pages, templates.digests(), repository)
    if kept is None or kept[0] != state:
        history = read_history(project, guide)
        site = kept[1].after(guide, history) if kept else Site(guide, docs, links_from_files, history)
        for other in [other for other in _sites if other[0] != project]:
            del _sites[other]
        _sites[project, links_from_files] = kept = (state, site)
    return kept[1]


def rendered(guide: Guide, docs: Path) -> Mapping[str, str]:
    """Return every page below `docs` as Markdown with its macros drawn."""
    return Site(guide, docs).rendered()
