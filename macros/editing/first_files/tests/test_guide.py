"""The guide as a whole: what is checked is right, it builds with both engines, and its downloads are what they say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENGINES = ("mkdocs", "zensical")


def guide(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "macros", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="session", params=ENGINES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("built") / "site"
    made = guide("build", "--engine", request.param, "--site-dir", str(site))
    assert made.returncode == 0, made.stderr
    return site


def test_data_and_pages_are_right() -> None:
    checked = guide("check", "--fresh", "--prose")
    assert checked.returncode == 0, checked.stderr + checked.stdout


def test_every_trust_has_its_page(built: Path) -> None:
    for area in (ROOT / "data/trusts").glob("*/trust.yml"):
        assert (built / "trusts" / area.parent.name / "index.html").is_file()


def test_search_knows_pages(built: Path) -> None:
    assert any((built / "search").rglob("*.js"))


def test_downloads_are_described(built: Path) -> None:
    package = json.loads((built / "data/datapackage.json").read_text(encoding="utf-8"))
    assert package["resources"]
    for one in package["resources"]:
        paths = [one["path"]] if isinstance(one["path"], str) else one["path"]
        assert all((built / "data" / path).is_file() for path in paths), one["name"]
