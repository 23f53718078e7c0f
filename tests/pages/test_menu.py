"""The menu and the pages fit each other, and an editor is told before a build stops."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from mistakes import ROOT

from macros.pages import menu
from macros.pages.source_page import read_pages

ORDER, SETTINGS = "docs/.nav.yml", "mkdocs.yml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The order of pages and the settings of the real guide."""
    (tmp_path / "docs").mkdir()
    for name in (ORDER, SETTINGS):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


PAGES = [page.path for page in read_pages(ROOT / "docs")]


def told(project: Path, *more: str, without: str = "") -> list[str]:
    pages = [page for page in (*PAGES, *more) if page != without]
    return [str(problem) for problem in menu.check(project / "docs", pages)]


def change(project: Path, name: str, old: str, new: str) -> None:
    text = (project / name).read_text(encoding="utf-8")
    assert old in text
    (project / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_page_of_the_guide_is_in_the_menu_or_left_out_on_purpose(project: Path) -> None:
    assert told(project) == []


def test_a_page_that_is_not_in_the_menu_is_told_of_with_the_line_that_it_needs(project: Path) -> None:
    (line,) = told(project, "about/thanks.md")
    assert line == (
        "docs/about/thanks.md:1:1: found a page that is not in the menu; expected its line in docs/.nav.yml; "
        "add “about/thanks.md” there, or add “/about/thanks.md” to “not_in_nav” in mkdocs.yml "
        "if no menu should lead to it"
    )
    change(project, ORDER, "  - Home: index.md\n", "  - Home: index.md\n  - about/thanks.md\n")
    assert told(project, "about/thanks.md") == []


def test_a_page_may_be_left_out_on_purpose(project: Path) -> None:
    assert told(project, "thanks/us.md")
    change(project, SETTINGS, "not_in_nav: |\n", "not_in_nav: |\n  /thanks/\n")
    assert told(project, "thanks/us.md", "thanks/them.md") == []
    assert told(project, "about/thanks/us.md"), "the pattern is of a folder at the top"


def test_a_star_stands_for_the_pages_of_one_folder(project: Path) -> None:
    assert told(project, "gershon/new.md", "trusts/new.md") == []
    assert len(told(project, "gershon/more/new.md")) == 1


def test_a_line_of_the_menu_without_a_page_is_told_of_at_its_place(project: Path) -> None:
    change(project, ORDER, "vcs.md", "vsc.md")
    text = (project / ORDER).read_text(encoding="utf-8").splitlines()
    line = next(number for number, one in enumerate(text, 1) if "vsc.md" in one)
    column = text[line - 1].index("vsc.md") + 1
    here, missing = told(project)
    assert here == (
        f"docs/.nav.yml:{line}:{column}: found “vsc.md”; expected the file of a page; did you mean “vcs.md”?"
    )
    assert missing.startswith("docs/vcs.md:1:1: found a page that is not in the menu")


def test_without_readable_settings_or_order_there_is_nothing_to_compare(project: Path) -> None:
    (project / SETTINGS).write_text("site_name: [", encoding="utf-8")
    assert told(project, "new.md") == []
    shutil.copy(ROOT / SETTINGS, project / SETTINGS)
    (project / ORDER).write_text("nav: [", encoding="utf-8")
    assert told(project, "new.md") == []
