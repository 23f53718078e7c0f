"""Asking the search of the built site, with the scripts that its pages load."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import built_site
import pytest
from built_site import Site
from queries import Result


class Answer(NamedTuple):
    """What search gives for one query."""

    results: list[Result]
    mended: list[list[str]]
    """Words that were taken for misspelt, each with the word in its place."""
    places: list[str]
    passages: list[list[list[object]]]
    """Of each result, what is shown of its best section: words, and whether they are marked."""


Ask = Callable[[Sequence[str]], list[Answer]]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(built_site.build_once(tmp_path_factory, "mkdocs"))


@pytest.fixture(scope="session")
def ask(site: Site) -> Ask:
    node = shutil.which("node")
    if node is None:
        pytest.fail("these tests need node, which comes with npm")

    def ask(queries: Sequence[str]) -> list[Answer]:
        command = [node, str(Path(__file__).with_name("ask.js")), str(site.folder)]
        run = subprocess.run(command, input=json.dumps([*queries]), capture_output=True, text=True, check=True)
        return [
            Answer(
                [Result(one["url"], one["sections"]) for one in answer["results"]],
                answer["mended"],
                [one["place"] for one in answer["results"]],
                [one["passages"][0] for one in answer["results"]],
            )
            for answer in json.loads(run.stdout)
        ]

    return ask
