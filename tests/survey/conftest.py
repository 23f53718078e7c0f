"""What tests of surveys share: a project with a wave that was agreed on, made up for the tests and in no data."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from exports_made_up import agreed
from mistakes import ROOT

from macros.editing.survey_tools import disclosure
from macros.model.questionnaire import Questionnaire
from macros.reading.guide import load

WAVE = "2027"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project’s data with a made-up wave, under git."""
    root = tmp_path / "project"
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    sample = (root / "data/questionnaires/next.yml").read_text(encoding="utf-8")
    (root / f"data/questionnaires/{WAVE}.yml").write_text(agreed(sample), encoding="utf-8")
    (root / ".gitignore").write_text("/private/\n", encoding="utf-8")
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    return root


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    """The questionnaire of that wave."""
    data = tmp_path_factory.mktemp("asked") / "data"
    shutil.copytree(ROOT / "data", data)
    sample = (data / "questionnaires/next.yml").read_text(encoding="utf-8")
    (data / f"questionnaires/{WAVE}.yml").write_text(agreed(sample), encoding="utf-8")
    return load(data).questionnaire(WAVE)


@pytest.fixture(autouse=True)
def _little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spend little time on showing again what need not be hidden: what tests look at does not hang on it."""
    monkeypatch.setattr(disclosure, "PATIENCE", 2.0)
