"""The environment variables of this program: the only way to tell another process, or code that an engine calls.

A build runs an engine in a process of its own. The engine calls `macros.define_env` and `macros.mkdocs_hook`, which
receive nothing but what the engine hands them. Anything else that they must know is set here, as is what users may set.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

EPOCH = "SOURCE_DATE_EPOCH"
"""The time that goes into files, in seconds since 1970. Users set it, and so does `build` for its engine."""
TRACEBACK = "GUIDE_TRACEBACK"
"""Set by users who want what a programmer needs if the program fails."""
CHECKED = "GUIDE_CHECKED"
"""Set by `build` for its engine: data and pages have been checked, and the downloads come afterwards."""
HANDED = "GUIDE_HANDED"
"""Set by `build` for its engine: the drawn pages are on its standard input."""
SERVED = "GUIDE_SERVED"
"""Set under `mkdocs serve`, which puts a script into each page that the policy for hosts would refuse."""
EDITIONS = "GUIDE_EDITIONS"
"""Set by `build` if the site will hold its editions, so that pages may link to them: one of the two values below."""
ALL_EDITIONS, NO_PDF = "all", "no-pdf"
"""Every edition; and every edition that can be made without Pango."""


def is_set(name: str) -> bool:
    """Return whether a variable is set, to whatever value."""
    return name in os.environ


def value_of(name: str) -> str:
    """Return the value of a variable; "" if it is not set."""
    return os.environ.get(name, "")


def put(name: str, value: str) -> None:
    """Set a variable for the rest of this process, and for those that it starts."""
    os.environ[name] = value


@contextmanager
def put_for_now(values: Mapping[str, str]) -> Iterator[None]:
    """Set variables while this lasts, and put back what they were."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
