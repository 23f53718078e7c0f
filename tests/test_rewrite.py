"""Changing YAML in place: over all of the data, one change is one place, and every other byte stays."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mistakes import ROOT
from pydantic import BaseModel
from yamllint import linter
from yamllint.config import YamlLintConfig

from macros.model.layout import HOLDINGS
from macros.model.trust import Trust
from macros.read import KeyPath, Tree
from macros.rewrite import CannotRewrite, Change, folded, rewritten, same, with_change

LAYOUT = YamlLintConfig(file=str(ROOT / ".yamllint.yml"))


def layout_faults(text: str) -> list[str]:
    return list(map(str, linter.run(text, LAYOUT)))


def files() -> Iterator[tuple[Path, type[BaseModel]]]:
    for holding in HOLDINGS:
        path = ROOT / "data" / holding.path
        if holding.shape == "folder":
            yield from ((file, holding.model) for file in sorted(path.glob("*.yml")))
        elif holding.shape == "wave":
            yield from ((file, holding.model) for file in sorted(path.glob("*/*.yml")))
        elif holding.shape != "rows":
            yield path, holding.model


ALL = [pytest.param(path, model, id=path.relative_to(ROOT / "data").as_posix()) for path, model in files()]


def value_of(text: str) -> Any:
    tree = Tree.parse("x.yml", text, [])
    assert tree is not None
    return tree.value


def leaves(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(one, (*path, key))
    else:
        yield path, value


def other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return f"{value} changed"


def unlike(old: str, new: str) -> tuple[str, str]:
    """Return what is left of two texts when their common beginning and end are taken away."""
    first = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    old, new = old[first:], new[first:]
    last = next((at for at, (a, b) in enumerate(zip(old[::-1], new[::-1], strict=False)) if a != b), len(old))
    return old[: len(old) - last], new[: len(new) - last]


@pytest.mark.parametrize(("path", "model"), ALL)
def test_a_value_changes_its_own_place_only(path: Path, model: type[BaseModel]) -> None:
    text = path.read_text(encoding="utf-8")
    places = list(leaves(value_of(text)))
    step = max(1, len(places) // 12)  # some of each file, spread over it
    for place, value in places[::step]:
        changed = rewritten(path.name, text, model, [Change("set", place, other(value))])
        gone, _ = unlike(text, changed)
        # What went lies in the words of this one value.
        assert " ".join(gone.split()) in " ".join(str(value).split()) or isinstance(value, bool | int), place
        assert changed.count("#") == text.count("#")
        assert layout_faults(changed) == []
        assert same(value_of(changed), with_change(value_of(text), Change("set", place, other(value))))


@pytest.mark.parametrize(("path", "model"), ALL)
def test_what_is_set_to_what_it_says_leaves_every_byte(path: Path, model: type[BaseModel]) -> None:
    text = path.read_text(encoding="utf-8")
    places = list(leaves(value_of(text)))
    for place, value in places[:: max(1, len(places) // 12)]:
        assert rewritten(path.name, text, model, [Change("set", place, value)]) == text, place


PROFILE = """\
# Head.
name: Luton   # the town
partnership: "Luton Trust" # quoted
authority: 'Luton''s council'
tile: {column: 0, row: 2}
governance:
  source: ours
  # About the next.
  narrative: >-  # said twice
    One paragraph that stays where it is broken,
    here.

    Two.
  bodies:
    - name: First
      kind: board # a board
      vcs: represented

    # Before the second.
    - source:
        - ours
      name: Second
      kind: board
      vcs: represented
  voices: []
needs:
training:
  events:
    - name: Alone
"""


def changed(*changes: Change, text: str = PROFILE) -> list[str]:
    """Return the lines that changes took away (-) and brought (+)."""
    new = rewritten("x.yml", text, Trust, changes)
    lines = difflib.unified_diff(text.splitlines(), new.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (Change("set", ("name",), "Bedford"), ["-name: Luton   # the town", "+name: Bedford   # the town"]),
        (Change("set", ("name",), "No"), ["-name: Luton   # the town", '+name: "No"   # the town']),
        (
            Change("set", ("partnership",), "The new"),
            ['-partnership: "Luton Trust" # quoted', '+partnership: "The new" # quoted'],
        ),
        (Change("set", ("authority",), "It’s: 'x'"), ["-authority: 'Luton''s council'", "+authority: 'It’s: ''x'''"]),
        (Change("set", ("tile", "row"), 3), ["-tile: {column: 0, row: 2}", "+tile: {column: 0, row: 3}"]),
        (
            Change("set", ("governance", "narrative"), "One paragraph that stays where it is broken, here.\nThree."),
            ["-    Two.", "+    Three."],
        ),
        (Change("set", ("governance", "bodies", 0, "seats"), 2), ["+      seats: 2"]),
        (
            Change("set", ("governance", "bodies", 0, "source"), "ours"),
            ["-    - name: First", "+    - source: ours", "+      name: First"],
        ),
        (Change("set", ("governance", "bodies", 0, "what"), "It met."), ["+      what: >-", "+        It met."]),
        (
            Change("remove", ("governance", "bodies", 1, "source", 0)),
            ["-    - source:", "-        - ours", "+    - source: []"],
        ),
        (Change("add", ("governance", "bodies", 1, "source"), "b#c"), ["+        - b#c"]),
        (
            Change("set", ("governance", "bodies", 1, "source"), ["ours", "b#c"]),
            ["+        - b#c"],
        ),
        (
            Change("add", ("governance", "voices"), {"kind": "forum", "name": "Voice", "speaks": True}),
            ["-  voices: []", "+  voices:", "+    - name: Voice", "+      kind: forum", "+      speaks: true"],
        ),
        (
            Change("add", ("governance", "bodies"), {"name": "Third"}),
            ["+    - name: Third"],
        ),
        (Change("set", ("awards",), [{"name": "Prize"}]), ["+awards:", "+  - name: Prize"]),
        (Change("set", ("needs",), "x"), ["-needs:", "+needs: x"]),
        (Change("remove", ("training", "events", 0)), ["-  events:", "-    - name: Alone", "+  events: []"]),
        (Change("remove", ("governance", "bodies", 0, "vcs")), ["-      vcs: represented"]),
    ],
)  # fmt: skip
def test_each_kind_of_change(change: Change, lines: list[str]) -> None:
    assert changed(change) == lines


def test_ends_of_lines_stay_what_they_are() -> None:
    text = PROFILE.replace("\n", "\r\n")
    new = rewritten("x.yml", text, Trust, [Change("set", ("governance", "bodies", 0, "what"), "It met.")])
    assert new.count("\n") == new.count("\r\n") == text.count("\n") + 2


@pytest.mark.parametrize(
    "change",
    [
        Change("remove", ("governance", "bodies", 0)),  # “# a board” would go
        Change("remove", ("governance", "narrative")),
        Change("set", ("governance", "bodies"), "none"),
        Change("set", ("nowhere", "at", "all"), "x"),
        Change("remove", ("tile", "row")),
        Change("add", ("name", "x"), "x"),
    ],
)
def test_what_would_do_harm_is_refused(change: Change) -> None:
    with pytest.raises(CannotRewrite):
        rewritten("x.yml", PROFILE, Trust, [change])


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=300).map(str.strip)
MARKS = st.lists(
    st.sampled_from(
        ["- ", ": ", " #", "#", "'", '"', "\n", "[", "{{", "yes", "007", "words ", "& *", ">-", "|", "a" * 130]
    ),
    max_size=30,
).map("".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(value=TEXTS | MARKS | MARKS.map(str.strip))
def test_any_text_is_written_so_that_it_reads_the_same(value: str) -> None:
    for place in (("name",), ("governance", "narrative"), ("governance", "bodies", 0, "what"), ("partnership",)):
        try:
            text = rewritten("x.yml", PROFILE, Trust, [Change("set", place, value)])
        except CannotRewrite:
            continue  # nothing is written: no harm is done
        assert same(value_of(text), with_change(value_of(PROFILE), Change("set", place, value)))
        assert text.startswith("# Head.\n")
        assert "# Before the second." in text


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("abc .", min_size=1, max_size=200).map(lambda one: " ".join(one.split()) or "x"), min_size=1))
def test_folded_blocks_keep_paragraphs_and_the_width(paragraphs: list[str]) -> None:
    value = "\n".join(paragraphs)
    block = folded(value, 4)
    assert block is not None
    assert value_of(f"k: {block}\n") == {"k": value}
    assert all(len(line) <= 120 or " " not in line.strip() for line in block.splitlines())
