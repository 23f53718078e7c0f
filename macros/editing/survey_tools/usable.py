"""Works out which answers can be used, and why the others cannot: never typed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from macros.editing.survey_tools.answers import Answers
from macros.editing.survey_tools.plain_text import plain
from macros.editing.survey_tools.table_file import ExportTable
from macros.model.questionnaire import Questionnaire
from macros.model.release import Reason


@dataclass(frozen=True)
class Usable:
    """The answers that are counted, and how many are not, by reason.

    Each is left out for the first reason that applies.
    """

    mask: NDArray[np.bool_]
    left_out: Mapping[Reason, int]

    @property
    def count(self) -> int:
        return int(self.mask.sum())


def usable(answers: Answers, asked: Questionnaire, table: ExportTable, header_rows: int) -> Usable:
    """Return which answers of an export can be used."""
    faults = {
        Reason.TEST: _tests(answers, asked),
        Reason.DUPLICATE: _duplicates(answers, table, header_rows),
        Reason.PARTIAL: _partial(answers, asked),
        Reason.OUT_OF_SCOPE: _out_of_scope(answers, asked),
    }
    mask, left_out = np.ones(len(answers), dtype=bool), {}
    for reason, found in faults.items():
        left_out[reason] = int((mask & found).sum())
        mask &= ~found
    return Usable(mask, {reason: count for reason, count in left_out.items() if count})


def _tests(answers: Answers, asked: Questionnaire) -> NDArray[np.bool_]:
    words = {plain(word) for word in asked.test_words}
    found = np.zeros(len(answers), dtype=bool)
    for column in answers.words.values():
        found |= np.array([len(cell) < 100 and bool(cell) and plain(cell) in words for cell in column])
    return found


def _duplicates(answers: Answers, table: ExportTable, header_rows: int) -> NDArray[np.bool_]:
    """Return the answers that were sent before: by the tool’s number of them or, if it has none, by the whole row."""
    seen: set[object] = set()
    found = np.zeros(len(answers), dtype=bool)
    rows = table.rows[header_rows:]
    for place in range(len(answers)):
        key: object = answers.numbers[place] if answers.numbers is not None else tuple(rows[place])
        if key == "":
            continue
        found[place] = key in seen
        seen.add(key)
    return found


def _partial(answers: Answers, asked: Questionnaire) -> NDArray[np.bool_]:
    given = np.zeros(len(answers), dtype=bool)
    for question in asked.questions:
        if question.role is None:
            given |= answers.answered(question)
    scope = asked.scope
    if scope is not None and scope.id in answers.one:
        # People outside the survey's scope were asked no more; people who did not say cannot be placed.
        given |= ~answers.chose(scope, scope.in_scope)
        given &= answers.answered(scope)
    return ~given if answers.unsent is None else ~given | answers.unsent


def _out_of_scope(answers: Answers, asked: Questionnaire) -> NDArray[np.bool_]:
    scope = asked.scope
    if scope is None or scope.id not in answers.one:
        return np.zeros(len(answers), dtype=bool)
    return ~answers.chose(scope, scope.in_scope)
