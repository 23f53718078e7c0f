"""One figure worked out from the data: its value, its meaning, and the records that it rests on."""

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
    """Its wording in a sentence, such as `four of the ten`."""
    value: int | float | None
    """The number itself; None where the report prints none."""
    label: str
    """The things that it counts, as a heading."""
    counts: str
    """How it is worked out, and how “not mentioned” is counted."""
    source: tuple[str, ...]
    """The sections that state it or that it is worked out from."""
    records: tuple[str, ...]
    groups: tuple[Group, ...] = ()
    stated: str = ""
    """The report's own words on it, paraphrased; "" if there are none."""
