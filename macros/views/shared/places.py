"""Places for readers: each name once, with every kind of place that bears it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros.model import wording
from macros.model.region import Place


@dataclass(frozen=True)
class NamedPlace:
    """All places that share a name in one Trust, such as a district and its town."""

    name: str
    places: tuple[Place, ...]

    @property
    def kinds(self) -> str:
        """What bears the name: a district, a town, or both."""
        return wording.joined([_kind(place) for place in self.places])

    @property
    def also_called(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(place.also_called for place in self.places if place.also_called))

    @property
    def told(self) -> str:
        """The name, with what else readers need in brackets: other names, and its kinds if one word would not do.

        For example “Great Yarmouth (district and town, also Yarmouth)”, or “Hemel Hempstead (Hemel)”.
        """
        also = ", ".join(self.also_called)
        if len(self.places) > 1 or any(place.since or place.until for place in self.places):
            also = f"{self.kinds}, also {also}" if also else self.kinds
        return f"{self.name} ({also})" if also else self.name


def by_name(places: Iterable[Place]) -> list[NamedPlace]:
    """Return the places of one Trust by their names, in the order in which the names come first."""
    found: dict[str, list[Place]] = {}
    for place in places:
        found.setdefault(place.place, []).append(place)
    return [NamedPlace(name, tuple(many)) for name, many in found.items()]


def _kind(place: Place) -> str:
    """Return the kind of a place, and the dates between which it had its council, if that was not throughout."""
    if place.since:
        return f"{place.kind} from {place.since.text}"
    return f"{place.kind} until {place.until.text}" if place.until else place.kind
