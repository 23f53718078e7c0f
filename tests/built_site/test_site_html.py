"""HTML as html-validate sees it: every built page, by the rules of the standard and of accessibility."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from built_site import ROOT, Site

TOOL = ROOT / "tests/browser/node_modules/html-validate/bin/html-validate.mjs"

EXCEPTIONS: dict[str, object] = {
    # A table that is shown as blocks on a telephone is no longer a table to some browsers: the roles keep it one.
    "no-redundant-role": "off",
    # A box around a wide table scrolls, so it takes the focus and needs a name. It is no section of the text.
    "prefer-native-element": ["error", {"exclude": ["region"]}],
    # No form of the guide sends anything: each answers while it is filled in.
    "wcag/h32": "off",
}
"""Rules that are set otherwise than the tool's own presets have them, each with the reason."""


def faults(tool: Path, folder: Path, config: Path) -> list[str]:
    """Return what is wrong with the pages of a folder: page, line, rule and what the tool says of it."""
    settings = {"root": True, "extends": ["html-validate:standard", "html-validate:a11y"], "rules": EXCEPTIONS}
    config.write_text(json.dumps(settings), encoding="utf-8")
    pages = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    assert pages
    told = config.with_name("told.json")  # it cuts off what it writes to a pipe
    command = ["node", str(tool), "--config", str(config), "--formatter", f"json={told}", *pages]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert told.is_file(), run.stderr
    return [
        f"{Path(page['filePath']).relative_to(folder)}:{one['line']}: {one['ruleId']}: {one['message']}"
        for page in json.loads(told.read_text(encoding="utf-8"))
        for one in page["messages"]
    ]


@pytest.fixture(scope="session")
def tool() -> Path:
    if not TOOL.is_file():
        pytest.skip("html-validate is not installed: `make test` installs it")
    return TOOL


@pytest.fixture
def site(either: Site) -> Site:
    """Both engines' sites pass all of this."""
    return either


def test_every_page_is_valid(site: Site, tool: Path, tmp_path: Path) -> None:
    assert faults(tool, site.folder, tmp_path / "htmlvalidate.json") == []


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ('<input type="checkbox" aria-label="a" autocomplete="off">', "valid-autocomplete"),
        ("<b><div>a</div></b>", "element-permitted-content"),
        ('<div role="navigation">a</div>', "prefer-native-element"),
        ('<img src="a.png">', "wcag/h37"),
        ('<a id="x" id="x" href=".">a</a>', "no-dup-attr"),
    ],
)
def test_a_fault_is_found(tool: Path, tmp_path: Path, markup: str, rule: str) -> None:
    page = tmp_path / "site/index.html"
    page.parent.mkdir()
    page.write_text(
        f'<!doctype html><html lang="en"><head><title>a</title></head><body>{markup}</body></html>', encoding="utf-8"
    )
    found = faults(tool, page.parent, tmp_path / "htmlvalidate.json")
    assert any(f": {rule}: " in fault for fault in found), found
