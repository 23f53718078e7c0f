"""The Trusts together: finding one, and what is not known of them."""

from __future__ import annotations

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
from macros.views.freshness import reviews_due
from macros.views.items import Status
from macros.views.letters import gathered, letters
from macros.views.page import Page
from macros.views.trust import gaps

# The map's squares, in the units of its own drawing: wide enough for the longest name.
_TILE_WIDTH, _TILE_HEIGHT, _GUTTER = 120, 72, 6


def trust_finder(page: Page) -> str:
    """Return the ways to a Trust: a place typed, the map, the list of Trusts, and the places from A to Z."""
    places = sorted(page.guide.places, key=lambda place: (place.place.lower(), place.trust, place.kind))
    page.shown(*places)
    rows = [_found(page, [*same]) for _, same in groupby(places, key=lambda place: (place.place, place.trust))]
    tiles = _tiles(page)
    return render(
        "finder.html",
        tiles=tiles,
        width=max((tile.x for tile in tiles), default=0) + _TILE_WIDTH + _GUTTER,
        height=max((tile.y for tile in tiles), default=0) + _TILE_HEIGHT + _GUTTER,
        tile={"width": _TILE_WIDTH, "height": _TILE_HEIGHT},
        trusts=[] if gathered(page) else [listed(page, trust) for trust in page.trusts],
        letters_of=letters(page, "list"),
        count=len(page.trusts),
        letters=wording.by_letter(rows, lambda row: row.name),
        region=page.region.name,
        ours=page.source_tags((OURS,)),
    )


@dataclass(frozen=True)
class Found:
    """A name on the map, and the Trust that covered it."""

    name: str
    kinds: str
    """What bears the name there: a district, a town, or both."""
    also_called: tuple[str, ...]
    find: tuple[str, ...]
    """What else people type for it."""
    trust: str
    link: str


def _found(page: Page, places: list[Place]) -> Found:
    """Return the places of one name in one Trust, such as a district and its town, as one."""
    trust = page.trust(places[0].trust)
    also_called = dict.fromkeys(place.also_called for place in places if place.also_called)
    find = dict.fromkeys(also_called)
    if any(place.kind in {PlaceKind.COUNTY, PlaceKind.UNITARY} for place in places):
        find |= dict.fromkeys((trust.authority, trust.partnership, *trust.also_called))
    return Found(
        name=places[0].place,
        kinds=wording.joined([place.kind for place in places]),
        also_called=tuple(also_called),
        find=tuple(find),
        trust=trust.name,
        link=page.link(address.of_trust(trust.slug)),
    )


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


def listed(page: Page, trust: Trust) -> dict[str, object]:
    """Return a Trust as lists show it: its council, whether that has ended, and who spoke for the sector."""
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
        trusts=[] if gathered(page) else [with_gaps(page, trust) for trust in page.trusts],
        letters_of=letters(page, "gaps"),
        count=len(page.trusts),
        ours=page.source_tags((OURS,)),
        due=reviews_due(page),
    )


def _spread(page: Page, figure: Figure, names: dict[str, Trust]) -> dict[str, object]:
    return {
        "label": figure.label,
        "text": figure.text,
        "counts": figure.counts,
        "groups": [
            {
                "status": Status(_in_words(group.word)),
                "trusts": [_named(page, names[slug]) for slug in group.slugs],
            }
            for group in figure.groups
        ],
    }


def with_gaps(page: Page, trust: Trust) -> dict[str, object]:
    """Return a Trust with what the report does not say of it."""
    return {**_named(page, trust), "gaps": gaps(page, trust)}


def _in_words(answer: str) -> str:
    """Return an answer as it is read; the only ones that are numbers are seats."""
    return wording.count(int(answer), "seat") if answer.isdecimal() else answer


def _named(page: Page, trust: Trust) -> dict[str, object]:
    return {"name": trust.name, "link": page.link(address.of_trust(trust.slug))}
