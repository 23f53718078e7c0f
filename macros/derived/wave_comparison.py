"""Compares the answers of two waves by rule: whether a question can be compared, and with what result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.derived import charts
from macros.model import proportions
from macros.model.questionnaire import EVERYONE, AskedQuestion, Questionnaire, Repeats, Sameness
from macros.model.release import Release, Result
from macros.reading.guide import Guide
from macros.reading.problem import UnknownName

WORDS = {1: "higher", -1: "lower", 0: "no clear difference"}


@dataclass(frozen=True)
class Compared:
    """One answer in two waves, and whether by rule its share is higher, lower, or not clearly different."""

    answer: str
    before: Result
    after: Result
    verdict: str
    is_illustrative: bool
    """Whether either base is so small that its share is called so."""


@dataclass(frozen=True)
class Comparison:
    """A question that is asked again: its answers in both waves, or the reason why they cannot be compared."""

    question: AskedQuestion
    wave: str
    answers: tuple[Compared, ...] = ()
    why_not: str = ""


def of_everyone(release: Release, question: str) -> list[Result]:
    """Return the rows of one question about everyone."""
    return [row for row in release.results if row.question == question and row.by == EVERYONE]


def comparisons(guide: Guide, wave: str) -> Iterator[Comparison]:
    """Yield each question of a wave that repeats an earlier one; raises UnknownName."""
    asked, release = guide.questionnaire(wave), guide.release(wave)
    for question in asked.counted:
        if question.repeats:
            yield _compare(guide, release, question)


def _compare(guide: Guide, release: Release, question: AskedQuestion) -> Comparison:
    repeats = question.repeats
    assert repeats is not None  # noqa: S101 - the caller asked
    try:
        before = guide.release(repeats.wave)
    except UnknownName:
        return Comparison(question, repeats.wave, why_not=_why_without_counts(guide, repeats))
    asked, earlier = guide.questionnaire(release.wave), guide.questionnaire(repeats.wave)
    if why_not := _why_not_the_same(asked, question, earlier):
        return Comparison(question, repeats.wave, why_not=why_not)
    old = {row.answer: row for row in of_everyone(before, repeats.question)}
    pairs = [(old[row.answer], row) for row in of_everyone(release, question.id) if row.answer in old]
    answers = tuple(
        Compared(
            question.option(after.answer).label,
            first,
            after,
            WORDS[_differs(after, first)],
            min(first.base or 0, after.base or 0) < asked.disclosure.illustrative,
        )
        for first, after in pairs
        if question.option(after.answer).is_answer and _has_share(first) and _has_share(after)
    )
    why_not = "" if answers else f"No answer has a share in both waves, {repeats.wave} and {release.wave}."
    return Comparison(question, repeats.wave, answers, why_not)


def _why_not_the_same(asked: Questionnaire, question: AskedQuestion, earlier: Questionnaire) -> str:
    """Return why a question cannot be compared with the one that it repeats, "" if it can."""
    repeats = question.repeats
    assert repeats is not None  # noqa: S101 - the caller asked
    for what, sameness in (("wording", repeats.wording), ("options", repeats.options)):
        if sameness != Sameness.SAME:
            return f"The {what} in {repeats.wave} differed, or is not known."
    first = earlier.question(repeats.question)
    if (first.base, _route(first, earlier)) != (question.base, _route(question, asked)):
        return f"Others were asked in {repeats.wave}: “{first.base}”."
    return ""


def _route(question: AskedQuestion, asked: Questionnaire) -> tuple[str, frozenset[str]] | None:
    """Return what answers lead to a question: the wording of the question before it, and the labels of the options."""
    if question.asked_if is None:
        return None
    leads = asked.question(question.asked_if.question)
    return leads.wording, frozenset(leads.option(name).label for name in question.asked_if.options)


def _why_without_counts(guide: Guide, repeats: Repeats) -> str:
    """Return the reason why a wave without a release cannot be compared: its own survey may say that it has no base."""
    survey = next((one for one in guide.surveys if one.wave == repeats.wave), None)
    if survey is None:
        return f"No results of {repeats.wave} have been released."
    question = next(one for one in survey.questions if one.id == repeats.question)
    return f"{charts.base_of(survey, question)} Without counts, no share of it can be tested."


def _has_share(row: Result) -> bool:
    return row.percent is not None and row.count is not None and bool(row.base)


def _differs(after: Result, before: Result) -> int:
    pairs = [(row.count or 0, row.base or 1) for row in (after, before)]
    return proportions.differs(pairs[0], pairs[1])
