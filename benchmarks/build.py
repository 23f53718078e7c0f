"""How long a build takes for 10, 150 and 1,000 Trusts, against a floor: the same pages already rendered to Markdown.

    python benchmarks/build.py
    python benchmarks/build.py --sizes 10 150 --runs 5
    python benchmarks/build.py --sizes 10 --instructions

The ten real Trusts stand in every size; the others are made from them, with other names and other words, from a fixed
seed. The guide's build reads the data, draws every macro and lets MkDocs do the rest; the floor's build has neither
macros nor data. Both have the same theme, menu and settings, and the pages that come out are compared. Runs take turns,
so that a busy machine slows both. CPU seconds (user and system, of the one process that builds) are steadier than wall.
Steadiest are instructions executed, which valgrind counts: one run of each build, some fifty times slower.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from region import make_floor, make_region, real_trusts

from macros.build import CHECKED


@dataclass
class Times:
    """What the runs of one build took, in seconds."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 150, 1000], metavar="N", help="how many Trusts")
    parser.add_argument("--runs", type=int, default=3, help="how often each build is run (default: 3)")
    parser.add_argument("--instructions", action="store_true", help="count instructions with valgrind instead of time")
    options = parser.parse_args()
    if min(options.sizes) < real_trusts():
        parser.error("each size must be at least the number of real Trusts")

    if options.instructions:
        count(options.sizes)
        return
    print(f"{'':>24}{'guide':^30}{'floor':^30}{'guide / floor':^20}")
    print(
        f"{'Trusts':>6}{'pages':>7}{'differ':>8}   "
        + f"{'CPU':>8}{'least':>7}{'wall':>8}{'least':>7}" * 2
        + f"{'CPU':>10}{'wall':>8}"
    )
    medians: dict[int, tuple[float, float]] = {}
    for size in options.sizes:
        medians[size] = _measure(size, options.runs)
    for small, large in pairwise(options.sizes):
        guide, floor = (after / before for before, after in zip(medians[small], medians[large], strict=True))
        times = f"guide {guide:.1f} times, floor {floor:.1f} times"
        print(f"From {small:,} to {large:,} Trusts ({large / small:.1f} times), CPU: {times}")


def count(sizes: Sequence[int]) -> None:
    """Print how many instructions both builds execute."""
    print(f"{'Trusts':>6}{'guide':>10}{'floor':>10}   thousand million instructions, and guide / floor")
    for size in sizes:
        with _both(size) as projects:
            for project in projects:
                build(project)  # once without counting, so that the program is compiled
            guide, floor = (instructions(project) / 1e9 for project in projects)
        print(f"{size:>6,}{guide:>10.1f}{floor:>10.1f}{guide / floor:>8.2f}", flush=True)


@contextmanager
def _both(size: int) -> Iterator[tuple[Path, Path]]:
    """Give the guide's project and the floor's."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        guide, floor = Path(folder, "guide"), Path(folder, "floor")
        make_region(guide, size)
        make_floor(guide, floor)
        yield guide, floor


def _measure(size: int, runs: int) -> tuple[float, float]:
    """Print one line and return the median CPU seconds of both builds."""
    with _both(size) as (guide_project, floor_project):
        guide, floor = Times(), Times()
        for number in range(runs + 1):
            for project, times in ((guide_project, guide), (floor_project, floor)):
                wall, cpu = build(project)
                if number:  # the first run of each fills caches of files
                    times.wall.append(wall)
                    times.cpu.append(cpu)
        pages, differ = compare(guide_project / "site", floor_project / "site")
    middle = {name: [statistics.median(getattr(times, name)) for times in (guide, floor)] for name in ("cpu", "wall")}
    columns = "".join(
        f"{middle['cpu'][n]:>8.2f}{min(times.cpu):>7.2f}{middle['wall'][n]:>8.2f}{min(times.wall):>7.2f}"
        for n, times in enumerate((guide, floor))
    )
    ratios = "".join(f"{middle[name][0] / middle[name][1]:>{width}.2f}" for name, width in (("cpu", 10), ("wall", 8)))
    print(f"{size:>6,}{pages:>7,}{differ:>8,}   {columns}{ratios}", flush=True)
    return middle["cpu"][0], middle["cpu"][1]


# --- a build ------------------------------------------------------------------------------------------------------


def environment_of(project: Path) -> dict[str, str]:
    """Return the environment that a project is built in."""
    environment = {**os.environ, CHECKED: "1", "PYTHONPATH": str(project), "PYTHONHASHSEED": "0"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the program is compiled once, as on a reader's own machine
    return environment | {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


BUILD = [sys.executable, "-m", "mkdocs", "build", "--strict"]


def instructions(project: Path) -> int:
    """Build under valgrind; return how many instructions that took."""
    if not shutil.which("valgrind"):
        sys.exit("Counting instructions needs valgrind. On Debian: apt install valgrind")
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *BUILD]
    run = subprocess.run(
        command, cwd=project, env=environment_of(project), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        check=False,
    )  # fmt: skip
    counted = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode or not counted:
        sys.exit(f"MkDocs could not build {project.name} under valgrind:\n{run.stderr[-4000:]}")
    return int(counted[1])


def build(project: Path) -> tuple[float, float]:
    """Build with MkDocs in a process of its own; return its wall and CPU seconds."""
    with tempfile.TemporaryFile() as output:
        started = time.monotonic()
        process = subprocess.Popen(
            BUILD, cwd=project, env=environment_of(project), stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            sys.exit(f"MkDocs could not build {project.name}:\n{output.read().decode()[-4000:]}")
    return wall, used.ru_utime + used.ru_stime


def compare(one: Path, other: Path) -> tuple[int, int]:
    """Return how many pages there are, and how many of them differ between two sites, blank lines apart."""
    pages = {path.relative_to(one) for path in one.rglob("*.html")} | {
        path.relative_to(other) for path in other.rglob("*.html")
    }
    same = sum(
        (one / page).is_file() and (other / page).is_file() and _words(one / page) == _words(other / page)
        for page in pages
    )
    return len(pages), len(pages) - same


def _words(page: Path) -> list[bytes]:
    return page.read_bytes().split()


if __name__ == "__main__":
    main()
