"""The fixed words: every vocabulary that a field of the data may be limited to."""

from __future__ import annotations

from enum import StrEnum

NOT_MENTIONED = "not mentioned"


class Unknown(StrEnum):
    """Why a fact is missing. Shown instead of an empty cell; “not mentioned” never means “no”."""

    NOT_REPORTED = "not reported"
    ESTIMATED = "estimated, not confirmed"
    NOT_INVOLVED = "not involved"
    PLANNED = "planned"
    DECLINED = "declined to take part"
    NOT_MENTIONED = "not mentioned in the report"
    NO_BODY = "no body named in the report"


class Lifecycle(StrEnum):
    """Whether the authority behind a Trust still existed when the report came out."""

    CONTINUING = "continuing"
    ENDED = "ended"


class TakingPart(StrEnum):
    """Whether a Trust took part in the research."""

    CONTRIBUTED = "contributed"
    DECLINED = "declined"


class Interview(StrEnum):
    """How a Trust's officers were interviewed."""

    FACE_TO_FACE = "face to face"
    TELEPHONE = "telephone"
    NONE = "none mentioned"


class Checking(StrEnum):
    """Whether a Trust saw the text before it was published. The report does not say what each answered."""

    SENT = "draft sent for confirmation"
    NOT_SENT = "draft not sent"


class State(StrEnum):
    """How far something had got when the report was written."""

    IN_PLACE = "in place"
    BEING_SET_UP = "being set up"
    UNDER_WAY = "under way"
    PILOT = "being tried"
    PLANNED = "planned"
    PROPOSED = "proposed"
    ON_HOLD = "on hold"
    FINISHED = "finished"
    NONE = "none"
    NOT_MENTIONED = NOT_MENTIONED


class BudgetKind(StrEnum):
    """How partners put money together."""

    POOLED = "pooled"
    ALIGNED = "aligned"
    JOINT = "joint and aligned"
    EITHER = "pooled or aligned"
    SINGLE = "one partner’s own"


class BodyKind(StrEnum):
    """What a body in a Trust's governance does."""

    BOARD = "board"
    EXECUTIVE = "executive"
    COMMISSIONING = "commissioning group"
    ADVISORY = "advisory group"
    PROJECT = "project group"
    LOCAL = "local partnership"
    PARTNERSHIP = "partnership group"
    PANEL = "assessment panel"


class Represented(StrEnum):
    """Whether the voluntary and community sector had a place on a body."""

    YES = "represented"
    NO = "not represented"
    NOT_MENTIONED = NOT_MENTIONED


class Chosen(StrEnum):
    """How the people in the sector's seats were chosen."""

    ELECTED = "elected"
    BY_ROLE = "by role"
    COMMISSIONED = "commissioned"
    NOT_MENTIONED = NOT_MENTIONED


class VoiceKind(StrEnum):
    """What kind of body speaks for the sector or brings it together."""

    INFRASTRUCTURE = "infrastructure body"
    CONSORTIUM = "consortium"
    FORUM = "forum"
    NETWORK = "network"


class Involvement(StrEnum):
    """What part the sector had in the needs assessment."""

    INVOLVED = "involved"
    CONSULTED = "consulted"
    PLAN_ONLY = "contributed to the plan"
    SUPPORTED = "paid support to take part"
    NOT_INVOLVED = "not involved"
    NOT_MENTIONED = NOT_MENTIONED


class Offer(StrEnum):
    """Whether commissioning training or awareness work reached the sector."""

    OFFERED = "offered"
    INFORMATION_ONLY = "information and discussion only"
    PLANNED = "none yet, event planned"
    NOT_MENTIONED = NOT_MENTIONED


class TrainingKind(StrEnum):
    """The form that a piece of training or awareness work took."""

    CONFERENCE = "conference"
    COURSE = "course"
    WORKSHOP = "workshop"
    BRIEFING = "briefing"
    MEETING = "meeting"
    EVENT = "event"
    SUPPORT = "one-to-one support"
    INFORMATION = "information"
    PROGRAMME = "continuing programme"


class Audience(StrEnum):
    """Whom a piece of training or awareness work was for."""

    SECTOR = "voluntary and community sector"
    COMMISSIONERS = "commissioners"
    PARTNERS = "all partners"
    NOT_MENTIONED = NOT_MENTIONED


class Held(StrEnum):
    """Whether an event had taken place when the report was written."""

    HELD = "held"
    CONTINUING = "continuing"
    PLANNED = "planned"
    NEEDED = "said to be needed"


class TermTopic(StrEnum):
    """What a contract or payment term is about."""

    LENGTH = "contract length"
    EXTENSION = "extension"
    IN_ADVANCE = "payment in advance"
    PAYMENT = "payment terms"
    FULL_COST = "full cost"
    CONTRIBUTION = "provider’s contribution"
    OUTCOMES = "outcomes"
    QUALITY = "quality standards"
    MONITORING = "monitoring"
    MODEL = "model contract"


class Action(StrEnum):
    """What a Trust said it would do with a service, a contract or a budget."""

    COMMISSION = "commission"
    RECOMMISSION = "commission again"
    EXTEND = "extend"
    REVIEW = "review"
    TRANSFER = "transfer"
    POOL = "pool budgets"
    END = "end"


class Reporting(StrEnum):
    """Whether a Trust reported what it invested in the sector."""

    REPORTED = "reported"
    NOT_REPORTED = "not reported"
    NOT_CLEAR = "not clear"


class FigureKind(StrEnum):
    """What a sum of money in the report is."""

    REPORTED = "reported"
    ESTIMATED = "estimated, not confirmed"
    FLOOR = "at least, not confirmed"


class Per(StrEnum):
    """What stretch of time a sum of money is for."""

    YEAR = "a year"
    WHOLE = "the whole period"
    NOT_MENTIONED = NOT_MENTIONED


class Part(StrEnum):
    """The six parts of each Trust's chapter in the report."""

    CONTEXT = "context"
    GOVERNANCE = "governance"
    NEEDS = "needs"
    TRAINING = "training"
    NEXT_STEPS = "next-steps"
    INVESTMENT = "investment"


class Qualifier(StrEnum):
    """How exactly the report gives a survey answer."""

    EXACT = "exactly"
    OVER = "over"
    MAJORITY = "the majority"
    OVERALL = "overall"
    DERIVED = "left over"


class Stage(StrEnum):
    """The six stages and two themes of the guide. The names are ours: the report's own cycle diagram is lost."""

    STRATEGY = "strategy"
    NEEDS = "needs"
    DESIGN = "design"
    PROCUREMENT = "procurement"
    FUNDING = "funding"
    REVIEW = "review"
    GOVERNANCE = "governance"
    LEARNING = "learning"


class PlaceKind(StrEnum):
    """What kind of place a row of places.csv is."""

    COUNTY = "county"
    DISTRICT = "district"
    UNITARY = "unitary"
    TOWN = "town"
    CITY = "city"


class Expansion(StrEnum):
    """Where the meaning of a glossary term comes from."""

    REPORT = "report"
    OURS = "ours"


class EvidenceKind(StrEnum):
    """What kind of evidence a standard rests on."""

    FINDING = "finding"
    PRACTICE = "Trust practice"
    SURVEY = "survey"
    FORUM = "forum"
    AUDIT = "audit"


class PracticeStatus(StrEnum):
    """How far a practice had got in 2009."""

    IN_USE = "in use"
    BEING_TRIED = "being tried"
    PLANNED = "planned"
    RECOMMENDED = "recommended"


class Result(StrEnum):
    """Whether the report states what a practice led to."""

    STATED = "a result is stated"
    JUDGED = "judged good, not measured"
    NOT_MEASURED = "not measured"
    NONE_YET = "none yet"


class Side(StrEnum):
    """Which way an argument points."""

    FOR = "for"
    AGAINST = "against"
    CONDITION = "condition"


class Fit(StrEnum):
    """How far a Trust's practice in 2009 met a standard, as far as the report tells. Never a score."""

    IN_PLACE = "in place"
    PARTLY = "partly"
    PLANNED = "planned"
    NOT_IN_PLACE = "not in place"
    NOT_MENTIONED = NOT_MENTIONED
