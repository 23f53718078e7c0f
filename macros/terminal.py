"""The terminal that a command is typed in: what it can show, when nobody reads on, and how trouble is told."""

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
"""What a shell says of a program that ended because nobody read on (128 and the number of SIGPIPE)."""


def show_all() -> None:
    """Let every text be printed, whatever the terminal can show: signs that it lacks become plainer ones or codes."""
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
    """Run a command and return how it ended. One that nobody reads on, as in `guide check | head`, ends quietly.

    The signal SIGPIPE is left ignored, as Python has it: a browser that leaves must not end the server of a form.
    """
    try:
        try:
            ended = run()
        except SystemExit as stopped:  # by a signal, or as the command was not understood
            ended = stopped.code if isinstance(stopped.code, int) else 0
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except BrokenPipeError:
        _let_go()
        return _NOBODY_READS
    except OSError as error:  # what was printed could not be kept
        _let_go()
        with suppress(OSError):
            print(f"guide: {trouble(error)}", file=sys.stderr)
        return 1
    return ended


def _let_go() -> None:
    """Leave nothing to be printed when Python ends: it would fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(nowhere, sys.stdout.fileno())


def deaf_to_signals() -> None:
    """Clear up undisturbed from now on."""
    for kind in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, kind):
            with suppress(ValueError):  # not the main thread
                signal.signal(getattr(signal, kind), signal.SIG_IGN)


def trouble(error: OSError) -> str:
    """Return in words what a system refused, and where."""
    where = f"{error.filename}: " if error.filename else ""
    what = {
        errno.EACCES: "this may not be opened or written by you",
        errno.EROFS: "nothing can be written here",
        errno.ENOSPC: "the disk is full",
        errno.ENOENT: "there is no such file or folder",
    }.get(error.errno or 0, (error.strerror or str(error)).lower())
    return f"{where}{what}"


def crash(error: BaseException) -> str:
    """Return what to say of a failure of the program itself. What the error says is left out: it may quote anything."""
    package = Path(__file__).parent
    frames = [one for one in traceback.extract_tb(error.__traceback__) if Path(one.filename).is_relative_to(package)]
    at = f", in {Path(frames[-1].filename).relative_to(package).as_posix()}, line {frames[-1].lineno}" if frames else ""
    return (
        f"the program itself failed ({type(error).__name__}{at}). This is a mistake in it, not in your files. "
        "Please report it, with the command that you typed: the guide’s contact page says where. "
        "“--traceback” prints what a programmer needs"
    )
