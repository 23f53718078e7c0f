"""The board paper: what the framework is and why, its contents, the case against it, and what the board is asked."""

from __future__ import annotations

from collections.abc import Iterable

from macros.model import addresses
from macros.model.guidance import Arrangement
from macros.model.vocabulary import Side
from macros.model.wording import number
from macros.views.papers.paper import Paper, PaperPage

TITLE = "Board paper: the proposed regional framework"
_PAGES = 4


def board_paper(page: PaperPage) -> Paper:
    """Return the paper for a board that decides whether to try the framework."""
    framework = page.framework
    hubs = {hub.id: hub for hub in page.stages}
    # In reading order, which is the order of the numbers of sources.
    asks = [{"what": one.what, "cite": page.cite(one)} for one in framework.asks]
    cite = page.cite(framework)
    why = _arguments(page, Side.FOR)
    stages = [
        {
            "name": f"{hubs[one.stage].number}: {hubs[one.stage].title}",
            "common": _arranged(page, one.common),
            "local": _arranged(page, one.local),
        }
        for one in framework.stages
    ]
    sheet = page.sheet(
        "board",
        "paper_board.html",
        most=_PAGES,
        title=TITLE,
        framework=framework,
        asks=asks,
        cite=cite,
        why=why,
        stages=stages,
        against=_arguments(page, Side.AGAINST),
        conditions=_arguments(page, Side.CONDITION),
        steps=[{"one": one, "cite": page.cite(one)} for one in framework.adopt],
        evidence_date=page.first_wave.date.text,
        link=page.link("framework/"),
    )
    about = f"{framework.title}, in {number(_PAGES)} pages for the board of a Trust."
    return Paper(addresses.BOARD_PAPER, TITLE, about, framework.status, (sheet,))


def _arguments(page: PaperPage, side: Side) -> list[dict[str, object]]:
    return [
        {"title": one.title, "what": one.what, "cite": page.cite(one)}
        for one in page.framework.arguments
        if one.side == side
    ]


def _arranged(page: PaperPage, many: Iterable[Arrangement]) -> list[dict[str, object]]:
    return [{"what": one.what, "cite": page.cite(one)} for one in many]
