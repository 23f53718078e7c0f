"""A region of 150 Trusts, or as many as GUIDE_SCALE says: it builds, exports, searches, and its pages stay light.

`GUIDE_SCALE=1000 pytest tests/built_site/test_scale.py` is the whole test, which takes minutes. What is measured is
printed with `-s`.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import jsonschema
import pytest
import shipped
from asking import asker
from built_site import BASE, ROOT, Site, text
from page_weight import BEYOND_CACHE, Weights
from playwright.sync_api import Browser, Page, expect

from macros.derived.trust_groups import MANY, PER_PAGE, groups_of
from macros.publish.search_shards import FIRST_FILE

sys.path.append(str(ROOT / "benchmarks"))
import region as maker

pytestmark = pytest.mark.slow

SIZE = int(os.environ.get("GUIDE_SCALE", "150"))
MEMORY = 4_000_000_000
"""Bytes that the whole work may take."""
WORSE = 1.2
"""How much heavier a page may be than with ten Trusts, at 150."""
LISTS = (
    *("trusts/", "trusts/gaps/", "trusts/compare/", "trusts/compare/all/", "timetable/", "evidence/sources/"),
    *(f"trusts/compare/{topic}/" for topic in ("voice", "seats", "training", "next")),
)
AXE = ROOT / "tests/browser/node_modules/axe-core/axe.min.js"


class Region(NamedTuple):
    """A made-up region, and its site."""

    project: Path
    site: Site
    slugs: tuple[str, ...]
    memory: int
    """Bytes that the build took at most."""


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Region:
    project = tmp_path_factory.mktemp("scale") / "region"
    maker.make_region(project, SIZE)
    command = [sys.executable, "-m", "macros", "build", "--site-dir", str(project / "site")]
    environment = {**os.environ, "PYTHONPATH": str(project)}
    said = tmp_path_factory.mktemp("said") / "build.log"
    with said.open("w") as log:
        run = subprocess.Popen(command, cwd=project, env=environment, stdout=log, stderr=log)
        _, status, used = os.wait4(run.pid, 0)  # of this process: other tests of this worker have had theirs
        run.returncode = os.waitstatus_to_exitcode(status)
    assert run.returncode == 0, said.read_text(encoding="utf-8")[-8000:]
    slugs = tuple(sorted(path.name for path in (project / "data/trusts").iterdir()))
    return Region(project, Site(project / "site"), slugs, used.ru_maxrss * 1024)


def test_the_region_is_built_within_the_memory_allowed(region: Region) -> None:
    assert len(region.slugs) == SIZE
    assert {f"trusts/{slug}/" for slug in region.slugs} <= region.site.pages.keys()
    print(f"\n{SIZE:,} Trusts, {len(region.site.pages):,} pages, at most {region.memory / 1e6:,.0f} MB in use")
    assert region.memory < MEMORY


def test_every_trust_stands_with_its_letter(region: Region) -> None:
    together = groups_of(region.slugs)
    assert [slug for one in together for slug in one.slugs] == [*region.slugs]
    for one in together:
        page = region.site[f"trusts/a-z/{one.id}/"]
        assert len(one.slugs) <= PER_PAGE
        assert {f"trusts/{slug}/" for slug in one.slugs} <= {link.partition("#")[0] for link in page.links()}
        assert [row["data-ce-trust"] for row in page.article.select("#voice-caption ~ tbody tr")] == [*one.slugs]


def test_lists_lead_to_every_letter(region: Region) -> None:
    wanted = {f"trusts/a-z/{one.id}/" for one in groups_of(region.slugs)}
    for url in ("trusts/", "trusts/gaps/", "trusts/compare/voice/", "trusts/compare/all/", "timetable/"):
        assert wanted <= {link.partition("#")[0] for link in region.site[url].links()}, url


def test_links_of_lists_and_letters_lead_somewhere(region: Region) -> None:
    lost = []
    for url in [*LISTS, *(url for url in region.site.pages if url.startswith("trusts/a-z/"))]:
        for link in dict.fromkeys(region.site[url].links()):
            page, _, anchor = link.partition("#")
            known = region.site.pages.get(page)
            if "//" in link or link.startswith("mailto:") or page in region.site.files:
                continue
            if known is None or (anchor and anchor not in known.ids):
                lost.append((url, link))
    assert lost == []


def test_the_menu_does_not_list_the_trusts(region: Region) -> None:
    for url in ("trusts/", f"trusts/{region.slugs[-1]}/", "trusts/a-z/a/"):
        menu = region.site[url].soup.select(".ce-nav a")
        assert 5 < len(menu) < MANY, url
        assert text(region.site[url].soup.select_one(".ce-nav__item--open a")) == "Trusts"


def test_downloads_have_every_trust_and_keep_their_schemas(region: Region) -> None:
    data = region.site.folder / "data"
    one_trust = json.loads((data / "schema/trust.download.schema.json").read_text(encoding="utf-8"))
    assert len(list((data / "trusts").glob("*.json"))) == SIZE
    with (data / "trusts.csv").open(encoding="utf-8-sig", newline="") as file:
        assert sorted(row["slug"] for row in csv.DictReader(file)) == [*region.slugs]
    validator = jsonschema.Draft202012Validator(one_trust)
    for slug in region.slugs[:: max(1, SIZE // 50)]:
        validator.validate(json.loads((data / f"trusts/{slug}.json").read_text(encoding="utf-8")))
    whole = (data / "trusts.json").read_text(encoding="utf-8")
    assert all(f'"slug": "{slug}"' in whole for slug in region.slugs)
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    sizes = {one["path"]: one["bytes"] for one in package["resources"]}
    assert all((data / path).stat().st_size == size for path, size in sizes.items())


def test_search_finds_a_made_up_trust_by_its_name(region: Region) -> None:
    ask = asker(region.site.folder)
    for slug in region.slugs[:: max(1, SIZE // 12)]:
        name = text(region.site[f"trusts/{slug}/"].soup.select_one("h1"))
        (named, trained) = ask([name, f"{name} training"])
        assert named.results[0].url == f"trusts/{slug}/", name
        # Of a thousand made-up names, many have the same first word: “Hartham South” begins like “Hartham”.
        assert f"trusts/{slug}/" in [one.url for one in trained.results[:3]], name


def test_a_search_fetches_little_more_than_with_ten_trusts(region: Region, site: Site) -> None:
    first = (FIRST_FILE, "search/spelling.js")
    before, now = ([Weights(one).size(name) for name in first] for one in (site, region.site))
    if SIZE <= 150:
        assert all(new < WORSE * old for old, new in zip(before, now, strict=True)), (before, now)


def test_pages_weigh_little_more_than_with_ten_trusts(region: Region, site: Site) -> None:
    before, now = Weights(site), Weights(region.site)
    heavier = {
        url: round(now.first_view(page) / before.first_view(site[url]), 2)
        for url, page in region.site.pages.items()
        if url in site.pages
    }
    heaviest = max(heavier, key=lambda url: heavier[url])
    print(f"\nheaviest against ten Trusts: {heaviest}, {heavier[heaviest]}")
    if SIZE <= 150:
        assert {url: by for url, by in heavier.items() if by > WORSE} == {}
    lists = [*LISTS, *(url for url in region.site.pages if url.startswith("trusts/a-z/"))]
    assert {url: now.size(f"{url}index.html") for url in lists if now.size(f"{url}index.html") > BEYOND_CACHE} == {}


# --- in a browser -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(region: Region, browser: Browser) -> Iterator[Page]:
    with (
        shipped.serving(region.site.folder, urlsplit(BASE).path or "/") as address,
        closing(browser.new_page(base_url=address, reduced_motion="reduce")) as page,
    ):
        yield page


@pytest.mark.browser
def test_trusts_of_any_letters_stand_side_by_side(page: Page, region: Region) -> None:
    chosen = [region.slugs[0], region.slugs[SIZE // 2], region.slugs[-1]]
    names = [text(region.site[f"trusts/{slug}/"].soup.select_one("h1")) for slug in chosen]
    page.goto(f"trusts/compare/voice/?trusts={','.join(chosen)}")
    heads = page.locator(".ce-side thead th")
    expect(heads).to_have_text(["Question", *names])
    expect(page.get_by_role("link", name=f"Profile of {names[0]}")).to_have_attribute(
        "href", f"{page.url.partition('trusts/')[0]}trusts/{chosen[0]}/"
    )
    page.get_by_role("button", name="Untick all").click()
    expect(page.locator(".ce-side")).to_have_count(0)
    expect(page.locator("[data-ce-rows]")).to_be_visible()


@pytest.mark.browser
def test_a_reader_is_told_when_rows_cannot_be_fetched(page: Page, region: Region) -> None:
    page.route("**/trusts/a-z/**", lambda route: route.abort())
    page.goto(f"trusts/compare/voice/?trusts={region.slugs[0]},{region.slugs[-1]}")
    expect(page.locator(".ce-said")).to_contain_text("could not be fetched")
    expect(page.locator("[data-ce-rows]")).to_be_visible()
    page.unroute("**/trusts/a-z/**")


@pytest.mark.browser
def test_search_looks_in_what_profiles_say(page: Page, region: Region) -> None:
    page.goto(f"search/#q={region.slugs[-1]} training")
    expect(page.locator(".ce-found").first.get_by_role("link", name="Training and awareness")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("url", ["trusts/", "trusts/gaps/", "timetable/", "trusts/compare/voice/", "trusts/a-z/b/"])
def test_axe_finds_nothing(page: Page, url: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe is not installed: `make test` installs it")
    page.goto(url)
    for width, scheme in ((1280, "light"), (360, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, { rules: { 'target-size': { enabled: true } } })")["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"][:3]]) for one in found] == []
