"""Pages as templates: neither engine runs on a page, or in its title, more than plain calls of the guide's macros."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import small_project
import yaml
from jinja2 import Environment
from mistakes import Folder

from macros.model.process_variables import CHECKED
from macros.pages.macro_calls import GUARD, guarded
from macros.pages.project import Project
from macros.publish.engine import ENGINES
from macros.reading.guide import Guide

CODES: list[str] = yaml.safe_load(Path(__file__).with_name("templates.yml").read_text(encoding="utf-8"))
SECRET = "s3cr3t-canary"  # noqa: S105 - of the tests' own
Render = Callable[[str, dict[str, Any]], str]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, guide: Guide) -> Iterator[Path]:
    """A small project with a secret in a file and in a variable, whose pages nothing checks before an engine runs."""
    folder = tmp_path_factory.mktemp("target")
    small_project.make(folder, guide)
    for path in (folder / "CANARY", folder / "docs/CANARY"):
        path.write_text(SECRET, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUIDE_CANARY", SECRET)
        patch.setenv(CHECKED, "1")
        patch.chdir(folder)
        yield folder


def with_mkdocs(project: Path, guard: bool) -> Render:
    """Return what MkDocs' macros plugin does with a page's text."""
    from mkdocs.config import load_config
    from mkdocs.structure.files import File
    from mkdocs.structure.pages import Page

    config = load_config(str(project / "mkdocs.yml"))
    plugin = config.plugins["macros"]
    if not guard:
        plugin.config["j2_extensions"] = []
    plugin.config["on_error_fail"] = True
    plugin.on_config(config)
    plugin.on_nav(SimpleNamespace(pages=[]), config=config, files=[])

    def render(text: str, meta: dict[str, Any]) -> str:
        page = Page(None, File("index.md", "docs", "site", True), config)
        page.markdown, page.meta = text, meta
        body = plugin.on_page_markdown(text, page=page, config=config)
        return f"{body}\n{page.title}"

    return render


def with_zensical(project: Path, guard: bool) -> Render:
    """Return what Zensical does with a page's text."""
    from zensical.config import parse_config
    from zensical.markdown.render import render as draw

    config = parse_config(str(project / "mkdocs.yml"))
    settings = next(one for name, one in config["mdx_configs"].items() if "macros" in name and "j2_extensions" in one)
    if not guard:
        settings["j2_extensions"] = []

    def render(text: str, meta: dict[str, Any]) -> str:
        return json.dumps(draw(text, "index.md", "", json.dumps(meta), "Home"))

    return render


WAYS = {"mkdocs": with_mkdocs, "zensical": with_zensical}


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_refuses_all_else(engine: str, project: Path, record_property: Callable[[str, object], None]) -> None:
    render = WAYS[engine](project, guard=True)
    assert "Ten: " in render("Ten: {{ figure('trusts') }}", {"title": "Home"})
    assert "{{ x }}" in render("{% raw %}{{ x }}{% endraw %}", {"title": "Home"})
    for code in CODES:
        for text, meta in ((code, {}), ("Words.", {"title": code})):
            with pytest.raises((Exception, SystemExit)) as error:
                print(code, render(text, meta))
            assert SECRET not in str(error.value)
    record_property("kind", f"template code under {engine}")
    record_property("cases", 2 * len(CODES))
    record_property("refused", 2 * len(CODES))


@pytest.mark.parametrize("engine", ENGINES)
def test_without_the_guard_an_engine_gives_secrets_away(
    engine: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests above would fail if the guard were not there: these attacks work."""
    monkeypatch.setattr("macros.pages.macro_calls.guarded", lambda _: None)
    render = WAYS[engine](project, guard=False)
    assert SECRET in render("{% include 'CANARY' %}", {})
    assert SECRET in render("{{ cycler.__init__.__globals__.os.environ['GUIDE_CANARY'] }}", {})
    assert SECRET in render("{{ lipsum.__globals__['os'].popen('cat CANARY').read() }}", {})
    assert "49" in render("Words.", {"title": "{{ 7*7 }}"})
    assert str(project) in render("{{ config }}", {})


def test_each_is_told_with_its_line_before_an_engine_runs(
    docs: Folder, record_property: Callable[[str, object], None]
) -> None:
    for number, code in enumerate(CODES):
        title = f"title: {json.dumps(code)}" if number % 2 else f"title: Attack {number}"
        (docs / f"about/attack-{number}.md").write_text(
            f"---\n{title}\ndescription: Attack {number}.\n---\n\n{code}\n", encoding="utf-8"
        )
    told = docs.problems()
    for number in range(len(CODES)):
        mine = [line for line in told if line.startswith(f"docs/about/attack-{number}.md:")]
        assert any(":2:1: " not in line for line in mine), CODES[number]
        if number % 2:
            assert any(":2:" in line for line in mine), CODES[number]
    record_property("kind", "template code on pages and in titles")
    record_property("cases", len(CODES) + len(CODES) // 2)
    record_property("refused", len(CODES) + len(CODES) // 2)


def test_an_engine_without_the_guard_is_refused() -> None:
    guarded({"j2_extensions": [GUARD]})
    with pytest.raises(RuntimeError, match=r"j2_extensions: \[macros.pages.macro_calls.PlainCalls\]"):
        guarded({"j2_extensions": []})


def test_a_guard_that_nobody_has_told_of_macros_lets_none_be_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("macros.pages.macro_calls.PlainCalls.macros", ())
    with pytest.raises(Exception, match="there is no macro “figure”"):
        Environment(extensions=[GUARD]).from_string("{{ figure('a') }}")  # noqa: S701


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("checked", [False, True])
def test_an_engine_by_itself_builds_nothing_of_it(engine: str, checked: bool, tmp_path: Path, guide: Guide) -> None:
    project = Project(small_project.make(tmp_path, guide))
    (project.docs / "CANARY").write_text(SECRET, encoding="utf-8")
    small_project.write_page(tmp_path, "index", "Home", "{% include 'CANARY' %}")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "NO_MKDOCS_2_WARNING": "1"}
    environment.pop(CHECKED, None)
    if checked:
        environment[CHECKED] = "1"
    run = subprocess.run(
        [sys.executable, "-m", engine, "build", "--strict"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert run.returncode != 0
    assert "template code that is not a macro call" in run.stdout + run.stderr
    for path in (tmp_path / "site").rglob("*.html"):
        assert SECRET not in path.read_text(encoding="utf-8")
