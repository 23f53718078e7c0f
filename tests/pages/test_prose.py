"""The prose of the guide: that it keeps its bounds, and what is said of each kind of breach."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import small_project

from macros import cli
from macros.commands import progress
from macros.pages import prose
from macros.pages.prose import AVERAGE, LONGEST, Prose
from macros.pages.readability import length
from macros.pages.site import Site
from macros.reading.guide import Guide
from macros.reading.reader import read
from macros.reading.records import Records

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def records() -> Records:
    return read(ROOT / "data")


@pytest.fixture(scope="session")
def whole(guide: Guide, records: Records) -> Prose:
    """The real pages."""
    return Prose(Site(guide, ROOT / "docs"), records)


class Planted:
    """A folder of pages to write faults into."""

    def __init__(self, guide: Guide, docs: Path) -> None:
        self.guide, self.docs = guide, docs

    def __call__(self, body: str, path: str = "a.md", description: str = "About it.") -> list[str]:
        """Return what is said of a page."""
        page = self.docs / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"---\ntitle: A\ndescription: {description}\n---\n\n{body}\n", encoding="utf-8")
        return [str(problem) for problem in Prose(Site(self.guide, self.docs), Records()).problems()]


@pytest.fixture
def planted(guide: Guide, tmp_path: Path) -> Planted:
    return Planted(guide, tmp_path / "docs")


def words(number: int) -> str:
    """Return a sentence of so many short words."""
    return " ".join(["Here", *["we"] * (number - 2), "go"]) + "."


SHORT = "Short. And short."

# --- the real guide -----------------------------------------------------------------------------------------------


def test_the_guide_has_no_breach(whole: Prose) -> None:
    assert [str(problem) for problem in whole.problems()] == []


def test_every_page_keeps_its_bounds(whole: Prose) -> None:
    """Said again without the rules that are under test."""
    assert len(whole.readings) == len(list((ROOT / "docs").rglob("*.md")))
    for one in whole.readings:
        assert one.reading.average <= 20, one.page.path
        assert length(one.reading.longest) <= 30, (one.page.path, one.reading.longest)
        grade = 9 if one.page.path.startswith(("vcs", "trusts/", "standards/")) else 11
        assert (one.reading.grade or 0) <= grade, (one.page.path, one.reading.hardest)


def test_pages_are_easier_than_the_report(whole: Prose) -> None:
    """The report itself: grade 13.6, and 23.5 words in a sentence."""
    assert max(one.reading.grade or 0 for one in whole.readings) < 13.6
    assert max(one.reading.average for one in whole.readings) < 23.5
    assert sum(one.reading.grade is not None for one in whole.readings) > 100


@pytest.mark.parametrize(
    ("path", "bound"),
    [
        ("vcs.md", 9), ("trusts/luton.md", 9), ("trusts/compare/money.md", 9), ("standards/na-1.md", 9),
        ("standards/index.md", 9), ("framework/index.md", 11), ("index.md", 11), ("tools/ask.md", 11),
    ],
)  # fmt: skip
def test_bounds(whole: Prose, path: str, bound: int) -> None:
    assert next(one.bound for one in whole.readings if one.page.path == path) == bound


# --- sentences ----------------------------------------------------------------------------------------------------


def test_a_long_sentence_on_a_page(planted: Planted) -> None:
    assert planted(f"{SHORT} {words(25)}") == []
    assert planted(f"{SHORT}\n\n- An item. {words(26)}") == [
        f"docs/a.md:8:12: found a sentence of 26 words: “{words(26)}”; expected at most 25; make two sentences of it"
    ]


def test_a_long_item_without_a_full_stop(planted: Planted) -> None:
    (told,) = planted(f"- {words(26)[:-1]}")
    assert told.startswith("docs/a.md:6:3: found a sentence of 26 words: “Here we we")


def test_words_that_a_macro_gives_count(planted: Planted) -> None:
    (told,) = planted(f'{SHORT}\n\n{words(23)[:-1]} {{{{ figure("trusts-interviewed") }}}}.')
    assert "found a sentence of 27 words: “Here we" in told
    assert "six of the ten.”; expected at most 25" in told


def test_a_long_description(planted: Planted) -> None:
    (told,) = planted("Text.", description=words(26))
    assert told.startswith("docs/a.md:3:14: found a sentence of 26 words")


def test_headings_and_code_are_not_sentences(planted: Planted) -> None:
    assert planted(f"# {words(40)}\n\n```\n{words(40)}\n```\n\n<h2>{words(40)}</h2>") == []


def test_a_long_sentence_in_data(guide: Guide, tmp_path: Path) -> None:
    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    region = data / "waves/2009.yml"
    before = region.read_text(encoding="utf-8")
    lines = before.splitlines()
    at = next(number for number, line in enumerate(lines) if line.lstrip().startswith("reading:"))
    lines[at] = f"{lines[at].partition(':')[0]}: {words(26)}"
    while lines[at + 1].startswith("      "):
        del lines[at + 1]
    region.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (told,) = (str(one) for one in Prose(Site(guide, tmp_path), read(data)).problems())
    assert told == (
        f"data/waves/2009.yml:{at + 1}:5: slips[1].reading: found a sentence of 26 words: “{words(26)}”; "
        "expected at most 25; make two sentences of it"
    )


def test_an_average_that_is_too_high(planted: Planted) -> None:
    assert planted(" ".join([words(20)] * 3)) == []
    assert planted(" ".join([words(21)] * 2 + [words(22)])) == [
        f"docs/a.md:1:1: found 21.3 words in the average sentence; the longest is “{words(22)}”; "
        f"expected at most {AVERAGE}; make two sentences of the long ones"
    ]


HARD = "Organisational representation necessitates considerable proportionality."


def test_a_grade_that_is_too_high(planted: Planted) -> None:
    (told,) = planted(f"{HARD}\n\n" * 20)
    grade = re.search(r"grade of (\d+\.\d)", told)
    assert grade
    assert told == (
        f"docs/a.md:1:1: found a reading grade of {grade[1]}; the hardest sentence is “{HARD}”; expected at most 11; "
        "use shorter sentences and shorter words"
    )
    assert float(grade[1]) > 11


def test_plain_pages_have_a_lower_bound(planted: Planted) -> None:
    text = "The council received additional money every year, and then it agreed to continue.\n\n" * 15
    assert planted(text) == []
    (told,) = planted(text, "trusts/x.md")
    assert told.startswith("docs/trusts/x.md:1:1: found a reading grade of ")
    assert "; expected at most 9; " in told


def test_a_hard_sentence_of_the_data_is_traced(guide: Guide, tmp_path: Path, records: Records) -> None:
    page = tmp_path / "trusts/x.md"
    page.parent.mkdir()
    page.write_text('---\ntitle: X\n---\n{{ point_list("statutory-summary") }}\n', encoding="utf-8")
    one = Prose(Site(guide, tmp_path), records)
    (reading,) = one.readings
    hard = replace(reading, reading=replace(reading.reading, syllables=reading.reading.syllables + 200))
    (told,) = map(str, one._beyond_bounds(hard))
    assert re.fullmatch(
        r"docs/trusts/x\.md:1:1: found a reading grade of \d+\.\d; the hardest sentence is “[^“]+” "
        r"\(data/report/statutory-summary\.yml, line \d+\); "
        r"expected at most 9; use shorter sentences and shorter words",
        told,
    )
    assert one._from("Nobody wrote this.") == ""


def test_a_sentence_that_a_template_makes_too_long(planted: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(prose.__dict__, "sentences_of_markdown", lambda _: [words(31)])
    assert (
        planted("Text.")
        == [
            f"docs/a.md:1:1: found 31.0 words in the average sentence; the longest is “{words(31)}”; "
            f"expected at most {AVERAGE}; make two sentences of the long ones",
            f"docs/a.md:1:1: found a sentence of 31 words: “{words(31)}”; expected at most {LONGEST}; "
            "make two sentences of it",
        ][::-1]
    )


# --- terms --------------------------------------------------------------------------------------------------------


def test_a_term_without_a_link(planted: Planted) -> None:
    assert planted("We read a JSNA here.\n\nAnd the JSNA there.") == [
        "docs/a.md:6:11: found the term “JSNA” without a link at its first place on the page; "
        'expected a link to its meaning; write {{ term("jsna") }}'
    ]


def test_a_term_in_other_words(planted: Planted) -> None:
    assert planted("## Pooled budgets\n\nSee [pooled budgets](b.md). Two *pooled budgets* here.") == [
        "docs/a.md:8:34: found the term “pooled budgets” without a link at its first place on the page; "
        'expected a link to its meaning; write {{ term("pooled-budget", "pooled budgets") }}'
    ]


@pytest.mark.parametrize(
    "body",
    [
        'We read a {{ term("jsna") }} here. The JSNA is long.',
        "We read a [JSNA](glossary.md#jsna) here. The JSNA is long.",
        "We read `JSNA` and\n\n### JSNA\n\n```\nJSNA\n```",
        '{{ point_list("audit-findings") }}\n\nThe Audit Commission said so.',
        '<button title="JSNA">JSNA</button>',
    ],
)
def test_terms_that_need_no_link(planted: Planted, body: str) -> None:
    assert planted(body) == []


def test_a_term_before_the_call_that_links_it(planted: Planted) -> None:
    (told,) = planted('The Audit Commission said so.\n\n{{ point_list("audit-findings") }}')
    assert told.startswith("docs/a.md:6:5: found the term “Audit Commission” without a link")


def test_places_are_right_behind_calls(planted: Planted) -> None:
    (told,) = planted('{{ figure("trusts") }} or {{ figure("trusts") }} had a JSNA.')
    assert told.startswith("docs/a.md:6:56: found the term “JSNA”")


def test_the_glossary_page_itself(planted: Planted) -> None:
    assert planted("A JSNA is a term.", "glossary.md") == []


# --- numbers ------------------------------------------------------------------------------------------------------

TYPED = "typed by hand; expected a figure by its name, which follows the data"


@pytest.mark.parametrize(
    ("text", "column", "number", "mend"),
    [
        ("All ten Trusts.", 5, "ten Trusts", 'write {{ figure("trusts") }}'),
        ("All 10 of those Trusts.", 5, "10 of those Trusts", 'write {{ figure("trusts") }}'),
        ("Nine of the ten Trusts.", 1, "Nine of the ten Trusts", 'write {{ figure("trusts-contributing") }}'),
        ("We got 93 responses.", 8, "93 responses", 'write {{ figure("survey-2009-responses") }}'),
        ("Of 86 good answers.", 4, "86 good answers", 'write {{ figure("survey-2009-usable") }}'),
        ("And 59% said so.", 5, "59%", 'write {{ figure("survey-2009-progress-made") }}'),
        ("And 59 per cent.", 5, "59 per cent", 'write {{ figure("survey-2009-progress-made") }}'),
        ("It was £600,000.", 8, "£600,000", 'write {{ figure("southend-on-sea-pooled-budget") }}'),
        ("It was £3.5 million.", 8, "£3.5 million", 'write {{ figure("hertfordshire-growth") }}'),
        ("The [seven recommendations](r.md).", 6, "seven recommendations", 'write {{ figure("recommendations") }}'),
        (
            "Three Trusts.",
            1,
            "Three Trusts",
            'write {{ figure("trusts-with-a-unit") }} or {{ figure("trusts-stating-board-seats") }}',
        ),
        (
            "The four Gershon-like principles.",
            5,
            "four Gershon-like principles",
            'write {{ figure("principles") }}',
        ),
    ],
)
def test_a_number_typed_by_hand(planted: Planted, text: str, column: int, number: str, mend: str) -> None:
    assert planted(text) == [f"docs/a.md:6:{column}: found the number “{number}” {TYPED}; {mend}"]


def test_a_number_in_a_heading_or_a_description(planted: Planted) -> None:
    assert planted("## Ten Trusts", description="Of ten Trusts.") == [
        f"docs/a.md:3:17: found the number “ten Trusts” {TYPED}; "
        "say it without the number, as no figure can stand there",
        f'docs/a.md:6:4: found the number “Ten Trusts” {TYPED}; write {{{{ figure("trusts") }}}}',
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{{ figure("trusts") }} Trusts.',
        "Eleven Trusts, 31 standards, 58%, £700,000.",  # the data do not give these
        "One Trust at a time.",
        "Four weeks. In 2009. On 10 April. Ten minutes.",
        "`ten Trusts` and [them](ten-trusts.md 'x') <a title='ten Trusts'>x</a>",
        "Version 1.10 Trusts.",
    ],
)
def test_numbers_that_may_stand(planted: Planted, text: str) -> None:
    assert planted(text) == []


# --- the command --------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, guide: Guide, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(progress, "PATIENCE", 3600)
    monkeypatch.chdir(small_project.make(tmp_path, guide))
    return tmp_path


def test_the_command_prints_a_table(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", "--prose"]) == 0
    out = capsys.readouterr().out.splitlines()
    head = next(line for line in out if line.startswith("page "))
    assert head.split() == ["page", "sentences", "words", "average", "longest", "grade", "at", "most"]
    row = next(line for line in out if line.startswith("trusts/luton.md "))
    assert re.fullmatch(r"trusts/luton\.md +\d+ +\d+ +\d+\.\d +\d+ +\d\.\d +9", row)
    assert len(row) == len(head)
    assert next(line for line in out if line.startswith("index.md ")).split()[-2:] == ["–", "11"]
    assert out[-1].startswith("No problems in ")
    assert len(out) == len(list(project.glob("docs/**/*.md"))) + 2


def test_the_command_fails_on_a_breach(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small_project.write_page(project, "index", "Home", "A JSNA. " + words(26))
    assert cli.run(["check"]) == 0
    capsys.readouterr()
    assert cli.run(["check", "--prose"]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[-1] == "2 problems in 1 file."
    assert [line.partition(" ")[0] for line in out[-3:-1]] == ["docs/index.md:6:3:", "docs/index.md:6:9:"]
    assert cli.run(["check", "--prose", "--format", "json"]) == 1
    assert [problem["line"] for problem in json.loads(capsys.readouterr().out)] == [6, 6]
    assert cli.run(["check", "--prose", "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith(
        "::error file=docs/index.md,line=6,col=3,title=index.md::Found the term “JSNA”"
    )


def test_bad_data_are_told_before_the_prose(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "data/principles.yml").unlink()
    assert cli.run(["check", "--prose"]) == 1
    assert "page " not in capsys.readouterr().out.partition("\n")[0]
