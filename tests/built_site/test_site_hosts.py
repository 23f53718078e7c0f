"""Real servers with what the site ships for them: headers, compression, parts of files, and requests that mean harm."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import NamedTuple

import hosts
import pytest
from built_site import Site

from macros.derived import http_headers
from macros.pages import host_files
from macros.publish import hosting

pytestmark = pytest.mark.slow


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Host(NamedTuple):
    """A server that is running."""

    name: str
    port: int

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer: HTTPResponse = connection.getresponse()
        found = Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        connection.close()
        return found


@pytest.fixture(scope="module", params=[hosts.nginx, hosts.apache], ids=["nginx", "apache"])
def host(request: pytest.FixtureRequest, site: Site) -> Iterator[Host]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        folder.chmod(0o755)  # a server gives up the rights that it began with
        copy = shutil.copytree(site.folder, folder / "public")
        (folder / "secret.txt").write_text("not for readers", encoding="utf-8")
        try:
            with hosts.running(request.param, copy, folder) as port:
                yield Host(request.param.__name__, port)
        except hosts.NotHere as why:
            pytest.skip(str(why))


def test_every_answer_has_every_header(host: Host) -> None:
    for path in (
        "/",
        "/trusts/luton/",
        "/data/trusts.csv",
        "/assets/stylesheets/guide.css",
        "/nowhere/",
        "/data/trusts/",
    ):
        answer = host.ask(path)
        for header in http_headers.HEADERS:
            assert answer.headers[header.name.lower()] == header.value, path


def test_each_file_is_called_what_it_is(host: Host, site: Site) -> None:
    texts = 0
    for name in sorted(site.files - {*host_files.FILES}):
        ending = name.rpartition(".")[2]
        if ending not in hosting.MEDIA or name == host_files.NOT_FOUND:
            continue
        media, _, charset = host.ask(f"/{name}", "HEAD").headers["content-type"].partition("; charset=")
        assert media == hosting.MEDIA[ending], name
        if media.startswith("text/"):
            texts += 1
            assert charset.lower() == "utf-8", name
    assert texts > 100


def test_what_is_not_there_is_told_by_the_page_for_it(host: Host, site: Site) -> None:
    expected = (site.folder / host_files.NOT_FOUND).read_bytes()
    for path in (
        "/nowhere/",
        "/trusts/atlantis/",
        "/data/trusts/",
        "/assets/",
        *(f"/{name}" for name in host_files.FILES),
    ):
        answer = host.ask(path)
        assert answer.body == expected, path
        assert answer.status == 404 or host.name == "apache", path  # Apache says 403 of what it may not show


def test_texts_are_compressed_for_those_who_ask(host: Host, site: Site) -> None:
    for name in ("index.html", "assets/stylesheets/guide.css", "search/index.js", "data/trusts.json"):
        answer = host.ask(f"/{name}", Accept_Encoding="gzip")
        assert answer.headers["content-encoding"] == "gzip"
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert gzip.decompress(answer.body) == (site.folder / name).read_bytes()
        assert "content-encoding" not in host.ask(f"/{name}").headers


def test_what_never_changes_is_kept_and_the_rest_is_asked_for_again(host: Host, site: Site) -> None:
    fixed = next(f"/{name}" for name in site.files if "/bundle." in name)
    assert host.ask(fixed).headers["cache-control"] == http_headers.FOR_GOOD
    for path in ("/", "/assets/stylesheets/guide.css", "/data/trusts.csv"):
        answer = host.ask(path)
        assert answer.headers["cache-control"] == http_headers.ASK_AGAIN
        assert host.ask(path, If_None_Match=answer.headers["etag"]).status == 304
    gone = host.ask("/assets/javascripts/bundle.00000000.min.js")
    assert gone.status == 404
    assert "immutable" not in gone.headers.get("cache-control", "")


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("bytes=0-9", 206),
        ("bytes=-5", 206),
        ("bytes=999999999-", 416),
        ("bytes=9-0", 416),
        ("bytes=a-b", 416),
        ("bytes=" + ",".join(["0-"] * 500), 206),
        ("lines=1-2", 200),
        ("bytes=--1", 416),
        ("bytes=18446744073709551616-", 416),
    ],
)
def test_parts_of_files(host: Host, asked: str, status: int) -> None:
    """A server may also answer with the whole, which RFC 9110 allows wherever the part makes no sense."""
    answer = host.ask("/data/trusts.csv", Range=asked)
    assert answer.status in {status, 200}
    assert len(answer.body) < 10_000_000
    if asked == "bytes=0-9":
        assert answer.status == 206 and len(answer.body) == 10


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "X" * 300])
def test_other_methods_are_refused(host: Host, method: str) -> None:
    answer = host.ask("/", method)
    assert 400 <= answer.status < 500 or (answer.status == 501 and host.name == "apache")
    assert b"ce-hero" not in answer.body


@pytest.mark.parametrize("raw", hosts.HARM)
def test_requests_that_mean_harm_do_none(host: Host, raw: bytes) -> None:
    told = hosts.send(host.port, raw)
    status = told[9:12]
    assert not status.startswith(b"5") or (status == b"505" and b"HTTP/9.9" in raw), told[:100]
    assert b"not for readers" not in told
    assert host.ask("/").status == 200, "the server is still there"
