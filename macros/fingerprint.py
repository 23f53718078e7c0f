"""The state of a project and of this program, as digests: what is the same gives the same site."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG

ALSO = ("addresses.txt",)
"""What a check looks at besides `data/` and `docs/`."""

Stats = tuple[tuple[str, int, int, int, int], ...]


@dataclass(frozen=True)
class State:
    """The files of a project, as digests, and by what it shows that a file was written to."""

    digests: Mapping[str, str]
    """By the path of each file below the project, in the order of their names."""
    stats: Stats

    @classmethod
    def of(cls, root: Path) -> State | None:
        """Return the state of a project; None if it holds what is no plain file or folder."""
        try:
            stats = _stats(root)
            start = os.path.join(root, "")  # noqa: PTH118 - as below
            digests = {name: _digest(start + name) for name, *_ in stats}
        except OSError:
            return None
        return cls(digests, stats)

    def is_now(self, root: Path) -> bool:
        """Return whether no file was written to since."""
        try:
            return _stats(root) == self.stats
        except OSError:
            return False


def _digest(path: str) -> str:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - thousands of them
        return hashlib.sha256(file.readall()).hexdigest()


def _stats(root: Path) -> Stats:
    """Return name, times, size and number of all files that a check looks at, in the order of their names.

    Raises OSError for anything but files and folders.
    """
    found, start = [], len(os.path.join(root, ""))  # noqa: PTH118
    for top in ("data", "docs"):
        folders = [os.path.join(root, top)]  # noqa: PTH118 - thousands of them
        for folder in folders:
            with os.scandir(folder) as entries:
                for entry in entries:
                    stat = os.lstat(entry.path)
                    if S_ISREG(stat.st_mode):
                        inside = entry.path[start:].replace(os.sep, "/")
                        found.append((inside, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino))
                    elif S_ISDIR(stat.st_mode):
                        folders.append(entry.path)
                    else:
                        raise OSError(f"{entry.path} is no plain file")
    for name in ALSO:
        with suppress(FileNotFoundError):
            stat = (root / name).lstat()
            found.append((name, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino))
    return tuple(sorted(found))


def digest_of(digests: Mapping[str, str]) -> str:
    """Return one digest of the digests of files by name."""
    found = hashlib.sha256()
    for name, digest in digests.items():
        found.update(f"{name}\0{digest}\0".encode())
    return found.hexdigest()


def program() -> str:
    """Return a digest of this program and of what it stands on: Python, and every package beside it."""
    found = hashlib.sha256(f"{sys.version}\0{sys.platform}\0{os.environ.get('SOURCE_DATE_EPOCH', '')}\0".encode())
    package = Path(__file__).parent
    installed: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):
            names = [] if Path(folder).resolve() == package.parent.resolve() else os.listdir(folder)  # noqa: PTH208
            installed.update(name for name in names if name.endswith((".dist-info", ".egg-info")))
    found.update("\0".join([*sorted(installed), ""]).encode())
    for path in sorted(path for path in package.rglob("*") if path.suffix in {".py", ".html", ".js", ".css"}):
        found.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()
