"""Reading `data/`: files into records, each with its place in its file, and every problem on the way."""

from __future__ import annotations

import csv
import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any, NamedTuple, cast

import yaml
from pydantic import ValidationError

from macros.explain import explain
from macros.intact import Remains, without_strangers
from macros.model.base import SLUG, Sourced, settle
from macros.model.layout import ANSWERS, HOLDINGS, ROW_TYPES, SURVEY_FILE, Holding
from macros.model.survey import Answer
from macros.problems import MAX_TOLD, Problem, at_most, did_you_mean
from macros.text import hidden, without_hidden
from macros.wording import count

MAX_BYTES = 512 * 1024
MAX_DEPTH = 30
_FIELD = re.compile(r"\w{1,60}")
KeyPath = tuple[str | int, ...]


class Spot(NamedTuple):
    """A place in a file, counted from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True)
class Origin:
    """Where a record was read from: `find` gives the place of a path inside it."""

    file: str
    find: Callable[[KeyPath], tuple[int, int]]
    prefix: KeyPath = ()

    def spot(self, path: KeyPath = ()) -> Spot:
        return Spot(self.file, *self.find(self.prefix + path))


@dataclass
class Records:
    """Everything that `data/` holds, read but not yet checked across files."""

    by_kind: dict[str, list[Sourced]] = field(default_factory=dict)
    """`trusts` → the models, in the order read."""
    parts: list[Sourced] = field(default_factory=list)
    """Every sourced object in every record, with `where` and `source` settled."""
    parts_by_class: dict[type[Sourced], list[Sourced]] = field(default_factory=dict)
    """The parts again: a rule is about one class of them, and they are many."""
    origins: dict[str, Origin] = field(default_factory=dict)
    """`trusts/luton` → where it was read from."""
    remains: Remains = field(default_factory=Remains)
    """What is left of those that do not fit their schema: their sources and the names in them can be checked."""
    broken_origins: dict[str, Origin] = field(default_factory=dict)
    """Where these were read from."""
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    """Records that exist but could not be read (`trusts/luton`, or `glossary` for a whole file), so that nobody is told
    that they do not exist."""

    def add(self, holding: Holding, name: str, model: Sourced, origin: Origin) -> None:
        where = f"{holding.kind}/{name}" if name else holding.kind
        self.by_kind.setdefault(holding.kind, []).append(model)
        self.origins[where] = origin
        for part in settle(model, where):
            self.parts.append(part)
            self.parts_by_class.setdefault(type(part), []).append(part)

    def join(self, more: Records) -> None:
        """Add what was read elsewhere."""
        for kind, models in more.by_kind.items():
            self.by_kind.setdefault(kind, []).extend(models)
        self.parts.extend(more.parts)
        for model, parts in more.parts_by_class.items():
            self.parts_by_class.setdefault(model, []).extend(parts)
        self.origins.update(more.origins)
        self.remains.join(more.remains)
        self.broken_origins.update(more.broken_origins)
        self.problems.extend(more.problems)
        self.broken.update(more.broken)

    def unread(self, kind: str, name: str) -> bool:
        """Return whether a record is there but could not be read."""
        return not self.broken.isdisjoint({kind, f"{kind}/{name}"})

    def spot(self, where: str) -> Spot:
        """Return the place of an address such as `trusts/luton:governance.bodies.0.kind`."""
        origin, keys = self._origin(where)
        return origin.spot(keys)

    def problem(self, where: str, *, found: str, expected: str, mend: str) -> Problem:
        """Return a problem at an address."""
        origin, keys = self._origin(where)
        return Problem(*origin.spot(keys), field_path(origin.prefix + keys), found, expected, mend)

    def _origin(self, where: str) -> tuple[Origin, KeyPath]:
        record, _, path = where.partition(":")
        keys: KeyPath = tuple(int(key) if key.isdigit() else key for key in path.split(".")) if path else ()
        # A row of a CSV file can be part of a record that stands in another file.
        row = f"{record}:{'.'.join(map(str, keys[:2]))}"
        for origins in (self.origins, self.broken_origins):
            if row in origins:
                return origins[row], keys[2:]
            if record in origins:
                return origins[record], keys
        raise KeyError(where)


def field_path(keys: KeyPath) -> str:
    """Return `governance.bodies[2].kind` for a path whose numbers count from 0 (shown from 1).

    It ends before a key that is no name of a field: the message quotes that.
    """
    text = ""
    for key in keys:
        if isinstance(key, str) and not _FIELD.fullmatch(key):
            break
        text += f"[{key + 1}]" if isinstance(key, int) else f".{key}" if text else str(key)
    return text


Kept = dict[tuple[str, ...], tuple[tuple[str, ...], Records]]
"""What files gave, by their names: the digests of their contents, and what was read from them."""


def read(data: Path, kept: Kept | None = None, digests: Mapping[str, str] | None = None) -> Records:
    """Read every file below `data`. Never raises for what the files hold: see `Records.problems`.

    Files whose content is that of `kept` are not read again: their records are the very same objects. What was read is
    put there. Whoever has just looked at all files gives their `digests`, by names such as `data/trusts/luton.yml`.
    """
    records = Records()
    reader = _Reader(data, records, {} if kept is None else kept, digests or {})
    for holding in HOLDINGS:
        reader.read(holding)
    reader.refuse_strangers()
    for names in reader.kept.keys() - reader.names:
        del reader.kept[names]
    return records


def files_of(data: Path, holding: Holding) -> Iterator[tuple[Path, ...]]:
    """Yield the files that hold records of one kind, those together that are read together."""
    path = data / holding.path
    if holding.shape == "folder":
        with suppress(OSError):  # no such folder, or one that may not be read: no files
            names = sorted(name for name in os.listdir(path) if name.endswith(".yml"))  # noqa: PTH208 - thousands
            yield from ((path / name,) for name in names)
    elif holding.shape == "wave":
        yield from ((file, file.with_name(ANSWERS)) for file in sorted(path.glob(f"*/{SURVEY_FILE}")))
    else:
        yield (path,)


def _below(folder: Path) -> Iterator[Path]:
    """Yield all that is below a folder but folders; links to folders are not followed."""
    for found, folders, files in os.walk(folder):
        here = Path(found)
        yield from (here / name for name in files)
        yield from (path for name in folders if (path := here / name).is_symlink())


class _Reader:
    def __init__(self, data: Path, records: Records, kept: Kept, digests: Mapping[str, str]) -> None:
        self.data = data
        self.records = records
        self.kept = kept
        self.digests = digests
        self.above = len(str(data)) - len(data.name)
        self.seen: set[Path] = set()
        self.names: set[tuple[str, ...]] = set()
        self.linked: dict[Path, bool] = {}
        """Whether a folder is a link, or is in one."""

    def read(self, holding: Holding) -> None:
        """Read the files of one kind."""
        for paths in files_of(self.data, holding):
            self._once(paths, partial(self._read_files, holding, paths[0]))

    def _read_files(self, holding: Holding, path: Path) -> None:
        match holding.shape:
            case "one":
                self._read_record(holding, path, name="")
            case "list":
                self._read_list(holding, path)
            case "folder":
                self._read_record(holding, path, name=path.stem)
            case "wave":
                self._read_wave(holding, path)
            case "rows":
                self._read_table(holding, path)

    def _once(self, paths: tuple[Path, ...], read: Callable[[], None]) -> None:
        """Read files, unless they are known; what they give is the same whatever else there is."""
        names = tuple(map(self._name, paths))
        digests = tuple(self.digests.get(name) or self._digest(path) for name, path in zip(names, paths, strict=True))
        self.names.add(names)
        known = self.kept.get(names)
        if known is None or known[0] != digests or "" in digests:
            whole, self.records = self.records, Records()
            try:
                read()
                known = (digests, self.records)
            finally:
                self.records = whole
            self.kept[names] = known
        self.seen.update(paths)
        self.records.join(known[1])

    def _digest(self, path: Path) -> str:
        """Return a digest of a file; "" for what is no plain file, or is too large to be read."""
        try:
            found = path.lstat()
            if not S_ISREG(found.st_mode) or found.st_size > MAX_BYTES or self._is_linked(path.parent):
                return ""
            return hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            return ""

    def _is_linked(self, folder: Path) -> bool:
        if folder not in self.linked:
            inside = self.data in folder.parents
            self.linked[folder] = inside and (folder.is_symlink() or self._is_linked(folder.parent))
        return self.linked[folder]

    def _read_table(self, holding: Holding, path: Path) -> None:
        for number, (model, origin) in enumerate(self._read_rows(path, holding.model, holding.kind)):
            self.records.add(holding, str(number + 1), model, origin)

    def refuse_strangers(self) -> None:
        """Say which files are not part of the layout, such as a profile whose name ends in .yaml."""
        known = [holding.path for holding in HOLDINGS]
        for path in sorted({*_below(self.data)} - self.seen):
            if path.name == "README.md":
                continue
            if path.name.startswith(".") or path.name.endswith("~"):  # what systems and programs leave behind
                continue
            name = path.relative_to(self.data).as_posix()
            mend = did_you_mean(name, known, at_most=0)
            if path.suffix.lower() in {".yaml", ".yml"} and path.suffix != ".yml":
                self.records.broken.add(name.removesuffix(path.suffix).lower())
                mend = "rename it so that it ends in .yml"
            elif "did you mean" not in mend:
                mend = "move it out of data/, or delete it"
            found = f"a file that is not part of the data, {name}"
            if path.is_symlink():
                found, mend = f"a link to another file or folder, {name}", "put a copy here, or delete the link"
            self._fail(path, found=found, expected="only the files that the data needs", mend=mend)

    def _read_record(self, holding: Holding, path: Path, name: str) -> None:
        if name and not re.fullmatch(SLUG, name):
            self.seen.add(path)
            self._fail(
                path,
                found=f"the file name “{path.name}”",
                expected="lower-case letters, digits and single hyphens, then .yml",
                mend="rename the file",
            )
            return
        tree = self._tree(path)
        if tree is None:
            self.records.broken.add(f"{holding.kind}/{name}")
            return
        model = self._validate(holding, tree, (), {holding.id_field: name} if name else {})
        if model is None:
            self.records.broken.add(f"{holding.kind}/{name}")
        else:
            self.records.add(holding, name, model, Origin(tree.file, tree.find))

    def _read_list(self, holding: Holding, path: Path) -> None:
        tree = self._tree(path, want=list)
        if tree is None:
            self.records.broken.add(holding.kind)
            return
        first: dict[str, Spot] = {}
        before = len(self.records.problems)
        for number in range(len(tree.value)):
            if self._enough(before):
                break
            raw = tree.value[number]
            name = str(raw.get(holding.id_field, "")) if isinstance(raw, dict) else ""
            origin = Origin(tree.file, tree.find, (number,))
            if name in first:
                self.records.problems.append(
                    Problem(
                        *origin.spot((holding.id_field,)),
                        f"[{number + 1}].{holding.id_field}",
                        f"the id “{name}” a second time",
                        f"an id used once in {tree.file}",
                        f"change one of them; the first is on line {first[name].line}",
                    )
                )
                self._validate(holding, tree, (number,), {}, spare=True)
                continue
            model = self._validate(holding, tree, (number,), {})
            if model is None:
                self.records.broken.add(f"{holding.kind}/{name}")
            else:
                first[name] = origin.spot()
                self.records.add(holding, name, model, origin)

    def _read_wave(self, holding: Holding, path: Path) -> None:
        name = path.parent.name
        tree = self._tree(path)
        rows = list(self._read_rows(path.parent / ANSWERS, Answer, f"{holding.kind}/{name}:answers"))
        model = self._validate(holding, tree, (), {holding.id_field: name}) if tree else None
        if tree is None or model is None:
            self.records.broken.add(f"{holding.kind}/{name}")
            for row, origin in rows:
                where = f"{origin.file}/{origin.spot().line}"
                self.records.broken_origins[where] = origin
                self.records.remains.whole.extend(settle(row, where))
            for survey in self.records.remains.records.get(holding.kind, ()):
                survey.__dict__["answers"] = tuple(row for row, _ in rows)
            return
        model.__dict__["answers"] = tuple(row for row, _ in rows)
        self.records.add(holding, name, model, Origin(tree.file, tree.find))
        for number, (_, origin) in enumerate(rows):
            self.records.origins[f"{holding.kind}/{name}:answers.{number}"] = origin

    def _validate(
        self, holding: Holding, tree: Tree, prefix: KeyPath, derived: dict[str, str], *, spare: bool = False
    ) -> Sourced | None:
        """Return a record, after saying what is wrong with it; None if it then lacks something.

        A spare one is only looked at.
        """
        raw = tree.value
        for key in prefix:
            raw = raw[key]
        if not isinstance(raw, dict):
            self.records.problems.append(
                Problem(
                    tree.file,
                    *tree.find(prefix),
                    field_path(prefix),
                    _described(raw),
                    "fields, each a name, a colon and a value",
                    "write the fields, one a line",
                )
            )
            return None
        wrong = [name for name in holding.derived if name in raw]
        for name in wrong:
            self.records.problems.append(
                Problem(
                    tree.file,
                    *tree.find((*prefix, name)),
                    name,
                    f"the field “{name}”",
                    "no such field: it is taken from the file's name or another file",
                    "delete the line",
                )
            )
        whole = {**{name: value for name, value in raw.items() if name not in wrong}, **derived}
        model, error = None, None
        try:
            model = holding.model.model_validate(whole)
        except ValidationError as refused:
            error = refused
            self._explain(error, holding.model, tree.file, tree.find, prefix)
            model = without_strangers(holding.model, whole, error)
        if model is None or spare:
            where = "/".join(map(str, (tree.file, *prefix)))
            kind = "" if spare else holding.kind
            self._keep_remains(holding.model, whole, where, Origin(tree.file, tree.find, prefix), error, kind)
            return None
        return model

    def _keep_remains(
        self,
        model: type[Sourced],
        raw: dict[str, Any],
        where: str,
        origin: Origin,
        error: ValidationError | None,
        kind: str,
    ) -> None:
        self.records.broken_origins[where] = origin
        self.records.remains.add(model, raw, where, error, kind)

    def _read_rows(self, path: Path, model: type[Sourced], kind: str) -> Iterator[tuple[Sourced, Origin]]:
        before = len(self.records.problems)
        text = self._text(path)
        if text is not None:
            yield from self._rows(path, text, model, kind)
        if len(self.records.problems) > before:
            self.records.broken.add(kind)

    def _rows(self, path: Path, text: str, model: type[Sourced], kind: str) -> Iterator[tuple[Sourced, Origin]]:
        name = self._name(path)
        lines = text.splitlines()
        reader = csv.reader(lines, strict=True)
        columns: list[str] = []
        first_line = 1
        before = len(self.records.problems)
        while not self._enough(before):
            first_line = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                found, mend = _csv_fault(str(error))
                self._fail(path, line=first_line, found=found, expected="cells with commas between them", mend=mend)
                return
            if cells is None:
                break
            cells = [cell.strip() for cell in cells]
            if not cells:
                continue
            if not columns:
                columns = cells
                if not self._columns_fit(path, columns, model):
                    return
                continue
            find = _cell_finder(lines, first_line, columns)
            if not any(cells):
                found, mend = "a row of empty cells", "delete the line"
                self._fail(path, line=first_line, found=found, expected="something in every row", mend=mend)
                continue
            if len(cells) != len(columns):
                found, mend = _miscounted(cells, lines[first_line - 1])
                expected = f"{len(columns)}, one for each column"
                self._fail(path, line=first_line, found=found, expected=expected, mend=mend)
                continue
            raw = {column: cell for column, cell in zip(columns, cells, strict=True) if cell}
            origin = Origin(name, find)
            try:
                yield model.model_validate(raw), origin
            except ValidationError as error:  # of a value: which columns there are was looked at before
                self._explain(error, model, name, find, ())
                self._keep_remains(model, raw, f"{name}/{first_line}", origin, error, kind)
        if not columns:
            self._fail(
                path,
                found="an empty file",
                expected=f"the columns {', '.join(model.model_fields)}",
                mend="put its content back, from git or from another copy",
            )

    def _columns_fit(self, path: Path, columns: list[str], model: type[Sourced]) -> bool:
        known = list(model.model_fields)
        if len(columns) == 1 and ({";", "\t"} & set(columns[0])):
            self._fail(
                path,
                found="something other than commas between the cells",
                expected="a comma between two cells",
                mend="save the file again as CSV, with commas",
            )
            return False
        before = len(self.records.problems)
        for number, column in enumerate(columns):
            if self._enough(before):
                return False
            if column not in known or column in columns[:number]:
                again = column in columns[:number]
                found, mend = f"the column “{column}”", did_you_mean(column, known)
                if not column:
                    found, mend = "a column without a name", "take out the comma, or write the name"
                elif again:
                    found, mend = f"{found} twice", "take one out"
                self._fail(
                    path,
                    column=sum(len(one) + 1 for one in columns[:number]) + 1,
                    found=found,
                    expected=f"columns from {', '.join(known)}",
                    mend=mend,
                )
        if len(self.records.problems) == before:
            for column, cell in model.model_fields.items():
                if cell.is_required() and column not in columns:
                    self._fail(
                        path,
                        found=f"no column “{column}”",
                        expected=f"the columns {', '.join(known)}",
                        mend="put the column back, with a cell in every row",
                    )
        return len(self.records.problems) == before

    def _enough(self, before: int) -> bool:
        """Whether so much is wrong with a file that no more need be told of it, which is then said."""
        told = self.records.problems[before:]
        if len(told) > MAX_TOLD:
            self.records.problems[before:] = at_most(told)
            self.records.remains = Remains()
        return len(told) > MAX_TOLD

    def _explain(
        self,
        error: ValidationError,
        model: type[Sourced],
        file: str,
        find: Callable[[KeyPath], tuple[int, int]],
        prefix: KeyPath,
    ) -> None:
        refusals = explain(error, model, cells=model in ROW_TYPES.values())
        paths = ((prefix + told.path, told) for told in refusals)
        self.records.problems.extend(
            at_most(
                Problem(file, *find(path), field_path(path), told.found, told.expected, told.mend)
                for path, told in paths
            )
        )

    def _tree(self, path: Path, want: type = dict) -> Tree | None:
        text = self._text(path)
        if text is None:
            return None
        tree = Tree.parse(self._name(path), text, self.records.problems, lenient=True)
        if tree is not None and not isinstance(tree.value, want):
            shape = (
                "a list, each item beginning with “- ”" if want is list else "fields, each a name, a colon and a value"
            )
            self._fail(
                path, found=_described(tree.value), expected=shape, mend="compare it with a file of the same kind"
            )
            return None
        return tree

    def _text(self, path: Path) -> str | None:
        """Return the text of a file, or None after saying why it cannot be had."""
        self.seen.add(path)
        if path.is_symlink() or any(parent.is_symlink() for parent in path.parents if self.data in parent.parents):
            self._fail(
                path, found="a link to another file", expected="a file of its own", mend="put a copy of the file here"
            )
            return None
        try:
            found = path.stat()
            raw = path.read_bytes() if S_ISREG(found.st_mode) and found.st_size <= MAX_BYTES else b""
        except FileNotFoundError:
            self._fail(
                path,
                found="no such file",
                expected=f"the file {self._name(path)}",
                mend="put it back, from git or from another copy",
            )
            return None
        except OSError as error:
            self._fail(
                path,
                found=f"a file that cannot be opened ({error.strerror})",
                expected="a file that can be read",
                mend="check that it is a file and that you may read it",
            )
            return None
        if not S_ISREG(found.st_mode):
            what = "a folder" if S_ISDIR(found.st_mode) else "something that is no file"
            self._fail(path, found=what, expected="a file", mend="put a file with this name here, or take it away")
            return None
        if found.st_size > MAX_BYTES:
            self._fail(path, found=f"{found.st_size:,} bytes", expected=f"at most {MAX_BYTES:,}", mend="shorten it")
            return None
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
            self._fail(
                path,
                line=line,
                column=column,
                found="a character that is not UTF-8",
                expected="text saved as UTF-8",
                mend="save the file again and choose UTF-8",
            )
            return None
        if text.startswith("\ufeff"):
            self._fail(
                path,
                found="a byte order mark",
                expected="UTF-8 without one",
                mend="save the file again and choose “UTF-8”, not “UTF-8 with BOM”",
            )
            text = text[1:]
        if versions := _TWO_VERSIONS.search(text):
            self._fail(
                path,
                line=text.count("\n", 0, versions.start()) + 1,
                found="two versions of the same lines, with marks of git around them",
                expected="one version",
                mend="keep the right lines, and delete the others and the lines with <<<<<<<, ======= and >>>>>>>",
            )
            return None
        return self._without_hidden(path, text)

    def _without_hidden(self, path: Path, text: str) -> str:
        """Return `text` without what nobody can see in it, after saying where that is."""
        before = len(self.records.problems)
        for spot in hidden(text):
            self._fail(
                path,
                line=spot.line,
                column=spot.column,
                found=spot.what,
                expected="characters that can be seen",
                mend="delete it and type the words around it again",
            )
            if self._enough(before):
                break
        return without_hidden(text)

    def _name(self, path: Path) -> str:
        return str(path)[self.above :].replace(os.sep, "/")

    def _fail(self, path: Path, *, found: str, expected: str, mend: str, line: int = 1, column: int = 1) -> None:
        self.records.problems.append(Problem(self._name(path), line, column, "", found, expected, mend))


_TWO_VERSIONS = re.compile(r"^<{7} .*\n(?:.*\n)*?={7}$", re.MULTILINE)


def _miscounted(cells: list[str], line: str) -> tuple[str, str]:
    """Return what is wrong with a row that has too many or too few cells, and how to mend it."""
    if len(cells) == 1 and ";" in line:
        return "semicolons between the cells", "put commas in their place"
    if "“" in line:
        mend = 'use straight quotation marks (") around a text that holds a comma, not curly ones'
        return count(len(cells), "cell"), mend
    mend = "add or take out commas; a text that holds a comma needs quotation marks around it"
    return count(len(cells), "cell"), mend


def _described(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "fields"
    text = str(value)
    return f"“{text[:40]}{'…' if len(text) > 40 else ''}”"


def _csv_fault(said: str) -> tuple[str, str]:
    """Return what the CSV reader found, in plain words, and how to mend it."""
    if "unexpected end" in said:
        return "a quotation mark that is never closed", "add it at the end of the cell, or take out the first"
    if "expected after" in said:
        return "words after a closing quotation mark", "write a quotation mark inside a cell twice"
    return "a row that cannot be read", "compare it with the rows above"


_CELL = re.compile(r'(?:"(?:[^"]|"")*"|[^,]*)(?:,|$)')


def _cell_finder(lines: list[str], first_line: int, columns: list[str]) -> Callable[[KeyPath], tuple[int, int]]:
    def find(path: KeyPath) -> tuple[int, int]:
        number = columns.index(str(path[0])) if path and path[0] in columns else 0
        starts = [cell.start() for cell in _CELL.finditer(lines[first_line - 1])]
        return first_line, starts[number] + 1 if number < len(starts) else 1

    return find


# --- YAML ---------------------------------------------------------------------------------------------------------


class _Loader(yaml.CSafeLoader):
    """YAML with the few plain values that the data needs: `yes`, `012`, `12:30` and dates stay text."""

    yaml_implicit_resolvers: dict[Any, Any] = {}  # noqa: RUF012 - PyYAML's own way of setting it


_STR, _INT, _FLOAT, _BOOL, _NULL, _MAP, _SEQ = (
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")
)
_PLAIN = {
    _BOOL: re.compile(r"(?:true|false)\Z"),
    _INT: re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z"),
    _FLOAT: re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}\Z"),
    _NULL: re.compile(r"(?:~|null|)\Z"),
}
_NOTHING = re.compile(r"(?!)")
for _tag, _first in {_BOOL: "tf", _INT: "-0123456789", _FLOAT: "-0123456789", _NULL: ["~", "n", ""]}.items():
    _Loader.add_implicit_resolver(_tag, _PLAIN[_tag], list(_first))

# What could be deep or could be an alias; most files hold neither, and need no second reading. A step down takes a
# bracket or a column, and a line may begin after any of the characters that YAML takes for the end of one.
_DEEP = re.compile(rf"(?:^|[\n\r\x85\u2028\u2029])[ \t?:-]{{{MAX_DEPTH // 2}}}")
_SHARED = re.compile(r"(?:^|[\s\[{,:?-])[&*]\S")


@dataclass(frozen=True)
class Tree:
    """One YAML file: its value, and where each path of it stands."""

    file: str
    value: Any
    node: yaml.Node

    @classmethod
    def parse(cls, file: str, text: str, problems: list[Problem], *, lenient: bool = False) -> Tree | None:
        """Return the file as a tree, or None after adding to `problems` what makes it unreadable.

        Where it is `lenient`, it goes on after what leaves no doubt about the rest: spaces of another kind are spaces,
        and a field that stands there twice has its first value.
        """
        while hard := [*_hard_spaces(file, text)]:
            problems.extend(hard)
            if not lenient:
                return None
            text = _HARD_SPACES.sub(lambda found: found[1] + " " * len(found[2]), text)
        try:
            if _DEEP.search(text) or text.count("[") + text.count("{") >= MAX_DEPTH // 2 or _SHARED.search(text):
                shared = [*at_most(_shared(file, text))]
                if shared:
                    problems.extend(shared)
                    return None
            node = yaml.compose(text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            problems.append(_syntax(file, text, error))
            return None
        except (yaml.YAMLError, UnicodeEncodeError) as error:  # the latter for what stands for bytes that are no UTF-8
            problems.append(_unreadable(file, error))
            return None
        if node is None:
            problems.append(
                Problem(
                    file, 1, 1, "", "an empty file", "the record’s fields", "put its content back, or delete the file"
                )
            )
            return None
        before = len(problems)
        builder = _Builder(file, problems, text.splitlines() if _CUT_OFF.search(text) else [])
        value = builder.build(node, ())
        problems[before:] = at_most(problems[before:])
        whole = len(problems) == before or (lenient and not builder.lost)
        return cls(file, value, node) if whole else None

    def find(self, path: KeyPath) -> tuple[int, int]:
        """Return line and column of the deepest part of `path` that the file has: the key, or the list item."""
        node, mark = self.node, self.node.start_mark
        for key in path:
            if isinstance(node, yaml.MappingNode):
                pair = next(((k, v) for k, v in node.value if k.value == key), None)
                if pair is None:
                    break
                mark, node = pair[0].start_mark, pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
                node = node.value[key]
                mark = node.start_mark
            else:
                break
        return mark.line + 1, mark.column + 1


class _Builder:
    """Turns nodes into plain values, and refuses what the data has no use for: tags, and keys that repeat."""

    def __init__(self, file: str, problems: list[Problem], lines: list[str]) -> None:
        self.file, self.problems = file, problems
        self.lines = lines
        """The lines of the file, if any may hold a text that is cut off."""
        self.lost = False
        """Whether something is not in the value, or not as it was meant. What is there twice is there."""

    def build(self, node: yaml.Node, path: KeyPath) -> Any:
        if isinstance(node, yaml.CollectionNode) and node.tag not in {_MAP, _SEQ}:
            self._refuse_tag(node, path, node.tag)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, number)) for number, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        lines: dict[str, int] = {}
        value: dict[str, Any] = {}
        for key, item in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._refuse(
                    key,
                    path,
                    "a list or fields used as a field’s name",
                    "a plain name before the colon",
                    "write a name",
                )
            elif key.value in lines:
                self._tell(
                    key,
                    (*path, key.value),
                    f"the field “{key.value}” a second time",
                    "each field once",
                    f"join the two, or delete one; the first is on line {lines[key.value]}",
                )
            else:
                lines[key.value] = key.start_mark.line + 1
                value[key.value] = self.build(item, (*path, key.value))
        return value

    def _scalar(self, node: yaml.Node, path: KeyPath) -> Any:
        text, tag = str(node.value), node.tag
        if self.lines and isinstance(node, yaml.ScalarNode) and not node.style:
            self._refuse_cut_off(node, path)
        # A word such as !!int makes a number of what does not read as one: no such words here.
        if tag != _STR and not _PLAIN.get(tag, _NOTHING).match(text):
            self._refuse_tag(node, path, tag)
            return text
        if tag == _NULL:
            return None
        if tag == _BOOL:
            return text == "true"
        if tag == _INT:
            return int(text)
        return float(text) if tag == _FLOAT else text

    def _refuse_cut_off(self, node: yaml.ScalarNode, path: KeyPath) -> None:
        end = node.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if cut := re.match(r"\s+(#\S+)", rest):
            self.lost = True
            self.problems.append(
                Problem(
                    self.file,
                    end.line + 1,
                    end.column + cut.start(1) + 1,
                    field_path(path),
                    f"“{cut[1]}” after a space, which YAML leaves out with all that follows",
                    "no “ #” inside a value",
                    f"take out the space, or {_QUOTE}; if a remark is meant, put a space after the #",
                )
            )

    def _refuse_tag(self, node: yaml.Node, path: KeyPath, tag: str) -> None:
        word = tag.replace("tag:yaml.org,2002:", "!!")
        self._refuse(node, path, f"a tag ({word})", "plain values", "delete the word that begins with “!”")

    def _refuse(self, node: yaml.Node, path: KeyPath, found: str, expected: str, mend: str) -> None:
        self.lost = True
        self._tell(node, path, found, expected, mend)

    def _tell(self, node: yaml.Node, path: KeyPath, found: str, expected: str, mend: str) -> None:
        mark = node.start_mark
        self.problems.append(
            Problem(self.file, mark.line + 1, mark.column + 1, field_path(path), found, expected, mend)
        )


_CUT_OFF = re.compile(r"\S[ \t]+#[^\s#]")
_HARD_SPACES = re.compile(r"^([ \t]*|[ \t]*(?:- )?[\w-]+:)([\u00a0\u2000-\u200a\u202f\u3000]+)", re.MULTILINE)


def _hard_spaces(file: str, text: str) -> Iterator[Problem]:
    """Yield each place where a space that YAML does not take for one stands at the beginning or after a name."""
    for found in _HARD_SPACES.finditer(text):
        line, column = text.count("\n", 0, found.start(2)) + 1, found.start(2) - text.rfind("\n", 0, found.start(2))
        mend = "delete it and press the space bar"
        yield Problem(file, line, column, "", "a space of another kind, as web pages have", "plain spaces", mend)


def _shared(file: str, text: str) -> Iterator[Problem]:
    """Yield the anchors and aliases; raises yaml.MarkedYAMLError for depth that is an attack or an accident."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        mark = cast("yaml.Mark", event.start_mark)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise yaml.MarkedYAMLError(problem=f"values nested more than {MAX_DEPTH} deep", problem_mark=mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            sign, what = ("*", "an alias") if isinstance(event, yaml.AliasEvent) else ("&", "an anchor")
            yield Problem(
                file,
                mark.line + 1,
                mark.column + 1,
                "",
                f"{what} ({sign}{event.anchor})",
                "each value written out",
                f"write the value; put quotation marks around a text that begins with {sign}",
            )


class _Said(NamedTuple):
    """What the parser says, and what it usually means to somebody who was only editing a text."""

    words: str
    found: str
    expected: str
    mend: str
    at_start: bool = False
    """Whether the fault is where the value begins, not where the parser stopped."""


_QUOTE = "put quotation marks around the whole text"
_SYNTAX = (
    _Said("tab character", "a tab", "spaces at the beginning of a line", "put two spaces for each step in"),
    _Said(
        "could not find expected ':'",
        "a line without a colon",
        "“name: value”",
        "add a colon and a space, or indent the line so that it belongs to the text above",
        at_start=True,
    ),
    _Said(
        "did not find expected comment or line break",
        "words on the line of “>” or “|”",
        "nothing after these signs: the text begins on the next line, two spaces further in",
        "move the words down, or take out the sign",
    ),
    _Said(
        "found unexpected end of stream",
        "a quotation mark that is never closed",
        "a closing quotation mark",
        "add it at the end of the text",
        at_start=True,
    ),
    _Said(
        "while scanning an alias",
        "a text that begins with *",
        "quotation marks around such a text",
        _QUOTE,
        at_start=True,
    ),
    _Said(
        "while scanning an anchor",
        "a text that begins with &",
        "quotation marks around such a text",
        _QUOTE,
        at_start=True,
    ),
    _Said(
        "did not find expected key",
        "a line that does not fit the lines around it",
        "fields that begin in the same column",
        "check the spaces at the beginning, and that quotation marks are closed",
    ),
    _Said(
        "did not find expected '-' indicator",
        "a line that does not belong to the list above it",
        "list items that begin with “- ” in one column",
        "check the spaces at the beginning of this line",
    ),
    _Said(
        "block sequence entries are not allowed",
        "a list item on the line of something else",
        "each item on a line of its own, beginning with “- ”",
        "begin the item on a new line",
    ),
    _Said(
        "expected ',' or",
        "a bracket that is never closed",
        "a closing bracket",
        "add it; put quotation marks around a text that begins with [ or {",
        at_start=True,
    ),
    _Said(
        "cannot start any token",
        "a character that YAML keeps for itself",
        "quotation marks around a text that begins with it",
        _QUOTE,
    ),
    _Said(
        "found undefined alias",
        "an alias (*name)",
        "each value written out",
        "write the value; put quotation marks around a text that begins with *",
    ),
    _Said("expected a single document", "a line of three hyphens", "one record a file", "delete the line “---”"),
    _Said(
        "mapping keys are not allowed",
        "a text that begins with “?”",
        "quotation marks around such a text",
        _QUOTE,
    ),
    _Said(
        "while scanning a block scalar",
        "words behind “|” or “>”",
        "the text below it, two spaces further in",
        f"begin the text on the next line, or {_QUOTE}",
        at_start=True,
    ),
    _Said(
        "did not find expected node content",
        "a sign where a value should be",
        "a value, or nothing",
        f"take the sign out, or {_QUOTE}",
    ),
    _Said(
        "did not find expected <document start>",
        "words after the end of the record",
        "one record a file",
        "delete the line of three dots or hyphens, and “%” at the beginning of a line",
    ),
    _Said("directive", "a line that begins with “%”", "fields and lists only", "delete the line"),
    _Said("escape", "a backslash that YAML reads in its own way", "plain words", "take it out, or write it twice"),
    _Said("nested", "", "a few levels", "take out brackets or hyphens until the values are plain"),
)


def _syntax(file: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    said = " ".join(part for part in (error.context, error.problem) if part)
    line, column = _place(error.problem_mark or error.context_mark)
    lines = text.splitlines()
    whole = lines[line - 1] if line <= len(lines) else ""
    before, after = whole[: column - 1], whole[column - 1 :]
    if "mapping values are not allowed" in said:
        if ": " in before:
            found, mend = "a second colon on the line", f"{_QUOTE}, or use “>-” and go on below"
            return Problem(file, line, column, "", found, "one “name: value” a line", mend)
        found, mend = "a field that does not line up with the one above", "check the spaces at the beginning"
        return Problem(file, line, column, "", found, "fields that begin in the same column", mend)
    if "did not find expected key" in said and before.strip():
        found, mend = "words after the end of a quoted text or a bracket", _QUOTE
        return Problem(file, line, column, "", found, "nothing more on the line", mend)
    if "cannot start any token" in said and after.startswith("\t"):
        said = "tab character"
    for one in _SYNTAX:
        if one.words in said:
            if one.at_start:
                line, column = _place(error.context_mark or error.problem_mark)
            return Problem(file, line, column, "", one.found or said, one.expected, one.mend)
    expected, mend = "“name: value” lines and “- ” lists", "compare this line and the one above with another file"
    return Problem(file, line, column, "", "something that is not YAML", expected, mend)


def _place(mark: yaml.Mark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _unreadable(file: str, error: yaml.YAMLError | UnicodeEncodeError) -> Problem:
    place = getattr(error, "position", None)
    where = f" (character {place + 1} of the file)" if isinstance(place, int) else ""
    return Problem(file, 1, 1, "", f"something that is not YAML{where}", "plain text", "save the file again as UTF-8")
