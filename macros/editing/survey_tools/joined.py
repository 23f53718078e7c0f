"""Several answers in one cell: split by the known options, as options may contain the separator too."""

from __future__ import annotations

from collections.abc import Sequence

from macros.editing.survey_tools.plain_text import plain

_LONGEST = 20_000


def split(cell: str, labels: Sequence[str], separators: Sequence[str]) -> tuple[list[int], bool]:
    """Return the numbers of the options in a cell, and whether it holds anything else.

    `labels` are in their plain form. Of two ways to read a cell, the one with nothing left over wins, then the one with
    the longer options.
    """
    text = " ".join(plain(cell[:_LONGEST]).split())
    marks = [mark.strip() or " " for mark in separators]
    text = text.rstrip("".join(marks) + " ")
    order = sorted(range(len(labels)), key=lambda number: -len(labels[number]))
    found: list[int] = []
    dead: set[int] = set()
    position = 0
    if len(cell) > _LONGEST:
        return [], True

    def ends(at: int) -> int | None:
        """Return the place where the next option begins if one can end here."""
        if at == len(text):
            return at
        for mark in marks:
            if text.startswith(mark, at):
                after = at + len(mark)
                return after + (text.startswith(" ", after) and mark != " ")
        return None

    stack: list[tuple[int, int]] = []
    """The place where each option found so far began, and the index in `order` of the next to try there."""
    trial = 0
    while position < len(text):
        step = None
        if position not in dead:
            for place in range(trial, len(order)):
                label = labels[order[place]]
                if label and text.startswith(label, position) and (after := ends(position + len(label))) is not None:
                    step = (place, after)
                    break
        if step is not None:
            stack.append((position, step[0] + 1))
            found.append(order[step[0]])
            position, trial = step[1], 0
            continue
        dead.add(position)
        if not stack:
            return _known_parts(text, labels, marks), True
        position, trial = stack.pop()
        found.pop()
        dead.discard(position)
    return found, False


def _known_parts(text: str, labels: Sequence[str], marks: Sequence[str]) -> list[int]:
    """Return the options in a cell that holds something else as well."""
    parts = [text]
    for mark in marks:
        if mark != " ":
            parts = [piece for part in parts for piece in part.split(mark)]
    return [number for number, label in enumerate(labels) if label in {part.strip() for part in parts}]
