"""The style sheet of the guide: readers fetch one file, which is joined from a part for each thing that it dresses.

The file stands in `docs/`, as engines copy what is there. “guide schema” and `mkdocs serve` write it again.
"""

from __future__ import annotations

from pathlib import Path

from macros.reading import project_files

SHEET = "docs/assets/stylesheets/guide.css"
STYLES = Path(__file__).with_name("styles")
PARTS = (
    *("ground", "text", "masthead", "layout", "search", "foot"),
    *("lists", "cards", "facts", "callouts", "statements", "tables", "charts", "map", "find", "compare", "forms"),
    *("narrow", "device", "paper"),
)
"""The names of the parts, in the order in which they are joined: of two rules with the same weight, the later wins."""

_HEAD = "/* Made of the parts in macros/publish/styles: change those, as this file is written again. */\n"


def joined() -> str:
    """Return the whole style sheet."""
    return _HEAD + "".join((STYLES / f"{name}.css").read_text(encoding="utf-8") for name in PARTS)


def write(project: Path) -> tuple[Path, ...]:
    """Write the style sheet of a project if its parts have changed, and return it if so; raises OSError."""
    sheet = project / SHEET
    if not sheet.is_file() or sheet.read_text(encoding="utf-8") == (text := joined()):
        return ()
    with project_files.writing(project) as writer:
        return writer.make({sheet: text})
