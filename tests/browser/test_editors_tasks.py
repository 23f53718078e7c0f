"""What editors set out to do, from the first command to what a reader sees in a real browser."""

from __future__ import annotations

import shutil
from pathlib import Path

import made_up_region
import pytest
import shipped
from playwright.sync_api import Page, expect
from scratch import ROOT, Scratch

from macros import cli
from macros.pages.project import Project
from macros.publish.build import build
from macros.reading.guide import Guide

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def fill(path: Path, words: dict[str, str]) -> None:
    """Write into a file what an editor writes: for each text that stands there, another."""
    text = path.read_text(encoding="utf-8")
    for old, new in words.items():
        assert old in text, f"{path} does not hold {old!r}"
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    """A clone in which an editor works, with all that a build needs."""
    made = Scratch(tmp_path / "clone")
    shutil.copytree(ROOT / "docs/assets", made.root / "docs/assets")
    shutil.copytree(ROOT / "theme", made.root / "theme")
    (made.root / "macros").symlink_to(ROOT / "macros")
    monkeypatch.chdir(made.root)
    return made


def test_desk_research_on_one_question(scratch: Scratch, page: Page, tmp_path: Path) -> None:
    """A wave that asks three Trusts one question stands beside what the first said, each with its date."""
    title = "Desk research of autumn 2026"
    assert cli.run(["new", "wave", "2026", "--title", title, "--date", "autumn 2026"]) == 0
    method = {"To be written.": "We read what the councils had published."}
    fill(scratch.root / "data/waves/2026.yml", method)
    fill(
        scratch.root / "data/sources.yml",
        {"publisher: To be written.": "publisher: The editors", "To be written.": "Pages of three councils."},
    )
    for trust in ("luton", "norfolk", "suffolk"):
        assert cli.run(["new", "profile", trust, "2026", "--parts", "investment"]) == 0
        fill(
            scratch.root / f"data/trusts/{trust}/2026.yml",
            {
                "basis: To be written.": "basis: The council’s page on grants.",
                "narrative: To be written.": "narrative: The council’s page named three grants and no sum.",
            },
        )
    assert cli.run(["check"]) == 0
    site = tmp_path / "site"
    build(Project(scratch.root), site)
    with shipped.serving(site, "/") as address:
        page.goto(f"{address}trusts/luton/")
        expect(page.locator(".ce-glance").get_by_text("As of autumn 2026")).to_be_visible()
        expect(page.locator("h2#investment + p")).to_contain_text("As of autumn 2026")
        page.locator("h2#investment ~ details > summary").first.click()
        expect(page.get_by_text("The council’s page named three grants and no sum.")).to_be_visible()
        page.goto(f"{address}trusts/luton/2026/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("autumn 2026")
        page.goto(f"{address}trusts/essex/")
        expect(page.get_by_text("As of autumn 2026")).to_have_count(0)


def test_a_guide_for_another_region(page: Page, tmp_path: Path, guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    """From nothing to its first profile, which a reader finds."""
    root = made_up_region.begin(tmp_path / "common-ground", guide)
    monkeypatch.chdir(root)
    assert cli.run(["new", "trust", "Alder Vale"]) == 0
    for file in (root / "data/trusts/alder-vale").iterdir():
        fill(file, {"To be written.": "The partnership had not published this."})
    assert cli.run(["check"]) == 0
    site = tmp_path / "site"
    build(Project(root), site)
    with shipped.serving(site, "/") as address:
        page.goto(address)
        page.get_by_role("link", name="Trusts").first.click()
        page.get_by_role("link", name="Alder Vale").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Alder Vale")
        expect(page.get_by_text("The partnership had not published this.").first).to_be_visible()
