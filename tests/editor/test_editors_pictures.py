"""The picture of a check, and what the page for editors says of it, are what the check says today."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from pictures import LUTON, PICTURES, ROOT, SAID, broken
from PIL import Image

from macros.reading.guide import load
from macros.reading.problem import DataProblems

REMEDY = "run “.venv/bin/python tests/editor/pictures.py”"


def problems(tmp_path: Path) -> tuple[str, ...]:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    file = tmp_path / LUTON
    file.write_text(broken(file.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(DataProblems) as found:
        load(tmp_path / "data")
    return tuple(str(one) for one in found.value.problems if one.file == LUTON)


def test_the_picture_and_its_words_are_those_of_today(tmp_path: Path) -> None:
    told = problems(tmp_path)
    lines = [re.match(rf"{LUTON}:(\d+):", one)[1] for one in told]  # type: ignore[index]
    assert len(lines) == 2
    with Image.open(PICTURES / "check.png") as picture:
        picture.load()
        kept = str(picture.text.get(SAID, ""))  # type: ignore[attr-defined]
    shown = [line for line in kept.splitlines() if line.startswith(LUTON)]
    assert shown == [*told], f"check.png shows another check: {REMEDY}"
    page = (ROOT / "docs/editors.md").read_text(encoding="utf-8")
    (words,) = re.findall(r"!\[([^\]]*)\]\(assets/images/editors/check\.png\)", page)
    assert re.findall(r"[Ii]n line (\d+)", words) == lines, f"docs/editors.md: check.png has the lines {lines}"
