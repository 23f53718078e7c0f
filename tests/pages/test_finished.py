"""Finished pages against the list: what attackers tried is refused, all real pages pass, and the list names no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import small_project
from frame import FRAME
from mkdocs.structure.pages import _RawHTMLPreprocessor

from macros.pages import allowed, finished, html_as_written, page_checks
from macros.pages.page_checks import PageFaults, problems_in
from macros.pages.project import Project
from macros.pages.source_page import SourcePage
from macros.publish import guard
from macros.publish.build import build
from macros.publish.editions import proof
from macros.publish.editions.edition import EditionError
from macros.publish.engine import Engine
from macros.reading import earlier_results
from macros.reading.guide import Guide
from macros.reading.problem import DataProblems

SPAN = '`<script src="/assets/javascripts/zz.js"></script> {{ trust_profile("luton") }}`'


def told(content: str, *drawn: str) -> list[str]:
    return [one.found for one in finished.of_page(FRAME.format(content).encode(), drawn)]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<script src=/assets/javascripts/guide.js></script>", "the HTML element “script”"),
        ("<style>p{}</style>", "the HTML element “style”"),
        ("<meta http-equiv=refresh content=0>", "the HTML element “meta”"),
        ("<math><mi>x</mi></math>", "the HTML element “math”"),
        ("<svg><foreignObject><p>x</p></foreignObject></svg>", "the HTML element “foreignObject”"),
        ("<template><p>x</p></template>", "“template”, which no macro on the page gives"),
        ("<noscript>x</noscript>", "the HTML element “noscript”"),
        ("<p onclick=x>x</p>", "“onclick” in HTML"),
        ("<a href='java&#10;script:x'>x</a>", "a link to “java script:x”"),
        ("<a href='&#1;javascript:x'>x</a>", "a link to “\x01javascript:x”"),
        ("<a href='/\\evil.example'>x</a>", "a link to “/\\evil.example”"),
        ("<img alt=x src=//evil.example/x>", "an image from “//evil.example/x”"),
        ("<p class=md-overlay>x</p>", "the class “md-overlay”"),
        ("<p class=ce-buttons>x</p>", "“p class=ce-buttons”, which no macro on the page gives"),
        ("<form method=dialog></form>", "“form method=dialog”, which no macro on the page gives"),
        ("<h2 id=a>x</h2><h2 id=a>x</h2>", "the id “a” a second time"),
        ("<!-- x -->", "a hidden comment"),
        ("</article><p>x</p>", "the HTML element “p” in “div.md-content”"),
        ("</article><article class='md-content__inner md-typeset'>", "2 articles on a page"),
        ("<a href=a.md>x<p>", "the HTML element “a href=a.md” in “div.md-content”"),
        ("<table><tr><td>x", "the HTML element “footer”"),
        ("<strong>x", "the HTML element “strong” in “div.md-content”"),
        ("</article></div></div></main>words<main>", "words outside of their place: “words”"),
        ("<div>" * 99 + "</div>" * 99, "elements more than 60 deep in one another"),
    ],
)
def test_what_a_finished_page_may_not_hold(content: str, found: str) -> None:
    assert found in told(content + "\n")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        # Chromium and Lexbor build different trees of this.
        ("<a\n<p><a class=headerlink></article><strong><a href=a.md>x</a></strong>", "HTML that is not closed"),
        ("<a href=a.md>x</article>", "an element “a” that does not end"),
        *((f"<{one}>x</article>", f"an element “{one}” that does not end") for one in ("b", "em", "nobr", "font")),
        ("<em><p>x</em></p>", "an element “p” that does not end"),
        ("<strong><em>x</strong></em>", "an element “em” that does not end"),
        ("<a href=a.md><a href=a.md>x</a></a>", "“<a>” where browsers do not take it"),
        ("<a href=a.md>x<ul><li><a href=a.md>y</a></li></ul></a>", "“<ul>” where browsers do not take it"),
        ("<a/>x", "an element “a” that does not end"),
        ("<p><div>x</div></p>", "“<div>” where browsers do not take it"),
        ("<p>x<table></table></p>", "“<table>” where browsers do not take it"),
        ("<table><p>x</p></table>", "“<table>” where browsers do not take it"),
        ("<table><tr><td>x</td></tr></table>", "“<tr>” where browsers do not take it"),
        ("<ul><li>x<li>y</ul>", "an element “li” that does not end"),
        ("<dl><dt>x<dd>y</dl>", "an element “dt” that does not end"),
        ("x</p>", "the end of an element “p” that did not begin"),
        ("x</br>", "the end of an element “br”, which has none"),
        ("<h2>x</h3>", "the end of an element “h3” that did not begin"),
        ("<button><button>x</button></button>", "“<button>” where browsers do not take it"),
        ("<button><p>x</button>", "an element “p” that does not end"),
        ("<select><select></select></select>", "“<select>” where browsers do not take it"),
        ("<template><tr><td>x</template>", "an element “td” that does not end"),
        ("<svg><p>x</p></svg>", "“<p>” where browsers do not take it"),
        ("<svg><title><p>x</title></svg>", "an element “p” that does not end"),
        ("<math><mi><p>x</math>", "an element “p” that does not end"),
        ("<form><form></form></form>", "“<form>” where browsers do not take it"),
        ("<image>", "an element “image” that does not end"),
        ("<script><b>x</b></script>", "a tag inside “<script>”"),
        ("<noscript><p>x</p></noscript>", "a tag inside “<noscript>”"),
        ("<textarea><p>x</p></textarea>", "“<p>” where browsers do not take it"),
        ("<p title=x title=y>x</p>", "“<p>” where browsers do not take it"),
        ("<p title='x'title=y>x</p>", "HTML that is not closed"),
        ("<p a'b>x</p>", "HTML that is not closed"),
        ("<p/title=x>x</p>", "HTML that is not closed"),
        ("</p x=y>", "the end of an element “p” that did not begin"),
        ("<!-- x --!>y-->", "a hidden comment"),
        ("<!--><p>x</p>-->", "a hidden comment"),
        ("<![CDATA[x]]>", "the declaration “[CDATA[x]]”"),
        ("<svg><![CDATA[<p>]]></svg>", "the declaration “[CDATA[]]”"),
        ("<![foo[ x", "the declaration “[foo[ x”"),
        ("<?x?>", "the instruction “x?”"),
        ("a < b", "HTML that is not closed"),
        ("</>", "HTML that is not closed"),
        ("&copy x", "“&copy”, which is no sign"),
        ("<a title='&notit;' href=a.md>x</a>", "“&notit;”, which is no sign"),
        ("<a title='&lt=' href=a.md>x</a>", "“&lt”, which is no sign"),
        ("&#0;", "“&#0;”, which is no sign"),
        ("&#128;", "“&#128;”, which is no sign"),
        ("&#xd800;", "“&#xd800;”, which is no sign"),
        ("&#x110000;", "“&#x110000;”, which is no sign"),
        ("x\x00", "a character that browsers leave out (U+0000)"),
        ("x\x0c", "a character that browsers leave out (U+000C)"),
        ("x\r", "a character that browsers leave out (U+000D)"),
        ("x\x80", "a character that browsers leave out (U+0080)"),
        ("x\ufffe", "a character that browsers leave out (U+FFFE)"),
    ],
)
def test_no_browser_has_to_mend_a_page(content: str, found: str) -> None:
    assert found in told(content + "\n")


@pytest.mark.parametrize(
    "content",
    [
        "<BR/>",
        "<p>x &amp; y &#8230; &#x2026; &nbsp; & z > w</p>",
        "<a\nhref=a.md\n>x</a>",
        "<svg><path/></svg>",
        "<hr>",
    ],
)
def test_what_every_program_reads_alike(content: str) -> None:
    page = FRAME.format(content)
    assert [*html_as_written.faults(page, finished._tree(page).html or "")] == []


def test_one_fault_on_many_pages_is_told_once() -> None:
    bad, worse = (FRAME.format(one).encode() for one in ("<marquee>x</marquee>", "<blink>x</blink>"))
    pages = {f"{name}/index.html": bad for name in "fedcba"} | {f"{name}/index.html": worse for name in "xyz"}
    with pytest.raises(DataProblems) as refused:
        guard.check_pages(pages, Path("docs"))
    assert [(one.file, one.found) for one in refused.value.problems] == [
        ("docs/a.md", "the HTML element “marquee” on the finished page /a/ and on 5 others"),
        *((f"docs/{name}.md", f"the HTML element “blink” on the finished page /{name}/") for name in "xyz"),
    ]


def test_a_page_is_not_judged_again_unless_it_or_what_it_is_judged_by_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "project").mkdir()
    drawn = '<p class="ce-buttons">x</p>'
    page = FRAME.format(drawn).encode()

    def judge(content: bytes = page, path: str = "a/index.html", given: str = drawn, **more: Any) -> int:
        """Return how often pages were judged, as one run of the program."""
        judged = []
        with monkeypatch.context() as patch:
            for name in ("of_page", "of_moved"):
                whole = getattr(finished, name)
                patch.setattr(finished, name, lambda *a, whole=whole, **k: judged.append(a) or whole(*a, **k))
            with earlier_results.at_hand(tmp_path / "project"):
                guard.check_pages({path: content}, Path("docs"), calls={"a/": [given], "b/": [given]}, **more)
        return len(judged)

    assert [judge(), judge(), judge()] == [1, 0, 0]
    assert [judge(path="b/index.html"), judge()] == [1, 1]
    assert [judge(page.replace(b">x<", b">y<")), judge(base_url="https://x.example/y/")] == [1, 1]
    assert [judge(disk=True), judge()] == [1, 1]
    with pytest.raises(DataProblems, match="which no macro on the page gives"):
        judge(given="<p>x</p>")
    with pytest.raises(DataProblems):
        judge(moved=["a/index.html"])
    assert judge() == 0


# --- the book ------------------------------------------------------------------------------------------------------

BOOK = '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>x</title></head><body>{}</body></html>'
DRAWN = "rect { fill: #fff }"


@pytest.mark.parametrize(
    "content",
    [
        '<article class="page page--1"><h1 id="page-home" class="depth-1">x</h1></article>',
        '<span class="bar ce-bar"><span class="bar__part" style="width:26%"></span></span>',
        f'<svg viewBox="0 0 1 1"><title id="trusts--map">x</title><style>{DRAWN}</style></svg>',
        '<img alt="x" src="assets/images/a.png"><a class="within" href="#page-home">x</a>',
    ],
)
def test_what_the_book_is_made_of(content: str) -> None:
    proof.check(BOOK.format(content), DRAWN)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<script>x</script>", "the HTML element “script”"),
        ("<link rel='stylesheet' href='x.css'>", "the HTML element “link”"),
        ("<style>p {}</style>", "the HTML element “style”"),
        (f"<svg><style>{DRAWN} @import '//evil.example'</style></svg>", "a style of its own in a drawing"),
        ("<svg><image href='x.png'></image></svg>", "the HTML element “image”"),
        ("<img alt='x' src='https://evil.example/x'>", "“https://evil.example/x” as “src” in <img>"),
        ("<img alt='x' src='file:///etc/passwd'>", "“file:///etc/passwd” as “src” in <img>"),
        ("<a href='javascript:x'>x</a>", "“javascript:x” as “href” in <a>"),
        ("<span style='background:url(//evil.example)'>x</span>", "as “style” in <span>"),
        ("<p onclick='x'>x</p>", "“x” as “onclick” in <p>"),
        ("<a rel='attachment' href='x'>x</a>", "“attachment” as “rel” in <a>"),
        ("<object data='x'></object>", "the HTML element “object”"),
        ("<em>x", "an element “em” that does not end"),
        ("<!-- x -->", "a hidden comment"),
        ("x\x0c", "a character that browsers leave out (U+000C)"),
    ],
)
def test_what_the_book_may_not_hold(content: str, found: str) -> None:
    with pytest.raises(EditionError) as refused:
        proof.check(BOOK.format(content), DRAWN)
    assert found in str(refused.value)


def test_what_macros_draw_stands_only_where_they_are_called() -> None:
    form = '<form class="ce-find" method="dialog"><input type="text" id="find"></form>'
    assert told(form, form) == []
    assert told(form) != []
    assert told(form + '<input type="file">', form) == ["“input type=file”, which no macro on the page gives"]


def test_a_page_in_another_encoding_is_refused() -> None:
    (told,) = finished.of_page(FRAME.format("x").encode("utf-16"))
    assert told.found == "a page that is not UTF-8"


# --- the check of a page's text ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "top",
    [
        "title: T\ndescription: D\n...\n# <script>alert(1)</script>\n",
        "title: T\ndescription: D\n...  \n<script>alert(1)</script>: x\n",
        "title: T\ndescription: D\n--- \n",
        "title: T\ndescription: >-\n  D\n  ---\n  x\n",
        "title: T\ndescription: D\n... # x\n",
        "title: T\ndescription: D\n--- |\n  x\n",
    ],
)
def test_a_top_that_an_engine_may_end_elsewhere(top: str) -> None:
    page = SourcePage("x.md", f"---\n{top}---\n\nWords.\n")
    assert problems_in(page, Path("docs")).above


def test_a_second_end_of_the_top_is_told_in_its_line() -> None:
    page = SourcePage("x.md", "---\ntitle: T\ndescription: D\n...\n# <script>alert(1)</script>\n---\n\nWords.\n")
    (told,) = problems_in(page, Path("docs")).above
    assert (told.line, told.found) == (4, "“...”, where an engine may end the top of the page")


@pytest.mark.parametrize(
    "text", ["title: T\ndescription: D\n\nWords.\n", "\n---\ntitle: T\n---\n", "--- \ntitle: T\n---\n"]
)
def test_a_top_of_another_form_is_none(text: str) -> None:
    found = [one.found for one in problems_in(SourcePage("x.md", text), Path("docs")).above]
    assert "no “title” at the top of the page" in found


def problems_of(text: str) -> list[tuple[int, str]]:
    page = SourcePage("x.md", f"---\ntitle: T\ndescription: D\n---\nWords.\n\n{text}\n")
    return [(one.line, one.found) for one in problems_in(page, Path("docs")).below]


@pytest.mark.parametrize(
    "text",
    [
        SPAN,
        '`<meta http-equiv=refresh content=0> {{ trust_profile("luton") }}`',
        '`[x](javascript:alert(1)) {{ trust_profile("luton") }}`',
        '`<script src=x></script>\n{{ trust_profile("luton") }}\n`',
        '`<script src=x></script>\n{{- trust_profile("luton") -}}\n`',
        '<p title="\n{{ proposal() }}\n">x</p>',
        "*<script src=x> {{ proposal() }}*",
    ],
)
def test_a_block_breaks_what_it_stands_in(text: str) -> None:
    assert problems_of(text)


def test_a_block_inside_a_line_is_told_as_that() -> None:
    assert (7, "the macro “trust_profile” inside a line, though it gives a whole block") in problems_of(SPAN)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[x](../vcs.md){: .md-consent__overlay }", "“class” in HTML"),
        ("## T {: .md-overlay }", "“class” in HTML"),
        ("<p class=md-overlay>x</p>", "the class “md-overlay”"),
        ("<div class='ce-no-print'>x</div>", "the class “ce-no-print”"),
        ('<a href="../vcs.md">x', "an element “a” that does not end"),
        ("<s>x", "an element “s” that does not end"),
        ("<table><tr><td>x", "an element “table” that does not end"),
        ("<strong>x", "an element “strong” that does not end"),
        ("<li>x", "an element “li” that does not end"),
        ("<div markdown>\n\nx", "HTML that is not closed"),
        ("<em><strong>x</em></strong>", "an element “strong” that does not end"),
    ],
)
def test_classes_are_from_a_list_and_html_is_closed(text: str, found: str) -> None:
    assert (7, found) in problems_of(text)


@pytest.mark.parametrize("text", ["<div><![foo[ x", "<p><![if x", "<div><!x", "<p><?x"])
def test_what_the_parser_stumbles_over_is_told_by_line(text: str) -> None:
    assert 7 in [line for line, _ in problems_of(text)]


@pytest.mark.parametrize("text", ["`<![foo[ x`", "    <![foo[ x", "\\<![foo[ x", "`<![x]`", "a `<p>` and `<![foo[`"])
def test_what_mkdocs_stops_at_in_code_is_told_by_line(text: str) -> None:
    """It looks for ids in the words of a page before it takes them apart."""
    with pytest.raises(AssertionError):
        _RawHTMLPreprocessor().run([f"Words.\n\n{text}\n"])
    assert [found for line, found in problems_of(text) if line in {7, 8}] == ["the beginning of a declaration, “<!”"]


@pytest.mark.parametrize(
    "text", ["~~~\n```html\n~~~", "```\nx\n```", "- a\n\n    ```\n    x\n    ```", "> ~~~\n> x\n> ~~~", "```x```"]
)
def test_code_between_fences_is_told_by_line(text: str) -> None:
    """Zensical makes HTML of it that is on no list."""
    assert "a fence round code" in [found for line, found in problems_of(text) if line in {7, 9}]


@pytest.mark.parametrize("text", ["`<!DOCTYPE html>`", "`<!-- x -->`", "`<![CDATA[x]]>`", "    <!x>", "`<?x?>`"])
def test_a_declaration_in_code_that_no_engine_stops_at(text: str) -> None:
    assert problems_of(text) == []


@pytest.mark.parametrize("macro", sorted(allowed.PROSE_CLASSES))
def test_a_class_that_pages_use_is_let_pass(macro: str) -> None:
    assert problems_of(f'<div class="{macro}" markdown>\n\nWords.\n\n</div>') == []


# --- a whole build --------------------------------------------------------------------------------------------------

PLAIN = """
Words with `code`, *emphasis*, **weight** and a [link](index.md "Its title").

## A heading with `code`, *emphasis* and **weight** {: #a }

### A deep heading {: #b }

#### A deeper heading {: #c }

##### Deeper {: #d }

###### Deepest {: #e }

3. Three
4. Four

---

> Quoted

    code

A term
:   Its meaning

| a | b |
|---|---|
| c | d |

<details><summary>More</summary>x</details>
"""


@pytest.fixture(scope="module", params=["mkdocs", "zensical"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return request.param


@pytest.mark.slow
def test_what_no_check_sees_is_still_not_published(
    engine: Engine, guide: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last look alone, with the check of a page's text put out of action."""
    project = Project(small_project.make(tmp_path / "project", guide))
    small_project.write_page(project.root, "plain", "Plain", PLAIN)
    assert build(project, project.root / "site", engine).pages > 50
    before = {path: path.read_bytes() for path in (project.root / "site").rglob("*.html")}
    home = project.docs / "index.md"
    home.write_text(
        "---\ntitle: Home\ndescription: About Home.\n...\n<script>alert(1)</script>\n---\n\nWords.\n", encoding="utf-8"
    )
    small_project.write_page(project.root, "plain", "Plain", SPAN + "\n\n[x](plain.md){: .md-consent__overlay }\n")
    monkeypatch.setattr(page_checks, "problems_in", lambda *_: PageFaults((), ()))
    with pytest.raises(DataProblems) as refused:
        build(project, project.root / "site", engine)
    found = {(one.file, one.line, one.found) for one in refused.value.problems}
    assert ("docs/index.md", 5, "the HTML element “script” on the finished page /") in found
    assert ("docs/plain.md", 6, "the HTML element “script” on the finished page /plain/") in found
    assert any("md-consent__overlay" in one[2] for one in found)
    assert {path: path.read_bytes() for path in (project.root / "site").rglob("*.html")} == before
    assert not list(project.root.glob("site.new-*"))
