"""Tries files on a copy of the project, with all checks, before any of them is written."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from macros.editing.correction import CorrectionRefused
from macros.pages import site, site_checks
from macros.pages.project import Project
from macros.reading import staging
from macros.reading.guide import load
from macros.reading.problem import DataProblems
from macros.reading.reader import RecordCache


def try_files(project: Project, files: Mapping[Path, bytes], kept: RecordCache | None = None) -> None:
    """Check everything with `files`, which belong to the project's data or docs, in place; raises CorrectionRefused.

    Records in `kept` are not read again. Pages are copied only if one of the files is a page.
    """
    with_pages = any(path.is_relative_to(project.docs) for path in files)
    with staging.scratch("try") as folder:
        data, docs = folder / project.data.name, folder / project.docs.name
        shutil.copytree(project.data, data, symlinks=True, ignore=_not_ours)
        if with_pages:
            shutil.copytree(project.docs, docs, symlinks=True, ignore=_not_ours)
        for path, content in files.items():
            staging.replace_file(folder / path.relative_to(project.root), content)
        try:
            problems = tuple(site_checks.check(site.Site(load(data, kept), docs if with_pages else project.docs)))
        except DataProblems as found:
            problems = found.problems
    if problems:
        raise CorrectionRefused("With this change, the checks would fail:", *map(str, sorted(set(problems))))


def _not_ours(_: str, names: list[str]) -> list[str]:
    """Return the files for no reader: those that editors keep next to others, and may delete during the copy."""
    return [name for name in names if name.startswith(".") or name.endswith("~")]
