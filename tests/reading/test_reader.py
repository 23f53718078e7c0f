"""Mistakes inside one file: each is told whole, at its line and column, in words that say how to mend it.

The cases are a list of what editors do. Each gives the text that was changed, with ‸ where the message must point.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from mistakes import FIRST, HERE, ROOT, Folder, Mistake, mistake

from macros.model.holdings import HOLDINGS
from macros.model.trust import Trust
from macros.reading.files import MAX_BYTES
from macros.reading.guide import load
from macros.reading.problem import DataProblems
from macros.reading.reader import RecordCache, read
from macros.reading.records import field_path
from macros.reading.yaml_file import MAX_DEPTH

LUTON, ESSEX = "trusts/luton/2009.yml", "trusts/essex/2009.yml"
LUTON_AREA = "trusts/luton/trust.yml"
AUTHORITY = "authority: Luton Borough Council"
LIFE = "life:\n  source: mysociety-councils\n  as_of: 2025-07-10\n  status: continuing"

DATE = "expected a date: 2009-04-01, 2009-04, spring 2009, early 2009, 2009, 2008/09, or two of these with “to” between"
WHOLE = (
    "expected a whole number; write it in digits only, without quotation marks, commas, points, “£” or words, "
    "for example 2500000"
)
MEANT = (
    "expected a whole number; write {} if that is meant: digits only, without quotation marks, commas, points, "
    "“£” or words"
)
MARKDOWN = "use plain words, **bold**, *italics*, [links](https://…), blank lines and “- ” lists"
FIELDS = "fields, each a name, a colon and a value"


# --- names and words ----------------------------------------------------------------------------------------------

NAMES = (
    mistake(
        "unknown field",
        "principles.yml",
        "  what: >-",
        "  colour: blue\n  what: >-".replace("colour", f"{HERE}colour"),
        "[1].colour: found the field “colour”, which is not known here; expected fields from source, id, name, what; "
        "write one of “source”, “id”, “name” or “what”",
    ),
    mistake(
        "misspelt field",
        LUTON_AREA,
        LIFE,
        LIFE.replace("status", f"{HERE}statuss"),
        "life.statuss: found the field “statuss”, which is not known here; "
        "expected fields from source, as_of, status, ended, what, successors; did you mean “status”?",
    ),
    mistake(
        "field with a capital",
        LUTON_AREA,
        LIFE,
        LIFE.replace("status", f"{HERE}Status"),
        "life.Status: found the field “Status”, which is not known here; "
        "expected fields from source, as_of, status, ended, what, successors; did you mean “status”?",
    ),
    mistake(
        "missing field",
        LUTON_AREA,
        f"partnership: Luton Children’s Trust\n{AUTHORITY}\n",
        "partnership: Luton Children’s Trust\n",
        "authority: found no “authority”; expected the field “authority”: The council that led it at the time of the "
        "evidence; add a line “authority:”, for example “Luton Borough Council”",
    ),
    mistake(
        "missing field further in",
        LUTON,
        "  interview: none mentioned\n",
        "",
        "basis.interview: found no “interview”; expected the field “interview”: How its officers were interviewed; "
        "add a line “interview:”, for example “telephone”",
    ),
    mistake(
        "field that is never typed",
        LUTON_AREA,
        AUTHORITY,
        f"{AUTHORITY}\n{HERE}slug: luton",
        "slug: found the field “slug”; expected no such field: it is taken from the file's name or another file; "
        "delete the line",
    ),
    mistake(
        "wrong vocabulary word",
        LUTON,
        "  interview: none mentioned",
        f"  {HERE}interview: telephoned",
        "basis.interview: found “telephoned”; expected one of the fixed words “face to face”, “telephone”, "
        "“none mentioned”; did you mean “telephone”?",
    ),
    mistake(
        "word that is like none",
        LUTON,
        "  taking_part: contributed",
        f"  {HERE}taking_part: 12",
        "basis.taking_part: found the number “12”; expected one of the fixed words “contributed”, “declined”; "
        "write one of “contributed” or “declined”",
    ),
    mistake(
        "no word at all",
        LUTON,
        "  taking_part: contributed",
        f"  {HERE}taking_part:",
        "basis.taking_part: found nothing; expected one of the fixed words “contributed”, “declined”; "
        "write one of “contributed” or “declined”",
    ),
    mistake(
        "source in words",
        LUTON,
        "needs:\n  source: clear-expectations#luton.needs",
        f"needs:\n  {HERE}source: Clear Expectations, Luton",
        "needs.source[1]: found “Clear Expectations, Luton”; expected a source such as "
        "clear-expectations#luton.governance, clear-expectations#statutory-summary(3) or ours; "
        "write each source on a line of its own, beginning with “- ”, "
        "like this, for example “clear-expectations#luton.governance”",
    ),
    mistake(
        "field twice, deep inside",
        LUTON,
        "      state: in place\n      name: Joint Commissioning Unit\n",
        f"      {FIRST}state: in place\n      name: Joint Commissioning Unit\n      {HERE}state: planned\n",
        "context.commissioning.unit.state: found the field “state” a second time; expected each field once; "
        "join the two, or delete one; the first is on line {first}",
    ),
    mistake(
        "id twice",
        "glossary.yml",
        "- id: adcs\n  source: clear-expectations#method(2)\n",
        f"- {FIRST}id: adcs\n  source: ours\n  term: Twice\n  meaning: No.\n  meaning_from: ours\n"
        f"- {HERE}id: adcs\n  source: ours\n",
        "[2].id: found the id “adcs” a second time; expected an id used once in data/glossary.yml; "
        "change one of them; the first is on line {first}",
    ),
)

# --- values -------------------------------------------------------------------------------------------------------

VALUES = (
    mistake(
        "text for a number",
        LUTON,
        "    - amount: 2000000",
        f"    - {HERE}amount: two million",
        f"investment.figures[1].amount: found “two million”; {WHOLE}",
    ),
    mistake(
        "quoted number",
        LUTON,
        "    - amount: 2000000",
        f'    - {HERE}amount: "2000000"',
        f"investment.figures[1].amount: found “2000000”; {MEANT.format(2000000)}",
    ),
    mistake(
        "number with commas",
        LUTON,
        "    - amount: 2000000",
        f"    - {HERE}amount: 2,000,000",
        f"investment.figures[1].amount: found “2,000,000”; {MEANT.format(2000000)}",
    ),
    mistake(
        "number with pence",
        LUTON,
        "    - amount: 2000000",
        f"    - {HERE}amount: 2000000.50",
        f"investment.figures[1].amount: found the number “2000000.5”; {WHOLE}",
    ),
    mistake(
        "negative number",
        LUTON,
        "    - amount: 2000000",
        f"    - {HERE}amount: -2000000",
        "investment.figures[1].amount: found the number “-2000000”; expected a number of at least 0; check the number",
    ),
    mistake(
        "far too large a number",
        LUTON,
        "    - amount: 2000000",
        f"    - {HERE}amount: 20000000000000",
        "investment.figures[1].amount: found the number “20000000000000”; expected a number of at most "
        "10,000,000,000; check the number",
    ),
    mistake(
        "number for text",
        LUTON_AREA,
        AUTHORITY,
        f"{HERE}authority: 2009",
        'authority: found the number “2009”; expected text; put quotation marks around it: "2009"',
    ),
    mistake(
        "list for text",
        LUTON_AREA,
        AUTHORITY,
        f"{HERE}authority:\n  - Luton",
        "authority: found a list; expected text; write it in that form, for example “Luton Borough Council”",
    ),
    mistake(
        "fields for text",
        LUTON_AREA,
        AUTHORITY,
        f"{HERE}authority:\n  name: Luton",
        "authority: found fields; expected text; put quotation marks around a text that begins with { or holds a colon",
    ),
    mistake(
        "text for a list",
        LUTON_AREA,
        AUTHORITY,
        f"{AUTHORITY}\n{HERE}also_called: Luton",
        "also_called: found “Luton”; expected a list, each item beginning with “- ”; "
        "write it in that form, for example “- HCTP”",
    ),
    mistake(
        "text for fields",
        LUTON_AREA,
        LIFE,
        f"{HERE}life: continuing",
        f"life: found “continuing”; expected {FIELDS}; write it in that form",
    ),
    mistake(
        "no value",
        LUTON_AREA,
        AUTHORITY,
        f"{HERE}authority:",
        "authority: found nothing; expected text; write the value after the colon, for example “Luton Borough Council”",
    ),
    mistake(
        "no value where none is needed",
        LUTON_AREA,
        AUTHORITY,
        f"{AUTHORITY}\n{HERE}also_called:",
        "also_called: found nothing; expected a list, each item beginning with “- ”; "
        "write the value after the colon, or delete the line",
    ),
    mistake(
        "empty text",
        LUTON_AREA,
        AUTHORITY,
        f'{HERE}authority: " "',
        "authority: found nothing; expected some words; write it, for example “Luton Borough Council”",
    ),
    mistake(
        "name of several lines",
        LUTON_AREA,
        AUTHORITY,
        f"{HERE}authority: |\n  Luton\n  Council",
        "authority: found a text of several lines; expected one line; keep a name or label to one line",
    ),
    mistake(
        "name that is too long",
        LUTON_AREA,
        AUTHORITY,
        f"{HERE}authority: {'Luton ' * 40}",
        "authority: found 239 characters; expected at most 200; shorten it",
    ),
    mistake(
        "yes for true",
        LUTON,
        "  online_survey: true",
        f"  {HERE}online_survey: yes",
        "basis.online_survey: found “yes”; expected true or false; "
        "write true in small letters, without quotation marks",
    ),
    mistake(
        "date in words",
        "trusts/bedfordshire/trust.yml",
        "  ended: 2009-04-01",
        f"  {HERE}ended: 1 April 2009",
        f"life.ended: found “1 April 2009”; {DATE}; write “2009-04-01” if that is meant",
    ),
    mistake(
        "impossible date",
        "trusts/bedfordshire/trust.yml",
        "  ended: 2009-04-01",
        f"  {HERE}ended: 2009-04-31",
        "life.ended: found “2009-04-31”, not a real date: April 2009 has no day 31; "
        "expected a date that exists, the earlier one first; check it against the source",
    ),
    mistake(
        "reversed span",
        LUTON,
        "      period: 2007/08",
        f"      {HERE}period: 2009 to 2007",
        "investment.figures[1].period: found “2009 to 2007”, the end comes before the beginning; "
        "expected a date that exists, the earlier one first; check it against the source",
    ),
    mistake(
        "bad financial year",
        LUTON,
        "      period: 2007/08",
        f"      {HERE}period: 2007/09",
        "investment.figures[1].period: found “2007/09”, not a financial year: 2007 is followed by 08; "
        "expected a date that exists, the earlier one first; check it against the source",
    ),
)

# --- text ---------------------------------------------------------------------------------------------------------

TEXT = (
    mistake(
        "raw HTML",
        LUTON_AREA,
        AUTHORITY,
        f"{HERE}authority: Luton <b>Borough</b> Council",
        f"authority: found raw HTML near “<b>Borough</b> Counc”; expected plain text; {MARKDOWN}",
    ),
    mistake(
        "template marker",
        LUTON_AREA,
        AUTHORITY,
        f"{HERE}authority: Luton {{{{ x }}}}",
        "authority: found a template marker “{{”; expected plain text; leave it out: templates do not run in data",
    ),
    mistake(
        "link that runs a script",
        LUTON_AREA,
        AUTHORITY,
        f"{HERE}authority: See [Luton](javascript:alert(1))",
        "authority: found a link to “javascript:alert(1)”; expected plain text; "
        "link to an address that begins with https://, http:// or mailto:",
    ),
    mistake(
        "character that turns the text round",
        LUTON_AREA,
        AUTHORITY,
        f"authority: Luton {HERE}\u202eBorough Council",
        "found an invisible or control character (U+202E); expected characters that can be seen; "
        "delete it and type the words around it again",
    ),
    mistake(
        "character without width, in a field's name",
        LUTON_AREA,
        AUTHORITY,
        f"auth{HERE}\u200bority: Luton Borough Council",
        "found an invisible or control character (U+200B); expected characters that can be seen; "
        "delete it and type the words around it again",
    ),
    mistake(
        "hidden hyphen out of a PDF, in a comment",
        LUTON_AREA,
        AUTHORITY,
        f"{AUTHORITY}  # com{HERE}\u00adment",
        "found an invisible or control character (U+00AD); expected characters that can be seen; "
        "delete it and type the words around it again",
    ),
    mistake(
        "control character, written out",
        LUTON_AREA,
        AUTHORITY,
        f'{HERE}authority: "Luton \\a"',
        "authority: found an invisible or control character (U+0007); expected plain text; "
        "delete it and type the words again",
    ),
)

# --- how YAML is written ------------------------------------------------------------------------------------------

YAML = (
    mistake(
        "missing colon",
        LUTON_AREA,
        AUTHORITY,
        f"{HERE}authority Luton Borough Council",
        "found a line without a colon; expected “name: value”; "
        "add a colon and a space, or indent the line so that it belongs to the text above",
    ),
    mistake(
        "missing space after the colon",
        LUTON_AREA,
        LIFE,
        LIFE.replace("status: ", f"{HERE}status:"),
        "found a line without a colon; expected “name: value”; "
        "add a colon and a space, or indent the line so that it belongs to the text above",
    ),
    mistake(
        "second colon",
        LUTON_AREA,
        AUTHORITY,
        f"authority: Luton{HERE}: Borough Council",
        "found a second colon on the line; expected one “name: value” a line; "
        "put quotation marks around the whole text, or use “>-” and go on below",
    ),
    mistake(
        "tab",
        LUTON_AREA,
        LIFE,
        LIFE.replace("  status", f"{HERE}\tstatus"),
        "found a tab; expected spaces at the beginning of a line; put two spaces for each step in",
    ),
    mistake(
        "tab after spaces",
        LUTON_AREA,
        LIFE,
        LIFE.replace("  status", f"  {HERE}\tstatus"),
        "found a tab; expected spaces at the beginning of a line; put two spaces for each step in",
    ),
    mistake(
        "unclosed quotation mark",
        LUTON_AREA,
        AUTHORITY,
        f'authority: {HERE}"Luton Borough Council',
        "found a quotation mark that is never closed; expected a closing quotation mark; add it at the end of the text",
    ),
    mistake(
        "words after a quotation mark",
        LUTON_AREA,
        AUTHORITY,
        f'authority: "Luton" {HERE}Borough Council',
        "found words after the end of a quoted text or a bracket; expected nothing more on the line; "
        "put quotation marks around the whole text",
    ),
    mistake(
        "apostrophe in single quotation marks",
        LUTON_AREA,
        AUTHORITY,
        f"authority: 'Luton'{HERE}s Council'",
        "found words after the end of a quoted text or a bracket; expected nothing more on the line; "
        "put quotation marks around the whole text",
    ),
    mistake(
        "text that begins with a link",
        LUTON_AREA,
        AUTHORITY,
        f"authority: [Luton]{HERE}(https://x.example)",
        "found words after the end of a quoted text or a bracket; expected nothing more on the line; "
        "put quotation marks around the whole text",
    ),
    mistake(
        "text that begins with bold",
        LUTON_AREA,
        AUTHORITY,
        f"authority: {HERE}**Luton** Borough Council",
        "found a text that begins with *; expected quotation marks around such a text; "
        "put quotation marks around the whole text",
    ),
    mistake(
        "text that begins with a reserved character",
        LUTON_AREA,
        AUTHORITY,
        f"authority: {HERE}@luton",
        "found a character that YAML keeps for itself; expected quotation marks around a text that begins with it; "
        "put quotation marks around the whole text",
    ),
    mistake(
        "unclosed bracket",
        LUTON_AREA,
        AUTHORITY,
        f"authority: {HERE}[Luton Borough Council",
        "found a bracket that is never closed; expected a closing bracket; "
        "add it; put quotation marks around a text that begins with [ or {",
    ),
    mistake(
        "line too far in",
        LUTON_AREA,
        LIFE,
        LIFE.replace("  status:", f"   status{HERE}:"),
        "found a field that does not line up with the one above; expected fields that begin in the same column; "
        "check the spaces at the beginning",
    ),
    mistake(
        "line too far out",
        LUTON_AREA,
        LIFE,
        LIFE.replace("  status:", f" {HERE}status:"),
        "found a line that does not fit the lines around it; expected fields that begin in the same column; "
        "check the spaces at the beginning, and that quotation marks are closed",
    ),
    mistake(
        "list item on the line of its field",
        LUTON_AREA,
        AUTHORITY,
        f"also_called: {HERE}- Luton\n{AUTHORITY}",
        "found a list item on the line of something else; "
        "expected each item on a line of its own, beginning with “- ”; begin the item on a new line",
    ),
    mistake(
        "line of three hyphens",
        LUTON_AREA,
        AUTHORITY,
        f"{HERE}---\n{AUTHORITY}",
        "found a line of three hyphens; expected one record a file; delete the line “---”",
    ),
    mistake(
        "backslash",
        LUTON_AREA,
        AUTHORITY,
        f'authority: "Luton {HERE}\\y Council"',
        "found a backslash that YAML reads in its own way; expected plain words; take it out, or write it twice",
    ),
    mistake(
        "list as a field's name",
        LUTON_AREA,
        AUTHORITY,
        f"{AUTHORITY}\n? {HERE}[a, b]\n: c",
        "found a list or fields used as a field’s name; expected a plain name before the colon; write a name",
    ),
    mistake(
        "anchor and alias",
        LUTON_AREA,
        AUTHORITY,
        f"authority: {HERE}&a Luton Borough Council\nalso_called:\n  - {HERE}*a",
        "found an anchor (&a); expected each value written out; "
        "write the value; put quotation marks around a text that begins with &",
        "found an alias (*a); expected each value written out; "
        "write the value; put quotation marks around a text that begins with *",
    ),
    mistake(
        "tag that would run a program",
        LUTON_AREA,
        AUTHORITY,
        f"authority: {HERE}!!python/name:os.system Luton",
        "authority: found a tag (!!python/name:os.system); expected plain values; delete the word that begins with “!”",
    ),
    mistake(
        "tag on a list",
        LUTON_AREA,
        AUTHORITY,
        f"{AUTHORITY}\nalso_called: {HERE}!!python/tuple [Luton]",
        "also_called: found a tag (!!python/tuple); expected plain values; delete the word that begins with “!”",
    ),
    mistake(
        "tag of one's own",
        LUTON_AREA,
        AUTHORITY,
        f"authority: {HERE}!Luton",
        "authority: found a tag (!Luton); expected plain values; delete the word that begins with “!”",
    ),
)

# --- CSV ----------------------------------------------------------------------------------------------------------

ELY = "Ely,city,cambridgeshire,,,ours"
CSV = (
    mistake(
        "too few cells",
        "places.csv",
        ELY,
        f"{HERE}Ely,city,cambridgeshire",
        "found 6 cells; expected 9, one for each column; "
        "add or take out commas; a text that holds a comma needs quotation marks around it",
    ),
    mistake(
        "a comma in a text",
        "places.csv",
        ELY,
        f"{HERE}Ely,city,cambridgeshire,,A city, though small,ours",
        "found 10 cells; expected 9, one for each column; "
        "add or take out commas; a text that holds a comma needs quotation marks around it",
    ),
    mistake(
        "empty cell that must not be",
        "places.csv",
        ELY,
        f"Ely,{HERE},cambridgeshire,,,ours",
        "kind: found no “kind”; expected the cell “kind”: What kind of place it is; fill it in, for example “district”",
    ),
    mistake(
        "slug with a capital",
        "places.csv",
        ELY,
        f"Ely,city,{HERE}Southend on Sea,,,ours",
        "trust: found “Southend on Sea”; expected lower-case letters, digits and single hyphens; "
        "write “southend-on-sea”",
    ),
    mistake(
        "wrong word in a cell",
        "places.csv",
        ELY,
        f'"Ely",{HERE}citty,cambridgeshire,,,ours',
        "kind: found “citty”; expected one of the fixed words “county”, “district”, “unitary”, “town”, “city”, "
        "“postcode”; "
        "did you mean “city”?",
    ),
    mistake(
        "unclosed quotation mark in a cell",
        "places.csv",
        ELY,
        f'{HERE}Ely,city,cambridgeshire,,"A city,ours',
        "found a quotation mark that is never closed; expected cells with commas between them; "
        "add it at the end of the cell, or take out the first",
    ),
    mistake(
        "words after a quotation mark in a cell",
        "places.csv",
        ELY,
        f'{HERE}Ely,city,cambridgeshire,,"A city" indeed,ours',
        "found words after a closing quotation mark; expected cells with commas between them; "
        "write a quotation mark inside a cell twice",
    ),
    mistake(
        "unknown column",
        "places.csv",
        "place,kind,",
        f"place,{HERE}knid,",
        "found the column “knid”; expected columns from source, place, kind, trust, also_called, note, council, "
        "since, until; "
        "did you mean “kind”?",
    ),
    mistake(
        "column twice",
        "places.csv",
        "place,kind,trust,also_called,note",
        f"place,kind,trust,also_called,{HERE}kind",
        "found the column “kind” twice; expected columns from source, place, kind, trust, also_called, note, "
        "council, since, until; "
        "take one out",
    ),
    mistake(
        "percentage over 100",
        "surveys/2009/answers.csv",
        "evaluation-data,Sent evaluation data to two or more bodies,90",
        f"evaluation-data,Sent evaluation data to two or more bodies,{HERE}190",
        "percent: found “190”; expected a number from 0 to 100, or “not printed”; "
        "write the number alone, without “%” or words",
    ),
    mistake(
        "percentage with a sign",
        "surveys/2009/answers.csv",
        "evaluation-data,Sent evaluation data to two or more bodies,90",
        f"evaluation-data,Sent evaluation data to two or more bodies,{HERE}90%",
        "percent: found “90%”; expected a number from 0 to 100, or “not printed”; "
        "write the number alone, without “%” or words",
    ),
    mistake(
        "percentage that is not a number at all",
        "surveys/2009/answers.csv",
        "evaluation-data,Sent evaluation data to two or more bodies,90",
        f"evaluation-data,Sent evaluation data to two or more bodies,{HERE}NaN",
        "percent: found “NaN”; expected a number from 0 to 100, or “not printed”; "
        "write the number alone, without “%” or words",
    ),
)


@pytest.mark.parametrize("mistake", [*NAMES, *VALUES, *TEXT, *YAML, *CSV])
def test_one_mistake_is_told_once_and_whole(data: Folder, mistake: Mistake) -> None:
    expected = data.make(mistake)
    if mistake.name.startswith("missing field"):  # there is no line to point to but that of the part around it
        expected = [line.replace(":1:1: ", f":{_line_of_the_part(data, mistake)}: ") for line in expected]
    assert data.problems() == expected


def _line_of_the_part(data: Folder, mistake: Mistake) -> str:
    part = "name:" if "further" not in mistake.name else "basis:"
    lines = (data / mistake.file).read_text(encoding="utf-8").splitlines()
    return f"{next(number for number, line in enumerate(lines, 1) if line.startswith(part))}:1"


# --- whole files --------------------------------------------------------------------------------------------------

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(20)
)
NOT_UTF8 = "found a character that is not UTF-8; expected text saved as UTF-8; save the file again and choose UTF-8"
DEEP = (
    f"found values nested more than {MAX_DEPTH} deep; expected a few levels; "
    "take out brackets or hyphens until the values are plain"
)
EMPTY = "found an empty file; expected the record’s fields; put its content back, or delete the file"
LIKE_IT = "compare it with a file of the same kind"

FILES: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "byte order mark": (
        LUTON,
        lambda text: b"\xef\xbb\xbf" + text,
        "1:1: found a byte order mark; expected UTF-8 without one; "
        "save the file again and choose “UTF-8”, not “UTF-8 with BOM”",
    ),
    "Latin-1": (LUTON, lambda text: b"# caf\xe9\n" + text, f"1:6: {NOT_UTF8}"),
    "UTF-16": (
        LUTON,
        lambda text: text.decode().encode("utf-16"),
        "1:1: found a character that is not UTF-8: the file was saved in UTF-16; expected text saved as UTF-8; "
        "save the file again and choose UTF-8; “guide check --fix” converts it too",
    ),
    "NUL": (
        LUTON,
        lambda text: b"# \x00\n" + text,
        "1:3: found an invisible or control character (U+0000); expected characters that can be seen; "
        "delete it and type the words around it again",
    ),
    "NUL in CSV": (
        "places.csv",
        lambda text: text + b"\x00",
        "{end}:1: found an invisible or control character (U+0000); expected characters that can be seen; "
        "delete it and type the words around it again",
    ),
    "empty": (LUTON, lambda _: b"", f"1:1: {EMPTY}"),
    "blank": (LUTON, lambda _: b" \n\n", f"1:1: {EMPTY}"),
    "only comments": (LUTON, lambda _: b"# Nothing yet.\n", f"1:1: {EMPTY}"),
    "empty CSV": (
        "places.csv",
        lambda _: b"",
        "1:1: found an empty file; expected the columns source, place, kind, trust, also_called, note, council, "
        "since, until; "
        "put its content back, from git or from another copy",
    ),
    "strokes in CSV": (
        "places.csv",
        lambda text: text.replace(b",", b"|"),
        "1:1: found something other than commas between the cells; expected a comma between two cells; "
        "save the file again as CSV, with commas",
    ),
    "column taken out of CSV": (
        "places.csv",
        lambda text: b"\n".join(line.partition(b",")[2] for line in text.splitlines()),
        "1:1: found no column “place”; expected the columns source, place, kind, trust, also_called, note, "
        "council, since, until; "
        "put the column back, with a cell in every row",
    ),
    "list instead of fields": (LUTON, lambda _: b"- a\n", f"1:1: found a list; expected {FIELDS}; {LIKE_IT}"),
    "text instead of fields": (LUTON, lambda _: b"Luton\n", f"1:1: found “Luton”; expected {FIELDS}; {LIKE_IT}"),
    "fields instead of a list": (
        "recommendations.yml",
        lambda _: b"r1: a\n",
        f"1:1: found fields; expected a list, each item beginning with “- ”; {LIKE_IT}",
    ),
    "list of text": (
        "recommendations.yml",
        lambda text: b"- a\n" + text,
        f"1:3: [1]: found “a”; expected {FIELDS}; write the fields, one a line",
    ),
    "too large": (
        LUTON,
        lambda text: text + b"#" * MAX_BYTES,
        "1:1: found {bytes} bytes; expected at most 524,288; shorten it",
    ),
    "100,000 brackets": (LUTON, lambda _: b"[" * 100_000, f"1:{MAX_DEPTH + 1}: {DEEP}"),
    "100,000 braces": (LUTON, lambda _: b"{a: " * 100_000, f"1:{4 * MAX_DEPTH + 1}: {DEEP}"),
    "100,000 hyphens": (LUTON, lambda _: b"- " * 100_000, f"1:{2 * MAX_DEPTH + 1}: {DEEP}"),
    "100,000 question marks": (LUTON, lambda _: b"? " * 100_000, f"1:{2 * MAX_DEPTH + 1}: {DEEP}"),
    "900 steps to the right": (
        LUTON,
        lambda _: b"".join(b" " * step + b"a:\n" for step in range(900)),
        f"{MAX_DEPTH + 1}:{MAX_DEPTH + 1}: {DEEP}",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read_is_told_once(data: Folder, name: str) -> None:
    file, how, said = FILES[name]
    data.rewrite(file, how)
    raw = (data / file).read_bytes()
    said = said.replace("{bytes}", f"{len(raw):,}").replace("{end}", str(raw.count(b"\n") + 1))
    started = time.monotonic()
    found = data.problems()
    assert time.monotonic() - started < 30
    assert f"data/{file}:{said}" in found
    assert all(line.startswith(f"data/{file}:") for line in found)
    if name != "list of text":  # which moves each id by one
        assert len(found) == 1


def test_an_alias_bomb_is_told_and_never_unfolded(data: Folder) -> None:
    (data / LUTON).write_text(BOMB, encoding="utf-8")
    started = time.monotonic()
    found = data.problems()
    assert time.monotonic() - started < 30
    assert found[0].startswith(f"data/{LUTON}:1:4: found an anchor (&a); ")
    assert found[-1].startswith(f"data/{LUTON}:21:")
    assert len(found) == BOMB.count("&") + BOMB.count("*")


@pytest.mark.parametrize(
    "nasty",
    [
        b"name: &a\n  b: *a\n",
        b"name: !!python/object/apply:os.system [touch pwned]\n",
        b"? [a, b]\n: {c: d}\n? {e: f}\n: g\n",
        b"null: 1\ntrue: 2\n1: 3\n~: 4\n",
        b"%YAML 9.9\n---\nname: a\n",
        b"name: 2009-04-01\nlife: yes\nbasis: ~\nterms: {}\ngaps: [[[]]]\n",
        b"tile: {column: 1e999, row: .inf}\n",
        b"tile: {column: " + b"9" * 5000 + b", row: -0}\n",
        b"name: |\n" + b"  x\n" * 5000,
        b"<<: {name: a}\n",
        b'name: "\\ud800\\udfff"\n',
        b"a:\r b:\r  c:\r" + b"".join(b" " * step + b"d:\r" for step in range(3, 900)),
        b"- &a [*a]\n",
        b"\x00" * 1000,
        "name: \U0001f600\ud7ff\u0085x\u2028y\n".encode(),
        "“name”: x\n".encode(),
        b": : :\n",
        b"-\n-\n-\n",
        b"---\n...\n---\n",
    ],
)
@pytest.mark.parametrize("file", [LUTON, "glossary.yml", "region.yml", "surveys/2009/survey.yml", "places.csv"])
def test_nothing_that_a_file_holds_stops_the_reading(data: Folder, file: str, nasty: bytes) -> None:
    (data / file).write_bytes(nasty)
    found = data.problems()
    assert any(line.startswith(f"data/{file}:") for line in found)
    assert not Path("pwned").exists()


# --- files and folders --------------------------------------------------------------------------------------------


def test_a_profile_with_the_long_ending(data: Folder) -> None:
    (data / LUTON).rename(data / "trusts/luton/2009.yaml")
    assert data.problems() == [
        "data/trusts/luton/2009.yaml:1:1: found a file that is not part of the data, trusts/luton/2009.yaml; "
        "expected only the files that the data needs; rename it so that it ends in .yml"
    ]


def test_a_profile_with_a_bad_name(data: Folder) -> None:
    (data / "trusts/luton/Spring 2027.yml").write_text("x: y\n", encoding="utf-8")
    assert data.problems() == [
        "data/trusts/luton/Spring 2027.yml:1:1: found the file name “Spring 2027.yml”; "
        "expected lower-case letters, digits and single hyphens, then .yml; rename the file"
    ]


def test_a_trust_with_a_bad_name(data: Folder) -> None:
    shutil.copytree(data / "trusts/luton", data / "trusts/Luton Town")
    assert data.problems() == [
        "data/trusts/Luton Town/trust.yml:1:1: found the folder name “Luton Town”; "
        "expected lower-case letters, digits and single hyphens; rename the folder"
    ]


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("notes.txt", "move it out of data/, or delete it"),
        ("trusts/luton/2009.yml.orig", "move it out of data/, or delete it"),
        ("trusts/more/of/luton.yml", "move it out of data/, or delete it"),
        ("glosary.yml", "did you mean “glossary.yml”?"),
    ],
)
def test_a_stray_file(data: Folder, name: str, mend: str) -> None:
    (data / name).parent.mkdir(parents=True, exist_ok=True)
    (data / name).write_text("x", encoding="utf-8")
    assert data.problems() == [
        f"data/{name}:1:1: found a file that is not part of the data, {name}; "
        f"expected only the files that the data needs; {mend}"
    ]


@pytest.mark.parametrize("name", [".DS_Store", "trusts/.luton.yml.swp", "trusts/luton/2009.yml~", "trusts/README.md"])
def test_what_programs_leave_behind_is_no_mistake(data: Folder, name: str) -> None:
    (data / name).write_text("x", encoding="utf-8")
    assert data.problems() == []


def test_a_link_to_another_file(data: Folder) -> None:
    (data / LUTON).rename(data.path.parent / "elsewhere.yml")
    (data / LUTON).symlink_to(data.path.parent / "elsewhere.yml")
    assert data.problems() == [
        f"data/{LUTON}:1:1: found a link to another file; expected a file of its own; put a copy of the file here"
    ]


@pytest.mark.parametrize("target", ["/etc", "nowhere"])
def test_a_link_that_is_not_part_of_the_data(data: Folder, target: str) -> None:
    (data / "more").symlink_to(target)
    assert data.problems() == [
        "data/more:1:1: found a link to another file or folder, more; expected only the files that the data needs; "
        "put a copy here, or delete the link"
    ]


def test_a_folder_in_the_place_of_a_file(data: Folder) -> None:
    (data / LUTON).unlink()
    (data / LUTON).mkdir()
    assert data.problems() == [
        f"data/{LUTON}:1:1: found a folder; expected a file; put a file with this name here, or take it away"
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read(data: Folder) -> None:
    (data / LUTON).chmod(0)
    (line,) = data.problems()
    assert line.startswith(f"data/{LUTON}:1:1: found a file that cannot be opened (Permission denied); ")


NEEDED = [holding.path for holding in HOLDINGS if holding.path.endswith((".yml", ".csv"))]


@pytest.mark.parametrize("file", NEEDED)
def test_a_file_that_is_gone_is_told_without_everything_that_named_it(data: Folder, file: str) -> None:
    (data / file).unlink()
    said = f"found no such file; expected the file data/{file}; put it back, from git or from another copy"
    assert data.problems() == [f"data/{file}:1:1: {said}"]


@pytest.mark.parametrize(
    "file",
    [
        *(one for one in NEEDED if one.endswith(".yml")),
        *(LUTON, LUTON_AREA, "waves/2009.yml", "surveys/2009/survey.yml"),
    ],
)
def test_a_file_with_broken_yaml_is_told_without_everything_that_named_it(data: Folder, file: str) -> None:
    data.rewrite(file, lambda text: text + b'\nzz: "\n')
    found = data.problems()
    assert len(found) == 1
    assert found[0].startswith(f"data/{file}:")


def test_a_first_wave_that_is_gone_is_told_without_everything_that_rests_on_it(data: Folder) -> None:
    (data / "waves/2009.yml").unlink()
    (line,) = data.problems()
    assert "baseline: found the wave “2009”, which no file describes; expected the name of a file in data/waves" in line


def test_no_data_at_all(tmp_path: Path) -> None:
    with pytest.raises(DataProblems) as problems:
        load(tmp_path / "data")
    assert [problem.file for problem in problems.value.problems] == [f"data/{file}" for file in sorted(NEEDED)]


# --- several at once ----------------------------------------------------------------------------------------------


def test_all_mistakes_are_told_in_one_run_in_the_order_of_files_and_lines(data: Folder) -> None:
    made = [one.values[0] for one in (NAMES[1], NAMES[6], VALUES[0], VALUES[16])]  # type: ignore[attr-defined]
    for one in made:
        assert isinstance(one, Mistake)
        data.make(one)
    data.change(ESSEX, "  interview: face to face", "  interview: by post")
    data.change("places.csv", ELY, "Ely,citty,rutland,,,ours,,,\nElly,city,rutland,,,ours")
    (data / "notes.txt").write_text("x", encoding="utf-8")
    (data / "principles.yml").write_text("\t", encoding="utf-8")
    found = data.problems()
    places = [line.split(": ")[0].split(":") for line in found]
    assert [(file, int(line), int(column)) for file, line, column in places] == sorted(
        (file, int(line), int(column)) for file, line, column in places
    )
    assert [file for file, *_ in places] == [
        "data/notes.txt",
        *["data/places.csv"] * 3,
        "data/principles.yml",
        f"data/{ESSEX}",
        *[f"data/{LUTON}"] * sum(one.file == LUTON for one in made),
        *[f"data/{LUTON_AREA}"] * sum(one.file == LUTON_AREA for one in made),
    ]
    assert len(set(found)) == len(found)


def test_real_data_has_no_problem_and_every_record_a_place(guide: object) -> None:
    del guide
    records = read(ROOT / "data")
    assert not records.problems
    assert not records.broken
    for part in records.parts:
        spot = records.spot(part.where)
        assert (ROOT / spot.file).is_file()
        assert spot.line <= len((ROOT / spot.file).read_text(encoding="utf-8").splitlines())


def test_windows_line_ends_are_read_like_others(data: Folder) -> None:
    for file in (LUTON, "places.csv", "surveys/2009/answers.csv"):
        data.rewrite(file, lambda text: text.replace(b"\n", b"\r\n"))
    assert data.problems() == []


def test_paths_count_from_one() -> None:
    assert field_path(("governance", "bodies", 1, "kind")) == "governance.bodies[2].kind"
    assert field_path((0, "id")) == "[1].id"
    assert field_path(()) == ""


def test_files_that_stayed_the_same_are_not_read_again(data: Folder) -> None:
    kept: RecordCache = {}
    before = read(data.path, kept)
    luton = data.path / "trusts/luton/trust.yml"
    luton.write_text(luton.read_text(encoding="utf-8").replace("Luton", "Lutton", 1), encoding="utf-8")
    shutil.rmtree(data.path / "trusts/norfolk")
    after, fresh = read(data.path, kept), read(data.path)
    old = {id(part) for part in before.parts}
    assert {part.where.partition(":")[0] for part in after.parts if id(part) not in old} == {"trusts/luton"}
    assert after.parts == fresh.parts
    assert after.problems == fresh.problems
    assert after.by_kind == fresh.by_kind
    assert after.origins.keys() == fresh.origins.keys()
    assert not any("trusts/norfolk" in name for names in kept for name in names)


def test_the_two_files_of_a_trust_are_one_record(data: Folder) -> None:
    """Each problem is told in the file where it is, and a field in the wrong one of the two is told with the right."""
    data.change(LUTON_AREA, "name: Luton\n", "nam: Luton\ngaps: []\n")
    data.change(LUTON, "basis:\n", "authority: A council\nbasis:\n")
    data.change(LUTON, "  reporting: reported\n", "  reporting: said\n")
    area, profile = (f"data/{name}" for name in (LUTON_AREA, LUTON))
    line = (data / LUTON).read_text("utf-8").split("\n").index("  reporting: said") + 1
    assert data.problems() == [
        f"{profile}:3:1: authority: found the field “authority”, which is in the other file too; "
        f"expected it in {area}; take it out here: what outlives the evidence is in trust.yml",
        f"{profile}:{line}:3: investment.reporting: found “said”; expected one of the fixed words “reported”, "
        "“not reported”, “reported for some projects only”, “not clear”; "
        "write one of “reported”, “not reported”, “reported for some projects only” or “not clear”",
        f"{area}:3:1: nam: found the field “nam”, which is not known here; "
        f"expected fields from {', '.join(Trust.model_fields)}; did you mean “name”?",
        f"{area}:4:1: gaps: found the field “gaps”, which is in the other file too; expected it in {profile}; "
        "take it out here: trust.yml holds only what outlives the evidence",
    ]


def test_a_field_in_the_wrong_file_is_looked_at_where_it_is(data: Folder) -> None:
    """It is told that it belongs elsewhere, and what is wrong with it is told in the same run, at its place."""
    data.change(LUTON_AREA, "life:\n", "confirmed: yes\nlife:\n")
    line = (data / LUTON_AREA).read_text("utf-8").split("\n").index("confirmed: yes") + 1
    misplaced, found = data.problems()
    assert found.startswith(f"data/{LUTON_AREA}:{line}:1: confirmed: found “yes”; expected fields")
    assert misplaced == (
        f"data/{LUTON_AREA}:{line}:1: confirmed: found the field “confirmed”; expected it in data/{LUTON}; "
        "move it there: trust.yml holds only what outlives the evidence"
    )


@pytest.mark.parametrize("file", [LUTON, LUTON_AREA])
def test_a_trust_that_lacks_one_of_its_files(data: Folder, file: str) -> None:
    (data / file).unlink()
    (line,) = data.problems()
    assert line.startswith(f"data/{file}:1:1: found no such file; expected the file data/{file}; put it back, ")


def test_a_guide_in_the_files_of_old_is_told_what_to_do(data: Folder) -> None:
    old = "".join((data / name).read_text("utf-8") for name in (LUTON_AREA, LUTON))
    shutil.rmtree(data / "trusts/luton")
    (data / "trusts/luton.yml").write_text(old, encoding="utf-8")
    data.change("region.yml", 'baseline: "2009"\n', "evidence_date: 2009-04\n")
    assert data.problems() == [
        f"data/{file}:1:1: found a file as guides kept it at first; expected its content in the files of today; "
        "run “guide migrate”"
        for file in ("region.yml", "trusts/luton.yml")
    ]


def test_a_known_file_that_becomes_a_link_is_refused(data: Folder) -> None:
    kept: RecordCache = {}
    read(data.path, kept)
    luton = data.path / "trusts/luton/2009.yml"
    luton.rename(data.path.parent / "luton.yml")
    luton.symlink_to(data.path.parent / "luton.yml")
    assert any("a link to another file" in problem.found for problem in read(data.path, kept).problems)
