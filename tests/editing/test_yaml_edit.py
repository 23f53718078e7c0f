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

from macros.editing.yaml_edit import YamlEdit, rewritten, with_change
from macros.editing.yaml_scalars import folded, same
from macros.editing.yaml_text import CannotRewrite
from macros.model.finding import SearchWords
from macros.model.holdings import HOLDINGS
from macros.model.trust import Trust
from macros.reading.records import KeyPath
from macros.reading.yaml_file import Tree

LAYOUT = YamlLintConfig(file=str(ROOT / ".yamllint.yml"))


def layout_faults(text: str) -> list[str]:
    return list(map(str, linter.run(text, LAYOUT)))


def files() -> Iterator[tuple[Path, type[BaseModel]]]:
    for holding in HOLDINGS:
        if holding.shape != "rows":
            yield from ((file, holding.model) for file in sorted((ROOT / "data").glob(holding.glob)))


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
        changed = rewritten(path.name, text, model, [YamlEdit("set", place, other(value))])
        gone, _ = unlike(text, changed)
        # What went lies in the words of this one value, or its list in brackets no longer fits on a line.
        fits = " ".join(gone.split()) in " ".join(str(value).split()) or isinstance(value, bool | int)
        assert fits or (f"- {other(value)}" in changed and f"- {other(value)}" not in text), place
        assert changed.count("#") == text.count("#")
        assert layout_faults(changed) == []
        assert same(value_of(changed), with_change(value_of(text), YamlEdit("set", place, other(value))))


def test_a_list_in_brackets_that_grows_too_long_goes_on_lines_of_its_own() -> None:
    words = [f"form number {number}" for number in range(7)]
    text = f"words:\n  # What they say.\n  - typed: [{', '.join(words)}]\n    means: [bureaucracy]\n"
    changed = rewritten("search.yml", text, SearchWords, [YamlEdit("set", ("words", 0, "typed", 3), "form filling")])
    assert changed == text.replace(words[3], "form filling")
    longer = "the same form filled in again and again"
    changed = rewritten("search.yml", text, SearchWords, [YamlEdit("set", ("words", 0, "typed", 3), longer)])
    assert changed == (
        "words:\n  # What they say.\n  - typed:\n"
        + "".join(f"      - {longer if at == 3 else one}\n" for at, one in enumerate(words))
        + "    means: [bureaucracy]\n"
    )


@pytest.mark.parametrize(("path", "model"), ALL)
def test_what_is_set_to_what_it_says_leaves_every_byte(path: Path, model: type[BaseModel]) -> None:
    text = path.read_text(encoding="utf-8")
    places = list(leaves(value_of(text)))
    for place, value in places[:: max(1, len(places) // 12)]:
        assert rewritten(path.name, text, model, [YamlEdit("set", place, value)]) == text, place


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


def changed(*changes: YamlEdit, text: str = PROFILE) -> list[str]:
    """Return the lines that changes took away (-) and brought (+)."""
    new = rewritten("x.yml", text, Trust, changes)
    lines = difflib.unified_diff(text.splitlines(), new.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (YamlEdit("set", ("name",), "Bedford"), ["-name: Luton   # the town", "+name: Bedford   # the town"]),
        (YamlEdit("set", ("name",), "No"), ["-name: Luton   # the town", '+name: "No"   # the town']),
        (
            YamlEdit("set", ("partnership",), "The new"),
            ['-partnership: "Luton Trust" # quoted', '+partnership: "The new" # quoted'],
        ),
        (YamlEdit("set", ("authority",), "It’s: 'x'"), ["-authority: 'Luton''s council'", "+authority: 'It’s: ''x'''"]),
        (YamlEdit("set", ("tile", "row"), 3), ["-tile: {column: 0, row: 2}", "+tile: {column: 0, row: 3}"]),
        (
            YamlEdit("set", ("governance", "narrative"), "One paragraph that stays where it is broken, here.\nThree."),
            ["-    Two.", "+    Three."],
        ),
        (YamlEdit("set", ("governance", "bodies", 0, "seats"), 2), ["+      seats: 2"]),
        (
            YamlEdit("set", ("governance", "bodies", 0, "source"), "ours"),
            ["-    - name: First", "+    - source: ours", "+      name: First"],
        ),
        (YamlEdit("set", ("governance", "bodies", 0, "what"), "It met."), ["+      what: >-", "+        It met."]),
        (
            YamlEdit("remove", ("governance", "bodies", 1, "source", 0)),
            ["-    - source:", "-        - ours", "+    - source: []"],
        ),
        (YamlEdit("add", ("governance", "bodies", 1, "source"), "b#c"), ["+        - b#c"]),
        (
            YamlEdit("set", ("governance", "bodies", 1, "source"), ["ours", "b#c"]),
            ["+        - b#c"],
        ),
        (
            YamlEdit("add", ("governance", "voices"), {"kind": "forum", "name": "Voice", "speaks": True}),
            ["-  voices: []", "+  voices:", "+    - name: Voice", "+      kind: forum", "+      speaks: true"],
        ),
        (
            YamlEdit("add", ("governance", "bodies"), {"name": "Third"}),
            ["+    - name: Third"],
        ),
        (YamlEdit("set", ("awards",), [{"name": "Prize"}]), ["+awards:", "+  - name: Prize"]),
        (YamlEdit("set", ("needs",), "x"), ["-needs:", "+needs: x"]),
        (YamlEdit("remove", ("training", "events", 0)), ["-  events:", "-    - name: Alone", "+  events: []"]),
        (YamlEdit("remove", ("governance", "bodies", 0, "vcs")), ["-      vcs: represented"]),
    ],
)  # fmt: skip
def test_each_kind_of_change(change: YamlEdit, lines: list[str]) -> None:
    assert changed(change) == lines


def test_ends_of_lines_stay_what_they_are() -> None:
    text = PROFILE.replace("\n", "\r\n")
    new = rewritten("x.yml", text, Trust, [YamlEdit("set", ("governance", "bodies", 0, "what"), "It met.")])
    assert new.count("\n") == new.count("\r\n") == text.count("\n") + 2


@pytest.mark.parametrize(
    "change",
    [
        YamlEdit("remove", ("governance", "bodies", 0)),  # “# a board” would go
        YamlEdit("remove", ("governance", "narrative")),
        YamlEdit("set", ("governance", "bodies"), "none"),
        YamlEdit("set", ("nowhere", "at", "all"), "x"),
        YamlEdit("remove", ("tile", "row")),
        YamlEdit("add", ("name", "x"), "x"),
    ],
)
def test_what_would_do_harm_is_refused(change: YamlEdit) -> None:
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
            text = rewritten("x.yml", PROFILE, Trust, [YamlEdit("set", place, value)])
        except CannotRewrite:
            continue  # nothing is written: no harm is done
        assert same(value_of(text), with_change(value_of(PROFILE), YamlEdit("set", place, value)))
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
