"""Decides which cells are hidden: those that reveal too much themselves, and the fewest others that protect these.

A hidden cell is safe if the published figures allow it values at least the threshold apart. If it is not safe, a linear
programme finds the cheapest set of other cells through which it could have been another number, and those are hidden as
well (after Castro, “A shortest-paths heuristic for statistical data protection in positive tables”, 2007). At the end,
each cell that was hidden to protect others is shown again if they stay safe without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from macros.editing.survey_tools.aggregates import BASE, MISSING, UNSTATED, CellCounts, Key, blocks
from macros.editing.survey_tools.equations import Equations, add_release
from macros.editing.survey_tools.extra import SurveyError, library
from macros.editing.survey_tools.hiding_costs import cost_of, families
from macros.editing.survey_tools.movements import CellPart, Vector, reach
from macros.editing.survey_tools.primary import HiddenCounts, primary, protected
from macros.model.questionnaire import EVERYONE, Questionnaire
from macros.model.release import Hiding

PATIENCE = 20.0
"""Seconds spent on showing cells again that need not be hidden."""
_CLOSE = 1e-6
_STIRS = 6


@dataclass
class Protection:
    """Tables made safe: their true counts, and the cells hidden by each rule."""

    asked: Questionnaire
    counts: CellCounts
    usable: int
    hidden: HiddenCounts
    fixed: frozenset[Key] = frozenset()
    """Cells that an earlier release shows: hiding them now would be no use."""
    untried: int = 0
    """How many counts are hidden to protect others without a test of whether that is necessary."""
    _tables: _Tables = field(init=False)

    def __post_init__(self) -> None:
        self._tables = _Tables(self)

    @property
    def published(self) -> list[Key]:
        """Every cell that is published or hidden, in the order of the tables: options and bases."""
        return [key for block in blocks(self.asked) for key in (*block.answers, *block.apart, block.base)]


def protect(
    asked: Questionnaire,
    counts: CellCounts,
    usable: int,
    earlier: dict[Key, int] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Protection:
    """Return the cells to hide; raises SurveyError if no way is found to keep the small ones secret."""
    if usable < asked.disclosure.smallest_group:
        raise SurveyError(
            f"only {usable} answers can be used: below {asked.disclosure.smallest_group} nothing is published"
        )
    hidden = primary(asked, counts, earlier)
    made = Protection(asked, counts, usable, hidden, frozenset(earlier or ()))
    _hide_others(made, tell)
    _show_again(made, tell)
    _hide_others(made, tell)  # which cells need protection depends on what else is shown
    return made


def _hide_others(made: Protection, tell: Callable[[str], None]) -> None:
    """Hide what protects the hidden cells, and what protects that, until all are safe."""
    queue = protected(made.asked, made.hidden, made.counts, made.hidden)
    while queue:
        tell(f"Hiding what could be worked out: {len(queue):,} cells to look at…")
        made._tables.stir(queue)
        added = [new for key in queue for new in made._tables.hide_for(key)]
        queue = protected(made.asked, added, made.counts, made.hidden)


def hide_more(made: Protection, keys: Iterable[Key]) -> None:
    """Hide more to protect cells that the audit found too easy to work out."""
    for key in keys:
        made.untried += sum(new.answer != BASE for new in made._tables.hide_for(key, again=True))


def _show_again(made: Protection, tell: Callable[[str], None]) -> None:
    """Show cells again that need not be hidden for others: bases first, as no count is shown without its base."""
    started = monotonic()
    spare = [key for key, rule in made.hidden.items() if rule == Hiding.PROTECTS]
    spare.sort(key=lambda key: (key.answer != BASE, key.by != EVERYONE, -made.counts[key]))
    for number, key in enumerate(spare):
        if monotonic() - started > PATIENCE:
            made.untried = sum(left.answer != BASE for left in spare[number:])
            return
        tell(f"Showing again what need not be hidden: {number:,} of {len(spare):,} cells…")
        if key.answer == BASE or Key(*key[:3], BASE) not in made.hidden:
            made._tables.show_if_spare(key)


class _Tables:
    """The equations of one release with its true counts: how far hidden cells can move while shown cells do not."""

    def __init__(self, made: Protection) -> None:
        self.made = made
        equations = Equations()
        add_release(equations, made.asked, made.usable)
        self.keys = [key for _, key in equations.index]
        self.place = {key: number for number, key in enumerate(self.keys)}
        self.matrix = equations.matrix()
        self.truth = np.array([made.counts[key] for key in self.keys], dtype=float)
        at = self.matrix @ self.truth
        self.low, self.high = np.array(equations.low) - at, np.array(equations.high) - at
        self.up, self.down = np.zeros(len(self.keys)), np.zeros(len(self.keys))
        self.moves: list[Vector] = []
        """Movements that are possible while everything shown stays the same."""
        self.families = families(made.asked)
        self.costs = np.array([cost_of(made.asked, made.counts, key) for key in self.keys])
        self.block_of = {block.base[:3]: block for block in blocks(made.asked)}
        self.never_shown = np.array([key.answer == MISSING or key.group == UNSTATED for key in self.keys])
        self.stuck = np.array([key in made.fixed for key in self.keys])
        self.optimize, self.sparse = library("scipy.optimize"), library("scipy.sparse")
        self.chance = np.random.default_rng(0)
        self._near: dict[tuple[str, str], CellPart] = {}

    @property
    def threshold(self) -> int:
        return self.made.asked.disclosure.threshold

    def hide_for(self, key: Key, *, again: bool = False) -> list[Key]:
        """Hide cells that protect a hidden cell; return those. Raises SurveyError if nothing helps."""
        place = self.place[key]
        if not again and self._is_safe(place):
            return []
        for part in (self._near_to(key), self._whole()):
            moves = self._swing(place, part, self._prices(again))
            if moves:
                new = self._hide(np.max(np.abs(moves), axis=0))
                self._remember(moves)
                return new
        raise SurveyError(
            f"no way was found to publish these tables safely: “{key.question}” by “{key.by}” has a group that "
            "everything else gives away; publish fewer groups, or put small ones together"
        )

    def show_if_spare(self, key: Key) -> None:
        """Show a cell again unless hidden cells would then be too easy to work out."""
        place, rule = self.place[key], self.made.hidden.pop(key)
        kept = (self.moves, self.up, self.down)
        self.moves = [move for move in self.moves if abs(move[place]) < _CLOSE]
        touched = {
            int(at) for move in kept[0] if abs(move[place]) >= _CLOSE for at in np.flatnonzero(np.abs(move) > 0.5)
        }
        self.up, self.down = reach(self.moves, len(self.keys))
        prices = self._prices(shown=np.inf)
        for at in sorted(touched - {place}):
            one = self.keys[at]
            if one in self.made.hidden and self._counts(one) and not self._is_safe(at):
                moves = self._swing(at, self._near_to(one), prices) or self._swing(at, self._whole(), prices)
                if not moves:
                    self.moves, self.up, self.down = kept
                    self.made.hidden[key] = rule
                    return
                self._remember(moves)

    def _counts(self, key: Key) -> bool:
        return bool(protected(self.made.asked, [key], self.made.counts, self.made.hidden))

    def stir(self, keys: list[Key]) -> None:
        """Move many hidden cells at once, at random: this shows most of them to be safe, without a test of each."""
        parts = {(key.question, key.by): self._near_to(key) for key in keys}
        wanted = np.zeros(len(self.keys), dtype=bool)
        wanted[[self.place[key] for key in keys]] = True
        for part in (*parts.values(), self._whole()):
            for _ in range(_STIRS):
                unsafe = wanted & (self.up + self.down < self.threshold - _CLOSE)
                if unsafe[part.columns].sum() < (3 if part is not self._whole() else 20):
                    break
                self._stir(part, unsafe)

    def _stir(self, part: CellPart, unsafe: NDArray[np.bool_]) -> None:
        free = self._prices()[part.columns] < 0.1
        goal = np.where(unsafe[part.columns], self.chance.choice([-1.0, 1.0], size=len(part.columns)), 0.0)
        most = np.where(free, float(self.threshold), 0.0)
        upwards = part.matrix[:, : len(part.columns)]
        fits = self.optimize.LinearConstraint(upwards, self.low[part.rows], self.high[part.rows])
        bounds = self.optimize.Bounds(np.maximum(-self.truth[part.columns], -most), most)
        found = self.optimize.milp(goal, constraints=fits, bounds=bounds)
        if found.x is not None:
            move = np.zeros(len(self.keys))
            move[part.columns] = found.x
            self._remember([move])

    def _is_safe(self, place: int) -> bool:
        return bool(self.up[place] + self.down[place] >= self.threshold - _CLOSE)

    def _remember(self, moves: list[Vector]) -> None:
        self.moves += moves
        for move in moves:
            self.up, self.down = np.maximum(self.up, move), np.maximum(self.down, -move)

    def _prices(self, again: bool = False, shown: float = 0.0) -> Vector:
        """Return the cost of moving each cell: next to nothing for cells that nobody is shown."""
        free = self.never_shown.copy()
        free[[self.place[key] for key in self.made.hidden]] = True
        prices = np.where(free, 0.5 if again else 0.01, self.costs + shown)
        return np.where(self.stuck, np.inf, prices)

    def _swing(self, place: int, part: CellPart, prices: Vector) -> list[Vector]:
        """Return the cheapest movements, up and down, that lie the threshold apart for one cell; none if impossible.

        If a cell cannot move up by some amount, it cannot move up by more, as half of a movement is also one. So the
        search ends with the first way down that would need too much upwards, as each further one needs more.
        """
        threshold = float(self.threshold)
        low = min(self.truth[place], threshold)
        for down in dict.fromkeys((0.0, low, *np.arange(low, 0.0, -1.0))):
            up = self._move(place, threshold - down, part, prices) if down < threshold else np.zeros(len(self.keys))
            if up is None:
                if down:
                    return []
                continue
            if not down:
                return [up]
            back = self._move(place, -down, part, prices)
            if back is not None:
                return [back] if down == threshold else [up, back]
        return []

    def _move(self, place: int, swing: float, part: CellPart, prices: Vector) -> Vector | None:
        """Return the cheapest movement in which a cell moves by this much; up and down are separate unknowns."""
        price = prices[part.columns]
        limit = np.where(np.isinf(price), 0.0, 10.0 * self.threshold)
        upper = np.concatenate([limit, np.minimum(limit, self.truth[part.columns])])
        lower = np.zeros(len(upper))
        ways = int(np.searchsorted(part.columns, place)) + np.array([0, len(part.columns)])
        at, back = ways if swing > 0 else ways[::-1]
        if abs(swing) > upper[at] + _CLOSE:
            return None
        lower[at] = upper[at] = abs(swing)
        upper[back] = 0.0  # otherwise it would go there and back, which moves nothing
        free = np.flatnonzero(upper)  # passing on cells that cannot move takes longer than solving
        fits = self.optimize.LinearConstraint(part.matrix[:, free], self.low[part.rows], self.high[part.rows])
        bounds = self.optimize.Bounds(lower[free], upper[free])
        found = self.optimize.milp(np.concatenate([price, price])[free], constraints=fits, bounds=bounds)
        if found.x is None:
            return None
        both = np.zeros(len(upper))
        both[free] = found.x
        move = np.zeros(len(self.keys))
        move[part.columns] = both[: len(part.columns)] - both[len(part.columns) :]
        return move

    def _hide(self, moved: Vector) -> list[Key]:
        """Hide each cell that a movement touches, and every count whose base is hidden by that; return them."""
        new: list[Key] = []
        for place in np.flatnonzero((moved > _CLOSE) & ~self.never_shown):
            block = self.block_of[self.keys[place][:3]]
            keys = (
                (block.base, *block.answers, *block.apart) if self.keys[place].answer == BASE else (self.keys[place],)
            )
            new += [key for key in keys if key not in self.made.hidden]
            self.made.hidden.update((key, Hiding.PROTECTS) for key in keys if key not in self.made.hidden)
        return list(dict.fromkeys(new))

    def _near_to(self, key: Key) -> CellPart:
        """Return the cells of the questions that lead to this one, or on from it, in the same grouping."""
        if (key.question, key.by) not in self._near:
            family, ways = self.families[key.question], {EVERYONE, key.by}
            every = key.by == EVERYONE
            near = [one.question in family and (every or one.by in ways) for one in self.keys]
            self._near[key.question, key.by] = self._part(np.flatnonzero(near))
        return self._near[key.question, key.by]

    def _whole(self) -> CellPart:
        if ("", "") not in self._near:
            self._near["", ""] = self._part(np.arange(len(self.keys)))
        return self._near["", ""]

    def _part(self, columns: NDArray[np.int64]) -> CellPart:
        matrix = self.matrix[:, columns]
        rows = np.flatnonzero(matrix.getnnz(axis=1))
        return CellPart(columns, rows, self.sparse.hstack([matrix[rows], -matrix[rows]], format="csc"))
