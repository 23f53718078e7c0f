"""Whatever tells things apart is used once: each field that the models mark so, and no field that they forget."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import test_wave_rules as wave_rules
from mistakes import Folder
from pydantic import BaseModel

from macros.model.base import Names, Unique
from macros.model.holdings import HOLDINGS, ROW_TYPES
from macros.model.questionnaire import AskedQuestion, FormSection, Option, Repeats, Route, Share, Weights
from macros.model.release import Release, Result
from macros.model.report import Point
from macros.model.survey import Answer
from macros.model.trust import Body, Plan, Sum
from macros.schema.fields import model_at

IDS = {"id", "slug", "number", "wave", "page", "address", "tile"}
"""Names of fields that tell things apart, in any model."""
OTHERWISE = {
    (Point, "number"): "has to be its place in the list (points_are_numbered)",
    (Answer, "question"): "names a question (survey_fits_together)",
    **dict.fromkeys(
        [(AskedQuestion, "id"), (FormSection, "id"), (Option, "id")],
        "told by questionnaires_fit_together, which knows that form tools drop hyphens",
    ),
    **dict.fromkeys(
        [
            *((AskedQuestion, "section"), (Repeats, "wave"), (Repeats, "question"), (Route, "question")),
            *((Weights, "question"), (Share, "option")),
        ],
        "names another (questionnaires_fit_together)",
    ),
    **dict.fromkeys(
        [(Result, name) for name in ("question", "by", "group", "answer")], "told together (releases_fit_together)"
    ),
    **dict.fromkeys(
        [(Plan, "id"), (Sum, "id"), (Body, "id")], "told with ids made of words (what_lasts_has_an_id_of_its_own)"
    ),
    (Release, "wave"): "names a questionnaire (releases_fit_together)",
    (Release, "number"): "is worked out of the name of its file",
}
NOT_IDS = {
    ("Hub", "number"),
    ("Section", "page"),
    ("Theme", "page"),
    ("Document", "address"),
    ("Region", "principle_folder"),
}
"""A label, a page of the printed report, a page on which several themes stand, where a document is, and a folder."""


def models() -> Iterator[type[BaseModel]]:
    found: dict[type[BaseModel], None] = {}
    left: list[type[BaseModel]] = [*(holding.model for holding in HOLDINGS), *ROW_TYPES.values()]
    while left:
        model = left.pop()
        if model not in found:
            found[model] = None
            left += [inner for name in model.model_fields if (inner := model_at(model, (name,)))]
    yield from found


def test_no_field_that_tells_things_apart_is_forgotten() -> None:
    from_files = {(holding.model, holding.id_field) for holding in HOLDINGS if holding.is_a_file_each}
    for model in models():
        for name, info in model.model_fields.items():
            is_slug = info.annotation is str and any("[a-z0-9]" in str(one) for one in info.metadata)
            names_another = any(isinstance(one, Names) for one in info.metadata)
            if (name in IDS or (is_slug and not names_another)) and (model.__name__, name) not in NOT_IDS:
                marked = any(isinstance(one, Unique) for one in info.metadata)
                assert marked or (model, name) in from_files or (model, name) in OTHERWISE, (model, name)


CASES: dict[str, tuple[str, str, str]] = {
    "Area.code": ("areas.csv", r"(?m)^(Luton,unitary,.*\n)", r"\1\1"),
    "CommonDocument.id": ("framework.yml", "  - id: tender-pack\n", "  - id: forward-plan\n"),
    "FrameworkStage.stage": ("framework.yml", r"(  - stage: |    stage: )strategy\n", r"\1needs\n"),
    "Section.id": ("sources.yml", "    - id: luton.needs\n", "    - id: luton.governance\n"),
    "Document.id": ("sources.yml", r"(?s)\Z", "- id: clear-expectations\n  title: A\n"),
    "FigureNote.figure": ("region.yml", "figure: trusts-interviewed\n", "figure: trusts-contributing\n"),
    "FoundPage.page": ("search.yml", "  - page: editors/\n", "  - page: about/contact/\n"),
    "Theme.id": ("surveys/2009/survey.yml", "    id: payment\n", "    id: stability\n"),
    "Question.id": ("surveys/2009/survey.yml", "    id: income-change\n", "    id: evaluation-data\n"),
    "Answer.answer": ("surveys/2009/answers.csv", r"(?m)^(evaluation-data,.*\n)", r"\1\1"),
    "Place.place": ("places.csv", r"(?m)^(Ely,city,.*\n)", r"\1\1"),
    "Trust.name": ("trusts/luton/trust.yml", "\nname: Luton\n", "\nname: Essex\n"),
    "Trust.tile": ("trusts/luton/trust.yml", "  column: 0\n  row: 2\n", "  column: 0\n  row: 1\n"),
    "Term.term": (
        "glossary.yml",
        r"(?s)\Z",
        "- id: zz\n  term: adcs\n  meaning: A.\n  meaning_from: ours\n  source: ours\n",
    ),
    "Term.id": ("glossary.yml", r"(?s)\Z", "- id: adcs\n  term: ZZ\n  meaning: A.\n  meaning_from: ours\n"),
    "Recommendation.id": ("recommendations.yml", "  id: r2\n", "  id: r1\n"),
    "Principle.id": ("principles.yml", "  id: g2\n", "  id: g1\n"),
    "LaterFact.id": ("since/luton.yml", "  - id: luton-icb\n", "  - id: luton-lead\n"),
    "OpenQuestion.id": ("since/luton.yml", "  - id: luton-support-now\n", "  - id: luton-lgr\n"),
    "Hub.id": ("stages.yml", "id: strategy\n", "id: needs\n"),
    "MovedAddress.address": (
        "moved.yml",
        r"\[\]\n",
        "- address: a/\n  why: A.\n  on: 2026-11-22\n- address: a/\n  why: A.\n  on: 2026-11-22\n",
    ),
}
"""For each marked field: a file, what to replace in it (a pattern), and by what."""
TOLD_ELSEWHERE = {"Wave.date": wave_rules.test_two_waves_of_one_date_are_an_error}


def test_every_marked_field_has_its_case() -> None:
    marked = {
        f"{model.__name__}.{name}"
        for model in models()
        for name, info in model.model_fields.items()
        if any(isinstance(one, Unique) for one in info.metadata)
    }
    assert marked == {*CASES, *TOLD_ELSEWHERE}


@pytest.mark.parametrize("field", CASES)
def test_the_same_a_second_time_is_told_with_both_places(data: Folder, field: str) -> None:
    file, old, new = CASES[field]
    text = (data / file).read_text("utf-8")
    changed = re.sub(old, new, text, count=1)
    assert changed != text, f"{file} no longer holds {old!r}: give this case another text to change"
    (data / file).write_text(changed, "utf-8")
    told = [line for line in data.problems() if " a second time" in line]
    assert len(told) == 1
    place, first = (
        re.match(r"(data/\S+?):(\d+):", told[0]),
        re.search(r"the first is (?:in (\S+), |on )line (\d+)", told[0]),
    )
    assert place and first
    assert (place[1], int(place[2])) > (first[1] or place[1], int(first[2]))
    assert "change one of them" in told[0]


def test_sections_that_come_to_the_same_anchor_are_told(data: Folder) -> None:
    data.change(
        "sources.yml",
        "    - id: luton.governance\n",
        "    - id: luton-needs\n      title: A\n    - id: luton.governance\n",
    )
    (line,) = data.problems()
    assert "“luton.needs” a second time, which comes to the same as “luton-needs”" in line


def test_a_section_and_a_document_are_anchors_of_one_page(data: Folder) -> None:
    data.change(
        "sources.yml", "    - id: luton.governance\n", "    - id: cited\n      title: A\n    - id: luton.governance\n"
    )
    (line,) = data.problems()
    assert "the section “cited”, a name that the guide uses itself" in line
