"""Folders and files that a build works in: claimed while it lives, cleared when killed, put in place all at once."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows
    fcntl = None  # type: ignore[assignment]

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM}
"""How a file system or a kernel says that it cannot exchange two names."""


@contextmanager
def claimed(path: Path) -> Iterator[int]:
    """Hold a folder or file as one's own, and give the descriptor that does.

    The claim goes when the last process that has the descriptor ends, however it ends. Hand it on to programs that go
    on writing when this one is killed. It goes with the folder if that is renamed.
    """
    held = os.open(path, os.O_RDONLY)
    try:
        if fcntl:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield held
    finally:
        os.close(held)


@contextmanager
def staged(path: Path) -> Iterator[int]:
    """Make a folder, claim it, and take away what is left of it afterwards. Gives the descriptor that holds it.

    Its name must be of this process alone: whatever stops this takes the folder away.
    """
    try:
        path.mkdir()
        with claimed(path) as held:
            yield held
    finally:
        shutil.rmtree(path, ignore_errors=True)


def replace_file(path: Path, content: bytes) -> Path:
    """Write a file and return its path: it is the old or the new one at any moment. Raises OSError.

    One that says that already is left alone.
    """
    with suppress(OSError):
        if path.read_bytes() == content:
            return path
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path


def clear(paths: Iterable[Path]) -> None:
    """Take away folders and files that no living process claims."""
    for path in paths:
        if not is_claimed(path):
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def is_claimed(path: Path) -> bool:
    """Return whether a process holds this. Where nothing tells (on Windows), all that is there counts as held."""
    if fcntl is None:
        return True
    try:
        with claimed(path):
            return False
    except BlockingIOError:
        return True
    except OSError:  # it went meanwhile, or may not be opened
        return path.exists()


def swap(new: Path, target: Path) -> None:
    """Put the folder `new` in the place of `target`; both are on one file system. Raises OSError.

    Afterwards `new` holds what stood there, if anything did. Where the system can exchange two names in one step, there
    is no moment without a `target`. Elsewhere there is a short one, and `restore` mends what a kill leaves in it.
    """
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        old = _kept(target)
        target.rename(old)
        try:
            new.rename(target)
        except OSError:
            old.rename(target)
            raise
        old.rename(new)


def restore(target: Path) -> None:
    """Put back what stood in the place of `target`, if a build was killed between two renames."""
    olds = sorted(target.parent.glob(f"{target.name}.old-*"))
    if olds and not target.exists():
        olds.pop().rename(target)
    clear(olds)


def _kept(target: Path) -> Path:
    return target.with_name(f"{target.name}.old-{os.getpid()}")


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step, and return whether that could be done. Raises OSError."""
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):  # added to glibc in 2018 and to musl later
        return False
    if library.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code), str(other))
