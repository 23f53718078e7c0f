"""Reads `data/`: files become records, each with its place in its file, and every problem on the way is reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from macros.model.base import SLUG, Sourced
from macros.model.holdings import ANSWERS, HOLDINGS, REGION, TRUSTS, Holding
from macros.model.survey import Answer, Survey
from macros.reading import first_wave, old_layout
from macros.reading.area_files import joined
from macros.reading.data_files import DataFiles
from macros.reading.files import files_of, names_below
from macros.reading.problem import Problem, did_you_mean
from macros.reading.records import Origin, Records, Spot
from macros.reading.row_reader import read_rows
from macros.reading.validation import validate

RecordCache = dict[tuple[str, ...], tuple[tuple[str, ...], Records]]
"""Results of reading, by file names: the digests of the contents, and the records read from them."""


def read(data: Path, kept: RecordCache | None = None, digests: Mapping[str, str] | None = None) -> Records:
    """Read every file below `data`. Never raises for the content of files: see `Records.problems`.

    Files whose content is that of `kept` are not read again: their records are the very same objects. What was read is
    put there. Whoever has just looked at all files gives their `digests`, by names such as `data/region.yml`.
    """
    records = Records()
    reader = Reader(data, records, {} if kept is None else kept, digests or {})
    for holding in HOLDINGS:
        reader.read(holding)
        if holding == REGION:  # it comes first, and says which wave was the first
            reader.baseline = first_wave.of_records(records, data)
    reader.refuse_strangers()
    for names in reader.kept.keys() - reader.names:
        del reader.kept[names]
    return records


class Reader:
    """Reads the files of a data folder, kind by kind."""

    def __init__(self, data: Path, records: Records, kept: RecordCache, digests: Mapping[str, str]) -> None:
        self.files = DataFiles(data, records)
        self.kept = kept
        self.digests = digests
        self.names: set[tuple[str, ...]] = set()
        self.baseline = ""
        """The name of the first wave, as soon as the region is read."""

    def read(self, holding: Holding) -> None:
        """Read the files of one kind."""
        for paths in files_of(self.files.data, holding, self.baseline):
            self._once(paths, partial(self.read_files, holding, paths))

    def read_files(self, holding: Holding, paths: tuple[Path, ...]) -> None:
        """Read one record, list, wave or table, with the files that belong to it."""
        path = paths[0]
        match holding.shape:
            case "one":
                self._read_record(holding, path, {})
            case "list":
                self._read_list(holding, path)
            case "folder":
                self._read_record(holding, path, {holding.id_field: path.stem})
            case "area":
                self._read_area(holding, (path, paths[1]))
            case "nested":
                self._read_record(holding, path, {"trust": path.parent.name, holding.id_field: path.stem})
            case "wave":
                self._read_wave(holding, path)
            case "rows":
                self._read_table(holding, path)

    def _once(self, paths: tuple[Path, ...], read: Callable[[], None]) -> None:
        """Read files, unless they are known; the result does not depend on anything else."""
        names = tuple(map(self.files.name, paths))
        digests = tuple(
            self.digests.get(name) or self.files.digest(path) for name, path in zip(names, paths, strict=True)
        )
        self.names.add(names)
        known = self.kept.get(names)
        if known is None or known[0] != digests or "" in digests:
            whole, self.files.records = self.files.records, Records()
            try:
                read()
                known = (digests, self.files.records)
            finally:
                self.files.records = whole
            self.kept[names] = known
        self.files.seen.update(paths)
        self.files.records.join(known[1])

    def _read_table(self, holding: Holding, path: Path) -> None:
        for number, (model, origin) in enumerate(read_rows(self.files, path, holding.model, holding.kind)):
            self.files.records.add(holding, str(number + 1), model, origin)

    def refuse_strangers(self) -> None:
        """Report files that are not part of the layout, such as a profile whose name ends in .yaml."""
        known = [holding.path for holding in HOLDINGS]
        for path in sorted({*names_below(self.files.data)} - self.files.seen):
            if path.name == "README.md":
                continue
            if path.name.startswith(".") or path.name.endswith("~"):  # left behind by operating systems and programs
                continue
            name = path.relative_to(self.files.data).as_posix()
            mend = did_you_mean(name, known, at_most=0)
            if path.suffix.lower() in {".yaml", ".yml"} and path.suffix != ".yml":
                self.files.records.broken.add(name.removesuffix(path.suffix).lower())
                mend = "rename it so that it ends in .yml"
            elif not path.is_symlink() and (slug := old_layout.trust_at(f"data/{name}")):
                self.files.records.broken.add(f"{TRUSTS.kind}/{slug}")
                self._refuse_old(path)
                continue
            elif "did you mean" not in mend:
                mend = "move it out of data/, or delete it"
            found = f"a file that is not part of the data, {name}"
            if path.is_symlink():
                found, mend = f"a link to another file or folder, {name}", "put a copy here, or delete the link"
            self.files.fail(path, found=found, expected="only the files that the data needs", mend=mend)

    def _refuse_old(self, path: Path) -> None:
        self.files.fail(
            path,
            found="a file as guides kept it at first",
            expected="its content in the files of today",
            mend="run “guide migrate”",
        )

    def _read_record(self, holding: Holding, path: Path, named: dict[str, str]) -> None:
        """Read the one record of a file; `named` are the fields that come from its name and its folder's."""
        name = "/".join(named.values())
        if not all(re.fullmatch(SLUG, one) for one in named.values()):
            self.files.seen.add(path)
            self.files.fail(
                path,
                found=f"the file name “{path.name}”",
                expected="lower-case letters, digits and single hyphens, then .yml",
                mend="rename the file",
            )
            return
        tree = self.files.tree(path)
        if tree is None:
            self.files.records.broken.add(f"{holding.kind}/{name}")
            return
        if holding == REGION and old_layout.is_old_region(tree.value):
            self._refuse_old(path)
            self.files.records.broken.add(holding.kind)
            return
        origin = Origin(tree.file, tree.find)
        record = validate(self.files, holding, tree.value, origin, named)
        rows = self._rows_beside(holding, path, name)
        if not isinstance(record, Sourced):
            self.files.records.broken.add(f"{holding.kind}/{name}")
            return
        if holding.rows:
            record.__dict__[holding.rows[0]] = tuple(row for row, _ in rows)
        self.files.records.add(holding, name, record, origin)

    def _read_area(self, holding: Holding, paths: tuple[Path, Path]) -> None:
        """Read what is lasting about a Trust, and what the first wave said of it, as one record."""
        name = paths[0].parent.name
        if not re.fullmatch(SLUG, name):
            self.files.seen.update(paths)
            self.files.fail(
                paths[0],
                found=f"the folder name “{name}”",
                expected="lower-case letters, digits and single hyphens",
                mend="rename the folder",
            )
            return
        found = joined(self.files, paths)
        record = validate(self.files, holding, *found, {holding.id_field: name}) if found else None
        if found is None or not isinstance(record, Sourced):
            self.files.records.broken.add(f"{holding.kind}/{name}")
            return
        self.files.records.add(holding, name, record, found[1])

    def _rows_beside(self, holding: Holding, path: Path, name: str) -> list[tuple[Sourced, Origin]]:
        """Read the rows of the CSV file next to a record's own, if records of its kind have one."""
        if not holding.rows:
            return []
        field, model = holding.rows
        rows = list(read_rows(self.files, path.with_suffix(".csv"), model, f"{holding.kind}/{name}:{field}"))
        for number, (_, origin) in enumerate(rows):
            self.files.records.origins[f"{holding.kind}/{name}:{field}.{number}"] = origin
        return rows

    def _read_list(self, holding: Holding, path: Path) -> None:
        tree = self.files.tree(path, want=list)
        if tree is None:
            self.files.records.broken.add(holding.kind)
            return
        first: dict[str, Spot] = {}
        before = len(self.files.records.problems)
        for number in range(len(tree.value)):
            if self.files.cut_short(before):
                break
            raw = tree.value[number]
            name = str(raw.get(holding.id_field, "")) if isinstance(raw, dict) else ""
            origin = Origin(tree.file, tree.find, (number,))
            if name in first:
                self.files.records.problems.append(
                    Problem(
                        *origin.spot((holding.id_field,)),
                        f"[{number + 1}].{holding.id_field}",
                        f"the id “{name}” a second time",
                        f"an id used once in {tree.file}",
                        f"change one of them; the first is on line {first[name].line}",
                    )
                )
                validate(self.files, holding, raw, origin, {}, spare=True)
                continue
            record = validate(self.files, holding, raw, origin, {})
            if isinstance(record, Sourced):
                first[name] = origin.spot()
                self.files.records.add(holding, name, record, origin)
            else:
                self.files.records.broken.add(f"{holding.kind}/{name}")

    def _read_wave(self, holding: Holding, path: Path) -> None:
        name = path.parent.name
        tree = self.files.tree(path)
        rows = list(read_rows(self.files, path.parent / ANSWERS, Answer, f"{holding.kind}/{name}:answers"))
        survey = None
        if tree:
            survey = validate(self.files, holding, tree.value, Origin(tree.file, tree.find), {holding.id_field: name})
        if tree is None or not isinstance(survey, Survey):
            self.files.records.broken.add(f"{holding.kind}/{name}")
            where = self.files.name(path)
            for number, (_, origin) in enumerate(rows):
                self.files.records.broken_origins[f"{where}:answers.{number}"] = origin
            self.files.records.partial.add_rows(survey, "answers", (row for row, _ in rows), where)
            return
        survey.__dict__["answers"] = tuple(row for row, _ in rows)
        self.files.records.add(holding, name, survey, Origin(tree.file, tree.find))
        for number, (_, origin) in enumerate(rows):
            self.files.records.origins[f"{holding.kind}/{name}:answers.{number}"] = origin
