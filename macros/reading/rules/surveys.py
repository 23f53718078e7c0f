"""Rules about surveys: answers belong to questions, questions to themes, and shares are in per cent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from macros.model import holdings
from macros.model.survey import Survey
from macros.reading.facets import Facet
from macros.reading.problem import Problem, did_you_mean
from macros.reading.records import Records
from macros.reading.rules.parts import facets


class _Responses(Facet):
    usable: int
    responses: int


class _WithId(Facet):
    id: str


class _OfTheme(Facet):
    theme: str


class _Themed(Facet):
    themes: tuple[_WithId, ...]
    questions: tuple[_OfTheme, ...]


class _ToQuestion(Facet):
    question: str


class _Answered(Facet):
    wave: str
    questions: tuple[_WithId, ...]
    answers: tuple[_ToQuestion, ...]


class _Question(Facet):
    id: str
    adds_up: bool


class _Answer(Facet):
    question: str
    percent: Decimal | None


class _Shares(Facet):
    wave: str
    usable: int
    questions: tuple[_Question, ...]
    answers: tuple[_Answer, ...]


def survey_fits_together(records: Records) -> Iterator[Problem]:
    """Each answer has its question, each question has its theme and answers, and the shares of a whole make 100."""
    for responses in facets(records, Survey, _Responses):
        yield from _usable(records, responses)
    for themed in facets(records, Survey, _Themed):
        yield from _themes_exist(records, themed)
    for answered in facets(records, Survey, _Answered):
        yield from _questions_and_answers(records, answered)
    for shares in facets(records, Survey, _Shares):
        yield from _shares_make_100(records, shares)
        yield from _shares_are_no_fractions(records, shares)


def _usable(records: Records, survey: _Responses) -> Iterator[Problem]:
    if survey.usable > survey.responses:
        yield records.problem(
            survey.at("usable"),
            found=f"{survey.usable} usable of {survey.responses} responses",
            expected="no more usable answers than responses",
            mend="check both numbers",
        )


def _themes_exist(records: Records, survey: _Themed) -> Iterator[Problem]:
    themes = [theme.id for theme in survey.themes]
    for question in survey.questions:
        if question.theme not in themes:
            yield records.problem(
                question.at("theme"),
                found=f"the theme “{question.theme}”",
                expected="a theme of this survey",
                mend=did_you_mean(question.theme, themes),
            )


def _rows_unread(records: Records, wave: str) -> bool:
    """Return whether there are answers that could not be read."""
    return f"{holdings.SURVEYS.kind}/{wave}:answers" in records.broken


def _questions_and_answers(records: Records, survey: _Answered) -> Iterator[Problem]:
    questions = [question.id for question in survey.questions]
    answered = {answer.question for answer in survey.answers}
    for answer in survey.answers:
        if answer.question not in questions:
            yield records.problem(
                answer.at("question"),
                found=f"the question “{answer.question}”",
                expected="a question of survey.yml",
                mend=did_you_mean(answer.question, questions),
            )
    for question in survey.questions:
        if question.id not in answered and not _rows_unread(records, survey.wave):
            yield records.problem(
                question.at("id"),
                found="no answer",
                expected="at least one row in answers.csv",
                mend=f"add a row that begins with “{question.id},”",
            )


def _shares_make_100(records: Records, survey: _Shares) -> Iterator[Problem]:
    for question in survey.questions:
        answers = [answer for answer in survey.answers if answer.question == question.id]
        if not question.adds_up or not answers or _rows_unread(records, survey.wave):
            continue
        shares = [answer.percent for answer in answers if answer.percent is not None]
        if len(shares) < len(answers) or sum(shares) != 100:
            yield records.problem(
                question.at("adds_up"),
                found=f"answers that add up to {sum(shares)}",
                expected="100, as adds_up is true",
                mend="check each share, add a row for what is not stated, or write adds_up: false",
            )


def _shares_are_no_fractions(records: Records, survey: _Shares) -> Iterator[Problem]:
    """Shares are in per cent, not in fractions: a spreadsheet holds 59 % as 0.59.

    A share of less than one person must be a fraction, and so must a share next to one. Where so many answered that a
    small share could be meant as it stands, it is queried only if all shares of a question are small.
    """
    for question in survey.questions:
        answers = [answer for answer in survey.answers if answer.question == question.id and answer.percent]
        shares = [answer.percent for answer in answers if answer.percent is not None]
        all_small = len(shares) > 1 and max(shares) <= 1
        for answer, share in zip(answers, shares, strict=True):
            if share <= 1 and (all_small or share * survey.usable < 100):
                yield records.problem(
                    answer.at("percent"),
                    found=f"{share} per cent, which is less than one of {survey.usable}"
                    if share * survey.usable < 100
                    else f"{share} per cent, as all shares of this question are 1 or less",
                    expected="a share in per cent, from 0 to 100",
                    mend=f"write {(share * 100).normalize():f} if that is meant",
                )
