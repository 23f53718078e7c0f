"""The server for this computer: whatever arrives is answered in a sentence, and it goes on answering."""

from __future__ import annotations

import resource
import socket
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from macros.editing import local_server
from macros.editing.local_server import LocalHandler, LocalServer


class Handler(LocalHandler):
    def do_POST(self) -> None:  # noqa: N802 - as the library calls it
        if (content := self.body(100)) is not None:
            assert content != b"trouble"
            self.answer(local_server.HTTPStatus.OK, "text/plain", content)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LocalServer]:
    (tmp_path / "index.html").write_text("home", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    with LocalServer(0, partial(Handler, directory=str(tmp_path))) as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def connect(server: LocalServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.server_port), timeout=60)


def sends(server: LocalServer, content: bytes) -> bytes:
    with connect(server) as own:
        own.sendall(content.replace(b"HERE", f"127.0.0.1:{server.server_port}".encode()))
        return b"".join(iter(lambda: own.recv(65536), b""))


def is_well(server: LocalServer) -> bool:
    return sends(server, b"GET / HTTP/1.1\r\nHost: HERE\r\n\r\n").endswith(b"home")


GET, POST = b"GET / HTTP/1.1\r\nHost: HERE\r\n", b"POST / HTTP/1.1\r\nHost: HERE\r\n"
REFUSED = {
    "a length that is a raised 2": (POST + "Content-Length: ²\r\n\r\n".encode("latin-1"), 400),
    "the same as UTF-8": (POST + "Content-Length: ²\r\n\r\n".encode(), 400),
    "a negative length": (POST + b"Content-Length: -1\r\n\r\n", 400),
    "two lengths": (POST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
    "the same length twice": (POST + b"Content-Length: 1\r\nContent-Length: 1\r\n\r\na", 400),
    "no length": (POST + b"\r\n", 411),
    "in pieces": (POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", 411),
    "in pieces and with a length": (POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
    "too long": (POST + b"Content-Length: 101\r\n\r\n" + b"x" * 101, 413),
    "far too long": (POST + b"Content-Length: " + b"9" * 400 + b"\r\n\r\n" + b"x" * 500_000, 413),
    "%00": (b"GET /%00 HTTP/1.1\r\nHost: HERE\r\n\r\n", 400),
    "%00 in a name": (b"GET /index%00.html HTTP/1.1\r\nHost: HERE\r\n\r\n", 400),
    "%0d%0a": (b"GET /%0d%0aX:%20y HTTP/1.1\r\nHost: HERE\r\n\r\n", 400),
    "a zero byte": (b"GET /a\0b HTTP/1.1\r\nHost: HERE\r\n\r\n", 400),
    "bytes that are no text": (b"GET /%ff%c0%af HTTP/1.1\r\nHost: HERE\r\n\r\n", 404),
    "the same, not encoded": (b"GET /\xff\xc0\xaf HTTP/1.1\r\nHost: HERE\r\n\r\n", 404),
    "half an escape": (b"GET /%e HTTP/1.1\r\nHost: HERE\r\n\r\n", 404),
    "out of the folder": (b"GET /../../etc/passwd HTTP/1.1\r\nHost: HERE\r\n\r\n", 404),
    "out of it, encoded": (b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: HERE\r\n\r\n", 404),
    "a folder": (b"GET /folder/ HTTP/1.1\r\nHost: HERE\r\n\r\n", 404),
    "a whole address": (b"GET http://elsewhere.example/ HTTP/1.1\r\nHost: HERE\r\n\r\n", 404),
    "an address that is long": (b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: HERE\r\n\r\n", 404),
    "an address that is too long": (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: HERE\r\n\r\n", 414),
    "no such method": (b"BREW / HTTP/1.1\r\nHost: HERE\r\n\r\n", 405),
    "another method": (b"OPTIONS * HTTP/1.1\r\nHost: HERE\r\n\r\n", 405),
    "a way through": (b"CONNECT elsewhere.example:80 HTTP/1.1\r\nHost: HERE\r\n\r\n", 405),
    "HTTP/2": (b"GET / HTTP/2.0\r\nHost: HERE\r\n\r\n", 400),
    "a version that is a raised 2": ("GET / HTTP/².1\r\n\r\n".encode("latin-1"), 400),
    "no version": (b"GET /\r\n\r\n", 403),
    "HTTPS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
    "another host": (b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n", 403),
    "a host that begins like ours": (b"GET / HTTP/1.1\r\nHost: HERE.elsewhere.example\r\n\r\n", 403),
    "another port": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n", 403),
    "no host": (b"GET / HTTP/1.1\r\n\r\n", 403),
    "two hosts": (b"GET / HTTP/1.1\r\nHost: HERE\r\nHost: HERE\r\n\r\n", 400),
    "a long header": (GET + b"X: " + b"y" * 70_000 + b"\r\n\r\n", 431),
    "many headers": (GET + b"X: y\r\n" * 200 + b"\r\n", 431),
    "many long headers": (GET + b"".join(b"X%d: %s\r\n" % (n, b"y" * 60_000) for n in range(10)) + b"\r\n", 431),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_is_told_in_a_sentence(server: LocalServer, name: str, capfd: pytest.CaptureFixture[str]) -> None:
    content, status = REFUSED[name]
    head, _, body = sends(server, content).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.0 %d " % status)
    assert body.decode().rstrip("\n") == local_server._SAID[status]
    assert is_well(server)
    assert capfd.readouterr() == ("", "")


def test_what_stands_behind_a_request_is_not_answered(server: LocalServer) -> None:
    assert sends(server, GET + b"\r\n" + GET + b"\r\n").count(b"HTTP/1.0 ") == 1
    smuggled = POST + b"Content-Length: 0\r\n\r\nPOST / HTTP/1.1\r\n\r\n"
    assert sends(server, smuggled).count(b"HTTP/1.0 ") == 1


def test_a_mistake_of_the_program_is_told_without_its_inside(
    server: LocalServer, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = sends(server, POST + b"Content-Length: 7\r\n\r\ntrouble")
    assert answer.startswith(b"HTTP/1.0 500 ")
    assert b"Assertion" not in answer
    assert capfd.readouterr().out == "guide: a request could not be answered (AssertionError). The server goes on.\n"
    assert is_well(server)


def test_slow_requests_are_hung_up_on(server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_server, "ARRIVING", 1.0)
    begun = time.monotonic()
    with connect(server) as own:
        own.sendall(b"GET / HTTP/1.1\r\n")
        with pytest.raises(OSError):
            for _ in range(600):  # a byte now and then is no request either
                own.sendall(b"X")
                time.sleep(0.1)
    assert time.monotonic() - begun < 55
    assert is_well(server)


def test_a_flood_is_turned_away_and_then_all_is_well(server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_server, "ARRIVING", 5.0)
    before = threading.active_count()
    flood = [connect(server) for _ in range(300)]
    try:
        for one in flood:
            one.sendall(b"GET / HTTP/1.1\r\n")
    except OSError:
        pass  # some were turned away
    assert threading.active_count() - before <= local_server.MOST_AT_ONCE
    flood[-1].settimeout(30)
    assert flood[-1].recv(100).startswith(b"HTTP/1.0 503 ")
    for one in flood:
        one.close()
    for _ in range(300):
        if len(server._until) < local_server.MOST_AT_ONCE:
            break
        time.sleep(0.1)
    assert is_well(server)


def test_memory_stays_within_bounds(server: LocalServer) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    large = b"X: " + b"y" * 65_000 + b"\r\n"
    for _ in range(5):
        for content in (GET + large * 90, POST + b"Content-Length: 900000000\r\n\r\n" + b"x" * 3_000_000):
            with connect(server) as own:
                try:
                    own.sendall(content)
                    own.recv(100)
                except OSError:
                    pass  # it hung up before all was sent
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert after - before < 64 * 1024, "kilobytes"
    assert is_well(server)
