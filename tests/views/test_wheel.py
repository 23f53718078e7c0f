"""The commissioning cycle: each stage and theme is there once in the drawing and once in the list, in one order."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from macros.model.vocabulary import Stage
from macros.pages.attribute_rules import judged
from macros.reading.guide import Guide
from macros.reading.problem import UnknownName
from macros.views.shared.page import Page
from macros.views.shared.templates import render
from macros.views.wheel import wheel, wheel_at


@pytest.fixture
def page(guide: Guide) -> Page:
    return Page(guide, "good-engagement/", dict)


def test_the_drawing_and_the_list_have_the_same_links_with_the_same_names(guide: Guide, page: Page) -> None:
    drawn = BeautifulSoup(wheel(page), "html.parser")
    names = [f"{hub.number}: {hub.title}" for hub in guide.stages]
    parts = drawn.select("svg a")
    assert [part["aria-label"] for part in parts] == names
    assert [part.get_text() for part in drawn.select("ol a")] == names
    assert [part["href"] for part in parts] == [part["href"] for part in drawn.select("ol a")]
    for hub, part in zip(guide.stages, parts, strict=True):
        said = "".join(line.get_text() for line in part.select("text")).strip()
        assert said.replace(":", "") == f"{hub.number} {hub.title}", "what is seen is what is heard"
        assert part.select("path, rect")


def test_stages_make_the_ring_and_themes_stand_beside_it(guide: Guide, page: Page) -> None:
    drawn = BeautifulSoup(wheel(page), "html.parser")
    ring = {part["aria-label"].partition(":")[0] for part in drawn.select("svg a:has(path)")}
    assert ring == {hub.number for hub in guide.stages if hub.number.startswith("Stage")}
    assert len(drawn.select("svg a:has(rect)")) == len(guide.stages) - len(ring)


def test_it_says_that_the_cycle_is_ours(page: Page) -> None:
    drawn = BeautifulSoup(wheel(page), "html.parser")
    assert drawn.select(".ce-wheel__note .ce-ours")
    assert "is lost" in drawn.get_text()


def small(page: Page, stage: str) -> str:
    """Return the small cycle as the page of a stage draws it."""
    return render("wheel.html", wheel=wheel_at(page, stage))


@pytest.mark.parametrize("stage", Stage)
def test_on_its_page_a_stage_is_marked_for_eyes_and_for_machines(page: Page, stage: Stage) -> None:
    drawn = BeautifulSoup(small(page, stage), "html.parser")
    (part,) = drawn.select("svg [aria-current=page]")
    (entry,) = drawn.select("ol [aria-current=page]")
    assert part["href"] == entry["href"]
    assert str(part["aria-label"]).startswith(drawn.select_one(".ce-wheel__here strong").get_text())  # type: ignore[union-attr]


def test_an_unknown_stage_is_told(page: Page) -> None:
    with pytest.raises(UnknownName):
        wheel_at(page, "buying")


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("path", (("d", "M0 0 url(x) Z"),)),
        ("path", (("d", "M0 0 L1 1 Z"), ("onclick", "x()"))),
        ("path", (("d", "M0 0 L1 1 Z"), ("fill", "red"))),
        ("a", (("href", "javascript:x()"), ("aria-label", "Stage 1"))),
        ("a", (("aria-current", "step"),)),
        ("use", (("href", "#x"),)),
    ],
)
def test_of_drawings_no_more_is_allowed_than_the_wheel_needs(tag: str, attributes: tuple[tuple[str, str], ...]) -> None:
    assert judged(tag, attributes, True, False)[0]


def test_what_the_wheel_is_made_of_is_allowed(page: Page) -> None:
    drawn = BeautifulSoup(small(page, "needs"), "html.parser")
    for part in drawn.select("svg *"):
        given = ((name, " ".join(value) if isinstance(value, list) else value) for name, value in part.attrs.items())
        assert judged(part.name, tuple(given), True, False)[0] == ()
