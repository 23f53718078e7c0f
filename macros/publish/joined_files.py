"""Files that readers fetch as one, and that are edited as several: a part for each thing that they serve.

What is joined stands in `docs/`, as engines copy what is there. “guide schema” and `mkdocs serve` write it again.

The parts of a script are modules, which say what they need of each other. Joined, they are one scope, without the
imports and without comments that have a line of their own: a browser fetches one small file in place of ten.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from macros.reading import project_files

HERE = Path(__file__).parent
_IMPORT = re.compile(r'^import \{ [\w, ]+ \} from "\./\w+\.js";\n', re.MULTILINE)
_COMMENT = re.compile(r"^ *(?://|/\*\*).*\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|const|let) )", re.MULTILINE)


class Joined(NamedTuple):
    """A file of `docs/assets/`, and the parts of it in a folder of this one."""

    file: str
    folder: str
    parts: tuple[str, ...]
    """Their names, in the order in which they are joined."""
    enclosed: bool = False
    """Whether it is a script that shares a scope with others on the page, and so may leave no names there."""

    def text(self) -> str:
        """Return the whole file."""
        folder = HERE / self.folder
        place = f"macros/publish/{self.folder}"
        head = f"/* Made of the parts in {place}: change those, as this file is written again. */\n"
        texts = [(folder / name).read_text(encoding="utf-8") for name in self.files()]
        if self.file.endswith(".css"):
            return head + "".join(texts)
        script = "\n".join(_EXPORT.sub("", _COMMENT.sub("", _IMPORT.sub("", text))).lstrip("\n") for text in texts)
        return head + (f'(function () {{\n"use strict";\n{script}}})();\n' if self.enclosed else script)

    def files(self) -> list[str]:
        """Return the names of the files of the parts."""
        return [name + Path(self.file).suffix for name in self.parts]


STYLE_SHEET = Joined(
    "stylesheets/guide.css",
    "styles",  # of two rules with the same weight, the later wins
    (
        *("ground", "text", "masthead", "layout", "search", "foot"),
        *("lists", "cards", "facts", "callouts", "statements", "tables", "charts", "map", "find", "compare", "forms"),
        *("narrow", "device", "paper"),
    ),
)
SCRIPTS = (
    Joined(
        "javascripts/correct.js",
        "scripts/correct",
        (
            *("page", "values", "changes", "fields", "evidence", "profile"),
            *("message", "list", "sending", "start"),
        ),
    ),
    Joined(
        "javascripts/search/box.js",
        "scripts/search-box",
        ("needs", "elements", "address", "early", "results", "box", "page", "dialog", "start"),
        enclosed=True,
    ),
    Joined(
        "javascripts/search/rank.js",
        "scripts/search-rank",
        ("weights", "index", "meaning", "scores", "find", "passage", "start"),
        enclosed=True,
    ),
)
"""A part may need only those before it."""


def write(project: Path) -> tuple[Path, ...]:
    """Write each of the files that a project has if its parts have changed; return those written; raises OSError."""
    changed = {}
    for one in (STYLE_SHEET, *SCRIPTS):
        path = project / "docs/assets" / one.file
        if path.is_file() and path.read_text(encoding="utf-8") != (text := one.text()):
            changed[path] = text
    if not changed:
        return ()
    with project_files.writing(project) as writer:
        return writer.make(changed)
