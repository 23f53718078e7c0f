"""Alterations: what is kept of the drawings of a site is what would be drawn anew, after any edit."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from edits import Editor
from mistakes import ROOT

from macros.pages.site import Site
from macros.reading.guide import Guide, load
from macros.reading.problem import DataProblems
from macros.views.shared import templates


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


@pytest.fixture
def templates_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    shutil.copytree(templates.TEMPLATES, tmp_path / "templates")
    monkeypatch.setattr(templates, "TEMPLATES", tmp_path / "templates")
    templates.read_anew()
    yield tmp_path / "templates"
    monkeypatch.undo()
    templates.read_anew()


@pytest.mark.parametrize(
    ("template", "uses"),
    [
        ("glossary.html", {"glossary"}),
        ("trust_items.html", {"trust_finder"}),  # included
        ("framework_parts.html", {"common_documents", "framework_across", "framework_adopt", "framework_stages"}),
        ("source_mark.html", set()),  # put around what is drawn
    ],
)
def test_what_an_edited_template_draws_is_drawn_anew_and_nothing_else(
    guide: Guide, templates_of_its_own: Path, template: str, uses: set[str]
) -> None:
    site = Site(guide, ROOT / "docs")
    before = everything(site)
    file = templates_of_its_own / template
    file.write_text(file.read_text(encoding="utf-8").replace("</", "<span></span></", 1), encoding="utf-8")
    now = site.after(guide, site.history)
    assert {call.name for _, call in site._drawn.keys() - now._drawn.keys() - now._to_ask.keys()} == uses
    drawn = everything(now)
    templates.read_anew()
    assert drawn == everything(Site(guide, ROOT / "docs")) != before
