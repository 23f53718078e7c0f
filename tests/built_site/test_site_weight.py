"""That pages are light: what a first view fetches, and what each page adds to what a browser has kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from built_site import Site
from page_weight import BEYOND_CACHE, FIRST_VIEW, PARTS, Weights


@pytest.fixture(scope="module")
def weights(site: Site) -> Weights:
    return Weights(site)


def test_a_first_view_is_light(weights: Weights, site: Site) -> None:
    heavy = {url: size for url, page in site.pages.items() if (size := weights.first_view(page)) > FIRST_VIEW}
    assert heavy == {}


def test_a_page_adds_little_to_what_is_kept(weights: Weights, site: Site) -> None:
    heavy = {url: size for url, page in site.pages.items() if (size := weights.beyond(page, site[""])) > BEYOND_CACHE}
    assert heavy == {}


def test_what_pages_fetch_is_found(weights: Weights, site: Site) -> None:
    for url, page in site.pages.items():
        files = weights.files(page)
        assert {"assets/stylesheets/guide.css", "assets/javascripts/guide.js", PARTS} <= files, url
        assert files <= site.files, url
    assert "assets/javascripts/self-assessment/joint.js" in weights.files(site["self-assessment/"])
    assert "assets/javascripts/self-assessment.js" not in weights.files(site["about/"])


def test_a_heavy_file_is_found(small_site: Path) -> None:
    style = small_site / "style.css"
    (small_site / "index.html").write_text('<link rel="stylesheet" href="style.css"><img src="a.png"><main></main>')
    style.write_text("body { background: url(b.png) } /* url(c.png) */")
    for name in "abc":
        (small_site / f"{name}.png").write_bytes(bytes(1000))
    weights = Weights(Site(small_site))
    page = weights.site[""]
    assert weights.files(page) == {"style.css", "a.png", "b.png"}
    assert 2000 < weights.first_view(page) < 2500
    assert weights.beyond(page, page) == weights.size("index.html") < 200
