"""What a build takes from the one before: the same as if it were made anew, or nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import small_project

from macros.pages.project import Project
from macros.publish import build, prepared
from macros.publish.engine import Engine
from macros.publish.prepared import Prepared, Wanted
from macros.reading import cache, staging
from macros.reading.guide import Guide
from macros.reading.problem import DataProblems
from macros.views.catalogue import MACROS

AUTHOR = ("-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *AUTHOR, *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, guide: Guide) -> tuple[Path, Prepared]:
    """A project, and all that a build needs of it."""
    folder = small_project.make(tmp_path_factory.mktemp("first"), guide)
    (folder / "docs/assets/stylesheets").mkdir(parents=True)
    (folder / "docs/assets/stylesheets/moved.css").write_text("a {}", encoding="utf-8")
    (folder / "addresses.txt").write_text("", encoding="utf-8")
    project = Project(folder)
    git(folder, "init", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--message=All")
    return folder, build.prepared_of(build.check_to_show(project), project.base_url())


@pytest.fixture
def project(first: tuple[Path, Prepared], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The project, with a cache folder in which all that a build needs is kept."""
    folder = tmp_path / "project"
    shutil.copytree(first[0], folder, symlinks=True)
    git(folder, "update-index", "--refresh")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    wanted = now(Project(folder))
    wanted.keep(first[1])
    assert kept(folder).is_file()
    return Project(folder)


def now(project: Project, base_url: str = "https://small.example/guide/", engine: str = "mkdocs") -> Wanted:
    wanted = Wanted.now(project.root, project.config, base_url, engine)
    assert wanted is not None
    return wanted


def kept(root: Path) -> Path:
    path = cache.place(root, prepared.ENDING)
    assert path is not None
    return path


def files(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_was_kept_is_what_is_made_anew(project: Project, first: tuple[Path, Prepared]) -> None:
    recalled = now(project).recall()
    assert recalled is not None
    assert recalled.to_bytes("") == first[1].to_bytes("")
    assert recalled.downloads == first[1].downloads
    assert set(recalled.drawn.macros) == MACROS.keys()
    assert "Luton" in recalled.drawn.call("trusts/luton/", "trust_profile", ["luton"])
    assert recalled.drawn.head("trusts/luton/", "")["trail"] == [{"url": "", "title": "Home"}]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_the_second_build_draws_nothing_and_gives_the_same(
    project: Project, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.build(project, project.root / "site.first", engine, fresh=True)
    with monkeypatch.context() as patch:
        patch.setattr(build, "_right", lambda *_, **__: pytest.fail("all was checked and drawn again"))
        build.build(project, project.root / "site.second", engine)
        with pytest.raises(BaseException, match="all was checked"):
            build.build(project, project.root / "site.third", engine, fresh=True)
    one, other = files(project.root / "site.first"), files(project.root / "site.second")
    assert len(one) > 100 and one == other


@pytest.mark.slow
def test_mkdocs_alone_takes_it_too(project: Project) -> None:
    program = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir"]
    when = []
    for name in ("site.first", "site.second"):
        subprocess.run([*program, str(project.root / name)], cwd=project.root, check=True, capture_output=True)
        when.append(kept(project.root).stat().st_mtime_ns)
    assert when[0] == when[1]  # what the first kept, the second believed
    assert files(project.root / "site.first") == files(project.root / "site.second")


def write(path: str, text: str = "x") -> Callable[[Project], None]:
    def writes(project: Project) -> None:
        with (project.root / path).open("a", encoding="utf-8") as file:
            file.write(text)

    return writes


def commit(project: Project) -> None:
    git(project.root, "commit", "--allow-empty", "--message=Nothing")


def delete(project: Project) -> None:
    (project.docs / "assets/stylesheets/moved.css").unlink()


def rename(project: Project) -> None:
    (project.data / "trusts/luton").rename(project.data / "trusts/lutton")


@pytest.mark.parametrize(
    "change",
    [
        write("data/trusts/luton/2009.yml", "# a remark\n"),
        write("data/places.csv", "\n"),
        write("docs/index.md", "A word.\n"),
        write("docs/assets/stylesheets/moved.css", "b {}"),
        write("docs/new.md"),
        write("mkdocs.yml", "# a remark\n"),
        write("addresses.txt", "/new/\n"),
        commit,
        delete,
        rename,
    ],
)
def test_whatever_it_hangs_on_may_not_change(project: Project, change: Callable[[Project], None]) -> None:
    assert now(project).recall() is not None
    change(project)
    assert now(project).recall() is None


@pytest.mark.parametrize(
    ("name", "value"), [("SOURCE_DATE_EPOCH", "1700000000"), ("GUIDE_EDITIONS", "1"), ("SOURCE_DATE_EPOCH", "1")]
)
def test_what_is_asked_for_may_not_change(
    project: Project, name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    assert now(project).recall() is None


def test_address_engine_and_program_may_not_change(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    assert now(project, base_url="https://other.example/").recall() is None
    assert now(project, engine="zensical").recall() is None
    monkeypatch.setattr(prepared, "program", lambda: "another")
    assert now(project).recall() is None


def test_another_day_is_another_site(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "today", lambda: "tomorrow")
    assert now(project).recall() is None


def test_a_file_that_is_written_meanwhile(project: Project, first: tuple[Path, Prepared]) -> None:
    """What was drawn may be of before or after: it is not kept."""
    kept(project.root).unlink()
    wanted = now(project)
    write("data/trusts/luton/2009.yml", "# a remark\n")(project)
    wanted.keep(first[1])
    assert not kept(project.root).exists()


def test_a_project_with_mistakes_is_not_kept(project: Project) -> None:
    write("docs/index.md", "\n{{ no_such_macro() }}\n")(project)
    before = kept(project.root).read_bytes()
    for _ in range(2):
        with pytest.raises(DataProblems):
            build.prepare(project, project.base_url())
    assert kept(project.root).read_bytes() == before


def cut(content: bytes) -> bytes:
    return content[:-1]


def one_letter(content: bytes) -> bytes:
    return content.replace(b"Luton", b"Lutin", 1)


def no_head(content: bytes) -> bytes:
    return content.partition(b"\n")[2]


def no_json(content: bytes) -> bytes:
    return b"{" + content


def nothing(_: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("spoil", [cut, one_letter, no_head, no_json, nothing])
def test_what_does_not_look_as_it_should_is_absent(project: Project, spoil: Callable[[bytes], bytes]) -> None:
    path = kept(project.root)
    path.write_bytes(spoil(path.read_bytes()))
    assert now(project).recall() is None


def test_what_others_may_write_is_absent(project: Project) -> None:
    kept(project.root).chmod(0o666)
    assert now(project).recall() is None


def test_few_projects_are_kept_and_nothing_that_is_half_written(project: Project, first: tuple[Path, Prepared]) -> None:
    path = kept(project.root)
    for number in range(5):
        half = f".{path.name}.{number:08x}{staging.ENDING}"
        for name in (f"{number}{prepared.ENDING}", half, f"{number}.json"):
            path.with_name(name).write_text("", encoding="utf-8")
            os.utime(path.with_name(name), (number, number))
    now(project).keep(first[1])
    left = {one.name for one in path.parent.iterdir()}
    assert path.name in left
    assert len([name for name in left if name.endswith(prepared.ENDING)]) == prepared.MOST_PROJECTS
    assert not [name for name in left if staging.is_left_over(name)]
    assert len([name for name in left if name.endswith(".json")]) == 5  # of another kind


def test_what_is_too_large_is_not_kept(
    project: Project, first: tuple[Path, Prepared], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(project.root).unlink()
    monkeypatch.setattr(prepared, "MOST_BYTES", 1000)
    now(project).keep(first[1])
    assert not kept(project.root).exists()
