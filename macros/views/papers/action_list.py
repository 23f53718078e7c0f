"""A checklist as a list of actions: each check with space for who, by when and the evidence."""

from __future__ import annotations

from macros.derived import action_lists
from macros.model import addresses
from macros.model.guidance import Standard
from macros.views.papers.paper import Paper, PaperPage
from macros.views.tools import ALL, CORE, checklist_title

_CORE_PAGES = 3
"""The most pages for the core standards, which come from every stage."""


def action_list(page: PaperPage, which: str) -> Paper:
    """Return the action list of a stage, of the core standards (`core`) or of all (`all`); each stage has a sheet."""
    title = checklist_title(page, which)
    if which == ALL:
        parts = [(str(hub.id), f"{title}, {hub.title.lower()}", _of_stage(page, hub.id)) for hub in page.stages]
    else:
        chosen = [one for one in page.standards if one.core] if which == CORE else _of_stage(page, which)
        parts = [(which, title, chosen)]
    standards = [one for _, _, many in parts for one in many]
    return Paper(
        addresses.action_list(which),
        title,
        f"{len(action_lists.rows(standards))} checks, each with a place for who, by when and evidence.",
        "The standards are ours. No Trust has adopted them",
        tuple(
            page.sheet(
                f"list-{name}",
                "paper_checklist.html",
                most=_CORE_PAGES if which == CORE else 1,
                title=heading,
                standards=[{"one": one, "cite": _cite(page, one)} for one in many],
                evidence_head=action_lists.HEAD,
                link=page.link(f"tools/{name}/"),
            )
            for name, heading, many in parts
        ),
        (action_lists.COLUMNS, *action_lists.rows(standards)),
    )


def _cite(page: PaperPage, one: Standard) -> str:
    page.shown(*one.clauses)
    return page.cite(one)


def _of_stage(page: PaperPage, stage: str) -> list[Standard]:
    return [one for one in page.standards if one.stage == stage]
