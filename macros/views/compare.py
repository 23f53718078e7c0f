"""Trusts side by side: a table for each topic, all topics on one page, and the choice of a few Trusts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from macros import address
from macros.model.trust import Trust
from macros.problems import UnknownName
from macros.render import render
from macros.views import glance
from macros.views.items import Fact
from macros.views.letters import Letter, gathered, letters
from macros.views.page import Page

HOME = "trusts/compare/"
ALL = address.COMPARE_ALL_PAGE
LETTERS = "trusts/a-z/"
_FEWEST, _MOST = 2, 4
"""How many Trusts may be chosen: more than four columns cannot be read, on paper or on a screen."""
_LONG_LIST = 24
"""From this many Trusts on, the list to choose from can be shortened by typing."""


@dataclass(frozen=True)
class Row:
    """One Trust's answers on a topic."""

    slug: str
    name: str
    link: str
    cite: Markup
    cells: tuple[Fact, ...]


@dataclass(frozen=True)
class Table:
    """One topic's answers, a row a Trust in the order of names."""

    topic: glance.Topic
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    letters: tuple[Letter, ...] = ()
    """Where the rows are instead, if the Trusts are too many for one table."""


def compare_topics(page: Page) -> str:
    """Return the choice of Trusts, and the list of topics that they can be compared on."""
    return render(
        "compare_index.html",
        chooser=_chooser(page),
        topics=[_topic_link(page, topic) for topic in glance.TOPICS],
        all=page.link(ALL),
    )


def compare(page: Page, topic_id: str) -> str:
    """Return one topic's table, and the choice of Trusts to show side by side; raises UnknownName."""
    topic = next((one for one in glance.TOPICS if one.id == topic_id), None)
    if topic is None:
        raise UnknownName("topic", topic_id, [one.id for one in glance.TOPICS])
    return render("compare.html", tables=[_of_all(page, topic)], **_around(page, topic.id))


def compare_all(page: Page) -> str:
    """Return the tables of all topics."""
    return render("compare_all.html", tables=[_of_all(page, topic) for topic in glance.TOPICS], **_around(page, "all"))


def _around(page: Page, current: str) -> dict[str, object]:
    """Return what stands around the tables: the choice, and the ways to the other topics."""
    everything = {"title": "All topics", "link": page.link(ALL), "current": current == "all"}
    return {
        "chooser": _chooser(page),
        "topics": [everything, *(_topic_link(page, topic, current) for topic in glance.TOPICS)],
        "back": page.link(HOME),
        "gaps": page.link("trusts/gaps/"),
    }


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


def _topic_link(page: Page, topic: glance.Topic, current: str = "") -> dict[str, object]:
    return {
        "id": topic.id,
        "title": topic.title,
        "question": topic.question,
        "link": page.link(f"{HOME}{topic.id}/"),
        "current": topic.id == current,
    }


def _of_all(page: Page, topic: glance.Topic) -> Table:
    if gathered(page):
        return Table(topic, (), (), tuple(letters(page, topic.id)))
    return table(page, topic, page.trusts)


def table(page: Page, topic: glance.Topic, trusts: Iterable[Trust]) -> Table:
    """Return what some Trusts answer on a topic."""
    rows = tuple(_row(page, trust, topic) for trust in trusts)
    return Table(topic, tuple(fact.label for fact in rows[0].cells) if rows else (), rows)


def _row(page: Page, trust: Trust, topic: glance.Topic) -> Row:
    cite = page.cite(topic.head(trust)) if topic.head else Markup("")
    cells = tuple(answer(page, trust) for answer in topic.columns)
    return Row(trust.slug, trust.name, page.link(address.of_trust(trust.slug)), cite, cells)
