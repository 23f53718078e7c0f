"""A YAML file as values with their places. Anything that YAML allows and the data must not hold is a problem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import yaml

from macros.reading.problem import Problem, at_most
from macros.reading.records import KeyPath, field_path
from macros.reading.yaml_messages import QUOTE, syntax_problem, unreadable_problem

MAX_DEPTH = 30


class Loader(yaml.CSafeLoader):
    """YAML with only the plain values that the data needs: `yes`, `012`, `12:30` and dates stay text."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012 - PyYAML's own way of setting it


_STR, INT, FLOAT, BOOL, NULL, _MAP, _SEQ = (
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")
)
PLAIN_WORD = {
    BOOL: re.compile(r"(?:true|false)\Z"),
    INT: re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z"),
    FLOAT: re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}\Z"),
    NULL: re.compile(r"(?:~|null|)\Z"),
}
for _tag, _first in {BOOL: "tf", INT: "-0123456789", FLOAT: "-0123456789", NULL: ["~", "n", ""]}.items():
    Loader.add_implicit_resolver(_tag, PLAIN_WORD[_tag], list(_first))
_NOTHING = re.compile(r"(?!)")

# Patterns for deep nesting and for aliases; most files match neither, and need no second reading. Each level takes a
# bracket or a column, and a line may begin after any of the characters that YAML counts as a line break.
_DEEP = re.compile(rf"(?:^|[\n\r\x85\u2028\u2029])[ \t?:-]{{{MAX_DEPTH // 2}}}")
_SHARED = re.compile(r"(?:^|[\s\[{,:?-])[&*]\S")


@dataclass(frozen=True)
class Tree:
    """One YAML file: its value, and the place of each path in it."""

    file: str
    value: Any
    node: yaml.Node

    @classmethod
    def parse(cls, file: str, text: str, problems: list[Problem], *, lenient: bool = False) -> Tree | None:
        """Return the file as a tree; None, with problems added to `problems`, if it is unreadable.

        If `lenient`, parsing goes on after faults that leave no doubt about the rest: odd spaces count as spaces, and a
        field that is there twice has its first value.
        """
        while hard := [*_hard_spaces(file, text)]:
            problems.extend(hard)
            if not lenient:
                return None
            text = _HARD_SPACES.sub(lambda found: found[1] + " " * len(found[2]), text)
        try:
            if _DEEP.search(text) or text.count("[") + text.count("{") >= MAX_DEPTH // 2 or _SHARED.search(text):
                shared = [*at_most(_shared(file, text))]
                if shared:
                    problems.extend(shared)
                    return None
            node = yaml.compose(text, Loader=Loader)
        except yaml.MarkedYAMLError as error:
            problems.append(syntax_problem(file, text, error))
            return None
        except (yaml.YAMLError, UnicodeEncodeError) as error:  # the latter for bytes that are not UTF-8
            problems.append(unreadable_problem(file, error))
            return None
        if node is None:
            problems.append(
                Problem(
                    file, 1, 1, "", "an empty file", "the record’s fields", "put its content back, or delete the file"
                )
            )
            return None
        before = len(problems)
        builder = _Builder(file, problems, text.splitlines() if _CUT_OFF.search(text) else [])
        value = builder.build(node, ())
        problems[before:] = at_most(problems[before:])
        whole = len(problems) == before or (lenient and not builder.lost)
        return cls(file, value, node) if whole else None

    def find(self, path: KeyPath) -> tuple[int, int]:
        """Return the line and column of the deepest part of `path` that the file has: the key, or the list item."""
        node, mark = self.node, self.node.start_mark
        for key in path:
            if isinstance(node, yaml.MappingNode):
                pair = next(((k, v) for k, v in node.value if k.value == key), None)
                if pair is None:
                    break
                mark, node = pair[0].start_mark, pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
                node = node.value[key]
                mark = node.start_mark
            else:
                break
        return mark.line + 1, mark.column + 1


class _Builder:
    """Turns nodes into plain values, and refuses what the data has no use for: tags and repeated keys."""

    def __init__(self, file: str, problems: list[Problem], lines: list[str]) -> None:
        self.file, self.problems = file, problems
        self.lines = lines
        """The lines of the file, if any might hold a text that is cut off."""
        self.lost = False
        """Whether something is missing from the value, or is not as it was meant. A repeated key does not count."""

    def build(self, node: yaml.Node, path: KeyPath) -> Any:
        if isinstance(node, yaml.CollectionNode) and node.tag not in {_MAP, _SEQ}:
            self._refuse_tag(node, path, node.tag)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, number)) for number, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        lines: dict[str, int] = {}
        value: dict[str, Any] = {}
        for key, item in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._refuse(
                    key,
                    path,
                    "a list or fields used as a field’s name",
                    "a plain name before the colon",
                    "write a name",
                )
            elif key.value in lines:
                self._tell(
                    key,
                    (*path, key.value),
                    f"the field “{key.value}” a second time",
                    "each field once",
                    f"join the two, or delete one; the first is on line {lines[key.value]}",
                )
            else:
                lines[key.value] = key.start_mark.line + 1
                value[key.value] = self.build(item, (*path, key.value))
        return value

    def _scalar(self, node: yaml.Node, path: KeyPath) -> Any:
        text, tag = str(node.value), node.tag
        if self.lines and isinstance(node, yaml.ScalarNode) and not node.style:
            self._refuse_cut_off(node, path)
        # A word such as !!int turns something into a number that does not read as one: such words are not allowed.
        if tag != _STR and not PLAIN_WORD.get(tag, _NOTHING).match(text):
            self._refuse_tag(node, path, tag)
            return text
        if tag == NULL:
            return None
        if tag == BOOL:
            return text == "true"
        if tag == INT:
            return int(text)
        return float(text) if tag == FLOAT else text

    def _refuse_cut_off(self, node: yaml.ScalarNode, path: KeyPath) -> None:
        end = node.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if cut := re.match(r"\s+(#\S+)", rest):
            self.lost = True
            self.problems.append(
                Problem(
                    self.file,
                    end.line + 1,
                    end.column + cut.start(1) + 1,
                    field_path(path),
                    f"“{cut[1]}” after a space, which YAML leaves out with all that follows",
                    "no “ #” inside a value",
                    f"take out the space, or {QUOTE}; if a remark is meant, put a space after the #",
                )
            )

    def _refuse_tag(self, node: yaml.Node, path: KeyPath, tag: str) -> None:
        word = tag.replace("tag:yaml.org,2002:", "!!")
        self._refuse(node, path, f"a tag ({word})", "plain values", "delete the word that begins with “!”")

    def _refuse(self, node: yaml.Node, path: KeyPath, found: str, expected: str, mend: str) -> None:
        self.lost = True
        self._tell(node, path, found, expected, mend)

    def _tell(self, node: yaml.Node, path: KeyPath, found: str, expected: str, mend: str) -> None:
        mark = node.start_mark
        self.problems.append(
            Problem(self.file, mark.line + 1, mark.column + 1, field_path(path), found, expected, mend)
        )


_CUT_OFF = re.compile(r"\S[ \t]+#[^\s#]")
_HARD_SPACES = re.compile(r"^([ \t]*|[ \t]*(?:- )?[\w-]+:)([\u00a0\u2000-\u200a\u202f\u3000]+)", re.MULTILINE)


def _hard_spaces(file: str, text: str) -> Iterator[Problem]:
    """Yield a problem for each odd space, which YAML does not count as one, at the start of a line or after a name."""
    for found in _HARD_SPACES.finditer(text):
        line, column = text.count("\n", 0, found.start(2)) + 1, found.start(2) - text.rfind("\n", 0, found.start(2))
        mend = "delete it and press the space bar"
        yield Problem(file, line, column, "", "a space of another kind, as web pages have", "plain spaces", mend)


def _shared(file: str, text: str) -> Iterator[Problem]:
    """Yield a problem for each anchor and alias; raises yaml.MarkedYAMLError for nesting too deep to be meant."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        mark = cast("yaml.Mark", event.start_mark)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise yaml.MarkedYAMLError(problem=f"values nested more than {MAX_DEPTH} deep", problem_mark=mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            sign, what = ("*", "an alias") if isinstance(event, yaml.AliasEvent) else ("&", "an anchor")
            yield Problem(
                file,
                mark.line + 1,
                mark.column + 1,
                "",
                f"{what} ({sign}{event.anchor})",
                "each value written out",
                f"write the value; put quotation marks around a text that begins with {sign}",
            )
