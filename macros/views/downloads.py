"""The downloads, each with what it holds."""

from __future__ import annotations

import os
from collections.abc import Iterator

from macros import address, exports
from macros.render import render
from macros.views.page import Page

_TOGETHER = {"documents": "Common documents", "schema": "one for each kind"}
"""What files of one folder are called together."""


def download_list(page: Page) -> str:
    """Return every download with its title, format and description."""
    kinds = [
        {"kind": kind, "title": _title(kind), "files": [*_files(page, kind)]}
        for kind in exports.DOWNLOADS
        if "{name}" not in kind.path or not kind.path.startswith("trusts/")
    ]
    package = {"kind": exports.PACKAGE, "title": exports.PACKAGE.title, "files": [_file(page, exports.PACKAGE_FILE)]}
    return render("downloads.html", kinds=[*kinds, package])


def _title(kind: exports.Download) -> str:
    folder = kind.path.rpartition("/")[0]
    return kind.title.format(name=_TOGETHER.get(folder, "…")).replace(" …", "")


def editions(page: Page) -> str:
    """Return the two forms of the whole guide in one file, with links if the site will hold them."""
    return render(
        "editions.html",
        has_files=bool(os.environ.get(address.WITH_EDITIONS)),
        pdf=page.link(address.PDF_EDITION),
        offline=page.link(address.OFFLINE_EDITION),
    )


def _files(page: Page, kind: exports.Download) -> Iterator[dict[str, str]]:
    for name in kind.names(page.guide):
        yield _file(page, kind.path.format(name=name))


def _file(page: Page, path: str) -> dict[str, str]:
    return {"name": path.rpartition("/")[2], "link": page.link(f"data/{path}")}
