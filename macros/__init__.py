"""Clear Expectations: the data, the figures and the views of the guide, as macros for its pages."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any


def define_env(env: Any) -> None:
    """Give the engine the names that pages may call. MkDocs calls this once, Zensical once for every page."""
    from macros.pages import site_once
    from macros.passage import marked
    from macros.views.catalogue import MACROS

    is_zensical = hasattr(getattr(env, "page", None), "path")  # MkDocs has no page yet, and its pages have a file
    site = site_once(Path(env.project_dir), links_from_files=is_zensical)

    def call(name: str, *arguments: Any) -> str:
        return marked(site.call(env.page.url, name, arguments))

    for name in MACROS:
        env.macro(partial(call, name), name)
