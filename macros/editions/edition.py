"""What an edition is called and when it was made: its version, its date and the address of the guide."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from macros.address import OFFLINE_EDITION, PDF_EDITION

DISTRIBUTION = "clear-expectations"
FOLDER, _, PDF = PDF_EDITION.partition("/")
"""Where a site that is built with its editions has them, and what the PDF is called."""
ZIP = OFFLINE_EDITION.partition("/")[2]


class EditionError(Exception):
    """An edition could not be made; the text says why and what to do. Nothing was written."""


@dataclass(frozen=True)
class Edition:
    """When an edition was made and from what."""

    made: datetime
    """In UTC. The same for everyone who makes an edition from the same state of the project."""
    version: str

    @property
    def day(self) -> str:
        """The date as it is read: `3 March 2026`."""
        return f"{self.made.day} {self.made:%B %Y}"

    @classmethod
    def of(cls, root: Path) -> Edition:
        """Return the edition that the project in `root` now gives.

        The date is that of SOURCE_DATE_EPOCH, or of the last change that git knows, or else today's.
        Raises EditionError.
        """
        commit, _, seconds = _git(root, "log", "-1", "--format=%h %ct").partition(" ")
        given = os.environ.get("SOURCE_DATE_EPOCH") or seconds
        try:
            made = datetime.fromtimestamp(int(given), UTC) if given else datetime.now(UTC).replace(microsecond=0)
        except (ValueError, OverflowError, OSError):
            raise EditionError(
                f"SOURCE_DATE_EPOCH is “{given}”: make it the number of seconds since 1970, or leave it out"
            ) from None
        changed = bool(commit and _git(root, "status", "--porcelain", "--untracked-files=no"))
        state = f" ({commit}{', with changes' if changed else ''})" if commit else ""
        return cls(made, f"{_released()}{state}")


def _released() -> str:
    from importlib.metadata import PackageNotFoundError, version  # slow to load, and every command loads this module

    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:  # run from a folder, not installed
        return "of this folder"


def _git(root: Path, *arguments: str) -> str:
    """Return what git says, or nothing where there is no git or no history."""
    try:
        run = subprocess.run(  # noqa: S603 - our own arguments
            ["git", "-C", str(root), *arguments],  # noqa: S607 - the git that the person uses
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return run.stdout.strip() if run.returncode == 0 else ""
