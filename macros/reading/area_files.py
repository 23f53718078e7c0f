"""Reads a Trust from its two files: what is lasting about its area, and what the first wave of evidence said of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from macros.model.holdings import AREA_FILE, REGION, TRUSTS, WAVES
from macros.model.region import Region
from macros.model.trust import AREA_FIELDS, Trust
from macros.reading.data_files import DataFiles
from macros.reading.files import folders_of
from macros.reading.problem import Problem
from macros.reading.records import Origin, Records
from macros.reading.yaml_file import Tree

_PROFILE_FIELDS = tuple(name for name in Trust.model_fields if name not in {*AREA_FIELDS, *TRUSTS.derived})


def joined(files: DataFiles, paths: tuple[Path, Path]) -> tuple[dict[str, Any], Origin] | None:
    """Return the fields of a Trust from its two files, with their places; None if a file cannot be read.

    Fields that stand in the wrong one of the two are reported.
    """
    if any(map(_has_another_ending, paths)):  # that is reported; so nothing is said to be missing
        return None
    area, profile = (files.tree(path) for path in paths)
    if area is None or profile is None:
        return None
    told = Origin(profile.file, profile.find)
    elsewhere = dict.fromkeys(_PROFILE_FIELDS, told)
    elsewhere.update(dict.fromkeys(profile.value.keys() - area.value.keys(), told))
    for tree, own, other in ((area, AREA_FIELDS, profile), (profile, _PROFILE_FIELDS, area)):
        _refuse_misplaced(files, tree, own, other)
    mixed: Mapping[str, Any] = {**profile.value, **area.value}
    right = {name: profile.value[name] for name in _PROFILE_FIELDS if name in profile.value}
    return {**mixed, **right}, Origin(area.file, area.find, elsewhere=elsewhere)


def _has_another_ending(path: Path) -> bool:
    """Return whether a file is not there, but one that differs in its ending alone, such as `trust.yaml`."""
    beside = () if os.path.lexists(path) else path.parent.iterdir()
    return any(one.stem == path.stem and one.suffix.lower() in {".yml", ".yaml"} for one in beside)


def _refuse_misplaced(files: DataFiles, tree: Tree, own: tuple[str, ...], other: Tree) -> None:
    for name in tree.value:
        if name in Trust.model_fields and name not in own and name not in TRUSTS.derived:
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


def baseline(data: Path, records: Records) -> str:
    """Return the name of the first wave, as the region's file gives it.

    If that cannot be read, or names a wave that no file describes, the profile whose name comes first is taken for one
    of the first wave, as names are years.
    """
    known: list[object] = [one.baseline for one in records.by_kind.get(REGION.kind, ()) if isinstance(one, Region)]
    known += [one.values.get("baseline") for one in records.partial.partial if one.model is Region]
    for named in known:
        if isinstance(named, str) and os.path.lexists(data / WAVES.path / f"{named}.yml"):
            return named
    found = (file.stem for folder in folders_of(data / TRUSTS.path) for file in folder.glob("*.yml"))
    return min((name for name in found if name != AREA_FILE.removesuffix(".yml")), default="")
