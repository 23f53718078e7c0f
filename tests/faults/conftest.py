"""What tests of faults share: the parts of the data, and the table of what was tried."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from once import made_once
from parts_of_data import Parts
from poisoned import Poisoned

DONE = "poisoned.json"


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    return Parts(tmp_path_factory.mktemp("parts") / "data")


@pytest.fixture(scope="session")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a guide with payloads in every text."""

    def make(folder: Path) -> None:
        folder.mkdir()
        made = Poisoned(folder)
        leaves = [leaf for many in made.leaves.values() for leaf in many]
        taken = [leaf.value for leaf in leaves if leaf.is_poisoned and leaf.value]
        (folder / DONE).write_text(json.dumps({"texts": len(leaves), "taken": taken}), encoding="utf-8")

    return made_once(tmp_path_factory, "poisoned", make)


@pytest.hookimpl
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many cases of each kind were tried, and what became of them."""
    rows = [
        (dict(report.user_properties), report.nodeid)
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
    ]
    rows = [(row, name) for row, name in rows if "kind" in row]
    if not rows:
        return
    terminalreporter.section("faults tried")
    columns = ("cases", "refused", "accepted", "shown")
    terminalreporter.write_line(f"{'kind':45} {'seed':>10} " + " ".join(f"{one:>9}" for one in columns))
    for row, _ in sorted(rows, key=lambda one: str(one[0]["kind"])):
        cells = " ".join(f"{row.get(one, ''):>9}" for one in columns)
        terminalreporter.write_line(f"{row['kind']:45} {row.get('seed', ''):>10} {cells}")
    sums = " ".join(f"{sum(int(row.get(one, 0)) for row, _ in rows):>9}" for one in columns)
    terminalreporter.write_line(f"{'all':45} {'':>10} {sums}")
