"""Mistakes of editors as test cases: what became what, and the lines that must be told of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from macros.reading.problem import Problem
from macros.reading.yaml_file import Tree

ROOT = Path(__file__).parents[1]

BASELINE = "2009"
"""The name of the first wave."""

HERE, FIRST = "‸", "⁂"
"""Marks in the text of a mistake: where a message must point, and the line it must name as the first of two."""

PYTHON_WORDS = re.compile(
    r"\b(tuple|str|dict|int|float|bool|NoneType|None|True|False|object at|class|[Tt]raceback|\w+Error|[Ee]xception"
    r"|[Pp]ydantic|validation|instance|iterable|mapping|scalar|parsing|attribute|0x[0-9a-f]+)\b"
)
"""Words of a programmer, which no message may hold outside what it quotes."""


@dataclass(frozen=True)
class Mistake:
    """One mistake of an editor: in `file`, the text `old` became `new`; `said` is what each message must say.

    The places that messages must point to are marked with ‸ in `new`, one for each message that differs in its place.
    Messages without a ‸ point to the beginning of the file. A ⁂ marks the line that a message gives as {first}.
    """

    name: str
    file: str
    old: str
    new: str
    said: tuple[str, ...]


def mistake(name: str, file: str, old: str, new: str, *said: str) -> object:
    """Return a case for a parametrised test, named as in a list of mistakes."""
    return pytest.param(Mistake(name, file, old, new, said), id=name)


class Folder:
    """A copy of `data/` or `docs/` that a test may break."""

    def __init__(self, path: Path, check: Callable[[], Iterable[Problem]]) -> None:
        self.path = path
        self._check = check

    def __truediv__(self, name: str) -> Path:
        return self.path / name

    def change(self, file: str, old: str, new: str) -> tuple[list[tuple[int, int]], int]:
        """Put `new` for the only or first `old`; return the marked places and the line of the first of two."""
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old!r}: give this case another text to change"
        text = text.replace(old, new, 1)
        first = text[: text.index(FIRST)].count("\n") + 1 if FIRST in text else 0
        text = text.replace(FIRST, "")
        places = []
        while HERE in text:
            before, _, after = text.partition(HERE)
            places.append((before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1))
            text = before + after
        path.write_text(text, encoding="utf-8", newline="")
        return places, first

    def rewrite(self, file: str, how: Callable[[bytes], bytes]) -> None:
        path = self.path / file
        path.write_bytes(how(path.read_bytes()))

    def problems(self) -> list[str]:
        """Return what is wrong, a line each, in the order it is told; every line fit for a person to read."""
        found = [str(problem) for problem in sorted(set(self._check()))]
        for line in found:
            assert_readable(line)
        return found

    def make(self, mistake: Mistake) -> list[str]:
        """Make a mistake and return the lines that must be told of it."""
        places, first = self.change(mistake.file, mistake.old, mistake.new)
        places = places or [(1, 1)]
        places += places[-1:] * (len(mistake.said) - len(places))
        return [
            f"{self.path.name}/{mistake.file}:{line}:{column}: {said.replace('{first}', str(first))}"
            for (line, column), said in zip(places, mistake.said, strict=True)
        ]


def assert_readable(line: str) -> None:
    """A problem is one line: place, what was found, what is expected, how to mend it, in a plain person's words."""
    assert re.match(r"(data|docs)/[^:]+:[1-9]\d*:[1-9]\d*: (\S+: )?found .+; expected .+; .+", line), line
    assert "\n" not in line
    unquoted = re.sub(r"“[^”]*”|\(![^)]*\)|tags?|\{\{.*?\}\}", "", line.split("found ", 1)[1])
    assert not PYTHON_WORDS.search(unquoted), line


_parse = Tree.parse
_texts = frozenset(path.read_text(encoding="utf-8") for path in (ROOT / "data").rglob("*.yml"))
_parsed: dict[tuple[str, str], Tree] = {}


def parse_once(file: str, text: str, problems: list[Problem], *, lenient: bool = False) -> Tree | None:
    """Parse as the program does, but the files of the guide itself once: no test of a copy is about parsing these."""
    if text not in _texts:
        return _parse(file, text, problems, lenient=lenient)
    if (file, text) not in _parsed:
        before = len(problems)
        tree = _parse(file, text, problems, lenient=lenient)
        if tree is None or len(problems) > before:
            return tree
        _parsed[file, text] = tree
    tree = _parsed[file, text]
    return Tree(tree.file, _copied(tree.value), tree.node)  # some tests change what they read


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copied(one) for name, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value
