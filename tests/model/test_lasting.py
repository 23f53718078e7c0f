"""What calendars, feed readers and downloads know a thing by lasts: others come and go, sites move, copies are cut."""

from __future__ import annotations

import csv
import io
import os
import re
import socket
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Timer
from typing import Any
from xml.etree import ElementTree

import pytest
import small_project
from icalendar import Calendar
from scratch import Scratch

from macros.derived import downloads
from macros.derived import table_columns as frames
from macros.derived.download_kinds import TableDownload
from macros.derived.download_table import DOWNLOADS
from macros.history import feeds
from macros.history.differences import differences
from macros.history.timeline import read_history
from macros.history.timeline_entries import History
from macros.model.guidance import Hub, RegionalFramework
from macros.model.lasting import anchors, id_of, slug
from macros.model.trust import Governance
from macros.pages.site import Site
from macros.reading.guide import Guide, load
from macros.reading.problem import DataProblems

ROOT = Path(__file__).parents[2]
BASE = "https://guide.example/"
LUTON, SUFFOLK = "data/trusts/luton/2009.yml", "data/trusts/suffolk/2009.yml"
LUTON_AREA, SUFFOLK_AREA = "data/trusts/luton/trust.yml", "data/trusts/suffolk/trust.yml"
ATOM = "{http://www.w3.org/2005/Atom}"
POOLED = "trusts/suffolk/plans-were-being-made-to-pool-resources"
PLAN = """plans:
  - source: clear-expectations#suffolk.context
    what: A new plan that comes before all others.
    action: review
    when: 2009-06
    state: planned
"""
FIGURE = """  figures:
    - amount: 1000
      kind: reported
      per: a year
      scope: A sum that comes before all others.
"""
BODY = """  bodies:
    - name: A body that comes before all others
      kind: board
      vcs: represented
"""


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    return Scratch(tmp_path / "scratch")


def history_of(root: Path) -> tuple[Guide, History]:
    guide = load(root / "data")
    return guide, read_history(root, guide)


def events(root: Path) -> dict[str, Any]:
    guide, history = history_of(root)
    made = downloads.contents(guide, BASE, None, history.revisions(guide.region))["timetable.ics"]
    return {str(event["uid"]): event for event in Calendar.from_ical(made).walk("VEVENT")}


def table(root: Path, name: str) -> list[dict[str, str]]:
    made = downloads.contents(load(root / "data"), BASE)[name].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(made, newline="")))


def feed(root: Path, name: str = "about/whats-new.atom", base: str = BASE) -> ElementTree.Element:
    guide, history = history_of(root)
    return ElementTree.fromstring(feeds.contents(guide, history, base)[name])  # noqa: S314 - our own


def ids(parsed: ElementTree.Element) -> list[str | None]:
    return [one.text for one in parsed.iter(f"{ATOM}id")]


def updated(parsed: ElementTree.Element) -> datetime:
    return datetime.fromisoformat(parsed.findtext(f"{ATOM}updated") or "")


def shallow(scratch: Scratch, depth: int = 1) -> Path:
    copy = scratch.root.with_name(f"shallow-{depth}")
    scratch.git("clone", "--quiet", f"--depth={depth}", scratch.root.as_uri(), str(copy))
    return copy


# --- calendars and rows -------------------------------------------------------------------------------------------


def test_a_new_first_plan_leaves_all_other_events_alone(scratch: Scratch) -> None:
    before = events(scratch.root)
    scratch.change(SUFFOLK, "plans:\n", PLAN)
    scratch.commit("2027-01-05")
    after = events(scratch.root)
    (new,) = after.keys() - before.keys()
    assert new.endswith(":trusts/suffolk/a-new-plan-that-comes-before-all-others")
    assert {uid: event.to_ical() for uid, event in after.items() if uid != new} == {
        uid: event.to_ical() for uid, event in before.items()
    }


@pytest.mark.parametrize(
    ("name", "file", "old", "new"),
    [
        ("investment.csv", LUTON, "  figures:\n", FIGURE),
        ("bodies.csv", LUTON, "  bodies:\n", BODY),
        (
            "survey-2009.csv",
            "data/surveys/2009/answers.csv",
            "\none-year-funding",
            "\none-year-funding,A new answer,not printed,the majority,,clear-expectations#response\none-year-funding",
        ),
    ],
)
def test_a_new_first_row_leaves_the_keys_of_all_others_alone(
    scratch: Scratch, name: str, file: str, old: str, new: str
) -> None:
    tables = {"investment.csv": frames.INVESTMENT, "bodies.csv": frames.BODIES, "survey-2009.csv": frames.ANSWERS}
    columns = tables[name].key
    before = [tuple(row[one] for one in columns) for row in table(scratch.root, name)]
    scratch.change(file, old, new)
    after = [tuple(row[one] for one in columns) for row in table(scratch.root, name)]
    assert len(after) == len({*after}) == len(before) + 1
    assert [one for one in after if one in before] == before


def test_no_table_counts_its_rows() -> None:
    for one in (download.table for download in DOWNLOADS if isinstance(download, TableDownload)):
        assert not {"number", "row", "index", "position"} & {*one.header}, one.name


def test_an_event_that_changes_keeps_its_uid_and_counts_on(scratch: Scratch) -> None:
    def seen() -> tuple[int, datetime]:
        (event,) = (event for uid, event in events(scratch.root).items() if uid.endswith(POOLED))
        return int(event["sequence"]), event.decoded("dtstamp")

    first = seen()
    assert first == (60 * 12, datetime(2026, 11, 22, 12, tzinfo=UTC))
    scratch.change(SUFFOLK, r"(pool budgets\n    when: )2009", r"\g<1>2010")
    scratch.commit("2027-01-05")
    second = seen()
    assert second[0] > first[0]
    assert second[1] == datetime(2027, 1, 5, 12, tzinfo=UTC)
    scratch.change(SUFFOLK_AREA, "partnership: .*", "partnership: Another")  # nothing of a plan
    scratch.commit("2027-02-05")
    assert seen() == second
    scratch.change(SUFFOLK, r"(pool budgets\n    when: )2010", r"\g<1>2011")
    scratch.commit("2027-03-05")
    assert seen()[0] > second[0]
    assert seen() == seen()


def test_a_plan_that_is_reworded_can_keep_its_id(scratch: Scratch) -> None:
    before = events(scratch.root)
    scratch.change(
        SUFFOLK,
        r"    what: Plans were being made to pool resources\.\n    action",
        "    id: plans-were-being-made-to-pool-resources\n    what: Money was to be held in common.\n    action",
    )
    scratch.commit("2027-01-05")
    after = events(scratch.root)
    assert after.keys() == before.keys()
    (uid,) = (uid for uid in after if uid.endswith(POOLED))
    assert after[uid]["sequence"] > before[uid]["sequence"]


def test_no_anchor_of_a_page_counts(guide: Guide, site: Site) -> None:
    """A worry, a span of days or a stage that comes first leaves the addresses of all others as they are."""
    worries = dict.fromkeys(worry for one in guide.standards for worry in one.worries)
    asked = site.call("tools/ask/", "questions_to_ask", ())
    assert re.findall(r"\{: #(\S+) \}", asked) == [f"worry-{slug(worry)}" for worry in worries]
    assert [*re.findall(r'href="(?:[^"#]*)#([^"]+)"', site.call("vcs/", "worry_links", ()))] == re.findall(
        r"\{: #(\S+) \}", asked
    )
    days = dict.fromkeys(one.days for one in guide.framework.adopt)
    adopt = site.call("framework/adopt/", "framework_adopt", ())
    assert re.findall(r"\{: #(\S+) \}", adopt) == [slug(one) for one in days]
    stages = re.findall(r'<h2 id="assess-stage-([^"]+)"', site.call("self-assessment/", "self_assessment", ()))
    assert stages == [hub.id for hub in guide.stages]


def test_texts_that_come_to_the_same_words_have_anchors_of_their_own() -> None:
    assert anchors(["part 2", "£", "Part 2!", "Days"]) == {
        "part 2": "part-2",
        "£": "part-3",
        "Part 2!": "part-4",
        "Days": "days",
    }


def test_what_changed_names_stages_sources_and_bodies_as_readers_do() -> None:
    was = {"stages": [{"stage": "funding", "aim": "Money is stable."}]}
    now = {"stages": [{"stage": "funding", "aim": "Money is stable, and enough."}]}
    (told,) = differences(was, now, RegionalFramework, {})
    assert told.place[:2] == ("Stages", "“funding”")
    labels = {"framework-2006": "The framework of 2006"}
    (told,) = differences({}, {"steps_source": "framework-2006"}, Hub, labels)
    assert told.sentence() == "Steps source: now “The framework of 2006”, where nothing was said."
    body = {"name": "Board", "id": "the-board", "kind": "board"}
    (told,) = differences({"bodies": [body]}, {"bodies": [{**body, "kind": "partnership group"}]}, Governance, {})
    assert told.place[:2] == ("Bodies", "“Board”")


def test_an_id_is_made_of_words_and_not_of_signs() -> None:
    assert id_of(None, "The Board’s review – of £2 million, “in full”, by 2010 or later.") == (
        "the-boards-review-of-2-million-in"
    )
    assert id_of("given", "words") == "given"
    assert id_of(None, None, "…") == "unnamed"
    assert len(id_of(None, "x" * 200)) == 80


# --- feeds --------------------------------------------------------------------------------------------------------


def test_the_ids_of_feeds_and_events_stay_when_the_site_moves(scratch: Scratch) -> None:
    scratch.change(LUTON_AREA, "partnership: .*", "partnership: Another")
    commit = scratch.commit("2027-01-05")
    for name in ("about/whats-new.atom", "data/trusts/luton.atom"):
        here, there = (ids(feed(scratch.root, name, base)) for base in (BASE, "https://elsewhere.example/guide/"))
        assert here == there
        assert f"tag:clear-expectations.example,2026:trusts/luton/{commit}" in here
    guide, history = history_of(scratch.root)
    revised = history.revisions(guide.region)
    uids = [
        [str(event["uid"]) for event in Calendar.from_ical(made["timetable.ics"]).walk("VEVENT")]
        for made in (downloads.contents(guide, base, None, revised) for base in (BASE, "https://elsewhere.example/"))
    ]
    assert uids[0] == uids[1]
    assert all(uid.startswith("tag:clear-expectations.example,2026:") for uid in uids[0])


def test_entries_stay_the_same_when_a_trust_is_renamed(scratch: Scratch) -> None:
    scratch.change(LUTON_AREA, "partnership: .*", "partnership: Another")
    scratch.commit("2027-01-05")
    before = ids(feed(scratch.root))
    scratch.rename_luton()
    scratch.commit("2027-01-06")
    assert {*before} <= {*ids(feed(scratch.root))}


@pytest.mark.parametrize(
    "tag",
    ["https://guide.example/", "guide.example,2026", "tag:guide.example", "tag:Guide.Example,2026", "tag:guide,2026"],
)
def test_a_tag_that_is_none_is_explained(scratch: Scratch, tag: str) -> None:
    scratch.change("data/region.yml", "tag: .*", f'tag: "{tag}"')
    with pytest.raises(DataProblems) as found:
        load(scratch.root / "data")
    (problem,) = found.value.problems
    assert problem.file == "data/region.yml"
    assert (problem.found, problem.field) == (f"“{tag}”", "tag")
    assert problem.mend == "write it like that, for example “tag:guide.example.org,2026-11-22”"


# --- shallow copies -----------------------------------------------------------------------------------------------


def test_a_shallow_copy_never_says_an_earlier_time(scratch: Scratch) -> None:
    scratch.change(SUFFOLK, r"(pool budgets\n    when: )2009", r"\g<1>2010")
    scratch.commit("2027-01-05")
    scratch.change("docs/about/contact.md", "You need no account.", "You do not need an account.")
    scratch.commit("2027-02-05")
    whole, cut = scratch.root, shallow(scratch)
    assert read_history(cut, load(cut / "data")).is_cut_off
    for name in ("about/whats-new.atom", "data/trusts/luton.atom", "data/trusts/suffolk.atom"):
        assert updated(feed(cut, name)) >= updated(feed(whole, name)), name
    known = events(whole)
    for uid, event in events(cut).items():
        assert event.decoded("dtstamp") >= known[uid].decoded("dtstamp")
        assert event["sequence"] >= known[uid]["sequence"]


@pytest.fixture
def cut(tmp_path: Path, guide: Guide) -> Path:
    """A small project that can be built, copied without its older commits."""
    whole = small_project.make(tmp_path / "whole", guide)
    for day in ("2027-01-05", "2027-02-05"):
        (whole / "docs/index.md").write_text(f"---\ntitle: Home\ndescription: As of {day}\n---\n\nWords.\n", "utf-8")
        git(whole, day, "init", "--quiet")
        git(whole, day, "add", "--all")
        git(whole, day, "commit", "--quiet", "--message", "A change")
    copy = tmp_path / "cut"
    git(tmp_path, "2027-02-05", "clone", "--quiet", "--depth=1", whole.as_uri(), str(copy))
    return copy


def git(folder: Path, day: str, *arguments: str) -> None:
    when = {f"GIT_{who}_DATE": f"{day}T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    who = ("-c", "user.name=Scratch", "-c", "user.email=scratch@example.org")
    subprocess.run(["git", *who, *arguments], cwd=folder, env={**os.environ, **when}, check=True)


CUT = (
    "Note: this copy of the repository is shallow: it begins on 5 February 2027. Changes before that are missing in "
    "the feeds and in “What’s changed”. To have them: “git fetch --unshallow”, and build again."
)
DOORS = {
    "guide build": ["macros", "build"],
    "guide build, Zensical": ["macros", "build", "--engine", "zensical"],
    "guide build, as before": ["macros", "build"],
    "guide export": ["macros", "export", "out"],
    "mkdocs build": ["mkdocs", "build", "--strict"],
    "zensical build": ["zensical", "build"],
}
SERVERS = {"mkdocs serve": ["mkdocs", "serve"], "zensical serve": ["zensical", "serve"]}


def test_a_build_of_a_shallow_copy_says_so_and_how_to_mend_it(cut: Path) -> None:
    for name, command in DOORS.items():
        run = subprocess.run(
            [sys.executable, "-m", *command], cwd=cut, capture_output=True, text=True, check=False, timeout=600
        )
        assert run.returncode == 0, run.stdout + run.stderr
        assert CUT in " ".join((run.stdout + run.stderr).split()), name


@pytest.mark.parametrize("command", SERVERS.values(), ids=SERVERS)
def test_serving_a_shallow_copy_says_so_too(cut: Path, command: list[str]) -> None:
    """A note that comes only when everything is built would be missed by those who never do that by hand."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    server = subprocess.Popen(
        [sys.executable, "-u", "-m", *command, "--dev-addr", address],
        cwd=cut, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    patience = Timer(120, server.kill)
    patience.start()
    said = ""
    try:
        assert server.stdout
        for line in server.stdout:  # ends when the server is stopped, or gives up
            said = " ".join(f"{said} {line}".split())
            if CUT in said:
                return
    finally:
        patience.cancel()
        server.kill()
        server.communicate()
    pytest.fail(f"the server ended without a word of it: {said}")


def test_a_copy_that_knows_everything_is_silent_and_one_without_git_is_not(scratch: Scratch) -> None:
    assert history_of(scratch.root)[1].missing == ""
    assert History().missing.endswith("build in a clone of the repository")


def test_every_workflow_that_builds_has_the_whole_history() -> None:
    builds = re.compile(r"\.ci/(run|preview)\b|guide (build|pdf|offline|export|changes)\b|mkdocs build")
    found = [path for path in sorted((ROOT / ".github/workflows").glob("*.yml")) if builds.search(path.read_text())]
    assert len(found) > 1
    for path in found:
        assert re.search(r"(?m)^ +fetch-depth: 0\b", path.read_text(encoding="utf-8")), path.name


def test_without_any_history_no_time_is_that_of_the_evidence(scratch: Scratch) -> None:
    guide = load(scratch.root / "data")
    for content in feeds.contents(guide, History(), BASE).values():
        found = ElementTree.fromstring(content)  # noqa: S314 - our own
        assert updated(found).date() == date(2026, 11, 22)
