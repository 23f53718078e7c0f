"""Clear Expectations: the data, the figures and the views of the guide, as macros for its pages."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any


def define_env(env: Any) -> None:
    """Give the engine the names that pages may call. MkDocs calls this once, Zensical once for every page.

    Raises DataProblems where nothing has checked the data and the pages yet, and RuntimeError where the engine would
    run more on a page than calls of our macros.
    """
    from macros.build import CHECKED
    from macros.calls import PlainCalls, guarded
    from macros.pages import site_once
    from macros.passage import marked
    from macros.problems import DataProblems
    from macros.views.catalogue import MACROS

    guarded(env.config)
    PlainCalls.macros = frozenset(MACROS)
    is_zensical = hasattr(getattr(env, "page", None), "path")  # MkDocs has no page yet, and its pages have a file
    is_checked = CHECKED in os.environ
    site = site_once(Path(env.project_dir), links_from_files=is_zensical, settled=is_checked)
    if not is_checked and site.problems:
        raise DataProblems(site.problems)

    def call(name: str, *arguments: Any) -> str:
        # Of the latest state: under `serve`, MkDocs asks for this once, and pages change after that.
        now = site if is_zensical else site_once(Path(env.project_dir), settled=True)
        return marked(now.call(env.page.url, name, arguments))

    for name in MACROS:
        env.macro(partial(call, name), name)
    if is_zensical:
        on_pre_page_macros(env)


def on_pre_page_macros(env: Any) -> None:
    """Give the theme what Markdown cannot: the pages above this one, and what it tells programs. MkDocs calls this."""
    from macros.pages import site_once
    from macros.schema_org import json_ld

    site = site_once(Path(env.project_dir), links_from_files=hasattr(env.page, "path"), settled=True)
    if described := site.described(env.page.url):
        env.page.meta["trail"] = [{"url": url, "title": title} for url, title in described.trail]
        env.page.meta["json_ld"] = json_ld(site.guide, described, env.conf["site_url"] or "/")
