"""Gathering Trusts by letter: when it begins, what stands together, and the files that it needs."""

from __future__ import annotations

import shutil
from pathlib import Path

from mistakes import ROOT

from macros.derived.trust_groups import MANY, PER_PAGE, groups_of
from macros.editing.new_trust import gather
from macros.pages.site import Site
from macros.pages.site_checks import check
from macros.reading.guide import load


def test_few_trusts_are_not_gathered() -> None:
    assert groups_of(f"t{number}" for number in range(MANY - 1)) == ()


def test_a_letter_with_many_has_several_pages() -> None:
    slugs = [f"a{number:03}" for number in range(PER_PAGE + 1)] + [f"b{number:03}" for number in range(MANY)]
    found = groups_of(slugs)
    assert [one.id for one in found] == ["a", "a-2", "b", "b-2"]
    assert [one.label for one in found] == ["A", "A, part 2", "B", "B, part 2"]
    assert [slug for one in found for slug in one.slugs] == slugs


def test_a_name_that_begins_with_no_letter_is_among_others() -> None:
    found = groups_of([*(f"b{number:03}" for number in range(MANY)), "4children"])
    assert (found[0].id, found[0].label, found[0].slugs) == ("others", "Others", ("4children",))


def test_gathering_makes_the_pages_that_are_missing_and_shortens_the_menu(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("assets"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    assert gather(tmp_path / "data", tmp_path / "docs") == []
    assert "trusts/*.md" in (tmp_path / "docs/.nav.yml").read_text(encoding="utf-8")

    area = (tmp_path / "data/trusts/luton/trust.yml").read_text(encoding="utf-8")
    area = area.replace("tile:\n  column: 0\n  row: 2\n", "")
    with (tmp_path / "data/places.csv").open("a", encoding="utf-8") as places:
        for number in range(MANY - 10):
            folder = tmp_path / f"data/trusts/zed-{number:02}"
            shutil.copytree(tmp_path / "data/trusts/luton", folder)
            own = area.replace("name: Luton\n", f"name: Zed {number:02}\n")
            (folder / "trust.yml").write_text(own, encoding="utf-8")
            places.write(f"Zed {number:02},county,zed-{number:02},,,ours,,,\n")
    guide = load(tmp_path / "data")
    told = [str(problem) for problem in check(Site(guide, tmp_path / "docs"))]
    assert any("all Trusts in the menu" in one for one in told)
    assert any("docs/trusts/a-z/z-2.md" in one and "no such page" in one for one in told)

    made = gather(tmp_path / "data", tmp_path / "docs")
    assert "trusts/a-z/z-2.md" in made
    told = [str(problem) for problem in check(Site(guide, tmp_path / "docs"))]
    assert not [one for one in told if "a-z" in one or "menu" in one]
    assert "trusts/*.md" not in (tmp_path / "docs/.nav.yml").read_text(encoding="utf-8")
    assert "  /trusts/*.md\n" in (tmp_path / "mkdocs.yml").read_text(encoding="utf-8")
    assert gather(tmp_path / "data", tmp_path / "docs") == []
