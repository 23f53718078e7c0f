"""Compares a region that has one wave of evidence with the same one that has several: a build and an edit, by the page.

    python benchmarks/waves.py
    python benchmarks/waves.py --sizes 150 --waves 3 --runs 3 --write

Both are built from nothing, in turns, and the CPU seconds are divided by the number of pages. An edit is one word in a
latest profile of a Trust, timed from the moment the file is written until `serve` shows it on the Trust’s page.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from build import WAYS, build
from editing import _wait, serving
from region import add_waves, make_region
from results import table, write_section

from macros.model.holdings import AREA_FILE

HEADS = ["Trusts", "waves", "pages", "build, CPU ms a page", "of one wave", "edit to page, wall s", "of one wave"]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 150], metavar="N", help="how many Trusts")
    parser.add_argument("--waves", type=int, default=3, metavar="N", help="how many waves in all (default: 3)")
    parser.add_argument("--runs", type=int, default=3, help="how often each is measured (default: 3)")
    parser.add_argument("--write", metavar="NAME", nargs="?", const="waves", help="write into RESULTS.md (as NAME)")
    options = parser.parse_args()
    rows: list[list[str]] = []
    for size in options.sizes:
        print(f"\n{size:,} Trusts (load {os.getloadavg()[0]:.1f})", flush=True)
        rows += measure(size, options.waves, options.runs)
    body = table(HEADS, rows)
    print(f"\n{body}")
    if options.write:
        write_section(options.write, "Several waves", body, " ".join(["python benchmarks/waves.py", *sys.argv[1:]]))


def measure(size: int, waves: int, runs: int) -> list[list[str]]:
    """Return a row for one wave and a row for several."""
    with tempfile.TemporaryDirectory(prefix="waves-") as folder:
        projects = {1: Path(folder, "one"), waves: Path(folder, "several")}
        for many, project in projects.items():
            make_region(project, size)
            if many > 1:
                add_waves(project, many)
        cpu: dict[int, list[float]] = {many: [] for many in projects}
        for _ in range(runs):
            for many, project in projects.items():
                _, seconds, _ = build(project, WAYS["guide"])
                cpu[many].append(seconds)
        pages = {many: len([*(project / "whole").rglob("*.html")]) for many, project in projects.items()}
        edits = {many: _edit(project, runs) for many, project in projects.items()}
    a_page = {many: statistics.median(cpu[many]) / pages[many] * 1000 for many in projects}
    return [
        [
            f"{size:,}",
            f"{many}",
            f"{pages[many]:,}",
            f"{a_page[many]:.1f}",
            f"{a_page[many] / a_page[1]:.2f}",
            f"{edits[many]:.2f}",
            f"{edits[many] / edits[1]:.2f}",
        ]
        for many in projects
    ]


def _edit(project: Path, runs: int) -> float:
    """Return the median of the seconds until a word in the latest profile of Luton is on its page."""
    newest = max(path for path in (project / "data/trusts/luton").glob("*.yml") if path.name != AREA_FILE)
    text = newest.read_text(encoding="utf-8")
    times = []
    with serving(project) as page:
        _wait(lambda: "</html>" in page("about/"))
        for number in range(runs):
            word = f"word{number}wave"
            started = time.monotonic()
            newest.write_text(text.replace("narrative: >-\n    ", f"narrative: >-\n    {word} ", 1), encoding="utf-8")
            _wait(lambda word=word: word in page("trusts/luton/"))  # type: ignore[misc]
            times.append(time.monotonic() - started)
            newest.write_text(text, encoding="utf-8")
            _wait(lambda word=word: word not in page("trusts/luton/"))  # type: ignore[misc]
    return statistics.median(times)


if __name__ == "__main__":
    main()
