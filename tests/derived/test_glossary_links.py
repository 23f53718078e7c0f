"""Links to the glossary: which words get one, where, and that nothing else changes."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from macros.derived import glossary_links
from macros.model import addresses
from macros.model.glossary import Term
from macros.pages.site import Site
from macros.reading.guide import Guide
from macros.views.shared import source_lines

ROOT = Path(__file__).parents[2]
LINK = '<a class="ce-term" href="../glossary/#{}">{}</a>'


def a_term(name: str, words: str, **more: object) -> Term:
    return Term.model_validate({"id": name, "term": words, "meaning": "A word.", "meaning_from": "ours", **more})


LINKER = glossary_links.of_terms(
    [
        a_term("jsna", "JSNA", expansion="Joint Strategic Needs Assessment"),
        a_term("needs-assessment", "Needs assessment"),
        a_term("commissioning", "Commissioning"),
        a_term("joint-commissioning", "Joint commissioning"),
        a_term("commissioning-unit", "Commissioning unit", also_called=["joint commissioning unit", "buying team"]),
        a_term("young-lives", "Young Lives"),
        a_term("childrens-trust", "Children’s Trust"),
        a_term("unitary-authority", "Unitary authority"),
        a_term("grant", "Grant", link=False),
        a_term("area-based-grant", "Area Based Grant", expansion="Area based grant"),
        a_term("cyp", "CYP", expansion="Children and young people", link=False),
        a_term("grant-giving", "Grant giving body", link=False),
        a_term("giving", "Giving"),
    ]
)


def linked(html: str, *already: str) -> str:
    return LINKER.link(html, lambda target: f"../{target}", set(already))


# --- which words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The JSNA said so.", {"jsna": "JSNA"}),
        ("Both JSNAs said so.", {"jsna": "JSNAs"}),
        ("The jsna said so.", {}),  # letters are written as letters
        ("A joint strategic needs assessment (JSNA)", {"jsna": "joint strategic needs assessment"}),
        ("NEEDS ASSESSMENT and needs assessments", {"needs-assessment": "NEEDS ASSESSMENT"}),
        ("the unitary authorities", {"unitary-authority": "unitary authorities"}),
        ("with Young Lives", {"young-lives": "Young Lives"}),
        ("when young lives change", {}),  # a name is not any two words
        ("Joint commissioning", {"joint-commissioning": "Joint commissioning"}),  # and not “commissioning”
        ("a joint commissioning unit", {"commissioning-unit": "joint commissioning unit"}),
        ("a buying team", {}),  # another word for it, which readers type but need not look up
        ("a grant", {}),
        ("an Area Based Grant", {"area-based-grant": "Area Based Grant"}),
        ("a grant giving body", {}),  # an everyday word hides the shorter term in it
        ("the “CYP”", {"cyp": "CYP"}),  # letters, even where the words are everyday ones
        ("children and young people", {}),
        ("decommissioning, re-commissioning, commissioning-led, @commissioning, www.commissioning.org", {}),
        ("commissioning’s end. (commissioning)", {"commissioning": "commissioning"}),
        ("commissioning/buying", {"commissioning": "commissioning"}),
        ("needs\n  assessment", {"needs-assessment": "needs\n  assessment"}),
        ("Children's Trusts", {"childrens-trust": "Children's Trusts"}),
        ("Children&#39;s Trust", {"childrens-trust": "Children&#39;s Trust"}),
        ("Children’s Trust", {"childrens-trust": "Children’s Trust"}),
    ],
)
def test_words(text: str, found: dict[str, str]) -> None:
    html = linked(f"<p>{text}</p>")
    expected = text
    for name, words in found.items():
        expected = expected.replace(words, LINK.format(name, words), 1)
    assert html == f"<p>{expected}</p>"


def test_only_the_first_place_is_linked() -> None:
    html = linked("<p>commissioning</p><p>Commissioning, commissioning and JSNA</p><p>JSNA</p>")
    assert html == (
        f"<p>{LINK.format('commissioning', 'commissioning')}</p>"
        f"<p>Commissioning, commissioning and {LINK.format('jsna', 'JSNA')}</p><p>JSNA</p>"
    )
    assert linked("<p>commissioning</p>", "commissioning") == "<p>commissioning</p>"


def test_the_memory_goes_on_to_the_next_piece() -> None:
    memory: set[str] = set()
    LINKER.link("<p>JSNA</p>", str, memory)
    assert memory == {"jsna"}
    assert LINKER.link("<p>JSNA</p>", str, memory) == "<p>JSNA</p>"


# --- where --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "element",
    [
        "a",
        "button",
        "caption",
        "code",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "label",
        "legend",
        "nav",
        "option",
        "pre",
        "script",
        "select",
        "style",
        "summary",
        "svg",
        "textarea",
        "th",
        "title",
    ],
)
def test_never_inside(element: str) -> None:
    inside = f'<{element} class="x"><b>JSNA</b> JSNA</{element}>'
    assert linked(f"<div>{inside}</div>") == f"<div>{inside}</div>"
    # Not even the rest of it after an element of the same name, and text goes on after it.
    nested = f"<{element}><{element}>x</{element}>JSNA</{element.upper()}>"
    assert linked(f"{nested}<p>JSNA</p>") == f"{nested}<p>{LINK.format('jsna', 'JSNA')}</p>"


@pytest.mark.parametrize(
    "html",
    [
        "## The JSNA {: #jsna }\n",
        "\n\n## The JSNA\n\n",
        "# JSNA",
        '<p title="JSNA" data-words="the JSNA">x</p>',
        "<!-- JSNA > JSNA -->",
        "<img alt='JSNA'>",
    ],
)
def test_never_in_headings_attributes_or_comments(html: str) -> None:
    assert linked(html) == html


def test_elements_whose_names_begin_alike_are_text() -> None:
    assert linked("<article><thead>JSNA</thead></article>") != "<article><thead>JSNA</thead></article>"
    assert "ce-term" in linked("<abbr>JSNA</abbr>")
    assert "ce-term" in linked("<svg viewBox='0 0 1 1'/><p>JSNA</p>")
    assert "ce-term" in linked("#JSNA JSNA")


def test_a_link_to_the_meaning_that_is_there_already_counts() -> None:
    html = '<p><a href="../glossary/#jsna">it</a> is the JSNA</p>'
    assert linked(html) == html


def test_what_is_escaped_stays_escaped() -> None:
    html = "<p>&lt;b&gt;JSNA&lt;/b&gt; &amp; &#34;commissioning&#34; &lt;a href=&#34;x&#34;&gt;</p>"
    assert linked(html) == html.replace("JSNA", LINK.format("jsna", "JSNA")).replace(
        "commissioning&", f"{LINK.format('commissioning', 'commissioning')}&"
    )
    link = LINKER.link("JSNA", lambda _: '"><script>', set())
    assert link == '<a class="ce-term" href="&quot;&gt;&lt;script&gt;">JSNA</a>'


# --- hand-written text --------------------------------------------------------------------------------------------

HAND_WRITTEN = """\
# The JSNA

| JSNA | Name |
|------|------|
| one  | two  |

[JSNA](x.md) and [JSNA][1], `JSNA`, ![JSNA](x.png), <abbr title="JSNA">x</abbr>, <a href="x">JSNA</a>

```
JSNA
```

A paragraph {: .JSNA }
"""


def test_running_text_of_markdown_keeps_its_places() -> None:
    blank = glossary_links.running_text(HAND_WRITTEN)
    assert "JSNA" not in blank
    assert [len(line) for line in blank.split("\n")] == [len(line) for line in HAND_WRITTEN.split("\n")]
    assert blank.split("\n")[12] == "A paragraph             "[: len("A paragraph {: .JSNA }")]
    assert glossary_links.running_text("JSNA, **JSNA** and (JSNA)") == "JSNA, **JSNA** and (JSNA)"


def test_links_in_markdown_and_html_are_found() -> None:
    found = list(glossary_links.linked_terms('[x](../glossary.md#jsna) <a href="../../glossary/#cyp">'))
    assert found == [(7, "jsna"), (40, "cyp")]


# --- pages --------------------------------------------------------------------------------------------------------


def a_site(guide: Guide, folder: Path, body: str, path: str = "a/b.md", links_from_files: bool = False) -> str:
    page = folder / path
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(f"---\ntitle: A\ndescription: B\n---\n{body}\n", encoding="utf-8")
    return Site(guide, folder, links_from_files).rendered()[path]


CALL = '{{ point_list("audit-findings") }}'
"""A call whose text has “Audit Commission” in it."""


def test_calls_are_linked_in_the_order_of_the_page(guide: Guide, tmp_path: Path) -> None:
    drawn = a_site(guide, tmp_path, f'{CALL}\n\n{{{{ point_list("background") }}}}')
    assert drawn.count('#audit-commission"') == 1
    assert drawn.index('class="ce-term" href="../../glossary/#audit-commission"') < drawn.rindex("Audit Commission")
    again = a_site(guide, tmp_path, f'{{{{ point_list("background") }}}}\n\n{CALL}')
    assert again.count('#audit-commission"') == 1


def test_the_order_of_asking_does_not_matter(guide: Guide, tmp_path: Path) -> None:
    a_site(guide, tmp_path, f'{CALL}\n\n{{{{ point_list("background") }}}}')
    forwards, backwards = Site(guide, tmp_path), Site(guide, tmp_path)
    calls = [("point_list", ("audit-findings",)), ("point_list", ("background",))]
    first = [forwards.call("a/b/", *call) for call in calls]
    assert [backwards.call("a/b/", *call) for call in reversed(calls)] == first[::-1]
    assert [forwards.call("a/b/", *call) for call in calls] == first


def test_a_term_that_the_page_names_before_is_not_linked_again(guide: Guide, tmp_path: Path) -> None:
    drawn = a_site(guide, tmp_path, f'The {{{{ term("audit-commission") }}}}.\n\n{CALL}')
    assert drawn.count('#audit-commission"') == 1
    assert 'The <a class="ce-term" href="../../glossary/#audit-commission">Audit Commission</a>.' in drawn


def test_a_term_can_be_shown_in_other_words(guide: Guide, tmp_path: Path) -> None:
    drawn = a_site(guide, tmp_path, '{{ term("pooled-budget", "pooled <budgets>") }}', "a.md")
    assert drawn.endswith('<a class="ce-term" href="../glossary/#pooled-budget">pooled &lt;budgets&gt;</a>\n')


def test_the_glossary_links_nothing_to_itself(guide: Guide, tmp_path: Path) -> None:
    assert "ce-term" not in re.sub("ce-terms\\w*", "", a_site(guide, tmp_path, "{{ glossary() }}", "glossary.md"))


def test_links_are_right_for_either_engine(guide: Guide, tmp_path: Path) -> None:
    assert '"../../glossary/#audit-commission"' in a_site(guide, tmp_path / "1", CALL)
    assert '"../glossary/#audit-commission"' in a_site(guide, tmp_path / "2", CALL, links_from_files=True)
    assert '"glossary/#audit-commission"' in a_site(guide, tmp_path / "3", CALL, "index.md")


def test_a_wrong_call_on_the_page_does_not_stop_the_others(guide: Guide, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f'{{{{ term("nothing") }}}}\n{CALL}', encoding="utf-8")
    assert "ce-term" in Site(guide, tmp_path).call("a/", "point_list", ("audit-findings",))


LINE = re.compile(r"sources-\d+")
"""The id of a line of sources. The lines of a page are numbered."""

# --- the real pages -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(guide: Guide) -> Site:
    return Site(guide, ROOT / "docs")


@pytest.fixture(scope="module")
def drawn(site: Site) -> dict[str, str]:
    return dict(site.rendered())


def test_only_links_are_added_to_what_views_give(site: Site, guide: Guide) -> None:
    documents = source_lines.documents(guide)
    for page in site.pages:
        for call in page.calls:
            plain = source_lines.quiet(site.draw(page.url, call)[0], documents, count(1))
            with_links = site.call(page.url, call.name, call.arguments)
            if call.name != "term":
                without = re.sub(r'<a class="ce-term" [^>]*>(.*?)</a>', r"\1", with_links, flags=re.DOTALL)
                assert LINE.sub("sources-1", without) == LINE.sub("sources-1", plain)


def test_every_link_leads_to_a_term_once_a_page(drawn: dict[str, str], guide: Guide) -> None:
    names = {term.id for term in guide.glossary}
    for path, markdown in drawn.items():
        if path == "glossary.md":
            continue
        links = BeautifulSoup(markdown, "lxml").select("a.ce-term")
        found = [str(link["href"]).partition("#")[2] for link in links]
        assert set(found) <= names
        assert len(found) == len(set(found)), path
        base = addresses.relative(addresses.GLOSSARY_PAGE, addresses.of_page(path))
        assert {str(link["href"]).partition("#")[0] for link in links} <= {base}


def test_no_link_stands_in_a_link_or_a_control(drawn: dict[str, str]) -> None:
    for path, markdown in drawn.items():
        for link in BeautifulSoup(markdown, "lxml").select("a.ce-term"):
            around = {parent.name for parent in link.parents}
            assert not around & {"a", "button", "dt", "h2", "h3", "h4", "label", "nav", "summary", "th"}, (path, link)


def test_pages_have_links_but_not_too_many(drawn: dict[str, str]) -> None:
    for path, markdown in drawn.items():
        if re.fullmatch(
            r"(?:trusts|standards|practice|recommendations|good-engagement|framework)/[a-z0-9-]+\.md", path
        ):
            assert markdown.count('class="ce-term"') <= 30, path
    assert all('class="ce-term"' in drawn[f"trusts/{slug}.md"] for slug in ("luton", "essex", "norfolk"))


def test_no_name_is_hidden_by_a_shorter_one_with_capitals(guide: Guide) -> None:
    """Names are tried before other words, so none of them may begin a longer form that is not a name."""
    linker = glossary_links.linker(guide)
    assert not [
        (name, form) for name in linker.exact for form in linker.folded if form.startswith(f"{name.lower()} ")
    ], "add the longer form to the glossary in the capitals that pages use"
