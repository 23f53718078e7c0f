"""How problems are printed for code hosts and programs: escaped, placed and valid."""

from __future__ import annotations

import json
import re

import pytest
from jsonschema import Draft4Validator
from mistakes import ROOT

from macros.reading.problem import Problem
from macros.reading.problem_formats import FORMATS, help_url

BASE = "https://guide.example/"
SARIF = ROOT / "tests/editor/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
KIND = Problem(
    "data/trusts/luton/2009.yml", 7, 3, "governance.bodies[2].kind", "“bord”", "a word", "did you mean “board”?"
)
AWKWARD = Problem("docs/a,b: 100% ü.md", 1, 2, "", "two\r\nlines of 100%: “::error::”", "x", "y")


@pytest.mark.parametrize("style", FORMATS)
def test_no_problem_prints_nothing_or_an_empty_list(style: str) -> None:
    printed = FORMATS[style]((), BASE)
    if style in {"text", "github"}:
        assert printed == ""
    else:
        assert json.loads(printed) == [] or json.loads(printed)["runs"][0]["results"] == []


def test_a_mark_on_github_is_one_line_whatever_it_holds() -> None:
    marks = FORMATS["github"]((KIND, AWKWARD), BASE).splitlines()
    assert marks == [
        "::error file=data/trusts/luton/2009.yml,line=7,col=3,title=governance.bodies[2].kind::"
        "Found “bord”.%0AExpected a word.%0ADid you mean “board”?",
        "::error file=docs/a%2Cb%3A 100%25 ü.md,line=1,col=2,title=a%2Cb%3A 100%25 ü.md::"
        "Found two%0D%0Alines of 100%25: “::error::”.%0AExpected x.%0AY",
        "2 problems in 2 files.",
    ]


def test_json_has_every_part_of_a_problem_and_where_its_field_is_explained() -> None:
    one, other = json.loads(FORMATS["json"]((KIND, AWKWARD), BASE))
    assert one == {
        "file": "data/trusts/luton/2009.yml", "line": 7, "column": 3, "field": "governance.bodies[2].kind",
        "found": "“bord”", "expected": "a word", "mend": "did you mean “board”?",
        "help": f"{BASE}data/dictionary/#trusts-governance-bodies-kind",
    }  # fmt: skip
    assert other["help"] is None


@pytest.mark.parametrize("problems", [(), (KIND,), (KIND, AWKWARD)], ids=len)
def test_sarif_is_valid_by_its_schema(problems: tuple[Problem, ...]) -> None:
    if not SARIF.is_file():
        pytest.skip("the schema of SARIF is not installed: `make test` installs it")
    log = json.loads(FORMATS["sarif"](problems, BASE))
    validator = Draft4Validator(json.loads(SARIF.read_text(encoding="utf-8")))
    assert [error.message for error in validator.iter_errors(log)] == []
    assert not validator.is_valid({**log, "version": "1.0.0"})


def test_sarif_says_where_and_what() -> None:
    (run,) = json.loads(FORMATS["sarif"]((KIND, AWKWARD), BASE))["runs"]
    first, second = run["results"]
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "data/trusts/luton/2009.yml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 7, "startColumn": 3},
    }
    assert first["message"]["text"] == (
        "governance.bodies[2].kind\nFound “bord”.\nExpected a word.\nDid you mean “board”?"
    )
    assert second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "docs/a%2Cb%3A%20100%25%20%C3%BC.md"
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert (first["ruleId"], second["ruleId"]) == ("data", "pages")
    assert rules == {"data", "pages", "settings"}


@pytest.mark.parametrize(
    ("file", "field", "anchor"),
    [
        ("data/trusts/luton/2009.yml", "life.status", "trusts-life-status"),
        ("data/trusts/luton/2009.yml", "life.statuss", "trusts-life"),
        ("data/trusts/luton/2009.yml", "zz", "trusts"),
        ("data/trusts/luton/2009.yml", "", "trusts"),
        ("data/trusts/luton/2009.yml", "needs.source[2]", "source"),
        ("data/glossary.yml", "[3].see[1]", "glossary-see"),
        ("data/surveys/2009/survey.yml", "questions[1].theme", "surveys-questions-theme"),
        ("data/surveys/2009/answers.csv", "percent", "surveys-answers-percent"),
        ("data/places.csv", "kind", "places-kind"),
        ("data/notes.txt", "", None),
        ("docs/index.md", "", None),
    ],
)
def test_each_field_has_a_place_in_the_dictionary(file: str, field: str, anchor: str | None) -> None:
    found = help_url(Problem(file, 1, 1, field, "", "", ""), BASE)
    assert found == (f"{BASE}data/dictionary/#{anchor}" if anchor else None)
    assert not found or re.fullmatch(r"https://[\w./#-]+", found)
