"""Serves a built site as a host does that reads the headers which the site ships."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

Rules = list[tuple[str, list[tuple[str, str]]]]
"""Patterns of paths, each with the headers of what fits."""


def headers(site: Path) -> Rules:
    """Return what the file `_headers` of a site says."""
    rules: Rules = []
    for line in (site / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            rules[-1][1].append((name, value))
        elif line:
            rules.append((line, []))
    return rules


@contextmanager
def serving(site: Path, below: str = "/", *, silent: bool = False) -> Iterator[str]:
    """Serve a built site and give its address. A silent host sends no headers of the site's."""
    handler = partial(_Handler, directory=str(site), below=below, rules=[] if silent else headers(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{below}"
    finally:
        server.shutdown()
        server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    """Serves a site below a path, with the site's own headers, and its own page for what is not there."""

    def __init__(self, *arguments: Any, below: str, rules: Rules, **more: Any) -> None:
        self.below, self.rules = below, rules
        super().__init__(*arguments, **more)

    def translate_path(self, path: str) -> str:
        inside = urlsplit(path).path
        return super().translate_path(f"/{inside.removeprefix(self.below)}" if inside.startswith(self.below) else "/-")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())

    def end_headers(self) -> None:
        for name, value in self._said():
            if name != "Cache-Control":  # a browser of the tests may meet two builds of one page
                self.send_header(name, value)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def _said(self) -> Iterator[tuple[str, str]]:
        path = urlsplit(getattr(self, "path", "/")).path
        return (one for pattern, said in self.rules if fnmatchcase(path, pattern) for one in said)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        with suppress(ConnectionError):  # a browser that has gone on to another page
            super().copyfile(source, outputfile)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
