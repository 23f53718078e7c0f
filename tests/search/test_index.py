"""The search index: all of the site is in it, nothing else is, and both engines give the same."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import built_site
import pytest
from built_site import Site

from macros import address, search
from macros.guide import Guide


@pytest.fixture(scope="module")
def index(site: Site) -> dict[str, Any]:
    script = (site.folder / search.INDEX_FILE).read_text(encoding="utf-8")
    return json.loads(script.removeprefix("window.ceSearchIndex=").rstrip(";\n"))


def test_every_page_and_section_of_it_leads_somewhere(index: dict[str, Any], site: Site) -> None:
    assert {page[0] for page in index["pages"]} == site.addressed.keys() - {address.SEARCH_PAGE}
    lost = [
        f"{url}#{anchor}"
        for url, _, _, _, entries in index["pages"]
        for anchor, *_ in entries
        if anchor and anchor not in site[url].ids
    ]
    assert lost == []


def test_every_heading_and_term_is_a_section(index: dict[str, Any], site: Site, guide: Guide) -> None:
    for url, _, _, _, entries in index["pages"]:
        anchors = [entry[0] for entry in entries]
        assert anchors.count("") == 1
        shown = (one for one in site[url].article.select("h2[id], h3[id]") if not one.find_parent(hidden=True))
        headings = [str(one["id"]) for one in shown]
        if url != address.GLOSSARY_PAGE:  # letters of the alphabet are no sections
            assert set(headings) <= set(anchors), url
        else:
            assert {term.id for term in guide.glossary} <= set(anchors)


def test_sections_hold_their_words_and_not_the_marks_beside_them(index: dict[str, Any]) -> None:
    entries = {f"{url}#{anchor}": text for url, *_, entries in index["pages"] for anchor, _, text, _ in entries}
    assert "Joint Commissioning Unit" in entries["trusts/luton/#context"]
    assert "Source:" not in entries["trusts/luton/#context"]
    assert entries["evidence/sources/#luton-context"] == ""  # a listing
    assert not any("¶" in text or "  " in text for text in entries.values())


def test_the_index_is_small_enough_to_fetch_on_demand(site: Site) -> None:
    assert len(gzip.compress((site.folder / search.INDEX_FILE).read_bytes())) < 200_000


@pytest.mark.slow
def test_both_engines_give_the_same_index(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = built_site.build_once(tmp_path_factory, "zensical")
    assert (other / search.INDEX_FILE).read_bytes() == (site.folder / search.INDEX_FILE).read_bytes()


def test_a_site_for_disks_is_indexed_with_its_own_addresses(guide: Guide, tmp_path: Path) -> None:
    (tmp_path / "trusts").mkdir()
    page = "<article><h1>Essex</h1><p>Words.</p><h2 id='needs'>Needs</h2><p>More</p><p>words.</p></article>"
    for name in ("trusts/essex.html", "404.html", "search.html"):
        (tmp_path / name).write_text(page, encoding="utf-8")
    (found,) = search.read_site(search.Words.of(guide), tmp_path)
    assert (found.link, found.place) == ("trusts/essex.html", "Home page › Trust profile")
    assert "Harlow" in found.entries[0].names
    assert [(one.anchor, one.text) for one in found.entries] == [("", "Words."), ("needs", "More words.")]


def test_characters_that_no_reader_can_see_do_no_harm(guide: Guide, tmp_path: Path) -> None:
    page = "<article><h1>A &#xd800; &#11; &#xe000; &#0;</h1><p>B &#xdfff; &#1; &#xe001;</p>"
    (tmp_path / "a.html").write_text(f"{page}<h2 id='c'>C &#xd800;</h2>D &#8;</article>", encoding="utf-8")
    (found,) = search.read_site(search.Words.of(guide), tmp_path)
    assert [one.title[0] + one.text[0] for one in found.entries] == ["AB", "CD"]
    assert json.loads(search.to_script(search.Words.of(guide), [found]).partition(b"=")[2].rstrip(b";\n"))


@pytest.mark.slow
def test_the_search_of_neither_engine_shows(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    for one in (site, Site(built_site.build_once(tmp_path_factory, "zensical"))):
        assert [path for name in ("search.json", "search_index.json") for path in one.folder.rglob(name)] == [
            one.folder / "data/search.json"  # the download: what people type
        ]
        for page in one.pages.values():
            assert page.soup.select("[data-md-component^=search], .md-search") == [], page
            assert len(page.soup.select("[data-ce-search=open]")) == 1, page
