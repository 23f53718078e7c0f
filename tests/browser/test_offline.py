"""The offline edition, unpacked and opened from the file system in a real Chromium: no server, no network, no error."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import BrowserContext, Page, expect

from macros.pages.source_page import read_pages
from macros.publish.editions.edition import DISTRIBUTION, Edition
from macros.publish.editions.offline import make_zip

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
PAGES = [f"{page.url}index.html" for page in read_pages(ROOT / "docs")]


@pytest.fixture(scope="module")
def folder(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition, unpacked into a folder whose name has a space in it, as folders of people do."""
    target = tmp_path_factory.mktemp("offline") / "My documents"
    with zipfile.ZipFile(io.BytesIO(make_zip(site, Edition.of(ROOT)))) as archive:
        archive.extractall(target)
    return target / DISTRIBUTION


@pytest.fixture
def asked() -> list[str]:
    """Every address that a page asked for."""
    return []


@pytest.fixture
def page(
    new_context: Callable[..., BrowserContext], open_page: Callable[[BrowserContext], Page], asked: list[str]
) -> Iterator[Page]:
    """A page that hears of what was asked for; a failed request, like an error, fails the test."""
    page = open_page(new_context(viewport={"width": 1280, "height": 900}, offline=True))
    failed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    # A page that is left before its icon has come gives up on it.
    page.on("requestfailed", lambda one: failed.append(one.url) if one.failure != "net::ERR_ABORTED" else None)
    yield page
    assert failed == []
    assert {urlsplit(one).scheme for one in asked} <= {"file", "data", "blob"}


def test_every_page_opens_without_a_fault(page: Page, folder: Path) -> None:
    assert len(PAGES) > 100
    for name in PAGES:
        page.goto((folder / name).as_uri(), wait_until="load")
        expect(page.locator("main h1").first).to_be_visible()


def test_every_link_leads_to_a_file_and_to_a_place_in_it(folder: Path) -> None:
    soups = {file: BeautifulSoup(file.read_bytes(), "lxml") for file in folder.rglob("*.html")}
    ids = {file: {str(one["id"]) for one in soup.select("[id]")} for file, soup in soups.items()}
    leads_on = {file for file, soup in soups.items() if soup.select_one("meta[http-equiv=refresh]")}
    assert {file.relative_to(folder).as_posix() for file in {*soups} - leads_on} == set(PAGES)
    assert all("index.html" in str(soups[file].select_one("meta[http-equiv=refresh]")) for file in leads_on)
    faults = []
    for file, soup in soups.items():
        for one in soup.select("[href], [src]"):
            link = str(one.get("href", one.get("src")))  # an empty one leads to the page itself
            if urlsplit(link).scheme in {"mailto", "https", "http"}:  # one to follow, or the page’s own on the web
                assert one.name == "a" or one.get("rel") == ["canonical"], one
                continue
            path, anchor = urldefrag(link)
            path = unquote(path.partition("?")[0])
            target = (file.parent / path).resolve() if path else file
            if path.startswith("/") or not target.is_file():
                faults.append(f"{file.relative_to(folder)}: {link}: no such file")
            elif anchor and target in ids and anchor not in ids[target]:
                faults.append(f"{file.relative_to(folder)}: {link}: no such place")
    assert faults == []


def test_a_reader_gets_about(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("link", name="Look up your Trust").click()
    expect(page).to_have_title(re.compile("^Find your Trust"))
    page.get_by_role("combobox", name="Type a town, a district or a council").press_sequentially("Harlow")
    page.get_by_role("option", name="Harlow").first.click()
    expect(page).to_have_title(re.compile("^Essex"))
    page.get_by_role("link", name="Glossary").last.click()
    expect(page).to_have_title(re.compile("^Glossary"))
    page.locator(".ce-brand").click()
    expect(page.locator(".ce-hero")).to_be_visible()


def test_a_link_made_by_a_script_leads_to_a_page(page: Page, folder: Path) -> None:
    """Such as a result of a search: scripts know addresses as they are on the web."""
    page.goto((folder / "index.html").as_uri())
    page.evaluate(
        "() => { const link = document.createElement('a'); link.href = 'trusts/luton/#needs';"
        " link.textContent = 'made'; document.querySelector('main article').prepend(link) }"
    )
    page.get_by_role("link", name="made").click()
    expect(page).to_have_url(re.compile(r"trusts/luton/index\.html#needs$"))
    expect(page).to_have_title(re.compile("^Luton"))


def test_colours_are_chosen_and_kept(page: Page, folder: Path) -> None:
    page.emulate_media(color_scheme="light")
    page.goto((folder / "about/index.html").as_uri())
    page.get_by_role("button", name="Change to light").press("Enter")
    page.get_by_role("button", name="Change to dark").press("Enter")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.goto((folder / "vcs/index.html").as_uri())
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_standards_are_filtered_and_the_choice_stands_in_the_address(page: Page, folder: Path) -> None:
    page.goto((folder / "standards/index.html").as_uri())
    choice = page.locator("[data-ce-filter] select").first
    expect(choice).to_be_visible()
    choice.select_option(index=1)
    expect(page.locator(".ce-filter__status")).to_contain_text(re.compile(r"\d+ of \d+ standards"))
    expect(page).to_have_url(re.compile(r"\?\w+="))
    page.reload()
    expect(page.locator(".ce-filter__status")).to_contain_text(re.compile(r"\d+ of \d+ standards"))


def test_answers_of_the_self_assessment_are_kept(page: Page, folder: Path) -> None:
    page.goto((folder / "self-assessment/index.html").as_uri())
    expect(page.locator("#assess-end")).to_be_visible()  # its scripts work
    page.locator("#answer-st-1-2").check()
    page.reload()
    expect(page.locator("#answer-st-1-2")).to_be_checked()
    with page.expect_download() as saved:
        page.get_by_role("button", name=re.compile("^Save")).first.click()
    assert "partly" in saved.value.path().read_text(encoding="utf-8")


def test_a_question_is_copied_or_selected(page: Page, folder: Path) -> None:
    page.goto((folder / "standards/na-1/index.html").as_uri())
    page.get_by_role("button", name="Copy the question").click()
    expect(page.locator(".ce-copy .ce-said")).to_have_text(re.compile("Copied|Selected"))
