"""Files made to take for ever or to fill the memory: each is refused with its line, soon and in little memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from bombs import MEGABYTES, SECONDS, bombs
from mistakes import ROOT, Folder, assert_readable

from macros.reading.problem import MAX_TOLD


def test_each_is_refused_soon_and_in_little_memory(
    data: Folder, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    cases = tmp_path / "cases"
    cases.mkdir()
    for name, (file, text) in bombs().items():
        (cases / f"{file.replace('/', '+')}~{name}").write_text(text, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("bombs.py")), str(data.path), str(cases)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    told = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(told) == len(bombs()), run.stderr
    for row in told:
        assert row["status"] == 0, (row, run.stderr)
        assert row["s"] < SECONDS, row["case"]
        assert row["mb"] < MEGABYTES, row["case"]
        assert 0 < len(row["problems"]) <= 3 * MAX_TOLD, row["case"]
        for line in row["problems"]:
            assert_readable(line)
            assert len(line) < 3000, row["case"]
    for name, value in {"kind": "bombs", "cases": len(told), "refused": len(told)}.items():
        record_property(name, value)


# --- files and folders --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["trusts/Luton.yml", "trusts/LUTON.yml", "Trusts/luton.yml", "Glossary.yml", "trusts/luton.YML", "PLACES.CSV"],
)
def test_a_name_that_is_another_name_on_other_systems(data: Folder, name: str) -> None:
    (data / name).parent.mkdir(exist_ok=True)
    (data / name).write_text("x", encoding="utf-8")
    assert any(line.startswith(f"data/{name}:1:1: ") for line in data.problems())


@pytest.mark.parametrize(
    "name",
    [
        "lu\nton",
        "luton\n",
        "lu\x1b[2Jton",
        "lu\u202eton",
        "lut\u043en",
        "luto\u0301n",
        "lu ton",
        "-luton",
        "lu:ton",
        "lu,ton",
    ],
)
def test_a_name_that_would_not_be_read_as_it_is(data: Folder, name: str) -> None:
    (data / f"standards/{name}.yml").write_text("name: x\n", encoding="utf-8")
    (line,) = data.problems()
    assert line.isprintable()
    assert ":1:1: found the file name “" in line


def test_a_name_that_is_no_text(data: Folder) -> None:
    Path(os.fsdecode(os.fsencode(data / "standards") + b"/lut\xff\xfen.yml")).write_text("name: x\n", encoding="utf-8")
    (line,) = data.problems()
    assert line.encode("utf-8")


def test_what_is_no_file_is_not_waited_for(data: Folder) -> None:
    (data / "trusts/luton/2009.yml").unlink()
    os.mkfifo(data / "trusts/luton/2009.yml")
    (line,) = data.problems()
    assert line.startswith("data/trusts/luton/2009.yml:1:1: found something that is no file; expected a file; ")


@pytest.mark.parametrize(
    "name", ["trusts", "surveys/2009", "trusts/luton/2009.yml", "region.yml", "surveys/2009/answers.csv"]
)
@pytest.mark.parametrize("target", ["/etc/passwd", "/etc", "../../secret", "/dev/zero", "trusts", "nowhere"])
def test_a_link_in_the_place_of_a_part_is_not_followed(data: Folder, name: str, target: str) -> None:
    (data / name).rename(data.path.parent / "moved")
    (data / name).symlink_to(target)
    found = data.problems()
    assert any(line.startswith(f"data/{name}:1:1: found a link to another file") for line in found)
    assert not any("root:" in line for line in found)
