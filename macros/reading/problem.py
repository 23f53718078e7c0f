"""Problems in the data or the pages, worded so that somebody who does not program can mend them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from macros.model import wording

_LONG = 300


@dataclass(frozen=True, order=True)
class Problem:
    """A problem: where it is, what was found, what is expected and how to mend it.

    `line` and `column` count from 1; `field` is the path inside the file, such as `governance.bodies[2].kind`.
    """

    file: str
    line: int
    column: int
    field: str
    found: str
    expected: str
    mend: str

    def __str__(self) -> str:
        """Return the problem on one line that is safe to print in a terminal."""
        return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in self._said())

    def _said(self) -> str:
        field = f"{self.field}: " if self.field else ""
        found = self.found if len(self.found) <= _LONG else f"{self.found[:_LONG]}…"
        file = self.file.replace(":", "\\u003a")  # a colon ends it
        return f"{file}:{self.line}:{self.column}: {field}found {found}; expected {self.expected}; {self.mend}"


MAX_TOLD = 250
"""How many problems are reported of one file, or by one rule. More are one mistake many times over, or an attack."""


def at_most(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield as many problems as somebody will read, and then one that says there are more."""
    for number, problem in enumerate(problems):
        if number == MAX_TOLD:
            yield replace(problem, found="more problems like these", expected="fewer", mend="mend those first")
            return
        yield problem


class DataProblems(Exception):
    """All problems of one run, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(f"{wording.count(len(self.problems), 'problem')}")

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class UnknownName(LookupError):
    """A page or a command asked for something that the guide does not have."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        self.what, self.name, self.known = what, name, tuple(known)
        super().__init__(f"there is no {what} “{name}”; {did_you_mean(name, self.known, 'use')}")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the one of `known` that is most like `word`, or None if none is like it."""
    return _nearest(word, tuple(known))


@lru_cache(maxsize=64)  # the same slip often occurs in many places, and there may be thousands of names to compare
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    from difflib import get_close_matches  # slow to load, and every command loads this module

    by_lower = {one.lower(): one for one in known}
    near = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[near[0]] if near else None


def did_you_mean(word: str, known: Iterable[str], verb: str = "write", at_most: int = 12) -> str:
    """Return advice that names the nearest of `known`, or lists them if none is near and they are few."""
    known = [str(one) for one in known]
    if right := nearest(word, known):
        return f"did you mean “{right}”?"
    if not known:
        return "take it out"
    if len(known) <= at_most:
        return f"{verb} one of {quoted(known)}"
    return f"{verb} one of the {len(known)} that exist, such as {quoted(known[:3])}"


def quoted(words: Iterable[str]) -> str:
    """Return `“a”, “b” or “c”`."""
    marked = [f"“{word}”" for word in words]
    return marked[0] if len(marked) == 1 else f"{', '.join(marked[:-1])} or {marked[-1]}"
