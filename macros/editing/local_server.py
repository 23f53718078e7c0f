"""A server for this computer alone that no requests can bring down: it limits time, number and memory.

It is based on the standard library's server. It adds the limits that the library leaves to its users: how long a
request may take to arrive, how many may arrive at once, how long their headers may be, and one plain sentence for each
refusal.
"""

from __future__ import annotations

import re
import socket
import sys
import time
from contextlib import suppress
from http import HTTPStatus
from http.client import LineTooLong
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any, cast

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
"""The names for this computer that a request may use. Any other may be a trick of a page elsewhere."""

MOST_AT_ONCE = 64
ARRIVING, ANSWERED = 20.0, 300.0
"""Seconds that a request has to arrive in full, and then to be answered: it may have to wait for a build."""
MOST_HEADERS = 128 * 1024
"""The most bytes in the first line and the headers of a request together."""
_LEFT_OVER = 1024 * 1024
"""Bytes of a refused request that are read and discarded, so that the sender can read the answer."""

_SAID = {
    400: "This request is not written as requests are. Open the address that the program printed.",
    403: "Use the address that the program printed: it answers to no other name.",
    404: "There is no such page here.",
    405: "This server shows pages and saves forms, and does nothing else.",
    408: "The request took too long to arrive.",
    411: "Say how long it is, and send it whole.",
    413: "What was sent is too long.",
    414: "The address is too long.",
    431: "The headers of the request are too long.",
    500: "Something went wrong in the program, which goes on. Its window says what.",
    503: "Too many requests at once. Try again in a moment.",
}
_INSTEAD = {501: 405, 505: 400}
_CONTROL = re.compile(r"%(?:[01][0-9a-f]|7f)|[\x00-\x20\x7f]", re.IGNORECASE)


class LocalServer(ThreadingHTTPServer):
    """Answers this computer only; raises OSError if the port is taken."""

    daemon_threads = True
    request_queue_size = MOST_AT_ONCE

    def __init__(self, port: int, handler: Any) -> None:
        self._until: dict[socket.socket, float] = {}
        self._lock = Lock()
        super().__init__((HOST, port), handler)

    def own(self) -> tuple[str, ...]:
        """Return the origins that belong to this server."""
        return tuple(f"http://{name}:{self.server_port}" for name in NAMES)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            is_full = len(self._until) >= MOST_AT_ONCE
            if not is_full:
                self._until[request] = time.monotonic() + ARRIVING
        if is_full:
            with suppress(OSError):
                request.settimeout(0)
                request.send(f"HTTP/1.0 503 Busy\r\nRetry-After: 1\r\n\r\n{_SAID[503]}\n".encode())
            self.close_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self._lock:
                self._until.pop(request, None)

    def has_arrived(self, request: socket.socket) -> None:
        """Note that a request has arrived in full: from now on the delay is ours."""
        with self._lock:
            if request in self._until:
                self._until[request] = time.monotonic() + ANSWERED

    def service_actions(self) -> None:
        """Hang up, twice a second, on requests whose time is up, however slowly they keep sending."""
        now = time.monotonic()
        with self._lock:
            late = [request for request, until in self._until.items() if until < now]
        for request in late:
            with suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)

    def shutdown_request(self, request: Any) -> None:
        """Hang up politely: closing a socket with unread bytes would lose the answer."""
        with suppress(OSError):
            request.shutdown(socket.SHUT_WR)
            request.settimeout(0.2)
            left, until = _LEFT_OVER, time.monotonic() + 1
            while left > 0 and time.monotonic() < until and (more := len(request.recv(65536))):
                left -= more
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - the library's own signature
        """Report in a line what went wrong; say nothing if a browser has gone away."""
        error = sys.exception()
        if not isinstance(error, OSError):
            print(f"guide: a request could not be answered ({type(error).__name__}). The server goes on.", flush=True)


class _Bounded:
    """Reads a request, and no more than so many bytes of lines."""

    def __init__(self, file: Any) -> None:
        self._file, self._left = file, MOST_HEADERS

    def readline(self, most: int = -1) -> bytes:
        line: bytes = self._file.readline(most)
        self._left -= len(line)
        if self._left < 0:
            raise LineTooLong("headers")
        return line

    def read(self, most: int = -1) -> bytes:
        content: bytes = self._file.read(most)
        return content

    def close(self) -> None:
        self._file.close()

    @property
    def closed(self) -> bool:
        return bool(self._file.closed)


class LocalHandler(SimpleHTTPRequestHandler):
    """Serves a folder to valid requests, and refuses all others with a sentence on what is wrong."""

    timeout = 10
    server_version, sys_version = "guide", ""
    default_request_version = "HTTP/1.0"  # otherwise a request without a version is answered without a status

    def setup(self) -> None:
        super().setup()
        self.rfile = cast("Any", _Bounded(self.rfile))

    @property
    def local(self) -> LocalServer:
        """The server that this belongs to."""
        return cast("LocalServer", self.server)

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (ConnectionError, TimeoutError):  # the client has gone away
            self.close_connection = True
        except Exception:
            self.local.handle_error(self.request, self.client_address)
            with suppress(OSError):
                self.send_error(HTTPStatus.INTERNAL_SERVER_ERROR)

    def parse_request(self) -> bool:
        """Return whether the first line and the headers are valid; if not, send an error."""
        if not super().parse_request():
            return False
        hosts, lengths = (self.headers.get_all(name, []) for name in ("Host", "Content-Length"))
        status: HTTPStatus | None = None
        if _CONTROL.search(self.path) or len(hosts) > 1 or len(lengths) > 1:
            status = HTTPStatus.BAD_REQUEST
        elif f"http://{''.join(hosts)}" not in self.local.own():
            status = HTTPStatus.FORBIDDEN
        elif "Transfer-Encoding" in self.headers:
            status = HTTPStatus.LENGTH_REQUIRED
        if status:
            self.send_error(status)
            return False
        if not lengths:
            self.local.has_arrived(self.request)
        return True

    def body(self, most: int) -> bytes | None:
        """Return the body of a request, of at most so many bytes; None if it was refused, after sending an error."""
        given = self.headers.get("Content-Length")
        if given is None:
            self.send_error(HTTPStatus.LENGTH_REQUIRED)
        elif not (given.isascii() and given.isdigit()):
            self.send_error(HTTPStatus.BAD_REQUEST)
        elif len(given) > 15 or int(given) > most:
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        elif len(content := self.rfile.read(int(given))) < int(given):
            self.send_error(HTTPStatus.BAD_REQUEST)
        else:
            self.local.has_arrived(self.request)
            return content
        return None

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Refuse, in one plain sentence."""
        code = _INSTEAD.get(code, code)
        self.close_connection = True
        self.answer(HTTPStatus(code), "text/plain; charset=utf-8", f"{_SAID.get(code, _SAID[400])}\n".encode())

    def answer(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        """Send one whole answer."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def list_directory(self, path: Any) -> None:  # noqa: ARG002 - the library's own signature
        """Refuse: folders are not shown."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, *_: Any) -> None:
        """Say nothing about single requests."""
