"""What all tests share: the real Guide, loaded once, and copies of the data and the pages that a test may break."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from mistakes import ROOT, Folder, parse_once
from playwright.sync_api import Browser, expect, sync_playwright

from macros import pages
from macros.guide import Guide, load
from macros.pages import Site
from macros.problems import DataProblems, Problem
from macros.read import Tree

PATIENCE = 30_000
"""Milliseconds that a browser has for what a test waits for, on a machine that has much else to do."""
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let no test write into the cache folder of whoever runs it, or believe what is there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium or Chrome: one for all tests of a process, as Playwright allows no second."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.fail("there is no Chromium here: `make test` installs it or says how")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def guide() -> Guide:
    return load(ROOT / "data")


@pytest.fixture(scope="session")
def site(guide: Guide) -> Site:
    site = Site(guide, ROOT / "docs")
    for page in site.pages:
        for call in page.calls:
            site._draw(page.url, call)
    return site


@pytest.fixture(scope="session")
def rendered(site: Site) -> dict[str, str]:
    """Every page as Markdown with its macros drawn: `trusts/luton.md` → text."""
    return dict(site.rendered())


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A copy of `data/`."""
    monkeypatch.setattr(Tree, "parse", parse_once)
    path = tmp_path / "data"
    shutil.copytree(ROOT / "data", path)

    def check() -> Iterable[Problem]:
        try:
            load(path)
        except DataProblems as problems:
            return problems.problems
        return ()

    return Folder(path, check)


@pytest.fixture
def docs(tmp_path: Path, guide: Guide, site: Site) -> Folder:
    """A copy of the pages in `docs/`, checked against the real Guide. What has been drawn before is not drawn again."""
    path = tmp_path / "docs"
    shutil.copytree(ROOT / "docs", path, ignore=lambda _, names: [one for one in names if one == "assets"])
    return Folder(path, lambda: pages.check(Site(guide, path, _drawn=dict(site._drawn))))
