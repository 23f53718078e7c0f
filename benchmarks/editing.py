"""Measures how long an editor waits: for `serve` to show an edit, and for `guide check`, compared with a full build.

    python benchmarks/editing.py
    python benchmarks/editing.py --sizes 10 150 --runs 5
    python benchmarks/editing.py --sizes 1000 --check-only
    python benchmarks/editing.py --write

`mkdocs serve` is started as people start it. Each edit is timed from the moment the file is written until the page is
served with the new words, including the server's own delays. An edit of a module is the full build that the others are
compared with: the program is loaded again, and everything is drawn, built and written again. After an edit of a
template, the drawings that use it are drawn again. After an edit of the settings, every page is built again, but
nothing is redrawn. Checks and `guide build` run in processes of their own;
their CPU seconds are compared. A check is cold if nothing is remembered, and warm after one profile was edited.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from build import environment_of
from region import give_history, make_region
from results import table, write_section

from macros.model.process_variables import CHECKED

Row = list[str]

PATIENCE = 1800.0
"""Seconds to wait for a page before giving up."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 150], metavar="N", help="how many Trusts")
    parser.add_argument("--runs", type=int, default=5, help="how often each edit is made (default: 5)")
    parser.add_argument("--check-only", action="store_true", help="measure checks, and serve nothing")
    parser.add_argument("--write", metavar="NAME", nargs="?", const="editing", help="write into RESULTS.md (as NAME)")
    options = parser.parse_args()
    parts = []
    for size in options.sizes:
        print(f"\n{size:,} Trusts (load {os.getloadavg()[0]:.1f})", flush=True)
        with tempfile.TemporaryDirectory(prefix="editing-") as folder:
            project = Path(folder, "region")
            make_region(project, size)
            give_history(project)
            edits = [] if options.check_only else [*measure_edits(project, options.runs)]
            checks = [*measure_checks(project, options.runs, Path(folder, "cache"))]
        parts.append(f"### {size:,} Trusts")
        if edits:
            parts.append(table(["edited, to the page served", "wall s, median", "least", "of the whole"], edits))
        parts.append(table(["checked", "CPU s, median", "least", "of `guide build`"], checks))
    body = "\n\n".join(parts)
    print(f"\n{body}")
    if options.write:
        name = options.write
        title = "From an edit to the page" if name == "editing" else f"Checks: {name.partition('-')[2]}"
        write_section(name, title, body, " ".join(["python benchmarks/editing.py", *sys.argv[1:]]))


# --- serve --------------------------------------------------------------------------------------------------------


def measure_edits(project: Path, runs: int) -> Iterator[Row]:
    """Yield the time until each kind of edit is served, next to that of a full build."""
    luton, about = project / "data/trusts/luton/2009.yml", project / "docs/about/index.md"
    template, settings = project / "macros/views/templates/trust.html", project / "mkdocs.yml"
    module = project / "macros/views/trust.py"
    kinds: dict[str, tuple[Path, str, Callable[[str, str], str]]] = {
        "YAML": (luton, "trusts/luton/", lambda text, word: text.replace("narrative: >-\n    ", f"{_IN}{word} ", 1)),
        "Markdown": (about, "about/", lambda text, word: f"{text}\n{word}\n"),
        "template": (template, "trusts/luton/", lambda text, word: f"<p>{word}</p>\n{text}"),
        "module": (module, "trusts/luton/", lambda text, word: text.replace('"Named jobs"', f'"{word}"', 1)),
        "settings": (settings, "", lambda text, word: text.replace("strapline: ", f"strapline: {word} ", 1)),
    }
    waits: dict[str, list[float]] = {kind: [] for kind in kinds}
    with serving(project) as page:
        _wait(lambda: "</html>" in page("about/"))
        for number in range(runs):
            for kind, (path, url, edit) in kinds.items():
                word = f"word{number}{kind.lower()}"
                text = path.read_text(encoding="utf-8")
                edited = edit(text, word)
                if edited == text:
                    sys.exit(f"{path} has no place for an edit")
                started = time.monotonic()
                path.write_text(edited, encoding="utf-8")
                _wait(lambda url=url, word=word: word in page(url))  # type: ignore[misc]
                waits[kind].append(time.monotonic() - started)
                path.write_text(text, encoding="utf-8")
                _wait(lambda url=url, word=word: "</html>" in page(url) and word not in page(url))  # type: ignore[misc]
    whole = statistics.median(waits["module"])
    for kind, times in waits.items():
        middle = statistics.median(times)
        yield [kind, f"{middle:.2f}", f"{min(times):.2f}", f"{middle / whole:.3f}"]


_IN = "narrative: >-\n    "


@contextmanager
def serving(project: Path) -> Iterator[Callable[[str], str]]:
    """Serve a project, and give a function that fetches a page of it; it returns "" if there is none."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"

    def page(path: str) -> str:
        try:
            with urllib.request.urlopen(f"http://{address}/{path}", timeout=PATIENCE) as response:
                return str(response.read().decode())
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return ""

    environment = {name: value for name, value in environment_of(project).items() if name != CHECKED}
    with subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address],
        cwd=project, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as server:  # fmt: skip
        try:
            yield page
        finally:
            server.kill()


def _wait(is_there: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_there():
        if time.monotonic() > end:
            sys.exit("The page never came.")
        time.sleep(0.05)  # the server tells browsers when to ask; asking all the time would keep it from its work


# --- checks -------------------------------------------------------------------------------------------------------


def measure_checks(project: Path, runs: int, cache: Path) -> Iterator[Row]:
    """Yield the work that checks take, next to `guide build`."""
    luton = project / "data/trusts/luton/2009.yml"
    build = _cpu(project, cache, "build", "--site-dir", str(project.parent / "site"))
    yield ["guide build, nothing kept", f"{build:.2f}", f"{build:.2f}", ""]
    for what, files in (("everything", ()), ("one file", ("data/trusts/luton/2009.yml",))):
        cold = [_cpu(project, cache, "check", "--fresh", *files) for _ in range(1 if build > 60 else runs)]
        same, edited = [], []
        for number in range(runs):
            same.append(_cpu(project, cache, "check", *files))
            text = luton.read_text(encoding="utf-8")
            luton.write_text(re.sub(r"narrative: >-\n +", rf"\g<0>word{number} ", text, count=1), encoding="utf-8")
            edited.append(_cpu(project, cache, "check", *files))
        for name, times in (("cold", cold), ("warm, nothing edited", same), ("warm, a profile edited", edited)):
            middle = statistics.median(times)
            yield [f"{what}, {name}", f"{middle:.2f}", f"{min(times):.2f}", f"{middle / build:.2%}"]


def _cpu(project: Path, cache: Path, *arguments: str) -> float:
    """Run `guide` and return the CPU seconds of it and its children."""
    environment = {name: value for name, value in environment_of(project).items() if name != CHECKED}
    before = os.times()
    run = subprocess.run(
        [sys.executable, "-m", "macros", *arguments],
        cwd=project, env=environment | {"XDG_CACHE_HOME": str(cache)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    after = os.times()
    if run.returncode:
        sys.exit(f"guide {' '.join(arguments)} ended with {run.returncode}:\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
    return after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    main()
