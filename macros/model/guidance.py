"""The guidance: standards with their checks, practices that were tried, and the proposed regional framework."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from macros.model.base import (
    Count,
    Flag,
    Label,
    PrincipleName,
    RecommendationName,
    Record,
    Slug,
    Sourced,
    SourceRef,
    StandardName,
    Text,
    TrustName,
    Unique,
)
from macros.model.dates import When
from macros.model.vocabulary import AnswerKind, EvidenceKind, PracticeStatus, Result, Side, Stage


class Clause(Sourced):
    """One thing that a standard requires, and the one check that shows it. Ours, unless it names a section."""

    requires: Text = Field(description="One thing to do, beginning with a verb.", examples=["Publish a dated list."])
    check: Text = Field(
        description="What somebody can show when it is done; it goes on from “You can show that …”.",
        examples=["the list is public and has a date"],
    )
    threshold: Text | None = Field(
        None,
        description="A number or detail of the check that the report does not state. Always ours.",
        examples=["It changed within the last quarter."],
    )

    @property
    def statement(self) -> str:
        return f"{self.requires} You can show that {self.check}"


class Evidence(Sourced):
    """Evidence in the report that a standard rests on."""

    kind: EvidenceKind = Field(description="What kind of evidence it is.", examples=["finding", "Trust practice"])
    what: Text = Field(description="What it says, in our own words.", examples=["Thurrock held two provider forums."])
    trusts: tuple[TrustName, ...] = Field((), description="The Trusts it is about.", examples=[["thurrock"]])

    @property
    def statement(self) -> str:
        return self.what


class Standard(Record):
    """One of the standards of good engagement. The wording is ours; the evidence is the report's."""

    kind: ClassVar[str] = "standards"

    id: Slug = Field(description="Its id; taken from the file’s name, never typed.", examples=["na-1"])
    title: Label = Field(
        description="What to do, beginning with a verb.", examples=["Involve the sector before priorities are set"]
    )
    core: Flag = Field(description="Whether it is one of the core standards.", examples=[True])
    stage: Stage = Field(description="Its stage or theme.", examples=["needs"])
    principles: tuple[PrincipleName, ...] = Field(
        (), description="The principles of funding it serves.", examples=[["g1"]]
    )
    recommendations: tuple[RecommendationName, ...] = Field(
        (), description="The recommendations it answers.", examples=[["r2"]]
    )
    requirement: Text = Field(
        description="The requirement in one sentence.", examples=["Bring the sector into the needs assessment."]
    )
    clauses: tuple[Clause, ...] = Field(min_length=1, description="The requirement’s clauses, each with its one check.")
    why: Text = Field(
        description="Why it matters, in two or three sentences.", examples=["The sector knows needs that data miss."]
    )
    expect: Text = Field(
        description="What a VCS organisation can expect.", examples=["An invitation while questions are open."]
    )
    ask: Text = Field(
        description="A short, polite question that a VCS organisation can copy and send.",
        examples=["When will the next needs assessment begin, and how can we take part?"],
    )
    worries: tuple[Label, ...] = Field(
        (), description="The worries of a VCS organisation that it answers.", examples=[["I want a say"]]
    )
    evidence: tuple[Evidence, ...] = Field(min_length=1, description="What it rests on.")
    unknown: tuple[Text, ...] = Field(
        min_length=1, description="What we do not know. Ours.", examples=[["No Trust's dates are given."]]
    )
    see: tuple[StandardName, ...] = Field((), description="Related standards.", examples=[["na-2"]])
    last_reviewed: When = Field(description="When a person last reviewed it.", examples=["2026-11-22"])
    next_review: When = Field(description="When it is to be reviewed next.", examples=["2027-11-22"])

    @property
    def statement(self) -> str:
        return self.requirement


class Use(Sourced):
    """Where a practice was used, and how."""

    trust: TrustName = Field(description="The Trust.", examples=["thurrock"])
    status: PracticeStatus = Field(description="How far it had got there.", examples=["in use"])
    what: Text = Field(
        description="What was done there, in our own words.", examples=["Two forums came before the advert."]
    )

    @property
    def statement(self) -> str:
        return self.what


class Practice(Record):
    """Something that was tried in one Trust or more."""

    kind: ClassVar[str] = "practices"

    slug: Slug = Field(
        description="The name in the address; taken from the file’s name, never typed.", examples=["resource-envelope"]
    )
    title: Label = Field(description="Its name.", examples=["Resource envelope"])
    what: Text = Field(description="What it is.", examples=["A map of what partners spend on one group."])
    status: PracticeStatus = Field(
        description="How far it had got, at the time of the evidence, where it was furthest.", examples=["in use"]
    )
    uses: tuple[Use, ...] = Field(min_length=1, description="Where it was used.")
    stages: tuple[Stage, ...] = Field(
        min_length=1, description="The stages and themes it belongs to.", examples=[["design"]]
    )
    standards: tuple[StandardName, ...] = Field(
        min_length=1, description="The standards it helps to meet.", examples=[["sd-1"]]
    )
    problem: Text = Field(
        description="The problem it answers.", examples=["Bidders first saw the papers in the advert."]
    )
    result: Result = Field(description="Whether the report states a result.", examples=["not measured"])
    reported: Text = Field(
        description="What the report says happened.", examples=["All the points raised were acted on."]
    )
    unsaid: Text = Field(
        description="What the report does not say. Ours.", examples=["Whether more organisations bid."]
    )
    start: tuple[Text, ...] = Field(
        min_length=1, description="How to start, step by step. Ours.", examples=[["Pick one service."]]
    )

    @property
    def statement(self) -> str:
        return self.what


class Arrangement(Sourced):
    """Something the framework keeps common across the region, or leaves to each Trust."""

    what: Text = Field(description="What it is.", examples=["One form for monitoring."])
    standards: tuple[StandardName, ...] = Field((), description="The standards it helps to meet.", examples=[["mr-1"]])
    why: Text | None = Field(
        None, description="Why it is common or local.", examples=["Providers work in several Trusts."]
    )

    @property
    def statement(self) -> str:
        return self.what


class FrameworkStage(Sourced):
    """One stage of the cycle in the framework."""

    stage: Annotated[Stage, Unique("the stage", within="record")] = Field(
        description="The stage or theme.", examples=["needs"]
    )
    aim: Text = Field(
        description="What the stage is for, in a sentence.", examples=["To know what is needed before money is spent."]
    )
    common: tuple[Arrangement, ...] = Field(min_length=1, description="What is common across the region.")
    local: tuple[Arrangement, ...] = Field(min_length=1, description="What stays local.")

    @property
    def statement(self) -> str:
        return self.aim


class Decision(Sourced):
    """A decision in the framework: who takes it, who advises, and who must step back."""

    what: Text = Field(description="The decision.", examples=["Which bid wins."])
    decides: Label = Field(description="Who decides.", examples=["A panel without a stake in the result"])
    advises: Label = Field(description="Who advises.", examples=["People from the sector who do not bid"])
    steps_back: Label = Field(description="Who must step back.", examples=["Anyone who bids, in-house teams included"])
    why: Text = Field(description="Why.", examples=["The report found that interests could clash."])

    @property
    def statement(self) -> str:
        return f"{self.what} {self.why}"


class DocumentField(Sourced):
    """One line, column or question of a common document."""

    label: Label = Field(description="Its label.", examples=["When it will be commissioned"])
    note: Text = Field(description="What to write there.", examples=["A month, or “undecided”."])
    answer: AnswerKind = Field(description="What kind of answer it takes.", examples=["date"])


class DocumentPart(Sourced):
    """A part of a common document: a heading and its fields, or a table whose columns the fields are."""

    title: Label = Field(description="Its heading.", examples=["Each funding stream"])
    table: Flag = Field(
        False, description="Whether its fields are the columns of a table with empty rows.", examples=[True]
    )
    rows: Count = Field(0, description="How many empty rows the table has.", examples=[10])
    fields: tuple[DocumentField, ...] = Field(min_length=1, description="Its lines, columns or questions.")


class CommonDocument(Sourced):
    """A document that the framework proposes to share across the region. Ours."""

    id: Annotated[Slug, Unique("the document", within="record")] = Field(
        description="A short id, used in addresses and file names.", examples=["forward-plan"]
    )
    title: Label = Field(description="Its title.", examples=["Forward plan"])
    purpose: Text = Field(description="What it is for.", examples=["To say what will be commissioned, and when."])
    used_by: Label = Field(description="Who fills it in.", examples=["Commissioners"])
    stage: Stage = Field(description="The stage or theme it belongs to.", examples=["strategy"])
    standards: tuple[StandardName, ...] = Field(
        min_length=1, description="The standards it helps to meet.", examples=[["st-1"]]
    )
    rests_on: tuple[SourceRef, ...] = Field(
        (), description="Sections of the report that suggest it.", examples=[["first-report#recommendations(1)"]]
    )
    parts: tuple[DocumentPart, ...] = Field(min_length=1, description="Its parts.")

    @property
    def statement(self) -> str:
        return self.purpose


class AdoptStep(Sourced):
    """A step of adopting the framework in the first 90 days. Ours."""

    days: Label = Field(description="Which days.", examples=["Days 1 to 30"])
    what: Text = Field(description="What to do.", examples=["Publish who leads on it."])
    who: Label = Field(description="Who does it.", examples=["Director of children’s services"])
    standards: tuple[StandardName, ...] = Field((), description="The standards it serves.", examples=[["st-1"]])

    @property
    def statement(self) -> str:
        return self.what


class Argument(Sourced):
    """A reason for or against the framework, or a condition on it, that the report gives or that we see."""

    side: Side = Field(description="Whether it speaks for or against.", examples=["for", "against"])
    title: Label = Field(description="The argument in a few words.", examples=["Work across borders"])
    what: Text = Field(
        description="The argument, in full sentences.", examples=["Groups in three areas filled in three forms."]
    )

    @property
    def statement(self) -> str:
        return self.what


class Ask(Sourced):
    """One thing that is asked of the board of a Trust which thinks of adopting the framework."""

    what: Text = Field(description="What the board is asked to do.", examples=["Agree to try it for 90 days."])

    @property
    def statement(self) -> str:
        return self.what


class RegionalFramework(Record):
    """The proposed regional commissioning framework. A proposal: no Trust has adopted it."""

    kind: ClassVar[str] = "framework"

    title: Label = Field(description="Its name.", examples=["Regional commissioning framework"])
    status: Label = Field(
        description="Its status, shown on every page of it.", examples=["Proposal. No Trust has adopted it."]
    )
    about: Text = Field(description="What is proposed, and why.", examples=["The report asked for it."])
    stages: tuple[FrameworkStage, ...] = Field(description="The stages and themes.")
    decisions: tuple[Decision, ...] = Field(description="Who decides and who steps back.")
    documents: tuple[CommonDocument, ...] = Field(description="The common documents.")
    asks: tuple[Ask, ...] = Field(description="What is asked of the board of a Trust.")
    adopt: tuple[AdoptStep, ...] = Field(description="The first 90 days.")
    across: tuple[Arrangement, ...] = Field(
        description="What would be the same for an organisation that works in several Trusts."
    )
    arguments: tuple[Argument, ...] = Field(description="The case and its limits.")

    @property
    def statement(self) -> str:
        return self.about


class Hub(Record):
    """A stage or theme as readers meet it. The division into stages is ours."""

    kind: ClassVar[str] = "stages"

    id: Annotated[Stage, Unique("the id", is_read_once=True)] = Field(
        description="The stage or theme.", examples=["needs"]
    )
    number: Label = Field(description="Its number or letter.", examples=["Stage 2", "Theme A"])
    title: Label = Field(description="Its name.", examples=["Needs assessment"])
    question: Label = Field(
        description="The question it answers, as a reader would ask it.", examples=["How do we know what is needed?"]
    )
    what: Text = Field(
        description="What should happen at this stage.", examples=["Partners find out together what is needed."]
    )
    who: Text = Field(description="Who does it.", examples=["Commissioners lead; the sector takes part."])
    said: Text = Field(
        description="What the sector said about it in the survey and the forum.",
        examples=["The sector wanted to be asked sooner."],
    )
    steps_2006: tuple[Label, ...] = Field(
        (),
        description="Steps of the national framework that it covers, from outside the report.",
        examples=[["Assess needs"]],
    )
    steps_source: SourceRef | None = Field(
        None, description="The document that these steps are from.", examples=["joint-planning-framework-2006"]
    )

    @property
    def statement(self) -> str:
        return self.what
