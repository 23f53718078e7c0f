"""The user's own cache folder: what was worked out for a project before, kept where no pull request can write.

What cannot be read or is not ours alone counts as absent, and what cannot be written is not kept: that costs time, no
more.
"""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE, S_ISDIR, S_ISREG

FOLDER = "clear-expectations"
_PATIENCE = 3600
"""Seconds after which a file that is half written will not be finished."""


def place(root: Path, ending: str) -> Path | None:
    """Return the file that is kept of a project under this ending; None if there is no folder that is ours alone."""
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:
        return None
    folder = base.resolve() / FOLDER
    if not hasattr(os, "getuid") or not base.is_absolute() or folder.is_relative_to(root.resolve()):
        return None
    return folder / f"{hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:32]}{ending}"


def recall(path: Path | None, most: int) -> bytes | None:
    """Return what is kept in a file of at most so many bytes; None if it is absent."""
    if path is None or not (_is_ours(path.parent) and _is_ours(path)):
        return None
    try:
        return path.read_bytes() if path.stat().st_size <= most else None
    except OSError:
        return None


def _is_ours(path: Path) -> bool:
    """Whether nobody else can have written there."""
    try:
        found = path.lstat()
    except OSError:
        return False
    plain = S_ISREG(found.st_mode) or S_ISDIR(found.st_mode)
    return plain and found.st_uid == os.getuid() and not S_IMODE(found.st_mode) & 0o022


def keep(path: Path | None, content: bytes, projects: int) -> None:
    """Keep something of this project, and of the same kind no more than that of so many projects, the last used."""
    if path is None:
        return
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(path.parent):
            return
        try:
            beside.write_bytes(content)
            beside.chmod(0o600)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        _tidy(path.parent, path.suffix, projects)


def _tidy(folder: Path, ending: str, most: int) -> None:
    """Delete what was not used for longest, and what killed runs left."""
    by_age = sorted(
        (path for path in folder.iterdir() if ending in path.suffixes), key=lambda path: -path.stat().st_mtime
    )
    whole = [path for path in by_age if path.suffix == ending]
    halves = [path for path in by_age if path.suffix != ending and path.stat().st_mtime < time.time() - _PATIENCE]
    for path in (*whole[most:], *halves):
        path.unlink(missing_ok=True)
