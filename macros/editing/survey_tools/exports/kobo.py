"""KoboToolbox and ODK: CSV or XLSX, with names or labels, and a column for each option of several.

Shapes: KoboToolbox’s formpack (`payers` next to `payers/council`, groups before it with a slash, `_uuid`,
`_submission_time`), and ODK Central (groups before a hyphen, `SubmissionDate`, `KEY`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from macros.editing.survey_tools.exports.shape import ColumnPart, Shape
from macros.model.release import Tool

_OWN = frozenset(
    {"start", "end", "today", "username", "deviceid", "simserial", "phonenumber", "audit", "_id", "_uuid"}
    | {"_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "__version__", "_tags"}
    | {"_index", "_attachments", "_geolocation", "_xform_id_string", "formhub/uuid", "meta/instanceid"}
    | {"meta/rootuuid", "meta/instancename", "meta-instanceid", "meta-instancename", "instanceid", "instancename"}
    | {"submissiondate", "key", "submitterid", "submittername", "attachmentspresent", "attachmentsexpected"}
    | {"status", "reviewstate", "edits", "formversion"}
)


def _recognises(first: Sequence[str], second: Sequence[str]) -> bool:
    del second
    names = {heading.lower() for heading in first}
    return bool({"_uuid", "_submission_time"} & names) or {"submissiondate", "key"} <= names


def _tails(path: str) -> Iterator[str]:
    """Yield a name with more and more of the groups before it removed."""
    yield path
    for mark in ("/", "-"):
        rest = path
        while mark in rest:
            rest = rest.partition(mark)[2]
            yield rest


def _parts(first: str, second: str) -> Iterator[ColumnPart]:
    del second
    for name in _tails(first):
        yield name, None
    for place in [found.start() for found in re.finditer("/", first)]:
        for name in _tails(first[:place]):
            yield name, first[place + 1 :]


SHAPE = Shape(
    tool=Tool.KOBO,
    recognises=_recognises,
    parts=_parts,
    own=_OWN,
    own_pattern=re.compile(
        r"(?:.*[/-])?(?:(?:introduction|thanks|privacy)(?:-\d+)?|about-.*)|_.*_(?:latitude|longitude)"
    ),
    number=("_uuid", "meta/instanceid", "key", "instanceid", "_id"),
    separators=(" ",),
)
