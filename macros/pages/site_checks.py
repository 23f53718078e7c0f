"""Checks all pages together: their calls, ids and titles, and that records and pages match one to one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path

from macros.derived.figures import figures
from macros.model import holdings
from macros.model.holdings import Holding
from macros.pages import docs_files, menu, page_checks, page_ids, same_address
from macros.pages.macro_calls import Call, parse
from macros.pages.macro_lookup import macro_of
from macros.pages.page_checks import check_calls
from macros.pages.parser_bypass import marked
from macros.pages.site import Site
from macros.pages.source_page import SourcePage, problem_at, read_pages, readable_calls
from macros.reading import earlier_results
from macros.reading.problem import Problem, did_you_mean
from macros.reading.records import field_path
from macros.views import catalogue
from macros.views.shared.trust_groups import gathered_of


def problems(site: Site) -> tuple[Problem, ...]:
    """Return the problems of a site's pages; the search for them is done once."""
    known: tuple[Problem, ...] | None = site.__dict__.get("_problems")
    if known is None:
        site.__dict__["_problems"] = known = tuple(check(site))
    return known


def check(site: Site) -> Iterator[Problem]:
    """Yield the problems of the pages: in front matter and calls, and records without a page or the reverse."""
    guide, docs = site.guide, site.docs
    yield from docs_files.check(docs)
    yield from same_address.check(docs)
    if gathered_of(guide):
        yield from menu.check_length(docs)
    yield from menu.check(docs, [page.path for page in site.pages])
    for page in site.pages:
        alone = page_checks.problems_in(page, docs)
        yield from alone.above
        yield from check_calls(page, docs, partial(site.draw, page.url))
        yield from alone.below
        yield from _check_ids_given_twice(page, site)
    yield from _check_titles_differ(site.pages, docs)
    titles = catalogue.record_titles(guide)
    for folder, names in catalogue.record_pages(guide).items():
        yield from _check_folder(folder, names, titles[folder], site, docs)
    yield from _check_found_pages(site, docs)
    yield from _check_figure_notes(site, docs)


def check_without_data(docs: Path) -> Iterator[Problem]:
    """Yield the problems that pages have whatever the data say: for use when there is no Guide to show on them."""
    yield from docs_files.check(docs)
    yield from same_address.check(docs)
    pages = [*read_pages(docs)]
    for page in pages:
        alone = page_checks.problems_in(page, docs)
        yield from alone.above
        yield from check_calls(page, docs, macro_of)
        yield from alone.below
    yield from _check_titles_differ(pages, docs)


def _check_ids_given_twice(page: SourcePage, site: Site) -> Iterator[Problem]:
    docs = site.docs
    alone = page_checks.problems_in(page, docs)
    if alone.above or alone.below or _at_fault(page, site):  # reported already, and the page's output depends on it
        return
    key = earlier_results.key_of("ids", page.text, *(site.draw(page.url, call)[0] for call in readable_calls(page)))
    if earlier_results.known(key):
        return
    faults = [*_ids_of(page, site)]
    for line, needle, found, mend in faults:
        yield problem_at(docs, page.path, line, page.text, needle, found=found, expected="each id once", mend=mend)
    if not faults:
        earlier_results.keep(key, True)


def _ids_of(page: SourcePage, site: Site) -> Iterator[page_ids.IdFault]:
    def drawn(url: str, name: str, *arguments: str) -> str:
        return site.draw(url, Call(name, arguments, 0))[0]

    given = [(call, drawn(page.url, call.name, *call.arguments)) for call in readable_calls(page)]
    return page_ids.faults(page.text, page.body, given, lambda: site.render(page, lambda *call: marked(drawn(*call))))


def _check_titles_differ(pages: Iterable[SourcePage], docs: Path) -> Iterator[Problem]:
    for name in ("title", "description"):
        first: dict[str, str] = {}
        for page in pages:
            value = page.meta.get(name)
            if not isinstance(value, str):
                continue
            value = " ".join(value.split())
            if value in first:
                line = page.line_of(name)
                yield problem_at(
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
    """Yield a problem for each page that search knows by other names and that does not exist."""
    known = [page.url for page in site.pages]
    for number, one in enumerate(site.guide.search.pages):
        if one.page not in known:
            yield _problem_in(
                docs.parent,
                holdings.SEARCH,
                f"page: {one.page}\n",
                field_path(("pages", number, "page")),
                found=f"the page “{one.page}”",
                expected="the address of a page, such as about/contact/",
                mend=did_you_mean(one.page, known),
            )


def _check_figure_notes(site: Site, docs: Path) -> Iterator[Problem]:
    """Yield a problem for each figure that the data has a note on and that is not worked out."""
    known = figures(site.guide)
    for number, note in enumerate(site.guide.region.figures):
        if note.figure not in known:
            yield _problem_in(
                docs.parent,
                holdings.REGION,
                f"figure: {note.figure}\n",
                field_path(("figures", number, "figure")),
                found=f"the figure “{note.figure}”",
                expected="the name of a figure, such as trusts-contributing",
                mend=did_you_mean(note.figure, known),
            )


def _problem_in(
    root: Path, holding: Holding, line: str, field: str, *, found: str, expected: str, mend: str
) -> Problem:
    """Return a problem at the first place of `line` in the file of a holding."""
    file = root / "data" / holding.path
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    before = text[: max(text.find(line), 0)]
    at = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Problem(f"data/{holding.path}", *at, field, found=found, expected=expected, mend=mend)


def _shows(page: SourcePage, needed: str) -> bool:
    """Return whether the page has the call that shows its record."""
    wanted = _call_of(needed)
    return any(call.name == wanted.name and call.arguments == wanted.arguments for call in readable_calls(page))


@cache
def _call_of(needed: str) -> Call:
    return next(part for part in parse(f"{{{{ {needed} }}}}") if isinstance(part, Call))


def _at_fault(page: SourcePage, site: Site) -> bool:
    """Return whether a call on the page is wrong, which is reported already."""
    return any(check_calls(page, site.docs, partial(site.draw, page.url)))


def _check_folder(
    folder: str, names: Mapping[str, str], titles: Mapping[str, str], site: Site, docs: Path
) -> Iterator[Problem]:
    """Yield problems of a folder: each record needs a page with the right title, and each page a record."""
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
            yield problem_at(
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
            yield problem_at(
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
        if name not in names and name not in catalogue.other_pages(site.guide).get(folder, ()):
            yield problem_at(
                docs,
                page.path,
                1,
                page.text,
                "---",
                found=f"a page for “{name}”, which has no record in data/",
                expected="pages of records only",
                mend=did_you_mean(name, names),
            )
