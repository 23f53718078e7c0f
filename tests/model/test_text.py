"""Text fields: the small part of Markdown they may use, and that nothing else becomes HTML."""

from __future__ import annotations

import random
import re

import pytest

from macros.model import text as texts
from macros.model.text import faults, hidden, to_html, to_inline_html, to_plain, without_hidden
from macros.reading.guide import Guide


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Plain words.", "<p>Plain words.</p>"),
        ("**Bold** and *italics*.", "<p><strong>Bold</strong> and <em>italics</em>.</p>"),
        ("[A link](https://x.example/?a=1&b=2)", '<p><a href="https://x.example/?a=1&amp;b=2">A link</a></p>'),
        ("[Post](mailto:a@x.example)", '<p><a href="mailto:a@x.example">Post</a></p>'),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("Before:\n- one\n- two\nAfter", "<p>Before:</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n<p>After</p>"),
    ],
)
def test_the_subset_is_drawn(text: str, html: str) -> None:
    assert not list(faults(text))
    assert to_html(text) == html


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n"])
def test_a_blank_line_begins_a_paragraph_however_yaml_folded_it(gap: str) -> None:
    """In a folded block (“>-”) YAML hands on a blank line as a single line break."""
    assert to_html(f"One.{gap}Two.") == "<p>One.</p>\n<p>Two.</p>"


def test_real_narratives_keep_their_paragraphs(guide: Guide) -> None:
    several = [trust.context.narrative for trust in guide.trusts if "\n" in trust.context.narrative]
    assert several
    for text in several:
        assert to_html(text).count("<p>") == len([line for line in text.split("\n") if line.strip()])


@pytest.mark.parametrize(
    "text", ["# A heading", "`code`", "2009. It ended.", "1) It ended.", "| a | b |", "> quoted", "---"]
)
def test_other_markdown_stays_as_it_was_typed(text: str) -> None:
    assert to_plain(text) == text
    assert to_html(text) == f"<p>{text.replace('>', '&gt;')}</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & c > d", "<p>a &lt; b &amp; c &gt; d</p>"),
        ("&lt;script&gt;", "<p>&amp;lt;script&amp;gt;</p>"),
        ('"quoted"', "<p>&quot;quoted&quot;</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("![x](https://x.example/a.png)", '<p>!<a href="https://x.example/a.png">x</a></p>'),
        (r"\*not italics\*", "<p>*not italics*</p>"),
    ],
)
def test_everything_else_is_escaped(text: str, html: str) -> None:
    assert to_html(text) == html
    assert to_inline_html(text) == html.removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a <b>c</b>", "raw HTML near “<b>c</b>”"),
        ("<!-- hush -->", "raw HTML near “<!-- hush -->”"),
        ("</p>", "raw HTML near “</p>”"),
        ("<https://x.example>", "raw HTML near “<https://x.example>”"),
        ("{{ figure('trusts') }}", "a template marker “{{”"),
        ("{% raw %}", "a template marker “{%”"),
        ("{# hush #}", "a template marker “{#”"),
        ("x }}", "a template marker “}}”"),
        ("[x](javascript:alert(1))", "a link to “javascript:alert(1)”"),
        ("[x](JaVaScRiPt:alert(1))", "a link to “JaVaScRiPt:alert(1)”"),
        ("[x](data:text/html,y)", "a link to “data:text/html,y”"),
        ("[x](//x.example)", "a link to “//x.example”"),
        ("[x](../essex.md)", "a link to “../essex.md”"),
        ("[x]()", "a link without an address"),
        ("[x](https://a b)", "a link that does not end"),
        ("[x] (https://x.example)", "a link in two parts near “[x] (https://”"),
        ("Fish &amp; chips", "a code of HTML “&amp;”"),
        ("a\u200bb", "an invisible or control character (U+200B)"),
        ("a\u202eb", "an invisible or control character (U+202E)"),
        ("a\u00adb", "an invisible or control character (U+00AD)"),
        ("a\u2066b", "an invisible or control character (U+2066)"),
        ("a\ufeffb", "an invisible or control character (U+FEFF)"),
        ("a\U000e0041b", "an invisible or control character (U+E0041)"),
        ("a\x00b", "an invisible or control character (U+0000)"),
        ("a\x9fb", "an invisible or control character (U+009F)"),
        ("a\u3164b", "an invisible or control character (U+3164)"),
        ("a\ufe0fb", "an invisible or control character (U+FE0F)"),
        ("a\ue000b", "an invisible or control character (U+E000)"),
        ("Еssex", "“Е” (cyrillic capital letter ie, U+0415), which can pass for another character"),
        ("Ｅssex", "“Ｅ” (fullwidth latin capital letter e, U+FF25), which can pass for another character"),
        ("𝐄ssex", "“𝐄” (mathematical bold capital e, U+1D404), which can pass for another character"),
        ("ﬁnance", "“ﬁ” (latin small ligature fi, U+FB01), which can pass for another character"),
        ("٢ seats", "“٢” (arabic-indic digit two, U+0662), which can pass for another character"),
        ("and⁄or", "“⁄” (fraction slash, U+2044), which can pass for another character"),
        ("q\u0301", "“\u0301” (combining acute accent, U+0301), which can pass for another character"),
        ("cafe\u0301", "a letter and its accent as two characters"),
        ("=1+1", "a text that begins with “=”, as formulas do"),
        ("+44 20", "a text that begins with “+”, as formulas do"),
        ("-5 places", "a text that begins with “-”, as formulas do"),
        ("@home", "a text that begins with “@”, as formulas do"),
    ],
)
def test_what_a_text_may_not_hold(text: str, found: str) -> None:
    (fault,) = faults(text)
    assert fault.found == found
    assert fault.mend


@pytest.mark.parametrize(
    "text",
    [
        "5 < 6",
        "£2.5 million",
        "a–b — “c”… d’e",
        "naïve café",
        "a\u00a0b",
        "x\ty",
        "{one}",
        "50 % {x",
        "Llŷn Ŵyr",
        "½ a day",
        "- a list",
        "👍 (+44) = x",
    ],
)
def test_what_a_text_may_hold(text: str) -> None:
    assert not list(faults(text))


def test_words_of_a_sentence_stay_on_one_line() -> None:
    assert to_inline_html("One\n# two\n\nthree\u00a0four") == "One # two three\u00a0four"


def test_every_fault_of_a_text_is_found_and_not_only_the_first() -> None:
    assert len(list(faults("\u200b <b> {{ [x](javascript:y) [z](ftp://a)"))) == 5


def test_hidden_characters_of_a_file_are_found_by_line_and_column() -> None:
    text = "one\r\ntw\u200bo \u202e\nthr\u00adee\n\ttab"
    assert [(one.line, one.column) for one in hidden(text)] == [(2, 3), (3, 4)]
    assert without_hidden(text) == "one\r\ntwo \nthree\n\ttab"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**Bold** [link](https://x.example)", "Bold link"),
        ("One.\nTwo.", "One. Two."),
        ("List:\n- a\n- b", "List: a b"),
        ("a < b", "a < b"),
    ],
)
def test_plain_words(text: str, plain: str) -> None:
    assert to_plain(text) == plain


def test_texts_that_the_parser_is_not_asked_about_are_drawn_as_by_it(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(2009)
    letters = "ab Z£‘“(’1.-+*_[]\\<>&\"'!`#~|{}:/@=\n\r\t\0 \xa0\u2028\u3000é😀…–"
    made = ["".join(chance.choices(letters, k=chance.randint(0, 12))) for _ in range(20_000)]
    real = [statement.text for statement in guide.statements]
    plain = [one for one in (*real, *made) if texts._PLAIN.fullmatch(one)]
    assert len(plain) > 0.9 * len(real)
    quick = [(to_html(one), to_inline_html(one), to_plain(one)) for one in plain]
    monkeypatch.setattr(texts, "_PLAIN", re.compile("(?!)"))
    asked = [(to_html.__wrapped__(one), to_inline_html.__wrapped__(one), to_plain.__wrapped__(one)) for one in plain]
    assert quick == asked
