"""A Trust's profile: at a glance, the six parts of its chapter, the gaps, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from macros import address, wording
from macros.model.base import Sourced
from macros.model.trust import Trust
from macros.model.words import Part, TakingPart
from macros.render import render
from macros.views import correcting, glance
from macros.views.freshness import freshness
from macros.views.items import Block, Fact, Item, Status
from macros.views.page import Page
from macros.views.practices import practices_of
from macros.views.statements import item, items

PARTS = {
    Part.CONTEXT: "How commissioning was organised",
    Part.GOVERNANCE: "Who spoke for the sector, and where",
    Part.NEEDS: "Needs assessment",
    Part.TRAINING: "Training and awareness",
    Part.NEXT_STEPS: "Next steps",
    Part.INVESTMENT: "Money invested in the sector",
}
"""The headings of the six parts."""


@dataclass(frozen=True)
class Section:
    """One part of a profile."""

    part: Part
    narrative: str
    cite: Markup
    facts: tuple[Fact, ...]
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        return PARTS[self.part]


def trust_profile(page: Page, slug: str) -> str:
    """Return one Trust's whole profile; raises UnknownName."""
    trust = page.trust(slug)
    return render(
        "trust.html",
        trust=trust,
        history=item(page, trust.life) if trust.life.what else None,
        glance=glance.facts(page, trust),
        sections=[*_sections(page, trust)],
        practice=_practice(page, trust),
        practices=practices_of(page, slug),
        gaps=gaps(page, trust),
        basis=_basis(page, trust),
        places=page.guide.places_of(slug),
        compare=page.link("trusts/compare/") + f"?trusts={trust.slug}",
        fresh=freshness(page, trust),
        gaps_link=page.link("trusts/gaps/"),
        correct=correcting.links(page, trust),
        download=page.link(f"data/trusts/{slug}.json"),
        evidence_date=page.region.evidence_date.text,
    )


def gaps(page: Page, trust: Trust) -> list[Item]:
    """Return what the report does not say of a Trust, each under the part it belongs to."""
    page.shown(*trust.gaps)
    return [Item(PARTS[gap.part], what=gap.what) for gap in trust.gaps]


def _practice(page: Page, trust: Trust) -> list[dict[str, object]]:
    """Return what a Trust did on the subjects of the standards, in their order. Never a score."""
    order = {one.id: number for number, one in enumerate(page.guide.standards)}
    return [
        {
            "name": f"{one.standard.upper()} {page.standard(one.standard).title}",
            "link": page.link(address.of_standard(one.standard)),
            "item": Item("", Status(one.fit), (), one.what, page.cite(one)),
        }
        for one in sorted(trust.practice, key=lambda one: order[one.standard])
    ]


def _sections(page: Page, trust: Trust) -> Iterator[Section]:
    context, governance, needs = trust.context, trust.governance, trust.needs
    training, steps, money = trust.training, trust.next_steps, trust.investment
    how = context.commissioning

    def section(part: Part, told: Sourced, facts: tuple[Fact, ...], *blocks: tuple[str, Iterable[Sourced]]) -> Section:
        listed = [(title, items(page, parts, told)) for title, parts in blocks]
        shown = tuple(Block(title, many) for title, many in listed if many)
        return Section(part, told.statement, page.cite(told), facts, shown)

    yield section(
        Part.CONTEXT,
        context,
        (
            Fact("How it worked", (Item(what=how.model, cite=page.cite(how, context)),)),
            Fact("Joint commissioning unit", (item(page, how.unit, context),)),
            Fact("Commissioning framework", (item(page, how.framework, context),)),
        ),
        ("Plans, strategies and reviews", how.strategy),
        ("Budgets", how.budgets),
        ("Local structures", how.local),
        ("Named jobs", how.roles),
        ("Services and contracts", how.services),
        ("Tools and practices with a name", trust.tools),
        ("Awards", trust.awards),
    )
    yield section(
        Part.GOVERNANCE,
        governance,
        (),
        ("Bodies that speak for the sector or bring it together", governance.voices),
        ("Boards and groups", governance.bodies),
        ("Agreements", governance.agreements),
    )
    yield section(
        Part.NEEDS,
        needs,
        (Fact("The sector’s part", (Item(status=Status(needs.involvement)),)),),
        ("What was done", needs.activities),
    )
    yield section(
        Part.TRAINING,
        training,
        (Fact("For the sector", (Item(status=Status(training.offer)),)),),
        ("Training and events", training.events),
    )
    yield section(
        Part.NEXT_STEPS,
        steps,
        (),
        ("Steps", steps.steps),
        ("What would be commissioned, extended or reviewed", trust.plans),
    )
    yield section(
        Part.INVESTMENT,
        money,
        (Fact("Investment", (Item(status=Status(money.reporting)),)),),
        ("Sums in the report", money.figures),
        ("Contract and payment terms", trust.terms),
    )


def _basis(page: Page, trust: Trust) -> dict[str, object]:
    basis = trust.basis
    answers = (
        ("Took part in the research", "Yes" if basis.taking_part == TakingPart.CONTRIBUTED else "No: it declined"),
        ("Online survey of officers", "Yes" if basis.online_survey else "No"),
        ("Interview with officers", wording.sentence(basis.interview)),
        ("Trust’s own published documents", "Used" if basis.desk_research else "None mentioned"),
        ("Checking", wording.sentence(basis.checking)),
    )
    facts = [Fact(label, (Item(what=answer),)) for label, answer in answers]
    return {"what": basis.what, "facts": facts, "cite": page.cite(basis)}
