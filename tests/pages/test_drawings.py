"""Drawings below docs/assets: plain shapes pass, and whatever could run, ask elsewhere or never end is told by line."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from mistakes import ROOT
from playwright.sync_api import Browser

from macros.pages import docs_files, drawings, own_files

E = "https://elsewhere.example"
NAMES = (
    'xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml"'
)
PARTS = {
    "a button that runs a script": '<h:form><h:button formaction="javascript:alert(1)">x</h:button></h:form>',
    "a meta of XHTML": f'<h:meta http-equiv="refresh" content="0;url={E}"/>',
    "XHTML in a foreign object": '<foreignObject><h:div onclick="alert(1)">x</h:div></foreignObject>',
    "XHTML without a prefix": f'<img xmlns="http://www.w3.org/1999/xhtml" srcset="{E}/x.png"/>',
    "a base of XHTML": f'<h:base href="{E}"/>',
    "a link of XHTML": f'<h:link rel="stylesheet" href="{E}/x.css"/>',
    "a frame": f'<h:iframe src="{E}"/>',
    "srcset": f'<h:img srcset="{E}/x.png"/>',
    "srcset on a shape": f'<rect srcset="{E}/x.png"/>',
    "a script": "<script>alert(1)</script>",
    "a script by its address": f'<script href="{E}/x.js"/>',
    "a script with a prefix": '<y:script xmlns:y="http://www.w3.org/2000/svg">alert(1)</y:script>',
    "a script of XHTML": "<h:script>alert(1)</h:script>",
    "a script in CDATA": "<script><![CDATA[alert(1)]]></script>",
    "an event": '<rect onload="alert(1)"/>',
    "an event in capitals": '<rect ONCLICK="alert(1)"/>',
    "an event of animation": '<rect onbegin="alert(1)"/>',
    "url in capitals": f'<rect fill="URL({E}/#x)"/>',
    "url": f'<rect fill="url({E}/#x)"/>',
    "url with a space": f'<rect fill="url( {E}/#x )"/>',
    "url in quotation marks": f"<rect fill=\"url('{E}/#x')\"/>",
    "url with an escape of CSS": f'<rect fill="u\\72l({E}/#x)"/>',
    "url with an entity": f'<rect fill="&#117;rl({E}/#x)"/>',
    "url behind our own": f'<rect fill="url(#a) url({E}/#x)"/>',
    "image-set": f"<rect fill=\"image-set('{E}/x.png' 1x)\"/>",
    "a mask from elsewhere": f'<rect mask="url({E}/#x)"/>',
    "a filter from elsewhere": f'<rect filter="url({E}/#x)"/>',
    "a marker from elsewhere": f'<path marker-end="url({E}/#x)"/>',
    "a cursor": f'<rect cursor="url({E}/x.cur), auto"/>',
    "a style": f'<style>@import "{E}/x.css";</style>',
    "a style of XHTML": f'<h:style>@import "{E}/x.css";</h:style>',
    "a style attribute": f'<rect style="fill: url({E}/#x)"/>',
    "a style attribute that is harmless": '<rect style="fill: red"/>',
    "a link": f'<a href="{E}"><rect width="9"/></a>',
    "a link that runs": '<a x:href="javascript:alert(1)"><rect width="9"/></a>',
    "a picture": f'<image href="{E}/x.png"/>',
    "a picture by xlink": f'<image x:href="{E}/x.png"/>',
    "a picture of data": '<image href="data:image/svg+xml,&lt;svg/&gt;"/>',
    "use": f'<use href="{E}/x.svg#a"/>',
    "use of itself": '<use href="#a"/>',
    "a gradient from elsewhere": f'<linearGradient href="{E}/x.svg#a"/>',
    "the same by xlink": f'<linearGradient x:href="{E}/x.svg#a"/>',
    "a gradient that runs": '<linearGradient href="javascript:alert(1)"/>',
    "animation that sets an address": '<a><animate attributeName="href" to="javascript:alert(1)"/></a>',
    "setting an address": '<a><set attributeName="href" to="javascript:alert(1)"/></a>',
    "motion": '<animateMotion path="M0 0"/>',
    "an effect that fetches": f'<filter><feImage href="{E}/x.png"/></filter>',
    "a handler": '<handler type="text/ecmascript">alert(1)</handler>',
    "a listener": '<listener event="click"/>',
    "sound": f'<audio href="{E}/x.mp3"/>',
    "a video of XHTML": f'<h:video src="{E}/x.mp4"/>',
    "an object": f'<h:object data="{E}"/>',
    "another namespace": '<y:rect xmlns:y="https://elsewhere.example/ns"/>',
    "no namespace": '<rect xmlns=""/>',
    "an attribute of another namespace": '<rect h:href="x"/>',
    "a base of XML": f'<g xml:base="{E}/"/>',
    "an instruction": f'<?xml-stylesheet href="{E}/x.css"?>',
    "a colour that is none": '<rect fill="expression(alert(1))"/>',
    "a path that is none": '<path d="M0 0&#10;javascript:"/>',
    "a mask in a mask": '<mask id="a"><rect mask="url(#a)"/></mask>',
    "a clip in a clip": '<clipPath id="a"><rect clip-path="url(#a)"/></clipPath>',
    "a pattern": '<pattern id="a"/>',
}
WHOLE = {
    "an instruction above": f'<?xml-stylesheet href="{E}/x.css"?>\n<svg {NAMES}/>',
    "an instruction below": f'<svg {NAMES}/><?xml-stylesheet href="{E}/x.css"?>',
    "a declaration and an entity": f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg {NAMES}><text>&x;</text></svg>',  # noqa: E501
    "a document type from elsewhere": f'<!DOCTYPE svg SYSTEM "{E}/x.dtd"><svg {NAMES}/>',
    "entities that grow": '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    + f"<svg {NAMES}><text>&b;</text></svg>",
    "attributes of a document type": f'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]><svg {NAMES}/>',
    "an entity that is not known": f"<svg {NAMES}><text>&nbsp;</text></svg>",
    "another encoding": f'<?xml version="1.0" encoding="UTF-7"?><svg {NAMES}/>',
    "another root": '<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>',
    "no namespace at all": "<svg><script>alert(1)</script></svg>",
    "HTML": "<!doctype html><script>alert(1)</script>",
    "not closed": f"<svg {NAMES}>",
    "two roots": f"<svg {NAMES}/><svg {NAMES}/>",
    "too deep": f"<svg {NAMES}>" + "<g>" * 5000 + "</g>" * 5000 + "</svg>",
    "nothing": "",
    "half a comment": f"<svg {NAMES}><!-- </svg>",
}
FINE = (
    "<title>T</title><desc>D</desc><defs>"
    '<linearGradient id="a" gradientUnits="userSpaceOnUse" x1="0" x2="1" gradientTransform="rotate(45)">'
    '<stop offset="50%" stop-color="#12363f" stop-opacity=".5"/></linearGradient>'
    '<radialGradient id="b" href="#a" cx="5" cy="5" r="5" fx="1" fy="1"/><linearGradient id="e" x:href="#a"/>'
    '<clipPath id="c"><circle cx="5" cy="5" r="5"/></clipPath><mask id="d"><rect width="9" height="9" fill="#fff"/></mask>'  # noqa: E501
    '</defs><g transform="translate(1 2) scale(1.5)" clip-path="url(#c)" mask="url(#d)" opacity="0.9">'
    '<path d="M0 0L1-1.5e2z" fill="url(#a)" stroke="currentColor" stroke-width="2px" stroke-linecap="round"/>'
    '<ellipse rx="1" ry="2" fill="rgb(1, 2, 3)"/><line x1="0" y1="0" x2="1" y2="1"/><polyline points="0,0 1,1"/>'
    '<polygon points="0 0 1 1 2 0" fill="none" fill-rule="evenodd"/><text x="1" y="2" font-family="Charter, \'DejaVu Serif\'" '  # noqa: E501
    'font-size="4" font-weight="700" text-anchor="middle">Words &amp; more<tspan dy="1em">below</tspan></text></g>'
)


def drawing(parts: str) -> str:
    return f'<svg {NAMES} viewBox="0 0 40 40" width="40" height="40">\n{parts}\n</svg>\n'


@pytest.mark.parametrize("name", PARTS)
def test_what_is_not_plain_is_told_by_line(name: str) -> None:
    found = [*drawings.faults(drawing(PARTS[name]))]
    assert found
    assert {one.line for one in found} == {2}
    assert (
        next(iter(drawings.faults(f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- a -->\n{drawing(PARTS[name])}'))).line
        == 4
    )


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_file_that_is_no_plain_drawing(name: str) -> None:
    assert [*drawings.faults(WHOLE[name])]


def test_bytes_that_are_no_drawing(tmp_path: Path) -> None:
    for content in (
        drawing(FINE).encode("utf-16"),
        b"\xff\xfe",
        b"\x1f\x8b\x08",
        drawing("").encode() + b" " * 300_000,
    ):
        (tmp_path / "x.svg").write_bytes(content)
        assert [*drawings.check(tmp_path / "x.svg")]


def test_plain_drawings_pass() -> None:
    assert [*drawings.faults(drawing(FINE))] == []
    assert [*drawings.faults("\ufeff".removeprefix("\ufeff") + drawing("<!-- a <!DOCTYPE in words --><g/>"))] == []
    own = sorted((ROOT / "docs").rglob("*.svg"))
    assert len(own) >= 3
    for path in own:
        assert [*drawings.check(path)] == [], path


def test_drawings_of_macros_hold_no_more(rendered: dict[str, str]) -> None:
    """Those stand in pages, where a class gives them their colours and a link leads to a page."""
    found = [one for text in rendered.values() if "<svg" in text for one in BeautifulSoup(text, "html.parser")("svg")]
    assert len(found) > 5
    names = {name.lower() for name in (*drawings.ELEMENTS, "a")}
    attributes = {name.lower() for name in drawings.ATTRIBUTES} | {"class", "aria-current", "aria-label"}
    for one in found:
        for inner in (one, *one.find_all()):
            assert inner.name in names, str(inner)[:200]
            assert {name for name in inner.attrs if not name.startswith("data-ce-")} <= attributes, str(inner)[:200]
            assert not str(inner.get("href", "")).lower().startswith(("javascript:", "data:", "//"))


# --- the other files beside pages ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "x.js", "javascripts/x.js", "javascripts/x.mjs", "javascripts/guide.JS", "stylesheets/x.css", "x.html", "x.xhtml",  # noqa: E501
        "x.xml", "x.pdf", "x.wasm", "x.json", "x.txt", "x.yml", "x.svgz", "x.SVG", "x.swf", "x.htc", "x.hta", "x.xsl",
        "x.webmanifest", "x.appcache", "x.mht", "x.php", "x", "x.svg.html",
    ],
)  # fmt: skip
def test_what_a_browser_would_run_is_one_of_the_guide_s_own(tmp_path: Path, name: str) -> None:
    path = tmp_path / "docs/assets" / name
    path.parent.mkdir(parents=True)
    path.write_text("alert(1)", encoding="utf-8")
    (told,) = docs_files.check(tmp_path / "docs")
    assert told.file == f"docs/assets/{name}"


@pytest.mark.parametrize("ending", sorted(docs_files._BEGINS))
def test_a_picture_is_one(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"docs/assets/x{ending}"
    path.parent.mkdir(parents=True)
    path.write_text("<script>alert(1)</script>", encoding="utf-8")
    (told,) = docs_files.check(tmp_path / "docs")
    assert f"its name ends in {ending}" in told.found


def test_the_guide_s_own_files_are_those_that_are_there() -> None:
    assets = ROOT / "docs/assets"
    there = {path.relative_to(assets).as_posix() for path in assets.rglob("*") if path.is_file()}
    assert {name for name in there if Path(name).suffix not in docs_files.PICTURES} == own_files.OWN_FILES


# --- in a browser -------------------------------------------------------------------------------------------------


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield tmp_path, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def does(browser: Browser, address: str) -> list[str]:
    """Open a drawing by itself, click into it, and return what it does besides being drawn."""
    found: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("dialog", lambda dialog: (found.append("runs a script"), dialog.dismiss()))
    context.route(f"{E}/**", lambda route: (found.append(f"asks for {route.request.url}"), route.abort()))
    page.goto(address, wait_until="load")
    page.mouse.click(4, 4)
    page.wait_for_timeout(300)
    if page.evaluate("document.querySelectorAll('parsererror').length"):
        found.append("is not read")
    context.close()
    return found


@pytest.mark.browser
def test_a_drawing_that_passes_does_nothing_in_a_browser(browser: Browser, opened: tuple[Path, str]) -> None:
    folder, address = opened
    plain = {"fine.svg": drawing(FINE)}
    plain |= {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.svg")}
    for name, text in plain.items():
        (folder / name).write_text(text, encoding="utf-8")
        assert does(browser, address + name) == [], name
    acts = ("a script", "an event", "url", "url in capitals", "a picture", "srcset", "a style", "a script of XHTML")
    seen = set()
    for name in acts:
        (folder / "x.svg").write_text(
            drawing(PARTS[name].replace("<rect ", '<rect width="9" height="9" ')), encoding="utf-8"
        )
        if does(browser, f"{address}x.svg"):
            seen.add(name)
    assert {"a script", "a picture", "srcset", "a style", "a script of XHTML"} <= seen, (
        "this test sees what drawings do"
    )
