"""The search index: all of the site is in it, nothing else is, and both engines give the same."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import built_site
import parts
import pytest
from built_site import Site

from macros.model import addresses
from macros.publish import search_index, search_words
from macros.publish.search_shards import FIRST_FILE
from macros.reading.guide import Guide

Sections = dict[str, list[list[Any]]]


@pytest.fixture(scope="module")
def sections(site: Site) -> Sections:
    """The sections of each page, by its address."""
    found: Sections = {}
    for url, _, _, some in parts.texts(site.folder):
        found.setdefault(url, []).extend(some)
    return found


def test_every_page_and_section_of_it_leads_somewhere(sections: Sections, site: Site) -> None:
    assert sections.keys() == site.addressed.keys() - {addresses.SEARCH_PAGE}
    lost = [
        f"{url}#{one[0]}" for url, some in sections.items() for one in some if one[0] and one[0] not in site[url].ids
    ]
    assert lost == []


def test_every_heading_and_term_is_a_section(sections: Sections, site: Site, guide: Guide) -> None:
    for url, some in sections.items():
        anchors = [one[0] for one in some]
        assert anchors.count("") == 1
        shown = (one for one in site[url].article.select("h2[id], h3[id]") if not one.find_parent(hidden=True))
        # What a page repeats of another is found on the other.
        headings = [str(one["id"]) for one in shown if not one.find_parent(class_="ce-repeated")]
        if url != addresses.GLOSSARY_PAGE:  # letters of the alphabet are no sections
            assert set(headings) <= set(anchors), url
        else:
            assert {term.id for term in guide.glossary} <= set(anchors)


def test_sections_hold_their_words_and_not_the_marks_beside_them(sections: Sections) -> None:
    said = {f"{url}#{one[0]}": one[2] for url, some in sections.items() for one in some}
    assert "Joint Commissioning Unit" in said["trusts/luton/#context"]
    assert "Source:" not in said["trusts/luton/#context"]
    assert not any("¶" in text or "  " in text for text in said.values())
    assert not any("Not applicable" in text for where, text in said.items() if where.startswith("self-assessment/"))


def test_what_a_search_begins_with_and_each_part_are_small(site: Site) -> None:
    size = {path: len(gzip.compress(path.read_bytes())) for path in (site.folder / "search").rglob("*.js")}
    assert size[site.folder / FIRST_FILE] < 12_000
    assert max(size.values()) < 16_000


def test_words_of_a_beginning_share_a_part(site: Site) -> None:
    """A word, its family and what begins with it are fetched at once."""
    begins = parts.read(site.folder, "index")["words"]
    assert begins == sorted(begins)
    for number, begin in enumerate(begins):
        words, _ = parts.read(site.folder, f"words/{number}")
        end = begins[number + 1] if number + 1 < len(begins) else "~"
        assert all(begin <= word[:3] < end for word in words)


def test_the_browser_takes_words_apart_as_the_build_does(site: Site) -> None:
    said = [text for _, _, _, some in parts.texts(site.folder) for _, title, *_ in some for text in (title,)]
    said += [
        "£2m",
        "£2,000,000",
        "2.50",
        "Children’s",
        "NA-1 and gr-3",
        "2007/08",
        "1st",
        "naïve",
        "6 m",
        "1,2",
        "5.5 million",
    ]
    script = f"""
      require({json.dumps(str(site.folder / "assets/javascripts/search/words.js"))});
      const said = JSON.parse(require("fs").readFileSync(0, "utf8"));
      console.log(JSON.stringify(said.map((one) => [ceWords.words(one), ceWords.words(one).map(ceWords.stem)])));
    """
    node = shutil.which("node")
    assert node
    run = subprocess.run([node, "-e", script], input=json.dumps(said), capture_output=True, text=True, check=True)
    for text, (words, stems) in zip(said, json.loads(run.stdout), strict=True):
        assert words == search_words.query(text), text
        assert stems == [search_words.stem(word) for word in words], text


def test_what_is_left_of_an_older_index_is_deleted(guide: Guide, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<article><h1>A</h1><p>Words.</p></article>", encoding="utf-8")
    old = tmp_path / "search/words/99.js"
    old.parent.mkdir(parents=True)
    old.write_text("", encoding="utf-8")
    search_index.write(search_index.SearchKnowledge.of(guide), tmp_path)
    assert not old.exists()
    assert (tmp_path / FIRST_FILE).is_file()


@pytest.mark.slow
def test_both_engines_give_the_same_index(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = built_site.build_once(tmp_path_factory, "zensical")
    files = {path.relative_to(site.folder) for path in (site.folder / "search").rglob("*.js")}
    assert files == {path.relative_to(other) for path in (other / "search").rglob("*.js")}
    assert [one for one in files if (other / one).read_bytes() != (site.folder / one).read_bytes()] == []


def test_a_site_for_disks_is_indexed_with_its_own_addresses(guide: Guide, tmp_path: Path) -> None:
    (tmp_path / "trusts").mkdir()
    page = "<article><h1>Essex</h1><p>Words.</p><h2 id='needs'>Needs</h2><p>More</p><p>words.</p></article>"
    for name in ("trusts/essex.html", "404.html", "search.html"):
        (tmp_path / name).write_text(page, encoding="utf-8")
    (found,) = search_index.read_site(search_index.SearchKnowledge.of(guide), tmp_path)
    assert (found.link, found.place) == ("trusts/essex.html", "Home page › Trust profile")
    assert {"Harlow", "Harlow Council", "Chelmsford City Council"} <= {*found.entries[0].places}
    assert "CM1" in found.entries[0].codes
    assert [(one.anchor, one.text) for one in found.entries] == [("", "Words."), ("needs", "More words.")]


def test_characters_that_no_reader_can_see_do_no_harm(guide: Guide, tmp_path: Path) -> None:
    page = "<article><h1>A &#xd800; &#11; &#xe000; &#0;</h1><p>B &#xdfff; &#1; &#xe001;</p>"
    (tmp_path / "a.html").write_text(f"{page}<h2 id='c'>C &#xd800;</h2>D &#8;</article>", encoding="utf-8")
    known = search_index.SearchKnowledge.of(guide)
    (found,) = search_index.read_site(known, tmp_path)
    assert [one.title[0] + one.text[0] for one in found.entries] == ["AB", "CD"]
    search_index.write(known, tmp_path)
    ((_, _, _, some),) = parts.texts(tmp_path)
    assert [one[0] for one in some] == ["", "c"]


@pytest.mark.slow
def test_the_search_of_neither_engine_shows(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    for one in (site, Site(built_site.build_once(tmp_path_factory, "zensical"))):
        assert [path for name in ("search.json", "search_index.json") for path in one.folder.rglob(name)] == [
            one.folder / "data/search.json"  # the download: what people type
        ]
        for page in one.pages.values():
            assert page.soup.select("[data-md-component^=search], .md-search") == [], page
            assert len(page.soup.select("[data-ce-search=open]")) == 1, page
