"""Measures full builds against floors, the other engine and other programs, at 10 to 5,000 Trusts.

    python benchmarks/build.py
    python benchmarks/build.py --sizes 10 150 --runs 5
    python benchmarks/build.py --sizes 5000 --ways guide floor --runs 1
    python benchmarks/build.py --sizes 10 --instructions
    python benchmarks/build.py --sizes 10 150 1000 --write

The ways to build:

guide           `guide build`, with nothing kept from an earlier build: data and pages are checked, pages drawn, feeds
                and history made from git, then downloads and search, and every finished page is checked again
guide-again     the same again, with the results that the build before kept (macros/publish/prepared.py)
guide-edited    the same after a word of one profile was changed (macros/reading/earlier_results.py)
floor           MkDocs with the same pages and finished drawings: the same theme, menu and settings, and the drawings
                bypass the parser as they do in the guide. No build of these pages with MkDocs can take less
parsed          the same pages, with the drawings in the Markdown, so that the parser reads them
searched        the same with the search that comes with Material
stock           the same Markdown in unmodified Material: its look, its menu of all pages, its search
guide-zensical  `guide build --engine zensical`: everything
floor-zensical  Zensical with the same pages and finished drawings
parsed-zensical Zensical with the same pages for its parser to read, and no search
stock-zensical  Zensical with the pages and the settings of “stock”
hugo            Hugo with the pages of “parsed” and a small theme with the same menu (benchmarks/hugo)

Every region has a history of 31 commits in git. Runs take turns, so that a busy machine slows all alike. CPU seconds
(user and system, of all processes of a build) are steadier than wall time, and their ratios within one run are steadier
still. Steadiest are executed instructions, counted by valgrind in one run of each build, which is some fifty times
slower. The finished pages of “guide” and “floor” are compared, apart from blank lines. Memory is the most that all
processes of a build held at one time.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from measured import CommandError, Used, run
from region import NARRATIVE, ROOT, real_trusts
from results import table, write_section

from macros.history.git import Repository
from macros.model import addresses
from macros.model.process_variables import CHECKED, EPOCH
from macros.publish.search_shards import FIRST_FILE

OVER = ("floor", "stock")
SEARCHED = "searched.yml"
"""The settings of “parsed” with the theme's own search."""
GUIDE = (sys.executable, "-m", "macros", "build", "--site-dir")
ZENSICAL = (sys.executable, "-m", "zensical", "build", "--clean")
MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--site-dir")
STRICT = (*MKDOCS[:4], "--strict", "--site-dir")


@dataclass(frozen=True)
class Way:
    """A way to build: a command, and the project that it builds."""

    name: str
    project: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    fresh: bool = False
    """Whether nothing kept by an earlier build may be there."""
    edited: bool = False
    """Whether a profile is another than in the build before."""


WAYS = {
    way.name: way
    for way in (
        Way("guide", "guide", (*GUIDE, "whole"), fresh=True),
        Way("guide-again", "guide", (*GUIDE, "whole")),
        Way("guide-edited", "guide", (*GUIDE, "edited"), edited=True),
        Way("floor", "handed", (*STRICT, "pages")),
        Way("parsed", "parsed", (*STRICT, "pages")),
        Way("searched", "parsed", (*STRICT, "searched", "--config-file", SEARCHED)),
        Way("stock", "stock", (*MKDOCS, "pages")),
        Way("guide-zensical", "guide", (*GUIDE, "z", "--engine", "zensical"), fresh=True),
        Way("floor-zensical", "handed", (*ZENSICAL, "--config-file", "mkdocs.yml")),
        Way("parsed-zensical", "parsed", (*ZENSICAL, "--config-file", "mkdocs.yml")),
        Way("stock-zensical", "stock", (*ZENSICAL, "--config-file", "mkdocs.yml")),
        Way("hugo", "hugo", ("hugo", "--quiet", "--cleanDestinationDir")),
    )
}


@dataclass
class Runs:
    """The measurements of one way's runs: seconds, and bytes of memory."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)


@dataclass
class Measured:
    """The measurements at one size: the runs of each way, and the results."""

    size: int
    runs: dict[str, Runs]
    pages: int
    differ: int | None
    site: int
    """Bytes of the guide's site."""
    index: int
    """Bytes of the search index that every search loads first, compressed."""

    def ratio(self, way: str, over: str, what: str = "cpu") -> str | None:
        if way not in self.runs or over not in self.runs:
            return None
        return f"{_median(getattr(self.runs[way], what)) / _median(getattr(self.runs[over], what)):.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 150, 1000], metavar="N", help="how many Trusts")
    parser.add_argument("--runs", type=int, default=3, help="how often each build is run (default: 3)")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=[*WAYS], help="which builds (default: all)")
    parser.add_argument("--instructions", action="store_true", help="count instructions with valgrind instead of time")
    parser.add_argument("--write", metavar="NAME", nargs="?", const="build", help="write into RESULTS.md (as NAME)")
    options = parser.parse_args()
    if min(options.sizes) < real_trusts():
        parser.error("each size must be at least the number of real Trusts")
    ways = [name for name in options.ways if name != "hugo" or shutil.which("hugo")]
    command = " ".join(["python benchmarks/build.py", *sys.argv[1:]])
    if options.instructions:
        body = count(options.sizes)
        if options.write:
            write_section(f"{options.write}-instructions", "Instructions of full builds", body, command)
        return
    measured: list[Measured] = []
    for size in options.sizes:
        measured.append(measure(size, ways, options.runs, warm=options.runs > 1))
        body = report(measured)
        print(f"\n{body}")
        if options.write:  # after each size, so that a long run that is stopped has still given results
            title = "Full builds" if options.write == "build" else f"Full builds: {options.write.partition('-')[2]}"
            write_section(options.write, title, body, command)


def report(measured: Sequence[Measured]) -> str:
    """Return the tables of all sizes, in Markdown."""
    times = table(
        [
            "way",
            "Trusts",
            "pages",
            "CPU s, median",
            "least",
            "wall s, median",
            "least",
            *(f"/ {one}" for one in OVER),
            "memory MB",
        ],
        [
            [
                name,
                f"{one.size:,}",
                f"{one.pages:,}",
                *(f"{figure(getattr(runs, what)):.2f}" for what in ("cpu", "wall") for figure in (_median, min)),
                *(one.ratio(name, f"{over}-zensical" if name.endswith("zensical") else over) or "-" for over in OVER),
                f"{max(runs.memory) / 1e6:,.0f}",
            ]
            for one in measured
            for name, runs in one.runs.items()
        ],
    )
    sizes = table(
        ["Trusts", "pages", "pages that differ from the floor’s", "site, MB", "index at first, kB compressed"],
        [
            [f"{one.size:,}", f"{one.pages:,}", one.differ, f"{one.site / 1e6:.1f}", f"{one.index / 1000:.0f}"]
            for one in measured
        ],
    )
    growth = [
        f"- {name}, from {small.size:,} to {large.size:,} Trusts ({large.size / small.size:.1f} times): "
        f"{_median(large.runs[name].cpu) / _median(small.runs[name].cpu):.1f} times the CPU seconds"
        for small, large in pairwise(measured)
        for name in small.runs
        if name in large.runs
    ]
    return "\n\n".join(filter(None, (times, "\n".join(growth), sizes)))


def measure(size: int, ways: Sequence[str], runs: int, *, warm: bool) -> Measured:
    """Build in each way, in turns; if `warm`, the first turn only fills caches of files and compiles."""
    with _projects(size, [WAYS[name].project for name in ways]) as projects:
        found = {name: Runs() for name in ways}
        differ = None
        for turn in range(runs + warm):
            for name in ways:
                if name in {"guide-again", "guide-edited"} and "guide" not in ways:  # which keeps the results for them
                    build(projects["guide"], WAYS["guide"])
                wall, cpu, memory = build(projects[WAYS[name].project], WAYS[name])
                if turn or not warm:
                    found[name].wall.append(wall)
                    found[name].cpu.append(cpu)
                    found[name].memory.append(memory)
                    print(
                        f"{size:>6,} {name:<16}{cpu:>8.2f} s CPU{wall:>8.2f} s wall{memory / 1e6:>8.0f} MB", flush=True
                    )
        if {"guide", "floor"} <= {*ways}:
            _, differ = compare(projects["guide"] / "whole", projects["handed"] / "pages")
        site = projects["guide"] / "whole"
        files = [path for path in site.rglob("*") if path.is_file()]
        return Measured(
            size,
            found,
            sum(path.suffix == ".html" for path in files),
            differ,
            sum(path.stat().st_size for path in files),
            len(gzip.compress((site / FIRST_FILE).read_bytes(), 6)) if (site / FIRST_FILE).is_file() else 0,
        )


def count(sizes: Sequence[int]) -> str:
    """Count the instructions that builds with MkDocs execute; returns the table."""
    rows = []
    for size in sizes:
        ways = ["guide", "guide-again", "floor", "parsed", "searched", "stock"]
        with _projects(size, [WAYS[name].project for name in ways]) as projects:
            for name in ways:  # once without counting, to compile the program
                build(projects[WAYS[name].project], WAYS[name])
            counted = {}
            for name in ways:
                counted[name] = instructions(projects[WAYS[name].project], WAYS[name]) / 1e9
                print(f"{size:>6,} {name:<16}{counted[name]:>8.2f} thousand million instructions", flush=True)
        rows += [
            [name, f"{size:,}", f"{counted[name]:.1f}", *(f"{counted[name] / counted[one]:.2f}" for one in OVER)]
            for name in ways
        ]
    told = table(["way", "Trusts", "thousand million instructions", *(f"/ {one}" for one in OVER)], rows)
    print(told)
    return told


# --- the projects -------------------------------------------------------------------------------------------------


@contextmanager
def _projects(size: int, wanted: Sequence[str]) -> Iterator[dict[str, Path]]:
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        names = {*wanted} - {"guide", "hugo"} | ({"parsed"} if "hugo" in wanted else set())
        found = {name: Path(folder, name) for name in ("guide", *sorted(names))}
        # In a process of its own, as memory held by this one would count towards the processes that it starts.
        maker = [sys.executable, str(ROOT / "benchmarks/region.py"), str(found["guide"]), "--trusts", str(size)]
        maker += [part for name in sorted(names) for part in (f"--{name}", str(found[name]))]
        subprocess.run(maker, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
        for name in {"guide", "handed"} & {*found}:  # once, as on a reader's own machine
            subprocess.run([sys.executable, "-m", "compileall", "-q", str(found[name] / "macros")], check=True)
        if "parsed" in found:
            settings = (found["parsed"] / "mkdocs.yml").read_text(encoding="utf-8")
            searched = settings.replace("enabled: false", "enabled: true", 1)
            (found["parsed"] / SEARCHED).write_text(searched, encoding="utf-8")
        if "hugo" in wanted:
            found["hugo"] = Path(folder, "hugo")
            make_hugo(found["parsed"], found["hugo"])
        if repository := Repository.around(found["guide"]):
            os.environ[EPOCH] = str(repository.committed_at())  # as `guide build` does itself
        yield found


def make_hugo(parsed: Path, project: Path) -> None:
    """Make the project for Hugo from the drawn pages: the same words, with headings as Hugo reads them."""
    shutil.copytree(ROOT / "benchmarks/hugo", project)
    shutil.copytree(parsed / "docs/assets", project / "static/assets")
    for path in sorted((parsed / "docs").rglob("*.md")):
        place = path.relative_to(parsed / "docs")
        if place.name == "index.md":
            place = place.with_name("_index.md")
        elif (path.with_suffix("") / "index.md").is_file():
            continue
        text = re.sub(r"\{:\s*(#[\w-]+)\s*\}", r"{\1}", path.read_text(encoding="utf-8"))
        (project / "content" / place).parent.mkdir(parents=True, exist_ok=True)
        (project / "content" / place).write_text(text, encoding="utf-8")
    order = yaml.safe_load((parsed / "docs/.nav.yml").read_text(encoding="utf-8"))["nav"]
    (project / "data").mkdir()
    (project / "data/menu.json").write_text(json.dumps([*_menu(order, parsed / "docs")]), encoding="utf-8")


def _menu(entries: Sequence[Any], docs: Path) -> Iterator[dict[str, Any]]:
    """Yield each section of the menu with its pages."""
    for entry in entries:
        ((title, below),) = entry.items()
        pages = [*_pages(below, docs)]
        yield {"title": title, "url": pages[0]["url"], "below": pages[1:], "all": [one["url"] for one in pages]}


def _pages(entry: Any, docs: Path, title: str = "") -> Iterator[dict[str, str]]:
    if isinstance(entry, list):
        for one in entry:
            yield from _pages(one, docs)
    elif isinstance(entry, dict) and "glob" in entry:
        yield from _pages(entry["glob"], docs)
    elif isinstance(entry, dict):
        for name, below in entry.items():
            yield from _pages(below, docs, name)
    else:
        for path in sorted(docs.glob(entry)):
            yield {"title": title or path.stem, "url": addresses.of_page(path.relative_to(docs).as_posix())}


# --- a build ------------------------------------------------------------------------------------------------------


def environment_of(project: Path, way: Way | None = None) -> dict[str, str]:
    """Return the environment for building a project."""
    environment = {**os.environ, "PYTHONPATH": str(project), "PYTHONHASHSEED": "0"}
    for name in (CHECKED, "PYTHONDONTWRITEBYTECODE"):  # the program is compiled once, as on a reader's own machine
        environment.pop(name, None)
    cache = {"XDG_CACHE_HOME": str(_cache(project))}
    return (
        environment
        | {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
        | cache
        | (way.environment if way else {})
    )


def _cache(project: Path) -> Path:
    """Return the folder in which builds of a project keep results for the next."""
    return project.with_name(f"{project.name}.cache")


def instructions(project: Path, way: Way) -> int:
    """Build under valgrind; return the number of instructions."""
    if way.fresh:
        shutil.rmtree(_cache(project), ignore_errors=True)
    if not shutil.which("valgrind"):
        sys.exit("Counting instructions needs valgrind. On Debian: apt install valgrind")
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *way.command]
    counting = subprocess.run(
        command,
        cwd=project,
        env=environment_of(project, way),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    counted = re.search(r"Collected : (\d+)", counting.stderr)
    if counting.returncode or not counted:
        sys.exit(f"{way.name} could not be built under valgrind:\n{counting.stderr[-4000:]}")
    return int(counted[1])


def build(project: Path, way: Way) -> Used:
    """Build in processes of their own, and return what that used."""
    if way.fresh:
        shutil.rmtree(_cache(project), ignore_errors=True)
    try:
        with _edited(project / "data/trusts/luton/2009.yml") if way.edited else nullcontext():
            return run(way.command, project, environment_of(project, way))
    except CommandError as why:
        sys.exit(f"{way.name} could not be built:\n{why}")


@contextmanager
def _edited(profile: Path) -> Iterator[None]:
    """Have one more word in a profile for as long as this lasts."""
    text = profile.read_text(encoding="utf-8")
    edited, found = NARRATIVE.subn(r"\g<0>Once ", text, count=1)
    if not found:
        sys.exit(f"{profile} has no place for an edit")
    profile.write_text(edited, encoding="utf-8")
    try:
        yield
    finally:
        profile.write_text(text, encoding="utf-8")


def compare(one: Path, other: Path) -> tuple[int, int]:
    """Return the number of pages, and how many of them differ between two sites, apart from blank lines."""
    pages = {path.relative_to(one) for path in one.rglob("*.html")} | {
        path.relative_to(other) for path in other.rglob("*.html")
    }
    same = sum(
        (one / page).is_file() and (other / page).is_file() and _words(one / page) == _words(other / page)
        for page in pages
    )
    return len(pages), len(pages) - same


def _words(page: Path) -> list[bytes]:
    """Return the lines of a page, without those that `guide build` adds for browsers in place of a host."""
    return _FOR_BROWSERS.sub(b"", page.read_bytes()).split()


_FOR_BROWSERS = re.compile(rb'<meta (?:http-equiv="Content-Security-Policy"|name="referrer") [^>]*>')


def _median(values: Sequence[float]) -> float:
    return statistics.median(values)


if __name__ == "__main__":
    main()
