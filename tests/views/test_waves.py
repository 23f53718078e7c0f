"""A second wave of evidence: each part shows the latest that is known, with its date, and nothing of 2009 is lost."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from icalendar import Calendar
from mistakes import ROOT
from second_wave import ABSENT, FULL, PARTIAL, RENAMED, TAKEN_OVER, lay_over

from macros.derived import downloads
from macros.derived.figures import figures
from macros.derived.latest_known import as_told, first_told, latest
from macros.derived.wave_figures import compared, figure_of
from macros.derived.word_files import to_calendar
from macros.history.timeline_entries import UNKNOWN
from macros.history.wave_changes import wave_changes
from macros.model.vocabulary import Part
from macros.model.wording import number
from macros.publish.search_index import other_names
from macros.reading.guide import Guide
from macros.reading.problem import UnknownName
from macros.views.compare import compare
from macros.views.shared.page import Page
from macros.views.shared.questions import TOPICS
from macros.views.structured_data import PageIntroduction, json_ld
from macros.views.tools import timetable
from macros.views.trust import trust_profile, wave_profile
from macros.views.trusts import trust_finder, trust_gaps
from macros.views.waves import change, wave_list


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    data = tmp_path_factory.mktemp("waves") / "data"
    shutil.copytree(ROOT / "data", data)
    return lay_over(data)


def page_of(guide: Guide, url: str) -> Page:
    return Page(guide, url, dict)


def text_of(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").replace("¶", "").split())


def profile(guide: Guide, slug: str) -> BeautifulSoup:
    return BeautifulSoup(trust_profile(page_of(guide, f"trusts/{slug}/"), slug), "html.parser")


def glance(soup: BeautifulSoup) -> dict[str, str]:
    rows = soup.select(".ce-glance dl > div")
    return {row.dt.get_text(): " ".join(dd.get_text(" ") for dd in row.select("dd")) for row in rows if row.dt}


# --- what is known ------------------------------------------------------------------------------------------------


def test_with_one_wave_the_latest_is_the_trust_itself(guide: Guide) -> None:
    for trust in guide.trusts:
        known = latest(guide, trust.slug)
        assert known.trust is trust
        assert {wave.id for wave in known.waves.values()} == {"2009"}
        assert as_told(guide, trust.slug, "2009") is not None


def test_each_part_is_that_of_the_newest_wave_that_covered_it(later: Guide) -> None:
    covered = {slug: {part for part, wave in latest(later, slug).waves.items() if wave.id == "2018"} for slug in _all()}
    assert all(covered[slug] == set(Part) for slug in FULL)
    assert {slug: covered[slug] for slug in PARTIAL} == {
        "bedfordshire": {Part.GOVERNANCE},
        "cambridgeshire": {Part.TRAINING},
        "hertfordshire": {Part.INVESTMENT},
        "norfolk": {Part.NEEDS},
        "southend-on-sea": {Part.NEXT_STEPS},
    }
    assert all(covered[slug] == set() for slug in ABSENT)


def _all() -> tuple[str, ...]:
    return FULL + PARTIAL + ABSENT


def test_what_a_wave_did_not_cover_stays_as_it_was(later: Guide) -> None:
    known, was = latest(later, "hertfordshire").trust, first_told(later, "hertfordshire").trust
    assert known.investment.figures[0].amount == 900_000
    assert known.terms == ()  # shown with the money, so they are of its date
    assert (known.governance, known.needs, known.plans) == (was.governance, was.needs, was.plans)
    assert {gap.part for gap in was.gaps} - {gap.part for gap in known.gaps} <= {Part.INVESTMENT}


def test_the_figures_of_2009_do_not_move(guide: Guide, later: Guide) -> None:
    assert {name: one.text for name, one in figures(guide).items()} == {
        name: one.text for name, one in figures(later).items()
    }


def test_a_figure_of_a_wave_has_the_trusts_that_the_wave_covered_as_its_base(guide: Guide, later: Guide) -> None:
    for name in ("trusts", "trusts-with-a-unit", "trusts-silent-on-needs"):
        assert figure_of(later, name, "2009").text == figures(guide)[name].text
    assert figure_of(later, "trusts-with-a-unit", "2018").text == "three of the three"
    assert figure_of(later, "trusts-silent-on-needs", "2018").text == "three of the four"
    assert figure_of(later, "trusts-giving-a-sum", "2018").text == "one of the four"
    assert "where the second look does not mention it" in figure_of(later, "trusts-with-a-unit", "2018").counts
    assert figure_of(later, "trusts-with-a-unit", "2018").records == tuple(f"profiles/{one}/2018" for one in FULL)


@pytest.mark.parametrize("name", ["trusts-interviewed", "recommendations", "survey-2009-usable"])
def test_a_figure_that_a_wave_does_not_have_is_refused(later: Guide, name: str) -> None:
    with pytest.raises(UnknownName):
        figure_of(later, name, "2018")
    with pytest.raises(UnknownName):
        compared(later, name)


def test_with_one_wave_there_is_nothing_to_compare(guide: Guide) -> None:
    with pytest.raises(UnknownName, match="figure that two waves have"):
        compared(guide, "trusts-with-a-unit")


def test_two_waves_are_compared_on_the_trusts_in_both(later: Guide) -> None:
    states = {one.slug: one.context.commissioning.unit.state for one in later.trusts}
    was = sum(states[slug] == "in place" for slug in FULL)
    text = text_of(change(page_of(later, "evidence/"), "trusts-with-a-unit"))
    assert (
        f"Of the three Trusts in both waves: {number(was)} of the three in April 2009, and three of the three in"
        in text
    )
    assert f"April 2009: {figures(later)['trusts-with-a-unit'].text} Trusts that the wave covered." in text
    assert "Spring 2018: three of the three Trusts that the wave covered." in text
    assert "only the last line compares like with like" in text


# --- the profile --------------------------------------------------------------------------------------------------


def test_answers_carry_the_date_of_the_wave_that_gave_them(later: Guide) -> None:
    told = glance(profile(later, "luton"))
    assert "three seats on the Children’s Trust" in told["On the board"]
    assert all("As of spring 2018" in answer for answer in told.values())
    told = glance(profile(later, "norfolk"))
    assert {label for label, answer in told.items() if "As of spring 2018" in answer} == {"Needs assessment"}
    assert not any("As of" in answer for answer in glance(profile(later, "suffolk")).values())


def test_a_wave_that_tells_of_money_alone_leaves_the_terms_as_they_were_told(guide: Guide, later: Guide) -> None:
    """It did not ask about terms, so “not mentioned” would not be true of it."""

    question = "Contract and payment terms"
    now, before = (glance(profile(one, "hertfordshire"))[question] for one in (later, guide))
    assert "2018" not in now and "not mentioned" not in now.lower()
    assert re.sub(r"Source \d+", "", now) == re.sub(r"Source \d+", "", before)  # marks are counted anew
    known = latest(later, "hertfordshire")
    assert known.with_newest("terms").trust.terms == guide.trust("hertfordshire").terms
    assert known.with_newest("terms").waves[Part.INVESTMENT] == later.first_wave
    assert known.with_newest("plans").trust.plans == guide.trust("hertfordshire").plans
    luton = latest(later, "luton").with_newest("terms")
    assert (luton.waves[Part.INVESTMENT].id, luton.trust.terms) == ("2018", later.profiles_of("luton")[0].terms)


def test_fixed_words_name_the_wave_that_is_silent(later: Guide) -> None:
    luton = profile(later, "luton")
    told = glance(luton)["Needs assessment"]
    assert "The second look does not say what part the sector had." in told
    framework = text_of(str(luton.find(id="context") or luton))
    assert "Not mentioned in the second look" in framework
    assert "The report" not in glance(profile(later, "luton"))["What was to come next"]


def test_one_line_leads_to_what_was_said_before(later: Guide) -> None:
    soup = profile(later, "bedfordshire")
    links = [a["href"] for a in soup.select("p a") if "See what the report of April 2009 said" in a.get_text()]
    assert links == ["2009/#governance"]


def test_changes_are_made_by_rule_from_what_both_waves_cover(later: Guide) -> None:
    text = text_of(str(profile(later, "luton")))
    told = text[text.index("What changed since April 2009") : text.index("Whole profiles to cite")]
    assert "Since : 2007 in April 2009; 2016 as of spring 2018." not in told
    assert "Since: 2007 in April 2009; 2016 as of spring 2018." in told
    assert "Seats: 3 as of spring 2018. The report of April 2009 did not say." in told
    assert "“Early Help Board”" in told
    assert ", as of spring 2018. The report of April 2009 did not list it here." in told
    # The second look does not speak of the framework, nor of two networks: that is no loss.
    assert "Framework" not in told
    assert "Vision4CYP" not in told
    # What the sector had part in was known, and is not said any more.
    assert "Needs assessment , as of spring 2018: No change that a rule can find" in told


def test_what_the_first_wave_names_twice_is_neither_new_nor_compared(later: Guide) -> None:
    """Of two terms on one subject nobody can say which became which; that there were such terms is not news."""
    was = first_told(later, "bedfordshire").trust
    (one, *_) = [term for term in was.terms if sum(other.topic == term.topic for other in was.terms) > 1] or was.terms
    twice = was.model_copy(update={"terms": (one, one.model_copy(update={"brief": "another"}))})
    now = was.model_copy(update={"terms": (one.model_copy(update={"brief": "five years"}),)})
    assert wave_changes(twice, now, ("terms",)) == []
    (told,) = wave_changes(was.model_copy(update={"terms": (one,)}), now, ("terms",))
    assert told.now == "“five years”"


def test_sums_of_two_waves_are_never_told_as_a_change(later: Guide) -> None:
    text = text_of(str(profile(later, "hertfordshire")))
    told = text[text.index("What changed since April 2009") :]
    assert "£" not in told[: told.index("Whole profiles to cite")]


def test_the_form_which_knows_the_first_wave_is_not_offered_for_a_later_one(later: Guide) -> None:
    rows = profile(later, "norfolk").select(".ce-glance dl > div")
    links = {row.dt.get_text(): row.select_one("a.ce-no-print")["href"] for row in rows if row.dt}
    assert links.pop("Needs assessment").startswith("mailto:")
    assert all(link.startswith("../../edit/?trust=norfolk") for link in links.values())


# --- the page of one wave -----------------------------------------------------------------------------------------


def test_a_wave_has_its_own_page_and_says_what_it_did_not_cover(later: Guide) -> None:
    text = text_of(wave_profile(page_of(later, "trusts/norfolk/2018/"), "norfolk", "2018"))
    assert "The sector sat on the group that wrote the assessment." in text
    assert text.count("not covered in this wave") == 5
    assert "Norfolk" in text
    assert "April 2009" not in text
    first = text_of(wave_profile(page_of(later, "trusts/norfolk/2009/"), "norfolk", "2009"))
    assert "not covered" not in first
    assert later.trust("norfolk").needs.narrative.split(".")[0] in first


def test_nothing_of_the_first_wave_is_lost(later: Guide) -> None:
    """All that the profile of 2009 said stands on the page that leads to it."""
    for slug in FULL + PARTIAL:
        page = page_of(later, f"trusts/{slug}/2009/")
        wave_profile(page, slug, "2009")
        missing = [
            one.where
            for one in later.statements
            if one.record == f"trusts/{slug}" and one.where not in page.note.statements
        ]
        beside = ("life", "confirmed")
        assert [where for where in missing if where.partition(":")[2].split(".")[0] not in beside] == []


def test_every_statement_of_a_later_wave_stands_on_the_profile(later: Guide) -> None:
    for slug in FULL + PARTIAL:
        page = page_of(later, f"trusts/{slug}/")
        trust_profile(page, slug)
        missing = [
            one.where
            for one in later.statements
            if one.record == f"profiles/{slug}/2018" and one.where not in page.note.statements
        ]
        assert missing == []


def compared_on(guide: Guide, topic: str, wave: str = "") -> dict[str, str]:
    """Return the words of each Trust’s row in the table of what is known latest, or in that of a wave."""
    page = BeautifulSoup(compare(page_of(guide, f"trusts/compare/{topic}/"), topic), "lxml")
    caption = page.select_one(f"#{topic}{wave and '-'}{wave}-caption")
    rows = caption.parent.select("tr[data-ce-trust]") if caption and caption.parent else []
    return {str(row["data-ce-trust"]): " ".join(row.get_text(" ").split()) for row in rows}


@pytest.mark.parametrize("topic", [one.id for one in TOPICS])
def test_comparisons_show_the_latest_and_date_what_is_newer(guide: Guide, later: Guide, topic: str) -> None:
    now, was = compared_on(later, topic), compared_on(guide, topic)
    for slug, row in now.items():
        if "As of spring 2018" not in row:
            assert row == was[slug]
    assert all("As of" not in row for row in was.values())
    assert now["suffolk"] == was["suffolk"]


def test_what_is_newer_in_a_comparison_is_said_of_the_right_wave(later: Guide) -> None:
    seats, needs = compared_on(later, "seats")["luton"], compared_on(later, "needs")["luton"]
    assert "3 seats" in seats or "three seats" in seats
    assert "As of spring 2018" in seats
    assert "Not mentioned in the second look" in needs
    assert "report" not in needs


def without_marks(row: str) -> str:
    return re.sub(r"Source:? \d+|Source:? [^·]*", "", row)


@pytest.mark.parametrize("topic", [one.id for one in TOPICS])
def test_each_wave_can_be_unfolded_below_a_comparison(guide: Guide, later: Guide, topic: str) -> None:
    was, first = compared_on(guide, topic), compared_on(later, topic, "2009")
    assert {slug: without_marks(row) for slug, row in first.items()} == {
        slug: without_marks(row) for slug, row in was.items()
    }
    assert compared_on(guide, topic, "2009") == {}  # with one wave there is nothing to choose


def test_a_wave_below_a_comparison_tells_only_what_it_covered(later: Guide) -> None:
    assert "hertfordshire" not in compared_on(later, "needs", "2018")
    money = compared_on(later, "money", "2018")
    assert set(ABSENT).isdisjoint(money)
    assert "£900,000" in money["hertfordshire"]
    assert "hertfordshire" not in compared_on(later, "terms", "2018")  # it was asked about money alone
    (luton,) = later.profiles_of("luton")
    of_terms = replace(later, profiles=(luton.model_copy(update={"context": None}),))
    assert "Not covered in this wave" in compared_on(of_terms, "terms", "2018")["luton"]  # of budgets
    caption = "Money as of spring 2018: the Trusts that it told of"
    text = text_of(compare(page_of(later, "trusts/compare/money/"), "money"))
    assert caption in text and "What the second look of spring 2018 said" in text


def test_a_comparison_names_who_has_newer_evidence(later: Guide) -> None:
    text = text_of(compare(page_of(later, "trusts/compare/needs/"), "needs"))
    note = re.search(r"There is newer evidence on [^.]*\.", text)
    assert note is not None
    assert "Luton (spring 2018)" in note[0]
    assert "Suffolk" not in note[0]
    assert "Everything without another date is what the report said in April 2009." in text


def test_the_waves_are_listed_with_what_they_cover(later: Guide) -> None:
    text = text_of(wave_list(page_of(later, "evidence/")))
    assert text.index("The report of April 2009") < text.index("The second look of spring 2018")
    assert "It set out to cover 8 Trusts" in text
    assert "Two areas were left out: Nobody had time for Peterborough and Suffolk." in text


def test_downloads_hold_each_wave(later: Guide) -> None:
    made = downloads.contents(later, "https://x.example/")
    profiles = json.loads(made["profiles.json"])
    assert [one["trust"] for one in profiles] == sorted(FULL + PARTIAL)
    norfolk = next(one for one in profiles if one["trust"] == "norfolk")
    assert norfolk["url"] == "https://x.example/trusts/norfolk/2018/"
    assert norfolk["governance"] is None
    assert [one["id"] for one in json.loads(made["waves.json"])] == ["2018"]


def test_each_page_for_citing_leads_to_its_own_data(later: Guide) -> None:
    made = downloads.contents(later, "")
    for wave in ("2009", "2018"):
        page = BeautifulSoup(wave_profile(page_of(later, f"trusts/norfolk/{wave}/"), "norfolk", wave), "lxml")
        (link,) = page.select("a[download]")
        assert link["href"] == f"../../../data/trusts/norfolk/{wave}.json"
        assert f"trusts/norfolk/{wave}.json" in made
    links = [str(link["href"]) for link in profile(later, "norfolk").select("a[download]")]
    assert {"../../data/trusts/norfolk.json", "../../data/trusts/norfolk/2009.json"} <= {*links}


def test_files_of_the_overlay_are_all_read(later: Guide) -> None:
    files = sorted((Path(__file__).parents[1] / "second_wave/trusts").glob("*/*.yml"))
    assert [(one.parent.name, one.stem) for one in files] == sorted((one.trust, one.wave) for one in later.profiles)


def test_the_grid_and_the_list_show_the_latest_with_its_date(guide: Guide, later: Guide) -> None:
    page = BeautifulSoup(trust_finder(page_of(later, "trusts/")), "lxml")
    rows = {str(row.th.a.string): row for row in page.select(".ce-grid tbody tr") if row.th and row.th.a}
    luton = [" ".join(cell.get_text(" ").split()) for cell in rows["Luton"].select("td")]
    assert luton[1:3] == ["Represented As of spring 2018", "Not mentioned in the second look As of spring 2018"]
    assert "As of" not in rows["Suffolk"].get_text()
    assert "what has no date is from the report of April 2009" in page.get_text(" ")
    listed = {
        one.strong.get_text(): " ".join(one.get_text(" ").split()) for one in page.select(".ce-trusts li") if one.strong
    }
    assert "Voluntary Action Luton (as of spring 2018)" in listed["Luton"]
    assert "as of" not in listed["Suffolk"]
    before = BeautifulSoup(trust_finder(page_of(guide, "trusts/")), "lxml").get_text(" ")
    assert "All Trusts, as the report of April 2009 described them" in before
    assert "as of" not in before


def test_the_map_shows_the_word_of_the_table(later: Guide) -> None:
    page = BeautifulSoup(trust_finder(page_of(later, "trusts/")), "lxml")
    words = {str(row.th.a.string): row.td.a.get_text(strip=True) for row in page.select(".ce-grid tbody tr")}  # type: ignore[union-attr]
    tiles = dict(str(tile["aria-label"]).split(": ", 1) for tile in page.select(".ce-map__tile"))
    assert {name: word.lower() for name, word in tiles.items()} == {name: word.lower() for name, word in words.items()}


def test_the_timetable_has_the_plans_of_each_wave(guide: Guide, later: Guide) -> None:
    def rows(one: Guide) -> list[str]:
        page = BeautifulSoup(timetable(page_of(one, "timetable/")), "lxml")
        return [" ".join(row.get_text(" ").split()) for row in page.select("tbody tr")]

    before, after = rows(guide), rows(later)
    (new,) = [row for row in after if row not in before]
    assert new.startswith("2019 Southend-on-Sea")
    assert "As of spring 2018" in new
    assert [row for row in before if row not in after] == []


def test_the_calendar_knows_the_plans_of_each_wave_apart(guide: Guide, later: Guide) -> None:
    def events(one: Guide) -> list[str]:
        made = to_calendar(one, "https://guide.example/", UNKNOWN.revisions(one.region))
        return [str(event["UID"]) for event in Calendar.from_ical(made).walk("VEVENT")]

    before, after = events(guide), events(later)
    assert len(after) == len(set(after)) == len(before) + 1
    assert set(before) < set(after)


def test_the_page_of_gaps_has_those_of_the_newest_wave_with_their_date(guide: Guide, later: Guide) -> None:
    def told(one: Guide) -> dict[str, list[str]]:
        page = BeautifulSoup(trust_gaps(page_of(one, "trusts/gaps/")), "lxml")
        lists = {str(part.find_previous("h3").get_text()): part for part in page.select(".ce-gap")}  # type: ignore[union-attr]
        return {
            name: [" ".join(gap.get_text(" ").split()) for gap in part.select("li")] for name, part in lists.items()
        }

    before, after = told(guide), told(later)
    assert after["Suffolk"] == before["Suffolk"]
    known = latest(later, "luton").trust
    dated = [gap for gap in after["Luton"] if "as of spring 2018" in gap]
    assert len(after["Luton"]) == len(known.gaps)
    assert dated == [gap for gap in after["Luton"] if gap not in before["Luton"]] != []
    assert not any("as of" in gap for many in before.values() for gap in many)


# --- an area that others took over, and a Trust with a new name ---------------------------------------------------


OLD_NAME = "Cambridgeshire Children and Young People’s Strategic Partnership"
NEW_NAME = "Cambridgeshire Families Partnership"
COUNCILS = "Bedford Borough Council and Central Bedfordshire Council"


def test_a_renamed_trust_has_its_new_name_and_says_what_it_was_called(later: Guide) -> None:
    soup = profile(later, RENAMED)
    text = text_of(str(soup))
    assert text_of(str(soup.select_one(".ce-lead"))).startswith(
        f"How {NEW_NAME} , led by Cambridgeshire County Council"
    )
    told = f"Called {NEW_NAME} as of spring 2018. In April 2009 it was called {OLD_NAME}."
    assert f"Renamed. {told}" in text
    changes = text[text.index("What changed since April 2009") : text.index("Whole profiles to cite")]
    assert f"Renamed : {told}" in changes
    assert "Taken over" not in text
    # What was told under the old name stays under it.
    first = text_of(wave_profile(page_of(later, f"trusts/{RENAMED}/2009/"), RENAMED, "2009"))
    assert f"What the report of April 2009 said about {OLD_NAME}." in first
    assert NEW_NAME not in first
    second = text_of(wave_profile(page_of(later, f"trusts/{RENAMED}/2018/"), RENAMED, "2018"))
    assert f"What the second look of spring 2018 said about {NEW_NAME}." in second


def test_a_renamed_trust_keeps_its_address_and_is_found_by_either_name(guide: Guide, later: Guide) -> None:
    assert [one.slug for one in later.trusts] == [one.slug for one in guide.trusts]
    names = other_names(later)[f"trusts/{RENAMED}/"]
    assert {OLD_NAME, NEW_NAME} <= {*names}
    finder = BeautifulSoup(trust_finder(page_of(later, "trusts/")), "lxml")
    listed = {str(item.a.string): str(item["data-find"]) for item in finder.select("#places li[data-find]") if item.a}
    assert all(name in listed["Cambridgeshire"] for name in (OLD_NAME, NEW_NAME))
    (page,) = json.loads(json_ld(later, PageIntroduction(f"trusts/{RENAMED}/", "", ""), ""))["@graph"]
    assert page["about"][0]["name"] == NEW_NAME
    assert OLD_NAME in page["about"][0]["alternateName"]


def test_a_trust_that_others_took_over_names_them_and_who_led_it_before(later: Guide) -> None:
    soup = profile(later, TAKEN_OVER)
    text = text_of(str(soup))
    assert f"led by {COUNCILS}, worked with" in text_of(str(soup.select_one(".ce-lead")))
    told = f"Led by {COUNCILS} as of spring 2018. In April 2009 it was led by Bedfordshire County Council."
    assert f"Taken over. {told}" in text
    assert "This council has ended" in text  # the county council, as 2009 told it
    assert "Renamed" not in text
    changes = text[text.index("What changed since April 2009") : text.index("Whole profiles to cite")]
    assert f"Taken over : {told}" in changes
    board = re.search(r"“Bedford Borough Children’s Board” \([^)]*\), as of spring 2018\. [^.]*\.", changes)
    assert board is not None
    assert "seats: 1" in board[0]
    assert board[0].endswith("The report of April 2009 did not list it here.")
    first = text_of(wave_profile(page_of(later, f"trusts/{TAKEN_OVER}/2009/"), TAKEN_OVER, "2009"))
    assert "Central Bedfordshire Council" not in first
    second = text_of(wave_profile(page_of(later, f"trusts/{TAKEN_OVER}/2018/"), TAKEN_OVER, "2018"))
    assert f", led by {COUNCILS}. This page stays" in second
    assert second.count("not covered in this wave") == 5


def test_the_new_councils_of_an_area_stand_in_figures_comparisons_and_search(guide: Guide, later: Guide) -> None:
    row = compared_on(later, "seats")[TAKEN_OVER]
    assert "As of spring 2018" in row
    assert "Bedford Borough Children’s Board" in row
    assert {slug for slug, told in compared_on(later, "seats").items() if "As of spring 2018" not in told} == {
        *ABSENT,
        *PARTIAL,
    } - {TAKEN_OVER}
    # The county council is still the one that the figures of 2009 count, and no gap of another part is closed.
    known, was = latest(later, TAKEN_OVER).trust, guide.trust(TAKEN_OVER)
    assert (known.authority, known.life) == (was.authority, was.life)
    assert {gap.part for gap in was.gaps} - {gap.part for gap in known.gaps} == {Part.GOVERNANCE}
    names = other_names(later)[f"trusts/{TAKEN_OVER}/"]
    assert COUNCILS in names


def test_downloads_know_the_new_name_and_the_new_councils(later: Guide) -> None:
    made = downloads.contents(later, "")
    trusts = {one["slug"]: one for one in json.loads(made["trusts.json"])}
    assert trusts[RENAMED]["partnership"] == NEW_NAME
    assert OLD_NAME in trusts[RENAMED]["also_called"]
    assert json.loads(made[f"trusts/{RENAMED}/2009.json"])["partnership"] == OLD_NAME
    told = json.loads(made[f"trusts/{TAKEN_OVER}/2018.json"])
    assert (told["led_by"], told["partnership"]) == (COUNCILS, None)
    assert [one["name"] for one in trusts[TAKEN_OVER]["governance"]["bodies"]] == [
        "Bedford Borough Children’s Board",
        "Central Bedfordshire Children’s Board",
    ]
    assert trusts[TAKEN_OVER]["authority"] == "Bedfordshire County Council"
