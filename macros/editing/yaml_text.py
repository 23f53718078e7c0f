"""A YAML text with its nodes: where each value begins and ends, and which comments are between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from pydantic import BaseModel

from macros.editing.yaml_scalars import HEADER
from macros.reading.problem import DataProblems, Problem
from macros.reading.records import KeyPath
from macros.reading.yaml_file import Tree
from macros.schema.fields import model_at

_COMMENT = re.compile(r"(?:^|(?<=\s))#", re.MULTILINE)


class CannotRewrite(Exception):
    """The file stays as it is; the text says why, in plain words."""


class YamlText:
    """A text with its nodes. Raises DataProblems if it cannot be read."""

    def __init__(self, file: str, text: str, model: type[BaseModel]) -> None:
        problems: list[Problem] = []
        tree = Tree.parse(file, text, problems)
        if tree is None:
            raise DataProblems(problems)
        self.file, self.text, self.model, self.tree = file, text, model, tree
        self.newline = "\r\n" if "\r\n" in text else "\n"

    def node_at(self, path: KeyPath) -> yaml.Node:
        """Return the node at a path."""
        node: yaml.Node = self.tree.node
        for key in path:
            node = field_of(node, key)[1] if isinstance(node, yaml.MappingNode) else node.value[key]
        return node

    def value_at(self, path: KeyPath) -> Any:
        """Return the value at a path."""
        value = self.tree.value
        for key in path:
            value = value[key]
        return value

    def end_of(self, node: yaml.Node) -> int:
        """Return the position after a node's last character: the parser's own end includes blank lines below it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            last = node.value[-1]
            return self.end_of(last[1] if isinstance(last, tuple) else last)
        return node.start_mark.index + len(self.text[node.start_mark.index : node.end_mark.index].rstrip())

    def line_start(self, at: int) -> int:
        """Return the position where the line of `at` begins."""
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """Return the position where the line of `at` ends, before its line break."""
        found = self.text.find("\n", at)
        end = len(self.text) if found < 0 else found
        return end - 1 if self.text[at:end].endswith("\r") else end

    def stands_first(self, at: int) -> bool:
        """Return whether there are only spaces before `at` on its line."""
        return not self.text[self.line_start(at) : at].strip()

    def refuse_comments(self, node: yaml.Node, start: int, end: int) -> None:
        """Refuse to remove text with a comment between `start` and `end`."""
        words = list(self.text[start:end])
        for scalar in scalars_of(node):
            first, last = scalar.start_mark.index, self.end_of(scalar)
            header = HEADER.match(self.text, first) if scalar.style in {"|", ">"} else None
            first = self.line_end(first) if header else first
            words[first - start : last - start] = " " * (last - first)
        if _COMMENT.search("".join(words)):
            line = self.text.count("\n", 0, start) + 1
            raise CannotRewrite(
                f"a comment (a text after “#”) stands in what would go, from line {line} of {self.file}:"
                " edit the file by hand, and find the comment another place"
            )

    def is_in_flow(self, path: KeyPath) -> bool:
        """Return whether anything above a path is written in brackets."""
        return any(
            isinstance(node, yaml.CollectionNode) and node.flow_style
            for node in (self.node_at(path[:depth]) for depth in range(len(path)))
        )

    def order_of(self, path: KeyPath) -> list[str]:
        """Return the fields of the part at a path in the order of the schema."""
        owner = model_at(self.model, path)
        return list(owner.model_fields) if owner else []

    def dash_of(self, item: yaml.Node) -> int:
        """Return the position of a list item's hyphen; raises CannotRewrite."""
        before = self.text[: item.start_mark.index].rstrip()
        if not before.endswith("-"):
            raise CannotRewrite("a comment stands between a hyphen and its item: edit the file by hand")
        return len(before) - 1


def field_in(node: yaml.MappingNode, key: object) -> tuple[yaml.ScalarNode, yaml.Node] | None:
    """Return the name and the value of a field, if it exists."""
    return next(((name, value) for name, value in node.value if name.value == key), None)


def field_of(node: yaml.MappingNode, key: object) -> tuple[yaml.ScalarNode, yaml.Node]:
    """Return the name and the value of an existing field."""
    return next((name, value) for name, value in node.value if name.value == key)


def is_filled(node: yaml.Node) -> bool:
    """Return whether anything is written for a value."""
    return node.start_mark.index != node.end_mark.index


def scalars_of(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """Yield the plain values in a node."""
    if isinstance(node, yaml.ScalarNode):
        yield node
        return
    for child in node.value:
        for one in child if isinstance(child, tuple) else (child,):
            yield from scalars_of(one)
