"""Rules about waves and later profiles: each has its place in time, its documents, and a Trust."""

from __future__ import annotations

from collections.abc import Iterator

from macros.model import holdings
from macros.model.base import OURS
from macros.model.dates import When, today
from macros.model.profile import PART_FIELDS, Profile
from macros.model.region import Region
from macros.model.sources import Document
from macros.model.trust import Trust
from macros.model.wave import Wave
from macros.reading.facets import Facet
from macros.reading.problem import Problem, did_you_mean
from macros.reading.records import Records
from macros.reading.rules.parts import Begun, evidence_began, facets, names_broken, names_known, whole


def documents_of_waves_exist(records: Records) -> Iterator[Problem]:
    """The documents of a wave are in the list of sources."""
    known = names_known(records, holdings.SOURCES.kind)
    for one in facets(records, Wave, _Documents):
        for number, name in enumerate(one.documents):
            if name not in known and not records.unread(holdings.SOURCES.kind, name):
                yield records.problem(
                    one.at(f"documents.{number}"),
                    found=f"the document “{name}”",
                    expected="the id of a document that sources.yml has",
                    mend=did_you_mean(name, known),
                )


class _Documents(Facet):
    documents: tuple[str, ...]


def the_first_wave_is_described(records: Records) -> Iterator[Problem]:
    """The wave that the guide began with has a file."""
    waves = names_known(records, holdings.WAVES.kind)
    for region in facets(records, Region, Begun):
        if region.baseline not in waves and not records.unread(holdings.WAVES.kind, region.baseline):
            yield records.problem(
                region.at("baseline"),
                found=f"the wave “{region.baseline}”, which no file describes",
                expected=f"the name of a file in data/{holdings.WAVES.path}, without .yml",
                mend=did_you_mean(region.baseline, [*waves, *names_broken(records, holdings.WAVES.kind)]),
            )


class _Dated(Facet):
    id: str
    date: When
    documents: tuple[str, ...]


class _Published(Facet):
    id: str
    published: When | None


def waves_come_one_after_another(records: Records) -> Iterator[Problem]:
    """A wave is later than the first, is over, and is no older than the documents that it rests on."""
    first = next((region.baseline for region in facets(records, Region, Begun)), None)
    began = evidence_began(records)
    published = {one.id: one.published for one in facets(records, Document, _Published)}
    for wave in facets(records, Wave, _Dated):
        if wave.date.first > today() or (began and wave.id != first and wave.date.last <= began.last):
            yield records.problem(
                wave.at("date"),
                found=wave.date.text,
                expected="a time that has come" if wave.id == first else "a time between the first wave and today",
                mend="check the year; a wave is described when its evidence is there",
            )
        for number, name in enumerate(wave.documents):
            day = published.get(name)
            if day and day.first > wave.date.last:
                yield records.problem(
                    wave.at(f"documents.{number}"),
                    found=f"the document “{name}” of {day.text}, in a wave of {wave.date.text}",
                    expected="documents that were there when the wave ended",
                    mend="correct one of the two dates, or give the document to a later wave",
                )


class _Placed(Facet):
    trust: str
    wave: str


def profiles_are_of_a_wave_that_is_described(records: Records) -> Iterator[Problem]:
    """A later profile is named after a wave that a file describes. Another rule checks that its folder is a Trust's."""
    waves = names_known(records, holdings.WAVES.kind)
    meant = [*waves, *names_broken(records, holdings.WAVES.kind)]
    for one in facets(records, Profile, _Placed):
        if one.wave not in waves and not records.unread(holdings.WAVES.kind, one.wave):
            hint = did_you_mean(one.wave, meant, at_most=1)
            yield records.problem(
                one.where,
                found=f"a profile of the wave “{one.wave}”, which no file describes",
                expected=f"the wave in data/waves/{one.wave}.yml",
                mend=f"run “guide new wave {one.wave}”" + (f"; or {hint}" if "did you mean" in hint else ""),
            )


def profiles_rest_on_documents_of_their_wave(records: Records) -> Iterator[Problem]:
    """No statement of a wave rests only on documents that another wave gathered."""
    gathered = {wave.id: wave.documents for wave in whole(records, Wave)}
    region = next(iter(whole(records, Region)), None)
    if region is None or gathered.keys() <= {region.baseline}:
        return
    first = region.baseline
    owners: dict[str, set[str]] = {}
    for wave, documents in gathered.items():
        for document in documents:
            owners.setdefault(document, set()).add(wave)
    of_records = {one.where: one.wave for one in whole(records, Profile)}
    of_records.update({one.where: first for one in whole(records, Trust)})
    for part in records.parts:
        own = of_records.get(part.where.partition(":")[0])
        if own not in gathered or not part.statement:
            continue
        used = [owners.get(one.partition("#")[0], set()) for one in part.source if one != OURS]
        if used and all(one and own not in one for one in used):
            others = ", ".join(sorted({name for one in used for name in one}))
            yield records.problem(
                part.where,
                found=f"a statement of the wave {own} that rests on documents of another, {others}",
                expected="a document of its own wave, or one that no wave gathered",
                mend="name the document beside it, or put the statement into the profile of that wave",
            )


def later_profiles_add_what_they_cover(records: Records) -> Iterator[Problem]:
    """Lists and gaps of a later profile belong to parts that it covers, so that each part has one date."""
    for one in whole(records, Profile):
        for part, (own, *lists) in PART_FIELDS.items():
            for name in lists:
                if getattr(one, name) and part not in one.parts:
                    yield records.problem(
                        one.at(name),
                        found=f"“{name}” without “{own}”",
                        expected="the part that the list is shown with",
                        mend=f"add “{own}:” with what this wave says of it",
                    )
        yield from _gaps(records, one)
        if not (one.parts or one.practice or one.partnership or one.led_by):
            yield records.problem(
                one.where,
                found="a profile that covers no part",
                expected="at least one part, a statement under “practice:”, or a new name",
                mend=f"add one of {', '.join(fields[0] for fields in PART_FIELDS.values())}; or delete the file",
            )


def _gaps(records: Records, one: Profile) -> Iterator[Problem]:
    for number, gap in enumerate(one.gaps):
        if gap.part not in one.parts:
            yield records.problem(
                one.at(f"gaps.{number}.part"),
                found=f"a gap in “{gap.part}”, which this wave did not cover",
                expected="a gap in a part that it covers",
                mend="cover the part, or take the gap out: not covered says it already",
            )
