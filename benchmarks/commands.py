"""Measures every command of `guide`: its CPU seconds, and the most memory that all its processes held.

    python benchmarks/commands.py
    python benchmarks/commands.py --sizes 10 150 --write

The commands run one after another in a region with a history in git: a later one may use results that an earlier one
kept. Some are left out: `edit` serves until it is stopped, `links` asks other hosts, and `apply` and `survey audit`
need things that a region does not have. `survey.py` measures imports of surveys.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from build import environment_of
from measured import CommandError, run
from region import give_history, make_region
from results import table, write_section

COMMANDS = (
    "build --fresh --site-dir whole",
    "build --site-dir whole",
    "build --engine zensical --fresh --site-dir whole",
    "check --fresh",
    "check",
    "check --prose",
    "check --fix",
    "export ../exported",
    "offline --site whole ../guide.zip",
    "changes HEAD~5",
    "due",
    "schema",
    "forms",
    "addresses",
    "survey new 2027",
    "survey form 2027 --as xlsform --to ../form.xlsx",
    "new trust Somewhere",
    "pdf --site whole ../guide.pdf",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 150], metavar="N", help="how many Trusts")
    parser.add_argument("--commands", nargs="+", default=[*COMMANDS], metavar="COMMAND", help="which (default: all)")
    parser.add_argument("--write", metavar="NAME", nargs="?", const="commands", help="write into RESULTS.md (as NAME)")
    options = parser.parse_args()
    rows = [row for size in options.sizes for row in measure(size, options.commands)]
    body = table(["command", "Trusts", "CPU s", "memory MB"], rows)
    print(f"\n{body}")
    if options.write:
        command = " ".join(["python benchmarks/commands.py", *sys.argv[1:]])
        write_section(options.write, "What every command takes", body, command)


def measure(size: int, commands: list[str]) -> Iterator[list[str]]:
    """Yield the measurements of each command in a region with this many Trusts."""
    with tempfile.TemporaryDirectory(prefix="commands-") as folder:
        project = Path(folder, "region")
        make_region(project, size)
        give_history(project)
        for command in commands:
            try:
                used = run((sys.executable, "-m", "macros", *command.split()), project, environment_of(project))
            except CommandError as why:
                print(f"guide {command} ended badly:\n{why}", file=sys.stderr)
                continue
            row = [f"`guide {command}`", f"{size:,}", f"{used.cpu:.2f}", f"{used.memory / 1e6:,.0f}"]
            print(*row, flush=True)
            yield row


if __name__ == "__main__":
    main()
