"""The identity of an edition: its version, its date and the address of the guide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from macros.history.git import Repository
from macros.model import clock

DISTRIBUTION = "clear-expectations"
PDF, ZIP = f"{DISTRIBUTION}.pdf", f"{DISTRIBUTION}.zip"
"""The names of editions that are made on their own."""


class EditionError(Exception):
    """An edition could not be made; the text says why and what to do. Nothing was written."""


@dataclass(frozen=True)
class Edition:
    """The time at which an edition was made, and the state it was made from."""

    made: datetime
    """In UTC. It is the same for everyone who makes an edition from the same state of the project."""
    version: str

    @property
    def day(self) -> str:
        """The date for readers: `3 March 2026`."""
        return f"{self.made.day} {self.made:%B %Y}"

    @classmethod
    def of(cls, root: Path) -> Edition:
        """Return the edition for the present state of the project in `root`.

        The date is that of SOURCE_DATE_EPOCH, or of the last change that git knows, or else today's. Raises
        EditionError.
        """
        repository = Repository.around(root)
        try:
            given = clock.given()
        except clock.ClockError as error:
            raise EditionError(str(error)) from None
        if given is not None or repository is None:
            made = clock.now().replace(microsecond=0)
        else:
            made = clock.moment(repository.committed_at())
        state = f" ({_state(repository)})" if repository else ""
        return cls(made, f"{_released()}{state}")


def _state(repository: Repository) -> str:
    return repository.short_name() + (", with changes" if repository.has_changes() else "")


def refuse_links(site: Path) -> None:
    """Raise EditionError if a site holds anything but files and folders: a link would bring in its target."""
    for path in sorted(site.rglob("*")):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise EditionError(f"{path} is a link, or no file: a built site has none. Build it again, or take that out")


def _released() -> str:
    from importlib.metadata import PackageNotFoundError, version  # slow to load, and every command loads this module

    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:  # run from a folder, not installed
        return "of this folder"
