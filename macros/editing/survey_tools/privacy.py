"""Keeps raw answers out of the project, except in places that git ignores."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from macros.editing.survey_tools.extra import SurveyError
from macros.reading.csv_cells import to_csv


def refuse_in_project(path: Path, root: Path) -> None:
    """Raise SurveyError if a file is in the project and could get into its history."""
    try:
        inside = path.resolve().is_relative_to(root.resolve())
    except OSError:
        inside = True
    if inside and not _is_ignored(path.resolve(), root):
        raise SurveyError(
            f"{path} is inside the project, where git could keep the answers for ever: move it somewhere else, such as "
            "your home folder"
        )


def _is_ignored(path: Path, root: Path) -> bool:
    git = shutil.which("git")
    if git is None:
        return False
    asked = subprocess.run(  # noqa: S603 - a fixed command
        [git, "check-ignore", "--quiet", str(path)], cwd=root, capture_output=True, check=False
    )
    return asked.returncode == 0


def write_words(path: Path, root: Path, words: dict[str, list[str]]) -> int:
    """Write respondents' own words into a file that only its owner can read; return the number of texts.

    It is for one person, who reads and paraphrases them. Raises SurveyError inside the project, or OSError.
    """
    refuse_in_project(path, root)
    rows = [(question, text) for question, texts in sorted(words.items()) for text in sorted(texts)]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(to_csv(("question", "text"), rows))
    return len(rows)
