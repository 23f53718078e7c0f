"""Lasting ids, by which calendars, feed readers and table rows recognise a thing wherever it stands in its list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, count
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

MOST_WORDS = 8
"""How many words of a text go into its id: enough to tell the statements of a list apart, and seldom all reworded."""
MOST_LETTERS = 80
_TAG = re.compile(r"tag:(?P<whose>[a-z0-9._-]+@)?(?:[a-z0-9-]+\.)+[a-z0-9-]+,\d{4}(?:-\d\d(?:-\d\d)?)?")


def _tag(text: str) -> str:
    if not _TAG.fullmatch(text):
        raise PydanticCustomError("tag", "is no beginning of a tag URI")
    return text


Tag = Annotated[str, AfterValidator(_tag), Field(max_length=120)]
"""The beginning of ids (RFC 4151): `tag:`, a domain name or email address, a comma, and a day on which it was ours."""


def slug(words: str) -> str:
    """Return words in the form for addresses: `Southend-on-Sea` gives `southend-on-sea`; "" if nothing is left."""
    plain = unicodedata.normalize("NFKD", words.lower().replace("’", "").replace("'", ""))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def anchors(texts: Iterable[str], before: str = "") -> dict[str, str]:
    """Return an anchor for each text, made from its words, so that links still work after a text is put before it.

    Each begins with `before`. Where no word is left, or another text gives the same anchor, a number is used instead.

    >>> anchors(["Late payment", "Late payment?", "£"], "worry-")
    {'Late payment': 'worry-late-payment', 'Late payment?': 'worry-2', '£': 'worry-3'}
    """
    found: dict[str, str] = {}
    for number, text in enumerate(dict.fromkeys(texts), 1):
        words = slug(text)
        ways = chain([f"{before}{words}"] if words else [], (f"{before or 'part-'}{more}" for more in count(number)))
        found[text] = next(made for made in ways if made not in found.values())
    return found


def id_of(given: object, *words: object) -> str:
    """Return the id that a thing was given or, if it has none, an id made from the first words of its text.

    The values may come straight from a file, including an old one that no model fits.
    """
    if given:
        return str(given)
    said = " ".join(str(one) for one in words if one not in (None, ""))
    made = slug(" ".join(said.split()[:MOST_WORDS]))
    return made[:MOST_LETTERS].rstrip("-") or "unnamed"


@dataclass(frozen=True)
class Revisions:
    """When things with an id were last revised, as far as that is known."""

    first: datetime
    """Anything missing from `last` has not changed since this time. It never moves back."""
    last: Mapping[str, datetime] = field(default_factory=dict)
    """By record and id: `trusts/luton/the-review`."""

    def of(self, name: str) -> datetime:
        """Return when a thing was last revised."""
        return max(self.first, self.last.get(name, self.first))
