"""A Trust on one sheet: the seven questions of its profile with their answers, and what is not known."""

from __future__ import annotations

from macros.model import addresses
from macros.model.trust import Trust
from macros.views import brief, trust
from macros.views.papers.paper import Paper, PaperPage
from macros.views.shared.statements import item


def trust_paper(page: PaperPage, one: Trust) -> Paper:
    """Return the sheet on a Trust."""
    date = page.first_wave.date.text
    sheet = page.sheet(
        one.slug,
        "paper_trust.html",
        trust=one,
        history=item(page, one.life) if one.life.ended else None,
        answers=brief.answers(page, page.first_told(one.slug)),
        gaps=trust.gaps(page, one),
        basis=one.basis,
        basis_cite=page.cite(one.basis),
        evidence_date=date,
        link=page.link(addresses.of_trust(one.slug)),
        today=page.link(f"{addresses.of_trust(one.slug)}#today"),
        ask=page.link("tools/ask/"),
    )
    return Paper(
        addresses.trust_paper(one.slug),
        page.worded(f"{one.name}: what the report of {date} says"),
        f"The seven questions about {one.name}, with their answers and what is not known.",
        f"Evidence of {date}, not of today",
        (sheet,),
    )
