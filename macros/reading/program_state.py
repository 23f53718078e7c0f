"""The state of this program and of everything that it runs on, as a digest: as long as it stays, so do results."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from macros.model.process_variables import EPOCH, value_of
from macros.reading.project_state import FileMarks, marks

PACKAGES = frozenset(
    {
        *("annotated_types", "click", "dateutil", "docx", "feedgenerator", "ftfy", "icalendar", "jinja2", "lxml"),
        *("markdown", "markdown_it", "markupsafe", "mdurl", "mkdocs", "numpy", "pandas", "pathspec"),
        *("pydantic", "pydantic_core"),
        *("pygments", "pyphen", "selectolax", "typing_extensions", "typing_inspection", "wcwidth", "yaml"),
        *("_cyutility", "_yaml", "six", "sitecustomize", "usercustomize"),
    }
)
"""The installed packages that are loaded to check and to draw. Themes are not among them: they are read each time."""
VARIABLES = ("NPY_", "NUMPY_", "OPENBLAS_", "PANDAS_", "PYDANTIC_", "PYTHONTZPATH", "PY_SAX_PARSER", "WCWIDTH_")
"""The prefixes of environment variables that these packages read."""

_INSTALLED = (".pth", ".dist-info", ".egg-info")
"""The endings of files that say which packages are installed, in which version, and what Python runs first."""
_UNUSED = frozenset(
    {
        *("__pycache__", "site-packages", "dist-packages", "test", "tests", "include"),
        *("ensurepip", "idlelib", "lib2to3", "tkinter", "turtledemo"),
    }
)
"""Folders of packages and of Python that a program like this never reads, or that Python makes itself."""


def program() -> str:
    """Return a digest of this program, of everything it runs on, and of the time that it is given, if any."""
    return hashlib.sha256(f"{timeless()}\0{value_of(EPOCH)}".encode()).hexdigest()


@cache  # loaded code stays loaded, whatever happens to its files
def timeless() -> str:
    """Return a digest of this program and of everything it runs on: Python, and the packages that it loads.

    The program's own files are read. For the others, which number thousands, marks show whether a file was written to.
    """
    said = sorted(item for item in os.environ.items() if item[0].startswith(VARIABLES))
    found = hashlib.sha256(f"{sys.version}\0{sys.platform}\0{said}\0".encode("utf-8", "surrogateescape"))
    package = Path(__file__).parents[1]
    for name, written, *_ in marks(str(package), but=_UNUSED):
        # Includes the time, as Python does not recompile a file that has the same size and time as before.
        when = written if name.endswith(".py") else ""
        with open(name, "rb", buffering=0) as file:  # noqa: PTH123 - hundreds of them
            found.update(f"{name.removeprefix(str(package))}\0{when}\0".encode() + file.readall() + b"\0")
    for one in _beneath(package):
        found.update(repr(one).encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def _beneath(package: Path) -> Iterator[FileMarks | str]:
    """Yield the marks of Python's own files, and of the installed packages."""
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
