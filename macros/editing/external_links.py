"""Links that lead out of the guide: a list of them, and whether they still answer. Never part of a build."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple
from urllib.parse import urldefrag, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

_LINK = re.compile(r"""(?:href=["']|\]\(|<)(https?://[^\s"'<>)]+)""")
_TRIED_AGAIN = (429, 500, 502, 503, 504)
_NO_HEAD = (403, 404, 405, 501)  # the answer of some hosts to a request for the head alone


class LinkAnswer(NamedTuple):
    """The result of asking a link."""

    link: str
    pages: tuple[str, ...]
    """The addresses of the pages that contain it."""
    fault: str
    """What was wrong; "" if it answered."""


def outside_links(pages: Mapping[str, str], own: str) -> Mapping[str, tuple[str, ...]]:
    """Return each link that leads out of the site at `own`, with the pages that contain it.

    `pages` are texts, in Markdown or HTML, by address. The part of a link after `#` is left out: the page counts.
    """
    found: dict[str, list[str]] = {}
    for url, text in pages.items():
        for link in dict.fromkeys(urldefrag(unescape(one))[0] for one in _LINK.findall(text)):
            if not link.startswith(own) and not (urlsplit(link).hostname or "").endswith(".example"):
                found.setdefault(link, []).append(url)
    return {link: tuple(where) for link, where in sorted(found.items())}


def ask(links: Mapping[str, Sequence[str]], own: str, pause: float = 1.0) -> Iterator[LinkAnswer]:
    """Ask each link once, with `pause` seconds between two requests to one host, and yield the results.

    A busy host is asked twice more, after longer waits. The request identifies itself by `own`, the site's address.
    """
    with requests.Session() as session:
        session.headers["User-Agent"] = f"Link check of {own}"
        again = Retry(2, backoff_factor=pause, status_forcelist=_TRIED_AGAIN, raise_on_status=False)
        for scheme in ("https://", "http://"):
            session.mount(scheme, HTTPAdapter(max_retries=again))
        last: dict[str, float] = {}
        for link, pages in links.items():
            host = urlsplit(link).netloc
            time.sleep(max(0.0, last.get(host, 0.0) + pause - time.monotonic()))
            yield LinkAnswer(link, tuple(pages), _fault(session, link))
            last[host] = time.monotonic()


def _fault(session: requests.Session, link: str) -> str:
    def status(method: Callable[..., requests.Response]) -> int:
        with method(link, timeout=20, allow_redirects=True, stream=True) as answer:
            return answer.status_code

    try:
        found = status(session.head)
        if found in _NO_HEAD:
            found = status(session.get)
    except requests.exceptions.SSLError:
        return "its certificate is not valid"
    except requests.exceptions.Timeout:
        return "no answer within 20 seconds"
    except requests.exceptions.TooManyRedirects:
        return "it leads round in a circle"
    except requests.exceptions.RequestException:
        return "there is no such host, or it does not answer"
    return "" if found < 400 else f"it answers {found}"


def to_markdown(answers: Sequence[LinkAnswer]) -> str:
    """Return the links that did not answer as a list to tick, or "" if all did."""
    lines = []
    for one in answers:
        if one.fault:
            where = ", ".join(f"/{url}" for url in one.pages)
            lines.append(f"- [ ] <{one.link}>: {one.fault}. On {where}")
    return "\n".join(lines)
