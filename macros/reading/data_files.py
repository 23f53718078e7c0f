"""The files of `data/` as texts and trees: each is opened once, and its faults as a file are reported."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from macros.model.text import without_hidden
from macros.reading.file_text import BOM, FileSlip, has_two_versions, not_utf_8, slips
from macros.reading.files import MAX_BYTES
from macros.reading.partial_records import PartialRecords
from macros.reading.problem import MAX_TOLD, Problem, at_most
from macros.reading.records import Records
from macros.reading.yaml_file import Tree


class DataFiles:
    """Opens the files of a data folder. Problems go to `records`, which a caller can exchange for others."""

    def __init__(self, data: Path, records: Records) -> None:
        self.data = data
        self.records = records
        self.seen: set[Path] = set()
        self._above = len(str(data)) - len(data.name)
        self._linked: dict[Path, bool] = {}
        """Whether a folder is a link, or is in one."""

    def digest(self, path: Path) -> str:
        """Return a digest of a file; "" for one that is not a plain file, or is too large to be read."""
        try:
            found = path.lstat()
            if not S_ISREG(found.st_mode) or found.st_size > MAX_BYTES or self.is_linked(path.parent):
                return ""
            return hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            return ""

    def is_linked(self, folder: Path) -> bool:
        """Return whether a folder of the data is a link, or is inside one."""
        if folder not in self._linked:
            inside = self.data in folder.parents
            self._linked[folder] = inside and (folder.is_symlink() or self.is_linked(folder.parent))
        return self._linked[folder]

    def tree(self, path: Path, want: type = dict) -> Tree | None:
        """Return the YAML of a file; None, with a problem reported, if it cannot be read or is not a `want`."""
        text = self.text(path)
        if text is None:
            return None
        tree = Tree.parse(self.name(path), text, self.records.problems, lenient=True)
        if tree is not None and not isinstance(tree.value, want):
            shape = (
                "a list, each item beginning with “- ”" if want is list else "fields, each a name, a colon and a value"
            )
            self.fail(path, found=described(tree.value), expected=shape, mend="compare it with a file of the same kind")
            return None
        return tree

    def text(self, path: Path) -> str | None:
        """Return the text of a file; None, with a problem reported, if it cannot be read."""
        self.seen.add(path)
        if path.is_symlink() or any(parent.is_symlink() for parent in path.parents if self.data in parent.parents):
            self.fail(
                path, found="a link to another file", expected="a file of its own", mend="put a copy of the file here"
            )
            return None
        try:
            found = path.stat()
            raw = path.read_bytes() if S_ISREG(found.st_mode) and found.st_size <= MAX_BYTES else b""
        except FileNotFoundError:
            self.fail(
                path,
                found="no such file",
                expected=f"the file {self.name(path)}",
                mend="put it back, from git or from another copy",
            )
            return None
        except OSError as error:
            self.fail(
                path,
                found=f"a file that cannot be opened ({error.strerror})",
                expected="a file that can be read",
                mend="check that it is a file and that you may read it",
            )
            return None
        if not S_ISREG(found.st_mode):
            what = "a folder" if S_ISDIR(found.st_mode) else "something that is no file"
            self.fail(path, found=what, expected="a file", mend="put a file with this name here, or take it away")
            return None
        if found.st_size > MAX_BYTES:
            self.fail(path, found=f"{found.st_size:,} bytes", expected=f"at most {MAX_BYTES:,}", mend="shorten it")
            return None
        is_table = path.suffix == ".csv"
        if slip := not_utf_8(raw, is_table=is_table, is_data=True):
            self.tell(path, slip)
            return None
        text = raw.decode("utf-8")
        if text.startswith(BOM):
            text = text[1:]
            if not is_table:  # spreadsheet programs put a byte order mark there, and need it
                self.fail(
                    path,
                    found="a byte order mark",
                    expected="UTF-8 without one",
                    mend="save the file again and choose “UTF-8”, not “UTF-8 with BOM”",
                )
        before = len(self.records.problems)
        for slip in slips(text):
            self.tell(path, slip)
            if self.cut_short(before):
                break
        return None if has_two_versions(text) else without_hidden(text)

    def tell(self, path: Path, slip: FileSlip) -> None:
        """Report a problem of the file itself."""
        self.fail(path, **slip._asdict())

    def name(self, path: Path) -> str:
        """Return the name of a file for messages, such as `data/region.yml`."""
        return str(path)[self._above :].replace(os.sep, "/")

    def fail(self, path: Path, *, found: str, expected: str, mend: str, line: int = 1, column: int = 1) -> None:
        """Report a problem at a place in a file."""
        self.records.problems.append(Problem(self.name(path), line, column, "", found, expected, mend))

    def cut_short(self, before: int) -> bool:
        """Cut the problems short, and say so, if a file has more than are reported of one; return whether it had."""
        told = self.records.problems[before:]
        if len(told) > MAX_TOLD:
            self.records.problems[before:] = at_most(told)
            self.records.partial = PartialRecords()
        return len(told) > MAX_TOLD


def described(value: object) -> str:
    """Return in words what was found where something else is expected."""
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "fields"
    text = str(value)
    return f"“{text[:40]}{'…' if len(text) > 40 else ''}”"
