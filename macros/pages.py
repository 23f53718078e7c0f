"""The Markdown pages: what they call, what those calls give, what each page used, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, TemplateSyntaxError, nodes

from macros import address
from macros.guide import Guide, load_once
from macros.problems import Problem, UnknownName, did_you_mean
from macros.views import catalogue
from macros.views.page import Note, Notes, Page, Titled

DOCS, DATA = "docs", "data"
_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)


@dataclass(frozen=True)
class Call:
    """A macro call on a page: `{{ name("a", "b") }}`."""

    name: str
    arguments: tuple[Any, ...]
    line: int


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
        try:
            meta = yaml.safe_load(self.front)
        except yaml.YAMLError:
            return {}
        return meta if isinstance(meta, dict) else {}

    @property
    def title(self) -> str:
        return str(self.meta.get("title", self.path))

    @cached_property
    def body(self) -> str:
        """The text below the front matter, which is replaced by empty lines so that line numbers stay true."""
        match = _FRONT.match(self.text)
        return "\n" * match[0].count("\n") + self.text[match.end() :] if match else self.text

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The macro calls; raises TemplateSyntaxError, or PlainCallError for anything else between the braces."""
        return tuple(_calls(self.body))


class PlainCallError(Exception):
    """A page has template code that is not a plain macro call."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _calls(body: str) -> Iterator[Call]:
    # The same syntax as the engines'. Parsed, never run: pages may only call macros with plain values.
    tree = Environment().parse(body)  # noqa: S701 - parses, renders nothing
    for statement in tree.body:
        if not isinstance(statement, nodes.Output):
            raise PlainCallError(statement.lineno)
        for node in statement.nodes:
            if isinstance(node, nodes.TemplateData):
                continue
            if (
                not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name))
                or node.kwargs
                or node.dyn_args
                or node.dyn_kwargs
            ):
                raise PlainCallError(node.lineno)
            if not all(isinstance(argument, nodes.Const) for argument in node.args):
                raise PlainCallError(node.lineno)
            yield Call(
                node.node.name, tuple(one.value for one in node.args if isinstance(one, nodes.Const)), node.lineno
            )


@dataclass(eq=False)
class Site:
    """The Guide and the pages that show it. Each call on each page is drawn once and remembered."""

    guide: Guide
    docs: Path
    _drawn: dict[tuple[str, Call], tuple[str, Note]] = field(default_factory=dict)

    @cached_property
    def pages(self) -> tuple[SourcePage, ...]:
        return tuple(read_pages(self.docs))

    def call(self, url: str, name: str, arguments: tuple[Any, ...]) -> str:
        """Return what a macro gives on the page at `url`; raises UnknownName or TypeError."""
        return self._draw(url, Call(name, arguments, 0))[0]

    def _draw(self, url: str, call: Call) -> tuple[str, Note]:
        key = (url, Call(call.name, call.arguments, 0))
        if key not in self._drawn:
            macro = catalogue.MACROS.get(call.name)
            if macro is None:
                raise UnknownName("macro", call.name, catalogue.MACROS)
            page = Page(self.guide, url, self.notes)
            self._drawn[key] = (macro(page, *call.arguments), page.note)
        return self._drawn[key]

    def notes(self) -> Notes:
        """Return what every page used. Pages that themselves show this are left out."""
        return self._notes

    @cached_property
    def _notes(self) -> Notes:
        return {Titled(page.url, page.title): self._note(page) for page in self.pages}

    def _note(self, page: SourcePage) -> Note:
        whole = Note()
        for call in page.calls:
            if call.name in catalogue.SHOW_NOTES:
                continue
            _, note = self._draw(page.url, call)
            whole.records |= note.records
            whole.statements |= note.statements
            whole.figures |= note.figures
        return whole

    def rendered(self) -> Mapping[str, str]:
        """Return every page as Markdown with its macros drawn, front matter kept."""
        environment = Environment(keep_trailing_newline=True)  # noqa: S701 - gives Markdown; views escape
        found = {}
        for page in self.pages:
            macros = {name: partial(self._macro, page.url, name) for name in catalogue.MACROS}
            body = environment.from_string(page.body.lstrip("\n")).render(macros)
            found[page.path] = f"---\n{page.front}---\n{body}" if page.front else body
        return found

    def _macro(self, url: str, name: str, *arguments: Any) -> str:
        return self.call(url, name, arguments)


_sites: dict[Path, tuple[object, Site]] = {}


def site_once(project: Path) -> Site:
    """Return the site of a project folder; the same one until a file below `data/` or `docs/` changes."""
    guide = load_once(project / DATA)
    docs = project / DOCS
    state = (guide, tuple((path, path.stat().st_mtime_ns) for path in sorted(docs.rglob("*.md"))))
    kept = _sites.get(project)
    if kept is None or kept[0] != state:
        _sites[project] = kept = (state, Site(guide, docs))
    return kept[1]


def rendered(guide: Guide, docs: Path) -> Mapping[str, str]:
    """Return every page below `docs` as Markdown with its macros drawn."""
    return Site(guide, docs).rendered()


def read_pages(docs: Path) -> Iterator[SourcePage]:
    """Yield the Markdown files below `docs`, in the order of their names."""
    for path in sorted(docs.rglob("*.md")):
        yield SourcePage(path.relative_to(docs).as_posix(), path.read_text(encoding="utf-8"))


# --- checks -------------------------------------------------------------------------------------------------------


def check(guide: Guide, docs: Path) -> Iterator[Problem]:
    """Yield what is wrong with the pages: front matter, calls, and records without a page or the reverse."""
    site = Site(guide, docs)
    for page in site.pages:
        yield from _check_front(page, docs)
        yield from _check_calls(page, site, docs)
    yield from _check_titles_differ(site, docs)
    for folder, names in catalogue.record_pages(guide).items():
        yield from _check_folder(folder, names, site, docs)


def _problem(
    docs: Path, path: str, line: int, text: str, needle: str, *, found: str, expected: str, mend: str
) -> Problem:
    lines = text.splitlines()
    column = lines[line - 1].find(needle) + 1 if 0 < line <= len(lines) else 1
    return Problem(f"{docs.name}/{path}", max(line, 1), max(column, 1), "", found, expected, mend)


def _check_front(page: SourcePage, docs: Path) -> Iterator[Problem]:
    for name, why in (("title", "shown as the heading and in lists"), ("description", "shown by search engines")):
        if not isinstance(page.meta.get(name), str):
            yield _problem(
                docs,
                page.path,
                1,
                page.text,
                "---",
                found=f"no “{name}” at the top of the page",
                expected=f"a {name}: {why}",
                mend=f"add “{name}: …” between the two lines of three hyphens at the top",
            )


def _check_calls(page: SourcePage, site: Site, docs: Path) -> Iterator[Problem]:
    try:
        calls = page.calls
    except TemplateSyntaxError as error:
        yield _problem(
            docs,
            page.path,
            error.lineno,
            page.text,
            "{",
            found=f"braces that cannot be read ({error.message})",
            expected='a macro call such as {{ figure("trusts") }}',
            mend="check the braces, brackets and quotation marks",
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
            site.call(page.url, call.name, call.arguments)
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
        except TypeError:
            yield _problem(
                docs,
                page.path,
                call.line,
                page.text,
                call.name,
                found=f"{len(call.arguments)} value(s) in the call of “{call.name}”",
                expected=catalogue.usage(call.name),
                mend="write the call like that",
            )


def _check_titles_differ(site: Site, docs: Path) -> Iterator[Problem]:
    for name in ("title", "description"):
        first: dict[str, str] = {}
        for page in site.pages:
            value = page.meta.get(name)
            if isinstance(value, str) and value in first:
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
            first.setdefault(str(value), page.path)


def _check_folder(folder: str, names: Mapping[str, str], site: Site, docs: Path) -> Iterator[Problem]:
    """Each record has its page, and each page of the folder its record; `names` gives the macro call of each."""
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
        elif needed not in page.text:
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
