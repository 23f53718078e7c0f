"""Every built page: its frame, its words, its sources, and what each kind of page must show."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from built_site import BASE, ROOT, Page, Site, text

from macros.pages.source_page import read_pages
from macros.reading.guide import Guide
from macros.views.shared.questions import TOPICS

SOURCES, FIGURES = "evidence/sources/", "evidence/figures/"

TRUSTS = [
    "bedfordshire",
    "cambridgeshire",
    "essex",
    "hertfordshire",
    "luton",
    "norfolk",
    "peterborough",
    "southend-on-sea",
    "suffolk",
    "thurrock",
]
STAGES = ["strategy", "needs", "design", "procurement", "funding", "review", "governance", "learning"]
NUMBERS = {"st": 4, "na": 3, "sd": 3, "pr": 5, "fn": 4, "mr": 3, "gr": 4, "lc": 4}
STANDARDS = [f"{prefix}-{number}" for prefix, last in NUMBERS.items() for number in range(1, last + 1)]
FRAMEWORK = ["", *(f"{name}/" for name in ("by-stage", "governance", "adopt", "cross-border", "case-and-limits"))]

CONTRACT = [
    *("", "commissioners/", "vcs/", "editors/"),
    *("good-engagement/", *(f"good-engagement/{name}/" for name in STAGES)),
    *("standards/", *(f"standards/{name}/" for name in STANDARDS)),
    *(f"framework/{name}" for name in FRAMEWORK),
    *("gershon/", *(f"gershon/g{number}/" for number in range(1, 5))),
    *("trusts/", "trusts/compare/", "trusts/gaps/", *(f"trusts/{name}/" for name in TRUSTS)),
    *("practice/", "self-assessment/", "timetable/"),
    *("tools/", "tools/core/", "tools/all/", "tools/ask/", "tools/documents/", *(f"tools/{name}/" for name in STAGES)),
    *("recommendations/", *(f"recommendations/r{number}/" for number in range(1, 8))),
    *("survey/", *(f"survey/{name}/" for name in ("funding", "progress", "comments", "forum"))),
    *("survey/questionnaire/", "survey/run/"),
    *(f"evidence/{name}/" for name in ("method", "sources", "figures", "documents", "audit-findings")),
    *("evidence/", "evidence/statutory-summary/", "evidence/vcs-summary/"),
    *("glossary/", "data/"),
    *("since-2009/", "since-2009/standards/", "since-2009/reading/"),
    *("about/", *(f"about/{name}/" for name in ("source-notes", "accessibility", "privacy", "contact"))),
]
"""The addresses that others rely on: those of the first two parts of the guide."""


def every(site: Site, fault: Callable[[Page], Iterator[str]]) -> list[str]:
    """Return what is wrong with each page, with its address."""
    return [f"{page}: {one}" for page in site.pages.values() for one in fault(page)]


def made(markup: str) -> Page:
    """Return a page with something planted in its article."""
    page = Page(Path(), "planted/index.html")
    soup = BeautifulSoup(f"<html><body><main><article>{markup}</article></main></body></html>", "lxml")
    vars(page)["soup"] = soup
    return page


@pytest.fixture
def site(either: Site) -> Site:
    """Both engines' sites pass all of this."""
    return either


# --- addresses ----------------------------------------------------------------------------------------------------


def test_every_address_of_the_contract_answers(site: Site, guide: Guide) -> None:
    practices = [f"practice/{one.slug}/" for one in guide.practices]
    assert [url for url in (*CONTRACT, *practices) if url not in site.pages] == []


def test_every_page_of_docs_is_built_and_no_other(site: Site) -> None:
    assert {page.url for page in read_pages(ROOT / "docs")} == site.addressed.keys()


# --- the frame ----------------------------------------------------------------------------------------------------


def headings(page: Page) -> Iterator[str]:
    levels = [int(one.name[1]) for one in page.soup.select("h1, h2, h3, h4, h5, h6")]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of the first level"
    for before, level in zip([0, *levels], levels, strict=False):
        if level > before + 1:
            yield f"h{level} after h{before}"


def test_headings(site: Site) -> None:
    assert every(site, headings) == []


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ("<h2>a</h2>", "0 headings of the first level"),
        ("<h1>a</h1><h1>b</h1>", "2 headings of the first level"),
        ("<h1>a</h1><h2>b</h2><h4>c</h4>", "h4 after h2"),
    ],
)
def test_a_wrong_heading_is_found(markup: str, fault: str) -> None:
    assert fault in headings(made(markup))


def frame(page: Page) -> Iterator[str]:
    for selector in ("html[lang^=en]", "main", "header", "footer", "head title", "a.md-skip[href]"):
        if len(page.soup.select(selector)) != 1:
            yield f"{len(page.soup.select(selector))} × {selector}"
    skip = page.soup.select_one("a.md-skip")
    if skip and str(skip["href"]).lstrip("#") not in page.ids:
        yield "the skip link leads nowhere"
    for one in page.soup.select("nav"):
        if not one.get("aria-label"):
            yield "a nav without a name"


def test_language_landmarks_and_skip_link(site: Site) -> None:
    assert every(site, frame) == []


@pytest.mark.parametrize("name", ["title", "description"])
def test_titles_and_descriptions_are_there_and_differ(site: Site, name: str) -> None:
    first: dict[str, str] = {}
    for url, page in site.addressed.items():
        value = getattr(page, name)
        assert value, f"/{url} has no {name}"
        assert value not in first, f"/{url} has the {name} of /{first[value]}: “{value}”"
        first[value] = url
    assert site["404.html"].title not in first | {"": ""}


# --- the words ----------------------------------------------------------------------------------------------------

_LEFT = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{:|\bundefined\b|Traceback|\bNaN\b|\bnull\b|<built-in|object at 0x|&(amp;)?\w+;"
)
_NONE = re.compile(r"\b(None|True|False)\b")
_AS_A_WORD = re.compile(r"None( [a-z]+|\.$|$)")


def left_over(page: Page) -> Iterator[str]:
    """Yield marks of a program in what people read: template braces, and values that stand for no value."""
    for string in page.soup.strings:
        if found := _LEFT.search(string):
            yield f"“{found[0]}” in “{string.strip()[:80]}”"
        for match in _NONE.finditer(string):
            if not (_AS_A_WORD.match(string.strip()) or re.search(r"[.?!:] $", string[: match.start()])):
                yield f"“{match[0]}” in “{string.strip()[:80]}”"
    for one in page.soup.find_all(True):
        for name, value in one.attrs.items():
            if re.fullmatch(r".*(\{\{|\bNone\b|\bundefined\b|\bTrue\b).*", str(value)) and name != "content":
                yield f"{one.name} {name}=“{value}”"


def test_no_marks_of_a_program(site: Site) -> None:
    assert every(site, left_over) == []


@pytest.mark.parametrize(
    "markup",
    [
        "<p>{{ figure('x') }}</p>",
        "<p>{% if %}</p>",
        "<h2>Needs {: #needs }</h2>",
        "<p>Published None</p>",
        "<p>In 2009, None seats</p>",
        "<p>It is True</p>",
        "<p>undefined</p>",
        "<p>Traceback (most recent call last)</p>",
        "<p>&amp;mdash;</p>",
        '<a href="None">a</a>',
        '<p class="ce-status--None">a</p>',
    ],
)
def test_a_mark_of_a_program_is_found(markup: str) -> None:
    assert [*left_over(made(markup))]


@pytest.mark.parametrize("words", ["None", "None of the four", "None yet", "It hides. None is lost.", "none"])
def test_a_word_is_no_mark_of_a_program(words: str) -> None:
    assert [*left_over(made(f"<p>{words}</p>"))] == []


_FILLED_LATER = "[role=status], [data-ce-progress]"


def empty(page: Page) -> Iterator[str]:
    """Yield the places where words are wanted and none stand."""
    for one in page.article.select("td, th, dd, dt, li, p, h1, h2, h3, h4, caption, figcaption, a, button, label"):
        if not text(one) and not one.select("img[alt], svg, input") and not one.css.match(_FILLED_LATER):
            yield f"an empty {one.name} in {one.parent.name if one.parent else 'nothing'}"


def test_no_cell_or_line_is_empty(site: Site) -> None:
    assert every(site, empty) == []


@pytest.mark.parametrize("markup", ["<table><tr><td> </td></tr></table>", "<dl><dt>a</dt><dd></dd></dl>", "<p></p>"])
def test_an_empty_place_is_found(markup: str) -> None:
    assert [*empty(made(markup))]


# --- sources and figures ------------------------------------------------------------------------------------------


def test_every_source_tag_leads_to_its_section_of_the_evidence_index(site: Site) -> None:
    tags = [
        (page, page.resolve(str(tag["href"])))
        for page in site.pages.values()
        for tag in page.soup.select("a.ce-source")
    ]
    assert len(tags) > 1000
    known = {f"{SOURCES}#{name}" for name in site[SOURCES].ids}
    assert [f"{page}: {link}" for page, link in tags if link not in known] == []
    assert [f"{page}: {tag}" for page in site.pages.values() for tag in page.soup.select("span.ce-source")] == []


def test_every_figure_in_the_prose_links_to_how_it_is_worked_out(site: Site) -> None:
    pages = {page.url: page for page in read_pages(ROOT / "docs")}
    named = {(url, call.arguments[0]) for url, page in pages.items() for call in page.calls if call.name == "figure"}
    assert len(named) > 5
    linked = {
        (url, page.resolve(str(one["href"])).partition("#")[2])
        for url, page in site.pages.items()
        for one in page.article.select("a.ce-figure")
        if page.resolve(str(one["href"])).startswith(f"{FIGURES}#")
    }
    assert named == linked
    assert {name for _, name in linked} <= site[FIGURES].ids


LISTS_OF_LINKS = {"trusts/"}
"""Lists that quote a word of what they link to; the source stands there."""


def test_a_page_that_the_evidence_index_names_shows_the_source(site: Site) -> None:
    index = site[SOURCES]
    shown = {url: frozenset(page.links("a.ce-source")) for url, page in site.addressed.items()}
    unshown = set()
    for part in index.article.select(".ce-resting"):
        heading = part.find_previous(["h2", "h3"])
        assert heading is not None
        for url in (index.resolve(link) for link in hrefs(part.select_one(":scope > .ce-meta"))):
            if f"{SOURCES}#{heading['id']}" not in shown[url]:
                unshown.add(url)
    assert unshown <= LISTS_OF_LINKS


def hrefs(part: Tag | None) -> list[str]:
    return [str(one["href"]) for one in part.select("a[href]")] if part else []


# --- kinds of pages -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", [*(f"framework/{name}" for name in FRAMEWORK), "tools/documents/"])
def test_a_proposal_says_so_first(site: Site, guide: Guide, url: str) -> None:
    banner = site[url].article.select_one(".ce-proposal")
    assert banner is not None
    assert guide.framework.status in text(banner)
    assert "adopted" in guide.framework.status.lower()
    following = site[url].article.select_one("h1")
    assert following is not None
    assert following.find_next_sibling(True) is banner


def test_nothing_else_stands_below_framework(site: Site) -> None:
    assert {url for url in site.pages if url.startswith("framework/")} == {f"framework/{name}" for name in FRAMEWORK}


SIX_PARTS = ["context", "governance", "needs", "training", "next-steps", "investment"]
OTHER_PARTS = ["standards", "gaps", "basis", "changes", "correct"]


@pytest.mark.parametrize("slug", TRUSTS)
def test_a_profile_shows_its_parts_gaps_basis_and_correction(site: Site, guide: Guide, slug: str) -> None:
    page = site[f"trusts/{slug}/"]
    assert [heading["id"] for heading in page.article.select("h2[id]")] == [
        "at-a-glance",
        "today",
        *SIX_PARTS,
        *OTHER_PARTS,
    ]
    for name in ("today", *SIX_PARTS, *OTHER_PARTS):
        part = page.article.select_one(f"#{name} + .ce-part")
        assert len(text(part).split()) > 8, name
    for name in ("today", *SIX_PARTS, "basis"):
        assert page.article.select_one(f"#{name} + .ce-part a.ce-source"), f"{name} has no source"
    glance = page.article.select_one(".ce-glance")
    assert glance is not None
    assert {"Who spoke for the sector", "Training", "Money invested in the sector"} <= set(
        map(text, glance.select("dt"))
    )
    assert page.article.select_one('#correct + .ce-part a[href^="mailto:"]')
    assert "about/contact/" in page.links("#correct + .ce-part a") or "editors/" in page.links("#correct + .ce-part a")
    assert len(page.article.select("#gaps + .ce-part .ce-gap > li")) == len(guide.trust(slug).gaps)


def test_compare_pages_have_a_row_for_each_trust_and_no_rank(site: Site, guide: Guide) -> None:
    pages = [page for url, page in site.pages.items() if re.fullmatch(r"trusts/compare/[^/]+/", url)]
    assert len(pages) == len(TOPICS) + 1
    names = [trust.name for trust in guide.trusts]
    for page in pages:
        tables = page.article.select("table")
        assert len(tables) == (len(TOPICS) if page.url.endswith("/all/") else 1), page.url
        for table in tables:
            rows = [text(row.select_one("a")) for row in table.select("tbody th[scope=row]")]
            assert rows == names, page.url
            columns = len(table.select("thead th"))
            assert {len(row.select("th, td")) for row in table.select("tbody tr")} == {columns}


@pytest.mark.parametrize("name", STANDARDS)
def test_a_standard_shows_all_its_parts(site: Site, guide: Guide, name: str) -> None:
    page, one = site[f"standards/{name}/"], guide.standard(name)
    wanted = ["required", "why", "check", "expect", "evidence", "trusts", "today", "unknown", "related", "about"]
    assert [heading.get("id") for heading in page.article.select("h2")] == wanted
    assert len(page.article.select("#check + .ce-part .ce-clauses > li input[type=checkbox]")) == len(one.clauses)
    assert page.article.select_one("#evidence + .ce-part a.ce-source")
    assert page.article.select_one("#expect + .ce-part .ce-ask")
    assert f"good-engagement/{one.stage}/" in page.links()
    for other in (*one.recommendations, *one.principles):
        assert {f"recommendations/{other}/", f"gershon/{other}/"} & set(page.links()), other
    for trust in guide.trusts:
        assert trust.name in text(page.article.select_one("#trusts + .ce-part")), trust.name


def test_a_practice_shows_all_its_parts(site: Site, guide: Guide) -> None:
    wanted = ["what", "where", "problem", "reported", "unsaid", "start"]
    for one in guide.practices:
        page = site[f"practice/{one.slug}/"]
        assert [heading.get("id") for heading in page.article.select("h2")] == wanted
        assert page.article.select_one(".ce-lead-box .ce-status")
        assert {f"trusts/{use.trust}/" for use in one.uses} <= {link.partition("#")[0] for link in page.links()}
        assert {f"standards/{name}/" for name in one.standards} <= set(page.links())


def test_only_one_practice_is_shown_with_a_result(site: Site, guide: Guide) -> None:
    for one in guide.practices:
        head = text(site[f"practice/{one.slug}/"].article.select_one(".ce-lead-box"))
        assert ("A result that could be shown" in head) == (one.slug == "track-applications"), one.slug


def test_links_between_records_run_both_ways(site: Site, guide: Guide) -> None:
    def leads(start: str, end: str) -> bool:
        return end in {link.partition("#")[0] for link in site[start].links()}

    for standard in guide.standards:
        here = f"standards/{standard.id}/"
        assert leads(f"good-engagement/{standard.stage}/", here)
        for other in standard.recommendations:
            assert leads(f"recommendations/{other}/", here)
        for other in standard.principles:
            assert leads(f"gershon/{other}/", here)
    for trust in guide.trusts:
        for statement in trust.practice:
            assert leads(f"trusts/{trust.slug}/", f"standards/{statement.standard}/")
            assert leads(f"standards/{statement.standard}/", f"trusts/{trust.slug}/")
    for practice in guide.practices:
        here = f"practice/{practice.slug}/"
        for name in practice.standards:
            assert leads(f"standards/{name}/", here)
        for use in practice.uses:
            assert leads(f"trusts/{use.trust}/", here)
        for stage in practice.stages:
            assert leads(f"good-engagement/{stage}/", here)


def test_the_home_page_has_three_tasks(site: Site) -> None:
    assert site[""].links(".ce-card h2 a:not(.headerlink)") == ["commissioners/", "trusts/", "editors/"]


def test_every_page_says_how_old_it_is_and_where_to_write(site: Site) -> None:
    for page in site.pages.values():
        assert "April 2009" in text(page.soup.body), page.url
        assert "about/contact/" in map(page.resolve, hrefs(page.soup.select_one("footer"))), page.url


def test_help_is_in_the_same_place_on_every_page(site: Site) -> None:
    """3.2.6: the same links in the same order, contact first."""
    shown = {
        tuple(page.resolve(link) for link in hrefs(page.soup.select_one("footer .ce-footer__links")))
        for page in site.pages.values()
    }
    assert len(shown) == 1
    assert shown.pop()[0] == "about/contact/"


@pytest.mark.parametrize("tool", ["axe-core", "html-validate"])
def test_the_accessibility_statement_names_the_checkers_that_are_used(site: Site, tool: str) -> None:
    wanted = json.loads((ROOT / "tests/browser/package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert f"{tool} {wanted[tool]}" in text(site["about/accessibility/"].article)


def test_what_pages_tell_programs_is_what_they_show(site: Site) -> None:
    for url, page in site.addressed.items():
        (block,) = page.soup.select('script[type="application/ld+json"]')
        (told,) = json.loads(block.string or "")["@graph"]
        assert told["url"] == BASE + url
        assert told["description"] == page.description
        assert told["name"] in page.title
        trail = [page.resolve(link) for link in hrefs(page.soup.select_one(".ce-path"))]
        steps = told.get("breadcrumb", {}).get("itemListElement", [])
        assert [step["item"].removeprefix(BASE) for step in steps] == ([*trail, url] if trail else [])
        for one in told.get("about", []):
            assert one["name"] in text(page.article), f"{url} does not say {one['name']}"
        entity = told.get("mainEntity", {})
        files = {one["contentUrl"].removeprefix(BASE) for one in entity.get("distribution", [])}
        assert files <= site.files
        terms = {one["url"].removeprefix(f"{BASE}{url}#") for one in entity.get("hasDefinedTerm", [])}
        assert terms <= page.ids


def test_what_pages_show_where_they_are_shared(site: Site) -> None:
    for url, page in site.addressed.items():
        shared = {str(one["property"]): str(one["content"]) for one in page.soup.select("meta[property^='og:']")}
        assert shared["og:url"] == BASE + url
        assert shared["og:description"] == page.description
        assert shared["og:title"] in page.title
        assert shared["og:image:alt"]
        picture = site.folder / shared["og:image"].removeprefix(BASE)
        header = picture.read_bytes()[:24]
        assert header[:8] == b"\x89PNG\r\n\x1a\n"
        width, height = (int.from_bytes(header[at : at + 4], "big") for at in (16, 20))
        assert (shared["og:image:width"], shared["og:image:height"]) == (str(width), str(height)) == ("1200", "630")
        assert picture.stat().st_size < 60_000


def test_search_engines_are_told_where_the_list_of_pages_is(site: Site) -> None:
    told = (site.folder / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert f"Sitemap: {BASE}sitemap.xml" in told
    assert "Disallow: /" not in told
