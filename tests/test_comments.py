"""What a code host makes of the comments that workflows write: words of strangers stay words.

Read as the host reads them: with its own parser, and then with what it looks for in the words between the elements.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import cmarkgfm
import pytest
from bs4 import BeautifulSoup, Comment, NavigableString
from cmarkgfm.cmark import Options
from mistakes import ROOT
from test_changes import made
from test_repository import handed_on, played_each, proposed

from macros.editing.changes_markdown import to_markdown

OURS = {"div", "h2", "h3", "p", "ul", "ol", "li", "strong", "code", "pre", "hr", "span"}
"""The elements that we write. None of them leads anywhere, shows anything of others, or hides anything."""
FOUND_IN_WORDS = {
    "a name": r"(?:^|[^\w`])@[a-z0-9]",
    "an issue": r"(?:^|[^\w&])#\d",
    "an issue by GH": r"\bGH-\d",
    "a commit": r"\b[0-9a-f]{7,40}\b",
    "a smiley": r":[\w+-]+:",
    "an address": r"\w://|\bwww\.",
    "an address of mail": r"[\w.+-]@[\w-]",
    "a formula": r"\$\S",
}
WORDS = {
    "a name by its number": "&#64;everyone look",
    "a name": "@everyone and @clear-expectations/editors, look",
    "a name in brackets": "(@octocat) [@octocat]",
    "an issue": "#123 and o/r#4, and octocat#5",
    "an issue by GH": "GH-1 and gh-22",
    "a commit": "0123abc and 0123456789abcdef0123456789abcdef01234567 and o/r@0123abc",
    "details": "<details open><summary>More</summary>",
    "details that close ours": "</li></ul></div></details><details>",
    "a link": "[x](https://elsewhere.example)",
    "a link by its name": "[x][y] [y]: https://elsewhere.example",
    "a script in a link": "[x](javascript:alert(1))",
    "an address": "https://elsewhere.example/?a=b&c=d and http://elsewhere.example",
    "an address without http": "www.elsewhere.example and WWW.elsewhere.example",
    "an address in angles": "<https://elsewhere.example> <a@elsewhere.example>",
    "other addresses": "ftp://elsewhere.example mailto:a@b.example xmpp:a@b.example/x a@b.example",
    "a picture": "![x](https://elsewhere.example/p.png)",
    "a picture in HTML": "<img src=https://elsewhere.example/p.png onerror=alert(1)>",
    "a comment": "<!-- hidden --> shown",
    "half a comment": "<!-- hidden",
    "a comment that ends another": "--> shown",
    "a fence": "``` end",
    "a fence of tildes": "~~~ mermaid",
    "code that is not closed": "`a ``b``` `",
    "code with a name": "` @everyone",
    "emphasis": "*a* **b** __c__ ~~d~~ _e_ ***",
    "bold that is not closed": "**a",
    "an escaped sign": "\\@everyone \\[x](y) \\\\",
    "a sign escaped at the end": "a\\",
    "a task": "[ ] do this",
    "a heading": "# Heading",
    "a line below": "===",
    "a rule": "---",
    "a list": "- a",
    "a list with numbers": "1. a",
    "another": "2) a",
    "a plus": "+ a",
    "a quotation": "> a",
    "an alert": "> [!WARNING]",
    "a table": "| a | b |",
    "a footnote": "[^1] [^1]: x",
    "a smiley": ":smile: :+1: and 12:30:45",
    "a formula": "$x$ $$y$$ $`z`$",
    "a turn": "a \u202eb\u202c \u2066c\u2069",
    "hidden letters": "a\u200bb\u00adc\ufeffd\U000e0041e",
    "marks of our own": "<!-- what this pull request changes -->",
    "an entity": "&lt;b&gt; &amp; &nbsp; &copy;",
    "a tag of the host": "</pre><script>alert(1)</script>",
    "a template": "{{ x }} {% y %}",
    "four spaces": "a",
}


def html(markdown: str) -> BeautifulSoup:
    made = cmarkgfm.markdown_to_html_with_extensions(
        markdown,
        options=Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES,
        extensions=["table", "autolink", "strikethrough", "tasklist"],
    )
    return BeautifulSoup(made, "html.parser")


def hides_or_calls(body: str, links: int = 0) -> list[str]:
    """Return what a comment does besides showing words."""
    page = html(body)
    found = [f"<{one.name}>" for one in page.find_all() if one.name not in OURS | {"a"}]
    found += [f"{name}=" for one in page.find_all() if one.name != "a" for name in one.attrs]
    if len(page.find_all("a")) != links:
        found.append(f"{len(page.find_all('a'))} links")
    for text in page.find_all(string=True):
        if isinstance(text, Comment):
            if not re.fullmatch(r" (?:what this pull request changes|guide changes) ", text):
                found.append(f"a comment: {text}")
            continue
        assert isinstance(text, NavigableString)
        found += [f"hidden {ord(one):x}" for one in text if unicodedata.category(one) == "Cf" and one != "\u2060"]
        if text.find_parent(["code", "pre", "a"]) is None:
            alone = "" if text.find_parent("span") else str(text)
            found += [f"{name}: {text}" for name, what in FOUND_IN_WORDS.items() if re.search(what, alone, re.I)]
    return found


def visible(body: str) -> str:
    return " ".join(html(body).get_text().replace("\u2060", "").split())


def without_hidden(text: str) -> str:
    return " ".join("".join(one for one in text if unicodedata.category(one) != "Cf").split())


def commented(tmp_path: Path, *texts: str) -> list[str]:
    """Return the comment that the workflow writes of each text."""
    files = [tmp_path / f"{number}.md" for number in range(len(texts))]
    for path, text in zip(files, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    bodies = [values["body"] for ((_, values),) in played_each("comment.cjs", files)]
    assert all(len(body) < 65_536 for body in bodies)
    return bodies


def test_the_parser_would_find_what_the_host_makes_of_it() -> None:
    for words in ("[x](y)", "![x](y)", "<details>", "www.a.example", "a@b.example", "- [ ] x", "| a |\n|---|\n| b |"):
        assert hides_or_calls(words), words
    for words in ("@a", "&#64;a", "#1", "GH-1", "0123abc", ":smile:", "$x$", "a\u202eb", "<!-- x -->"):
        assert hides_or_calls(words), words


@pytest.mark.parametrize("name", WORDS)
def test_words_of_a_change_stay_words(tmp_path: Path, name: str) -> None:
    words = WORDS[name]
    changes = made(f"Was {words}", words, words, f"is {words} now", "a b c d e f", f"a b c d {words}")
    title = changes.records[0].model_copy(update={"title": words, "file": f"data/{words}.yml"})
    problems = made("a", words).model_copy(
        update={"records": (title,), "not_compared": (words,), "other_files": (words,)}
    )
    for one in (changes, problems):
        markdown = to_markdown(one)
        assert hides_or_calls(markdown.replace("\\$", "")) == []  # escaped, it begins no formula
        assert without_hidden(words) in visible(markdown)
        (body,) = commented(tmp_path, markdown)
        assert hides_or_calls(body, links=1) == []
        assert without_hidden(words) in visible(body)


BEFORE = ("", "- ", "### ", "**", "    ", "`", "> ", "a\n\n", "- a\n    ", "<div>\n\n")


@pytest.mark.parametrize("name", WORDS)
def test_a_summary_that_somebody_else_wrote_is_words_too(tmp_path: Path, name: str) -> None:
    """The run that hands it on is anybody's: it need not hold what our own program writes."""
    bodies = commented(tmp_path, *(f"{before}{WORDS[name]}\n\n{WORDS[name]}\n" for before in BEFORE))
    found = {before: hides_or_calls(body, links=1) for before, body in zip(BEFORE, bodies, strict=True)}
    assert {before: faults for before, faults in found.items() if faults} == {}


def test_a_summary_of_our_own_looks_as_it_should(tmp_path: Path) -> None:
    (body,) = commented(tmp_path, to_markdown(made("Luton Borough Council of 2009", "Luton Borough Council of 2010")))
    page = html(body)
    assert [one.get_text() for one in page("h3")] == ["What this changes", "In the data"]
    assert page.find("li").get_text() == "Name: was Luton Borough Council of 2009, now Luton Borough Council of 2010."
    assert [one.get_text() for one in page.select("li strong")] == ["2009", "2010"]
    assert [one.get_text() for one in page.select("p code")][-2:] == ["data/trusts/x.yml", "index.html"]


@pytest.mark.parametrize(
    "text",
    ["x" * 900_000, "\n" * 900_000, '- "&<>\n' * 100_000, "<" * 60_000, "`" * 60_000, "**" * 30_000, "$ " * 30_000],
)
def test_very_long_texts_are_cut_and_said_to_be(tmp_path: Path, text: str) -> None:
    (body,) = commented(tmp_path, text)
    assert hides_or_calls(body, links=1) == []
    if text.strip():
        assert "The rest is left out" in body


@pytest.mark.parametrize("name", WORDS)
def test_words_of_a_correction_are_shown_as_code(tmp_path: Path, name: str) -> None:
    said = f"Nothing was changed.\n\n{WORDS[name]}\n\n  {WORDS[name]}\n\tx"
    ((_, values),) = proposed(handed_on(tmp_path / "on", said))
    assert hides_or_calls(values["body"]) == []
    file = {"data/trusts/luton/2009.yml": "name: Luton\n"}
    calls = dict(proposed(handed_on(tmp_path / "made", said, **file)))
    assert hides_or_calls(calls["pull"]["body"].removeprefix("Closes #12.")) == []


def test_scripts_that_write_comments_are_few() -> None:
    writing = [path.name for path in (ROOT / ".github/scripts").iterdir() if "createComment" in path.read_text("utf-8")]
    assert sorted(writing) == ["comment.cjs", "propose.cjs"]
