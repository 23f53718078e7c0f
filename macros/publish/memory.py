"""How often Python collects garbage: nearly everything in a build is kept, and each collection looks at all of it."""

from __future__ import annotations

import atexit
import gc

SELDOM, OFTEN = 10_000_000, 200_000
"""The number of new objects between two collections: while a site is built, and while one is served."""


def collect_seldom() -> None:
    """Collect garbage hardly ever, and not at the end either: for a program that builds and ends."""
    gc.set_threshold(SELDOM, 20, 100)
    atexit.register(gc.disable)


def begin_anew() -> None:
    """Release the objects that were set aside, before they are built again."""
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    gc.set_threshold(SELDOM, 20, 100)


def set_aside() -> None:
    """Exempt all present objects from collection, as they will stay, and collect new ones at a sensible rate."""
    gc.freeze()
    gc.set_threshold(OFTEN, 20, 100)
