"""Links of the built site: each leads somewhere, nothing is fetched from elsewhere, and a broken one is found."""

from __future__ import annotations

import re
from pathlib import Path

import built_site
import links_elsewhere
import pytest
import small_project
from built_site import BASE, Site

from macros.pages.project import BuildError, Project
from macros.publish.build import build
from macros.publish.engine import Engine
from macros.reading.guide import Guide

GOOD = """<!doctype html><html lang="en"><head><title>{0}</title><link rel="stylesheet" href="{1}style.css"></head>
<body><main><article><h1 id="top">{0}</h1><p id="here">{2}</p></article></main></body></html>"""


def test_every_link_leads_somewhere(either: Site) -> None:
    assert [*built_site.broken_links(either)] == []


def test_every_link_beside_the_words_leads_somewhere(either: Site) -> None:
    assert [*links_elsewhere.broken(either)] == []


def test_no_id_is_there_twice(either: Site) -> None:
    assert [*built_site.doubled_ids(either)] == []


def test_nothing_is_fetched_from_elsewhere(either: Site) -> None:
    assert [*built_site.requests_elsewhere(either)] == []


def test_the_site_map_lists_every_page(either: Site) -> None:
    listed = re.findall(r"<loc>(.+?)</loc>", (either.folder / "sitemap.xml").read_text(encoding="utf-8"))
    assert sorted(one.removeprefix(BASE) for one in listed) == sorted(either.addressed)


def test_each_page_names_its_own_address(either: Site) -> None:
    for url, page in either.addressed.items():
        named = page.soup.select_one("link[rel=canonical]")
        assert named is not None, url
        assert named["href"] == BASE + url


# --- the same checks find what is planted -------------------------------------------------------------------------


def write_page(folder: Path, path: str, text: str = "") -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(GOOD.format(f"Page {path}", "../" * path.count("/"), text), encoding="utf-8")


@pytest.fixture
def planted(small_site: Path) -> Path:
    (small_site / "style.css").write_text("/* url(gone.png) */ body { background: url('dot.png') }")
    (small_site / "dot.png").write_bytes(b"")
    write_page(small_site, "index.html", '<a href="trusts/luton/#here">Luton</a> <a href="#top">Up</a>')
    write_page(small_site, "trusts/luton/index.html", '<a href="../..">Home</a> <img src="../../dot.png" alt="">')
    write_page(small_site, "404.html", f'<a href="/">Home</a> <a href="{BASE}trusts/luton/">Luton</a>')
    return small_site


def test_a_good_site_has_no_fault(planted: Path) -> None:
    site = Site(planted)
    assert site.pages.keys() == {"", "trusts/luton/", "404.html"}
    for check in (built_site.broken_links, built_site.doubled_ids, built_site.requests_elsewhere):
        assert [*check(site)] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<a href="../lutton/">x</a>', "/trusts/luton/: a “../lutton/”: no such page"),
        ('<a href="../../vcs">x</a>', "/trusts/luton/: a “../../vcs”: no such file"),
        ('<a href="../../#nowhere">x</a>', "/trusts/luton/: a “../../#nowhere”: no such anchor"),
        ('<a href="#nowhere">x</a>', "/trusts/luton/: a “#nowhere”: no such anchor"),
        ('<a href="../../data/trusts.csv" download>x</a>', "/trusts/luton/: a “../../data/trusts.csv”: no such file"),
        ('<img src="gone.svg" alt="">', "/trusts/luton/: img “gone.svg”: no such file"),
        ('<script src="gone.js"></script>', "/trusts/luton/: script “gone.js”: no such file"),
        ('<img srcset="gone.png 2x" alt="">', "/trusts/luton/: img “gone.png”: no such file"),
        (
            '<a href="javascript:go()">x</a>',
            "/trusts/luton/: a “javascript:go()”: not a kind of link that leads anywhere",
        ),
        (f'<a href="{BASE}gone/">x</a>', f"/trusts/luton/: a “{BASE}gone/”: no such page"),
    ],
)
def test_a_broken_link_is_found(planted: Path, text: str, fault: str) -> None:
    write_page(planted, "trusts/luton/index.html", text)
    assert [*built_site.broken_links(Site(planted))] == [fault]


def test_a_broken_link_of_a_style_sheet_is_found(planted: Path) -> None:
    (planted / "style.css").write_text("body { background: url(/* none */ 'gone.png?v=1') }")
    assert [*built_site.broken_links(Site(planted))] == ["/style.css: “gone.png?v=1”: no such file"]


TEXTS = 'ceSearchPart("texts/0",["{0}","Luton","Trusts",[["{1}","Luton","",[],[],[]]]],"1234");\n'
PACKAGE = '{{"resources":[{{"path":"{0}"}}]}}'


@pytest.mark.parametrize(
    ("file", "text", "fault"),
    [
        ("old/index.html", '<meta http-equiv="refresh" content="0; url=../gone/">', "“gone/”: no such page"),
        ("old/index.html", '<meta http-equiv="Refresh" content="0;url=../trusts/luton/#gone">', "no such anchor"),
        ("old/index.html", '<meta property="og:image" content="gone.png">', "“old/gone.png”: no such file"),
        ("old/index.html", f'<script type="application/ld+json">{{"url": "{BASE}gone/"}}</script>', "“gone/”"),
        ("news.atom", f'<link href="{BASE}gone/" rel="alternate"/>', "“gone/”: no such page"),
        ("news.atom", f'<link href="{BASE}news.xml" rel="self"/>', "“news.xml”: no such file"),
        ("sitemap.xml", f"<loc>{BASE}gone/</loc>", "“gone/”: no such page"),
        ("robots.txt", f"Sitemap: {BASE}sitemap.xml\n", "“sitemap.xml”: no such file"),
        ("search/texts/0.js", TEXTS.format("gone/", ""), "“gone/”: no such page"),
        ("search/texts/0.js", TEXTS.format("trusts/luton/", "gone"), "“trusts/luton/#gone”: no such anchor"),
        ("data/a.json", f'{{"url": "{BASE}trusts/lutton/"}}', "“trusts/lutton/”: no such page"),
        ("data/a.csv", f"page,x\n{BASE}trusts/luton/#gone,1\n", "no such anchor"),
        ("data/a.ics", f"URL:{BASE}trusts/luton/#go\r\n ne\r\n", "“trusts/luton/#gone”: no such anchor"),
        ("data/datapackage.json", PACKAGE.format("gone.csv"), "“data/gone.csv”: no such file"),
        ("_headers", "/*\n  A: b\n/assets/gone.js\n  A: b\n", "“assets/gone.js”: no such file"),
        ("assets/javascripts/a.js", 'import { b } from "./gone.js";', "“./gone.js”: no such file"),
        ("assets/javascripts/a.js", 'import("./parts/gone.js");', "“./parts/gone.js”: no such file"),
        ("assets/javascripts/a.js", 'new URL("gone/index.js", base)', "“gone/index.js”: no such file"),
    ],
)
def test_a_broken_link_beside_the_words_is_found(planted: Path, file: str, text: str, fault: str) -> None:
    assert [*links_elsewhere.broken(Site(planted))] == []
    path = planted / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    (found,) = links_elsewhere.broken(Site(planted))
    assert found.startswith(f"/{file.removesuffix('index.html')}")
    assert found.endswith(fault) or fault in found


def test_a_doubled_id_is_found(planted: Path) -> None:
    write_page(planted, "index.html", '<b id="here"></b>')
    assert [*built_site.doubled_ids(Site(planted))] == ["/: id “here” 2 times"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<script src="https://cdn.example/a.js"></script>', "/: script “https://cdn.example/a.js”"),
        ('<img src="//img.example/a.png" alt="">', "/: img “//img.example/a.png”"),
        ('<iframe src="http://video.example/"></iframe>', "/: iframe “http://video.example/”"),
        ('<link rel="preconnect" href="https://fonts.example">', "/: link preconnect “https://fonts.example”"),
        ('<form action="https://form.example/"></form>', "/: form “https://form.example/”"),
        ('<b style="background: url(https://img.example/b.png)"></b>', "/: style “https://img.example/b.png”"),
        ("<style>@import 'https://css.example/c.css'</style>", "/: style “https://css.example/c.css”"),
    ],
)
def test_a_request_elsewhere_is_found(planted: Path, text: str, fault: str) -> None:
    write_page(planted, "index.html", f'<a href="https://elsewhere.example/">a reader may follow it</a> {text}')
    assert [*built_site.requests_elsewhere(Site(planted))] == [fault]


# --- and so does the strict build ---------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
@pytest.mark.parametrize("link", ["gone.md", "trusts/luton.md#nowhere"])
def test_the_strict_build_refuses(tmp_path: Path, guide: Guide, engine: Engine, link: str) -> None:
    project = Project(small_project.make(tmp_path, guide))
    small_project.write_page(project.root, "index", "Home", f"[planted]({link})")
    with pytest.raises(BuildError, match=re.escape(link.partition("#")[2] or link)):
        build(project, tmp_path / "site", engine)
    assert not (tmp_path / "site").exists()
