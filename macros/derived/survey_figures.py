"""Figures about surveys."""

from __future__ import annotations

from collections.abc import Callable

from macros.derived.figure import Figure
from macros.model import wording
from macros.model.survey import Answer, Survey
from macros.model.vocabulary import (
    Qualifier,
)


def survey_figures(survey: Survey) -> list[Figure]:
    wave, method = survey.wave, survey.source[:1]
    share = round(100 * survey.usable / survey.responses)
    records = (survey.where,)
    return [
        Figure(
            f"survey-{wave}-responses",
            str(survey.responses),
            survey.responses,
            "Responses to the survey",
            "All that came back.",
            method,
            records,
        ),
        Figure(
            f"survey-{wave}-usable",
            str(survey.usable),
            survey.usable,
            "Usable responses",
            "Those from organisations that knew the commissioning process at first hand.",
            method,
            records,
        ),
        Figure(
            f"survey-{wave}-usable-share",
            f"{share}%",
            share,
            "Usable share of responses",
            f"{survey.usable} of {survey.responses}, rounded to a whole per cent.",
            method,
            records,
        ),
        *(_answer_figure(survey, answer) for answer in survey.answers if _only_answer(survey, answer)),
    ]


def _only_answer(survey: Survey, answer: Answer) -> bool:
    return sum(one.question == answer.question for one in survey.answers) == 1


def _answer_figure(survey: Survey, answer: Answer) -> Figure:
    question = next(one for one in survey.questions if one.id == answer.question)
    return Figure(
        name=f"survey-{survey.wave}-{answer.question}",
        text=share_text(answer),
        value=float(answer.percent) if answer.percent is not None else None,
        label=question.title,
        counts=f"As printed. {answer.note or ''}".strip(),
        source=answer.source,
        records=(survey.where,),
    )


def share_text(answer: Answer) -> str:
    """Return an answer's share in the report's own form: `38%`, `over 50%`, `the majority`."""
    if answer.percent is None:
        return str(answer.qualifier)
    words: Callable[[str], str] = {
        Qualifier.OVER: "over {}".format,
        Qualifier.MAJORITY: "the majority ({})".format,
    }.get(answer.qualifier, str)
    return words(wording.percent(answer.percent))
