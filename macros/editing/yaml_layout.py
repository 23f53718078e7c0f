"""The layout of one YAML file, mended step by step: spaces, quotation marks, line lengths, order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import yaml
from pydantic import BaseModel

from macros.editing.yaml_scalars import STEP, WIDTH, folded, plain
from macros.reading.yaml_file import Tree
from macros.schema.fields import model_at


class CannotMend(Exception):
    """Nothing was written; the text says why."""


# --- facts of YAML ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4)  # of a file before and now: most kinds of mending find nothing to do
def tree_of(text: str) -> Tree | None:
    return Tree.parse("", text, [])


def node_at(text: str) -> yaml.Node | None:
    tree = tree_of(text)
    return None if tree is None else tree.node


def comments(text: str) -> list[str]:
    """Return the comments of a file, sorted: they move with their fields, and none may be lost."""
    found: list[str] = []
    node = node_at(text)
    if node is not None:
        found = [
            text[start:end].rstrip() for start, end in _between(node, text) for start, end in _in_gap(text, start, end)
        ]
    return sorted(found)


def _in_gap(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"(?:(?<=\s)|(?<=^))#[^\r\n]*", text[start:end], re.MULTILINE):
        yield start + match.start(), start + match.end()


def _between(node: yaml.Node, text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a file that are not part of a value: its signs, spaces and comments."""
    at = 0
    for scalar in scalars(node):
        start, end = scalar.start_mark.index, scalar.end_mark.index
        if scalar.style in {"|", ">"}:
            start = _line_end(text, start)  # a comment may follow the sign
            end = start + len(text[start:end].rstrip())
        yield at, start
        at = max(end, start)
    yield at, len(text)


def scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
        return
    for child in node.value:
        for one in child if isinstance(child, tuple) else (child,):
            yield from scalars(one)


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _spliced(text: str, changes: Iterable[tuple[int, int, str]]) -> str:
    """Return `text` with each stretch replaced; stretches may not overlap."""
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def spaced(text: str) -> str:
    """Put one space after each colon and hyphen, and none before a colon; comments keep their distance."""
    node = node_at(text)
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
        # Fields of an item must stay in one column, so only items of one line can move.
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


def unquoted(text: str) -> str:
    """Remove quotation marks if the text reads the same without them."""
    node = node_at(text)
    if node is None:
        return text
    changes = []
    for scalar in scalars(node):
        start, end = scalar.start_mark.index, scalar.end_mark.index
        if scalar.style in {'"', "'"} and scalar.start_mark.line == scalar.end_mark.line:
            bare = plain(scalar.value, None, in_flow=True)
            if bare[:1] not in {'"', "'"}:
                changes.append((start, end, bare))
    return _spliced(text, changes)


def wrapped(text: str) -> str:
    """Break texts whose lines are too long."""
    node = node_at(text)
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


def ordered(text: str, model: type[BaseModel]) -> str:
    """Put the fields of each part in the order of its model; `source` keeps its place among them.

    A field moves with its comments: those on the lines above it, and those after it on its own line.
    """
    while True:
        node = node_at(text)
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
    """Return the text with a part's fields in the order `wanted`; None if the lines cannot be separated."""
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
        return None  # a comment would end up between the hyphen and its field
    return text[: starts[0]] + whole[len(indent) :] + text[ends[-1] :]


def _last_character(node: yaml.Node, text: str) -> int:
    if isinstance(node, yaml.CollectionNode) and not getattr(node, "flow_style", False):
        last = node.value[-1]
        return _last_character(last[1] if isinstance(last, tuple) else last, text)
    start = node.start_mark.index
    return start + len(text[start : node.end_mark.index].rstrip())


# --- new text -----------------------------------------------------------------------------------------------------


class _Dumper(yaml.SafeDumper):
    """Indents lists, as all other files do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - PyYAML's name
        super().increase_indent(flow, False)


def written(value: object, width: int = 100) -> str:
    """Return a value as YAML in the layout of all files: fields in their order, and lists indented."""
    text: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=width)
    return text
