"""The answers of an export as numbers of options: everything that is counted, without the words of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from macros.editing.survey_tools.columns import Columns, by_question
from macros.editing.survey_tools.joined import split
from macros.editing.survey_tools.mapping import NOT_ANSWERED, Mapped
from macros.editing.survey_tools.plain_text import plain
from macros.editing.survey_tools.table_file import ExportTable, OddCell, column_name
from macros.model.questionnaire import AskedQuestion, QuestionKind, Questionnaire
from macros.reading.rules.questionnaires import code

Codes = NDArray[np.int16]
NONE, UNKNOWN = -1, -2
_TICKED = {"1", "true", "yes", "y", "x", "checked", "selected", "✓", "☑"}
_UNTICKED = {"", "0", "false", "no", "n", "unchecked", "not selected", "n/a"}


@dataclass
class Answers:
    """The answers to each question, one for each row of the export."""

    rows: Sequence[int]
    """The row number of each answer in the file."""
    one: dict[str, Codes] = field(default_factory=dict)
    """For questions with one answer: the number of its option, from 0, or NONE."""
    several: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    """For questions with several answers: a column for each option."""
    words: dict[str, Sequence[str]] = field(default_factory=dict)
    """For questions answered in words."""
    numbers: Sequence[str] | None = None
    """The ids that tell answers apart."""
    unsent: NDArray[np.bool_] | None = None
    faults: list[str] = field(default_factory=list)
    """Everything that cannot be counted, a line for each column; no line holds an answer."""

    def __len__(self) -> int:
        return len(self.rows)

    def answered(self, question: AskedQuestion) -> NDArray[np.bool_]:
        """Return who gave any answer to a question."""
        if question.id in self.one:
            return np.asarray(self.one[question.id] != NONE)
        if question.id in self.several:
            return np.asarray(self.several[question.id].any(axis=1))
        words = self.words.get(question.id)
        return np.array([bool(word) for word in words]) if words else np.zeros(len(self), dtype=bool)

    def chose(self, question: AskedQuestion, options: Sequence[str]) -> NDArray[np.bool_]:
        """Return who chose any of these options."""
        places = [number for number, option in enumerate(question.options) if option.id in options]
        if question.id in self.several:
            return np.asarray(self.several[question.id][:, places].any(axis=1))
        codes = self.one.get(question.id)
        return np.zeros(len(self), dtype=bool) if codes is None else np.isin(codes, places)


class _Lookup(dict[str, int]):
    """The option that a cell means: each text is looked up once, however often it occurs."""

    def __init__(self, question: AskedQuestion, mapped: Mapped, same_as: Mapping[str, str]) -> None:
        super().__init__()
        self.same_as = same_as
        self.question, self.given = question, mapped.answers.get(question.id, {})
        self.places = {option.id: number for number, option in enumerate(question.options)}
        self.places[NOT_ANSWERED] = NONE
        self.rest = self.places.get(mapped.others.get(question.id, ""), UNKNOWN)
        self.labels = {plain(option.label): number for number, option in enumerate(question.options)}
        self.codes = {code(option.id): number for number, option in enumerate(question.options)}

    def __missing__(self, cell: str) -> int:
        self[cell] = found = self._find(cell)
        return found

    def _find(self, cell: str) -> int:
        if not cell:
            return NONE
        if isinstance(cell, OddCell) or len(cell) > 1_000:
            return self.rest
        words = plain(cell)
        if words in self.given:
            return self.places[self.given[words]]
        if words in self.labels:
            return self.labels[words]
        meant = self.same_as.get(words)
        if meant == "" or meant in self.labels:
            return self.labels.get(meant, NONE)
        if self.question.kind == QuestionKind.NUMBER and (band := self._band(words)) is not None:
            return band
        return self.codes.get(code(cell), self.rest) if code(cell) else self.rest

    def _band(self, words: str) -> int | None:
        digits = words.replace(",", "").replace(" ", "")
        if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
            return None
        number = int(digits)
        for place, option in enumerate(self.question.options):
            top = option.highest if option.highest is not None else number
            if option.lowest is not None and option.lowest <= number <= top:
                return place
        return None


def read_answers(table: ExportTable, columns: Columns, asked: Questionnaire, mapped: Mapped) -> Answers:
    """Return the answers as numbers of options. Cells that fit no option are in `faults`, by row and column alone."""
    skip = columns.shape.header_rows
    answers = Answers(table.numbers[skip:])
    cells = list(table.columns(skip))
    for name, places in by_question(columns).items():
        question = asked.question(name)
        lookup = _Lookup(question, mapped, columns.shape.same_as)
        if question.kind == QuestionKind.TEXT:
            answers.words[name] = cells[places[None]]
        elif question.takes_several:
            answers.several[name] = _several(answers, lookup, places, cells, columns.shape.separators)
        else:
            column = cells[places[None]]
            found = np.fromiter(map(lookup.__getitem__, column), dtype=np.int16, count=len(column))
            answers.faults += _fault(answers, question, places[None], column, found == UNKNOWN)
            answers.one[name] = np.where(found == UNKNOWN, NONE, found).astype(np.int16)
    if columns.number is not None:
        answers.numbers = cells[columns.number]
    if columns.sent is not None:
        answers.unsent = np.array([not cell for cell in cells[columns.sent]])
    return answers


def _several(
    answers: Answers,
    lookup: _Lookup,
    places: Mapping[str | None, int],
    cells: Sequence[Sequence[str]],
    separators: Sequence[str],
) -> NDArray[np.bool_]:
    question = lookup.question
    chosen = np.zeros((len(answers), len(question.options)), dtype=bool)
    by_option = {option: place for option, place in places.items() if option is not None}
    for option, place in by_option.items():
        ticked = {*_TICKED, plain(question.option(option).label), plain(option)}
        marks: dict[str, int] = {}
        for cell in set(cells[place]):
            marks[cell] = 1 if plain(cell) in ticked else 0 if plain(cell) in _UNTICKED else UNKNOWN
        found = np.fromiter(map(marks.__getitem__, cells[place]), dtype=np.int16, count=len(answers))
        answers.faults += _fault(answers, question, place, cells[place], found == UNKNOWN)
        chosen[:, lookup.places[option]] = found == 1
    if not by_option:
        _joined(answers, lookup, cells[places[None]], places[None], separators or (";", ", "), chosen)
    return chosen


def _joined(
    answers: Answers,
    lookup: _Lookup,
    column: Sequence[str],
    place: int,
    separators: Sequence[str],
    chosen: NDArray[np.bool_],
) -> None:
    """Tick the options in the cells of one column."""
    options = lookup.question.options
    labels = [plain(option.label) for option in options] + [plain(option.id) for option in options]
    known: dict[str, tuple[list[int], bool]] = {}
    unknown = np.zeros(len(column), dtype=bool)
    for row, cell in enumerate(column):
        if not cell:
            continue
        if cell not in known:
            known[cell] = ([], True) if isinstance(cell, OddCell) else split(cell, labels, separators)
        numbers, more = known[cell]
        for number in numbers:
            chosen[row, number % len(options)] = True
        if more and lookup.rest >= 0:
            chosen[row, lookup.rest] = True
        unknown[row] = more and lookup.rest == UNKNOWN
    answers.faults += _fault(answers, lookup.question, place, column, unknown)


def _fault(
    answers: Answers, question: AskedQuestion, place: int, column: Sequence[str], unknown: NDArray[np.bool_]
) -> Iterator[str]:
    """Yield the fault of a column, if it has one. The message gives the place, and never the content."""
    where = np.flatnonzero(unknown)
    if not where.size:
        return
    rows = ", ".join(str(answers.rows[int(row)]) for row in where[:3])
    odd = {cell for row in where for cell in [column[int(row)]] if isinstance(cell, OddCell)}
    kinds = f" (some are {' or '.join(sorted(odd))})" if odd else ""
    many = f"{where.size:,} cells hold" if where.size > 1 else "1 cell holds"
    yield (
        f"column {column_name(place)} ({question.id}): {many} what is no option of the question{kinds}, "
        f"in row {rows}{' and more' if where.size > 3 else ''}"
    )
