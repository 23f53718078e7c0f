"""Facts about tables that hold whatever their counts are: which cells add up to which, as linear equations.

They hold for every release of a wave: options add up to bases, groups to everyone, and the number of people asked a
question is known from the answers to the one that leads to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from macros.editing.survey_tools.aggregates import MISSING, UNSTATED, Key, TableRow, blocks
from macros.editing.survey_tools.extra import library
from macros.model.questionnaire import EVERYONE, AskedQuestion, Questionnaire

WeightedCell = tuple[int, float]


@dataclass
class Equations:
    """Linear equations and inequalities about cells: `low <= sum <= high` for each row."""

    index: dict[tuple[int, Key], int] = field(default_factory=dict)
    """The number of the unknown for a release and a cell."""
    rows: list[list[WeightedCell]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def at(self, release: int, key: Key) -> int:
        """Return the number of a cell’s unknown, adding it if it is new."""
        return self.index.setdefault((release, key), len(self.index))

    def add(self, terms: list[WeightedCell], low: float, high: float) -> None:
        """Add `low <= terms <= high`."""
        self.rows.append(terms)
        self.low.append(low)
        self.high.append(high)

    def equal(self, terms: list[WeightedCell], value: float = 0.0) -> None:
        self.add(terms, value, value)

    def at_most(self, terms: list[WeightedCell], value: float = 0.0) -> None:
        self.add(terms, -np.inf, value)

    def matrix(self) -> Any:
        """Return the rows as a sparse matrix, a column for each unknown."""
        sparse = library("scipy.sparse")
        places = [(row, column, value) for row, terms in enumerate(self.rows) for column, value in terms]
        row, column, value = zip(*places, strict=True) if places else ((), (), ())
        return sparse.csr_matrix((value, (row, column)), shape=(len(self.rows), len(self.index)))


def add_release(equations: Equations, asked: Questionnaire, usable: int, number: int = 0) -> None:
    """Add the equations for the tables of one release."""
    _Writer(equations, asked, usable, number).write()


@dataclass
class _Writer:
    equations: Equations
    asked: Questionnaire
    usable: int
    number: int

    def write(self) -> None:
        for block in blocks(self.asked, unstated=True):
            self._inside(block)
        for question in self.asked.counted:
            if question not in self.asked.groupings:
                for grouping in self.asked.groupings:
                    self._groups_make_everyone(question, grouping)

    def _of(self, keys: list[Key], sign: float = 1.0) -> list[WeightedCell]:
        return [(self.equations.at(self.number, key), sign) for key in keys]

    def _inside(self, block: TableRow) -> None:
        """Add the relations between the cells of one row."""
        given = self._of([block.base, *block.apart, block.key(MISSING)])
        for terms, constant, exact in self._asked(block):
            if exact:
                self.equations.equal([*given, *terms], constant)
            else:
                self.equations.at_most([*given, *terms], constant)
        for terms in self._at_least(block):
            self.equations.at_most([*terms, *((place, -sign) for place, sign in given)])
        if block.question.takes_several:
            for key in block.answers:
                self.equations.at_most([*self._of([key]), *self._of([block.base], -1.0)])
            self.equations.at_most([*self._of([block.base]), *self._of(block.answers, -1.0)])
        else:
            self.equations.equal([*self._of(block.answers), *self._of([block.base], -1.0)])

    def _size(self, block: TableRow) -> tuple[list[WeightedCell], float]:
        """Return the size of a group, as terms to subtract and a constant."""
        if block.by == EVERYONE:
            return [], float(self.usable)
        grouping = TableRow(self.asked.question(block.by), EVERYONE, EVERYONE)
        if block.group == UNSTATED:
            return self._of([*grouping.apart, grouping.key(MISSING)], -1.0), 0.0
        return self._of([grouping.key(block.group)], -1.0), 0.0

    def _asked(self, block: TableRow) -> Iterator[tuple[list[WeightedCell], float, bool]]:
        """Yield the number of people asked in a group: terms to subtract, a constant, and whether it is exact."""
        route = block.question.asked_if
        size, constant = self._size(block)
        if route is None:
            yield size, constant, True
            return
        leads = self.asked.question(route.question)
        if block.by == leads.id:
            in_it = block.group in route.options
            yield (size, constant, True) if in_it else ([], 0.0, block.group != UNSTATED)
        elif block.by != EVERYONE and leads in self.asked.groupings:
            yield size, constant, False
        else:
            chose = self._of([Key(leads.id, block.by, block.group, name) for name in route.options], -1.0)
            exact = not leads.takes_several or len(route.options) == 1
            yield chose, 0.0, exact
            if not exact:
                yield size, constant, False

    def _at_least(self, block: TableRow) -> Iterator[list[WeightedCell]]:
        """Yield lower limits of the number of people asked, where only limits are known."""
        route = block.question.asked_if
        if route is None:
            return
        leads = self.asked.question(route.question)
        if leads.takes_several and len(route.options) > 1 and block.by != leads.id:
            yield from (self._of([Key(leads.id, block.by, block.group, name)]) for name in route.options)

    def _groups_make_everyone(self, question: AskedQuestion, grouping: AskedQuestion) -> None:
        whole = TableRow(question, EVERYONE, EVERYONE)
        for key in (whole.base, *whole.answers, *whole.apart, whole.key(MISSING)):
            groups = [*(option.id for option in grouping.answers), UNSTATED]
            parts = [Key(question.id, grouping.id, group, key.answer) for group in groups]
            self.equations.equal([*self._of(parts), *self._of([key], -1.0)])
