"""Figures: every number that the guide works out from its data, named once and used by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros import frames, wording
from macros.guide import Guide
from macros.model.base import OURS, Read, hangs_on, watching
from macros.model.survey import Answer, Survey
from macros.model.words import (
    NOT_MENTIONED,
    FigureKind,
    Interview,
    Involvement,
    Lifecycle,
    Per,
    Qualifier,
    Reporting,
    Represented,
    Result,
    State,
    TakingPart,
)
from macros.problems import UnknownName

if TYPE_CHECKING:
    import pandas as pd


SILENT = "Trusts where the report does not mention it are left out of the count, not counted as “no”."


@dataclass(frozen=True)
class Group:
    """The Trusts that share one answer."""

    word: str
    slugs: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """A number worked out from the data."""

    name: str
    text: str
    """How it reads in a sentence, such as `four of the ten`."""
    value: int | float | None
    """The number itself; None where the report prints none."""
    label: str
    """What it counts, as a heading."""
    counts: str
    """How it is worked out, and what “not mentioned” does to it."""
    source: tuple[str, ...]
    """The sections that state it or that it is worked out from."""
    records: tuple[str, ...]
    groups: tuple[Group, ...] = ()
    stated: str = ""
    """What the report itself says of it, in our words; empty if it says nothing."""


def figures(guide: Guide) -> Mapping[str, Figure]:
    """Return all figures by name. Worked out once for each Guide."""
    hangs_on("figures")
    return _worked(guide).figures


def figure(guide: Guide, name: str) -> Figure:
    """Return a figure by name; raises UnknownName."""
    known = _worked(guide).figures
    if name not in known:
        hangs_on("figures")
        raise UnknownName("figure", name, known)
    hangs_on("figures", name)
    return known[name]


def counted(guide: Guide) -> Set[Read]:
    """Return the fields of records that figures are worked out from."""
    hangs_on("figures", COUNTED)
    return _worked(guide).counted


@dataclass(frozen=True)
class Worked:
    """The figures of a Guide."""

    figures: Mapping[str, Figure]
    counted: Set[Read]
    """The fields that they are worked out from."""
    behind: Set[Read]
    """What else they hang on."""


COUNTED = "what they are worked out from"


def worked_out(guide: Guide) -> Worked | None:
    """Return the figures of a Guide if they were asked for."""
    return _worked_out.get(guide)


def take_over(worked: Worked, guide: Guide) -> None:
    """Let a Guide have the figures of the one before it, as nothing changed that they are worked out from."""
    _worked_out.clear()  # one Guide at a time is in use; an old one need not be kept
    _worked_out[guide] = worked


def _worked(guide: Guide) -> Worked:
    if guide not in _worked_out:
        seen: set[Read] = set()
        behind: set[Read] = set()
        with watching(seen, behind):
            found = {figure.name: figure for figure in _all(guide)}
        take_over(Worked(found, seen, behind), guide)
    return _worked_out[guide]


_worked_out: dict[Guide, Worked] = {}


def _all(guide: Guide) -> list[Figure]:
    table = frames.trusts(guide)
    return [
        *_trust_figures(guide, table),
        *_money_figures(guide),
        *(figure for survey in guide.surveys for figure in _survey_figures(survey)),
        _length(
            "recommendations",
            "Recommendations in the report",
            "clear-expectations#recommendations",
            len(guide.recommendations),
            "recommendations",
        ),
        _length("standards", "Standards of good engagement", OURS, len(guide.standards), "standards"),
        _length("core-standards", "Core standards", OURS, sum(one.core for one in guide.standards), "standards"),
        _length("practices", "Practices that the report describes", OURS, len(guide.practices), "practices"),
        _length(
            "practices-with-a-result",
            "Practices whose result the report states",
            OURS,
            sum(one.result == Result.STATED for one in guide.practices),
            "practices",
        ),
        _length(
            "audit-findings",
            "Audit Commission findings that the report passes on",
            "clear-expectations#progress",
            len(guide.point_list("audit-findings").points),
            "report/audit-findings",
        ),
    ]


# --- counts of Trusts ---------------------------------------------------------------------------------------------


def _trust_figures(guide: Guide, table: pd.DataFrame) -> list[Figure]:
    sections = _Sections(guide)
    count = _Counter(guide, table)
    return [
        count(
            "trusts",
            "slug",
            table["slug"].notna(),
            "Trusts in the region",
            "Trusts that have a profile.",
            sections.of("context"),
        ),
        count(
            "trusts-contributing",
            "taking_part",
            table["taking_part"] == TakingPart.CONTRIBUTED,
            "Trusts that took part",
            "Trusts that answered the survey of officers or were interviewed. Norfolk declined; its profile rests on "
            "published documents.",
            ("clear-expectations#method(2)", "clear-expectations#method(3)"),
            "Nine Trusts contributed and were sent the draft.",
        ),
        count(
            "trusts-interviewed",
            "interview",
            table["interview"] != Interview.NONE,
            "Trusts whose officers were interviewed",
            "Face to face or by telephone.",
            ("clear-expectations#method(2)",),
            "Four were interviewed face to face and two by telephone.",
        ),
        count(
            "trusts-reporting-investment",
            "investment_reporting",
            table["investment_reporting"] == Reporting.REPORTED,
            "Trusts that reported what they invested in the sector",
            "Inferred: the report gives the number but not the names. We read them from the ten chapters. Sums that "
            "are labelled as not reported or estimated do not count.",
            ("clear-expectations#statutory-summary(8)", *sections.of("investment")),
            "Only four of the ten Trusts did.",
        ),
        count(
            "trusts-giving-a-sum",
            "investment_sums",
            table["investment_sums"] > 0,
            "Trusts for which any sum is given",
            "Trusts with at least one sum, whether reported, estimated or a floor. The sums cover different things and "
            "are never added or compared.",
            sections.of("investment"),
        ),
        count(
            "trusts-with-a-unit",
            "unit_state",
            table["unit_state"] == State.IN_PLACE,
            "Trusts with a joint commissioning unit",
            f"Units that were in place. Those being set up or planned are not counted. {SILENT}",
            sections.of("context"),
        ),
        count(
            "trusts-with-a-framework",
            "framework_state",
            table["framework_state"] == State.IN_PLACE,
            "Trusts with a joint commissioning framework",
            f"Frameworks that were in place. {SILENT}",
            sections.of("context", "next_steps", "training"),
        ),
        count(
            "trusts-with-board-seats",
            "board_representation",
            table["board_representation"] == Represented.YES,
            "Trusts with the sector on their board",
            f"Trusts where the sector was represented on the board or the partnership’s top group. {SILENT}",
            sections.of("governance"),
        ),
        count(
            "trusts-stating-board-seats",
            "board_seats",
            table["board_seats"] != NOT_MENTIONED,
            "Trusts that stated how many board seats the sector held",
            SILENT,
            sections.of("governance"),
        ),
        count(
            "trusts-not-involving-in-needs",
            "needs_involvement",
            table["needs_involvement"] == Involvement.NOT_INVOLVED,
            "Trusts that had not involved the sector in needs assessment",
            f"Only where the report says so outright. {SILENT}",
            sections.of("needs"),
        ),
        count(
            "trusts-silent-on-needs",
            "needs_involvement",
            table["needs_involvement"] == Involvement.NOT_MENTIONED,
            "Trusts where the sector’s part in needs assessment is not mentioned",
            "The chapter describes needs assessment but not what the sector did. That is not the same as no part.",
            sections.of("needs"),
        ),
        count(
            "trusts-ended",
            "lifecycle",
            table["lifecycle"] == Lifecycle.ENDED,
            "Trusts whose council had come to an end",
            "Councils that ended on or before the month of the report.",
            sections.of("next_steps"),
        ),
    ]


@dataclass(frozen=True)
class _Sections:
    """The sections that the parts of all profiles rest on first. A Trust may have another name than its chapter."""

    guide: Guide

    def of(self, *parts: str) -> tuple[str, ...]:
        """Return those of some parts, by the names of the parts in a profile, in the order of the Trusts."""
        sources = (getattr(trust, part).source for part in parts for trust in self.guide.trusts)
        return tuple(dict.fromkeys(first for source in sources for first in source[:1] if first != OURS))


@dataclass(frozen=True)
class _Counter:
    """Counts the rows of the Trusts' table that fit, and groups all of them by the words of a column."""

    guide: Guide
    table: pd.DataFrame

    def __call__(
        self,
        name: str,
        column: str,
        fits: pd.Series[bool],
        label: str,
        counts: str,
        source: tuple[str, ...],
        stated: str = "",
    ) -> Figure:
        value, whole = int(fits.sum()), len(self.table)
        return Figure(
            name=name,
            text=wording.number(whole) if column == "slug" else wording.of(value, whole),
            value=value,
            label=label,
            counts=counts,
            source=source,
            records=tuple(f"trusts/{slug}" for slug in self.table["slug"]),
            groups=self._groups(column) if column != "slug" else (),
            stated=stated,
        )

    def _groups(self, column: str) -> tuple[Group, ...]:
        found = self.table.groupby(self.table[column].astype(str), sort=False)["slug"].agg(list)
        groups = (Group(str(word), tuple(slugs)) for word, slugs in found.items())
        return tuple(sorted(groups, key=lambda group: (group.word == NOT_MENTIONED, -len(group.slugs), group.word)))


# --- money --------------------------------------------------------------------------------------------------------


def _money_figures(guide: Guide) -> list[Figure]:
    found = []
    table = frames.investment(guide)
    for trust in guide.trusts:
        years = [one for one in trust.investment.figures if one.per == Per.YEAR and one.period and not one.approximate]
        if len(years) > 1 and {one.kind for one in years} == {FigureKind.REPORTED}:
            rows = table[(table["trust"] == trust.slug) & (table["per"] == Per.YEAR)].sort_values("period")
            first, last = int(rows["amount"].iloc[0]), int(rows["amount"].iloc[-1])
            rise = round(100 * (last - first) / first)
            found.append(
                Figure(
                    name=f"{trust.slug}-growth",
                    text=f"from {wording.pounds(first)} to {wording.pounds(last)}",
                    value=rise,
                    label=f"{trust.name}: change in reported investment",
                    counts=f"From {rows['period'].iloc[0]} to {rows['period'].iloc[-1]}: "
                    f"{wording.pounds(last - first)}, or {rise}%. From the yearly totals, not adjusted for prices.",
                    source=trust.investment.source,
                    records=(trust.where,),
                )
            )
        found += [
            Figure(
                name=f"{trust.slug}-pooled-budget",
                text=wording.pounds(sum(part.amount for part in budget.parts)),
                value=sum(part.amount for part in budget.parts),
                label=f"{trust.name}: {budget.name}",
                counts=f"The sum of its {wording.number(len(budget.parts))} parts, each given as “about”.",
                source=budget.source,
                records=(trust.where,),
                stated=f"The report gives the whole as {wording.pounds(budget.amount or 0)}.",
            )
            for budget in trust.context.commissioning.budgets
            if budget.parts
        ]
    return found


# --- survey -------------------------------------------------------------------------------------------------------


def _survey_figures(survey: Survey) -> list[Figure]:
    wave, method = survey.wave, ("clear-expectations#method(1)",)
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
    """Return an answer's share as the report gives it: `38%`, `over 50%`, `the majority`."""
    if answer.percent is None:
        return str(answer.qualifier)
    words: Callable[[str], str] = {
        Qualifier.OVER: "over {}".format,
        Qualifier.MAJORITY: "the majority ({})".format,
    }.get(answer.qualifier, str)
    return words(wording.percent(answer.percent))


def _length(name: str, label: str, source: str, value: int, record: str) -> Figure:
    return Figure(name, wording.number(value), value, label, "A count of the list.", (source,), (record,))
