"""Temporary folders and files: claimed by a live process, cleared away if it is killed, put in place in one step."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_IMODE, S_ISDIR, S_ISREG

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows
    fcntl = None  # type: ignore[assignment]

ENDING = ".guide-new"
"""The ending of a file's name until the file is in its place."""

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM}
"""The errors by which a system says that it cannot exchange two names, or give a file a second name."""
_OPENED = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""The flags for opening a file that may be anything by now: links are not followed, and opening does not wait."""
_SCRATCH = re.compile(r"guide-(?:try|edit|changes|edition)-[a-z0-9_]{8}")
_DAY = 24 * 3600
"""Seconds after which a leftover counts as dead, where the system cannot tell whether it is held (on Windows)."""


def token() -> str:
    """Return a unique part of a name.

    A process number would not do: two containers sharing a folder may have the same.
    """
    return os.urandom(4).hex()


@contextmanager
def claimed(path: Path) -> Iterator[int]:
    """Claim a folder or file, and give the descriptor that holds the claim.

    The claim ends when the last process that has the descriptor ends, however it ends. Pass it on to programs that go
    on writing when this one is killed. The claim moves with the folder if that is renamed. Raises BlockingIOError if
    another process holds it.
    """
    held = os.open(path, _OPENED)
    try:
        if fcntl:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield held
    finally:
        os.close(held)


def _is_claimed_by(held: int, path: Path) -> bool:
    """Claim something newly made, and return whether it still exists: another process may have cleared it first."""
    try:
        if fcntl:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        there, mine = path.lstat(), os.fstat(held)
    except OSError:
        return False
    return (there.st_dev, there.st_ino) == (mine.st_dev, mine.st_ino)


@contextmanager
def staged(path: Path) -> Iterator[tuple[Path, int]]:
    """Make a folder next to `path`, claim it, and delete whatever is left of it afterwards.

    Gives the folder, whose name is unique, and the descriptor that holds it.
    """
    while True:
        folder = path.with_name(f"{path.name}.new-{token()}")
        folder.mkdir()
        if os.name != "posix":  # pragma: no cover - folders cannot be opened there
            held = os.open(os.devnull, os.O_RDONLY)
            break
        with suppress(OSError):
            held = os.open(folder, _OPENED)
            if _is_claimed_by(held, folder):
                break
            os.close(held)
    try:
        yield folder, held
    finally:
        os.close(held)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def scratch(purpose: str) -> Iterator[Path]:
    """Make a temporary folder that only this user can read, and delete it afterwards.

    `purpose` is `try`, `edit`, `changes` or `edition`. `clear_scratch` clears away what killed processes leave.
    """
    import tempfile  # slow to load, and every command loads this module

    while True:
        folder = Path(tempfile.mkdtemp(prefix=f"guide-{purpose}-"))
        if os.name != "posix":  # pragma: no cover
            held = os.open(os.devnull, os.O_RDONLY)
            break
        with suppress(OSError):
            held = os.open(folder, _OPENED)
            if _is_claimed_by(held, folder):
                break
            os.close(held)
    try:
        yield folder
    finally:
        os.close(held)
        shutil.rmtree(folder, ignore_errors=True)


def clear_scratch() -> None:
    """Delete the temporary folders that killed processes of this user left."""
    import tempfile  # slow to load, and every command loads this module

    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        clear(Path(one.path) for one in entries if _SCRATCH.fullmatch(one.name) and _is_own_folder(one))


def _is_own_folder(entry: os.DirEntry[str]) -> bool:
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    return S_ISDIR(found.st_mode) and (not hasattr(os, "getuid") or found.st_uid == os.getuid())


@contextmanager
def beside(path: Path, content: bytes, mode: int = 0o666, like: os.stat_result | None = None) -> Iterator[Path]:
    """Write `content` to a new file next to `path`, with a unique name, and delete whatever is left of it afterwards.

    If the file should be `like` another, it gets the same permissions and owner, and is on the disk before it takes its
    place. Raises OSError.
    """
    while True:
        new = path.with_name(f".{path.name[:60]}.{token()}{ENDING}")
        held = os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        if _is_claimed_by(held, new):
            break
        os.close(held)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(held, view) :]
        if like is not None:
            _make_like(held, new, like)
        if os.name != "posix":  # pragma: no cover - an open file cannot be renamed there
            os.close(held)
        yield new
    finally:
        with suppress(FileNotFoundError):
            new.unlink()
        if os.name == "posix":
            os.close(held)


def _make_like(held: int, new: Path, like: os.stat_result) -> None:
    if hasattr(os, "fchown") and (like.st_uid, like.st_gid) != (os.geteuid(), os.getegid()):
        with suppress(OSError):  # only root may give files away
            os.fchown(held, like.st_uid, like.st_gid)
    new.chmod(S_IMODE(like.st_mode))
    os.fsync(held)


def replace_file(path: Path, content: bytes, mode: int = 0o666) -> Path:
    """Write a generated file and return its path: at any moment it is either the old file or the new one.

    A file that already has this content is left alone. Raises OSError. Files that people write too are replaced by
    `project_files.Writer`, which looks at them first.
    """
    with suppress(OSError):
        if path.read_bytes() == content:
            return path
    path.parent.mkdir(parents=True, exist_ok=True)
    with beside(path, content, mode) as new:
        new.replace(path)
    return path


def is_left_over(name: str) -> bool:
    """Return whether the name is that of a file that was waiting to replace another."""
    return name.startswith(".") and name.endswith(ENDING)


def clear_below(folder: Path) -> None:
    """Delete the files below a folder that killed processes left next to their targets. Links are not followed."""
    clear(Path(found, name) for found, _, files in os.walk(folder) for name in files if is_left_over(name))


def clear(paths: Iterable[Path]) -> None:
    """Delete folders and files that no live process claims."""
    for path in paths:
        with suppress(OSError):  # a live process holds it, or it has gone meanwhile
            if fcntl is None and path.lstat().st_mtime > time.time() - _DAY:  # pragma: no cover - Windows
                continue
            with claimed(path):  # held until it is gone: otherwise a process that claimed it now would lose it
                found = path.lstat()
                if S_ISDIR(found.st_mode):
                    shutil.rmtree(path, ignore_errors=True)
                elif S_ISREG(found.st_mode):
                    path.unlink()


def swap(new: Path, target: Path) -> None:
    """Put the folder `new` in place of `target`; both are on one file system. Raises OSError.

    Afterwards `new` holds the former target, if there was one. If the system can exchange two names in one step, there
    is no moment without a `target`. Elsewhere there is a short one, and `restore` mends what a kill in that moment
    leaves.
    """
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        old = target.with_name(f"{target.name}.old-{token()}")
        target.rename(old)
        try:
            new.rename(target)
        except OSError:
            old.rename(target)
            raise
        old.rename(new)


def trade(new: Path, target: Path) -> None:
    """Exchange two files in one folder; there is no moment without a `target`. Raises OSError."""
    if _exchange(new, target):
        return
    old = new.with_name(f".{target.name[:60]}.{token()}{ENDING}")
    try:
        os.link(target, old)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
        shutil.copy2(target, old)
    new.replace(target)
    old.rename(new)


def besides(target: Path, kind: str) -> Iterator[Path]:
    """Yield the folders next to `target` that builds named after it, as `site.new-1a2b3c4d`; `kind` is new or old."""
    named = re.compile(rf"{re.escape(target.name)}\.{kind}-[0-9a-f]{{8}}")
    with suppress(OSError):
        yield from (path for path in target.parent.iterdir() if named.fullmatch(path.name))


def restore(target: Path) -> None:
    """Put the former `target` back, if a build was killed between two renames."""
    olds = sorted(besides(target, "old"))
    if olds and not target.exists():
        olds.pop().rename(target)
    clear(olds)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; return False if the system cannot. Raises OSError."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes  # slow to load, and every command loads this module

    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):  # added to glibc in 2018 and to musl later
        return False
    if library.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code), str(other))
