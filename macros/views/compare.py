"""Trusts side by side: a table for each topic, all topics on one page, and a choice of a few Trusts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from macros.derived.latest_known import KnownTrust
from macros.model import addresses
from macros.model.profile import Profile
from macros.model.trust import Trust
from macros.model.wave import Wave
from macros.reading.problem import UnknownName
from macros.views.shared import questions
from macros.views.shared.facts import NOT_COVERED, Fact, told_by
from macros.views.shared.page import Page
from macros.views.shared.trust_groups import LetterLink, gathered, letters

HOME = "trusts/compare/"
ALL = addresses.COMPARE_ALL_PAGE
LETTERS = "trusts/a-z/"
_FEWEST, _MOST = 2, 4
"""The most Trusts that may be chosen: nobody can read more than four columns, on paper or on a screen."""
_LONG_LIST = 24
"""The number of Trusts from which readers can narrow the list by typing."""


@dataclass(frozen=True)
class Answer:
    """One Trust's answer to one question, as it is known latest."""

    fact: Fact
    as_of: str = ""
    """The date of the wave that it comes from; "" if that is the first."""


@dataclass(frozen=True)
class ComparedTrust:
    """One Trust's answers on a topic."""

    slug: str
    name: str
    link: str
    cite: Markup
    cells: tuple[Answer, ...]


@dataclass(frozen=True)
class TopicTable:
    """The answers on one topic, with a row for each Trust in order of name."""

    topic: questions.Topic
    columns: tuple[str, ...]
    rows: tuple[ComparedTrust, ...]
    letters: tuple[LetterLink, ...] = ()
    """Links to the rows, if the Trusts are too many for one table."""


@dataclass(frozen=True)
class WaveTable:
    """The answers that one wave gave on a topic, and whether it told of all Trusts."""

    wave: Wave
    table: TopicTable
    has_all: bool


def compare_topics(page: Page) -> str:
    """Return a form for choosing Trusts, and a list of topics to compare them on."""
    return page.render(
        "compare_index.html",
        chooser=_chooser(page),
        topics=[_topic_link(page, topic) for topic in questions.TOPICS],
        all=page.link(ALL),
    )


def compare(page: Page, topic_id: str) -> str:
    """Return one topic's table, and a form for choosing Trusts to show side by side; raises UnknownName."""
    topic = next((one for one in questions.TOPICS if one.id == topic_id), None)
    if topic is None:
        raise UnknownName("topic", topic_id, [one.id for one in questions.TOPICS])
    return page.render(
        "compare.html", tables=[_of_all(page, topic)], waves=[*_by_wave(page, topic)], **_around(page, topic.id)
    )


def compare_all(page: Page) -> str:
    """Return the tables of all topics."""
    return page.render(
        "compare_all.html", tables=[_of_all(page, topic) for topic in questions.TOPICS], **_around(page, "all")
    )


def _around(page: Page, current: str) -> dict[str, object]:
    """Return what surrounds the tables: the form for choosing Trusts, and links to the other topics."""
    everything = {"title": "All topics", "link": page.link(ALL), "current": current == "all"}
    return {
        "chooser": _chooser(page),
        "topics": [everything, *(_topic_link(page, topic, current) for topic in questions.TOPICS)],
        "back": page.link(HOME),
        "gaps": page.link("trusts/gaps/"),
        "evidence_date": page.first_wave.date.text,
        "later": _later(page),
    }


def _later(page: Page) -> list[dict[str, str]]:
    """Return the Trusts with newer evidence than the first wave, with the newest date and a link."""
    newest = {one.trust: page.guide.wave(one.wave).date.text for one in page.guide.profiles}
    return [
        {"name": trust.name, "link": page.link(addresses.of_trust(trust.slug)), "date": newest[trust.slug]}
        for trust in page.trusts
        if trust.slug in newest
    ]


def _chooser(page: Page) -> dict[str, object]:
    letter_of = {slug: one.id for one in gathered(page) for slug in one.slugs}
    return {
        "trusts": [
            {"slug": trust.slug, "name": trust.name, "letter": letter_of.get(trust.slug, "")} for trust in page.trusts
        ],
        "gathered": page.link(LETTERS) if letter_of else "",
        "fewest": _FEWEST,
        "most": _MOST,
        "long": len(page.trusts) >= _LONG_LIST,
    }


def _topic_link(page: Page, topic: questions.Topic, current: str = "") -> dict[str, object]:
    return {
        "id": topic.id,
        "title": topic.title,
        "question": topic.question,
        "link": page.link(f"{HOME}{topic.id}/"),
        "current": topic.id == current,
    }


def _of_all(page: Page, topic: questions.Topic) -> TopicTable:
    if gathered(page):
        return TopicTable(topic, (), (), tuple(letters(page, topic.id)))
    return table(page, topic, page.trusts)


def table(page: Page, topic: questions.Topic, trusts: Iterable[Trust]) -> TopicTable:
    """Return the answers of some Trusts on a topic."""
    rows = tuple(_row(page, trust, topic) for trust in trusts)
    return TopicTable(topic, tuple(cell.fact.label for cell in rows[0].cells) if rows else (), rows)


def _by_wave(page: Page, topic: questions.Topic) -> Iterator[WaveTable]:
    """Yield the table of each wave with an answer on a topic; none while all is from the first, or for many Trusts."""
    if not page.later_waves or gathered(page):
        return
    for wave in (page.first_wave, *page.later_waves):
        rows = tuple(row for trust in page.trusts if (row := _row_of_wave(page, trust, topic, wave)))
        if rows:
            columns = tuple(cell.fact.label for cell in rows[0].cells)
            yield WaveTable(wave, TopicTable(topic, columns, rows), len(rows) == len(page.trusts))


def _row_of_wave(page: Page, trust: Trust, topic: questions.Topic, wave: Wave) -> ComparedTrust | None:
    """Return what one wave told of a Trust on a topic; None if it covered no part of it."""
    known = page.told(trust.slug, wave.id)
    if known is None:
        return None
    is_first = wave.id == page.first_wave.id
    covered = [is_first or _covers(known.profiles[0], answer) for answer in topic.columns]
    if not any(covered):
        return None
    cells = (
        Answer(told_by(wave.again, fact)[0] if is_covered else Fact(fact.label, (), NOT_COVERED))
        for fact, is_covered in zip((answer(page, known.trust) for answer in topic.columns), covered, strict=True)
    )
    cite = _source_of_row(page, known.trust, topic)
    shown = page.link(addresses.of_wave_profile(trust.slug, wave.id))
    return ComparedTrust(trust.slug, trust.name, shown, cite, tuple(cells))


def _covers(profile: Profile, answer: questions.AnswerOf) -> bool:
    """Return whether a later profile answers a question: it has the list that answers or, without one, the part."""
    if field := questions.LISTS.get(answer):
        return bool(getattr(profile, field))
    return questions.PARTS.get(answer) in profile.parts


def _row(page: Page, trust: Trust, topic: questions.Topic) -> ComparedTrust:
    known = page.known(trust.slug)
    cells = tuple(_answer(page, trust, known, answer) for answer in topic.columns)
    latest = known.trust if any(cell.as_of for cell in cells) else trust
    cite = _source_of_row(page, latest, topic)
    return ComparedTrust(trust.slug, trust.name, page.link(addresses.of_trust(trust.slug)), cite, cells)


def _source_of_row(page: Page, trust: Trust, topic: questions.Topic) -> Markup:
    """Return the source that a row names beside the Trust; empty where its cells have their own."""
    return page.cite(topic.head(trust)) if topic.head else Markup("")


def _answer(page: Page, trust: Trust, known: KnownTrust, answer: questions.AnswerOf) -> Answer:
    part = questions.PARTS.get(answer)
    known = known.with_newest(questions.LISTS[answer]) if answer in questions.LISTS else known
    if part is None or not known.is_later(part, page.first_wave):
        return Answer(answer(page, trust))
    wave = known.waves[part]
    (fact,) = told_by(wave.again, answer(page, known.trust))
    return Answer(fact, wave.date.text)
