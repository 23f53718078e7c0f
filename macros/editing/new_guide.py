"""A guide for another region: a folder with the program, its settings, and the first files of data and pages."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from macros.editing import skeleton
from macros.editing.editor_schemas import modeline
from macros.editing.editor_schemas import write as write_hints
from macros.editing.skeleton import SkeletonError
from macros.editing.yaml_layout import written
from macros.editing.yaml_tidy import mended_yaml
from macros.model import lasting
from macros.model.base import OURS, Record
from macros.model.dates import today
from macros.model.holdings import FRAMEWORK, HOLDINGS, REGION, SEARCH, SOURCES, WAVES, Holding
from macros.pages import published_addresses
from macros.pages.project import Project
from macros.pages.source_page import read_pages
from macros.reading import staging
from macros.reading.guide import Guide, load

_PROGRAM = (
    "Makefile",
    "pyproject.toml",
    ".gitattributes",
    ".gitignore",
    ".pymarkdown.json",
    ".yamllint.yml",
    ".ci/audit",
    ".ci/licences",
    ".ci/run",
    ".vscode/settings.json",
    "macros",
    "requirements",
    "theme",
    "docs/assets",
    "docs/favicon.ico",
    "tests/test_flow.py",
)
"""The files and folders that are the same in every guide."""
_OWN_PICTURES = ("editors", "social.*")
"""Pictures of the guide from which the program is copied."""
_FIRST_FILES = Path(__file__).parent / "first_files"
_DOCUMENT = "first-evidence"
_NOT_IN_MENU = """\
# Reached from their lists, not from the menu.
not_in_nav: |
  /search.md
  /trusts/*/[0-9]*.md
"""


@dataclass(frozen=True)
class NewGuide:
    """The name and the place of a new guide."""

    title: str
    region: str

    @property
    def domain(self) -> str:
        """A domain that belongs to nobody: names with this ending are reserved for examples."""
        return f"{lasting.slug(self.title)}.example"


def new_guide(folder: Path, named: NewGuide, guide: Guide, project: Project) -> str:
    """Make a guide in `folder`, with the program of `project`, and return what is left to do; raises SkeletonError.

    The folder is there in full or not at all.
    """
    if not lasting.slug(named.title):
        raise SkeletonError(f"“{named.title}” has no letters that can stand in an address: choose another title")
    if os.path.lexists(folder):
        raise SkeletonError(f"{folder} exists already: name a folder that does not")
    if folder.resolve().is_relative_to(project.root.resolve()):
        raise SkeletonError(f"{folder} is inside this guide: name a folder beside it, such as ../{folder.name}")
    if not folder.parent.is_dir():
        raise SkeletonError(f"there is no folder {folder.parent}: make it first")
    try:
        with staging.staged(folder.absolute()) as (held, _):
            made = held / folder.name  # a folder of its own, which writers of its files can lock
            made.mkdir()
            _fill(made, named, guide, project)
            made.rename(folder)
    except OSError as error:
        raise SkeletonError(f"nothing was made: {error.strerror or error} ({error.filename or folder})") from None
    return f"""\
Made {folder}, a guide to {named.region} that has no Trust yet.

What is left for you:
  1. Go there, and look at it with “make serve”. README.md says the rest.
  2. In data/{WAVES.path}/{today().year}.yml and data/sources.yml, say what your evidence is; in data/region.yml, what
     your guide is called. Is the evidence older? Give that file the name of its year, and name that as the baseline.
     In mkdocs.yml, give the site its address.
  3. Make the first profile with “guide new trust NAME”."""


def _fill(folder: Path, named: NewGuide, guide: Guide, project: Project) -> None:
    for name in _PROGRAM:
        _copy(project.root / name, folder / name)
    year = today().year
    words = {"guide": named.title, "region": named.region, "first": str(year - 5), "last": str(year + 2)}
    for path in sorted(_FIRST_FILES.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            target = folder / path.relative_to(_FIRST_FILES)
            target.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8")
            target.write_text(Template(text).safe_substitute(words) if path.suffix == ".md" else text, encoding="utf-8")
    settings = (project.root / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(_settings(settings, named), encoding="utf-8")
    for name, text in _data(named, guide):
        (folder / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "data" / name).write_text(text, encoding="utf-8")
    begun = Project(folder)
    write_hints(load(begun.data), folder)
    (folder / published_addresses.LIST).touch()
    published_addresses.add((page.url for page in read_pages(begun.docs)), folder)


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.copytree(path, target, ignore=shutil.ignore_patterns("__pycache__", *_OWN_PICTURES))
    else:
        shutil.copy2(path, target)


# --- settings -----------------------------------------------------------------------------------------------------


def _settings(text: str, named: NewGuide) -> str:
    """Return the settings of this guide with its own words replaced by another's."""
    changes: Mapping[str, str | None] = {
        "site_name": named.title,
        "site_url": f"https://{named.domain}/",
        "site_description": f"How Children’s Trusts in {named.region} and voluntary organisations work together.",
        "copyright": f"{named.title}. Each statement has its date and its source.",
        "not_in_nav": None,
        "  strapline": f"Children’s Trusts and voluntary organisations, {named.region}",
        "  history_title": "Look at the dates.",
        "  limits_title": "Limits of the evidence",
        "  history": "What this guide says has the date of its evidence. It may not describe how things are today.",
        "  social_image": None,
        "  social_words": None,
    }
    for field, value in changes.items():
        text = _with_setting(text, field, value)
    return f"{text.rstrip()}\n\n{_NOT_IN_MENU}"


def _with_setting(text: str, field: str, value: str | None) -> str:
    """Replace a setting, however many lines it takes; if `value` is None, remove it and the comment above it."""
    indent = " " * (len(field) - len(field.lstrip()))
    comment = rf"(?:{indent}#.*\n)*" if value is None else ""
    block = re.compile(rf"(?m)^{comment}{re.escape(field)}:.*\n(?:{indent}[ ]+.*\n)*")
    made = "" if value is None else written({field.strip(): value})
    return block.sub(lambda _: textwrap.indent(made, indent), text, count=1)


# --- data ---------------------------------------------------------------------------------------------------------


def _data(named: NewGuide, guide: Guide) -> Iterator[tuple[str, str]]:
    """Yield each file of the data by its name below `data/`."""
    yield REGION.path, _region(named)
    yield f"{WAVES.path}/{today().year}.yml", _record(WAVES, "The first evidence.", _first_wave())
    yield SOURCES.path, _record(SOURCES, "The documents that statements rest on.", [_document()])
    yield (
        FRAMEWORK.path,
        _record(FRAMEWORK, "A commissioning framework for the region. Nothing is proposed yet.", _framework(named)),
    )
    yield SEARCH.path, _record(SEARCH, "Words that readers type and that no page says.", _search(guide))
    filled = {REGION, SOURCES, FRAMEWORK, SEARCH}
    for holding in HOLDINGS:
        if holding in filled:
            continue
        if holding.shape == "list":
            yield holding.path, _record(holding, "None yet.", [])
        elif holding.shape == "rows":
            yield holding.path, _header(holding)


def _record(holding: Holding, comment: str, value: Any) -> str:
    """Return a file of the data in the layout that all must have."""
    whole = f"{modeline(holding)}\n# {comment}\n{written(value, width=1000)}"
    return mended_yaml(holding.path, whole, holding.model)[0]


def _header(holding: Holding) -> str:
    """Return the first line of a table: its own columns, then those that all records have, such as the source."""
    fields = [name for name in holding.model.model_fields if name not in holding.derived]
    columns = sorted(fields, key=lambda name: name in Record.model_fields)
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(columns)
    return written.getvalue()


def _region(named: NewGuide) -> str:
    day = today()
    known = {
        "name": named.region,
        "guide": named.title,
        "baseline": str(day.year),
        "principle_called": "Principle",
        "places_date": f"{day:%Y-%m-%d}",
        "place_examples": [named.region],
        "contact": f"guide@{named.domain}",
        "tag": f"tag:{named.domain},{day:%Y-%m-%d}",
        "first_written": f"{day:%Y-%m-%d}",
        "review_after_months": 12,
    }
    lines = [modeline(REGION), "# The region and the guide.", f"source: {OURS}"]
    whole = "\n".join([*lines, *skeleton.lines(REGION.model, known)]) + "\n"
    return mended_yaml(REGION.path, whole, REGION.model)[0]


def _first_wave() -> dict[str, object]:
    return {
        "source": OURS,
        "title": "The first evidence",
        "called": "the first evidence",
        "again": "the evidence",
        "method": "Nobody has written down yet how the evidence was gathered.",
        "documents": [_DOCUMENT],
        "date": f"{today():%Y-%m}",
    }


def _document() -> dict[str, str]:
    return {
        "id": _DOCUMENT,
        "source": OURS,
        "title": "The first evidence",
        "publisher": "Not known yet",
        "role": "The evidence of this guide. Facts that are not marked as ours rest on it.",
    }


def _framework(named: NewGuide) -> dict[str, Any]:
    model = FRAMEWORK.model
    told = {
        "source": OURS,
        "title": f"A commissioning framework for {named.region}",
        "status": "Not begun. Nothing is proposed.",
        "about": "Nobody has written a framework for this region yet.",
    }
    return told | {name: [] for name in model.model_fields if name not in told}


def _search(guide: Guide) -> dict[str, Any]:
    """Return the knowledge of English for search, copied from this guide, without anything about its pages."""
    return {
        "source": OURS,
        "examples": ["What we do not know"],
        "ignored": list(guide.search.ignored),
        "words": [],
        "pages": [],
    }
