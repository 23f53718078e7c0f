"""Text in the forms of YAML: plain if possible, quoted if necessary, folded if long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from macros.reading.yaml_file import Tree

WIDTH = 118
"""The column at which long texts are broken, to keep lines within the 120 columns that the layout of files allows."""

STEP = 2
"""Spaces for each level of indentation."""

HEADER = re.compile(r"[|>][-+0-9]*")

# Words that other readers of YAML read as true and false.
_TRUTHY = re.compile(r"(?:y|yes|n|no|on|off|true|false)\Z", re.IGNORECASE)


def same(one: Any, other: Any) -> bool:
    """Return whether two values are the same, including their types: `1` is not `true`, and a text is not a number."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def folded(value: str, column: int, old: str = "", newline: str = "\n") -> str | None:
    """Return a text as a folded block whose lines begin in `column`; None if such a block cannot hold it.

    `old` is the text before: the comment after its sign stays, and paragraphs that are the same keep their line breaks,
    unless a line is too long.
    """
    if value != value.strip() or re.search(r"^[ \t]|[ \t]$|\t", value, re.MULTILINE) or "\r" in value or not value:
        return None
    kept: dict[str, list[str]] = {}
    header = ">-"
    if found := HEADER.match(old):
        head, *lines = old.splitlines()
        header += head[found.end() :].rstrip()
        if old.startswith(">"):
            kept = dict(_paragraphs(line.strip() for line in lines))
    written: list[str] = []
    for paragraph in value.split("\n"):
        lines = kept.get(paragraph, [])
        if not lines or max(map(len, lines)) + column > WIDTH + STEP:
            lines = _broken(paragraph, WIDTH - column)
        written += ["", *lines] if written else lines
    return newline.join([header, *(" " * column + line if line else "" for line in written)])


def _paragraphs(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the paragraphs of a folded block, each with its lines."""
    paragraph: list[str] = []
    for line in (*lines, ""):
        if line:
            paragraph.append(line)
        elif paragraph:
            yield " ".join(paragraph), paragraph
            paragraph = []


def _broken(text: str, width: int) -> list[str]:
    """Break a text at single spaces: a line break stands for one space, so two spaces must stay together."""
    lines = [""]
    for word in re.split(r"(?<! ) (?! )", text):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines


def plain(value: str, style: str | None, in_flow: bool) -> str:
    """Return a text on one line: plain if YAML reads it so, and quoted otherwise or if it was before."""
    if style == "'" and "\n" not in value:
        return "'" + value.replace("'", "''") + "'"
    sign = in_flow and re.search(r"\A[?:-]|\?(?:\s|$)", value)  # some readers take these for YAML’s own signs
    if style != '"' and not sign and not _TRUTHY.match(value) and _reads(value, value, in_flow):
        return value
    quoted = f'"{value}"'
    return quoted if _reads(quoted, value, in_flow) else dumped(value)


def _reads(written: str, value: str, in_flow: bool) -> bool:
    """Return whether a reader of the file reads `written` as the text `value`."""
    if "\n" in written or "\r" in written:
        return False
    tree = Tree.parse("", f"k: [{written}]" if in_flow else f"- k: {written} # c\n", [])
    return tree is not None and same(tree.value, {"k": [value]} if in_flow else [{"k": value}])


def dumped(value: str) -> str:
    dumped: str = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=float("inf"))
    return dumped.strip()
