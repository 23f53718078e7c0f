"""Correcting profiles on one's own computer: the built site, served so that its form can save into the files."""

from __future__ import annotations

import hmac
import json
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from macros import exports, issues
from macros.build import BuildError, Engine, Project, build
from macros.corrections import MAX_BYTES, Refused, apply
from macros.guide import load_once
from macros.hosting import POLICY
from macros.problems import DataProblems
from macros.views.correcting import FORM

HOST = "127.0.0.1"
# Only the form's page is told the token, and only pages from here can read it.
_MARK = b'data-ce-save=""'
_DOWNLOADS = "/data/trusts/"


class Desk:
    """A project, its built site, and what may be saved. One change at a time."""

    def __init__(self, project: Project, site: Path, engine: Engine) -> None:
        self.project, self.site, self.engine = project, site, engine
        self.token = secrets.token_urlsafe(24)
        self.saving = Lock()
        self.building: Thread | None = None
        self.stale = False
        self.port = 0

    def build(self) -> None:
        build(self.project, self.site, self.engine)

    def save(self, raw: bytes) -> dict[str, list[str]]:
        """Return what was done (`done`) or why not (`reasons`)."""
        with self.saving:
            try:
                done = apply(self.project, issues.read_sent(raw, load_once(self.project.data)))
            except Refused as refused:
                return {"reasons": list(refused.reasons)}
            except DataProblems as found:
                return {
                    "reasons": ["The data hold problems already. They must be mended first:", *map(str, found.problems)]
                }
            except OSError as error:
                return {"reasons": [f"The file could not be written: {error.strerror}."]}
        self.stale = True
        self._build_again()
        return {"done": list(map(str, done))}

    def download(self, slug: str) -> bytes | None:
        """Return a Trust's download as the files are now, while the pages may be older."""
        files = exports.PROFILES.files(load_once(self.project.data), self.project.base_url())
        return next((content for name, content in files if name == slug), None)

    def wait(self) -> None:
        """Wait until the pages are those of the files."""
        if self.building:
            self.building.join()

    def _build_again(self) -> None:
        if self.building is None or not self.building.is_alive():
            self.building = Thread(target=self._build_until_fresh, daemon=True)
            self.building.start()

    def _build_until_fresh(self) -> None:
        while self.stale:
            self.stale = False
            try:
                self.build()
            except (BuildError, DataProblems) as why:
                print(f"guide: the pages could not be built again: {why}", flush=True)


class _Handler(SimpleHTTPRequestHandler):
    """Answers this computer only, and saves only what the form's own page sends."""

    def __init__(self, *arguments: Any, desk: Desk, **more: Any) -> None:
        self.desk = desk
        super().__init__(*arguments, directory=str(desk.site), **more)

    def do_GET(self) -> None:
        if not self._is_here():
            return
        path = self.path.partition("?")[0]
        if path.startswith(_DOWNLOADS) and path.endswith(".json"):
            try:
                content = self.desk.download(path.removeprefix(_DOWNLOADS).removesuffix(".json"))
            except DataProblems:
                content = None
            if content is not None:
                self._answer(HTTPStatus.OK, "application/json", content)
                return
        if path == f"/{FORM}":
            page = (self.desk.site / FORM / "index.html").read_bytes()
            token = f'data-ce-save="{self.desk.token}"'.encode()
            self._answer(HTTPStatus.OK, "text/html; charset=utf-8", page.replace(_MARK, token, 1))
            return
        if path.endswith("/"):
            self.desk.wait()
        super().do_GET()

    def do_HEAD(self) -> None:
        if self._is_here():
            super().do_HEAD()

    def do_POST(self) -> None:
        if not self._is_here():
            return
        if self.path != f"/{FORM}save":
            self._answer(HTTPStatus.NOT_FOUND, "text/plain", b"")
            return
        given = self.headers.get("X-Guide-Token", "")
        origin = self.headers.get("Origin", "")
        if not hmac.compare_digest(given.encode(), self.desk.token.encode()) or origin not in self._origins():
            self._tell(HTTPStatus.FORBIDDEN, {"reasons": ["This page is an old one: load it again, and save again."]})
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MAX_BYTES:
            self.close_connection = True
            self._tell(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"reasons": ["What was sent is too long."]})
            return
        self._tell(HTTPStatus.OK, self.desk.save(self.rfile.read(int(length))))

    def _origins(self) -> tuple[str, ...]:
        return tuple(f"http://{host}:{self.desk.port}" for host in (HOST, "localhost"))

    def _is_here(self) -> bool:
        """Return whether the address asked for is this computer's: another name for it may be somebody's trick."""
        if f"http://{self.headers.get('Host', '')}" in self._origins():
            return True
        self._answer(HTTPStatus.FORBIDDEN, "text/plain", b"Use the address that guide edit printed.\n")
        return False

    def _tell(self, status: HTTPStatus, what: dict[str, list[str]]) -> None:
        self._answer(status, "application/json", json.dumps(what, ensure_ascii=False).encode())

    def _answer(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing of each request."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that went away."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(project: Project, port: int = 0, engine: Engine = "mkdocs") -> Iterator[ThreadingHTTPServer]:
    """Build the site into a folder of its own and give a server for it, bound to this computer only.

    Raises DataProblems, BuildError or OSError (a port that is taken).
    """
    with tempfile.TemporaryDirectory(prefix="guide-edit-") as folder:
        desk = Desk(project, Path(folder) / "site", engine)
        server = _Server((HOST, port), partial(_Handler, desk=desk))
        desk.port = server.server_port
        try:
            desk.build()
            yield server
        finally:
            server.server_close()
            desk.wait()


def address(server: ThreadingHTTPServer) -> str:
    """Return where the form is."""
    return f"http://{HOST}:{server.server_port}/{FORM}"
