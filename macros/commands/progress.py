"""Messages on progress for people who are waiting."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread, Timer

PATIENCE = 2.0
"""Seconds before a message tells people who wait what is being done."""


@contextmanager
def telling(what: str, *, at_once: bool = False) -> Iterator[None]:
    """Say what is being done, at once or when it takes longer than `PATIENCE`."""
    timer = Timer(0.0 if at_once else PATIENCE, lambda: print(what, file=sys.stderr, flush=True))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Give a function that reports progress: its latest words are printed every two seconds."""
    said = {"now": "", "told": ""}

    def tell() -> None:
        if said["now"] != said["told"]:
            print(said["now"], file=sys.stderr, flush=True)
            said["told"] = said["now"]

    stopped = Event()

    def keep_telling() -> None:
        while not stopped.wait(PATIENCE):
            tell()

    thread = Thread(target=keep_telling, daemon=True)
    thread.start()
    try:
        yield lambda words: said.update(now=words)
    finally:
        stopped.set()
