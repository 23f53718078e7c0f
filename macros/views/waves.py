"""Waves of evidence for readers: a list of them, each wave's account of a Trust, and the changes between them."""

from __future__ import annotations

from collections.abc import Iterator

from macros.derived.latest_known import KnownTrust
from macros.derived.wave_figures import compared
from macros.history.difference import NOTHING, ChangeKind, Difference
from macros.history.wave_changes import says_nothing, wave_changes
from macros.model import addresses, wording
from macros.model.profile import PART_FIELDS
from macros.model.trust import Trust
from macros.model.wave import Wave
from macros.views.shared.page import Page
from macros.views.shared.part_titles import PARTS


def wave_list(page: Page) -> str:
    """Return the rounds of evidence, each with its date, how it was gathered, its documents and its limits."""
    return page.render("wave_list.html", waves=[_shown(page, wave) for wave in (page.first_wave, *page.later_waves)])


def _shown(page: Page, wave: Wave) -> dict[str, object]:
    covered = [one for one in page.guide.profiles if one.wave == wave.id]
    trusts = page.trusts if wave.id == page.first_wave.id else [page.trust(one.trust) for one in covered]
    return {
        "wave": wave,
        "cite": page.cite(wave),
        "documents": [page.guide.document(name).title for name in wave.documents],
        "trusts": [
            {"name": one.name, "link": page.link(addresses.of_trust(one.slug))}
            for one in sorted(trusts, key=lambda one: one.name)
        ],
        "limits": [{"title": one.title, "what": one.what, "cite": page.cite(one)} for one in wave.limits]
        if wave.id != page.first_wave.id
        else [],
    }


def cited_title(trust: Trust, wave: Wave) -> str:
    """Return the title of the page for citing one wave's account of a Trust."""
    return f"{trust.name} as of {wave.date.text}"


def change(page: Page, name: str) -> str:
    """Return a figure in two waves, each with its own base, and for the Trusts in both; raises UnknownName."""
    one = compared(page.guide, name)
    (first, was), (later, now) = one.first, one.later
    page.note.figures.add(name)
    page.note.records.update({*was.records, *now.records})
    return page.render(
        "wave_change.html",
        label=was.label,
        first=first,
        later=later,
        was=was,
        now=now,
        both=one.both,
        in_both=wording.number(one.in_both),
        link=page.link(f"evidence/figures/#{name}"),
        cites=[page.source_tags(was.source[:1]), page.source_tags(now.source[:1])],
    )


def later_evidence(page: Page, known: KnownTrust) -> dict[str, object] | None:
    """Return a profile's notes on the later waves: which there are, and what changed; None if there are none."""
    if not known.profiles:
        return None
    slug, first = known.trust.slug, page.first_wave
    page.shown(*known.profiles)
    return {
        "names": [*_names(page, known)],
        "waves": [
            {
                "wave": wave,
                "link": page.link(addresses.of_wave_profile(slug, wave.id)),
                "parts": wording.joined([PARTS[part].lower() for part in parts]),
            }
            for wave, parts in [(page.guide.wave(one.wave), one.parts) for one in reversed(known.profiles)]
        ],
        "first": page.link(addresses.of_wave_profile(slug, first.id)),
        "changes": [*_changes(page, known)],
    }


def _names(page: Page, known: KnownTrust) -> Iterator[dict[str, str]]:
    """Yield a new name of the partnership, and others who led it than at first, each with both dates."""
    first, was = page.first_wave.date.text, known.first
    if one := known.renamed_by:
        since = page.guide.wave(one.wave).date.text
        told = f"Called {one.partnership} as of {since}. In {first} it was called {was.partnership}."
        yield {"what": "Renamed", "sentence": told}
    if one := known.taken_over_by:
        since = page.guide.wave(one.wave).date.text
        told = f"Led by {one.led_by} as of {since}. In {first} it was led by {was.authority}."
        yield {"what": "Taken over", "sentence": told}


def _changes(page: Page, known: KnownTrust) -> Iterator[dict[str, object]]:
    """Yield the changes since the first wave in each part that a later wave covered."""
    first, was = page.first_wave, page.first_told(known.trust.slug).trust
    for part, wave in known.waves.items():
        if known.is_later(part, first):
            told = wave_changes(was, known.trust, PART_FIELDS[part])
            yield {
                "title": PARTS[part],
                "sentences": [_sentence(one, first, wave) for one in told],
                "wave": wave,
            }


def _sentence(one: Difference, first: Wave, wave: Wave) -> str:
    """Return a difference between two waves as a sentence with the date of each state."""
    place = " › ".join(one.place[1:]) or one.place[0]
    if one.kind is ChangeKind.ADDED:
        return f"{place}: {one.now}, as of {wave.date.text}. {wording.sentence(first.called)} did not list it here."
    if one.was == NOTHING or says_nothing(one.was):
        return f"{place}: {one.now} as of {wave.date.text}. {wording.sentence(first.called)} did not say."
    was, now = (wording.told_by(text, by.again) for text, by in ((one.was, first), (one.now, wave)))
    return f"{place}: {was} in {first.date.text}; {now} as of {wave.date.text}."
