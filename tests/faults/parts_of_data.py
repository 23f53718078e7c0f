"""The real data, read file by file, so that one changed file is checked with the rest without reading that again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

from mistakes import BASELINE, ROOT

from macros.model.holdings import HOLDINGS, Holding, of_file
from macros.reading.files import files_of
from macros.reading.guide import Guide, _freeze
from macros.reading.problem import Problem
from macros.reading.reader import Reader
from macros.reading.records import Records
from macros.reading.rules import every_rule

Read = Callable[[Reader], None]


class Parts:
    """A copy of `data/`, with what each of its files holds."""

    def __init__(self, data: Path) -> None:
        shutil.copytree(ROOT / "data", data)
        self.data = data
        self._whole = {names: self._read(read) for names, read in self._reads.items()}

    @cached_property
    def _reads(self) -> Mapping[tuple[str, ...], Read]:
        """How to read each part: files that are read together, and what reads them."""
        return {
            self._names(*paths): lambda reader, h=holding, p=paths: reader.read_files(h, p)  # type: ignore[misc]
            for holding in HOLDINGS
            for paths in files_of(self.data, holding, BASELINE)
        }

    def _names(self, *files: Path) -> tuple[str, ...]:
        return tuple(file.relative_to(self.data).as_posix() for file in files)

    @cached_property
    def files(self) -> tuple[str, ...]:
        return tuple(name for names in self._reads for name in names)

    @cached_property
    def texts(self) -> Mapping[str, str]:
        return {name: (self.data / name).read_text(encoding="utf-8") for name in self.files}

    def _read(self, read: Read) -> Records:
        records = Records()
        read(Reader(self.data, records, {}, {}))
        return records

    def with_changed(self, file: str, raw: bytes) -> tuple[Records, list[Problem]]:
        """Return all records and problems where `file` holds `raw`, and put the file back."""
        names = next(names for names in self._reads if file in names)
        (self.data / file).write_bytes(raw)
        try:
            changed = self._read(self._reads[names])
        finally:
            (self.data / file).write_text(self.texts[file], encoding="utf-8", newline="")
        all_records = Records()
        for part in {**self._whole, names: changed}.values():
            all_records.join(part)
        problems = [*all_records.problems, *every_rule.check(all_records)]
        return all_records, sorted(set(problems))

    def without(self, holding: Holding) -> Records:
        """Return all records but those of one kind, which are there as if they could not be read."""
        rest = Records(broken={holding.kind})
        for names, part in self._whole.items():
            if of_file(names[0], BASELINE) is not holding:
                rest.join(part)
        return rest

    @staticmethod
    def guide(records: Records) -> Guide:
        return _freeze(records)
