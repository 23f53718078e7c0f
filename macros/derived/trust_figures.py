"""Figures that count Trusts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from macros.derived.figure import SILENT, Figure, Group
from macros.model import wording
from macros.model.base import OURS
from macros.model.vocabulary import (
    NOT_MENTIONED,
    Interview,
    Involvement,
    Lifecycle,
    Reporting,
    Represented,
    State,
    TakingPart,
)
from macros.reading.guide import Guide

if TYPE_CHECKING:
    import pandas as pd


def trust_figures(guide: Guide, table: pd.DataFrame) -> list[Figure]:
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
            "Trusts that the report counts among those that contributed.",
        ),
        count(
            "trusts-interviewed",
            "interview",
            table["interview"] != Interview.NONE,
            "Trusts whose officers were interviewed",
            "Face to face or by telephone.",
        ),
        count(
            "trusts-reporting-investment",
            "investment_reporting",
            table["investment_reporting"] == Reporting.REPORTED,
            "Trusts that reported what they invested in the sector",
            "Inferred. Sums that are labelled as not reported or estimated do not count.",
            sections.of("investment"),
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
            "Trusts with the sector on their board or top group",
            f"Trusts where the sector was represented on the board or the partnership’s top group. {SILENT}",
            sections.of("governance"),
        ),
        count(
            "trusts-stating-board-seats",
            "board_seats",
            table["board_seats"] != NOT_MENTIONED,
            "Trusts for which the number of the sector’s seats on the board is stated",
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
    """The first sections that the parts of all profiles rest on. A Trust's name may differ from its chapter's."""

    guide: Guide

    def of(self, *parts: str) -> tuple[str, ...]:
        """Return the sections of some parts, by their names in a profile, in the order of the Trusts."""
        sources = (getattr(trust, part).source for part in parts for trust in self.guide.trusts)
        return tuple(dict.fromkeys(first for source in sources for first in source[:1] if first != OURS))


@dataclass(frozen=True)
class _Counter:
    """Counts the matching rows of the Trusts' table, and groups all rows by the words in a column."""

    guide: Guide
    table: pd.DataFrame

    def __call__(
        self,
        name: str,
        column: str,
        fits: pd.Series[bool],
        label: str,
        counts: str,
        source: tuple[str, ...] = (OURS,),
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
        )

    def _groups(self, column: str) -> tuple[Group, ...]:
        found = self.table.groupby(self.table[column].astype(str), sort=False)["slug"].agg(list)
        groups = (Group(str(word), tuple(slugs)) for word, slugs in found.items())
        return tuple(sorted(groups, key=lambda group: (group.word == NOT_MENTIONED, -len(group.slugs), group.word)))
