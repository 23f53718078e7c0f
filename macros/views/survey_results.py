"""The results of a released wave, with bases and intervals; and the questionnaire that is asked or proposed."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from macros.derived import wave_comparison
from macros.model import proportions
from macros.model.questionnaire import EVERYONE, AskedQuestion, Disclosure, Questionnaire
from macros.model.release import HIDDEN, Release, Result
from macros.views.shared.facts import Item
from macros.views.shared.page import Page
from macros.views.shared.templates import ChartRow, bars

WHY_HIDDEN = (
    "“Too few to show” stands where a number could tell what a single organisation answered, or would let somebody "
    "work out such a number."
)


def survey_results(page: Page, wave: str) -> str:
    """Return the results of one wave as far as they are released; raises UnknownName."""
    release, asked = page.release(wave), page.questionnaire(wave)
    page.shown(*release.results, *asked.questions)
    return page.render(
        "survey_results.html",
        release=release,
        asked=asked,
        fieldwork=f"{release.fieldwork.first.text} to {release.fieldwork.last.text}",
        silent=_silent(release, asked),
        left_out=[(str(one.reason), f"{one.count:,}") for one in release.left_out],
        questions=[_question(release, asked, question) for question in asked.counted],
        compared=list(wave_comparison.comparisons(page.guide, wave)),
        words=_words,
        tests=sum(len(one.answers) for one in wave_comparison.comparisons(page.guide, wave)),
        why_hidden=WHY_HIDDEN,
        illustrative=asked.disclosure.illustrative,
        limits=[Item(what=one.what, cite=page.cite(one)) for one in release.limits],
        remarks=[
            Item(what=one.what, details=(one.who,) if one.who else (), cite=page.cite(one)) for one in release.remarks
        ],
        weights=_weights(page, asked) if release.weighted_by else None,
        cite=page.cite(release),
    )


def _silent(release: Release, asked: Questionnaire) -> list[str]:
    """Return sentences on those who did not answer, which come before any result."""
    said = ["How many were invited is not known, so nobody can say how many did not answer."]
    if release.invited is not None:
        share = f"{proportions.percent(release.responses, release.invited)}%"
        said = [f"Of {release.invited:,} that were invited, {release.responses:,} answered, which is {share}."]
    for grouping in asked.groupings:
        rows = wave_comparison.of_everyone(release, grouping.id)
        for words, found in (
            ("Nobody answered at all", [row for row in rows if row.count == 0]),
            ("How many answered is not shown", [row for row in rows if row.count is None]),
        ):
            names = [grouping.option(row.answer).label for row in found if grouping.option(row.answer).is_answer]
            if names:
                said.append(f"{words} for: {'; '.join(names)}.")
    return said


def _words(row: Result) -> str:
    """Return a share with its interval and base in words."""
    if row.count is None or row.base is None:
        return HIDDEN
    if row.percent is None:
        return f"{row.count:,} of {row.base:,}; the base is too small for a share"
    return f"{row.percent}% of {row.base:,}, between {row.low}% and {row.high}%"


def _with_weights(row: Result) -> str:
    """Return the words that follow an unweighted share if there is a weighted one too."""
    return f"; with weights {row.weighted}%" if row.weighted is not None else ""


def _weights(page: Page, asked: Questionnaire) -> dict[str, object] | None:
    """Return the weights of answers: the question behind them, the weight of each group, and their origin."""
    weights = asked.weights
    if weights is None:
        return None
    by = asked.question(weights.question)
    shares = [f"{by.option(share.option).label} {share.percent}%" for share in weights.shares]
    return {"by": by.title, "shares": "; ".join(shares), "what": weights.what, "cite": page.cite(weights)}


def _question(release: Release, asked: Questionnaire, question: AskedQuestion) -> dict[str, object]:
    rows = wave_comparison.of_everyone(release, question.id)
    shares = [row for row in rows if question.option(row.answer).is_answer]
    base = next((row.base for row in shares if row.base is not None), None)
    return {
        "question": question,
        "chart": _chart(release, question, shares),
        "base": _base(base, asked.disclosure),
        "apart": [
            (question.option(row.answer).label, HIDDEN if row.count is None else f"{row.count:,}")
            for row in rows
            if not question.option(row.answer).is_answer
        ],
        "tables": list(_tables(release, asked, question)),
    }


def _chart(release: Release, question: AskedQuestion, rows: list[Result]) -> Markup:
    drawn: list[ChartRow] = [
        (question.option(row.answer).label, row.percent, _words(row) + _with_weights(row), Markup("")) for row in rows
    ]
    # A chart that repeats the heading says nothing, so it gives the base of the shares.
    return bars(
        f"result-{question.id}",
        f"{question.title}, {release.wave}: {question.base}",
        drawn,
        ("Answer", "Share, base and interval"),
        100,
    )


def _tables(release: Release, asked: Questionnaire, question: AskedQuestion) -> Iterator[dict[str, object]]:
    """Yield a table for each way to group people, if any of it is shown."""
    for grouping in asked.groupings:
        found = [row for row in release.results if row.question == question.id and row.by == grouping.id]
        if not any(row.count is not None for row in found):
            continue
        options = list(question.answers)
        groups = []
        for option in grouping.answers:
            cells = {row.answer: row for row in found if row.group == option.id}
            base = next((row.base for row in cells.values() if row.base is not None), None)
            shown = [
                HIDDEN if cells[one.id].count is None else _short(cells[one.id]) for one in options if one.id in cells
            ]
            groups.append((option.label, _base(base, asked.disclosure), shown))
        yield {
            "id": f"{question.id}-by-{grouping.id}",
            "by": grouping.title,
            "heads": [one.label for one in options],
            "groups": groups,
        }


def _base(base: int | None, limits: Disclosure) -> str:
    """Return the base of a group in words, with what a small one means for its shares."""
    if base is None:
        return HIDDEN
    return f"{base:,}, illustrative" if base < limits.illustrative else f"{base:,}"


def _short(row: Result) -> str:
    return f"{row.percent}% ({row.low}–{row.high}%)" if row.percent is not None else f"{row.count}"


def questionnaire(page: Page, wave: str) -> str:
    """Return a questionnaire for readers of the guide, with the reason for each question; raises UnknownName."""
    asked = page.questionnaire(wave)
    page.shown(asked, *asked.questions)
    numbers = {one.id: number for number, one in enumerate(asked.questions, 1)}
    return page.render(
        "survey_questionnaire.html",
        asked=asked,
        numbers=numbers,
        sections=[(part, [one for one in asked.questions if one.section == part.id]) for part in asked.sections],
        everyone=EVERYONE,
        cite=page.cite(asked),
    )


def survey_letters(page: Page, wave: str) -> str:
    """Return the information on data for respondents, the invitation and the reminder; raises UnknownName."""
    asked = page.questionnaire(wave)
    return page.render("survey_letters.html", asked=asked)


def survey_waves(page: Page) -> str:
    """Return the waves with released results, as links, or say that there are none yet."""
    latest = {one.wave: one for one in page.releases}
    return page.render(
        "survey_waves.html", waves=[(one, page.link(f"survey/results/{one.wave}/")) for one in latest.values()]
    )
