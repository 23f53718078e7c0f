"""Building: what comes out of either engine, and that a failure leaves an earlier site as it was."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import small_project
from frame import FRAME

from macros import cli
from macros.pages.project import BuildError, Project
from macros.publish import build, ownership
from macros.publish.engine import Engine
from macros.reading.guide import Guide
from macros.reading.problem import DataProblems

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path, guide: Guide, monkeypatch: pytest.MonkeyPatch) -> Project:
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(small_project.make(folder, guide))
    return Project(folder)


@pytest.fixture
def site(project: Project) -> Path:
    """An earlier site."""
    site = project.root / "site"
    site.mkdir()
    for name in ("index.html", "sitemap.xml"):
        (site / name).write_text(f"the old {name}", encoding="utf-8")
    ownership.mark(site)
    return site


def is_untouched(site: Path) -> bool:
    """Whether the earlier site is whole and nothing of a build is left beside it."""
    left = [path.name for path in site.parent.iterdir() if re.search(r"site\.|zensical", path.name)]
    return left == [] and {path.name: path.read_text() for path in site.iterdir() if path.name != ownership.MARK} == {
        name: f"the old {name}" for name in ("index.html", "sitemap.xml")
    }


def names(folder: Path, ending: str = "") -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob(f"*{ending}") if path.is_file()}


def engine(monkeypatch: pytest.MonkeyPatch, acts: Callable[[Path], None]) -> None:
    """Put something in the place of the engine."""
    monkeypatch.setattr(build, "run_engine", lambda *arguments: acts(arguments[2]))


def works(into: Path) -> None:
    for name in ("index.html", "404.html", "sitemap.xml"):
        (into / name).write_text(FRAME.format("new") if name.endswith(".html") else "new", encoding="utf-8")


# --- what is built ------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_both_engines_give_the_same_pages_and_downloads(
    project: Project, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["build"]) == 0
    out, err = capsys.readouterr()
    assert re.fullmatch(rf"Built \d+ pages and \d+ downloads into {re.escape(str(site))} in \d+\.\d s\.\n", out)
    building, *notes = err.splitlines()
    assert building == "Building the site with MkDocs…"
    assert all(note.startswith("Note: there is no git history here") for note in notes)
    assert cli.run(["build", "--engine", "zensical", "--site-dir", "site.zensical"]) == 0
    out, err = capsys.readouterr()
    building, *notes = err.splitlines()
    assert building == "Building the site with Zensical…"
    assert all(note.startswith("Note: there is no git history here") for note in notes)

    other = project.root / "site.zensical"
    assert names(site, ".html") == names(other, ".html") >= {"index.html", "404.html", "trusts/luton/index.html"}
    assert names(site / "data") == names(other / "data") >= {"trusts.csv", "trusts/luton.json", "datapackage.json"}
    for name in names(site / "data"):
        assert (site / "data" / name).read_bytes() == (other / "data" / name).read_bytes()
    for folder in (site, other):
        assert "the old" not in (folder / "sitemap.xml").read_text()
        assert (folder / "data/trusts.csv").stat().st_mode & 0o044  # a web server may read it
        assert folder.stat().st_mode & 0o055
    assert not [path for path in project.root.iterdir() if re.search(r"\.new|\.old|\.zensical-", path.name)]


def test_the_site_may_go_elsewhere(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine(monkeypatch, works)
    built = build.build(project, tmp_path / "elsewhere")
    assert built.pages == 2
    feed = tmp_path / "elsewhere/about/whats-new.atom"  # the one that is not below data/
    assert built.downloads == len(names(tmp_path / "elsewhere/data")) + feed.is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", "project"]
    assert not (project.root / "site").exists()


# --- what a failure leaves ----------------------------------------------------------------------------------------


def test_bad_data_stop_a_build_before_it_begins(
    project: Project, site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine(monkeypatch, lambda _: pytest.fail("the engine was started"))
    (project.data / "trusts/luton/2009.yml").write_text("name: Luton\n", encoding="utf-8")
    assert cli.run(["build"]) == 1
    out = capsys.readouterr().out
    assert "data/trusts/luton/2009.yml:1:1: basis: found no “basis”; expected" in out
    assert is_untouched(site)


def test_a_bad_page_stops_a_build_before_it_begins(
    project: Project, site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine(monkeypatch, lambda _: pytest.fail("the engine was started"))
    small_project.write_page(project.root, "index", "Home", "{{ trust_profile('atlantis') }}")
    assert cli.run(["build"]) == 1
    assert "docs/index.md:6:19: found the Trust “atlantis”; expected" in capsys.readouterr().out
    assert is_untouched(site)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["mkdocs", "zensical"])
def test_what_the_engine_refuses(project: Project, site: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    small_project.write_page(project.root, "index", "Home", "[gone](gone.md)")
    assert cli.run(["build", "--engine", name]) == 1
    out, err = capsys.readouterr()
    assert not out
    assert "stopped (1). The site is as it was. It said:" in err
    assert "gone" in err and "index.md" in err
    assert "Traceback" not in err and "\x1b" not in err
    assert is_untouched(site)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["mkdocs", "zensical"])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{{ no_such_macro() }}", "there is no macro “no_such_macro”"),
        ('{{ figure("trusts") }}', "was changed while the site was built: build it again"),
    ],
)
def test_an_engine_refuses_by_itself_what_was_not_there_when_all_was_checked(
    project: Project, site: Path, monkeypatch: pytest.MonkeyPatch, name: Engine, words: str, said: str
) -> None:
    prepared = build.prepare(project, project.base_url(), name)
    monkeypatch.setattr(build, "prepare", lambda *_, **__: prepared)
    small_project.write_page(project.root, "index", "Home", words)
    with pytest.raises(BuildError, match=said):
        build.build(project, site, name)
    assert is_untouched(site)


def test_an_engine_that_writes_half_of_a_site(project: Project, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(into: Path) -> None:
        works(into)
        raise BuildError("half way")

    engine(monkeypatch, breaks)
    with pytest.raises(BuildError):
        build.build(project, site)
    assert is_untouched(site)


def test_an_engine_that_writes_nothing(project: Project, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = subprocess.run

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[Any]:
        return subprocess.CompletedProcess([], 0, "all well") if "mkdocs" in command else real(command, **options)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(BuildError, match="all well"):
        build.build(project, site)
    assert is_untouched(site)


@pytest.mark.usefixtures("project")
def test_downloads_that_cannot_be_written(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine(monkeypatch, lambda into: (into / "data").write_text("in the way"))
    assert cli.run(["build"]) == 1
    assert re.search(r"guide: .*site\.new-[0-9a-f]{8}/data: file exists", capsys.readouterr().err)
    assert is_untouched(site)


@pytest.mark.slow
@pytest.mark.parametrize("kill", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_build_that_is_killed(project: Project, site: Path, kill: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "macros", "build"], cwd=project.root, stderr=subprocess.DEVNULL, start_new_session=True
    ) as run:
        wait_for(lambda: any(project.root.glob("site.new-*/assets")))
        os.killpg(run.pid, kill)
    assert run.returncode in {-kill, 128 + kill}
    assert (site / "index.html").read_text() == "the old index.html"
    if kill != signal.SIGKILL:
        assert is_untouched(site)


def test_a_build_that_was_killed_between_the_renames(project: Project, site: Path) -> None:
    site.rename(project.root / "site.old-0a1b2c3d")
    (project.root / "site.new-1a2b3c4d").mkdir()
    (project.data / "places.csv").unlink()
    with pytest.raises(DataProblems):
        build.build(project, site)
    assert is_untouched(site)


@pytest.mark.parametrize("target", [".", "..", "docs", "data/trusts", "docs/new", "mkdocs.yml", "full", "no/where"])
def test_folders_that_a_site_must_not_replace(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    engine(monkeypatch, works)
    (project.root / "full").mkdir()
    (project.root / "full/thesis.txt").write_text("years of work")
    before = names(project.root)
    assert cli.run(["build", "--site-dir", target]) == 1
    assert re.search("own files|is a file|holds files|no folder", capsys.readouterr().err)
    assert names(project.root) == before


# --- MkDocs without `guide` ---------------------------------------------------------------------------------------


def mkdocs(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=project.root,
        capture_output=True,
        text=True,
        env=quiet(),
        check=False,
    )


def quiet() -> dict[str, str]:
    """What the Makefile sets."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


@pytest.mark.slow
def test_mkdocs_alone_gives_downloads_and_no_chatter(project: Project) -> None:
    run = mkdocs(project, "build", "--strict")
    assert run.returncode == 0
    assert (project.root / "site/data/datapackage.json").is_file()
    said = re.sub(r"in \d+\.\d+ seconds", "in … seconds", run.stdout + run.stderr)
    note, *lines = said.splitlines()
    assert note.startswith("INFO    -  Note: there is no git history here")
    assert lines == [
        "INFO    -  Cleaning site directory",
        f"INFO    -  Building documentation to directory: {project.root}/site",
        "INFO    -  Documentation built in … seconds",
    ]


@pytest.mark.slow
def test_mkdocs_alone_tells_problems_by_line(project: Project) -> None:
    (project.data / "trusts/luton/2009.yml").write_text("name: [\n", encoding="utf-8")
    run = mkdocs(project, "build", "--strict")
    assert run.returncode == 1
    assert "ERROR   -  data/trusts/luton/2009.yml:" in run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    assert not (project.root / "site").exists()


@pytest.mark.slow
def test_serve_lives_through_problems_and_uses_edited_code(project: Project) -> None:
    (project.root / "macros").unlink()
    shutil.copytree(ROOT / "macros", project.root / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    luton, home, views = (
        project.data / "trusts/luton/2009.yml",
        project.docs / "index.md",
        project.root / "macros/views",
    )
    good = {path: path.read_text(encoding="utf-8") for path in (luton, home)}
    luton.write_text("name: [\n", encoding="utf-8")
    with serving(project) as page:
        wait_for(lambda: "<li>data/trusts/luton/2009.yml:2:1: found a sign where a value should be" in page(""))
        luton.write_text(good[luton], encoding="utf-8")
        wait_for(lambda: "Words of the home page" in page(""))
        assert page("data/trusts.csv").removeprefix("\ufeff").startswith("slug,")
        for _ in range(2):  # MkDocs does not say the same thing twice
            home.write_text(good[home] + "\n{{ no_such_macro() }}\n", encoding="utf-8")
            wait_for(lambda: "found the macro “no_such_macro”" in page("trusts/luton/"))
            home.write_text(good[home], encoding="utf-8")
            wait_for(lambda: "Luton" in page("trusts/luton/") and "To mend first" not in page("trusts/luton/"))
        template = project.root / "macros/views/templates/trust.html"
        template.write_text(f"<p>edited template</p>\n{template.read_text(encoding='utf-8')}", encoding="utf-8")
        wait_for(lambda: "edited template" in page("trusts/luton/"))
        view = views / "trust.py"
        code = view.read_text(encoding="utf-8")
        view.write_text(
            code.replace(
                "def trust_profile(", "def trust_profile(page, slug):\n    return 'edited code'\n\n\ndef _old("
            ),
            "utf-8",
        )
        wait_for(lambda: "edited code" in page("trusts/luton/"))
        view.write_text("1 +", encoding="utf-8")
        wait_for(lambda: "SyntaxError" in page("trusts/luton/"))


HOSTILE = {
    "a script in its words": ("\n<script>alert(1)</script>\n", "found the HTML element “script”; expected words"),
    "an element left open": ("\n<a href=index.md>x\n", "found an element “a” that does not end; expected words"),
    "a declaration": ("\n<div><![foo[ x\n", "docs/index.md:8:"),
    "a macro called twice": (
        "\n{{ trust_gaps() }}\n\n{{ trust_gaps() }}\n",
        "found the macro “trust_gaps”, which gives",
    ),
}


@pytest.mark.slow
def test_serve_never_shows_a_bad_page_and_comes_back_when_it_is_mended(project: Project) -> None:
    home, footer = project.docs / "index.md", project.root / "theme/partials/footer.html"
    good, foot = (path.read_text(encoding="utf-8") for path in (home, footer))
    with serving(project) as page:
        wait_for(lambda: "Words of the home page" in page(""))
        for bad, told in HOSTILE.values():
            home.write_text(good + bad, encoding="utf-8")
            wait_for(lambda told=told: told in unescape(page("")))  # type: ignore[misc]
            assert "Words of the home page" not in page("") + page("trusts/luton/")
            home.write_text(good, encoding="utf-8")
            wait_for(lambda: "Words of the home page" in page(""))
        # What no check of a page's text sees is found in the finished pages.
        footer.write_text(foot + "<marquee>x</marquee>", encoding="utf-8")
        wait_for(lambda: "found the HTML element “marquee”" in unescape(page("")))
        assert "on others" not in page("") and page("").count("<li>") < 10
        assert "<marquee>" not in page("") + page("trusts/luton/")
        footer.write_text(foot, encoding="utf-8")
        wait_for(lambda: "Words of the home page" in page("") and "Luton" in page("trusts/luton/"))
        assert "To mend first" not in page("")


@contextmanager
def serving(project: Project) -> Iterator[Callable[[str], str]]:
    """Run `mkdocs serve` and give a function that fetches a page of it, whatever its status."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"

    def page(path: str) -> str:
        try:
            with urllib.request.urlopen(f"http://{address}/guide/{path}", timeout=20) as response:
                return str(response.read().decode())
        except urllib.error.HTTPError as error:
            return error.read().decode()
        except (urllib.error.URLError, TimeoutError):
            return ""  # not up yet, or busy building

    log = project.root / "serve.log"
    with log.open("w") as output, subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address],
        cwd=project.root, env=quiet(), stdout=output, stderr=subprocess.STDOUT,
    ) as run:  # fmt: skip
        try:
            yield page
            assert run.poll() is None
        except AssertionError as error:
            raise AssertionError(log.read_text()) from error
        finally:
            run.kill()


def wait_for(condition: Callable[[], object], seconds: float = 90.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


# --- Makefile and locks -------------------------------------------------------------------------------------------


def make(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", *arguments], cwd=cwd, env=alone, capture_output=True, text=True, check=False)


def test_make_lists_its_commands() -> None:
    listed = [line.split()[1] for line in make().stdout.splitlines()]
    assert listed == [
        "help",
        "serve",
        "build",
        "check",
        "lint",
        "pdf",
        "offline",
        "test",
        "survey",
        "audit",
        "licences",
        "lock",
        "clean",
    ]
    for name in listed:
        assert make("--dry-run", name).returncode == 0


def test_make_says_how_when_python_is_too_old_or_has_no_environments(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements").mkdir()
    for name in ("requirements/site.txt", "pyproject.toml"):
        (tmp_path / name).touch()
    old = tmp_path / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n")
    bare = tmp_path / "bare-python"
    bare.write_text('#!/bin/sh\n[ "$1" = -c ] || { mkdir .venv; exit 1; }\n')
    for fake, advice in (
        (old, "Python 3.11 or newer is needed."),
        (bare, "On Debian and Ubuntu: apt install python3-venv"),
    ):
        fake.chmod(0o755)
        run = make("serve", f"PYTHON={fake}", cwd=tmp_path)
        assert run.returncode == 2
        assert advice in run.stdout
        assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("name", ["site", "dev"])
def test_locks_hold_every_pin_with_a_hash_and_no_address(name: str) -> None:
    lock = (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = settings["optional-dependencies"]
    pins = settings["dependencies"] + (extras["dev"] + extras["pdf"] if name == "dev" else [])
    for pin in pins:
        assert re.search(rf"(?m)^{re.escape(pin)} (;.*)?\\$", lock), pin
    entries = re.split(r"\n(?=\S)", lock.rstrip())
    for entry in (one for one in entries if not one.startswith("#")):
        assert re.fullmatch(r"[\w.-]+==[\w.]+ (; [^\n]+ )?\\\n(    --hash=sha256:[0-9a-f]{64}( \\\n)?)+", entry), entry[
            :60
        ]
    assert not re.search(r"https?:|file:|/tmp|/home|/work|--index|--find-links", lock)


def test_the_locks_agree() -> None:
    site, dev = (
        {*re.findall(r"(?m)^\S+==\S+", (ROOT / f"requirements/{name}.txt").read_text())} for name in ("site", "dev")
    )
    assert site <= dev


def test_npm_lock_names_no_registry() -> None:
    lock = (ROOT / "tests/browser/package-lock.json").read_text(encoding="utf-8")
    assert '"integrity": "sha512-' in lock
    assert '"resolved"' not in lock
