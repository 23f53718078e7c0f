"""The book of standards: a cover with the cycle, a list of contents, and a sheet for each standard."""

from __future__ import annotations

from macros.derived.relations import links
from macros.model import addresses, wording
from macros.model.guidance import Standard
from macros.views.papers.paper import Paper, PaperPage, Sheet
from macros.views.wheel import wheel_with_names

TITLE = "The standards of good engagement"


def standards_book(page: PaperPage) -> Paper:
    """Return all standards as a book."""
    total, core = len(page.standards), sum(one.core for one in page.standards)
    return Paper(
        addresses.STANDARDS_BOOK,
        TITLE,
        f"All {total} standards, one to a page. {wording.sentence(wording.number(core))} of them are core.",
        "The standards are ours. No Trust has adopted them",
        (_cover(page, total, core), _contents(page), *(_sheet(page, one) for one in page.standards)),
    )


def _cover(page: PaperPage, total: int, core: int) -> Sheet:
    return page.sheet(
        "cover",
        "paper_standards_cover.html",
        title=TITLE,
        total=total,
        core=core,
        wheel=wheel_with_names(page),
        region=page.region,
        evidence_date=page.first_wave.date.text,
        link=page.link("standards/"),
    )


def _contents(page: PaperPage) -> Sheet:
    related = links(page.guide)
    groups = [
        {"name": f"{hub.number}: {hub.title}", "standards": related.standards_by_stage[hub.id]} for hub in page.stages
    ]
    return page.sheet("contents", "paper_standards_contents.html", groups=groups)


def _sheet(page: PaperPage, one: Standard) -> Sheet:
    hub, related = page.stage(one.stage), links(page.guide)
    told = related.trusts_by_standard[one.id]
    named = {page.trust(trust.slug).slug for trust, _ in told}
    page.shown(*one.clauses)
    return page.sheet(
        one.id,
        "paper_standard.html",
        one=one,
        cite=page.cite(one),
        stage=f"{hub.number}: {hub.title}",
        principles=[f"{other.id.upper()} {other.name}" for other in page.principles if other.id in one.principles],
        principle_called=page.region.principle_called,
        recommendations=[other.upper() for other in one.recommendations],
        evidence=[
            {"kind": wording.sentence(part.kind), "what": part.what, "cite": page.cite(part)} for part in one.evidence
        ],
        trusts=[{"name": trust.name, "fit": statement.fit, "cite": page.cite(statement)} for trust, statement in told],
        silent=[trust.name for trust in page.guide.trusts if trust.slug not in named],
        year=page.first_wave.year,
        link=page.link(addresses.of_standard(one.id)),
    )
