"""A project on disk: the places of its data, pages and settings."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from macros.reading import plain_files
from macros.reading.problem import DataProblems


class BuildError(Exception):
    """The site could not be built; the text says why and what to do. The target folder is unchanged."""


@dataclass(frozen=True)
class Project:
    """A folder that holds `mkdocs.yml`, `data/` and `docs/`."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> Project:
        """Return the project that `start` is in; raises BuildError."""
        for folder in (start, *start.parents):
            if os.path.lexists(folder / "mkdocs.yml") and os.path.lexists(folder / "data"):
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

    def refuse_odd(self) -> None:
        """Raise DataProblems if the guide would be read from links, devices and the like, or if two files clash."""
        from macros.pages import same_address

        odd = [*plain_files.check(self.root)]
        if problems := odd or [*same_address.check_theme(self.root / "theme", self.docs)]:
            raise DataProblems(problems)

    def base_url(self) -> str:
        """Return the address of the site, from `site_url` in `mkdocs.yml`, with a slash at its end.

        Raises DataProblems if there is anything wrong with the settings.
        """
        from macros.reading import settings

        return settings.read(self.root).base_url
