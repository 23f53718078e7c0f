"""Serving while somebody edits: after any edits, the site is byte for byte what a build of everything gives."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import small_project
import yaml
from edits import Editor
from mistakes import ROOT
from seeds import SEED
from watchdog.utils.dirsnapshot import DirectorySnapshot, DirectorySnapshotDiff

from macros import mkdocs_hook
from macros.editing.new_trust import page_text
from macros.reading.guide import Guide

DRIVER = Path(__file__).with_name("serving_driver.py")


class Builder:
    """A process that builds a project on demand, as `mkdocs serve` does."""

    def __init__(self, project: Path, site: Path, *options: str) -> None:
        site.mkdir()
        self.site = site
        quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONPATH": str(project)}
        self.log = site.with_suffix(".log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, str(DRIVER), str(project), str(site), *options],
            cwd=project, env={**os.environ, **quiet}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log,
        )  # fmt: skip

    def ask(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("build\n")
        self.process.stdin.flush()

    def answer(self) -> str:
        """Return what is to be mended, or nothing."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, Path(self.log.name).read_text()
        return line.strip()

    def build(self) -> str:
        self.ask()
        return self.answer()

    def files(self) -> dict[str, bytes]:
        files = (path for path in self.site.rglob("*") if path.is_file())
        return {path.relative_to(self.site).as_posix(): path.read_bytes() for path in files}

    def built_again(self) -> list[tuple[int, int]]:
        """Return, for each build that was not one of everything, how many pages it built, and of how many."""
        said = re.findall(r"Built (\d+) of (\d+) pages again", Path(self.log.name).read_text())
        return [(int(some), int(all_)) for some, all_ in said]

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()
        self.log.close()


class SiteEditor(Editor):
    """Edits everything that a site is made from."""

    def edits(self) -> list[Callable[[], str]]:
        return [
            *super().edits(),
            self.edit_template,
            self.edit_title,
            self.edit_description,
            self.edit_style,
            self.add_page,
            self.add_trust,
            self.remove_added,
            self.rename_trust,
        ]

    def edit_template(self) -> str:
        path = self.chance.choice(sorted((self.project / "macros/views/templates").glob("*.html")))
        self.write(path, f"{path.read_text(encoding='utf-8')}{{# {self.chance.random()} #}}<span></span>\n")
        return path.name

    def edit_title(self) -> str:
        return self._edit_front("title")

    def edit_description(self) -> str:
        return self._edit_front("description")

    def _edit_front(self, name: str) -> str:
        path = self.chance.choice(sorted((self.project / "docs").rglob("*.md")))
        lines = path.read_text(encoding="utf-8").split("\n")
        at = next(number for number, line in enumerate(lines) if line.startswith(f"{name}:"))
        value = yaml.safe_load("\n".join(lines[at : at + 1]))[name]
        if not isinstance(value, str) or lines[at].rstrip().endswith((">-", "|")):
            return self.edit()
        lines[at] = f"{name}: '{value.rstrip('.')} {self.chance.randrange(1000)}'".replace("’", "")
        self.write(path, "\n".join(lines))
        return f"{name} of {path.name}"

    def edit_style(self) -> str:
        path = self.project / "docs/assets/stylesheets/moved.css"
        self.write(path, f"p {{ margin: {self.chance.randrange(99)}px }}\n")
        return path.name

    def add_page(self) -> str:
        name = f"page-{self.chance.randrange(10_000)}"
        text = f"---\ntitle: New {name}\ndescription: About {name}.\n---\n\nWords of the VCS.\n"
        self.write(self.project / f"docs/about/{name}.md", text)
        return name

    def add_trust(self) -> str:
        name = f"Town {self.chance.randrange(10_000)}"
        slug = name.lower().replace(" ", "-")
        luton = self.project / "data/trusts/luton"
        trust = yaml.safe_load((luton / "trust.yml").read_text(encoding="utf-8"))
        trust.update(name=name, partnership=f"{name} Trust", authority=f"{name} Council", also_called=[], tile=None)
        del trust["tile"]
        text = yaml.safe_dump(trust, allow_unicode=True, sort_keys=False)
        self.write(self.project / f"data/trusts/{slug}/trust.yml", text)
        profile = (luton / "2009.yml").read_text(encoding="utf-8")
        self.write(self.project / f"data/trusts/{slug}/2009.yml", profile)
        self.write(self.project / f"docs/trusts/{slug}.md", page_text(name, slug))
        places = self.project / "data/places.csv"
        self.write(places, f"{places.read_text(encoding='utf-8')}{name},county,{slug},,,ours,,,\n")
        return name

    def remove_added(self) -> str:
        """Take away one thing that was added; if there is none, a Trust of the report, which is a mistake."""
        added = sorted((self.project / "data/trusts").glob("town-*/trust.yml"))
        slug = self.chance.choice(added).parent.name if added else "suffolk"
        for file in ("trust", "2009"):
            self.remove(self.project / f"data/trusts/{slug}/{file}.yml")
        self.remove(self.project / f"docs/trusts/{slug}.md")
        places = self.project / "data/places.csv"
        lines = places.read_text(encoding="utf-8").splitlines(keepends=True)
        self.write(places, "".join(line for line in lines if f",{slug}," not in line))
        return f"no {slug}"

    def rename_trust(self) -> str:
        page = self.project / "docs/trusts/essex.md"
        profile = self.project / "data/trusts/essex/trust.yml"
        trust = yaml.safe_load(profile.read_text(encoding="utf-8"))
        old, trust["name"] = trust["name"], f"Essex {self.chance.randrange(1000)}"
        self.write(profile, yaml.safe_dump(trust, allow_unicode=True, sort_keys=False))
        self.write(page, page.read_text(encoding="utf-8").replace(f"title: {old}", f"title: {trust['name']}"))
        return trust["name"]


@pytest.fixture(params=["small", "real"])
def project(request: pytest.FixtureRequest, tmp_path: Path, guide: Guide) -> Path:
    """A project, small or real, with a copy of the program in it."""
    folder = tmp_path / "project"
    folder.mkdir()
    if request.param == "small":
        small_project.make(folder, guide)
        (folder / "macros").unlink()
        shutil.copytree(ROOT / "macros", folder / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    else:
        for name in ("data", "docs", "macros", "theme"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "docs/assets/stylesheets").mkdir(parents=True, exist_ok=True)
    (folder / "docs/assets/stylesheets/moved.css").write_text("p {}\n", encoding="utf-8")
    return folder


@pytest.fixture
def served(project: Path, tmp_path: Path) -> Iterator[Builder]:
    builder = Builder(project, tmp_path / "served")
    yield builder
    builder.close()


@pytest.fixture
def anew(project: Path, tmp_path: Path) -> Iterator[Builder]:
    builder = Builder(project, tmp_path / "anew", "--anew")
    yield builder
    builder.close()


def assert_same(served: Builder, anew: Builder, edits: list[str]) -> None:
    one, other = served.files(), anew.files()
    assert sorted(one.keys() ^ other.keys()) == [], edits
    assert [name for name in one if one[name] != other[name]] == [], edits


@pytest.mark.slow
def test_after_any_edits_the_site_is_what_a_whole_build_gives(
    project: Path, served: Builder, anew: Builder, request: pytest.FixtureRequest
) -> None:
    is_small = "small" in request.node.callspec.id
    seed = SEED
    editor = SiteEditor(project, seed)
    served.ask(), anew.ask()
    assert (served.answer(), anew.answer()) == ("", "")
    assert_same(served, anew, [])
    done: list[str] = []
    for number in range(24 if is_small else 12):
        done.append(editor.edit())
        if to_mend := served.build():
            done[-1] += f" ({to_mend})"
            editor.take_back()
            assert served.build() == ""
        if number % 6 == 5:
            assert anew.build() == ""
            assert_same(served, anew, done)
    few = [some for some, of in served.built_again() if some < of / 2]
    assert len(few) >= len(done) / 3, served.built_again()  # otherwise this shows nothing


def write_in_place(path: Path, was: str, now: str) -> None:
    """Put words for others into a file that claims to have the size and the time that it had."""
    assert len(was) == len(now)
    stat, text = path.stat(), path.read_text(encoding="utf-8")
    assert was in text
    with path.open("r+", encoding="utf-8") as file:
        file.write(text.replace(was, now, 1))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (stat.st_size, stat.st_mtime_ns)


@pytest.mark.slow
@pytest.mark.parametrize("project", ["small"], indirect=True)
def test_a_file_with_the_size_and_the_time_that_it_had_is_served_as_it_is(project: Path, served: Builder) -> None:
    assert served.build() == ""
    luton = project / "data/trusts/luton/2009.yml"
    words = re.search(r"narrative: >-\n +(\w+ \w+)", luton.read_text(encoding="utf-8"))
    assert words
    write_in_place(luton, words[1], "x" * len(words[1]))
    write_in_place(project / "docs/index.md", "Words of the home page", "Terms of the home page")
    write_in_place(project / "docs/assets/stylesheets/moved.css", "p {}", "q {}")
    assert served.build() == ""
    assert ("x" * len(words[1])).encode() in served.files()["trusts/luton/index.html"]
    assert b"Terms of the home page" in served.files()["index.html"]
    assert b"q {}" in served.files()["assets/stylesheets/moved.css"]
    assert served.built_again()
    write_in_place(project / "theme/partials/footer.html", ">Contact<", ">CONTACT<")
    write_in_place(project / "macros/views/trust.py", '"Named jobs"', '"NAMED JOBS"')
    assert served.build() == ""
    assert b">CONTACT<" in served.files()["index.html"]
    assert b"NAMED JOBS" in served.files()["trusts/luton/index.html"]


@pytest.mark.slow
@pytest.mark.parametrize("project", ["small"], indirect=True)
def test_an_edited_template_is_shown_on_the_pages_that_use_it_and_no_others_are_built(
    project: Path, served: Builder
) -> None:
    assert served.build() == ""
    before = served.files()
    uses = {"practice.html": "practice/", "trust.html": "trusts/"}
    assert all(any(name.startswith(folder) for name in before) for folder in uses.values())
    for template, folder in uses.items():
        path = project / "macros/views/templates" / template
        path.write_text(f"{path.read_text(encoding='utf-8')}<span></span>\n", encoding="utf-8")
        assert served.build() == ""
        now = served.files()
        differ = {name for name in now if now[name] != before[name] and name.endswith(".html")}
        assert differ and all(name.startswith(folder) for name in differ)
        assert served.built_again()[-1][0] == len(differ)
        before = now


def test_the_server_sees_a_file_that_claims_to_be_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "luton.yml"
    path.write_text("name: Luton", encoding="utf-8")
    before = DirectorySnapshot(str(tmp_path), stat=mkdocs_hook._stat)
    write_in_place(path, "Luton", "Lutin")
    after = DirectorySnapshot(str(tmp_path), stat=mkdocs_hook._stat)
    assert DirectorySnapshotDiff(before, after).files_modified == [str(path)]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").is_file(), reason="there is no /proc to ask for memory")
@pytest.mark.parametrize("project", ["small"], indirect=True)
def test_building_all_anew_lets_go_of_what_was_built_before(project: Path, served: Builder) -> None:
    """Each edit of a module reads the program anew, too: some 30 MB that must not be left behind."""
    module = project / "macros/views/trust.py"
    text = module.read_text(encoding="utf-8")
    assert served.build() == ""
    held = []
    for number in range(6):
        module.write_text(f"{text}# {number}\n", encoding="utf-8")
        assert served.build() == ""
        pages = int(Path(f"/proc/{served.process.pid}/statm").read_text(encoding="utf-8").split()[1])
        held.append(pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000)
    assert served.built_again() == []
    assert held[-1] - held[0] < 60, held
