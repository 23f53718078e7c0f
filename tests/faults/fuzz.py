"""Look for what breaks the reader for as long as you like: several faults at once, in any file of the data.

    PYTHONPATH=.:tests python tests/faults/fuzz.py [--seconds 600] [--seed 1]

Not part of `make test`. What it finds is printed whole, smallest case first; it belongs into `found.yml` beside this.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from mistakes import assert_readable
from mutations import BREAKS
from parts_of_data import Parts

BATCH = 200
PATIENCE = 60.0
"""Seconds of processor time after which a batch is taken to hang."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 2**32)
    options = parser.parse_args()
    became: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        parts = Parts(Path(folder) / "data")
        end, number = time.monotonic() + options.seconds, options.seed
        while time.monotonic() < end:
            try:
                batch(parts, number, became)
            except Exception:
                became["found"] += 1
                print(f"--- seed {number}")
                traceback.print_exc(limit=-4, file=sys.stdout)
            number += 1
    print(f"seeds {options.seed} to {number - 1}: {dict(became)}")
    return 1 if became["found"] else 0


def batch(parts: Parts, number: int, became: Counter[str]) -> None:
    """Try some cases; raises for the smallest that ends badly."""

    @seed(number)
    @settings(max_examples=BATCH, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def run(data: st.DataObject) -> None:
        file = data.draw(st.sampled_from(parts.files))
        text = parts.texts[file]
        for breaks in data.draw(st.lists(st.sampled_from(BREAKS), min_size=1, max_size=4)):
            raw = breaks(data.draw, text or "x")
            text = raw.decode("utf-8", "replace") if breaks is not BREAKS[-1] else text
        started = time.process_time()
        records, problems = parts.with_changed(file, raw)
        assert time.process_time() - started < PATIENCE, "too slow"
        became["cases"] += 1
        became["refused" if problems else "accepted"] += 1
        for problem in problems:
            assert_readable(str(problem))
        if not problems:
            assert parts.guide(records)

    run()


if __name__ == "__main__":
    sys.exit(main())
