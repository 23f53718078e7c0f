"""Finds mistakes in the front matter of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import yaml

from macros.model.text import faults, without_hidden
from macros.pages.source_page import ENDS_ALONE, NOT_UTF8, SourcePage, problem_at
from macros.reading.file_text import BOM
from macros.reading.problem import Problem, did_you_mean
from macros.reading.refusals import shown
from macros.reading.yaml_file import Tree

FRONT = ("title", "description", "hide", "provenance", "search")
"""The fields that the front matter of a page may have."""

_MAX_META = 300
_MEANS_HTML = re.compile(r"[<>\"]|&#?\w+;?")
_ENDS_FRONT = re.compile(r"(?:---|\.\.\.)|\s*(?:-{3,}|\.{3,}|…)\s*\Z")


def check_front(page: SourcePage, docs: Path) -> Iterator[Problem]:
    if page.text.startswith(BOM) or ENDS_ALONE.search(page.text) or NOT_UTF8.search(page.front):
        return  # reported already, and it hides the front matter
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
    if parted := [*_check_parts(page, docs)]:
        yield from parted
        return
    yield from _check_meta(page, docs)
    for name, why in (("title", "shown as the heading and in lists"), ("description", "shown by search engines")):
        value = page.meta.get(name)
        if isinstance(value, str) and value.strip():
            continue
        if name in page.meta:
            line = page.line_of(name)
            yield problem_at(
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
            yield problem_at(
                docs,
                page.path,
                1,
                page.text,
                "---",
                found=f"no “{name}” at the top of the page",
                expected=f"a {name}: {why}",
                mend=f"add “{name}: …” between two lines of three hyphens at the top",
            )


def _check_parts(page: SourcePage, docs: Path) -> Iterator[Problem]:
    """Yield a problem if the engines would disagree on the end of the front matter.

    They also accept other lines as its end, and other beginnings.
    """
    for number, line in enumerate(page.front.split("\n"), 2):
        if _ENDS_FRONT.match(line):
            found, mend = f"“{line.strip()[:40]}”, where an engine may end the top of the page", "take the line out"
            yield problem_at(docs, page.path, number, page.text, line, found=found, expected="one end", mend=mend)
            return
    body, _ = _mkdocs_meta().get_data(page.text)
    if page.front and body != page.body.lstrip("\n"):
        found, mend = (
            "a top of the page that an engine does not take for one",
            "write “name: value” in each of its lines",
        )
        yield problem_at(docs, page.path, 1, page.text, "---", found=found, expected="names and values", mend=mend)


@cache
def _mkdocs_meta() -> Any:
    """Return the module of MkDocs that splits pages, loaded alone: loading all of MkDocs takes a second."""
    engine = find_spec("mkdocs")
    if engine is None or engine.origin is None:  # pragma: no cover - it is pinned
        raise ImportError("MkDocs is not installed")
    spec = spec_from_file_location("mkdocs_meta", Path(engine.origin).parent / "utils/meta.py")
    if spec is None or spec.loader is None:  # pragma: no cover - its version is pinned
        raise ImportError("MkDocs has no module for the tops of pages")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _check_meta(page: SourcePage, docs: Path) -> Iterator[Problem]:
    """Yield problems with the fields: names must be known, and values plain words that all programs read alike."""
    try:
        others = yaml.safe_load(page.front)
    except (yaml.YAMLError, ValueError):
        others = None
    for name, value in page.meta.items():
        line = next((n for n, one in enumerate(page.front.split("\n"), 2) if one.startswith(f"{name}:")), 2)
        told = partial(problem_at, docs, page.path, line, page.text, name)
        if name not in FRONT:
            known = ", ".join(FRONT)
            yield told(
                found=f"“{name}” at the top of the page", expected=f"only {known}", mend=did_you_mean(name, FRONT)
            )
        elif not isinstance(others, dict) or others.get(name) != value:
            found = f"{shown(value)}, which programs read in different ways"
            yield told(found=found, expected="words that are read alike", mend="put quotation marks around it")
        else:
            for found, mend in _meta_faults(value, page.front):
                yield told(found=found, expected=f"a plain {name}", mend=mend)


def _meta_faults(value: object, front: str) -> Iterator[tuple[str, str]]:
    # The theme puts these values into HTML unchanged, and an engine treats a title as a template.
    for text in _texts(value):
        if len(text) > _MAX_META:
            yield f"{len(text):,} characters", f"shorten it to {_MAX_META}"
            continue
        seen = without_hidden(text)
        is_told = set(text) - set(seen) <= set(front)  # only if it is there literally, not written as a code: “\x0b”
        yield from faults(seen if is_told else text)
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
