"""Measures the weight of pages, and the Lighthouse scores of four of them on a phone.

    guide build --site-dir site
    python benchmarks/pages.py site
    python benchmarks/pages.py site --lighthouse --runs 5

The first table is read from the built files: requests and compressed bytes of a first view, and what a page adds for a
reader who has seen the home page. `tests/built_site/test_site_weight.py` holds the limits. Brotli is counted too if the
package `brotli` is installed. Lighthouse runs through npx against a server that compresses and lets browsers keep
files, as static hosts do; each score is the median of the runs. Its figure for performance depends on the machine.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/built_site"))

from built_site import BASE, Site, requests_elsewhere  # noqa: E402
from page_weight import BEYOND_CACHE, FIRST_VIEW, Weights  # noqa: E402

LIGHTHOUSE = "lighthouse@12.8.2"  # the last version that runs with Node 18
PAGES = ("", "trusts/luton/", "trusts/compare/", "survey/")
CATEGORIES = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}


def print_weights(site: Site) -> None:
    plain, brotli = Weights(site), _brotli(site)
    elsewhere = [*requests_elsewhere(site)]
    home = site[""]
    rows = sorted(site.pages.values(), key=plain.first_view, reverse=True)
    print(f"{'page':46} {'requests':>8} {'first view':>11} {'brotli':>8} {'beyond':>8}   (kB compressed)")
    for page in rows:
        sizes = (plain.first_view(page), brotli.first_view(page) if brotli else None, plain.beyond(page, home))
        first, small, beyond = (f"{size / 1000:.1f}" if size is not None else "-" for size in sizes)
        print(f"{'/' + page.url:46} {1 + len(plain.files(page)):8} {first:>11} {small:>8} {beyond:>8}")
    print()
    for name, sizes_of, limit in (
        ("first view", [plain.first_view(page) for page in rows], FIRST_VIEW),
        ("beyond what is kept", [plain.beyond(page, home) for page in rows], BEYOND_CACHE),
    ):
        middle = statistics.median(sizes_of) / 1000
        print(f"{name}: median {middle:.1f} kB, most {max(sizes_of) / 1000:.1f} kB, limit {limit / 1000:.0f} kB")
    print(f"requests to other sites: {len(elsewhere)} on {len(rows)} pages")


def _brotli(site: Site) -> Weights | None:
    try:
        import brotli
    except ImportError:
        return None

    class Small(Weights):
        def size(self, name: str) -> int:
            content = (self.site.folder / name).read_bytes()
            return self._sizes.setdefault(name, min(len(content), len(brotli.compress(content, quality=9))))

    return Small(site)


# --- Lighthouse ---------------------------------------------------------------------------------------------------


class _Host(SimpleHTTPRequestHandler):
    """Answers as static hosts do: compressed, with permission to cache files."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, below: str, **more: Any) -> None:
        self.below = below
        super().__init__(*arguments, **more)

    def do_GET(self) -> None:
        path = Path(self.directory, urlsplit(self.path).path.removeprefix(self.below))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = gzip.compress(path.read_bytes(), compresslevel=6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        age = 600 if path.suffix == ".html" else 31_536_000
        self.send_header("Cache-Control", f"public, max-age={age}")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Print nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a site and give its address, with a slash at the end."""
    below = urlsplit(BASE).path or "/"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(folder), below=below))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{below}"
    finally:
        server.shutdown()
        server.server_close()


def print_lighthouse(folder: Path, runs: int) -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None or shutil.which("npx") is None:
        sys.exit("Lighthouse needs Chromium and npx.")
    print(f"{'page':26}" + "".join(f"{name:>16}" for name in CATEGORIES) + f"   (median of {runs}; phone)")
    with served(folder) as address:
        for url in PAGES:
            scores = [_scores(address + url, chromium) for _ in range(runs)]
            middle = {name: statistics.median(one[name] for one in scores) for name in CATEGORIES}
            cells = (f"{score:.0f}{' ' if score >= CATEGORIES[name] else '!'}" for name, score in middle.items())
            print(f"{'/' + url:26}" + "".join(f"{cell:>16}" for cell in cells), flush=True)
            for missed in sorted({one for run in scores for one in run["missed"]}):
                print(f"    {missed}")


def _scores(address: str, chromium: str) -> dict[str, Any]:
    """Return the scores of one run, from 0 to 100, and the audits that cost points outside performance."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "told.json")
        subprocess.run(
            [
                *("npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={told}"),
                f"--only-categories={','.join(CATEGORIES)}",
                "--chrome-flags=--headless=new --no-sandbox",
            ],
            env={**os.environ, "CHROME_PATH": chromium},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        report = json.loads(told.read_text(encoding="utf-8"))
    missed = [
        f"{name}: {report['audits'][one['id']]['title']}"
        for name in CATEGORIES
        if name != "performance"
        for one in report["categories"][name]["auditRefs"]
        if one["weight"] and report["audits"][one["id"]]["score"] not in (None, 1)
    ]
    return {name: 100 * (report["categories"][name]["score"] or 0) for name in CATEGORIES} | {"missed": missed}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path, help="the folder of a built site")
    parser.add_argument("--lighthouse", action="store_true", help="ask Lighthouse too (some 25 s a run and page)")
    parser.add_argument("--runs", type=int, default=5, help="how often Lighthouse looks at each page")
    given = parser.parse_args()
    print_weights(Site(given.site.resolve()))
    if given.lighthouse:
        print()
        print_lighthouse(given.site.resolve(), given.runs)


if __name__ == "__main__":
    main()
