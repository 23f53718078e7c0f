"""A site that is being served while somebody edits: after an edit, only what it changes is made again. MkDocs only.

What every page shows (the menu, the theme, the settings) is compared first: if any of that changed, all is built. Then
each page is compared with what it was built from: its own words, and what each of its calls gives.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG
from typing import Any

from mkdocs.commands import build as building
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from macros import garbage
from macros.build import KeptBesides, Project, check, prepared_of, write_besides
from macros.freshness import today
from macros.page_files import ORDER
from macros.pages import Site, site_once
from macros.prepared import Prepared

log = logging.getLogger("mkdocs.plugins.guide")

ASIDE = ".aside"
"""Where the pages of a served site wait while a problem is shown. MkDocs leaves names that begin with a dot alone."""

State = Sequence[object]


@dataclass
class _Built:
    """What a build left behind, which a later edit goes on with."""

    config: MkDocsConfig
    nav: Navigation
    files: Files
    env: Any
    shared: State
    """What all pages hang on."""
    pages: dict[str, State]
    """What each page was built from, by its path."""
    assets: dict[str, State]
    """The state of each file that is copied as it is."""
    besides: KeptBesides = field(default_factory=KeptBesides)


class Served:
    """A site that is served, in a folder of MkDocs."""

    def __init__(self) -> None:
        self.nav: Navigation | None = None
        self.files: Files | None = None
        self.env: Any = None
        self._built: _Built | None = None

    def refresh(self, config: MkDocsConfig, build: Callable[..., None], **options: Any) -> None:
        """Bring the site up to date: with MkDocs' own `build` if need be. Raises what that raises, and DataProblems."""
        project = Project(Path(config.config_file_path).resolve().parent)
        if self._built is None:
            self._build_all(project, config, build, options)
            return
        check(project)
        site = site_once(project.root, settled=True)
        if _shared(project, config, site) != self._built.shared or config.strict:
            self._build_all(project, config, build, options)
            return
        self._take_back(Path(config.site_dir))
        built, self._built = self._built, None  # if this fails half way, the next build is of everything
        self._rebuild(project, built, site)
        self._built = built

    def put_aside(self, folder: Path) -> None:
        """Put the pages of a site aside, as long as they cannot be shown."""
        if (folder / ASIDE).exists():
            return
        (folder / ASIDE).mkdir()
        for path in [path for path in folder.iterdir() if path.name != ASIDE]:
            path.rename(folder / ASIDE / path.name)

    def _take_back(self, folder: Path) -> None:
        if (folder / ASIDE).is_dir():
            (folder / "404.html").unlink(missing_ok=True)
            for path in (folder / ASIDE).iterdir():
                path.rename(folder / path.name)
            (folder / ASIDE).rmdir()

    def _build_all(
        self, project: Project, config: MkDocsConfig, build: Callable[..., None], options: dict[str, Any]
    ) -> None:
        self._built = None
        garbage.begin_anew()
        shutil.rmtree(Path(config.site_dir, ASIDE), ignore_errors=True)
        assets = _assets(project)  # before they are copied: one that changes meanwhile is copied again
        build(config, **options)
        if self.nav is None or self.files is None:
            return
        site = site_once(project.root, settled=True)
        base = config.site_url or "/"
        built = _Built(
            config=config,
            nav=self.nav,
            files=self.files,
            env=self.env,
            shared=_shared(project, config, site),
            pages={},
            assets=assets,
        )
        prepared = prepared_of(site, base, built.besides.downloads)
        built.pages = _states_of(site, prepared)
        write_besides(prepared, Path(config.site_dir), base, built.besides)
        self._built = built
        garbage.set_aside()

    def _rebuild(self, project: Project, built: _Built, site: Site) -> None:
        """Build the pages that changed, and what hangs on them."""
        started = time.monotonic()
        config, base = built.config, built.config.site_url or "/"
        prepared = prepared_of(site, base, built.besides.downloads)
        states = _states_of(site, prepared)
        files = built.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        shown = {file.src_uri: file.page for file in files if file.page is not None}
        changed = [page for name, page in shown.items() if states.get(name) != built.pages.get(name)]
        for page in changed:
            building._populate_page(page, config, built.files)
        for page in changed:
            building._build_page(page, config, files, built.nav, built.env)
        for page in shown.values():
            page.validate_anchor_links(files=built.files, log_level=config.validation.links.anchors)
        assets = _assets(project)
        for file in _changed_assets(built.files, built.assets, assets):
            file.copy_file()
        write_besides(prepared, Path(config.site_dir), base, built.besides)
        built.pages, built.assets = states, assets
        log.info(f"Built {len(changed)} of {len(shown)} pages again in {time.monotonic() - started:.2f} seconds")


def _states_of(site: Site, prepared: Prepared) -> dict[str, State]:
    """Return all that each page is built from, but what it shares with the others, by its path."""
    drawn = prepared.drawn
    return {page.path: (page.text, drawn.calls[page.url], drawn.heads[page.url]) for page in site.pages}


def _shared(project: Project, config: MkDocsConfig, site: Site) -> State:
    """Return all that every page is built from."""
    return (
        project.config.read_bytes(),
        config.site_url,
        today(),
        *((page.path, page.title) for page in site.pages),
        *(path.read_bytes() for path in sorted(project.docs.rglob(ORDER))),
        tuple(_assets(project)),
        tuple(_states(Path(folder) for folder in config.theme.dirs if Path(folder).is_relative_to(project.root))),
    )


def _assets(project: Project) -> dict[str, State]:
    """Return the state of each file that is copied as it is, by its path below `docs/`."""
    files = (one for one in _states((project.docs,)) if not one[0].endswith((".md", ORDER)))
    return {Path(name).relative_to(project.docs).as_posix(): state for name, *state in files}


def _changed_assets(files: Files, before: dict[str, State], after: dict[str, State]) -> Iterator[File]:
    for name, state in after.items():
        file = files.get_file_from_path(name)
        if file is not None and before.get(name) != state:
            yield file


def _states(folders: Iterable[Path]) -> Iterator[tuple[str, int, int, int]]:
    """Yield name, time, size and number of each file in folders, in the order of their names."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            found = path.stat()
            if S_ISREG(found.st_mode):
                yield str(path), found.st_mtime_ns, found.st_size, found.st_ino
