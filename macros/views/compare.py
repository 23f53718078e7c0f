"""Trusts side by side: the topics that they can be compared on, and a table for each."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from macros import address
from macros.model.trust import Trust
from macros.problems import UnknownName
from macros.render import render
from macros.views import glance
from macros.views.items import Fact
from macros.views.page import Page


def compare_topics(page: Page) -> str:
    """Return the list of topics that Trusts can be compared on."""
    return render("compare_index.html", topics=[_topic_link(page, topic) for topic in glance.TOPICS])


def _topic_link(page: Page, topic: glance.Topic, current: str = "") -> dict[str, object]:
    return {
        "title": topic.title,
        "question": topic.question,
        "link": page.link(f"trusts/compare/{topic.id}/"),
        "current": topic.id == current,
    }


@dataclass(frozen=True)
class Row:
    """One Trust's answers on a topic."""

    name: str
    link: str
    cite: Markup
    cells: tuple[Fact, ...]


def _row(page: Page, trust: Trust, topic: glance.Topic) -> Row:
    cite = page.cite(topic.head(trust)) if topic.head else Markup("")
    cells = tuple(answer(page, trust) for answer in topic.columns)
    return Row(trust.name, page.link(address.of_trust(trust.slug)), cite, cells)


def compare(page: Page, topic_id: str) -> str:
    """Return one topic's table, a row a Trust in the order of names; raises UnknownName."""
    topic = next((one for one in glance.TOPICS if one.id == topic_id), None)
    if topic is None:
        raise UnknownName("topic", topic_id, [one.id for one in glance.TOPICS])
    rows = [_row(page, trust, topic) for trust in page.trusts]
    return render(
        "compare.html",
        topic=topic,
        columns=[fact.label for fact in rows[0].cells] if rows else [],
        rows=rows,
        topics=[_topic_link(page, one, topic.id) for one in glance.TOPICS],
        back=page.link("trusts/compare/"),
    )
