"""Makes records from the rows of the CSV files in `data/`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from macros.model.base import Sourced
from macros.model.dates import When
from macros.model.holdings import DERIVED_COLUMNS, NO_END, NO_VALUE
from macros.model.survey import Answer
from macros.reading import csv_file
from macros.reading.csv_cells import BETWEEN
from macros.reading.data_files import DataFiles
from macros.reading.file_text import FileSlip
from macros.reading.problem import did_you_mean, nearest, quoted
from macros.reading.records import Origin
from macros.reading.validation import keep_partial, refuse


def read_rows(files: DataFiles, path: Path, model: type[Sourced], kind: str) -> Iterator[tuple[Sourced, Origin]]:
    """Yield the rows of a CSV file as records, each with its place, and report faults of the file and in it.

    `kind` names the records in messages about broken rows.
    """
    before = len(files.records.problems)
    text = files.text(path)
    if text is not None:
        yield from _rows(files, path, text, model)
    if len(files.records.problems) > before:
        files.records.broken.add(kind)


def _rows(files: DataFiles, path: Path, text: str, model: type[Sourced]) -> Iterator[tuple[Sourced, Origin]]:
    name = files.name(path)
    before = len(files.records.problems)
    derived = DERIVED_COLUMNS.get(model, ())
    table = csv_file.read(text, {*model.model_fields, *derived}, date_fields(model))
    if not table.columns:
        files.fail(
            path,
            found="an empty file",
            expected=f"the columns {', '.join(model.model_fields)}",
            mend="put its content back, from git or from another copy",
        )
        return
    for slip in table.above:
        files.tell(path, slip)
    if not _columns_fit(files, path, table, model, derived):
        return
    for slip in table.slips:
        if files.cut_short(before):
            return
        files.tell(path, slip)
    for row in table.rows:
        if files.cut_short(before):
            return
        find = csv_file.finder(table, row.line)
        raw = _values(csv_file.cells_of(table, row), model, derived)
        origin = Origin(name, find)
        try:
            yield model.model_validate(raw), origin
        except ValidationError as error:  # of a value; the columns were checked before
            refuse(files, error, model, origin)
            keep_partial(files, model, raw, f"{name}/{row.line}", origin, error)


def _columns_fit(
    files: DataFiles, path: Path, table: csv_file.CsvTable, model: type[Sourced], derived: Collection[str] = ()
) -> bool:
    known, columns = list(model.model_fields), table.columns
    if not table.header and (told := _not_this_table(columns, model)):
        files.tell(path, told)
        return False
    before = len(files.records.problems)
    for number, column in enumerate(columns):
        if files.cut_short(before):
            return False
        if (column not in known and column not in derived) or column in columns[:number]:
            again = column in columns[:number]
            found, mend = f"the column “{column}”", did_you_mean(column, known)
            if not column:
                found, mend = "a column without a name", "take out the comma, or write the name"
            elif again:
                found, mend = f"{found} twice", "take one out"
            files.fail(
                path,
                line=table.header or 1,
                column=sum(len(one) + 1 for one in columns[:number]) + 1,
                found=found,
                expected=f"columns from {', '.join(known)}",
                mend=mend,
            )
    if len(files.records.problems) == before:
        for column, cell in model.model_fields.items():
            if cell.is_required() and column not in columns:
                files.fail(
                    path,
                    line=table.header or 1,
                    found=f"no column “{column}”",
                    expected=f"the columns {', '.join(known)}",
                    mend="put the column back, with a cell in every row",
                )
    return len(files.records.problems) == before


def date_fields(model: type[BaseModel]) -> set[str]:
    """Return the fields of a row that are dates."""
    return {
        name for name, field in model.model_fields.items() if When in {field.annotation, *get_args(field.annotation)}
    }


def _values(cells: Mapping[str, str], model: type[BaseModel], derived: Collection[str]) -> dict[str, Any]:
    """Return the cells of a row as values: downloads write “none” for no value, and put several sources in a cell."""
    nothing = {NO_VALUE, NO_END} if model in DERIVED_COLUMNS else set()  # elsewhere “none” can be an id
    values: dict[str, Any] = {
        column: cell
        for column, cell in cells.items()
        if column not in derived and (cell not in nothing or model.model_fields[column].is_required())
    }
    if BETWEEN in values.get("source", ""):
        values["source"] = values["source"].split(BETWEEN)
    return values


def _not_this_table(columns: list[str], model: type[BaseModel]) -> FileSlip | None:
    """Return the fault of a file none of whose columns are known; None if some names are like known ones."""
    known = list(model.model_fields)
    if len(columns) == 1 and sum(name in columns[0] for name in known) > 2:
        mend = "save the file again as CSV, with commas"
        return FileSlip(1, 1, "something other than commas between the cells", "a comma between two cells", mend)
    if any(nearest(column, known) for column in columns) or len(columns) < 2:
        return None
    found = f"columns such as {quoted([column for column in columns if column][:2])}, and none that is known"
    mend = "put the file back, from git or from another copy"
    if model is Answer:
        mend = (
            "if this is one row for each person, it is the export of a form and holds what people told in confidence: "
            "keep it out of the guide, and count it with “guide survey import” (see docs/survey/run.md)"
        )
    return FileSlip(1, 1, found, f"the columns {', '.join(known)}", mend)
