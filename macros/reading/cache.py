"""The user's own cache folder, for results kept between runs where no pull request can write.

A file that cannot be read, or that others could have written, counts as absent; one that cannot be written is not kept.
Either costs only time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from stat import S_IMODE, S_ISDIR, S_ISREG

from macros.reading import staging

FOLDER = "clear-expectations"

_believed = ContextVar("_believed", default=True)


@contextmanager
def disbelieved() -> Iterator[None]:
    """Ignore everything that is kept for as long as this lasts. New results are still kept."""
    before = _believed.set(False)
    try:
        yield
    finally:
        _believed.reset(before)


def place(root: Path, ending: str) -> Path | None:
    """Return the file for a project's results with this ending; None if there is no folder that is ours alone."""
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = base.resolve() / FOLDER
    except (RuntimeError, OSError):  # no home folder, or a link in a loop
        return None
    if not hasattr(os, "getuid") or not base.is_absolute() or folder.is_relative_to(root.resolve()):
        return None
    return folder / f"{hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:32]}{ending}"


def recall(path: Path | None, most: int) -> bytes | None:
    """Return the content of a file of at most `most` bytes; None if it is absent."""
    if not _believed.get() or path is None or not (_is_ours(path.parent) and _is_ours(path)):
        return None
    try:
        return path.read_bytes() if path.stat().st_size <= most else None
    except OSError:
        return None


def _is_ours(path: Path) -> bool:
    """Return whether nobody else can have written there."""
    try:
        found = path.lstat()
    except OSError:
        return False
    plain = S_ISREG(found.st_mode) or S_ISDIR(found.st_mode)
    return plain and found.st_uid == os.getuid() and not S_IMODE(found.st_mode) & 0o022


def keep(path: Path | None, content: bytes, projects: int) -> None:
    """Keep a result for this project.

    Results of the same kind are kept for at most so many projects, those used most recently.
    """
    if path is None:
        return
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(path.parent):
            return
        staging.replace_file(path, content, mode=0o600)
        _tidy(path.parent, path.suffix, projects)


def _tidy(folder: Path, ending: str, most: int) -> None:
    """Delete the results that have not been used for longest, and what killed runs left behind."""
    by_age = sorted(
        (path for path in folder.iterdir() if ending in path.suffixes), key=lambda path: -path.stat().st_mtime
    )
    whole = [path for path in by_age if path.suffix == ending]
    for path in whole[most:]:
        path.unlink(missing_ok=True)
    staging.clear(path for path in by_age if staging.is_left_over(path.name))
