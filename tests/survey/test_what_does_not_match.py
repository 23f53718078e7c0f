"""Headings and cells that fit no question: a volunteer is told what to do, and the first row is not always headings."""

from __future__ import annotations

from pathlib import Path

import pytest
from exports_made_up import SECRET, TOOLS, people, to_csv

from macros.editing.survey_tools import columns
from macros.editing.survey_tools.answers import NONE, read_answers
from macros.editing.survey_tools.commands import Import, import_answers
from macros.editing.survey_tools.extra import SurveyError
from macros.editing.survey_tools.mapping import Mapped, read_mapping
from macros.editing.survey_tools.table_file import read_table
from macros.model.questionnaire import Questionnaire

WAVE = "2027"


def refused(project: Path, file: Path, **more: Path) -> str:
    with pytest.raises(SurveyError) as error:
        import_answers(project, project / "data", Import(WAVE, file, dry_run=True, **more))
    return str(error.value)


def test_a_mapping_file_to_begin_with_is_told_and_settles_it(
    project: Path, tmp_path: Path, asked: Questionnaire
) -> None:
    rows = TOOLS["google"](asked, people(asked, 40, seed=4))
    where = rows[0].index(asked.question("payers").wording)
    rows[0][where] = 'Who “pays” "you": really?'
    rows = [[*row, "Ann"] for row in rows]
    rows[0][-1] = "Your name"
    file, mapping = tmp_path / "export.csv", tmp_path / "mapping.yml"
    file.write_bytes(to_csv(rows))
    told = refused(project, file)
    assert ": did you mean payers?" in told and "“Your name”\n" in told and "Ann" not in told
    mapping.write_text("columns:" + told.partition("\ncolumns:")[2], encoding="utf-8")
    table = read_table(file)
    found = columns.match(table, columns.shape_of(table, None), asked, read_mapping(mapping, asked))
    assert not found.unmatched and not columns.missing(asked, found)
    assert found.targets["payers", None] == where


def test_a_question_that_was_not_asked_comes_out_of_the_questionnaire(
    project: Path, tmp_path: Path, asked: Questionnaire
) -> None:
    rows = TOOLS["google"](asked, people(asked, 40, seed=4))
    where = rows[0].index(asked.question("full-cost").wording)
    file = tmp_path / "export.csv"
    file.write_bytes(to_csv([[*row[:where], *row[where + 1 :]] for row in rows]))
    told = refused(project, file)
    assert "full-cost: if it was not asked, take it out of data/questionnaires/2027.yml" in told
    assert "mapping" not in told  # it would settle nothing


def test_a_first_row_that_may_be_answers_is_not_told(project: Path, tmp_path: Path, asked: Questionnaire) -> None:
    """A row of answers has headings by chance, such as an answer that is also a question’s title."""
    made = people(asked, 40, seed=4)
    for one in made:
        one["comment"] = SECRET[0]
    file = tmp_path / "export.csv"
    rows = TOOLS["google"](asked, made)[1:]
    rows[0][:3] = ["Timestamp", "Size", rows[0][2]]
    file.write_bytes(to_csv(rows))
    told = refused(project, file)
    assert "column Q" in told and "no column for the question area" in told
    for word in ("Quokka", *(cell for cell in rows[0][2:] if len(cell) > 3)):
        assert word not in told


def test_yes_and_no_of_limesurvey_are_those_words_and_what_was_not_asked_is_no_answer(
    tmp_path: Path, asked: Questionnaire
) -> None:
    rows = TOOLS["limesurvey"](asked, people(asked, 6, seed=4))
    name = next(place for place, head in enumerate(rows[0]) if head.startswith("trainingtakeup"))
    for row, cell in zip(rows[1:], ("Y", "N", "N/A", "", "No", "…?"), strict=True):
        row[name] = cell
    file = tmp_path / "export.csv"
    file.write_bytes(to_csv(rows))
    table = read_table(file)
    found = columns.match(table, columns.shape_of(table, None), asked, Mapped())
    answers = read_answers(table, found, asked, Mapped())
    assert answers.one["training-take-up"].tolist() == [0, 1, NONE, NONE, 1, NONE]
    (fault,) = [one for one in answers.faults if "(training-take-up)" in one]
    assert "1 cell holds" in fault and "row 7" in fault
