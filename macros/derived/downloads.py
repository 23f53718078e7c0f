"""The downloads: the contents of the guide as JSON and CSV, with the schemas and the data package that describe them.

Everything is made from a Guide alone, and is the same, byte for byte, each time: it depends on no clock and no file
order, and no cell is left empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from macros.derived.data_package import PACKAGE_FILE, PackagedFile, package_of
from macros.derived.download_kinds import (
    same_areas,
    to_json,
)
from macros.derived.download_table import DOWNLOADS
from macros.model.lasting import Revisions
from macros.reading.guide import Guide
from macros.reading.staging import replace_file


@dataclass(frozen=True)
class MadeDownloads:
    """The files of one kind, and the parts of a Guide that they were made from."""

    base_url: str
    revised: Revisions | None
    taken: Mapping[str, object]
    files: tuple[tuple[str, bytes], ...]

    def is_of(self, guide: Guide, base_url: str, revised: Revisions | None) -> bool:
        """Return whether a Guide gives the same files: whether they would be made from the very same records."""
        asked = ((getattr(guide, name), value) for name, value in self.taken.items())
        return (self.base_url, self.revised) == (base_url, revised) and all(same_areas(now, was) for now, was in asked)


DownloadCache = dict[str, MadeDownloads]
"""The files made before, by the title of their kind."""


class _Asked:
    """A Guide that remembers which parts were asked for."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self.taken: dict[str, object] = {}

    def __getattr__(self, name: str) -> object:
        self.taken[name] = getattr(self._guide, name)
        return self.taken[name]


def contents(
    guide: Guide, base_url: str, kept: DownloadCache | None = None, revised: Revisions | None = None
) -> dict[str, bytes]:
    """Return every download by its path below `/data/`.

    `base_url` is the address that the guide's pages are below. `revised` holds the dates of revision that the history
    knows; without it, everything is as it was first written. Files in `kept` are not made again if their records are
    the same, and new files are put there.
    """
    files = [*_files(guide, base_url, {} if kept is None else kept, revised)]
    return {
        **{file.path: file.content for file in files},
        PACKAGE_FILE: to_json(package_of(guide, base_url, files)),
    }


def write(guide: Guide, folder: Path, base_url: str, kept: DownloadCache | None = None) -> list[Path]:
    """Write every download below `folder`, which is the site's `data` folder, and return their paths.

    Raises OSError.
    """
    return write_files(contents(guide, base_url, kept), folder)


def write_files(made: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write the result of `contents` below `folder` and return the paths; raises OSError."""
    return [replace_file(folder / path, content) for path, content in made.items()]


def _files(guide: Guide, base_url: str, kept: DownloadCache, revised: Revisions | None) -> Iterator[PackagedFile]:
    base = f"{base_url.rstrip('/')}/" if base_url else ""
    for kind in DOWNLOADS:
        made = kept.get(kind.title)
        if made is None or not made.is_of(guide, base, revised):
            asked = _Asked(guide)
            files = tuple(kind.files(cast("Guide", asked), base, revised))
            kept[kind.title] = made = MadeDownloads(base, revised, asked.taken, files)
        for name, content in made.files:
            yield PackagedFile(kind, name, content)
