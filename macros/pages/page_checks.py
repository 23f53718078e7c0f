"""Finds mistakes in a single page: in its characters, its HTML and its macro calls."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from jinja2 import TemplateSyntaxError

from macros.pages import attribute_rules, page_html
from macros.pages.front_checks import check_front
from macros.pages.macro_calls import Call, PlainCallError
from macros.pages.macro_lookup import WrongCallError
from macros.pages.source_page import ENDS_ALONE, NOT_UTF8, SourcePage, problem_at
from macros.reading import earlier_results
from macros.reading.file_text import BOM, has_two_versions, not_utf_8, slips
from macros.reading.problem import Problem, UnknownName, did_you_mean
from macros.reading.refusals import shown
from macros.views import catalogue

_ALONE = re.compile(r"\s*\{\{(?:(?!\{\{|\}\}).)*(?:\}\}\s*)?")
"""A line with one call, or with the beginning of one."""


class PageFaults(NamedTuple):
    """The problems of a single page: those reported before the problems of its calls, and those reported after them."""

    above: tuple[Problem, ...]
    below: tuple[Problem, ...]


def problems_in(page: SourcePage, docs: Path) -> PageFaults:
    """Return the problems of a single page; the search for them is done once."""
    known: dict[Path, PageFaults] = page.__dict__.setdefault("_alone", {})
    if docs not in known:
        key = earlier_results.key_of("source page", docs.name, page.path, page.text)
        known[docs] = PageFaults((), ()) if earlier_results.known(key) else _problems_in(page, docs)
        if known[docs] == PageFaults((), ()):
            earlier_results.keep(key, True)
    return known[docs]


def _problems_in(page: SourcePage, docs: Path) -> PageFaults:
    above = tuple(_check_characters(page, docs))
    if has_two_versions(page.text):  # other faults are only consequences
        return PageFaults(above, ())
    return PageFaults((*above, *check_front(page, docs)), tuple(_check_html(page, docs)))


def _check_characters(page: SourcePage, docs: Path) -> Iterator[Problem]:
    file = f"{docs.name}/{page.path}"
    if alone := ENDS_ALONE.search(page.text):
        at = alone.start()
        where = page.text.count("\n", 0, at) + 1, at - page.text.rfind("\n", 0, at)
        found, mend = "a line end that not all programs know (U+000D)", "save the file again with ends of lines as LF"
        yield Problem(file, *where, "", found, "lines that end alike for every program", mend)
    told_apart = NOT_UTF8.sub("?", page.text).replace("\r", "").removeprefix(BOM)
    for slip in slips(told_apart, is_page=True):
        yield Problem(file, slip.line, slip.column, "", slip.found, slip.expected, slip.mend)
    if page.text.startswith(BOM):
        mend = "save the file again and choose “UTF-8”, not “UTF-8 with BOM”"
        yield Problem(file, 1, 1, "", "a byte order mark", "UTF-8 without one", mend)
    if NOT_UTF8.search(page.text) and (wrong := not_utf_8(page.text.encode("utf-8", "surrogateescape"))):
        yield Problem(file, wrong.line, wrong.column, "", wrong.found, wrong.expected, wrong.mend)


def _check_html(page: SourcePage, docs: Path) -> Iterator[Problem]:
    try:
        parts = [part if isinstance(part, str) else _stand_in(part) for part in page.parts]
    except (TemplateSyntaxError, PlainCallError):  # reported already
        return
    lines = page.text.split("\n")
    for call in page.calls:
        is_block = call.name in catalogue.MACROS and call.name not in catalogue.INLINE
        if is_block and not _ALONE.fullmatch(lines[call.line - 1]):
            yield problem_at(
                docs,
                page.path,
                call.line,
                page.text,
                "{{",
                found=f"the macro “{call.name}” inside a line, though it gives a whole block",
                expected="a line that holds the call and nothing else",
                mend="put the call on a line of its own, with an empty line above and below it",
            )
    for fault in page_html.faults(parts):
        yield problem_at(
            docs,
            page.path,
            fault.line,
            page.text,
            fault.needle,
            found=fault.found,
            expected="words, lists, tables, headings and links",
            mend=fault.mend,
        )


def _stand_in(call: Call) -> str:
    return attribute_rules.CALL if call.name in catalogue.INLINE else page_html.BLOCK


def check_calls(page: SourcePage, docs: Path, draw: Callable[[Call], object]) -> Iterator[Problem]:
    try:
        calls = page.calls
    except TemplateSyntaxError as error:
        if ids := [*_check_foreign_ids(page, docs)]:
            yield from ids
            return
        curly = not set("“”‘’").isdisjoint(error.message or "")
        yield problem_at(
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
        yield problem_at(
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
            yield problem_at(
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
            yield problem_at(
                docs,
                page.path,
                call.line,
                page.text,
                call.name,
                found=f"the macro “{call.name}” with {given or 'nothing between its brackets'}",
                expected=catalogue.usage(call.name),
                mend="write the call like that, with each value in straight quotation marks",
            )


_OTHER_IDS = re.compile(r"\{#([\w-][^{}#\n]*)\}")
"""An id in the form of other kinds of Markdown, `{#needs}`, which begins a comment in the engines' templates."""


def _check_foreign_ids(page: SourcePage, docs: Path) -> Iterator[Problem]:
    """Yield a problem for each id that would turn the rest of the page into a comment."""
    for number, line in enumerate(page.body.split("\n"), 1):
        for found in _OTHER_IDS.finditer(line):
            yield Problem(
                f"{docs.name}/{page.path}",
                number,
                found.start() + 1,
                "",
                found=f"an id written as {found[0]}",
                expected="an id such as {: #needs }",
                mend=f"write {{: #{' '.join(found[1].split())} }}",
            )
