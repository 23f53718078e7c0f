"""The fixed words: every vocabulary that a field of the data may be limited to."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

NOT_MENTIONED = "not mentioned"

TO_WRITE = "To be written."
"""The text that a new record holds until somebody has written the real one."""


class Word(StrEnum):
    """A fixed word with its meaning, which editors' tools and the data dictionary show with it."""

    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Self:
        """Make the word from its text in the data and its meaning."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.meaning = meaning
        return word


class Unknown(StrEnum):
    """Why a fact is missing. Shown instead of an empty cell; “not mentioned” never means “no”."""

    NOT_REPORTED = "not reported"
    ESTIMATED = "estimated, not confirmed"
    NOT_INVOLVED = "not involved"
    PLANNED = "planned"
    DECLINED = "declined to take part"
    NOT_MENTIONED = "not mentioned in the report"
    NO_BODY = "no body named in the report"
    NO_SUM = "no sum given in the report"


class Lifecycle(Word):
    """Whether the authority behind a Trust still exists, as far as a source says so."""

    CONTINUING = "continuing", "The authority carried on. Give the day for which a source says so in “as_of”."
    ENDED = "ended", "The authority came to an end. Give the date in “ended”."
    UNKNOWN = "not known", "No source here says whether it carried on."


class TakingPart(Word):
    """Whether a Trust took part in the research."""

    CONTRIBUTED = "contributed", "The report counts the Trust among those that contributed."
    DECLINED = "declined", "The Trust chose not to take part. Its profile rests on published documents."


class Interview(Word):
    """How a Trust's officers were interviewed."""

    FACE_TO_FACE = "face to face", "Officers were interviewed in person."
    TELEPHONE = "telephone", "Officers were interviewed by telephone."
    NONE = "none mentioned", "The report mentions no interview. There may have been one."


class Checking(Word):
    """Whether a Trust saw the text before it was published. The report does not say what each answered."""

    SENT = "draft sent for confirmation", "The Trust was sent the draft to confirm."
    NOT_SENT = "draft not sent", "The Trust was not sent the draft."


class State(Word):
    """How far something had got when the report was written."""

    IN_PLACE = "in place", "It was there and in use."
    BEING_SET_UP = "being set up", "Work on setting it up had begun."
    UNDER_WAY = "under way", "It had begun and was not finished."
    PILOT = "being tried", "It was on trial."
    PLANNED = "planned", "The Trust said that it would come."
    PROPOSED = "proposed", "Somebody had suggested it. Nothing was decided."
    ON_HOLD = "on hold", "It had been stopped for the time being."
    FINISHED = "finished", "It was over or done."
    NONE = "none", "The report says that there was none."
    NOT_MENTIONED = NOT_MENTIONED, "The report does not say. It does not mean “none”."


class BudgetKind(Word):
    """How partners put money together."""

    POOLED = "pooled", "Partners put money into one budget."
    ALIGNED = "aligned", "Partners kept their own money and spent it in step."
    JOINT = "joint and aligned", "The report calls it both joint and aligned."
    EITHER = "pooled or aligned", "The report leaves open which of the two it was."
    SINGLE = "one partner’s own", "The money of one partner."


class BodyKind(Word):
    """The work that a body in a Trust's governance does."""

    BOARD = "board", "The body that led the Trust."
    EXECUTIVE = "executive", "A smaller body that acted for the board."
    COMMISSIONING = "commissioning group", "A body that decided or prepared what to commission."
    ADVISORY = "advisory group", "A body that gave advice and did not decide."
    PROJECT = "project group", "A body for one piece of work."
    LOCAL = "local partnership", "A body for a district or a smaller area."
    PARTNERSHIP = "partnership group", "A body of several partners on one subject."
    PANEL = "assessment panel", "People who judged bids or applications."


class Represented(Word):
    """Whether the voluntary and community sector had a place on a body."""

    YES = "represented", "The sector had a place on the body."
    CLAIMED = "represented, by the Trust’s own account", "A paper of the Trust says so, as the report passes on."
    NO = "not represented", "The report says that the sector had none."
    NOT_MENTIONED = NOT_MENTIONED, "The report does not say. It does not mean “no”."


class Reading(Word):
    """Whether the source says a thing explicitly."""

    STATED = "stated", "The source says it."
    CLAIMED = "the Trust’s own account", "A paper of the Trust says it, as the source passes on."
    INFERRED = "our reading", "The source does not say it outright. We read it from what it says."


class Chosen(Word):
    """How the people in the sector's seats were chosen."""

    ELECTED = "elected", "The sector elected them."
    BY_ROLE = "by role", "They sat there because of the post they held."
    COMMISSIONED = "commissioned", "An organisation was paid to send them."
    NOT_MENTIONED = NOT_MENTIONED, "The report does not say how."


class VoiceKind(Word):
    """The kinds of body that speak for the sector or bring it together."""

    INFRASTRUCTURE = (
        "infrastructure body",
        "An organisation that supports other organisations, such as a council for voluntary service.",
    )
    CONSORTIUM = "consortium", "Organisations that act or bid together."
    FORUM = "forum", "A meeting that is open to organisations."
    NETWORK = "network", "Organisations that keep in touch."


class Involvement(Word):
    """The sector's part in the needs assessment."""

    INVOLVED = "involved", "The sector took part in it."
    CONSULTED = "consulted", "The sector was asked for its views."
    PLAN_ONLY = (
        "contributed to the plan",
        "The sector helped with the plan. The report does not say whether it took part in the needs assessment.",
    )
    SUPPORTED = "paid support to take part", "Somebody was paid to help the sector to take part."
    NOT_INVOLVED = "not involved", "The report says that the sector had no part."
    NOT_MENTIONED = (
        NOT_MENTIONED,
        "The report does not say what part the sector had. That does not mean “not involved”.",
    )


class Offer(Word):
    """The commissioning training or awareness work that there was for the sector."""

    OFFERED = "offered", "There was training or awareness work."
    TOO_BASIC = (
        "offered, felt too basic",
        "There was training, and it was felt to be too basic for developed organisations.",
    )
    MORE_NEEDED = "support, more said to be needed", "There was support, and more was said to be needed."
    INFORMATION_ONLY = (
        "information and discussion only",
        "There was information or discussion. No training is mentioned.",
    )
    PLANNED = (
        "none set up, event planned",
        "None had been set up for the sector, but an event was planned.",
    )
    NOT_MENTIONED = NOT_MENTIONED, "The report does not say. It does not mean “none”."


class TrainingKind(Word):
    """The form that a piece of training or awareness work took."""

    CONFERENCE = "conference", "A large meeting with speakers."
    COURSE = "course", "Teaching over several sessions or with a certificate."
    WORKSHOP = "workshop", "A session in which people worked on something."
    BRIEFING = "briefing", "A session that told people about something."
    MEETING = "meeting", "An ordinary meeting that dealt with it."
    EVENT = "event", "An event that the report does not describe further."
    SUPPORT = "one-to-one support", "Help for one organisation at a time."
    INFORMATION = "information", "Leaflets, pages or letters."
    PROGRAMME = "continuing programme", "A series that went on."
    NOT_MENTIONED = "not mentioned", "The report does not say what form it took."


class Audience(Word):
    """Whom a piece of training or awareness work was for."""

    SECTOR = "voluntary and community sector", "Voluntary and community organisations."
    COMMISSIONERS = "commissioners", "People who commission services."
    PARTNERS = "all partners", "Everyone in the partnership."
    NOT_MENTIONED = NOT_MENTIONED, "The report does not say for whom."


class Held(Word):
    """Whether an event or a piece of work was over when the report was written."""

    HELD = "held", "It had taken place."
    DONE = "done", "It had been done, given or sent out."
    CONTINUING = "continuing", "It had begun and went on."
    PLANNED = "planned", "It was still to come."
    NEEDED = "said to be needed", "Somebody said that it was needed. Nothing was planned."


class TermTopic(Word):
    """The subjects of contract and payment terms."""

    LENGTH = "contract length", "How long contracts ran."
    EXTENSION = "extension", "Whether contracts could be prolonged."
    IN_ADVANCE = "payment in advance", "Whether money was paid before the work."
    PAYMENT = "payment terms", "When and how invoices were paid."
    FULL_COST = "full cost", "Whether prices could include overheads."
    CONTRIBUTION = "provider’s contribution", "What the provider had to add itself."
    OUTCOMES = "outcomes", "Results that the contract asked for."
    QUALITY = "quality standards", "Standards of quality that the contract asked for."
    MONITORING = "monitoring", "What providers had to report."
    MODEL = "model contract", "A standard contract that was used for several services."


class Action(Word):
    """The actions that a Trust said it would take on a service, a contract or a budget."""

    COMMISSION = "commission", "Commission a service for the first time."
    RECOMMISSION = "commission again", "Commission a service again."
    EXTEND = "extend", "Let a contract run for longer."
    REVIEW = "review", "Look at it before deciding."
    TRANSFER = "transfer", "Move a service or contract to somebody else."
    POOL = "pool budgets", "Put budgets together."
    END = "end", "Stop a service or contract."


class Reporting(Word):
    """Whether a Trust reported what it invested in the sector."""

    REPORTED = "reported", "The Trust reported it."
    NOT_REPORTED = "not reported", "Not reported by the Trust."
    IN_PART = "reported for some projects only", "Not reported by the Trust, beyond some projects."
    NOT_CLEAR = "not clear", "The report says that the level was not clear."


class FigureKind(Word):
    """The kinds of sum that the report gives."""

    REPORTED = "reported", "The Trust gave the sum."
    ESTIMATED = "estimated, not confirmed", "The report calls it an estimate, or says that it was not confirmed."
    FLOOR = "at least, not confirmed", "The report says that it was more than this. Not confirmed."


class Per(Word):
    """The stretch of time that a sum of money is for."""

    YEAR = "a year", "The sum is for each year."
    WHOLE = "the whole period", "The sum is for the whole period together."
    NOT_MENTIONED = NOT_MENTIONED, "The report does not say."


class Part(Word):
    """The six parts of each Trust's chapter in the report."""

    CONTEXT = "context", "How things stood."
    GOVERNANCE = "governance", "The sector’s place in governance."
    NEEDS = "needs", "The sector and needs assessment."
    TRAINING = "training", "Training and awareness."
    NEXT_STEPS = "next-steps", "What was to come."
    INVESTMENT = "investment", "Money invested in the sector."


class Qualifier(Word):
    """How exactly the report gives a survey answer."""

    EXACT = "exactly", "The report prints this share."
    OVER = "over", "The report says that it was more than this."
    MAJORITY = "the majority", "The report says “the majority” and prints no share."
    OVERALL = "overall", "The report says “overall” and prints no share."
    DERIVED = "left over", "Our subtraction: what the printed shares leave."


class Stage(Word):
    """The six stages and two themes of the guide. The names are ours."""

    STRATEGY = "strategy", "Strategy and priorities."
    NEEDS = "needs", "Needs assessment."
    DESIGN = "design", "Service design."
    PROCUREMENT = "procurement", "Procurement."
    FUNDING = "funding", "Contract, funding and payment."
    REVIEW = "review", "Delivery, monitoring and review."
    GOVERNANCE = "governance", "Theme: governance and representation."
    LEARNING = "learning", "Theme: learning and communication."


class PlaceKind(Word):
    """The kinds of place in places.csv."""

    COUNTY = "county", "A county, or an area that had a county council."
    DISTRICT = "district", "A district or borough inside a county."
    UNITARY = "unitary", "An area with one council for everything."
    TOWN = "town", "A town."
    CITY = "city", "A city."
    POSTCODE = "postcode", "The first half of postcodes, such as NR1."


class Expansion(Word):
    """Where the meaning of a glossary term comes from."""

    REPORT = "report", "The report says so."
    OURS = "ours", "This project added it."


class EvidenceKind(Word):
    """The kinds of evidence that a standard rests on."""

    FINDING = "finding", "Something that the report found or concluded."
    PRACTICE = "Trust practice", "What one Trust or more did."
    SURVEY = "survey", "What organisations answered in the survey."
    FORUM = "forum", "What members said at the forum."
    AUDIT = "audit", "What the Audit Commission found, as the report passes it on."


class PracticeStatus(Word):
    """How far a practice had got at the time of the evidence, the furthest first."""

    IN_USE = "in use", "It was used."
    CLAIMED = "in use, by the Trust’s own account", "A paper of the Trust says so. The report does not say it itself."
    OTHER_NAME = "in use, not under this name", "It was used. The report does not call it so."
    BEING_TRIED = "being tried", "It was on trial."
    LOOKED_INTO = "being looked into", "Work was under way to see how it could be used."
    SIMILAR = "something like it", "The Trust had something like it. The report does not say that it was this."
    PLANNED = "planned", "A Trust said that it would come."
    RECOMMENDED = "recommended", "The report asks for it. No Trust is said to have it."


class Result(Word):
    """Whether the report states what a practice led to."""

    STATED = "a result that could be shown", "The report says that it led to something that could be shown."
    IMPROVED = (
        "an improvement is reported, not measured",
        "The report says that things got better with it. Nothing was measured.",
    )
    JUDGED = "judged good, not measured", "The report or a Trust thought well of it. Nothing was measured."
    NOT_MEASURED = "not measured", "The report gives no result."
    NONE_YET = "none yet", "It was too early for a result."


class Side(Word):
    """Which way an argument points."""

    FOR = "for", "It is a reason for the framework."
    AGAINST = "against", "It is a reason against the framework."
    CONDITION = "condition", "The framework would need this to work."


class Fit(Word):
    """How much of what a standard asks for the report describes in a Trust. Never a score.

    A Trust of which the report says nothing on the subject has no statement, and so no word.
    """

    ALL = "every part described", "The report describes everything that the standard asks for."
    SEVERAL = "several parts described", "The report describes some of the things that the standard asks for."
    ONE = "one part described", "The report describes one thing that the standard asks for, or a part of one."
    PLANNED = "a part planned", "The report says that the Trust meant to do this, or a part of it."
    NOT_IN_PLACE = "not in place", "The report says that this was not there."
    DISCUSSED = (
        "discussed, no arrangement described",
        "The report speaks of the subject. It describes nothing that the standard asks for.",
    )
    RESPONDENT = (
        "a respondent’s account only",
        "All that the report has on it is what a respondent to the survey wrote.",
    )
    CLAIMED = "the Trust’s account only", "All that the report has on it is what a paper of the Trust says."


class AnswerKind(Word):
    """The kinds of answer that a field of a common document takes."""

    LINE = "line", "A few words."
    LINES = "lines", "Several sentences."
    YES_OR_NO = "yes or no", "Yes or no, to be ticked."
    MONEY = "money", "A sum in pounds."
    DATE = "date", "A date."
    CHOICE = "choice", "One of the choices that the note gives."


class Answering(Word):
    """Which folder of this guide answers a recommendation as a whole."""

    FRAMEWORK = "framework", "The proposed regional framework."
    GOOD_ENGAGEMENT = "good-engagement", "The stages and themes of good engagement."


class SurveyPage(Word):
    """The pages on the survey that a theme can stand on."""

    FUNDING = "funding", "Funding and payment."
    PROGRESS = "progress", "Progress of joint commissioning."
    COMMENTS = "comments", "What respondents wrote."


class LaterTopic(Word):
    """The topics of facts of the time after the evidence."""

    LEADS = "council", "The council or councils that are responsible in the area of a Trust."
    TO_COME = "changes to come", "What was planned or decided for the area, and was not yet in force."
    PARTNERSHIP = "partnership", "What took the place of the Trust."
    VOICE = "voice of the sector", "Bodies that support or speak for the sector in the area."
    HEALTH = "health", "The bodies of the NHS that plan and buy services."
    BOARDS = "Trusts", "The law and guidance on Children’s Trusts, their plans and their targets."
    SECTOR = "the sector", "Agreements between government and voluntary organisations."
    BUYING = "buying", "The law and guidance on procurement and payment."
    FAMILIES = "families", "The law, guidance and money for services to them."
    BODIES = "national bodies", "National bodies of the time, and what became of them."
    WORDS = "words", "What a term means or is called now."
    READING = "reading", "Guidance worth using. Its first source is the document itself."


class Effect(Word):
    """The effect of a fact of the time after the evidence on a standard. Ours."""

    DUTY = "stands on a duty", "A law of today asks for this, or for something of its kind."
    EASIER = "easier now", "Law, guidance or bodies of today help with it."
    BACKED = "backed by guidance", "Guidance or policy asks for something of its kind, without a duty on councils."
    NEW = "something new", "Something has come since that whoever uses the standard should know."
    OVERTAKEN = "partly overtaken", "Something that it built on has ended or been replaced."
