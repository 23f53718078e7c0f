"""Commands that make the site, the editions and the downloads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from macros.commands.command import FINE, PLACE, PROBLEMS, Command, engine_option
from macros.commands.progress import telling
from macros.model.wording import count
from macros.pages.project import BuildError, Project
from macros.publish import ownership
from macros.publish.editions.edition import PDF, ZIP, Edition, EditionError
from macros.publish.engine import ENGINES, Engine
from macros.reading import project_files, staging
from macros.reading.problem import DataProblems
from macros.terminal import tell_missing


@click.command(
    "build",
    cls=Command,
    examples="""
guide build
guide build --engine zensical --site-dir /tmp/preview
guide build --editions          papers too, and the guide as a PDF and as a ZIP, for a release
""",
    refused=PROBLEMS,
)
@engine_option
@click.option("--site-dir", type=PLACE, metavar="DIR", help="where the site goes (default: site, in the project)")
@click.option("--editions", is_flag=True, help="add papers, and the guide as a PDF and as a ZIP (minutes)")
@click.option("--fresh", is_flag=True, help="ignore everything that an earlier build kept")
@click.pass_obj
def build(project: Project, engine: Engine, site_dir: Path | None, editions: bool, fresh: bool) -> int:
    """Build the site, strictly.

    Problems in data or pages stop it before anything of an earlier site is touched.
    """
    from macros.publish.build import build
    from macros.reading import unwritten

    if problems := unwritten.check(project.data):  # such a site may be viewed and edited, but not published
        raise DataProblems(problems)
    target = site_dir or project.root / "site"
    with telling(f"Building the site with {ENGINES[engine]}…", at_once=True):
        built = build(project, target, engine, editions=editions, fresh=fresh)
    tell_missing(built.missing)
    if built.left_out:
        print(built.left_out)
    parts = [count(built.pages, "page"), count(built.downloads, "download")]
    if built.editions:
        parts += [count(built.papers, "file") + " of papers", count(built.editions, "edition")]
    print(f"Built {', '.join(parts[:-1])} and {parts[-1]} into {target} in {built.seconds:.1f} s.")
    return FINE


@click.command("export", cls=Command, examples="guide export /tmp/data")
@click.argument("folder", type=PLACE, metavar="DIR", help="where the files go; made if it is not there")
@click.pass_obj
def export(project: Project, folder: Path) -> int:
    """Write the downloads alone (JSON, CSV, schemas)."""
    from macros.derived import downloads as exports
    from macros.history.timeline import read_history
    from macros.reading.guide import load

    with telling("Writing the downloads…"):
        guide = load(project.data)
        history = read_history(project.root, guide)
        made = exports.contents(guide, project.base_url(), None, history.revisions(guide.region))
        with project_files.writing(project.root):
            if why := ownership.why_no_export(folder, made, project.root.resolve()):
                raise BuildError(why)
            ownership.mark(folder, {*made, *(ownership.marked(folder) or ())})
            written = exports.write_files(made, folder)
    tell_missing(history.missing)
    print(f"Wrote {count(len(written), 'file')} into {folder}.")
    return FINE


def _examples(name: str, file: str) -> str:
    return f"guide {name}\nguide {name} /tmp/{file}\nguide {name} --site site      from a site that is built already"


_site_option = click.option(
    "--site", type=PLACE, metavar="DIR", help="a built site to make it from (default: build one)"
)


@click.command("pdf", cls=Command, examples=_examples("pdf", PDF))
@click.argument("file", type=PLACE, default=Path(PDF), metavar="[FILE]", help=f"where it goes (default: {PDF}, here)")
@_site_option
@engine_option
@click.pass_obj
def pdf(project: Project, file: Path, site: Path | None, engine: Engine) -> int:
    """Make the PDF edition: the whole guide for paper, tagged, with bookmarks and contents.

    It takes minutes.
    """
    from macros.publish.editions import pdf as edition
    from macros.publish.editions import typesetter

    return _make_edition(project, file, site, engine, edition.make_pdf, edition.is_edition, require=typesetter.require)


@click.command("offline", cls=Command, examples=_examples("offline", ZIP))
@click.argument("file", type=PLACE, default=Path(ZIP), metavar="[FILE]", help=f"where it goes (default: {ZIP}, here)")
@_site_option
@engine_option
@click.pass_obj
def offline(project: Project, file: Path, site: Path | None, engine: Engine) -> int:
    """Make the offline edition: a ZIP of the site that works from a folder, without a network."""
    from macros.publish import guard
    from macros.publish.editions import offline as edition

    def keep_out(content: bytes) -> None:
        guard.check_zip(content, project.docs)

    return _make_edition(project, file, site, engine, edition.make_zip, edition.is_edition, inspect=keep_out)


def _make_edition(
    project: Project,
    target: Path,
    site: Path | None,
    engine: Engine,
    making: Callable[[Path, Edition], bytes],
    is_ours: Callable[[Path], bool],
    *,
    require: Callable[[], object] = lambda: None,
    inspect: Callable[[bytes], object] = lambda _: None,
) -> int:
    """Write one edition, from an existing site or from one that is built for it and then deleted.

    `require` raises EditionError if something needed for it is missing, `inspect` if it contains anything that it may
    not.
    """
    from macros.publish import guard

    if target.is_dir() or not target.parent.is_dir():
        raise EditionError(f"{target} cannot be written: name a file in a folder that exists")
    _refuse_file(target, is_ours)
    require()
    with staging.scratch("edition") as folder:
        if site is None:
            from macros.publish.build import build

            site = folder / "site"
            with telling(f"Building the site with {ENGINES[engine]}…", at_once=True):
                built = build(project, site, engine)
            tell_missing(built.missing)
        elif (site / "index.html").is_file():
            guard.check_site(site, project.docs)
        with telling(f"Making {target}…"):
            content = making(site.resolve(), Edition.of(project.root))
        inspect(content)
    with project_files.writing(project.root):
        _refuse_file(target, is_ours)  # making it has taken minutes
        staging.replace_file(target, content)
    print(f"Wrote {target}, {len(content) / 1e6:.1f} MB.")
    return FINE


def _refuse_file(target: Path, is_ours: Callable[[Path], bool]) -> None:
    """Raise EditionError if the file would replace something of value."""
    if why := ownership.why_no_file(target, target.is_file() and is_ours(target)):
        raise EditionError(why)
