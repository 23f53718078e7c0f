"""The Trusts together: ways to find one, and the gaps in what is known of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from textwrap import wrap

from macros.derived.figure import Figure
from macros.model import addresses, wording
from macros.model.base import OURS
from macros.model.trust import Trust, Voice
from macros.model.vocabulary import Part, PlaceKind, Reading, Unknown
from macros.views.freshness import reviews_due
from macros.views.grid import QUESTIONS, answer, grid_of_all
from macros.views.shared import questions as glance
from macros.views.shared.facts import told_by
from macros.views.shared.page import Page
from macros.views.shared.places import NamedPlace
from macros.views.shared.status import Status
from macros.views.shared.trust_groups import gathered, letters
from macros.views.trust import gaps

# The map's squares, in the units of its own drawing, each wide enough for the longest name.
_TILE_WIDTH, _TILE_HEIGHT, _GUTTER = 120, 84, 6
_LETTERS = 16
"""The most letters of a word on a line of a tile; map.js has the same number."""


def trust_finder(page: Page) -> str:
    """Return the ways to find a Trust: a place to type, the map, the list of Trusts, and the places from A to Z."""
    named = [place for place in page.guide.places if place.kind != PlaceKind.POSTCODE]
    places = sorted(named, key=lambda place: (place.place.lower(), place.trust, place.kind))
    page.shown(*page.guide.places, *page.guide.areas)
    rows = [
        _found(page, NamedPlace(name, tuple(same)))
        for (name, _), same in groupby(places, key=lambda place: (place.place, place.trust))
    ]
    tiles = _tiles(page)
    return page.render(
        "finder.html",
        tiles=tiles,
        width=max((tile.x for tile in tiles), default=0) + _TILE_WIDTH + _GUTTER,
        height=max((tile.y for tile in tiles), default=0) + _TILE_HEIGHT + _GUTTER,
        tile={"width": _TILE_WIDTH, "height": _TILE_HEIGHT},
        questions=QUESTIONS,
        trusts=[] if gathered(page) else [listed(page, trust) for trust in page.trusts],
        letters_of=letters(page, "list"),
        grid=grid_of_all(page),
        count=len(page.trusts),
        letters=wording.by_letter(rows, lambda row: row.name),
        codes=_codes(page),
        councils="; ".join(page.guide.search.councils),
        region=page.region.name,
        year=page.first_wave.year,
        places_date=page.region.places_date.text,
        examples=wording.joined(page.region.place_examples, "or"),
        ours=page.source_tags((OURS,)),
        cite=page.source_tags(tuple(dict.fromkeys(one for place in named for one in place.source))),
        cite_codes=page.source_tags(
            tuple(
                dict.fromkeys(
                    one for place in page.guide.places if place.kind == PlaceKind.POSTCODE for one in place.source
                )
            )
        ),
    )


def _codes(page: Page) -> list[dict[str, object]]:
    """Return the beginnings of the postcodes in each Trust's area."""
    found: dict[str, list[str]] = {}
    for place in page.guide.places:
        if place.kind == PlaceKind.POSTCODE:
            found.setdefault(place.trust, []).append(place.place)
    return [{**_named(page, trust), "codes": found[trust.slug]} for trust in page.trusts if trust.slug in found]


@dataclass(frozen=True)
class MapName:
    """A name on the map, and the Trust that covered the place."""

    name: str
    kinds: str
    """The kinds of place with that name there: a district, a town, or both."""
    also_called: tuple[str, ...]
    find: tuple[str, ...]
    """Other names that people type for it."""
    trust: str
    link: str


def _found(page: Page, named: NamedPlace) -> MapName:
    trust = page.trust(named.places[0].trust)
    find = dict.fromkeys((*named.also_called, *(name for place in named.places for name in place.councils)))
    kinds = {place.kind for place in named.places}
    find |= dict.fromkeys(
        one.code for one in page.guide.areas_of(trust.slug) if one.name == named.name and one.kind in kinds
    )
    # A council that began since then is not the Trust's authority.
    if any(place.kind in {PlaceKind.COUNTY, PlaceKind.UNITARY} and not place.since for place in named.places):
        told = page.guide.profiles_of(trust.slug)
        since = (name for one in told for name in (one.partnership, one.led_by) if name)
        find |= dict.fromkeys((trust.authority, trust.partnership, *trust.also_called, *since))
    return MapName(
        name=named.name,
        kinds=named.kinds,
        also_called=named.also_called,
        find=tuple(find),
        trust=trust.name,
        link=page.link(addresses.of_trust(trust.slug)),
    )


def trust_links(page: Page) -> str:
    """Return the Trusts as a row of links."""
    return page.render("chips.html", links=[_named(page, trust) for trust in page.trusts], label="Trusts")


@dataclass(frozen=True)
class MapTile:
    """One tile of the map, in the units of its drawing."""

    name: str
    link: str
    x: int
    y: int
    status: Status
    """The word that answers the question that the map shows at first."""

    @property
    def lines(self) -> list[str]:
        """The word in lines that fit into a tile."""
        return wrap(wording.sentence(self.status.text), _LETTERS)


def _tiles(page: Page) -> list[MapTile]:
    placed = [(trust.tile, trust) for trust in page.trusts if trust.tile]
    return [
        MapTile(
            trust.name,
            page.link(addresses.of_trust(trust.slug)),
            tile.column * (_TILE_WIDTH + _GUTTER) + _GUTTER,
            tile.row * (_TILE_HEIGHT + _GUTTER) + _GUTTER,
            answer(page, page.known(trust.slug), QUESTIONS[0]),
        )
        for tile, trust in sorted(placed, key=lambda one: (one[0].row, one[0].column))
    ]


def listed(page: Page, trust: Trust) -> dict[str, object]:
    """Return a Trust's entry in lists: its council, whether that has ended, and who spoke for the sector."""
    known = page.known(trust.slug)
    wave = known.waves[Part.GOVERNANCE]
    (voice,) = told_by(wave.again, glance.speaks(page, known.trust))
    return {
        "name": trust.name,
        "link": page.link(addresses.of_trust(trust.slug)),
        "authority": trust.authority,
        "ended": trust.life.ended.text if trust.life.ended else "",
        "speaks": wording.joined([_spoke(one) for one in known.trust.governance.voices if one.speaks]),
        "as_of": wave.date.text if known.is_later(Part.GOVERNANCE, page.first_wave) else "",
        "unknown": voice.unknown,
    }


def _spoke(voice: Voice) -> str:
    return voice.name + (f" ({voice.speaks_from})" if voice.speaks_from != Reading.STATED else "")


# --- gaps ---------------------------------------------------------------------------------------------------------

_SILENT = (
    "trusts-with-a-unit",
    "trusts-with-a-framework",
    "trusts-with-board-seats",
    "trusts-stating-board-seats",
    "trusts-silent-on-needs",
    "trusts-reporting-investment",
)


def trust_gaps(page: Page) -> str:
    """Return what is missing, declined or unclear: by question across all Trusts, then Trust by Trust."""
    names = {trust.slug: trust for trust in page.trusts}
    return page.render(
        "gaps.html",
        questions=[_spread(page, page.figure(name), names) for name in _SILENT],
        declined=[_named(page, trust) for trust in page.trusts if trust.basis.taking_part == "declined"],
        declined_word=Unknown.DECLINED,
        trusts=[] if gathered(page) else [with_gaps(page, trust) for trust in page.trusts],
        letters_of=letters(page, "gaps"),
        count=len(page.trusts),
        ours=page.source_tags((OURS,)),
        due=reviews_due(page),
        later=bool(page.guide.profiles),
        evidence_date=page.first_wave.date.text,
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
    """Return a Trust with its gaps: those that the newest wave left in each part."""
    known = page.known(trust.slug)
    dates = {part: wave.date.text for part, wave in known.waves.items() if known.is_later(part, page.first_wave)}
    told = zip(known.trust.gaps, gaps(page, known.trust), strict=True)
    return {
        **_named(page, trust),
        "gaps": [
            replace(item, name=f"{item.name}, as of {dates[gap.part]}") if gap.part in dates else item
            for gap, item in told
        ],
    }


def _in_words(answer: str) -> str:
    """Return an answer in words; only seats are numbers."""
    return wording.count(int(answer), "seat") if answer.isdecimal() else answer


def _named(page: Page, trust: Trust) -> dict[str, object]:
    return {"name": trust.name, "link": page.link(addresses.of_trust(trust.slug))}
