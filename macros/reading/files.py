"""The files that hold each kind of record."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from macros.model.holdings import ANSWERS, AREA_FILE, SURVEY_FILE, Holding

MAX_BYTES = 512 * 1024


def files_of(data: Path, holding: Holding, baseline: str) -> Iterator[tuple[Path, ...]]:
    """Yield the files that hold records of one kind; those that are read together come together.

    `baseline` is the name of the first wave: its profiles are read together with what is lasting about a Trust.
    """
    path = data / holding.path
    if holding.shape == "folder":
        with suppress(OSError):  # no such folder, or one that may not be read: no files
            names = sorted(name for name in os.listdir(path) if name.endswith(".yml"))  # noqa: PTH208 - thousands
            beside = (".yml", ".csv") if holding.rows else (".yml",)
            yield from (tuple((path / name).with_suffix(one) for one in beside) for name in names)
    elif holding.shape == "area":
        for folder in folders_of(path):
            both = folder / AREA_FILE, folder / f"{baseline}.yml"
            if any(os.path.lexists(file) for file in both):  # else there are only profiles of later waves
                yield both
    elif holding.shape == "nested":
        read_with_areas = {AREA_FILE, f"{baseline}.yml"}
        yield from ((file,) for file in sorted(data.glob(holding.glob)) if file.name not in read_with_areas)
    elif holding.shape == "wave":
        yield from ((file, file.with_name(ANSWERS)) for file in sorted(path.glob(f"*/{SURVEY_FILE}")))
    else:
        yield (path,)


def folders_of(path: Path) -> list[Path]:
    """Return the folders in a folder that hold any YAML, in order; links are not followed."""
    with suppress(OSError):
        return sorted(
            one for one in path.iterdir() if not one.is_symlink() and one.is_dir() and next(one.glob("*.yml"), None)
        )
    return []


def names_below(folder: Path) -> Iterator[Path]:
    """Yield everything below a folder except folders; links to folders are not followed."""
    for found, folders, files in os.walk(folder):
        here = Path(found)
        yield from (here / name for name in files)
        yield from (path for name in folders if (path := here / name).is_symlink())
