"""What the comment on a pull request says: the whole of it for a small correction, and what must never be missed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scratch import Scratch

from macros import cli
from macros.editing.change_records import Changes
from macros.editing.changes import changes
from macros.editing.changes_markdown import MAX_LENGTH, to_markdown
from macros.history.difference import ChangeKind, Difference
from macros.history.git import RevisionError
from macros.history.record_changes import Fate

HERTS, LUTON, ESSEX = (f"data/trusts/{slug}/2009.yml" for slug in ("hertfordshire", "luton", "essex"))
LUTON_AREA = "data/trusts/luton/trust.yml"


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    scratch = Scratch(tmp_path / "scratch")
    monkeypatch.chdir(scratch.root)
    return scratch


def comment(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run the command as a person or a workflow does, and return what it prints."""
    assert cli.run(["changes", *arguments]) == 0
    return capsys.readouterr().out


def test_correct_a_training_date_and_read_the_comment(scratch: Scratch, capsys: pytest.CaptureFixture[str]) -> None:
    base = scratch.git("rev-parse", "--short=12", "HEAD")
    scratch.git("switch", "--quiet", "--create", "correct-a-date")
    scratch.change(HERTS, "when: autumn 2007", "when: spring 2008")
    scratch.commit("2027-01-05")
    assert (
        comment(capsys, "main")
        == f"""\
<!-- guide changes -->
## What this changes

**1 record and 4 pages differ.** No figure moves. No gap opens, and no gap closes. Every statement keeps its source.

Compared: `{base}` with the files as they are now.

### In the data

**Hertfordshire** (Trust profile, `data/trusts/hertfordshire/2009.yml`)

- Training › Events › “Commissioning Workshops” › When: was autumn 2007, now spring 2008.

### What readers will see

**Timeline** (`/evidence/timeline/`)

- Year by year › 2008: new: “Spring 2008 · Hertfordshire”
- only moved: “Commissioning Workshops · Held”, from “Year by year › 2007” to “Year by year › 2008”
- only moved: “These ran across the county when district-based commissioning was brought in.”, from “Year by year › \
2007 › Commissioning Workshops” to “Year by year › 2008 › Commissioning Workshops”
- only moved: “Source: Hertfordshire: commissioning training and awareness”, from “Year by year › 2007 › Commissioning \
Workshops” to “Year by year › 2008 › Commissioning Workshops”
- Year by year › 2007: gone: “Autumn 2007 · Hertfordshire”

**Compare: all topics** (`/trusts/compare/all/`)

- Training › Hertfordshire › Events and support › Commissioning Workshops: was “workshop · **autumn 2007** · for the \
voluntary and community sector”, now “workshop · **spring 2008** · for the voluntary and community sector”

**Compare: training** (`/trusts/compare/training/`)

- Hertfordshire › Events and support › Commissioning Workshops: was “workshop · **autumn 2007** · for the voluntary \
and community sector”, now “workshop · **spring 2008** · for the voluntary and community sector”

**Hertfordshire** (`/trusts/hertfordshire/`)

- At a glance › Training: was “There was training or awareness work: Workshops and training events; Commissioning \
Workshops **(autumn 2007);** Support when a new commissioning process began; and more.”, now “There was training or \
awareness work: Workshops and training events; Commissioning Workshops **(spring 2008);** Support when a new \
commissioning process began; and more.”
- Training and awareness › Training and events › Commissioning Workshops: was “workshop · **autumn 2007** · for the \
voluntary and community sector”, now “workshop · **spring 2008** · for the voluntary and community sector”
"""
    )


def test_nothing_changed(scratch: Scratch, capsys: pytest.CaptureFixture[str]) -> None:
    said = comment(capsys)
    assert "**This changes nothing that readers see.** Data and pages are the same." in said
    assert "###" not in said
    (scratch.root / "Makefile").write_text("all:\n", encoding="utf-8")
    said = comment(capsys)
    assert "How pages look may still differ, as other files changed." in said
    assert "Files outside data and pages differ too: `Makefile`." in said


def test_comments_order_and_quotation_marks_change_nothing(
    scratch: Scratch, capsys: pytest.CaptureFixture[str]
) -> None:
    scratch.change(
        LUTON_AREA, "name: Luton\npartnership: (.*)\n", 'partnership: "\\1" # as in the report\nname: Luton\n'
    )
    said = comment(capsys)
    assert (
        "**This changes nothing that readers see.** Only comments, the order of fields, quotation marks, spaces or "
        f"line breaks differ, in `{LUTON_AREA}`." in said
    )
    assert "### In the data" not in said


def test_a_change_is_told_with_the_file_that_it_is_in(scratch: Scratch, capsys: pytest.CaptureFixture[str]) -> None:
    scratch.change(LUTON_AREA, "partnership: .*", "partnership: Another")
    scratch.change(ESSEX, "  interview: face to face", "  interview: telephone")
    said = comment(capsys)
    assert f"**Luton** (Trust profile, `{LUTON_AREA}`)" in said
    assert f"**Essex** (Trust profile, `{ESSEX}`)" in said


def test_a_figure_a_gap_and_a_source(scratch: Scratch, capsys: pytest.CaptureFixture[str]) -> None:
    """Essex is said to have reported what it invested; one silence is filled, another found; one source is lost."""
    text = (scratch.root / ESSEX).read_text(encoding="utf-8")
    scratch.change(ESSEX, "reporting: not reported", "reporting: reported")
    scratch.change(ESSEX, "(?s)(\n  figures:.*?kind: )[^\n]+", r"\1reported")
    scratch.change(ESSEX, "source: clear-expectations#essex.needs\n", "source: ours\n")
    scratch.change(ESSEX, r"(?s)\Z", "  - source: ours\n    part: needs\n    what: The report gives no dates.\n")
    assert text != (scratch.root / ESSEX).read_text(encoding="utf-8")
    said = comment(capsys)
    assert "- Trusts that reported what they invested in the sector: four of the ten → five of the ten, on " in said
    (line,) = (line for line in said.splitlines() if "four of the ten → five of the ten" in line)
    assert int(line.rpartition("on ")[2].split()[0]) >= 2
    assert "### New gaps\n\n- Essex: “The report gives no dates.” (part: “needs”)\n" in said
    assert "### Gaps closed\n\n- Essex: Investment › Reporting: “not reported” became “reported”\n" in said
    assert "Essex, Needs: was “Essex: " in said
    assert "now “ours”. **No section of a document is left behind it.**" in said
    assert "Every statement keeps its source" not in said

    found = json.loads(comment(capsys, "--format", "json"))
    assert Changes.model_validate(found).pages
    assert {one["name"] for one in found["figures"]} >= {"trusts-reporting-investment"}
    (source,) = found["sources"]
    assert source["is_lost"] and source["title"] == "Essex"


def test_what_only_moved_is_said_to_have_moved(scratch: Scratch) -> None:
    scratch.change(
        LUTON,
        r"(?s)(\ngaps:\n)(  - source: ours\n.*?)(  - source: ours\n.*?)(?=  - source)",
        r"\1\3\2",
    )
    (record,) = changes(scratch.root).records
    assert [one.kind for one in record.differences] == [ChangeKind.MOVED]
    assert (
        record.differences[0]
        .sentence()
        .endswith((": only moved, from place 2 to place 1.", "from place 1 to place 2."))
    )


def test_a_trust_that_is_renamed_is_followed(scratch: Scratch, capsys: pytest.CaptureFixture[str]) -> None:
    scratch.rename_luton()
    found = changes(scratch.root)
    (record,) = (one for one in found.records if one.where.startswith("trusts/"))
    assert (record.fate, record.was_where, record.where) == (Fate.RENAMED, "trusts/luton", "trusts/luton-town")
    assert record.differences == ()
    assert {one.where for one in found.records} == {"trusts/luton-town", "moved/trusts/luton/"}
    (page,) = (one for one in found.pages if one.address == "trusts/luton-town/")
    assert (page.fate, page.was_address, page.texts) == (Fate.RENAMED, "trusts/luton/", ())
    assert not found.problems
    assert "was at `/trusts/luton/`. Its address leads to /trusts/luton-town/." in to_markdown(found)
    assert "or the new name of a record differ in" in to_markdown(found)
    del capsys


def test_a_page_that_goes_and_prose_that_changes(scratch: Scratch, capsys: pytest.CaptureFixture[str]) -> None:
    (scratch.root / "docs/about/privacy.md").unlink()
    scratch.change("docs/about/contact.md", "You need no account.", "You do not need an account.")
    scratch.change("addresses.txt", "gershon/g1/\n", "")
    said = comment(capsys)
    assert "**Privacy** (`/about/privacy/`): taken out. Nothing says where the old address leads: add it to " in said
    assert "**Contact and corrections** (`/about/contact/`) The words of the page itself changed." in said
    assert "- By email: was “You need **no** account.”, now “You **do not** need **an** account.”" in said
    assert "found the address “about/privacy/”, which was published and holds no page" in said
    assert "found no line for the address “gershon/g1/”, which was published" in said


# --- states that are not right ------------------------------------------------------------------------------------


def test_bad_data_are_told_as_problems_with_what_can_be_said(
    scratch: Scratch, capsys: pytest.CaptureFixture[str]
) -> None:
    scratch.change(HERTS, "when: autumn 2007", "when: the autumn")
    said = comment(capsys)
    assert "The checks find 1 problem, which must be mended first." in said
    assert "training.events\\[2\\].when: found “the autumn”; expected a date" in said
    assert "› When: was autumn 2007, now “the autumn”." in said
    assert "Pages and figures were not compared: the data must pass the checks first." in said


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"name: [", b"- a\n- b\n", b"name: &a [*a]\n"])
def test_no_content_gives_a_traceback(scratch: Scratch, capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    (scratch.root / LUTON).write_bytes(content)
    said = comment(capsys)
    assert "The checks find " in said
    assert LUTON in said


def test_an_older_schema_is_compared_as_far_as_it_goes(scratch: Scratch, capsys: pytest.CaptureFixture[str]) -> None:
    """The main line had a field and a word that are gone now, and lacked a field and a file that are needed now."""
    new_region = (scratch.root / "data/region.yml").read_text(encoding="utf-8")
    scratch.change("data/region.yml", r"review_after_months: \d+\n", "telephone: 01992 000000\n")
    moved = scratch.root / "data/moved.yml"
    new_moved = moved.read_text(encoding="utf-8")
    moved.unlink()
    new_herts = (scratch.root / HERTS).read_text(encoding="utf-8")
    scratch.change(HERTS, "taking_part: contributed", "taking_part: joined in")
    scratch.commit("2026-11-22")
    (scratch.root / HERTS).write_text(new_herts, encoding="utf-8")
    (scratch.root / "data/region.yml").write_text(new_region, encoding="utf-8")
    moved.write_text(new_moved, encoding="utf-8")
    scratch.change(HERTS, "when: autumn 2007", "when: spring 2008")
    said = comment(capsys)
    assert "- Telephone: was “01992 000000”, now nothing is said." in said
    assert "**Compare: training** (`/trusts/compare/training/`)" in said
    assert "data/region.yml had the field “telephone”, which the schema no longer knows." in said
    assert "data/region.yml did not have the field “review\\_after\\_months” yet, which the schema now needs." in said
    assert "data/moved.yml was not there yet." in said
    gone = "had the word “joined in” in “basis.taking\\_part”, which the schema no longer knows."
    assert f"data/trusts/hertfordshire/2009.yml {gone}" in said


def test_an_earlier_state_that_fails_the_checks(scratch: Scratch, capsys: pytest.CaptureFixture[str]) -> None:
    scratch.change(HERTS, "when: autumn 2007", "when: the autumn")
    scratch.commit("2026-11-22")
    scratch.change(HERTS, "when: the autumn", "when: autumn 2007")
    said = comment(capsys)
    assert "was “the autumn”, now autumn 2007." in said
    assert "Pages and figures were not compared: the earlier data do not pass today’s checks (data/trusts/" in said


# --- revisions ----------------------------------------------------------------------------------------------------


def test_two_revisions_leave_the_working_files_out(scratch: Scratch) -> None:
    scratch.change(HERTS, "when: autumn 2007", "when: spring 2008")
    second = scratch.commit("2027-01-05")
    scratch.change(LUTON_AREA, "partnership: .*", "partnership: Another")
    found = changes(scratch.root, "HEAD~1", "HEAD")
    assert [one.title for one in found.records] == ["Hertfordshire"]
    assert found.now == second
    assert not list(Path(scratch.root).glob("guide-changes-*"))


def test_a_revision_that_git_does_not_know(scratch: Scratch, capsys: pytest.CaptureFixture[str]) -> None:
    scratch.git("tag", "v1")
    assert cli.run(["changes", "mian"]) == 2
    assert capsys.readouterr().err == "guide: git knows no revision “mian”: did you mean “main”?\n"
    for name in ("--", "-x", "v1..v2", "a b", ""):
        with pytest.raises(RevisionError):
            changes(scratch.root, name or " ")


def test_without_git_it_says_so(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(scratch.root.parent))
    (scratch.root / ".git").rename(scratch.root / "no-git")
    with pytest.raises(RevisionError, match="there is no git history here, so there is nothing to compare with"):
        changes(scratch.root)


# --- as Markdown --------------------------------------------------------------------------------------------------


def made(*texts: str) -> Changes:
    """Return a change of one record whose field was and is what is given, again and again."""
    told = tuple(
        Difference(kind=ChangeKind.CHANGED, place=("Name",), was=was, now=now, field="name")
        for was, now in zip(texts[::2], texts[1::2], strict=True)
    )
    empty = dict.fromkeys(("pages", "figures", "gaps", "sources", "same_meaning", "other_files", "not_compared"), ())
    record = {
        "where": "trusts/x", "file": "data/trusts/x.yml", "kind": "Trust profile", "title": "X", "was_title": "X",
        "fate": "changed", "page": "", "differences": told,
    }  # fmt: skip
    return Changes.model_validate(
        {**empty, "was": "a" * 40, "now": "b" * 40, "records": [record], "problems": (), "pages_compared": True}
    )


def test_hostile_words_stay_words() -> None:
    said = to_markdown(made("“a”", "“@somebody #12 <img src=x> [a](javascript:b) `c` *d* | e”"))
    line = next(line for line in said.splitlines() if line.startswith("- Name"))
    assert line == (
        "- Name: was “a”, now “@\u2060somebody #\u206012 \\<img src=x\\> \\[a\\](javascript:b) \\`c\\` \\*d\\* \\| e”."
    )


def test_a_comment_is_never_too_long() -> None:
    long = "word " * 2_000
    said = to_markdown(made(*[f"{long}{number}" for number in range(60)]))
    assert len(said) <= MAX_LENGTH + 200
    assert said.endswith("There is more than fits here. Run `guide changes` to see all of it.\n")
