"""All rules meet every field broken in every way: none ends in a traceback, and what is told can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import broken_fields
import pytest
from broken_fields import IN_YAML, alone
from mistakes import assert_readable
from parts_of_data import Parts

from macros.model.holdings import HOLDINGS, Holding
from macros.reading.problem import Problem
from macros.reading.records import Records
from macros.reading.rules import every_rule


@pytest.fixture(scope="module")
def beside(parts: Parts) -> Records:
    """The real records that others are checked against; all else as if it were there and could not be read."""
    records = Records(broken={holding.kind for holding in HOLDINGS})
    for holding in every_rule.NEEDED_TO_JUDGE_PROFILES:
        records.broken.discard(holding.kind)
        (tree,) = broken_fields.trees(parts.data, holding).items()
        records.join(broken_fields.read(parts.data, holding, *tree))
    return records


def joined(*many: Records) -> Records:
    whole = Records()
    for records in many:
        whole.join(records)
    return whole


def told(records: Records) -> Iterator[Problem]:
    yield from records.problems
    yield from every_rule.check(records)


@pytest.mark.parametrize("holding", IN_YAML, ids=lambda one: one.kind)
def test_no_rule_fails_whatever_is_wrong_with_a_field(
    holding: Holding, parts: Parts, beside: Records, record_property: Callable[[str, object], None]
) -> None:
    trees = broken_fields.trees(parts.data, holding)
    became: Counter[str] = Counter()
    together: dict[str, Records] = {}
    for field in broken_fields.fields(holding, trees):
        tree = trees[field.file]
        for how, value in broken_fields.broken(field, tree.value):
            case = f"{field.model.__name__}.{field.name}: {how}, at {field.path}"
            records = broken_fields.read(parts.data, holding, field.file, alone(field, holding, value, tree))
            try:
                problems = [*told(joined(beside, records))]
            except Exception as error:
                raise AssertionError(case) from error
            became["cases"] += 1
            became["refused" if problems else "accepted"] += 1
            for problem in problems:
                assert problem.file.startswith("data/"), case
                assert_readable(str(problem))
            if records.partial.partial:
                together.setdefault(how, records)
    assert became["refused"] > became["accepted"] or holding.kind == "releases"  # none is there yet
    # Beside the whole data, rules that compare records meet them too: once for each way.
    for how, records in together.items():
        assert [*told(joined(parts.without(holding), records))], how
    for name, value in {"kind": f"each field broken: {holding.kind}", **became}.items():
        record_property(name, value)


CELLS = ("", "x", "-1", "9" * 30, "0.5", "true", "ours", "a,b", '"', "“x”", "x y", "[]", "not printed", "luton")


@pytest.mark.parametrize("file", ["places.csv", "surveys/2009/answers.csv"])
def test_no_rule_fails_whatever_is_wrong_with_a_cell(file: str, parts: Parts) -> None:
    header, row, *rest = parts.texts[file].splitlines()
    for number in range(header.count(",") + 1):
        for cell in CELLS:
            cells = row.split(",")
            cells[number] = cell
            _, problems = parts.with_changed(file, "\n".join([header, ",".join(cells), *rest, ""]).encode())
            for problem in problems:
                assert_readable(str(problem))
