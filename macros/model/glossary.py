"""Terms and acronyms, what they mean and where the meaning comes from."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from macros.model.base import Flag, Label, Record, Slug, TermName, Text, Unique
from macros.model.vocabulary import Expansion


class Term(Record):
    """A word or an acronym that readers may not know."""

    kind: ClassVar[str] = "glossary"

    id: Annotated[Slug, Unique("the id", taken="letter-(?:.|others)", is_read_once=True)] = Field(
        description="A short id, used in links.", examples=["jsna"]
    )
    term: Annotated[Label, Unique("the term", alike=str.lower)] = Field(
        description="The term as it stands in text.", examples=["JSNA"]
    )
    expansion: Label | None = Field(
        None,
        description="What the letters stand for, if it is an acronym.",
        examples=["Joint Strategic Needs Assessment"],
    )
    expansion_from: Expansion | None = Field(
        None, description="Whether the report spells it out, or we do.", examples=["ours"]
    )
    meaning: Text = Field(
        description="What it means here, in plain words.", examples=["A shared study of what people need."]
    )
    meaning_from: Expansion = Field(description="Whether the meaning is the report’s or ours.", examples=["report"])
    also_called: tuple[Label, ...] = Field(
        (), description="Other words for it that people may type.", examples=[["third sector"]]
    )
    see: tuple[TermName, ...] = Field((), description="Related terms.", examples=[["commissioning"]])
    link: Flag = Field(
        True,
        description="Whether pages link its words to it where these first stand in running text. Write “false” for "
        "everyday words. The letters of an acronym are linked in any case.",
        examples=[False],
    )

    @property
    def statement(self) -> str:
        return f"{self.term}: {self.meaning}"
