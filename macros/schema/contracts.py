"""The shapes of the JSON downloads: the model of each, and what comes with its records."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from macros.model.finding import SearchWords
from macros.model.guidance import Hub, Practice, RegionalFramework, Standard
from macros.model.later import LaterFacts
from macros.model.profile import Profile
from macros.model.questionnaire import Questionnaire
from macros.model.region import RegionWithFirstWave
from macros.model.release import Release
from macros.model.report import PointList, Principle, Recommendation
from macros.model.sources import Document
from macros.model.survey import Survey
from macros.model.trust import Trust
from macros.model.wave import Wave

SUFFIX = ".schema.json"


@dataclass(frozen=True)
class Contract:
    """The shape of one kind of JSON download: one record or a list of them, with or without a page of its own."""

    name: str
    model: type[BaseModel]
    title: str
    many: bool = True
    has_page: bool = False
    has_codes: bool = False
    """Whether the official codes of its areas come with it."""
    has_waves: bool = False
    """Whether the wave of each of its parts comes with it."""

    @property
    def file(self) -> str:
        """The schema's file name, such as `trusts.download.schema.json`."""
        return f"{self.name}.download{SUFFIX}"


TRUSTS = Contract(
    "trusts", Trust, "The download trusts.json: all Trusts", has_page=True, has_codes=True, has_waves=True
)
TRUST = Contract(
    "trust", Trust, "A download in trusts/: one Trust", many=False, has_page=True, has_codes=True, has_waves=True
)
FIRST_TOLD = Contract("trust-first-wave", Trust, "What the first wave told of one Trust", many=False, has_page=True)
PROFILE = Contract("profile", Profile, "What a later wave told of one Trust", many=False, has_page=True)
WAVES = Contract("waves", Wave, "The download waves.json: later rounds of evidence")
PROFILES = Contract("profiles", Profile, "The download profiles.json: what later waves told of Trusts", has_page=True)
SURVEY = Contract("survey", Survey, "The download of one wave of the survey", many=False)
QUESTIONNAIRES = Contract("questionnaires", Questionnaire, "The download questionnaires.json: what is asked")
RELEASES = Contract("releases", Release, "The download releases.json: what was released of surveys")
RECOMMENDATIONS = Contract(
    "recommendations", Recommendation, "The download recommendations.json: all recommendations", has_page=True
)
STANDARDS = Contract("standards", Standard, "The download standards.json: the standards", has_page=True)
PRACTICES = Contract("practices", Practice, "The download practices.json: the practices", has_page=True)
FRAMEWORK = Contract("framework", RegionalFramework, "The download framework.json: the proposed framework", many=False)
STAGES = Contract("stages", Hub, "The download stages.json: stages and themes")
PRINCIPLES = Contract("principles", Principle, "The download principles.json: the principles of funding")
POINTS = Contract("points", PointList, "The download points.json: lists of points in the report")
LATER = Contract("since", LaterFacts, "The download since.json: what became of things after the evidence")
SOURCES = Contract("sources", Document, "The download sources.json: documents and their sections")
REGION = Contract(
    "region", RegionWithFirstWave, "The download region.json: the region and the limits of the evidence", many=False
)
SEARCH = Contract("search", SearchWords, "The download search.json: what readers type", many=False)

CONTRACTS = (
    TRUSTS,
    TRUST,
    FIRST_TOLD,
    PROFILE,
    WAVES,
    PROFILES,
    SURVEY,
    QUESTIONNAIRES,
    RELEASES,
    RECOMMENDATIONS,
    STANDARDS,
    PRACTICES,
    FRAMEWORK,
    STAGES,
    PRINCIPLES,
    POINTS,
    LATER,
    SOURCES,
    REGION,
    SEARCH,
)
