"""Who confirmed a profile, what is due for review and for whom: on a day that the page names."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from mistakes import Folder

from macros.derived.reviews import review_due
from macros.editing.page_pieces import pieces
from macros.model.dates import When, after, read_out, today
from macros.model.trust import Confirmation
from macros.pages.site import Site
from macros.reading.guide import load

LUTON = "trusts/luton/2009.yml"
CHECK = Confirmation(by="A", role="B", on=When("2026-11-20"), rests_on="The report.")


def at(day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a build be of that day."""
    seconds = (date.fromisoformat(day) - date(1970, 1, 1)).days * 86_400
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds))


def confirm(data: Folder) -> None:
    data.change(
        LUTON,
        "basis:\n",
        "confirmed:\n  by: Voluntary Action Luton\n  role: Keeper of the profile\n  on: 2026-11-20\n"
        "  rests_on: The chapter on Luton.\nbasis:\n",
    )


def said(data: Folder, url: str, macro: str, *arguments: str) -> list[str]:
    site = Site(load(data.path), data.path.parent / "docs")
    return [one.text for one in pieces(site.call(url, macro, arguments))]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [("2026-11-20", 12, "2027-11-20"), ("2026-12-31", 2, "2027-02-28"), ("2028-02-29", 12, "2029-02-28")],
)
def test_so_many_months_later(day: str, months: int, later: str) -> None:
    assert after(date.fromisoformat(day), months) == date.fromisoformat(later)


def test_the_day_of_a_build_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    at("2028-01-05", monkeypatch)
    assert read_out(today()) == "5 January 2028"


def test_what_nobody_confirmed_is_due_at_once() -> None:
    assert review_due(None, 12) is None
    assert review_due(CHECK, 12) == date(2027, 11, 20)


def test_no_profile_claims_a_check_that_nobody_made(data: Folder) -> None:
    """The report's authors sent drafts in 2009; nobody has confirmed these profiles since."""
    for trust in load(data.path).trusts:
        if trust.confirmed is None:
            told = said(data, f"trusts/{trust.slug}/", "trust_profile", trust.slug)
            assert "No one has confirmed this profile since the report of April 2009." in told


def test_a_profile_says_who_confirmed_it_and_when_it_is_due(data: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    confirm(data)
    at("2027-01-05", monkeypatch)
    told = said(data, "trusts/luton/", "trust_profile", "luton")
    assert "On 20 November 2026, by Voluntary Action Luton (Keeper of the profile)." in told
    assert "Checked against: The chapter on Luton." in told
    assert "On 20 November 2027." in told
    at("2027-11-20", monkeypatch)
    told = said(data, "trusts/luton/", "trust_profile", "luton")
    assert "Since 20 November 2027, as at 20 November 2027." in told


def test_the_gaps_page_lists_what_is_due_and_for_whom_on_its_day(data: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def sections(day: str) -> dict[str, str]:
        at(day, monkeypatch)
        site = Site(load(data.path), data.path.parent / "docs")
        soup = BeautifulSoup(site.call("trusts/gaps/", "trust_gaps", ()), "lxml")
        heads = {head.get_text(): head for head in soup.select("h3")}
        parts = {}
        for name, head in heads.items():
            following = []
            for one in head.find_next_siblings(["p", "ul", "h3"]):
                if one.name == "h3":
                    break
                following.append(" ".join(one.get_text().split()))
            parts[name] = " ".join(following)
        return {**parts, "": " ".join(soup.get_text().split())}

    number = len(load(data.path).trusts)
    before = sections("2026-11-22")
    assert "As at 22 November 2026." in before[""]
    assert "Luton" in before[f"Never confirmed: {number} of {number}"]
    assert "guide@" in before[f"Never confirmed: {number} of {number}"]
    assert before["Standards"] == "No standard is due."

    confirm(data)
    fresh = sections("2027-11-19")
    assert "Luton" not in fresh[f"Never confirmed: {number - 1} of {number}"]
    assert "Confirmed too long ago" not in fresh
    late = sections("2027-11-20")
    assert late["Confirmed too long ago"] == (
        "Luton: due since 20 November 2027, for Voluntary Action Luton (Keeper of the profile)"
    )
    assert "due since 22 November 2027" in sections("2027-11-22")["Standards"]


def test_the_time_to_a_review_is_data(data: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    confirm(data)
    data.change("region.yml", "review_after_months: 12", "review_after_months: 6")
    at("2027-01-05", monkeypatch)
    assert "On 20 May 2027." in said(data, "trusts/luton/", "trust_profile", "luton")
