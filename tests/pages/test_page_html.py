"""What a page may hold in HTML: prose, and nothing that runs, fetches or takes the place of a part of the theme."""

from __future__ import annotations

import pytest
from mistakes import ROOT, Folder
from mkdocs.config import load_config

from macros.pages.page_html import CALL, EXTENSIONS, MORE, faults

REFUSED = {
    "<script>alert(1)</script>": "the HTML element “script”",
    "Words <ScRiPt src=x></script>": "the HTML element “script”",
    "<img src=x onerror=alert(1)>": "“onerror” in HTML",
    "<p/onclick=alert(1)>x</p>": "“onclick” in HTML",
    "<svg/onload=alert(1)>": "the HTML element “svg”",
    "<iframe src=x></iframe>": "the HTML element “iframe”",
    "<form action=x></form>": "the HTML element “form”",
    "<style>p {}</style>": "the HTML element “style”",
    '<p style="color: red">x</p>': "“style” in HTML",
    "| a | b |\n|:-:|---|\n| c | d |": "“style” in HTML",
    "~~~ {.x onclick=alert(1)}\nx\n~~~": "“onclick” in HTML",
    "```\n<script>alert(1)</script>\n```": "the HTML element “script”",
    "# T {: onclick=alert(1) }": "“onclick” in HTML",
    "*x*{: onclick=alert(1) }": "“onclick” in HTML",
    "## T {: #__config }": "the id “__config”",
    '<div id="__config">{}</div>': "the id “__config”",
    "[x](javascript:alert(1))": "a link to “javascript:alert(1)”",
    "[x](java&#115;cript:alert(1))": "a link to “javascript:alert(1)”",
    "[x][y]\n\n[y]: javascript:alert(1)": "a link to “javascript:alert(1)”",
    "[x](vbscript:x)": "a link to “vbscript:x”",
    "[x](data:text/html,x)": "a link to “data:text/html,x”",
    "[x](//evil.example)": "a link to “//evil.example”",
    "![x](https://evil.example/x.png)": "an image from “https://evil.example/x.png”",
    "![x](//evil.example/x.png)": "an image from “//evil.example/x.png”",
    "![x](\\\\\\\\evil.example/x.png)": "an image from “\\\\evil.example/x.png”",
    "![x](data:image/svg+xml,x)": "an image from “data:image/svg+xml,x”",
    "<!-- hush -->": "a hidden comment",
    "<!DOCTYPE html>": "the declaration “DOCTYPE html”",
    "<?php x ?>": "the instruction “php x ?”",
    "<p>a <img src=x onerror=alert(1)": "HTML that is not closed",
    "<div>\n\nx": "an element “div” that does not end",
    "x\n\n</div></main>": "the end of an element “div” that did not begin",
    f"[x]({CALL})": "a macro call inside a link or a tag",
    f'<p title="{CALL}">x</p>': "a macro call inside a link or a tag",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_a_page_may_not_hold(words: str) -> None:
    told = [*faults(["Words before.\n\n", words])]
    assert REFUSED[words] in [one.found for one in told]
    line = next(one.line for one in told if one.found == REFUSED[words])
    assert 3 <= line <= 3 + words.count("\n")


@pytest.mark.parametrize(
    "words",
    [
        "Words, *words*, **words** and `<script>`.",
        "[a page](../vcs.md#ask), [elsewhere](https://x.example/?a=1&b=2), <https://x.example>, <a@x.example>",
        "[post](mailto:a@x.example)",
        "![a picture](assets/images/a.svg)",
        '<div class="ce-hero" markdown>\n\n# Title {: #title }\n\n</div>',
        '<ul class="ce-cards" markdown>\n<li markdown="block">\n\n## T\n\n</li>\n</ul>',
        "| a | b |\n|---|---|\n| c | d |",
        "5 < 6 & 7 > 3; a <b",
        "Words:\n\n    <script>alert(1)</script>\n",
        f"{CALL} {CALL}",
        "<details><summary>More</summary>x</details>",
    ],
)
def test_what_a_page_may_hold(words: str) -> None:
    assert [*faults([words])] == []


def test_what_would_keep_the_parser_busy_is_not_given_to_it() -> None:
    (told,) = faults(["Words.\n\n", "[" * 1_000_000])
    assert (told.line, told.found) == (3, "a paragraph of 1,000,000 characters")
    (told,) = faults(["Words.\n\n", "\n".join(["[" * 50] * 10), "\n\n[x](vcs.md)"])
    assert (told.line, told.found) == (3, "500 square brackets in a paragraph")


def test_it_is_told_like_any_problem_of_a_page(docs: Folder) -> None:
    docs.change("vcs.md", "\n## Look up", "\n<img src=x onerror=alert(1)>\n\n## Look up")
    line = (docs / "vcs.md").read_text(encoding="utf-8").split("<img")[0].count("\n") + 1
    assert docs.problems() == [
        f"docs/vcs.md:{line}:12: found “onerror” in HTML; "
        "expected words, lists, tables, headings and links; take it out"
    ]


def test_the_parser_of_the_check_is_that_of_the_site() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    assert {*config.markdown_extensions} == {*EXTENSIONS, *MORE, "macros.pages.parser_bypass"}
