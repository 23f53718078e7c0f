"""The questionnaire in its three forms, the page of a released wave, and two waves compared by rule."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from exports_made_up import TOOLS, agreed, people, to_csv
from mistakes import ROOT

from macros.editing.survey_tools import disclosure, text_form, xlsform
from macros.editing.survey_tools.commands import Import, form, import_answers, new_wave
from macros.editing.survey_tools.extra import SurveyError
from macros.editing.survey_tools.print_form import to_html
from macros.model import proportions
from macros.model.questionnaire import Questionnaire, QuestionnaireStatus
from macros.model.release import Hiding
from macros.pages.site import Site
from macros.reading.guide import Guide, load
from macros.reading.problem import DataProblems


def test_each_form_asks_every_question_with_every_option(asked: Questionnaire) -> None:
    xlsform.to_xlsx(asked)  # pyxform is content
    text, page = text_form.to_text(asked), to_html(asked)
    squeezed = " ".join(text.split())
    for one in asked.questions:
        assert " ".join(one.wording.split()) in squeezed
        assert one.wording.replace("’", "’") in page
        if one.kind != "number":
            assert all(option.label in text and option.label in page for option in one.options)


def sheet(asked: Questionnaire) -> list[dict[str, str]]:
    """Return the rows of the sheet “survey” of an XLSForm."""
    book = openpyxl.load_workbook(io.BytesIO(xlsform.to_xlsx(asked)))
    head, *rows = book["survey"].iter_rows(values_only=True)
    return [{str(name): str(cell or "") for name, cell in zip(head, row, strict=True)} for row in rows]


def test_each_form_says_who_asks_and_whom_to_ask(asked: Questionnaire) -> None:
    """It promises what respondents can ask for, so it must say of whom."""
    assert asked.closes
    notes = " ".join(row["label"] for row in sheet(asked) if row["type"] == "note")
    for shown in (notes, text_form.to_text(asked), to_html(asked)):
        for fact in (asked.organiser, asked.contact, f"about {asked.minutes} minutes", asked.closes.text):
            assert fact in shown


def test_those_whom_the_survey_is_not_for_are_asked_no_more(asked: Questionnaire) -> None:
    assert asked.scope
    outside = "not(selected(${experience}, 'no-we-have-not'))"
    group, asked_of = "", {}
    for row in sheet(asked):
        group = row["relevant"] if row["type"] == "begin_group" else group
        asked_of[row["name"]] = " and ".join(filter(None, (group, row["relevant"])))
    for one in asked.questions:
        assert (outside in asked_of[one.id]) == (one != asked.scope), one.id
    assert asked_of["payment-terms"].count("selected(${payment-in-advance}") == 2
    for shown in (" ".join(text_form.to_text(asked).split()), to_html(asked)):
        assert shown.count("If you choose “No”, please stop here") == 1


def test_the_sample_is_a_proposal_and_repeats_2009_as_far_as_that_goes(guide: Guide) -> None:
    sample = guide.questionnaire("next")
    assert sample.status == QuestionnaireStatus.PROPOSAL and "proposal" in sample.about
    repeated = {one.repeats.question for one in sample.questions if one.repeats}
    assert repeated == {one.id for one in guide.survey("2009").questions}
    assert not guide.releases  # nothing that was made up is in the data


def test_a_form_of_a_proposal_is_said_to_be_one(project: Path, tmp_path: Path) -> None:
    """Somebody who sends it out would send “(write the date)”."""
    for wave, is_proposal in (("next", True), ("2027", False)):
        said = form(project / "data", wave, "text", tmp_path / f"{wave}.txt")
        assert f"{wave}.txt" in said and ("write what stands in brackets" in said) == is_proposal


def test_a_proposal_cannot_be_imported(project: Path, tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_text("Timestamp\n", encoding="utf-8")
    with pytest.raises(SurveyError, match="is a proposal"):
        import_answers(project, project / "data", Import("next", tmp_path / "export.csv"))


def test_an_agreed_questionnaire_leaves_nothing_to_be_written(project: Path) -> None:
    """Respondents would read it, and a release would name nobody as the one who released it."""
    made = new_wave(project / "data", "2030")
    load(project / "data")  # while it is a proposal, all may be left open
    text = made.read_text(encoding="utf-8")
    assert "is a proposal of this guide" not in text
    made.write_text(text.replace("status: proposal", "status: agreed"), encoding="utf-8")
    with pytest.raises(DataProblems) as refused:
        load(project / "data")
    told = [line for line in str(refused.value).splitlines() if "2030.yml" in line]
    for field in ("organiser", "contact", "about", "privacy[2].what", "privacy[3].what", "invitation.body"):
        assert [line for line in told if f": {field}: found “(" in line and "rite" in line], field
    (dates,) = [line for line in told if ": status: " in line]
    assert "add “opens:” and add “closes:”" in dates
    made.write_text(agreed(text), encoding="utf-8")
    load(project / "data")


def test_intervals_are_those_of_the_literature() -> None:
    # Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29, by Wilson's method without correction.
    for count, base, low, high in (
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
    ):
        assert tuple(Decimal(f"{end:.4f}") for end in proportions.wilson(count, base)) == (Decimal(low), Decimal(high))
    assert proportions.differs((60, 100), (40, 100)) == 1
    assert proportions.differs((40, 100), (60, 100)) == -1
    assert proportions.differs((55, 100), (50, 100)) == 0


def test_a_released_wave_has_its_page_and_two_waves_are_compared_by_rule(
    project: Path, tmp_path: Path, asked: Questionnaire
) -> None:
    file = tmp_path / "export.csv"
    text = (project / "data/questionnaires/2027.yml").read_text(encoding="utf-8")
    again = text.replace('wave: "2009"', 'wave: "2027"').replace("2027-03", "2029-03")
    again = re.sub(r"(wording|options): (not known|changed)", r"\1: the same", again)
    (project / "data/questionnaires/2029.yml").write_text(again, encoding="utf-8")
    for wave, seed in (("2027", 5), ("2029", 6)):
        file.write_bytes(to_csv(TOOLS["google"](asked, people(asked, 300, seed))))
        import_answers(project, project / "data", Import(wave, file, invited=900))
    guide = load(project / "data")
    docs = tmp_path / "docs"
    for wave in ("2027", "2029"):
        (docs / "survey").mkdir(parents=True, exist_ok=True)
        page = f'---\ntitle: Survey of {wave}\ndescription: Results.\n---\n\n{{{{ survey_results("{wave}") }}}}\n'
        (docs / f"survey/{wave}.md").write_text(page, encoding="utf-8")
    drawn = Site(guide, docs).rendered()
    first, second = drawn["survey/2027.md"], drawn["survey/2029.md"]
    assert first.index("Who did not answer") < first.index("Who answered")
    release = guide.release("2027")
    assert f"Released on {release.released_on.text} by {release.released_by}." in first
    assert (
        "Cannot be compared with 2009" in first
        and "Base not given: the report does not say how many answered." in first
    )
    assert re.search(r"\d+% of \d+, between \d+% and \d+%", second)
    assert re.search(r"in 2027; .* in 2029\. (Higher|Lower|No clear difference)\.", second)
    assert re.search(r"[1-9]\d* comparisons are made on this page", second)
    assert "Too few to show" in first


def test_a_release_and_its_page_say_what_was_not_tried(
    project: Path, tmp_path: Path, asked: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disclosure, "PATIENCE", -1.0)
    file = tmp_path / "export.csv"
    file.write_bytes(to_csv(TOOLS["google"](asked, people(asked, 400, 5))))
    said = import_answers(project, project / "data", Import("2027", file))
    guide, docs = load(project / "data"), project / "docs"
    release = guide.release("2027")
    protecting = next(cells.count for cells in release.hidden if cells.rule == Hiding.PROTECTS)
    assert 0 < release.untried <= protecting
    assert f"\nuntried: {release.untried}\n" in (project / "data/releases/2027-1.yml").read_text(encoding="utf-8")
    assert f"perhaps too much   {release.untried} cells" in said
    page = Site(guide, docs).rendered()["survey/results/2027.md"]
    assert f"For {release.untried} of these numbers there was no time to try whether they could be shown." in page


def test_the_site_needs_none_of_the_libraries_of_a_survey() -> None:
    import subprocess
    import sys

    code = "import sys; import macros.pages.site, macros.cli, macros.views.catalogue; "
    code += "import macros.editing.survey_tools.commands; "
    code += "print([n for n in ('scipy', 'openpyxl', 'pyxform', 'python_calamine') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
