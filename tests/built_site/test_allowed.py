"""The list of what pages may hold is no longer than the site needs: each line of it is used, under either engine."""

from __future__ import annotations

import re

import pytest
from built_site import BASE, ROOT, Site

from macros.pages import allowed, attribute_rules, finished
from macros.pages.allowed import AllowedPlace, Elements
from macros.publish.editions.edition import Edition
from macros.publish.editions.offline import make_zip
from macros.publish.guard import check_site, check_zip

pytestmark = pytest.mark.slow
Pairs = set[tuple[str, str]]


class Used:
    """What a reading of pages meets."""

    def __init__(self) -> None:
        self.places: list[AllowedPlace] = []
        self.elements: Pairs = set()
        self.drawn: Pairs = set()
        self.classes: set[str] = set()


@pytest.fixture(scope="module")
def used(mkdocs_site: Site, other_site: Site) -> Used:
    """What both engines' pages hold; each of them is let pass."""
    found = Used()
    place_of, judged = finished._FinishedPage._place_of, attribute_rules.judged

    def seen_place(self: finished._FinishedPage, *arguments: object) -> AllowedPlace | None:
        place = place_of(self, *arguments)  # type: ignore[arg-type]
        if place is not None and place not in found.places:
            found.places.append(place)
        return place

    def seen(tag: str, attributes: tuple[tuple[str, str], ...], drawing: bool, prose: bool) -> object:
        pairs = found.drawn if drawing else found.elements
        pairs |= {(tag, ""), *((tag, name) for name, _ in attributes)}
        found.classes |= {one for name, value in attributes if name == "class" for one in value.split()}
        return judged(tag, attributes, drawing, prose)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finished._FinishedPage, "_place_of", seen_place)
        patch.setattr(finished, "judged", seen)
        for site in (mkdocs_site, other_site):
            check_site(site.folder, ROOT / "docs", base_url=BASE)
            check_zip(make_zip(site.folder, Edition.of(ROOT)), ROOT / "docs")
    return found


def unused(listed: Elements, pairs: Pairs) -> Pairs:
    named = {(tag, name) for tag, names in listed.items() for name in ("", *names)}
    return named - pairs


def drawable() -> Pairs:
    """Return what stands in templates of the views, for data of other kinds than today's."""
    found: Pairs = set()
    for path in (ROOT / "macros/views/templates").glob("*.html"):
        for tag, inside in re.findall(r"<([a-z][a-z0-9]*)((?:[^<>]|\{[^{}]*\})*)>", path.read_text(encoding="utf-8")):
            found |= {(tag, ""), *((tag, name) for name in re.findall(r"([a-z][a-z-]*)(?==\"|[ >%]|\Z)", inside))}
    return found


def test_pages_use_all_that_prose_may_be(used: Used) -> None:
    assert unused(allowed.PROSE, used.elements) == set()
    assert used.classes >= allowed.PROSE_CLASSES


def test_macros_draw_all_that_they_may(used: Used) -> None:
    assert unused(allowed.DRAWN, used.elements | drawable()) == set()
    assert unused(allowed.SVG, used.drawn | drawable()) == set()


def test_the_theme_draws_all_that_it_may(used: Used) -> None:
    assert [place for place in (*allowed.THEME, *allowed.OFFLINE) if place not in used.places] == []


def test_no_value_is_described_that_nothing_may_have() -> None:
    listed = (allowed.PROSE, allowed.PLAIN, allowed.DRAWN, allowed.SVG)
    named = {name for one in listed for names in one.values() for name in names} - {"class", "href", "src"}
    assert named == allowed.VALUES.keys()
    forms = {
        form
        for place in (*allowed.THEME, *allowed.PLAIN_THEME, *allowed.OFFLINE, *allowed.MOVED)
        for form in place.attributes.values()
    }
    assert {one[1:] for one in forms if one.startswith("@")} == allowed.FORMS.keys() | {"page", "policy", "refresh"}
