"""Templates: the one place where values become HTML, with everything escaped that is not marked as safe."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from macros import text, wording

TEMPLATES = Path(__file__).parent / "templates"
_LIKE_A_HEADING = re.compile(r"(?m)^#(?=#{0,5} )")


def _no_heading(value: object) -> object:
    """Return what a template puts in, such that no line of it is taken for a heading of the template's own.

    Views give Markdown where it is about headings (`macros.passage`); words of the data must not.
    """
    if isinstance(value, str) and "#" in value:
        return Markup(_LIKE_A_HEADING.sub("&#35;", escape(value)))  # noqa: S704 - escaped, or safe as it came
    return value


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=_no_heading,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "prose": text.to_html,
        "inline": text.to_inline_html,
        "plain": text.to_plain,
        "capital": wording.sentence,
    }
    return environment


def render(template: str, **values: Any) -> str:
    """Return a template filled in. Names that a template lacks are errors."""
    return _environment().get_template(template).render(**values)
