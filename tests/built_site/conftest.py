"""The built sites that these tests read. Each engine builds once in a test run, whatever the number of processes."""

from __future__ import annotations

import os
from pathlib import Path

import built_site
import pytest
from built_site import ROOT, Site
from once import made_once

from macros.pages.project import Project
from macros.publish.build import build


@pytest.fixture(scope="session")
def mkdocs_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site as MkDocs builds it, or the one that stands in the folder GUIDE_SITE."""
    return Site(built_site.build_once(tmp_path_factory, "mkdocs"))


@pytest.fixture(scope="session")
def other_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site as Zensical builds it, or the one that stands in the folder GUIDE_SITE_ZENSICAL."""
    return Site(built_site.build_once(tmp_path_factory, "zensical"))


@pytest.fixture(scope="session")
def site(mkdocs_site: Site) -> Site:
    """The site as readers get it. A file of tests that both engines must pass puts `either` in the place of this."""
    return mkdocs_site


@pytest.fixture(params=["mkdocs_site", pytest.param("other_site", marks=pytest.mark.slow)], ids=["mkdocs", "zensical"])
def either(request: pytest.FixtureRequest) -> Site:
    """The site as each engine builds it, one after the other."""
    built: Site = request.getfixturevalue(request.param)
    return built


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site with its editions and papers, or the one that stands in the folder GUIDE_SITE_RELEASED."""
    if ready := os.environ.get("GUIDE_SITE_RELEASED"):
        return Site(Path(ready))

    def make(target: Path) -> None:
        assert build(Project(ROOT), target, editions=True).editions == 2

    return Site(made_once(tmp_path_factory, "site-released", make))


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """A folder for a site of a few pages, which tests plant faults in."""
    folder = tmp_path / "site"
    folder.mkdir()
    return folder
