"""The audit of all that is released, which every change goes through before it can be published."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from exports_made_up import TOOLS, people, plain_counts, to_csv
from mistakes import ROOT

from macros import cli
from macros.editing.survey_tools.commands import Import, import_answers
from macros.model import proportions
from macros.model.questionnaire import Questionnaire

WAVE = "2027"


def show_one_of_two(table: Path, asked: Questionnaire, counts: dict[tuple[str, ...], int]) -> None:
    """Show one of two hidden counts of a group, as an editor might: the other is what is left of the base."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for one in rows:
        row = [other for other in rows if all(other[name] == one[name] for name in ("question", "by", "group"))]
        hidden = [other for other in row if not other["count"].isdigit()]
        count = counts.get((one["question"], one["by"], one["group"], one["answer"]), 0)
        if one["base"].isdigit() and one in hidden and len(hidden) == 2 and count >= asked.disclosure.threshold:
            if asked.question(one["question"]).takes_several:
                continue
            base = int(one["base"])
            one |= {"count": str(count), "percent": str(proportions.percent(count, base)), "low": "0", "high": "100"}
            break
    else:
        raise AssertionError("no two hidden counts stand together")
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=[*rows[0]])
        writer.writeheader()
        writer.writerows(rows)
    release = table.with_suffix(".yml")
    text = release.read_text(encoding="utf-8")
    release.write_text(re.sub(r"(- rule: .*\n  count: )(\d+)", lambda one: f"{one[1]}{int(one[2]) - 1}", text, count=1))


def test_one_number_that_gives_a_hidden_one_away_is_found_without_naming_the_wave(
    project: Path,
    tmp_path: Path,
    asked: Questionnaire,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(project)
    assert cli.run(["survey", "audit"]) == 0
    assert "Nothing is released" in capsys.readouterr().out
    export = tmp_path / "export.csv"
    made = people(asked, 400, seed=8)
    export.write_bytes(to_csv(TOOLS["kobo"](asked, made)))
    import_answers(project, project / "data", Import(WAVE, export))
    assert cli.run(["survey", "audit"]) == 0
    assert f"1 release of {WAVE}: " in capsys.readouterr().out
    show_one_of_two(project / f"data/releases/{WAVE}-1.csv", asked, plain_counts(asked, made)[0])
    assert cli.run(["survey", "audit"]) == 1
    assert f"{WAVE} must not be published like this" in capsys.readouterr().out


def test_every_change_goes_through_it() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\ntest:")[2].partition("\n\n")[0]
    assert "guide survey audit\n" in recipe
    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")
