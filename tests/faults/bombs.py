"""Files made to take for ever or to fill the memory, each read by a process of its own with limits.

Run as a program: bombs.py DATA CASES, where CASES is a folder of files to put in the place of one of DATA, each named
as `trusts+luton.yml~name`. Prints a line of JSON for each: problems, seconds of CPU and megabytes at the most.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
import traceback
from pathlib import Path

SECONDS, MEGABYTES = 5, 500
SIZE = 500_000
LUTON, TERMS, PLACES = "trusts/luton/2009.yml", "glossary.yml", "places.csv"
ROW = "Ely,city,cambridgeshire,,,ours\n"
HEAD = "place,kind,trust,also_called,note,source\n"


def bombs() -> dict[str, tuple[str, str]]:
    """Return each file by the name of its case: which file of the data it replaces, and its text."""
    laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(24)
    )

    def full(unit: str, size: int = SIZE) -> str:
        return unit * (size // len(unit.encode()))

    return {
        "alias bomb": (LUTON, laughs),
        "quadratic aliases": (LUTON, f"a: &a [{full('x,', 100_000)}]\nb: [{full('*a,', 300_000)}]\n"),
        "alias of itself": (LUTON, "a: &a [*a, *a]\n"),
        "merge keys": (LUTON, "a: &a {b: c}\n" + full("x:\n  <<: *a\n")),
        "anchors": (LUTON, full("- &a x\n")),
        "brackets": (LUTON, full("[")),
        "brackets and their ends": (LUTON, full("[", 250_000) + full("]", 250_000)),
        "braces": (LUTON, full("{a: ")),
        "hyphens": (LUTON, full("- ")),
        "question marks": (LUTON, full("? ")),
        "steps to the right": (LUTON, "".join(" " * n + "a:\n" for n in range(950))),
        "tags": (LUTON, "a: " + full("!a ")),
        "long tag": (LUTON, f"a: !{full('a')} x\n"),
        "directives": (LUTON, full("%YAML 1.1\n")),
        "documents": (LUTON, full("---\n")),
        "unknown fields": (LUTON, "".join(f"field_{n}: x\n" for n in range(SIZE // 16))),
        "the same field": (LUTON, full("name: x\n")),
        "fields like one that is known": (LUTON, "".join(f"partnershi{n}: x\n" for n in range(SIZE // 20))),
        "long field": (LUTON, f"{full('a', 1000)}: x\n"),
        "very long field": (LUTON, f'? "{full("a")}"\n: x\n'),
        "long text": (LUTON, f"name: {full('a')}\n"),
        "long text of lines": (LUTON, f"name: |\n{full('  a' + chr(10))}"),
        "long quoted text": (LUTON, f'name: "{full(chr(92) + "n")}"\n'),
        "long number": (LUTON, f"name: {full('9')}\n"),
        "long part of a number": (LUTON, f"name: 1.{full('9')}\n"),
        "links that do not end": (LUTON, f'name: "{full("[")}](x)"\n'),
        "links in links": (LUTON, f'name: "{full("[a](")}"\n'),
        "stars": (LUTON, f'name: "{full("*a **b ")}"\n'),
        "signs of HTML": (LUTON, f'name: "{full("<")}"\n'),
        "accents on one letter": (LUTON, f'name: "a{full(chr(0x301))}"\n'),
        "a text of 4,000 brackets": (LUTON, f'name: x\nlife: {{what: "{"[" * 3990}](x)"}}\n'),
        "a text of 4,000 stars": (LUTON, f'name: x\nlife: {{what: "{"*a_" * 1300}"}}\n'),
        "a list of names": (LUTON, f"name: x\nalso_called: [{full('a, ')}]\n"),
        "a list of lists": (LUTON, f"name: x\nalso_called: [{full('[], ')}]\n"),
        "a list of fields": (LUTON, f"name: x\nplans:\n{full('  - {a: b}' + chr(10))}"),
        "terms without anything": (TERMS, full("- {}\n")),
        "terms with one field": (TERMS, full("- trm: x\n")),
        "terms that are text": (TERMS, full("- x\n")),
        "terms with one id": (TERMS, full("- id: a\n")),
        "many good terms": (
            TERMS,
            "".join(
                f"- {{id: t{n}, source: ours, term: T{n}, meaning: M, meaning_from: ours, see: [nothing]}}\n"
                for n in range(SIZE // 90)
            ),
        ),
        "invisible characters": (LUTON, full("\u200b\n")),
        "one line of invisible characters": (LUTON, full("\u200b")),
        "commas": (PLACES, HEAD + full(",")),
        "quotation marks": (PLACES, HEAD + full('"')),
        "rows with too few cells": (PLACES, HEAD + full("x\n")),
        "rows with wrong cells": (PLACES, HEAD + full("a,b,c,d,e,f\n")),
        "rows of unknown Trusts": (PLACES, HEAD + "".join(f"P{n},city,trust{n},,,ours\n" for n in range(SIZE // 30))),
        "the same row": (PLACES, HEAD + full(ROW)),
        "columns": (PLACES, ",".join(f"c{n}" for n in range(SIZE // 8)) + "\n"),
        "one long cell": (PLACES, HEAD + f"{full('a')},city,cambridgeshire,,,ours\n"),
        "too large": (LUTON, "name: " + full("a", 20_000_000)),
    }


def main(data: Path, cases: Path) -> None:
    from macros.reading.guide import load
    from macros.reading.problem import DataProblems

    for case in sorted(cases.iterdir()):
        file = data / case.name.partition("~")[0].replace("+", "/")
        sound = file.read_bytes()
        file.write_bytes(case.read_bytes())
        if child := os.fork():
            _, status = os.waitpid(child, 0)
            file.write_bytes(sound)
            if status:
                print(json.dumps({"case": case.name, "status": status}), flush=True)
            continue
        resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS, 2 * SECONDS))
        started, said = time.process_time(), []
        try:
            load(data)
        except DataProblems as found:
            said = [str(one) for one in found.problems]
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        row = {"case": case.name, "status": 0, "problems": said, "s": time.process_time() - started, "mb": used}
        print(json.dumps(row), flush=True)
        os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
