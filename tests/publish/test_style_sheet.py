"""The style sheet that readers fetch is the parts that are edited, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mistakes import ROOT

from macros.publish import style_sheet
from macros.publish.style_sheet import PARTS, SHEET, STYLES


def test_the_style_sheet_is_up_to_date() -> None:
    assert (ROOT / SHEET).read_text(encoding="utf-8") == style_sheet.joined(), "“guide schema” writes it again"


def test_every_part_is_in_it_once() -> None:
    assert sorted(PARTS) == sorted(path.stem for path in STYLES.iterdir())


@pytest.mark.parametrize("name", PARTS)
def test_a_part_stands_alone(name: str) -> None:
    """It says what it dresses, and every bracket that it opens is closed in it, so that parts can change places."""
    text = (STYLES / f"{name}.css").read_text(encoding="utf-8")
    assert re.search(r"^/\* -{10,} \S.* \*/$", text, re.MULTILINE)
    rules = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    assert rules.strip() and rules.count("{") == rules.count("}") and "/*" not in rules


def test_it_is_written_when_a_part_has_changed(tmp_path: Path) -> None:
    sheet = tmp_path / SHEET
    assert style_sheet.write(tmp_path) == (), "a project without one gets none"
    sheet.parent.mkdir(parents=True)
    sheet.write_text("p { color: red; }\n", encoding="utf-8")
    assert style_sheet.write(tmp_path) == (sheet,)
    assert sheet.read_text(encoding="utf-8") == style_sheet.joined()
    assert style_sheet.write(tmp_path) == ()
