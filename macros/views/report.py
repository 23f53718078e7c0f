"""The report as a whole: recommendations, principles, lists of points, figures and source notes."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from macros.derived.figures import figures
from macros.derived.relations import links
from macros.model import addresses, wording
from macros.model.guidance import Practice, Standard
from macros.model.report import Recommendation
from macros.views.shared.facts import Item
from macros.views.shared.page import Page

WHOLE = {"framework": "the proposed regional framework", "good-engagement": "what good engagement looks like"}
"""The parts of the guide that answer a recommendation as a whole."""


def recommendation_list(page: Page) -> str:
    """Return the recommendations as a list of links."""
    many = [
        {
            "number": one.id.upper(),
            "title": one.title,
            "link": page.link(addresses.of_recommendation(one.id)),
            "item": Item("", None, (f"Asked of: {wording.joined(one.of)}",), one.asks, page.cite(one)),
        }
        for one in page.recommendations
    ]
    return page.render("recommendation_list.html", recommendations=many)


def recommendation(page: Page, name: str) -> str:
    """Return one recommendation; raises UnknownName."""
    one = page.recommendation(name)
    answers = links(page.guide).standards_by_recommendation[one.id]
    return page.render(
        "recommendation.html",
        one=one,
        cite=page.cite(one),
        rests_on=page.source_tags(one.rests_on),
        stages=[
            _link(f"{hub.number}: {hub.title}", page.link(addresses.of_stage(hub.id)))
            for hub in page.stages
            if hub.id in one.stages
        ],
        points=_points_on(page, one),
        whole=_link(WHOLE[one.answered_by], page.link(f"{one.answered_by}/")) if one.answered_by else None,
        standards=[
            _link(f"{other.id.upper()} {other.title}", page.link(addresses.of_standard(other.id))) for other in answers
        ],
        practices=[
            _link(other.title, page.link(addresses.of_practice(other.slug))) for other in _practices(page, answers)
        ],
    )


def _link(name: str, link: str) -> dict[str, str]:
    return {"name": name, "link": link}


def _practices(page: Page, standards: Iterable[Standard]) -> list[Practice]:
    """Return the practices that help to meet any of `standards`."""
    wanted = {one.id for one in standards}
    return [practice for practice in page.practices if wanted & set(practice.standards)]


def _points_on(page: Page, one: Recommendation) -> list[Item]:
    """Return the points of the report's summaries that a recommendation rests on."""
    summaries = [page.point_list(name) for name, one in page.guide.point_lists.items() if one.summary]
    points = [point for one in summaries for point in one.points]
    return [Item(what=point.what, cite=page.cite(point)) for point in points if set(point.source) & set(one.rests_on)]


def point_list(page: Page, name: str) -> str:
    """Return one list of points, such as the Audit Commission's findings; raises UnknownName."""
    points = page.point_list(name)
    names = {trust.slug: trust for trust in page.guide.trusts}
    items = [
        Item(
            what=point.what,
            details=(f"Names: {wording.joined([names[slug].name for slug in point.trusts])}",) if point.trusts else (),
            cite=page.cite(point),
        )
        for point in points.points
    ]
    page.shown(points)
    return page.render("point_list.html", points=points, items=items)


def principles(page: Page) -> str:
    """Return the principles of funding."""
    return page.render(
        "principles.html",
        items=[Item(f"{one.id.upper()} {one.name}", None, (), one.what, page.cite(one)) for one in page.principles],
    )


def figure(page: Page, name: str, wave: str = "") -> str:
    """Return a named figure as it reads in a sentence, linked to how it is worked out; raises UnknownName.

    It is the figure of the first wave, unless another wave is named.
    """
    one = page.figure(name, wave)
    return page.render("figure.html", figure=one, link=page.link(f"evidence/figures/#{name}")).strip()


def figure_table(page: Page) -> str:
    """Return every figure: its name, its value, how it is worked out and the report's own words on it."""
    names = {trust.slug: trust.name for trust in page.trusts}
    rows = [
        {
            "figure": page.figure(name),
            "cite": page.source_tags(one.source[:3]),
            "more": max(0, len(one.source) - 3),
            "groups": [(group.word, wording.joined([names[slug] for slug in group.slugs])) for group in one.groups],
        }
        for name, one in figures(page.guide).items()
    ]
    page.shown(*page.region.figures)  # the figures say all of that
    return page.render("figures.html", rows=rows)


def source(page: Page, reference: str) -> str:
    """Return the tag of one section, for prose that rests on it; raises UnknownName."""
    return str(page.source_tags((reference,))).strip()


def region_limits(page: Page) -> str:
    """Return the limits of the evidence."""
    return page.render(
        "limits.html", items=[Item(one.title, None, (), one.what, page.cite(one)) for one in page.first_wave.limits]
    )


def region_slips(page: Page) -> str:
    """Return the slips in the source, each with the reading chosen."""
    return page.render("slips.html", rows=[(one.found, one.reading, page.cite(one)) for one in page.first_wave.slips])


def contact(page: Page) -> str:
    """Return the address that readers write to, as a link."""
    return str(Markup('<a href="mailto:{0}">{0}</a>').format(page.region.contact))
