"""The list of downloads, with a description of each."""

from __future__ import annotations

from collections.abc import Iterator

from macros.derived import data_package, download_kinds, download_table, http_headers
from macros.model import addresses, process_variables
from macros.views.shared.page import Page

_TOGETHER = {"charts": "Charts", "documents": "Common documents", "schema": "one for each kind"}
"""The titles for the files of one folder together."""


def download_list(page: Page) -> str:
    """Return every download with its title, format and description."""
    kinds = [
        {"kind": kind, "title": _title(kind), "files": [*_files(page, kind)]}
        for kind in download_table.DOWNLOADS
        if "{name}" not in kind.path or not kind.path.startswith("trusts/")
    ]
    package = {
        "kind": download_table.PACKAGE,
        "title": download_table.PACKAGE.title,
        "files": [_file(page, data_package.PACKAGE_FILE)],
    }
    return page.render("downloads.html", kinds=[*kinds, package])


def _title(kind: download_kinds.Download) -> str:
    folder = kind.path.rpartition("/")[0]
    return kind.title.format(name=_TOGETHER.get(folder, "…")).replace(" …", "")


def editions(page: Page) -> str:
    """Return the two editions, each with the whole guide in one file, and links if the site will have them."""
    made = process_variables.value_of(process_variables.EDITIONS)
    return page.render(
        "editions.html",
        has_files=bool(made),
        has_pdf=made != process_variables.NO_PDF,
        pdf=page.link(addresses.PDF_EDITION),
        offline=page.link(addresses.OFFLINE_EDITION),
    )


def _files(page: Page, kind: download_kinds.Download) -> Iterator[dict[str, str]]:
    for name in kind.names(page.guide):
        yield _file(page, kind.path.format(name=name))


def _file(page: Page, path: str) -> dict[str, str]:
    return {"name": path.rpartition("/")[2], "link": page.link(f"data/{path}")}


def host_headers(page: Page) -> str:
    """Return every header with its value and the reason for it."""
    return page.render(
        "host_headers.html",
        headers=http_headers.HEADERS,
        kept=http_headers.FOR_GOOD,
        asked=http_headers.ASK_AGAIN,
    )
