"""Fragments of pages that an attacker, an accident or a program might write, drawn from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

TAGS = (
    "script style iframe object embed form input button select option textarea template noscript svg math title base "
    "meta link plaintext xmp listing noembed noframes frameset body html head main article footer header nav section "
    "div span p a b i s u em strong code pre ul ol li dl dt dd table thead tbody tr td th caption colgroup col h1 h2 "
    "h3 details summary img image br hr blockquote label marquee font center foreignObject annotation-xml mi mglyph "
    "slot dialog portal video audio source track area map param ruby rt rp x-y ce-end ins del time q abbr cite"
).split()
ATTRIBUTES = (
    'href="javascript:alert(1)"', 'href="java&#9;script:alert(1)"', "href=//evil.example", 'href="/\\evil.example"',
    'href="a.md"', 'src="https://evil.example/x"', "src=x onerror=alert(1)", "onclick=alert(1)", 'style="color:red"',
    'class="md-overlay"', 'class="ce-card"', 'class="headerlink"', 'class="ce-no-print"', 'id="__config"',
    'id="ce-nav"',
    'id="a"', "id=a.b", "hidden", 'data-ce-do="mail"', 'data-ce-search="page"', "data-ce-printed", "contenteditable",
    "autofocus", "tabindex=0", 'role="alert"', "formaction=javascript:alert(1)", "srcdoc=x", "target=_blank",
    'http-equiv="refresh" content="0;url=https://evil.example"', "markdown", 'markdown="1"', 'markdown="block"',
    'markdown="span"', 'srcset="//evil.example/x"', "xlink:href=javascript:alert(1)", "a=`b`", "/", "=", '"', "'",
    "shadowrootmode=open", "is=x", "background=//evil.example", "ping=//evil.example", 'start="2"', "reversed",
)  # fmt: skip
MARKUP = (
    "[x](javascript:alert(1))", "[x](<java\nscript:alert(1)>)", "[x](//evil.example)", "[x]: javascript:alert(1)",
    "[x][x]", "[x](a.md){: .md-consent__overlay }", "{: onclick=alert(1) }", "{: .md-overlay }", "{: #__search }",
    "{: data-toc-label='<script>' }", "{: style=color:red }", "{: href=javascript:alert(1) }", "![x](//evil.example)",
    "![x](javascript:x)", "![x](a.png){: onerror=alert(1) }", "<javascript:alert(1)>", "<https://a.example>", "`", "``",
    "```", "~~~", "```html\n", "~~~ {.x onclick=alert(1)}\n", "<!--", "-->", "--!>", "<!-->", "<!--->", "<![CDATA[",
    "]]>", "<![foo[ x", "<![if x]>", "<!DOCTYPE x", "<!x>", "<?php", "?>", "</", "<", ">", "&lt;script&gt;", "&#60;",
    "&#x3c;script&#x3e;", "&", "\\<script>", "\\`", "* ", "- ", "1. ", "> ", "    ", "\t", "# ", "## T ", "===", "---",
    "***", "| a | b |\n|---|---|\n| ", " | ", "|:-:|---|", "*", "**", "_", "__", ":   ", "\n", "\n\n", "\n    ", " ",
    "Words", "word ", "<https:x onclick=alert(1)>", "\x02", "\x03", "\x02wzxhzdk:0\x03", "klzzwxh:0000", "\x0c", "\x0b",
    "\u2028", "\x85", "\xa0", "[^1]", "*[x]: y", "::: x", "!!! x", "[TOC]", "[[x]]", "&#1;", "<a/>", "<a href",
    "<div markdown>", "</div>", "<p markdown='span'>", "</p>", "</article>", "</main>", "</body>", "</html>",
)  # fmt: skip
CALLS = (
    '{{ figure("trusts") }}', '{{ term("commissioning-framework", "commissioning framework") }}', "{{ contact() }}",
    '{{ source("clear-expectations#recommendations(7)") }}', "{{ repository_link() }}", "{{ proposal() }}",
    "{{- proposal() -}}", "{{ checklist_list() }}", "{{ trust_links() }}", '{{ timeline("2004", "2012") }}',
    "{{ worry_links() }}", "\n\n{{ checklist_list() }}\n\n", "\n{{ trust_links() }}\n", "\n    {{ stage_tasks() }}\n",
)  # fmt: skip
FRONTS = (
    "---\n", "...\n", "--- \n", "----\n", "...  \n", "---\t\n", " ---\n", "title: T\n", "Title: T\n",
    "description: D\n",
    "hide: [navigation]\n", "provenance: false\n", "# <script>alert(1)</script>\n", "\n", "    more\n", "\tmore\n",
    "title: >-\n  a\n", "title: |\n  ---\n  a\n", "&a x: y\n", "%YAML 1.2\n", "x: <script>\n", "- a\n", "{a: b}\n",
    "\ufeff", "\r\n", "\r", "\x85", "\u2028", "template: main.html\n", "json_ld: </script>\n", "+++\n", ";;;\n",
    "{\n}\n",
    "title: T\ntitle: U\n", "<script>alert(1)</script>\n", "{{ proposal() }}\n", "'---'\n", "...---\n", "--- a\n",
    "provenance: <b>\n", "trail: [a]\n", "status: new\n", "tags: [a]\n", "icon: a/b\n", "search:\n  a: b\n",
)  # fmt: skip


def fragments(seed: int, number: int) -> Iterator[str]:
    """Yield fragments of the text of a page."""
    chance = random.Random(seed)
    for _ in range(number):
        yield "".join(_piece(chance) for _ in range(chance.choice((1, 1, 2, 2, 3, 4, 6, 9))))


def tops(seed: int, number: int) -> Iterator[str]:
    """Yield whole pages whose top is written in some way or other."""
    chance = random.Random(seed)
    for _ in range(number):
        lines = [chance.choice(FRONTS) for _ in range(chance.choice((1, 2, 3, 4, 6)))]
        if chance.random() < 0.8:
            lines.insert(0, "---\n")
            lines.insert(chance.randrange(1, len(lines) + 1), "title: T\ndescription: D\n")
            lines.append("---\n")
        yield "".join(lines) + "\nWords.\n"


def _piece(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.3:
        return _tag(chance)
    if kind < 0.4:
        return chance.choice(CALLS)
    if kind < 0.5:
        mark = chance.choice(("`", "``", "*", "**", "[", "|", '<p title="', "<b>", "~~~\n", "<!--", "> ", "- "))
        inside = f"{_tag(chance)} {chance.choice(CALLS)}" if chance.random() < 0.6 else chance.choice(MARKUP)
        return f"{mark}{inside}{mark}"
    return chance.choice(MARKUP)


def _tag(chance: random.Random) -> str:
    name = chance.choice(TAGS)
    if chance.random() < 0.2:
        return f"</{name}>"
    attributes = " ".join(chance.choice(ATTRIBUTES) for _ in range(chance.choice((0, 1, 1, 2))))
    begin = f"<{name}{' ' if attributes else ''}{attributes}{chance.choice(('>', '>', '>', '>', '/>', '', ' '))}"
    end = chance.choice(("", f"x</{name}>", f"x</{name}>", f"</{chance.choice(TAGS)}>"))
    return chance.choice((str, str, str.upper))(begin) + end


TEXTS = (
    "Words", "&amp;", "&lt;b&gt;", "&nbsp;", "&copy", "&notit;", "&not", "&#0;", "&#128;", "&#x1F600;", "&#55296;",
    "&x;", "&ampx", "&", "& x", "<", "a < b", "\x00", "\x01", "\x0c", "\x0b", "\r", "\r\n", "\x85", "\xa0", "\ufffe",
    "\ufeff", "\n", " ", "<!-- x -->", "<!---->", "<!-->", "<!--->", "<!-- x --!>", "<![CDATA[x]]>", "<![CDATA[<p>]]>",
    "<!x>", "<?x?>", "<!DOCTYPE x>", "</>", "</ p>", "<p", "</p x=y>", "</br>", "</p>", "<br>", "<br/>", "<hr />",
    "<a/>", "<p/>", "<path d='M0 0'/>", "<![endif]>",
)  # fmt: skip
FORMATTING = "a b big code em font i nobr s small strike strong tt u".split()
LOOSE = (
    'title="&copy=1"', 'title="&lt"', "title='a\"b'", 'title="a<b>"', "title=a/", "title", "title=''",
    "title=x title=y", 'TITLE="x" title="y"', "xmlns=http://www.w3.org/2000/svg", 'xml:lang="en"', "definitionurl=x",
    'viewbox="0 0 1 1"', "a\x00b=c", 'title="\x00"', 'title = "x"', "title=&#10;x", "/title=x", "=x", "x'y",
    "color=red", "encoding=text/html",
)  # fmt: skip


def closed(seed: int, number: int) -> Iterator[str]:
    """Yield HTML in which most elements end where they should, of every name in every other."""
    chance = random.Random(seed)
    for _ in range(number):
        yield "".join(_element(chance, 0) for _ in range(chance.choice((1, 1, 2))))


def _element(chance: random.Random, depth: int) -> str:
    if chance.random() < 0.15 + depth * 0.1:
        return chance.choice(TEXTS) if chance.random() < 0.3 else "Words"
    name = chance.choice(FORMATTING) if chance.random() < 0.3 else chance.choice(TAGS)
    attributes = "".join(
        f" {chance.choice(LOOSE if chance.random() < 0.2 else ATTRIBUTES)}"
        for _ in range(chance.choice((0, 0, 0, 1, 2)))
    )
    inside = "".join(_element(chance, depth + 1) for _ in range(chance.choice((0, 1, 1, 2, 3))))
    end = chance.random()
    if end < 0.02:
        return f"<{name}{attributes}>{inside}"
    if end < 0.04:
        return f"<{name}{attributes}>{inside}</{chance.choice(TAGS)}>"
    if end < 0.06:
        return f"<{name}{attributes}/>{inside}"
    return f"<{name}{attributes}>{inside}</{name}>"
