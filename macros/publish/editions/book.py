"""The guide as one HTML document for paper: title page, contents, and every page without parts for screens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.element import Stylesheet
from markupsafe import Markup

from macros.publish.editions.contents import ContentsEntry, read_contents, read_pages, resolve
from macros.publish.editions.edition import Edition
from macros.publish.editions.typesetter import Colours
from macros.views.shared.templates import render

WIDE = 5
"""The number of columns from which a table gets pages of its own, turned on their side."""

_NOT_IN_BOOK = (
    ".headerlink, .ce-no-print, [hidden], .ce-find, .ce-filter, .ce-nav-topics, .ce-pager, .ce-wheel--small ol, "
    ".ce-provenance, .ce-hidden, .ce-more > summary, button, script, template, noscript, dialog, datalist, "
    "input[type=hidden], input[type=file], .ce-chart__svg--narrow, .ce-repeated"
)
"""What has no use in a book: it needs a screen, or stands in full on another page."""
SECTIONS_LEFT_OUT = "h2#changes, h2#correct, h2#standards:has(+ details)"
"""The headings of sections that the book omits: they need a screen, or repeat what each standard says."""
_PLAIN = {"form": "div", "fieldset": "div", "legend": "p", "label": "span", "details": "div", "summary": "p"}
"""Elements that need a screen, and their replacements on paper. A class `plain-…` keeps the old name."""
_BLANKS = {
    "checkbox": ["blank-box"],
    "radio": ["blank-box", "blank-box--round"],
    "textarea": ["blank-lines"],
}
"""The replacement of a field by its kind; a line for all other kinds."""
_ATTRIBUTES = {"class", "id", "href", "scope", "colspan", "rowspan", "start", "src", "alt", "lang"}
_HEADING = re.compile("h([1-6])")


@dataclass(frozen=True)
class Chapter:
    """One entry of the contents in the book."""

    title: str
    level: int
    """The level of its heading; 1 for a part."""
    anchor: str
    page: Markup | None
    """Its first page; a part, or a heading over pages, has no page of its own."""
    chapters: tuple[Chapter, ...]


def compose(site: Path, edition: Edition, drawings: str) -> str:
    """Return the whole of a built site as one HTML document; raises EditionError.

    `drawings` is the style for the inside of SVGs, which the book's own style sheet does not reach.
    """
    pages = read_pages(site)
    contents = read_contents(pages)
    home = pages[""]
    history = _words(home.select_one(".ce-provenance > p"))  # before the parts for screens are removed
    address = _attribute(home, "link[rel=canonical]", "href")
    colours = Colours.read(site)
    articles = {url: _article(page) for url, page in pages.items()}
    for url, article in articles.items():
        _make_plain(article)
        _draw_without_styles(article, colours.put_into(drawings), colours)
        for one in article.select("[id]"):
            one["id"] = f"{_name(url)}--{one['id']}"
    ids = {url: {str(one["id"]) for one in article.select("[id]")} for url, article in articles.items()}
    for url, article in articles.items():
        _join(article, url, ids, address)
    return render(
        "book.html",
        title=_attribute(home, "meta[property='og:site_name']", "content"),
        strapline=_words(home.select_one(".ce-brand__line")),
        description=_attribute(home, "meta[name=description]", "content"),
        history=history,
        address=address,
        edition=edition,
        chapters=[_chapter(entry, articles, 1) for entry in contents],
    )


def _attribute(page: BeautifulSoup, selector: str, name: str) -> str:
    one = page.select_one(selector)
    return str(one[name]) if one else ""


def _words(part: Tag | None) -> str:
    return " ".join(part.get_text().split()) if part else ""


def _article(page: BeautifulSoup) -> Tag:
    article = page.select_one("main article")
    assert article is not None  # noqa: S101 - read_pages omits pages without one
    return article


def _name(url: str) -> str:
    """Return the prefix of a page's ids: `trusts/luton/` → `trusts-luton`."""
    return url.strip("/").replace("/", "-") or "home"


def _start(url: str) -> str:
    """Return the id of a page's first heading."""
    return f"page-{_name(url)}"


# --- a page on paper -------------------------------------------------------------------------------------------------


def _make_plain(article: Tag) -> None:
    """Remove everything that needs a screen, and replace fields with boxes and lines to fill in by pen.

    Sources are named but not linked: there are thousands, and the list of them is not in the book.
    """
    for heading in article.select(SECTIONS_LEFT_OUT):
        while (after := heading.find_next_sibling()) is not None and after.name not in {"h1", "h2"}:
            after.decompose()
        heading.decompose()
    for one in article.select("a.ce-source"):
        one.name = "span"
        del one["href"]
    for one in article.select(_NOT_IN_BOOK):
        if not one.decomposed:
            one.decompose()
    for one in article.select("input, select, textarea"):
        blank = _new("span")  # not the old element renamed, as that would be written without an end tag
        _mark(blank, *_BLANKS.get(str(one.get("type", one.name)), ["blank-line"]))
        one.replace_with(blank)
    for one in article.find_all(list(_PLAIN)):
        _mark(one, f"plain-{one.name}")
        one.name = _PLAIN[one.name]
    for space in [one for many in article.select("ul, ol") for one in many.find_all(string=True, recursive=False)]:
        space.extract()  # between items on one line it would be an item that is none
    for table in article.select("table"):
        if max((len(row.find_all(["th", "td"], recursive=False)) for row in table.select("tr")), default=0) >= WIDE:
            _mark(table.find_parent(class_="ce-scroll") or table, "wide")
    drawn = {id(one) for svg in article.select("svg") for one in (svg, *svg.find_all(True))}
    for one in article.find_all(True):
        if id(one) not in drawn:
            one.attrs = {name: value for name, value in one.attrs.items() if name in _ATTRIBUTES}


def _draw_without_styles(article: Tag, drawings: str, colours: Colours) -> None:
    """Replace the style sheets of drawings: bars become boxes, and everything else gets literal colours."""
    for svg in article.select("svg.ce-bar"):
        bar = _new("span")
        _mark(bar, "bar", *svg.get_attribute_list("class"))
        for rect in svg.select("rect"):
            part = _new("span")
            _mark(part, "bar__part", *rect.get_attribute_list("class"))
            part["style"] = f"width:{rect['width']}"
            bar.append(part)
        svg.replace_with(bar)
    for svg in article.select("svg"):
        for one in (svg, *svg.find_all(True)):
            one.attrs = {name: colours.put_into(str(value)) for name, value in _joined(one).items()}
            if one.name == "style" and one.string:
                one.string = colours.put_into(one.string)
        if (title := svg.find("title", recursive=False)) is None:
            title = _new("title")
            title.string = str(svg.get("aria-label") or "A drawing of what stands beside it")
            svg.insert(0, title)
        style = _new("style")
        style.append(Stylesheet(drawings))
        svg.insert(1, style)


def _mark(one: Tag, *classes: str) -> None:
    one["class"] = " ".join(filter(None, [*one.get_attribute_list("class"), *classes]))


def _new(name: str) -> Tag:
    return BeautifulSoup("", "lxml").new_tag(name)


def _joined(one: Tag) -> dict[str, str]:
    return {name: " ".join(value) if isinstance(value, list) else value for name, value in one.attrs.items()}


# --- one book from many pages ----------------------------------------------------------------------------------------


def _join(article: Tag, url: str, ids: Mapping[str, set[str]], address: str) -> None:
    """Point the links of a page to places in the book, or to the guide on the web if the target is not in the book.

    Pictures are named by their paths in the site's folder.
    """
    for picture in article.select("img[src]"):
        picture["src"] = resolve(str(picture["src"]), url)
    for link in article.select("a[href]"):
        target, _, anchor = resolve(str(link["href"]), url).partition("#")
        target = target.partition("?")[0]
        if target in ids:
            place = f"{_name(target)}--{anchor}"
            link["href"] = f"#{place if place in ids[target] else _start(target)}"
            _mark(link, "within")
        elif re.match(r"[a-z]+:", target):
            words = _words(link)
            bare = re.sub(r"^(mailto:|https?://)|\?.*$|/$", "", target)
            if bare not in words:
                _mark(link, "elsewhere")
                link["title"] = bare
        else:
            link["href"] = address + target
            _mark(link, "download")


def _chapter(entry: ContentsEntry, articles: Mapping[str, Tag], level: int) -> Chapter:
    """Return an entry of the contents with the entries below it. A part begins with a page of its own."""
    if level == 1 and entry.children:
        first = [] if entry.url is None else [ContentsEntry(entry.title, entry.url)]
        within = tuple(_chapter(one, articles, 2) for one in (*first, *entry.children))
        return Chapter(entry.title, 1, f"part-{within[0].anchor}", None, within)
    within = tuple(_chapter(one, articles, level + 1) for one in entry.children)
    if entry.url is None:
        return Chapter(entry.title, level, f"over-{within[0].anchor}", None, within)
    article = articles[entry.url]
    title = _set_headings(article, level, _start(entry.url)) or entry.title
    return Chapter(title, level, _start(entry.url), Markup(article.decode_contents()), within)  # noqa: S704 - our own page


def _set_headings(article: Tag, level: int, anchor: str) -> str:
    """Move the headings of a page below its part's, mark the first as its beginning, and return the first's text."""
    title = article.select_one("h1")
    for heading in article.find_all(_HEADING):
        depth = int(heading.name[1])
        _mark(heading, f"depth-{depth}")
        heading.name = f"h{min(level + depth - 1, 6)}"
    if title is not None:
        title["id"] = anchor
    return _words(title)
