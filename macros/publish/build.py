"""Builds the site: checks everything, lets an engine build, adds downloads and search, then swaps the result in."""

from __future__ import annotations

import errno
import shutil
import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from macros.model import clock
from macros.model.process_variables import EDITIONS, EPOCH, SERVED, is_set, put_for_now
from macros.pages.project import BuildError, Project
from macros.publish import ownership
from macros.publish.engine import SETTINGS, Engine, run_engine
from macros.reading import cache, earlier_results, project_files, staging
from macros.reading.problem import DataProblems, Problem

if TYPE_CHECKING:
    from macros.pages.site import Site
    from macros.publish.prepared import Prepared


@dataclass(frozen=True)
class BuildReport:
    """The result of a build."""

    pages: int
    downloads: int
    seconds: float
    editions: int = 0
    papers: int = 0
    """The number of files of papers."""
    missing: str = ""
    """The part of the history that is missing here, and how to get it."""
    left_out: str = ""
    """Anything that was asked for and could not be made here, with the reason."""


def check(project: Project) -> Site:
    """Return the site, drawn without its history, after checking data and pages.

    Raises DataProblems with everything that is wrong. If data are wrong, the parts of pages that show them are not
    checked. No verdict depends on the history, and reading it takes longer than reading the data.
    """
    from macros.pages.site import Site
    from macros.reading.guide import load_once

    project.refuse_odd()
    return _right(project, lambda: Site(load_once(project.data), project.docs))


def check_to_show(project: Project) -> Site:
    """Return the site after checking it, and keep it for an engine in this process; raises DataProblems."""
    from macros.pages.site import site_once

    project.refuse_odd()
    return _right(project, lambda: site_once(project.root, asking_git=True))


def _right(project: Project, site_of: Callable[[], Site]) -> Site:
    """Return the site if nothing is wrong with it; raises DataProblems."""
    from macros.pages import published_addresses, site_checks
    from macros.reading import settings

    wrong: tuple[Problem, ...] = ()
    try:
        settings.read(project.root)
    except DataProblems as found:
        wrong = found.problems
    try:
        site = site_of()
    except DataProblems as found:
        raise DataProblems((*wrong, *found.problems, *site_checks.check_without_data(project.docs))) from None
    addresses = published_addresses.check(site.guide.moved, (page.url for page in site.pages), project.root)
    if problems := (*wrong, *site_checks.problems(site), *addresses):
        raise DataProblems(problems)
    return site


def prepare(project: Project, base_url: str, engine: Engine = "mkdocs", *, fresh: bool = False) -> Prepared:
    """Return everything that a build needs of the guide; raises DataProblems.

    Results kept from the last build are used if possible. With `fresh`, they are ignored.
    """
    from macros.pages.site import site_once
    from macros.publish.prepared import Wanted

    project.refuse_odd()
    wanted = Wanted.now(project.root, project.config, base_url, engine)
    with cache.disbelieved() if fresh else nullcontext():
        if wanted and (known := wanted.recall()):
            return known
        # Once only: an engine in this process uses the same drawings.
        site = _right(project, lambda: site_once(project.root, engine == "zensical", asking_git=True))
        prepared = prepared_of(site, base_url)
    if wanted:
        wanted.keep(prepared)
    return prepared


def prepared_of(site: Site, base_url: str, kept: dict[str, Any] | None = None) -> Prepared:
    """Return everything that a build needs of a site with which nothing is wrong.

    Downloads that are `kept` from before are not made again if nothing in them has changed.
    """
    from macros.derived import downloads as exports
    from macros.history import feeds
    from macros.pages import published_addresses
    from macros.publish import search_index
    from macros.publish.handover import DrawnPages, key_of
    from macros.publish.prepared import Prepared
    from macros.views.catalogue import MACROS

    titles = {page.url: page.title for page in site.pages}
    downloads = exports.contents(site.guide, base_url, kept, site.history.revisions(site.guide.region))
    return Prepared(
        DrawnPages(
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
        {
            path: html.encode()
            for path, html in {
                **published_addresses.contents(site.guide.moved, titles, base_url),
                **published_addresses.first_wave_contents(site.guide, base_url),
            }.items()
        },
        search_index.SearchKnowledge.of(site.guide),
        site.history.missing,
    )


@dataclass
class WrittenBesides:
    """The files last written in addition to the pages, so that `write_besides` writes only new ones."""

    downloads: dict[str, Any] = field(default_factory=dict)
    search: dict[bytes, Any] = field(default_factory=dict)
    files: set[Path] = field(default_factory=set)


def write_besides(prepared: Prepared, site: Path, base_url: str, kept: WrittenBesides | None = None) -> None:
    """Write the files that no engine makes into a built site: downloads, feeds, search, and pages at moved addresses.

    With files `kept` from before, only new ones are made, and files that this wrote before and that are no longer
    wanted are deleted.
    """
    from macros.publish import hosting, search_index

    kept = kept or WrittenBesides()
    files = {site / path: content for path, content in {**prepared.downloads, **prepared.stubs}.items()}
    for path, content in files.items():
        staging.replace_file(path, content)
    write_robots(site, base_url)
    for old in kept.files - files.keys():
        old.unlink(missing_ok=True)
    kept.files = {*files}
    search_index.write(prepared.words, site, kept.search)
    if not is_set(SERVED):
        hosting.write(site, base_url)


def build(
    project: Project, target: Path, engine: Engine = "mkdocs", *, editions: bool = False, fresh: bool = False
) -> BuildReport:
    """Build the whole site into `target`, with papers and the guide as a PDF and as a ZIP if `editions` are wanted.

    With `fresh`, results kept from the last build are ignored. Raises DataProblems, BuildError or EditionError. After
    an error, or if the build is killed, `target` is as it was.
    """
    from macros.publish.editions import release

    started = time.monotonic()
    target = target.resolve()
    _refuse_precious(project, target)
    _tidy(project, target)
    base_url = project.base_url()
    wanted, left_out = release.possible() if editions else ("", "")
    with (
        put_for_now({EDITIONS: wanted, EPOCH: _made_at(project)}),  # for the drawings made here, and for the engine
        cache.disbelieved() if fresh else nullcontext(),
        earlier_results.at_hand(project.root),
    ):
        prepared = prepare(project, base_url, engine, fresh=fresh)
        with staging.staged(project.root / "site") as (new, held):  # in the project: Zensical writes nowhere else
            run_engine(engine, project, new, prepared.drawn, held)
            write_besides(prepared, new, base_url)
            look_at(prepared, project, new, base_url)
            pages = sum(1 for _ in new.rglob("*.html")) - len(prepared.stubs)
            made = release.write(project, new, base_url, wanted) if wanted else release.Written()
            ownership.mark(new)
            with project_files.writing(project.root):
                _refuse_precious(project, target)  # another build, or a person, has had minutes to put something there
                _put_in_place(new, target)
    seconds = time.monotonic() - started
    return BuildReport(pages, len(prepared.downloads), seconds, made.editions, made.papers, prepared.missing, left_out)


def look_at(prepared: Prepared, project: Project, site: Path, base_url: str, only: Iterable[str] | None = None) -> None:
    """Check the finished pages, or `only` these files, before anybody sees them; raises DataProblems."""
    from macros.publish import guard

    calls = {url: given.values() for url, given in prepared.drawn.calls.items()}
    if only is None:
        guard.check_site(site, project.docs, base_url=base_url, calls=calls, moved=prepared.stubs)
    else:
        pages = {path: (site / path).read_bytes() for path in only}
        guard.check_pages(pages, project.docs, base_url=base_url, calls=calls, moved=prepared.stubs)


def _made_at(project: Project) -> str:
    """Return the time of a build, for EPOCH, so that the same files give the same site; raises BuildError.

    It is the time that is set already, or that of the last commit. Files that differ from those in git may mention
    today, so a build of these repeats only within the day.
    """
    from macros.history.git import Repository

    try:
        given = clock.given()
    except clock.ClockError as error:
        raise BuildError(str(error)) from None
    if given is not None:
        return str(given)
    repository = Repository.around(project.root)
    if repository and not repository.unrecorded("data", "docs"):
        return str(int(clock.moment(repository.committed_at()).timestamp()))
    return str(int(clock.now().timestamp()) // 86400 * 86400)


def write_robots(site: Path, base_url: str) -> None:
    """Write the file that invites search engines and points them to the site map."""
    (site / "robots.txt").write_text(f"User-agent: *\nAllow: /\n\nSitemap: {base_url}sitemap.xml\n", encoding="utf-8")


def _refuse_precious(project: Project, target: Path) -> None:
    """Refuse a target that might hold anything of value: all but a new folder, an empty one or an earlier site."""
    if why := ownership.why_no_site(target, project.root.resolve()):
        raise BuildError(why)


def _tidy(project: Project, target: Path) -> None:
    """Clear away what killed builds left, but not the folders of builds that are running."""
    staging.restore(target)
    for name in (target, project.root / "site"):
        staging.clear(staging.besides(name, "new"))
    staging.clear(path for path in project.root.glob(".zensical-*") if SETTINGS.fullmatch(path.name))


def _put_in_place(new: Path, target: Path) -> None:
    """Put a folder in place of `target`, wherever it comes from."""
    try:
        staging.swap(new, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with staging.staged(target) as (beside, _):
            shutil.copytree(new, beside, dirs_exist_ok=True)
            staging.swap(beside, target)
