"""The latest knowledge of a Trust: each part of its profile from the newest wave that covered it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from macros.model.profile import PART_FIELDS, Profile, with_parts_of
from macros.model.trust import Trust
from macros.model.vocabulary import Part
from macros.model.wave import Wave
from macros.reading.guide import Guide


@dataclass(frozen=True)
class KnownTrust:
    """A Trust as it is known after some waves, with the wave that each part comes from."""

    trust: Trust
    first: Trust
    """The same as the first wave told of it."""
    waves: Mapping[Part, Wave]
    """The wave of each part."""
    practice: Mapping[str, Wave]
    """The wave of the statement on each standard, by the standard's id; none for a standard without a statement."""
    profiles: tuple[Profile, ...]
    """The later profiles that it was assembled from."""
    lists: Mapping[str, Wave]
    """The wave that last said something for each list that is shown with a part, by its field, such as `terms`."""

    def is_later(self, part: Part, first: Wave) -> bool:
        """Return whether a part comes from a later wave than the first."""
        return self.waves[part].id != first.id

    def with_newest(self, field: str) -> KnownTrust:
        """Return the same Trust with a list as it was last told, and its part dated by the wave that told it.

        A wave that tells of money need not have asked about terms: then what was known of them is still the latest.
        """
        wave = self.lists[field]
        part = next(part for part, fields in PART_FIELDS.items() if field in fields)
        told = next((one for one in self.profiles if one.wave == wave.id), self.first)
        trust = self.trust.model_copy(update={field: getattr(told, field)})
        return replace(self, trust=trust, waves={**self.waves, part: wave})


def latest(guide: Guide, slug: str) -> KnownTrust:
    """Return the latest knowledge of a Trust; raises UnknownName. With a single wave, it is that wave's account."""
    return _after(guide, slug, guide.profiles_of(slug))


def first_told(guide: Guide, slug: str) -> KnownTrust:
    """Return the first wave's account of a Trust; raises UnknownName."""
    return _after(guide, slug, ())


def as_told(guide: Guide, slug: str, wave: str) -> KnownTrust | None:
    """Return one wave's account of a Trust, without those of other waves; None if it has none.

    For a later wave, the parts that it did not cover are those of the first, and must not be shown: `profiles` says
    which it covered. Raises UnknownName for a Trust or a wave that does not exist.
    """
    if guide.wave(wave).id == guide.first_wave.id:
        return _after(guide, slug, ())
    told = tuple(one for one in guide.profiles_of(slug) if one.wave == wave)
    return _after(guide, slug, told) if told else None


def _after(guide: Guide, slug: str, profiles: tuple[Profile, ...]) -> KnownTrust:
    trust, first = guide.trust(slug), guide.first_wave
    waves = dict.fromkeys(Part, first)
    practice = {one.standard: first for one in trust.practice}
    lists = dict.fromkeys((field for fields in PART_FIELDS.values() for field in fields[1:]), first)
    for profile in profiles:
        wave = guide.wave(profile.wave)
        trust = with_parts_of(trust, profile)
        waves.update(dict.fromkeys(profile.parts, wave))
        practice.update({one.standard: wave for one in profile.practice})
        lists.update(dict.fromkeys((field for field in lists if getattr(profile, field)), wave))
    return KnownTrust(trust, guide.trust(slug), waves, practice, profiles, lists)
