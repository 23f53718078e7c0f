"""Links that lead out of the guide are found, asked politely, and told of when they do not answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from macros.editing.external_links import LinkAnswer, ask, outside_links, to_markdown
from macros.pages.site import Site

OWN = "https://guide.example.org/"


class Host(BaseHTTPRequestHandler):
    """A host with a page, one that moved, one that is gone, one that is busy at first, and one that has no heads."""

    asked: list[tuple[str, str, str]] = []  # noqa: RUF012 - one host, one list

    def answer(self) -> None:
        again = sum(path == self.path for _, path, _ in self.asked)
        self.asked.append((self.command, self.path, str(self.headers["User-Agent"])))
        status = {"/gone": 410, "/moved": 301, "/round": 302, "/busy": 503 if again < 2 else 200}.get(self.path, 200)
        if self.path == "/no-head" and self.command == "HEAD":
            status = 405
        self.send_response(status)
        if status in {301, 302}:
            self.send_header("Location", "/" if status == 301 else "/round")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = answer  # noqa: N815 - the names that the library asks for

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    Host.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/", ""),
        ("/moved", ""),
        ("/busy", ""),
        ("/no-head", ""),
        ("/gone", "it answers 410"),
        ("/round", "it leads round in a circle"),
    ],
)
def test_a_link_answers_or_not(host: str, path: str, fault: str) -> None:
    assert [*ask({host + path: ["about/"]}, OWN, pause=0.01)] == [LinkAnswer(host + path, ("about/",), fault)]


def test_a_host_that_is_not_there() -> None:
    ((_, _, fault),) = ask({"http://127.0.0.1:9/": [""]}, OWN, pause=0.01)
    assert fault == "there is no such host, or it does not answer"


def test_the_request_says_who_asks_and_asks_once(host: str) -> None:
    [*ask({f"{host}/": [""]}, OWN, pause=0.01)]
    assert Host.asked == [("HEAD", "/", f"Link check of {OWN}")]


def test_links_are_found_in_markdown_and_in_html_with_their_pages() -> None:
    pages = {
        "": '<a href="https://a.org/x?b=1&amp;c=2#part">A</a> [own](https://guide.example.org/about/)',
        "about/": "[A](https://a.org/x?b=1&c=2) and <https://b.org/>, [mail](mailto:a@b.org), [here](index.md)",
    }
    assert outside_links(pages, OWN) == {"https://a.org/x?b=1&c=2": ("", "about/"), "https://b.org/": ("about/",)}


def test_the_guide_has_such_links(site: Site) -> None:
    drawn = site.rendered()
    links = outside_links({page.url: drawn[page.path] for page in site.pages}, OWN)
    assert all(link.startswith(("https://", "http://")) for link in links)
    assert {url for where in links.values() for url in where} <= {page.url for page in site.pages}


def test_what_does_not_answer_is_listed() -> None:
    answers = [LinkAnswer("https://a.org/", ("",), ""), LinkAnswer("https://b.org/", ("", "about/"), "it answers 404")]
    assert to_markdown(answers) == "- [ ] <https://b.org/>: it answers 404. On /, /about/"
    assert to_markdown(answers[:1]) == ""
