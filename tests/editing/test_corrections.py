"""Corrections that people send: understood, refused in plain words, and written in one place of one file."""

from __future__ import annotations

import difflib
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import small_project
import yaml
from mistakes import PYTHON_WORDS, ROOT
from test_yaml_edit import layout_faults

from macros import cli
from macros.editing import correction_words, github_forms, github_issue, quoted, typed_values
from macros.editing.correction import MAX_BYTES, CorrectionRefused, sent
from macros.editing.corrections import apply
from macros.history.snapshots import source_labels
from macros.model.trust import Activity, Sum, Trust
from macros.pages import site as pages
from macros.pages.project import Project
from macros.pages.site import Site
from macros.reading.guide import Guide, load
from macros.schema import fields
from macros.schema.fields import FieldKind
from macros.views.corrections import links
from macros.views.shared.page import Page

SOURCE = "Luton: investment in the sector"
AMOUNT = ["investment", "figures", 0, "amount"]


@pytest.fixture
def project(tmp_path: Path, guide: Guide, site: Site, monkeypatch: pytest.MonkeyPatch) -> Project:
    # What pages show has been drawn before; it is not the pages that these tests are about.
    monkeypatch.setattr(pages, "Site", lambda *given: Site(*given, _drawn=dict(site._drawn)))
    return Project(small_project.make(tmp_path, guide))


def files(project: Project) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in project.data.rglob("*") if path.is_file()}


def step(op: str, *path: int | str, **more: object) -> dict[str, object]:
    return {"op": op, "path": list(path), **more}


def correct(
    project: Project, *steps: dict[str, object], source: str = SOURCE, record: str = "trusts/luton"
) -> list[str]:
    """Make a correction and return the lines that went (-) and came (+), over all files."""
    before = files(project)
    apply(project, sent({"record": record, "changes": steps, "source": source}))
    load(project.data)
    changed = []
    for path, content in files(project).items():
        old, new = before[path].decode().splitlines(), content.decode().splitlines()
        changed += [line for line in difflib.unified_diff(old, new, n=0, lineterm="") if line[:3] not in {"---", "+++"}]
        if old != new:
            assert layout_faults(content.decode()) == []
    return [line for line in changed if not line.startswith("@@")]


def refused(project: Project, *steps: object, source: object = SOURCE, record: object = "trusts/luton") -> str:
    """Return why a correction is refused; nothing may have changed, and a plain person must understand it."""
    before = files(project)
    with pytest.raises(CorrectionRefused) as why:
        apply(project, sent({"record": record, "changes": list(steps), "source": source}))
    assert files(project) == before
    text = str(why.value)
    assert not PYTHON_WORDS.search(re.sub("“[^”]*”", "", text)), text
    return text


# --- what is done -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "source", "lines"),
    [
        (
            [step("set", *AMOUNT, value="£2.5 million", was=2000000)],
            SOURCE,
            ["-    - amount: 2000000", "+    - amount: 2500000"],
        ),
        (
            [step("set", "training", "events", 0, "when", value="May 2009", was="2009-04")],
            "Luton: commissioning training and awareness",
            ["-      when: 2009-04", "+      when: 2009-05"],
        ),
        (
            [step("set", "training", "events", 0, "when", value="2008")],
            "clear-expectations#luton.training",
            ["-      when: 2009-04", "+      when: 2008"],
        ),
        (
            [step("set", "basis", "interview", value="Telephone")],
            "method (2)".replace(" ", ""),
            ["-  interview: none mentioned", "+  interview: telephone"],
        ),
        (
            [step("set", "basis", "desk_research", value="Yes", was=False)],
            "clear-expectations#method(3)",
            ["-  desk_research: false", "+  desk_research: true"],
        ),
        # A new section joins those that the statement rests on.
        (
            [step("set", "governance", "voices", 1, "since", value="2007")],
            "Luton: next steps",
            [
                "-    - name: Vision4CYP",
                "+    - source:",
                "+        - clear-expectations#luton.governance",
                "+        - clear-expectations#luton.next-steps",
                "+      name: Vision4CYP",
                "-      since: 2008",
                "+      since: 2007",
            ],
        ),
        # What is not there yet, in its place by the schema; what is emptied goes.
        (
            [step("set", "governance", "bodies", 0, "seats", value="2", was=None)],
            "clear-expectations#luton.governance",
            ["+      seats: 2"],
        ),
        (
            [step("set", "governance", "voices", 1, "since", value="", was=2008)],
            "clear-expectations#luton.governance",
            ["-      since: 2008"],
        ),
        # The words of a list's items, and items that come and go.
        (
            [step("set", "governance", "voices", 0, "also_called", value="Luton’s Community Empowerment Network\nLA")],
            "clear-expectations#luton.governance",
            ["+        - LA"],
        ),
        (
            [step("add", "awards", value={"name": "A prize: the first", "by": "Somebody", "what": ""})],
            SOURCE,
            [
                "+awards:",
                "+  - source: clear-expectations#luton.investment",
                '+    name: "A prize: the first"',
                "+    by: Somebody",
            ],
        ),
        (
            [step("remove", "context", "commissioning", "budgets", 0, was={"name": "Joint and aligned budgets"})],
            SOURCE,
            [
                "-    budgets:",
                "-      - name: Joint and aligned budgets",
                "-        what: >-",
                "-          The unit ran a number of these. Their number and size were not stated.",
                "-        kind: joint and aligned",
            ],
        ),
    ],
)
def test_a_correction_changes_its_own_place(project: Project, steps: list[Any], source: str, lines: list[str]) -> None:
    assert correct(project, *steps, source=source) == lines


def test_several_changes_at_once(project: Project) -> None:
    lines = correct(
        project,
        step("set", *AMOUNT, value="2,100,000"),
        step("set", "investment", "narrative", value="One.\r\n\r\nTwo,\tof two.  \r\n"),
        step("remove", "tools", 3),
        step("remove", "tools", 0),
    )
    assert "+    - amount: 2100000" in lines
    assert lines.count("-  - source: clear-expectations#luton.context") == 0
    assert load(project.data).trust("luton").investment.narrative == "One.\nTwo, of two."
    assert [one.name for one in load(project.data).trust("luton").tools] == [
        "Mapping against the commissioning cycle",
        "Spend map for priority areas",
    ]


def test_any_record_can_be_corrected(project: Project) -> None:
    assert correct(
        project, step("set", "contact", value="us@example.org"), record="region", source="ours"
    ) == ["-contact: guide@clear-expectations.example", "+contact: us@example.org"]  # fmt: skip
    first = load(project.data).glossary[0]
    lines = correct(project, step("set", "term", value="Other"), record=f"glossary/{first.id}", source=first.source[0])
    assert lines == [f"-  term: {first.term}", "+  term: Other"]


@pytest.mark.parametrize(
    ("model", "name", "written", "value"),
    [
        (Sum, "amount", "£2m", 2_000_000), (Sum, "amount", "£600k", 600_000), (Sum, "amount", "2.5", "2.5"),
        (Sum, "amount", " £700,000 ", 700_000), (Sum, "amount", "about 3", "about 3"),
        (Sum, "amount", "9" * 400, "9" * 400),
        (Activity, "when", "1 April 2009", "2009-04-01"), (Activity, "when", "Autumn 2008", "autumn 2008"),
        (Activity, "when", "April 2008 to May 2009", "2008-04 to 2009-05"), (Activity, "when", "2007/08", "2007/08"),
        (Activity, "when", "soon", "soon"), (Activity, "when", "2009", 2009), (Activity, "state", "Held", "held"),
    ],
)  # fmt: skip
def test_values_as_people_write_them(model: type[Any], name: str, written: str, value: object) -> None:
    field = fields.field(model, name)
    assert field is not None
    assert typed_values.typed(field, written) == value


# --- what is refused ----------------------------------------------------------------------------------------------

PLACE = "Luton › Investment › Figures › What Luton Borough Council spent with… › Amount"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (step("set", *AMOUNT, value="lots"), f"{PLACE}: found “lots”; expected a whole number; "),
        (step("set", *AMOUNT, value=""), f"{PLACE} cannot be left empty. Such as: 2500000" ),
        (step("set", *AMOUNT, value=3, was=7), f"{PLACE} has changed since: it now says 2,000,000, not 7. Load the"),
        (step("set", *AMOUNT, value="2000000"), "Nothing would change: the file says this already."),
        (step("set", "slug", value="x"), "There is no field “slug” that a form may change."),
        (step("set", "nonsense", value="x"), "There is no field “nonsense” that a form may change."),
        (step("set", "needs", "activities", 99, "name", value="x"), "there is no such place. The profile has changed"),
        (step("set", "needs", "activities", -1, "name", value="x"), "There is no field “needs.activities.-1.name”"),
        (step("remove", "needs", "activities", 99), "there is nothing to take out"),
        (step("add", "awards", value={"name": "x", "gold": True}), "Luton › Awards: there is no field “gold” here."),
        (step("add", "awards", value="x"), "expected fields, each a name, a colon and a value"),
        (step("set", "name", value="two\nlines"), "Luton › Name: found a text of several lines; expected one line"),
        (step("set", "name", value="x" * 201), "Luton › Name: found 201 characters; expected at most 200; shorten it"),
        (step("set", "name", value="a <b>c</b>"), "Luton › Name: found raw HTML near “<b>c</b>”"),
        (step("set", "needs", "narrative", value="{{ config }}"), "found a template marker “{{”"),
        (step("set", "needs", "narrative", value="[x](javascript:alert)"), "found a link to “javascript:alert”"),
        (step("set", "needs", "narrative", value="a\u202eb\x1b[31m"), "found an invisible or control character"),
        (step("set", "needs", "narrative", value={"a": "b"}), "Luton › Needs › Narrative: found fields; expected text"),
        (step("set", "needs", value="x"), "Luton › Needs: found “x”; expected fields"),
        (step("set", "practice", 0, "standard", value="zz-9"), "data/trusts/luton/2009.yml:"),
        (step("remove", "governance"), "Luton › Governance: found no “governance”; expected"),
        (step("remove", "governance", "voices"), "found no “voices”"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_plain_words(project: Project, given: dict[str, object], said: str) -> None:
    assert said in refused(project, given)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([""], "cannot be left empty."),
        (["", " "], "cannot be left empty."),
        ([1], "found the number “1”; expected the section of a document"),
        ([SOURCE, 7], "found the number “7”; expected the section of a document"),
        ([SOURCE, None], "found nothing; expected the section of a document"),
        ([[SOURCE]], "found a list; expected the section of a document"),
        ([SOURCE, {"a": "b"}], "found fields; expected the section of a document"),
        ([True], "found “true”; expected the section of a document"),
        (7, "found the number “7”; expected the section of a document"),
        ({"a": 1}, "found fields; expected the section of a document"),
    ],
)
def test_sources_that_are_no_text_are_told_and_never_dropped(project: Project, value: object, said: str) -> None:
    before = files(project)
    assert said in refused(project, step("set", "investment", "figures", 0, "source", value=value))
    assert files(project) == before


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("Luton: investmnt in the sector", "did you mean “Luton: investment in the sector”?"),
        ("I just know", "expected a section of a document that the guide knows, by its name"),
        ("clear-expectations#luton.nowhere", "expected a section"),
        ("clear-expectations#method(99)", "data/trusts/luton/2009.yml:"),
        ("x\u200by", "Source: found an invisible"),
        ("", "The form is not filled in"),
        (7, "The form is not filled in"),
    ],
)
def test_a_source_is_a_section_that_the_guide_knows(project: Project, source: object, said: str) -> None:
    assert said in refused(project, step("set", *AMOUNT, value=3_000_000), source=source)


@pytest.mark.parametrize("record", ["trusts/lutn", "../etc/passwd", "places/1", "", 3, "trusts/luton:needs"])
def test_there_is_no_other_record(project: Project, record: object) -> None:
    assert refused(project, step("set", "name", value="x"), record=record)


def test_other_problems_come_first(project: Project) -> None:
    (project.data / "trusts/essex/2009.yml").write_text("name: x: y", encoding="utf-8")
    assert refused(project, step("set", "name", value="x")).startswith("The data hold problems already.")


def test_a_comment_is_never_lost(project: Project) -> None:
    path = project.data / "trusts/luton/2009.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("kind: joint and aligned\n", "kind: joint and aligned # mind\n"), encoding="utf-8")
    budget = ("context", "commissioning", "budgets", 0)
    said = refused(project, step("remove", *budget))
    assert "a comment (a text after “#”) stands in what would go" in said
    lines = correct(project, step("set", *budget, "kind", value="pooled"), source="luton.context")
    assert lines == ["-        kind: joint and aligned # mind", "+        kind: pooled # mind"]


def test_a_correction_that_rewords_a_thing_lets_it_keep_its_id(project: Project) -> None:
    """Calendars and tables would take it for another."""
    trust = load(project.data).trust("luton")
    known = trust.plans[0].key, trust.governance.bodies[0].key, trust.investment.figures[0].key
    changes = [
        step("set", "plans", 0, "what", value="How the council worked with the sector."),
        step("set", "governance", "bodies", 0, "name", value="The Children’s Trust Board"),
        step("set", "investment", "figures", 0, "scope", value="What the council spent with the sector."),
    ]
    lines = correct(project, *changes)
    trust = load(project.data).trust("luton")
    assert (trust.plans[0].key, trust.governance.bodies[0].key, trust.investment.figures[0].key) == known
    assert sum("id: " in line for line in lines) == 3
    again = correct(project, step("set", "plans", 0, "what", value="How the council worked with it."))
    assert not any("id: " in line for line in again)
    assert not any("id: " in line for line in correct(project, step("set", "plans", 0, "when", value="2010")))


# --- the form for issues ------------------------------------------------------------------------------------------


def body(
    place: str = "", trust: str = "Luton", part: str = "", now: str = "", new: str = "", source: str = SOURCE
) -> str:
    answers = {"trust": trust, "part": part, "place": place, "now": now, "new": new, "source": source}
    return "\n\n".join(
        f"### {github_forms.HEADINGS[name]}\n\n{answer or '_No response_'}" for name, answer in answers.items()
    )


def test_an_issue_with_new_evidence_corrects_nothing_and_says_where_to_tell_it(project: Project) -> None:
    asked = f"### {github_forms.HEADINGS[github_forms.KIND]}\n\n"
    sent = body(part="Governance", now="The unit", new="A team")
    before = (project.data / "trusts/luton/2009.yml").read_bytes()
    with pytest.raises(CorrectionRefused, match="this is new evidence"):
        from_issue(project, f"{asked}{github_forms.CHANGED}\n\n{sent}")
    with pytest.raises(CorrectionRefused, match="does not say"):  # as without the answer
        from_issue(project, f"{asked}{github_forms.WRONG}\n\n{body(now='No such words', new='Others')}")
    assert (project.data / "trusts/luton/2009.yml").read_bytes() == before


def from_issue(project: Project, text: str) -> list[str]:
    wanted = github_issue.read_sent(text.encode(), load(project.data))
    return correct(project, *(one.model_dump() for one in wanted.changes), source=wanted.source, record=wanted.record)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            body(place=PLACE, trust="", now="2,000,000", new="£2.5 million"),
            ["-    - amount: 2000000", "+    - amount: 2500000"],
        ),
        (
            body(place="investment.figures[1].amount", now="£2 million", new="3m"),
            ["-    - amount: 2000000", "+    - amount: 3000000"],
        ),
        (
            body(part="Investment", now="£2,000,000", new="£2,500,000"),
            ["-    - amount: 2000000", "+    - amount: 2500000"],
        ),
        (
            body(
                part="Needs",
                now="with the sector\namong the key stakeholders",
                new="with the sector's bodies among them",
                source="luton.needs",
            ),
            [
                "-    consultation event was planned, with the sector among the key stakeholders.",
                "+    consultation event was planned, with the sector's bodies among them.",
            ],
        ),
        # What the page shows, word for word.
        (body(now="About £2 million", new="About £3 million"), ["-    - amount: 2000000", "+    - amount: 3000000"]),
        (
            body(now="About £2 million in 2007/08", new="About £2.5 million in 2007/08"),
            ["-    - amount: 2000000", "+    - amount: 2500000"],
        ),
        (
            body(now="About £2 million in 2007/08", new="About £2 million in 2008/09"),
            [
                "-    - amount: 2000000",
                "+    - id: 2007-08-what-luton-borough-council-spent-with-the",  # tables know the sum by it
                "+      amount: 2000000",
                "-      period: 2007/08",
                "+      period: 2008/09",
            ],
        ),
        (
            body(now="about £2 million", new="£2.1 million"),
            [
                "-    - amount: 2000000",
                "+    - amount: 2100000",
                "-      approximate: true",
                "+      approximate: false",
            ],
        ),
        (
            body(
                place="Luton › Training › Events › Major event with a session on commissioning › When",
                now="April 2009",
                new="May 2009",
                source="Luton: commissioning training and awareness",
            ),
            ["-      when: 2009-04", "+      when: 2009-05"],
        ),
        (
            body(
                place="Luton › Governance › Bodies › Joint Strategic Commissioning Strategy Group › Sector’s place",
                now="The sector’s place: not mentioned",
                new="The sector: represented",
                source="Luton: context in early 2009",
            ),
            ["-      vcs: not mentioned", "+      vcs: represented"],
        ),
        (
            body(
                now="paid for by CWDC, through the WSPP programme",
                new="paid for by CWDC, through its own programme",
                source="Luton: VCS in commissioning governance",
            ),
            ["-      funded_by: CWDC, through the WSPP programme", "+      funded_by: CWDC, through its own programme"],
        ),
    ],
)
def test_an_issue_says_which_field_by_quoting_it(project: Project, text: str, lines: list[str]) -> None:
    assert from_issue(project, text) == lines


def test_every_way_in_which_a_page_shows_a_field_is_found(guide: Guide) -> None:
    labels = source_labels({one.id: one.model_dump() for one in guide.documents.values()})
    seen: Counter[FieldKind] = Counter()
    for trust in guide.trusts:
        for leaf in github_issue._leaves(trust.model_dump(mode="json"), Trust, (), trust.name):
            path, _, field, value = leaf
            texts = [text for text in quoted._texts(field, value, labels) if text]
            whole = re.compile("|".join(rf"(?<!\w){re.escape(text.lower())}(?!\w)" for text in texts) or "$^")
            lines = [line for line in quoted.lines_of(trust, path) if whole.search(line.lower())]
            for now in (*texts, *lines):
                assert github_issue._meant([leaf], f" {now} ", "x", trust, labels)[0] == path
                seen[field.kind] += 1
    assert {
        FieldKind.NUMBER,
        FieldKind.WHEN,
        FieldKind.WORD,
        FieldKind.FLAG,
        FieldKind.LIST,
        FieldKind.SOURCES,
        FieldKind.LABEL,
        FieldKind.TEXT,
    } <= seen.keys()
    assert min(seen.values()) > 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "This is not the form for a correction"),
        ("### What it says now\n\na", "This is not the form for a correction: it has no heading “What it should say”."),
        (body(now="a", new="b", trust=""), "Which Trust is it?"),
        (body(now="a", new="b", trust="Lutn"), "There is no Trust “Lutn”. Did you mean “Luton”?"),
        (body(now="a", new=""), "“What it should say” is empty"),
        (body(now="a", new="b", part="Nowhere"), "There is no part “Nowhere”"),
        (body(now="not there at all", new="b"), "The profile of Luton does not say “not there at all” there."),
        (body(now="the sector", new="b"), "stands in more than one place: Luton › "),
        (
            body(now="one part described", new="a part planned", part="Practice"),
            "stands in more than one place: Luton › Practice › na-1 › How much is described",
        ),
        (body(place="Luton › Nowhere", now="a", new="b"), "There is no “Luton › Nowhere” in the profile of Luton now."),
        (body(place="Essex › Name", now="a", new="b"), "The Trust is “Luton”, but the place is in “Essex”"),
        (body(place=PLACE, now="3", new="4"), "The profile of Luton does not say “3” there."),
        # Words of a stranger cannot take the place of another answer.
        (body(now="a", new="b\n\n### Source\n\nours"), "The heading “Source” stands there twice"),
        (body(now="a\n\n### Trust\n\nEssex", new="b"), "The heading “Trust” stands there twice"),
        ("{", "begins like JSON and is none"),
        ('{"a": ' * 40_000, "begins like JSON and is none"),
        ('{"issue": {"body": 7}}', "has no text of an issue"),
        ('{"changes": 7}', "The form is not filled in"),
        ("x" * (MAX_BYTES + 1), "What was sent is too long"),
    ],
)
def test_an_issue_that_is_not_clear_is_refused(project: Project, text: str, said: str) -> None:
    before = files(project)
    with pytest.raises(CorrectionRefused) as why:
        from_issue(project, text)
    assert said in str(why.value)
    assert files(project) == before


HOSTILE = [
    "x\nname: Essex",
    "x: y",
    "- a",
    "#",
    "&a *a",
    "!!python/object:os.system x",
    "---\na: b",
    "\\u0000",
    "'\"",
    "{% raw %}",
    "<script>alert(1)</script>",
    "]]>",
    "$(rm -rf .)",
    "`id`",
    "${{ secrets.X }}",
    "@everyone",
    "| a | b |",
    "![x](http://x/y.png)",
    "%0A::set-output name=x::y",
    "\r\n\r\n# Heading",
    "null",
    "~",
    "true",
    "=cmd|' /C calc'!A0",
    "﷽" * 200,
    "a" * 5000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_sent_sets_the_one_field_or_nothing(project: Project, text: str) -> None:
    before = files(project)
    luton = yaml.safe_load(before[project.data / "trusts/luton/trust.yml"])
    try:
        from_issue(project, body(part="Authority", now="Luton Borough Council", new=text))
    except CorrectionRefused as why:
        assert files(project) == before
        assert "\x1b" not in str(why)
        return
    after = yaml.safe_load((project.data / "trusts/luton/trust.yml").read_text(encoding="utf-8"))
    assert isinstance(after["authority"], str)
    assert {**after, "authority": ""} == {**luton, "authority": ""}
    assert [path for path, content in files(project).items() if content != before[path]] == [
        project.data / "trusts/luton/trust.yml"
    ]


@pytest.mark.parametrize("how", ["body", "event", "form"])
def test_the_command(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    monkeypatch.chdir(project.root)
    text = body(part="Investment", now="£2,000,000", new="£2.5 million")
    change = {"record": "trusts/luton", "changes": [step("set", *AMOUNT, value="£2.5 million")], "source": SOURCE}
    sent_file = {"body": text, "event": json.dumps({"issue": {"body": text}}), "form": json.dumps(change)}[how]
    Path("sent").write_text(sent_file, encoding="utf-8")
    profile = Path("data/trusts/luton/2009.yml").read_text(encoding="utf-8")
    line = profile.partition("amount: 2000000")[0].count("\n") + 1
    assert cli.run(["apply", "sent"]) == 0
    assert capsys.readouterr().out == (
        f"data/trusts/luton/2009.yml:{line}: {PLACE}: was 2,000,000; now 2,500,000\nMade 1 change. The checks pass.\n"
    )
    assert cli.run(["apply", "sent"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("Nothing was changed.\n")
    assert cli.run(["check"]) == 0


# --- the forms themselves -----------------------------------------------------------------------------------------


def test_the_forms_for_issues_are_up_to_date(guide: Guide) -> None:
    made = github_forms.files(guide, Project(ROOT).base_url())
    folder = ROOT / github_forms.FOLDER
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == made, "run “guide forms”"


def test_github_accepts_the_forms() -> None:
    folder = ROOT / github_forms.FOLDER
    forms = sorted(str(path) for path in folder.glob("*.yml") if path.name != "config.yml")
    for schema, names in (("github-issue-forms", forms), ("github-issue-config", [str(folder / "config.yml")])):
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *names]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr


def test_the_form_names_the_trusts_and_the_fixed_words(guide: Guide) -> None:
    form = yaml.safe_load((ROOT / github_forms.FOLDER / github_forms.CORRECT).read_text(encoding="utf-8"))
    by_id = {one["id"]: one for one in form["body"] if "id" in one}
    assert by_id["trust"]["attributes"]["options"] == [one.name for one in guide.trusts]
    assert {name: one["attributes"]["label"] for name, one in by_id.items()} == github_forms.HEADINGS
    assert by_id["source"]["validations"]["required"]
    # A link fills these in; GitHub shows an empty page when it fills in a list to choose from.
    assert all(
        by_id[name]["type"] != "dropdown"
        for name in (github_forms.PLACE, github_forms.NOW, github_forms.NEW, github_forms.SOURCE)
    )


def test_every_place_has_words_of_its_own(guide: Guide) -> None:
    for trust in guide.trusts:
        places = [one[1] for one in github_issue._leaves(trust.model_dump(mode="json"), Trust, (), trust.name)]
        assert len(places) == len(set(places))
        value = trust.model_dump(mode="json")
        for path, words, *_ in github_issue._leaves(value, Trust, (), trust.name):
            assert correction_words.place(Trust, value, path, trust.name) == words


@pytest.mark.parametrize("repository", ["", "https://github.com/example/guide"])
def test_profiles_lead_to_the_ways_of_correcting_them(
    guide: Guide, repository: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(guide.region.__dict__, "repository", repository or None)
    ways = links(Page(guide, "trusts/luton/", dict), guide.trust("luton"))
    assert ways["form"] == "../../edit/?trust=luton"
    assert str(ways["mail"]).startswith(
        f"mailto:{guide.region.contact}?subject=Correction%3A%20Luton&body=Which%20sentence"
    )
    assert ways["file"] == (f"{repository}/edit/main/data/trusts/luton/2009.yml" if repository else "")
