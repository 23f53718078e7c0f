"""What a host should send with the guide, for those who look after one."""

from __future__ import annotations

from macros import hosting
from macros.render import render
from macros.views.page import Page


def host_headers(page: Page) -> str:  # noqa: ARG001 - as all views
    """Return every header with its value and its reason."""
    return render("host_headers.html", headers=hosting.HEADERS, kept=hosting.FOR_GOOD, asked=hosting.ASK_AGAIN)
