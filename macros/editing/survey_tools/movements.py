"""Movements of hidden cells: the values that they could have instead while everything that is shown stays the same."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
"""How far each cell moves, in the order of the equations."""


class CellPart(NamedTuple):
    """Some of the cells, with the equations about them; a column for moving up and one for moving down."""

    columns: NDArray[np.int64]
    rows: NDArray[np.int64]
    matrix: Any


def reach(moves: list[Vector], width: int) -> tuple[Vector, Vector]:
    """Return how far up and down each cell moves in any of the movements."""
    if not moves:
        return np.zeros(width), np.zeros(width)
    stack = np.array(moves)
    return np.maximum(stack.max(axis=0), 0.0), np.maximum(-stack.min(axis=0), 0.0)
