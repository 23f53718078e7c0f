"""A survey wave: how it was done, what was asked, the answers as far as they are printed, and what people wrote."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from macros.model.base import (
    Count,
    Flag,
    Label,
    Model,
    PrincipleName,
    Record,
    Slug,
    Sourced,
    Text,
    ThemeName,
    TrustName,
    Unique,
)
from macros.model.dates import When
from macros.model.vocabulary import Qualifier, SurveyPage

NOT_PRINTED = "not printed"
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,9})?")


def _percent(value: object) -> object:
    if value == NOT_PRINTED:
        return None
    percent = Decimal(str(value)) if _NUMBER.fullmatch(str(value)) else None
    if percent is None or percent > 100:
        raise PydanticCustomError("percent", "should be a number from 0 to 100, or “not printed”")
    return percent


class Answer(Sourced):
    """One row of answers.csv: the share of respondents who gave one answer."""

    question: Slug = Field(description="The question’s id in survey.yml.", examples=["payment-terms"])
    answer: Annotated[Label, Unique("the answer", within="record", beside=("question",))] = Field(
        description="The answer, in our own words.", examples=["Paid within 30 days of invoice"]
    )
    percent: Annotated[
        Decimal | None, BeforeValidator(_percent, json_schema_input_type=float | Literal["not printed"])
    ] = Field(description="The share in per cent as printed, from 0 to 100, or “not printed”.", examples=[38])
    qualifier: Qualifier = Field(description="How exactly the report gives it.", examples=["exactly", "over"])
    note: Text | None = Field(
        None, description="What a reader must know about this figure.", examples=["The base is not stated."]
    )

    @property
    def statement(self) -> str:
        share = f"{self.percent}%" if self.percent is not None else "not printed"
        return (
            f"{self.answer}: {self.qualifier} {share}"
            if self.percent is not None
            else f"{self.answer}: {self.qualifier}"
        )


class Question(Sourced):
    """One thing the survey asked about."""

    id: Annotated[Slug, Unique("the question", within="record")] = Field(
        description="A short id.", examples=["payment-terms"]
    )
    title: Label = Field(description="What it was about.", examples=["How long invoices took to be paid"])
    wording: Label = Field(
        description=f"The question, word for word, or “{NOT_PRINTED}”.", examples=["How soon are your invoices paid?"]
    )
    base: Label = Field(
        description=f"Of whom the shares are shares, with their number, or “{NOT_PRINTED}”.",
        examples=["The 74 organisations that answered this question"],
    )
    theme: ThemeName = Field(description="The theme it belongs to.", examples=["payment"])
    finding: Text = Field(
        description="What the answers showed, in our own words.", examples=["About a third said terms varied."]
    )
    adds_up: Flag = Field(
        False,
        description="Whether the answers are parts of one whole: they may be charted together and must make 100.",
        examples=[True],
    )

    @property
    def statement(self) -> str:
        return self.finding


class Remark(Sourced):
    """A remark by a respondent, in our own words."""

    what: Text = Field(
        description="The point made, in our own words.", examples=["One organisation feared for its grant."]
    )
    who: Label | None = Field(
        None, description="Who said it, as far as the report tells.", examples=["An organisation in Bedfordshire"]
    )
    trusts: tuple[TrustName, ...] = Field((), description="The Trusts it names.", examples=[["bedfordshire"]])

    @property
    def statement(self) -> str:
        return self.what


class Theme(Sourced):
    """A group of questions and remarks."""

    id: Annotated[Slug, Unique("the theme", within="record")] = Field(description="A short id.", examples=["payment"])
    title: Label = Field(description="The theme’s name.", examples=["Timing of payment and balance of risk"])
    principle: PrincipleName | None = Field(
        None, description="The principle of funding it belongs to.", examples=["g2"]
    )
    page: SurveyPage = Field(description="The survey page it stands on.", examples=["funding"])
    findings: tuple[Remark, ...] = Field((), description="What the report says of it beyond the questions.")
    remarks: tuple[Remark, ...] = Field((), description="What respondents wrote.")


class Limit(Sourced):
    """A reason to read the results with care."""

    what: Text = Field(description="The limit, in a full sentence.", examples=["The answers were not weighted."])

    @property
    def statement(self) -> str:
        return self.what


class Caution(Sourced):
    """How to read the shares of a survey. It is above them on every page that shows them."""

    title: Label = Field(description="In a few words.", examples=["An illustration, not a measurement"])
    what: Text = Field(
        description="In one sentence or two.", examples=["Few answered. Read each share as an illustration."]
    )

    @property
    def statement(self) -> str:
        return self.what


class Unprinted(Model):
    """The sentences shown where something is “not printed”."""

    wording: Text = Field(
        description="In the place of a question’s wording.", examples=["The wording is not in the report."]
    )
    base: Text = Field(description="In the place of a base.", examples=["Base not given."])


class Fieldwork(Model):
    """When answers were gathered."""

    first: When = Field(description="The first month.", examples=["2023-11"])
    last: When = Field(description="The last month.", examples=["2024-01"])


class Survey(Record):
    """One wave of the survey of voluntary and community organisations."""

    kind: ClassVar[str] = "surveys"

    wave: Slug = Field(description="The wave’s name; taken from the folder’s name, never typed.", examples=["2024"])
    title: Label = Field(description="The survey’s name.", examples=["Survey of voluntary and community organisations"])
    fieldwork: Fieldwork = Field(description="When answers were gathered.")
    responses: Count = Field(description="How many answered.", examples=[93])
    usable: Count = Field(description="How many answers could be used.", examples=[86])
    method: tuple[Limit, ...] = Field(description="How it was done.")
    limits: tuple[Limit, ...] = Field(description="Reasons to read it with care.")
    caution: Caution = Field(description="How to read its shares.")
    unprinted: Unprinted = Field(description="What is said where something is not printed.")
    respondents: tuple[Label, ...] = Field(
        description="The main services of those who answered.", examples=[["Youth work"]]
    )
    response_notes: tuple[Limit, ...] = Field((), description="What the report says of the level of response.")
    themes: tuple[Theme, ...] = Field(description="The themes, in the order of the pages.")
    questions: tuple[Question, ...] = Field(description="The questions.")
    answers: tuple[Answer, ...] = Field((), description="The rows of answers.csv; never typed here.")
    forum: tuple[Remark, ...] = Field((), description="What the members' forum added.")
