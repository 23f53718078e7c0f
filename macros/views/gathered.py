"""The Trusts of one letter on one page: each topic’s table, plans and gaps, where all Trusts are too many for that."""

from __future__ import annotations

from macros.problems import UnknownName
from macros.render import render
from macros.views import compare, glance, tools, trusts
from macros.views.letters import gathered, letters
from macros.views.page import Page


def trusts_of(page: Page, letter: str) -> str:
    """Return the Trusts of a letter, such as `b` or `b-2`; raises UnknownName."""
    known = {one.id: one for one in gathered(page)}
    if letter not in known:
        raise UnknownName("letter", letter, known)
    one = known[letter]
    together = [page.trust(slug) for slug in one.slugs]
    return render(
        "gathered.html",
        label=one.label,
        letters=letters(page, "list", letter),
        trusts=[trusts.listed(page, trust) for trust in together],
        tables=[compare.table(page, topic, together) for topic in glance.TOPICS],
        plans=tools.plans(page, together),
        gaps=[trusts.with_gaps(page, trust) for trust in together],
        compare=page.link(compare.HOME),
        not_known=page.link("trusts/gaps/"),
    )
