"""The history that readers see: what a profile said before, when it last changed, and what is not known."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from scratch import Scratch

from macros.editing.page_pieces import pieces
from macros.history import feeds, timeline_entries
from macros.history.git import Repository
from macros.history.timeline import ENDING, read_history
from macros.history.timeline_entries import History
from macros.pages.site import Site, site_once
from macros.reading import cache
from macros.reading.guide import load
from macros.views.freshness import CUT_OFF, NOT_KNOWN, NOT_RECORDED, last_changed

HERTS, LUTON = "data/trusts/hertfordshire/2009.yml", "data/trusts/luton/2009.yml"
LUTON_AREA = "data/trusts/luton/trust.yml"
CONFIRMED = (
    "confirmed:\n  by: Voluntary Action Luton\n  role: Keeper\n  on: 2026-11-20\n  rests_on: The report.\nbasis:\n"
)


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    return Scratch(tmp_path / "scratch")


def of(root: Path) -> History:
    return read_history(root, load(root / "data"))


def told(root: Path, where: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(str(change.day), change.sentences) for change in of(root).of(where)]


def changed(root: Path, slug: str = "luton") -> str:
    guide = load(root / "data")
    return last_changed(read_history(root, guide), guide.trust(slug), guide.region.baseline)


def profile(root: Path, slug: str = "luton") -> list[str]:
    """Return what the part “What’s changed” of a profile reads."""
    site = site_once(root)
    page = next(page for page in site.pages if page.path == f"trusts/{slug}.md")
    return [one.text for one in pieces(site.drawn(page)) if one.place[:1] == ("What’s changed",)]


# --- what changed -------------------------------------------------------------------------------------------------


def test_the_first_writing_is_one_thing(scratch: Scratch) -> None:
    """Two commits of the first day are the first writing, not hundreds of changes."""
    scratch.change(LUTON_AREA, "name: Luton\n", "name: Luton\nalso_called: [Lutton]\n")
    scratch.commit("2026-11-22")
    found = of(scratch.root)
    assert found.changes == ()
    assert found.first_written == date(2026, 11, 22)
    assert changed(scratch.root) == "Not since it was first written from the report, on 22 November 2026."
    assert "22 November 2026: The profile was first written from the report." in profile(scratch.root)


def test_changes_are_told_as_sentences_newest_first(scratch: Scratch) -> None:
    scratch.change(HERTS, "when: autumn 2007", "when: spring 2008")
    scratch.commit("2027-01-05")
    scratch.change(HERTS, "when: spring 2008", "when: summer 2008")
    scratch.commit("2027-02-05")
    start = "Training › Events › “Commissioning Workshops” › When: was"
    assert told(scratch.root, "trusts/hertfordshire") == [
        ("2027-02-05", (f"{start} spring 2008, now summer 2008.",)),
        ("2027-01-05", (f"{start} autumn 2007, now spring 2008.",)),
    ]
    assert changed(scratch.root, "hertfordshire") == "5 February 2027"
    assert told(scratch.root, "trusts/luton") == []


def test_touching_every_file_changes_nothing(scratch: Scratch) -> None:
    for path in (scratch.root / "data").rglob("*.yml"):
        path.write_text(f"# Touched by a robot.\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    scratch.change(LUTON_AREA, "status: continuing", 'status: "continuing"')
    scratch.commit("2027-01-05")
    assert of(scratch.root).changes == ()
    assert changed(scratch.root) == "Not since it was first written from the report, on 22 November 2026."


def test_a_check_is_no_change_and_a_change_is_no_check(scratch: Scratch) -> None:
    scratch.change(LUTON, "basis:\n", CONFIRMED)
    scratch.commit("2027-01-05")
    assert told(scratch.root, "trusts/luton") == [("2027-01-05", ("Somebody confirmed this profile.",))]
    assert changed(scratch.root) == "Not since it was first written from the report, on 22 November 2026."
    scratch.change(LUTON_AREA, "partnership: .*", "partnership: Another")
    scratch.commit("2027-02-05")
    assert changed(scratch.root) == "5 February 2027"
    trust = load(scratch.root / "data").trust("luton")
    assert trust.confirmed and trust.confirmed.on == "2026-11-20"


def test_a_trust_that_is_renamed_keeps_its_history(scratch: Scratch) -> None:
    scratch.change(LUTON_AREA, "partnership: .*", "partnership: Another")
    scratch.commit("2027-01-05")
    scratch.rename_luton()
    scratch.commit("2027-01-06")
    found = told(scratch.root, "trusts/luton-town")
    assert [day for day, _ in found] == ["2027-01-06", "2027-01-05"]
    assert found[1][1] == ("Partnership: was “Luton Children’s Trust”, now “Another”.",)
    assert changed(scratch.root, "luton-town") == "6 January 2027"
    assert {change.page for change in of(scratch.root).of("trusts/luton-town")} == {"trusts/luton-town/"}


def test_pages_and_lists_are_told_of_and_what_is_gone_has_no_link(scratch: Scratch) -> None:
    scratch.change("docs/about/contact.md", "You need no account.", "You do not need an account.")
    scratch.change("data/glossary.yml", "term: JSNA\n", "term: J S N A\n")
    scratch.commit("2027-01-05")
    (scratch.root / "docs/about/contact.md").unlink()
    scratch.commit("2027-01-06")
    found = [(change.where, change.page, change.sentences) for change in of(scratch.root).changes]
    assert found == [
        ("docs/about/contact.md", "", ("This page was taken out.",)),
        ("glossary/jsna", "glossary/#jsna", ("Term: was “JSNA”, now “J S N A”.",)),
        ("docs/about/contact.md", "", ("The words of this page changed.",)),
    ]


def test_a_long_change_is_counted(scratch: Scratch) -> None:
    text = (scratch.root / LUTON).read_text(encoding="utf-8")
    gaps = "".join(f"  - source: ours\n    part: needs\n    what: Silence number {n}.\n" for n in range(20))
    (scratch.root / LUTON).write_text(text + gaps, encoding="utf-8")
    scratch.commit("2027-01-05")
    ((_, sentences),) = told(scratch.root, "trusts/luton")
    assert len(sentences) == timeline_entries.MOST_SENTENCES + 1
    assert sentences[-1] == "There were 12 more changes."


def test_a_mistake_that_was_mended_is_no_story(scratch: Scratch) -> None:
    good = (scratch.root / LUTON).read_text(encoding="utf-8")
    (scratch.root / LUTON).write_text("name: [", encoding="utf-8")
    scratch.commit("2027-01-05")
    (scratch.root / LUTON).write_text(good, encoding="utf-8")
    scratch.commit("2027-01-06")
    assert told(scratch.root, "trusts/luton") == []


# --- what is not known --------------------------------------------------------------------------------------------


def test_without_git_nothing_is_known_and_the_page_says_so(
    scratch: Scratch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    folder = tmp_path / "unpacked"
    shutil.copytree(scratch.root, folder, ignore=shutil.ignore_patterns(".git"))
    assert of(folder) == History()
    assert changed(folder) == NOT_KNOWN
    assert NOT_KNOWN in profile(folder)


def test_what_is_not_recorded_is_said(scratch: Scratch) -> None:
    scratch.change(LUTON_AREA, "partnership: .*", "partnership: Another")
    assert changed(scratch.root) == NOT_RECORDED
    assert changed(scratch.root, "essex").startswith("Not since it was first written")


def test_a_shallow_copy_claims_no_more_than_it_knows(scratch: Scratch, tmp_path: Path) -> None:
    for month in (1, 2, 3):
        scratch.change(LUTON_AREA, "partnership: .*", f"partnership: Number {month}")
        scratch.commit(f"2027-0{month}-05")
    shallow = tmp_path / "shallow"
    subprocess.run(["git", "clone", "--quiet", "--depth=2", f"file://{scratch.root}", shallow], check=True)
    assert told(shallow, "trusts/luton") == [("2027-03-05", ("Partnership: was “Number 2”, now “Number 3”.",))]
    assert changed(shallow) == "5 March 2027"
    assert changed(shallow, "essex") == CUT_OFF
    assert CUT_OFF in profile(shallow, "essex")
    assert not any("first written" in text for text in profile(shallow, "essex"))


# --- what is kept -------------------------------------------------------------------------------------------------


def kept(root: Path) -> Path:
    path = cache.place(root, ENDING)
    assert path is not None
    return path


def test_git_is_not_read_again_when_nothing_changed(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch.change(LUTON_AREA, "partnership: .*", "partnership: Another")
    scratch.commit("2027-01-05")
    first = of(scratch.root)
    assert kept(scratch.root).is_file()
    for name in ("log", "contents"):
        monkeypatch.setattr(Repository, name, lambda *_: pytest.fail("git was read again"))
    assert of(scratch.root) == first


def test_only_what_is_new_is_read(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch.change(LUTON_AREA, "partnership: .*", "partnership: Another")
    scratch.commit("2027-01-05")
    of(scratch.root)
    scratch.change(HERTS, "when: autumn 2007", "when: spring 2008")
    scratch.commit("2027-01-06")
    asked: list[str] = []
    whole = Repository.contents

    def contents(self: Repository, blobs: object) -> object:
        asked.extend(blobs := [*blobs])  # type: ignore[call-overload]
        return whole(self, blobs)

    monkeypatch.setattr(Repository, "contents", contents)
    assert [change.title for change in of(scratch.root).changes] == ["Hertfordshire", "Luton"]
    assert len(asked) == 2


@pytest.mark.parametrize("committed", [True, False])
def test_what_was_kept_before_a_new_name_is_told_with_that_name(scratch: Scratch, committed: bool) -> None:
    """A change of evidence is told with the name that the Trust has today: the file of the evidence holds none."""
    scratch.change(LUTON, "basis:\n", CONFIRMED)
    scratch.commit("2027-01-05")
    of(scratch.root)
    scratch.change(LUTON_AREA, "name: Luton", "name: Luton Town")
    if committed:
        scratch.commit("2027-01-06")
    found = of(scratch.root)
    with cache.disbelieved():
        assert found == of(scratch.root)
    assert {change.title for change in found.of("trusts/luton")} == {"Luton Town"}


SPOILT: dict[str, Callable[[Path], object]] = {
    "half a file": lambda path: path.write_text(path.read_text(encoding="utf-8")[:200], encoding="utf-8"),
    "of another program": lambda path: path.write_text('{"key": "x", "head": [], "pairs": 3}', encoding="utf-8"),
    "with another shape": lambda path: path.write_text(
        json.dumps({**json.loads(path.read_text(encoding="utf-8")), "history": {"changes": 3}}), encoding="utf-8"
    ),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("how", SPOILT)
def test_what_was_kept_and_spoilt_is_worked_out_again(scratch: Scratch, how: str) -> None:
    scratch.change(LUTON_AREA, "partnership: .*", "partnership: Another")
    scratch.commit("2027-01-05")
    first = of(scratch.root)
    SPOILT[how](kept(scratch.root))
    assert of(scratch.root) == first


# --- pages and feeds ----------------------------------------------------------------------------------------------


def test_a_profile_shows_the_newest_changes_and_keeps_the_rest_closed(scratch: Scratch) -> None:
    for day in range(1, 8):
        scratch.change(LUTON_AREA, "partnership: .*", f"partnership: Number {day}")
        scratch.commit(f"2027-01-0{day}")
    guide = load(scratch.root / "data")
    site = Site(guide, scratch.root / "docs", history=read_history(scratch.root, guide))
    soup = BeautifulSoup(site.call("trusts/luton/", "trust_profile", ("luton",)), "lxml")
    days = [time["datetime"] for time in soup.select("time")]
    assert days == [f"2027-01-0{day}" for day in range(7, 0, -1)]
    closed = soup.select_one("details details:has(time)")
    assert closed and len(closed.select("time")) == 2
    assert closed.summary and closed.summary.get_text() == "2 earlier changes"
    news = BeautifulSoup(site.call("about/whats-new/", "whats_new", ()), "lxml")
    assert [link["href"] for link in news.select("li p > a")] == ["../../trusts/luton/"] * 7


ATOM = "{http://www.w3.org/2005/Atom}"


def test_feeds_are_atom_with_ids_that_stay(scratch: Scratch) -> None:
    scratch.change(LUTON_AREA, "partnership: .*", "partnership: A & <b>")
    scratch.change(LUTON_AREA, "partnership: .*", "partnership: A & B")
    commit = scratch.commit("2027-01-05")
    guide = load(scratch.root / "data")
    made = feeds.contents(guide, read_history(scratch.root, guide), "https://guide.example/")
    assert made == feeds.contents(guide, read_history(scratch.root, guide), "https://guide.example/")
    assert made.keys() == {"about/whats-new.atom", *(f"data/trusts/{trust.slug}.atom" for trust in guide.trusts)}
    for path, content in made.items():
        feed = ElementTree.fromstring(content)  # noqa: S314 - our own
        assert feed.tag == f"{ATOM}feed"
        assert {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}["self"] == (
            f"https://guide.example/{path}"
        )
        ids = [one.text for one in feed.iter(f"{ATOM}id")]
        assert len(set(ids)) == len(ids) and all(
            str(one).startswith("tag:clear-expectations.example,2026:") for one in ids
        )
        for part in (feed, *feed.findall(f"{ATOM}entry")):
            assert all(part.findtext(f"{ATOM}{name}") for name in ("title", "updated", "id"))
        assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    luton = ElementTree.fromstring(made["data/trusts/luton.atom"])  # noqa: S314 - our own
    entry, first = luton.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"tag:clear-expectations.example,2026:trusts/luton/{commit}"
    assert entry.findtext(f"{ATOM}updated") == "2027-01-05T12:00:00+00:00"
    assert entry.findtext(f"{ATOM}content") == (
        "<ul><li>Partnership: was “Luton Children’s Trust”, now “A &amp; B”.</li></ul>"
    )
    assert first.findtext(f"{ATOM}content") == "<ul><li>The profile was first written from the report.</li></ul>"


def test_a_feed_without_history_does_not_hang_on_the_clock(scratch: Scratch) -> None:
    made = feeds.contents(load(scratch.root / "data"), History(), "https://guide.example/")
    feed = ElementTree.fromstring(made["about/whats-new.atom"])  # noqa: S314 - our own
    assert feed.findtext(f"{ATOM}updated") == "2026-11-22T12:00:00+00:00"
    assert feed.findall(f"{ATOM}entry") == []
