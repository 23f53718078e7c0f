"""Plain files and folders: the guide is read only from files that are not links, not devices and not too large."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG

from macros.reading.problem import Problem

MAX_BYTES = 8 * 1024 * 1024
"""The most bytes that any file may have: far more than the largest has."""
FOLDERS = ("data", "docs", "theme")
FILES = ("mkdocs.yml", "addresses.txt")


def check(root: Path) -> Iterator[Problem]:
    """Yield what is odd about the guide's own folders and files, and about everything in its theme.

    This comes before anything is read: a link may lead anywhere, and reading a device may never end. Files below
    `data/` and `docs/` are looked at when they are read, and reported with any other problems there.
    """
    for name in FOLDERS:
        yield from _check(root, name, is_folder=True)
    for name in FILES:
        yield from _check(root, name)
    if not (root / "theme").is_symlink():
        for found, folders, files in os.walk(root / "theme"):
            inside = Path(found).relative_to(root)
            for name in folders:
                yield from _check(root, (inside / name).as_posix(), is_folder=True)
            for name in files:
                yield from _check(root, (inside / name).as_posix())


def _check(root: Path, name: str, is_folder: bool = False) -> Iterator[Problem]:
    if odd := oddity(root / name, is_folder):
        found, mend = odd
        yield Problem(name, 1, 1, "", found, f"a {'folder' if is_folder else 'file'} of its own", mend)


def oddity(path: Path, is_folder: bool = False) -> tuple[str, str] | None:
    """Return what is odd about a path itself and how to mend it; None if it is a plain file, or absent."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    except OSError as error:
        return f"something that cannot be looked at ({error.strerror})", "check that you may read it"
    if S_ISLNK(found.st_mode):
        return "a link to another file or folder", "put a copy of what it leads to here, or delete the link"
    if is_folder:
        return None if S_ISDIR(found.st_mode) else ("something that is no folder", "delete it")
    if S_ISDIR(found.st_mode):
        return "a folder", "delete it, or rename it"
    if not S_ISREG(found.st_mode):
        return "something that is no file", "delete it"
    if found.st_size > MAX_BYTES:
        return f"{found.st_size:,} bytes", f"make it smaller: at most {MAX_BYTES:,} bytes"
    return None


def is_plain(path: Path, root: Path) -> bool:
    """Return whether a file exists, is plain and not too large, and has no link among its folders below `root`."""
    above = [root / part for part in path.relative_to(root).parents]
    return path.is_file() and not oddity(path) and not any(folder.is_symlink() for folder in above if folder != root)
