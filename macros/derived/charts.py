"""Charts: results for which a source gives figures, each with its title, question, base, unit, source and bars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from macros.derived.survey_figures import share_text
from macros.model import addresses, wording
from macros.model.dates import When
from macros.model.survey import NOT_PRINTED, Answer, Question, Survey
from macros.model.text import to_plain
from macros.model.trust import Budget, Sum, Trust
from macros.model.vocabulary import FigureKind, Per, Qualifier
from macros.reading.guide import Guide


@dataclass(frozen=True)
class ChartBar:
    """One value of a chart."""

    label: str
    value: Decimal | None
    """The value in the unit of the chart; None where the source prints no figure, and then no bar is drawn."""
    words: str
    """The value as the source gives it, such as `over 50%`."""
    source: tuple[str, ...]
    note: str = ""
    firm: bool = True
    """False if the source does not state the value itself, or could only expect it. It is drawn as an outline."""


@dataclass(frozen=True)
class Chart:
    """Values of one unit and one scope, from zero, next to each other."""

    name: str
    title: str
    """The finding that it shows, as a sentence."""
    asked: str
    """The question that was asked, or the things that were counted."""
    base: str
    unit: str
    dated: str
    """The survey or count that the values come from, and when it was published."""
    source: tuple[str, ...]
    bars: tuple[ChartBar, ...]
    full: Decimal
    """The value at the end of the axis."""
    ends: tuple[str, str]
    """The words at the beginning and the end of the axis.

    The end has none if it is just the longest bar and not a whole.
    """
    url: str
    """The page of the guide that shows it."""
    notes: tuple[str, ...] = ()
    wave: str = ""
    """The wave of the survey that it is of; "" for what the first wave of evidence told of a Trust."""

    @property
    def drawn(self) -> tuple[ChartBar, ...]:
        """The values that have a figure."""
        return tuple(bar for bar in self.bars if bar.value is not None)

    @property
    def not_drawn(self) -> tuple[ChartBar, ...]:
        return tuple(bar for bar in self.bars if bar.value is None)

    @property
    def in_words(self) -> str:
        """Everything in the drawing, for readers who cannot see it."""
        return f"Bar chart. {'; '.join(f'{bar.label}: {bar.words}' for bar in self.drawn)}."


def charts(guide: Guide) -> Iterator[Chart]:
    """Yield every chart of the guide: those of surveys by their questions, and then those of Trusts."""
    published = guide.first_wave.date
    for survey in guide.surveys:
        for question in survey.questions:
            if chart := of_question(survey, question, published):
                yield chart
    for trust in guide.trusts:
        yield from of_budgets(trust, published)
        if chart := of_years(trust, published):
            yield chart


# --- surveys ------------------------------------------------------------------------------------------------------


def of_question(survey: Survey, question: Question, published: When) -> Chart | None:
    """Return the chart of one question, from 0 to 100 per cent; None where no answer has a figure."""
    answers = answers_of(survey, question)
    if all(answer.percent is None for answer in answers):
        return None
    theme = next(theme for theme in survey.themes if theme.id == question.theme)
    months = f"{survey.fieldwork.first.text} to {survey.fieldwork.last.text}"
    name = f"survey-{survey.wave}-{question.id}"
    return Chart(
        name=name,
        title=headline(question),
        asked=asked_about(survey, question),
        base=base_of(survey, question),
        unit="Share of respondents, in per cent.",
        dated=f"Survey of {months}, published in {published.text}",
        source=question.source,
        bars=tuple(_bar_of(answer) for answer in answers),
        full=Decimal(100),
        ends=("0%", "100%"),
        url=f"survey/{theme.page}/#{anchor(name)}",
        notes=tuple(dict.fromkeys(one.note for one in answers if one.note and one.percent is not None)),
        wave=survey.wave,
    )


def asked_about(survey: Survey, question: Question) -> str:
    """Return a question in its own words or, where its wording is not printed, its subject."""
    if question.wording != NOT_PRINTED:
        return f"Asked: “{question.wording}”"
    return f"Asked about: {question.title[:1].lower()}{question.title[1:]}. {to_plain(survey.unprinted.wording)}"


def base_of(survey: Survey, question: Question) -> str:
    """Return the base of a question's shares, in a sentence."""
    return f"Base: {question.base}." if question.base != NOT_PRINTED else to_plain(survey.unprinted.base)


def headline(question: Question) -> str:
    """Return the first sentence of a question's findings."""
    return wording.split(to_plain(question.finding))[0]


def rest_of(question: Question) -> str:
    """Return a question's findings without their first sentence."""
    return " ".join(wording.split(to_plain(question.finding))[1:])


def answers_of(survey: Survey, question: Question) -> list[Answer]:
    """Return the answers to one question, in the order of their file."""
    return [answer for answer in survey.answers if answer.question == question.id]


def anchor(name: str) -> str:
    """Return the id of a chart on its page."""
    return f"chart-{name}"


def _bar_of(answer: Answer) -> ChartBar:
    return ChartBar(
        answer.answer,
        answer.percent,
        share_text(answer),
        answer.source,
        answer.note or "",
        firm=answer.qualifier != Qualifier.DERIVED,
    )


# --- money of one Trust -------------------------------------------------------------------------------------------


def of_years(trust: Trust, published: When) -> Chart | None:
    """Return the sums that a Trust reported year by year; None if no series has two of them.

    A chart never mixes two Trusts or two things: it shows only sums that the data put into one series.
    """
    years = _years(trust)
    if len(years) < 2:
        return None
    (begin, first), *_, (end, last) = years
    name = f"{trust.slug}-investment"
    begun = [period.text for period, _ in years if period.last > published.last]
    return Chart(
        name=name,
        title=f"{trust.name} reported {wording.pounds(first.amount, first.approximate)} for {begin.text} and "
        f"{wording.pounds(last.amount, last.approximate)} for {end.text}.",
        asked=f"Counted: {first.series}, year by year.",
        base=" ".join(["Base not given.", *_said_of_all([one.scope for _, one in years])]),
        unit="Pounds for a financial year, not adjusted for prices.",
        dated=f"Published in {published.text}",
        source=first.source,
        bars=tuple(_bar_of_year(period, one, published) for period, one in years),
        full=Decimal(max(one.amount for _, one in years)),
        ends=("£0", ""),
        url=f"{addresses.of_trust(trust.slug)}#{anchor(name)}",
        notes=tuple(f"An outline stands for {year}: it had only begun when the report came out." for year in begun),
    )


def _years(trust: Trust) -> list[tuple[When, Sum]]:
    """Return the yearly sums of the one series that a Trust reported, by their years."""
    of_a_year = (one for one in trust.investment.figures if one.per == Per.YEAR and one.kind == FigureKind.REPORTED)
    dated = sorted(
        ((one.period, one) for one in of_a_year if one.period and one.series), key=lambda year: year[0].first
    )
    return [(period, one) for period, one in dated if one.series == dated[0][1].series]


def _bar_of_year(period: When, one: Sum, published: When) -> ChartBar:
    begun = period.last > published.last
    label = f"{period.text}, a year that had only begun" if begun else period.text
    return ChartBar(
        label, Decimal(one.amount), wording.pounds(one.amount, one.approximate), one.source, one.scope, not begun
    )


def _said_of_all(texts: list[str]) -> list[str]:
    """Return the sentences that all of some texts contain."""
    first, *others = (wording.split(to_plain(text)) for text in texts)
    return [one for one in first if all(one in other for other in others)]


def of_budgets(trust: Trust, published: When) -> Iterator[Chart]:
    """Yield each budget of a Trust whose parts have sums."""
    for number, budget in enumerate(trust.context.commissioning.budgets):
        if budget.parts and budget.amount:
            yield _of_budget(trust, budget, f"{trust.slug}-budget{f'-{number + 1}' if number else ''}", published)


def _of_budget(trust: Trust, budget: Budget, name: str, published: When) -> Chart:
    parts = sorted(budget.parts, key=lambda part: -part.amount)
    whole = wording.pounds(budget.amount or 0, budget.approximate)
    source = budget.source or trust.context.source
    most = wording.sentence(wording.pounds(parts[0].amount, parts[0].approximate))
    return Chart(
        name=name,
        title=f"{most} of the {budget.kind} budget of {whole} in {trust.name} came from {parts[0].funder}.",
        asked=f"Counted: where the {budget.kind} budget came from.",
        base=f"The whole budget is {whole}.",
        unit="Pounds; the report gives each part as “about”." if all(one.approximate for one in parts) else "Pounds.",
        dated=f"Published in {published.text}",
        source=source,
        bars=tuple(
            ChartBar(one.funder, Decimal(one.amount), wording.pounds(one.amount, one.approximate), source)
            for one in parts
        ),
        full=Decimal(budget.amount or 0),
        ends=("£0", whole),
        url=f"{addresses.of_trust(trust.slug)}#{anchor(name)}",
    )
