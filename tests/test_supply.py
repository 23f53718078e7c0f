"""What the guide is made with: pinned with hashes, on record with its licence, asked about. Silence is not safety."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from types import ModuleType
from typing import Any

import pytest
from mistakes import ROOT


def script(name: str) -> ModuleType:
    loader = SourceFileLoader(name, str(ROOT / ".ci" / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))  # type: ignore[arg-type]
    sys.dont_write_bytecode, kept = True, sys.dont_write_bytecode
    loader.exec_module(module)
    sys.dont_write_bytecode = kept
    return module


audit, licences = script("audit"), script("licences")
SKIPPED = {"name": "b", "version": "2", "skip_reason": "Dependency not found on PyPI"}
WEAK = {"name": "a", "version": "1", "vulns": [{"id": "GHSA-1", "fix_versions": ["1.1"], "aliases": []}]}
SAFE = {"name": "c", "version": "3", "vulns": []}


def said(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


@pytest.mark.parametrize(
    ("out", "code", "words"),
    [
        (said(SAFE), 0, "- x.txt: asked about 1, found nothing"),
        (said(SAFE, WEAK), 1, "- [ ] a 1: GHSA-1; mended in 1.1 (x.txt)"),
        (said(SAFE, SKIPPED), 2, "not known to be safe: x.txt (1 of 2: Dependency not found on PyPI)"),
        (said(WEAK, SKIPPED), 1, "Not asked about"),
        (said(), 2, "it holds no pins"),
        ("", 2, "no route to host"),
        ("not json", 2, "no route to host"),
    ],
)
def test_what_could_not_be_asked_about_is_never_called_safe(out: str, code: int, words: str) -> None:
    text, ended = audit.report([audit.read_python("x.txt", out, "trouble\nno route to host")])
    assert ended == code
    assert words in text


def npm(total: int, **weak: str) -> str:
    found = {name: {"range": "<2", "severity": kind, "fixAvailable": True} for name, kind in weak.items()}
    return json.dumps({"vulnerabilities": found, "metadata": {"dependencies": {"total": total}}})


@pytest.mark.parametrize(
    ("out", "code", "words"),
    [
        (npm(9), 0, "asked about 9, found nothing"),
        (npm(9, left="high"), 1, "- [ ] left <2: high; an update mends it"),
        (npm(0), 2, "it was asked about nothing"),
        ('{"error": {"code": "ENOAUDIT"}}', 2, "audit endpoint returned an error"),
        ("", 2, "audit endpoint returned an error"),
    ],
)
def test_the_same_of_what_tests_use_from_npm(out: str, code: int, words: str) -> None:
    text, ended = audit.report([audit.read_node("y", out, "npm error audit endpoint returned an error\n")])
    assert ended == code
    assert words in text


def test_every_lock_file_is_asked_about() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    python = {name for name in tracked if re.fullmatch(r"requirements/.*\.txt", name)}
    node = {name.removesuffix("/package-lock.json") for name in tracked if name.endswith("/package-lock.json")}
    assert python == {*audit.LOCKS}
    assert node <= {*audit.NODE}


def test_packages_of_npm_are_pinned_with_hashes_and_come_from_no_address() -> None:
    for folder in audit.NODE:
        path = ROOT / folder / "package-lock.json"
        if not path.is_file():
            continue
        packages = json.loads(path.read_text(encoding="utf-8"))["packages"]
        assert len(packages) > 1
        for name, one in packages.items():
            if name:
                assert one["integrity"].startswith("sha512-"), name
                assert "resolved" not in one, name


def test_everything_has_a_licence_that_somebody_has_looked_at() -> None:
    parts = [
        *licences.browser_parts(licences.VENDORED.read_text(encoding="utf-8")),
        *licences.python_parts(licences.LOCK.read_text(encoding="utf-8")),
    ]
    assert licences.unknown(parts) == []
    pins = re.findall(r"(?m)^([a-z0-9._-]+)==", licences.LOCK.read_text(encoding="utf-8"))
    assert {*pins} <= {one.name for one in parts}
    assert {"accessible-autocomplete", "mkdocs-material", "zensical"} <= {one.name for one in parts}
    assert all(one.version and one.licence and one.hash for one in parts)


@pytest.mark.parametrize("licence", ["UNKNOWN", "Proprietary", "AGPL-3.0", "GPL-3.0-only", "NOT INSTALLED"])
def test_an_odd_licence_is_found(licence: str) -> None:
    assert licences.unknown([licences.Part("a", "1", licence, "sha256:0", "builds the site")])
