"""The YAML files of the guide, by the kind of file that their schema describes."""

from __future__ import annotations

from pathlib import Path

from mistakes import BASELINE, ROOT

from macros.reading.files import files_of
from macros.schema.json_schema import EditorFile, editor_files


def written(file: EditorFile) -> list[Path]:
    """Return the guide's files of one kind."""
    number = editor_files(file.holding).index(file)
    return [paths[number] for paths in files_of(ROOT / "data", file.holding, BASELINE)]
