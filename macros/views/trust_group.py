"""The Trusts of one letter on one page, with each topic’s table, plans and gaps, for guides with many Trusts."""

from __future__ import annotations

from macros.reading.problem import UnknownName
from macros.views import compare, grid, tools, trusts
from macros.views.shared import questions
from macros.views.shared.page import Page
from macros.views.shared.trust_groups import gathered, letters


def trusts_of(page: Page, letter: str) -> str:
    """Return the Trusts of a letter, such as `b` or `b-2`; raises UnknownName."""
    known = {one.id: one for one in gathered(page)}
    if letter not in known:
        raise UnknownName("letter", letter, known)
    one = known[letter]
    together = [page.trust(slug) for slug in one.slugs]
    return page.render(
        "gathered.html",
        label=one.label,
        evidence_date=page.first_wave.date.text,
        later=bool(page.guide.profiles),
        letters=letters(page, "list", letter),
        questions=grid.QUESTIONS,
        rows=grid.grid_rows(page, together),
        trusts=[trusts.listed(page, trust) for trust in together],
        tables=[compare.table(page, topic, together) for topic in questions.TOPICS],
        plans=tools.plans(page, together),
        gaps=[trusts.with_gaps(page, trust) for trust in together],
        compare=page.link(compare.HOME),
        not_known=page.link("trusts/gaps/"),
    )
