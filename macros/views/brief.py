"""A profile at a glance: seven questions, each answered from the data by rule, with its source and a link to more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from macros.derived.latest_known import KnownTrust
from macros.model import addresses, wording
from macros.model.base import Sourced
from macros.model.trust import Body, Training, Trust
from macros.model.vocabulary import Audience, BodyKind, FigureKind, Held, Offer, Part, Reading, Represented, Unknown
from macros.views import corrections
from macros.views.shared.facts import Fact, Item
from macros.views.shared.page import Page

_MOST_EVENTS = 3
_NOT_FOR_THE_SECTOR = (Audience.COMMISSIONERS, Audience.PARTNERS)
_TERMS = "Contract and payment terms"


@dataclass(frozen=True)
class Answered:
    """A question with its answer, its sources, and a link for correcting it."""

    fact: Fact
    cite: Markup
    correct: str
    as_of: str
    """The date of the wave that answers it, if that is not the first."""


@dataclass(frozen=True)
class _Question:
    """A question, the part of the profile that answers it, and the statements behind the answer."""

    label: str
    part: Part
    known: KnownTrust
    """What is known of the Trust, with the wave that the answer comes from."""
    said: Iterable[str]
    rests_on: Iterable[Sourced]
    anchor: str = ""
    field: str = ""


def answers(page: Page, known: KnownTrust) -> list[Answered]:
    """Return the answers for the “at a glance” box, each with a link to the part of the profile that says more."""
    trust, first = known.trust, page.first_wave
    home, ways = addresses.of_trust(trust.slug), corrections.links(page, trust)

    def correct(one: _Question) -> str:
        """Return the link for correcting an answer: the form handles only the first wave."""
        if one.known.is_later(one.part, first):
            return str(ways["mail"])
        return f"{ways['form']}&part={one.field or one.part.replace('-', '_')}"

    return [
        Answered(
            Fact.of(
                one.label,
                tuple(Item(what=said) for said in one.said),
                page.link(f"{_where(one, known) or home}#{one.anchor or one.part}"),
            ),
            page.source_tags(tuple(dict.fromkeys(source for part in one.rests_on for source in part.source[:1]))),
            correct(one),
            one.known.waves[one.part].date.text if one.known.is_later(one.part, first) else "",
        )
        for one in _questions(known)
    ]


def _where(one: _Question, latest: KnownTrust) -> str:
    """Return the page of the wave that answers, where the profile shows its part as a later one tells it; else ""."""
    wave = one.known.waves[one.part]
    return "" if wave.id == latest.waves[one.part].id else addresses.of_wave_profile(latest.trust.slug, wave.id)


def _questions(known: KnownTrust) -> Iterable[_Question]:
    """Yield the seven questions. Fixed words in their answers name the wave that each answer comes from."""
    trust = known.trust
    governance, steps, money, needs = trust.governance, trust.next_steps, trust.investment, trust.needs
    again = {part: wave.again for part, wave in known.waves.items()}

    def asked(
        label: str, part: Part, said: Iterable[str], rests_on: Iterable[Sourced], anchor: str = "", field: str = ""
    ) -> _Question:
        return _Question(label, part, known, said, rests_on, anchor, field)

    boards, told = _boards(trust), again[Part.GOVERNANCE]
    yield asked("Who spoke for the sector", Part.GOVERNANCE, [_speaks(trust, told)], _voices(trust) or [governance])
    yield asked("On the board", Part.GOVERNANCE, _board(boards, trust, told), boards or [governance])
    took_part = wording.told_by(needs.involvement.meaning, again[Part.NEEDS])
    yield asked("Needs assessment", Part.NEEDS, [took_part], [needs])
    yield asked("Training", Part.TRAINING, [_training(trust, again[Part.TRAINING])], [trust.training])
    yield asked("Money invested in the sector", Part.INVESTMENT, [_money(trust, again[Part.INVESTMENT])], [money])
    yield _on_terms(known.with_newest("terms"))
    to_come = _next(trust, again[Part.NEXT_STEPS])
    yield asked("What was to come next", Part.NEXT_STEPS, to_come, [steps, *steps.steps[:_MOST_EVENTS]])


def _on_terms(known: KnownTrust) -> _Question:
    """Return the question on terms, as the newest wave that told of any answers it."""
    terms = known.trust.terms
    anchor = "terms" if terms else "gaps"
    rests_on = terms or [known.trust.investment]
    return _Question(_TERMS, Part.INVESTMENT, known, _terms(known.trust), rests_on, anchor, "terms")


def _speaks(trust: Trust, again: str) -> str:
    named = [voice for voice in trust.governance.voices if voice.speaks]
    if not named:
        seats = [_seats(body) for body in trust.governance.bodies if body.seats is not None]
        said = f" The sector had {wording.joined(seats)}." if seats else ""
        return f"{wording.told_by(wording.sentence(Unknown.NO_BODY), again)}.{said}"
    names = wording.joined([voice.name for voice in named])
    read_from = {voice.speaks_from for voice in named}
    if read_from == {Reading.INFERRED}:
        return f"{wording.sentence(again)} does not say outright. By our reading: {names}."
    if read_from == {Reading.CLAIMED}:
        return f"By the Trust’s own account: {names}."
    return f"{names} spoke for it."


def _voices(trust: Trust) -> list[Sourced]:
    """Return the basis of the answer on who spoke: the bodies that did or, if none, those with a number of seats."""
    named: list[Sourced] = [voice for voice in trust.governance.voices if voice.speaks]
    return named or [body for body in trust.governance.bodies if body.seats is not None]


def _boards(trust: Trust) -> list[Body]:
    """Return the boards or, if none is mentioned, the executive."""
    bodies = trust.governance.bodies
    boards = [body for body in bodies if body.kind == BodyKind.BOARD]
    return boards or [body for body in bodies if body.kind == BodyKind.EXECUTIVE]


def _board(boards: Iterable[Body], trust: Trust, again: str) -> Iterable[str]:
    """Yield a sentence for each board; if none is mentioned, begin by saying so."""
    if not any(body.kind == BodyKind.BOARD for body in trust.governance.bodies):
        yield f"{wording.sentence(again)} mentions no board."
    for body in boards:
        match body.vcs:
            case Represented.YES if body.seats is not None:
                yield f"The sector had {_seats(body)}."
            case Represented.CLAIMED:
                yield f"By the Trust’s own account, the sector had a place on the {body.name}."
            case Represented.YES:
                yield f"The sector had a place on the {body.name}. The number of seats is not stated."
            case Represented.NO:
                yield f"The sector had no place on the {body.name}."
            case _:
                yield f"{wording.sentence(again)} does not say whether the sector had a place on the {body.name}."


def _seats(body: Body) -> str:
    seats = wording.number(body.seats or 0) + (" seat" if body.seats == 1 else " seats")
    return f"{seats} on the {body.name}" + (", by our reading" if body.seats_from == Reading.INFERRED else "")


def _training(trust: Trust, again: str) -> str:
    part = trust.training
    meaning = wording.told_by(part.offer.meaning, again)
    wanted = (Held.PLANNED,) if part.offer == Offer.PLANNED else (Held.HELD, Held.DONE, Held.CONTINUING)
    events = [one for one in part.events if one.state in wanted and one.audience not in _NOT_FOR_THE_SECTOR]
    if part.offer not in {Offer.OFFERED, Offer.PLANNED} or not events:
        return meaning
    more = "; and more" if len(events) > _MOST_EVENTS else ""
    return f"{meaning.removesuffix('.')}: {'; '.join(map(_event, events[:_MOST_EVENTS]))}{more}."


def _event(event: Training) -> str:
    return f"{event.name} ({event.when.text})" if event.when else event.name


def _money(trust: Trust, again: str) -> str:
    part = trust.investment
    reported = "; ".join(wording.sum_of_money(one) for one in part.figures if one.kind == FigureKind.REPORTED)
    others = [one for one in part.figures if one.kind != FigureKind.REPORTED]
    said = [f"Reported: {reported}." if reported else wording.told_by(part.reporting.meaning, again)]
    for one in others:
        how = "It was estimated at" if one.kind == FigureKind.ESTIMATED else f"{wording.sentence(again)} puts it at"
        said.append(f"{how} {wording.sum_of_money(one)}, not confirmed.")
    return " ".join(said)


def _terms(trust: Trust) -> Iterable[str]:
    return (f"{wording.sentence(term.topic)}: {term.brief}." for term in trust.terms)


def _next(trust: Trust, again: str) -> Iterable[str]:
    """Yield the next steps in the words of the data: the names of the first few."""
    steps = trust.next_steps.steps
    if steps:
        more = "; and more" if len(steps) > _MOST_EVENTS else ""
        named = "; ".join(f"{one.name} ({one.when.text})" if one.when else one.name for one in steps[:_MOST_EVENTS])
        many = f"{wording.number(len(steps))} {'step' if len(steps) == 1 else 'steps'}"
        yield f"{wording.sentence(again)} names {many}: {named}{more}."
