"""Charts on pages: a drawing with its title, question, base, unit, source, table and downloads."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from macros.derived import chart_drawing, charts
from macros.derived.charts import Chart
from macros.model import wording
from macros.model.survey import Question, Survey
from macros.model.trust import Trust
from macros.model.vocabulary import Qualifier
from macros.views.shared.page import Page


def chart(page: Page, one: Chart, *, heading: bool = True) -> Markup:
    """Return a chart for a page. Its title is not a heading if more of the surrounding part follows it."""
    drawings = [("", chart_drawing.drawing(one))]
    if chart_drawing.needs_narrow(one):
        narrow = chart_drawing.drawing(one, chart_drawing.NARROW_LETTERS)
        drawings = [("wide", drawings[0][1]), ("narrow", narrow)]
    return Markup(  # noqa: S704 - a template made it
        page.render(
            "chart.html",
            chart=one,
            heading=heading,
            id=charts.anchor(one.name),
            drawings=[
                {
                    "screen": screen,
                    "drawn": drawn,
                    "bars": [(bar, _share(bar.width)) for bar in drawn.bars],
                    "axis": _share(drawn.axis),
                }
                for screen, drawn in drawings
            ],
            bar_height=chart_drawing.BAR,
            before=chart_drawing.BEFORE,
            rows=[(bar, page.source_tags(bar.source)) for bar in one.bars],
            cite=page.source_tags(one.source),
            picture=page.link(f"data/charts/{one.name}.svg"),
            data=page.link(f"data/charts/{one.name}.csv"),
        )
    )


def _share(width: float) -> str:
    return f"{100 * width:.4g}%"


def of_question(page: Page, survey: Survey, question: Question) -> dict[str, object]:
    """Return the values that `survey_parts.html` shows for one question, with its chart if there are figures."""
    answers = charts.answers_of(survey, question)
    page.shown(*answers)
    drawn = charts.of_question(survey, question, page.first_wave.date)
    printed = sum((one.percent for one in answers if one.percent and one.qualifier != Qualifier.DERIVED), Decimal(0))
    return {
        "title": charts.headline(question),
        "asked": charts.asked_about(survey, question),
        "more": charts.rest_of(question),
        "cite": page.cite(question),
        "chart": chart(page, drawn) if drawn else "",
        "notes": list(dict.fromkeys(one.note for one in answers if one.note)),
        "printed": wording.percent(printed) if question.adds_up else "",
    }


def of_budgets(page: Page, trust: Trust) -> list[Markup]:
    """Return the charts of a Trust's budgets."""
    return [chart(page, one, heading=False) for one in charts.of_budgets(trust, page.first_wave.date)]


def of_years(page: Page, trust: Trust) -> list[Markup]:
    """Return the chart of the sums that a Trust reported year by year, if there is one."""
    one = charts.of_years(trust, page.first_wave.date)
    return [chart(page, one, heading=False)] if one else []


def chart_list(page: Page) -> str:
    """Return a list of every chart, surveys first, with links to the pages that show them."""
    published = page.first_wave.date
    of_surveys = [
        (chart(page, one), page.link(one.url), f"{survey.title}: {theme.title}")
        for survey in page.guide.surveys
        for theme in page.survey(survey.wave).themes
        for question in survey.questions
        if question.theme == theme.id and (one := charts.of_question(survey, question, published))
    ]
    of_trusts = [
        (chart(page, one), page.link(one.url), trust.name)
        for trust in page.trusts
        for one in (*charts.of_budgets(trust, published), *filter(None, [charts.of_years(trust, published)]))
    ]
    groups = (("From the survey", "survey", of_surveys), ("From one Trust", "trust", of_trusts))
    return page.render("chart_list.html", groups=[group for group in groups if group[2]])
