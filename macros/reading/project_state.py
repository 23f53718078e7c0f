"""The state of a project, as digests of its files: the same digests give the same site."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG

ALSO = ("addresses.txt", "mkdocs.yml")
"""The files and folders, besides `data/` and `docs/`, that a check looks at."""

_MOST = 8 * 1024 * 1024
"""The most bytes a file may have: a project with a larger one is refused, so it has no state."""

FileMark = tuple[str, int, int | str, int, int]
"""A file's name, and the marks by which a write shows: its times, its size and its number."""
FileMarks = tuple[FileMark, ...]


@dataclass(frozen=True)
class ProjectState:
    """The files of a project: their digests, and marks that show whether they were written to."""

    digests: Mapping[str, str]
    """Digests by the path of each file below the project, in the order of their names."""
    marks: FileMarks

    @classmethod
    def of(cls, root: Path) -> ProjectState | None:
        """Return the state of a project; None if it holds anything but plain files and folders."""
        try:
            marks = _plain(root)
            start = os.path.join(root, "")  # noqa: PTH118 - as below
            digests = {name: _digest(start + name) for name, *_ in marks}
        except OSError:
            return None
        return cls(digests, marks)

    def is_now(self, root: Path) -> bool:
        """Return whether no file has been written to since."""
        return ProjectState.of(root) == self


def _digest(path: str) -> str:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - thousands of them
        return hashlib.sha256(file.readall()).hexdigest()


def marks(*tops: str, but: frozenset[str] = frozenset()) -> FileMarks:
    """Return the marks of files, and of everything below folders except folders, in the order of their names.

    Folders whose names are in `but` are left out, and anything that cannot be read counts as absent. Writing to a file
    changes its mark, whatever the size and time that it claims.
    """
    found: list[FileMark] = []
    folders = list(tops)
    for folder in folders:
        with suppress(OSError):
            if not os.path.isdir(folder):  # noqa: PTH112 - thousands of them
                found.append(_mark(folder, os.lstat(folder)))
                continue
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name not in but:
                            folders.append(entry.path)
                    else:
                        found.append(_mark(entry.path, entry.stat(follow_symlinks=False)))
    return tuple(sorted(found))


def _mark(path: str, stat: os.stat_result) -> FileMark:
    # Nobody can set the time of the last change by hand. Windows has no such time: there, the content has to serve.
    changed = stat.st_ctime_ns if os.name == "posix" else _digest(path)
    return path, stat.st_mtime_ns, changed, stat.st_size, stat.st_ino


def _plain(root: Path) -> FileMarks:
    """Return the marks of all files that a check looks at, by their paths below `root`, in the order of their names.

    Raises OSError for anything but files and folders.
    """
    found, start = [], len(os.path.join(root, ""))  # noqa: PTH118
    for top in ("data", "docs"):
        folders = [os.path.join(root, top)]  # noqa: PTH118 - thousands of them
        for folder in folders:
            with os.scandir(folder) as entries:
                for entry in entries:
                    stat = os.lstat(entry.path)
                    if S_ISDIR(stat.st_mode):
                        folders.append(entry.path)
                    else:
                        found.append(_plain_mark(entry.path, stat, start))
    for name in ALSO:
        with suppress(FileNotFoundError):
            path = os.path.join(root, name)  # noqa: PTH118
            found.append(_plain_mark(path, os.lstat(path), start))
    return tuple(sorted(found))


def _plain_mark(path: str, stat: os.stat_result, start: int) -> FileMark:
    """Return the mark of a plain file, with its name cut off at `start`; raises OSError for anything else."""
    if not S_ISREG(stat.st_mode) or stat.st_size > _MOST:
        raise OSError(f"{path} is no plain file, or too large")
    mark = _mark(path, stat)
    return path[start:].replace(os.sep, "/"), *mark[1:]


def digest_of(digests: Mapping[str, str]) -> str:
    """Return one digest of the digests of files by name."""
    found = hashlib.sha256()
    for name, digest in digests.items():
        found.update(f"{name}\0{digest}\0".encode())
    return found.hexdigest()
