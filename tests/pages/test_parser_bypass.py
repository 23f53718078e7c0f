"""What macros drew goes round the Markdown parser, and comes out as if it had gone through."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment
from markdown import Markdown
from mistakes import ROOT
from mkdocs.structure.pages import _RawHTMLPreprocessor

from macros.pages.parser_bypass import marked
from macros.pages.site import Site
from macros.views import catalogue

EXTENSIONS = ["admonition", "attr_list", "def_list", "md_in_html", "tables", "toc"]
BLOCK = '<div id="one">\n<p id="two">Text of *data*</p>\n</div>'


def convert(text: str) -> str:
    return Markdown(extensions=[*EXTENSIONS, "macros.pages.parser_bypass"]).convert(text)


def test_a_block_is_left_as_it_is() -> None:
    page = f"Before.\n\n{marked(BLOCK)}\n\nAfter."
    assert BLOCK not in page
    assert convert(page) == f"<p>Before.</p>\n{BLOCK}\n<p>After.</p>"


def test_headings_stay_for_the_contents_of_the_page() -> None:
    markdown = Markdown(extensions=[*EXTENSIONS, "macros.pages.parser_bypass"])
    markdown.convert(marked(f"{BLOCK}\n\n## Money {{: #money }}\n\n{BLOCK}"))
    assert [(one["id"], one["name"]) for one in markdown.toc_tokens] == [("money", "Money")]  # type: ignore[attr-defined]


def test_words_in_a_sentence_stay_in_it() -> None:
    link = marked('<a href="#x">Source</a>')
    assert (
        convert(f"In {marked('four of the ten')} Trusts ({link}).")
        == '<p>In four of the ten Trusts (<a href="#x">Source</a>).</p>'
    )


@pytest.mark.parametrize(
    "words",
    [
        "*a*",
        "`a`",
        "[a](javascript:alert(1) 2)",
        "![a](https://elsewhere.example/a.png)",
        "a {: onclick=alert(1) }",
        "a\n# b {: onclick=alert(1) }",
        "# a",
    ],
)
def test_what_a_macro_drew_means_nothing_in_markdown(words: str) -> None:
    assert BeautifulSoup(convert(f"Words {marked(words)} here."), "lxml").find_all(["em", "code", "a", "img"]) == []
    heading = BeautifulSoup(convert(marked(f"## {words.replace(chr(10), ' ')} {{: #money }}\n\n{BLOCK}")), "lxml").h2
    assert heading is not None
    assert heading.attrs == {"id": "money"}
    assert heading.get_text() == words.replace("\n", " ")


def test_a_block_in_the_middle_of_a_line_is_put_there() -> None:
    assert convert(f"<section>\n{marked(BLOCK).strip()} </section>") == f"<section>\n{BLOCK} </section>"


def test_two_equal_blocks_are_both_put_in_place() -> None:
    assert convert(marked(BLOCK) + marked(BLOCK)).count(BLOCK) == 2


def test_ids_are_seen_by_the_check_of_links() -> None:
    seen = _RawHTMLPreprocessor()
    seen.run(marked(BLOCK).splitlines())
    assert seen.present_anchor_ids == {"one", "two"}


def test_nobody_can_write_a_mark() -> None:
    """A page that holds what looks like a mark gets nobody's block, and a mark that was used is used up."""
    mark = marked(BLOCK).strip()
    number = re.findall(r"\d+", mark)[-1]
    forged = f"<!-- drawn {number} -->\n\n<!-- drawn 0000000000000000 {number} -->"
    assert BLOCK not in convert(forged)
    assert BLOCK in convert(mark)
    assert BLOCK not in convert(mark)


def test_marks_differ_from_run_to_run() -> None:
    show = [sys.executable, "-c", "from macros.pages.parser_bypass import marked; print(marked('a'))"]
    said = {subprocess.run(show, cwd=ROOT, capture_output=True, text=True, check=True).stdout for _ in range(2)}
    assert len(said) == 2


def pages(site: Site) -> Iterator[tuple[str, str, str]]:
    """Yield each page that calls macros: its path, and its text with what they drew, plain and marked."""
    syntax = Environment()  # noqa: S701 - the engines’ own
    for page in site.pages:
        if page.calls:
            texts = [
                syntax.from_string(page.body).render(
                    {name: draw(site, page.url, name, way) for name in catalogue.MACROS}
                )
                for way in (str, marked)
            ]
            yield page.path, texts[0], texts[1]


def draw(site: Site, url: str, name: str, way: object) -> object:
    return lambda *values: way(site.call(url, name, values))  # type: ignore[operator]


def words(html: str) -> list[str]:
    """Return the tags and the words of a page.

    Spaces between blocks do not matter, nor the order in which the parser writes the attributes of a block of its own,
    nor that it writes `hidden="hidden"` for `hidden`.
    """
    found = re.findall(r"<[^>]*>|[^<\s]+", html)
    return [
        TAG.sub(lambda tag: " ".join([tag[1], *sorted(ATTRIBUTE.sub(r"\1", tag[2]).split(" "))]), one) for one in found
    ]


TAG = re.compile(r"<(\w+) ([^>]*)>")
ATTRIBUTE = re.compile(r'\b(\w+)="\1"')


def test_every_page_is_the_same_as_without_marks(site: Site) -> None:
    converted = {path: (convert(plain), convert(with_marks)) for path, plain, with_marks in pages(site)}
    assert len(converted) > 100
    differ = [path for path, (one, other) in converted.items() if words(one) != words(other)]
    assert differ == []
