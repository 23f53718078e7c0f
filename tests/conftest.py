"""What all tests share: the real Guide, loaded once, and copies of the data and the pages that a test may break."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from mistakes import ROOT, Folder, parse_once
from playwright.sync_api import Browser, expect, sync_playwright
from seeds import IS_DRAWN

from macros.pages import site_checks
from macros.pages.site import Site
from macros.reading.guide import Guide, load
from macros.reading.problem import DataProblems, Problem
from macros.reading.reader import RecordCache, read
from macros.reading.yaml_file import Tree

# A run is red only for a change: what is drawn by chance is the same each time, unless GUIDE_SEED is set.
settings.register_profile("fixed", derandomize=True, database=None)
settings.register_profile("drawn", database=None)
settings.load_profile("drawn" if IS_DRAWN else "fixed")

# Most of what a process of the tests holds stays to its end, and each collection of garbage looks at all of it.
gc.set_threshold(100_000, 50, 100)

PATIENCE = 30_000
"""Milliseconds that a browser has for what a test waits for, on a machine that has much else to do."""
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that build and serve whole sites: at the end, no process waits long for another."""
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let no test write into the cache folder of whoever runs it, or believe what is there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _parsed_once() -> Iterator[None]:
    """Parse the guide's own files once in each process, however many tests read a copy of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Tree, "parse", parse_once)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium or Chrome: one for all tests of a process, as Playwright allows no second."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.fail("there is no Chromium here: `make test` installs it or says how")
    with sync_playwright() as playwright:
        # Pages of one context share a process that is warm: to start one costs more than most tests do.
        warm = ("--process-per-site", "--renderer-process-limit=1", "--disable-features=SpareRendererForSitePerProcess")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", *warm])
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
            site.draw(page.url, call)
    return site


@pytest.fixture(scope="session")
def rendered(site: Site) -> dict[str, str]:
    """Every page as Markdown with its macros drawn: `trusts/luton.md` → text."""
    return dict(site.rendered())


@pytest.fixture(scope="session")
def sound() -> RecordCache:
    """What each file of the real data gives. As while a site is served, what has not changed is not read again."""
    kept: RecordCache = {}
    read(ROOT / "data", kept)
    return kept


@pytest.fixture
def data(tmp_path: Path, sound: RecordCache) -> Folder:
    """A copy of `data/`."""
    path = tmp_path / "data"
    shutil.copytree(ROOT / "data", path)

    def check() -> Iterable[Problem]:
        try:
            load(path, {**sound})
        except DataProblems as problems:
            return problems.problems
        return ()

    return Folder(path, check)


@pytest.fixture
def docs(tmp_path: Path, guide: Guide, site: Site) -> Folder:
    """A copy of the pages in `docs/`, checked against the real Guide. What has been drawn before is not drawn again."""
    path = tmp_path / "docs"
    shutil.copytree(ROOT / "docs", path, ignore=lambda _, names: [one for one in names if one == "assets"])
    return Folder(path, lambda: site_checks.check(Site(guide, path, _drawn=dict(site._drawn))))
