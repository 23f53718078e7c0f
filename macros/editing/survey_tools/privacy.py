"""Keeps raw answers out of the project, except in places that git ignores."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from macros.editing.survey_tools.extra import SurveyError
from macros.history import git
from macros.reading.csv_cells import to_csv


def refuse_in_project(path: Path, root: Path) -> None:
    """Raise SurveyError if a file is in the project and could get into its history."""
    try:
        inside = path.resolve().is_relative_to(root.resolve())
    except OSError:
        inside = True
    if inside and not git.ignores(path.resolve(), root):
        raise SurveyError(
            f"{path} is inside the project, where git could keep the answers for ever: move it somewhere else, such as "
            "your home folder"
        )


def refuse_taken(path: Path) -> None:
    """Raise SurveyError if a new file cannot be made at a place: nothing of the user’s is written over."""
    if os.path.lexists(path):
        raise SurveyError(f"{path} is there already, and nothing is written over: name another file")
    if not path.parent.is_dir():
        raise SurveyError(f"{path} cannot be written: name a file in a folder that exists")


@contextmanager
def words_written(path: Path | None, words: dict[str, list[str]]) -> Iterator[tuple[Path, ...]]:
    """Write what people wrote into a new file that only its owner can read, and give it; nothing without a path.

    It is for one person to read and put into other words. The file is taken away again if what follows fails. Raises
    SurveyError, or OSError.
    """
    if path is None:
        yield ()
        return
    refuse_taken(path)
    rows = [(question, text) for question, texts in sorted(words.items()) for text in sorted(texts)]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(to_csv(("question", "text"), rows))
        yield (path,)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
