"""Reads a Trust from its two files: what is lasting about its area, and what the first wave of evidence said of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from macros.model.holdings import AREA_FILE
from macros.model.trust import AREA_FIELDS, FIRST_PROFILE_FIELDS
from macros.reading.data_files import DataFiles
from macros.reading.problem import Problem
from macros.reading.records import Origin
from macros.reading.yaml_file import Tree


def joined(files: DataFiles, paths: tuple[Path, Path]) -> tuple[dict[str, Any], Origin] | None:
    """Return the fields of a Trust from its two files, with their places; None if a file cannot be read.

    Fields that stand in the wrong one of the two are reported.
    """
    if any(map(_has_another_ending, paths)):  # that is reported; so nothing is said to be missing
        return None
    area, profile = (files.tree(path) for path in paths)
    if area is None or profile is None:
        return None
    for tree, own, other in ((area, AREA_FIELDS, profile), (profile, FIRST_PROFILE_FIELDS, area)):
        _refuse_misplaced(files, tree, own, other)
    # A field that stands in the wrong file only is read there all the same; one that stands in both, in its own.
    told = {name: one for name, one in profile.value.items() if name not in AREA_FIELDS or name not in area.value}
    missing = {*FIRST_PROFILE_FIELDS} - area.value.keys()
    elsewhere = dict.fromkeys({*told, *missing}, Origin(profile.file, profile.find))
    return {**area.value, **told}, Origin(area.file, area.find, elsewhere=elsewhere)


def _has_another_ending(path: Path) -> bool:
    """Return whether a file is not there, but one that differs in its ending alone, such as `trust.yaml`."""
    beside = () if os.path.lexists(path) else path.parent.iterdir()
    return any(one.stem == path.stem and one.suffix.lower() in {".yml", ".yaml"} for one in beside)


def _refuse_misplaced(files: DataFiles, tree: Tree, own: tuple[str, ...], other: Tree) -> None:
    for name in tree.value:
        if name in {*AREA_FIELDS, *FIRST_PROFILE_FIELDS} - {*own}:
            twice = name in other.value
            files.records.problems.append(
                Problem(
                    tree.file,
                    *tree.find((name,)),
                    name,
                    f"the field “{name}”" + (", which is in the other file too" if twice else ""),
                    f"it in {other.file}",
                    f"{'take it out here' if twice else 'move it there'}: {_why(tree)}",
                )
            )


def _why(tree: Tree) -> str:
    if tree.file.endswith(f"/{AREA_FILE}"):
        return f"{AREA_FILE} holds only what outlives the evidence"
    return f"what outlives the evidence is in {AREA_FILE}"
