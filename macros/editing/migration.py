"""Moves a guide's data over from where guides kept them at first: see `macros.reading.old_layout`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from macros.editing.editor_schemas import modeline
from macros.model.holdings import AREA_FILE, REGION, TRUSTS, WAVES
from macros.reading import first_wave, old_layout, plain_files, project_files
from macros.reading.files import MAX_BYTES

_ABOUT_AREA = "# What outlives any wave of evidence. What each wave said is in the files beside this one."


class CannotMigrate(Exception):
    """Nothing was moved; the text says why and what to do."""


@dataclass(frozen=True)
class Moved:
    """One file that was moved, and the files that hold its content now."""

    was: str
    now: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.was}: now in {' and '.join(self.now)}"


def migrate(root: Path) -> tuple[Moved, ...]:
    """Move the data of a project to today's files, and return what was moved; nothing, if all is in place already.

    Words, comments and the order of fields stay as they are. Raises CannotMigrate or OSError.
    """
    with project_files.writing(root) as writer:
        was = {path: text for path in _old(root) if (text := _text(root, path)) is not None}
        region = f"data/{REGION.path}"
        baseline = first_wave.of_text(was.get(region, ""))
        if not baseline:
            raise CannotMigrate(f"{region} does not say when the first evidence was published: mend it, and try again")
        moved = {path: old_layout.in_todays_files({path: text}, baseline) for path, text in was.items()}
        moved = {path: new for path, new in moved.items() if new.keys() != {path}}
        for path in moved:
            if not old_layout.has_a_line_for_each_field(was[path]):
                raise CannotMigrate(f"{path} cannot be read as YAML with a field on each line: mend it, and try again")
        changes = {}
        for path, text in ((path, text) for new in moved.values() for path, text in new.items()):
            there, headed = writer.read(root / path), _headed(path, text).encode()
            if path not in was and there not in {None, headed}:
                raise CannotMigrate(f"{path} is there already and says something else: move it away, and try again")
            changes[root / path] = project_files.NewContent(headed, there)
        writer.replace_all(changes)
        for path in moved:  # last: if the process is killed before, a second run finds everything
            if path not in moved[path]:
                writer.remove(root / path, was[path].encode())
        return tuple(Moved(path, tuple(new)) for path, new in moved.items())


def _old(root: Path) -> Iterator[str]:
    yield f"data/{REGION.path}"
    yield from sorted(f"data/{TRUSTS.path}/{path.name}" for path in (root / "data" / TRUSTS.path).glob("*.yml"))


def _text(root: Path, path: str) -> str | None:
    file = root / path
    if not plain_files.is_plain(file, root) or file.stat().st_size > MAX_BYTES:
        return None
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise CannotMigrate(f"{path} is not in UTF-8: run “guide check --fix”, and try again") from None


def _headed(path: str, text: str) -> str:
    """Return a file with the comment at its top that points tools to its schema."""
    if path == f"data/{REGION.path}":
        return f"{modeline(REGION)}\n{text}"
    if path.startswith(f"data/{WAVES.path}/"):
        return f"{modeline(WAVES)}\n{text}"
    if path.endswith(f"/{AREA_FILE}"):
        return f"{modeline(TRUSTS)}\n{_ABOUT_AREA}\n{text}"
    return f"{modeline(TRUSTS, 1)}\n{text}"
