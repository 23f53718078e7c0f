"""A site with two waves of evidence, built by either engine: each wave at its address, and found by search."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import second_wave
import small_project

from macros import cli
from macros.reading.guide import Guide


@pytest.fixture
def project(tmp_path: Path, guide: Guide, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(small_project.make(folder, guide))
    second_wave.write_wave_pages(folder, second_wave.lay_over(folder / "data"))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_each_wave_has_its_page_and_its_download(project: Path, engine: str) -> None:
    assert cli.run(["build", "--engine", engine]) == 0
    site = project / "site"
    latest, first, second = (
        (site / "trusts/luton" / name / "index.html").read_text(encoding="utf-8") for name in (".", "2009", "2018")
    )
    assert "The sector had three seats on the Children’s Trust." in latest
    assert re.search(r'href="(\.\./luton/)?2009/#governance"', latest)
    assert 'id="governance"' in first
    assert "Vision4CYP" in first
    assert "Vision4CYP" not in second
    assert "Early Help Board" in second
    leads_on = (site / "trusts/suffolk/2009/index.html").read_text(encoding="utf-8")
    assert 'content="0; url=../"' in leads_on and "<article" not in leads_on
    assert not (site / "trusts/suffolk/2018").exists()
    assert len(json.loads((site / "data/profiles.json").read_text(encoding="utf-8"))) == 8
    texts = "".join(path.read_text(encoding="utf-8") for path in (site / "search/texts").glob("*.js"))
    assert "Early Help Board" in texts


def test_a_profile_without_its_page_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "docs/trusts/luton/2018.md").unlink()
    assert cli.run(["check"]) == 1
    assert "docs/trusts/luton/2018.md" in capsys.readouterr().out
