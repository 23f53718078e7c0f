"""Makes what takes long once in a test run, whatever the number of processes."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that all processes share. The first to ask lets `make` make it; the others wait.

    `make` is given a path where nothing is. Only what it finished is shared: if its process dies, the lock goes with
    it, and the next process makes all anew.
    """
    shared = folders.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # each process has its own folder in that of the run
    target, half = shared / name, shared / f"{name}.half"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            shutil.rmtree(half, ignore_errors=True)
            make(half)
            half.rename(target)
    return target
