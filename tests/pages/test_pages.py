"""The Markdown pages: what they may call, what each used, and every mistake on one told with its line."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from mistakes import HERE, ROOT, Folder, Mistake, mistake

from macros.model.text import to_plain
from macros.pages import site as pages
from macros.pages import source_page
from macros.pages.macro_calls import Call, PlainCallError
from macros.pages.macro_lookup import WrongCallError
from macros.pages.site import Site, site_once
from macros.pages.source_page import SourcePage
from macros.reading.guide import Guide, Statement
from macros.reading.problem import UnknownName
from macros.views import catalogue
from macros.views.shared.page import Note, Titled
from macros.views.survey_results import survey_results
from macros.views.trust import wave_profile
from macros.views.trust_group import trusts_of
from macros.views.waves import change

LUTON = "trusts/luton.md"
PROFILE = '{{ trust_profile("luton") }}'
SEATS = '{{ figure("trusts-with-board-seats") }}'
EXAMPLE = '{{ figure("trusts") }}'
BRACES = (
    f"expected a macro call such as {EXAMPLE}; "
    "check the braces and brackets, and that quotation marks are straight ones"
)
PLAIN = (
    "found template code that is not a macro call; "
    f"expected macro calls with plain values only, such as {EXAMPLE}; use a macro, or plain Markdown"
)
ALL_TRUSTS = (
    "write one of “bedfordshire”, “cambridgeshire”, “essex”, “hertfordshire”, “luton”, “norfolk”, “peterborough”, "
    "“southend-on-sea”, “suffolk” or “thurrock”"
)

CALLS = (
    mistake(
        "unknown macro",
        LUTON,
        PROFILE,
        f'{{{{ {HERE}trust_profil("luton") }}}}',
        "found the macro “trust_profil”; expected a macro that the guide has; did you mean “trust_profile”?",
    ),
    mistake(
        "unknown Trust",
        LUTON,
        PROFILE,
        f'{{{{ trust_profile("{HERE}lutton") }}}}',
        "found the Trust “lutton”; expected a Trust that the guide has; did you mean “luton”?",
    ),
    mistake(
        "Trust that is like none",
        LUTON,
        PROFILE,
        f'{{{{ trust_profile("{HERE}xyz") }}}}',
        f"found the Trust “xyz”; expected a Trust that the guide has; {ALL_TRUSTS}",
    ),
    mistake(
        "unknown figure",
        "trusts/index.md",
        '{{ figure("trusts") }}',
        f'{{{{ figure("{HERE}trusts-with-units") }}}}',
        "found the figure “trusts-with-units”; expected a figure that the guide has; "
        "did you mean “trusts-with-a-unit”?",
    ),
    mistake(
        "unknown section",
        "about/index.md",
        "clear-expectations#recommendations(7)",
        f"clear-expectations#{HERE}recomendations(7)",
        "found the section “recomendations”; expected a section that the guide has; did you mean “recommendations”?",
    ),
    mistake(
        "unknown topic",
        "trusts/compare/money.md",
        'compare("money")',
        f'compare("{HERE}mony")',
        "found the topic “mony”; expected a topic that the guide has; did you mean “money”?",
    ),
    mistake(
        "unknown part of the survey",
        "survey/funding.md",
        'survey_themes("2009", "funding")',
        f'survey_themes("2009", "{HERE}fundin")',
        "found the survey page “fundin”; expected a survey page that the guide has; did you mean “funding”?",
    ),
    mistake(
        "year that is none",
        "evidence/timeline.md",
        'timeline("2004"',
        f'timeline("{HERE}20044"',
        "found the year “20044”; expected a year that the guide has; did you mean “2004”?",
    ),
    mistake(
        "too few values",
        LUTON,
        PROFILE,
        f"{{{{ {HERE}trust_profile() }}}}",
        "found the macro “trust_profile” with nothing between its brackets; "
        'expected {{ trust_profile("slug") }}; write the call like that, with each value in straight quotation marks',
    ),
    mistake(
        "too many values",
        LUTON,
        PROFILE,
        f'{{{{ {HERE}trust_profile("luton", "all") }}}}',
        "found the macro “trust_profile” with “luton”, “all”; "
        'expected {{ trust_profile("slug") }}; write the call like that, with each value in straight quotation marks',
    ),
    mistake(
        "number for a name",
        LUTON,
        PROFILE,
        f"{{{{ {HERE}trust_profile(5) }}}}",
        "found the macro “trust_profile” with the number “5”; "
        'expected {{ trust_profile("slug") }}; write the call like that, with each value in straight quotation marks',
    ),
    *(
        mistake(f"template code: {code}", LUTON, PROFILE, f"{PROFILE}\n\n{HERE}{code}", PLAIN)
        for code in (
            "{{ trust_profile(luton) }}",
            '{{ trust_profile(slug="luton") }}',
            '{{ trust_profile("luton")|upper }}',
            '{{ trust_profile("lu" ~ "ton") }}',
            '{{ trust_profile(["luton"]) }}',
            "{{ trust_profile(*x) }}",
            "{{ trust_profile.__globals__ }}",
            "{{ config.site_name }}",
            "{{ page.meta.x() }}",
            "{{ 1 + 1 }}",
            "{{ 'luton' }}",
            "{% if true %}x{% endif %}",
            "{% set x = 1 %}",
            "{% include 'x' %}",
            "{% for x in y %}{{ x }}{% endfor %}",
        )
    ),
    mistake(
        "curly quotation marks",
        LUTON,
        PROFILE,
        f"{PROFILE}\n\n{HERE}{{{{ figure(“trusts”) }}}}",
        "found a curly quotation mark between braces; " + BRACES,
    ),
    mistake(
        "call that is never closed",
        LUTON,
        PROFILE,
        f'{PROFILE}\n\n{HERE}{{{{ figure("trusts"',
        "found braces that cannot be read; " + BRACES,
    ),
    mistake(
        "an id of a heading as other Markdown writes it",
        LUTON,
        PROFILE,
        f"{PROFILE}\n\n## Heading {HERE}{{#id}}",
        "found an id written as {#id}; expected an id such as {: #needs }; write {: #id }",
    ),
    mistake(
        "such an id with a class, on a line of words",
        LUTON,
        PROFILE,
        f"{PROFILE}\n\n[Words]{HERE}{{#other-id  .ce-note}} and more",
        "found an id written as {#other-id  .ce-note}; expected an id such as {: #needs }; "
        "write {: #other-id .ce-note }",
    ),
    mistake(
        "hash behind a brace, which is never closed",
        LUTON,
        PROFILE,
        f"{PROFILE}\n\n## Heading {HERE}{{# id",
        "found braces that cannot be read; " + BRACES,
    ),
)

TITLE = "title: Luton"
FRONT = (
    mistake(
        "no description",
        LUTON,
        "description: >-",
        "search: >-",
        "found no “description” at the top of the page; expected a description: shown by search engines; "
        "add “description: …” between two lines of three hyphens at the top",
    ),
    mistake(
        "no title",
        LUTON,
        f"{TITLE}\n",
        "",
        "found no “title” at the top of the page; expected a title: shown as the heading and in lists; "
        "add “title: …” between two lines of three hyphens at the top",
    ),
    mistake(
        "empty title",
        LUTON,
        TITLE,
        f"{HERE}title:",
        "found a title that is empty; expected a title in words: shown as the heading and in lists; "
        "write it after the colon, in quotation marks if it is a number",
    ),
    mistake(
        "colon in the title",
        LUTON,
        TITLE,
        f"title: Luton{HERE}: a Trust",
        "found a second colon on the line; expected one “name: value” a line; "
        "put quotation marks around the whole text, or use “>-” and go on below",
    ),
    mistake(
        "front matter that does not end",
        LUTON,
        "---\n\n{{",
        "\n{{",
        "found three hyphens without an end; expected the same line again; "
        "put a line of three hyphens below the title and the description",
    ),
    mistake(
        "tag in the front matter",
        LUTON,
        TITLE,
        f"title: {HERE}!!python/name:os.system Luton",
        "title: found a tag (!!python/name:os.system); expected plain values; delete the word that begins with “!”",
    ),
    mistake(
        "hidden character",
        LUTON,
        TITLE,
        f"title: Lu{HERE}\u200bton",
        "found an invisible or control character (U+200B); expected characters that can be seen; "
        "delete it and type the words around it again",
    ),
)
ESCAPED = {"\\x0b": "000B", "\\u0002": "0002", "\\r": "000D", "\\u200b": "200B", "\\x7f": "007F", "\\uFFFE": "FFFE"}
FRONT += tuple(
    mistake(
        f"hidden character by its number: {sign}",
        "survey/forum.md",
        "title: ",
        f'{HERE}title: "a{sign}b"\nsearch: ',
        f"found an invisible or control character (U+{number}); expected a plain title; "
        "delete it and type the words again",
    )
    for sign, number in ESCAPED.items()
)

ONCE = "take one of the two calls out, or put it on a page of its own"
ANOTHER = "give the heading another one: write {: #a-name } behind it"
IDS = (
    mistake(
        "macro called twice",
        LUTON,
        PROFILE,
        f"{PROFILE}\n\n{{{{ {HERE}trust_profile('luton') }}}}",
        "found the macro “trust_profile”, which gives the id “at-a-glance” as “trust_profile” in line 7 does; "
        f"expected each id once; {ONCE}",
    ),
    mistake(
        "two macros with an id",
        "trusts/gaps.md",
        "{{ trust_gaps() }}",
        '{{ trust_gaps() }}\n\n{{ ‸standard("fn-1") }}',
        "found the macro “standard”, which gives the id “trusts” as “trust_gaps” in line 9 does; "
        f"expected each id once; {ONCE}",
    ),
    mistake(
        "heading with the id of a call",
        LUTON,
        PROFILE,
        f"{PROFILE}\n\n{HERE}## More {{: #gaps }}",
        f"found the id “gaps” a second time; expected each id once; {ANOTHER}",
    ),
    mistake(
        "heading that comes to the id of what is drawn",
        LUTON,
        PROFILE,
        f"{HERE}## At a glance\n\n{PROFILE}",
        f"found the id “at-a-glance” a second time; expected each id once; {ANOTHER}",
    ),
    mistake(
        "heading that begins with a hyphen",
        LUTON,
        PROFILE,
        f"{PROFILE}\n\n{HERE}## - a",
        "found the id “-a”; expected words, lists, tables, headings and links; "
        "use lower-case letters, digits and single hyphens",
    ),
    mistake(
        "heading that is underlined and begins with a hyphen",
        LUTON,
        PROFILE,
        f"{PROFILE}\n\n- a\n{HERE}---",
        "found the id “-a”; expected words, lists, tables, headings and links; "
        "use lower-case letters, digits and single hyphens",
    ),
    mistake(
        "id of one's own twice",
        LUTON,
        PROFILE,
        f"{PROFILE}\n\n## One {{: #{HERE}one }}\n\n## Two {{: #one }}",
        "found the id “one” a second time; expected words, lists, tables, headings and links; "
        "give it to one thing on the page",
    ),
)


@pytest.mark.parametrize("mistake", [*CALLS, *FRONT, *IDS])
def test_one_mistake_on_a_page_is_told_once_and_whole(docs: Folder, mistake: Mistake) -> None:
    expected = docs.make(mistake)
    found = docs.problems()
    if mistake.name in {"hidden character", "empty title"}:  # the title is not the record's name any more, too
        found = [line for line in found if ": found the title “" not in line]
    assert found == expected


def test_the_real_pages_have_no_problem(docs: Folder) -> None:
    assert docs.problems() == []


def test_a_profile_without_a_page(docs: Folder) -> None:
    (docs / LUTON).unlink()
    assert docs.problems() == [
        f"docs/{LUTON}:1:1: found no such page; expected a page for each record; "
        f"make it: a title, a description and {PROFILE}"
    ]


def test_a_page_without_a_profile(docs: Folder) -> None:
    (docs / "trusts/lutton.md").write_text("---\ntitle: Lutton\ndescription: Of Lutton.\n---\nWords.\n", "utf-8")
    assert docs.problems() == [
        "docs/trusts/lutton.md:1:1: found a page for “lutton”, which has no record in data/; "
        "expected pages of records only; did you mean “luton”?"
    ]


def test_a_page_that_shows_another_record(docs: Folder) -> None:
    docs.change(LUTON, '"luton"', '"essex"')
    assert docs.problems() == [
        f"docs/{LUTON}:1:1: found a page that does not show its record; expected {PROFILE} on it; add the call"
    ]


@pytest.mark.parametrize(
    "call", ["{{trust_profile('luton')}}", '{{  trust_profile( "luton" )  }}', "{{- trust_profile('luton') -}}"]
)
def test_a_call_may_be_written_in_any_way(docs: Folder, call: str) -> None:
    docs.change(LUTON, PROFILE, call)
    assert docs.problems() == []


def test_a_title_that_is_not_the_records_name(docs: Folder) -> None:
    docs.change(LUTON, "title: Luton\n", "title: Luton Town\n")
    assert docs.problems() == [
        f"docs/{LUTON}:2:1: found the title “Luton Town”; expected “Luton”, as in data/; "
        "write it so, or change the name in data/"
    ]


def test_two_pages_with_one_title_and_description(docs: Folder) -> None:
    text = (docs / "survey/forum.md").read_text("utf-8")
    (docs / "survey/more.md").write_text(text.replace("{{ survey", "{{ contact() }}\n\n{{ survey"), "utf-8")
    found = docs.problems()
    assert [line.split(": found ")[1] for line in found] == [
        f"the {name} of docs/survey/forum.md a second time; expected a different one for each page; "
        "say what is on this page only"
        for name in ("title", "description")
    ]
    assert [line.split(": ")[0] for line in found] == ["docs/survey/more.md:2:1", "docs/survey/more.md:3:1"]


def test_a_page_that_is_not_utf8(docs: Folder) -> None:
    docs.rewrite(LUTON, lambda text: text + b"caf\xe9 \xe9\n")
    line = (docs / LUTON).read_bytes().count(b"\n")
    assert docs.problems() == [
        f"docs/{LUTON}:{line}:4: found a character that is not UTF-8; expected text saved as UTF-8; "
        "save the file again and choose UTF-8"
    ]


def test_a_page_with_a_byte_order_mark(docs: Folder) -> None:
    docs.rewrite("survey/forum.md", lambda text: b"\xef\xbb\xbf" + text)
    (line,) = docs.problems()
    assert line.startswith("docs/survey/forum.md:1:1: found a byte order mark; expected UTF-8 without one; ")


@pytest.mark.parametrize("end", [b"\r", b"\r\r\n"])
def test_a_line_that_ends_for_some_programs_only(docs: Folder, end: bytes) -> None:
    """Zensical takes what follows for the same line, and MkDocs for another one."""
    docs.rewrite("survey/forum.md", lambda text: text.replace(b"---\n", b"---\n# x" + end + b"provenance: <b>\n", 1))
    (line,) = docs.problems()
    assert line == (
        "docs/survey/forum.md:2:4: found a line end that not all programs know (U+000D); "
        "expected lines that end alike for every program; save the file again with ends of lines as LF"
    )


def test_a_page_may_be_written_on_windows(docs: Folder) -> None:
    docs.rewrite("survey/forum.md", lambda text: text.replace(b"\n", b"\r\n"))
    assert docs.problems() == []


@pytest.mark.parametrize("name", [".meta.yml", "trusts/.meta.yml", ".pages.yaml", "about/.x.md", ".x.html"])
def test_a_hidden_file_that_an_engine_might_read(docs: Folder, name: str) -> None:
    (docs / name).write_text("title: <script>alert(1)</script>\ntemplate: x.html\n", encoding="utf-8")
    assert f"docs/{name}:1:1: found a hidden file that says something of pages, {name}; " in "\n".join(docs.problems())


@pytest.mark.parametrize("name", [".DS_Store", "about/.gitkeep", ".index.md.swp", "index.md~"])
def test_what_systems_and_programs_leave_behind_is_passed_over(docs: Folder, name: str) -> None:
    (docs / name).write_text("x", encoding="utf-8")
    assert docs.problems() == []


def test_an_alias_bomb_in_front_matter(docs: Folder) -> None:
    bomb = "".join(f"k{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 9 if n else ['x'])}]\n" for n in range(40))
    (docs / "about/bomb.md").write_text(f"---\ntitle: Bomb\n{bomb}description: It bursts.\n---\n", "utf-8")
    found = docs.problems()
    assert len(found) > 40
    assert all(line.startswith("docs/about/bomb.md:") for line in found)


@pytest.mark.parametrize(
    "nasty",
    ["{{ " + "(" * 5000 + ")" * 5000 + " }}", "{{ " + "[" * 9000, "{%" * 9000, "\x00{{", "---\n" * 99],
    ids=["brackets", "open brackets", "statements", "NUL", "hyphens"],
)
def test_nothing_on_a_page_stops_the_check(docs: Folder, nasty: str) -> None:
    (docs / "about/nasty.md").write_text(f"---\ntitle: Nasty\ndescription: It is.\n---\n{nasty}\n", "utf-8")
    assert all(line.startswith("docs/about/nasty.md:") for line in docs.problems())


def test_a_folder_that_looks_like_a_page_is_passed_over(docs: Folder) -> None:
    (docs / "about/folder.md").mkdir()
    assert docs.problems() == []


def test_mistakes_on_several_pages_are_told_together_and_only_where_they_are(
    docs: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The evidence index draws every other page; their mistakes are not its own."""
    monkeypatch.setattr(pages, "Site", Site)  # so that the index is drawn again
    docs.change(LUTON, PROFILE, "{{ 1 }}")
    docs.change("trusts/essex.md", "trust_profile", "trust_profil")
    docs.change("trusts/suffolk.md", '"suffolk"', '"sufolk"')
    docs.change("trusts/norfolk.md", '"norfolk"', '"norfolk", "x"')
    docs.change("survey/forum.md", '{{ survey_forum("2009") }}', '{{ survey_forum("2009" }}')
    assert [line.split(":")[0] for line in docs.problems()] == [
        "docs/survey/forum.md",
        "docs/trusts/essex.md",
        f"docs/{LUTON}",
        "docs/trusts/norfolk.md",
        "docs/trusts/suffolk.md",
    ]


# --- macros -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", catalogue.MACROS)
def test_a_macro_is_explained_and_takes_a_page_and_texts(name: str) -> None:
    macro = catalogue.MACROS[name]
    assert macro.__name__ == name
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
    doc = inspect.getdoc(macro) or ""
    assert doc.startswith("Return")
    first, *rest = inspect.signature(macro).parameters.values()
    assert first.name == "page"
    assert all(parameter.annotation == "str" for parameter in rest)
    names = ", ".join(f'"{one.name}"' for one in rest)
    assert catalogue.usage(name) == f"{{{{ {name}({names}) }}}}"


@pytest.mark.parametrize("name", catalogue.MACROS)
def test_a_macro_refuses_names_that_it_does_not_know(site: Site, name: str) -> None:
    parameters = [*inspect.signature(catalogue.MACROS[name]).parameters.values()][1:]
    wanted = len(parameters)
    with pytest.raises(WrongCallError, match=re.escape(catalogue.usage(name))):
        site.call("", name, ("x",) * (wanted + 1))
    for value in ("no such name", "", "../luton", "{{ x }}") if wanted else ():
        with pytest.raises(UnknownName):
            site.call("", name, (value,) * wanted)


def test_every_macro_is_used_on_a_page(site: Site) -> None:
    called = {call.name for page in site.pages for call in page.calls}
    # For many Trusts, for a survey that has been asked again, and for a second wave of evidence.
    later = {one.__name__ for one in (trusts_of, survey_results, wave_profile, change)}
    assert called | later == catalogue.MACROS.keys()


def test_calls_are_read_with_their_lines() -> None:
    page = SourcePage("x.md", '---\ntitle: X\n---\n\nOne {{ figure("a") }} and\n{{ compare("b") }}\n')
    assert page.calls == (Call("figure", ("a",), 5), Call("compare", ("b",), 6))
    assert (page.url, page.title, page.meta) == ("x/", "X", {"title": "X"})
    assert SourcePage("x.md", "{{ contact() }}").calls == (Call("contact", (), 1),)


def test_only_plain_calls_are_allowed() -> None:
    for code in ("{{ a.b }}", "{{ a(b) }}", "{{ a(1)(2) }}", "{% if a %}{% endif %}", "{{ a('x') + 'y' }}"):
        with pytest.raises(PlainCallError):
            _ = SourcePage("x.md", code).calls
    assert SourcePage("x.md", "{# hush #}{% raw %}{{ x }}{% endraw %}").calls == ()


# --- notes --------------------------------------------------------------------------------------------------------


def note(site: Site, url: str) -> Note:
    return next(note for titled, note in site.notes().items() if titled.url == url)


def test_the_page_of_luton_notes_its_record_and_every_statement_of_it(site: Site, guide: Guide) -> None:
    used = note(site, "trusts/luton/")
    assert "trusts/luton" in used.records
    assert not used.records & {f"trusts/{trust.slug}" for trust in guide.trusts if trust.slug != "luton"}
    statements = {one.where for one in guide.statements if one.record == "trusts/luton"}
    assert len(statements) > 50
    assert statements <= used.statements


def test_each_trusts_page_notes_every_statement_of_it(site: Site, guide: Guide) -> None:
    for trust in guide.trusts:
        statements = {one.where for one in guide.statements if one.record == f"trusts/{trust.slug}"}
        assert statements <= note(site, f"trusts/{trust.slug}/").statements


def test_a_page_notes_the_figures_it_names_and_the_records_behind_them(site: Site) -> None:
    used = note(site, "evidence/method/")
    assert {"trusts-contributing", "trusts-interviewed", "survey-2009-usable"} <= used.figures
    assert {"trusts/norfolk", "surveys/2009", "report/method"} <= used.records


def test_pages_that_show_the_notes_of_others_are_left_out_of_them(site: Site) -> None:
    index = note(site, "evidence/sources/")
    assert (index.records, index.statements) == (set(), set())
    assert set(catalogue.MACROS) >= catalogue.SHOW_NOTES
    showing = {"evidence/sources.md", "data/dictionary.md"}
    assert {call.name for page in site.pages if page.path in showing for call in page.calls} == catalogue.SHOW_NOTES


def test_notes_have_every_page_with_its_title(site: Site) -> None:
    assert Titled("trusts/luton/", "Luton") in site.notes()
    assert len(site.notes()) == len(site.pages) == len(list((ROOT / "docs").rglob("*.md")))


DOWNLOADS_ONLY: frozenset[str] = frozenset()
"""Statements that stand on no page. None at present: whoever adds one says here why it is for the downloads only."""


def test_every_statement_stands_on_a_page(site: Site, guide: Guide) -> None:
    shown = {where for used in site.notes().values() for where in used.statements}
    missing = {statement.where for statement in guide.statements} - shown
    print("in the downloads only:", sorted(missing) or "nothing")
    assert missing == DOWNLOADS_ONLY


def test_the_words_of_every_statement_are_on_a_page_that_says_it_shows_them(
    site: Site, guide: Guide, rendered: dict[str, str]
) -> None:
    """A note alone proves nothing: here the words themselves are looked for."""
    words = {page.url: plain_words(rendered[page.path]) for page in site.pages}
    pages_of: dict[str, list[str]] = {}
    for titled, used in site.notes().items():
        for where in used.statements:
            pages_of.setdefault(where, []).append(titled.url)
    missing = [
        (statement.where, statement.text[:60])
        for statement in guide.statements
        if not any(all(piece in words[url] for piece in pieces(statement)) for url in pages_of[statement.where])
    ]
    assert missing == []


def plain_words(markdown: str) -> str:
    """Return the words of a page run together, so that no link in the middle of a sentence parts them."""
    return "".join(BeautifulSoup(markdown, "html.parser").get_text().lower().split())


def pieces(statement: Statement) -> list[str]:
    """Return the sentences, names and values of a statement, which a page may show in several places."""
    text = to_plain(statement.text).lower()
    if statement.record.startswith("places/"):
        text = text.partition(" was in ")[0]
    text = text.replace(": exactly ", ": ").replace(": left over ", ": ").removeprefix("joint commissioning ")
    found = re.split(r"(?<=[.?!])\s+\(?|: | \(|\)(?=$| )", text)
    return ["".join(piece.split()) for piece in found if piece.strip()]


# --- drawing ------------------------------------------------------------------------------------------------------


def test_every_page_is_drawn_and_keeps_its_front_matter(site: Site, rendered: dict[str, str]) -> None:
    assert rendered.keys() == {page.path for page in site.pages}
    for page in site.pages:
        text = rendered[page.path]
        assert text.startswith(f"---\n{page.front}---\n"), page.path
        assert "{{" not in text.replace(page.front, ""), page.path
        assert "{%" not in text, page.path


def test_a_call_is_drawn_once_for_each_page(site: Site) -> None:
    first = site.call("trusts/luton/", "trust_profile", ("luton",))
    assert site.call("trusts/luton/", "trust_profile", ("luton",)) is first
    assert site.call("trusts/compare/", "trust_profile", ("luton",)) != first, "its links lead from another place"


def test_a_site_is_kept_until_a_file_changes(data: Folder, docs: Folder) -> None:
    project = data.path.parent
    first = site_once(project)
    assert site_once(project) is first
    docs.change(LUTON, "Luton", "Lutown")
    second = site_once(project)
    assert second is not first
    assert second.guide is first.guide
    data.change("trusts/luton/trust.yml", "name: Luton\n", "name: Luton Town\n")
    assert site_once(project).guide is not first.guide


def test_pages_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.md", "a/c.md", "a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    assert [page.path for page in source_page.read_pages(tmp_path)] == ["a/c.md", "b.md"]
