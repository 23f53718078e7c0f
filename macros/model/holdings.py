"""The list of record kinds and the files of `data/` that hold them; reading, checks, schema and exports all use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from macros.model.base import Record, Sourced
from macros.model.finding import MovedAddress, SearchWords
from macros.model.glossary import Term
from macros.model.guidance import Hub, Practice, RegionalFramework, Standard
from macros.model.later import LaterFacts
from macros.model.profile import Profile
from macros.model.questionnaire import Questionnaire
from macros.model.region import Area, Place, Region
from macros.model.release import Release, Result
from macros.model.report import PointList, Principle, Recommendation
from macros.model.sources import Document
from macros.model.survey import Answer, Survey
from macros.model.trust import Trust
from macros.model.wave import Wave


@dataclass(frozen=True)
class Holding:
    """One kind of record and where it is kept.

    `shape` is `one` (the file is the record), `list` (the file is a list of records), `folder` (a file each, its
    name being the id), `wave` (a folder each, with the record in `survey.yml`), `area` (a folder each, with what lasts
    in `trust.yml` and what the first wave said in a file named after that), `nested` (the other files in these folders,
    the names of folder and file being the id) or `rows` (a CSV file).
    """

    path: str
    model: type[Sourced]
    shape: Literal["one", "list", "folder", "wave", "area", "nested", "rows"]
    id_field: str = "id"
    derived: tuple[str, ...] = ()
    """Fields that the reader fills in, and that a file must not contain."""
    rows: tuple[str, type[Sourced]] | None = None
    """The field that is filled from the rows of a CSV file next to the record's own, and the model of a row."""

    @property
    def kind(self) -> str:
        """The first part of the records' names, such as `trusts`."""
        if self.shape == "nested":  # the folder belongs to another kind
            return self.record_type().kind
        return self.path.removesuffix(".yml").removesuffix(".csv")

    @property
    def glob(self) -> str:
        """The pattern of its files below `data/`, such as `trusts/*.yml`."""
        inside = {"folder": "/*.yml", "wave": f"/*/{SURVEY_FILE}", "area": f"/*/{AREA_FILE}", "nested": "/*/*.yml"}
        return self.path + inside.get(self.shape, "")

    @property
    def is_a_file_each(self) -> bool:
        """Whether each record has a file of its own, with the name of the file or of its folder as its id."""
        return self.shape in {"folder", "wave", "area", "nested"}

    def name_of(self, path: str) -> str:
        """Return the name of the record whose file is at `path` below `data/`; "" if it is not a record's own."""
        folder, _, file = path.rpartition("/")
        match self.shape:
            case "folder":
                return file.rpartition(".")[0]
            case "wave" | "area":
                return folder.rpartition("/")[2]
            case "nested":
                return f"{folder.rpartition('/')[2]}/{file.rpartition('.')[0]}"
            case _:
                return ""

    def record_type(self) -> type[Record]:
        """Return the model as a record type; raises TypeError for rows."""
        if not issubclass(self.model, Record):
            raise TypeError(f"{self.path} holds rows, not records")
        return self.model


ANSWERS = "answers.csv"
SURVEY_FILE = "survey.yml"
AREA_FILE = "trust.yml"
"""The file of what is lasting about a Trust, in a folder of its own. The profiles of all waves stand beside it."""

REGION = Holding("region.yml", Region, "one")
SOURCES = Holding("sources.yml", Document, "list")
TRUSTS = Holding("trusts", Trust, "area", "slug", derived=("slug",))
WAVES = Holding("waves", Wave, "folder", derived=("id",))
PROFILES = Holding("trusts", Profile, "nested", "wave", derived=("trust", "wave"))
SURVEYS = Holding("surveys", Survey, "wave", "wave", derived=("wave", "answers"))
QUESTIONNAIRES = Holding("questionnaires", Questionnaire, "folder", derived=("id",))
RELEASES = Holding("releases", Release, "folder", derived=("id", "results"), rows=("results", Result))
RECOMMENDATIONS = Holding("recommendations.yml", Recommendation, "list")
PRINCIPLES = Holding("principles.yml", Principle, "list")
POINT_LISTS = Holding("report", PointList, "folder", derived=("id",))
GLOSSARY = Holding("glossary.yml", Term, "list")
LATER = Holding("since", LaterFacts, "folder", derived=("id",))
STANDARDS = Holding("standards", Standard, "folder", derived=("id",))
PRACTICES = Holding("practices", Practice, "folder", "slug", derived=("slug",))
FRAMEWORK = Holding("framework.yml", RegionalFramework, "one")
STAGES = Holding("stages.yml", Hub, "list")
PLACES = Holding("places.csv", Place, "rows")
AREAS = Holding("areas.csv", Area, "rows")
SEARCH = Holding("search.yml", SearchWords, "one")
MOVED = Holding("moved.yml", MovedAddress, "list", "address")

HOLDINGS = (
    REGION,
    SOURCES,
    TRUSTS,
    WAVES,
    PROFILES,
    SURVEYS,
    QUESTIONNAIRES,
    RELEASES,
    RECOMMENDATIONS,
    PRINCIPLES,
    STANDARDS,
    PRACTICES,
    FRAMEWORK,
    STAGES,
    POINT_LISTS,
    GLOSSARY,
    LATER,
    PLACES,
    AREAS,
    SEARCH,
    MOVED,
)


def of_file(path: str, baseline: str) -> Holding | None:
    """Return the holding for a file below `data/`, such as `trusts/luton/trust.yml`; None for files that hold no data.

    `baseline` is the name of the first wave, whose profiles are read together with `trust.yml`.
    """
    folder, _, inside = path.partition("/")
    above, _, name = inside.rpartition("/")
    is_deeper = bool(above) and "/" not in above
    for one in HOLDINGS:
        match one.shape:
            case "folder":
                fits = not above and name.endswith((".yml", ".csv") if one.rows else ".yml")
            case "wave":
                fits = is_deeper and name in {SURVEY_FILE, ANSWERS}
            case "area":
                fits = is_deeper and name in {AREA_FILE, f"{baseline}.yml"}
            case "nested":
                fits = is_deeper and name.endswith(".yml")
            case _:
                fits = path == one.path
        if fits and one.path in {folder, path}:
            return one
    return None


def files_of_trust(slug: str, baseline: str) -> tuple[str, str]:
    """Return the paths, below the project, of what is lasting about a Trust and of what the first wave said of it."""
    return f"data/{TRUSTS.path}/{slug}/{AREA_FILE}", f"data/{TRUSTS.path}/{slug}/{baseline}.yml"


ROW_TYPES: dict[str, type[Sourced]] = {"places.csv": Place, "areas.csv": Area, ANSWERS: Answer, "results.csv": Result}

DERIVED_COLUMNS: dict[type[Sourced], tuple[str, ...]] = {
    Answer: ("wave", "theme", "theme_title", "title", "adds_up"),
    Place: ("code", "code_since", "code_until", "earlier_codes"),
    Area: (),
}
"""Columns that downloads work out and add to those of their files.

A download that comes back may keep them; they are ignored.
"""
NO_VALUE, NO_END = "none", "no end known"
"""The words in a download's cell for “no value” and for “no known end”."""
