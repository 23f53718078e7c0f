"""What `mkdocs.yml` may say: told by line and column in every form, before an engine reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import small_project
from mistakes import ROOT

from macros import cli
from macros.reading import settings
from macros.reading.guide import Guide
from macros.reading.problem import DataProblems

NAME = "site_name: Small\n"
WRONG = {
    "an address that is no YAML": ("site_name: Small\nsite_url: [\n", 3, "a value"),
    "a tag in the address": (NAME + "site_url: '\"><script>alert(1)</script>'\n", 2, "the address of the site"),
    "an address that runs": (NAME + "site_url: javascript:alert(1)\n", 2, "the address of the site"),
    "an address without http": (NAME + "site_url: //elsewhere.example/\n", 2, "the address of the site"),
    "an address with a line break": (NAME + 'site_url: "https://a.example/\\nX: y"\n', 2, "the address of the site"),
    "an address with a name in it": (NAME + "site_url: https://a@b.example/\n", 2, "the address of the site"),
    "an address with a question": (NAME + "site_url: https://b.example/?x\n", 2, "the address of the site"),
    "a list for an address": (NAME + "site_url: [a]\n", 2, "expected text"),
    "a tag in the name": ("site_name: a <script>alert(1)</script>\n", 1, "site_name"),
    "a quotation mark in the name": ('site_name: a " onload="b\n', 1, "plain words"),
    "an entity in the name": ("site_name: a &lt;b\n", 1, "site_name"),
    "half an entity in the name": ("site_name: a &copy b\n", 1, "plain words"),
    "a bell in the name": ('site_name: "a \\ab"\n', 1, "site_name"),
    "a vertical tab below extra": (NAME + 'extra:\n  strapline: "a \\vb"\n', 3, "extra.strapline"),
    "a line break in the description": (NAME + 'site_description: "a\\nb"\n', 2, "site_description"),
    "half an entity in the footer": (NAME + "copyright: a &ltscript\n", 2, "copyright"),
    "the plugin that reads .meta.yml": (NAME + "plugins: [meta]\n", 2, "meta"),
    "a turn in the name": ("site_name: a \u202eb\n", 1, ""),
    "no name": ("site_url: https://a.example/\n", 1, "no “site_name”"),
    "raw HTML in the footer": (NAME + "copyright: <img src=x onerror=alert(1)>\n", 2, "copyright"),
    "a tag in the description": (NAME + "site_description: a <b>\n", 2, "site_description"),
    "a tag below extra": (NAME + "extra:\n  strapline: <script>alert(1)</script>\n", 3, "extra.strapline"),
    "another name below extra": (NAME + "extra:\n  analytics: {provider: google}\n", 3, "analytics"),
    "a home elsewhere": (NAME + "extra:\n  homepage: https://elsewhere.example\n", 3, "homepage"),
    "a script from elsewhere": (NAME + "extra_javascript:\n  - https://elsewhere.example/x.js\n", 3, "docs/assets/"),
    "the same with a type": (
        NAME + "extra_javascript:\n  - path: //elsewhere.example/x.js\n    type: module\n",
        3,
        "docs/assets/",
    ),
    "a script out of the folder": (NAME + "extra_javascript: [assets/../../x.js]\n", 2, "docs/assets/"),
    "a style from elsewhere": (NAME + "extra_css: [https://elsewhere.example/x.css]\n", 2, "docs/assets/"),
    "a hook": (NAME + "hooks: [docs/x.py]\n", 2, "macros/mkdocs_hook.py"),
    "a plugin": (NAME + "plugins:\n  - gen-files:\n      scripts: [x.py]\n", 3, "gen-files"),
    "a plugin without options": (NAME + "plugins: [exec]\n", 2, "exec"),
    "macros of somebody else": (NAME + "plugins:\n  - macros:\n      module_name: docs/x\n", 4, "module_name"),
    "macros without their guard": (
        NAME + "plugins:\n  - macros:\n      module_name: macros\n      j2_extensions: []\n",
        5,
        "j2_extensions",
    ),
    "an extension": (NAME + "markdown_extensions:\n  - pymdownx.snippets\n", 3, "pymdownx.snippets"),
    "another theme": (NAME + "theme: {name: mkdocs}\n", 2, "material"),
    "another folder of the theme": (NAME + "theme:\n  name: material\n  custom_dir: docs\n", 4, "theme"),
    "fonts from elsewhere": (NAME + "theme:\n  name: material\n  font: {text: Roboto}\n", 4, "theme"),
    "a logo from elsewhere": (NAME + "theme:\n  name: material\n  logo: https://a.example/x\n", 4, "docs/assets/"),
    "another folder of pages": (NAME + "docs_dir: ..\n", 2, "docs"),
    "a folder to lose": (NAME + "site_dir: data\n", 2, "site"),
    "another file": (NAME + "INHERIT: other.yml\n", 2, "INHERIT"),
    "a menu": (NAME + "nav:\n  - <b>x</b>: index.md\n", 2, "nav"),
    "a tag of YAML": (NAME + "site_url: !ENV [X, y]\n", 2, "tag"),
    "a program": (NAME + "extra: !!python/object/apply:os.system [id]\n", 2, "tag"),
    "a repository": (NAME + "repo_url: javascript:alert(1)\n", 2, "repo_url"),
    "a list": ("- a\n", 1, "settings"),
    "nothing": ("", 1, "an empty file"),
    "a word": ("x\n", 1, "settings"),
}


@pytest.mark.parametrize("name", WRONG)
def test_it_is_told_by_line(tmp_path: Path, name: str) -> None:
    text, line, words = WRONG[name]
    (tmp_path / settings.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(DataProblems) as told:
        settings.read(tmp_path)
    assert {one.file for one in told.value.problems} == {"mkdocs.yml"}
    assert line in {one.line for one in told.value.problems}, str(told.value)
    assert words in str(told.value)


@pytest.mark.parametrize("content", [b"\xff\xfes\x00i\x00", b"site_name: caf\xe9\n", b"\x00", b"x" * 100_000])
def test_other_bytes_are_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / settings.FILE).write_bytes(content)
    with pytest.raises(DataProblems):
        settings.read(tmp_path)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / settings.FILE).symlink_to("/dev/zero")
    with pytest.raises(DataProblems):
        settings.read(tmp_path)


def test_our_own_pass() -> None:
    assert settings.read(ROOT).base_url == "https://clear-expectations.example/"


@pytest.mark.parametrize("style", ["text", "github", "json", "sarif"])
def test_a_check_tells_them_in_every_form(
    tmp_path: Path, guide: Guide, style: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = small_project.make(tmp_path, guide)
    monkeypatch.chdir(project)
    for content in (b"site_name: Small\nsite_url: [\n", b"site_name: caf\xe9\n", b'site_url: "><script>"\n'):
        (project / settings.FILE).write_bytes(content)
        assert cli.run(["check", "--format", style]) == 1
        out, err = capsys.readouterr()
        assert "mkdocs.yml" in out
        assert "Traceback" not in out + err
        if style in {"json", "sarif"}:
            assert json.loads(out)
    assert cli.run(["export", str(tmp_path / "out")]) == 1
