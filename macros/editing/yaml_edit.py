"""Edits YAML in place: one value changes one place of a file, and every other byte stays the same.

Files are not written anew from their values, as that would lose comments, order and quoting. The parser tells where
each value is, and the new text is put there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal

import yaml
from pydantic import BaseModel

from macros.editing.yaml_scalars import STEP, WIDTH, dumped, folded, plain, same
from macros.editing.yaml_text import CannotRewrite, YamlText, field_in, field_of, is_filled
from macros.reading.records import KeyPath, field_path
from macros.reading.yaml_file import Tree
from macros.schema.fields import is_prose

Op = Literal["set", "add", "remove"]


@dataclass(frozen=True)
class YamlEdit:
    """One edit of a file.

    `set` puts `value` at `path`, whether there is a value or not; `add` appends it to the list at `path`; `remove`
    deletes the value at `path`. Numbers in a path count from 0.
    """

    op: Op
    path: KeyPath
    value: Any = None


def rewritten(file: str, text: str, model: type[BaseModel], changes: Iterable[YamlEdit]) -> str:
    """Return `text` with `changes` made one after another, each in the result of the one before.

    `model` gives the order of fields, and tells which are prose. Raises DataProblems if the text cannot be read, and
    CannotRewrite if a change cannot be made without harm, such as the loss of a comment.
    """
    for change in changes:
        page = _EditedText(file, text, model)
        expected = with_change(page.tree.value, change)
        text = page.changed(change)
        result = Tree.parse(file, text, [])
        if result is None or not same(result.value, expected):
            raise CannotRewrite(
                f"“{field_path(change.path)}” cannot be changed without changing more of {file}: edit the file by hand"
            )
    return text


def with_change(value: Any, change: YamlEdit) -> Any:
    """Return the values of a file after a change to them; raises CannotRewrite for a place that does not exist."""
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


class _EditedText(YamlText):
    """A text that can be changed: every method returns a whole new text."""

    def changed(self, change: YamlEdit) -> str:
        owner = self.node_at(change.path[:-1])
        if change.op == "remove":
            return self._removed(owner, change.path)
        if change.op == "add":
            return self._added(owner, change.path, change.value)
        if isinstance(owner, yaml.MappingNode):
            pair = field_in(owner, change.path[-1])
            if pair is None:
                return self._with_field(owner, change.path, change.value)
            return self._with_value(pair[1], pair[0], change.path, change.value)
        return self._with_value(owner.value[change.path[-1]], None, change.path, change.value)

    # --- existing values ----------------------------------------------------------------------------------------------

    def _with_value(self, node: yaml.Node, key: yaml.Node | None, path: KeyPath, value: Any) -> str:
        """Return the text with `node` replaced by `value`; `key` is the field's name, unless it is an item."""
        old = self.value_at(path)
        if isinstance(node, yaml.SequenceNode) and isinstance(value, list) and old and not node.flow_style:
            if value[: len(old)] == old and len(value) > len(old):
                return rewritten(
                    self.file, self.text, self.model, [YamlEdit("add", path, one) for one in value[len(old) :]]
                )
            gone = [number for number, one in enumerate(old) if one not in value]
            if value and [one for one in old if one in value] == value:
                changes = [YamlEdit("remove", (*path, number)) for number in reversed(gone)]
                return rewritten(self.file, self.text, self.model, changes)
        start, end = node.start_mark.index, self.end_of(node)
        inside_flow = self.is_in_flow(path)
        column = key.start_mark.column if key is not None else max(node.start_mark.column - STEP, 0)
        if isinstance(node, yaml.ScalarNode) and not isinstance(value, dict | list):
            written = self._scalar(value, path, column, node, start, in_flow=inside_flow)
            begins = start == 0 or self.text[start - 1].isspace() or self.text[start - 1] in "[{"
            space = "" if begins or not written else " "
            changed = self.text[:start] + space + written + self.text[end:]
            line = changed[self.line_start(start) :].split(self.newline, 1)[0]
            if inside_flow and len(line) > WIDTH + STEP:
                return self._on_lines(path, value) or changed
            return changed
        if inside_flow:
            raise CannotRewrite(f"“{field_path(path)}” stands in brackets: write it on lines of its own first")
        if key is None:
            self.refuse_comments(node, start, end)
            return self.text[:start] + self._item(value, path, column) + self.text[end:]
        after_colon = self.text.index(":", key.end_mark.index) + 1
        self.refuse_comments(node, after_colon, end)
        return self.text[:after_colon] + self._slot(value, path, column) + self.text[end:]

    def _on_lines(self, path: KeyPath, value: Any) -> str | None:
        """Return the text with the bracketed list that `path` is in spread over several lines.

        None if its items are more than plain values, or if it contains a comment: then its line stays too long, and the
        check of the layout says so.
        """
        listed = self.value_at(path[:-1])
        if not isinstance(listed, list) or self.is_in_flow(path[:-1]):
            return None
        if any(isinstance(one, dict | list) for one in listed):
            return None
        try:
            return self.changed(YamlEdit("set", path[:-1], with_change(listed, YamlEdit("set", path[-1:], value))))
        except CannotRewrite:
            return None

    # --- new values ---------------------------------------------------------------------------------------------------

    def _with_field(self, owner: yaml.MappingNode, path: KeyPath, value: Any) -> str:
        """Return the text with a new field, in its place by the schema."""
        name = str(path[-1])
        if owner.flow_style:
            raise CannotRewrite(f"“{field_path(path[:-1])}” stands in brackets: write it on lines of its own first")
        column = owner.value[0][0].start_mark.column
        pair = f"{name}:{self._slot(value, path, column)}"
        order = self.order_of(path[:-1])
        before = [one for one, _ in owner.value if one.value in order and name in order]
        earlier = [one for one in before if order.index(one.value) < order.index(name)]
        indent = " " * column
        if not earlier and name in order:
            at = owner.value[0][0].start_mark.index
            return f"{self.text[:at]}{pair}{self.newline}{indent}{self.text[at:]}"
        anchor = earlier[-1] if earlier else owner.value[-1][0]
        found = field_of(owner, anchor.value)
        return self._after(self.end_of(found[1]) if is_filled(found[1]) else found[0].end_mark.index, indent + pair)

    def _after(self, at: int, lines: str) -> str:
        """Return the text with `lines` added below the line that contains `at`."""
        end = self.line_end(at)
        return f"{self.text[:end]}{self.newline}{lines}{self.text[end:]}"

    def _added(self, owner: yaml.Node, path: KeyPath, value: Any) -> str:
        pair = field_in(owner, path[-1]) if isinstance(owner, yaml.MappingNode) else None
        node = pair[1] if pair else None
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            return self.changed(YamlEdit("set", path, [value]))
        if node.flow_style:
            return self.changed(YamlEdit("set", path, [*self.value_at(path), value]))
        column = node.start_mark.column
        return self._after(self.end_of(node), f"{' ' * column}- {self._item(value, (*path, 0), column)}")

    # --- removal ------------------------------------------------------------------------------------------------------

    def _removed(self, owner: yaml.Node, path: KeyPath) -> str:
        key = path[-1]
        if len(owner.value) == 1:
            return self._emptied(owner, path)
        if isinstance(owner, yaml.CollectionNode) and owner.flow_style:
            raise CannotRewrite(f"“{field_path(path)}” stands in brackets: write it on lines of its own first")
        if isinstance(owner, yaml.MappingNode):
            pair = field_of(owner, key)
            node, start = pair[1], pair[0].start_mark.index
            end = self.end_of(node) if is_filled(node) else self.text.index(":", pair[0].end_mark.index) + 1
        else:
            node = owner.value[key]
            start, end = self.dash_of(node), self.end_of(node)
        end = self.line_end(end)
        self.refuse_comments(node, start, end)
        if self.stands_first(start):
            first = self.line_start(start)
            last = end + len(self.newline)
            if last > len(self.text):  # the last line of a file without a line break at the end
                first, last = max(first - len(self.newline), 0), len(self.text)
            return self.text[:first] + self.text[last:]
        # The first field of a list item: the hyphen before it stays, and the next field takes its place.
        following = len(self.text) - len(self.text[end:].lstrip())
        return self.text[:start] + self.text[following:]

    def _emptied(self, owner: yaml.Node, path: KeyPath) -> str:
        """Return the text with an empty list in place of one whose last item is removed."""
        if len(path) < 2:
            raise CannotRewrite("nothing would be left in the file")
        return self.changed(YamlEdit("set", path[:-1], [] if isinstance(owner, yaml.SequenceNode) else {}))

    # --- writing --------------------------------------------------------------------------------------------------

    def _slot(self, value: Any, path: KeyPath, column: int) -> str:
        """Return the text to put after a field's colon, which is in `column`."""
        if isinstance(value, dict) and value:
            indent = " " * (column + STEP)
            return "".join(f"{self.newline}{indent}{line}" for line in self._pairs(value, path, column + STEP))
        if isinstance(value, list) and value:
            dash = f"{self.newline}{' ' * (column + STEP)}- "
            return "".join(dash + self._item(one, (*path, 0), column + STEP) for one in value)
        written = "[]" if value == [] else "{}" if value == {} else self._scalar(value, path, column)
        return f" {written}" if written else ""

    def _item(self, value: Any, path: KeyPath, column: int) -> str:
        """Return the text to put after the hyphen in `column`."""
        if isinstance(value, dict) and value:
            return f"{self.newline}{' ' * (column + STEP)}".join(self._pairs(value, path, column + STEP))
        if isinstance(value, dict | list):
            return "[]" if isinstance(value, list) else "{}"
        return self._scalar(value, path, column)

    def _pairs(self, value: dict[str, Any], path: KeyPath, column: int) -> Iterator[str]:
        order = self.order_of(path)
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
        """Return a value as text for a file, in the style of the old one if that can hold it."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return str(value).lower()
        if not isinstance(value, str):
            return str(value)
        style = old.style if old else None
        used = start - self.line_start(start) if old else column + len(str(path[-1])) + 2
        bare = plain(value, style, in_flow)
        fits = used + len(bare) <= WIDTH + STEP and "\n" not in value
        prose = is_prose(self.model, path)
        if in_flow or (fits and style not in {"|", ">"} and (old is not None or not prose)):
            return bare
        was = self.text[old.start_mark.index : self.end_of(old)] if old and style in {"|", ">"} else ""
        block = folded(value, column + STEP, was, self.newline)
        if block is None:
            return bare if "\n" not in value else dumped(value)
        return block
