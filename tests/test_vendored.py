"""Code of others that browsers are sent: each file is the one on record, with its version, origin and licence."""

from __future__ import annotations

import hashlib
from pathlib import Path

import yaml

VENDORED = Path(__file__).parents[1] / "docs/assets/javascripts/vendor"
LISTED = yaml.safe_load((VENDORED / "vendored.yml").read_text(encoding="utf-8"))


def test_each_file_is_the_one_on_record() -> None:
    recorded = {path: one["sha256"] for part in LISTED for path, one in part["files"].items()}
    there = {
        path.relative_to(VENDORED).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDORED.rglob("*")
        if path.is_file() and path.name != "vendored.yml"
    }
    assert there == recorded


def test_each_part_says_where_it_came_from_and_has_its_licence_beside_it() -> None:
    for part in LISTED:
        assert part["why"]
        assert part["home"].startswith("https://github.com/")
        licence = (VENDORED / f"{part['name']}-{part['version']}" / "LICENSE.txt").read_text(encoding="utf-8")
        assert part["licence"] in licence
