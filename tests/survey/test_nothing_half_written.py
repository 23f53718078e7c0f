"""An import writes all of its files or none, and takes the place of no file that was there."""

from __future__ import annotations

from pathlib import Path

import pytest
from exports_made_up import SECRET, TOOLS, people, to_csv

from macros.editing.survey_tools import release_files
from macros.editing.survey_tools.commands import Import, import_answers
from macros.editing.survey_tools.extra import SurveyError
from macros.model.questionnaire import Questionnaire

WAVE = "2027"


@pytest.fixture
def export(tmp_path: Path, asked: Questionnaire) -> Path:
    file = tmp_path / "export.csv"
    file.write_bytes(to_csv(TOOLS["kobo"](asked, people(asked, 400, seed=8))))
    return file


def files(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and ".git" not in path.parts}


def test_comments_that_cannot_be_written_are_told_before_anything_is_read(
    project: Path, tmp_path: Path, export: Path
) -> None:
    before = files(project)
    for words, said in ((tmp_path / "none/words.csv", "a folder that exists"), (tmp_path, "is there already")):
        with pytest.raises(SurveyError, match=said):
            import_answers(project, project / "data", Import(WAVE, tmp_path / "not read.csv", words=words))
    raw = export.read_bytes()
    with pytest.raises(SurveyError, match="nothing is written over"):  # or the answers themselves would be lost
        import_answers(project, project / "data", Import(WAVE, export, words=export))
    assert export.read_bytes() == raw and files(project) == before


def test_where_one_file_cannot_be_written_none_is(
    project: Path, tmp_path: Path, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, words = files(project), tmp_path / "words.csv"
    (project / "docs/survey").mkdir(parents=True)
    (project / "docs/survey/results").write_text("a file where a folder is to be")
    with pytest.raises(OSError):
        import_answers(project, project / "data", Import(WAVE, export, words=words))
    (project / "docs/survey/results").unlink()
    assert files(project) == before and not words.exists()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(release_files.project_files.Writer, "replace_all", full)
    with pytest.raises(OSError, match="No space"):
        import_answers(project, project / "data", Import(WAVE, export, words=words))
    assert files(project) == before and not words.exists()


def test_a_new_page_is_put_on_the_list_of_addresses(project: Path, export: Path) -> None:
    """So that nobody has to know that there is one."""
    (project / "addresses.txt").write_text("/\nsurvey/\n", encoding="utf-8")
    said = import_answers(project, project / "data", Import(WAVE, export))
    assert f"\nsurvey/results/{WAVE}/\n" in (project / "addresses.txt").read_text(encoding="utf-8")
    for name in (f"data/releases/{WAVE}-1.yml", f"data/releases/{WAVE}-1.csv", f"docs/survey/results/{WAVE}.md"):
        assert (project / name).is_file() and name in said


def test_a_mapping_file_in_the_project_is_refused_as_it_quotes_answers(project: Path, export: Path) -> None:
    mapping = project / "mapping.yml"
    mapping.write_text("answers:\n  service:\n    Our small club in Luton: something-else\n", encoding="utf-8")
    with pytest.raises(SurveyError, match=r"mapping\.yml is inside the project") as refused:
        import_answers(project, project / "data", Import(WAVE, export, mapping=mapping, dry_run=True))
    assert "club" not in str(refused.value)


@pytest.mark.parametrize("more", [[], ["--traceback"]])
def test_a_failure_of_the_program_itself_quotes_no_answer(
    project: Path, export: Path, more: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    import traceback

    from macros import cli
    from macros.editing.survey_tools import usable

    def fails(*_: object) -> None:
        raise ValueError(f"could not convert “{SECRET[0]}”")

    monkeypatch.setattr(usable, "usable", fails)
    monkeypatch.chdir(project)
    try:
        assert cli.run(["survey", "import", WAVE, str(export), *more]) == 70
    except Exception:  # what a programmer asked to see
        assert more
        traceback.print_exc()
    told = "".join(capfd.readouterr())
    assert "Quokka" not in told
    assert ("ValueError" in told and "import_answers" in told) if more else "commands.py, line" in told
