"""Injection: what somebody writes into any text of the guide is refused, or shown as text. It never runs."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Annotated, Any
from xml.etree import ElementTree

import icalendar
import pytest
import shipped
from bs4 import BeautifulSoup
from jinja2 import nodes
from mistakes import ROOT, Folder
from once import made_once
from playwright.sync_api import Browser, Page
from pydantic import TypeAdapter, ValidationError
from text_fields import ALL, PAYLOADS, models, strings, text_fields

from macros.derived import downloads
from macros.model import text
from macros.model.base import SLUG
from macros.pages.parser_bypass import marked
from macros.pages.source_page import SourcePage
from macros.publish.engine import ENGINES
from macros.reading.guide import Guide, load
from macros.views.shared import templates as render

Note = Callable[[str, object], None]


def test_the_corpus_is_large() -> None:
    assert len(set(ALL)) == len(ALL) >= 150
    assert len(PAYLOADS) >= 10


# --- fields -------------------------------------------------------------------------------------------------------


def test_every_string_of_the_schema_is_safe_text_or_refuses_the_whole_corpus() -> None:
    for model in models():
        for name, limits in strings(model):
            if (model, name) not in text_fields():
                adapter = TypeAdapter(Annotated[str, *limits])  # type: ignore[valid-type]
                accepted = [one for one in ALL if accepts(adapter, one)]
                # An address of the web is one, wherever it leads.
                odd = [one for one in accepted if not re.fullmatch(r"[a-z0-9.-]+|https?://[a-z.]+/", one)]
                assert odd == [], f"{model.__name__}.{name}"


def accepts(adapter: TypeAdapter[Any], text: str) -> bool:
    try:
        adapter.validate_python(text)
    except ValidationError:
        return False
    return True


def test_every_field_refuses_a_payload_or_shows_it_as_text(record_property: Note) -> None:
    """What a field takes is drawn as the same words, with no tag but those of the small part of Markdown."""
    became: Counter[str] = Counter()
    drawn: dict[str, bool] = {}
    for field in text_fields().values():
        for payload in ALL:
            became["cases"] += 1
            if not field.accepts(payload):
                became["refused"] += 1
                continue
            became["shown"] += 1
            if payload not in drawn:
                drawn[payload] = is_text(payload)
            assert drawn[payload], payload
    assert became["refused"] and became["shown"]
    for name, value in {"kind": f"payloads in {len(text_fields())} text fields", **became}.items():
        record_property(name, value)


def is_text(words: str) -> bool:
    ways = (
        "{{ words }}",
        "{{ words|inline }}",
        "{{ words|prose }}",
        '<p title="{{ words }}">',
        "## {{ words }} {: #x }",
    )
    for way in ways:
        html = render._environment("the report").from_string(way).render(words=words.strip())
        reader = _Tags()
        reader.feed(html.removeprefix("## ").removesuffix(" {: #x }"))
        reader.close()
        assert reader.tags <= {"p", "ul", "li", "strong", "em", "a", "br", "ol"}, (way, words, reader.tags)
        assert reader.attributes <= {"href", "title", "start"}, (way, words)
        assert all(re.match(r"https?://|mailto:", link) for link in reader.links), (way, words)
        if "prose" not in way and "inline" not in way:
            assert "".join([*reader.words, *reader.titles]).split() == words.split(), (way, words)
    return True


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.titles: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.titles += [value or "" for name, value in attrs if name == "title"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


# --- names of files -----------------------------------------------------------------------------------------------


def names() -> list[str]:
    """The payloads that a file system takes for names."""
    whole = [one for one in ALL if not {"/", "\0"} & set(one) and len(one.encode()) < 200]
    return [one for one in whole if not one.startswith(".") and not re.fullmatch(SLUG, one)]


def test_a_file_of_the_data_with_such_a_name_is_refused(data: Folder, record_property: Note) -> None:
    for name in names():
        (data / f"standards/{name}.yml").write_text("name: x\n", encoding="utf-8")
    told = data.problems()
    refused = [line for line in told if "found the file name “" in line]
    assert len(refused) == len(names())
    record_property("kind", "payloads as names of data files")
    record_property("cases", len(names()))
    record_property("refused", len(refused))


def test_a_page_with_such_a_name_is_refused(docs: Folder, record_property: Note) -> None:
    for number, name in enumerate(names()):
        front = f"---\ntitle: Page {number}\ndescription: Words {number}.\n---\n"
        (docs / f"{name}.md").write_text(front, encoding="utf-8")
    refused = {line.partition(":1:1: ")[0] for line in docs.problems() if "found the file name" in line}
    assert len(refused) == len(names())
    record_property("kind", "payloads as names of pages")
    record_property("cases", len(names()))
    record_property("refused", len(refused))


@pytest.mark.parametrize("name", ["x.html", "x.markdown", "x.MD", "x.svg", "x.xml", "x.js", "about/x.html"])
def test_a_file_that_an_engine_would_copy_as_it_is(docs: Folder, name: str) -> None:
    (docs / name).write_text("<script>alert(1)</script>", encoding="utf-8")
    (line,) = docs.problems()
    assert line.startswith(f"docs/{name}:1:1: found a file that is neither a page nor below assets/, {name}; ")


@pytest.mark.parametrize(
    "drawing",
    [
        "<script>alert(1)</script>",
        '<path onload="alert(1)"/>',
        '<a href="javascript:alert(1)"/>',
        '<image href="https://evil.example/x.png"/>',
        '<path fill="url(https://evil.example/#x)"/>',
        '<style>@import "https://evil.example"</style>',
        "<foreignObject/>",
        "</svg>",
    ],
)
def test_a_drawing_holds_no_script_and_fetches_nothing(docs: Folder, drawing: str) -> None:
    (docs / "assets").mkdir()
    (docs / "assets/x.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{drawing}</svg>', encoding="utf-8")
    assert {line.partition(": ")[0] for line in docs.problems()} == {"docs/assets/x.svg:1:1"}
    doctype = (
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>'
    )
    (docs / "assets/x.svg").write_text(doctype, encoding="utf-8")
    assert "found a declaration in a drawing" in docs.problems()[0]


def test_a_link_out_of_the_folder_of_pages_is_refused(docs: Folder) -> None:
    (docs / "about/secret.md").symlink_to("/etc/passwd")
    (docs / "all").symlink_to("/etc")
    told = docs.problems()
    assert {line.partition(":1:1: ")[0] for line in told} >= {"docs/about/secret.md", "docs/all"}
    assert not any("root:" in line for line in told)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- Home: index.md", '- "<img src=x onerror=alert(1)>": index.md'),
        ("- Home: index.md", "- Home: javascript:alert(1)"),
        ("- Home: index.md", "- Home: https://evil.example"),
        ("- Home: index.md", '- "{{ 7*7 }}": index.md'),
        ("- Home: index.md", "- &amp;lt;script&gt;: index.md"),
        ("- Home: index.md", "- !ENV HOME"),
    ],
)
def test_names_in_the_menu_are_plain_words(docs: Folder, old: str, new: str) -> None:
    docs.change(".nav.yml", old, new)
    assert any(line.startswith("docs/.nav.yml:3:") for line in docs.problems())


# --- escaping is in one place -------------------------------------------------------------------------------------


def templates() -> Iterator[tuple[str, nodes.Template]]:
    environment = render._environment("the report")
    for path in sorted(render.TEMPLATES.glob("*.html")):
        yield path.name, environment.parse(path.read_text(encoding="utf-8"))


def test_no_template_bypasses_the_escaping() -> None:
    assert render._environment("the report").autoescape is True
    for name, tree in templates():
        filters = {one.name for one in tree.find_all(nodes.Filter)}
        assert not filters & {"safe", "forceescape", "xmlattr", "tojson", "attr", "map"}, name
        assert not [*tree.find_all((nodes.ScopedEvalContextModifier, nodes.EvalContextModifier, nodes.MarkSafe))], name
        assert not [one for one in tree.find_all(nodes.Getattr) if one.attr.startswith("_")], name


DOCUMENTS = {"book.html", "moved.html", "paper.html", "survey_form.html"}
"""Templates of whole documents, which have a head."""
STYLE = re.compile(r"<style>[^{}<]*(?:\{[^{}%<]*(?:\{[^{}%<]*\}[^{}%<]*)*\}[^{}<]*)*</style>")
"""A style in which a template puts nothing."""


def test_no_template_puts_words_where_escaping_does_not_help() -> None:
    """Not into a script, a style, the name of an attribute, or an attribute without quotation marks."""
    for path in sorted(render.TEMPLATES.glob("*.html")):
        markup = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        if path.name in DOCUMENTS:
            markup = STYLE.sub("", markup)
        assert not re.search(r"<(?:script|style|iframe|object|embed|base)\b", markup), path.name
        assert path.name in DOCUMENTS or not re.search(r"<(?:meta|link)\b", markup), path.name
        assert not re.search(r"\s(?:on[a-z]+|style|srcdoc|formaction)\s*=", markup), path.name
        bare = markup.replace('content="0; url={{ to }}"', "")  # where a page that moved leads to
        assert not re.search(r"\s[a-z-]+=\{\{", bare), path.name
        for quoted in re.findall(r'="[^"]*\{\{[^"]*"', markup):
            assert "'" not in re.sub(r"\{[{%].*?[}%]\}", "", quoted), (path.name, quoted)


SAFE = {
    "model/text.py": 2,  # the small part of Markdown becomes HTML
    "views/shared/templates.py": 2,  # escapes by itself; a template made it
    "views/shared/page.py": 1,  # a template made it
    "views/shared/facts.py": 1,  # nothing
    "views/charts.py": 1,  # a template made it
    "views/papers/paper.py": 3,  # templates made them
    "views/report.py": 1,  # words of ours, with a value that it escapes
    "views/compare.py": 1,  # nothing
    "views/survey_results.py": 1,  # nothing
    "views/corrections.py": 1,  # an address, which it escapes
    "publish/editions/book.py": 1,  # a page of the built site
}
"""Where HTML is said to be safe: how often, and why it is."""


def test_nothing_else_is_said_to_be_safe() -> None:
    found: dict[str, int] = {}
    for path in sorted((ROOT / "macros").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Markup", "mark_safe"}:
                name = path.relative_to(ROOT / "macros").as_posix()
                found[name] = found.get(name, 0) + 1
                inside = node.args[0]
                assert isinstance(inside, ast.Call | ast.Constant), ast.unparse(node)  # never a text put together here
    assert found == SAFE


# --- downloads ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bad(poisoned: Path) -> Guide:
    return load(poisoned / "data")


@pytest.fixture(scope="module")
def files(bad: Guide) -> dict[str, bytes]:
    return downloads.contents(bad, "https://x.example/")


def test_no_cell_of_a_download_is_a_formula(files: dict[str, bytes]) -> None:
    cells = 0
    for name in [name for name in files if name.endswith(".csv")]:
        for row in csv.reader(io.StringIO(files[name].decode(), newline="")):
            for cell in row:
                cells += 1
                assert not re.match(r"[=+\-@\t\r\n]", cell) or re.fullmatch(r"[+-]?\d+(\.\d+)?", cell), (name, cell)
    assert cells > 1000


def test_an_apostrophe_is_put_before_lists_only(bad: Guide, files: dict[str, bytes]) -> None:
    """Downloads stay faithful: the data hold no text that begins as a formula does, but for the hyphen of a list."""
    del bad
    for name in [name for name in files if name.endswith(".csv")]:
        for row in csv.reader(io.StringIO(files[name].decode(), newline="")):
            for cell in row:
                first = cell.removeprefix("'").split("; ")[0]  # of a list, which is one cell
                assert not re.match(r"'[=+@\t]", cell) or first in ALL or f"'{first}" in ALL, cell


def test_json_says_what_the_data_say(bad: Guide, files: dict[str, bytes]) -> None:
    told = {one["slug"]: one for one in json.loads(files["trusts.json"])}
    assert {slug: one["name"] for slug, one in told.items()} == {one.slug: one.name for one in bad.trusts}
    assert [one["term"] for one in json.loads(files["framework.json"])["arguments"][:0]] == []


def test_the_calendar_has_an_event_for_each_plan_and_no_line_of_its_own(bad: Guide, files: dict[str, bytes]) -> None:
    calendar = icalendar.Calendar.from_ical(files["timetable.ics"])
    events = calendar.walk("VEVENT")
    assert len(events) == sum(plan.when is not None for trust in bad.trusts for plan in trust.plans)
    known = {"UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL"}
    assert {name for event in events for name in event} == known
    said = {str(event["DESCRIPTION"]) for event in events}
    assert said == {text.to_plain(plan.what) for trust in bad.trusts for plan in trust.plans if plan.when}


def test_documents_are_plain_words(files: dict[str, bytes]) -> None:
    documents = [name for name in files if name.endswith(".docx")]
    assert documents
    for name in documents:
        with zipfile.ZipFile(io.BytesIO(files[name])) as archive:
            for part in archive.namelist():
                if part.endswith((".xml", ".rels")):
                    tree = ElementTree.fromstring(archive.read(part))  # noqa: S314 - of our own making
                    tags = {str(one.tag).rpartition("}")[2] for one in tree.iter()}
                    assert not tags & {"instrText", "fldSimple", "object", "altChunk", "attachedTemplate"}, (name, part)
                    assert not [one for one in tree.iter() if one.get("TargetMode") == "External"], (name, part)


# --- the built site -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=list(ENGINES))
def built(request: pytest.FixtureRequest, poisoned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The poisoned guide as a site."""

    def make(target: Path) -> None:
        subprocess.run(
            [sys.executable, "-m", "macros", "build", "--engine", request.param, "--site-dir", str(target)],
            cwd=poisoned,
            check=True,
        )

    return made_once(tmp_path_factory, f"poisoned-{request.param}", make)


@pytest.mark.slow
def test_what_is_not_refused_is_shown_as_text(built: Path, poisoned: Path, record_property: Note) -> None:
    noted = json.loads((poisoned / "poisoned.json").read_text(encoding="utf-8"))
    assert len(set(noted["taken"])) > 80
    pages = [BeautifulSoup(path.read_bytes(), "lxml") for path in sorted(built.rglob("*.html"))]
    shown = " ".join(" ".join(page.get_text().split()) for page in pages)
    for payload in sorted(set(noted["taken"])):
        plain = " ".join(text.to_plain(payload).split())
        assert plain in shown or " ".join(payload.split()) in shown, payload
    for path in sorted((poisoned / "docs/payloads").glob("title-*.md")):
        title = SourcePage(path.name, path.read_text(encoding="utf-8")).title
        page = BeautifulSoup((built / "payloads" / path.stem / "index.html").read_bytes(), "lxml")
        assert page.title is not None
        assert page.title.get_text().split()[: len(title.split())] == title.split()
    record_property("kind", f"payloads in all texts, built by {built.name.split('-')[1]}")
    record_property("cases", noted["texts"])
    record_property("shown", len(noted["taken"]))


AUDIT = r"""() => {
  const bad = [];
  const own = new URL(document.baseURI).origin;
  for (const one of document.querySelectorAll("*")) {
    const tag = one.tagName.toLowerCase();
    if (["iframe", "object", "embed", "base", "frame", "applet", "portal"].includes(tag)) bad.push(`<${tag}>`);
    if (tag === "script" && !one.src && !/json/.test(one.type)) bad.push(`a script: ${one.textContent.slice(0, 60)}`);
    if (tag === "meta" && /refresh/i.test(one.httpEquiv)) bad.push("<meta refresh>");
    if (one.id === "__config" && tag !== "script") bad.push("__config");
    for (const { name, value } of one.attributes) {
      if (/^on/i.test(name)) bad.push(`${tag} ${name}`);
      if (name === "style" && /url|expression|import/i.test(value)) bad.push(`${tag} ${name}=${value}`);
      if (/^(href|src|action|formaction|data|poster|srcset|xlink:href)$/i.test(name)) {
        const address = new URL(value.split(" ")[0] || ".", document.baseURI);
        if (!/^(https?|mailto):$/.test(address.protocol)) bad.push(`${tag} ${name}=${value}`);
        if (name !== "href" && address.origin !== own) bad.push(`${tag} ${name}=${value}`);
      }
    }
  }
  return [...new Set(bad)];
}"""


@pytest.mark.slow
@pytest.mark.browser
def test_nothing_runs_and_nothing_is_fetched(built: Path, browser: Browser, record_property: Note) -> None:
    """Pages in a real browser: no dialog, no error, no breach of the policy, no request to elsewhere.

    All pages that MkDocs builds, and a third of those that Zensical does: what stands in them is the same. Those that
    lead on to another are left out: a browser would follow them, and the guard has judged each before.
    """
    found: list[str] = []
    visited = 0
    with shipped.serving(built) as address, closing(browser.new_page()) as page:
        page.add_init_script(
            "for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => { window.__hit = 1 }"
        )
        page.on("dialog", lambda dialog: (found.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: found.append(f"error: {error}"))
        page.on("console", lambda one: found.append(one.text) if one.type == "error" else None)
        page.on("request", lambda one: None if one.url.startswith((address, "data:")) else found.append(one.url))
        stay = [path for path in sorted(built.rglob("*.html")) if b'http-equiv="refresh"' not in path.read_bytes()]
        for path in stay[:: 1 if built.name.endswith("mkdocs") else 3]:
            url = path.relative_to(built).as_posix().removesuffix("index.html")
            page.goto(address + url)
            found += [f"{url}: {one}" for one in look(page)]
            visited += 1
            assert found == [], url
        page.goto(f"{address}?q=alert")
        page.wait_for_timeout(3000)
        assert look(page) == []
    assert found == []
    assert visited > 100
    record_property("kind", f"built pages in Chromium, by {built.name.split('-')[1]}")
    record_property("cases", visited)
    record_property("shown", visited)


def look(page: Page) -> list[str]:
    found: list[str] = page.evaluate(AUDIT)
    return [*found, "something ran"] if page.evaluate("window.__hit === 1") else found


def test_a_drawn_heading_takes_no_attribute_of_the_data() -> None:
    for payload in PAYLOADS["attributes"]:
        assert "onclick" not in re.sub("<!--.*?-->", "", marked(f"## {payload} {{: #x }}\n\n<p>x</p>"))
