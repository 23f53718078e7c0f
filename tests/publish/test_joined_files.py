"""The style sheet and scripts that readers fetch are the parts that are edited, and nothing else."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from mistakes import ROOT

from macros.publish import joined_files
from macros.publish.joined_files import HERE, SCRIPTS, STYLE_SHEET, Joined

ASSETS = "docs/assets"
EVERY = (STYLE_SHEET, *SCRIPTS)
PARTS = [pytest.param(one, name, id=f"{one.folder}/{name}") for one in SCRIPTS for name in one.parts]
_IMPORT = re.compile(r'^import \{ (.+) \} from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?:async )?(?:function|const|let) (\w+|\{.+\}) ?[(=;]", re.MULTILINE)


def part(joined: Joined, name: str) -> str:
    return (HERE / joined.folder / f"{name}{Path(joined.file).suffix}").read_text(encoding="utf-8")


def imports(text: str) -> dict[str, set[str]]:
    """Return the names that a part of a script needs from each other part."""
    return {name: set(names.split(", ")) for names, name in _IMPORT.findall(text)}


def exports(text: str) -> set[str]:
    """Return the names that a part of a script gives to others, those too that it takes out of an object."""
    return {name for found in _EXPORT.findall(text) for name in re.findall(r"\w+", found)}


@pytest.mark.parametrize("joined", EVERY, ids=lambda one: one.file)
def test_what_is_joined_is_up_to_date(joined: Joined) -> None:
    assert (ROOT / ASSETS / joined.file).read_text(encoding="utf-8") == joined.text(), "“guide schema” writes it again"


@pytest.mark.parametrize("joined", EVERY, ids=lambda one: one.file)
def test_every_part_is_in_it_once(joined: Joined) -> None:
    assert sorted(joined.files()) == sorted(path.name for path in (HERE / joined.folder).iterdir())


def test_every_folder_of_parts_is_joined() -> None:
    assert {HERE / one.folder for one in SCRIPTS} == {*(HERE / "scripts").iterdir()}


@pytest.mark.parametrize("name", STYLE_SHEET.parts)
def test_a_part_of_the_style_sheet_stands_alone(name: str) -> None:
    """It says what it dresses, and every bracket that it opens is closed in it, so that parts can change places."""
    text = part(STYLE_SHEET, name)
    assert re.search(r"^/\* -{10,} \S.* \*/$", text, re.MULTILINE)
    rules = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    assert rules.strip() and rules.count("{") == rules.count("}") and "/*" not in rules


@pytest.mark.parametrize(("joined", "name"), PARTS)
def test_a_part_of_a_script_says_what_it_does_and_needs(joined: Joined, name: str) -> None:
    """So that it can be read without the others, and what stands before it is all that it can change with."""
    text = part(joined, name)
    assert re.match(r"(?:// \S.*\n)*// \S.*\.\n(?!//)", text)
    before = joined.parts[: joined.parts.index(name)]
    needs = imports(text)
    assert {*needs} <= {*before}
    for other, names in needs.items():
        assert names <= exports(part(joined, other)), other
    called = {*re.findall(r"(?<![.\w])(\w+)\(", text)} - {*re.findall(r"(?:function|const|let) (\w+)", text)}
    for other in {*joined.parts} - {name}:
        assert called & exports(part(joined, other)) <= needs.get(other, set()), other


@pytest.mark.parametrize(("joined", "name"), PARTS)
def test_what_a_part_exports_is_used(joined: Joined, name: str) -> None:
    used = [imports(part(joined, other)).get(name, set()) for other in joined.parts]
    assert exports(part(joined, name)) == set().union(*used)


@pytest.mark.parametrize("joined", SCRIPTS, ids=lambda one: one.file)
def test_a_joined_script_is_one_scope(joined: Joined) -> None:
    """No two parts declare the same name, and nothing of what made them modules is left."""
    node = shutil.which("node")
    if node is None:
        pytest.fail("this test needs node, which comes with npm")
    text = joined.text()
    assert not re.search(r"^\s*(?:import|export)\b", text, re.MULTILINE)
    check = [node, "--check", "--input-type=module", "-"]
    checked = subprocess.run(check, input=text, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


def test_it_is_written_when_a_part_has_changed(tmp_path: Path) -> None:
    assert joined_files.write(tmp_path) == (), "a project without one gets none"
    files = []
    for one in EVERY:
        path = tmp_path / ASSETS / one.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("/* old */\n", encoding="utf-8")
        files.append(path)
    assert {*joined_files.write(tmp_path)} == {*files}
    assert [path.read_text(encoding="utf-8") for path in files] == [one.text() for one in EVERY]
    assert joined_files.write(tmp_path) == ()
