"""Measures the way from the home page to what readers come for: clicks, screens to scroll, and words before the answer.

    guide build --editions --site-dir site
    python benchmarks/tasks.py site --write

Each task is a path through the built site in Chromium, from the home page, without search. Each link or button on the
path counts as a click. Screens are the height scrolled on the path, in windows of that size: none if the target is
visible at once. Words are those shown above the answer, on the last page, on a phone.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from results import write_section  # noqa: E402
from shipped import serving  # noqa: E402

WINDOWS = {"telephone": (360, 740), "desktop": (1280, 900)}


class Task(NamedTuple):
    """A reader's wish, the links to click on the way, and the element with the answer."""

    reader: str
    what: str
    way: tuple[str, ...]
    """Selectors of links, buttons and boxes in `main`; each may lead to another page."""
    answer: str
    most: int
    """The most clicks that it may take."""


_CARD = "a[href$='{}']"
TASKS = (
    Task(
        "commissioner",
        "Printed checklist of a stage",
        ("a[href$='good-engagement/needs/']", "a.ce-button"),
        "button[data-ce-print]",
        4,
    ),
    Task(
        "commissioner",
        "Take the framework to a board",
        ("a[href='framework/']", "a:has-text('papers to take along')"),
        "#board + .ce-part",
        2,
    ),
    Task(
        "voluntary organisation",
        "Who speaks for us in Norfolk",
        (_CARD.format("trusts/"), _CARD.format("norfolk/")),
        ".ce-glance dd",
        2,
    ),
    Task(
        "voluntary organisation",
        "When does Essex pay",
        (_CARD.format("trusts/"), _CARD.format("essex/")),
        ".ce-glance dt:has-text('payment terms') + dd",
        2,
    ),
    Task(
        "voluntary organisation",
        "Compare two Trusts",
        (
            _CARD.format("trusts/compare/"),
            "label:has-text('Essex')",
            "label:has-text('Luton')",
            ".ce-card a[href*='terms/']",
        ),
        "table.ce-side",
        5,
    ),
    Task("voluntary organisation", "Copy a question to ask", (_CARD.format("tools/ask/"),), ".ce-copy button", 5),
    Task(
        "editor",
        "Correct a fact from its page",
        (_CARD.format("trusts/"), _CARD.format("essex/")),
        ".ce-glance a:has-text('Correct this')",
        2,
    ),
)
"""The tasks that this guide was judged by, with the clicks that each took then; the framework had no file at all."""

_WORDS = """one => {
  const walk = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  let words = 0;
  for (let node; (node = walk.nextNode()); ) {
    if (one.contains(node) || !(node.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
    const seen = node.parentElement.checkVisibility({ visibilityProperty: true });
    if (seen) words += node.data.split(/\\s+/).filter(Boolean).length;
  }
  return words;
}"""


_FAR = """one => {
  const { top, height } = one.getBoundingClientRect();
  const end = top + Math.min(height, innerHeight / 2);
  return (top < 0 ? top : Math.max(0, end - innerHeight)) / innerHeight;
}"""


class Taken(NamedTuple):
    """The measurements of a task."""

    clicks: int
    screens: float
    """On the whole way."""
    last: float
    """The part of these on the page with the answer."""
    words: int


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how far it is to what readers come for.")
    parser.add_argument("site", type=Path, help="the folder of a built site")
    parser.add_argument("--write", action="store_true", help="put the table into RESULTS.md")
    options = parser.parse_args()
    with serving(options.site) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        table = "\n".join(_rows(browser, address))
        browser.close()
    print(table)
    if options.write:
        write_section(
            "tasks", "How far it is to what readers come for", table, "python benchmarks/tasks.py site --write"
        )


def _rows(browser: Browser, address: str) -> Iterator[str]:
    yield "| Reader | Task | Clicks | At most | Screens on a telephone | On the last page | On a desktop | Words |"
    yield "|---|---|---|---|---|---|---|---|"
    for task in TASKS:
        small, large = (_taken(browser, address, task, size) for size in WINDOWS.values())
        yield (
            f"| {task.reader} | {task.what} | {small.clicks} | {task.most} "
            f"| {small.screens:.1f} | {small.last:.1f} | {large.screens:.1f} | {small.words} |"
        )


def _taken(browser: Browser, address: str, task: Task, size: tuple[int, int]) -> Taken:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(address)
    screens = 0.0
    for step in task.way:
        one = _seen(page, step)
        screens += _scrolled(page, one)
        one.click()
        page.wait_for_load_state("load")
    answer = _seen(page, task.answer)
    last = _scrolled(page, answer)
    taken = Taken(len(task.way), screens + last, last, answer.evaluate(_WORDS))
    page.close()
    return taken


def _seen(page: Page, selector: str) -> Locator:
    """Return the first match that is visible."""
    one = page.locator("main").locator(selector).filter(visible=True).first
    one.wait_for(timeout=5000)
    return one


def _scrolled(page: Page, one: Locator) -> float:
    """Return how many windows one scrolls until something comes into view, from its top down, and scroll there."""
    far: float = one.evaluate(_FAR)
    page.evaluate("far => scrollBy({ top: far * innerHeight, behavior: 'instant' })", far)
    return abs(far)


if __name__ == "__main__":
    main()
