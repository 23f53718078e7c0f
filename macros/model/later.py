"""Facts about the time since the evidence, with their documents and dates, and the questions that are still open."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from macros.model.base import Label, Record, Slug, Sourced, StandardName, TermName, Text, TrustName, Unique
from macros.model.dates import When
from macros.model.vocabulary import Effect, LaterTopic


class Bearing(Sourced):
    """The meaning of a later fact for one standard. Ours, and not legal advice."""

    standard: StandardName = Field(description="The standard’s id.", examples=["fn-3"])
    effect: Effect = Field(description="What the fact does to it.", examples=["stands on a duty"])
    means: Text = Field(
        description="What whoever uses the standard should know, in a sentence or two.",
        examples=["The 30 days that the standard asks for are now a term of public contracts."],
    )

    @property
    def statement(self) -> str:
        return self.means


class LaterFact(Sourced):
    """One thing that a document states of the time after the evidence."""

    id: Annotated[Slug, Unique("the id", page="since")] = Field(
        description="A short id, used in links. It stays when the words change.", examples=["procurement-30-days"]
    )
    topic: LaterTopic = Field(description="What it is about.", examples=["buying"])
    title: Label | None = Field(
        None,
        description="What happened, as a headline; of a council that is responsible, its name.",
        examples=["Public contracts have to pay within 30 days"],
    )
    what: Text = Field(description="What the documents state, in our own words.", examples=["It ended in 2010."])
    as_of: When | None = Field(
        None,
        description="The day, month or year that the documents speak of. Left out where they show no date, which pages "
        "then say.",
        examples=["2025-07-17"],
    )
    review: When | None = Field(
        None,
        description="When something was to happen that may change it: it is due for review then, and not only with the "
        "rest of its file.",
        examples=["2027-05"],
    )
    terms: tuple[TermName, ...] = Field(
        (), description="The terms of the glossary that it says this of.", examples=[["compact"]]
    )
    now_called: tuple[Label, ...] = Field(
        (),
        description="What these terms are called now, or what took their place. Search finds the terms by it.",
        examples=[["Civil Society Covenant"]],
    )
    bears_on: tuple[Bearing, ...] = Field((), description="The standards that it bears on. Ours.")

    @property
    def statement(self) -> str:
        return self.what


class OpenQuestion(Sourced):
    """Something about the time after the evidence that no document here answers."""

    id: Annotated[Slug, Unique("the id", page="since")] = Field(
        description="A short id. It stays when the words change.", examples=["luton-support-now"]
    )
    topic: LaterTopic = Field(description="What it is about.", examples=["voice of the sector"])
    asks: Text = Field(
        description="What is not known, as a question; and why, if that helps.",
        examples=["Which body supports the sector in Luton now?"],
    )
    review: When | None = Field(
        None, description="When the answer was to be expected: it is due for review then.", examples=["2026-09"]
    )
    terms: tuple[TermName, ...] = Field(
        (), description="The terms of the glossary that it asks about.", examples=[["young-lives"]]
    )

    @property
    def statement(self) -> str:
        return self.asks


class LaterFacts(Record):
    """Everything known of one subject after the evidence: the area of a Trust, the country, or words."""

    kind: ClassVar[str] = "since"

    id: Slug = Field(description="The subject’s id; taken from the file’s name, never typed.", examples=["luton"])
    title: Label = Field(description="What the file is about.", examples=["Luton since the report"])
    trust: TrustName | None = Field(
        None, description="The Trust whose area it is about. Left out for the country.", examples=["luton"]
    )
    read: When = Field(
        description="When its documents were read. Facts without a date of their own are reviewed so many months later "
        "as the region’s file says.",
        examples=["2026-11"],
    )
    facts: tuple[LaterFact, ...] = Field((), description="What documents state.")
    questions: tuple[OpenQuestion, ...] = Field((), description="What they leave open.")

    @property
    def parts(self) -> tuple[LaterFact | OpenQuestion, ...]:
        """Its facts, followed by its questions."""
        return (*self.facts, *self.questions)
