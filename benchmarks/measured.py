"""Measures a command: wall time, CPU time and memory, of all its processes together."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_EVERY = 0.02
"""Seconds between two readings of the memory."""
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class Used(NamedTuple):
    """The measurements of one run of a command."""

    wall: float
    """Seconds."""
    cpu: float
    """CPU seconds, user and system, of all processes."""
    memory: int
    """The most bytes that its processes held at one time; memory shared by two counts twice."""


class CommandError(Exception):
    """A command ended badly; the text is its last output."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Used:
    """Run a command in a folder; raises CommandError."""
    with tempfile.TemporaryFile() as output:
        started = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT)
        watch = _Watch(process.pid)
        watch.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        watch.ended.set()
        watch.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise CommandError(output.read().decode(errors="replace")[-4000:])
    return Used(wall, used.ru_utime + used.ru_stime, watch.most or used.ru_maxrss * 1024)


class _Watch(threading.Thread):
    """Watches the memory of a process and all below it, until told that it has ended. Without /proc it sees nothing."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.most = 0
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(_EVERY):
            self.most = max(self.most, sum(_held(pid) for pid in _family(self.pid)))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text().split():
                yield from _family(int(child))


def _held(pid: int) -> int:
    with suppress(OSError, IndexError, ValueError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    return 0
