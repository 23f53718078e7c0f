"""The practice library: each practice, the Trusts that tried it, and the reported results."""

from __future__ import annotations

from macros.derived.relations import links
from macros.model import addresses
from macros.model.guidance import Practice
from macros.views.shared.facts import Item
from macros.views.shared.page import Page
from macros.views.shared.status import Status


def practice_list(page: Page) -> str:
    """Return all practices with their stages and Trusts, and the status of each in those Trusts."""
    stages = {hub.id: hub for hub in page.stages}
    names = {trust.slug: trust.name for trust in page.guide.trusts}
    rows = [
        {
            "name": one.title,
            "link": page.link(addresses.of_practice(one.slug)),
            "what": one.what,
            "uses": [{"name": names[use.trust], "status": Status(use.status)} for use in one.uses],
            "stages": [stages[stage].title for stage in one.stages],
            "result": one.result,
            "cite": page.cite(one),
        }
        for one in page.practices
    ]
    return page.render("practice_list.html", rows=rows)


def practice(page: Page, slug: str) -> str:
    """Return one practice's whole page; raises UnknownName."""
    one = page.practice(slug)
    order = page.guide.practices
    at = order.index(one)
    return page.render(
        "practice.html",
        one=one,
        year=page.first_wave.year,
        status=Status(one.status),
        cite=page.cite(one),
        uses=[
            {
                "name": page.trust(use.trust).name,
                "link": page.link(addresses.of_trust(use.trust)),
                "status": Status(use.status),
                "item": Item(what=use.what, cite=page.cite(use)),
            }
            for use in one.uses
        ],
        stages=[
            {"name": f"{hub.number}: {hub.title}", "link": page.link(addresses.of_stage(hub.id))}
            for hub in page.stages
            if hub.id in one.stages
        ],
        standards=[
            {"name": f"{other.id.upper()} {other.title}", "link": page.link(addresses.of_standard(other.id))}
            for other in page.standards
            if other.id in one.standards
        ],
        previous=_neighbour(page, order[at - 1]) if at else None,
        next=_neighbour(page, order[at + 1]) if at + 1 < len(order) else None,
        ours=page.source_tags(("ours",)),
    )


def _neighbour(page: Page, one: Practice) -> dict[str, str]:
    return {"name": one.title, "link": page.link(addresses.of_practice(one.slug))}


def practices_of(page: Page, slug: str) -> list[dict[str, object]]:
    """Return links to one Trust's practices in the library, each with its status in that Trust."""
    return [
        {"name": one.title, "link": page.link(addresses.of_practice(one.slug)), "status": Status(use.status)}
        for one in links(page.guide).practices_by_trust[slug]
        for use in one.uses
        if use.trust == slug
    ]
