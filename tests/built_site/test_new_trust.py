"""An eleventh Trust, added from a file: made, filled in, checked and built, it is everywhere that the others are."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from built_site import ROOT

from macros import cli
from macros.editing.new_trust import TO_WRITE
from macros.editing.yaml_edit import YamlEdit, rewritten
from macros.model.trust import Trust

pytestmark = pytest.mark.slow

FILLED_IN_AREA = (
    YamlEdit("set", ("authority",), "Milton Keynes Council"),
    YamlEdit("set", ("tile",), {"column": 9, "row": 4}),
)
FILLED = (
    YamlEdit("set", ("investment", "reporting"), "reported"),
    YamlEdit(
        "add",
        ("investment", "figures"),
        {"amount": 1250000, "kind": "reported", "per": "a year", "scope": "All services of the sector."},
    ),
    YamlEdit(
        "add",
        ("governance", "voices"),
        {"name": "Milton Keynes Forum", "kind": "forum", "speaks": True, "what": "It spoke for the sector."},
    ),
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("data", "docs", "macros", "theme"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_add_an_eleventh_trust_from_a_file(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["new", "trust", "Milton Keynes"]) == 0
    said = capsys.readouterr().out
    assert cli.run(["check"]) == 1
    *left, _ = capsys.readouterr().out.splitlines()
    assert left
    assert all(line.startswith("data/trusts/milton-keynes/") and f"found “{TO_WRITE}”" in line for line in left)
    assert cli.run(["build", "--site-dir", "site"]) == 1
    assert not (project / "site").exists()
    capsys.readouterr()
    assert f"replace each “{TO_WRITE}”" in said
    for name, edits in (("trust.yml", FILLED_IN_AREA), ("2009.yml", FILLED)):
        path = project / "data/trusts/milton-keynes" / name
        comments = [line for line in path.read_text(encoding="utf-8").splitlines() if line.lstrip().startswith("#")]
        text = rewritten(name, path.read_text(encoding="utf-8"), Trust, edits)
        text = text.replace(TO_WRITE, "The report told this in one sentence.")
        path.write_text(text, encoding="utf-8")
        assert set(comments) <= {
            line.replace("The report told this in one sentence.", TO_WRITE) for line in text.splitlines()
        }
    assert cli.run(["check", "--fix"]) == 0, capsys.readouterr().out

    assert cli.run(["build", "--site-dir", "site"]) == 0, capsys.readouterr().err
    site = project / "site"

    def words(page: str) -> str:
        return BeautifulSoup((site / page / "index.html").read_text(encoding="utf-8"), "lxml").get_text(" ", strip=True)

    assert "£1.25 million" in words("trusts/milton-keynes")
    assert "Milton Keynes Forum" in words("trusts/compare/voice")
    assert "£1.25 million" in words("trusts/compare/money")
    trusts = BeautifulSoup((site / "trusts/index.html").read_text(encoding="utf-8"), "lxml")
    assert trusts.select_one('.ce-az a[href="milton-keynes/"]')
    assert trusts.select_one('.ce-map a[href="milton-keynes/"]')
    assert 'value="milton-keynes"' in (site / "edit/index.html").read_text(encoding="utf-8")
    with (site / "data/trusts.csv").open(encoding="utf-8-sig") as file:
        assert "Milton Keynes" in [row["name"] for row in csv.DictReader(file)]
    assert json.loads((site / "data/trusts/milton-keynes.json").read_text(encoding="utf-8"))["authority"] == (
        "Milton Keynes Council"
    )
    sums = (site / "data/investment.csv").read_text(encoding="utf-8")
    assert "1250000" in sums
