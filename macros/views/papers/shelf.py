"""All papers: a list of them for a page, and each of them drawn."""

from __future__ import annotations

from collections.abc import Iterator

from macros.model import addresses
from macros.reading.guide import Guide
from macros.reading.problem import UnknownName
from macros.views.papers import board, standards
from macros.views.papers.action_list import action_list
from macros.views.papers.board import board_paper
from macros.views.papers.paper import Paper, PaperPage
from macros.views.papers.standards import standards_book
from macros.views.papers.trust import trust_paper
from macros.views.shared.page import Page
from macros.views.shared.paper_files import paper_links
from macros.views.tools import checklist_title, checklists


def papers(guide: Guide, address: str) -> Iterator[Paper]:
    """Yield all papers of the guide that is at `address` on the web."""

    def page(name: str) -> PaperPage:
        return PaperPage(guide, addresses.PAPERS_PAGE + name, dict, address=address)

    yield board_paper(page(addresses.BOARD_PAPER))
    yield standards_book(page(addresses.STANDARDS_BOOK))
    for one in guide.trusts:
        yield trust_paper(page(addresses.trust_paper(one.slug)), one)
    lists = page("checklists")
    for which in checklists(lists):
        yield action_list(page(addresses.action_list(which)), which)


def paper(page: Page, name: str) -> str:
    """Return a line with the files of the board paper or of the book of standards; raises UnknownName."""
    titles = {addresses.BOARD_PAPER: board.TITLE, addresses.STANDARDS_BOOK: standards.TITLE}
    if name not in titles:
        raise UnknownName("paper", name, titles)
    return page.render("paper_line.html", paper=paper_links(page, name, titles[name]))


def paper_list(page: Page) -> str:
    """Return the papers in groups, with links to their files if the site will hold them."""
    book = paper_links(page, addresses.STANDARDS_BOOK, standards.TITLE)
    return page.render(
        "paper_list.html",
        board=paper_links(page, addresses.BOARD_PAPER, board.TITLE),
        book=book,
        lists=[
            paper_links(page, addresses.action_list(which), checklist_title(page, which), has_rows=True)
            for which in checklists(page)
        ],
        trusts=[paper_links(page, addresses.trust_paper(one.slug), one.name) for one in page.trusts],
        has_files=bool(book.files),
        has_pdf=any(one.kind == "pdf" for one in book.files),
    )
