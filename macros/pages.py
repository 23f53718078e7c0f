"""The Markdown pages: what they call, what those calls give, what each page used, and what is wrong with them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from inspect import Parameter, signature
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from jinja2 import Environment, TemplateSyntaxError

from macros import address, page_files, page_html
from macros.alterations import alterations
from macros.calls import Call, PlainCallError, parse
from macros.explain import shown
from macros.freshness import today
from macros.guide import Guide, load_once
from macros.history import UNKNOWN, History, read_history
from macros.model import layout
from macros.model.base import Read, hangs_on, watching
from macros.problems import Problem, UnknownName, did_you_mean
from macros.read import Tree
from macros.schema_org import Described, json_ld
from macros.terms import linker
from macros.text import faults, hidden, without_hidden
from macros.views import catalogue
from macros.views.letters import gathered_of
from macros.views.page import Note, Notes, Page, Titled

DOCS, DATA = "docs", "data"
_NOT_UTF8 = re.compile("[\ud800-\udfff]")
FRONT = ("title", "description", "hide", "provenance", "search")
"""What may stand at the top of a page."""

Drawn = tuple[str, Note]
"""What a call gives, and what it used."""

_MAX_META = 300
_MEANS_HTML = re.compile(r"[<>\"]|&#?\w+;?")
_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


class Alone(NamedTuple):
    """What is wrong with a page whatever else there is, above its calls and below them in the order of telling."""

    above: tuple[Problem, ...]
    below: tuple[Problem, ...]


@dataclass(frozen=True)
class SourcePage:
    """One Markdown file below `docs/`."""

    path: str
    """Below `docs/`, such as `trusts/luton.md`."""
    text: str

    @property
    def url(self) -> str:
        return address.of_page(self.path)

    @cached_property
    def front(self) -> str:
        match = _FRONT.match(self.text)
        return match[1] if match else ""

    @cached_property
    def meta(self) -> dict[str, Any]:
        """The front matter; empty when it is not readable (`check` says so)."""
        tree = Tree.parse(self.path, self.front, []) if self.front else None
        return tree.value if tree and isinstance(tree.value, dict) else {}

    @property
    def title(self) -> str:
        return str(self.meta.get("title", self.path))

    @cached_property
    def body(self) -> str:
        """The text below the front matter, which is replaced by empty lines so that line numbers stay true."""
        match = _FRONT.match(self.text)
        return "\n" * match[0].count("\n") + self.text[match.end() :] if match else self.text

    @cached_property
    def parts(self) -> tuple[str | Call, ...]:
        """The words and the calls in their order; raises as `calls`."""
        return tuple(parse(self.body))

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The macro calls; raises TemplateSyntaxError, or PlainCallError for anything else between the braces."""
        return tuple(part for part in self.parts if isinstance(part, Call))

    def problems_in(self, docs: Path) -> Alone:
        """Return what is wrong with the page by itself; it is looked for once."""
        known: dict[Path, Alone] = self.__dict__.setdefault("_alone", {})
        if docs not in known:
            above = (*_check_characters(self, docs), *_check_front(self, docs))
            known[docs] = Alone(above, tuple(_check_html(self, docs)))
        return known[docs]


_ALL_NOTES: Read = ("notes", "")


class WrongCallError(TypeError):
    """A macro was called with too few or too many values, or with one that is not text."""


@dataclass(eq=False)
class Site:
    """The Guide and the pages that show it. Each call on each page is drawn once and remembered."""

    guide: Guide
    docs: Path
    links_from_files: bool = False
    """Zensical takes every link on a page, in HTML too, to be relative to the file; MkDocs leaves HTML alone."""
    history: History = UNKNOWN
    """What changed over time. Checks need none: what they say must not hang on it."""
    _drawn: dict[tuple[str, Call], Drawn] = field(default_factory=dict)
    _linked: dict[str, dict[Call, str]] = field(default_factory=dict)
    _before: Site | None = None
    """The state of the site before this one, if some of it may be kept."""
    _to_ask: dict[tuple[str, Call], Drawn] = field(default_factory=dict)
    """What may be kept of the state before if the notes of all pages are the same."""
    _terms_stay: bool = False
    """Whether the glossary is as it was in the state before."""
    _setting: object = field(default_factory=lambda: _setting())

    def after(self, guide: Guide, history: History) -> Site:
        """Return the site as it is now, read anew. It draws anew what hangs on something that changed, and no more."""
        now = Site(guide, self.docs, self.links_from_files, history)
        altered = alterations(self.guide, guide, self.history, history)
        self._before = None
        if altered is None or self._setting != now._setting:
            return now
        now._before = self
        now._terms_stay = not any(where.startswith(f"{layout.GLOSSARY.kind}/") for where, _ in altered)
        for page in now.pages:
            for call in _readable(page):
                key = (page.url, replace(call, line=0))
                drawn = self._drawn.get(key)
                if drawn and not drawn[1].hangs_on_any(altered):
                    (now._to_ask if _ALL_NOTES in drawn[1].behind else now._drawn)[key] = drawn
        return now

    def _is_as_before(self, page: SourcePage, but: Collection[str] = ()) -> bool:
        """Whether a page calls the same as in the state before, and every call `but` these gives what it gave."""
        was = self._before._by_url.get(page.url) if self._before else None
        if self._before is None or was is None or _readable(was) != _readable(page):
            return False
        keys = [(page.url, replace(call, line=0)) for call in _readable(page) if call.name not in but]
        return all(key in self._drawn and self._drawn[key] is self._before._drawn.get(key) for key in keys)

    @cached_property
    def pages(self) -> tuple[SourcePage, ...]:
        known = {page.path: page for page in self._before.pages} if self._before else {}
        return tuple(known[page.path] if known.get(page.path) == page else page for page in read_pages(self.docs))

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the pages."""
        return tuple(check(self))

    @cached_property
    def _by_url(self) -> Mapping[str, SourcePage]:
        return {page.url: page for page in self.pages}

    def described(self, url: str) -> Described | None:
        """Return how the page at `url` introduces itself; None where there is no such page."""
        page = self._by_url.get(url)
        if page is None:
            return None
        steps = url.split("/")[:-2]
        above = ["", *("/".join(steps[: depth + 1]) + "/" for depth in range(len(steps)))] if url else []
        trail = [(one, self._by_url[one].title) for one in above if one in self._by_url]
        description = " ".join(str(page.meta.get("description", "")).split())
        return Described(url, page.title, description, trail)

    def head(self, url: str, base: str) -> dict[str, Any]:
        """Return what the page at `url` tells the theme; nothing where there is no such page."""
        described = self.described(url)
        if described is None:
            return {}
        trail = [{"url": url, "title": title} for url, title in described.trail]
        return {"trail": trail, "json_ld": json_ld(self.guide, described, base)}

    def call(self, url: str, name: str, arguments: tuple[Any, ...]) -> str:
        """Return what a macro gives on the page at `url`; raises UnknownName or WrongCallError."""
        call = Call(name, arguments, 0)
        drawn, _ = self._draw(url, call)
        return self._with_terms(url).get(call, drawn)

    def given(self, page: SourcePage) -> tuple[str, ...]:
        """Return what each call on a page gives, in their order; of those that are right."""
        given = self._with_terms(page.url)
        keys = (replace(call, line=0) for call in _readable(page))
        return tuple(given.get(key) or self._drawn.get((page.url, key), ("",))[0] for key in keys)

    def _with_terms(self, url: str) -> Mapping[Call, str]:
        """Return what each call on a page gives, every term linked to its meaning where it first stands in them."""
        if url not in self._linked:
            self._linked[url] = {}
            page = self._by_url.get(url)
            for call in _readable(page) if page else ():
                with suppress(UnknownName, WrongCallError):  # told where it stands
                    self._draw(url, call)
            if page and self._before and self._terms_stay and url in self._before._linked and self._is_as_before(page):
                self._linked[url] = self._before._linked[url]
                return self._linked[url]
            link, linked = Page(self.guide, url, self.notes, self._base(url)).link, set[str]()
            for call in _readable(page) if page and url != address.GLOSSARY_PAGE else ():
                with suppress(UnknownName, WrongCallError):  # told where it stands
                    html = linker(self.guide).link(self._draw(url, call)[0], link, linked)
                    self._linked[url].setdefault(replace(call, line=0), html)
        return self._linked[url]

    def _draw(self, url: str, call: Call) -> tuple[str, Note]:
        key = (url, Call(call.name, call.arguments, 0))
        if key in self._to_ask:
            kept = self._to_ask.pop(key)
            if self._notes_before() == self._notes:
                self._drawn[key] = kept
        if key not in self._drawn:
            macro = _macro_of(call)
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
        hangs_on(*_ALL_NOTES)
        return self._notes

    @cached_property
    def _notes(self) -> Notes:
        return {Titled(page.url, page.title): self._note(page) for page in self.pages}

    def _notes_before(self) -> Notes:
        """Return what every page used in the state before, if that was asked for."""
        known: Notes = self._before.__dict__.get("_notes", {}) if self._before else {}
        return known

    def _note(self, page: SourcePage) -> Note:
        notes = []
        for call in _readable(page):
            if call.name in catalogue.SHOW_NOTES:
                continue
            with suppress(UnknownName, WrongCallError):  # told where it stands
                notes.append(self._draw(page.url, call)[1])
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
            body = self._render(page, self._macro)
            found[page.path] = f"---\n{page.front}---\n{body}" if page.front else body
        return found

    def drawn(self, page: SourcePage) -> str:
        """Return a page as Markdown with its macros drawn, without front matter and without links to terms.

        Raises UnknownName, WrongCallError, TemplateSyntaxError or PlainCallError for a page that is not right.
        """
        _ = page.calls
        return self._render(page, lambda url, name, *arguments: self._draw(url, Call(name, arguments, 0))[0])

    def _render(self, page: SourcePage, macro: Callable[..., str]) -> str:
        environment = Environment(keep_trailing_newline=True)  # noqa: S701 - gives Markdown; views escape
        macros = {call.name: partial(macro, page.url, call.name) for call in page.calls}
        return environment.from_string(page.body.lstrip("\n")).render(macros)

    def _macro(self, url: str, name: str, *arguments: Any) -> str:
        return self.call(url, name, arguments)


def _readable(page: SourcePage) -> tuple[Call, ...]:
    try:
        return page.calls
    except (TemplateSyntaxError, PlainCallError):  # told where it stands
        return ()


def _macro_of(call: Call) -> Callable[..., str]:
    """Return the macro that is called; raises UnknownName or WrongCallError."""
    macro = catalogue.MACROS.get(call.name)
    if macro is None:
        raise UnknownName("macro", call.name, catalogue.MACROS)
    if not _fits(macro, call.arguments):
        raise WrongCallError(f"{call.name} is called as {catalogue.usage(call.name)}")
    return macro


def _fits(macro: Callable[..., str], arguments: tuple[Any, ...]) -> bool:
    least, most = _takes(macro)
    return least <= len(arguments) <= most and all(isinstance(one, str) for one in arguments)


@cache
def _takes(macro: Callable[..., str]) -> tuple[int, int]:
    """Return how many values a macro needs, and how many it takes."""
    parameters = [*signature(macro).parameters.values()][1:]  # the first is the page
    return sum(parameter.default is Parameter.empty for parameter in parameters), len(parameters)


def _setting() -> object:
    """Return what pages hang on besides the data, their own words and the history."""
    return today(), bool(os.environ.get(address.WITH_EDITIONS))


_sites: dict[tuple[Path, bool], tuple[object, Site]] = {}


def site_once(project: Path, links_from_files: bool = False, *, settled: bool = False) -> Site:
    """Return the site of a project folder; the same one until a file below `data/` or `docs/` changes.

    What the one before drew is kept where nothing changed that it hangs on. Engines ask for every page, and to look at
    every file each time is quadratic. Where files are `settled`, as within one build, they are looked at once.
    """
    kept = _sites.get((project, links_from_files))
    if settled and kept:
        return kept[1]
    guide = load_once(project / DATA)
    docs = project / DOCS
    state = (guide, _setting(), tuple((path, path.lstat().st_mtime_ns) for path in sorted(docs.rglob("*.md"))))
    if kept is None or kept[0] != state:
        history = read_history(project, guide)
        site = kept[1].after(guide, history) if kept else Site(guide, docs, links_from_files, history)
        _sites[project, links_from_files] = kept = (state, site)
    return kept[1]


def rendered(guide: Guide, docs: Path) -> Mapping[str, str]:
    """Return every page below `docs` as Markdown with its macros drawn."""
    return Site(guide, docs).rendered()


def read_pages(docs: Path) -> Iterator[SourcePage]:
    """Yield the Markdown files below `docs`, in the order of their names."""
    for path in sorted(docs.rglob("*.md")):
        if path.is_file():
            # What is not UTF-8 is kept as it is, for `check` to find.
            text = path.read_text(encoding="utf-8", errors="surrogateescape")
            yield SourcePage(path.relative_to(docs).as_posix(), text)


# --- checks -------------------------------------------------------------------------------------------------------


def check(site: Site) -> Iterator[Problem]:
    """Yield what is wrong with the pages: front matter, calls, and records without a page or the reverse."""
    guide, docs = site.guide, site.docs
    yield from page_files.check(docs)
    if gathered_of(guide):
        yield from page_files.check_menu(docs)
    for page in site.pages:
        alone = page.problems_in(docs)
        yield from alone.above
        yield from _check_calls(page, docs, partial(site._draw, page.url))
        yield from alone.below
    yield from _check_titles_differ(site.pages, docs)
    titles = catalogue.record_titles(guide)
    for folder, names in catalogue.record_pages(guide).items():
        yield from _check_folder(folder, names, titles[folder], site, docs)
    yield from _check_found_pages(site, docs)


def check_without_data(docs: Path) -> Iterator[Problem]:
    """Yield what is wrong with the pages whatever the data say: for when there is no Guide to show on them."""
    yield from page_files.check(docs)
    pages = [*read_pages(docs)]
    for page in pages:
        alone = page.problems_in(docs)
        yield from alone.above
        yield from _check_calls(page, docs, _macro_of)
        yield from alone.below
    yield from _check_titles_differ(pages, docs)


def _problem(
    docs: Path, path: str, line: int, text: str, needle: str, *, found: str, expected: str, mend: str
) -> Problem:
    lines = text.splitlines()
    column = lines[line - 1].find(needle) + 1 if 0 < line <= len(lines) else 1
    return Problem(f"{docs.name}/{path}", max(line, 1), max(column, 1), "", found, expected, mend)


def _check_characters(page: SourcePage, docs: Path) -> Iterator[Problem]:
    file = f"{docs.name}/{page.path}"
    for spot in hidden(_NOT_UTF8.sub("?", page.text)):  # those are told below
        mend = "delete it and type the words around it again"
        yield Problem(file, spot.line, spot.column, "", spot.what, "characters that can be seen", mend)
    for number, line in enumerate(page.text.split("\n"), 1):
        if foreign := _NOT_UTF8.search(line):
            found, mend = "a character that is not UTF-8", "save the file again and choose UTF-8"
            yield Problem(file, number, foreign.start() + 1, "", found, "text saved as UTF-8", mend)
            return


def _check_front(page: SourcePage, docs: Path) -> Iterator[Problem]:
    if page.text.startswith("\ufeff") or _NOT_UTF8.search(page.front):  # told already, and it hides the front matter
        return
    if page.text.startswith("---\n") and not page.front:
        mend = "put a line of three hyphens below the title and the description"
        yield Problem(f"{docs.name}/{page.path}", 1, 1, "", "three hyphens without an end", "the same line again", mend)
        return
    unreadable: list[Problem] = []
    if page.front.strip():
        Tree.parse(f"{docs.name}/{page.path}", page.front, unreadable)
    if unreadable:
        yield from (replace(problem, line=problem.line + 1) for problem in unreadable)
        return
    yield from _check_meta(page, docs)
    for name, why in (("title", "shown as the heading and in lists"), ("description", "shown by search engines")):
        value = page.meta.get(name)
        if isinstance(value, str) and value.strip():
            continue
        if name in page.meta:
            line = page.front[: page.front.find(f"{name}:")].count("\n") + 2
            yield _problem(
                docs,
                page.path,
                line,
                page.text,
                name,
                found=f"a {name} that is {shown(value) if value else 'empty'}",
                expected=f"a {name} in words: {why}",
                mend="write it after the colon, in quotation marks if it is a number",
            )
        else:
            yield _problem(
                docs,
                page.path,
                1,
                page.text,
                "---",
                found=f"no “{name}” at the top of the page",
                expected=f"a {name}: {why}",
                mend=f"add “{name}: …” between two lines of three hyphens at the top",
            )


def _check_meta(page: SourcePage, docs: Path) -> Iterator[Problem]:
    """Front matter holds known names, plain words that every program reads alike, and nothing that is HTML."""
    try:
        others = yaml.safe_load(page.front)
    except (yaml.YAMLError, ValueError):
        others = None
    for name, value in page.meta.items():
        line = next((n for n, one in enumerate(page.front.split("\n"), 2) if one.startswith(f"{name}:")), 2)
        told = partial(_problem, docs, page.path, line, page.text, name)
        if name not in FRONT:
            known = ", ".join(FRONT)
            yield told(
                found=f"“{name}” at the top of the page", expected=f"only {known}", mend=did_you_mean(name, FRONT)
            )
        elif not isinstance(others, dict) or others.get(name) != value:
            found = f"{shown(value)}, which programs read in different ways"
            yield told(found=found, expected="words that are read alike", mend="put quotation marks around it")
        else:
            for found, mend in _meta_faults(value):
                yield told(found=found, expected=f"a plain {name}", mend=mend)


def _meta_faults(value: object) -> Iterator[tuple[str, str]]:
    # The theme puts these words into HTML as they are, and an engine takes a title for a template.
    for text in _texts(value):
        if len(text) > _MAX_META:
            yield f"{len(text):,} characters", f"shorten it to {_MAX_META}"
            continue
        yield from faults(without_hidden(text))  # what is hidden is told already
        if found := _MEANS_HTML.search(text):
            yield f"“{found[0]}”", "write “…” with curly quotation marks" if found[0] == '"' else "use words for it"


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value


def _check_html(page: SourcePage, docs: Path) -> Iterator[Problem]:
    try:
        parts = [part if isinstance(part, str) else page_html.CALL for part in page.parts]
    except (TemplateSyntaxError, PlainCallError):  # told already
        return
    for fault in page_html.faults(parts):
        yield _problem(
            docs,
            page.path,
            fault.line,
            page.text,
            fault.needle,
            found=fault.found,
            expected="words, lists, tables, headings and links",
            mend=fault.mend,
        )


def _check_calls(page: SourcePage, docs: Path, draw: Callable[[Call], object]) -> Iterator[Problem]:
    try:
        calls = page.calls
    except TemplateSyntaxError as error:
        curly = not set("“”‘’").isdisjoint(error.message or "")
        yield _problem(
            docs,
            page.path,
            error.lineno,
            page.text,
            "{",
            found="a curly quotation mark between braces" if curly else "braces that cannot be read",
            expected='a macro call such as {{ figure("trusts") }}',
            mend="check the braces and brackets, and that quotation marks are straight ones",
        )
        return
    except PlainCallError as error:
        yield _problem(
            docs,
            page.path,
            error.line,
            page.text,
            "{",
            found="template code that is not a macro call",
            expected='macro calls with plain values only, such as {{ figure("trusts") }}',
            mend="use a macro, or plain Markdown",
        )
        return
    for call in calls:
        try:
            draw(call)
        except UnknownName as error:
            yield _problem(
                docs,
                page.path,
                call.line,
                page.text,
                error.name,
                found=f"the {error.what} “{error.name}”",
                expected=f"a {error.what} that the guide has",
                mend=did_you_mean(error.name, error.known),
            )
        except WrongCallError:
            given = ", ".join(shown(one) for one in call.arguments)
            yield _problem(
                docs,
                page.path,
                call.line,
                page.text,
                call.name,
                found=f"the macro “{call.name}” with {given or 'nothing between its brackets'}",
                expected=catalogue.usage(call.name),
                mend="write the call like that, with each value in straight quotation marks",
            )


def _check_titles_differ(pages: Iterable[SourcePage], docs: Path) -> Iterator[Problem]:
    for name in ("title", "description"):
        first: dict[str, str] = {}
        for page in pages:
            value = page.meta.get(name)
            if not isinstance(value, str):
                continue
            value = " ".join(value.split())
            if value in first:
                line = page.front[: page.front.find(f"{name}:")].count("\n") + 2
                yield _problem(
                    docs,
                    page.path,
                    line,
                    page.text,
                    name,
                    found=f"the {name} of docs/{first[value]} a second time",
                    expected="a different one for each page",
                    mend="say what is on this page only",
                )
            first.setdefault(value, page.path)


def _check_found_pages(site: Site, docs: Path) -> Iterator[Problem]:
    """The pages that search knows by other names are there."""
    known = [page.url for page in site.pages]
    for number, one in enumerate(site.guide.search.pages):
        if one.page not in known:
            file = docs.parent / "data" / layout.SEARCH.path
            text = file.read_text(encoding="utf-8") if file.is_file() else ""
            before = text[: max(text.find(f"page: {one.page}\n"), 0)]
            yield Problem(
                f"data/{layout.SEARCH.path}",
                before.count("\n") + 1,
                len(before) - before.rfind("\n"),
                f"pages[{number}].page",
                found=f"the page “{one.page}”",
                expected="the address of a page, such as about/contact/",
                mend=did_you_mean(one.page, known),
            )


def _shows(page: SourcePage, needed: str) -> bool:
    """Whether the page has the call that shows its record."""
    wanted = _call_of(needed)
    return any(call.name == wanted.name and call.arguments == wanted.arguments for call in _readable(page))


@cache
def _call_of(needed: str) -> Call:
    return next(part for part in parse(f"{{{{ {needed} }}}}") if isinstance(part, Call))


def _at_fault(page: SourcePage, site: Site) -> bool:
    """Whether a call on the page is wrong, which is told already."""
    return any(_check_calls(page, site.docs, partial(site._draw, page.url)))


def _check_folder(
    folder: str, names: Mapping[str, str], titles: Mapping[str, str], site: Site, docs: Path
) -> Iterator[Problem]:
    """Each record has its page, with its name as the title, and each page of the folder has its record."""
    pages = {
        page.path.removeprefix(f"{folder}/").removesuffix(".md"): page
        for page in site.pages
        if re.fullmatch(rf"{folder}/[^/]+\.md", page.path)
    }
    for name, needed in names.items():
        page = pages.get(name)
        if page is None:
            yield Problem(
                f"{docs.name}/{folder}/{name}.md",
                1,
                1,
                "",
                "no such page",
                "a page for each record",
                f"make it: a title, a description and {{{{ {needed} }}}}",
            )
        elif not _shows(page, needed) and not _at_fault(page, site):
            yield _problem(
                docs,
                page.path,
                1,
                page.text,
                "{{",
                found="a page that does not show its record",
                expected=f"{{{{ {needed} }}}} on it",
                mend="add the call",
            )
        if page is not None and page.meta.get("title") not in (None, titles[name]):
            line = page.front[: page.front.find("title:")].count("\n") + 2
            yield _problem(
                docs,
                page.path,
                line,
                page.text,
                "title",
                found=f"the title “{page.title}”",
                expected=f"“{titles[name]}”, as in data/",
                mend="write it so, or change the name in data/",
            )
    for name, page in pages.items():
        if name not in names and name not in catalogue.OTHER_PAGES.get(folder, ()):
            yield _problem(
                docs,
                page.path,
                1,
                page.text,
                "---",
                found=f"a page for “{name}”, which has no record in data/",
                expected="pages of records only",
                mend=did_you_mean(name, names),
            )
