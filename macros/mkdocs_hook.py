"""Extra work for MkDocs: problems in plain words, edited code under `serve`, downloads and search.

MkDocs only: Zensical has no hooks, and no content may depend on this file.
"""

from __future__ import annotations

import html
import logging
import os
import sys
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs import utils
from mkdocs.commands import build as building
from mkdocs.commands import serve
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from watchdog.observers.polling import PollingObserverVFS

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

    from macros.pages.project import Project
    from macros.publish.prepared import Prepared
    from macros.publish.serve import Served
    from macros.reading.problem import DataProblems
    from macros.reading.project_state import FileMarks


log = logging.getLogger("mkdocs.plugins.guide")


_LOOKS = 0.1
"""Seconds between two looks at the files under `serve`. MkDocs' own half a second would be longer than the build."""


@dataclass
class _Run:
    """What the functions below share: MkDocs calls them one by one, and hands them nothing of ours."""

    served: Served | None = None
    """The site under `serve`, which later edits build on."""
    prepared: Prepared | None = None
    """The prepared results that `mkdocs build` shows and writes."""


_run = _Run()


def on_startup(command: Literal["build", "gh-deploy", "serve"], **_: Any) -> None:
    """Quieten the macros plugin, which otherwise lists all its macros, and keep `serve` running despite problems."""
    from macros.publish.memory import collect_seldom

    collect_seldom()
    logging.getLogger("mkdocs.plugins.mkdocs_macros").setLevel(logging.WARNING)
    if command == "serve":
        from macros.model import process_variables

        process_variables.put(process_variables.SERVED, "1")
        serve.build = _surviving(building.build)  # type: ignore[attr-defined]
        serve.LiveReloadServer = _Server  # type: ignore[attr-defined, assignment]


@event_priority(100)  # before the macros plugin, which would stop with a traceback
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Stop if there are problems in data or pages, after reporting each with file, line and column."""
    from macros.model.clock import ClockError
    from macros.model.process_variables import CHECKED, SERVED, is_set
    from macros.publish import ownership
    from macros.publish.build import check_to_show, prepare
    from macros.publish.handover import hand_over
    from macros.reading.problem import DataProblems

    if is_set(CHECKED):
        return config
    try:
        if _run.served:
            check_to_show(_project(config))
        else:
            _project(config).refuse_odd()
            # The engine empties its target folder before it builds.
            if not is_set(SERVED) and (
                why := ownership.why_no_site(Path(config.site_dir).resolve(), _project(config).root)
            ):
                raise Abort(f"Stopped: {why}.")
            _run.prepared = prepare(_project(config), config.site_url or "/")
            hand_over(_run.prepared.drawn)
            if _run.prepared.missing:
                log.info(f"{_run.prepared.missing}.")  # not a warning, as a strict build would stop at it
    except DataProblems as found:
        _tell(found)
        raise Abort(f"Stopped at {found.args[0]}.") from None
    except ClockError as why:
        raise Abort(str(why)) from None
    return config


@event_priority(-100)  # once the menu is final
def on_nav(nav: Navigation, **_: Any) -> None:
    """Remember the menu under `serve`."""
    if _run.served:
        _run.served.nav = nav


@event_priority(-100)
def on_env(env: Environment, files: Files, **_: Any) -> None:
    """Remember the theme and the files under `serve`."""
    if _run.served:
        _run.served.env, _run.served.files = env, files


def on_post_build(config: MkDocsConfig) -> None:
    """Write the files that no engine makes, and check the pages, unless `guide build` or `serve` does so afterwards."""
    if _run.prepared:
        from macros.publish import ownership
        from macros.publish.build import look_at, write_besides
        from macros.reading.problem import DataProblems

        site, base = Path(config.site_dir), config.site_url or "/"
        write_besides(_run.prepared, site, base)
        try:
            look_at(_run.prepared, _project(config), site, base)
        except DataProblems as found:
            utils.clean_directory(str(site))
            _tell(found)
            raise Abort(f"Stopped at {found.args[0]}. What was built is thrown away.") from None
        ownership.mark(site)


def _project(config: MkDocsConfig) -> Project:
    from macros.pages.project import Project

    return Project(Path(config.config_file_path).resolve().parent)


def _tell(found: DataProblems) -> None:
    for problem in found.problems:
        log.error(str(problem))


def _surviving(build: Callable[..., None]) -> Callable[..., None]:
    """Wrap the build of `serve`, so that it builds only what changed and shows failures as a page.

    The package is loaded again when one of its files changes. By itself, MkDocs would end if the first build failed,
    and keep every request waiting if a later one did.
    """
    program = _program()

    def surviving(config: MkDocsConfig, **options: Any) -> None:
        nonlocal program
        told = _WarningLines()
        logging.getLogger("mkdocs").addHandler(told)
        try:
            if program != (now := _program()):
                _run.served = None
                _unload(name for name, *_ in {*now}.difference(program))
                program = now
            from macros.publish import joined_files
            from macros.publish.serve import Served
            from macros.reading.problem import DataProblems

            joined_files.write(_project(config).root)
            _run.served = _run.served or Served()
            try:
                _run.served.refresh(config, build, **options)
            except DataProblems as found:
                _tell(found)
                _run.served.put_aside(Path(config.site_dir))
                _show(told, config)
        except (Exception, SystemExit) as error:
            _run.served = None
            if not isinstance(error, Abort | SystemExit):
                traceback.print_exc()
                told.lines.append(f"{type(error).__name__}: {error}")
            utils.clean_directory(config.site_dir)
            _show(told, config)
        finally:
            logging.getLogger("mkdocs").removeHandler(told)

    return surviving


class _Server(LiveReloadServer):
    """Serves the site and watches the files, including any that were written to but claim their old size and time."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.observer = PollingObserverVFS(_stat, os.scandir, polling_interval=_LOOKS)  # type: ignore[assignment]


def _stat(path: str) -> os.stat_result:
    """Return the system's record of a file, with a time that differs whenever anything was done to the file."""
    found = os.stat(path)  # noqa: PTH116 - called for all files, ten times a second
    return os.stat_result((*found[:8], found.st_mtime_ns + found.st_ctime_ns, found[9]))


def _show(told: _WarningLines, config: MkDocsConfig) -> None:
    """Show a page with the problems in place of every page, as there is no other."""
    log.error("The site cannot be shown until this is mended. Mend it and save: it comes back by itself.")
    page = _PAGE.format("".join(f"<li>{html.escape(line)}</li>" for line in told.lines))
    Path(config.site_dir, "404.html").write_text(page, encoding="utf-8")


def _unload(changed: Iterable[str]) -> None:
    """Unload this package, and delete the compiled code of the files that changed.

    Otherwise Python would use that again for a file with the same size and the same time, to the second.
    """
    for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
        del sys.modules[name]
    for path in changed:
        if path.endswith(".py"):
            Path(cache_from_source(path)).unlink(missing_ok=True)


def _program() -> FileMarks:
    """Return the state of the files of this package, without templates: drawings note those (`Site.after`)."""
    from macros.reading.project_state import marks

    return marks(str(Path(__file__).resolve().parent), but=frozenset({"__pycache__", "templates"}))


class _WarningLines(logging.Handler):
    """Collects the lines of warnings and errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.extend(record.getMessage().splitlines())


_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>To mend first</title>
<style>
  :root {{ color-scheme: light dark }}
  body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem }}
  li {{ margin-block: .5rem; overflow-wrap: anywhere }}
</style>
<main>
<h1>To mend first</h1>
<p>The site cannot be shown yet. Each line says where the problem is (file, line, column), what was found and how to
mend it. Mend it and save the file: this page then turns into the site by itself.</p>
<ul>{}</ul>
</main>
<script>
  // The server answers when the site was built again, as it does to the script that it puts into its own pages.
  const ask = async known => Number(await (await fetch(`/livereload/${{known}}/1`)).text());
  const poll = known => ask(known).then(now => known && now > known ? location.reload() : poll(now))
    .catch(() => setTimeout(poll, 3000, known));
  poll(0);
</script>
</html>
"""
