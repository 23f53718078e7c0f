"""The standards: all of them, one of them, and the hubs of the stages, themes and principles they belong to."""

from __future__ import annotations

from collections.abc import Iterable

from macros.derived.relations import TrustPractice, links
from macros.model import addresses, wording
from macros.model.base import OURS
from macros.model.guidance import CommonDocument, Practice, Standard
from macros.model.report import Principle
from macros.model.vocabulary import Stage
from macros.reading.problem import UnknownName
from macros.views import later
from macros.views.charts import of_question
from macros.views.shared.facts import Item
from macros.views.shared.page import Page
from macros.views.shared.statements import item, items
from macros.views.shared.status import Status
from macros.views.shared.trust_groups import gathered
from macros.views.wheel import wheel_at

_EXAMPLES = 24
"""The most practices on a stage's page if the Trusts are too many for one page."""


def standard_list(page: Page) -> str:
    """Return all standards, grouped by stage, with the properties that the filter uses."""
    related = links(page.guide)
    groups = [
        {
            "hub": hub,
            "link": page.link(addresses.of_stage(hub.id)),
            "standards": cards(page, related.standards_by_stage[hub.id]),
        }
        for hub in page.stages
    ]
    return page.render(
        "standard_list.html",
        groups=groups,
        principle_called=page.region.principle_called,
        stages=[(hub.id, f"{hub.number}: {hub.title}") for hub in page.stages],
        principles=[(one.id, f"{one.id.upper()} {one.name}") for one in page.principles],
        recommendations=[(one.id, f"{one.id.upper()} {one.title}") for one in page.recommendations],
        total=len(page.standards),
    )


def cards(page: Page, standards: Iterable[Standard]) -> list[dict[str, object]]:
    """Return the values that a list shows for each standard."""
    return [
        {
            "standard": one,
            "link": page.link(addresses.of_standard(one.id)),
            "cite": page.cite(one),
        }
        for one in standards
    ]


def core_standards(page: Page) -> str:
    """Return the core standards as a list of links."""
    return page.render("standard_cards.html", standards=cards(page, (one for one in page.standards if one.core)))


def standard(page: Page, name: str) -> str:
    """Return one standard's whole page; raises UnknownName."""
    one, related = page.standard(name), links(page.guide)
    hub = page.stage(one.stage)
    order = page.guide.standards
    at = order.index(one)
    told = related.trusts_by_standard[one.id]
    named = {page.trust(trust.slug).slug for trust, _ in told}
    page.shown(*one.clauses)
    return page.render(
        "standard.html",
        one=one,
        stage={"name": f"{hub.number}: {hub.title}", "link": page.link(addresses.of_stage(hub.id))},
        principles=[
            _principle_link(page, principle) for principle in page.principles if principle.id in one.principles
        ],
        recommendations=[
            {"name": f"{asked.id.upper()}: {asked.title}", "link": page.link(addresses.of_recommendation(asked.id))}
            for asked in page.recommendations
            if asked.id in one.recommendations
        ],
        evidence=[Item(wording.sentence(part.kind), None, (), part.what, page.cite(part)) for part in one.evidence],
        trusts=[
            {
                "name": trust.name,
                "link": page.link(addresses.of_trust(trust.slug)),
                "item": Item("", Status(statement.fit), (), statement.what, page.cite(statement)),
            }
            for trust, statement in told
        ],
        today=later.of_standard(page, one.id),
        since=page.link(addresses.of_later(page.first_wave)) if page.guide.later else "",
        year=page.first_wave.year,
        principle_called=page.region.principle_called,
        silent=[trust.name for trust in page.guide.trusts if trust.slug not in named],
        practices=practice_links(page, related.practices_by_standard[one.id]),
        documents=document_links(page, related.documents_by_standard[one.id]),
        see=[
            {"name": f"{other.id.upper()} {other.title}", "link": page.link(addresses.of_standard(other.id))}
            for other in page.guide.standards
            if other.id in one.see
        ],
        previous=_neighbour(page, order[at - 1]) if at else None,
        next=_neighbour(page, order[at + 1]) if at + 1 < len(order) else None,
        ours=page.source_tags(one.source),
        contact=page.region.contact,
    )


def _neighbour(page: Page, one: Standard) -> dict[str, str]:
    return {"name": f"{one.id.upper()} {one.title}", "link": page.link(addresses.of_standard(one.id))}


def practice_links(page: Page, practices: Iterable[Practice]) -> list[dict[str, object]]:
    """Return links to practices, each with its furthest status."""
    return [
        {
            "name": one.title,
            "status": Status(one.status, f"Furthest in {page.first_wave.year}"),
            "link": page.link(addresses.of_practice(one.slug)),
        }
        for one in practices
    ]


def document_links(page: Page, documents: Iterable[CommonDocument]) -> list[dict[str, object]]:
    """Return links to common documents."""
    return [
        {"name": one.title, "purpose": one.purpose, "link": page.link(addresses.of_document(one.id))}
        for one in documents
    ]


def _principle_link(page: Page, one: Principle) -> dict[str, str]:
    return {
        "name": f"{one.id.upper()} {one.name}",
        "link": page.link(addresses.of_principle(one.id, page.region.principle_folder)),
    }


# --- stages and themes --------------------------------------------------------------------------------------------


def stage_tasks(page: Page) -> str:
    """Return the stages and themes as tasks: the question of each, its standards and its checklist."""
    related = links(page.guide)
    tasks = [
        {
            "hub": hub,
            "link": page.link(addresses.of_stage(hub.id)),
            "checklist": page.link(addresses.of_checklist(hub.id)),
            "count": len(related.standards_by_stage[hub.id]),
        }
        for hub in page.stages
    ]
    return page.render("stage_tasks.html", tasks=tasks)


def stage(page: Page, name: str) -> str:
    """Return the hub of a stage or theme; raises UnknownName."""
    if name not in {str(one) for one in Stage}:
        raise UnknownName("stage", name, [str(one) for one in Stage])
    hub, related = page.stage(Stage(name)), links(page.guide)
    standards = related.standards_by_stage[hub.id]
    examples = [one for standard in standards for one in related.trusts_by_standard[standard.id]]
    return page.render(
        "stage.html",
        hub=hub,
        year=page.first_wave.year,
        wheel=wheel_at(page, hub.id),
        cite=page.cite(hub),
        steps_cite=page.source_tags((hub.steps_source,) if hub.steps_source else (OURS,)),
        standards=cards(page, standards),
        examples=_examples(page, examples[:_EXAMPLES] if gathered(page) else examples),
        others=len(examples) - _EXAMPLES if gathered(page) else 0,
        practices=practice_links(page, related.practices_by_stage[hub.id]),
        documents=document_links(page, related.documents_by_stage[hub.id]),
        recommendations=[
            {"name": f"{one.id.upper()}: {one.title}", "link": page.link(addresses.of_recommendation(one.id))}
            for one in page.recommendations
            if hub.id in one.stages
        ],
        checklist=page.link(addresses.of_checklist(hub.id)),
    )


def _examples(page: Page, told: Iterable[TrustPractice]) -> list[dict[str, object]]:
    """Return what is told of Trusts, by the standards that it is about."""
    groups: dict[str, list[dict[str, object]]] = {}
    for one in told:
        shown = {
            "name": one.trust.name,
            "link": page.link(addresses.of_trust(one.trust.slug)),
            "item": item(page, one.statement),
        }
        groups.setdefault(one.statement.standard, []).append(shown)
    return [
        {
            "name": f"{name.upper()} {page.standard(name).title}",
            "link": page.link(addresses.of_standard(name)),
            "trusts": trusts,
            "named": wording.joined([str(one["name"]) for one in trusts]),
        }
        for name, trusts in groups.items()
    ]


# --- principles ---------------------------------------------------------------------------------------------------


def principle_list(page: Page) -> str:
    """Return the principles as cards."""
    cards = [
        {
            "name": f"{one.id.upper()}: {one.name}",
            "link": page.link(addresses.of_principle(one.id, page.region.principle_folder)),
            "what": one.what,
            "cite": page.cite(one),
        }
        for one in page.principles
    ]
    return page.render("principle_list.html", cards=cards)


def principle(page: Page, name: str) -> str:
    """Return one principle of funding: what it asks for, its standards, and the conclusions and findings on it."""
    known = {one.id: one for one in page.principles}
    if name not in known:
        raise UnknownName("principle", name, known)
    one, standards = known[name], links(page.guide).standards_by_principle[name]
    survey = page.survey(page.guide.surveys[-1].wave) if page.guide.surveys else None
    themes = [theme for theme in survey.themes if theme.principle == name] if survey else []
    named = {theme.id for theme in themes}
    questions = [question for question in survey.questions if question.theme in named] if survey else []
    return page.render(
        "principle.html",
        one=one,
        cite=page.cite(one),
        standards=cards(page, standards),
        recommendations=[
            {
                "name": f"{asked.id.upper()}: {asked.title}",
                "link": page.link(addresses.of_recommendation(asked.id)),
                "asks": asked.asks,
                "why": asked.why,
                "cite": page.cite(asked),
            }
            for asked in page.recommendations
            if any(asked.id in standard.recommendations for standard in standards)
        ],
        questions=[of_question(page, survey, question) for question in questions] if survey else [],
        findings=[*(found for theme in themes for found in items(page, theme.findings))],
        caution=survey.caution.what if survey else "",
        themes=[{"title": theme.title, "link": page.link(f"survey/{theme.page}/#{theme.id}")} for theme in themes],
    )
