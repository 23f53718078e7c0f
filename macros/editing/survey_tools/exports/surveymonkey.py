"""SurveyMonkey: CSV or XLSX with two rows of headings, and a column for each option of several.

Shape: `Respondent ID`, `Collector ID`, `Start Date`, … and the wording of each question over its first column; in the
second row `Response`, `Open-Ended Response`, or the option that the column is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from macros.editing.survey_tools.exports.shape import ColumnPart, Shape
from macros.model.release import Tool

_OWN = frozenset(
    {"respondent id", "collector id", "start date", "end date", "ip address", "email address", "first name"}
    | {"last name", "custom data 1", "custom data", "collector"}
)
_NO_OPTION = {"", "response", "open-ended response"}


def _recognises(first: Sequence[str], second: Sequence[str]) -> bool:
    return first[0].lower() == "respondent id" and second[0] == ""


def _parts(first: str, second: str) -> Iterator[ColumnPart]:
    yield first, None if second.lower() in _NO_OPTION else second


SHAPE = Shape(
    tool=Tool.SURVEYMONKEY,
    recognises=_recognises,
    parts=_parts,
    own=_OWN,
    number=("respondent id",),
    header_rows=2,
)
