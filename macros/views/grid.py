"""All Trusts in one table: six questions, each answered by one fixed word that links to its part of the profile."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from macros.derived.latest_known import KnownTrust
from macros.derived.table_rows import board_representation, speakers_from
from macros.model import addresses
from macros.model.trust import Trust
from macros.model.vocabulary import NOT_MENTIONED, Part, Unknown
from macros.views.shared.facts import status_told_by
from macros.views.shared.page import Page
from macros.views.shared.status import Status
from macros.views.shared.trust_groups import gathered, letters

DESCRIBED = "described"
"""Shown if the report says anything of contract and payment terms, which no single word sums up."""


def _voice(trust: Trust) -> str:
    return speakers_from(trust) or Unknown.NO_BODY


def _terms(trust: Trust) -> str:
    return DESCRIBED if trust.terms else NOT_MENTIONED


@dataclass(frozen=True)
class Question:
    """A column: its heading, the word that answers it, and the part of the profile that says more."""

    id: str
    title: str
    word: Callable[[Trust], str]
    part: Part
    anchor: str = ""
    """The place of the answer, if that is not the beginning of its part."""
    list: str = ""
    """The field of the list that answers, if one does."""


QUESTIONS = (
    Question("voice", "Body that spoke for the sector", _voice, Part.GOVERNANCE),
    Question("board", "The sector on the board", board_representation, Part.GOVERNANCE),
    Question("needs", "Needs assessment", lambda trust: trust.needs.involvement, Part.NEEDS),
    Question("training", "Training for the sector", lambda trust: trust.training.offer, Part.TRAINING),
    Question("money", "Money invested in the sector", lambda trust: trust.investment.reporting, Part.INVESTMENT),
    Question("terms", "Contract and payment terms", _terms, Part.INVESTMENT, "terms", "terms"),
)


@dataclass(frozen=True)
class Cell:
    """One Trust's answer to one question, as it is known latest."""

    question: Question
    status: Status
    link: str
    as_of: str
    """The date of the wave that it comes from; "" if that is the first."""

    @property
    def unknown(self) -> bool:
        """Whether the report is silent, which the background of the cell shows as well."""
        return self.status.tint == "unknown"


def trust_grid(page: Page) -> str:
    """Return the table of all Trusts or, if they are too many for one page, links to them by letter."""
    return page.render("grid.html", grid=grid_of_all(page))


def grid_of_all(page: Page) -> dict[str, object]:
    """Return the values for the template that draws that table."""
    return {
        "questions": QUESTIONS,
        "rows": [] if gathered(page) else grid_rows(page, page.trusts),
        "letters_of": letters(page, "grid"),
        "count": len(page.trusts),
        "evidence_date": page.first_wave.date.text,
        "later": bool(page.guide.profiles),
    }


def grid_rows(page: Page, trusts: Iterable[Trust]) -> list[dict[str, object]]:
    """Return a row for each of some Trusts, in the given order."""
    return [
        {"name": trust.name, "link": page.link(addresses.of_trust(trust.slug)), "cells": [*_cells(page, trust)]}
        for trust in trusts
    ]


def _cells(page: Page, trust: Trust) -> Iterable[Cell]:
    home, latest = addresses.of_trust(trust.slug), page.known(trust.slug)
    for one in QUESTIONS:
        known = latest.with_newest(one.list) if one.list else latest
        anchor = one.anchor if one.anchor and known.trust.terms else one.part
        wave = known.waves[one.part]
        shown = home if wave.id == latest.waves[one.part].id else addresses.of_wave_profile(trust.slug, wave.id)
        as_of = wave.date.text if known.is_later(one.part, page.first_wave) else ""
        yield Cell(one, answer(page, known, one), page.link(f"{shown}#{anchor}"), as_of)


def answer(page: Page, known: KnownTrust, question: Question) -> Status:
    """Return the word that answers a question, as it is worded for the wave that the answer comes from."""
    status = Status(str(question.word(known.trust)))
    if not known.is_later(question.part, page.first_wave):
        return status
    return status_told_by(known.waves[question.part].again, status)
