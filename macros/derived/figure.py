"""One figure worked out from the data: its value, what it counts, and which records it rests on."""

from __future__ import annotations

from dataclasses import dataclass

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
