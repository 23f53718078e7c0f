"""Marks what a build or an export made as its own, so that nothing else is ever overwritten or deleted.

The mark is a small file that lists what was written. It reveals nothing about who built it, hosts keep it from readers,
and the same site has the same mark.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from macros.history.git import tracked
from macros.reading.staging import replace_file

MARK = ".made-by-guide"
_HEAD = "# Made by “guide”, which deletes and writes over nothing that is not in this list.\n"
_MOST = 16 * 1024 * 1024
_SHOWN = 3
_OWN_FOLDERS = {
    *("data", "docs", "macros", "theme", "tests", "requirements", "benchmarks"),
    *(".git", ".github", ".ci", ".schema", ".venv", ".vscode"),
}
"""Folders of a project into which nothing is built."""


def mark(folder: Path, names: Iterable[str] | None = None) -> None:
    """Mark a folder as made by this program: all of it, or the files with these names below it."""
    listed = sorted({*(_files(folder) if names is None else names)} - {MARK})
    replace_file(folder / MARK, (_HEAD + "".join(f"{name}\n" for name in listed)).encode(errors="surrogateescape"))


def marked(folder: Path) -> frozenset[str] | None:
    """Return the names of the files that this program wrote below a folder; None if it has no mark."""
    path = folder / MARK
    if path.is_symlink() or not path.is_file() or path.stat().st_size > _MOST:
        return None
    text = path.read_bytes().decode(errors="surrogateescape")
    return frozenset(text.removeprefix(_HEAD).splitlines()) if text.startswith(_HEAD) else None


def _files(folder: Path) -> Iterator[str]:
    for found, _, files in os.walk(folder):
        yield from (Path(found, name).relative_to(folder).as_posix() for name in files)


def strangers(folder: Path) -> list[str]:
    """Return everything in a marked folder that this program did not write: files, links, folders without its files."""
    listed = marked(folder) or frozenset()
    parents = {parent.as_posix() for name in listed for parent in Path(name).parents}
    found: list[str] = []
    for here, folders, files in os.walk(folder):
        inside = Path(here).relative_to(folder)
        for name in [*folders]:
            if (inside / name).as_posix() not in parents or (Path(here) / name).is_symlink():
                folders.remove(name)
                found.append(f"{(inside / name).as_posix()}/")
        for name in files:
            path = (inside / name).as_posix()
            if path not in listed | {MARK} or (Path(here) / name).is_symlink():
                found.append(path)
    return sorted(found)


def why_no_site(target: Path, project: Path) -> str | None:
    """Return the reason why a site must not replace `target`, and what to do; None if nothing would be lost.

    Both are resolved paths. The target may be new, empty, or hold the result of a build and nothing else.
    """
    if any(_is_same(one, target) for one in (project, *project.parents)) or _is_own(target, project):
        return f"{target} holds the guide's own files: choose another folder for the site"
    if os.path.lexists(target) and not target.is_dir():
        return f"{target} is a file: choose a folder for the site"
    if not target.parent.is_dir():
        return f"there is no folder {target.parent}: make it, or choose another folder for the site"
    if around := next((parent for parent in target.parents if marked(parent) is not None), None):
        return f"{target} is inside {around}, which a build made: choose another folder for the site"
    if not target.is_dir() or not any(target.iterdir()):
        return None
    if marked(target) is None:
        found = f"{target} holds files, and no mark says that a build made them ({MARK})"
        if (target / ".git").exists():
            return f"{found}. It is a checkout of git: build into another folder, and copy the site from there"
        return (
            f"{found}. If it is a site that an earlier version built, or holds nothing to keep, delete it and build "
            f"again: rm -r {target}\nIf not, choose another folder for the site"
        )
    if foreign := strangers(target):
        return (
            f"{target} holds what no build made: {_some(foreign)}. Move that elsewhere, or build into another folder "
            "and copy the site from there, as “rsync -a” does, which deletes nothing"
        )
    if kept := tracked(target, ["."]):
        return f"{target} holds files that git keeps: {_some(kept)}. Choose another folder for the site"
    return None


def _is_own(target: Path, project: Path) -> bool:
    """Return whether a folder is one of a project's own, or is inside one, however it is spelled."""
    above = [one for one in (target, *target.parents) if _is_same(one.parent, project)]
    # On many systems, names that differ only in capitals are the same.
    return any(one.name.lower() in _OWN_FOLDERS for one in above)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one == other or one.samefile(other)
    except OSError:
        return False


def why_no_export(folder: Path, names: Iterable[str], project: Path) -> str | None:
    """Return the reason not to write these files below `folder`, and what to do; None if nothing would be lost."""
    named, folder = folder, folder.resolve()
    if os.path.lexists(folder) and not folder.is_dir():
        return f"{named} is a file: name a folder"
    if _is_same(folder, project) or _is_own(folder, project):
        return f"{named} holds the guide's own files: name another folder"
    listed = marked(folder) or frozenset()
    wanted = sorted(names)
    there = [name for name in wanted if os.path.lexists(folder / name)]
    through = {parent.as_posix() for name in wanted for parent in Path(name).parents if (folder / parent).is_symlink()}
    links = sorted({*(name for name in there if (folder / name).is_symlink()), *through} - {"."})
    if links:
        return f"{named} holds links where files would go: {_some(links)}. Name another folder"
    if foreign := [name for name in there if name not in listed]:
        return (
            f"{named} holds files that would be written over, and that no export made: {_some(foreign)}. "
            "Name another folder, or delete them"
        )
    if there and (kept := tracked(folder, there)):
        return f"git keeps files that would be written over: {_some(kept)}. Name another folder"
    return None


def why_no_file(path: Path, is_ours: bool) -> str | None:
    """Return the reason why a file must not be overwritten, and what to do; `is_ours` recognises our earlier files."""
    if path.is_symlink():
        return f"{path} is a link: name another file, or delete it"
    if not os.path.lexists(path):
        return None
    if not path.is_file() or not is_ours:
        return f"{path} is there already, and is none that this command made: name another file, or delete it"
    if tracked(path.parent, [path.name]):
        return f"git keeps {path}: name another file"
    return None


def _some(names: list[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
