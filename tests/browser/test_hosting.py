"""The security policy in a real browser: both engines, on hosts that send it and on others. Nothing breaks it.

Every other browser test serves the site of MkDocs with the headers that it ships, and fails at the first breach.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import built_site
import pytest
import shipped
from built_site import Site
from kinds import KINDS
from playwright.sync_api import Browser, BrowserContext, Page, expect

from macros.derived import http_headers

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BELOW = urlsplit(built_site.BASE).path or "/"
HOSTS = {"zensical, with headers": ("zensical", False), "mkdocs, pages alone": ("mkdocs", True)}
"""An engine, and whether the host is silent."""


@pytest.fixture(scope="module", params=HOSTS)
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """A built site and the address where it is served."""
    engine, silent = HOSTS[request.param]
    folder = built_site.build_once(tmp_path_factory, engine)  # type: ignore[arg-type]
    with shipped.serving(folder, BELOW, silent=silent) as address:
        yield Site(folder), address


@pytest.fixture
def page(
    browser: Browser, host: tuple[Site, str], open_page: Callable[[BrowserContext], Page], faults: list[str]
) -> Iterator[Page]:
    """A page of such a host. A breach of the policy that a browser only notes fails the test too."""
    context = browser.new_context(base_url=host[1], locale="en-GB", viewport={"width": 1280, "height": 900})
    page = open_page(context)
    page.on("console", lambda one: faults.append(one.text) if "Policy" in one.text else None)
    yield page
    context.close()


def test_every_page_keeps_to_the_policy(page: Page, host: tuple[Site, str]) -> None:
    """One page of each kind where other tests visit all pages with the same scripts and styles."""
    site, _ = host
    engine_is_visited_elsewhere = (site.folder / "sitemap.xml.gz").is_file()
    urls = [*KINDS, "404.html"] if engine_is_visited_elsewhere else [*site.pages]
    for url in urls:
        page.goto(url, wait_until="load")
    assert len(urls) > 25


def test_search_works(page: Page) -> None:
    page.goto("")
    page.locator("[data-ce-search=open]").click()
    page.get_by_role("searchbox", name="Search this guide").press_sequentially("needs assessment")
    expect(page.locator(".ce-found").first).to_be_visible()


def test_colours_are_chosen(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("about/")
    page.get_by_role("button", name="Change to light").press("Enter")
    page.get_by_role("button", name="Change to dark").press("Enter")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_parts_of_pages_work(page: Page) -> None:
    page.goto("trusts/")
    page.get_by_role("combobox", name="Type a town").press_sequentially("har")
    expect(page.get_by_role("listbox", name="Type a town").get_by_role("option").first).to_be_visible()

    page.goto("standards/")
    page.locator("[data-ce-filter] select").first.select_option(index=1)
    expect(page.locator(".ce-filter__status")).to_contain_text(re.compile(r"\d+ of \d+ standards"))

    page.goto("trusts/compare/training/?trusts=essex,norfolk")
    expect(page.locator(".ce-chooser input:checked")).to_have_count(2)

    page.goto("self-assessment/")
    page.locator("#answer-st-1-2").check()
    expect(page.locator("#assess-end")).to_be_visible()

    page.goto("standards/na-1/")
    page.get_by_role("button", name="Copy the question").click()
    expect(page.locator(".ce-copy .ce-said")).to_have_text(re.compile("Copied|Selected"))


def test_the_form_for_corrections_works(page: Page) -> None:
    page.goto("edit/")
    page.get_by_label("Which Trust?").select_option("luton")
    expect(page.locator("#correct-loaded")).to_have_text("The profile of Luton is loaded.")
    page.locator("details[data-field=context] > summary").click()
    expect(page.locator("details[data-field=context] textarea").first).to_be_visible()


def test_paper_keeps_to_the_policy(page: Page) -> None:
    page.goto("tools/core/")
    page.emulate_media(media="print")
    assert len(page.pdf()) > 10_000


def test_the_menu_opens_on_a_narrow_screen(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("")
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("navigation", name="Pages")).to_be_visible()


# --- and a breach is seen -----------------------------------------------------------------------------------------

PLANTED = {
    "<script>document.title = 'ran'</script>": "script",
    "<p onclick=\"document.title = 'ran'\" id='planted'>x</p>": "script",
    "<p style='color: red'>x</p>": "style",
    "<style>p { color: red }</style>": "style",
    "<img src='https://elsewhere.example/x.png' alt=''>": "img|image",
    "<iframe src='https://elsewhere.example/'></iframe>": "fram",
    "<base href='https://elsewhere.example/'>": "base",
}


@pytest.mark.parametrize("silent", [False, True])
def test_what_is_planted_is_refused(browser: Browser, site: Path, silent: bool) -> None:
    html = (site / "about/index.html").read_text(encoding="utf-8")
    with shipped.serving(site, BELOW, silent=silent) as address:
        page = browser.new_page()
        told: list[str] = []
        page.on("console", lambda one: told.append(one.text) if one.type == "error" else None)
        said = {} if silent else {"Content-Security-Policy": http_headers.POLICY}
        planted: dict[str, str] = {}
        page.route(
            "**/planted/",
            lambda route: route.fulfill(body=planted["body"], content_type="text/html", headers=said),
        )
        for markup, kind in PLANTED.items():
            body = html.replace("</article>", f"{markup}</article>", 1)
            assert body != html
            planted["body"] = body
            told.clear()
            page.goto(f"{address}planted/")
            if "planted" in markup:
                page.locator("#planted").click()
            for _ in range(100):  # a browser tells when it has a moment
                if any(re.search(kind, one) and "Security" in one for one in told):
                    break
                page.wait_for_timeout(50)
            else:
                pytest.fail(f"{markup} was not refused, or the browser told only this: {told}")
            assert page.title() != "ran"
        page.close()
