"""Things to print, copy and fill in: checklists, questions to ask, the timetable and the self-assessment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from macros import address
from macros.links import links
from macros.model.guidance import Standard
from macros.model.trust import Plan, Trust
from macros.model.words import Stage
from macros.problems import UnknownName
from macros.render import render
from macros.views.items import Item
from macros.views.letters import gathered, letters
from macros.views.page import Page
from macros.views.statements import NO_DATE, item

CORE, ALL = "core", "all"


def checklist(page: Page, which: str) -> str:
    """Return a checklist: of one stage, of the core standards (`core`), or of all; raises UnknownName."""
    known = [CORE, ALL, *map(str, Stage)]
    if which not in known:
        raise UnknownName("checklist", which, known)
    chosen = [one for one in page.standards if which == ALL or (one.core if which == CORE else one.stage == which)]
    return render("checklist.html", standards=_checked(page, chosen), which=which)


def _checked(page: Page, standards: Iterable[Standard]) -> list[dict[str, object]]:
    found = []
    for one in standards:
        page.shown(one, *one.clauses)
        found.append({"one": one, "link": page.link(address.of_standard(one.id))})
    return found


def checklist_list(page: Page) -> str:
    """Return links to every checklist."""
    core = sum(one.core for one in page.standards)
    lists = [
        {"name": f"Core: the {core} that matter first", "link": page.link("tools/core/")},
        {"name": f"All {len(page.standards)} standards", "link": page.link("tools/all/")},
        *({"name": f"{hub.number}: {hub.title}", "link": page.link(f"tools/{hub.id}/")} for hub in page.stages),
    ]
    return render("chips.html", links=lists, label="Checklists")


def questions_to_ask(page: Page) -> str:
    """Return what a VCS organisation can ask for, grouped by worry, with the question to copy."""
    page.shown(*page.standards)
    worries = {
        worry: [{"one": one, "link": page.link(address.of_standard(one.id))} for one in standards]
        for worry, standards in _by_worry(page).items()
    }
    return render("questions.html", worries=worries)


def worry_links(page: Page) -> str:
    """Return the worries as links to the questions that answer them."""
    worries = [
        {"name": worry, "link": page.link(f"tools/ask/#worry-{number}")}
        for number, worry in enumerate(_by_worry(page), 1)
    ]
    return render("chips.html", links=worries, label="Worries")


def _by_worry(page: Page) -> dict[str, list[Standard]]:
    found: dict[str, list[Standard]] = {}
    for one in page.standards:
        for worry in one.worries:
            found.setdefault(worry, []).append(one)
    return found


# --- timetable ----------------------------------------------------------------------------------------------------


def timetable(page: Page) -> str:
    """Return what each Trust said it would commission, extend or review, and when; and what it did not say."""
    planned = [(trust, plan) for trust in page.trusts for plan in trust.plans]
    dated = sorted(
        (one for one in planned if one[1].when),
        key=lambda one: (one[1].when.first if one[1].when else date.max, one[0].name),
    )
    undated = [(trust, plan) for trust, plan in planned if not plan.when]
    many = bool(gathered(page))
    return render(
        "timetable.html",
        dated=[] if many else [_planned(page, trust, plan) for trust, plan in dated],
        undated=[] if many else [_planned(page, trust, plan) for trust, plan in undated],
        dated_count=len(dated),
        undated_count=len(undated),
        letters_of=letters(page, "plans"),
        silent=[_trust(page, trust) for trust in page.trusts if not trust.plans],
        calendar=page.link("data/timetable.ics"),
    )


def plans(page: Page, trusts: Iterable[Trust]) -> list[dict[str, object]]:
    """Return what some Trusts said that they would do, Trust by Trust."""
    return [_planned(page, trust, plan) for trust in trusts for plan in trust.plans]


def _planned(page: Page, trust: Trust, plan: Plan) -> dict[str, object]:
    told = item(page, plan)
    return {
        "trust": _trust(page, trust),
        "plan": Item(told.name, told.status, (), told.what, told.cite),
        "when": plan.when.text if plan.when else plan.when_note or NO_DATE,
    }


def _trust(page: Page, trust: Trust) -> dict[str, str]:
    return {"name": trust.name, "link": page.link(address.of_trust(trust.slug))}


# --- self-assessment ----------------------------------------------------------------------------------------------

ANSWERS = (
    ("yes-with-evidence", "Yes, with evidence"),
    ("partly", "Partly"),
    ("not-yet", "Not yet"),
    ("not-applicable", "Not applicable"),
)
"""Each answer's name in saved files, and its words."""


def self_assessment(page: Page) -> str:
    """Return the self-assessment: a form that works on paper, which a script keeps, saves and compares."""
    by_stage = links(page.guide).standards_by_stage
    return render(
        "self_assessment.html",
        stages=[(f"{hub.number}: {hub.title}", _checked(page, by_stage[hub.id])) for hub in page.stages],
        answers=ANSWERS,
        core=sum(one.core for one in page.standards),
        total=len(page.standards),
    )
