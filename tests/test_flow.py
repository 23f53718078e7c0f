"""That data flows one way, as far as `lint-imports` cannot say it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "macros").rglob("*.py"))
TREES = {path.relative_to(ROOT / "macros").as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}

EDITIONS = {f"editions/{name}.py" for name in ("contents", "book", "pdf", "offline")}  # made from a site that is built
TOUCH_FILES = {
    *("read.py", "guide.py", "page_files.py", "pages.py", "exports.py", "search.py", "hints.py", "skeleton.py"),
    *("revisions.py", "history.py", "older.py", "changes.py", "moved.py"),
    *("tidy.py", "corrections.py", "desk.py"),
    *(
        "build.py",
        "staging.py",
        "hosting.py",
        "served.py",
        "store.py",
        "fingerprint.py",
        "prepared.py",
        "cli.py",
        "mkdocs_hook.py",
    ),
} | EDITIONS
"""Modules that may read or write files. Views, figures and the rest are given what they need."""

FILE_WORDS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "rglob", "glob", "iterdir", "urlopen"}


@pytest.mark.parametrize("module", TREES)
def test_a_module_says_first_what_it_holds(module: str) -> None:
    words = ast.get_docstring(TREES[module]) or ""
    if TREES[module].body:
        assert words.splitlines()[0].endswith((".", ":", "?")), "begin with one line that says what the module holds"
    assert Path(module).stem not in {"utils", "helpers", "common", "misc"}


@pytest.mark.parametrize("module", TREES)
def test_imports_are_absolute(module: str) -> None:
    """Zensical loads the package by file, where relative imports fail."""
    relative = [node.lineno for node in ast.walk(TREES[module]) if isinstance(node, ast.ImportFrom) and node.level]
    assert not relative


@pytest.mark.parametrize("module", sorted(TREES.keys() - TOUCH_FILES))
def test_only_the_ends_of_the_flow_touch_files(module: str) -> None:
    used = {
        getattr(node.func, "attr", getattr(node.func, "id", ""))
        for node in ast.walk(TREES[module])
        if isinstance(node, ast.Call)
    }
    assert not used & FILE_WORDS


def test_the_package_itself_only_registers_names() -> None:
    """Importing `macros` loads nothing: engines and commands that need little stay quick."""
    code = "import macros, sys; print([name for name in sys.modules if name.startswith('macros.')])"
    assert subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True) == "[]\n"
    functions = [node.name for node in TREES["__init__.py"].body if isinstance(node, ast.FunctionDef)]
    assert functions == ["define_env", "on_pre_page_macros"]  # the names that engines call


@pytest.mark.parametrize("template", sorted((ROOT / "macros/templates").glob("*")), ids=lambda path: path.name)
def test_templates_reach_for_nothing(template: Path) -> None:
    """A template is given what it shows: it sums, sorts and looks up nothing."""
    text = template.read_text(encoding="utf-8")
    for filter_name in ("sum", "sort", "groupby", "selectattr", "rejectattr", "unique"):
        assert f"|{filter_name}" not in text.replace("| ", "|")
