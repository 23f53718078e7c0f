"""The cost of hiding each cell, lowest for those that readers miss least; and groups of related questions."""

from __future__ import annotations

from macros.editing.survey_tools.aggregates import BASE, MISSING, UNSTATED, CellCounts, Key, TableRow
from macros.model.questionnaire import EVERYONE, Questionnaire

_COST = {"base": 10.0, "everyone": 40.0, "everyone base": 400.0, "grouping": 80.0, "apart": 0.5}
"""The cost of hiding a cell, relative to 1 for an answer in a group; a base costs as much as its row, and this more."""


def cost_of(asked: Questionnaire, counts: CellCounts, key: Key) -> float:
    """Return the cost of hiding a cell, relative to 1 for an answer in a group."""
    question = asked.question(key.question)
    if key.answer == MISSING or key.group == UNSTATED:
        return 0.0001
    if key.answer == BASE:
        more = _COST["everyone base" if key.by == EVERYONE else "base"]
        return more + sum(cost_of(asked, counts, cell) for cell in TableRow(question, key.by, key.group).answers)
    if question in asked.groupings:
        return _COST["grouping"]
    if key.by == EVERYONE:
        return _COST["everyone"]
    if not question.option(key.answer).is_answer:
        return _COST["apart"]
    return 1.0 + 0.002 * counts[key]


def families(asked: Questionnaire) -> dict[str, set[str]]:
    """Return, for each question, those connected with it by conditions on who is asked."""
    families = {question.id: {question.id} for question in asked.counted}
    for question in asked.counted:
        if question.asked_if and question.asked_if.question in families:
            joined = families[question.id] | families[question.asked_if.question]
            families.update(dict.fromkeys(joined, joined))
    return families
