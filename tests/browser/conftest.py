"""What browser tests share: the site, built once and served with the headers that it ships, and a real Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import built_site
import later_survey
import pytest
import shipped
from axe import SCRIPT, Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site: that of the variable GUIDE_SITE, or a new one that all test processes share."""
    return built_site.build_once(tmp_path_factory, "mkdocs")


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the served site, with a slash at its end."""
    with shipped.serving(site, urlsplit(built_site.BASE).path or "/") as address:
        yield address


@pytest.fixture(scope="session")
def other_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same of the site as Zensical builds it."""
    folder = built_site.build_once(tmp_path_factory, "zensical")
    with shipped.serving(folder, urlsplit(built_site.BASE).path or "/") as address:
        yield address


@pytest.fixture(scope="session")
def asked_again(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with a survey that was asked again, made up."""
    with shipped.serving(later_survey.build_once(tmp_path_factory), "/") as address:
        yield address


@pytest.fixture(scope="session")
def on_paper(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of its questionnaire for paper: a file by itself, which somebody opens on a computer and prints."""
    return (later_survey.build_once(tmp_path_factory) / later_survey.PAPER).as_uri()


@pytest.fixture
def new_context(browser: Browser, address: str) -> Iterator[Callable[..., BrowserContext]]:
    """Makes separate browsers: `new_context(color_scheme="dark")`. All are closed after the test."""
    made: list[BrowserContext] = []

    def new(**options: Any) -> BrowserContext:
        made.append(browser.new_context(base_url=address, locale="en-GB", **options))
        return made[-1]

    yield new
    for context in made:
        context.close()


class Kept:
    """A separate browser that is lent to one test after the other, each of which finds nothing in it."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self._anchor = context.new_page()  # while a page of the site is open, its process stays
        self._anchor.goto("robots.txt")

    def clear(self) -> None:
        """Close what a test has opened, and forget what the site has stored. Raises Error if the browser is lost."""
        for page in self.context.pages:
            if page != self._anchor:
                page.close()
        self.context.clear_cookies()
        self._anchor.evaluate("localStorage.clear()")
        assert self._anchor.evaluate("indexedDB.databases()") == [], "the site stores more than is cleared here"


@pytest.fixture(scope="session")
def spare_contexts() -> Iterator[dict[str, list[Kept]]]:
    """The browsers that are free to be lent, by their settings."""
    free: dict[str, list[Kept]] = {}
    yield free
    for one in (one for some in free.values() for one in some):
        one.context.close()


@pytest.fixture
def kept_context(
    browser: Browser, address: str, spare_contexts: dict[str, list[Kept]]
) -> Iterator[Callable[..., BrowserContext]]:
    """Lends separate browsers, in a fraction of the time that `new_context` takes, with the same settings.

    Whatever a test does to a page goes with the page. What it does to the context itself, such as scripts of its own or
    permissions, would stay: such a test takes `new_context`.
    """
    lent: list[tuple[str, Kept]] = []

    def lend(**options: Any) -> BrowserContext:
        name = repr(sorted(options.items()))
        free = spare_contexts.setdefault(name, [])
        one = free.pop() if free else Kept(browser.new_context(base_url=address, locale="en-GB", **options))
        lent.append((name, one))
        return one.context

    yield lend
    for name, one in lent:
        try:
            one.clear()
            spare_contexts[name].append(one)
        except Error:  # it has crashed, or a test has closed it: the next test gets a new one
            one.context.close()


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What pages complained of: errors of scripts and breaches of the policy. A test with any fails."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def open_page(faults: list[str]) -> Callable[[BrowserContext], Page]:
    """Opens a page in a browser, and listens to what it complains of."""

    def new(context: BrowserContext) -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        return page

    return new


@pytest.fixture
def page(kept_context: Callable[..., BrowserContext], open_page: Callable[[BrowserContext], Page]) -> Page:
    """A page in a browser of its own, 1280 wide, with the site's address as the base of its own."""
    return open_page(kept_context(viewport={"width": 1280, "height": 900}))


@pytest.fixture(scope="session")
def axe() -> Axe:
    if not SCRIPT.is_file():
        pytest.skip("axe is not installed: `make test` installs it")
    return Axe(SCRIPT.read_text(encoding="utf-8"))
