"""The built site, and a way to ask its search."""

from __future__ import annotations

import built_site
import pytest
from asking import Ask, asker
from built_site import Site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site as MkDocs builds it, or the one that stands in the folder GUIDE_SITE."""
    return Site(built_site.build_once(tmp_path_factory, "mkdocs"))


@pytest.fixture(scope="session")
def ask(site: Site) -> Ask:
    return asker(site.folder)
