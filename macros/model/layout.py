"""Which file of `data/` holds which records: the one list that reading, checks, schema and exports go by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from macros.model.base import Record, Sourced
from macros.model.glossary import Term
from macros.model.guidance import Hub, Practice, RegionalFramework, Standard
from macros.model.moved import MovedAddress
from macros.model.region import Place, Region
from macros.model.report import PointList, Principle, Recommendation
from macros.model.search import SearchWords
from macros.model.sources import Document
from macros.model.survey import Answer, Survey
from macros.model.trust import Trust


@dataclass(frozen=True)
class Holding:
    """One kind of record and where it is kept.

    `shape` is `one` (the file is the record), `list` (the file is a list of records), `folder` (a file each, its
    name being the id), `wave` (a folder each, with the record in `survey.yml`) or `rows` (a CSV file).
    """

    path: str
    model: type[Sourced]
    shape: Literal["one", "list", "folder", "wave", "rows"]
    id_field: str = "id"
    derived: tuple[str, ...] = ()
    """Fields that the reader fills in and a file must not have."""

    @property
    def kind(self) -> str:
        """The first part of the records' names, such as `trusts`."""
        return self.path.removesuffix(".yml").removesuffix(".csv")

    def record_type(self) -> type[Record]:
        """Return the model as a record type; raises TypeError for rows."""
        if not issubclass(self.model, Record):
            raise TypeError(f"{self.path} holds rows, not records")
        return self.model


ANSWERS = "answers.csv"
SURVEY_FILE = "survey.yml"

REGION = Holding("region.yml", Region, "one")
SOURCES = Holding("sources.yml", Document, "list")
TRUSTS = Holding("trusts", Trust, "folder", "slug", derived=("slug",))
SURVEYS = Holding("surveys", Survey, "wave", "wave", derived=("wave", "answers"))
RECOMMENDATIONS = Holding("recommendations.yml", Recommendation, "list")
PRINCIPLES = Holding("principles.yml", Principle, "list")
POINT_LISTS = Holding("report", PointList, "folder", derived=("id",))
GLOSSARY = Holding("glossary.yml", Term, "list")
STANDARDS = Holding("standards", Standard, "folder", derived=("id",))
PRACTICES = Holding("practices", Practice, "folder", "slug", derived=("slug",))
FRAMEWORK = Holding("framework.yml", RegionalFramework, "one")
STAGES = Holding("stages.yml", Hub, "list")
PLACES = Holding("places.csv", Place, "rows")
SEARCH = Holding("search.yml", SearchWords, "one")
MOVED = Holding("moved.yml", MovedAddress, "list", "address")

HOLDINGS = (
    REGION,
    SOURCES,
    TRUSTS,
    SURVEYS,
    RECOMMENDATIONS,
    PRINCIPLES,
    STANDARDS,
    PRACTICES,
    FRAMEWORK,
    STAGES,
    POINT_LISTS,
    GLOSSARY,
    PLACES,
    SEARCH,
    MOVED,
)


def of_file(path: str) -> Holding | None:
    """Return what holds the file at `path` below `data/`: `trusts/luton.yml`, `surveys/2009/answers.csv`; or None."""
    folder = path.partition("/")[0]
    return next((one for one in HOLDINGS if one.path in {path, folder}), None)


ROW_TYPES: dict[str, type[Sourced]] = {"places.csv": Place, ANSWERS: Answer}
