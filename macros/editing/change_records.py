"""The results of `guide changes` as records: for people, for programs and for pull requests."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from macros.editing.page_pieces import TextChange
from macros.history.record_changes import Fate, RecordChange
from macros.model.vocabulary import NOT_MENTIONED, Unknown

WORKING = "the files as they are now"

UNKNOWN = frozenset({NOT_MENTIONED, *(word.value for word in Unknown), "none mentioned"})


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True)


class PageChange(_Model):
    """The changes of the text on one page."""

    address: str = Field(description="Below the site, such as `trusts/luton/`; where it was, if it is gone.")
    was_address: str = Field("", description="Its address before, if that was another.")
    file: str = Field(description="The Markdown file, below the project.")
    title: str = Field(description="Its title.")
    fate: Fate = Field(description="What became of it.")
    is_prose: bool = Field(description="Whether the words in the Markdown file itself changed.")
    texts: tuple[TextChange, ...] = Field(description="Each sentence, name and table cell that reads otherwise.")
    goes_to: str = Field("", description="For a page that is gone: where its address leads, or why it is gone.")


class FigureChange(_Model):
    """A figure whose value changed."""

    name: str = Field(description="Its name in the guide, such as `trusts-reporting-investment`.")
    label: str = Field(description="What it counts, in words.")
    was: str = Field(description="How it read; empty if it is new.")
    now: str = Field(description="How it reads; empty if it is gone.")
    pages: tuple[str, ...] = Field(description="The addresses of the pages that name it.")


class GapChange(_Model):
    """A gap that is new, or that was closed."""

    is_new: bool = Field(description="Whether the gap is new; otherwise it was closed.")
    title: str = Field(description="The record, such as `Luton`.")
    text: str = Field(description="What is or was not known.")


class SourceChange(_Model):
    """A statement whose source changed."""

    title: str = Field(description="The record, such as `Luton`.")
    place: tuple[str, ...] = Field(description="The statement, or the part whose statements name none of their own.")
    was: str = Field(description="What it rested on.")
    now: str = Field(description="What it rests on.")
    is_lost: bool = Field(description="Whether no section of a document is left behind it.")


class TellProblem(_Model):
    """A problem that the checks find in the new state."""

    file: str
    line: int
    column: int
    text: str = Field(description="The whole message, on one line.")


class Changes(_Model):
    """The differences between two states of the guide."""

    was: str = Field(description="The earlier state: a commit.")
    now: str = Field(description="The later state: a commit, or the files as they are now.")
    records: tuple[RecordChange, ...]
    pages: tuple[PageChange, ...]
    figures: tuple[FigureChange, ...]
    gaps: tuple[GapChange, ...]
    sources: tuple[SourceChange, ...]
    same_meaning: tuple[str, ...] = Field(description="Data files that differ but say the same.")
    other_files: tuple[str, ...] = Field(description="Files that differ outside data and pages: not compared.")
    not_compared: tuple[str, ...] = Field(description="What could not be compared and why, a sentence each.")
    problems: tuple[TellProblem, ...] = Field(description="What the checks find in the later state.")
    pages_compared: bool = Field(description="Whether both states could be drawn as pages.")

    @property
    def changes_nothing_visible(self) -> bool:
        """Return whether every page reads as before."""
        return self.pages_compared and not self.pages
