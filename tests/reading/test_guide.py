"""The Guide: one frozen object, kept while nothing changes, in which every statement has a source."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest
from mistakes import ROOT, Folder
from pydantic import BaseModel, ValidationError

from macros.model.base import OURS, Sourced
from macros.reading.guide import Guide, load, load_once
from macros.reading.problem import DataProblems, UnknownName


def test_it_holds_everything_of_the_report(guide: Guide) -> None:
    assert len(guide.trusts) == guide.first_wave.trusts == 10
    assert [one.id for one in guide.recommendations] == [f"r{number}" for number in range(1, 8)]
    assert [one.id for one in guide.principles] == ["g1", "g2", "g3", "g4"]
    assert len(guide.point_list("audit-findings").points) == 8
    assert len(guide.point_list("statutory-summary").points) == 8
    assert guide.survey("2009").responses == 93


def test_records_come_in_the_order_of_their_names(guide: Guide) -> None:
    for names in (
        [trust.name for trust in guide.trusts],
        [term.term.lower() for term in guide.glossary],
        [survey.wave for survey in guide.surveys],
    ):
        assert names == sorted(names)


# --- frozen -------------------------------------------------------------------------------------------------------


def test_nothing_can_be_assigned(guide: Guide) -> None:
    trust = guide.trusts[0]
    with pytest.raises(FrozenInstanceError):
        guide.trusts = ()  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        trust.name = "Rutland"
    with pytest.raises(ValidationError, match="frozen"):
        trust.governance.bodies[0].seats = 99
    with pytest.raises(ValidationError, match="frozen"):
        guide.survey("2009").answers = ()
    with pytest.raises(AttributeError):
        guide.statements[0].text = "else"  # type: ignore[misc]


@pytest.mark.parametrize("name", ["documents", "point_lists"])
def test_its_mappings_refuse_new_entries(guide: Guide, name: str) -> None:
    with pytest.raises(TypeError):
        getattr(guide, name)["new"] = None


def values(model: BaseModel) -> list[Any]:
    return [getattr(model, name) for name in type(model).model_fields]


def test_it_holds_no_list_and_no_set_that_could_be_changed(guide: Guide) -> None:
    rest: list[Any] = [
        guide.region, *guide.documents.values(), *guide.trusts, *guide.surveys, *guide.recommendations,
        *guide.principles, *guide.point_lists.values(), *guide.glossary, *guide.places,
    ]  # fmt: skip
    while rest:
        value = rest.pop()
        assert not isinstance(value, list | dict | set | bytearray)
        if isinstance(value, BaseModel):
            rest += values(value)
        elif isinstance(value, tuple):
            rest += value


# --- names --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "name", "meant"),
    [
        ("trust", "lutton", "luton"),
        ("survey", "2008", "2009"),
        ("recommendation", "r77", "r7"),
        ("point_list", "audit-finding", "audit-findings"),
        ("term", "jsnaa", "jsna"),
        ("document", "clear-expectation", "clear-expectations"),
    ],
)
def test_a_name_that_is_not_there_is_refused_with_advice(guide: Guide, ask: str, name: str, meant: str) -> None:
    with pytest.raises(UnknownName, match=f"“{name}”; did you mean “{meant}”"):
        getattr(guide, ask)(name)
    assert getattr(guide, ask)(meant)


def test_places_by_trust(guide: Guide) -> None:
    assert sum(len(guide.places_of(trust.slug)) for trust in guide.trusts) == len(guide.places)
    assert {place.place for place in guide.places_of("luton")} >= {"Luton"}
    assert guide.places_of("rutland") == ()


# --- sources ------------------------------------------------------------------------------------------------------


def test_every_statement_has_a_source_and_an_address_of_its_own(guide: Guide) -> None:
    assert len(guide.statements) > 1000
    for statement in guide.statements:
        assert statement.source, statement.where
        assert statement.text.strip(), statement.where
    addresses = [statement.where for statement in guide.statements]
    assert len(set(addresses)) == len(addresses)


def test_a_source_is_that_of_the_nearest_part_above(data: Folder) -> None:
    data.change(
        "trusts/luton/2009.yml",
        "needs:\n  source: clear-expectations#luton.needs",
        "needs:\n  source: clear-expectations#luton.training",
    )
    luton = load(data.path).trust("luton")
    assert luton.needs.source == ("clear-expectations#luton.training",)
    assert {activity.source for activity in luton.needs.activities} == {("clear-expectations#luton.training",)}
    assert luton.investment.source == ("clear-expectations#luton.investment",)


def test_a_part_with_a_source_of_its_own_keeps_it(guide: Guide) -> None:
    luton = guide.trust("luton")
    assert luton.context.commissioning.source == ("clear-expectations#luton.context",)
    assert luton.context.commissioning.framework.source == ("clear-expectations#luton.next-steps",)
    assert luton.context.commissioning.framework.where == "trusts/luton:context.commissioning.framework"


def test_each_statement_of_a_profile_rests_on_its_own_chapter_or_on_what_is_about_all(guide: Guide) -> None:
    """A slip of the pen, such as Essex's section in Luton's file, shows here."""
    chapters = {trust.slug for trust in guide.trusts}
    for statement in guide.statements:
        kind, _, slug = statement.record.partition("/")
        if kind != "trusts":
            continue
        for reference in statement.source:
            chapter = reference.partition("#")[2].partition(".")[0]
            assert chapter not in chapters - {slug} or (slug, chapter) in SHARED, (statement.where, reference)


SHARED = {
    ("essex", "southend-on-sea"),  # paid for a post together, as Southend's chapter says
    ("essex", "bedfordshire"),  # whose chapter alone spells out “CVS”
    ("hertfordshire", "bedfordshire"),  # the same
}
"""Trusts of which another's chapter states a fact."""


def test_every_section_of_the_report_about_a_trust_is_used(guide: Guide) -> None:
    used = {reference.partition("(")[0] for statement in guide.statements for reference in statement.source}
    report = guide.document("clear-expectations")
    unused = [section.id for section in report.sections if f"{report.id}#{section.id}" not in used]
    assert unused == []


def test_gaps_are_ours_and_facts_of_the_survey_are_not(guide: Guide) -> None:
    for trust in guide.trusts:
        assert trust.gaps
        assert all(gap.source == (OURS,) for gap in trust.gaps)
    ours = [answer.answer for answer in guide.survey("2009").answers if OURS in answer.source]
    assert ours == ["Not stated in the report"]


def test_parts_know_where_they_are(guide: Guide) -> None:
    body = guide.trust("suffolk").governance.bodies[1]
    assert isinstance(body, Sourced)
    assert body.where == "trusts/suffolk:governance.bodies.1"
    assert body.at("seats") == "trusts/suffolk:governance.bodies.1.seats"
    assert guide.trust("suffolk").at("name") == "trusts/suffolk:name"


# --- kept ---------------------------------------------------------------------------------------------------------


def test_it_is_read_again_only_when_a_file_has_changed(data: Folder) -> None:
    first = load_once(data.path)
    assert load_once(data.path) is first
    data.change("trusts/luton/trust.yml", "name: Luton\n", "name: Luton Town\n")
    second = load_once(data.path)
    assert second is not first
    assert (first.trust("luton").name, second.trust("luton").name) == ("Luton", "Luton Town")
    assert load_once(data.path) is second


def test_a_file_more_or_less_is_a_change(data: Folder) -> None:
    first = load_once(data.path)
    (data / "notes").write_text("x", encoding="utf-8")
    with pytest.raises(DataProblems):
        load_once(data.path)
    (data / "notes").unlink()
    assert load_once(data.path).trusts == first.trusts


def test_a_change_that_keeps_the_time_and_the_length_is_a_change(data: Folder) -> None:
    """As `git checkout` or an editor that saves a new file in the place of the old one may do."""
    first = load_once(data.path)
    path = data / "trusts/luton/trust.yml"
    stat = path.stat()
    other = path.with_name("new.tmp")
    other.write_text(path.read_text("utf-8").replace("name: Luton\n", "name: Lutom\n", 1), "utf-8")
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    other.replace(path)
    assert load_once(data.path) is not first


def test_problems_are_told_again_until_they_are_mended(data: Folder) -> None:
    data.change("trusts/luton/trust.yml", "name: Luton\n", "nam: Luton\n")
    for _ in range(2):
        with pytest.raises(DataProblems):
            load_once(data.path)
    data.change("trusts/luton/trust.yml", "nam: Luton\n", "name: Luton\n")
    assert load_once(data.path).trust("luton").name == "Luton"


def test_a_link_that_leads_nowhere_is_a_problem_and_no_crash(data: Folder) -> None:
    (data / "trusts/x.yml").symlink_to("nowhere")
    with pytest.raises(DataProblems, match="a link to another file"):
        load_once(data.path)


def test_the_real_data_are_left_alone() -> None:
    before = {path: path.stat().st_mtime_ns for path in (ROOT / "data").rglob("*") if Path(path).is_file()}
    load(ROOT / "data")
    assert before == {path: path.stat().st_mtime_ns for path in (ROOT / "data").rglob("*") if Path(path).is_file()}


# --- nobody else has a say ----------------------------------------------------------------------------------------


def test_what_is_installed_beside_it_has_no_say_in_what_is_valid(tmp_path: Path) -> None:
    about = tmp_path / "meddler-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: meddler\nVersion: 1\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[pydantic]\nmeddler = meddler:plugin\n", encoding="utf-8")
    (tmp_path / "meddler.py").write_text("print('meddled')\nplugin = None\n", encoding="utf-8")
    for first, said in (("import pydantic", "meddled\n"), ("import macros.model.trust", "")):
        code = f"{first}\nfrom pydantic import create_model\ntry: create_model('One')\nexcept AttributeError: pass"
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}", "PYDANTIC_DISABLE_PLUGINS": ""},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == said
