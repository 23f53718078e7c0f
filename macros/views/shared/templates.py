"""Templates: the one place where values become HTML. Everything is escaped unless it is marked as safe."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from macros.model import text, wording

TEMPLATES = Path(__file__).parents[1] / "templates"
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
    return _environment(report).get_template(template).render(**values)


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
