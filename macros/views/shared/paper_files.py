"""The files of a paper that a page can link to; none if the site is built without papers."""

from __future__ import annotations

from dataclasses import dataclass

from macros.model import addresses, process_variables
from macros.views.shared.page import Page

_WORDS = {"pdf": "PDF", "docx": "Word", "csv": "CSV"}
"""Kinds of files and their names for readers."""


@dataclass(frozen=True)
class PaperFile:
    """A file to download."""

    kind: str
    link: str

    @property
    def called(self) -> str:
        return _WORDS[self.kind]


@dataclass(frozen=True)
class PaperLinks:
    """The links to a paper: its title, its files, and the page of all papers."""

    title: str
    files: tuple[PaperFile, ...]
    all_papers: str


def paper_links(page: Page, name: str, title: str, *, has_rows: bool = False) -> PaperLinks:
    """Return the links to a paper; there is a CSV among them if it `has_rows`."""
    made = process_variables.value_of(process_variables.EDITIONS)
    kinds = {"": (), process_variables.NO_PDF: ("docx",)}.get(made, ("pdf", "docx"))
    return PaperLinks(
        title,
        tuple(
            PaperFile(kind, page.link(addresses.of_paper(name, kind)))
            for kind in (*kinds, *(("csv",) if has_rows and kinds else ()))
        ),
        page.link(addresses.PAPERS_PAGE),
    )
