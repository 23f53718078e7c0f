"""The survey of voluntary and community organisations: its respondents, their answers, and how reliable these are."""

from __future__ import annotations

from macros.derived import charts
from macros.derived.survey_figures import share_text
from macros.model.survey import Question, Survey, Theme
from macros.reading.problem import UnknownName
from macros.views.charts import of_question
from macros.views.shared.facts import Item
from macros.views.shared.page import Page


def survey_summary(page: Page, wave: str) -> str:
    """Return how the survey was done, who answered, and every answer in one table; raises UnknownName."""
    survey = page.survey(wave)
    page.shown(survey.caution)
    return page.render(
        "survey.html",
        survey=survey,
        usable_share=page.figure(f"survey-{wave}-usable-share").text,
        method=[Item(what=one.what, cite=page.cite(one)) for one in survey.method],
        response=[Item(what=one.what, cite=page.cite(one)) for one in survey.response_notes],
        limits=[Item(what=one.what, cite=page.cite(one)) for one in survey.limits],
        rows=[row for question in survey.questions for row in _rows(page, survey, question)],
        fieldwork=f"{survey.fieldwork.first.text} to {survey.fieldwork.last.text}",
    )


def _rows(page: Page, survey: Survey, question: Question) -> list[dict[str, object]]:
    answers = charts.answers_of(survey, question)
    return [
        {"title": question.title, "answer": answer.answer, "share": share_text(answer), "cite": page.cite(answer)}
        for answer in answers
    ]


def survey_themes(page: Page, wave: str, part: str) -> str:
    """Return the themes of one survey page with their questions, charts and remarks; raises UnknownName."""
    survey = page.survey(wave)
    themes = [theme for theme in survey.themes if theme.page == part]
    if not themes:
        raise UnknownName("survey page", part, dict.fromkeys(theme.page for theme in survey.themes))
    return page.render("survey_themes.html", survey=survey, themes=[_theme(page, survey, theme) for theme in themes])


def _theme(page: Page, survey: Survey, theme: Theme) -> dict[str, object]:
    principles = {one.id: one for one in page.principles}
    principle = principles.get(theme.principle or "")
    return {
        "theme": theme,
        "principle": Item(
            f"{page.region.principle_called} {principle.id.upper()}: {principle.name}",
            None,
            (),
            principle.what,
            page.cite(principle),
        )
        if principle
        else None,
        "questions": [
            of_question(page, survey, question) for question in survey.questions if question.theme == theme.id
        ],
        "findings": [Item(what=one.what, cite=page.cite(one)) for one in theme.findings],
        "remarks": [
            Item(what=one.what, details=(one.who,) if one.who else (), cite=page.cite(one)) for one in theme.remarks
        ],
    }


def survey_forum(page: Page, wave: str) -> str:
    """Return the additions of the members' forum; raises UnknownName."""
    return page.render(
        "points.html",
        items=[
            Item(what=one.what, details=(one.who,) if one.who else (), cite=page.cite(one))
            for one in page.survey(wave).forum
        ],
    )
