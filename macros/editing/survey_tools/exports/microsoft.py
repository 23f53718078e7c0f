"""Microsoft Forms: XLSX, or CSV saved from it; several answers are in one cell, each followed by a semicolon.

Shape: `ID`, `Start time`, `Completion time`, `Email`, `Name`, then the questions’ wording; quizzes add columns of
points and feedback.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from macros.editing.survey_tools.exports.shape import Shape, whole
from macros.model.release import Tool

_OWN = frozenset(
    {"id", "start time", "completion time", "email", "name", "language", "last modified time", "total points"}
    | {"quiz feedback", "grade posted time"}
)


def _recognises(first: Sequence[str], second: Sequence[str]) -> bool:
    del second
    return {"start time", "completion time"} <= {heading.lower() for heading in first}


SHAPE = Shape(
    tool=Tool.MICROSOFT,
    recognises=_recognises,
    parts=whole,
    own=_OWN,
    own_pattern=re.compile(r"(?:points|feedback) - .*", re.DOTALL),
    number=("id",),
    sent=("completion time",),
    separators=(";",),
)
