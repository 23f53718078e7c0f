"""The shape of an export: the meaning of its headings and cells, whichever tool wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from macros.model.release import Tool

ColumnPart = tuple[str, str | None]
"""A question and, if the column is about one option of it, the option; both in the tool’s own words."""


@dataclass(frozen=True)
class Shape:
    """The shape of one tool's exports."""

    tool: Tool
    recognises: Callable[[Sequence[str], Sequence[str]], bool]
    """Returns whether an export with these first two rows is the tool’s."""
    parts: Callable[[str, str], Iterator[ColumnPart]]
    """Yields every way to read the heading of a column, given its first and its second row."""
    own: frozenset[str]
    """Headings of the tool’s own columns, in small letters."""
    own_pattern: re.Pattern[str] = re.compile(r"(?!)")
    """A pattern for other headings of the tool’s own columns."""
    number: tuple[str, ...] = ()
    """Headings of the column that tells answers apart, the best first."""
    sent: tuple[str, ...] = ()
    """Headings of a column that is empty if an answer was never sent off."""
    separators: tuple[str, ...] = ()
    """The separator between several answers in one cell."""
    same_as: Mapping[str, str] = field(default_factory=dict)
    """What stands in a cell for other words, or for no answer, where no option has it as its words; small letters."""
    header_rows: int = 1


def whole(first: str, second: str) -> Iterator[ColumnPart]:
    """Yield a heading as a question, for tools that write nothing else."""
    del second
    yield first, None
