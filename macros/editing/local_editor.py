"""Corrects profiles on one's own computer: the built site is served, and its form can save into the files."""

from __future__ import annotations

import errno
import hmac
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from itertools import chain
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from macros.derived import trust_downloads
from macros.derived.http_headers import POLICY
from macros.editing import github_issue
from macros.editing.correction import MAX_BYTES, CorrectionRefused
from macros.editing.corrections import apply
from macros.editing.local_server import HOST, LocalHandler, LocalServer
from macros.pages.project import BuildError, Project
from macros.publish.build import build
from macros.publish.engine import Engine
from macros.reading import staging
from macros.reading.guide import load_once
from macros.reading.problem import DataProblems
from macros.views.corrections import FORM

# The page with the form learns that it may save, but not the key: every user of this computer can request the page.
_MARK, _SAVES = b'data-ce-save=""', b'data-ce-save="here"'
_NO_KEY = "This page has no key, or an old one: open the address that “guide edit” printed, and save again."
_DOWNLOADS = "/data/trusts/"


class EditSession:
    """A project, its built site, and the fields that may be saved. Changes are made one at a time."""

    def __init__(self, project: Project, site: Path, engine: Engine) -> None:
        self.project, self.site, self.engine = project, site, engine
        self.key = secrets.token_urlsafe(24)
        self.saving = Lock()
        self.building: Thread | None = None
        self.stale = False

    def build(self) -> None:
        build(self.project, self.site, self.engine)

    def save(self, raw: bytes) -> dict[str, list[str]]:
        """Return the changes made (`done`) or the reasons why there are none (`reasons`)."""
        with self.saving:
            try:
                done = apply(self.project, github_issue.read_sent(raw, load_once(self.project.data)))
            except CorrectionRefused as refused:
                return {"reasons": list(refused.reasons)}
            except DataProblems as found:
                return {
                    "reasons": ["The data hold problems already. They must be mended first:", *map(str, found.problems)]
                }
            except OSError as error:
                return {"reasons": [f"The file could not be written: {error.strerror or error}."]}
        self.stale = True
        self._build_again()
        return {"done": list(map(str, done))}

    def download(self, slug: str) -> bytes | None:
        """Return a Trust's download, `luton` or `luton/2009`, from the present files, even if the pages are older."""
        kinds = (trust_downloads.PROFILES, *trust_downloads.WAVES_OF_PROFILES)
        files = (kind.files(load_once(self.project.data), self.project.base_url()) for kind in kinds)
        return next((content for name, content in chain.from_iterable(files) if name == slug), None)

    def wait(self) -> None:
        """Wait until the pages match the files."""
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
            except (BuildError, DataProblems, OSError) as why:
                print(f"guide: the pages could not be built again: {why}", flush=True)


class _Handler(LocalHandler):
    """Answers this computer only, and saves only what its own page sends for somebody who has the key."""

    def __init__(self, *arguments: Any, session: EditSession, **more: Any) -> None:
        self.session = session
        super().__init__(*arguments, directory=str(session.site), **more)

    def do_GET(self) -> None:  # noqa: N802 - the library's name for it
        path = self.path.partition("?")[0]
        if path.startswith(_DOWNLOADS) and path.endswith(".json"):
            try:
                content = self.session.download(path.removeprefix(_DOWNLOADS).removesuffix(".json"))
            except DataProblems:
                content = None
            if content is not None:
                self.answer(HTTPStatus.OK, "application/json", content)
                return
        if path == f"/{FORM}":
            page = (self.session.site / FORM / "index.html").read_bytes()
            self.answer(HTTPStatus.OK, "text/html; charset=utf-8", page.replace(_MARK, _SAVES, 1))
            return
        if path.endswith("/"):
            self.session.wait()
        super().do_GET()

    def do_POST(self) -> None:  # noqa: N802
        if self.path != f"/{FORM}save":
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        given = self.headers.get("X-Guide-Key", "")
        origin = self.headers.get("Origin", "")
        if not hmac.compare_digest(given.encode(), self.session.key.encode()) or origin not in self.local.own():
            self._tell(HTTPStatus.FORBIDDEN, {"reasons": [_NO_KEY]})
            return
        if (content := self.body(MAX_BYTES)) is not None:
            self._tell(HTTPStatus.OK, self.session.save(content))

    def _tell(self, status: HTTPStatus, what: dict[str, list[str]]) -> None:
        self.answer(status, "application/json", json.dumps(what, ensure_ascii=False).encode())

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()


class EditServer(LocalServer):
    """Serves the form of one session, and accepts what it saves."""

    def __init__(self, port: int, session: EditSession) -> None:
        self.session = session
        super().__init__(port, partial(_Handler, session=session))


@contextmanager
def serving(project: Project, port: int = 0, engine: Engine = "mkdocs") -> Iterator[EditServer]:
    """Build the site into a folder of its own and give a server for it that only this computer can reach.

    The folder is deleted afterwards. If the program is killed, the next start deletes it. Raises DataProblems,
    BuildError or OSError.
    """
    with staging.scratch("edit") as folder:
        session = EditSession(project, folder / "site", engine)
        try:
            server = EditServer(port, session)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise BuildError(f"something else uses port {port}: try “guide edit --port {port + 1}”") from None
        try:
            session.build()
            yield server
        finally:
            server.server_close()
            session.wait()


def address(server: EditServer) -> str:
    """Return the address of the form, with the key that lets it save.

    The part after the “#” is sent to no server and to no site that a link leads to. It is shown only in the window
    where the program was started: anybody who can see that window may save.
    """
    return f"http://{HOST}:{server.server_port}/{FORM}#key={server.session.key}"
