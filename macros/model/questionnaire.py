"""A questionnaire: its questions, its respondents, its wording, and what respondents are told about their data."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from macros.model.base import Flag, Label, Model, Record, Slug, Sourced, Text, in_words
from macros.model.dates import When
from macros.model.vocabulary import Word

EVERYONE = "everyone"
"""The group that every usable answer belongs to. No option may have this id."""


class QuestionnaireStatus(Word):
    """How far a questionnaire has got."""

    PROPOSAL = "proposal", "Somebody suggests it. Nobody has agreed to ask it, and nobody has been asked."
    AGREED = "agreed", "Those who run the survey have agreed on it. Its questions no longer change."
    CLOSED = "closed", "The survey is over. Nothing in it changes any more."


class QuestionKind(Word):
    """The kinds of answer that a question takes."""

    ONE = "one", "One of the options."
    SEVERAL = "several", "Any number of the options."
    SCALE = "scale", "One step of a scale. The options are the steps, in their order."
    NUMBER = "number", "A whole number. It is published in the bands that the options give, and never by itself."
    TEXT = "text", "Words. They are never published: somebody reads them and writes a paraphrase."


class OptionKind(Word):
    """The meaning of choosing an option."""

    ANSWER = "answer", "It answers the question."
    DO_NOT_KNOW = "do not know", "The respondent does not know. It is counted apart, and not in the base."
    RATHER_NOT_SAY = "rather not say", "The respondent would rather not say. It is counted apart, and not in the base."


class Role(Word):
    """The purpose of a question, beyond its own answers."""

    SCOPE = "scope", "It says whether a respondent belongs in the survey: see “in_scope”."
    AREA = "area", "Answers are also shown by its options. They are areas."
    SIZE = "size", "Answers are also shown by its options. They are sizes of organisation."
    SERVICE = "service", "Answers are also shown by its options. They are kinds of service."


GROUPING = (Role.AREA, Role.SIZE, Role.SERVICE)
"""The roles of questions whose options are used to break down the answers to other questions."""


class Sameness(Word):
    """Whether something about a question is the same as in an earlier wave."""

    SAME = "the same", "It is the same, word for word."
    CHANGED = "changed", "It has changed, so the answers cannot be compared."
    UNKNOWN = "not known", "The earlier wave does not say, so the answers cannot be compared."


class Option(Model):
    """One of the answers that a respondent can choose."""

    id: Slug = Field(description="A short id, which is not used again in this question.", examples=["within-30-days"])
    label: Label = Field(description="The words that respondents see.", examples=["Within 30 days of the invoice"])
    kind: OptionKind = Field(OptionKind.ANSWER, description="What choosing it means.", examples=["do not know"])
    lowest: int | None = Field(
        None, ge=0, description="For a question that takes a number: the lowest in this band.", examples=[10]
    )
    highest: int | None = Field(
        None,
        ge=0,
        description="For a question that takes a number: the highest in this band. Left out, it has no end.",
        examples=[49],
    )

    @property
    def is_answer(self) -> bool:
        """Whether it counts as an answer, so that those who chose it are part of the base."""
        return self.kind == OptionKind.ANSWER


class Route(Model):
    """Who is asked a question: those who chose certain options of an earlier one."""

    question: Slug = Field(description="The id of the earlier question.", examples=["training-awareness"])
    options: tuple[Slug, ...] = Field(
        min_length=1, description="Those who chose any of these are asked.", examples=[["knew"]]
    )


class Repeats(Model):
    """The question of an earlier wave that this one asks again."""

    wave: Slug = Field(description="The earlier wave.", examples=["2024"])
    question: Slug = Field(description="The id of its question.", examples=["payment-terms"])
    wording: Sameness = Field(description="Whether the wording is the same.", examples=["not known"])
    options: Sameness = Field(description="Whether the options are the same.", examples=["changed"])
    note: Text | None = Field(
        None, description="What a reader must know.", examples=["The report of 2024 printed no wording."]
    )


class AskedQuestion(Sourced):
    """One question as it is asked."""

    id: Slug = Field(description="A short id. Form tools take it for the question’s name.", examples=["payment-terms"])
    title: Label = Field(
        description="What it is about, in a few words.", examples=["How long invoices take to be paid"]
    )
    wording: Label = Field(description="The question, word for word.", examples=["How soon are your invoices paid?"])
    hint: Label | None = Field(
        None, description="A line below the question.", examples=["Think of your largest contract."]
    )
    kind: QuestionKind = Field(description="What kind of answer it takes.", examples=["one"])
    section: Slug = Field(description="The section it stands in.", examples=["payment"])
    options: tuple[Option, ...] = Field(
        (), description="The answers to choose from, in the order in which they are shown."
    )
    needed: Flag = Field(False, description="Whether a form tool insists on an answer.", examples=[False])
    asked_if: Route | None = Field(None, description="Who is asked. Left out, everyone is.")
    base: Label = Field(
        description="Whom the shares are shares of, in words.", examples=["Organisations that answered this question"]
    )
    role: Role | None = Field(None, description="What it is for, beyond its own answers.", examples=["size"])
    in_scope: tuple[Slug, ...] = Field(
        (), description="For a question about scope: the options of those who belong in the survey.", examples=[["yes"]]
    )
    repeats: Repeats | None = Field(None, description="The question of an earlier wave that it asks again.")
    why: Text = Field(description="Why it is asked.", examples=["The report of 2024 printed no base for it."])

    @property
    def statement(self) -> str:
        return self.why

    @property
    def is_counted(self) -> bool:
        """Whether its answers are counted and published: true of every kind except free text."""
        return self.kind != QuestionKind.TEXT

    @property
    def takes_several(self) -> bool:
        return self.kind == QuestionKind.SEVERAL

    @property
    def answers(self) -> tuple[Option, ...]:
        """The options that count towards the base."""
        return tuple(option for option in self.options if option.is_answer)

    def option(self, name: str) -> Option:
        """Return an option by its id; raises KeyError."""
        return {option.id: option for option in self.options}[name]


class FormSection(Model):
    """A group of questions on one subject."""

    id: Slug = Field(description="A short id.", examples=["payment"])
    title: Label = Field(description="Its heading.", examples=["How you are paid"])
    introduction: Text | None = Field(None, description="Words below the heading.", examples=["Think of last year."])


class Paragraph(Model):
    """A heading and the text below it."""

    title: Label = Field(description="The heading.", examples=["How long we keep your answers"])
    what: Text = Field(description="The words.", examples=["We delete them when the results are published."])


class Letter(Model):
    """A message to those who are invited."""

    subject: Label = Field(description="Its subject line.", examples=["Ten minutes on how you are funded"])
    body: Text = Field(description="Its words.", examples=["Dear member, we would like to know how you are paid."])


class Disclosure(Model):
    """The limits on what is published. The figures are this project's; they may be made stricter, never weaker."""

    threshold: Annotated[int, Field(strict=True, ge=5, le=100)] = Field(
        5, description="The smallest count that is published, other than 0.", examples=[5]
    )
    smallest_group: Annotated[int, Field(strict=True, ge=10, le=100)] = Field(
        10, description="The smallest base of a group that is published.", examples=[10]
    )
    smallest_percent: Annotated[int, Field(strict=True, ge=10, le=100)] = Field(
        10, description="The smallest base of which a share in per cent is given.", examples=[10]
    )
    illustrative: Annotated[int, Field(strict=True, ge=30, le=1000)] = Field(
        30,
        description="Below this base a share is called illustrative, and a count of 0 is not published.",
        examples=[30],
    )


class Share(Model):
    """How large one option's part of the whole sector is known to be."""

    option: Slug = Field(description="The id of the option.", examples=["small"])
    percent: Annotated[int, Field(strict=True, ge=1, le=99)] = Field(
        description="Its share of all organisations, in per cent.", examples=[60]
    )


class Weights(Sourced):
    """How answers are weighted: so that each option of one question counts for its share of the whole sector."""

    question: Slug = Field(
        description="The question whose options are weighted. It takes one answer.", examples=["size"]
    )
    shares: tuple[Share, ...] = Field(min_length=2, description="The share of each option. They add up to 100.")
    what: Text = Field(
        description="Where the shares are from, in a full sentence.", examples=["The shares are those of the register."]
    )

    @property
    def statement(self) -> str:
        return self.what


class Questionnaire(Record):
    """The questionnaire of one wave, as it is asked or proposed."""

    kind: ClassVar[str] = "questionnaires"

    id: Slug = Field(description="The wave’s name; taken from the file’s name, never typed.", examples=["2027"])
    title: Label = Field(description="What respondents see at the top.", examples=["How are you commissioned?"])
    status: QuestionnaireStatus = Field(description="How far it has got.", examples=["proposal"])
    about: Text = Field(
        description="What it is for and how far it has got, for readers of the guide.",
        examples=["It asks again what was asked in 2027."],
    )
    organiser: Label = Field(description="Who asks.", examples=["The members’ forum"])
    contact: Label = Field(description="Where respondents can ask questions.", examples=["survey@example.org"])
    opens: When | None = Field(None, description="The first day on which it can be answered.", examples=["2027-03-01"])
    closes: When | None = Field(None, description="The last day on which it can be answered.", examples=["2027-03-31"])
    minutes: Annotated[int, Field(strict=True, ge=1, le=120)] = Field(
        description="How long it takes to answer, in minutes.", examples=[10]
    )
    introduction: Text = Field(
        description="What respondents read first.", examples=["We would like to know how you are commissioned."]
    )
    privacy: tuple[Paragraph, ...] = Field(min_length=1, description="What respondents are told about their data.")
    sections: tuple[FormSection, ...] = Field(min_length=1, description="The sections, in their order.")
    questions: tuple[AskedQuestion, ...] = Field(min_length=1, description="The questions, in the order of asking.")
    thanks: Text = Field(description="What respondents read at the end.", examples=["Thank you."])
    invitation: Letter = Field(description="The message that invites people.")
    reminder: Letter = Field(description="The message that reminds them.")
    test_words: tuple[Label, ...] = Field(
        ("test", "test answer", "testing"),
        description="An answer that has one of these as its text is a test, and is not counted.",
        examples=[["test"]],
    )
    disclosure: Disclosure = Field(Disclosure(), description="What may be published.")
    weights: Weights | None = Field(None, description="How answers are weighted. Left out, they are not.")

    @property
    def statement(self) -> str:
        return self.about

    def question(self, name: str) -> AskedQuestion:
        """Return a question by its id; raises KeyError."""
        return {question.id: question for question in self.questions}[name]

    @property
    def counted(self) -> tuple[AskedQuestion, ...]:
        """The questions whose answers are counted and published.

        The question about scope is not: everyone kept gave one answer.
        """
        return tuple(one for one in self.questions if one.is_counted and one.role != Role.SCOPE)

    @property
    def groupings(self) -> tuple[AskedQuestion, ...]:
        """The questions whose options are used to break down the answers to the others."""
        return tuple(one for one in self.counted if one.role in GROUPING)

    @property
    def scope(self) -> AskedQuestion | None:
        return next((one for one in self.questions if one.role == Role.SCOPE), None)


def described(kind: Word) -> str:
    """Return a fixed word with a capital, as a heading: `rather not say` gives `Rather not say`."""
    return in_words(str(kind))
