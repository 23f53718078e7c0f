"""Nothing that a build or an export did not make is ever written over or deleted."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import small_project
from frame import FRAME

from macros import cli
from macros.pages.project import BuildError, Project
from macros.publish import build, ownership
from macros.publish.editions import offline, pdf
from macros.publish.ownership import MARK
from macros.reading import staging
from macros.reading.guide import Guide


@pytest.fixture
def project(tmp_path: Path, guide: Guide, monkeypatch: pytest.MonkeyPatch) -> Project:
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(small_project.make(folder, guide))
    return Project(folder)


def git(folder: Path, *arguments: str) -> str:
    names = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    run = subprocess.run(["git", "-C", str(folder), *names, *arguments], check=True, capture_output=True, text=True)
    return run.stdout


def write(path: Path, words: str = "mine") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")
    return path


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """What a build made."""
    folder = tmp_path / "built"
    for name in ("index.html", "sitemap.xml", "trusts/luton/index.html"):
        write(folder / name, FRAME.format(name) if name.endswith(".html") else name)
    ownership.mark(folder)
    return folder


def refused(project: Project, target: Path | str) -> str:
    """Return why a build into a folder stops, before anything is looked at or made."""
    before = {path: path.lstat().st_ctime_ns for path in Path(target).rglob("*")}
    with pytest.raises(BuildError) as why:
        build.build(project, Path(target))
    assert {path: path.lstat().st_ctime_ns for path in Path(target).rglob("*")} == before
    return str(why.value)


# --- a site -------------------------------------------------------------------------------------------------------


def test_a_checkout_with_a_commit_that_is_nowhere_else(project: Project, tmp_path: Path) -> None:
    """The folder that pages are published from: with CNAME, a site, and a commit that was not pushed."""
    folder = tmp_path / "pages"
    for name in ("CNAME", "sitemap.xml", "index.html"):
        write(folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Not pushed")
    said = refused(project, folder)
    assert "no mark says that a build made them" in said and "rm -r" not in said
    assert "Not pushed" in git(folder, "log")


@pytest.mark.parametrize("name", ["CNAME", ".git/HEAD", "trusts/luton/notes.txt", "trusts/essex/index.html", "empty/"])
def test_what_is_beside_a_site_is_noticed(project: Project, site: Path, name: str) -> None:
    (site / name).mkdir() if name.endswith("/") else write(site / name)
    said = refused(project, site)
    shown = name if not name.startswith(("trusts/essex", ".git")) else f"{name.rpartition('/')[0]}/"
    assert f"holds what no build made: {shown}. Move that elsewhere" in said


def test_a_link_in_the_place_of_a_file_is_noticed(project: Project, site: Path) -> None:
    (site / "index.html").unlink()
    (site / "index.html").symlink_to("sitemap.xml")
    assert "no build made: index.html" in refused(project, site)


def test_files_that_git_keeps_are_not_replaced(project: Project, site: Path) -> None:
    git(site.parent, "init", "--quiet")
    git(site.parent, "add", "--all", "built")
    assert "holds files that git keeps: .made-by-guide, index.html, sitemap.xml and 1 more" in refused(project, site)


def test_a_site_of_before_there_were_marks_is_told_how_to_go_on(project: Project) -> None:
    write(project.root / "site/index.html")
    write(project.root / "site/sitemap.xml")
    said = refused(project, project.root / "site")
    assert f"delete it and build again: rm -r {project.root / 'site'}" in said


@pytest.mark.parametrize("words", ["", "anything", "# Made by “guide”"])
def test_a_mark_that_is_none(project: Project, site: Path, words: str) -> None:
    (site / MARK).write_text(words, encoding="utf-8")
    assert "no mark says" in refused(project, site)


@pytest.mark.parametrize(
    "target", [".", "..", "data", "docs/new", "DATA", "Docs/site", "tests", ".git", ".github/site", "./theme/../data"]
)
def test_folders_of_the_project(project: Project, target: str) -> None:
    assert "holds the guide's own files" in refused(project, target)


def test_a_link_to_a_folder_of_the_project(project: Project, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(project.data)
    assert "holds the guide's own files" in refused(project, tmp_path / "link")
    (tmp_path / "other").symlink_to(tmp_path / "mine")
    write(tmp_path / "mine/sitemap.xml")
    assert "no mark" in refused(project, tmp_path / "other")


def test_a_site_within_a_site(project: Project, site: Path) -> None:
    assert f"is inside {site}, which a build made" in refused(project, site / "preview")


def test_what_is_put_there_while_it_builds_stays(project: Project, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def running(_: object, __: Project, into: Path, *___: object) -> None:
        write(into / "index.html", FRAME.format("new"))
        write(site / "CNAME")

    monkeypatch.setattr(build, "run_engine", running)
    with pytest.raises(BuildError, match="holds what no build made: CNAME"):
        build.build(project, site)
    assert (site / "CNAME").read_text() == "mine"


@pytest.mark.slow
def test_a_build_marks_what_it_made_and_replaces_it(project: Project, tmp_path: Path) -> None:
    shutil.copytree(small_project.ROOT / "docs/assets", project.docs / "assets")
    target = tmp_path / "site"
    build.build(project, target)
    first = (target / MARK).read_bytes()
    assert first.splitlines()[1:] == sorted(
        path.relative_to(target).as_posix().encode()
        for path in target.rglob("*")
        if path.is_file() and path.name != MARK
    )
    build.build(project, target)
    assert (target / MARK).read_bytes() == first
    assert ownership.strangers(target) == []
    assert not any(name.endswith(MARK) for name in zip_names(offline.make_zip(target, offline.Edition.of(tmp_path))))


def zip_names(content: bytes) -> list[str]:
    import io
    import zipfile

    return zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_folders_with_names_like_ours_are_not_cleared(project: Project) -> None:
    for name in ("site.new-design", "site.old-2024", "site.new-1", "site.old-letters"):
        (project.root / name).mkdir()
    (project.root / "site.new-1a2b3c4d").mkdir()
    build._tidy(project, project.root / "site")
    assert {path.name for path in project.root.glob("site.*")} == {
        *("site.new-design", "site.old-2024", "site.new-1", "site.old-letters")
    }


def test_two_builds_that_have_one_number(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two containers over one folder: both are process 7."""
    monkeypatch.setattr(os, "getpid", lambda: 7)
    with staging.staged(project.root / "site") as (one, _):
        with staging.staged(project.root / "site") as (other, _):
            assert one != other
            build._tidy(project, project.root / "site")
            assert one.is_dir() and other.is_dir()
        assert one.is_dir()
    assert not one.exists()


# --- exports and editions -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["data", ".", "docs", "DATA"])
def test_an_export_does_not_write_into_the_project(
    project: Project, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (project.data / "places.csv").read_bytes()
    assert cli.run(["export", folder]) == 2
    assert "holds the guide's own files: name another folder" in capsys.readouterr().err
    assert (project.data / "places.csv").read_bytes() == before


@pytest.mark.usefixtures("project")
def test_an_export_writes_over_an_export_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "out"
    mine = write(folder / "mine.txt")
    assert cli.run(["export", str(folder)]) == 0
    assert cli.run(["export", str(folder)]) == 0
    assert mine.read_text() == "mine"
    other = tmp_path / "other"
    places = write(other / "places.csv")
    assert cli.run(["export", str(other)]) == 2
    assert "no export made: places.csv" in capsys.readouterr().err
    assert places.read_text() == "mine" and [*other.iterdir()] == [places]
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "out/places.csv")
    assert cli.run(["export", str(folder)]) == 2
    assert "git keeps files that would be written over: places.csv" in capsys.readouterr().err


@pytest.mark.usefixtures("project")
def test_an_export_follows_no_link(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out/trusts").symlink_to(tmp_path / "elsewhere")
    assert cli.run(["export", str(tmp_path / "out")]) == 2
    assert "holds links where files would go: trusts" in capsys.readouterr().err
    assert [*(tmp_path / "elsewhere").iterdir()] == []


@pytest.mark.parametrize("command", ["offline", "pdf"])
@pytest.mark.parametrize("file", ["mkdocs.yml", "README.md", "link.zip"])
def test_an_edition_writes_over_an_edition_only(
    project: Project, command: str, file: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "build", lambda *_: pytest.fail("nothing is built for that"))
    (project.root / "link.zip").symlink_to("README.md")
    write(project.root / "README.md")
    before = (project.root / file).read_bytes()
    assert cli.run([command, file]) == 1
    assert f"{file} is" in (said := capsys.readouterr().err) and "name another file, or delete it" in said
    assert (project.root / file).read_bytes() == before


def test_an_edition_is_known_again(project: Project, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["offline", "out.zip", "--site", str(site)]) == 0
    assert cli.run(["offline", "out.zip", "--site", str(site)]) == 0
    git(project.root, "init", "--quiet")
    git(project.root, "add", "out.zip")
    assert cli.run(["offline", "out.zip", "--site", str(site)]) == 1
    assert "git keeps out.zip: name another file" in capsys.readouterr().err
    assert pdf.is_edition(write(project.root / "a.pdf", "%PDF-1.7\n/ID [(ce-guide0"))
    assert not pdf.is_edition(write(project.root / "b.pdf", "%PDF-1.7\n/ID [(another0"))


def test_an_edition_takes_in_no_link(project: Project, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "passwords.txt").symlink_to("/etc/passwd")
    for command in ("offline", "pdf"):
        assert cli.run([command, "out.file", "--site", str(site)]) == 1
        assert "passwords.txt is a link" in capsys.readouterr().err
    assert not (project.root / "out.file").exists()
