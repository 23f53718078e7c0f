"""Measures where the time of a build goes, part by part, now and at an earlier revision.

    python benchmarks/stages.py
    python benchmarks/stages.py --sizes 150 1000 --before bea2f57 --write

It gives the CPU seconds of one process for each size and revision, the least of its runs. The time of MkDocs and the
theme is that of the whole build less the parts of the guide. The region of an earlier revision is made by that
revision's own program.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from build import STRICT, build
from build import Way as BuildWay
from region import ROOT
from results import table, write_section

PARTS = """
import json, sys, time
from pathlib import Path
found = {}
last = 0.0
def lap(name):
    global last
    now = time.process_time()
    found[name] = now - last
    last = now
root, site = Path.cwd(), Path.cwd() / "site"
try:
    from macros.derived import downloads
    from macros.history import feeds
    from macros.pages import site as pages
    from macros.publish import memory, search_index as search
    memory.collect_seldom()
except ImportError:  # an earlier revision, which had no rooms
    from macros import exports as downloads, feeds, pages, search
    try:
        from macros.garbage import collect_seldom
        collect_seldom()
    except ImportError:
        pass
lap("start, and the guide's own code")
guide = pages.load_once(root / "data")
lap("data: read and checked")
whole = pages.site_once(root)
try:
    from macros.pages.site_checks import problems
    assert not problems(whole)
except ImportError:
    assert not whole.problems
lap("pages: drawn and checked")
for page in whole.pages:
    whole._with_terms(page.url)
lap("terms: linked")
downloads.contents(guide, "/")
lap("downloads")
feeds.contents(guide, whole.history, "/")
lap("feeds")
knowledge = getattr(search, "SearchKnowledge", None) or getattr(search, "Words", None)
search.write(knowledge.of(guide) if knowledge else guide, site)
lap("search index")
print(json.dumps(found))
"""
MAKE = """
import sys
from pathlib import Path
sys.path.insert(0, "benchmarks")
try:
    from region import make_region
except ImportError:
    from build import make_region
make_region(Path(sys.argv[1]), int(sys.argv[2]))
try:
    from region import give_history
    give_history(Path(sys.argv[1]))
except ImportError:
    pass
"""
REST = "MkDocs and the theme"
WHOLE = "whole build"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 150], metavar="N", help="how many Trusts")
    parser.add_argument("--runs", type=int, default=3, help="how often each is run (default: 3)")
    parser.add_argument("--before", metavar="REVISION", help="an earlier revision to stand beside this one")
    parser.add_argument("--write", action="store_true", help="write into RESULTS.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="stages-") as folder:
        trees = {"now": ROOT}
        if options.before:
            trees = {f"before ({options.before})": _archived(options.before, Path(folder, "before")), **trees}
        columns = {
            f"{size:,} Trusts, {name}": stages(tree, Path(folder, f"{number}-{size}"), size, options.runs)
            for size in options.sizes
            for number, (name, tree) in enumerate(trees.items())
        }
    parts = [*next(iter(columns.values()))]
    rows = [[part, *(f"{column[part]:.2f}" for column in columns.values())] for part in parts]
    body = table(["CPU seconds", *columns], rows)
    print(body)
    if options.write:
        command = " ".join(["python benchmarks/stages.py", *sys.argv[1:]])
        write_section("stages", "Where the time of a build goes", body, command)


def stages(tree: Path, project: Path, size: int, runs: int) -> dict[str, float]:
    """Return the CPU seconds of each part of a build."""
    _run(MAKE, tree, str(project), str(size))
    whole = min(build(project, BuildWay("guide", "guide", (*STRICT, "site"), fresh=True)).cpu for _ in range(runs))
    found: list[dict[str, float]] = [json.loads(_run(PARTS, project)) for _ in range(runs)]
    least = {part: min(one[part] for one in found) for part in found[0]}
    return least | {REST: whole - sum(least.values()), WHOLE: whole}


def _run(code: str, folder: Path, *arguments: str) -> str:
    command: Sequence[str] = (sys.executable, "-c", code, *arguments)
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout


def _archived(revision: str, folder: Path) -> Path:
    folder.mkdir()
    packed = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed, check=True)
    return folder


if __name__ == "__main__":
    main()
