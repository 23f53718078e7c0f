"""The checks of standards as rows of an action list: the evidence to show, and columns for who and by when."""

from __future__ import annotations

from collections.abc import Iterable

from macros.model.guidance import Standard
from macros.model.text import to_plain
from macros.model.wording import sentence

HEAD = ("Who", "By when", "Evidence")
"""The columns to fill in."""
COLUMNS = ("Standard", "Title", "We can show that", "Our suggestion", *HEAD)
NO_SUGGESTION = "none"


def rows(standards: Iterable[Standard]) -> list[tuple[str, ...]]:
    """Return a row for each check, in plain text; the last three cells are empty, to be filled in."""
    return [
        (
            one.id.upper(),
            one.title,
            sentence(to_plain(clause.check)),
            to_plain(clause.threshold) if clause.threshold else NO_SUGGESTION,
            *("" for _ in HEAD),
        )
        for one in standards
        for clause in one.clauses
    ]
