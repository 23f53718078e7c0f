"""That data flows one way, as far as `lint-imports` cannot say it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for path in (ROOT / "macros").rglob("*.py") if "first_files" not in path.parts)
"""All but the files that a new guide begins with, which are its own."""
TREES = {path.relative_to(ROOT / "macros").as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}

EDITIONS = {
    f"publish/editions/{name}.py" for name in ("contents", "pdf", "offline", "edition", "typesetter")
}  # made from a site that is built
TOUCH_FILES = {
    f"{room}/{name}.py".removeprefix("/")
    for room, names in {
        "reading": "area_files cache data_files files first_wave plain_files program_state project_files project_state "
        "settings staging unwritten",
        "history": "git old_schema timeline",
        "derived": "downloads",
        "pages": "docs_files drawings menu project published_addresses same_address site site_checks source_page",
        "publish": "build engine guard hosting joined_files ownership prepared search_index serve",
        "editing": "changes corrected_record corrections editor_schemas local_editor migration new_guide "
        "new_trust yaml_tidy",
        "editing/survey_tools": "commands mapping privacy release_files table_file",
        "commands": "changing",
        "": "cli mkdocs_hook terminal",
    }.items()
    for name in names.split()
} | EDITIONS
"""Modules that may read or write files. Views, figures and the rest are given what they need."""

FILE_WORDS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "rglob", "glob", "iterdir", "urlopen"}


@pytest.mark.parametrize("module", TREES)
def test_a_module_says_first_what_it_holds(module: str) -> None:
    words = ast.get_docstring(TREES[module]) or ""
    if TREES[module].body:
        assert words.splitlines()[0].endswith((".", ":", "?")), "begin with one line that says what the module holds"
    assert Path(module).stem not in {"utils", "helpers", "common", "misc"}


ROOMS = sorted(path.parent.name for path in (ROOT / "macros").glob("*/__init__.py"))


def open_modules(room: str) -> set[str]:
    """Return the modules of a room that its `__all__` names."""
    for node in TREES[f"{room}/__init__.py"].body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def used_of(room: str) -> set[str]:
    """Return the modules of a room that other rooms and the doors import."""
    found = set()
    for module, tree in TREES.items():
        if module.startswith(f"{room}/"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == f"macros.{room}":
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"macros.{room}."):
                found.add((node.module or "").split(".")[2])
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_names_the_modules_that_others_use(room: str) -> None:
    """What is not in `__all__` of a room may be changed without a look at the others; and nothing in it is unused."""
    assert open_modules(room) == used_of(room)


@pytest.mark.parametrize("module", TREES)
def test_a_name_that_begins_with_an_underscore_stays_in_its_module(module: str) -> None:
    """The linter knows this only as a rule on trial, which would bring trial forms of other rules with it."""
    imports = (node for node in ast.walk(TREES[module]) if isinstance(node, ast.ImportFrom))
    ours = (node for node in imports if (node.module or "").startswith("macros"))
    assert not [name.name for node in ours for name in node.names if name.name.startswith("_")]


MOST_LINES, MOST_LINES_OF_A_FUNCTION = 300, 60
TABLES = {
    "model/trust.py",  # the fields of a profile
    "model/guidance.py",  # the fields of standards, practices and the framework
    "model/vocabulary.py",  # the fixed words and their meanings
    "derived/table_columns.py",  # the columns of the downloads
    "pages/allowed.py",  # what a finished page may hold
}
"""Modules that hold a table, which nobody reads from top to bottom: they may be longer."""
LONG_FUNCTIONS = {
    "trust_figures",  # a table: a figure after the other
    "_told",  # a table: a kind of refusal after the other
}


@pytest.mark.parametrize("module", sorted(TREES.keys() - TABLES))
def test_modules_and_functions_are_short(module: str) -> None:
    lines = (ROOT / "macros" / module).read_text(encoding="utf-8").count("\n")
    assert lines <= MOST_LINES, "split it along its parts"
    functions = [node for node in ast.walk(TREES[module]) if isinstance(node, ast.FunctionDef)]
    assert not [
        one.name
        for one in functions
        if one.name not in LONG_FUNCTIONS and (one.end_lineno or 0) - one.lineno >= MOST_LINES_OF_A_FUNCTION
    ]


def test_what_is_short_again_is_no_exception() -> None:
    for module in TABLES:
        assert (ROOT / "macros" / module).read_text(encoding="utf-8").count("\n") > MOST_LINES, module


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


SETTINGS = """
from pathlib import Path
from macros.pages.project import Project
print(Project(Path()).base_url())
"""


def test_settings_read_the_same_whatever_was_imported_before() -> None:
    """What a plain word of YAML means hangs on no module but the one that reads YAML."""
    said = subprocess.check_output([sys.executable, "-c", SETTINGS], cwd=ROOT, text=True)
    assert said.startswith("https://")


def test_the_package_itself_only_registers_names() -> None:
    """Importing `macros` loads nothing: engines and commands that need little stay quick."""
    code = "import macros, sys; print([name for name in sys.modules if name.startswith('macros.')])"
    assert subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True) == "[]\n"
    defined = [node.name for node in TREES["__init__.py"].body if isinstance(node, ast.FunctionDef)]
    functions = [name for name in defined if not name.startswith("_")]
    assert functions == ["define_env", "on_pre_page_macros"]  # the names that engines call


@pytest.mark.parametrize("template", sorted((ROOT / "macros/views/templates").glob("*")), ids=lambda path: path.name)
def test_templates_reach_for_nothing(template: Path) -> None:
    """A template is given what it shows: it sums, sorts and looks up nothing."""
    text = template.read_text(encoding="utf-8")
    for filter_name in ("sum", "sort", "groupby", "selectattr", "rejectattr", "unique"):
        assert f"|{filter_name}" not in text.replace("| ", "|")
