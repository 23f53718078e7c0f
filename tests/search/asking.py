"""Asking the search of a built site, with the scripts that its pages load, outside a browser."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from queries import Result


class Answer(NamedTuple):
    """What search gives for one query."""

    results: list[Result]
    mended: list[list[str]]
    """Words that were taken for slips, each with the word in its place."""
    whole: int
    """How many of the results hold all of the query."""
    strange: list[str]
    """Words that stand nowhere in the guide."""
    postcode: str | None
    """How a postcode begins that lies in no Trust's area."""
    places: list[str]
    """Where in the guide each result is."""
    passages: list[list[tuple[str, bool]]]
    """Of each of the first ten results, what is shown of its best section: words, and whether they are marked."""


Ask = Callable[[Sequence[str]], list[Answer]]


def asker(site: Path) -> Ask:
    """Return a function that asks the search of the site in a folder many queries at once."""
    node = shutil.which("node")
    if node is None:
        pytest.fail("these tests need node, which comes with npm")

    def ask(queries: Sequence[str]) -> list[Answer]:
        command = [node, str(Path(__file__).with_name("ask.js")), str(site)]
        run = subprocess.run(command, input=json.dumps([*queries]), capture_output=True, text=True, check=True)
        return [
            Answer(
                [Result(one["url"], one["sections"]) for one in answer["results"]],
                answer["mended"],
                answer["whole"],
                answer["strange"],
                answer["postcode"],
                [one["place"] for one in answer["results"]],
                [one["passage"] for one in answer["results"]],
            )
            for answer in json.loads(run.stdout)
        ]

    return ask
