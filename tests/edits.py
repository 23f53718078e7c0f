"""Edits by chance, such as people make while a site is served: to data, to prose, to what there is. From a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from macros.reading.yaml_file import Tree

Path_ = tuple[str | int, ...]
KINDS = ("trusts", "standards", "practices", "report", "surveys")


class Editor:
    """Edits a project by chance. Each edit says what it did, and can be taken back."""

    def __init__(self, project: Path, seed: int) -> None:
        self.project = project
        self.chance = random.Random(seed)
        self._before: dict[Path, str | None] = {}

    def edit(self) -> str:
        """Make one edit, and return what it was. What it leaves may be wrong."""
        self._before = {}
        return self.chance.choice(self.edits())()

    def edits(self) -> list[Callable[[], str]]:
        """Return every kind of edit, as often as it should come."""
        return [*[self.edit_record] * 8, *[self.edit_list_file] * 3, self.edit_rows, self.edit_prose]

    def take_back(self) -> None:
        """Undo the last edit."""
        for path, text in self._before.items():
            if text is None:
                path.unlink(missing_ok=True)
            else:
                path.write_text(text, encoding="utf-8")

    def edit_record(self) -> str:
        """Change one value in a file that is one record."""
        folder = self.chance.choice(KINDS)
        return self._edit_yaml(self.chance.choice(sorted((self.project / "data" / folder).rglob("*.yml"))))

    def edit_list_file(self) -> str:
        """Change one value in a file at the top of `data/`."""
        return self._edit_yaml(self.chance.choice(sorted((self.project / "data").glob("*.yml"))))

    def edit_rows(self) -> str:
        """Leave out a row of a table, or let two change places."""
        path = self.chance.choice(sorted((self.project / "data").rglob("*.csv")))
        head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        number = self.chance.randrange(len(rows) - 1)
        if self.chance.random() < 0.5:
            del rows[number]
        else:
            rows[number], rows[number + 1] = rows[number + 1], rows[number]
        self.write(path, "".join([head, *rows]))
        return f"row {number + 1} of {path.name}"

    def edit_prose(self) -> str:
        """Add words to a page."""
        path = self.chance.choice(sorted((self.project / "docs").rglob("*.md")))
        words = self.chance.choice(["More words about the VCS.", "## A new heading", "- A point\n- Another"])
        self.write(path, f"{path.read_text(encoding='utf-8')}\n{words} {self.chance.randrange(1000)}\n")
        return f"words in {path.relative_to(self.project)}"

    def write(self, path: Path, text: str) -> None:
        """Write a file so that it can be taken back."""
        self._before.setdefault(path, path.read_text(encoding="utf-8") if path.exists() else None)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def remove(self, path: Path) -> None:
        """Delete a file so that it can be taken back."""
        self._before.setdefault(path, path.read_text(encoding="utf-8"))
        path.unlink()

    def _edit_yaml(self, path: Path) -> str:
        tree = Tree.parse(path.name, path.read_text(encoding="utf-8"), [])
        assert tree is not None
        places = [*_places(tree.value, ())]
        if not places:
            return self.edit()
        prose = [place for place in places if str(_at(tree.value, place)).count(" ") > 3]
        where = self.chance.choice(prose if prose and self.chance.random() < 0.6 else places)
        holder = _at(tree.value, where[:-1])
        if self.chance.random() < 0.1:
            del holder[where[-1]]
        elif holder[where[-1]] == (now := self._otherwise(holder[where[-1]])):
            return self.edit()
        else:
            holder[where[-1]] = now
        self.write(path, yaml.safe_dump(tree.value, allow_unicode=True, sort_keys=False, width=110))
        return f"{'.'.join(map(str, where))} of {path.relative_to(self.project)}"

    def _otherwise(self, value: Any) -> Any:
        match value:
            case bool():
                return not value
            case int():
                return value + 1
            case str() if " " in value:
                words = value.split(" ")
                words.insert(self.chance.randrange(len(words)), self.chance.choice(["not", "VCS", "again", "compact"]))
                return " ".join(words)
            case list() if len(value) > 1:
                some = [*value]
                if self.chance.random() < 0.5:
                    self.chance.shuffle(some)
                else:
                    some.pop(self.chance.randrange(len(some)))
                return some
        return value


def _at(value: Any, path: Path_) -> Any:
    for key in path:
        value = value[key]
    return value


def _places(value: Any, path: Path_) -> Iterator[Path_]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _places(one, (*path, key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _places(one, (*path, number))
