"""Starts web servers of Debian with what a built site ships for them, on a free port of this computer."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

APACHE_MODULES = Path("/usr/lib/apache2/modules")
HARM = [
    b"GET /../secret.txt HTTP/1.0\r\n\r\n",
    b"GET /..%2fsecret.txt HTTP/1.0\r\n\r\n",
    b"GET /%2e%2e/secret.txt HTTP/1.0\r\n\r\n",
    b"GET /data/../../secret.txt HTTP/1.0\r\n\r\n",
    b"GET /..\\secret.txt HTTP/1.0\r\n\r\n",
    b"GET //../secret.txt HTTP/1.0\r\n\r\n",
    b"GET /%00/../../secret.txt HTTP/1.0\r\n\r\n",
    b"GET /index.html%00.txt HTTP/1.0\r\n\r\n",
    b"GET /index.html\x00 HTTP/1.0\r\n\r\n",
    b"GET /%c0%ae%c0%ae/secret.txt HTTP/1.0\r\n\r\n",
    b"GET /.htaccess HTTP/1.0\r\n\r\n",
    b"GET /.git/config HTTP/1.0\r\n\r\n",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.0\r\n\r\n",
    b"GET /" + b"a/" * 3000 + b" HTTP/1.0\r\n\r\n",
    b"GET / HTTP/1.0\r\nX: " + b"b" * 100_000 + b"\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET http://elsewhere.example/ HTTP/1.0\r\n\r\n",
    b"CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"\r\n\r\n\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nzzz\r\n\r\n",
]
"""Requests that mean harm, byte for byte. Beside the folder of the site a file says “not for readers”."""
Start = Callable[[Path, Path, int], list[str]]


class NotHere(Exception):
    """This server is not installed."""


def nginx(site: Path, folder: Path, port: int) -> list[str]:
    """Write what nginx needs into a folder, and return the command that starts it."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        raise NotHere("nginx is not installed: “apt install nginx-light” does it")
    snippet = folder / "guide.conf"
    shutil.copy(site / "nginx.conf", snippet)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""  # the site of a test is its own user's
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off; {user} worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;\n"
        "events { worker_connections 1024; }\n"
        f"http {{ access_log off; {temporary} sendfile on; tcp_nopush on; open_file_cache max=1000;\n"
        f"server {{ listen 127.0.0.1:{port} backlog=1024; root {site}; include {snippet}; }} }}\n",
        encoding="utf-8",
    )
    return [found, "-p", str(folder), "-c", str(config), "-e", f"{folder}/error.log"]


def apache(site: Path, folder: Path, port: int) -> list[str]:
    """The same for Apache, which reads `.htaccess` in the site."""
    found = shutil.which("apache2", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None or not APACHE_MODULES.is_dir():
        raise NotHere("Apache is not installed: “apt install apache2-bin” does it")
    names = (
        "mpm_event",
        "authz_core",
        "authz_host",
        "dir",
        "mime",
        "headers",
        "deflate",
        "filter",
        "setenvif",
        "unixd",
    )
    modules = "".join(
        f"LoadModule {name}_module {APACHE_MODULES}/mod_{name}.so\n"
        for name in names
        if (APACHE_MODULES / f"mod_{name}.so").is_file()
    )
    user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
    config = folder / "apache.conf"
    config.write_text(
        f"ServerRoot {folder}\nServerName localhost\nTraceEnable Off\nListen 127.0.0.1:{port}\nPidFile {folder}/pid\n"
        f"ErrorLog {folder}/error.log\nDefaultRuntimeDir {folder}\nMutex file:{folder}\n{modules}"
        f"TypesConfig /dev/null\n{user}"
        f"DocumentRoot {site}\n<Directory {site}>\nAllowOverride All\nRequire all granted\n</Directory>\n",
        encoding="utf-8",
    )
    return [found, "-D", "FOREGROUND", "-f", str(config)]


@contextmanager
def running(start: Start, site: Path, folder: Path) -> Iterator[int]:
    """Run a server and give its port. Raises NotHere, or RuntimeError with what it says of its settings."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    with subprocess.Popen(
        start(site, folder, port), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as run:
        try:
            _wait(run, port, folder / "error.log")
            yield port
        finally:
            run.terminate()


def _wait(run: subprocess.Popen[str], port: int, log: Path) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if run.poll() is not None:
            said = run.stdout.read() if run.stdout else ""
            raise RuntimeError(said + (log.read_text(encoding="utf-8") if log.is_file() else ""))
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the server did not answer within 20 seconds")


def send(port: int, raw: bytes) -> bytes:
    """Send bytes as they are, and return all that comes back; what came so far if the server hangs up."""
    told = bytearray()
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        try:
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
            while more := connection.recv(65536):
                told += more
        except ConnectionError:
            pass
    return bytes(told)
