"""One Trust's profile: the questions that can be asked of it, and a narrative for each part of its chapter."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from macros.model.base import Count, Flag, Label, Model, Pounds, Record, Slug, Sourced, StandardName, Text, Unique
from macros.model.dates import When
from macros.model.lasting import id_of
from macros.model.vocabulary import (
    Action,
    Audience,
    BodyKind,
    BudgetKind,
    Checking,
    Chosen,
    FigureKind,
    Fit,
    Held,
    Interview,
    Involvement,
    Lifecycle,
    Offer,
    Part,
    Per,
    Reading,
    Reporting,
    Represented,
    State,
    TakingPart,
    TermTopic,
    TrainingKind,
    VoiceKind,
)


class Life(Sourced):
    """Whether the authority still exists, and what came after it."""

    as_of: When | None = Field(
        None,
        title="Day for which the source says so",
        description="The day for which the source says that it carried on.",
        examples=["2025-07-10"],
    )
    status: Lifecycle = Field(
        title="Whether the council carried on",
        description="Whether the authority carried on.",
        examples=["continuing", "ended"],
    )
    ended: When | None = Field(
        None, title="Day it ended", description="When it ended, if it did.", examples=["2024-04-01"]
    )
    what: Text | None = Field(
        None,
        description="What readers should know about it.",
        examples=["The county council came to an end on 1 April 2024."],
    )
    successors: tuple[Label, ...] = Field(
        (), description="The bodies that took over, if the source names them.", examples=[["A new council"]]
    )

    @property
    def statement(self) -> str:
        return self.what or ""


class Basis(Sourced):
    """The basis of the profile: how the evidence was gathered and whether the Trust saw it."""

    taking_part: TakingPart = Field(
        title="Whether it took part", description="Whether the Trust took part.", examples=["contributed", "declined"]
    )
    online_survey: Flag = Field(
        title="In the online survey",
        description="Whether it was part of the online survey of officers.",
        examples=[True],
    )
    interview: Interview = Field(
        title="Interview with officers", description="How its officers were interviewed.", examples=["telephone"]
    )
    desk_research: Flag = Field(
        False,
        title="Its own documents were used",
        description="Whether its own published documents were used.",
        examples=[False],
    )
    checking: Checking = Field(
        title="Whether it was sent the draft",
        description="Whether it was sent the draft.",
        examples=["draft sent for confirmation"],
    )
    what: Text = Field(
        description="The same in a sentence or two, for readers.",
        examples=["Officers answered the online survey and were interviewed by telephone."],
    )

    @property
    def statement(self) -> str:
        return self.what


class Named(Sourced):
    """A named thing and what the report says about it."""

    name: Label = Field(description="Its name, as the report gives it.", examples=["Resource envelope"])
    what: Text | None = Field(None, description="What it is or did, in our own words.", examples=["A map of spending."])

    @property
    def statement(self) -> str:
        return f"{self.name}: {self.what}" if self.what else self.name


class Unit(Sourced):
    """The joint commissioning unit or team."""

    state: State = Field(description="Whether there was one.", examples=["in place", "none", "not mentioned"])
    name: Label | None = Field(None, description="Its name.", examples=["Joint Commissioning Unit"])
    since: When | None = Field(None, description="When it was set up, or will be.", examples=["2022", "2024-04"])
    led_by: Label | None = Field(
        None, description="Who led it.", examples=["Head of Children’s Commissioning (NHS Luton)"]
    )
    what: Text | None = Field(
        None, description="What it did, who was in it, to whom it answered.", examples=["It held four managers."]
    )

    @property
    def statement(self) -> str:
        return self.what or f"Joint commissioning unit: {self.state}"


class Framework(Sourced):
    """The joint commissioning framework: the document that says how commissioning is done."""

    state: State = Field(description="Whether there was one.", examples=["in place", "not mentioned"])
    name: Label | None = Field(None, description="Its name.", examples=["Framework for Strategic Joint Commissioning"])
    agreed: When | None = Field(None, description="When it was agreed.", examples=["2024-02"])
    what: Text | None = Field(
        None, description="What it covered, and who agreed it.", examples=["The Board agreed it."]
    )

    @property
    def statement(self) -> str:
        return self.what or f"Joint commissioning framework: {self.state}"


class BudgetPart(Model):
    """One funder's contribution to a budget."""

    funder: Label = Field(description="Where this part of the money came from.", examples=["Schools budgets"])
    amount: Pounds
    approximate: Flag = Field(False, description="Whether the report says “about”.", examples=[True])


class Budget(Named):
    """Money that partners held together or in step."""

    kind: BudgetKind = Field(description="How the money was put together.", examples=["pooled"])
    state: State = Field(State.IN_PLACE, description="How far it had got.", examples=["in place", "planned"])
    amount: Pounds | None = Field(None, description="The whole sum in pounds, if stated.", examples=[600000])
    approximate: Flag = Field(False, description="Whether the report says “about”.", examples=[False])
    parts: tuple[BudgetPart, ...] = Field((), description="What each funder put in. They must add up to the amount.")


class Local(Named):
    """A local or district structure that takes part in commissioning."""

    count: Count | None = Field(None, title="How many", description="How many there were.", examples=[11])
    state: State = Field(State.IN_PLACE, description="How far it had got.", examples=["in place", "being tried"])


class Role(Named):
    """A named job in commissioning."""

    count: Count | None = Field(None, title="How many", description="How many people or posts.", examples=[2])


class Commissioning(Sourced):
    """How commissioning was organised."""

    model: Text = Field(
        title="How it worked",
        description="How commissioning was organised, in a sentence.",
        examples=["Project boards commissioned, each with partners on it."],
    )
    unit: Unit = Field(description="The joint commissioning unit.")
    framework: Framework = Field(description="The joint commissioning framework.")
    strategy: tuple[Named, ...] = Field((), description="Plans, strategies, agreements and reviews behind it.")
    budgets: tuple[Budget, ...] = Field((), description="Pooled, aligned or named budgets.")
    local: tuple[Local, ...] = Field((), title="Local structures", description="Local structures.")
    roles: tuple[Role, ...] = Field((), title="Named jobs", description="Named jobs.")
    services: tuple[Named, ...] = Field(
        (), description="Services and contracts that the report says were commissioned."
    )

    @property
    def statement(self) -> str:
        return self.model


class Context(Sourced):
    """The first part of a chapter: how things stood."""

    narrative: Text = Field(
        description="How things stood, in our own words, past tense.", examples=["The unit was set up in 2007."]
    )
    commissioning: Commissioning = Field(description="How commissioning was organised.")

    @property
    def statement(self) -> str:
        return self.narrative


class Body(Named):
    """A board or group, and the sector's place on it."""

    known_by: ClassVar = ("name",)

    id: Slug | None = Field(
        None,
        description="What those who use the downloads know it by. Left out, it is made of its first words: "
        "give it, as it was, when you reword a name that is published.",
        examples=["childrens-trust-board"],
    )
    kind: BodyKind = Field(description="What kind of body it was.", examples=["board"])
    vcs: Represented = Field(
        title="Sector’s place", description="Whether the sector had a place on it.", examples=["represented"]
    )
    seats: Count | None = Field(None, description="How many seats the sector held, if stated.", examples=[2])
    seats_from: Reading = Field(
        Reading.STATED,
        title="Who says how many seats",
        description="Whether the source states how many seats.",
        examples=["stated", "our reading"],
    )
    held_by: Label | None = Field(
        None, title="Who held the seats", description="Who held them.", examples=["Young Suffolk"]
    )
    chosen: Chosen = Field(
        Chosen.NOT_MENTIONED, title="How they were chosen", description="How they were chosen.", examples=["elected"]
    )
    meets: Label | None = Field(None, title="How often it met", description="How often it met.", examples=["quarterly"])

    @property
    def statement(self) -> str:
        return self.what or f"{self.name}: the sector was {self.vcs}"

    @property
    def key(self) -> str:
        """The key that tells it from the other bodies of its Trust."""
        return id_of(self.id, *(getattr(self, name) for name in self.known_by))


class Voice(Named):
    """A body that speaks for the sector or brings it together."""

    kind: VoiceKind = Field(description="What kind of body it was.", examples=["forum"])
    speaks: Flag = Field(
        title="Spoke for the sector",
        description="Whether the report says that it spoke for the sector in the Trust.",
        examples=[True],
    )
    speaks_from: Reading = Field(
        Reading.STATED,
        title="Who says that it spoke",
        description="Whether the source states that it spoke for the sector.",
        examples=["stated", "our reading"],
    )
    since: When | None = Field(None, description="When it was set up.", examples=["2008"])
    meets: Label | None = Field(None, title="How often it met", description="How often it met.", examples=["quarterly"])
    funded_by: Label | None = Field(
        None, title="Paid for by", description="Who paid for it.", examples=["Cambridgeshire County Council"]
    )
    also_called: tuple[Label, ...] = Field((), description="Other names and initials.", examples=[["VOC"]])


class Governance(Sourced):
    """The second part: the sector's place in commissioning governance."""

    narrative: Text = Field(
        description="The sector’s place in governance, in our own words, past tense.",
        examples=["Six representatives sat on the stakeholder group."],
    )
    bodies: tuple[Body, ...] = Field(description="Boards and groups, with the sector’s seats.")
    voices: tuple[Voice, ...] = Field(
        description="Bodies and forums of the sector. Those that speak for it come first."
    )
    agreements: tuple[Named, ...] = Field((), description="Memoranda, action plans, support contracts.")

    @property
    def statement(self) -> str:
        return self.narrative


class Activity(Named):
    """Something done towards the needs assessment or the plan."""

    when: When | None = Field(None, description="When.", examples=["2008"])
    state: Held = Field(Held.HELD, description="Whether it had happened.", examples=["held", "planned"])


class Needs(Sourced):
    """The third part: what the sector gave to the needs assessment."""

    narrative: Text = Field(
        description="What the sector gave to needs assessment, in our own words, past tense.",
        examples=["The sector joined the main events."],
    )
    involvement: Involvement = Field(description="What part the sector had.", examples=["involved", "not mentioned"])
    activities: tuple[Activity, ...] = Field((), description="What was done.")

    @property
    def statement(self) -> str:
        return self.narrative


class Training(Named):
    """A piece of training or awareness work."""

    kind: TrainingKind = Field(description="The form it took.", examples=["workshop"])
    audience: Audience = Field(description="Whom it was for.", examples=["voluntary and community sector"])
    when: When | None = Field(None, description="When.", examples=["autumn 2022"])
    state: Held = Field(Held.HELD, description="Whether it had happened.", examples=["held", "planned"])
    run_by: Label | None = Field(None, description="Who ran or paid for it.", examples=["Voluntary Action Luton"])


class TrainingPart(Sourced):
    """The fourth part: training and awareness."""

    narrative: Text = Field(
        description="What training there was, in our own words, past tense.",
        examples=["Workshops ran across the county."],
    )
    offer: Offer = Field(
        title="Training for the sector",
        description="Whether training or awareness work reached the sector.",
        examples=["offered"],
    )
    events: tuple[Training, ...] = Field((), description="Training, events and awareness work.")

    @property
    def statement(self) -> str:
        return self.narrative


class Step(Named):
    """Something the Trust said came next."""

    when: When | None = Field(None, description="When, if stated.", examples=["2024-09"])
    state: State = Field(State.PLANNED, description="How far it had got.", examples=["planned", "on hold"])


class NextSteps(Sourced):
    """The fifth part: what was to come."""

    narrative: Text = Field(
        description="What was to come, in our own words, past tense.", examples=["A seminar was being planned."]
    )
    steps: tuple[Step, ...] = Field(description="The steps, one by one.")

    @property
    def statement(self) -> str:
        return self.narrative


class Sum(Sourced):
    """One sum of money that the report says was invested in the sector."""

    known_by: ClassVar = ("period", "period_note", "scope")

    id: Slug | None = Field(
        None,
        description="What those who use the downloads know it by. Left out, it is made of its first words: "
        "give it, as it was, when you reword a scope that is published.",
        examples=["2007-08-childrens-services"],
    )
    amount: Pounds
    kind: FigureKind = Field(description="Whether the Trust reported it.", examples=["reported"])
    approximate: Flag = Field(
        False, title="Is it “about”?", description="Whether the report says “about”.", examples=[True]
    )
    period: When | None = Field(
        None, description="The year or years it is for, if stated.", examples=["2022/23", "2022 to 2024"]
    )
    period_note: Label | None = Field(
        None,
        title="Period, in words",
        description="The period in words, where no date fits.",
        examples=["over the next three years"],
    )
    per: Per = Field(
        title="Each year or the whole period",
        description="Whether it is for each year or for the whole period.",
        examples=["a year"],
    )
    series: Label | None = Field(
        None,
        description="What was counted, where the report gives sums of the same thing for several years. Only sums of "
        "one series are drawn beside each other.",
        examples=["total investment in the sector"],
    )
    scope: Text = Field(
        title="What it was for",
        description="What the money was for, in a full phrase; what is not stated.",
        examples=["Preventive services that the sector ran."],
    )

    @property
    def statement(self) -> str:
        return self.scope

    @property
    def key(self) -> str:
        """The key that tells it from the other sums of its Trust.

        The amount is not part of it, as it may be corrected.
        """
        return id_of(self.id, *(getattr(self, name) for name in self.known_by))


class Investment(Sourced):
    """The sixth part: money invested in the sector."""

    narrative: Text = Field(
        description="What was said about money, in our own words, past tense.", examples=["No total was reported."]
    )
    reporting: Reporting = Field(
        description="Whether the Trust reported its investment.", examples=["reported", "not reported"]
    )
    figures: tuple[Sum, ...] = Field(
        (), description="Each sum that is stated. Sums with different scopes are never added up."
    )

    @property
    def statement(self) -> str:
        return self.narrative


class Term(Sourced):
    """A term of contract or payment."""

    topic: TermTopic = Field(description="What the term is about.", examples=["contract length"])
    what: Text = Field(description="The term, in our own words.", examples=["Contracts ran for three years."])
    brief: Label = Field(
        title="In a few words",
        description="The same in a few words, as the answer to its topic.",
        examples=["three years", "up to six months ahead, after a risk assessment"],
    )
    years: Count | None = Field(None, description="Its length in years, if it has one.", examples=[3])
    months: Count | None = Field(None, description="Its length in months, if it has one.", examples=[6])
    services: Label | None = Field(
        None, description="Which contracts it applied to.", examples=["Thinking Families contracts"]
    )

    @property
    def statement(self) -> str:
        return self.what


class Plan(Sourced):
    """Something a Trust said it would commission, extend, review or end."""

    known_by: ClassVar = ("what",)

    id: Slug | None = Field(
        None,
        description="What calendars know it by. Left out, it is made of its first words: "
        "give it, as it was, when you reword a plan that is published.",
        examples=["the-infrastructure-support-contract"],
    )
    what: Text = Field(description="What, in our own words.", examples=["The infrastructure support contract."])
    action: Action = Field(description="What would be done with it.", examples=["commission again"])
    when: When | None = Field(None, description="When, if stated.", examples=["2024-09"])
    when_note: Label | None = Field(
        None,
        title="When, in words",
        description="When, in words, where no date fits.",
        examples=["about to be tendered"],
    )
    state: State = Field(State.PLANNED, description="How far it had got.", examples=["planned", "in place"])

    @property
    def statement(self) -> str:
        return self.what

    @property
    def key(self) -> str:
        """The key that tells it from the other plans of its Trust, wherever it stands among them."""
        return id_of(self.id, *(getattr(self, name) for name in self.known_by))


class Tool(Named):
    """A tool or a practice with a name."""

    state: State = Field(description="How far it had got.", examples=["in place", "planned"])


class Award(Named):
    """A prize that the report mentions."""

    by: Label = Field(description="Who gave it.", examples=["National Health and Social Care Awards"])
    when: When | None = Field(None, description="When.", examples=["2008-07"])


class Gap(Sourced):
    """Something the report does not say. Ours: it is our reading of a silence."""

    part: Part = Field(description="The part of the profile it belongs to.", examples=["governance"])
    what: Text = Field(
        description="What is not said, in a full sentence.",
        examples=["The report does not say how representatives were chosen."],
    )

    @property
    def statement(self) -> str:
        return self.what


class PracticeStatement(Sourced):
    """The report's account of a Trust on the subject of one standard. Never a score, never a judgement of ours."""

    standard: StandardName = Field(description="The standard it illustrates.", examples=["sd-1"])
    fit: Fit = Field(
        title="How much is described",
        description="How much of what the standard asks for is described. Leave the statement out if the report says "
        "nothing on the subject.",
        examples=["one part described", "discussed, no arrangement described"],
    )
    what: Text = Field(
        description="What the report says on it, in our own words.", examples=["Two forums came before the advert."]
    )

    @property
    def statement(self) -> str:
        return self.what


class Tile(Model):
    """The square of the region's map that stands for this Trust. Ours: a sketch of who borders whom."""

    column: int = Field(
        title="Column, from the west",
        strict=True,
        ge=0,
        le=30,
        description="From the west, beginning at 0.",
        examples=[0],
    )
    row: int = Field(
        title="Row, from the north",
        strict=True,
        ge=0,
        le=30,
        description="From the north, beginning at 0.",
        examples=[2],
    )


class Confirmation(Model):
    """A person's confirmation: they compared the whole profile with its sources, and found it right on that day."""

    by: Label = Field(
        title="Checked by",
        description="Who checked it: a person or an organisation.",
        examples=["Voluntary Action Luton"],
    )
    role: Label = Field(
        description="In what role. It is also who is asked when the next review is due.",
        examples=["Keeper of the profile", "Commissioning manager"],
    )
    on: When = Field(
        title="Day of the check", description="The day on which the check was finished.", examples=["2026-11-22"]
    )
    rests_on: Text = Field(
        title="Compared with",
        description="What the profile was compared with.",
        examples=["The chapter on the Trust in the report."],
    )


class Trust(Record):
    """One Children's Trust's approach to joint commissioning, as the first evidence described it."""

    kind: ClassVar[str] = "trusts"

    slug: Slug = Field(
        description="The name in the address; taken from the folder’s name, never typed.", examples=["luton"]
    )
    name: Annotated[Label, Unique("the Trust name")] = Field(description="The area’s name.", examples=["Luton"])
    partnership: Label = Field(
        description="What the report calls the partnership.", examples=["Luton Children’s Trust"]
    )
    authority: Label = Field(
        description="The council that led it at the time of the evidence.", examples=["Luton Borough Council"]
    )
    also_called: tuple[Label, ...] = Field((), description="Other names people search for.", examples=[["HCTP"]])
    tile: Annotated[Tile | None, Unique("the map tile")] = Field(
        None, title="Square on the map", description="Its square on the map of the region."
    )
    confirmed: Confirmation | None = Field(
        None,
        title="Last check of the whole profile",
        description="Who last checked the whole profile, and when. Left out until somebody has. "
        "Changing the profile does not count as a check.",
    )
    life: Life = Field(title="What became of the council", description="Whether the authority carried on.")
    basis: Basis = Field(title="What the profile rests on", description="The evidence that the profile rests on.")
    context: Context = Field(description="How things stood.")
    governance: Governance = Field(description="The sector’s place in governance.")
    needs: Needs = Field(description="The sector and needs assessment.")
    training: TrainingPart = Field(description="Training and awareness.")
    next_steps: NextSteps = Field(description="What was to come.")
    investment: Investment = Field(description="Money invested in the sector.")
    terms: tuple[Term, ...] = Field((), description="Contract and payment terms.")
    plans: tuple[Plan, ...] = Field(
        (), description="What would be commissioned, extended, reviewed or ended, and when."
    )
    tools: tuple[Tool, ...] = Field((), description="Named tools and practices.")
    awards: tuple[Award, ...] = Field((), description="Prizes.")
    practice: tuple[PracticeStatement, ...] = Field((), description="What it did on the subjects of the standards.")
    gaps: tuple[Gap, ...] = Field(description="What the report does not say.")


AREA_FIELDS = ("name", "partnership", "authority", "also_called", "tile", "life")
"""The fields of a Trust that outlive any wave of evidence."""
FIRST_PROFILE_FIELDS = tuple(name for name in Trust.model_fields if name not in {"slug", *AREA_FIELDS})
"""The fields of what the first wave said of a Trust."""
