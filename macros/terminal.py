"""The terminal in which a command runs: the characters it can show, output that nobody reads, and words for people."""

from __future__ import annotations

import codecs
import errno
import io
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "›": ">", "→": "->"})
_NOBODY_READS = 141
"""The exit status, as shells give it, of a program whose output is no longer read (128 and the number of SIGPIPE)."""


def show_all() -> None:
    """Make every text printable on any terminal: characters that it lacks become plainer ones or codes."""
    codecs.register_error("guide", _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="guide")


def _plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    plain = error.object[error.start : error.end].translate(_PLAIN)
    return plain.encode("ascii", "backslashreplace").decode(), error.end


def ending_quietly(run: Callable[[], int]) -> int:
    """Run a command and return its exit status.

    If its output is no longer read, as in `guide check | head`, end quietly. SIGPIPE stays ignored, as Python has it: a
    browser that leaves must not end the server of a form.
    """
    try:
        try:
            ended = run()
        except SystemExit as stopped:  # by a signal, or because the command was not understood
            ended = stopped.code if isinstance(stopped.code, int) else 0
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except BrokenPipeError:
        _let_go()
        return _NOBODY_READS
    except OSError as error:  # the output could not be saved
        _let_go()
        with suppress(OSError):
            print(f"guide: {trouble(error)}", file=sys.stderr)
        return 1
    return ended


def _let_go() -> None:
    """Discard the remaining output: otherwise Python would fail again on ending."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(nowhere, sys.stdout.fileno())


def ignore_signals() -> None:
    """Ignore signals from now on, so that clearing up is not interrupted."""
    for kind in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, kind):
            with suppress(ValueError):  # not the main thread
                signal.signal(getattr(signal, kind), signal.SIG_IGN)


def tell_missing(missing: str) -> None:
    """Say on standard error which part of the history is missing here, if any is."""
    if missing:
        print(f"{missing}.", file=sys.stderr)


def trouble(error: OSError) -> str:
    """Return in words what the system refused, and for which file."""
    where = f"{error.filename}: " if error.filename else ""
    what = {
        errno.EACCES: "this may not be opened or written by you",
        errno.EROFS: "nothing can be written here",
        errno.ENOSPC: "the disk is full",
        errno.ENOENT: "there is no such file or folder",
    }.get(error.errno or 0, (error.strerror or str(error)).lower())
    return f"{where}{what}"


def crash(error: BaseException) -> str:
    """Return the message for a failure of the program itself.

    It leaves out the text of the error, which may quote anything.
    """
    package = Path(__file__).parent
    frames = [one for one in traceback.extract_tb(error.__traceback__) if Path(one.filename).is_relative_to(package)]
    at = f", in {Path(frames[-1].filename).relative_to(package).as_posix()}, line {frames[-1].lineno}" if frames else ""
    return (
        f"the program itself failed ({type(error).__name__}{at}). This is a mistake in it, not in your files. "
        "Please report it, with the command that you typed: the guide’s contact page says where. "
        "“--traceback” prints what a programmer needs"
    )
