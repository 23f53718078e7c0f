"""A site with a survey that was asked again: made up, weighted, and compared with one before it; built once."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from exports_made_up import TOOLS, agreed, people, to_csv, weighted
from mistakes import ROOT
from once import made_once

from macros.editing.survey_tools import disclosure
from macros.editing.survey_tools.commands import Import, form, import_answers
from macros.pages.project import Project
from macros.publish.build import build
from macros.reading.guide import load

BEFORE, WAVE = "2026", "2027"
PAPER = "questionnaire.html"


def build_once(folders: pytest.TempPathFactory) -> Path:
    """Return the folder of the built site. The first process to ask builds it; the others wait and share it."""
    return made_once(folders, "site-asked-again", _build)


def _build(target: Path) -> None:
    root = target.with_name(f"{target.name}-project")
    shutil.rmtree(root, ignore_errors=True)
    for name in ("data", "docs", "macros", "theme"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    first = agreed((root / "data/questionnaires/next.yml").read_text(encoding="utf-8"))
    again = re.sub(r"(wording|options): (not known|changed)", r"\1: the same", first)
    again = weighted(again.replace('wave: "2009"', f'wave: "{BEFORE}"'))
    for wave, text in ((BEFORE, first.replace("2027-", "2026-")), (WAVE, again)):
        (root / f"data/questionnaires/{wave}.yml").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disclosure, "PATIENCE", 600.0)  # so that a busy machine hides no more than a quiet one
        for seed, wave in enumerate((BEFORE, WAVE)):
            file = root.with_name("export.csv")
            asked = load(root / "data").questionnaire(wave)
            file.write_bytes(to_csv(TOOLS["kobo"](asked, people(asked, 1_000, seed))))
            import_answers(root, root / "data", Import(wave, file, invited=2_400))
    build(Project(root), target, "mkdocs")
    form(root / "data", WAVE, "print", target / PAPER)
