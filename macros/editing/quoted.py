"""How pages show the fields of a profile (dates, sums, fixed words and lists), for finding the field of a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from macros.editing.correction_words import NOT_GIVEN, said
from macros.model import wording
from macros.model.base import Sourced
from macros.model.dates import When
from macros.model.text import to_plain
from macros.model.trust import Trust
from macros.model.vocabulary import NOT_MENTIONED
from macros.schema.fields import Field, FieldKind
from macros.views.shared.statements import NO_DATE, words

ABOUT = "about "
_QUOTES = str.maketrans("‘’“”", "''\"\"")
NOTHING = (NOT_GIVEN, NOT_MENTIONED, NO_DATE)
"""The words on pages and forms for a field without a value."""


@dataclass(frozen=True)
class Shown:
    """A field as a page shows it: its value, and the text around it in the same line."""

    before: str
    value: str
    after: str = ""

    def fits(self, new: str) -> bool:
        """Return whether other words keep the text around the value."""
        low = new.lower()
        return low.startswith(self.before.lower()) and low.endswith(self.after.lower())

    def without(self, new: str) -> str:
        """Return the value in other words, without the text around this one, as far as they keep it."""
        if self.after and new.lower().endswith(self.after.lower()):
            new = new[: -len(self.after)]
        if self.before and new.lower().startswith(self.before.lower()):
            return new[len(self.before) :]
        if self.before.endswith(": "):  # “The sector’s place: not mentioned” becomes “The sector: represented”
            return new.rpartition(": ")[2]
        is_about = ABOUT in f"{self.before.lower()} " or new.lower().startswith(ABOUT)
        return new[len(ABOUT) :] if is_about and new.lower().startswith(ABOUT) else new


def lines_of(trust: Trust, path: tuple[str | int, ...]) -> list[str]:
    """Return the short lines in which pages show the statement that the field at `path` belongs to."""
    owner: Any = trust
    for key in path[:-1]:
        owner = owner[key] if isinstance(key, int) else getattr(owner, key)
    return [*words(owner)] if isinstance(owner, Sourced) else []


def shown(now: str, field: Field, value: Any, lines: Iterable[str], sources: Mapping[str, str]) -> Iterator[Shown]:
    """Yield how the words `now` show a field, if they do: alone, or in one of the lines of its statement.

    `sources` gives the names of sections. Capitals make no difference.
    """
    quoted = " ".join(now.split()).strip(" “”\"'")
    for text in dict.fromkeys(_texts(field, value, sources)):
        if _plain(text) == _plain(quoted):
            yield Shown("", quoted)
        elif text and any(_plain(quoted) in _plain(line) for line in lines):
            found = re.search(rf"(?<!\w){re.escape(_plain(text))}(?!\w)", _plain(quoted))
            if found:
                yield Shown(quoted[: found.start()], quoted[found.start() : found.end()], quoted[found.end() :])


def _plain(text: str) -> str:
    """Return text for comparison, with every letter in its place."""
    return text.translate(_QUOTES).lower()


def _texts(field: Field, value: Any, sources: Mapping[str, str]) -> Iterator[str]:
    if value in (None, [], ""):
        yield from NOTHING
    elif isinstance(value, bool):
        yield said(value)
    elif field.kind == FieldKind.NUMBER and isinstance(value, int):
        yield from (wording.pounds(value), f"{value:,}", str(value), wording.number(value))
    elif field.kind == FieldKind.WHEN:
        yield from (When(str(value)).text, str(value))
    elif isinstance(value, list):
        many = [sources.get(one, one) for one in map(str, value)]
        yield from (wording.joined(many), "; ".join(many), ", ".join(many))
    else:
        yield to_plain(str(value))
