"""Two mistakes in one record are both told: what is wrong with one part hides nothing that is wrong with another."""

from __future__ import annotations

import pytest
import test_rules
from mistakes import BASELINE, Folder, Mistake

from macros.model.holdings import of_file

LUTON, NA_1, NOT_KNOWN = "trusts/luton/2009.yml", "standards/na-1.yml", "a_field_that_nobody_knows"
LUTON_AREA = "trusts/luton/trust.yml"
CROSSED = [case.values[0] for cases in test_rules.CASES.values() for case in cases]  # type: ignore[attr-defined]


def add_to_record(data: Folder, file: str, line: int, field: str) -> int:
    """Write a field at the end of the record that `line` of a file is in; returns its line."""
    lines = (data / file).read_text("utf-8").rstrip("\n").split("\n")
    end, indent = len(lines), ""
    if of_file(file, BASELINE).shape == "list":  # type: ignore[union-attr]
        indent = "  "
        end = next((number for number in range(line, len(lines)) if lines[number].startswith("- ")), end)
        while not lines[end - 1].strip():
            end -= 1
    lines.insert(end, f"{indent}{field}")
    (data / file).write_text("\n".join([*lines, ""]), "utf-8")
    return end + 1


def with_line(told: list[str], file: str, line: int) -> tuple[list[str], list[str]]:
    """Part what is told of one line from the rest."""
    here = [one for one in told if one.startswith(f"data/{file}:{line}:")]
    return here, [one for one in told if one not in here]


@pytest.mark.parametrize("mistake", CROSSED, ids=lambda mistake: mistake.name)
def test_beside_a_field_that_is_not_known(data: Folder, mistake: Mistake) -> None:
    expected = data.make(mistake)
    if mistake.file.endswith(".csv"):
        last = ",ours,,,\n" if mistake.file == "places.csv" else ",ours\n"
        cells = 9 if mistake.file == "places.csv" else 6
        data.change(mistake.file, last, f"{last}{',' * (cells - 1)}\n")  # its rows have no names: another row is wrong
        assert len(data.problems()) == len(expected) + 1
        return
    line = add_to_record(data, mistake.file, int(expected[-1].split(":")[1]), f"{NOT_KNOWN}: 1")
    here, rest = with_line(data.problems(), mistake.file, line)
    assert len(here) == 1 and f"found the field “{NOT_KNOWN}”" in here[0]
    assert rest == expected


MISSING = {
    "trusts": "partnership",
    "standards": "title",
    "practices": "title",
    "report": "title",
    "recommendations.yml": "title",
    "principles.yml": "name",
    "surveys": "title",
    "framework.yml": "title",
    "glossary.yml": "term",
    "stages.yml": "title",
}


@pytest.mark.parametrize(
    "mistake",
    [
        one
        for one in CROSSED
        if one.file.endswith(".yml") and one.file.partition("/")[0] in MISSING and one.name != "term twice"
    ],
    ids=lambda mistake: mistake.name,
)
def test_in_a_record_that_lacks_something(data: Folder, mistake: Mistake) -> None:
    expected = data.make(mistake)
    name = MISSING[mistake.file.partition("/")[0]]
    file = mistake.file.replace(f"/{BASELINE}.yml", "/trust.yml") if name == "partnership" else mistake.file
    lines = (data / file).read_text("utf-8").split("\n")
    last = int(expected[-1].split(":")[1]) - 1 if file == mistake.file else 0
    shape = of_file(mistake.file, BASELINE).shape  # type: ignore[union-attr]
    begin = max(n for n in range(last + 1) if lines[n].startswith("- ")) if shape == "list" else 0
    at = next(n for n in range(begin, len(lines)) if lines[n].removeprefix("- ").strip().startswith(f"{name}: "))
    lines[at] = lines[at].partition(": ")[0] + ": 12"  # no text: a number
    (data / file).write_text("\n".join(lines), "utf-8")
    here, rest = with_line(data.problems(), file, at + 1)
    assert len(here) == 1 and "put quotation marks around it" in here[0]
    assert rest == expected


def test_what_hangs_on_a_misspelt_or_malformed_source_is_quiet(data: Folder) -> None:
    data.change(LUTON, "needs:\n  source:", "needs:\n  sorce:")
    data.change(NA_1, "source:", "source: Some Report\nsee:")
    found = data.problems()
    assert [line.split("; ")[0].split("found ")[1] for line in found if LUTON in line] == [
        "the field “sorce”, which is not known here"
    ]


def test_a_malformed_and_a_misspelt_source_in_one_list(data: Folder) -> None:
    data.change(
        LUTON,
        "    - clear-expectations#method(2)\n    - clear-expectations#method(3)",
        "    - Method 2\n    - clear-expectations#metod(3)\n    - clear-expectations#method(9)",
    )
    found = data.problems()
    assert [line.split("; ")[0].split("found ")[1] for line in found] == [
        "“Method 2”",
        "the source “clear-expectations#metod(3)”",
        "the source “clear-expectations#method(9)”",
    ]


def test_a_malformed_and_an_unknown_name_in_one_list(data: Folder) -> None:
    lines = (data / NA_1).read_text("utf-8").split("\n")
    at = lines.index("recommendations:") + 1
    lines[at:at] = ["  - R 9", "  - r99"]
    (data / NA_1).write_text("\n".join(lines), "utf-8")
    assert [line.split("; ")[0].split("found ")[1] for line in data.problems()] == ["“R 9”", "the recommendation “r99”"]


def test_a_field_that_stands_twice_hides_nothing_else(data: Folder) -> None:
    data.change(LUTON_AREA, "partnership:", "name: Luton\npartnership:")
    data.change(LUTON_AREA, "  status: continuing", "  status: continuign")
    data.change(LUTON, test_rules.NEEDS, test_rules.NEEDS.replace("luton.needs", "luton.n"))
    assert [line.split("; ")[0].split("found ")[1] for line in data.problems()] == [
        "the source “clear-expectations#luton.n”",
        "the field “name” a second time",
        "“continuign”",
    ]


@pytest.mark.parametrize(
    ("old", "new", "times"),
    [
        ("  status: continuing", "\u00a0\u00a0status: continuing", 1),
        ("authority: Luton", "authority:\u00a0Luton", 1),
        ("  status: continuing", "\u00a0\u00a0status:\u00a0continuing", 2),
    ],
)
def test_spaces_of_another_kind_hide_nothing_else(data: Folder, old: str, new: str, times: int) -> None:
    data.change(LUTON_AREA, old, new)
    data.change(LUTON, test_rules.NEEDS, test_rules.NEEDS.replace("luton.needs", "luton.n"))
    assert [line.split("; ")[0].split("found ")[1] for line in data.problems()] == [
        "the source “clear-expectations#luton.n”",
        *["a space of another kind, as web pages have"] * times,
    ]


def test_an_entry_with_an_id_that_is_taken_is_looked_at_too(data: Folder) -> None:
    text = (data / "glossary.yml").read_text("utf-8").rstrip("\n")
    first = text[text.index("- ") :].partition("\n- ")[0].strip("\n")
    again = "\n".join(line for line in first.split("\n") if "source" not in line.split(":")[0])
    (data / "glossary.yml").write_text(f"{text}\n{again}\n  source: nowhere\n  {NOT_KNOWN}: 1\n", "utf-8")
    found = [line.split("; ")[0].split("found ")[1] for line in data.problems()]
    assert len(found) == 3
    assert found[0].startswith("the id “") and found[0].endswith("a second time")
    assert found[1:] == ["the source “nowhere”", f"the field “{NOT_KNOWN}”, which is not known here"]


def test_two_mistakes_in_one_row(data: Folder) -> None:
    data.change("places.csv", test_rules.ELY, "Ely,citty,rutland,,,our")
    found = [line.split("; ")[0].split("found ")[1] for line in data.problems()]
    assert found == ["“citty”", "the Trust “rutland”", "the source “our”"]


def test_rows_of_a_survey_that_does_not_fit(data: Folder) -> None:
    row = "two or more bodies,90,exactly,,clear-expectations#gershon.bureaucracy"
    data.change(test_rules.ANSWERS, row, row.replace("bureaucracy", "burocracy"))
    data.change(test_rules.SURVEY, "responses: ", "responses: about ")
    found = [line.split("; ")[0].split("found ")[1] for line in data.problems()]
    assert found == ["the source “clear-expectations#gershon.burocracy”", "“about 93”"]


def test_a_name_is_likened_to_those_of_broken_records_too(data: Folder) -> None:
    data.change(LUTON_AREA, "name: Luton\n", "")
    data.change("places.csv", test_rules.ELY, "Ely,city,lutn,,,ours")
    row, _ = data.problems()
    assert row.endswith("did you mean “luton”?")
