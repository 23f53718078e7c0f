"""Data as guides kept it at first, put into today's files: a Trust's file in two, and the first wave in its own.

Once, `data/trusts/luton.yml` held all that is known of a Trust, and `data/region.yml` described the first evidence. Old
states of a guide are read like this, and `guide migrate` moves a guide over. Texts are moved line by line, so that
comments stay with the fields that they stand above.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import yaml

from macros.model.base import OURS, SLUG
from macros.model.holdings import AREA_FILE, REGION, TRUSTS, WAVES
from macros.model.trust import AREA_FIELDS
from macros.reading.yaml_file import Loader, Tree

_REGION = f"data/{REGION.path}"
_TRUST = re.compile(rf"data/{TRUSTS.path}/({SLUG.removeprefix('^').removesuffix('$')})\.yml")
_KEY = re.compile(r"([A-Za-z_]\w*):(?=\s|$)")
_MODELINE = re.compile(r"# yaml-language-server:.*")
_MOVED = {"evidence_date": "date", "trusts_expected": "trusts", "limits": "limits", "slips": "slips"}
"""The fields of the region that are now those of the first wave, in the order of its file, with their names there."""


class Block(NamedTuple):
    """A field at the top of a file: its name, and its lines with the comments above it."""

    name: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.lines)


class Parts(NamedTuple):
    """A file with fields at its top: the comments that it begins with, and its fields."""

    head: str
    blocks: tuple[Block, ...]

    def only(self, names: Iterable[str]) -> str:
        wanted = {*names}
        return "".join(one.text for one in self.blocks if one.name in wanted)


def trust_at(path: str) -> str:
    """Return the Trust whose only file was once at a path below the project: `luton` for `data/trusts/luton.yml`.

    Returns "" for any other path.
    """
    found = _TRUST.fullmatch(path)
    return found[1] if found else ""


def is_old_region(value: Mapping[str, object]) -> bool:
    """Return whether the fields of a region’s file are those of old, which described the first evidence too."""
    return "evidence_date" in value


def in_todays_files(files: Mapping[str, str], baseline: str) -> dict[str, str]:
    """Return files, by their paths below the project, with those of the old layout replaced by today's.

    `baseline` is the name of the first wave. A file that cannot be read as YAML keeps its text.
    """
    found: dict[str, str] = {}
    for path, text in files.items():
        if trust := _TRUST.fullmatch(path):
            folder = f"data/{TRUSTS.path}/{trust[1]}"
            area, profile = _trust(text)
            found |= {f"{folder}/{AREA_FILE}": area} if area else {}
            found[f"{folder}/{baseline}.yml"] = profile
        elif path == _REGION and is_old_region(fields_of(text)):
            region, wave = _region(text, baseline)
            found |= {path: region, f"data/{WAVES.path}/{baseline}.yml": wave}
        else:
            found.setdefault(path, text)
    return found


def _trust(text: str) -> tuple[str, str]:
    """Return what is lasting about a Trust, and what the first wave said of it; "" for the former if it is unknown."""
    if not fields_of(text):
        return "", text
    parts = _readable_parts(text)
    rest = [one.name for one in parts.blocks if one.name not in AREA_FIELDS]
    return parts.only(AREA_FIELDS), parts.head + parts.only(rest)


def _region(text: str, baseline: str) -> tuple[str, str]:
    """Return the file of the region without its first wave, and the file of that."""
    parts = _readable_parts(text)
    known = {one.name: one for one in parts.blocks}
    named = f'baseline: "{baseline}"\n'
    kept = "".join(
        named if one.name == "evidence_date" else one.text
        for one in parts.blocks
        if one.name == "evidence_date" or one.name not in {"baseline", *_MOVED}
    )
    wave = _inside(known["baseline"]) if "baseline" in known else ""
    above = str(fields_of(text).get("source", OURS))
    for name, now in _MOVED.items():
        if name in known:
            wave += _KEY.sub(f"{now}:", _with_sources(known[name].text, above), count=1)
    return parts.head + kept, wave


def has_a_line_for_each_field(text: str) -> bool:
    """Return whether each field at the top of a file begins a line, and is there once: such a file loses no comment."""
    return bool(fields_of(text)) and [one.name for one in parts_of(text).blocks] == [*fields_of(text)]


def _readable_parts(text: str) -> Parts:
    """Return the fields of a file as `parts_of` does or, if they are not on lines of their own, written anew."""
    if has_a_line_for_each_field(text):
        return parts_of(text)
    written = ((name, _written({name: one})) for name, one in fields_of(text).items())
    return Parts("", tuple(Block(name, tuple(one.splitlines(keepends=True))) for name, one in written))


def _inside(block: Block) -> str:
    """Return the fields inside a field, moved to the left."""
    at = next(number for number, line in enumerate(block.lines) if _KEY.match(line))
    if block.lines[at].partition(":")[2].strip():  # in braces, on one line
        return _written(fields_of(block.text)[block.name])
    return "".join(block.lines[:at]) + textwrap.dedent("".join(block.lines[at + 1 :]))


def _with_sources(text: str, source: str) -> str:
    """Return a field with a list of parts, in which each part names its source: what it inherits is not the same."""
    node = yaml.compose(text, Loader=Loader)
    items: list[yaml.Node] = []
    if isinstance(node, yaml.MappingNode) and isinstance(node.value[0][1], yaml.SequenceNode):
        items = node.value[0][1].value
    lines = text.splitlines(keepends=True)
    for item in reversed(items):
        if isinstance(item, yaml.MappingNode) and all(key.value != "source" for key, _ in item.value):
            line, column = item.start_mark.line, item.start_mark.column
            before, after = lines[line][:column], lines[line][column:]
            lines[line] = f"{before}source: {source}\n{' ' * column}{after}"
    return "".join(lines)


def parts_of(text: str) -> Parts:
    """Return the fields at the top of a file, each with its lines; modelines are left out."""
    head: list[str] = []
    blocks: list[tuple[str, list[str]]] = []
    waiting: list[str] = []
    for line in text.splitlines(keepends=True):
        if _MODELINE.match(line):
            continue
        if key := _KEY.match(line):
            if not blocks:  # what stands above a blank line is about the file, and so is all, if there is none
                blank = max((number for number, one in enumerate(waiting) if not one.strip()), default=len(waiting) - 1)
                head, waiting = waiting[: blank + 1], waiting[blank + 1 :]
            blocks.append((key[1], [*waiting, line]))
            waiting = []
        elif line.startswith("#") or not line.strip():
            waiting.append(line)
        elif blocks:
            blocks[-1][1].extend((*waiting, line))
            waiting = []
    if blocks:
        blocks[-1][1].extend(waiting)
    return Parts("".join(head), tuple(Block(name, tuple(lines)) for name, lines in blocks))


def _written(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=120)


def fields_of(text: str) -> dict[str, object]:
    """Return the fields of a file; none if it is unreadable, or holds what the data must not hold."""
    tree = Tree.parse("", text, [], lenient=True)
    return tree.value if tree and isinstance(tree.value, dict) else {}
