"""Imports: five tools’ exports give the right counts, and nothing that goes wrong shows an answer."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from exports_made_up import SECRET, TOOLS, Person, Rows, people, plain_counts, to_csv, to_xlsx, with_cell

from macros.editing.survey_tools import columns
from macros.editing.survey_tools.aggregates import MISSING, UNSTATED, count
from macros.editing.survey_tools.answers import Answers, read_answers
from macros.editing.survey_tools.commands import Import, import_answers
from macros.editing.survey_tools.extra import SurveyError
from macros.editing.survey_tools.joined import split
from macros.editing.survey_tools.mapping import Mapped
from macros.editing.survey_tools.table_file import ExportTable, read_table
from macros.editing.survey_tools.usable import Usable, usable
from macros.model.questionnaire import Questionnaire

WAVE = "2027"
ENOUGH = 400
"""Answers that are soon made safe. Of few, nearly all has to be hidden, and finding what takes six times as long."""


def read(path: Path, asked: Questionnaire, mapped: Mapped | None = None) -> tuple[ExportTable, Answers, Usable]:
    table = read_table(path)
    shape = columns.shape_of(table, None)
    found = columns.match(table, shape, asked, mapped or Mapped())
    assert not columns.missing(asked, found), shape.tool
    assert not found.unmatched, list(columns.told(table, found))
    answers = read_answers(table, found, asked, mapped or Mapped())
    return table, answers, usable(answers, asked, table, shape.header_rows)


MADE: dict[int, tuple[list[Person], dict[tuple[str, ...], int], Counter[str]]] = {}
"""Answers by their number, with what plain counting makes of them: made once for all tools."""


@pytest.mark.parametrize("number", [40, 400, 4_000])
@pytest.mark.parametrize("tool", TOOLS)
def test_counts_are_those_of_plain_counting(tool: str, number: int, asked: Questionnaire, tmp_path: Path) -> None:
    if number not in MADE:
        made = people(asked, number, seed=number)
        MADE[number] = (made, *plain_counts(asked, made))
    made, expected, left_out = MADE[number]
    file = tmp_path / "export.csv"
    file.write_bytes(to_csv(TOOLS[tool](asked, made)))
    _, answers, used = read(file, asked)
    assert not answers.faults
    assert {str(reason): n for reason, n in used.left_out.items()} == dict(left_out)
    assert len(answers) == number and used.count == number - sum(left_out.values())
    counted = count(answers, asked, used.mask)
    shown = {tuple(key): n for key, n in counted.items() if n and key.answer != MISSING and key.group != UNSTATED}
    assert shown == dict(expected)


@pytest.mark.parametrize("tool", ["kobo", "kobo labels", "odk", "surveymonkey", "microsoft"])
def test_spreadsheets_of_each_tool_give_the_same_counts(tool: str, asked: Questionnaire, tmp_path: Path) -> None:
    made = people(asked, 200, seed=14)
    rows = TOOLS[tool](asked, made)
    (tmp_path / "a.csv").write_bytes(to_csv(rows))
    (tmp_path / "b.xlsx").write_bytes(to_xlsx(rows, numbers=True))
    (_, one, used), (_, other, used_too) = (read(tmp_path / name, asked) for name in ("a.csv", "b.xlsx"))
    assert count(one, asked, used.mask) == count(other, asked, used_too.mask)
    assert used.left_out == used_too.left_out and used.count > 100


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_and_spreadsheets_say_the_same(encoding: str, asked: Questionnaire, tmp_path: Path) -> None:
    made = people(asked, 60, seed=3)
    for one in made:
        one["comment"] = None
    rows = TOOLS["microsoft"](asked, made)
    (tmp_path / "a.csv").write_bytes(to_csv(rows))
    (tmp_path / "b.csv").write_bytes(to_csv(rows, encoding))
    (tmp_path / "c.xlsx").write_bytes(to_xlsx(rows, numbers=True))
    found = [
        count(answers, asked, used.mask)
        for _, answers, used in (read(tmp_path / n, asked) for n in ("a.csv", "b.csv", "c.xlsx"))
    ]
    assert found[0] == found[1] == found[2]


def test_joined_answers_come_apart_even_where_options_hold_the_separator() -> None:
    chance = random.Random(5)
    labels = ["a", "a, b", "b", "c, a", "c", "a, b, c", "d; e", "e"]
    for _ in range(500):
        chosen = chance.sample(range(len(labels)), chance.randint(1, 4))
        cell = ", ".join(labels[one] for one in chosen)
        found, more = split(cell, labels, (", ",))
        assert not more
        assert ", ".join(labels[one] for one in found) == cell
    assert split("a;Other words;e;", labels, (";",)) == ([0, 7], True)
    assert split("x" * 30_000, labels, (";",)) == ([], True)
    assert split(", ".join(["a"] * 3000) + ", z", labels, (", ",))[1]


def test_the_whole_way_writes_a_release_that_the_guide_can_read(
    project: Path, tmp_path: Path, asked: Questionnaire
) -> None:
    from macros.editing.survey_tools.commands import audit_wave
    from macros.reading.guide import load

    file = tmp_path / "export.csv"
    file.write_bytes(to_csv(TOOLS["kobo"](asked, people(asked, 400, seed=8))))
    before = sorted(project.rglob("*"))
    said = import_answers(project, project / "data", Import(WAVE, file, dry_run=True))
    assert "nothing was written" in said and sorted(project.rglob("*")) == before
    said = import_answers(project, project / "data", Import(WAVE, file, words=tmp_path / "words.csv", invited=900))
    assert len(said.splitlines()) < 20
    guide = load(project / "data")
    release = guide.release(WAVE)
    assert release.responses == 400 and release.hidden_cells > 0
    assert audit_wave(project / "data", WAVE)[0]
    page = project / f"docs/survey/results/{WAVE}.md"
    assert f'survey_results("{WAVE}")' in page.read_text(encoding="utf-8")
    counts = [row.count for row in release.results if row.count is not None]
    assert not [one for one in counts if 0 < one < release.threshold]
    assert (tmp_path / "words.csv").stat().st_mode & 0o077 == 0


def test_no_answer_gets_into_the_project_a_message_or_a_cache(
    project: Path,
    tmp_path: Path,
    asked: Questionnaire,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    from macros import cli

    monkeypatch.chdir(project)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = people(asked, ENOUGH, seed=2)
    for place, one in enumerate(made):
        one["comment"] = f"{SECRET[place % len(SECRET)]} {place}"
    rows = TOOLS["google"](asked, made)
    spoilt = list(with_cell(rows, 7, 5, SECRET[0]))
    for name, content in (("good", rows), ("spoilt", spoilt), ("headless", rows[1:]), ("short", rows[:1])):
        file = tmp_path / f"{name}.csv"
        file.write_bytes(to_csv(content))
        cli.run(["survey", "import", WAVE, str(file)])
        cli.run(["survey", "import", WAVE, str(file), "--tool", "google"])
    told = "".join(capfd.readouterr())
    assert "row 8" in told and "column F" in told
    kept = [path for folder in (project, tmp_path / "cache") for path in folder.rglob("*") if path.is_file()]
    assert any(path.name == f"{WAVE}-1.csv" for path in kept)
    for word in ("Quokka", "HYPERLINK", "Xylophone", "wörd"):
        assert word not in told
        assert not [path for path in kept if word in path.read_bytes().decode("utf-8", "replace")]


def test_raw_answers_inside_the_project_are_refused_unless_git_ignores_them(
    project: Path, asked: Questionnaire
) -> None:
    content = to_csv(TOOLS["google"](asked, people(asked, ENOUGH, seed=1)))
    (project / "export.csv").write_bytes(content)
    with pytest.raises(SurveyError, match="inside the project"):
        import_answers(project, project / "data", Import(WAVE, project / "export.csv", dry_run=True))
    (project / "private").mkdir()
    (project / "private/export.csv").write_bytes(content)
    assert "dry run" in import_answers(
        project, project / "data", Import(WAVE, project / "private/export.csv", dry_run=True)
    )
    with pytest.raises(SurveyError, match="inside the project"):
        asked_for = Import(WAVE, project / "private/export.csv", words=project / "words.csv")
        import_answers(project, project / "data", asked_for)


def test_a_mapping_file_settles_what_does_not_match(project: Path, tmp_path: Path, asked: Questionnaire) -> None:
    rows = TOOLS["google"](asked, people(asked, ENOUGH, seed=4))
    where = rows[0].index(asked.question("payment-terms").wording)
    rows[0][where] = "Q8"
    rows[1][where] = "A1"
    file, mapping = tmp_path / "export.csv", tmp_path / "mapping.yml"
    file.write_bytes(to_csv(rows))
    with pytest.raises(SurveyError, match="“Q8”"):
        import_answers(project, project / "data", Import(WAVE, file, dry_run=True))
    mapping.write_text("columns:\n  Q8: payment-terms\nanswers:\n  payment-terms:\n    A1: later\n", encoding="utf-8")
    assert "dry run" in import_answers(project, project / "data", Import(WAVE, file, mapping=mapping, dry_run=True))
    mapping.write_text("columns:\n  Q8: payment-term\nothers:\n  size: huge\nmore: {}\n", encoding="utf-8")
    with pytest.raises(SurveyError) as refused:
        import_answers(project, project / "data", Import(WAVE, file, mapping=mapping, dry_run=True))
    for words in ("did you mean “payment-terms”?", "has no option “huge”", "the part “more”"):
        assert words in str(refused.value)


def spoilt(rows: Rows, chance: random.Random) -> bytes:
    """Return an export with which something is wrong."""
    rows = [list(row) for row in rows]
    row, column = chance.randrange(1, len(rows)), chance.randrange(1, len(rows[0]))
    ways = [
        lambda: [one.pop(column) for one in rows],
        lambda: rows[0].__setitem__(column, rows[0][column - 1]),
        lambda: rows[row].__setitem__(column, "x" * 32_000),
        lambda: rows[row].__setitem__(column, "🦘=1+1\x07\u202e"),
        lambda: rows[row].__setitem__(column, "=SUM(A1)"),
        lambda: rows.__delitem__(slice(1, None)),
        lambda: rows.__delitem__(0),
        lambda: rows[row].extend(["more"] * 5),
        lambda: rows.clear(),
    ]
    chance.choice(ways)()
    content = (
        to_xlsx(rows)
        if chance.random() < 0.3 and "\x07" not in str(rows) and rows and "\\x07" not in repr(rows)
        else to_csv(rows)
    )
    if chance.random() < 0.3 and content:
        cut = chance.randrange(len(content))
        content = (
            content[:cut]
            if chance.random() < 0.5
            else content[:cut] + bytes([chance.randrange(256)]) + content[cut + 1 :]
        )
    return content


def test_spoilt_exports_end_in_plain_words_without_an_answer(tmp_path: Path, asked: Questionnaire) -> None:
    chance = random.Random(11)
    made = people(asked, 60, seed=6)
    refused = 0
    for turn in range(200):
        name = chance.choice(list(TOOLS))
        file = tmp_path / f"{turn}.csv"
        file.write_bytes(spoilt(TOOLS[name](asked, made), chance))
        try:
            table = read_table(file)
            shape = columns.shape_of(table, None)
            found = columns.match(table, shape, asked, Mapped())
            answers = read_answers(table, found, asked, Mapped())
            usable(answers, asked, table, shape.header_rows)
            told = "\n".join(answers.faults)
        except SurveyError as error:
            told = str(error)
            refused += 1
        assert not [word for word in ("Quokka", "HYPERLINK", "Xylophone", "wörd", "xxxx", "🦘", "SUM") if word in told]
    assert refused > 40


def test_dates_formulas_and_sheets_of_a_spreadsheet_are_told(tmp_path: Path, asked: Questionnaire) -> None:
    import datetime
    import io

    import openpyxl

    rows = TOOLS["microsoft"](asked, people(asked, 40, seed=9))
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    where = rows[0].index(asked.question("size").wording) + 1
    sheet.cell(5, where).value = datetime.datetime(2027, 9, 1)
    sheet.cell(6, where).value = "=1+1"
    content = io.BytesIO()
    book.save(content)
    file = tmp_path / "export.xlsx"
    file.write_bytes(content.getvalue())
    _, answers, _ = read(file, asked)
    (fault,) = [one for one in answers.faults if "(size)" in one]
    assert "a date or a formula" in fault and "row 5, 6" in fault
    file.write_bytes(to_xlsx(rows, sheets=("One", "Two")))
    with pytest.raises(SurveyError, match="“One” or “Two”: say which with --sheet"):
        read_table(file)
    assert len(read_table(file, "Two").rows) == 41


def test_more_answers_come_in_only_when_they_are_not_few(project: Path, tmp_path: Path, asked: Questionnaire) -> None:
    made = people(asked, 300, seed=21)
    file = tmp_path / "export.csv"
    file.write_bytes(to_csv(TOOLS["kobo"](asked, made[:200])))
    import_answers(project, project / "data", Import(WAVE, file))
    file.write_bytes(to_csv(TOOLS["kobo"](asked, made[:204])))
    with pytest.raises(SurveyError, match="those few"):
        import_answers(project, project / "data", Import(WAVE, file))


def test_nothing_is_counted_twice_or_lost(asked: Questionnaire, tmp_path: Path) -> None:
    made = people(asked, 300, seed=12)
    file = tmp_path / "export.csv"
    file.write_bytes(to_csv(TOOLS["limesurvey"](asked, made)))
    _, _, used = read(file, asked)
    assert used.count + sum(used.left_out.values()) == 300
    assert np.asarray(used.mask).sum() == used.count
