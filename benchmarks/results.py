"""The results in RESULTS.md: each benchmark writes its own section, between marks, with the day and the machine.

A benchmark calls `write_section`. The output of a program can be a section too:

    GUIDE_SCALE=1000 pytest tests/built_site/test_scale.py -s \\
        | python benchmarks/results.py scale "A region of 1,000" \\
            --command "GUIDE_SCALE=1000 pytest tests/built_site/test_scale.py -s"
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
_HEAD = """\
# Results

Each section is written by the benchmark that it names, with `--write`. Nothing here is typed by hand, but a remark
where an older section means something else than it would now. Seconds hang on the machine and on what else it does;
ratios of one run hang on them less.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Put what comes in into RESULTS.md.")
    parser.add_argument("name", help="the section’s mark")
    parser.add_argument("title")
    parser.add_argument("--command", required=True, help="what said it")
    options = parser.parse_args()
    said = sys.stdin.read()
    print(said, end="")
    write_section(options.name, options.title, f"```text\n{said.strip()}\n```", options.command)


def write_section(name: str, title: str, body: str, command: str, file: Path = RESULTS) -> None:
    """Put a section into the results in place of the one that is there; a new section comes last."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    section = f"{begin}\n\n## {title}\n\n{today()}, by `{command}`. {machine()}\n\n{body.strip()}\n\n{end}"
    text = file.read_text(encoding="utf-8") if file.is_file() else _HEAD
    found = re.search(rf"{re.escape(begin)}.*?{re.escape(end)}", text, re.DOTALL)
    text = text.replace(found[0], section) if found else f"{text.rstrip()}\n\n{section}\n"
    file.write_text(text, encoding="utf-8")


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table in Markdown; a dash stands for anything not measured."""
    lines = [
        "| " + " | ".join(heads) + " |",
        "|" + "|".join("---" if not n else "---:" for n, _ in enumerate(heads)) + "|",
    ]
    return "\n".join(
        [*lines, *("| " + " | ".join("-" if one is None else str(one) for one in row) + " |" for row in rows)]
    )


def today() -> str:
    return datetime.date.today().isoformat()


def machine() -> str:
    """Describe this machine in a sentence, with what else it was doing."""
    cpu = re.search(r"model name\s*:\s*(.+)", _read("/proc/cpuinfo"))
    memory = re.search(r"MemTotal:\s*(\d+)", _read("/proc/meminfo"))
    size = f"{int(memory[1]) / 1e6:.0f} GB of memory" if memory else "memory not known"
    load = f"load {os.getloadavg()[0]:.1f} at the end"
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    versions = f"Python {platform.python_version()}, MkDocs {version('mkdocs')}, Zensical {version('zensical')}"
    cores = f"{os.cpu_count()} cores ({cpu[1] if cpu else platform.machine()})"
    return f"{cores}, {size}, {system}, {versions}{_hugo()}; {load}."


def _hugo() -> str:
    if not shutil.which("hugo"):
        return ""
    said = subprocess.run(["hugo", "version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"v([\d.]+)", said)
    return f", Hugo {found[1]}" if found else ""


def _read(path: str) -> str:
    return Path(path).read_text(encoding="utf-8") if Path(path).is_file() else ""


if __name__ == "__main__":
    main()
