"""A Trust's profile: at a glance, the six parts of its chapter, the gaps, and the basis of it all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from macros.derived.latest_known import KnownTrust
from macros.model import addresses, wording
from macros.model.base import Sourced
from macros.model.region import Place
from macros.model.trust import Trust
from macros.model.vocabulary import Part, PlaceKind, TakingPart
from macros.model.wave import Wave
from macros.reading.problem import UnknownName
from macros.views import brief, charts, corrections, later, waves
from macros.views.freshness import freshness
from macros.views.practices import practices_of
from macros.views.shared.facts import NOT_COVERED, Block, Fact, Item, told_by
from macros.views.shared.page import Page
from macros.views.shared.paper_files import paper_links
from macros.views.shared.part_titles import PARTS
from macros.views.shared.places import by_name
from macros.views.shared.statements import item, items
from macros.views.shared.status import Status

_ANCHORS = {"Contract and payment terms": "terms"}
"""The lists that have links of their own."""


@dataclass(frozen=True)
class ProfileSection:
    """One part of a profile."""

    part: Part
    narrative: str
    cite: Markup
    facts: tuple[Fact, ...]
    blocks: tuple[Block, ...]
    wave: Wave
    """The wave that this account comes from."""

    @property
    def title(self) -> str:
        return PARTS[self.part]

    @property
    def count(self) -> int:
        """The number of statements in it, including its own account."""
        return 1 + sum(len(one.items) for one in self.facts) + sum(len(one.items) for one in self.blocks)


def trust_profile(page: Page, slug: str) -> str:
    """Return one Trust's whole profile, each part from the latest wave; raises UnknownName."""
    known, first = page.known(slug), page.first_wave
    trust = known.trust
    return page.render(
        "trust.html",
        trust=trust,
        led_by=known.taken_over_by.led_by if known.taken_over_by else trust.authority,
        history=item(page, trust.life) if trust.life.ended else None,
        glance=brief.answers(page, known),
        today=later.today(page, trust),
        sections=[*sections(page, known)],
        first=first,
        later=waves.later_evidence(page, known),
        lasting=page.link(addresses.of_wave_profile(slug, first.id)),
        charts=_charts(page, known),
        practice=practice_of(page, known),
        practices=practices_of(page, slug),
        gaps=gaps(page, trust),
        basis=_basis(page, trust),
        places=[one.told for one in by_name(_places(page, slug))],
        areas=_areas(page, trust),
        timeline=page.link("evidence/timeline/"),
        compare=page.link("trusts/compare/") + f"?trusts={trust.slug}",
        fresh=freshness(page, trust),
        gaps_link=page.link("trusts/gaps/"),
        ask=page.link("tools/ask/"),
        vcs=page.link("vcs/"),
        correct=corrections.links(page, trust),
        download=page.link(f"data/trusts/{slug}.json"),
        first_download=page.link(f"data/trusts/{slug}/{first.id}.json"),
        paper=paper_links(page, addresses.trust_paper(slug), trust.name),
        evidence_date=page.first_wave.date.text,
        year=page.first_wave.year,
    )


def _charts(page: Page, known: KnownTrust) -> dict[Part, list[Markup]]:
    """Return the charts of each part. They belong to the first wave, and appear with its account."""
    drawn = {Part.CONTEXT: charts.of_budgets, Part.INVESTMENT: charts.of_years}
    first = page.first_wave
    return {part: draw(page, known.trust) for part, draw in drawn.items() if not known.is_later(part, first)}


def wave_profile(page: Page, slug: str, wave: str) -> str:
    """Return one wave's account of a Trust, for an address that stays; raises UnknownName."""
    known, told = page.told(slug, wave), page.guide.wave(wave)
    if known is None:
        raise UnknownName("profile of this wave", slug, [one.trust for one in page.guide.profiles if one.wave == wave])
    is_first = told.id == page.first_wave.id
    covered = tuple(Part) if is_first else known.profiles[0].parts
    rests_on = known.trust.basis if is_first else known.profiles[0]
    return page.render(
        "wave_profile.html",
        trust=known.trust,
        led_by="" if is_first else known.profiles[0].led_by,
        wave=told,
        latest=page.link(addresses.of_trust(slug)),
        download=page.link(f"data/trusts/{slug}/{told.id}.json"),
        sections=[one for one in sections(page, known) if one.part in covered],
        practice=[one for one in practice_of(page, known) if one["wave"].id == told.id],
        gaps=[gap for gap in gaps(page, known.trust) if is_first or gap.name in {PARTS[part] for part in covered}],
        not_covered=NOT_COVERED,
        left_out=[PARTS[part] for part in Part if part not in covered],
        basis=rests_on.statement,
        basis_cite=page.cite(rests_on),
        method=told.method,
    )


def _places(page: Page, slug: str) -> list[Place]:
    """Return the places that a Trust covered, without postcodes, which the page of all Trusts has."""
    return [place for place in page.guide.places_of(slug) if place.kind != PlaceKind.POSTCODE]


def _areas(page: Page, trust: Trust) -> dict[str, object] | None:
    """Return the official codes of the areas that a Trust covered, if the list has any."""
    areas = page.guide.areas_of(trust.slug)
    page.shown(*areas)
    rows = [
        {"area": one, "since": one.since.text, "until": one.until.text if one.until else "no end known"}
        for one in areas
    ]
    cite = page.source_tags(tuple(dict.fromkeys(source for one in areas for source in one.source)))
    return {"rows": rows, "cite": cite, "download": page.link("data/areas.csv")} if rows else None


def gaps(page: Page, trust: Trust) -> list[Item]:
    """Return the gaps in the report on a Trust, each under the part that it belongs to."""
    page.shown(*trust.gaps)
    return [Item(PARTS[gap.part], what=gap.what) for gap in trust.gaps]


def practice_of(page: Page, known: KnownTrust) -> list[dict[str, Any]]:
    """Return a Trust's practice on the subjects of the standards, in the order of the standards. Never a score."""
    trust, first = known.trust, page.first_wave
    order = {one.id: number for number, one in enumerate(page.guide.standards)}
    return [
        {
            "wave": known.practice[one.standard],
            "as_of": "" if known.practice[one.standard].id == first.id else known.practice[one.standard].date.text,
            "name": f"{one.standard.upper()} {page.standard(one.standard).title}",
            "link": page.link(addresses.of_standard(one.standard)),
            "item": Item("", Status(one.fit), (), one.what, page.cite(one)),
        }
        for one in sorted(trust.practice, key=lambda one: order[one.standard])
    ]


_TitledList = tuple[str, Iterable[Sourced]]


def sections(page: Page, known: KnownTrust) -> Iterator[ProfileSection]:
    """Yield the six parts of a profile, with the fixed words for missing facts worded for the wave of each part."""
    for one in _parts(page, known.trust, known.waves):
        again = one.wave.again
        yield replace(one, facts=told_by(again, *one.facts), blocks=told_by(again, *one.blocks))


def _parts(page: Page, trust: Trust, by: Mapping[Part, Wave]) -> Iterator[ProfileSection]:
    context, governance, needs = trust.context, trust.governance, trust.needs
    training, steps, money = trust.training, trust.next_steps, trust.investment
    how = context.commissioning

    def section(part: Part, told: Sourced, facts: tuple[Fact, ...], *blocks: _TitledList) -> ProfileSection:
        listed = [(title, items(page, parts)) for title, parts in blocks]
        shown = tuple(Block(title, many, _ANCHORS.get(title, "")) for title, many in listed if many)
        return ProfileSection(part, told.statement, page.cite(told), facts, shown, by[part])

    yield section(
        Part.CONTEXT,
        context,
        (
            Fact("How it worked", (Item(what=how.model, cite=page.cite(how)),)),
            Fact("Joint commissioning unit", (item(page, how.unit),)),
            Fact("Commissioning framework", (item(page, how.framework),)),
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


_SENT = "Sent to the lead officers of every Trust; the report does not say who answered it"


def _basis(page: Page, trust: Trust) -> dict[str, object]:
    basis = trust.basis
    answers = (
        ("Took part in the research", "Yes" if basis.taking_part == TakingPart.CONTRIBUTED else "No: it declined"),
        ("Online survey of officers", page.worded(_SENT) if basis.online_survey else "Declined"),
        ("Interview with officers", wording.sentence(basis.interview)),
        ("Trust’s own published documents", "Used" if basis.desk_research else "None mentioned"),
        ("Checking", wording.sentence(basis.checking)),
    )
    facts = [Fact(label, (Item(what=answer),)) for label, answer in answers]
    return {"what": basis.what, "facts": facts, "cite": page.cite(basis)}
