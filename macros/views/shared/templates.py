"""Templates: the one place where values become HTML. Everything is escaped unless it is marked as safe."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Hashable, Mapping, MutableMapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.meta import find_referenced_templates
from markupsafe import Markup, escape

from macros.model import text, wording
from macros.model.tracking import FieldRead, note_dependency

TEMPLATES = Path(__file__).parents[1] / "templates"
TEMPLATE = "template"
"""What a drawing that depends on a template notes, next to the template's name."""
REPORT = "the report"
"""The name that templates use for the first evidence."""
_REPORT = re.compile(r"\b([Tt])he report\b")
_CODE = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_LIKE_A_HEADING = re.compile(r"(?m)^#(?=#{0,5} )")


def _no_heading(value: object) -> object:
    """Return a value for a template, changed so that none of its lines can pass for a heading of the template's own.

    Views give Markdown where headings matter (`macros.pages.parser_bypass`); words of the data must not act as such.
    """
    if isinstance(value, str) and "#" in value:
        return Markup(_LIKE_A_HEADING.sub("&#35;", escape(value)))  # noqa: S704 - escaped, or already safe
    return value


class _Worded(FileSystemLoader):
    """Loads templates with “the report” turned into an expression: a guide's name for it is escaped like all data."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_as_it_was = super().get_source(environment, template)
        parts = _CODE.split(source)  # alternately markup and code
        asked = (
            _REPORT.sub(r'" ~ \1he_report ~ "' if n % 2 else r"{{ \1he_report }}", one) for n, one in enumerate(parts)
        )
        return "".join(asked), path, is_as_it_was

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        """Return a template, compiled from what `_parsed` read: parsing takes as long as the rest."""
        tree, path, is_as_it_was = _parsed(environment, name)
        code = environment.compile(tree, name, path)
        return environment.template_class.from_code(environment, code, globals or {}, is_as_it_was)


@cache
def _parsed(environment: Environment, name: str) -> tuple[nodes.Template, str, Callable[[], bool]]:
    """Return the tree of a template, its file, and whether the file is still as it was."""
    source, path, is_as_it_was = _Worded(TEMPLATES).get_source(environment, name)
    return environment.parse(source, name, path), path, is_as_it_was


@cache
def _environment(report: str) -> Environment:
    environment = Environment(
        loader=_Worded(TEMPLATES),
        autoescape=True,
        finalize=_no_heading,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"the_report": report, "The_report": wording.sentence(report)}
    environment.filters |= {
        "prose": text.to_html,
        "inline": text.to_inline_html,
        "plain": text.to_plain,
        "capital": wording.sentence,
        "told": partial(wording.told_by, again=report),
    }
    return environment


def render(template: str, report: str = REPORT, **values: Any) -> str:
    """Return a filled-in template, in which the first evidence is called `report`. Missing names are errors."""
    environment = _environment(report)
    for name in _behind(environment, template):
        note_dependency(TEMPLATE, name)
    return environment.get_template(template).render(**values)


def render_often(template: str, **values: Hashable) -> str:
    """Like `render`, for a template that is filled in with the same few values over and over."""
    for name in _behind(_environment(REPORT), template):
        note_dependency(TEMPLATE, name)
    return _render_once(template, tuple(values.items()))


@lru_cache(maxsize=1024)
def _render_once(template: str, values: tuple[tuple[str, Hashable], ...]) -> str:
    told: dict[str, Any] = dict(values)
    return render(template, **told)


@cache
def _behind(environment: Environment, template: str) -> frozenset[str]:
    """Return the names of a template and of all that it includes or imports."""
    found = {template}
    for name in find_referenced_templates(_parsed(environment, template)[0]):
        if name is None:
            raise ValueError(f"{template} includes a template by a name that is not written there")
        found |= _behind(environment, name)
    return frozenset(found)


def digests() -> Mapping[str, str]:
    """Return the digest of each template as it is now, by its name."""
    environment, loader = _environment(REPORT), FileSystemLoader(TEMPLATES)
    sources = {name: loader.get_source(environment, name)[0] for name in loader.list_templates()}
    return {name: hashlib.sha256(source.encode()).hexdigest() for name, source in sources.items()}


def read_anew() -> None:
    """Forget all templates that were read, because one of them was edited."""
    for remembered in (_environment, _parsed, _behind, _render_once):
        remembered.cache_clear()


def altered(was: Mapping[str, str], now: Mapping[str, str]) -> frozenset[FieldRead]:
    """Return what was edited between two results of `digests`, as drawings note that they depend on it."""
    return frozenset((TEMPLATE, name) for name in was.keys() | now.keys() if was.get(name) != now.get(name))


ChartRow = tuple[str, Decimal | int | None, str, Markup]
"""A label, the value (None if none is printed), the value in words, and its source tags."""


def bars(chart_id: str, caption: str, rows: Sequence[ChartRow], head: tuple[str, str], full: int) -> Markup:
    """Return a table with a bar in each row, whose length is the value's share of `full`.

    A chart may only have values of one unit and one scope.
    """
    drawn = [
        {
            "label": label,
            "text": text,
            "cite": cite,
            "width": f"{100 * value / full:.4g}%" if value is not None else None,
        }
        for label, value, text, cite in rows
    ]
    return Markup(render("bars.html", chart_id=chart_id, caption=caption, rows=drawn, head=head))  # noqa: S704 - a template made it
