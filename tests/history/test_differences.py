"""What is different between two states of a profile, in words; and that what means the same is no difference."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from mistakes import ROOT

from macros.history.difference import ChangeKind
from macros.history.differences import differences, followed, row_differences
from macros.history.snapshots import KINDS
from macros.model.holdings import HOLDINGS
from macros.model.region import Place
from macros.model.trust import Trust
from macros.reading.yaml_file import Tree

Raw = dict[str, Any]


def read(text: str) -> Raw:
    tree = Tree.parse("profile.yml", text, [])
    assert tree
    return dict(tree.value)


@pytest.fixture(scope="module")
def profile() -> Raw:
    files = ("trust.yml", "2009.yml")
    return {
        name: value
        for file in files
        for name, value in read((ROOT / "data/trusts/hertfordshire" / file).read_text(encoding="utf-8")).items()
    }


def told(was: Raw, change: Callable[[Raw], object]) -> list[str]:
    now = copy.deepcopy(was)
    change(now)
    return [one.sentence() for one in differences(was, now, Trust)]


def shuffled(value: Any, chance: random.Random) -> Any:
    """Return a value with its fields in another order."""
    if isinstance(value, dict):
        names = [*value]
        chance.shuffle(names)
        return {name: shuffled(value[name], chance) for name in names}
    return [shuffled(one, chance) for one in value] if isinstance(value, list) else value


def test_order_of_fields_quotes_and_line_breaks_mean_nothing(profile: Raw) -> None:
    chance = random.Random(2009)
    for width in (40, 80, 1000):
        other = yaml.safe_dump(shuffled(profile, chance), allow_unicode=True, sort_keys=False, width=width)
        assert differences(profile, read(other), Trust) == []
        assert differences(profile, read(f"# A comment.\n{other}"), Trust) == []


def test_a_default_that_is_written_out_means_nothing(profile: Raw) -> None:
    def write_out(now: Raw) -> None:
        now["awards"] = []
        now["tile"] = now.get("tile")
        now["basis"]["desk_research"] = False
        now["training"]["events"][0]["state"] = "held"

    assert told(profile, write_out) == []


def test_a_source_that_is_inherited_anyway_means_nothing(profile: Raw) -> None:
    def write_out(now: Raw) -> None:
        now["training"]["events"][0]["source"] = now["training"]["source"]

    assert "source" not in profile["training"]["events"][0]
    assert told(profile, write_out) == []


CHANGES: dict[str, tuple[Callable[[Raw], object], list[str]]] = {
    "a date": (
        lambda now: now["training"]["events"][1].update(when="spring 2008"),
        ["Training › Events › “Commissioning Workshops” › When: was autumn 2007, now spring 2008."],
    ),
    "a number of pounds": (
        lambda now: now["investment"]["figures"][0].update(amount=2500000),
        [
            "Investment › Figures › “Total investment in the sector. What it covered is not stated.” › Amount: "
            "was £3.5 million, now £2.5 million."
        ],
    ),
    "a fixed word": (
        lambda now: now["training"].update(offer="not mentioned"),
        ["Training › Training for the sector: was “offered”, now “not mentioned”."],
    ),
    "a field that was not there": (
        lambda now: now["training"]["events"][1].update(run_by="HCTP"),
        ["Training › Events › “Commissioning Workshops” › Run by: now “HCTP”, where nothing was said."],
    ),
    "a field that is gone": (
        lambda now: now["training"]["events"][1].pop("when"),
        ["Training › Events › “Commissioning Workshops” › When: was autumn 2007, now nothing is said."],
    ),
    "one sentence of several": (
        lambda now: now["training"].update(
            narrative=now["training"]["narrative"].replace("In\nautumn", "In autumn").replace(
                "workshops ran across the county", "workshops ran in the whole county"
            )
        ),
        [
            "Training: was “In autumn 2007, when district-based commissioning began, workshops ran across the "
            "county.”, now “In autumn 2007, when district-based commissioning began, workshops ran in the whole "
            "county.”"
        ],
    ),
    "an item that is new": (
        lambda now: now["gaps"].insert(0, {"source": "ours", "part": "needs", "what": "It is silent on **dates**."}),
        ["Gaps: new: “It is silent on dates.” (part: “needs”)."],
    ),
    "an item that moved": (
        lambda now: now["training"]["events"].insert(0, now["training"]["events"].pop(2)),
        [
            "Training › Events › “Support when a new commissioning process began”: "
            "only moved, from place 3 to place 1."
        ],
    ),
    "an item that moved and was edited": (
        lambda now: now["training"]["events"].insert(
            0, {**now["training"]["events"].pop(1), "when": "spring 2008"}
        ),
        [
            "Training › Events › “Commissioning Workshops”: moved from place 2 to place 1.",
            "Training › Events › “Commissioning Workshops” › When: was autumn 2007, now spring 2008.",
        ],
    ),
    "another source": (
        lambda now: now["training"].update(source="ours"),
        ["Training › Source: was “clear-expectations#hertfordshire.training”, now “ours”."],
    ),
    "a field that no schema knows": (
        lambda now: now.update(fax="01992 000000"),
        ["Fax: now “01992 000000”, where nothing was said."],
    ),
    "a name": (lambda now: now.update(name="Herts"), ["Name: was “Hertfordshire”, now “Herts”."]),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_is_told_as_people_say_it(profile: Raw, name: str) -> None:
    change, sentences = CHANGES[name]
    if name == "another source":
        profile = {
            **profile,
            "training": {**profile["training"], "source": "clear-expectations#hertfordshire.training"},
        }
    assert told(profile, change) == sentences


def test_a_year_reads_the_same_as_number_and_as_text(profile: Raw) -> None:
    was, now = copy.deepcopy(profile), copy.deepcopy(profile)
    was["context"]["commissioning"]["unit"]["since"], now["context"]["commissioning"]["unit"]["since"] = 2007, "2007"
    assert differences(was, now, Trust) == []


def test_sources_read_as_their_sections() -> None:
    (one,) = differences({"source": "a#b"}, {"source": ["a#b", "c"]}, Trust, {"a#b": "Luton: needs", "c": "Another"})
    assert one.sentence() == "Source: was “Luton: needs”, now “Luton: needs” and “Another”."
    assert one.is_source


def test_rows_of_a_table() -> None:
    row = {"place": "Ely", "kind": "city", "trust": "cambridgeshire"}
    (one,) = row_differences(
        [row, {**row, "place": "March"}], [{**row, "trust": "essex"}, {**row, "place": "March"}], Place
    )
    assert one.sentence() == "“Ely” › Trust: was “cambridgeshire”, now “essex”."
    assert one.kind is ChangeKind.CHANGED


def test_references_follow_a_record_to_its_new_name() -> None:
    was = {"place": "luton", "trust": "luton", "kind": "town"}
    assert followed(was, Place, {("trusts", "luton"): "luton-town"}) == {**was, "trust": "luton-town"}


def test_nothing_a_file_may_hold_stops_it(profile: Raw) -> None:
    nasty: list[Any] = [None, 3, -2.5, True, "", "x", [], [[1], {}], {}, {"a": {"b": [None]}}, [None, "a"]]
    for field in profile:
        for value in nasty:
            for was, now in ((profile, {**profile, field: value}), ({**profile, field: value}, profile)):
                assert all(one.sentence() for one in differences(was, now, Trust))


def test_every_kind_of_record_has_a_name_in_sentences() -> None:
    """What has none cannot be told of in the history, and stops a build once a commit changes it."""
    assert {one.kind for one in HOLDINGS} == KINDS.keys()
