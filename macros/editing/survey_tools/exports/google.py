"""Google Forms: CSV; several answers are in one cell, separated by a comma and a space.

Shape: `Timestamp`, sometimes `Username` or `Email Address` and `Score`, then the questions’ wording. Only the whole row
tells answers apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from macros.editing.survey_tools.exports.shape import Shape, whole
from macros.model.release import Tool


def _recognises(first: Sequence[str], second: Sequence[str]) -> bool:
    del second
    return first[0].lower() == "timestamp"


SHAPE = Shape(
    tool=Tool.GOOGLE,
    recognises=_recognises,
    parts=whole,
    own=frozenset({"timestamp", "username", "email address", "score"}),
    separators=(", ", ";"),
)
