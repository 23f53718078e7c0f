"""The latest knowledge of a Trust: each part of its profile from the newest wave that covered it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from macros.model.profile import Profile, with_parts_of
from macros.model.trust import Trust
from macros.model.vocabulary import Part
from macros.model.wave import Wave
from macros.reading.guide import Guide


@dataclass(frozen=True)
class KnownTrust:
    """A Trust as it is known after some waves, with the wave that each part comes from."""

    trust: Trust
    waves: Mapping[Part, Wave]
    """The wave of each part."""
    practice: Mapping[str, Wave]
    """The wave of the statement on each standard, by the standard's id; none for a standard without a statement."""
    profiles: tuple[Profile, ...]
    """The later profiles that it was assembled from."""

    def is_later(self, part: Part, first: Wave) -> bool:
        """Return whether a part comes from a later wave than the first."""
        return self.waves[part].id != first.id


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
    for profile in profiles:
        wave = guide.wave(profile.wave)
        trust = with_parts_of(trust, profile)
        waves.update(dict.fromkeys(profile.parts, wave))
        practice.update({one.standard: wave for one in profile.practice})
    return KnownTrust(trust, waves, practice, profiles)
