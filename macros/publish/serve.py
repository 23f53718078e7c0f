"""A site that is served while somebody edits it: after an edit, only the parts that it changes are made again.

MkDocs only. Things that every page shows (the menu, the theme, the settings) are compared first: if any of them
changed, everything is built. Then each page is compared with what it was built from: its own text, and the output of
each of its calls.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.commands import build as building
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from macros.model.dates import today
from macros.pages.docs_files import ORDER
from macros.pages.project import Project
from macros.pages.site import Site, site_once
from macros.publish import memory
from macros.publish.build import WrittenBesides, check_to_show, look_at, prepared_of, write_besides
from macros.publish.prepared import Prepared
from macros.reading.project_state import marks

log = logging.getLogger("mkdocs.plugins.guide")

ASIDE = ".aside"
"""The place for the pages of a served site while a problem is shown. MkDocs ignores names that begin with a dot."""

BuildInputs = Sequence[object]
"""Values that together show whether something must be built again."""


@dataclass
class _LastBuild:
    """The results of a build that a later edit continues from."""

    config: MkDocsConfig
    nav: Navigation
    files: Files
    env: Any
    shared: BuildInputs
    """Everything that all pages depend on."""
    pages: dict[str, BuildInputs]
    """Everything that each page was built from, by its path."""
    assets: dict[str, BuildInputs]
    """The state of each file that is copied unchanged."""
    besides: WrittenBesides = field(default_factory=WrittenBesides)


class Served:
    """A site that MkDocs serves from a folder."""

    def __init__(self) -> None:
        self.nav: Navigation | None = None
        self.files: Files | None = None
        self.env: Any = None
        self._built: _LastBuild | None = None

    def refresh(self, config: MkDocsConfig, build: Callable[..., None], **options: Any) -> None:
        """Bring the site up to date, with MkDocs' own `build` if need be.

        Raises any error of that, and DataProblems.
        """
        project = Project(Path(config.config_file_path).resolve().parent)
        if self._built is None:
            self._build_all(project, config, build, options)
            return
        check_to_show(project)
        site = site_once(project.root, settled=True)
        if _shared(_beneath(project, config), config, site) != self._built.shared or config.strict:
            self._build_all(project, config, build, options)
            return
        self._take_back(Path(config.site_dir))
        built, self._built = self._built, None  # if this fails half way, the next build is a complete one
        self._rebuild(project, built, site)
        self._built = built

    def put_aside(self, folder: Path) -> None:
        """Put the pages of a site aside for as long as they cannot be shown."""
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
        memory.begin_anew()
        shutil.rmtree(Path(config.site_dir, ASIDE), ignore_errors=True)
        # Before they are read: files that change meanwhile are read again.
        assets, beneath = _assets(project), _beneath(project, config)
        build(config, **options)
        if self.nav is None or self.files is None:
            return
        site = site_once(project.root, settled=True)
        base = config.site_url or "/"
        built = _LastBuild(
            config=config,
            nav=self.nav,
            files=self.files,
            env=self.env,
            shared=_shared(beneath, config, site),
            pages={},
            assets=assets,
        )
        prepared = prepared_of(site, base, built.besides.downloads)
        if prepared.missing:
            log.info(f"{prepared.missing}.")
        built.pages = _states_of(site, prepared)
        write_besides(prepared, Path(config.site_dir), base, built.besides)
        look_at(prepared, project, Path(config.site_dir), base)
        self._built = built
        memory.set_aside()

    def _rebuild(self, project: Project, built: _LastBuild, site: Site) -> None:
        """Build the pages that changed, and those that depend on them."""
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
        look_at(prepared, project, Path(config.site_dir), base, [page.file.dest_uri for page in changed])
        built.pages, built.assets = states, assets
        log.info(f"Built {len(changed)} of {len(shown)} pages again in {time.monotonic() - started:.2f} seconds")


def _states_of(site: Site, prepared: Prepared) -> dict[str, BuildInputs]:
    """Return everything that each page is built from, except what all share, by its path."""
    drawn = prepared.drawn
    return {page.path: (page.text, drawn.calls[page.url], drawn.heads[page.url]) for page in site.pages}


def _shared(beneath: BuildInputs, config: MkDocsConfig, site: Site) -> BuildInputs:
    """Return everything that all pages are built from."""
    return (*beneath, config.site_url, today(), *((page.path, page.title) for page in site.pages))


def _beneath(project: Project, config: MkDocsConfig) -> BuildInputs:
    """Return the files that affect every page: the settings, the order of the menu, the theme."""
    return (
        project.config.read_bytes(),
        *(path.read_bytes() for path in sorted(project.docs.rglob(ORDER))),
        tuple(_assets(project)),
        marks(*(folder for folder in config.theme.dirs if Path(folder).is_relative_to(project.root))),
    )


def _assets(project: Project) -> dict[str, BuildInputs]:
    """Return the state of each file that is copied unchanged, by its path below `docs/`."""
    files = (one for one in marks(str(project.docs)) if not one[0].endswith((".md", ORDER)))
    return {Path(name).relative_to(project.docs).as_posix(): state for name, *state in files}


def _changed_assets(files: Files, before: dict[str, BuildInputs], after: dict[str, BuildInputs]) -> Iterator[File]:
    for name, state in after.items():
        file = files.get_file_from_path(name)
        if file is not None and before.get(name) != state:
            yield file
