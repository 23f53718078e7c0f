"""Templates: what the data say is escaped, and is never taken for a heading of the template's own."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest
from mistakes import ROOT

from macros.model.vocabulary import PlaceKind
from macros.pages.parser_bypass import marked
from macros.reading.guide import Guide
from macros.views.shared import templates


@pytest.mark.parametrize("words", ["# Money", "Money\n## Needs {: onclick=alert(1) }", "###### x"])
@pytest.mark.parametrize(
    "template", ["{{ words }}", "<p>\n{{ words }}\n</p>", "{{ words|inline }}", "{{ words|prose }}"]
)
def test_words_of_the_data_are_no_heading(template: str, words: str) -> None:
    drawn = templates._environment("the report").from_string(template).render(words=words)
    assert not [line for line in drawn.splitlines() if line.startswith("#")]
    assert marked(f"<div>\n{drawn}\n</div>").count("drawn") == 1


def test_links_inside_a_page_stay() -> None:
    assert (
        templates._environment("the report").from_string('<a href="{{ link }}">').render(link="#money")
        == '<a href="#money">'
    )


def own_names(guide: Guide) -> re.Pattern[str]:
    """What is this guide's own: its region, its year, its report, its Trusts and their places."""
    region = guide.region
    own = {
        region.name,
        region.guide,
        str(guide.first_wave.year),
        region.principle_called,
        *(one.name for one in guide.trusts),
    }
    own |= {place.place for place in guide.places if place.kind != PlaceKind.POSTCODE}
    own.add(region.principle_called.partition(" ")[0])
    whole, documents = ("|".join(map(re.escape, names)) for names in (own, guide.documents))
    return re.compile(rf"\b(?:(?:{whole})(?!\w)|(?:{documents})#)")


def test_no_template_names_what_this_guide_is_about(guide: Guide) -> None:
    """Another region, with another report, is shown by the same templates: what is this guide's own is in its data."""
    names = own_names(guide)
    drawn = ("html", "js", "css")
    paths = [path for room in ("theme", "macros") for kind in drawn for path in (ROOT / room).rglob(f"*.{kind}")]
    assert len(paths) > 60
    assert [f"{path.name}: {found[0]}" for path in paths for found in names.finditer(path.read_text("utf-8"))] == []


EXAMPLES = {
    "derived/table_columns.py": 1,
    "editing/change_records.py": 2,
    "editing/new_trust.py": 1,
    "model/dates.py": 4,
    "reading/refusals.py": 1,
}
"""Texts of the program that show by an example how something is written, beside the fields called `examples`."""


def test_no_module_names_what_this_guide_is_about(guide: Guide) -> None:
    names, found = own_names(guide), Counter[str]()
    for path in (ROOT / "macros").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = [node for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)]
        given = [node for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "examples"]
        shown = {id(inner) for outer in (*said, *given) for inner in ast.walk(outer)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in shown and names.search(str(node.value)):
                found[path.relative_to(ROOT / "macros").as_posix()] += 1
    assert found == EXAMPLES


def test_what_the_first_evidence_is_called_is_text_and_no_markup() -> None:
    called = '<b>“x” " ~ {{ 7 * 7 }}</b>'
    drawn = templates.render("proposal.html", called, status="A proposal", evidence_date="2019")
    assert "&lt;b&gt;“x” &#34; ~ {{ 7 * 7 }}&lt;/b&gt; of 2019" in drawn
