"""The cells that may not be published because of their own content."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from macros.editing.survey_tools.aggregates import BASE, CellCounts, Key, TableRow, blocks
from macros.model.questionnaire import EVERYONE, Questionnaire
from macros.model.release import Hiding

HiddenCounts = dict[Key, Hiding]


def primary(asked: Questionnaire, counts: CellCounts, earlier: Mapping[Key, int] | None = None) -> HiddenCounts:
    """Return the cells that are hidden for their own count, each with the rule.

    `earlier` are the counts in an earlier release of the same wave: the number added since is a count as well.
    """
    hidden: HiddenCounts = {}
    for block in blocks(asked):
        for key, rule in _rules(asked, block, counts):
            hidden.setdefault(key, rule)
    for key, before in (earlier or {}).items():
        if 0 < abs(counts.get(key, before) - before) < asked.disclosure.threshold:
            hidden.setdefault(key, Hiding.SMALL_CHANGE)
    for block in blocks(asked):  # no count without its base
        if block.base in hidden:
            for key in (*block.answers, *block.apart):
                hidden.setdefault(key, hidden[block.base])
    return hidden


def _rules(asked: Questionnaire, block: TableRow, counts: CellCounts) -> Iterator[tuple[Key, Hiding]]:
    limits, base = asked.disclosure, counts[block.base]
    if block.by != EVERYONE and base < limits.smallest_group:
        yield from ((key, Hiding.SMALL_BASE) for key in (block.base, *block.answers, *block.apart))
        return
    if 0 < base < limits.threshold:
        yield block.base, Hiding.SMALL_COUNT
    several = block.question.takes_several
    for key in block.answers:
        count = counts[key]
        if 0 < count < limits.threshold or (several and 0 < base - count < limits.threshold):
            yield key, Hiding.SMALL_COUNT
        elif count == base and base > 0:
            same = (key,) if several else block.answers
            yield from ((one, Hiding.ALL_THE_SAME) for one in same)
        elif count == 0 and base < limits.illustrative:
            yield key, Hiding.ZERO
    for key in block.apart:
        if 0 < counts[key] < limits.threshold:
            yield key, Hiding.SMALL_COUNT


def protected(asked: Questionnaire, cells: Iterable[Key], counts: CellCounts, hidden: Container[Key] = ()) -> list[Key]:
    """Return those of some hidden cells that nobody may work out: answers and bases.

    “Do not know” and the like are not answers, and their total follows from the base: they are hidden if they are few,
    but hold no secret of their own. Nor does a group’s 0 if it is published that nobody at all gave the answer.
    """
    found = []
    for key in cells:
        nobody = Key(key.question, EVERYONE, EVERYONE, key.answer)
        known_zero = key != nobody and nobody not in hidden and counts.get(nobody) == 0
        is_answer = key.answer == BASE or asked.question(key.question).option(key.answer).is_answer
        if is_answer and not known_zero:
            found.append(key)
    return found
