"""How far apart two values of a hidden cell can lie, given everything that is published: a proof in whole numbers.

Each value found belongs to a complete table of counts that fits every equation, so a cell that is called safe is safe
against any calculation. Cells that cannot be proved safe in time count as not safe.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from macros.editing.survey_tools.equations import Equations
from macros.editing.survey_tools.extra import library

_STIRS = 60
"""The most times that all cells are moved at once: one such movement costs as much as looking at one cell, and shows
most of the remaining cells to be safe."""
_IN_VAIN = 4
"""After this many in a row that show nothing new, each cell is looked at on its own."""
_NEAR = 250
"""The number of cells moved at first to find another value of one: most need few."""
_SECONDS = 20.0


def too_close(equations: Equations, known: Mapping[int, float], targets: Sequence[int], apart: int) -> list[int] | None:
    """Return the cells without two possible values this far apart; None if no counts fit at all.

    `known` are the unknowns of the equations that are published, with their values.
    """
    if not targets:
        return []
    return _Spread(equations, known, apart).unsafe(targets)


class _Spread:
    def __init__(self, equations: Equations, known: Mapping[int, float], apart: int) -> None:
        matrix, self.apart = equations.matrix(), apart
        self.optimize = library("scipy.optimize")
        values = np.zeros(len(equations.index))
        values[list(known)] = list(known.values())
        self.free = np.array([place for place in range(len(values)) if place not in known], dtype=int)
        at = matrix @ values
        rows = np.ones(matrix.shape[0], dtype=bool)
        self.matrix: Any = matrix[:, self.free].tocsr()[rows]
        self.by_cell: Any = self.matrix.tocsc()
        self.low, self.high = np.array(equations.low) - at, np.array(equations.high) - at
        self.chance = np.random.default_rng(1)
        width = len(self.free)
        self.first = self._solve(np.zeros(width), np.zeros(width), np.full(width, np.inf), np.arange(width), None)
        if self.first is not None:
            self.least, self.most = self.first.copy(), self.first.copy()

    def unsafe(self, targets: Sequence[int]) -> list[int] | None:
        if self.first is None:
            return None
        place_of = {int(place): number for number, place in enumerate(self.free)}
        places = [place_of[target] for target in targets if target in place_of]
        given_away = [target for target in targets if target not in place_of]
        self._stir(places)
        for place in places:
            if not self._is_safe(place):
                self._look(place, self._around(place), whole=False)
            if not self._is_safe(place):
                self._look(place, np.arange(len(self.free)), whole=True)
        return given_away + [int(self.free[place]) for place in places if not self._is_safe(place)]

    def _is_safe(self, place: int) -> bool:
        return bool(self.most[place] - self.least[place] >= self.apart)

    def _box(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the bounds for moving cells: no wider than needed, so that many can move."""
        assert self.first is not None  # noqa: S101 - `unsafe` has looked
        return np.maximum(0.0, self.first - self.apart), self.first + self.apart

    def _stir(self, places: Sequence[int]) -> None:
        """Move all cells at once, at random, until few are left or no more of them are shown to be safe."""
        before, in_vain = len(places) + 1, 0
        for _ in range(_STIRS):
            left = [place for place in places if not self._is_safe(place)]
            before, in_vain = len(left), in_vain + 1 if len(left) == before else 0
            if len(left) < 4 or in_vain == _IN_VAIN:
                return
            goal = np.zeros(len(self.free))
            goal[left] = self.chance.choice([-1.0, 1.0], size=len(left))
            self._note(self._solve(goal, *self._box(), np.arange(len(self.free)), self.first))

    def _look(self, place: int, cells: NDArray[np.int64], *, whole: bool) -> None:
        """Look for the highest value of one cell, then if need be for the lowest, while only some cells move."""
        low, high = self._box()
        if whole:
            low, high = np.zeros(len(self.free)), np.full(len(self.free), np.inf)
        for sign in (-1.0, 1.0):
            if self._is_safe(place):
                return
            goal = np.zeros(len(self.free))
            goal[place] = sign
            self._note(self._solve(goal, low, high, cells, self.first))

    def _note(self, found: NDArray[np.float64] | None) -> None:
        if found is not None:
            self.least, self.most = np.minimum(self.least, found), np.maximum(self.most, found)

    def _around(self, place: int) -> NDArray[np.int64]:
        """Return the cells nearest to one, by the equations that they share."""
        reached, front = {place}, {place}
        while front and len(reached) < _NEAR:
            rows = np.unique(self.by_cell[:, sorted(front)].indices)
            front = set(np.unique(self.matrix[rows].indices).tolist()) - reached
            reached |= front
        return np.array(sorted(reached))

    def _solve(
        self,
        goal: NDArray[np.float64],
        low: NDArray[np.float64],
        high: NDArray[np.float64],
        cells: NDArray[np.int64],
        others: NDArray[np.float64] | None,
    ) -> NDArray[np.float64] | None:
        """Return counts that fit and minimise the goal, if only some cells move and the others stay as they are."""
        if len(cells) == 0:
            return np.zeros(0)
        rest = np.zeros(len(self.free)) if others is None else others.copy()
        rest[cells] = 0.0
        part = self.matrix[:, cells]
        rows = np.flatnonzero(part.getnnz(axis=1)) if others is not None else np.arange(self.matrix.shape[0])
        at = self.matrix[rows] @ rest
        found = self.optimize.milp(
            goal[cells],
            integrality=np.ones(len(cells)),
            constraints=self.optimize.LinearConstraint(part[rows], self.low[rows] - at, self.high[rows] - at),
            bounds=self.optimize.Bounds(low[cells], high[cells]),
            options={"time_limit": _SECONDS},
        )
        if found.x is None:
            return None
        rest[cells] = np.round(found.x)
        at = self.matrix @ rest
        fits = (at >= self.low - 1e-6).all() and (at <= self.high + 1e-6).all()
        return rest if fits and (rest >= 0).all() else None
