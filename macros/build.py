"""Building the site: check everything, let an engine make it beside, add downloads and search, then swap it in."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from macros import staging
from macros.drawn import HANDED
from macros.problems import DataProblems

if TYPE_CHECKING:
    from macros.drawn import Drawn
    from macros.guide import Guide
    from macros.pages import Site
    from macros.prepared import Prepared

Engine = Literal["mkdocs", "zensical"]
ENGINES: dict[Engine, str] = {"mkdocs": "MkDocs", "zensical": "Zensical"}

CHECKED = "GUIDE_CHECKED"
"""Set in an engine's environment by `build`: data and pages are checked already, and the downloads come afterwards."""

EPOCH = "SOURCE_DATE_EPOCH"
"""What every program that makes files takes for the time, if it is set: seconds since 1970."""

_QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
_COLOURS = re.compile(r"\x1b\[[\d;]*m")
_STRICT = "RuntimeError: Aborted because --strict flag is set"


class BuildError(Exception):
    """The site could not be built; the text says why and what to do. What stood in the target folder still stands."""


@dataclass(frozen=True)
class Project:
    """A folder that holds `mkdocs.yml`, `data/` and `docs/`."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> Project:
        """Return the project that `start` is in; raises BuildError."""
        for folder in (start, *start.parents):
            if (folder / "mkdocs.yml").is_file() and (folder / "data").is_dir():
                return cls(folder)
        raise BuildError(
            f"there is no guide in {start}: go to the folder that holds mkdocs.yml and data, and try again"
        )

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def config(self) -> Path:
        return self.root / "mkdocs.yml"

    def base_url(self) -> str:
        """Return the address of the site, from `site_url` in `mkdocs.yml`, with a slash at its end."""
        import yaml

        class Loader(yaml.SafeLoader):
            """Reads the engine's own tags, such as `!ENV`, as nothing."""

        Loader.add_multi_constructor("", lambda *_: None)
        config: Any = yaml.load(self.config.read_text(encoding="utf-8"), Loader)  # noqa: S506 - a SafeLoader
        return f"{str((config or {}).get('site_url') or '').rstrip('/')}/"


@dataclass(frozen=True)
class Built:
    """What a build made."""

    pages: int
    downloads: int
    seconds: float
    editions: int = 0


def check(project: Project) -> Guide:
    """Return the Guide after checking data and pages; raises DataProblems with all that is wrong.

    Where data are wrong, what pages show of them is not looked at.
    """
    return _right(project).guide


def _right(project: Project, links_from_files: bool = False) -> Site:
    """Return the site if nothing is wrong with it; raises DataProblems."""
    from macros import moved, pages

    try:
        # Once: an engine in this process goes on with what is drawn.
        site = pages.site_once(project.root, links_from_files)
    except DataProblems as found:
        raise DataProblems((*found.problems, *pages.check_without_data(project.docs))) from None
    addresses = moved.check(site.guide.moved, (page.url for page in site.pages), project.root)
    if problems := (*site.problems, *addresses):
        raise DataProblems(problems)
    return site


def prepare(project: Project, base_url: str, engine: Engine = "mkdocs", *, fresh: bool = False) -> Prepared:
    """Return all that a build needs of the guide; raises DataProblems. What was kept of the last build is taken first.

    With `fresh`, nothing of it is believed.
    """
    from macros.prepared import Wanted

    wanted = Wanted.now(project.root, project.config, base_url, engine)
    if wanted and not fresh and (known := wanted.recall()):
        return known
    site = _right(project, links_from_files=engine == "zensical")
    prepared = prepared_of(site, base_url)
    if wanted:
        wanted.keep(prepared)
    return prepared


def prepared_of(site: Site, base_url: str, kept: dict[str, Any] | None = None) -> Prepared:
    """Return all that a build needs of a site with which nothing is wrong.

    Downloads that are `kept` from before are not made again where nothing in them changed.
    """
    from macros import exports, feeds, moved, search
    from macros.drawn import Drawn, key_of
    from macros.prepared import Prepared
    from macros.views.catalogue import MACROS

    titles = {page.url: page.title for page in site.pages}
    downloads = exports.contents(site.guide, base_url, kept)
    return Prepared(
        Drawn(
            macros=sorted(MACROS),
            calls={
                page.url: {
                    key_of(call.name, call.arguments): html
                    for call, html in zip(page.calls, site.given(page), strict=True)
                }
                for page in site.pages
            },
            heads={page.url: site.head(page.url, base_url) for page in site.pages},
        ),
        {
            **{f"data/{path}": content for path, content in downloads.items()},
            **feeds.contents(site.guide, site.history, base_url),
        },
        {path: html.encode() for path, html in moved.contents(site.guide.moved, titles, base_url).items()},
        search.Words.of(site.guide),
    )


@dataclass
class KeptBesides:
    """What was written beside the pages before, for `write_besides` to do no more than is new."""

    downloads: dict[str, Any] = field(default_factory=dict)
    search: dict[bytes, Any] = field(default_factory=dict)
    files: set[Path] = field(default_factory=set)


def write_besides(prepared: Prepared, site: Path, base_url: str, kept: KeptBesides | None = None) -> None:
    """Write into a built site what no engine makes: downloads, feeds, search, and a page for each address that moved.

    With what is `kept` from before, only what is new is made, and files that this wrote before and that are none any
    more are deleted.
    """
    from macros import hosting, search

    kept = kept or KeptBesides()
    files = {site / path: content for path, content in {**prepared.downloads, **prepared.stubs}.items()}
    for path, content in files.items():
        staging.replace_file(path, content)
    write_robots(site, base_url)
    for old in kept.files - files.keys():
        old.unlink(missing_ok=True)
    kept.files = {*files}
    search.write(prepared.words, site, kept.search)
    if hosting.SERVED not in os.environ:
        hosting.write(site, base_url)


def build(
    project: Project, target: Path, engine: Engine = "mkdocs", *, editions: bool = False, fresh: bool = False
) -> Built:
    """Build the whole site into `target`, with the guide as a PDF and as a ZIP if `editions` are wanted.

    With `fresh`, nothing is believed of what the last build kept. Raises DataProblems, BuildError or EditionError, and
    then `target` is as it was. So it is if a build is killed.
    """
    from macros import address

    started = time.monotonic()
    target = target.resolve()
    _refuse_precious(project, target)
    _tidy(project, target)
    base_url = project.base_url()
    new = project.root / f"site.new-{os.getpid()}"  # in the project: Zensical writes nowhere else
    with _set({address.WITH_EDITIONS: "1" if editions else "", EPOCH: _made_at(project)}):
        prepared = prepare(project, base_url, engine, fresh=fresh)
        with staging.staged(new) as held:
            _run(engine, project, new, prepared.drawn, held)
            write_besides(prepared, new, base_url)
            pages = sum(1 for _ in new.rglob("*.html"))
            made = _write_editions(project, new) if editions else []
            _put_in_place(new, target)
    return Built(pages, len(prepared.downloads), time.monotonic() - started, len(made))


@contextmanager
def _set(settings: Mapping[str, str]) -> Iterator[None]:
    """Set names in the environment: what is drawn here, and what the engine builds, hang on them alike."""
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _made_at(project: Project) -> str:
    """Return the time of a build, for EPOCH, so that the same files give the same site; raises BuildError.

    It is what is set already, or the time of the last commit. Files that git does not have as they are may speak of
    today, and so does a build of them: it is the same for a day.
    """
    from macros.revisions import Repository

    if given := os.environ.get(EPOCH):
        if not given.isdigit():
            raise BuildError(f"{EPOCH} is “{given}”: make it the number of seconds since 1970, or leave it out")
        return given
    repository = Repository.around(project.root)
    if repository and not repository.unrecorded("data", "docs"):
        return str(repository.committed_at())
    return str(int(time.time()) // 86400 * 86400)


def write_robots(site: Path, base_url: str) -> None:
    """Write the file that tells search engines that they are welcome, and where the list of pages is."""
    (site / "robots.txt").write_text(f"User-agent: *\nAllow: /\n\nSitemap: {base_url}sitemap.xml\n", encoding="utf-8")


def _write_editions(project: Project, site: Path) -> list[Path]:
    """Write the editions of a site into it; raises EditionError."""
    from macros.editions import edition
    from macros.editions.offline import make_zip
    from macros.editions.pdf import make_pdf

    this = edition.Edition.of(project.root)
    made = {edition.PDF: make_pdf(site, this), edition.ZIP: make_zip(site, this)}
    return [staging.replace_file(site / edition.FOLDER / name, content) for name, content in made.items()]


def _refuse_precious(project: Project, target: Path) -> None:
    """Refuse a target whose loss would hurt: anything but a new folder, an empty one or an earlier site."""
    root = project.root.resolve()
    sources = [root / name for name in ("data", "docs", "macros", "theme", "tests", ".git")]
    if root.is_relative_to(target) or any(target.is_relative_to(source) for source in sources):
        raise BuildError(f"{target} holds the guide's own files: choose another folder for the site")
    if target.exists() and not target.is_dir():
        raise BuildError(f"{target} is a file: choose a folder for the site")
    if target.is_dir() and any(target.iterdir()) and not (target / "sitemap.xml").is_file():
        raise BuildError(f"{target} holds files and is not an earlier site: empty it, or choose another folder")
    if not target.parent.is_dir():
        raise BuildError(f"there is no folder {target.parent}: make it, or choose another folder for the site")


def _tidy(project: Project, target: Path) -> None:
    """Clear what killed builds left, and leave alone what others that run now work in."""
    staging.restore(target)
    for folder, pattern in (
        (target.parent, f"{target.name}.new-*"),
        (project.root, "site.new-*"),
        (project.root, ".zensical-*"),
    ):
        staging.clear(folder.glob(pattern))


def _run(engine: Engine, project: Project, into: Path, drawn: Drawn, held: int) -> None:
    """Let an engine build into `into`, strictly, from pages that are drawn; raises BuildError with what it said.

    It is handed `held`, what the claim on the folder hangs on: if this process is killed, the engine writes on for a
    while.
    """
    config = project.root / f".zensical-{os.getpid()}.yml"
    try:
        # Zensical takes its target from the settings only. Its store of built pages does not know data/: clean it.
        config.write_text(f"INHERIT: {project.config.name}\nsite_dir: {into.name}\n", encoding="utf-8")
        # For MkDocs neither -q nor -v: with them, it ends well when a strict build fails.
        arguments = {
            "mkdocs": ["build", "--strict", "--config-file", str(project.config), "--site-dir", str(into)],
            "zensical": ["build", "--strict", "--clean", "--config-file", config.name],
        }[engine]
        search = os.pathsep.join(filter(None, (str(project.root), os.environ.get("PYTHONPATH"))))
        with staging.claimed(config) as config_held, tempfile.TemporaryFile() as handed:
            handed.write(drawn.to_json())
            handed.seek(0)
            run = subprocess.run(  # noqa: S603 - our own arguments
                [sys.executable, "-m", engine, *arguments],
                cwd=project.root,
                env={**os.environ, **_QUIET, CHECKED: "1", HANDED: "1", "PYTHONPATH": search},
                stdin=handed,
                pass_fds=(held, config_held) if os.name == "posix" else (),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                check=False,
            )
    finally:
        config.unlink(missing_ok=True)
    if run.returncode or not (into / "index.html").is_file():
        said = _COLOURS.sub("", run.stdout).strip()
        if said.endswith(_STRICT):
            said = said.rpartition("\nTraceback")[0]  # the warnings say it all
        raise BuildError(f"{ENGINES[engine]} stopped ({run.returncode}). The site is as it was. It said:\n\n{said}")


def _put_in_place(new: Path, target: Path) -> None:
    """Put a folder in the place of `target`, from wherever it is."""
    try:
        staging.swap(new, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = target.with_name(f"{target.name}.new-{os.getpid()}")
        with staging.staged(beside):
            shutil.copytree(new, beside, dirs_exist_ok=True)
            staging.swap(beside, target)
