"""Things to print, copy and fill in: checklists, questions to ask, the timetable and the self-assessment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from macros.derived.relations import links
from macros.model import addresses, lasting
from macros.model.guidance import Standard
from macros.model.trust import Plan, Trust
from macros.model.vocabulary import Stage
from macros.reading.problem import UnknownName
from macros.views.shared.facts import Item
from macros.views.shared.page import Page
from macros.views.shared.paper_files import paper_links
from macros.views.shared.statements import NO_DATE, item
from macros.views.shared.trust_groups import gathered, letters

CORE, ALL = "core", "all"


def checklist(page: Page, which: str) -> str:
    """Return a checklist: of one stage, of the core standards (`core`), or of all; raises UnknownName."""
    known = [CORE, ALL, *map(str, Stage)]
    if which not in known:
        raise UnknownName("checklist", which, known)
    chosen = [one for one in page.standards if which == ALL or (one.core if which == CORE else one.stage == which)]
    return page.render(
        "checklist.html",
        standards=_checked(page, chosen),
        which=which,
        paper=paper_links(page, addresses.action_list(which), checklist_title(page, which), has_rows=True),
    )


def checklist_title(page: Page, which: str) -> str:
    """Return the title of a checklist."""
    names = {CORE: "the core standards", ALL: "all standards"} | {str(hub.id): hub.title.lower() for hub in page.stages}
    return f"Checklist: {names[which]}"


def checklists(page: Page) -> tuple[str, ...]:
    """Return the names of all checklists."""
    return (CORE, ALL, *(str(hub.id) for hub in page.stages))


def _checked(page: Page, standards: Iterable[Standard]) -> list[dict[str, object]]:
    found = []
    for one in standards:
        page.shown(one, *one.clauses)
        found.append({"one": one, "link": page.link(addresses.of_standard(one.id))})
    return found


def checklist_list(page: Page) -> str:
    """Return links to every checklist."""
    core = sum(one.core for one in page.standards)
    lists = [
        {"name": f"Core: the {core} that matter first", "link": page.link("tools/core/")},
        {"name": f"All {len(page.standards)} standards", "link": page.link("tools/all/")},
        *({"name": f"{hub.number}: {hub.title}", "link": page.link(f"tools/{hub.id}/")} for hub in page.stages),
    ]
    return page.render("chips.html", links=lists, label="Checklists")


def questions_to_ask(page: Page) -> str:
    """Return the things that a VCS organisation can ask for, grouped by worry, with a question to copy."""
    page.shown(*page.standards)
    worries = {
        worry: [{"one": one, "link": page.link(addresses.of_standard(one.id))} for one in standards]
        for worry, standards in _by_worry(page).items()
    }
    return page.render("questions.html", worries=worries, anchors=lasting.anchors(worries, "worry-"))


def worry_links(page: Page) -> str:
    """Return the worries as links to the questions that answer them."""
    anchors = lasting.anchors(_by_worry(page), "worry-")
    worries = [{"name": worry, "link": page.link(f"tools/ask/#{anchor}")} for worry, anchor in anchors.items()]
    return page.render("chips.html", links=worries, label="Worries")


def _by_worry(page: Page) -> dict[str, list[Standard]]:
    found: dict[str, list[Standard]] = {}
    for one in page.standards:
        for worry in one.worries:
            found.setdefault(worry, []).append(one)
    return found


# --- timetable ----------------------------------------------------------------------------------------------------


def timetable(page: Page) -> str:
    """Return what each Trust said it would commission, extend or review, when, and what it left open."""
    planned = [one for trust in page.trusts for one in _plans(page, trust)]
    dated = sorted(
        (one for one in planned if one.plan.when),
        key=lambda one: (one.plan.when.first if one.plan.when else date.max, one.trust.name),
    )
    undated = [one for one in planned if not one.plan.when]
    past = all(_is_past(page, one) for one in dated)
    many = bool(gathered(page))
    return page.render(
        "timetable.html",
        dated=[] if many else [_planned(page, one, tell_past=not past) for one in dated],
        undated=[] if many else [_planned(page, one) for one in undated],
        dated_count=len(dated),
        undated_count=len(undated),
        past=past,
        letters_of=letters(page, "plans"),
        silent=[_trust(page, trust) for trust in page.trusts if not any(_plans(page, trust))],
        calendar=page.link("data/timetable.ics"),
    )


def plans(page: Page, trusts: Iterable[Trust]) -> list[dict[str, object]]:
    """Return the plans of some Trusts, Trust by Trust."""
    return [_planned(page, one) for trust in trusts for one in _plans(page, trust)]


class _ToldPlan(NamedTuple):
    """A plan of a Trust, with the date of the wave that reported it; the first wave's has none."""

    trust: Trust
    plan: Plan
    as_of: str


def _plans(page: Page, trust: Trust) -> Iterator[_ToldPlan]:
    """Yield the plans of a Trust, wave by wave: an earlier wave's plan is kept even if its date has passed."""
    yield from (_ToldPlan(trust, plan, "") for plan in trust.plans)
    for profile in page.known(trust.slug).profiles:
        as_of = page.guide.wave(profile.wave).date.text
        yield from (_ToldPlan(trust, plan, as_of) for plan in profile.plans)


def _is_past(page: Page, one: _ToldPlan) -> bool:
    return one.plan.when is not None and one.plan.when.last < page.today


def _planned(page: Page, one: _ToldPlan, *, tell_past: bool = False) -> dict[str, object]:
    plan = one.plan
    told = item(page, plan)
    return {
        "trust": _trust(page, one.trust),
        "as_of": one.as_of,
        "past": tell_past and _is_past(page, one),
        "plan": Item(told.name, told.status, (), told.what, told.cite),
        "when": plan.when.text if plan.when else plan.when_note or NO_DATE,
        "note": plan.when_note if plan.when_note != NO_DATE else "",
    }


def _trust(page: Page, trust: Trust) -> dict[str, str]:
    return {"name": trust.name, "link": page.link(addresses.of_trust(trust.slug))}


# --- self-assessment ----------------------------------------------------------------------------------------------

ANSWERS = (
    ("yes-with-evidence", "Yes, with evidence"),
    ("partly", "Partly"),
    ("not-yet", "Not yet"),
    ("not-applicable", "Not applicable"),
)
"""The name of each answer in saved files, and its words."""


def self_assessment(page: Page) -> str:
    """Return the self-assessment: a form that works on paper, and that a script keeps, saves and compares."""
    by_stage = links(page.guide).standards_by_stage
    return page.render(
        "self_assessment.html",
        stages=[(hub.id, f"{hub.number}: {hub.title}", _checked(page, by_stage[hub.id])) for hub in page.stages],
        answers=ANSWERS,
        core=sum(one.core for one in page.standards),
        total=len(page.standards),
        papers=page.link(f"{addresses.PAPERS_PAGE}#checklists"),
    )
