"""Changing YAML in place: one value changes one place of a file, and every other byte of it stays.

A file is not written anew from its values, as that would lose comments, order and quoting. The parser tells where each
value stands, and the new words are put there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal

import yaml
from pydantic import BaseModel

from macros.explain import model_at
from macros.fields import is_prose
from macros.problems import DataProblems, Problem
from macros.read import KeyPath, Tree, field_path

WIDTH = 118
"""Where long texts are broken, so that lines stay within the 120 columns that the layout of files allows."""

STEP = 2
"""Spaces for each step in."""

Op = Literal["set", "add", "remove"]

_HEADER = re.compile(r"[|>][-+0-9]*")
_COMMENT = re.compile(r"(?:^|(?<=\s))#", re.MULTILINE)
# Words that other readers of YAML take for true and false.
_TRUTHY = re.compile(r"(?:y|yes|n|no|on|off|true|false)\Z", re.IGNORECASE)


class CannotRewrite(Exception):
    """The file stays as it is; the text says why, in plain words."""


@dataclass(frozen=True)
class Change:
    """One change of a file.

    `set` puts `value` at `path`, whether there is a value or not; `add` puts it at the end of the list at `path`;
    `remove` takes away what is at `path`. Numbers in a path count from 0.
    """

    op: Op
    path: KeyPath
    value: Any = None


def rewritten(file: str, text: str, model: type[BaseModel], changes: Iterable[Change]) -> str:
    """Return `text` with `changes` made one after another, each in the file that the one before left.

    `model` says in which order fields stand and which are prose. Raises DataProblems if the text cannot be read, and
    CannotRewrite if a change cannot be made without harm, such as the loss of a comment.
    """
    for change in changes:
        page = _File(file, text, model)
        expected = with_change(page.tree.value, change)
        text = page.changed(change)
        result = Tree.parse(file, text, [])
        if result is None or not same(result.value, expected):
            raise CannotRewrite(
                f"“{field_path(change.path)}” cannot be changed without changing more of {file}: edit the file by hand"
            )
    return text


def with_change(value: Any, change: Change) -> Any:
    """Return what a file says after a change of what it says now; raises CannotRewrite for a place it has not."""
    changed = deepcopy(value)
    owner = changed
    try:
        for key in change.path[:-1]:
            owner = owner[key]
        last = change.path[-1]
        if change.op == "set":
            owner[last] = change.value
        elif change.op == "remove":
            del owner[last]
        elif isinstance(owner.get(last) if isinstance(owner, dict) else owner[last], list):
            owner[last].append(change.value)
        else:
            owner[last] = [change.value]
    except (LookupError, TypeError, AttributeError):
        raise CannotRewrite(f"there is no “{field_path(change.path)}” in the file") from None
    return changed


def same(one: Any, other: Any) -> bool:
    """Return whether two values are the same, types and all: `1` is not `true`, and a text is not a number."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


class _File:
    """One text with its nodes; every answer is a whole new text."""

    def __init__(self, file: str, text: str, model: type[BaseModel]) -> None:
        problems: list[Problem] = []
        tree = Tree.parse(file, text, problems)
        if tree is None:
            raise DataProblems(problems)
        self.file, self.text, self.model, self.tree = file, text, model, tree
        self.newline = "\r\n" if "\r\n" in text else "\n"

    def changed(self, change: Change) -> str:
        owner = self._node(change.path[:-1])
        if change.op == "remove":
            return self._removed(owner, change.path)
        if change.op == "add":
            return self._added(owner, change.path, change.value)
        if isinstance(owner, yaml.MappingNode):
            pair = _pair(owner, change.path[-1])
            if pair is None:
                return self._with_field(owner, change.path, change.value)
            return self._with_value(pair[1], pair[0], change.path, change.value)
        return self._with_value(owner.value[change.path[-1]], None, change.path, change.value)

    # --- finding --------------------------------------------------------------------------------------------------

    def _node(self, path: KeyPath) -> yaml.Node:
        node: yaml.Node = self.tree.node
        for key in path:
            node = _pair_of(node, key)[1] if isinstance(node, yaml.MappingNode) else node.value[key]
        return node

    def _value(self, path: KeyPath) -> Any:
        value = self.tree.value
        for key in path:
            value = value[key]
        return value

    def _end(self, node: yaml.Node) -> int:
        """Return where a node's last character stands, plus one: the parser counts blank lines below it in."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        return node.start_mark.index + len(self.text[node.start_mark.index : node.end_mark.index].rstrip())

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        found = self.text.find("\n", at)
        end = len(self.text) if found < 0 else found
        return end - 1 if self.text[at:end].endswith("\r") else end

    def _stands_first(self, at: int) -> bool:
        """Return whether nothing but spaces stands before `at` on its line."""
        return not self.text[self._line_start(at) : at].strip()

    def _refuse_comments(self, node: yaml.Node, start: int, end: int) -> None:
        """Refuse to take away what holds a comment between `start` and `end`."""
        words = list(self.text[start:end])
        for scalar in _scalars(node):
            first, last = scalar.start_mark.index, self._end(scalar)
            header = _HEADER.match(self.text, first) if scalar.style in {"|", ">"} else None
            first = self._line_end(first) if header else first
            words[first - start : last - start] = " " * (last - first)
        if _COMMENT.search("".join(words)):
            line = self.text.count("\n", 0, start) + 1
            raise CannotRewrite(
                f"a comment (a text after “#”) stands in what would go, from line {line} of {self.file}:"
                " edit the file by hand, and find the comment another place"
            )

    # --- a value that is there ------------------------------------------------------------------------------------

    def _with_value(self, node: yaml.Node, key: yaml.Node | None, path: KeyPath, value: Any) -> str:
        """Return the text with `value` in the place of `node`; `key` is the field's name, if it is not an item."""
        old = self._value(path)
        if isinstance(node, yaml.SequenceNode) and isinstance(value, list) and old and not node.flow_style:
            if value[: len(old)] == old and len(value) > len(old):
                return rewritten(
                    self.file, self.text, self.model, [Change("add", path, one) for one in value[len(old) :]]
                )
            gone = [number for number, one in enumerate(old) if one not in value]
            if value and [one for one in old if one in value] == value:
                changes = [Change("remove", (*path, number)) for number in reversed(gone)]
                return rewritten(self.file, self.text, self.model, changes)
        start, end = node.start_mark.index, self._end(node)
        inside_flow = self._in_flow(path)
        column = key.start_mark.column if key is not None else max(node.start_mark.column - STEP, 0)
        if isinstance(node, yaml.ScalarNode) and not isinstance(value, dict | list):
            written = self._scalar(value, path, column, node, start, in_flow=inside_flow)
            begins = start == 0 or self.text[start - 1].isspace() or self.text[start - 1] in "[{"
            space = "" if begins or not written else " "
            return self.text[:start] + space + written + self.text[end:]
        if inside_flow:
            raise CannotRewrite(f"“{field_path(path)}” stands in brackets: write it on lines of its own first")
        if key is None:
            self._refuse_comments(node, start, end)
            return self.text[:start] + self._item(value, path, column) + self.text[end:]
        after_colon = self.text.index(":", key.end_mark.index) + 1
        self._refuse_comments(node, after_colon, end)
        return self.text[:after_colon] + self._slot(value, path, column) + self.text[end:]

    def _in_flow(self, path: KeyPath) -> bool:
        return any(
            isinstance(node, yaml.CollectionNode) and node.flow_style
            for node in (self._node(path[:depth]) for depth in range(len(path)))
        )

    # --- a value that is new --------------------------------------------------------------------------------------

    def _with_field(self, owner: yaml.MappingNode, path: KeyPath, value: Any) -> str:
        """Return the text with a field that was not there, in its place by the schema."""
        name = str(path[-1])
        if owner.flow_style:
            raise CannotRewrite(f"“{field_path(path[:-1])}” stands in brackets: write it on lines of its own first")
        column = owner.value[0][0].start_mark.column
        pair = f"{name}:{self._slot(value, path, column)}"
        order = self._order(path[:-1])
        before = [one for one, _ in owner.value if one.value in order and name in order]
        earlier = [one for one in before if order.index(one.value) < order.index(name)]
        indent = " " * column
        if not earlier and name in order:
            at = owner.value[0][0].start_mark.index
            return f"{self.text[:at]}{pair}{self.newline}{indent}{self.text[at:]}"
        anchor = earlier[-1] if earlier else owner.value[-1][0]
        found = _pair_of(owner, anchor.value)
        return self._after(self._end(found[1]) if _filled(found[1]) else found[0].end_mark.index, indent + pair)

    def _after(self, at: int, lines: str) -> str:
        """Return the text with `lines` below the line on which `at` is."""
        end = self._line_end(at)
        return f"{self.text[:end]}{self.newline}{lines}{self.text[end:]}"

    def _order(self, path: KeyPath) -> list[str]:
        owner = model_at(self.model, path)
        return list(owner.model_fields) if owner else []

    def _added(self, owner: yaml.Node, path: KeyPath, value: Any) -> str:
        pair = _pair(owner, path[-1]) if isinstance(owner, yaml.MappingNode) else None
        node = pair[1] if pair else None
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            return self.changed(Change("set", path, [value]))
        if node.flow_style:
            return self.changed(Change("set", path, [*self._value(path), value]))
        column = node.start_mark.column
        return self._after(self._end(node), f"{' ' * column}- {self._item(value, (*path, 0), column)}")

    # --- what goes ------------------------------------------------------------------------------------------------

    def _removed(self, owner: yaml.Node, path: KeyPath) -> str:
        key = path[-1]
        if len(owner.value) == 1:
            return self._emptied(owner, path)
        if isinstance(owner, yaml.CollectionNode) and owner.flow_style:
            raise CannotRewrite(f"“{field_path(path)}” stands in brackets: write it on lines of its own first")
        if isinstance(owner, yaml.MappingNode):
            pair = _pair_of(owner, key)
            node, start = pair[1], pair[0].start_mark.index
            end = self._end(node) if _filled(node) else self.text.index(":", pair[0].end_mark.index) + 1
        else:
            node = owner.value[key]
            start, end = self._dash(node), self._end(node)
        end = self._line_end(end)
        self._refuse_comments(node, start, end)
        if self._stands_first(start):
            first = self._line_start(start)
            last = end + len(self.newline)
            if last > len(self.text):  # the last line of a file that does not end
                first, last = max(first - len(self.newline), 0), len(self.text)
            return self.text[:first] + self.text[last:]
        # The first field of a list item: the hyphen before it stays, and what follows takes its place.
        following = len(self.text) - len(self.text[end:].lstrip())
        return self.text[:start] + self.text[following:]

    def _emptied(self, owner: yaml.Node, path: KeyPath) -> str:
        """Return the text with an empty list where the last item goes."""
        if len(path) < 2:
            raise CannotRewrite("nothing would be left in the file")
        return self.changed(Change("set", path[:-1], [] if isinstance(owner, yaml.SequenceNode) else {}))

    def _dash(self, item: yaml.Node) -> int:
        before = self.text[: item.start_mark.index].rstrip()
        if not before.endswith("-"):
            raise CannotRewrite("a comment stands between a hyphen and its item: edit the file by hand")
        return len(before) - 1

    # --- writing --------------------------------------------------------------------------------------------------

    def _slot(self, value: Any, path: KeyPath, column: int) -> str:
        """Return what stands after a field's colon, which is in `column`."""
        if isinstance(value, dict) and value:
            indent = " " * (column + STEP)
            return "".join(f"{self.newline}{indent}{line}" for line in self._pairs(value, path, column + STEP))
        if isinstance(value, list) and value:
            dash = f"{self.newline}{' ' * (column + STEP)}- "
            return "".join(dash + self._item(one, (*path, 0), column + STEP) for one in value)
        written = "[]" if value == [] else "{}" if value == {} else self._scalar(value, path, column)
        return f" {written}" if written else ""

    def _item(self, value: Any, path: KeyPath, column: int) -> str:
        """Return what stands after the hyphen in `column`."""
        if isinstance(value, dict) and value:
            return f"{self.newline}{' ' * (column + STEP)}".join(self._pairs(value, path, column + STEP))
        if isinstance(value, dict | list):
            return "[]" if isinstance(value, list) else "{}"
        return self._scalar(value, path, column)

    def _pairs(self, value: dict[str, Any], path: KeyPath, column: int) -> Iterator[str]:
        order = self._order(path)
        for name in sorted(value, key=lambda name: order.index(name) if name in order else len(order)):
            yield f"{name}:{self._slot(value[name], (*path, name), column)}"

    def _scalar(
        self,
        value: object,
        path: KeyPath,
        column: int,
        old: yaml.ScalarNode | None = None,
        start: int = 0,
        in_flow: bool = False,
    ) -> str:
        """Return a value as it stands in a file, in the style of the old one where that can hold it."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return str(value).lower()
        if not isinstance(value, str):
            return str(value)
        style = old.style if old else None
        used = start - self._line_start(start) if old else column + len(str(path[-1])) + 2
        bare = plain(value, style, in_flow)
        fits = used + len(bare) <= WIDTH + STEP and "\n" not in value
        prose = is_prose(self.model, path)
        if in_flow or (fits and style not in {"|", ">"} and (old is not None or not prose)):
            return bare
        was = self.text[old.start_mark.index : self._end(old)] if old and style in {"|", ">"} else ""
        block = folded(value, column + STEP, was, self.newline)
        if block is None:
            return bare if "\n" not in value else _dumped(value)
        return block


def folded(value: str, column: int, old: str = "", newline: str = "\n") -> str | None:
    """Return a text as a folded block whose lines begin in `column`; None if such a block cannot hold it.

    `old` is what stood there: its comment behind the sign stays, and paragraphs that are the same stay broken where
    they were, unless a line is too long.
    """
    if value != value.strip() or re.search(r"^[ \t]|[ \t]$|\t", value, re.MULTILINE) or "\r" in value or not value:
        return None
    kept: dict[str, list[str]] = {}
    header = ">-"
    if found := _HEADER.match(old):
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
    """Yield the paragraphs of a folded block, each with the lines that it is broken into."""
    paragraph: list[str] = []
    for line in (*lines, ""):
        if line:
            paragraph.append(line)
        elif paragraph:
            yield " ".join(paragraph), paragraph
            paragraph = []


def _broken(text: str, width: int) -> list[str]:
    """Break a text at single spaces: a fold stands for one space, so two must stay together."""
    lines = [""]
    for word in re.split(r"(?<! ) (?! )", text):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines


def plain(value: str, style: str | None, in_flow: bool) -> str:
    """Return a text on one line: as it is if YAML reads it so, in quotation marks otherwise or if it had them."""
    if style == "'" and "\n" not in value:
        return "'" + value.replace("'", "''") + "'"
    sign = in_flow and re.search(r"\A[?:-]|\?(?:\s|$)", value)  # some readers take these for signs of YAML’s own
    if style != '"' and not sign and not _TRUTHY.match(value) and _reads(value, value, in_flow):
        return value
    quoted = f'"{value}"'
    return quoted if _reads(quoted, value, in_flow) else _dumped(value)


def _reads(written: str, value: str, in_flow: bool) -> bool:
    """Return whether a reader of the file takes `written` for the text `value`."""
    if "\n" in written or "\r" in written:
        return False
    tree = Tree.parse("", f"k: [{written}]" if in_flow else f"- k: {written} # c\n", [])
    return tree is not None and same(tree.value, {"k": [value]} if in_flow else [{"k": value}])


def _dumped(value: str) -> str:
    dumped: str = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=float("inf"))
    return dumped.strip()


def _pair(node: yaml.MappingNode, key: object) -> tuple[yaml.ScalarNode, yaml.Node] | None:
    return next(((name, value) for name, value in node.value if name.value == key), None)


def _pair_of(node: yaml.MappingNode, key: object) -> tuple[yaml.ScalarNode, yaml.Node]:
    """Return a field that is there, as `with_change` has seen."""
    return next((name, value) for name, value in node.value if name.value == key)


def _filled(node: yaml.Node) -> bool:
    return node.start_mark.index != node.end_mark.index


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
        return
    for child in node.value:
        for one in child if isinstance(child, tuple) else (child,):
            yield from _scalars(one)
