"""The guide as flat tables: their columns, the words for missing values, and each table as a data frame.

The frames hold the same cells as the CSV downloads. No cell is empty: a fixed word says why there is no value, so a
column with numbers may hold words as well. A list is one text with `; ` between its items, and `source` is such a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.derived.table_columns import ANSWERS, AREAS, BODIES, GLOSSARY, INVESTMENT, LATER, PLACES, TRUSTS
from macros.derived.table_rows import coded_places, coded_trusts, given, later, seats, sums
from macros.reading.guide import Guide

if TYPE_CHECKING:
    import pandas as pd


def trusts(guide: Guide) -> pd.DataFrame:
    """Return a row for each Trust, in the order of their names.

    Who it is: `slug`, `name`, `partnership`, `authority`, `also_called` (a list, or `none`), `wave` (the first: what
    later ones told is in `profiles.json`), `lifecycle`, `ended` (a date, or `no end known`), `lifecycle_as_of` (the
    day for which a source says that the authority carried on). What the profile rests on: `taking_part`,
    `online_survey`, `interview`, `desk_research`, `checking`. Commissioning: `unit_state`, `unit_name`, `unit_since`,
    `unit_led_by`, `framework_state`, `framework_name`, `framework_agreed`. The official code of the area that its
    authority had: `code`, `code_since`, `code_until`. The sector: `board_representation`, `board_seats` (how many, if
    stated), `spoken_for_by` (a list) and `spoken_for_from` (whether the report states it), `needs_involvement`,
    `training_offer`. Money: `investment_reporting`, `investment_sums` (how many sums of `investment` it has). Ours:
    `gaps` (how many things the report does not say). `source`: the sections behind the row.

    What the report does not say is `not mentioned`; a unit or framework that was not there has `none` for its name.
    Dates are as precise as the report's: `2009-04-01`, `autumn 2007`.
    """
    return TRUSTS.frame(coded_trusts(guide))


def investment(guide: Guide) -> pd.DataFrame:
    """Return a row for each sum of money, by Trust, by wave and in the order of its profile. Never add them up.

    `trust` (slug), `wave`, `id` (what tells it from the others), `amount` (whole pounds), `kind`, `approximate`,
    `period` (a year or years, `see period_note` or `not mentioned`), `period_note` (the period in words where no date
    fits, or `none`), `per`, `scope` (what the money was for), `source`.
    """
    return INVESTMENT.frame(sums(guide))


def bodies(guide: Guide) -> pd.DataFrame:
    """Return a row for each board or group, by Trust, by wave and in the order of its profile.

    `trust` (slug), `wave`, `id` (what tells it from the others), `name`, `kind`, `vcs` (whether the sector had a
    place), `seats` (how many) and `seats_from` (whether the report states that), `held_by`, `chosen`, `meets`, `what`,
    `source`; `not mentioned` where the report does not say.
    """
    return BODIES.frame(seats(guide))


def answers(guide: Guide, wave: str) -> pd.DataFrame:
    """Return a row for each answer of one wave of the survey, in the order of its file; raises UnknownName.

    `wave`, `theme` and `theme_title`, `question` (id) and `title`, `answer`, `percent`
    (of those who answered, or `not printed`), `qualifier` (how exactly it is given), `adds_up` (whether the
    question's answers are parts of one whole), `note` (or `none`), `source`.
    """
    return ANSWERS.frame(given(guide.survey(wave)))


def glossary(guide: Guide) -> pd.DataFrame:
    """Return a row for each term, in the order of the alphabet.

    `id`, `term`, `expansion` and `expansion_from` (`none` where it is no acronym), `meaning`, `meaning_from`,
    `also_called` and `see` (lists, or `none`), `source`.
    """
    return GLOSSARY.frame(guide.glossary)


def since(guide: Guide) -> pd.DataFrame:
    """Return a row for each fact of the time after the evidence, and for each question that is open, file by file.

    `id`, `trust` (slug, or `none` for what is not about the area of one), `topic`, `confidence` (whether a document
    states it), `what`, `as_of` (a date, `no date shown`, or `none` for a question), `read` (when the documents were
    read), `terms`, `now_called` and `standards` (lists, or `none`), `source`.
    """
    return LATER.frame(later(guide))


def places(guide: Guide) -> pd.DataFrame:
    """Return a row for each place, in the order of its file.

    `place`, `kind`, `trust` (slug), `also_called`, `note`, `council`, `since` and `until` (or
    `none`), `source`. The official code of its area, if it has one: `code`, `code_since`, `code_until` and
    `earlier_codes` (a list, with the days until which they held).
    """
    return PLACES.frame(coded_places(guide))


def areas(guide: Guide) -> pd.DataFrame:
    """Return a row for each official code of an area, in the order of its file.

    `name`, `kind`, `trust` (slug), `code`, `since`, `until` (or `no end known`), `source`.
    """
    return AREAS.frame(guide.areas)
