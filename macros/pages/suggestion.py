"""Suggestions for a page: the ways to send one, filled in with details of the page."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from macros.model import addresses
from macros.model.region import Region

PART, SAYS = "Part of the page: ", "What it says now: "
"""Lines that a script fills in with the section and the words that a reader marked; without it, the reader does."""
_OTHER = "something-else.yml"


def ways(url: str, title: str, base: str, region: Region, trusts: frozenset[str]) -> Mapping[str, str]:
    """Return the ways to suggest a change to the page at `url`, below the site’s address `base`.

    `mail` is always there; `form` is there for the profile of one of `trusts`; and `issue` if readers may send changes
    to the repository. Nothing is sent until the reader does it.
    """
    page = f"{title} ({base.rstrip('/')}/{url})"
    body = "\n".join((f"Page: {page}", PART, SAYS, "What it should say: ", "Where the source says so: "))
    slug = url.removeprefix("trusts/").rstrip("/")
    is_profile = slug in trusts and url == addresses.of_trust(slug)
    issue = {"template": _OTHER, "title": f"Change to: {title}", "page": page, "what": f"{PART}\n{SAYS}\n"}
    return {
        "mail": f"mailto:{region.contact}?subject={quote(f'Change to: {title}')}&body={quote(body)}",
        "form": f"{addresses.CORRECTION_PAGE}?trust={slug}" if is_profile else "",
        "issue": f"{region.repository}/issues/new?{urlencode(issue, quote_via=quote)}" if region.repository else "",
    }
