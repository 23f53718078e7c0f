"""What no text may hold holds for every file that people write: data, tables, questionnaires, pages, menu, settings."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from subprocess import check_output

import pytest
from mistakes import ROOT

from macros.pages.project import Project
from macros.publish.build import check
from macros.reading.file_text import encoding_of, slips
from macros.reading.problem import DataProblems

# Each kind of file, with a line of words after which another may be put.
FILES = {
    "data": ("data/trusts/luton/2009.yml", "# Luton: the Children’s Trust’s approach to joint commissioning"),
    "a questionnaire": ("data/questionnaires/next.yml", "# yaml-language-server: $schema=../../.schema/questionnaire"),
    "a table": ("data/places.csv", "Ely,city,cambridgeshire,,"),
    "a page": ("docs/commissioners.md", "description: >-"),
    "the menu": ("docs/.nav.yml", ""),
    "the settings": ("mkdocs.yml", ""),
}
WORDS = {
    "a lost character": ("Luton�s", 6, "“�” (U+FFFD)", "type again what stood there"),
    "an apostrophe of Windows": ("Lutonâ€™s", 6, "“â€™”, which is “’” read", "write “’”"),
    "a pound sign of Windows": ("gave Â£2", 6, "“Â£”, which is “£” read", "write “£”"),
    "an accent of Windows": ("a cafÃ©", 6, "“Ã©”, which is “é” read", "write “é”"),
    "a dash of Windows": ("2007â€“2009", 5, "“â€“”, which is “–” read", "write “–”"),
    "an apostrophe of a Mac": ("Luton‚Äôs", 6, "“‚Äô”, which is “’” read", "write “’”"),
    "an apostrophe of a command line": ("LutonΓÇÖs", 6, "“ΓÇÖ”, which is “’” read", "write “’”"),
    "an apostrophe of a western command line": ("LutonÔÇÖs", 6, "“ÔÇÖ”, which is “’” read", "write “’”"),
    "a pound sign of a command line": ("gave ┬ú2", 6, "“┬ú”, which is “£” read", "write “£”"),
    "an accent of a command line": ("a caf├⌐", 6, "“├⌐”, which is “é” read", "write “é”"),
    "read wrongly twice": ("a cafÃƒÂ©", 6, "“ÃƒÂ©”, which is “é” read", "write “é”"),
    "a lost apostrophe": ("Luton?s", 6, "“?” inside a word", "write “’”"),
    "a pasted bullet": ("• the first", 1, "“•” at the beginning of words", "with “- ”"),
    "another bullet": ("▪ the first", 1, "“▪” at the beginning of words", "with “- ”"),
    "a hyphen and a space of another kind": ("-\xa0the first", 2, "a space of another kind", "press the space bar"),
    "a heading with a space of another kind": ("##\xa0Words", 3, "a space of another kind", "press the space bar"),
    "a number with a space of another kind": ("1.\u202fthe first", 3, "a space of another kind", "the space bar"),
    "marks of a merge": ("<<<<<<< HEAD", 1, "two versions of the same lines", "keep the right lines"),
    "the end of a merge": (">>>>>>> correction", 1, "two versions of the same lines", "keep the right lines"),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("data", "docs", "theme"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("mkdocs.yml", "addresses.txt"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def told(project: Path) -> list[str]:
    try:
        check(Project(project))
    except DataProblems as found:
        return [str(problem) for problem in found.problems]
    return []


@pytest.mark.parametrize("kind", FILES)
def test_every_kind_of_file_is_told_of_with_line_and_column(project: Path, kind: str) -> None:
    """All slips at once: one line of the file each, but marks of a merge, which come alone."""
    file, after = FILES[kind]
    path = project / file
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next((number for number, line in enumerate(lines, 1) if after and line.startswith(after)), len(lines))
    put = [words for words, *_ in WORDS.values() if "<<<<" not in words and ">>>>" not in words]
    path.write_text("\n".join([*lines[:at], *put, *lines[at:]]) + "\n", encoding="utf-8")
    found = told(project)
    wanted = {words: rest for words, *rest in WORDS.values()}
    for number, words in enumerate(put, at + 1):
        column, what, mend = wanted[words]
        begin = f"{file}:{number}:{column}: found {what}"
        assert any(one.startswith(begin) and mend in one for one in found), (begin, found)


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", ">>>>>>> correction", "||||||| 1a2b3c4"])
@pytest.mark.parametrize("kind", FILES)
def test_marks_of_a_merge_are_told_alone(project: Path, kind: str, mark: str) -> None:
    file, after = FILES[kind]
    path = project / file
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next((number for number, line in enumerate(lines, 1) if after and line.startswith(after)), len(lines))
    path.write_text("\n".join([*lines[:at], mark, *lines[at:]]) + "\n", encoding="utf-8")
    of_file = [one for one in told(project) if one.startswith(f"{file}:")]
    assert len(of_file) == 1, of_file
    assert of_file[0].startswith(f"{file}:{at + 1}:1: found two versions of the same lines")


@pytest.mark.parametrize("name", WORDS)
def test_each_slip_is_told_once(name: str) -> None:
    words, column, found, mend = WORDS[name]
    (slip,) = slips(f"First line.\n{words}\n", is_page=True)
    assert (slip.line, slip.column) == (2, column)
    assert slip.found.startswith(found)
    assert mend in slip.mend


@pytest.mark.parametrize(
    "words",
    [
        "Children’s Trusts — “how”, £2 million, 50 %, 3 × 4, naïve, café, Ångström, São Tomé, l’été",
        "CAFÉ’s words, “É”, and À l’heure…",
        "What now? so be it. https://example.org/?s=1 and [a](../trusts/?trusts=luton)",
        "A heading\n=======\n\n1. One\n- two\n\n# Three\n\n2009 was a year",
        "10\xa0% of them, and £2\xa0million",
        "Luton · Norfolk",
    ],
)
def test_words_that_are_right_are_left_alone(words: str) -> None:
    assert [*slips(words, is_page=True)] == []


@pytest.mark.parametrize("text", ["Children’s café — £2", "plain"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_an_encoding_is_told_for_certain(text: str, encoding: str) -> None:
    wanted = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}[encoding]
    assert encoding_of(text.encode(encoding)) == ("UTF-8" if (text, encoding) == ("plain", "cp1252") else wanted)


@pytest.mark.parametrize(
    "raw",
    [
        "Children’s".encode() + " café".encode("cp1252"),  # two encodings in one file
        "Children’s £2".encode("mac-roman"),
        "£2 é".encode("cp850"),
        b"\xff\xfeodd",
    ],
)
def test_an_encoding_that_is_not_certain_is_not_guessed(raw: bytes) -> None:
    assert encoding_of(raw) is None


def test_no_text_of_the_guide_needs_the_slow_look() -> None:
    code = "import sys; from pathlib import Path; from macros.reading.guide import load; "
    code += "load(Path(sys.argv[1])); print('ftfy' in sys.modules)"
    assert check_output([sys.executable, "-c", code, str(ROOT / "data")], text=True) == "False\n"
