"""The practice library: what was tried, where, with what reported result."""

from __future__ import annotations

from macros import address, wording
from macros.links import links
from macros.model.guidance import Practice
from macros.render import render
from macros.views.items import Item, Status
from macros.views.page import Page


def practice_list(page: Page) -> str:
    """Return all practices with their Trusts, stages and status in 2009."""
    stages = {hub.id: hub for hub in page.stages}
    names = {trust.slug: trust.name for trust in page.guide.trusts}
    rows = [
        {
            "name": one.title,
            "link": page.link(address.of_practice(one.slug)),
            "status": Status(one.status),
            "what": one.what,
            "trusts": wording.joined([*dict.fromkeys(names[use.trust] for use in one.uses)]),
            "stages": [stages[stage].title for stage in one.stages],
            "result": one.result,
            "cite": page.cite(one),
        }
        for one in page.practices
    ]
    return render("practice_list.html", rows=rows)


def practice(page: Page, slug: str) -> str:
    """Return one practice's whole page; raises UnknownName."""
    one = page.practice(slug)
    order = page.guide.practices
    at = order.index(one)
    return render(
        "practice.html",
        one=one,
        status=Status(one.status),
        cite=page.cite(one),
        uses=[
            {
                "name": page.trust(use.trust).name,
                "link": page.link(address.of_trust(use.trust)),
                "item": Item("", Status(use.status), (), use.what, page.cite(use)),
            }
            for use in one.uses
        ],
        stages=[
            {"name": f"{hub.number}: {hub.title}", "link": page.link(address.of_stage(hub.id))}
            for hub in page.stages
            if hub.id in one.stages
        ],
        standards=[
            {"name": f"{other.id.upper()} {other.title}", "link": page.link(address.of_standard(other.id))}
            for other in page.standards
            if other.id in one.standards
        ],
        previous=_neighbour(page, order[at - 1]) if at else None,
        next=_neighbour(page, order[at + 1]) if at + 1 < len(order) else None,
        ours=page.source_tags(("ours",)),
    )


def _neighbour(page: Page, one: Practice) -> dict[str, str]:
    return {"name": one.title, "link": page.link(address.of_practice(one.slug))}


def practices_of(page: Page, slug: str) -> list[dict[str, object]]:
    """Return links to the practices that one Trust used."""
    return [
        {"name": one.title, "link": page.link(address.of_practice(one.slug)), "status": Status(one.status)}
        for one in links(page.guide).practices_by_trust[slug]
    ]
