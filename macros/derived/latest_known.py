"""The latest knowledge of a Trust: each part of its profile from the newest wave that covered it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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

    @property
    def renamed_by(self) -> Profile | None:
        """The later profile that gave the partnership its present name; None if it has its first name."""
        if self.trust.partnership == self.first.partnership:
            return None
        return next(one for one in self.profiles if one.partnership == self.trust.partnership)

    @property
    def taken_over_by(self) -> Profile | None:
        """The last profile that names others who led the Trust than the first wave did; None if there is none."""
        told = next((one for one in reversed(self.profiles) if one.led_by), None)
        return told if told and told.led_by != self.first.authority else None

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

    @property
    def whole(self) -> Trust:
        """The Trust with each list as it was last told; the first wave's own record if there is no other."""
        by_wave = {one.wave: one for one in self.profiles}
        told = {field: getattr(by_wave[wave.id], field) for field, wave in self.lists.items() if wave.id in by_wave}
        first = {field: getattr(self.first, field) for field in self.lists.keys() - told.keys()}
        return self.trust.model_copy(update={**first, **told}) if self.profiles else self.first

    @property
    def told_by(self) -> dict[str, str]:
        """The wave of each field of `whole` that profiles of later waves may tell, by its name; `practice` is not one.

        A gap has the wave of its part.
        """
        parts = {PART_FIELDS[part][0]: wave.id for part, wave in self.waves.items()}
        parts.update({field: wave.id for field, wave in self.lists.items()})
        return {field: parts[field] for fields in PART_FIELDS.values() for field in fields}


def latest(guide: Guide, slug: str) -> KnownTrust:
    """Return the latest knowledge of a Trust; raises UnknownName. With a single wave, it is that wave's account."""
    return _after(guide.trust(slug), guide.profiles_of(slug), guide.waves)


def all_latest(guide: Guide) -> Iterator[KnownTrust]:
    """Yield the latest knowledge of each Trust, from the records of the guide alone."""
    profiles, waves = guide.profiles, guide.waves
    for trust in guide.trusts:
        yield _after(trust, tuple(one for one in profiles if one.trust == trust.slug), waves)


def first_told(guide: Guide, slug: str) -> KnownTrust:
    """Return the first wave's account of a Trust; raises UnknownName."""
    return _after(guide.trust(slug), (), guide.waves)


def as_told(guide: Guide, slug: str, wave: str) -> KnownTrust | None:
    """Return one wave's account of a Trust, without those of other waves; None if it has none.

    For a later wave, the parts that it did not cover are those of the first, and must not be shown: `profiles` says
    which it covered. Raises UnknownName for a Trust or a wave that does not exist.
    """
    if guide.wave(wave).id == guide.first_wave.id:
        return _after(guide.trust(slug), (), guide.waves)
    told = tuple(one for one in guide.profiles_of(slug) if one.wave == wave)
    return _after(guide.trust(slug), told, guide.waves) if told else None


def _after(was: Trust, profiles: tuple[Profile, ...], rounds: Sequence[Wave]) -> KnownTrust:
    """Return a Trust as it is known after some profiles. `rounds` are all waves, the first one first."""
    trust, first, named = was, rounds[0], {one.id: one for one in rounds}
    waves = dict.fromkeys(Part, first)
    practice = {one.standard: first for one in trust.practice}
    lists = dict.fromkeys((field for fields in PART_FIELDS.values() for field in fields[1:]), first)
    for profile in profiles:
        wave = named[profile.wave]
        trust = with_parts_of(trust, profile)
        waves.update(dict.fromkeys(profile.parts, wave))
        practice.update({one.standard: wave for one in profile.practice})
        lists.update(dict.fromkeys((field for field in lists if getattr(profile, field)), wave))
    return KnownTrust(trust, was, waves, practice, profiles, lists)
