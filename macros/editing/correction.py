"""A correction as people send it, and what became of it: changes made, or the reasons why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field, ValidationError

from macros.editing.typed_values import ABSENT
from macros.model.base import Address, Label, Model, Text
from macros.model.dates import When
from macros.model.text import without_hidden

MAX_BYTES = 256 * 1024
MAX_STEPS = 100


class CorrectionRefused(Exception):
    """Nothing was changed; each of `reasons` says why, in plain words."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = tuple(without_hidden(reason) for reason in reasons)
        super().__init__("\n".join(self.reasons))


class FieldCorrection(Model):
    """One change as a form sends it. Numbers in a path count from 0; values may be words as people write them."""

    op: Literal["set", "add", "remove"]
    path: tuple[int | str, ...] = Field(min_length=1, max_length=20)
    value: Any = None
    was: Any = ABSENT
    """What the form showed before the change. Left out, nobody looked."""


class NewDocument(Model):
    """What has changed since the evidence, in a sentence or two, and the document that says so."""

    says: Text
    """How things stand, as the document tells it."""
    title: Label
    publisher: Label
    published: When
    """When it was published; what it says is as of then."""
    address: Address | None = None


class Correction(Model):
    """Changes of one record, and the section that they rest on."""

    record: str = Field(min_length=1, max_length=200)
    """Such as `trusts/luton`."""
    changes: tuple[FieldCorrection, ...] = Field(min_length=1, max_length=MAX_STEPS)
    source: str = Field(min_length=1, max_length=500)
    """A section's reference or title, as the guide shows it; of new evidence, the title of its document."""
    since: NewDocument | None = None
    """Given if the guide was right about its time, and things have changed since: nothing is corrected then."""


@dataclass(frozen=True)
class CorrectedField:
    """One change that was made: the file and line, the place in words, what it said and what it says."""

    file: str
    line: int
    words: str
    was: str
    now: str
    """Empty for what was taken out."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words}: {self.what}"

    @property
    def what(self) -> str:
        """The change alone: `was 2; now 3`."""
        if not self.now:
            return f"taken out; it was {self.was}"
        return f"was {self.was}; now {self.now}" if self.was else f"added {self.now}"


def sent(value: object) -> Correction:
    """Return what a form sent as a correction; raises CorrectionRefused."""
    try:
        return Correction.model_validate(value)
    except ValidationError as error:
        raise CorrectionRefused(
            *(f"The form is not filled in as it should be: {one['msg']}." for one in error.errors())
        ) from None
    except RecursionError:
        raise CorrectionRefused("What the form sent is nested too deep.") from None
