"""Mistakes in new evidence: one case or more for each rule about waves, with a made-up wave laid over the real data."""

from __future__ import annotations

import pytest
from mistakes import HERE, Folder, Mistake, mistake
from second_wave import lay_over

from macros.reading.rules.tense import present

WAVE, LUTON, NORFOLK, SOUTHEND = (
    "waves/2018.yml",
    "trusts/luton/2018.yml",
    "trusts/norfolk/2018.yml",
    "trusts/southend-on-sea/2018.yml",
)

OTHERS = (
    "found a statement of the wave 2018 that rests on documents of another, 2009; expected a document of its own wave, "
    "or one that no wave gathered; name the document beside it, or put the statement into the profile of that wave"
)

STILL_RIGHT = "expected a sentence that will still be right when things have changed; "

WAVE_CASES = {
    "documents_of_waves_exist": (
        mistake(
            "a document that no list has",
            WAVE,
            "documents: [second-look]",
            f"documents: [second-look, {HERE}second-lok]",
            "documents[2]: found the document “second-lok”; expected the id of a document that sources.yml has; "
            "did you mean “second-look”?",
        ),
        mistake(
            "a document of the first wave that no list has",
            "waves/2009.yml",
            "documents: [clear-expectations]",
            f"documents: [clear-expectations, {HERE}second-lok]",
            "documents[2]: found the document “second-lok”; "
            "expected the id of a document that sources.yml has; did you mean “second-look”?",
        ),
    ),
    "the_first_wave_is_described": (
        mistake(
            "a first wave that no file describes",
            "region.yml",
            'baseline: "2009"',
            f'{HERE}baseline: "209"',
            "baseline: found the wave “209”, which no file describes; "
            "expected the name of a file in data/waves, without .yml; did you mean “2009”?",
        ),
    ),
    "waves_come_one_after_another": (
        mistake(
            "a wave of before the first",
            WAVE,
            "date: spring 2018",
            f"{HERE}date: spring 2008",
            "date: found spring 2008; expected a time between the first wave and today; "
            "check the year; a wave is described when its evidence is there",
            "documents[1]: found the document “second-look” of spring 2018, in a wave of spring 2008; "
            "expected documents that were there when the wave ended; "
            "correct one of the two dates, or give the document to a later wave",
        ),
        mistake(
            "a wave that has not come",
            WAVE,
            "date: spring 2018",
            f"{HERE}date: spring 2098",
            "date: found spring 2098; expected a time between the first wave and today; "
            "check the year; a wave is described when its evidence is there",
        ),
    ),
    "profiles_rest_on_documents_of_their_wave": (
        mistake(
            "a later profile that rests on the report",
            NORFOLK,
            "needs:\n  narrative",
            f"{HERE}needs:\n  source: clear-expectations#norfolk.needs\n  narrative",
            f"needs: {OTHERS}",
            f"needs.activities[1]: {OTHERS}",
        ),
    ),
    "later_profiles_add_what_they_cover": (
        mistake(
            "plans without the part that they are shown with",
            SOUTHEND,
            "next_steps:\n  narrative: >-\n    A review was planned.\n  steps: []\nplans:",
            "plans:",
            "found a profile that covers no part; expected at least one part, a statement under “practice:”, or a "
            "new name; add one of context, governance, needs, training, next_steps, investment; or delete the file",
            "plans: found “plans” without “next_steps”; expected the part that the list is shown with; "
            "add “next_steps:” with what this wave says of it",
        ),
        mistake(
            "a gap in a part that the wave did not cover",
            NORFOLK,
            "  activities:\n    - name: Writing group\n      when: 2017\n",
            f"gaps:\n  - source: ours\n    {HERE}part: training\n    what: The second look does not say who paid.\n",
            "gaps[1].part: found a gap in “training”, which this wave did not cover; expected a gap in a part that it "
            "covers; cover the part, or take the gap out: not covered says it already",
        ),
    ),
    "statements_say_of_when_they_are": (
        mistake(
            "a board as if it were the reader’s own",
            NORFOLK,
            "narrative: >-\n    The sector sat",
            f"{HERE}narrative: >-\n    The group has three seats. The sector sat",
            "needs.narrative: found “has” and no date in “The group has three seats.”; " + STILL_RIGHT + "write “had”; "
            "or say in the sentence when it was so, such as “in 2018”",
        ),
        mistake(
            "a word for the reader’s own day",
            SOUTHEND,
            "what: >-\n      All grants to the sector.",
            f"{HERE}what: >-\n      All grants to the sector, which the council currently paid each month.",
            "plans[1].what: found “currently” and no date in "
            "“All grants to the sector, which the council currently paid each month.”; "
            + STILL_RIGHT
            + "take it out, and write in the past tense; or say in the sentence when it was so, such as “in 2018”",
        ),
        mistake(
            "a fact without a date, in the present tense",
            "since/bedfordshire.yml",
            "what: >-\n      Central Bedfordshire Council was responsible",
            f"{HERE}what: >-\n      Central Bedfordshire Council is responsible",
            "facts[2].what: found “is” and no date in "
            "“Central Bedfordshire Council is responsible for schools and social services in …”; "
            + STILL_RIGHT
            + "write “was”; or give the day of the document in “as_of:”",
        ),
    ),
}


@pytest.fixture
def waves(data: Folder) -> Folder:
    lay_over(data.path)
    return data


@pytest.mark.parametrize("mistake", [case for cases in WAVE_CASES.values() for case in cases])
def test_a_mistake_in_new_evidence_is_told_at_its_place(waves: Folder, mistake: Mistake) -> None:
    told = waves.make(mistake)
    assert [line.split(": ", 1)[1] for line in waves.problems()] == [line.split(": ", 1)[1] for line in told]
    if HERE in mistake.new:
        assert waves.problems()[0].split(": ")[0] == told[0].split(": ")[0]


def test_a_document_is_no_newer_than_the_wave_that_rests_on_it(waves: Folder) -> None:
    waves.change("sources.yml", "published: spring 2018", "published: 2019")
    (line,) = waves.problems()
    assert line.endswith(
        "documents[1]: found the document “second-look” of 2019, in a wave of spring 2018; "
        "expected documents that were there when the wave ended; "
        "correct one of the two dates, or give the document to a later wave"
    )


def test_a_profile_of_a_wave_that_no_file_describes(waves: Folder) -> None:
    (waves / NORFOLK).rename(waves / "trusts/norfolk/2019.yml")
    assert waves.problems() == [
        "data/trusts/norfolk/2019.yml:1:1: found a profile of the wave “2019”, which no file describes; "
        "expected the wave in data/waves/2019.yml; run “guide new wave 2019”; or did you mean “2018”?"
    ]


def test_a_profile_of_a_trust_that_there_is_not_says_which_was_meant(waves: Folder) -> None:
    (waves / "trusts/norfok").mkdir()
    (waves / NORFOLK).rename(waves / NORFOLK.replace("norfolk", "norfok"))
    (line,) = waves.problems()
    assert "trust: found the Trust “norfok”; expected a Trust that has a file in data/trusts" in line
    assert line.endswith("did you mean “norfolk”?")


def test_a_later_profile_in_the_place_of_the_first_is_told_what_it_lacks(waves: Folder) -> None:
    (waves / NORFOLK).replace(waves / "trusts/norfolk/2009.yml")
    said = waves.problems()
    assert all(line.startswith("data/trusts/norfolk/2009.yml:") for line in said)
    assert any("basis: found" in line for line in said) and any("found no “context”" in line for line in said)


def test_a_wave_of_before_the_first_needs_another_first_wave(waves: Folder) -> None:
    waves.change("waves/2009.yml", "date: 2009-04", "date: 2019-04")
    assert any("found spring 2018; expected a time between the first wave and today" in one for one in waves.problems())


@pytest.mark.parametrize("part", ["governance", "terms", "gaps", "context"])
def test_a_part_that_is_there_but_empty_is_told(waves: Folder, part: str) -> None:
    text = (waves / NORFOLK).read_text(encoding="utf-8")
    (waves / NORFOLK).write_text(f"{text}{part}:\n", encoding="utf-8")
    (line,) = waves.problems()
    assert f"{part}: found" in line
    assert "leave out a part that this wave did not ask about" in line


def test_two_waves_of_one_date_are_an_error(waves: Folder) -> None:
    text = (waves / WAVE).read_text(encoding="utf-8")
    (waves / "waves/2018-again.yml").write_text(text, encoding="utf-8")
    (line,) = waves.problems()
    assert "found the date of a wave “spring 2018” a second time; expected each once" in line


def test_a_correction_of_2009_names_the_new_document_beside_the_old(waves: Folder) -> None:
    """What later evidence shows of 2009 is said there with both; on the later document alone it is refused."""
    old = "needs:\n  source: clear-expectations#luton.needs\n"
    waves.change("trusts/luton/2009.yml", old, "needs:\n  source: [clear-expectations#luton.needs, second-look]\n")
    assert waves.problems() == []
    waves.change(
        "trusts/luton/2009.yml", "  source: [clear-expectations#luton.needs, second-look]\n", "  source: second-look\n"
    )
    assert all(
        "a statement of the wave 2009 that rests on documents of another, 2018" in one for one in waves.problems()
    )
    assert waves.problems()


def test_a_link_to_no_folder_and_odd_names_are_told(waves: Folder) -> None:
    (waves / "trusts/norfolk/Spring 2018.yml").write_text("basis: x\n", encoding="utf-8")
    (waves / "trusts/norfolk/deeper").mkdir()
    (waves / "trusts/norfolk/deeper/2018.yml").write_text("basis: x\n", encoding="utf-8")
    told = waves.problems()
    assert any("found the file name “Spring 2018.yml”" in line for line in told)
    assert any("a file that is not part of the data, trusts/norfolk/deeper/2018.yml" in line for line in told)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("The board has three seats.", "has"),
        ("It is now led by the council.", "now"),
        ("The two councils have a board each.", "have"),
        ("There isn’t a unit.", "isn’t"),
        ("The board that was set up for this is led by the council.", "is"),
        ("Nobody today speaks for the sector.", "today"),
    ],
)
def test_a_sentence_about_the_readers_own_day_is_known_by_a_few_words(sentence: str, word: str) -> None:
    assert present(sentence) == word


@pytest.mark.parametrize(
    "sentence",
    [
        "The board had three seats.",
        "As of spring 2018 the board has three seats.",
        "In May the board has three seats.",
        "The board has had three seats since 2016.",
        "The council followed the law that is called the Compact.",
        "It used the services of bodies which are charities.",
        "The council would also have to do this.",
        "The sector did not have a seat, and could not do much.",
        "How contracts are let was set out in a strategy.",
    ],
)
def test_what_lasts_or_has_a_date_or_is_past_may_stay(sentence: str) -> None:
    assert present(sentence) == ""


@pytest.mark.parametrize(
    "sentence",
    [
        "The second look does not say how many.",
        "No list is mentioned.",
        "The strategy was called “What is to be done”.",
    ],
)
def test_what_is_said_of_the_evidence_or_quoted_may_stay(waves: Folder, sentence: str) -> None:
    waves.change(NORFOLK, "wrote the assessment.", f"wrote the assessment. {sentence}")
    assert waves.problems() == []


def test_a_fact_with_its_day_or_about_a_document_may_stay(waves: Folder) -> None:
    """Pages show the day beside the fact, and a document says what it says."""
    waves.change("since/bedfordshire.yml", "Bedford Borough Council ran", "Bedford Borough Council now runs")
    waves.change("since/reading.yml", "It lists signs", "It is a list of signs")
    assert waves.problems() == []


def test_a_profile_with_another_mistake_in_it_is_told_of_both(waves: Folder) -> None:
    waves.change(NORFOLK, "wrote the assessment.", "wrote the assessment. The group is paid.")
    waves.change(NORFOLK, "when: 2017", "when: twenty")
    told = waves.problems()
    assert len(told) == 2
    assert any("found “is” and no date" in line for line in told)
