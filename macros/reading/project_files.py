"""Writes the files that people write too: one process at a time, each file whole, and only over what was read.

A process that writes locks the project. Editors take no lock, so each file is looked at once more when it is replaced:
what was saved in between stays, and the program says so.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from threading import local

from macros.reading import staging

PATIENCE = 180.0
"""Seconds that a process waits for another to finish writing."""
FOLDERS = ("data", "docs", ".schema", ".github/ISSUE_TEMPLATE")
"""The places below a project in which this program writes files."""

_TELL_AFTER = 2.0
_LOOK_EVERY = 0.05
_NO_LOCKS = {errno.EBADF, errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EINVAL}
"""The errors by which a file system says that it has no locks. There, looking at each file again has to be enough."""


class NotWritten(OSError):
    """Nothing was written; the text says why and what to do."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.strerror = why

    def __str__(self) -> str:
        return self.strerror or ""


class FileChanged(NotWritten):
    """Somebody else changed the file after it was read: their version stays."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} was changed by somebody else meanwhile: that stands, and nothing was written over it. Try again"
        )


@dataclass(frozen=True)
class NewContent:
    """The new content of a file, and the content that was read: None if there was no such file."""

    content: bytes
    was: bytes | None


class Writer:
    """Writes files of one project for as long as its lock is held. See `writing`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def replace(self, path: Path, content: bytes, was: bytes | None) -> bool:
        """Replace what was read, `was`, with `content`; None stands for no file. Return whether that changes anything.

        The file keeps its permissions. Raises FileChanged or another OSError, and then leaves the file as it was.
        """
        return bool(self.replace_all({path: NewContent(content, was)}))

    def replace_all(self, changes: Mapping[Path, NewContent]) -> tuple[Path, ...]:
        """Replace all files or none, and return those that changed. Raises as `replace` does."""
        with ExitStack() as stack:
            ready: dict[Path, Path] = {}
            for path, change in changes.items():
                found = self._looked_at(path, change.was)
                if change.content != change.was:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    ready[path] = stack.enter_context(staging.beside(path, change.content, like=found))
            done: list[Path] = []
            try:
                for path, new in ready.items():
                    _put(new, path, changes[path].was, self._name(path))
                    done.append(path)
            except OSError:
                for path in reversed(done):
                    _take_back(ready[path], path, changes[path])
                raise
            return tuple(done)

    def remove(self, path: Path, was: bytes) -> None:
        """Delete a file, if it still is as it was read; raises FileChanged or another OSError if it is not."""
        self._looked_at(path, was)
        path.unlink()

    def make(self, files: Mapping[Path, str]) -> tuple[Path, ...]:
        """Write generated files, whatever they held before; return those that changed."""
        return self.replace_all({path: NewContent(text.encode(), self.read(path)) for path, text in files.items()})

    def read(self, path: Path) -> bytes | None:
        """Return the content of a file; None if there is no such file.

        Raises NotWritten for anything but a plain file.
        """
        return path.read_bytes() if self._is_there(path) else None

    def _is_there(self, path: Path) -> bool:
        """Return whether a file exists; raises NotWritten if it is not a plain file, or is reached through a link."""
        inside = path.relative_to(self.root)
        for part in (*reversed(inside.parents), inside):
            if (self.root / part).is_symlink() and part != Path():
                raise NotWritten(f"{part.as_posix()} is a link: nothing was written. Put the file itself there")
        if not os.path.lexists(path):
            return False
        if not S_ISREG(path.lstat().st_mode):
            raise NotWritten(f"{self._name(path)} is no file: nothing was written. Take it away")
        return True

    def _looked_at(self, path: Path, was: bytes | None) -> os.stat_result | None:
        """Return the state of a file if it is still as it was read; raises NotWritten."""
        if not self._is_there(path):
            if was is None:
                return None
            raise FileChanged(self._name(path))
        found = path.stat()
        if path.read_bytes() != was:
            raise FileChanged(self._name(path))
        return found

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def _put(new: Path, path: Path, was: bytes | None, name: str) -> None:
    """Put a file in its place. If another program saved there a moment ago, its version is put back."""
    try:
        if was is None:
            _put_first(new, path)
            return
        staging.trade(new, path)
    except (FileExistsError, FileNotFoundError):
        raise FileChanged(name) from None
    if new.read_bytes() != was:
        staging.trade(new, path)
        raise FileChanged(name)


def _put_first(new: Path, path: Path) -> None:
    """Put a file where there is none; raises FileExistsError."""
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except OSError:  # a file system that allows a file only one name
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        new.rename(path)


def _take_back(old: Path, path: Path, change: NewContent) -> None:
    """Undo `_put`, unless somebody has changed the file since."""
    with suppress(OSError):
        if path.read_bytes() != change.content:
            return
        if change.was is None:
            path.unlink()
        else:
            staging.trade(old, path)


class _Held(local):
    """The projects that this thread has locked: code that it calls shares the locks."""

    def __init__(self) -> None:
        self.roots: set[Path] = set()


_held = _Held()


@contextmanager
def writing(root: Path, patience: float | None = None) -> Iterator[Writer]:
    """Lock a project for writing, once no other process or thread has the lock, and give the writer.

    The lock ends with the process, however that ends. Files that killed processes left behind are cleared first. Raises
    NotWritten if the lock is not free within `patience` seconds.
    """
    real = root.resolve()
    if real in _held.roots:
        yield Writer(root)
        return
    with _lock(real, PATIENCE if patience is None else patience):
        _held.roots.add(real)
        try:
            _clear(real)
            yield Writer(root)
        finally:
            _held.roots.discard(real)


def clear_left_overs(root: Path) -> None:
    """Delete the files that killed processes left in a project, unless another process is writing: it has done so."""
    with suppress(OSError), writing(root, patience=0):
        pass
    staging.clear_scratch()


def _clear(root: Path) -> None:
    staging.clear(path for path in root.iterdir() if staging.is_left_over(path.name))
    for folder in FOLDERS:
        if not (root / folder).is_symlink():
            staging.clear_below(root / folder)


@contextmanager
def _lock(root: Path, patience: float) -> Iterator[None]:
    """Lock the folder itself, so that no file is needed; on Windows, where that is impossible, lock a file in it."""
    if os.name == "posix":
        held = os.open(root, os.O_RDONLY)
    else:  # pragma: no cover
        held = os.open(root / f".project{staging.ENDING}", os.O_CREAT | os.O_RDWR)
    try:
        _wait(held, patience)
        yield
    finally:
        os.close(held)


def _wait(held: int, patience: float) -> None:
    began, told = time.monotonic(), False
    while not _is_taken(held):
        waited = time.monotonic() - began
        if waited >= patience:
            raise NotWritten(
                "another “guide” is writing into this project: nothing was changed. Try again when it has ended"
            )
        if waited >= _TELL_AFTER and not told:
            told = True
            print("Waiting for another “guide” that is writing into this project…", file=sys.stderr, flush=True)
        time.sleep(_LOOK_EVERY)


def _is_taken(held: int) -> bool:
    """Take the lock, and return whether it was free."""
    try:
        if sys.platform == "win32":  # pragma: no cover
            import msvcrt

            msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in _NO_LOCKS
    return True
