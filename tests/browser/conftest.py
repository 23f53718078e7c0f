"""What browser tests share: the site, built once and served with the headers that it ships, and a real Chromium."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import built_site
import pytest
import shipped
from playwright.sync_api import Browser, BrowserContext, Page

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


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
def page(new_context: Callable[..., BrowserContext], open_page: Callable[[BrowserContext], Page]) -> Page:
    """A page in a browser of its own, 1280 wide, with the site's address as the base of its own."""
    return open_page(new_context(viewport={"width": 1280, "height": 900}))


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Gives what axe finds wrong with a page as it is now, one line a rule."""
    if not AXE.is_file():
        pytest.skip("axe is not installed: `make test` installs it")
    script = AXE.read_text(encoding="utf-8")

    def violations(page: Page) -> list[str]:
        page.evaluate(script)
        # The size of targets is a rule of WCAG 2.2 that axe leaves off unless it is asked for.
        found = page.evaluate(
            "axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })"
        )["violations"]
        return [f"{one['id']}: {json.dumps([node['target'] for node in one['nodes'][:3]])}" for one in found]

    return violations
