"""The proposed regional framework: stages, decisions, common documents, adoption, arguments and limits."""

from __future__ import annotations

from collections.abc import Iterable

from macros.model import addresses, lasting
from macros.model.guidance import Arrangement, CommonDocument
from macros.model.vocabulary import Side
from macros.views.shared.facts import Item
from macros.views.shared.page import Page
from macros.views.shared.paper_files import paper_links


def proposal(page: Page) -> str:
    """Return the banner of every framework page: a proposal that no Trust has adopted."""
    return page.render("proposal.html", status=page.framework.status, evidence_date=page.first_wave.date.text)


def framework_about(page: Page) -> str:
    """Return what is proposed and why, what a board is asked to do, and the board paper."""
    framework = page.framework
    return page.render(
        "framework_about.html",
        about=framework.about,
        cite=page.cite(framework),
        asks=[{"what": one.what, "cite": page.cite(one)} for one in framework.asks],
        paper=paper_links(page, addresses.BOARD_PAPER, framework.title),
    )


def framework_stages(page: Page) -> str:
    """Return, stage by stage, the arrangements that are common across the region and those that stay local."""
    hubs = {hub.id: hub for hub in page.stages}
    stages = [
        {
            "id": one.stage,
            "title": f"{hubs[one.stage].number}: {hubs[one.stage].title}",
            "link": page.link(addresses.of_stage(one.stage)),
            "aim": one.aim,
            "cite": page.cite(one),
            "common": _arrangements(page, one.common),
            "local": _arrangements(page, one.local),
            "documents": _document_links(page, (doc for doc in page.framework.documents if doc.stage == one.stage)),
        }
        for one in page.framework.stages
    ]
    return page.render("framework_stages.html", stages=stages)


def _arrangements(page: Page, many: Iterable[Arrangement]) -> list[dict[str, object]]:
    return [
        {"what": one.what, "why": one.why, "standards": _standard_links(page, one.standards), "cite": page.cite(one)}
        for one in many
    ]


def _standard_links(page: Page, names: Iterable[str]) -> list[dict[str, str]]:
    return [
        {"name": name.upper(), "title": page.standard(name).title, "link": page.link(addresses.of_standard(name))}
        for name in names
    ]


def _document_links(page: Page, documents: Iterable[CommonDocument]) -> list[dict[str, str]]:
    return [{"name": one.title, "link": page.link(addresses.of_document(one.id))} for one in documents]


def framework_decisions(page: Page) -> str:
    """Return each decision with who takes it, who advises and who steps back."""
    rows = [{"one": one, "cite": page.cite(one)} for one in page.framework.decisions]
    return page.render("framework_decisions.html", rows=rows)


def framework_adopt(page: Page) -> str:
    """Return the first 90 days, step by step."""
    groups: dict[str, list[dict[str, object]]] = {}
    for one in page.framework.adopt:
        step: dict[str, object] = {
            "what": one.what,
            "who": one.who,
            "standards": _standard_links(page, one.standards),
            "cite": page.cite(one),
        }
        groups.setdefault(one.days, []).append(step)
    return page.render("framework_adopt.html", groups=groups, anchors=lasting.anchors(groups))


def framework_across(page: Page) -> str:
    """Return the advantages for an organisation that works in several Trusts: what would be the same in all of them."""
    return page.render("framework_across.html", arrangements=_arrangements(page, page.framework.across))


def framework_arguments(page: Page) -> str:
    """Return the case for the framework, the case against it, and the conditions on it."""
    titles = {Side.FOR: "The case for it", Side.AGAINST: "The case against it", Side.CONDITION: "What it depends on"}
    groups = [
        {
            "id": str(side),
            "title": title,
            "items": [
                Item(one.title, None, (), one.what, page.cite(one))
                for one in page.framework.arguments
                if one.side == side
            ],
        }
        for side, title in titles.items()
    ]
    return page.render("framework_arguments.html", groups=groups)


def common_documents(page: Page) -> str:
    """Return the common documents, each with its parts and its files."""
    documents = [
        {
            "one": one,
            "cite": page.cite(one),
            "rests_on": page.source_tags(one.rests_on),
            "standards": _standard_links(page, one.standards),
            "files": [
                {"name": kind.upper(), "link": page.link(f"data/documents/{one.id}.{kind}")} for kind in ("docx", "csv")
            ],
        }
        for one in page.framework.documents
    ]
    return page.render("common_documents.html", documents=documents)
