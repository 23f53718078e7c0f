"""Measures a host under load: nginx with the settings that the site ships, asked for pages 500 times a second.

    npm ci --prefix benchmarks              # once: the load generator, a process of its own
    python benchmarks/load.py               # builds the site; 30 seconds
    python benchmarks/load.py --site site --rate 2000 --seconds 10

The addresses are those of the site map, and of the files that pages use most. The rate is constant: a late answer
delays no request, and is timed from when its request was due. Meanwhile harmful requests are sent too, at most ten a
second. Ends with 1 if an answer failed, if one was 5xx, or if anything outside the site was revealed.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import hosts  # noqa: E402 - from the folder above

CONNECTIONS = 50


def addresses(site: Path) -> list[str]:
    """Return the paths of all pages, and of the files that pages need."""
    listed = re.findall(r"<loc>(.+?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    home = (site / "index.html").read_text(encoding="utf-8")
    needed = re.findall(r'(?:src|href)="(assets/[^"]+\.(?:js|css|svg))"', home)
    return [urlsplit(one).path for one in listed] + [
        f"/{one}" for one in (*needed, "search/index.js", "data/trusts.json")
    ]


def harm(port: int, until: float) -> Counter[str]:
    """Send harmful requests until that time, and return how often each status came back."""
    told: Counter[str] = Counter()
    while time.monotonic() < until:
        for raw in hosts.HARM:
            answer = hosts.send(port, raw)
            status = answer[9:12].decode(errors="replace") if answer.startswith(b"HTTP/") else "none"
            told["something outside the site" if b"not for readers" in answer else status] += 1
            time.sleep(0.1)
            if time.monotonic() >= until:
                break
    return told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, help="a built site (default: build one)")
    parser.add_argument("--rate", type=int, default=500, help="questions a second (default: 500)")
    parser.add_argument("--seconds", type=int, default=30)
    options = parser.parse_args()
    if not (ROOT / "benchmarks/node_modules/autocannon").is_dir():
        parser.error("the program that asks is missing: npm ci --prefix benchmarks")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        folder.chmod(0o755)
        site = folder / "public"
        if options.site:
            shutil.copytree(options.site, site)
        else:
            subprocess.run([sys.executable, "-m", "macros", "build", "--site-dir", str(site)], cwd=ROOT, check=True)
        (folder / "secret.txt").write_text("not for readers", encoding="utf-8")
        try:
            with hosts.running(hosts.nginx, site, folder) as port:
                return measure(port, addresses(site), options.rate, options.seconds)
        except hosts.NotHere as why:
            parser.error(str(why))


def measure(port: int, paths: list[str], rate: int, seconds: int) -> int:
    told: list[Counter[str]] = []
    other = threading.Thread(target=lambda: told.append(harm(port, time.monotonic() + seconds)))
    other.start()
    asked = {
        "url": f"http://127.0.0.1:{port}",
        "rate": rate,
        "seconds": seconds,
        "connections": CONNECTIONS,
        "paths": paths,
    }
    run = subprocess.run(
        ["node", str(ROOT / "benchmarks/load.mjs")], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    other.join()
    found = json.loads(run.stdout)
    answered, late = found["requests"], found["latency"]
    print(f"{len(paths)} addresses, {CONNECTIONS} connections, {seconds} s, {rate} a second wanted")
    print(f"answered     {answered['total']} ({answered['average']:.0f} a second), {found['2xx']} of them 200")
    failed = f"{found['errors']} errors, {found['timeouts']} without an answer, {found['non2xx']} other statuses"
    print(f"failed       {failed}")
    print(f"milliseconds p50 {late['p50']}, p90 {late['p90']}, p99 {late['p99']}, longest {late['max']}")
    print(f"sent         {found['throughput']['average'] / 1e6:.1f} MB a second, compressed")
    statuses = ", ".join(f"{count} × {status}" for status, count in sorted(told[0].items()))
    print(f"harm         {sum(told[0].values())} requests: {statuses}")
    alive = hosts.send(port, b"GET / HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200")
    print(f"afterwards   {'it answers' if alive else 'IT DOES NOT ANSWER'}")
    bad = found["errors"] + found["timeouts"] + found["non2xx"] + told[0]["something outside the site"] + (not alive)
    # 505 is the right answer to an HTTP version that does not exist.
    bad += sum(count for status, count in told[0].items() if status.startswith("5") and status != "505")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
