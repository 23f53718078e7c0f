"""Which wave of evidence was the first: its profiles are read together with what is lasting about a Trust."""

from __future__ import annotations

import os
from pathlib import Path

from macros.model.dates import When
from macros.model.holdings import AREA_FILE, REGION, TRUSTS, WAVES
from macros.model.region import Region
from macros.reading import old_layout
from macros.reading.files import folders_of
from macros.reading.records import Records


def of_records(records: Records, data: Path) -> str:
    """Return the name of the first wave, as the region's record in `records` gives it.

    If that could not be read, or names a wave that no file of `data` describes, the profile whose name comes first is
    taken for one of the first wave, as names are years.
    """
    known: list[object] = [one.baseline for one in records.by_kind.get(REGION.kind, ()) if isinstance(one, Region)]
    known += [one.values.get("baseline") for one in records.partial.partial if one.model is Region]
    for named in known:
        if isinstance(named, str) and os.path.lexists(data / WAVES.path / f"{named}.yml"):
            return named
    found = (file.stem for folder in folders_of(data / TRUSTS.path) for file in folder.glob("*.yml"))
    return min((name for name in found if name != AREA_FILE.removesuffix(".yml")), default="")


def of_text(region: str) -> str:
    """Return the name of the first wave from the text of the region's file, old or new; "" if it does not say."""
    value = old_layout.fields_of(region)
    if old_layout.is_old_region(value):
        try:
            return str(When(str(value["evidence_date"])).first.year)
        except ValueError:
            return ""
    named = value.get("baseline")
    return named if isinstance(named, str) else ""
