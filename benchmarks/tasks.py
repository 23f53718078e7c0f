"""Measures the way from the home page to what readers come for: clicks, screens to scroll, and words before the answer.

    guide build --editions --site-dir site
    python benchmarks/tasks.py site --write

Each task is a path through the built site in Chromium, without search, from the home page unless it says otherwise.
Each link, button, box or file chosen on the path counts as a click. Screens are the height scrolled on the path, in
windows of that size: none if the target is visible at once. Words are those shown above the answer, on the last page,
on a phone. "Then" is what was counted by hand before the site was redrawn. The exit code is 1 if a task is worse now.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Download, Locator, Page, sync_playwright

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
    """Selectors of links, buttons, boxes and files in `main`; each may lead to another page."""
    answer: str
    most: int | None
    """The clicks that it took then; none if it could not be done."""
    far: int | None = None
    """How far down its page the answer was then, in pixels on a telephone, if that was measured."""
    start: str = ""
    """The page it begins on."""


_CARD = "a[href$='{}']"
_QUICK = 12
"""The standards of the quick self-assessment, each with one answer to click."""
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
        ("a[href='framework/']", "a[href$='framework-board-paper.pdf']"),
        "a[href$='framework-board-paper.pdf']",
        None,
    ),
    Task(
        "commissioner",
        "Self-assessment with a partner",
        (
            _CARD.format("commissioners/"),
            "a[href$='self-assessment/#quick']",
            *(
                f":nth-match([data-standard]:visible, {number}) label:has-text('Partly')"
                for number in range(1, _QUICK + 1)
            ),
            "button:has-text('Save as a file')",
            "label:has-text('Your partner’s file') ~ input",
        ),
        ".ce-joint__result table",
        20,
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
        far=12600,
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
        far=1349,
    ),
    Task("voluntary organisation", "Copy a question to ask", (_CARD.format("tools/ask/"),), ".ce-copy button", 5),
    Task(
        "editor",
        "Correct a fact from its page",
        (".ce-glance a:has-text('Correct this')",),
        "form details[open] :is(input, select, textarea)",
        2,
        far=13014,
        start="trusts/essex/",
    ),
    Task("editor", "Pull request", (_CARD.format("editors/"),), "li:has-text('Send a pull request')", None),
)
"""The tasks that this guide was judged by."""

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


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure how far it is to what readers come for.")
    parser.add_argument("site", type=Path, help="the folder of a built site")
    parser.add_argument("--write", action="store_true", help="put the table into RESULTS.md")
    options = parser.parse_args()
    with serving(options.site) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        taken = [[_taken(browser, address, task, size) for size in WINDOWS.values()] for task in TASKS]
        browser.close()
    table = "\n".join(_rows(taken))
    print(table)
    if options.write:
        write_section(
            "tasks", "How far it is to what readers come for", table, "python benchmarks/tasks.py site --write"
        )
    worse = [task.what for task, (small, _) in zip(TASKS, taken, strict=True) if _is_worse(task, small)]
    for what in worse:
        print(f"Worse than it was: {what}", file=sys.stderr)
    return 1 if worse else 0


def _is_worse(task: Task, now: Taken) -> bool:
    clicks = task.most is not None and now.clicks > task.most
    return clicks or (task.far is not None and now.last > _screens_down(task.far))


def _screens_down(pixels: int) -> float:
    """Return how many telephone screens one scrolls to what is so far down a page."""
    height = WINDOWS["telephone"][1]
    return max(0, pixels - height) / height


def _rows(taken: list[list[Taken]]) -> Iterator[str]:
    yield (
        "| Reader | Task | Clicks then | Clicks | Screens on the last page then | On the last page "
        "| Screens on a telephone, whole way | On a desktop | Words |"
    )
    yield "|---|---|---:|---:|---:|---:|---:|---:|---:|"
    for task, (small, large) in zip(TASKS, taken, strict=True):
        most = "failed" if task.most is None else task.most
        far = "" if task.far is None else f"{_screens_down(task.far):.1f}"
        yield (
            f"| {task.reader} | {task.what} | {most} | {small.clicks} | {far} | {small.last:.1f} "
            f"| {small.screens:.1f} | {large.screens:.1f} | {small.words} |"
        )


def _taken(browser: Browser, address: str, task: Task, size: tuple[int, int]) -> Taken:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    saved: list[Download] = []
    page.on("download", lambda file: saved.append(file))
    page.goto(f"{address}{task.start}")
    screens = 0.0
    for step in task.way:
        one = _seen(page, step)
        screens += _scrolled(page, one)
        _click(page, one, saved)
    answer = _seen(page, task.answer)
    last = _scrolled(page, answer)
    taken = Taken(len(task.way), screens + last, last, answer.evaluate(_WORDS))
    page.close()
    return taken


def _click(page: Page, one: Locator, saved: list[Download]) -> None:
    """Click a link, a button or a box; to a field that asks for a file, give the last that the page has saved."""
    if one.get_attribute("type") == "file":
        while not saved:
            page.wait_for_timeout(50)
        one.set_input_files(saved[-1].path())
    else:
        one.click()
    page.wait_for_load_state("load")


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
    sys.exit(main())
