"""Counts of each answer in each group: for everyone, and by each question that groups the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from macros.editing.survey_tools.answers import NONE, Answers
from macros.model.questionnaire import EVERYONE, AskedQuestion, Questionnaire, Weights

BASE = "base"
"""Stands for the base among the answers of a group."""
MISSING = "?missing"
"""Stands for those who were asked and chose nothing."""
UNSTATED = "?unstated"
"""Stands for the group of those who do not say which group they belong to."""


class Key(NamedTuple):
    """A cell: a question, how people are grouped, the group, and the option, BASE or MISSING."""

    question: str
    by: str
    group: str
    answer: str


class TableRow(NamedTuple):
    """One question in one group: a row of a table."""

    question: AskedQuestion
    by: str
    group: str

    def key(self, answer: str) -> Key:
        return Key(self.question.id, self.by, self.group, answer)

    @property
    def base(self) -> Key:
        return self.key(BASE)

    @property
    def answers(self) -> list[Key]:
        """The cells of the options that count towards the base."""
        return [self.key(option.id) for option in self.question.answers]

    @property
    def apart(self) -> list[Key]:
        """The cells of “do not know” and the like."""
        return [self.key(option.id) for option in self.question.options if not option.is_answer]


CellCounts = dict[Key, int]


def blocks(asked: Questionnaire, *, unstated: bool = False) -> Iterator[TableRow]:
    """Yield each row of the tables; questions that group the others have rows for everyone only."""
    groupings = asked.groupings
    for question in asked.counted:
        yield TableRow(question, EVERYONE, EVERYONE)
        if question in groupings:
            continue
        for grouping in groupings:
            yield from (TableRow(question, grouping.id, option.id) for option in grouping.answers)
            if unstated:
                yield TableRow(question, grouping.id, UNSTATED)


def weighted_from(weights: Weights, key: Key) -> list[Key]:
    """Return the counts behind the weighted share of an answer: those of each group, and the groups' bases."""
    groups = [share.option for share in weights.shares]
    return [Key(key.question, weights.question, group, name) for group in groups for name in (key.answer, BASE)]


def count(answers: Answers, asked: Questionnaire, mask: NDArray[np.bool_]) -> CellCounts:
    """Return every count, including those of people who state no group and those of missing answers."""
    groupings = {
        one.id: (_groups(answers, one)[mask], [*(o.id for o in one.answers), UNSTATED]) for one in asked.groupings
    }
    everyone = (np.zeros(int(mask.sum()), dtype=np.int64), [EVERYONE])
    counts: CellCounts = {}
    for question in asked.counted:
        chosen = _chosen(answers, question)[mask]
        was_asked = _asked(answers, asked, question)[mask]
        chosen &= was_asked[:, None]
        ways = {EVERYONE: everyone} if question.id in groupings else {EVERYONE: everyone, **groupings}
        for by, (codes, names) in ways.items():
            for name, column in _columns(question, chosen, was_asked):
                found = np.bincount(codes[column], minlength=len(names))
                counts.update(
                    (Key(question.id, by, group, name), int(n)) for group, n in zip(names, found, strict=True)
                )
    return counts


def _groups(answers: Answers, grouping: AskedQuestion) -> NDArray[np.int64]:
    """Return the number of each person's group; those who state none come last."""
    places = [number for number, option in enumerate(grouping.options) if option.is_answer]
    table = np.full(len(grouping.options) + 1, len(places), dtype=np.int64)
    table[places] = np.arange(len(places))
    codes = answers.one.get(grouping.id)
    if codes is None:
        return np.full(len(answers), len(places), dtype=np.int64)
    return table[np.where(codes == NONE, len(grouping.options), codes)]


def _asked(answers: Answers, asked: Questionnaire, question: AskedQuestion) -> NDArray[np.bool_]:
    """Return who was asked: everyone, or those whom an earlier answer leads here and who were asked that question."""
    if question.asked_if is None:
        return np.ones(len(answers), dtype=bool)
    leads = asked.question(question.asked_if.question)
    return answers.chose(leads, question.asked_if.options) & _asked(answers, asked, leads)


def _chosen(answers: Answers, question: AskedQuestion) -> NDArray[np.bool_]:
    """Return who chose which option; where several may be chosen, “do not know” counts only if it is the only one."""
    width = len(question.options)
    if question.id in answers.several:
        chosen = answers.several[question.id].copy()
        real = [number for number, option in enumerate(question.options) if option.is_answer]
        free = ~chosen[:, real].any(axis=1)
        for number in (number for number in range(width) if number not in real):
            chosen[:, number] &= free
            free &= ~chosen[:, number]
        return chosen
    codes = answers.one.get(question.id)
    if codes is None:
        return np.zeros((len(answers), width), dtype=bool)
    return np.asarray(codes[:, None] == np.arange(width)[None, :])


def _columns(
    question: AskedQuestion, chosen: NDArray[np.bool_], was_asked: NDArray[np.bool_]
) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Yield who is in each cell: for each option, for the base, and for those who chose nothing."""
    real = [number for number, option in enumerate(question.options) if option.is_answer]
    for number, option in enumerate(question.options):
        yield option.id, chosen[:, number]
    yield BASE, np.asarray(chosen[:, real].any(axis=1))
    yield MISSING, was_asked & ~chosen.any(axis=1)
