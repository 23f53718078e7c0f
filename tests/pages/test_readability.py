"""Sentences, words, syllables and grades, and what of a page counts as a sentence."""

from __future__ import annotations

import sys
from subprocess import check_output

import pytest

from macros.pages import readability
from macros.pages.readability import length, reading, sentences, sentences_by_line, sentences_of_markdown, syllables


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>One. Two? “Three.” (Four.) £5 more.</p>", ["One.", "Two?", "“Three.”", "(Four.)", "£5 more."]),
        ("<p>It cost £2.5 million in 2007/08, e.g. for rent.</p>", ["It cost £2.5 million in 2007/08, e.g. for rent."]),
        ("<p>A <b>bold</b>\n  word &amp; more.</p>", ["A bold word & more."]),
        ("<ul><li>One item</li><li>Two items.</li></ul>", ["One item", "Two items."]),
        ("<p>Before<br>after.</p><p>–</p>", ["Before", "after."]),
        ("<p><strong>Luton:</strong> it says nothing.</p>", ["Luton:", "it says nothing."]),
        ("<p>It <strong>says</strong>: nothing.</p>", ["It says: nothing."]),
        ("<h2>Name.</h2><table><tr><th>Head.</th><td>Cell.</td></tr></table>", ["Cell."]),
        ("<dl><dt>Name.</dt><dd>Meaning.</dd></dl><nav><ul><li>Link.</li></ul></nav>", ["Meaning."]),
        ('<p>Said. <a class="ce-source" href="x"><span>Source:</span> Luton. Needs.</a></p>', ["Said."]),
        ('<p class="ce-meta x">Small. Print.</p><p class="x">Text.</p>', ["Text."]),
        ('<div class="ce-meta"><div>a.</div>b.</div><p>Text.</p>', ["Text."]),
        ("<label>Tick. <b>x.</b></label><input value='a'><button>Go.</button> End.", ["End."]),
        ("<!-- No. --><script>if (a < b) { c. D. }</script>a < b.", ["a < b."]),
    ],
)
def test_sentences_of_html(html: str, found: list[str]) -> None:
    assert sentences(html) == found


MARKDOWN = """\
# Heading. With stops.

A paragraph
of two lines. And more.

- An item.
- [A link.](x.md)

| Head. |
|-------|
| Cell. |

<p class="ce-lead">Raw HTML.</p>
"""


def test_sentences_of_markdown() -> None:
    assert sentences_of_markdown(MARKDOWN) == [
        "A paragraph of two lines.",
        "And more.",
        "An item.",
        "A link.",
        "Cell.",
        "Raw HTML.",
    ]
    assert list(sentences_by_line(MARKDOWN)) == [
        (3, "A paragraph of two lines."),
        (3, "And more."),
        (6, "An item."),
        (7, "A link."),
        (11, "Cell."),
        (13, "Raw HTML."),
    ]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [("", 0), ("One – two.", 2), ("It’s well-being, £2.5 million/year (90%).", 5), ("and / or", 2)],
)
def test_words(sentence: str, words: int) -> None:
    assert length(sentence) == words


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("a", 1), ("commissioning", 4), ("Trust", 1), ("children’s", 2), ("well-being", 3), ("JSNA", 1), ("NA-1", 1),
        ("2009", 1), ("£2.5", 1), ("90%", 1), ("(organisations)", 5),
    ],
)  # fmt: skip
def test_syllables(word: str, number: int) -> None:
    assert syllables(word) == number


def test_the_grade_is_that_of_the_formula() -> None:
    text = ["The cat sat on the mat and looked at us all."] * 10
    found = reading(text)
    assert (found.sentences, found.words, found.syllables) == (10, 110, 110)
    assert found.average == 11
    assert found.grade == pytest.approx(0.39 * 11 + 11.8 - 15.59)


def test_what_ends_without_a_full_stop_counts_for_the_longest_only() -> None:
    found = reading(["Short words here.", "a long item of a list that has no end"])
    assert (found.sentences, found.words, found.longest) == (1, 3, "a long item of a list that has no end")


def test_a_short_text_has_no_grade() -> None:
    assert reading(["Short words here."]).grade is None
    empty = reading([])
    assert (empty.sentences, empty.average, empty.grade, empty.longest, empty.hardest) == (0, 0.0, None, "", "")


def test_the_hardest_sentence_is_named() -> None:
    hard = "Organisational representation necessitates proportionality."
    assert reading(["We sat on the mat and then we all went home to eat.", hard]).hardest == hard


def test_the_word_list_is_read_only_when_it_is_needed() -> None:
    code = "import macros.cli, macros.publish.build, macros.pages.site, macros.pages.prose, sys; "
    code += "print('pyphen' in sys.modules)"
    assert check_output([sys.executable, "-c", code], text=True) == "False\n"
    assert readability.ENOUGH == 100
