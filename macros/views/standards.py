"""The standards: all of them, one of them, and the hubs of the stages, themes and principles they belong to."""

from __future__ import annotations

from collections.abc import Iterable

from macros import address, wording
from macros.links import links
from macros.model.guidance import CommonDocument, Hub, Practice, Standard
from macros.model.report import Principle
from macros.model.words import NOT_MENTIONED, Stage
from macros.problems import UnknownName
from macros.render import render
from macros.views.items import Item, Status
from macros.views.letters import gathered
from macros.views.page import Page
from macros.views.statements import item, items

_EXAMPLES = 24
"""So many of what Trusts did stand on a stage’s page, where the Trusts are too many for one page."""


def standard_list(page: Page) -> str:
    """Return all standards, grouped by stage, with what the filter goes by."""
    related = links(page.guide)
    groups = [
        {
            "hub": hub,
            "link": page.link(address.of_stage(hub.id)),
            "standards": cards(page, related.standards_by_stage[hub.id]),
        }
        for hub in page.stages
    ]
    return render(
        "standard_list.html",
        groups=groups,
        stages=[(hub.id, f"{hub.number}: {hub.title}") for hub in page.stages],
        principles=[(one.id, f"{one.id.upper()} {one.name}") for one in page.principles],
        recommendations=[(one.id, f"{one.id.upper()} {one.title}") for one in page.recommendations],
        total=len(page.standards),
    )


def cards(page: Page, standards: Iterable[Standard]) -> list[dict[str, object]]:
    """Return what a list shows of each standard."""
    return [
        {
            "standard": one,
            "link": page.link(address.of_standard(one.id)),
            "cite": page.cite(one),
        }
        for one in standards
    ]


def core_standards(page: Page) -> str:
    """Return the core standards as a list of links."""
    return render("standard_cards.html", standards=cards(page, (one for one in page.standards if one.core)))


def standard(page: Page, name: str) -> str:
    """Return one standard's whole page; raises UnknownName."""
    one, related = page.standard(name), links(page.guide)
    hub = page.stage(one.stage)
    order = page.guide.standards
    at = order.index(one)
    done = [one for one in related.trusts_by_standard[one.id] if one.statement.fit != NOT_MENTIONED]
    told = {page.trust(trust.slug).slug for trust, _ in done}
    page.shown(*one.clauses)
    return render(
        "standard.html",
        one=one,
        stage={"name": f"{hub.number}: {hub.title}", "link": page.link(address.of_stage(hub.id))},
        principles=[
            _principle_link(page, principle) for principle in page.principles if principle.id in one.principles
        ],
        recommendations=[
            {"name": f"{asked.id.upper()}: {asked.title}", "link": page.link(address.of_recommendation(asked.id))}
            for asked in page.recommendations
            if asked.id in one.recommendations
        ],
        evidence=[Item(wording.sentence(part.kind), None, (), part.what, page.cite(part)) for part in one.evidence],
        trusts=[
            {
                "name": trust.name,
                "link": page.link(address.of_trust(trust.slug)),
                "item": Item("", Status(statement.fit), (), statement.what, page.cite(statement)),
            }
            for trust, statement in done
        ],
        silent=[trust.name for trust in page.guide.trusts if trust.slug not in told],
        practices=practice_links(page, related.practices_by_standard[one.id]),
        documents=document_links(page, related.documents_by_standard[one.id]),
        see=[
            {"name": f"{other.id.upper()} {other.title}", "link": page.link(address.of_standard(other.id))}
            for other in page.guide.standards
            if other.id in one.see
        ],
        previous=_neighbour(page, order[at - 1]) if at else None,
        next=_neighbour(page, order[at + 1]) if at + 1 < len(order) else None,
        ours=page.source_tags(one.source),
        contact=page.region.contact,
    )


def _neighbour(page: Page, one: Standard) -> dict[str, str]:
    return {"name": f"{one.id.upper()} {one.title}", "link": page.link(address.of_standard(one.id))}


def practice_links(page: Page, practices: Iterable[Practice]) -> list[dict[str, object]]:
    """Return links to practices, each with its status in 2009."""
    return [
        {"name": one.title, "status": Status(one.status), "link": page.link(address.of_practice(one.slug))}
        for one in practices
    ]


def document_links(page: Page, documents: Iterable[CommonDocument]) -> list[dict[str, object]]:
    """Return links to common documents."""
    return [
        {"name": one.title, "purpose": one.purpose, "link": page.link(address.of_document(one.id))} for one in documents
    ]


def _principle_link(page: Page, one: Principle) -> dict[str, str]:
    return {"name": f"{one.id.upper()} {one.name}", "link": page.link(address.of_principle(one.id))}


# --- stages and themes --------------------------------------------------------------------------------------------


def stage_list(page: Page) -> str:
    """Return the stages and themes as cards."""
    related = links(page.guide)
    hubs = [
        {"hub": hub, "link": page.link(address.of_stage(hub.id)), "count": len(related.standards_by_stage[hub.id])}
        for hub in page.stages
    ]
    return render("stage_list.html", hubs=hubs)


def stage(page: Page, name: str) -> str:
    """Return the hub of a stage or theme; raises UnknownName."""
    if name not in {str(one) for one in Stage}:
        raise UnknownName("stage", name, [str(one) for one in Stage])
    hub, related = page.stage(Stage(name)), links(page.guide)
    order = page.guide.stages
    at = order.index(hub)
    standards = related.standards_by_stage[hub.id]
    done = (one for standard in standards for one in related.trusts_by_standard[standard.id])
    examples = [one for one in done if one.statement.fit != NOT_MENTIONED]
    return render(
        "stage.html",
        hub=hub,
        cite=page.cite(hub),
        standards=cards(page, standards),
        examples=[
            {
                "name": one.trust.name,
                "link": page.link(address.of_trust(one.trust.slug)),
                "standard": one.statement.standard.upper(),
                "standard_link": page.link(address.of_standard(one.statement.standard)),
                "item": item(page, one.statement),
            }
            for one in (examples[:_EXAMPLES] if gathered(page) else examples)
        ],
        others=len(examples) - _EXAMPLES if gathered(page) else 0,
        practices=practice_links(page, related.practices_by_stage[hub.id]),
        documents=document_links(page, related.documents_by_stage[hub.id]),
        recommendations=[
            {"name": f"{one.id.upper()}: {one.title}", "link": page.link(address.of_recommendation(one.id))}
            for one in page.recommendations
            if hub.id in one.stages
        ],
        checklist=page.link(f"tools/{hub.id}/"),
        previous=_hub_neighbour(page, order[at - 1]) if at else None,
        next=_hub_neighbour(page, order[at + 1]) if at + 1 < len(order) else None,
    )


def _hub_neighbour(page: Page, hub: Hub) -> dict[str, str]:
    return {"name": f"{hub.number}: {hub.title}", "link": page.link(address.of_stage(hub.id))}


# --- principles ---------------------------------------------------------------------------------------------------


def principle_list(page: Page) -> str:
    """Return the four principles as cards."""
    cards = [
        {
            "name": f"{one.id.upper()}: {one.name}",
            "link": page.link(address.of_principle(one.id)),
            "what": one.what,
            "cite": page.cite(one),
        }
        for one in page.principles
    ]
    return render("principle_list.html", cards=cards)


def principle(page: Page, name: str) -> str:
    """Return one Gershon principle: what it asks for, the standards that serve it, what the survey found."""
    known = {one.id: one for one in page.principles}
    if name not in known:
        raise UnknownName("principle", name, known)
    one = known[name]
    survey = page.survey(page.guide.surveys[-1].wave)
    themes = [theme for theme in survey.themes if theme.principle == name]
    questions = [question for question in survey.questions if question.theme in {theme.id for theme in themes}]
    return render(
        "principle.html",
        one=one,
        cite=page.cite(one),
        standards=cards(page, links(page.guide).standards_by_principle[name]),
        found=[Item(what=question.finding, cite=page.cite(question)) for question in questions],
        more=[*(found for theme in themes for found in items(page, theme.findings))],
        themes=[{"title": theme.title, "link": page.link(f"survey/{theme.page}/#{theme.id}")} for theme in themes],
    )
