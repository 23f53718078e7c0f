"""Measures the time and memory of survey imports, by tool and by number of answers.

python benchmarks/survey.py --sizes 40000 --few 90 200 400 --write survey
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import results

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests/survey")]

RUN = """
import json, resource, sys, time
from pathlib import Path
from macros.editing.survey_tools.commands import Import, import_answers
root, file = Path(sys.argv[1]), Path(sys.argv[2])
import_answers(root, root / "data", Import("2027", file, dry_run=True))
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[400, 40_000])
    parser.add_argument(
        "--few",
        type=int,
        nargs="*",
        default=[],
        metavar="SIZE",
        help="sizes that are timed with one export: of few answers, nearly all the time goes into hiding and proving",
    )
    parser.add_argument("--write", metavar="SECTION")
    options = parser.parse_args()
    lines = ["| answers | export | CPU s, from start to end | memory MB |", "|---:|---|---:|---:|"]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        asked = _project(root)
        for size in sorted({*options.sizes, *options.few}):
            for name, content in _exports(asked, size, options.sizes):
                file = Path(folder) / f"export.{name.split()[-1]}"
                file.write_bytes(content)
                run = [sys.executable, "-c", RUN, str(root), str(file)]
                done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
                seconds, memory = json.loads(done.stdout)
                lines.append(f"| {size:,} | {name} | {seconds:.2f} | {memory:.0f} |")
                print(lines[-1], flush=True)
    if options.write:
        command = f"python benchmarks/survey.py {' '.join(sys.argv[1:])}"
        results.write_section(options.write, "Import of a survey", "\n".join(lines), command)


def _project(root: Path):
    from exports_made_up import agreed

    from macros.reading.guide import load

    shutil.copytree(ROOT / "data", root / "data")
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    sample = (root / "data/questionnaires/next.yml").read_text(encoding="utf-8")
    (root / "data/questionnaires/2027.yml").write_text(agreed(sample), encoding="utf-8")
    return load(root / "data").questionnaire("2027")


def _exports(asked, size, whole):
    from exports_made_up import TOOLS, people, to_csv, to_xlsx

    made = people(asked, size, seed=size)
    for tool, rows in TOOLS.items():
        if size not in whole and tool != "kobo":
            continue
        yield f"{tool} csv", to_csv(rows(asked, made))
        if tool == "microsoft":
            yield f"{tool} xlsx", to_xlsx(rows(asked, made))


if __name__ == "__main__":
    main()
