"""What people do who have not edited such files before: from word processors, spreadsheets, web pages and letters.

Each is told whole, at its place, with what to do about it. More are in the tests of reading, checks and pages; the last
test counts them all.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import test_pages
import test_reader
import test_rules
from mistakes import FIRST, HERE, Folder, Mistake, mistake

LUTON, BEDS, SUFFOLK = "trusts/luton/2009.yml", "trusts/bedfordshire/2009.yml", "trusts/suffolk/2009.yml"
LUTON_AREA, BEDS_AREA = "trusts/luton/trust.yml", "trusts/bedfordshire/trust.yml"
ANSWERS, PLACES = "surveys/2009/answers.csv", "places.csv"
AUTHORITY = "authority: Luton Borough Council"
AMOUNT, PERIOD, ENDED = "    - amount: 2000000", "      period: 2007/08", "  ended: 2009-04-01"
NEEDS = "needs:\n  source: clear-expectations#luton.needs"
ELY = "Ely,city,cambridgeshire,,,ours,,,"
ROW = "evaluation-data,Sent evaluation data to two or more bodies,90,exactly,,clear-expectations#gershon.bureaucracy"
COLUMNS = "source, place, kind, trust, also_called, note, council, since, until"
PROFILE = (
    "source, slug, name, partnership, authority, also_called, tile, confirmed, life, basis, context, governance, "
    "needs, training, next_steps, investment, terms, plans, tools, awards, practice, gaps"
)
DATE, MEANT, QUOTE = test_reader.DATE, test_reader.MEANT, "put quotation marks around the whole text"
FLAG = "expected true or false; write {} in small letters, without quotation marks"
SHAPE = "expected a source such as clear-expectations#luton.governance, clear-expectations#statutory-summary(3) or ours"

# --- from word processors -----------------------------------------------------------------------------------------

WORD_PROCESSOR = (
    mistake(
        "curly quotation marks around a name",
        LUTON_AREA,
        AUTHORITY,
        f"{HERE}authority: “Luton Borough Council”",
        "authority: found curly quotation marks around the text; expected the words alone; "
        "take them out; where YAML needs any, use straight ones",
    ),
    mistake(
        "straight quotation mark closed by a curly one",
        LUTON_AREA,
        AUTHORITY,
        f'authority: {HERE}"Luton Borough Council”',
        "found a quotation mark that is never closed; expected a closing quotation mark; add it at the end of the text",
    ),
    mistake(
        "curly quotation marks around the name of a field",
        LUTON_AREA,
        f"{AUTHORITY}\n",
        f"{AUTHORITY}\n{HERE}“awards”: []\n",
        f"found the field ““awards””, which is not known here; expected fields from {PROFILE}; did you mean “awards”?",
    ),
    mistake(
        "apostrophe in the name of a field",
        LUTON_AREA,
        f"{AUTHORITY}\n",
        f"{AUTHORITY}\n{HERE}tool’s: []\n",
        f"found the field “tool’s”, which is not known here; expected fields from {PROFILE}; did you mean “tools”?",
    ),
    mistake(
        "hard spaces at the beginning of a line",
        LUTON_AREA,
        "  status: continuing",
        f"{HERE}\u00a0\u00a0status: continuing",
        "found a space of another kind, as web pages have; expected plain spaces; delete it and press the space bar",
    ),
    mistake(
        "hard space after a colon",
        LUTON_AREA,
        AUTHORITY,
        f"authority:{HERE}\u00a0Luton Borough Council",
        "found a space of another kind, as web pages have; expected plain spaces; delete it and press the space bar",
    ),
    mistake(
        "colon of another script",
        LUTON_AREA,
        AUTHORITY,
        f"{HERE}authority： Luton Borough Council",
        "found a line without a colon; expected “name: value”; "
        "add a colon and a space, or indent the line so that it belongs to the text above",
    ),
    mistake(
        "line that goes on below without being indented",
        LUTON_AREA,
        AUTHORITY,
        f"authority: Luton\n{HERE}Borough Council",
        "found a line without a colon; expected “name: value”; "
        "add a colon and a space, or indent the line so that it belongs to the text above",
    ),
)

# --- numbers and dates as letters have them -----------------------------------------------------------------------

LETTERS = (
    mistake(
        "sum in millions",
        LUTON,
        AMOUNT,
        f"    - {HERE}amount: £2.5m",
        f"investment.figures[1].amount: found “£2.5m”; {MEANT.format(2500000)}",
    ),
    mistake(
        "sum with a pound sign and spaces",
        LUTON,
        AMOUNT,
        f"    - {HERE}amount: £ 2 000 000",
        f"investment.figures[1].amount: found “£ 2 000 000”; {MEANT.format(2000000)}",
    ),
    mistake(
        "number in words",
        SUFFOLK,
        "      seats: 2",
        f"      {HERE}seats: two",
        f"governance.bodies[1].seats: found “two”; {MEANT.format(2)}",
    ),
    mistake(
        "zero in front of a number",
        LUTON_AREA,
        "  row: 2",
        f"  {HERE}row: 02",
        f"tile.row: found “02”; {MEANT.format(2)}",
    ),
    mistake(
        "day, month and year with slashes",
        BEDS_AREA,
        ENDED,
        f"  {HERE}ended: 01/04/2009",
        f"life.ended: found “01/04/2009”; {DATE}; write “2009-04-01” if that is meant",
    ),
    mistake(
        "day that there is not, with slashes",
        BEDS_AREA,
        ENDED,
        f"  {HERE}ended: 31/04/2009",
        f"life.ended: found “31/04/2009”; {DATE}; write it in one of these forms, for example “2024-04-01”",
    ),
    mistake(
        "month in words",
        BEDS_AREA,
        ENDED,
        f"  {HERE}ended: April 2009",
        f"life.ended: found “April 2009”; {DATE}; write “2009-04” if that is meant",
    ),
    mistake(
        "season with a capital",
        BEDS_AREA,
        ENDED,
        f"  {HERE}ended: Spring 2009",
        f"life.ended: found “Spring 2009”; {DATE}; write “spring 2009” if that is meant",
    ),
    mistake(
        "financial year with all digits",
        LUTON,
        PERIOD,
        f"      {HERE}period: 2007/2008",
        f"investment.figures[1].period: found “2007/2008”; {DATE}; write “2007/08” if that is meant",
    ),
    mistake(
        "financial year with a dash",
        LUTON,
        PERIOD,
        f"      {HERE}period: 2007–08",
        f"investment.figures[1].period: found “2007–08”; {DATE}; write “2007/08” if that is meant",
    ),
    mistake(
        "years with a hyphen",
        LUTON,
        PERIOD,
        f"      {HERE}period: 2007 - 2009",
        f"investment.figures[1].period: found “2007 - 2009”; {DATE}; write “2007 to 2009” if that is meant",
    ),
    mistake(
        "month that there is not",
        LUTON,
        PERIOD,
        f"      {HERE}period: 2009-13",
        "investment.figures[1].period: found “2009-13”, not a real date: there is no month 13; "
        "expected a date that exists, the earlier one first; check it against the source",
    ),
    mistake(
        "no for false",
        LUTON,
        "  desk_research: false",
        f"  {HERE}desk_research: no",
        f"basis.desk_research: found “no”; {FLAG.format('false')}",
    ),
    mistake(
        "true with a capital",
        LUTON,
        "  online_survey: true",
        f"  {HERE}online_survey: True",
        f"basis.online_survey: found “True”; {FLAG.format('true')}",
    ),
    mistake(
        "fixed word with a capital",
        LUTON_AREA,
        "  status: continuing",
        f"  {HERE}status: Continuing",
        "life.status: found “Continuing”; expected one of the fixed words “continuing”, “ended”, “not known”; "
        "did you mean “continuing”?",
    ),
)

# --- what YAML takes in its own way -------------------------------------------------------------------------------

YAML = (
    mistake(
        "text cut off by a number sign",
        LUTON_AREA,
        AUTHORITY,
        f"authority: Luton {HERE}#1 Council",
        "authority: found “#1” after a space, which YAML leaves out with all that follows; "
        f"expected no “ #” inside a value; take out the space, or {QUOTE}; "
        "if a remark is meant, put a space after the #",
    ),
    mistake(
        "source cut off by a space",
        LUTON,
        NEEDS,
        NEEDS.replace("#", f" {HERE}#"),
        "needs.source: found “#luton.needs” after a space, which YAML leaves out with all that follows; "
        f"expected no “ #” inside a value; take out the space, or {QUOTE}; "
        "if a remark is meant, put a space after the #",
    ),
    mistake(
        "words on the line of the sign for a long text",
        LUTON_AREA,
        AUTHORITY,
        f"authority: > {HERE}Luton Borough Council",
        "found words on the line of “>” or “|”; "
        "expected nothing after these signs: the text begins on the next line, two spaces further in; "
        "move the words down, or take out the sign",
    ),
    mistake(
        "long text that is not indented",
        LUTON,
        "  narrative: >-\n    A Joint Commissioning Unit was set up in 2007.",
        f"  narrative: >-\n  {HERE}A Joint Commissioning Unit was set up in 2007.",
        "found a line without a colon; expected “name: value”; "
        "add a colon and a space, or indent the line so that it belongs to the text above",
    ),
    mistake(
        "text in braces",
        LUTON_AREA,
        AUTHORITY,
        f"{HERE}authority: {{Luton}}",
        "authority: found fields; expected text; put quotation marks around a text that begins with { or holds a colon",
    ),
    mistake(
        "item of a list with a colon",
        LUTON_AREA,
        AUTHORITY,
        f"{AUTHORITY}\nalso_called:\n  - {HERE}Luton: the Trust",
        "also_called[1]: found fields; expected text; "
        "put quotation marks around a text that begins with { or holds a colon",
    ),
    mistake(
        "item of a list without a space",
        LUTON_AREA,
        AUTHORITY,
        f"{AUTHORITY}\n{HERE}also_called:\n  -Luton",
        "also_called: found “-Luton”; expected a list, each item beginning with “- ”; "
        "put a space after the hyphen, for example “- HCTP”",
    ),
    mistake(
        "item of a list without words",
        LUTON_AREA,
        AUTHORITY,
        f"{AUTHORITY}\nalso_called:\n  -{HERE} ",
        "also_called[1]: found nothing; expected text; write the value after the colon, or delete the line",
    ),
    mistake(
        "part that is not indented",
        LUTON,
        "  taking_part: contributed\n  online_survey: true",
        f"taking_part: contributed\n  online_survey{HERE}: true",
        "found a field that does not line up with the one above; expected fields that begin in the same column; "
        "check the spaces at the beginning",
    ),
    mistake(
        "two versions that git could not join",
        LUTON_AREA,
        AUTHORITY,
        f"{HERE}<<<<<<< HEAD\n{AUTHORITY}\n=======\nauthority: The council\n>>>>>>> correction",
        "found two versions of the same lines, with marks of git around them; expected one version; "
        "keep the right lines, and delete the others and the lines with <<<<<<<, ======= and >>>>>>>",
    ),
)

# --- texts and sources --------------------------------------------------------------------------------------------

TEXTS = (
    mistake(
        "link without its protocol",
        LUTON_AREA,
        AUTHORITY,
        f'{HERE}authority: "[Luton](luton.example)"',
        "authority: found a link to “luton.example”; expected plain text; "
        "link to an address that begins with https://, http:// or mailto:",
    ),
    mistake(
        "link that does not end",
        LUTON_AREA,
        AUTHORITY,
        f'{HERE}authority: "[Luton](https://luton.example"',
        "authority: found a link that does not end; expected plain text; "
        "write [words](https://…), without spaces in the address",
    ),
    mistake(
        "link without an address",
        LUTON_AREA,
        AUTHORITY,
        f'{HERE}authority: "[Luton]()"',
        "authority: found a link without an address; expected plain text; write it like this: [words](https://…)",
    ),
    mistake(
        "link in two parts",
        LUTON_AREA,
        AUTHORITY,
        f'{HERE}authority: "[Luton] (https://luton.example)"',
        "authority: found a link in two parts near “[Luton] (https://”; expected plain text; "
        "take out the space between the brackets: [words](https://…)",
    ),
    mistake(
        "code of HTML",
        LUTON_AREA,
        AUTHORITY,
        f"{HERE}authority: Luton &amp; District Council",
        "authority: found a code of HTML “&amp;”; expected plain text; type the character itself",
    ),
    mistake(
        "document without a section",
        LUTON,
        NEEDS,
        f"needs:\n  {HERE}source: clear-expectations",
        "needs.source: found the source “clear-expectations” without a section; expected a section of the document; "
        "write # and the section after it, without a space: clear-expectations#executive-summary",
    ),
    mistake(
        "section without its document",
        LUTON,
        NEEDS,
        f"needs:\n  {HERE}source: luton.needs",
        f"needs.source[1]: found “luton.needs”; {SHAPE}; "
        "write it like this, for example “clear-expectations#luton.governance”",
    ),
    mistake(
        "address of a page for a source",
        LUTON,
        NEEDS,
        f"needs:\n  {HERE}source: https://example.org/report",
        f"needs.source[1]: found “https://example.org/report”; {SHAPE}; "
        "write it like this, for example “clear-expectations#luton.governance”",
    ),
)

# --- from spreadsheets --------------------------------------------------------------------------------------------

SPREADSHEET = (
    mistake(
        "row with semicolons",
        PLACES,
        ELY,
        f"{HERE}{ELY.replace(',', ';')}",
        "found semicolons between the cells; expected 9, one for each column; put commas in their place",
    ),
    mistake(
        "row of empty cells",
        PLACES,
        ELY,
        f"{ELY}\n{HERE},,,,,",
        "found a row of empty cells; expected something in every row; delete the line",
    ),
    mistake(
        "curly quotation marks around a cell",
        PLACES,
        ELY,
        f"{HERE}Ely,city,cambridgeshire,,“A city, small”,ours,,,",
        "found 10 cells; expected 9, one for each column; "
        'use straight quotation marks (") around a text that holds a comma, not curly ones',
    ),
    mistake(
        "column of one's own",
        PLACES,
        "also_called,note,source",
        f"also_called,note,source,{HERE}remarks",
        f"found the column “remarks”; expected columns from {COLUMNS}; "
        "write one of “source”, “place”, “kind”, “trust”, “also_called”, “note”, “council”, “since” or “until”",
    ),
    mistake(
        "column without a name",
        PLACES,
        "also_called,note,source",
        f"also_called,note,source,{HERE}",
        f"found a column without a name; expected columns from {COLUMNS}; take out the comma, or write the name",
    ),
    mistake(
        "column with a capital",
        PLACES,
        "place,kind",
        f"{HERE}Place,kind",
        f"found the column “Place”; expected columns from {COLUMNS}; did you mean “place”?",
    ),
    mistake(
        "share with a comma",
        ANSWERS,
        ROW,
        ROW.replace("90", f'{HERE}"90,5"'),
        "percent: found “90,5”; expected a number from 0 to 100, or “not printed”; "
        "write the number alone, without “%” or words",
    ),
    mistake(
        "row twice",
        ANSWERS,
        ROW,
        f"{FIRST}{ROW}\n{ROW.replace('Sent', f'{HERE}Sent')}",
        "answer: found the answer “Sent evaluation data to two or more bodies (evaluation-data)” a second time; "
        "expected each once; change one of them; the first is in data/surveys/2009/answers.csv, line {first}",
    ),
)


@pytest.mark.parametrize("mistake", [*WORD_PROCESSOR, *LETTERS, *YAML, *TEXTS, *SPREADSHEET])
def test_one_mistake_is_told_once_and_whole(data: Folder, mistake: Mistake) -> None:
    expected = data.make(mistake)
    assert data.problems() == expected


def test_a_file_from_a_word_processor_of_windows(data: Folder) -> None:
    data.rewrite(LUTON, lambda text: text.decode().replace("Children’s", "Children‘s", 1).encode("cp1252", "replace"))
    (told,) = data.problems()
    assert told.startswith(f"data/{LUTON}:2:")
    assert told.endswith(
        "found a character that is not UTF-8: the file was saved in Windows-1252; expected text saved as UTF-8; "
        "save the file again and choose UTF-8; “guide check --fix” converts it too"
    )


@pytest.mark.parametrize(
    ("old", "new"), [(ELY, "Ely ,city , cambridgeshire,,,ours ,,,"), ("place,kind,trust", "place, kind ,trust")]
)
def test_blanks_around_cells_do_no_harm(data: Folder, old: str, new: str) -> None:
    data.change(PLACES, old, new)
    assert data.problems() == []


def test_a_remark_may_stand_behind_a_value(data: Folder) -> None:
    data.change(LUTON_AREA, AUTHORITY, f"{AUTHORITY}  # a remark")
    assert data.problems() == []


def cases() -> Iterator[Mistake]:
    """Yield every mistake in all tests."""
    lists = (
        *(WORD_PROCESSOR, LETTERS, YAML, TEXTS, SPREADSHEET),
        *(test_reader.NAMES, test_reader.VALUES, test_reader.TEXT, test_reader.YAML, test_reader.CSV),
        *test_rules.CASES.values(),
        *(test_pages.CALLS, test_pages.FRONT),
    )
    for one in lists:
        for case in one:
            yield case.values[0]  # type: ignore[attr-defined]


def test_the_mistakes_are_many_and_differ() -> None:
    """Those that differ in the words of the file only, as the calls with template code do, count as one."""
    every = list(cases())
    assert len({mistake.name for mistake in every}) == len(every)
    assert len({mistake.said for mistake in every}) >= 120
