"""Mending what can be mended without a doubt: layout, never meaning, and no comment is touched.

Each kind of mending is tried by itself on the whole file. One after which the file would say anything else, or lack a
comment, is left out.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from macros.explain import model_at
from macros.model.layout import HOLDINGS, SURVEY_FILE
from macros.read import MAX_BYTES, Tree
from macros.rewrite import STEP, WIDTH, folded, plain, same

BOM = "\ufeff"


@dataclass(frozen=True, order=True)
class Mended:
    """One place that was mended: the file, the line as it was before, and what was done."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class CannotMend(Exception):
    """Nothing was written; the text says why."""


def mend(data: Path) -> tuple[Mended, ...]:
    """Mend all files of `data` and return what was done. All files are written, or none.

    Files that cannot be read as YAML or CSV are left as they are: `guide check` says what is wrong with them.
    Raises CannotMend if a file cannot be written.
    """
    new: dict[Path, str] = {}
    told: list[Mended] = []
    for path, model in _files(data):
        text = _text(path)
        if text is None:
            continue
        name = path.relative_to(data.parent).as_posix()
        mended, done = mended_csv(name, text) if model is None else mended_yaml(name, text, model)
        if mended != text:
            new[path] = mended
            told += done
    _write(new)
    return tuple(sorted(set(told)))


def _files(data: Path) -> Iterator[tuple[Path, type[BaseModel] | None]]:
    """Yield each file of the layout with the model of what it holds, None for rows."""
    for holding in HOLDINGS:
        path = data / holding.path
        if holding.shape == "folder":
            yield from ((file, holding.model) for file in sorted(path.glob("*.yml")))
        elif holding.shape == "wave":
            yield from ((file, holding.model) for file in sorted(path.glob(f"*/{SURVEY_FILE}")))
            yield from ((file, None) for file in sorted(path.glob("*/*.csv")))
        else:
            yield path, None if holding.shape == "rows" else holding.model


def _text(path: Path) -> str | None:
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_BYTES:
        return None
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None


# --- one file -----------------------------------------------------------------------------------------------------

_Step = Callable[[str], str]


def mended_yaml(file: str, text: str, model: type[BaseModel]) -> tuple[str, list[Mended]]:
    """Return a YAML file mended, and what was done; the same text if it cannot be read."""

    def means(one: str) -> Any:
        tree = Tree.parse(file, one.removeprefix(BOM), [])
        return None if tree is None else (tree.value, _comments(one.removeprefix(BOM)))

    steps: tuple[tuple[str, _Step], ...] = (
        *_PLAIN_STEPS,
        ("took out spaces at the end of the line", lambda one: _without_trailing_outside_texts(file, one)),
        ("took out needless blank lines", lambda one: re.sub(r"\n(?:[ \t]*\n){3,}", "\n\n\n", one)),
        ("took out spaces that line nothing up", lambda one: _spaced(file, one)),
        ("put the fields in the order of the schema", lambda one: _ordered(file, one, model)),
        ("took out needless quotation marks", lambda one: _unquoted(file, one)),
        ("broke a long line", lambda one: _wrapped(file, one)),
    )
    return _mended(file, text, steps, means)


def mended_csv(file: str, text: str) -> tuple[str, list[Mended]]:
    """Return a CSV file mended, and what was done; the same text if it cannot be read."""

    def means(one: str) -> Any:
        try:
            rows = list(csv.reader(one.removeprefix(BOM).splitlines(), strict=True))
        except csv.Error:
            return None
        return ([[cell.strip() for cell in row] for row in rows if any(row)], [])

    steps = (*_PLAIN_STEPS, ("took out blank lines", lambda one: re.sub(r"\n(?:[ \t]*\n)+", "\n", one)))
    return _mended(file, text, steps, means)


def _mended(
    file: str, text: str, steps: Iterable[tuple[str, _Step]], means: Callable[[str], Any]
) -> tuple[str, list[Mended]]:
    meaning = means(text)
    if meaning is None:
        return text, []
    told: list[Mended] = []
    lines = list(range(1, text.count("\n") + 2))  # the numbers that the lines had before
    for what, step in steps:
        new = step(text)
        after = means(new) if new != text else None
        if after is None or not same(list(after), list(meaning)):
            continue
        changed, lines = _followed(text, new, lines)
        told += [Mended(file, line, what) for line in changed]
        text = new
    return text, told


def _followed(old: str, new: str, lines: list[int]) -> tuple[list[int], list[int]]:
    """Return the old numbers of the lines that changed, and those of the lines that there are now."""
    before, after = old.split("\n"), new.split("\n")
    if len(before) == len(after) and sorted(before) != sorted(after):
        return [line for line, one, other in zip(lines, before, after, strict=True) if one != other], lines
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    moved = {before[at]: lines[at] for kind, start, end, *_ in opcodes if kind != "equal" for at in range(start, end)}
    changed: list[int] = []
    brought: list[int] = []
    numbers: list[int] = []
    for kind, start, end, first, last in opcodes:
        if kind == "equal":
            numbers += lines[start:end]
            continue
        at = lines[min(start, len(lines) - 1)]
        (brought if kind == "insert" else changed).append(at)
        numbers += [moved.get(after[number], at) for number in range(first, last)]
    return changed or brought, numbers  # what moved is told where it was


def _without_trailing(text: str) -> str:
    return re.sub(r"[ \t]+(?=\r?\n|\Z)", "", text)


def _without_trailing_outside_texts(file: str, text: str) -> str:
    """Do so but in blocks of text, where a space at the end of a line is a part of what is said."""
    node = _node(file, text)
    lines = text.split("\n")
    inside: set[int] = set()
    for scalar in _scalars(node) if node else ():
        if scalar.style in {"|", ">"}:
            inside.update(range(scalar.start_mark.line + 1, scalar.end_mark.line + 1))
    return "\n".join(line if number in inside else _without_trailing(line) for number, line in enumerate(lines))


_PLAIN_STEPS: tuple[tuple[str, _Step], ...] = (
    ("took out the byte order mark", lambda text: text.removeprefix(BOM)),
    ("made the ends of lines those of all other files", lambda text: re.sub(r"\r\n?", "\n", text)),
    ("took out spaces at the end of the line", _without_trailing),
    ("ended the file with one line end", lambda text: f"{text.rstrip()}\n"),
)


# --- what YAML has ------------------------------------------------------------------------------------------------


def _node(file: str, text: str) -> yaml.Node | None:
    tree = Tree.parse(file, text, [])
    return None if tree is None else tree.node


def _comments(text: str) -> list[str]:
    """Return the comments of a file, sorted: they move with their fields, and none may go."""
    found: list[str] = []
    node = _node("", text)
    if node is not None:
        found = [
            text[start:end].rstrip() for start, end in _between(node, text) for start, end in _in_gap(text, start, end)
        ]
    return sorted(found)


def _in_gap(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"(?:(?<=\s)|(?<=^))#[^\r\n]*", text[start:end], re.MULTILINE):
        yield start + match.start(), start + match.end()


def _between(node: yaml.Node, text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a file that hold no value: its signs, spaces and comments."""
    at = 0
    for scalar in _scalars(node):
        start, end = scalar.start_mark.index, scalar.end_mark.index
        if scalar.style in {"|", ">"}:
            start = _line_end(text, start)  # a comment may stand behind the sign
            end = start + len(text[start:end].rstrip())
        yield at, start
        at = max(end, start)
    yield at, len(text)


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
        return
    for child in node.value:
        for one in child if isinstance(child, tuple) else (child,):
            yield from _scalars(one)


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _spliced(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """Return `text` with each stretch replaced; stretches may not overlap."""
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _spaced(file: str, text: str) -> str:
    """Put one space after each colon and hyphen, and none before a colon; comments keep their distance."""
    node = _node(file, text)
    if node is None:
        return text
    changes = []
    for key, value in _pairs(node):
        end = key.end_mark.index
        if found := re.compile(r"[ \t]*:([ \t]*)").match(text, end):
            same_line = value.start_mark.line == key.end_mark.line and value.start_mark.index == found.end()
            changes.append((end, found.end(), ": " if same_line and found[1] else f":{found[1]}"))
    for item in _items(node):
        start = item.start_mark.index
        space = len(text[:start]) - len(text[:start].rstrip(" \t"))
        # Fields of an item must stay in one column, so only an item of one line can move.
        if isinstance(item, yaml.ScalarNode) and space > 1 and text[: start - space].endswith("-"):
            changes.append((start - space, start, " "))
    return _spliced(text, changes)


def _pairs(node: yaml.Node) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key, value
            yield from _pairs(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _pairs(item)


def _items(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        if not node.flow_style:
            yield from node.value
        for item in node.value:
            yield from _items(item)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _items(value)


def _unquoted(file: str, text: str) -> str:
    """Take quotation marks away where the text reads the same without."""
    node = _node(file, text)
    if node is None:
        return text
    changes = []
    for scalar in _scalars(node):
        start, end = scalar.start_mark.index, scalar.end_mark.index
        if scalar.style in {'"', "'"} and scalar.start_mark.line == scalar.end_mark.line:
            bare = plain(scalar.value, None, in_flow=True)
            if bare[:1] not in {'"', "'"}:
                changes.append((start, end, bare))
    return _spliced(text, changes)


def _wrapped(file: str, text: str) -> str:
    """Break texts on lines that are too long."""
    node = _node(file, text)
    if node is None:
        return text
    changes = []
    lines = text.split("\n")
    for key, value in _pairs(node):
        if not isinstance(value, yaml.ScalarNode) or value.tag != "tag:yaml.org,2002:str":
            continue
        last = value.start_mark.line + text[value.start_mark.index : value.end_mark.index].rstrip().count("\n")
        if max(len(line) for line in lines[value.start_mark.line : last + 1]) > WIDTH + STEP:
            start = value.start_mark.index
            end = start + len(text[start : value.end_mark.index].rstrip())
            behind = text[end : _line_end(text, end)]
            written = folded(value.value, key.start_mark.column + STEP, text[start:end])
            if written is not None and not behind.strip():
                changes.append((start, end, written))
    return _spliced(text, changes)


def _ordered(file: str, text: str, model: type[BaseModel]) -> str:
    """Put the fields of each part in the order of its model; `source` stays where it stands among them.

    A field moves with its comments: those on lines above it, and those behind it.
    """
    while True:
        node = _node(file, text)
        move = None if node is None else next(_moves(node, model, (), text), None)
        if move is None:
            return text
        text = move


def _moves(node: yaml.Node, model: type[BaseModel], path: tuple[str | int, ...], text: str) -> Iterator[str]:
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _moves(item, model, (*path, number), text)
    if not isinstance(node, yaml.MappingNode):
        return
    owner = model_at(model, path)
    order = [name for name in owner.model_fields if name != "source"] if owner else []
    if owner and not node.flow_style and len(node.value) > 1:
        names = [key.value for key, _ in node.value]
        known = iter(sorted((name for name in names if name in order), key=order.index))
        wanted = [next(known) if name in order else name for name in names]
        if wanted != names and (moved := _permuted(node, wanted, text)) is not None:
            yield moved
    for key, value in node.value:
        yield from _moves(value, model, (*path, key.value), text)


def _permuted(node: yaml.MappingNode, wanted: list[str], text: str) -> str | None:
    """Return the text with a part's fields in the order `wanted`; None if the lines cannot be parted."""
    first = node.value[0][0].start_mark.index
    begins = text.rfind("\n", 0, first) + 1
    behind_hyphen = bool(text[begins:first].strip())
    above = text[text.rfind("\n", 0, max(begins - 1, 0)) + 1 : begins].strip()
    if node.value[0][0].start_mark.column and above.startswith("#") and not behind_hyphen:
        return None  # it may be about the first field, or about all
    starts = [first if behind_hyphen else begins]
    for key, _ in node.value[1:]:
        line = text.rfind("\n", 0, key.start_mark.index) + 1
        if text[line : key.start_mark.index].strip():
            return None
        while True:  # comments on the lines above belong to the field
            before = text.rfind("\n", 0, line - 1) + 1
            if not text[before:line].strip().startswith("#") or before <= starts[-1]:
                break
            line = before
        starts.append(line)
    last = _last_character(node, text)
    ends = [*starts[1:], _line_end(text, last)]
    indent = " " * node.value[0][0].start_mark.column if behind_hyphen else ""
    blocks = {}
    for number, (key, _) in enumerate(node.value):
        block = text[starts[number] : ends[number]]
        blocks[key.value] = (block if number else indent + block).removesuffix("\n")
    whole = "\n".join(blocks[name] for name in wanted)
    if behind_hyphen and (not whole.startswith(indent) or whole[len(indent) :].startswith((" ", "#"))):
        return None  # a comment would come between the hyphen and its field
    return text[: starts[0]] + whole[len(indent) :] + text[ends[-1] :]


def _last_character(node: yaml.Node, text: str) -> int:
    if isinstance(node, yaml.CollectionNode) and not getattr(node, "flow_style", False):
        last = node.value[-1]
        return _last_character(last[1] if isinstance(last, tuple) else last, text)
    start = node.start_mark.index
    return start + len(text[start : node.end_mark.index].rstrip())


# --- writing ------------------------------------------------------------------------------------------------------


def _write(new: Mapping[Path, str]) -> None:
    """Write all files or none: each beside its place first, and what was there is put back if one fails."""
    if not new:
        return
    old = {path: path.read_bytes() for path in new}
    beside: dict[Path, Path] = {}
    done: list[Path] = []
    try:
        for path, text in new.items():
            with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
                beside[path] = Path(file.name)
                file.write(text.encode("utf-8"))
            shutil.copymode(path, beside[path])
        for path, temporary in beside.items():
            os.replace(temporary, path)  # noqa: PTH105 - it says what it does
            done.append(path)
    except OSError as error:
        for path in done:
            path.write_bytes(old[path])
        raise CannotMend(f"nothing was mended: {error.strerror} ({error.filename})") from None
    finally:
        for temporary in beside.values():
            temporary.unlink(missing_ok=True)
