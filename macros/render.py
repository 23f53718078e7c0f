"""Templates: the one place where values become HTML, with everything escaped that is not marked as safe."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros import text, wording

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
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
