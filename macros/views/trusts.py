"""The Trusts together: finding one, and what is not known of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from macros import address, wording
from macros.figures import Figure
from macros.model.base import OURS
from macros.model.region import Place
from macros.model.trust import Trust
from macros.model.words import PlaceKind, Unknown
from macros.render import render
from macros.views import glance
from macros.views.items import Status
from macros.views.page import Page
from macros.views.trust import gaps

# The map's squares, in the units of its own drawing: wide enough for the longest name.
_TILE_WIDTH, _TILE_HEIGHT, _GUTTER = 120, 72, 6


def trust_finder(page: Page) -> str:
    """Return the ways to a Trust: a place typed, the map, the list of Trusts, and the places from A to Z."""
    places = sorted(page.guide.places, key=lambda place: (place.place.lower(), place.kind))
    page.shown(*places)
    names = {trust.slug: trust.name for trust in page.trusts}
    rows = [
        {
            "place": place.place,
            "also_called": place.also_called or "",
            "kind": place.kind,
            "find": ", ".join(_other_names(page, place)),
            "trust": names[place.trust],
            "link": page.link(address.of_trust(place.trust)),
        }
        for place in places
    ]
    tiles = _tiles(page)
    return render(
        "finder.html",
        tiles=tiles,
        width=max((tile.x for tile in tiles), default=0) + _TILE_WIDTH + _GUTTER,
        height=max((tile.y for tile in tiles), default=0) + _TILE_HEIGHT + _GUTTER,
        tile={"width": _TILE_WIDTH, "height": _TILE_HEIGHT},
        trusts=[_listed(page, trust) for trust in page.trusts],
        letters=[(letter, [*group]) for letter, group in groupby(rows, key=lambda row: row["place"][0].upper())],
        region=page.region.name,
        ours=page.source_tags((OURS,)),
    )


def _other_names(page: Page, place: Place) -> Iterator[str]:
    """Yield what else people type for a place: its other name, and for a whole area its council and partnership."""
    if place.also_called:
        yield place.also_called
    if place.kind in {PlaceKind.COUNTY, PlaceKind.UNITARY}:
        trust = page.trust(place.trust)
        yield from (trust.authority, trust.partnership, *trust.also_called)


def trust_links(page: Page) -> str:
    """Return the Trusts as a row of links."""
    return render("chips.html", links=[_named(page, trust) for trust in page.trusts], label="Trusts")


@dataclass(frozen=True)
class MapTile:
    """One tile of the map, in the units of its drawing."""

    name: str
    link: str
    x: int
    y: int


def _tiles(page: Page) -> list[MapTile]:
    placed = [(trust.tile, trust) for trust in page.trusts if trust.tile]
    return [
        MapTile(
            trust.name,
            page.link(address.of_trust(trust.slug)),
            tile.column * (_TILE_WIDTH + _GUTTER) + _GUTTER,
            tile.row * (_TILE_HEIGHT + _GUTTER) + _GUTTER,
        )
        for tile, trust in sorted(placed, key=lambda one: (one[0].row, one[0].column))
    ]


def _listed(page: Page, trust: Trust) -> dict[str, object]:
    voice = glance.speaks(page, trust)
    return {
        "name": trust.name,
        "link": page.link(address.of_trust(trust.slug)),
        "authority": trust.authority,
        "ended": trust.life.ended.text if trust.life.ended else "",
        "speaks": wording.joined([item.name for item in voice.items]) if not voice.unknown else "",
        "unknown": voice.unknown,
    }


# --- what is not known --------------------------------------------------------------------------------------------

_SILENT = (
    "trusts-with-a-unit",
    "trusts-with-a-framework",
    "trusts-with-board-seats",
    "trusts-stating-board-seats",
    "trusts-silent-on-needs",
    "trusts-reporting-investment",
)


def trust_gaps(page: Page) -> str:
    """Return what is missing, declined or unclear: by question over all Trusts, then Trust by Trust."""
    names = {trust.slug: trust for trust in page.trusts}
    return render(
        "gaps.html",
        questions=[_spread(page, page.figure(name), names) for name in _SILENT],
        declined=[_named(page, trust) for trust in page.trusts if trust.basis.taking_part == "declined"],
        declined_word=Unknown.DECLINED,
        trusts=[{**_named(page, trust), "gaps": gaps(page, trust)} for trust in page.trusts],
        ours=page.source_tags((OURS,)),
    )


def _spread(page: Page, figure: Figure, names: dict[str, Trust]) -> dict[str, object]:
    return {
        "label": figure.label,
        "text": figure.text,
        "counts": figure.counts,
        "groups": [
            {
                "status": Status(group.word),
                "trusts": [_named(page, names[slug]) for slug in group.slugs],
            }
            for group in figure.groups
        ],
    }


def _named(page: Page, trust: Trust) -> dict[str, object]:
    return {"name": trust.name, "link": page.link(address.of_trust(trust.slug))}
