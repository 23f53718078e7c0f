"""Every way to break one field of a record, for every field of every model: made from the models and the real data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from mistakes import BASELINE
from pydantic import BaseModel
from second_wave import OVERLAY

from macros.model.holdings import AREA_FILE, HOLDINGS, TRUSTS, Holding
from macros.model.trust import AREA_FIELDS
from macros.reading.data_files import DataFiles
from macros.reading.files import files_of
from macros.reading.reader import Reader
from macros.reading.records import KeyPath, Records
from macros.reading.yaml_file import Tree
from macros.schema.fields import model_at

GONE = object()
VALUES: Mapping[str, Any] = {
    "removed": GONE,
    "words": "forty thousand",
    "negative": -1,
    "huge": 10**30,
    "fraction": 0.5,
    "flag": True,
    "nothing": None,
    "empty list": [],
    "empty fields": {},
    "list of words": ["x", "x"],
    "list of numbers": [-1, 10**30],
    "list of nothing": [None],
    "list of fields": [{}, {"x": 1}],
    "fields": {"x": {"y": ["z"]}},
}
"""What stands in the place of a field, or of the first item of a list."""


class Field(NamedTuple):
    """One field of one model, at a place where the real data have it, or could."""

    model: type[BaseModel]
    name: str
    file: Path
    path: KeyPath
    """Of what the field is in."""


def fields(holding: Holding, trees: Mapping[Path, Tree]) -> list[Field]:
    """Return each field of the models of one kind of record once."""
    found: dict[tuple[type[BaseModel], str], Field] = {}
    could: dict[tuple[type[BaseModel], str], Field] = {}
    for file, tree in trees.items():
        records = enumerate(tree.value) if holding.shape == "list" else [((), tree.value)]
        for number, record in records:
            start: KeyPath = (number,) if isinstance(number, int) else ()
            for model, path, value in _walk(holding.model, start, record):
                for name in model.model_fields:
                    (found if name in value else could).setdefault((model, name), Field(model, name, file, path))
    return [*({**could, **found}.values())]


def _walk(
    model: type[BaseModel], path: KeyPath, value: Any
) -> Iterator[tuple[type[BaseModel], KeyPath, dict[str, Any]]]:
    yield model, path, value
    for name in model.model_fields:
        inner = model_at(model, (name,))
        if inner and name in value:
            below = value[name]
            if isinstance(below, list):
                for number, item in enumerate(below):
                    yield from _walk(inner, (*path, name, number), item)
            else:
                yield from _walk(inner, (*path, name), below)


def broken(field: Field, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield what a file's value becomes, and how: `value` itself is not changed."""
    for how, new in VALUES.items():
        yield how, _with(field, value, new)
    there = _owner(field, value).get(field.name)
    if there is not None:
        yield "misspelt", _with(field, value, GONE, {field.name[:-1] or "x": there})
        yield "as well under another name", _with(field, value, there, {f"{field.name}s": there})
        yield "in a list", _with(field, value, [there])
    if isinstance(there, list) and there:
        yield "item without its list", _with(field, value, there[0])
        yield "twice", _with(field, value, [*there, *there])
        for how in ("words", "negative", "nothing", "list of fields", "fields"):
            yield f"first item: {how}", _with(field, value, [VALUES[how], *there[1:]])
        yield "one more item", _with(field, value, [*there, VALUES["fields"]])


def _owner(field: Field, value: Any) -> Any:
    for key in field.path:
        value = value[key]
    return value


def _with(field: Field, value: Any, new: Any, more: Mapping[str, Any] | None = None) -> Any:
    """Return `value` with one field changed; only what it is in is copied."""
    return _set(value, field.path, field.name, new, more or {})


def _set(value: Any, path: KeyPath, name: str, new: Any, more: Mapping[str, Any]) -> Any:
    if path:
        copied = [*value] if isinstance(value, list) else {**value}
        copied[path[0]] = _set(value[path[0]], path[1:], name, new, more)
        return copied
    rest = {key: one for key, one in value.items() if key != name}
    return {**rest, **({} if new is GONE else {name: deepcopy(new)}), **deepcopy({**more})}


class OneTree(DataFiles):
    """Files that hold the same tree, which is in memory; that of a Trust is what both of its files hold."""

    def __init__(self, data: Path, held: Tree) -> None:
        super().__init__(data, Records())
        self.held = held

    def tree(self, path: Path, want: type = dict) -> Tree | None:
        del want
        if not isinstance(self.held.value, dict) or path.name not in {AREA_FILE, f"{BASELINE}.yml"}:
            return self.held
        if path.parent.parent.name != TRUSTS.path:
            return self.held
        in_area = path.name == AREA_FILE
        own = {name: value for name, value in self.held.value.items() if (name in AREA_FIELDS) == in_area}
        return Tree(self.held.file, own, self.held.node)


def read(data: Path, holding: Holding, file: Path, tree: Tree) -> Records:
    """Return what the reader makes of a file if it holds `tree`."""
    reader = Reader(data, Records(), {}, {})
    reader.files = OneTree(data, tree)
    reader.read_files(holding, (file, file.with_name(f"{BASELINE}.yml")))
    return reader.files.records


def trees(data: Path, holding: Holding, most: int = 3) -> Mapping[Path, Tree]:
    """Return the first files of a kind, with no more than two items in the lists of a record: more say nothing new.

    Where the guide has none, as of later waves, they are those of the second wave that is made up for tests.
    """
    made = {}
    real = [*files_of(data, holding, BASELINE)]
    root = data if real else OVERLAY
    for paths in (real or [*files_of(OVERLAY, holding, BASELINE)])[:most]:
        text = paths[0].read_text(encoding="utf-8")
        text = MOVED if text.endswith("\n[]\n") else text  # nothing has moved yet
        tree = Tree.parse(f"data/{paths[0].relative_to(root).as_posix()}", text, [])
        assert tree is not None
        if holding == TRUSTS:
            told = Tree.parse("", paths[1].read_text(encoding="utf-8"), [])
            assert told is not None and isinstance(tree.node, yaml.MappingNode)
            node = yaml.MappingNode(tree.node.tag, [*tree.node.value, *told.node.value], tree.node.start_mark)
            tree = Tree(tree.file, {**tree.value, **told.value}, node)
        is_list = holding.shape == "list"
        value = [_short(record) for record in tree.value] if is_list else _short(tree.value)
        made[paths[0]] = tree if holding.kind == "sources" else Tree(tree.file, value, tree.node)
    return made


MOVED = "- address: a/\n  to: trusts/luton/\n  why: It has another name.\n  on: 2026-11-22\n"


def _short(value: Any) -> Any:
    if isinstance(value, list):
        return [_short(item) for item in value[:2]]
    return {name: _short(one) for name, one in value.items()} if isinstance(value, dict) else value


def alone(field: Field, holding: Holding, value: Any, tree: Tree) -> Tree:
    """Return a tree of a changed value; of a list, only with the record that was changed."""
    if holding.shape == "list" and isinstance(tree.node, yaml.SequenceNode):
        number = field.path[0]
        node = yaml.SequenceNode(tree.node.tag, [tree.node.value[number]], tree.node.start_mark, tree.node.end_mark)
        return Tree(tree.file, [value[number]], node)
    return Tree(tree.file, value, tree.node)


IN_YAML = tuple(holding for holding in HOLDINGS if holding.shape != "rows")
