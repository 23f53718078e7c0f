"""Mending layout: what is mended, that nothing says anything else afterwards, and that no comment is touched."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mistakes import ROOT, Folder
from test_yaml_edit import layout_faults, value_of

from macros.editing import yaml_layout
from macros.editing.yaml_layout import CannotMend
from macros.editing.yaml_scalars import same
from macros.editing.yaml_tidy import mend, mended_csv, mended_yaml
from macros.model.trust import Trust
from macros.reading import staging
from macros.reading.yaml_file import Tree

AREA, PROFILE = ((ROOT / f"data/trusts/luton/{name}.yml").read_text(encoding="utf-8") for name in ("trust", "2009"))
LUTON = AREA + "".join(line for line in PROFILE.splitlines(keepends=True) if not line.startswith("#"))
"""Both files of a Trust in one: what tidies them knows no difference."""
COMMENTED = LUTON.replace("tile:\n", "# The square.\ntile: # from the west\n").replace(
    "    unit:\n", "    # Of the unit.\n    unit:\n"
)


def told(text: str) -> tuple[str, list[str]]:
    new, done = mended_yaml("x.yml", text, Trust)
    return new, [f"{one.line}: {one.what}" for one in done]


def test_the_data_need_no_mending(data: Folder) -> None:
    assert mend(data.path) == ()


def test_a_file_is_read_once_in_each_form_that_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []
    read = Tree.parse
    monkeypatch.setattr(Tree, "parse", lambda file, text, problems: texts.append(text) or read(file, text, problems))
    spaced = LUTON.replace("\n", "  \n")
    yaml_layout.tree_of.cache_clear()
    assert mended_yaml("x.yml", spaced, Trust)[0] != spaced
    assert len(texts) == len(set(texts)) == 4


MESSY = """\
\ufeffpartnership:   "Luton Trust" \r
# The name.
name :  'Luton' # as printed\r
authority: Luton Borough Council\t
tile:
  row: 2
  column:   0   # from the west



life:
  what: Bedfordshire County Council came to an end on 1 April 2009, and the councils that came after it took over what it had done until then.
  status: "continuing"
  source: ours"""  # noqa: E501

MENDED = """\
# The name.
name: Luton # as printed
partnership: Luton Trust
authority: Luton Borough Council
tile:
  column: 0   # from the west
  row: 2


life:
  status: continuing
  what: >-
    Bedfordshire County Council came to an end on 1 April 2009, and the councils that came after it took over what it
    had done until then.
  source: ours
"""


def test_everything_at_once() -> None:
    new, lines = told(MESSY)
    assert new == MENDED
    assert layout_faults(new) == []
    assert lines == [
        "1: took out the byte order mark",
        "1: made the ends of lines those of all other files",
        "3: made the ends of lines those of all other files",
        "1: took out spaces at the end of the line",
        "4: took out spaces at the end of the line",
        "14: ended the file with one line end",
        "10: took out needless blank lines",
        "1: took out spaces that line nothing up",
        "3: took out spaces that line nothing up",
        "7: took out spaces that line nothing up",
        "1: put the fields in the order of the schema",
        "7: put the fields in the order of the schema",
        "13: put the fields in the order of the schema",
        "3: took out needless quotation marks",
        "1: took out needless quotation marks",
        "13: took out needless quotation marks",
        "12: broke a long line",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "life:\n  what: >-\n    one \n    two\n",  # the space is a part of the text
        'name: "yes"\n',  # another reader would take it for true
        'name: "012: 3"\n',
        'name: "a # b"\n',
        "name: |\n  two  \n\n\n\n\n  lines\n",
        "name: >-\n  a  b\n    c\n",
        "terms:\n  # about both\n  - what: x\n    topic: y\n",
        "- a\n- b\n",
        "tile:\n  # it may be about either\n  row: 2\n  column: 0\n",
    ],
)
def test_what_is_not_safe_is_left(text: str) -> None:
    new, _ = told(text)
    assert same(value_of(new), value_of(text))
    for line in text.splitlines():
        if '"' in line or "#" in line:
            assert line in new


@pytest.mark.parametrize("text", ["a: b: c\n", "\tname: x\n", "name: 'x\n", "name: !tag x\n", "name: x\nname: y\n", ""])
def test_what_cannot_be_read_is_left_as_it_is(text: str) -> None:
    assert told(text) == (text, [])


def test_rows() -> None:
    new, done = mended_csv("places.csv", '\ufeffplace,note \r\n\r\n"a, b",c\t\r\n\n')
    assert new == 'place,note\n"a, b",c\n'
    assert [one.line for one in done]
    assert mended_csv("places.csv", new) == (new, [])
    assert mended_csv("places.csv", 'a,"b\n') == ('a,"b\n', [])


# --- properties ---------------------------------------------------------------------------------------------------

FIELD = re.compile(r" *(?:- )?(?:name|kind|state|vcs|since|when|authority|partnership|speaks): [^>]*$")
DAMAGE: tuple[Callable[[str], str], ...] = (
    lambda line: f"{line} ",
    lambda line: f"{line}\t",
    lambda line: f"{line}\r",
    lambda line: line.replace(": ", ":   ", 1),
    lambda line: re.sub(r": ([a-z ]+)$", r': "\1"', line) if "since" not in line and "speaks" not in line else line,
    lambda line: line,
)


@settings(max_examples=40, deadline=None)
@given(damage=st.lists(st.sampled_from(DAMAGE), min_size=20, max_size=60), bom=st.booleans(), swapped=st.booleans())
def test_mending_undoes_all_damage_and_no_more(damage: list[Callable[[str], str]], bom: bool, swapped: bool) -> None:
    kinds = itertools.cycle(damage)
    lines = [next(kinds)(line) if FIELD.match(line) else line for line in COMMENTED.splitlines()]
    if swapped:
        at = next(number for number, line in enumerate(lines) if line.startswith("authority"))
        lines[at], lines[at - 1] = lines[at - 1], lines[at]
    damaged = ("\ufeff" if bom else "") + "\n".join(lines)
    new, done = told(damaged)
    assert new == COMMENTED
    assert done
    assert told(new) == (new, [])


LINES = (
    "name: x",
    "tile:",
    "  row: 1",
    "  column: 2",
    "#c",
    "# c",
    "",
    "terms:",
    "  - what: 'a'",
    "    topic: b",
    "  -   what: >-",
    "       long",
    "also_called: [ 'a',b ]",
    "authority :  'it''s'",
    "\t",
    "   ",
    'z: "q"  # w',
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=14).map("\n".join))
@example("tile:\n   \nname: x")
def test_whatever_is_mended_says_the_same_and_is_mended_once(text: str) -> None:
    new, _ = told(text)
    if new != text:
        assert same(value_of(new), value_of(text))
        assert yaml_layout.comments(new) == yaml_layout.comments(text)
        assert told(new) == (new, [])


# --- all or nothing -----------------------------------------------------------------------------------------------


def test_all_files_or_none(data: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("trusts/essex/2009.yml", "trusts/luton/2009.yml", "places.csv"):
        data.rewrite(name, lambda raw: raw.replace(b"\n", b"\r\n", 3))
    before = {path: path.read_bytes() for path in data.path.rglob("*") if path.is_file()}
    trade, calls = staging.trade, 0

    def failing(*given: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise OSError(28, "No space left on device", str(given[1]))
        trade(*given)

    monkeypatch.setattr(staging, "trade", failing)
    with pytest.raises(CannotMend, match="nothing was mended: No space left on device"):
        mend(data.path)
    assert {path: path.read_bytes() for path in data.path.rglob("*") if path.is_file()} == before
    monkeypatch.undo()
    assert {one.file for one in mend(data.path)} == {
        "data/trusts/essex/2009.yml",
        "data/trusts/luton/2009.yml",
        "data/places.csv",
    }
    for name in ("trusts/essex/2009.yml", "trusts/luton/2009.yml", "places.csv"):
        assert (data / name).read_bytes() == (ROOT / "data" / name).read_bytes()
    assert mend(data.path) == ()


def test_files_that_nobody_should_follow_are_left(data: Folder, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yml"
    outside.write_text("name:   x \n", encoding="utf-8")
    (data / "trusts/luton/2009.yml").unlink()
    (data / "trusts/luton/2009.yml").symlink_to(outside)
    data.rewrite("trusts/essex/2009.yml", lambda raw: b"\xff" + raw)
    mend(data.path)
    assert outside.read_text(encoding="utf-8") == "name:   x \n"
