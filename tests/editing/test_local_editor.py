"""The server of `guide edit`: it answers this computer only, and saves only what its own page sends."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import small_project

from macros.derived.http_headers import POLICY
from macros.editing import local_editor
from macros.editing.correction import MAX_BYTES
from macros.pages.project import BuildError, Project
from macros.reading.guide import Guide

CHANGE = {
    "record": "trusts/luton",
    "changes": [{"op": "set", "path": ["authority"], "value": "Luton Council", "was": "Luton Borough Council"}],
    "source": "ours",
}


@pytest.fixture
def project(tmp_path: Path, guide: Guide) -> Project:
    return Project(small_project.make(tmp_path, guide))


@pytest.fixture
def server(project: Project, monkeypatch: pytest.MonkeyPatch) -> Iterator[local_editor.EditServer]:
    def build(own: local_editor.EditSession) -> None:
        """Make the one page that these tests ask for."""
        page = own.site / local_editor.FORM / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text('<form data-ce-save="">', encoding="utf-8")

    monkeypatch.setattr(local_editor.EditSession, "build", build)
    with local_editor.serving(project) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def ask(
    server: local_editor.EditServer, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[int, bytes, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.headers


def key(server: local_editor.EditServer) -> str:
    return urlsplit(local_editor.address(server)).fragment.removeprefix("key=")


def save(server: local_editor.EditServer, change: object = CHANGE, **headers: str) -> tuple[int, dict[str, list[str]]]:
    given = {"Origin": f"http://127.0.0.1:{server.server_port}", "X_Guide_Key": key(server), **headers}
    status, body, _ = ask(server, "POST", "/edit/save", json.dumps(change).encode(), **given)
    return status, json.loads(body) if body.startswith(b"{") else {}


def line_of(project: Project) -> str:
    return (project.data / "trusts/luton/trust.yml").read_text(encoding="utf-8").splitlines()[4]


def test_it_saves_what_its_page_sends(project: Project, server: local_editor.EditServer) -> None:
    status, told = save(server)
    assert status == 200
    assert told == {
        "done": ["data/trusts/luton/trust.yml:5: Luton › Authority: was “Luton Borough Council”; now “Luton Council”"]
    }
    assert line_of(project) == "authority: Luton Council"
    download = json.loads(ask(server, "GET", "/data/trusts/luton.json")[1])
    assert download["authority"] == "Luton Council"


def test_it_says_what_does_not_fit(project: Project, server: local_editor.EditServer) -> None:
    status, told = save(server, {**CHANGE, "source": "I know"})
    assert status == 200
    assert told["reasons"][0].startswith("Source: found “I know”")
    assert save(server, [])[1]["reasons"]
    (project.data / "trusts/essex/2009.yml").write_text("name: [", encoding="utf-8")
    assert save(server)[1]["reasons"][0].startswith("The data hold problems already.")
    assert line_of(project) == "authority: Luton Borough Council"


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Guide_Key": "guessed"},
        {"X_Guide_Key": ""},
        {"X_Guide_Key": "²"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Host": "elsewhere.example"},
    ],
)
def test_other_pages_cannot_save(project: Project, server: local_editor.EditServer, headers: dict[str, str]) -> None:
    assert save(server, **headers)[0] == 403
    assert line_of(project) == "authority: Luton Borough Council"


def test_no_other_page_and_no_other_user_learns_the_key(server: local_editor.EditServer) -> None:
    assert ask(server, "GET", "/edit/", Host=f"127.0.0.1.elsewhere.example:{server.server_port}")[0] == 403
    status, body, headers = ask(server, "GET", "/edit/")
    assert status == 200
    assert "Access-Control-Allow-Origin" not in headers
    assert headers["Content-Security-Policy"] == POLICY
    assert body == b'<form data-ce-save="here">'
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "key" not in urlsplit(local_editor.address(server))._replace(fragment="").geturl(), (
        "only what is sent to no server"
    )
    for path in ("/", "/edit/", "/edit/index.html", "/edit", "/edit/save", "/nowhere"):
        status, body, headers = ask(server, "GET", path)
        assert key(server).encode() not in body + str(headers).encode()


def test_it_listens_on_this_computer_only(server: local_editor.EditServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize(
    ("length", "status"),
    [
        *((nonsense, 400) for nonsense in ("-1", "x", "²", "+1", "1_0", " ", "0x10", "1.5", "١", "1, 1")),
        ("", 411),
        (str(MAX_BYTES + 1), 413),
        ("9" * 5000, 413),
    ],
)
def test_too_long_is_not_read(server: local_editor.EditServer, length: str, status: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
    connection.putrequest("POST", "/edit/save")
    connection.putheader("Origin", f"http://127.0.0.1:{server.server_port}")
    connection.putheader("X-Guide-Key", key(server))
    if length:
        connection.putheader("Content-Length", length.encode())
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == status
    assert answer.read().decode().strip().endswith(".")


@pytest.mark.parametrize(
    "path", ["/../mkdocs.yml", "/%2e%2e/mkdocs.yml", "/edit/../../data/region.yml", "/data/trusts/../../x.json"]
)
def test_only_the_site_is_served(server: local_editor.EditServer, path: str) -> None:
    assert ask(server, "GET", path)[0] == 404


# --- as a program of its own --------------------------------------------------------------------------------------

DRIVER = """
import sys
from macros import cli
from macros.editing import local_editor
def build(own):
    page = own.site / local_editor.FORM / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text('<form data-ce-save="">')
    (own.site / "large.txt").write_bytes(b"x" * 20_000_000)
local_editor.EditSession.build = build
sys.exit(cli.main())
"""


class Program:
    """`guide edit` with a site that is made at once, its temporary folders in a folder of their own."""

    def __init__(self, project: Project, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.run = subprocess.Popen(
            [sys.executable, "-c", DRIVER, "edit", "--port", "0"],
            cwd=project.root,
            env={**os.environ, "TMPDIR": str(folder), "PYTHONPATH": str(small_project.ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.run.stdout is not None
        self.address = urlsplit(self.run.stdout.readline().removeprefix("The form is at "))

    def sends(self, content: bytes, *, leaves: bool = False, hangs_up: bool = True) -> bytes:
        """Send bytes and return the answer, or leave before it is there: with a word or without."""
        with socket.create_connection(("127.0.0.1", self.address.port or 0), timeout=30) as own:
            own.sendall(content.replace(b"HERE", self.address.netloc.encode()))
            if leaves:
                own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", hangs_up, 0))
                return b""
            return b"".join(iter(lambda: own.recv(65536), b""))

    def ends(self, how: int) -> tuple[int, str]:
        """Send a signal; return how it ended, and what it said of trouble."""
        self.run.send_signal(how)
        _, said = self.run.communicate(timeout=60)
        return self.run.returncode, said


@pytest.fixture
def program(project: Project, tmp_path: Path) -> Iterator[Program]:
    made = Program(project, tmp_path / "temporary")
    yield made
    made.run.kill()
    made.run.communicate()


def test_it_lives_though_browsers_leave(program: Program) -> None:
    for number in range(20):
        program.sends(b"GET /large.txt HTTP/1.1\r\nHost: HERE\r\n\r\n", leaves=True, hangs_up=number % 2 > 0)
        program.sends(b"GET /edit/ HTTP/1.1\r\nHost: HE", leaves=True)
        program.sends(b"POST /edit/save HTTP/1.1\r\nHost: HERE\r\nContent-Length: 100\r\n\r\nhalf", leaves=True)
    assert program.sends(b"GET /edit/ HTTP/1.1\r\nHost: HERE\r\n\r\n").startswith(b"HTTP/1.0 200 ")
    assert program.run.poll() is None
    code, said = program.ends(signal.SIGTERM)
    assert code == 128 + signal.SIGTERM
    assert [line for line in said.splitlines() if not line.startswith("Building")] == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_its_folder_goes_however_it_ends(program: Program, how: int) -> None:
    assert [one.stat().st_mode & 0o777 for one in program.folder.glob("guide-edit-*")] == [0o700]
    code, said = program.ends(how)
    assert code == 128 + how
    assert "Traceback" not in said
    assert [*program.folder.iterdir()] == []


def test_what_a_kill_left_goes_at_the_next_start(program: Program, project: Project, tmp_path: Path) -> None:
    left = {*program.folder.glob("guide-edit-*")}
    beside = Program(project, tmp_path / "temporary")
    assert left < {*program.folder.glob("guide-edit-*")}, "the folder of one that runs is left alone"
    beside.ends(signal.SIGTERM)
    program.ends(signal.SIGKILL)
    assert {*program.folder.glob("guide-edit-*")} == left
    again = Program(project, tmp_path / "temporary")
    assert left.isdisjoint(program.folder.glob("guide-edit-*"))
    again.ends(signal.SIGTERM)
    assert [*program.folder.iterdir()] == []


def test_its_key_stands_in_no_list_of_processes(program: Program) -> None:
    key = program.address.fragment.removeprefix("key=")
    assert len(key) >= 32
    for name in ("cmdline", "environ"):
        assert key.encode() not in Path(f"/proc/{program.run.pid}/{name}").read_bytes()


def test_a_port_that_is_taken_is_told(project: Project) -> None:
    told = pytest.raises(BuildError, match="something else uses port")
    with socket.create_server(("127.0.0.1", 0)) as taken, told, local_editor.serving(project, taken.getsockname()[1]):
        pass
