"""Clear Expectations: the data, the figures and the views of the guide, as macros for its pages."""

from __future__ import annotations

import os
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from macros.pages.site import Site
    from macros.publish.handover import DrawnPages


# Only the schema decides what is valid: installed plugins of pydantic’s must not.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"


def define_env(env: Any) -> None:
    """Give the engine the names that pages may call. MkDocs calls this once, Zensical once for every page.

    Raises DataProblems if the data or the pages have not been checked yet and are wrong, and RuntimeError if the engine
    would run anything on a page except calls of our macros.
    """
    from macros.pages.macro_calls import PlainCalls, guarded
    from macros.pages.parser_bypass import marked
    from macros.publish.handover import handed

    guarded(env.config)
    is_zensical = hasattr(getattr(env, "page", None), "path")  # MkDocs has no page yet, and its pages have a file
    drawn = handed()
    if drawn is None:
        from macros.model.process_variables import CHECKED, is_set
        from macros.pages.site import site_once
        from macros.pages.site_checks import problems
        from macros.reading.problem import DataProblems
        from macros.views.catalogue import MACROS

        is_checked = is_set(CHECKED)
        site = site_once(Path(env.project_dir), links_from_files=is_zensical, settled=is_checked)
        if not is_checked and (found := problems(site)):
            raise DataProblems(found)
        if not is_checked and is_zensical:
            _tell_once(site.history.missing)
    names = frozenset(MACROS if drawn is None else drawn.macros)
    PlainCalls.macros = names

    def call(name: str, *arguments: Any) -> str:
        # The latest state: under `serve`, MkDocs asks for this function once, and pages change after that.
        now = drawn or site_once(Path(env.project_dir), links_from_files=is_zensical, settled=True)
        return marked(now.call(env.page.url, name, arguments))

    for name in names:
        env.macro(partial(call, name), name)
    if is_zensical:
        on_pre_page_macros(env)


@cache
def _tell_once(missing: str) -> None:
    """Tell once of missing history, as Zensical calls `define_env` for every page."""
    from macros.terminal import tell_missing

    tell_missing(missing)


def on_pre_page_macros(env: Any) -> None:
    """Give the theme values that Markdown cannot: the pages above this one, and its description for programs.

    MkDocs calls this.
    """
    from macros.publish.handover import handed

    now: DrawnPages | Site | None = handed()
    if now is None:
        from macros.pages.site import site_once

        now = site_once(Path(env.project_dir), links_from_files=hasattr(env.page, "path"), settled=True)
    env.page.meta.update(now.head(env.page.url, env.conf["site_url"] or "/"))
