"""Google Forms: CSV; several answers stand in one cell with a comma and a space between them.

Shape: `Timestamp`, at times `Username` or `Email Address` and `Score`, then the questions’ wording. Nothing tells
answers apart but the whole row.
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
