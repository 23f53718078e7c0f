"""Alterations: what is kept of the drawings of a site is what would be drawn anew, after any edit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from edits import Editor
from mistakes import ROOT

from macros.pages.site import Site
from macros.reading.guide import load
from macros.reading.problem import DataProblems


def everything(site: Site) -> dict[str, object]:
    """Return all that a site draws: the pages, and what each of them used."""
    return {**site.rendered(), "": {one: (note.records, note.statements) for one, note in site.notes().items()}}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_what_is_kept_is_what_would_be_drawn_anew(tmp_path: Path, seed: int) -> None:
    for name in ("data", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("assets"))
    editor = Editor(tmp_path, seed)
    site = Site(load(tmp_path / "data"), tmp_path / "docs")
    everything(site)
    done = kept = 0
    while done < 5:
        what = editor.edit()
        try:
            guide = load(tmp_path / "data")
        except DataProblems:
            editor.take_back()
            continue
        before = site
        site = site.after(guide, before.history)
        kept += len(site._drawn)
        fresh = everything(Site(guide, tmp_path / "docs"))
        drawn = everything(site)
        assert [page for page in fresh if fresh[page] != drawn.get(page)] == [], what
        assert drawn.keys() == fresh.keys()
        done += 1
    assert kept > done * 100  # otherwise this shows nothing


def test_a_document_with_another_date_has_it_in_every_line_of_sources(tmp_path: Path) -> None:
    for name in ("data", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("assets"))
    site = Site(load(tmp_path / "data"), tmp_path / "docs")
    everything(site)
    file = tmp_path / "data/sources.yml"
    head, mark, rest = file.read_text(encoding="utf-8").partition("- id: lgr-stevenage-2026\n")
    file.write_text(head + mark + rest.replace("published: 2026-02-05", "published: 2026-02-04", 1), encoding="utf-8")
    guide = load(tmp_path / "data")
    now = everything(site.after(guide, site.history))
    assert "Stevenage: council reorganisation, 2026</a>, 4 February 2026" in str(now["trusts/hertfordshire.md"])
    fresh = everything(Site(guide, tmp_path / "docs"))
    assert [page for page in fresh if fresh[page] != now[page]] == []
