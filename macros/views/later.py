"""Facts of the time after the evidence: about a Trust's area, the country, each standard and words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from macros.derived.relations import Bears, links
from macros.derived.reviews import later_due
from macros.model import addresses
from macros.model.dates import read_out
from macros.model.later import LaterFact, LaterFacts, OpenQuestion
from macros.model.trust import Trust
from macros.model.vocabulary import Effect, LaterTopic, Lifecycle, PlaceKind
from macros.views.shared.facts import Fact, Item
from macros.views.shared.page import Page
from macros.views.shared.questions import lifecycle
from macros.views.shared.status import Status

NOT_FOUND = "Not found in the documents that we read"
UNDATED = "The document shows no date"
_OF_A_TRUST = {
    LaterTopic.LEADS: "Who leads children’s services",
    LaterTopic.TO_COME: "Changes that were to come",
    LaterTopic.PARTNERSHIP: "The partnership for children",
    LaterTopic.VOICE: "Who speaks for the sector",
    LaterTopic.HEALTH: "Who plans health services",
}
"""The topics that are covered for the area of each Trust, in this order."""


# --- one fact -----------------------------------------------------------------------------------------------------


def item(page: Page, fact: LaterFact, name: str = "", status: Status | None = None) -> Item:
    """Return a fact as an item with its date and its documents."""
    return Item(name, status, (as_of(fact),), fact.what, page.cite(fact))


def as_of(fact: LaterFact) -> str:
    """Return the date of a fact, or the words for a document that shows none."""
    return f"As of {fact.as_of.text}" if fact.as_of else UNDATED


def of_term(page: Page, name: str) -> tuple[list[Item], list[str]]:
    """Return the facts about a term or a body since the evidence, and the open questions about it."""
    parts = links(page.guide).later_by_term[name]
    facts = [item(page, one) for one in parts if isinstance(one, LaterFact)]
    return facts, _asked(page, (one for one in parts if isinstance(one, OpenQuestion)))


def _asked(page: Page, questions: Iterable[OpenQuestion]) -> list[str]:
    many = [*questions]
    page.shown(*many)
    return [one.asks for one in many]


# --- the area of a Trust ------------------------------------------------------------------------------------------


def today(page: Page, trust: Trust) -> dict[str, object]:
    """Return who is responsible in the area of a Trust now, as far as documents say, and the age of that knowledge."""
    subjects = links(page.guide).later_by_trust[trust.slug]
    facts = [fact for one in subjects for fact in one.facts]
    questions = [one for subject in subjects for one in subject.questions]
    return {
        "facts": [
            *([lifecycle(page, trust)] if trust.life.status == Lifecycle.CONTINUING else []),
            *(_answer(page, topic, facts, questions) for topic in _OF_A_TRUST),
            _codes(page, trust),
        ],
        "known": bool(facts),
        **_reviewed(page, subjects),
        "link": page.link(addresses.of_later(page.first_wave)) if page.guide.later else "",
        "year": page.first_wave.year,
    }


def _answer(page: Page, topic: LaterTopic, facts: list[LaterFact], questions: list[OpenQuestion]) -> Fact:
    """Return the facts on one topic; an open question is below them, marked as one."""
    told = [item(page, one, one.title or "", _due(page, one)) for one in facts if one.topic == topic]
    asked = _asked(page, (one for one in questions if one.topic == topic))
    told += [Item("", Status(OPEN), (), question) for question in asked]
    return Fact(_OF_A_TRUST[topic], tuple(told) or (Item(what=f"{NOT_FOUND}."),))


OPEN = "not known"
"""The word that marks an open question."""


def _due(page: Page, fact: LaterFact) -> Status | None:
    """Return a tag for a fact if something was expected to change it by now."""
    return Status("due for review") if fact.review and fact.review.first <= page.today else None


def _codes(page: Page, trust: Trust) -> Fact:
    """Return the official codes of the counties and unitary areas there that are not known to have ended."""
    wanted = {PlaceKind.COUNTY, PlaceKind.UNITARY}
    areas = [one for one in page.guide.areas_of(trust.slug) if one.kind in wanted and one.until is None]
    items = tuple(Item(one.name, None, (one.code, f"since {one.since.text}"), None, page.cite(one)) for one in areas)
    return Fact("Official codes", items or (Item(what=f"{NOT_FOUND}."),))


def _reviewed(page: Page, subjects: Iterable[LaterFacts]) -> dict[str, object]:
    """Return when documents were read, and when their statements are due for review."""
    many = [*subjects]
    if not many:
        return {"read": "", "due": "", "late": False}
    months = page.region.review_after_months
    day = min(later_due(one, part, months) for one in many for part in one.parts)
    return {
        "read": min((one.read for one in many), key=lambda when: when.last).text,
        "due": read_out(day),
        "late": day <= page.today,
    }


# --- one standard -------------------------------------------------------------------------------------------------


def of_standard(page: Page, name: str) -> list[dict[str, object]]:
    """Return the meaning of today's law and guidance for a standard; the weightiest come first."""
    return [_bearing(page, one) for one in _sorted(links(page.guide).later_by_standard[name])]


def _bearing(page: Page, one: Bears) -> dict[str, object]:
    page.shown(one.bearing, one.fact)
    return {
        "name": one.fact.title or one.subject.title,
        "status": Status(one.bearing.effect),
        "means": one.bearing.means,
        "ours": page.source_tags(one.bearing.source),
        "what": one.fact.what,
        "as_of": as_of(one.fact),
        "cite": page.source_tags(one.fact.source),
    }


def _sorted(many: Iterable[Bears]) -> list[Bears]:
    order = [*Effect]
    return sorted(many, key=lambda one: order.index(one.bearing.effect))


# --- the pages on the time since the evidence ----------------------------------------------------------------------


def later_timeline(page: Page) -> str:
    """Return the changes in the country, year by year, and the standards that each of them bears on."""
    dated = sorted(
        (fact for one in _of_the_country(page) for fact in one.facts if fact.title and fact.as_of),
        key=lambda fact: (fact.as_of.first, fact.as_of.last) if fact.as_of else (),
    )
    years = groupby(dated, key=lambda fact: fact.as_of.first.year if fact.as_of else 0)
    return page.render(
        "later_timeline.html",
        years=[(year, [_event(page, fact) for fact in many]) for year, many in years],
        **_reviewed(page, _of_the_country(page)),
    )


def _event(page: Page, fact: LaterFact) -> dict[str, object]:
    return {
        "id": fact.id,
        "title": fact.title,
        "topic": fact.topic,
        "when": as_of(fact),
        "what": fact.what,
        "cite": page.cite(fact),
        "standards": [{**_standard_link(page, one.standard), "effect": one.effect} for one in fact.bears_on],
    }


def _standard_link(page: Page, name: str) -> dict[str, str]:
    return {"name": name.upper(), "link": page.link(f"{addresses.of_standard(name)}#today")}


def later_standards(page: Page) -> str:
    """Return the consequences for the standards: those that now stand on a duty, those that are easier, and so on."""
    found = links(page.guide).later_by_standard
    page.shown(*(one.bearing for many in found.values() for one in many))
    groups = []
    for effect in Effect:
        rows = [
            {
                "name": f"{standard.id.upper()} {standard.title}",
                "link": page.link(f"{addresses.of_standard(standard.id)}#today"),
                "means": [one.bearing.means for one in found[standard.id] if one.bearing.effect == effect],
            }
            for standard in page.standards
        ]
        if told := [row for row in rows if row["means"]]:
            groups.append({"status": Status(effect), "meaning": effect.meaning, "rows": told})
    silent = [_standard_link(page, one.id) for one in page.standards if not found[one.id]]
    return page.render("later_standards.html", groups=groups, silent=silent)


def later_trusts(page: Page) -> str:
    """Return which councils lead children's services in the area of each Trust, with the way to its profile."""
    return page.render("later_trusts.html", rows=[_councils(page, trust) for trust in page.trusts], unknown=NOT_FOUND)


def _councils(page: Page, trust: Trust) -> dict[str, object]:
    """Return the councils known by name to lead; where none is known, the open question."""
    subjects = links(page.guide).later_by_trust[trust.slug]
    named = [fact for one in subjects for fact in one.facts if fact.topic == LaterTopic.LEADS and fact.title]
    asked = [one for subject in subjects for one in subject.questions if one.topic == LaterTopic.LEADS]
    return {
        "name": trust.name,
        "link": page.link(f"{addresses.of_trust(trust.slug)}#today"),
        "councils": [{"name": fact.title, "as_of": as_of(fact), "cite": page.cite(fact)} for fact in named],
        "asked": _asked(page, asked),
    }


def later_questions(page: Page) -> str:
    """Return the open questions about the country and about words."""
    asked = [one for subject in _of_the_country(page) for one in subject.questions]
    return page.render("later_questions.html", questions=_asked(page, asked))


def further_reading(page: Page) -> str:
    """Return guidance worth using, with a line on the use of each."""
    subjects = [one for one in _of_the_country(page) if any(fact.topic == LaterTopic.READING for fact in one.facts)]
    facts = [fact for one in subjects for fact in one.facts if fact.topic == LaterTopic.READING]
    return page.render(
        "further_reading.html", rows=[_to_read(page, fact) for fact in facts], **_reviewed(page, subjects)
    )


def _to_read(page: Page, fact: LaterFact) -> dict[str, object]:
    document = page.guide.document(fact.source[0])
    page.note.records.add(document.where)
    return {
        "title": document.title,
        "address": document.address or "",
        "publisher": document.publisher,
        "published": document.published.text if document.published else UNDATED,
        "why": fact.what,
        "cite": page.cite(fact),
        "standards": [_standard_link(page, one.standard) for one in fact.bears_on],
    }


def _of_the_country(page: Page) -> list[LaterFacts]:
    return [one for one in page.later if one.trust is None]
