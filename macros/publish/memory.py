"""How often Python looks for garbage: what a build makes is nearly all kept, and each look goes through all of it."""

from __future__ import annotations

import atexit
import gc

SELDOM, OFTEN = 10_000_000, 200_000
"""How many things are made between two looks: while a site is built, and while one is served."""


def collect_seldom() -> None:
    """Look for garbage hardly ever, and not once more at the end: for a program that builds and ends."""
    gc.set_threshold(SELDOM, 20, 100)
    atexit.register(gc.disable)


def begin_anew() -> None:
    """Let go of what was set aside, before it is built anew."""
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    gc.set_threshold(SELDOM, 20, 100)


def set_aside() -> None:
    """Look no more at what there is now, as it stays, and as often as is good at what comes."""
    gc.freeze()
    gc.set_threshold(OFTEN, 20, 100)
