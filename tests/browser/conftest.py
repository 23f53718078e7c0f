"""What browser tests share: the site, built once and served under a strict policy, and pages in a real Chromium."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from macros.build import Project

ROOT = Path(__file__).parents[2]
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
# Nothing inline, nothing from elsewhere, no form sent: pages must do with this.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site: that of the variable GUIDE_SITE, or a new one that all test processes share."""
    if given := os.environ.get("GUIDE_SITE"):
        return Path(given)
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    target = shared / "site"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            command = [sys.executable, "-m", "macros", "build", "--site-dir", str(target)]
            subprocess.run(command, cwd=ROOT, check=True)
    return target


class _Handler(SimpleHTTPRequestHandler):
    """Serves a site below a path, with the policy, and the site's own page for what is not there."""

    def __init__(self, *arguments: Any, below: str, **more: Any) -> None:
        self.below = below
        super().__init__(*arguments, **more)

    def translate_path(self, path: str) -> str:
        inside = urlsplit(path).path
        return super().translate_path(f"/{inside.removeprefix(self.below)}" if inside.startswith(self.below) else "/-")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the served site, with a slash at its end."""
    below = urlsplit(Project(ROOT).base_url()).path or "/"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site), below=below))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}{below}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium or Chrome."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.fail("there is no Chromium here: `make test` installs it or says how")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def new_context(browser: Browser, address: str) -> Iterator[Callable[..., BrowserContext]]:
    """Makes separate browsers: `new_context(color_scheme="dark")`. All are closed after the test."""
    made: list[BrowserContext] = []

    def new(**options: Any) -> BrowserContext:
        made.append(browser.new_context(base_url=address, locale="en-GB", **options))
        made[-1].set_default_timeout(10_000)
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
