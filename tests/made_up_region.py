"""A guide to a region that is not there: what “guide new guide” lays down, with three Trusts and two waves in it."""

from __future__ import annotations

import shutil
from pathlib import Path

from mistakes import ROOT

from macros.editing.new_guide import NewGuide, new_guide
from macros.pages.project import Project
from macros.reading.guide import Guide

OVERLAY = Path(__file__).parent / "made_up_region"
NAMED = NewGuide("Common Ground", "Westmarch")


def begin(folder: Path, guide: Guide) -> Path:
    """Make a new guide, empty as it begins."""
    new_guide(folder, NAMED, guide, Project(ROOT))
    return folder


def make(folder: Path, guide: Guide) -> Path:
    """Make a guide with everything that the made-up region has."""
    begin(folder, guide)
    shutil.rmtree(folder / "data/waves")  # the evidence is older than the guide
    shutil.copytree(OVERLAY, folder, dirs_exist_ok=True)
    return folder
