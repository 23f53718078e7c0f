"""The server of `guide edit`: it answers this computer only, and saves only what its own page sends."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
import small_project

from macros import desk
from macros.build import Project
from macros.corrections import MAX_BYTES
from macros.guide import Guide
from macros.hosting import POLICY

CHANGE = {
    "record": "trusts/luton",
    "changes": [{"op": "set", "path": ["authority"], "value": "Luton Council", "was": "Luton Borough Council"}],
    "source": "ours",
}


@pytest.fixture
def project(tmp_path: Path, guide: Guide) -> Project:
    return Project(small_project.make(tmp_path, guide))


@pytest.fixture
def server(project: Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    def build(own: desk.Desk) -> None:
        """Make the one page that these tests ask for."""
        page = own.site / desk.FORM / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text('<form data-ce-save="">', encoding="utf-8")

    monkeypatch.setattr(desk.Desk, "build", build)
    with desk.serving(project) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def ask(
    server: ThreadingHTTPServer, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, bytes, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.headers


def token(server: ThreadingHTTPServer) -> str:
    return ask(server, "GET", "/edit/")[1].decode().split('"')[1]


def save(server: ThreadingHTTPServer, change: object = CHANGE, **headers: str) -> tuple[int, dict[str, list[str]]]:
    given = {"Origin": f"http://127.0.0.1:{server.server_port}", "X_Guide_Token": token(server), **headers}
    status, body, _ = ask(server, "POST", "/edit/save", json.dumps(change).encode(), **given)
    return status, json.loads(body) if body.startswith(b"{") else {}


def line_of(project: Project) -> str:
    return (project.data / "trusts/luton.yml").read_text(encoding="utf-8").splitlines()[4]


def test_it_saves_what_its_page_sends(project: Project, server: ThreadingHTTPServer) -> None:
    status, told = save(server)
    assert status == 200
    assert told == {
        "done": ["data/trusts/luton.yml:5: Luton › Authority: was “Luton Borough Council”; now “Luton Council”"]
    }
    assert line_of(project) == "authority: Luton Council"
    download = json.loads(ask(server, "GET", "/data/trusts/luton.json")[1])
    assert download["authority"] == "Luton Council"


def test_it_says_what_does_not_fit(project: Project, server: ThreadingHTTPServer) -> None:
    status, told = save(server, {**CHANGE, "source": "I know"})
    assert status == 200
    assert told["reasons"][0].startswith("Source: found “I know”")
    assert save(server, [])[1]["reasons"]
    (project.data / "trusts/essex.yml").write_text("name: [", encoding="utf-8")
    assert save(server)[1]["reasons"][0].startswith("The data hold problems already.")
    assert line_of(project) == "authority: Luton Borough Council"


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Guide_Token": "guessed"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Host": "elsewhere.example"},
    ],
)
def test_other_pages_cannot_save(project: Project, server: ThreadingHTTPServer, headers: dict[str, str]) -> None:
    assert save(server, **headers)[0] == 403
    assert line_of(project) == "authority: Luton Borough Council"


def test_no_other_page_learns_the_token(server: ThreadingHTTPServer) -> None:
    assert ask(server, "GET", "/edit/", Host=f"127.0.0.1.elsewhere.example:{server.server_port}")[0] == 403
    status, body, headers = ask(server, "GET", "/edit/")
    assert status == 200
    assert "Access-Control-Allow-Origin" not in headers
    assert headers["Content-Security-Policy"] == POLICY
    assert body != b'<form data-ce-save="">'


def test_it_listens_on_this_computer_only(server: ThreadingHTTPServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize("length", ["-1", "x", "", str(MAX_BYTES + 1)])
def test_too_long_is_not_read(server: ThreadingHTTPServer, length: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
    connection.putrequest("POST", "/edit/save")
    connection.putheader("Origin", f"http://127.0.0.1:{server.server_port}")
    connection.putheader("X-Guide-Token", token(server))
    if length:
        connection.putheader("Content-Length", length)
    connection.endheaders()
    assert connection.getresponse().status == 413


@pytest.mark.parametrize(
    "path", ["/../mkdocs.yml", "/%2e%2e/mkdocs.yml", "/edit/../../data/region.yml", "/data/trusts/../../x.json"]
)
def test_only_the_site_is_served(server: ThreadingHTTPServer, path: str) -> None:
    assert ask(server, "GET", path)[0] == 404
