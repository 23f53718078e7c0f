"""Both engines give one site: the same addresses, words, titles, links and downloads."""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any

import pytest
import yaml
from built_site import ROOT, Page, Site, text

pytestmark = pytest.mark.slow

LISTED: dict[str, Any] = yaml.safe_load((ROOT / "tests/differences.yml").read_text(encoding="utf-8"))
DIFFERENT: dict[str, str] = LISTED["pages"]
"""Pages whose article may differ, each with the reason."""


def differing(site: Site, other: Site, told: Callable[[Page], object]) -> list[str]:
    """Return the pages for which `told` says different things, with where the two part."""
    found = []
    for url in sorted(site.pages.keys() & other.pages.keys() - DIFFERENT.keys()):
        one, two = told(site[url]), told(other[url])
        if one != two:
            found.append(f"/{url}: {_part(one, two)}")
    return found


def _part(one: object, two: object) -> str:
    if isinstance(one, str) and isinstance(two, str):
        start = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
        return f"MkDocs “{one[max(0, start - 40) : start + 60]}”, Zensical “{two[max(0, start - 40) : start + 60]}”"
    if isinstance(one, list) and isinstance(two, list):
        return (
            f"MkDocs {[item for item in one if item not in two]}, Zensical {[item for item in two if item not in one]}"
        )
    return f"MkDocs {one!r}, Zensical {two!r}"


def test_same_addresses(site: Site, other_site: Site) -> None:
    assert len(site.pages) > 100
    assert site.pages.keys() == other_site.pages.keys()


def test_same_words(site: Site, other_site: Site) -> None:
    assert differing(site, other_site, lambda page: text(page.article)) == []


def test_same_headings_and_anchors(site: Site, other_site: Site) -> None:
    assert differing(site, other_site, headings) == []


def headings(page: Page) -> list[tuple[str, str, str]]:
    return [(one.name, str(one.get("id")), text(one)) for one in page.article.select("h1, h2, h3, h4, h5, h6")]


def test_same_titles_and_descriptions(site: Site, other_site: Site) -> None:
    assert differing(site, other_site, lambda page: (page.title, page.description)) == []


def test_same_links_from_the_article(site: Site, other_site: Site) -> None:
    assert differing(site, other_site, Page.links) == []


def test_same_facts_for_scripts(site: Site, other_site: Site) -> None:
    """An engine rewrites links, but not those that only a script follows."""
    assert differing(site, other_site, for_scripts) == []


def for_scripts(page: Page) -> list[tuple[str, str]]:
    parts = page.article.find_all(True)
    return [(name, str(value)) for one in parts for name, value in one.attrs.items() if name.startswith("data-")]


def test_same_menus(site: Site, other_site: Site) -> None:
    assert differing(site, other_site, menus) == []


def menus(page: Page) -> list[tuple[str, str]]:
    return [
        (page.resolve(str(one["href"])), text(one)) for one in page.soup.select(".ce-tabs a, .ce-nav a, .ce-pager a")
    ]


def test_same_downloads(site: Site, other_site: Site) -> None:
    assert site.downloads == other_site.downloads
    different = [
        name for name in site.downloads if (site.folder / name).read_bytes() != (other_site.folder / name).read_bytes()
    ]
    assert different == []


def test_same_pictures_scripts_and_styles_of_ours(site: Site, other_site: Site) -> None:
    ours = {name for name in site.files if name.startswith("assets/") and name in other_site.files}
    assert {"assets/stylesheets/guide.css", "assets/javascripts/guide.js", "assets/images/logo.svg"} <= ours
    for name in ours:
        assert (site.folder / name).read_bytes() == (other_site.folder / name).read_bytes(), name


def test_every_difference_that_is_allowed_is_there(site: Site, other_site: Site) -> None:
    for url in DIFFERENT:
        assert text(site[url].article) != text(other_site[url].article), f"{url} is the same: take it off the list"


def test_each_has_the_files_of_the_other_but_those_listed(site: Site, other_site: Site) -> None:
    for name, only in (("mkdocs", site.files - other_site.files), ("zensical", other_site.files - site.files)):
        patterns = LISTED["files"][name]
        assert sorted(file for file in only if not any(fnmatchcase(file, one) for one in patterns)) == []
        assert [one for one in patterns if not any(fnmatchcase(file, one) for file in only)] == [], "no longer true"


def test_every_test_of_the_site_that_tries_one_engine_is_listed() -> None:
    """A file of tests tries both if it asks for either site, for the other one, or for each engine in turn."""
    both = re.compile(r"\b(either|other_site): |ENGINES|\"zensical\"")
    files = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/built_site").glob("test_*.py"))}
    alone = {f"site/{path.name}" for path, code in files.items() if not both.search(code)}
    assert alone == LISTED["mkdocs_only"].keys()
    assert all(LISTED["mkdocs_only"].values())
