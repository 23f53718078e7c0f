"""The state of this program and of what it stands on, as a digest: only the same makes the same of the same files."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from macros.model.clock import EPOCH
from macros.reading.project_state import FileMarks, marks

PACKAGES = frozenset(
    {
        *("annotated_types", "click", "dateutil", "docx", "feedgenerator", "ftfy", "icalendar", "jinja2", "lxml"),
        *("markdown", "markdown_it", "markupsafe", "mdurl", "mkdocs", "numpy", "pandas", "pydantic", "pydantic_core"),
        *("pygments", "pyphen", "selectolax", "typing_extensions", "typing_inspection", "wcwidth", "yaml"),
        *("_cyutility", "_yaml", "six", "sitecustomize", "usercustomize"),
    }
)
"""What is loaded to check and to draw, of what is installed beside Python. Themes are not: they are read each time."""
VARIABLES = ("NPY_", "NUMPY_", "OPENBLAS_", "PANDAS_", "PYDANTIC_", "PYTHONTZPATH", "PY_SAX_PARSER", "WCWIDTH_")
"""How the names of environment variables begin that these packages read."""

_INSTALLED = (".pth", ".dist-info", ".egg-info")
"""How the names end of what says which packages are installed, of which version, and what Python does first."""
_UNUSED = frozenset(
    {
        *("__pycache__", "site-packages", "dist-packages", "test", "tests", "include"),
        *("ensurepip", "idlelib", "lib2to3", "tkinter", "turtledemo"),
    }
)
"""Folders of packages, and of Python, that a program like this never reads, or that Python makes by itself."""


def program() -> str:
    """Return a digest of this program, of what it stands on, and of the time that it is told it is."""
    return hashlib.sha256(f"{timeless()}\0{os.environ.get(EPOCH, '')}".encode()).hexdigest()


@cache  # what was loaded stays loaded, whatever becomes of its files
def timeless() -> str:
    """Return a digest of this program, and of what it stands on: Python, and the packages that it loads.

    The program is read. Of the others it is told by marks whether a file was written to: they are thousands.
    """
    said = sorted(item for item in os.environ.items() if item[0].startswith(VARIABLES))
    found = hashlib.sha256(f"{sys.version}\0{sys.platform}\0{said}\0".encode("utf-8", "surrogateescape"))
    package = Path(__file__).parents[1]
    for name, written, *_ in marks(str(package), but=_UNUSED):
        # With the time, as Python does not compile a file again that has the size and the time that it had.
        when = written if name.endswith(".py") else ""
        with open(name, "rb", buffering=0) as file:  # noqa: PTH123 - hundreds of them
            found.update(f"{name.removeprefix(str(package))}\0{when}\0".encode() + file.readall() + b"\0")
    for one in _beneath(package):
        found.update(repr(one).encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def _beneath(package: Path) -> Iterator[FileMarks | str]:
    """Yield the marks of Python's own files, and of the packages that are installed beside it."""
    own = Path(os.__file__).parent
    yield marks(str(own), but=_UNUSED)
    for folder in sys.path:
        with suppress(OSError):
            if Path(folder).resolve() in {package.parent.resolve(), own.resolve()}:
                continue
            entries = sorted(os.scandir(folder or "."), key=lambda entry: entry.name)
            for entry in entries:
                if entry.name.partition(".")[0] in PACKAGES:
                    yield marks(entry.path, but=_UNUSED)
                elif entry.name.endswith(_INSTALLED):
                    yield entry.name
                    yield marks(entry.path if entry.is_file() else f"{entry.path}/entry_points.txt")
