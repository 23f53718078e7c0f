"""The complete list, as data, of everything that pages of the site may contain; `macros.pages.finished` applies it.

There are three lists. The HTML from a page's own Markdown is prose, and has the narrowest. The HTML of macros has more,
but only on the pages that call them. The theme's HTML around both has one place for each element. Nothing else is
published: no script, style, frame, object or form that no line here names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

Elements = Mapping[str, frozenset[str]]
"""Elements, each with the attributes that it may have."""


def _elements(table: str) -> Elements:
    rows = (line.split() for line in table.strip().splitlines())
    return {name: frozenset(attributes) for name, *attributes in rows}


PROSE = _elements("""
a href
blockquote
br
code
dd
details
div class data-ce-search
dl
dt
em
h1 id
h2 id
h3 id
img alt height loading src width
li class
ol
p class
strong
summary
table
tbody
td
th
thead
tr
ul class
""")
"""The elements that pages use in their own Markdown and HTML."""

PLAIN = _elements("""
a title
blockquote id
dd id
div id
dl id
dt id
em id
h4 id
h5 id
h6 id
hr
img title
li id
ol id start
p id
pre
strong id
table id
td id
th id
ul id
""")
"""Other elements that plain Markdown makes, which no page needs yet: deep headings, rules, code, titles, anchors."""

IN_HEADINGS = _elements("""
a href
code
em
img
strong
""")
"""What a heading in prose may hold, with what it must have there. Engines copy headings into a list made of links."""

PROSE_CLASSES = frozenset(["ce-card", "ce-cards", "ce-hero", "ce-lead", "ce-split", "ce-without-scripts"])
"""The classes in the Markdown of pages."""

DRAWN = _elements("""
a aria-current class data-ce-do data-ce-link download hidden href rel
blockquote class data-ce-about
button class data-ce-all data-ce-do data-ce-print hidden type
caption id
datalist id
details class data-field data-kind data-label data-model
dl class
dt id
fieldset aria-describedby class data-ce-ready data-core data-stage data-standard data-title hidden id
figcaption
figure aria-labelledby class id
form aria-label autocomplete class data-ce-assess data-ce-compare data-ce-correct data-ce-councils data-ce-fewest \
data-ce-filter data-ce-find data-ce-gathered data-ce-map data-ce-most data-ce-save data-contact data-downloads \
data-first data-later data-profiles data-repository hidden id method role
h3 class
input accept aria-describedby autocomplete checked data-ce-letter id inputmode list maxlength name required type value
label for id
legend
li class data-core data-find data-principle data-recommendation data-stage data-trust id
nav aria-label class
ol class id
option data-reference value
p class data-ce-code data-ce-compared data-ce-kept data-ce-like data-ce-lost data-ce-none data-ce-progress \
data-ce-several data-ce-unready hidden id role
div aria-label aria-labelledby class data-ce-checklist data-ce-noun data-ce-ready data-ce-rows data-ce-search \
data-ce-unready data-field data-kind data-label data-required hidden id role tabindex
section aria-labelledby class data-ce-group data-ce-ready hidden id tabindex
select id name
span class id role
strong class
svg aria-hidden aria-label aria-labelledby class focusable height role viewBox width
table class data-ce-topic role
tbody role
td class data-label role
template data-model
textarea aria-describedby autocomplete id name rows
th role scope
thead role
time datetime
tr data-ce-trust id role
ul class data-ce-codes
""")
"""The elements that macros draw in addition, on the pages that call them."""

SVG = _elements("""
a aria-current aria-label class href
path d
rect class height rx width x y
text class dominant-baseline dx text-anchor x y
title id
""")
"""The parts of a drawing by a macro."""

ENGINE_CLASSES = frozenset({"headerlink"})
"""The elements that an engine adds to a page's own text: the link next to a heading."""

DRAWN_CLASS = re.compile(r"ce-[a-z0-9]+(?:-[a-z0-9]+)*(?:__[a-z-]+)?(?:--[a-z-]+)?")
"""The pattern of macros' classes; each class must also be in the HTML drawn for the page."""

_WORDS = r"[^\x00-\x08\x0b\x0c\x0e-\x1f]*"
_NAME = r"[a-zA-Z0-9]+(?:[-_.][a-zA-Z0-9]+)*"
_SIZE = r"\d+(?:\.\d+)?%?"
_PATH = r"(?:\.\./)*(?:[a-z0-9-]+/)*"


def _values(table: Mapping[str, str]) -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(form) for names, form in table.items() for name in names.split()}


VALUES = _values(
    {
        "alt title aria-label value data-ce-about data-ce-topic data-core data-find data-label data-kind "
        "data-field data-reference data-stage data-title data-trust data-contact data-ce-noun data-ce-councils": _WORDS,
        "id": r"[a-z0-9]+(?:[-_][a-z0-9]+)*",  # not “__config”, which the theme's scripts look up
        "aria-describedby aria-labelledby for list name data-ce-checklist data-ce-do data-ce-trust data-model "
        "data-standard data-ce-letter data-ce-rows data-ce-search data-ce-filter data-first "
        "data-ce-find": f"{_NAME}(?: {_NAME})*",
        "data-later data-principle data-recommendation": f"(?:{_NAME}(?: {_NAME})*)?",
        "checked download hidden required data-ce-all data-ce-assess data-ce-code data-ce-codes data-ce-compare "
        "data-ce-compared data-ce-correct data-ce-group data-ce-kept data-ce-like data-ce-link "
        "data-ce-lost data-ce-map data-ce-none data-ce-print data-ce-progress data-ce-ready data-ce-save "
        "data-ce-several data-ce-unready": "",
        "width height x y rx dx": _SIZE,
        "data-ce-fewest data-ce-most maxlength rows start": r"\d{1,4}",
        "data-ce-gathered data-downloads data-profiles": _PATH,
        "data-repository": r"(?:https://[^\s\"'<>\\]+)?",
        "accept": "application/json,\\.json",
        "aria-current": "page",
        "aria-hidden": "true",
        "autocomplete": "off",
        "d": r"M[0-9. ]+(?: [AL][0-9. ]+)+ Z",
        "datetime": r"\d{4}-\d\d-\d\d",
        "dominant-baseline": "middle",
        "text-anchor": "end|middle",
        "data-required": "yes",
        "focusable": "false",
        "inputmode": "numeric",
        "loading": "lazy",
        "method": "dialog",
        "rel": "next|prev",
        "role": "cell|columnheader|group|img|note|region|row|rowgroup|rowheader|search|status|table",
        "scope": "col|row",
        "tabindex": "-1|0",
        "type": "button|checkbox|file|radio|search|submit|text",
        "viewBox": r"0 0 \d+ \d+",
    }
)
"""The values that attributes may have. Addresses (`href`, `src`) and classes are checked separately."""


# --- the theme's HTML ------------------------------------------------------------------------------------------------

FORMS = {
    "words": re.compile(_WORDS),
    "base": re.compile(r"/(?:[\w.-]+/?)*|\.|\.\.(?:/\.\.)*"),
    "icon": re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9 .,-]+"),
    "early": re.compile("assets/javascripts/early.js"),
    "script": re.compile(r"assets/javascripts/(?:guide|bundle\.[0-9a-f]{8}\.min)\.js"),
    "module": re.compile("assets/javascripts/parts.js"),
    "parts": re.compile("assets/javascripts/parts.js"),
    "search": re.compile(r"assets/javascripts/search/(?:box|load|rank|words)\.js|search/index\.js"),
    "looks": re.compile("assets/stylesheets/search.css"),
    "style": re.compile(r"assets/stylesheets/(?:tokens|guide|(?:classic/)?(?:main|palette)\.[0-9a-f]{8}\.min)\.css"),
    "moved": re.compile("assets/stylesheets/moved.css"),
    "picture": re.compile(r"assets/images/[a-z0-9-]+\.(?:svg|png)|favicon\.ico"),
    "feed": re.compile(r"(?:[a-z0-9-]+/)+[a-z0-9-]+\.atom"),
    "offline": re.compile("assets/javascripts/offline.js"),
}
"""The patterns for names of values in the lines below; `@page` and `@refresh` are addresses of pages.

Files are named from the top of the site. Other values are literal.
"""

FILES = frozenset(
    ["early", "script", "module", "parts", "search", "looks", "style", "moved", "picture", "feed", "offline"]
)
"""The names among these that stand for files of the site."""


class AllowedPlace(NamedTuple):
    """One line of a list: an element, its parent, and the values of its attributes, separated by `|`."""

    parent: str
    """A name and its classes, in the form of a style sheet: `nav.ce-pager.md-grid`."""
    element: str
    attributes: Mapping[str, str]
    words: bool
    """Whether it may contain text."""


def _places(table: str) -> tuple[AllowedPlace, ...]:
    found = []
    for line in table.strip().splitlines():
        parent, _, rest = f" {line}".partition(" > ")
        words = rest.endswith(" …")
        element, *attributes = re.findall(r'\S+?="[^"]*"|\S+', rest.removesuffix(" …"))
        pairs = (one.partition("=") for one in attributes)
        found.append(AllowedPlace(parent.strip(), element, {name: value[1:-1] for name, _, value in pairs}, words))
    return tuple(found)


ARTICLE = "article.md-content__inner.md-typeset"
"""The one element that holds a page's own content."""

THEME = _places("""
> html.no-js lang="en"
a.ce-brand > img.ce-brand__mark src="@picture" alt="" width="40" height="40"
a.ce-brand > span.ce-brand__words
a.ce-pager__link.ce-pager__link--next > span.ce-pager__title …
a.ce-pager__link.ce-pager__link--next > span.ce-pager__way …
a.ce-pager__link.ce-pager__link--prev > span.ce-pager__title …
a.ce-pager__link.ce-pager__link--prev > span.ce-pager__way …
a.md-nav__link > span.md-ellipsis …
body > a.md-skip href="@page" …
body > div data-md-component="announce"
body > div data-md-component="skip"
body > div.md-container data-md-component="container"
body > div.md-dialog data-md-component="dialog"
body > div.md-dialog data-md-component="dialog" role="status" aria-atomic="true"
body > header.md-header.ce-header data-md-component="header"
body > input.md-toggle data-md-toggle="drawer" type="checkbox" id="__drawer"
body > input.md-toggle data-md-toggle="search" type="checkbox" id="__search"
body > label.md-overlay for="__drawer"
body > label.md-overlay for="__drawer" aria-hidden="true"
body > script id="__config" type="application/json" …
body > script src="@script"
body > script src="@module" type="module"
button.ce-header__button.ce-menu > span …
button.ce-header__button.ce-menu > svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"
button.ce-header__button.ce-palette__button > svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"
a.ce-header__button.ce-search-open > kbd.ce-search-open__key aria-hidden="true" …
a.ce-header__button.ce-search-open > span.ce-search-open__words …
a.ce-header__button.ce-search-open > svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"
button.md-top.md-icon > svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"
div > a.md-skip href="@page" …
div.ce-footer__meta > div.md-grid.ce-footer__inner
div.ce-header__tools > a.ce-header__button.ce-menu-link href="@page" …
div.ce-header__tools > button.ce-header__button.ce-menu type="button" aria-expanded="false" \
aria-controls="ce-nav" data-ce-menu=""
div.ce-header__tools > a.ce-header__button.ce-search-open href="@page" data-ce-search="open"
div.ce-header__tools > div.md-header__option.ce-palette data-md-component="palette"
div.md-container > footer.md-footer.ce-footer
div.md-container > main.md-main data-md-component="main"
div.md-container > nav.ce-tabs aria-label="Sections"
div.md-content > article.md-content__inner.md-typeset
div.md-content > nav.ce-path aria-label="You are here"
div.md-dialog > div.md-dialog__inner.md-typeset
div.md-grid.ce-footer__inner > p.ce-footer__note …
div.md-grid.ce-footer__inner > p.ce-print-address …
div.md-grid.ce-footer__inner > ul.ce-footer__links
div.md-header__inner.md-grid > a.ce-brand href="@page"
div.md-header__inner.md-grid > div.ce-header__tools
div.md-header__option.ce-palette > button.ce-header__button.ce-palette__button type="button" title="Colours: \
dark. Change to same as your device" aria-label="Colours: dark. Change to same as your device" \
data-ce-palette="__palette_0" hidden=""
div.md-header__option.ce-palette > button.ce-header__button.ce-palette__button type="button" title="Colours: \
light. Change to dark" aria-label="Colours: light. Change to dark" data-ce-palette="__palette_2" hidden=""
div.md-header__option.ce-palette > button.ce-header__button.ce-palette__button type="button" title="Colours: same \
as your device. Change to light" aria-label="Colours: same as your device. Change to light" \
data-ce-palette="__palette_1" hidden=""
div.md-header__option.ce-palette > input.md-option type="radio" name="__palette" id="__palette_0" hidden="" \
data-md-color-media="(prefers-color-scheme)" data-md-color-scheme="default" data-md-color-primary="custom" \
data-md-color-accent="custom" aria-label="Colours: same as your device. Change to light"
div.md-header__option.ce-palette > input.md-option type="radio" name="__palette" id="__palette_1" hidden="" \
data-md-color-media="(prefers-color-scheme: light)" data-md-color-scheme="default" data-md-color-primary="custom" \
data-md-color-accent="custom" aria-label="Colours: light. Change to dark"
div.md-header__option.ce-palette > input.md-option type="radio" name="__palette" id="__palette_2" hidden="" \
data-md-color-media="(prefers-color-scheme: dark)" data-md-color-scheme="slate" data-md-color-primary="custom" \
data-md-color-accent="custom" aria-label="Colours: dark. Change to same as your device"
div.md-main__inner.md-grid > div.md-content data-md-component="content"
div.md-main__inner.md-grid > div.md-sidebar.md-sidebar--primary data-md-component="sidebar" data-md-type="navigation"
div.md-main__inner.md-grid > div.md-sidebar.md-sidebar--primary data-md-component="sidebar" \
data-md-type="navigation" hidden=""
div.md-main__inner.md-grid > div.md-sidebar.md-sidebar--secondary data-md-component="sidebar" data-md-type="toc"
div.md-main__inner.md-grid > div.md-sidebar.md-sidebar--secondary data-md-component="sidebar" data-md-type="toc" \
hidden=""
div.md-sidebar.md-sidebar--primary > div.md-sidebar__scrollwrap
div.md-sidebar.md-sidebar--secondary > div.md-sidebar__scrollwrap
div.md-sidebar__inner > nav.ce-nav aria-label="Pages" id="ce-nav"
div.md-sidebar__inner > nav.md-nav.md-nav--secondary aria-label="On this page"
div.md-sidebar__scrollwrap > div.md-sidebar__inner
footer.md-footer.ce-footer > div.ce-footer__meta
footer.md-footer.ce-footer > nav.ce-pager.md-grid aria-label="Previous and next"
head > link rel="alternate feed" type="application/atom+xml" title="@words" href="@feed"
head > link rel="apple-touch-icon" href="@picture"
head > link rel="canonical" href="@page"
head > link rel="icon" href="@picture"
head > link rel="icon" href="@picture" sizes="32x32"
head > link rel="next" href="@page"
head > link rel="preload" as="script" href="@search"
head > link rel="preload" as="style" href="@looks"
head > link rel="prev" href="@page"
head > link rel="stylesheet" href="@style"
head > meta charset="utf-8"
head > meta http-equiv="Content-Security-Policy" content="@policy"
head > meta name="description" content="@words"
head > meta name="generator" content="@words"
head > meta name="referrer" content="no-referrer"
head > meta name="theme-color" content="#12363f"
head > meta name="twitter:card" content="summary_large_image"
head > meta name="viewport" content="width=device-width,initial-scale=1"
head > meta property="og:description" content="@words"
head > meta property="og:image" content="@page"
head > meta property="og:image:alt" content="@words"
head > meta property="og:image:height" content="630"
head > meta property="og:image:type" content="image/png"
head > meta property="og:image:width" content="1200"
head > meta property="og:locale" content="en_GB"
head > meta property="og:site_name" content="@words"
head > meta property="og:title" content="@words"
head > meta property="og:type" content="article"
head > meta property="og:type" content="website"
head > meta property="og:url" content="@page"
head > script async="" fetchpriority="high" src="@search" data-ce-search-at="[data-ce-search=page]"
head > script src="@early" data-base="@base"
head > script type="application/ld+json" …
head > title …
header.md-header.ce-header > div.md-header__inner.md-grid
html.no-js > body dir="ltr" data-md-color-scheme="default" data-md-color-primary="custom" \
data-md-color-accent="custom"
html.no-js > head
li > a href="@page" …
li.ce-nav__item.ce-nav__item--level-1 > a.ce-nav__link href="@page" …
li.ce-nav__item.ce-nav__item--level-1 > a.ce-nav__link href="@page" aria-current="page" …
li.ce-nav__item.ce-nav__item--level-1.ce-nav__item--open > a.ce-nav__link href="@page" …
li.ce-nav__item.ce-nav__item--level-1.ce-nav__item--open > a.ce-nav__link href="@page" aria-current="page" …
li.ce-nav__item.ce-nav__item--level-1.ce-nav__item--open > ul.ce-nav__list
li.ce-nav__item.ce-nav__item--level-2 > a.ce-nav__link href="@page" …
li.ce-nav__item.ce-nav__item--level-2 > a.ce-nav__link href="@page" aria-current="page" …
li.ce-nav__item.ce-nav__item--level-2.ce-nav__item--open > a.ce-nav__link href="@page" …
li.ce-nav__item.ce-nav__item--level-2.ce-nav__item--open > a.ce-nav__link href="@page" aria-current="page" …
li.ce-nav__item.ce-nav__item--level-2.ce-nav__item--open > ul.ce-nav__list
li.ce-nav__item.ce-nav__item--level-2 > a.ce-nav__link href="@page" aria-current="true" …
li.ce-nav__item.ce-nav__item--level-3 > a.ce-nav__link href="@page" …
li.ce-nav__item.ce-nav__item--level-3 > a.ce-nav__link href="@page" aria-current="page" …
li.ce-path__step > a href="@page" …
li.ce-tabs__item > a.ce-tabs__link href="@page" …
li.ce-tabs__item > a.ce-tabs__link href="@page" aria-current="true" …
li.md-nav__item > a.md-nav__link href="@page"
main.md-main > button.md-top.md-icon type="button" data-md-component="top" hidden="" …
main.md-main > div.md-main__inner.md-grid
nav.ce-nav > ul.ce-nav__list.ce-nav__list--top
nav.ce-pager.md-grid > a.ce-pager__link.ce-pager__link--next rel="next" href="@page"
nav.ce-pager.md-grid > a.ce-pager__link.ce-pager__link--prev rel="prev" href="@page"
nav.ce-path > ol.ce-path__list
nav.ce-tabs > ul.ce-tabs__list.md-grid
nav.md-nav.md-nav--secondary > p.md-nav__title aria-hidden="true" …
nav.md-nav.md-nav--secondary > ul.md-nav__list data-md-component="toc" data-md-scrollfix=""
ol.ce-path__list > li.ce-path__step
p.ce-print-address > span data-ce-printed=""
span.ce-brand__words > span.ce-brand__line …
span.ce-brand__words > span.ce-brand__name …
span.ce-search-open__words > span.ce-search-open__more …
span.md-ellipsis > span.md-typeset …
svg > path d="@icon"
ul.ce-footer__links > li
ul.ce-nav__list > li.ce-nav__item.ce-nav__item--level-2
ul.ce-nav__list > li.ce-nav__item.ce-nav__item--level-2.ce-nav__item--open
ul.ce-nav__list > li.ce-nav__item.ce-nav__item--level-3
ul.ce-nav__list.ce-nav__list--top > li.ce-nav__item.ce-nav__item--level-1
ul.ce-nav__list.ce-nav__list--top > li.ce-nav__item.ce-nav__item--level-1.ce-nav__item--open
ul.ce-tabs__list.md-grid > li.ce-tabs__item
ul.md-nav__list > li.md-nav__item
article.md-content__inner.md-typeset > span id="__skip" tabindex="-1"
article.md-content__inner.md-typeset > span id="ce-main" tabindex="-1"
article.md-content__inner.md-typeset > section.ce-provenance aria-label="About the evidence on this page"
section.ce-provenance > p …
p > strong …
section.ce-provenance > ul.ce-provenance__links
ul.ce-provenance__links > li
ul.ce-provenance__links > li.ce-provenance__ways …
li.ce-provenance__ways > a href="@page" …
li.ce-provenance__ways > a href="@page" data-ce-suggest="" …
""")
"""The elements that the theme draws on every page, under either engine."""

PLAIN_THEME = _places("""
li.md-nav__item > nav.md-nav aria-label="@words"
nav.md-nav > ul.md-nav__list
li.ce-tabs__item > a.ce-tabs__link href="@page" aria-current="page" …
span.md-typeset > code …
span.md-typeset > em …
span.md-typeset > strong …
""")
"""The theme's elements for things that no page needs yet: deep headings, marked-up headings, one-page sections."""

OFFLINE = _places("""
head > script src="@offline"
body > script src="@parts" defer=""
""")
"""The elements that the offline edition adds to pages."""

MOVED = _places("""
> html lang="en-GB"
html > head
head > meta charset="utf-8"
head > meta http-equiv="Content-Security-Policy" content="@policy"
head > meta name="referrer" content="no-referrer"
head > meta name="viewport" content="width=device-width, initial-scale=1"
head > title …
head > meta name="robots" content="noindex"
head > link rel="canonical" href="@page"
head > meta http-equiv="refresh" content="@refresh"
head > link rel="stylesheet" href="@moved"
html > body
body > main
main > h1 …
main > p …
main > ul
p > a href="@page" …
p > em …
p > strong …
ul > li …
li > a href="@page" …
li > em …
li > strong …
em > a href="@page" …
em > strong …
strong > a href="@page" …
strong > em …
a > em …
a > strong …
""")
"""The elements of the pages at addresses that have moved."""


# --- the book for paper ----------------------------------------------------------------------------------------------

BOOK = _elements("""
html lang
head
meta charset content name
title
body
a class href id title
article class
blockquote class id
br
caption id
code
dd id
div class id
dl class id
dt id
em id
figcaption
figure class id
h1 class id
h2 class id
h3 class id
h4 class id
h5 class id
h6 class id
hr
img alt class id src
li class id
nav class
ol class id start
p class id
pre
section class id
span class id style
strong class id
svg aria-label aria-labelledby class height role viewBox width
table class id
tbody
td class id
th class colspan id scope
thead
time
tr id
ul class id
""")
"""The elements of the book, once everything that needs a screen has been removed."""

BOOK_SVG = _elements("""
a aria-current aria-label class href
path d
rect class height rx width x y
style
text class dominant-baseline dx text-anchor x y
title id
""")

BOOK_VALUES = {
    **VALUES,
    **_values(
        {
            "aria-labelledby id": rf"{_NAME}(?:--{_NAME})*",
            "charset": "utf-8",
            "colspan": "[2-9]",
            "class": r"[a-z0-9_-]+(?: [a-z0-9_-]+)*",
            "content": _WORDS,
            "lang": "en-GB",
            "name": "author|description|dcterms\\.(?:created|modified)",
            "scope": "col|row|rowgroup",
            "style": rf"width:{_SIZE}",
        }
    ),
}
"""The values of attributes in the book, where they differ from those on pages."""
