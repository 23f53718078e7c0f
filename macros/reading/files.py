"""The files that hold one kind of record."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from macros.model.holdings import ANSWERS, SURVEY_FILE, Holding

MAX_BYTES = 512 * 1024


def files_of(data: Path, holding: Holding) -> Iterator[tuple[Path, ...]]:
    """Yield the files that hold records of one kind; those that are read together come together."""
    path = data / holding.path
    if holding.shape == "folder":
        with suppress(OSError):  # no such folder, or one that may not be read: no files
            names = sorted(name for name in os.listdir(path) if name.endswith(".yml"))  # noqa: PTH208 - thousands
            beside = (".yml", ".csv") if holding.rows else (".yml",)
            yield from (tuple((path / name).with_suffix(one) for one in beside) for name in names)
    elif holding.shape == "nested":
        yield from ((file,) for file in sorted(data.glob(holding.glob)))
    elif holding.shape == "wave":
        yield from ((file, file.with_name(ANSWERS)) for file in sorted(path.glob(f"*/{SURVEY_FILE}")))
    else:
        yield (path,)


def names_below(folder: Path) -> Iterator[Path]:
    """Yield everything below a folder except folders; links to folders are not followed."""
    for found, folders, files in os.walk(folder):
        here = Path(found)
        yield from (here / name for name in files)
        yield from (path for name in folders if (path := here / name).is_symlink())
