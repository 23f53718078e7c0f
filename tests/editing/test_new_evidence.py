"""Things have changed since: what a form sent becomes a small profile of a later wave, and corrects nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from scratch import ROOT, Scratch
from second_wave import lay_over, write_wave_pages
from yamllint import linter
from yamllint.config import YamlLintConfig

from macros.editing.correction import CorrectionRefused, sent
from macros.editing.corrections import apply
from macros.pages.project import Project
from macros.reading.guide import Guide, load

SINCE = {
    "says": "The sector held three seats on the board.",
    "title": "Minutes of the Children’s Board",
    "publisher": "Luton Council",
    "published": "2026-10",
}
SEATS = {"op": "set", "path": ["governance", "bodies", 0, "seats"], "value": "3", "was": None}


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    scratch = Scratch(tmp_path / "scratch")
    monkeypatch.chdir(scratch.root)
    return scratch


def tell(root: Path, *changes: dict[str, Any], record: str = "trusts/luton", **since: str) -> list[str]:
    """Send new evidence and return what was done."""
    told = {**SINCE, **since}
    correction = sent({"record": record, "changes": [*changes], "source": told["title"], "since": told})
    return [*map(str, apply(Project(root), correction))]


def guide_of(root: Path) -> Guide:
    return load(root / "data")


def state(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def test_it_stands_beside_the_report_under_its_own_words_and_document(scratch: Scratch) -> None:
    before = (scratch.root / "data/trusts/luton/2009.yml").read_bytes()
    (done,) = tell(scratch.root, SEATS, address="https://example.org/minutes")
    assert done.endswith("Luton › Governance › Bodies › Children’s Trust › Seats: was not given; now 3")
    guide = guide_of(scratch.root)
    (profile,) = guide.profiles
    assert profile.parts == ("governance",)
    assert profile.governance is not None
    assert profile.governance.narrative == SINCE["says"]
    (body,) = profile.governance.bodies
    assert (body.name, body.seats, body.vcs, body.what) == ("Children’s Trust", 3, "represented", None)
    assert guide.documents["minutes-of-the-childrens-board"].address == "https://example.org/minutes"
    assert guide.wave("2026-10").date.text == "October 2026"
    assert (scratch.root / "data/trusts/luton/2009.yml").read_bytes() == before
    layout = YamlLintConfig(file=str(ROOT / ".yamllint.yml"))
    for name in ("data/sources.yml", "data/waves/2026-10.yml", "data/trusts/luton/2026-10.yml"):
        assert not [*linter.run((scratch.root / name).read_text(encoding="utf-8"), layout)], name


def test_another_trust_of_the_same_document_joins_its_wave(scratch: Scratch) -> None:
    tell(scratch.root, SEATS, title="A look at ten boards")
    essex = {"op": "set", "path": ["governance", "bodies", 1, "seats"], "value": "4", "was": 2}
    tell(scratch.root, essex, record="trusts/essex", title="A look at ten boards")
    guide = guide_of(scratch.root)
    assert [wave.id for wave in guide.waves] == ["2009", "2026-10"]
    assert [one.trust for one in guide.profiles] == ["essex", "luton"]


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        ({"op": "set", "path": ["needs", "involvement"], "value": "not involved"}, ("needs",)),
        ({"op": "set", "path": ["context", "commissioning", "unit", "state"], "value": "finished"}, ("context",)),
        ({"op": "set", "path": ["training", "offer"], "value": "offered"}, ("training",)),
        (
            {"op": "add", "path": ["next_steps", "steps"], "value": {"name": "A new strategy", "when": "2027"}},
            ("next-steps",),
        ),
        (
            {
                "op": "add",
                "path": ["terms"],
                "value": {"topic": "contract length", "what": "Contracts ran for five years.", "brief": "five years"},
            },
            ("investment",),
        ),
    ],
    ids=lambda one: str(one.get("path")) if isinstance(one, dict) else "",
)
def test_a_change_of_any_part_is_whole_by_itself(
    scratch: Scratch, change: dict[str, Any], parts: tuple[str, ...]
) -> None:
    """What the schema asks for besides says that it is not mentioned: nothing of 2009 is said again as of today."""
    tell(scratch.root, change)
    (profile,) = guide_of(scratch.root).profiles
    assert profile.parts == parts
    if parts == ("context",):
        assert profile.context is not None
        how = profile.context.commissioning
        assert (how.unit.state, how.unit.name, how.framework.state) == ("finished", None, "not mentioned")
        assert (how.strategy, how.roles) == ((), ())


@pytest.mark.parametrize(
    ("change", "since", "said"),
    [
        (SEATS, {"published": "2009-04"}, "which is not after April 2009"),
        (SEATS, {"published": "2098"}, "expected a time between the first wave and today"),
        ({**SEATS, "value": "lots"}, {}, "expected a whole number"),
        ({"op": "remove", "path": ["governance", "bodies", 0]}, {}, "what is no longer there is said in your words"),
        ({"op": "set", "path": ["governance", "narrative"], "value": "x"}, {}, "the report’s account stays as it is"),
        ({"op": "set", "path": ["name"], "value": "Lutown"}, {}, "can be about the parts of a profile only"),
        ({"op": "set", "path": ["needs", "involvement"], "value": "involved"}, {}, "Nothing would change"),
        (SEATS, {"title": "Clear Expectations"}, "is in the list of documents already"),
        (SEATS, {"says": "The board has <b>three</b> seats."}, "HTML"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason_and_nothing_is_written(
    scratch: Scratch, change: dict[str, Any], since: dict[str, str], said: str
) -> None:
    before = state(scratch.root)
    with pytest.raises(CorrectionRefused) as refused:
        tell(scratch.root, change, **since)
    assert said.lower() in str(refused.value).lower()
    assert state(scratch.root) == before


def test_it_begins_with_the_latest_that_is_known(scratch: Scratch) -> None:
    """What is new stands beside the last wave that told of it, which the form shows, and not beside the report."""
    lay_over(scratch.root / "data")
    write_wave_pages(scratch.root, guide_of(scratch.root))
    with pytest.raises(CorrectionRefused, match=r"it now says 3"):
        tell(scratch.root, {**SEATS, "value": "4"})
    (done,) = tell(scratch.root, {**SEATS, "value": "4", "was": 3})
    assert done.endswith("Luton › Governance › Bodies › Children’s Trust › Seats: was 3; now 4")
    offer = {"op": "set", "path": ["training", "offer"], "value": "offered"}
    with pytest.raises(CorrectionRefused, match="Nothing would change"):  # the second look said so
        tell(scratch.root, offer, title="Another paper", published="2026-11")
    third = guide_of(scratch.root).profiles[-1]
    assert (third.wave, third.parts) == ("2026-10", ("governance",))
    assert third.governance is not None and third.governance.bodies[0].seats == 4


def test_the_report_is_corrected_as_it_was_whatever_is_known_since(scratch: Scratch) -> None:
    lay_over(scratch.root / "data")
    write_wave_pages(scratch.root, guide_of(scratch.root))
    change = {**SEATS, "value": "2"}
    told = sent({"record": "trusts/luton", "changes": [change], "source": "clear-expectations#luton.governance"})
    (done,) = map(str, apply(Project(scratch.root), told))
    assert done.startswith("data/trusts/luton/2009.yml:")
    assert done.endswith("Seats: was not given; now 2")


def test_a_second_telling_of_the_same_document_says_where_the_first_is(scratch: Scratch) -> None:
    tell(scratch.root, SEATS)
    before = state(scratch.root)
    with pytest.raises(CorrectionRefused, match=r"change data/trusts/luton/2026-10\.yml"):
        tell(scratch.root, {"op": "set", "path": ["needs", "involvement"], "value": "not involved"})
    with pytest.raises(CorrectionRefused, match="two waves cannot have one date"):
        tell(scratch.root, {**SEATS, "value": "4", "was": 3}, title="Another paper")
    assert state(scratch.root) == before
