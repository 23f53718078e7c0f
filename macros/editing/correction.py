"""A correction as people send it, and its outcome: the changes made, or the reasons why there are none."""

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
    """Nothing was changed; each of `reasons` gives a reason in plain words."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = tuple(without_hidden(reason) for reason in reasons)
        super().__init__("\n".join(self.reasons))


class FieldCorrection(Model):
    """One change in the form in which it is sent.

    Numbers in a path count from 0; values may be words as people write them.
    """

    op: Literal["set", "add", "remove"]
    path: tuple[int | str, ...] = Field(min_length=1, max_length=20)
    value: Any = None
    was: Any = ABSENT
    """The value that the form showed before the change. If it is left out, it is not compared."""


class NewDocument(Model):
    """A change since the evidence, in a sentence or two, and the document that reports it."""

    says: Text
    """The present state, as the document describes it."""
    title: Label
    publisher: Label
    published: When
    """The date on which it was published; its statements are as of then."""
    address: Address | None = None


class Correction(Model):
    """The changes to one record, and the section that they rest on."""

    record: str = Field(min_length=1, max_length=200)
    """The record, such as `trusts/luton`."""
    changes: tuple[FieldCorrection, ...] = Field(min_length=1, max_length=MAX_STEPS)
    source: str = Field(min_length=1, max_length=500)
    """A section's reference or title, as the guide shows it; for new evidence, the title of its document."""
    since: NewDocument | None = None
    """Given if the guide was right about its time, and things have changed since: then nothing is corrected."""


@dataclass(frozen=True)
class CorrectedField:
    """One change that was made: the file and line, the place in words, the value before and the value now."""

    file: str
    line: int
    words: str
    was: str
    now: str
    """Empty for a value that was removed."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words}: {self.what}"

    @property
    def what(self) -> str:
        """The change alone: `was 2; now 3`."""
        if not self.now:
            return f"taken out; it was {self.was}"
        return f"was {self.was}; now {self.now}" if self.was else f"added {self.now}"


def sent(value: object) -> Correction:
    """Return the correction that a form sent; raises CorrectionRefused."""
    try:
        return Correction.model_validate(value)
    except ValidationError as error:
        raise CorrectionRefused(
            *(f"The form is not filled in as it should be: {one['msg']}." for one in error.errors())
        ) from None
    except RecursionError:
        raise CorrectionRefused("What the form sent is nested too deep.") from None
