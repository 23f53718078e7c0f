"""Pages on paper, as Chromium prints them: nothing hidden or cut off, with address, day and age of the evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pypdfium2
import pytest
from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

KINDS = [
    "trusts/luton/",
    "trusts/compare/",
    "trusts/compare/money/",
    "trusts/compare/seats/",
    "standards/na-1/",
    "survey/",
    "survey/funding/",
    "survey/questionnaire/",
    "survey/run/",
    "self-assessment/",
    "timetable/",
    "tools/core/",
]
ON_SCREEN_ONLY = (
    ".headerlink, .ce-no-print, [hidden], .ce-find, .ce-nav-topics, .ce-provenance__links, .ce-filter, button, option,"
    " .ce-hidden, .ce-joint, .ce-actions, .ce-more > summary, .ce-fold > summary"
)
BLOCKS = "p, li, dt, dd, td, th, h1, h2, h3, h4, caption, summary, legend, label"
MM = 72 / 25.4


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def printed(
    request: pytest.FixtureRequest, kept_context: Callable[..., BrowserContext]
) -> Callable[[str, str], tuple[Page, pypdfium2.PdfDocument]]:
    """Opens a page and prints it, with and without JavaScript."""
    page = kept_context(java_script_enabled=request.param, color_scheme="dark").new_page()

    def pdf(url: str, paper: str) -> tuple[Page, pypdfium2.PdfDocument]:
        page.goto(url, wait_until="load")
        return page, pypdfium2.PdfDocument(page.pdf(format=paper, prefer_css_page_size=False, print_background=False))

    return pdf


def letters(words: str) -> str:
    return "".join(one for one in words if one.isalnum())


def words_of(paper: pypdfium2.PdfDocument) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in paper)


def outside(paper: pypdfium2.PdfDocument, margin: float) -> Iterator[str]:
    """Yield what stands in a side margin, or is cut by an edge of the paper."""
    for number, page in enumerate(paper, 1):
        width, height = page.get_size()
        words = page.get_textpage()
        for index in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(index)
            if left < margin or right > width - margin or bottom < 0 or top > height:
                yield f"page {number}: {words.get_text_bounded(left, bottom, right, top)}"


@pytest.mark.parametrize("paper", ["A4", "A5"])
@pytest.mark.parametrize("url", KINDS)
def test_a_page_is_whole_on_paper(
    printed: Callable[..., tuple[Page, pypdfium2.PdfDocument]], url: str, paper: str
) -> None:
    page, pdf = printed(url, paper)
    assert [*outside(pdf, 14 * MM)] == []
    if (url, paper) == ("trusts/compare/seats/", "A5"):
        return  # its cells go on overleaf in the middle of a sentence, so their words cannot be told in order
    shown, words = letters(words_of(pdf)), {*map(letters, words_of(pdf).split())}
    blocks = page.locator("main article").evaluate_all(  # also works where the page itself may run no script
        """(all, [left, blocks]) => all.flatMap(article => {
            const copy = article.cloneNode(true);
            copy.querySelectorAll(left).forEach(one => one.remove());
            const inner = [...copy.querySelectorAll(blocks)].filter(one => !one.querySelector(blocks));
            return inner.map(one => [...one.childNodes].map(node => node.textContent).join(' '));
        })""",
        [ON_SCREEN_ONLY, BLOCKS],
    )
    assert len(blocks) > 20
    # The cells of a row that goes on overleaf follow each other there, so that none of them is in one piece.
    lost = [one for one in blocks if letters(one) not in shown and not {*map(letters, one.split())} <= words]
    assert lost == []


@pytest.mark.parametrize("url", ["trusts/luton/", "self-assessment/"])
def test_the_foot_says_where_the_page_is_and_how_old_its_evidence_is(
    printed: Callable[..., tuple[Page, pypdfium2.PdfDocument]], url: str
) -> None:
    page, pdf = printed(url, "A4")
    base = page.locator("link[rel=canonical]").get_attribute("href")
    has_scripts = page.locator("html.js").count() > 0
    words = " ".join(words_of(pdf).split())
    assert f"This page: {base}" in words
    assert "report of April 2009" in words
    assert bool(re.search(r"Printed on \d+ \w+ 20\d\d", words)) == has_scripts
