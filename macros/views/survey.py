"""The survey of voluntary and community organisations: who answered, what they said, how far it can be relied on."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from macros import wording
from macros.charts import bars
from macros.figures import share_text
from macros.model.survey import Answer, Question, Survey, Theme
from macros.model.trust import Sum, Trust
from macros.model.words import FigureKind, Per, Qualifier
from macros.problems import UnknownName
from macros.render import render
from macros.views.items import Item
from macros.views.page import Page

BASE = "The report does not print how many organisations answered each question. Read each share as an illustration."


def survey_summary(page: Page, wave: str) -> str:
    """Return how the survey was done, who answered, and every answer in one table; raises UnknownName."""
    survey = page.survey(wave)
    return render(
        "survey.html",
        survey=survey,
        usable_share=page.figure(f"survey-{wave}-usable-share").text,
        method=[Item(what=one.what, cite=page.cite(one)) for one in survey.method],
        response=[Item(what=one.what, cite=page.cite(one)) for one in survey.response_notes],
        limits=[Item(what=one.what, cite=page.cite(one)) for one in survey.limits],
        rows=[row for question in survey.questions for row in _rows(page, survey, question)],
        fieldwork=f"{survey.fieldwork.first.text} to {survey.fieldwork.last.text}",
        base=BASE,
    )


def _rows(page: Page, survey: Survey, question: Question) -> list[dict[str, object]]:
    answers = [answer for answer in survey.answers if answer.question == question.id]
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
    return render("survey_themes.html", themes=[_theme(page, survey, theme) for theme in themes], base=BASE)


def _theme(page: Page, survey: Survey, theme: Theme) -> dict[str, object]:
    principles = {one.id: one for one in page.principles}
    principle = principles.get(theme.principle or "")
    return {
        "theme": theme,
        "principle": Item(
            f"Gershon principle {principle.id.upper()}: {principle.name}",
            None,
            (),
            principle.what,
            page.cite(principle),
        )
        if principle
        else None,
        "questions": [_question(page, survey, question) for question in survey.questions if question.theme == theme.id],
        "findings": [Item(what=one.what, cite=page.cite(one)) for one in theme.findings],
        "remarks": [
            Item(what=one.what, details=(one.who,) if one.who else (), cite=page.cite(one)) for one in theme.remarks
        ],
    }


def _question(page: Page, survey: Survey, question: Question) -> dict[str, object]:
    answers = [answer for answer in survey.answers if answer.question == question.id]
    page.shown(*answers)
    printed = sum((one.percent for one in answers if one.percent and one.qualifier != Qualifier.DERIVED), Decimal(0))
    return {
        "question": question,
        "cite": page.cite(question),
        "chart": _chart(page, survey, question, answers) if question.adds_up else "",
        "calls": []
        if question.adds_up
        else [
            {"share": share_text(answer), "answer": answer.answer, "cite": page.cite(answer, question)}
            for answer in answers
        ],
        "notes": list(dict.fromkeys(answer.note for answer in answers if answer.note)),
        "printed": wording.percent(printed) if question.adds_up else "",
    }


def _chart(page: Page, survey: Survey, question: Question, answers: list[Answer]) -> Markup:
    # Only parts of one whole are drawn against each other; single shares stand as figures.
    return bars(
        question.id,
        f"{question.title}, {survey.wave}",
        [(answer.answer, answer.percent, share_text(answer), page.source_tags(answer.source)) for answer in answers],
        head=("Answer", "Share of respondents"),
        full=100,
    )


def survey_forum(page: Page, wave: str) -> str:
    """Return what the members' forum added; raises UnknownName."""
    return render(
        "points.html",
        items=[
            Item(what=one.what, details=(one.who,) if one.who else (), cite=page.cite(one))
            for one in page.survey(wave).forum
        ],
    )


def money_over_time(page: Page, slug: str) -> str:
    """Return one Trust's reported investment year by year; raises UnknownName. Never two Trusts in one chart."""
    trust = page.trust(slug)
    years = _years(trust)
    if not years:
        raise UnknownName("Trust with sums for years", slug, [one.slug for one in page.guide.trusts if _years(one)])
    return str(
        bars(
            f"{slug}-investment",
            f"{trust.name}: reported investment in the sector",
            [
                (
                    one.period.text if one.period else "",
                    one.amount,
                    wording.pounds(one.amount, one.approximate),
                    page.source_tags(one.source),
                )
                for one in years
            ],
            head=("Year", "Amount"),
            full=max(one.amount for one in years),
        )
    )


def _years(trust: Trust) -> list[Sum]:
    # A sum for a whole period, without a year, or not reported, is no bar beside a year's.
    sums = trust.investment.figures
    return [one for one in sums if one.period and one.per == Per.YEAR and one.kind == FigureKind.REPORTED]
