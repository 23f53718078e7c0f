"""What the schema refuses is told in plain words, whatever was put into whichever field."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import pytest
from mistakes import PYTHON_WORDS, ROOT
from pydantic import BaseModel, Field, ValidationError
from second_wave import OVERLAY

from macros.model.holdings import HOLDINGS, RELEASES, ROW_TYPES, Holding
from macros.model.survey import Answer
from macros.model.trust import Trust
from macros.reading.problem import UnknownName, did_you_mean, nearest, quoted
from macros.reading.records import KeyPath
from macros.reading.refusals import Refusal, explain, shown
from macros.reading.yaml_file import Tree
from macros.schema.fields import enum_at, field_at, model_at

WRONG: tuple[Any, ...] = (
    None, True, 5, -1, 5.5, 10**30, float("1e300"), "x", "", " ", "a\nb", "<b>", "{{ x }}", "[x](javascript:y)",
    "\u200b", "y" * 5000, "2009-02-30", "2009 to 2007", [], {}, [[]], [None], ["x", 5], {"zz": 1}, [{}],
    [{"name": "x", "zz": 2}],
)  # fmt: skip
"""What people might put in the place of a value, by accident or not."""


def raw(holding: Holding) -> Iterator[Any]:
    """Yield the records of a holding as they are typed."""
    if holding.shape == "rows":
        yield {"place": "Ely", "kind": "city", "trust": "cambridgeshire", "note": "A city.", "also_called": "Isle"}
        return
    if holding.kind == "moved":  # none has moved yet
        yield {"address": "trusts/old/", "to": "trusts/luton/", "why": "It was joined.", "on": "2027-01-05"}
        return
    files = sorted((ROOT / "data").glob(holding.glob)) or sorted(OVERLAY.glob(holding.glob))
    for file in files[:2]:
        tree = Tree.parse(file.name, Path(file).read_text(encoding="utf-8"), [])
        assert tree
        derived = {name: "x" for name in holding.derived if name in {"trust", holding.id_field}}
        for one in tree.value[:2] if holding.shape == "list" else [tree.value]:
            yield {**one, **derived}


def paths(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Yield the path of every field and item in a value."""
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from paths(item, (*path, key))


def put(record: Any, path: KeyPath, value: Any) -> Any:
    """Return a record with another value at a path. What is beside the path is shared with the record, not copied."""
    changed = parent = copy.copy(record)
    for key in path[:-1]:
        parent[key] = copy.copy(parent[key])
        parent = parent[key]
    parent[path[-1]] = value
    return changed


def told(model: type[BaseModel], record: Any, cells: bool = False) -> list[Refusal]:
    try:
        model.model_validate(record)
    except ValidationError as error:
        return list(explain(error, model, cells))
    return []


@pytest.mark.parametrize("holding", HOLDINGS, ids=lambda holding: holding.kind)
def test_whatever_is_put_in_a_field_is_refused_in_plain_words(holding: Holding) -> None:
    met: set[tuple[str, ...]] = set()
    refused = 0
    for record in raw(holding):
        for path in paths(record):
            names = tuple(key if isinstance(key, str) else "[]" for key in path)
            if names in met:
                continue
            met.add(names)
            for value in WRONG:
                for one in told(holding.model, put(record, path, value)):
                    refused += 1
                    assert_plain(one)
    assert refused > 50 or holding == RELEASES  # no survey of the guide has been released yet


def assert_plain(one: Refusal) -> None:
    for words in (one.found, one.expected, one.mend):
        assert words.strip(), one
        assert not words[0].isupper(), one
        assert not words.endswith("."), one
        assert "\n" not in words, one
        assert len(words) < 700, one
    unquoted = " ".join(part.partition("”")[2] for part in ("”" + one.found + one.expected).split("“"))
    assert not PYTHON_WORDS.search(unquoted), one


class Word(StrEnum):
    ONE = "one"
    TWO = "two"


class Small(BaseModel):
    """A model with one field of each kind that ours have or may get."""

    model_config = {"extra": "forbid"}

    word: Word = Word.ONE
    fixed: Literal["yes", "no"] = "yes"
    number: int = Field(1, ge=1, le=9, strict=True, examples=[3])
    some: tuple[str, ...] = Field(("a",), min_length=1, max_length=2)
    name: str = Field(description="The name.", examples=["Luton"])


@pytest.mark.parametrize(
    ("raw", "found", "expected", "mend"),
    [
        ({}, "no “name”", "the field “name”: The name", "add a line “name:”, for example “Luton”"),
        (
            {"nam": "x"},
            "the field “nam”, which is not known here",
            "fields from word, fixed, number, some, name",
            "did you mean “name”?",
        ),
        ({"name": "x", "word": "tow"}, "“tow”", "one of the fixed words “one”, “two”", "did you mean “two”?"),
        ({"name": "x", "word": None}, "nothing", "one of the fixed words “one”, “two”", "write one of “one” or “two”"),
        ({"name": "x", "fixed": "nope"}, "“nope”", "one of the fixed words “yes”, “no”", "did you mean “no”?"),
        ({"name": "x", "some": []}, "an empty list", "at least one item", "write the first"),
        ({"name": "x", "some": ["a"] * 3}, "3 items", "at most 2", "shorten it"),
        ({"name": "x", "number": 0}, "the number “0”", "a number of at least 1", "check the number"),
        ({"name": "x", "number": 10}, "the number “10”", "a number of at most 9", "check the number"),
        (
            {"name": "x", "number": "3"},
            "“3”",
            "a whole number",
            "write 3 if that is meant: digits only, without quotation marks, commas, points, “£” or words",
        ),
        ({"name": 3}, "the number “3”", "text", 'put quotation marks around it: "3"'),
        ({"name": True}, "“true”", "text", 'put quotation marks around it: "true"'),
    ],
)
def test_each_kind_of_refusal(raw: dict[str, Any], found: str, expected: str, mend: str) -> None:
    (one,) = told(Small, raw)
    assert (one.found, one.expected, one.mend) == (found, expected, mend)


def test_a_row_is_told_of_cells_and_not_of_lines() -> None:
    (one,) = told(Answer, {"question": "x", "answer": "y", "percent": "1"}, cells=True)
    assert (one.found, one.mend) == ("no “qualifier”", "fill it in, for example “exactly”")
    assert Answer in ROW_TYPES.values()


def test_a_misspelt_name_does_not_count_as_a_missing_one_too() -> None:
    assert [one.found for one in told(Small, {"name ": "x", "zz": 1})] == [
        "the field “name ”, which is not known here",
        "the field “zz”, which is not known here",
    ]


def test_fields_are_found_by_their_path() -> None:
    path = ("governance", "bodies", 3, "vcs")
    field = field_at(Trust, path)
    assert field is not None
    assert [str(word.value) for word in enum_at(field)] == [
        "represented",
        "represented, by the Trust’s own account",
        "not represented",
        "not mentioned",
    ]
    assert field_at(Trust, ("no", "such")) is None
    assert field_at(Trust, ()) is None
    assert model_at(Trust, ("life",)) is Trust.model_fields["life"].annotation


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "nothing"),
        (True, "“true”"),
        (5, "the number “5”"),
        ("a\n  b", "“a b”"),
        ("x" * 61, f"“{'x' * 60}…”"),
        ([1], "a list"),
        ((1,), "a list"),
        ({}, "fields"),
    ],
)
def test_values_are_shown_as_they_were_typed(value: object, text: str) -> None:
    assert shown(value) == text


def test_did_you_mean() -> None:
    assert nearest("Lutton", ["essex", "luton"]) == "luton"
    assert nearest("xyz", ["essex"]) is None
    assert did_you_mean("esex", ["Essex"]) == "did you mean “Essex”?"
    assert did_you_mean("xyz", []) == "take it out"
    assert did_you_mean("xyz", ["a1", "b2", "c3"]) == "write one of “a1”, “b2” or “c3”"
    assert did_you_mean("q", [f"name{n}" for n in range(40)]) == (
        "write one of the 40 that exist, such as “name0”, “name1” or “name2”"
    )
    assert quoted(["a"]) == "“a”"
    assert str(UnknownName("Trust", "lutton", ["luton"])) == "there is no Trust “lutton”; did you mean “luton”?"
