"""What pages show: who spoke, what is not known, no empty cell, no ranking, nothing that cannot stand side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from posixpath import normpath

import pytest
from bs4 import BeautifulSoup, Tag
from mistakes import Folder

from macros.derived.trust_groups import groups_of
from macros.model import addresses, wording
from macros.model.trust import Trust
from macros.model.vocabulary import FigureKind, PlaceKind, TakingPart, Unknown
from macros.pages import published_addresses
from macros.pages.site import Site
from macros.reading.guide import Guide, load
from macros.views import catalogue, compare
from macros.views.shared import questions as glance
from macros.views.shared.facts import Fact
from macros.views.shared.page import Page
from macros.views.shared.status import Status
from macros.views.trust_group import trusts_of

TOPICS = [topic.id for topic in glance.TOPICS]


def soup(markdown: str) -> BeautifulSoup:
    return BeautifulSoup(markdown, "html.parser")


def words(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


def squeezed(text: str) -> str:
    """Return text without spaces and capitals, so that markup inside a phrase does not hide it."""
    return "".join(text.lower().split())


Soups = dict[str, BeautifulSoup]


@pytest.fixture(scope="module")
def soups(rendered: dict[str, str]) -> Soups:
    """Every page, read once: `trusts/luton.md` → its elements."""
    return {path: soup(markdown) for path, markdown in rendered.items()}


@pytest.fixture(scope="module")
def texts(soups: Soups) -> dict[str, str]:
    """The words of every page."""
    return {path: words(page) for path, page in soups.items()}


@pytest.fixture(scope="module")
def profiles(guide: Guide, soups: Soups) -> Soups:
    return {trust.slug: soups[f"trusts/{trust.slug}.md"] for trust in guide.trusts}


@pytest.fixture(scope="module")
def tables(soups: Soups) -> dict[str, Tag]:
    """The table of each topic that Trusts are compared on."""
    found = {}
    for topic in TOPICS:
        (found[topic],) = soups[f"trusts/compare/{topic}.md"].select("table")
    return found


def glance_facts(profile: BeautifulSoup) -> dict[str, str]:
    return {words(pair.select("dt")[0]): words(pair.select("dd")[0]) for pair in profile.select(".ce-glance dl > div")}


# --- profiles -----------------------------------------------------------------------------------------------------


def test_each_profile_says_at_a_glance_who_spoke(guide: Guide, profiles: Soups) -> None:
    for trust in guide.trusts:
        said = squeezed(glance_facts(profiles[trust.slug])["Who spoke for the sector"])
        speakers = [voice.name for voice in trust.governance.voices if voice.speaks]
        for name in speakers:
            assert squeezed(name) in said, trust.slug
        assert (squeezed(Unknown.NO_BODY) in said) == (not speakers), trust.slug


@pytest.mark.parametrize(
    ("slug", "speaker"),
    [
        ("bedfordshire", "Voluntary Organisations Consortium"),
        ("essex", "Essex Council for Voluntary Youth Services"),
        ("luton", "Luton Assembly"),
        ("southend-on-sea", "SAVS"),
        ("suffolk", "Young Suffolk"),
    ],
)
def test_who_spoke_is_whom_the_report_names(profiles: Soups, slug: str, speaker: str) -> None:
    assert squeezed(speaker) in squeezed(glance_facts(profiles[slug])["Who spoke for the sector"])


def test_each_profile_answers_the_same_questions(profiles: Soups) -> None:
    asked = {slug: list(glance_facts(profile)) for slug, profile in profiles.items()}
    assert len({tuple(questions) for questions in asked.values()}) == 1
    for profile in profiles.values():
        assert all(answer for answer in glance_facts(profile).values())


def test_each_profile_shows_every_body_and_every_voice(guide: Guide, profiles: Soups) -> None:
    for trust in guide.trusts:
        text = squeezed(words(profiles[trust.slug]))
        governance = (*trust.governance.bodies, *trust.governance.voices)
        for part in (*governance, *trust.training.events, *trust.next_steps.steps):
            assert squeezed(part.name) in text, (trust.slug, part.name)


def test_each_profile_has_its_six_parts_its_gaps_and_what_it_rests_on(guide: Guide, rendered: dict[str, str]) -> None:
    for trust in guide.trusts:
        anchors = re.findall(r"^## .* \{: #([a-z-]+) \}$", rendered[f"trusts/{trust.slug}.md"], re.MULTILINE)
        parts = ["context", "governance", "needs", "training", "next-steps", "investment"]
        assert [anchor for anchor in anchors if anchor in parts] == parts
        assert {"gaps", "basis", "correct"} <= set(anchors)


def test_each_sum_stands_with_what_it_covers(guide: Guide, profiles: Soups, tables: dict[str, Tag]) -> None:
    for trust in guide.trusts:
        for one in trust.investment.figures:
            for place in (profiles[trust.slug], tables["money"]):
                text = squeezed(words(place))
                assert squeezed(wording.pounds(one.amount)) in text
                assert squeezed(one.scope) in text, (trust.slug, one.amount)


def test_a_sum_that_is_not_confirmed_says_so_wherever_it_stands(guide: Guide, profiles: Soups) -> None:
    kinds = {trust.slug: {one.kind for one in trust.investment.figures} for trust in guide.trusts}
    loose = [slug for slug, found in kinds.items() if found - {FigureKind.REPORTED}]
    assert loose == ["essex", "peterborough"]
    for slug in loose:
        said = squeezed(glance_facts(profiles[slug])["Money invested in the sector"])
        assert "notconfirmed" in said
        assert "notreported" in said


def test_bedfordshire_says_that_the_council_ended_and_no_other_does(profiles: Soups) -> None:
    for slug, profile in profiles.items():
        callouts = profile.select('[aria-label="This council has ended"]')
        assert len(callouts) == (slug == "bedfordshire")
        for callout in callouts:
            assert "came to an end on 1 April 2009" in words(callout)


def test_the_finder_says_it_too(soups: Soups) -> None:
    finder = soups["trusts/index.md"]
    (listed,) = [item for item in finder.select(".ce-trusts > li") if "Bedfordshire County Council" in words(item)]
    assert "This council ended on 1 April 2009." in words(listed)
    assert words(finder).count("This council ended") == 1


# --- what is not known --------------------------------------------------------------------------------------------


def test_norfolk_declined_and_says_so(rendered: dict[str, str], tables: dict[str, Tag]) -> None:
    assert "No: it declined" in rendered["trusts/norfolk.md"]
    assert wording.sentence(Unknown.DECLINED) in rendered["trusts/gaps.md"]
    rows = {words(row.select("th")[0]): words(row) for row in tables["basis"].select("tbody tr")}
    declined = [name for name, text in rows.items() if wording.sentence(Unknown.DECLINED) in text]
    assert [name.split()[0] for name in declined] == ["Norfolk"]


def test_every_fixed_word_for_the_unknown_is_one_that_readers_meet(texts: dict[str, str]) -> None:
    text = squeezed(" ".join(texts.values()))
    for word in Unknown:
        assert squeezed(word) in text, word


def test_not_mentioned_is_never_shown_as_no(guide: Guide, tables: dict[str, Tag]) -> None:
    rows = {words(row.select("a")[0]): words(row) for row in tables["needs"].select("tbody tr")}
    for trust in guide.trusts:
        silent = trust.needs.involvement == "not mentioned"
        assert ("Not mentioned in the report" in rows[trust.name]) or not silent
        assert not (silent and "Not involved" in rows[trust.name])
    assert "Not involved" in rows["Southend-on-Sea"]


def test_status_words_read_in_full_and_have_a_tint() -> None:
    assert Status("not mentioned").text == "not mentioned in the report"
    assert Status("in place").tint == "in-place"
    assert Status("ended 1 April 2009").tint == "ended"
    assert Status("a word without a tint").tint == "unknown"


def test_a_fact_without_items_says_why() -> None:
    assert Fact.of("Training", ()).unknown == Unknown.NOT_MENTIONED
    assert Fact.of("Sums", (), unknown=Unknown.NOT_REPORTED).unknown == Unknown.NOT_REPORTED


def test_the_gaps_of_every_trust_are_on_its_page_and_on_the_page_of_gaps(
    guide: Guide, profiles: Soups, texts: dict[str, str]
) -> None:
    together = squeezed(texts["trusts/gaps.md"])
    for trust in guide.trusts:
        own = squeezed(words(profiles[trust.slug]))
        for gap in trust.gaps:
            assert squeezed(gap.what) in own
            assert squeezed(gap.what) in together


# --- comparing ----------------------------------------------------------------------------------------------------


def test_each_topic_has_its_page(site: Site) -> None:
    assert {f"trusts/compare/{topic}.md" for topic in TOPICS} < {page.path for page in site.pages}


@pytest.mark.parametrize("topic", TOPICS)
def test_a_compare_table_has_a_row_for_each_trust_in_the_order_of_names(
    guide: Guide, tables: dict[str, Tag], topic: str
) -> None:
    rows = tables[topic].select("tbody tr")
    names = [words(row.select("th a")[0]) for row in rows]
    assert names == [trust.name for trust in guide.trusts] == sorted(names)
    assert all(row.select("th")[0].get("scope") == "row" for row in rows)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_compare_table_has_no_empty_cell(tables: dict[str, Tag], topic: str) -> None:
    head = [words(cell) for cell in tables[topic].select("thead th")]
    assert all(head)
    for row in tables[topic].select("tbody tr"):
        cells = row.select("td")
        assert [cell.get("data-label") for cell in cells] == head[1:]
        for cell in cells:
            assert re.search(r"\w", words(cell)), (words(row.select("th")[0]), cell.get("data-label"))
            for piece in cell.select("p, div, span, strong"):
                assert words(piece), (words(row.select("th")[0]), str(piece))


def test_no_table_anywhere_has_an_empty_cell(soups: Soups) -> None:
    for path, page in soups.items():
        for cell in page.select("table th, table td"):
            assert words(cell) or cell.select("input, select, textarea, svg"), (path, str(cell)[:200])


@pytest.mark.parametrize("topic", TOPICS)
def test_every_cell_of_a_compare_table_has_its_source(tables: dict[str, Tag], topic: str) -> None:
    for row in tables[topic].select("tbody tr"):
        marks = [str(one["href"])[1:] for one in row.select("a.ce-mark")]
        assert marks, words(row)[:80]
        assert all(tables[topic].find_next(id=mark) for mark in marks), words(row)[:80]


def test_the_money_table_warns_and_has_no_total(soups: Soups, tables: dict[str, Tag]) -> None:
    warning = soups["trusts/compare/money.md"].select_one(".ce-callout--warning")
    assert warning
    assert "cannot be added up, ranked or compared" in words(warning)
    assert not tables["money"].select("tfoot")
    assert "total of" not in words(tables["money"]).lower()


def test_each_row_and_each_box_to_tick_names_its_trust(guide: Guide, soups: Soups, tables: dict[str, Tag]) -> None:
    slugs = [trust.slug for trust in guide.trusts]
    for table in tables.values():
        assert [row["data-ce-trust"] for row in table.select("tbody tr")] == slugs
    for path in ("trusts/compare/index.md", "trusts/compare/all.md", "trusts/compare/money.md"):
        boxes = soups[path].select("form[data-ce-compare] input[name=trusts]")
        assert [box["value"] for box in boxes] == slugs
        assert [words(soups[path].select(f'label[for="{box["id"]}"]')[0]) for box in boxes] == [
            trust.name for trust in guide.trusts
        ]


def test_the_page_of_all_topics_has_the_same_tables(soups: Soups, tables: dict[str, Tag]) -> None:
    together = soups["trusts/compare/all.md"].select("table[data-ce-topic]")
    # Without spaces: a term is linked where it first stands on a page, so links differ.
    assert [squeezed(words(table)) for table in together] == [squeezed(words(tables[topic])) for topic in TOPICS]
    headings = re.findall(r"^## .* \{: #(\w+) \}$", soups["trusts/compare/all.md"].get_text(), re.MULTILINE)
    assert headings == TOPICS


@pytest.fixture(scope="module")
def crowd(guide: Guide) -> Guide:
    """A guide with 150 Trusts."""
    trusts = [
        one.model_copy(update={"name": f"{one.name} {number:02}", "slug": f"{one.slug}-{number:02}"})
        for one in guide.trusts
        for number in range(1, 16)
    ]
    return replace(guide, trusts=tuple(trusts))


def test_with_many_trusts_a_topic_leads_to_letters_and_the_list_can_be_shortened(crowd: Guide) -> None:
    page = soup(compare.compare(Page(crowd, "trusts/compare/money/", dict), "money"))
    assert not page.select("table")
    assert "too many Trusts" in words(page)
    assert page.select("form[data-ce-compare] input[type=search]")
    together = groups_of(trust.slug for trust in crowd.trusts)
    links = [link["href"] for link in page.select("[data-ce-rows=money] a")]
    assert links == [f"../../a-z/{one.id}/#money" for one in together]
    letter_of = {box["value"]: box["data-ce-letter"] for box in page.select("input[name=trusts]")}
    assert letter_of == {slug: one.id for one in together for slug in one.slugs}


def test_with_many_trusts_the_page_of_a_letter_has_every_topic(crowd: Guide) -> None:
    (one, *_) = groups_of(trust.slug for trust in crowd.trusts)
    drawn = soup(trusts_of(Page(crowd, f"trusts/a-z/{one.id}/", dict), one.id))
    for topic in TOPICS:
        table = drawn.find(id=f"{topic}-caption").parent
        assert [row["data-ce-trust"] for row in table.select("tbody tr")] == [*one.slugs]


def test_with_many_trusts_all_topics_are_light(crowd: Guide) -> None:
    drawn = compare.compare_all(Page(crowd, "trusts/compare/all/", dict))
    assert not soup(drawn).select("table")
    assert [part["data-ce-rows"] for part in soup(drawn).select("[data-ce-rows]")] == TOPICS
    assert len(drawn) < 90_000


# --- finding ------------------------------------------------------------------------------------------------------


def test_a_place_is_listed_once_with_what_bears_its_name(guide: Guide, soups: Soups) -> None:
    listed = {
        (words(item.select("a")[0]), item["data-trust"]): item
        for item in soups["trusts/index.md"].select("#places li[data-trust]")
    }
    names = {trust.slug: trust.name for trust in guide.trusts}
    places = [place for place in guide.places if place.kind != PlaceKind.POSTCODE]
    assert set(listed) == {(place.place, names[place.trust]) for place in places}
    for place in places:
        item = listed[place.place, names[place.trust]]
        assert place.kind in words(item)
        if place.also_called:
            assert place.also_called in words(item)
            assert place.also_called in item["data-find"]
    assert words(listed["Harlow", "Essex"]) == "Harlow district and town: Essex"


def test_a_profile_names_each_place_once(guide: Guide, soups: Soups) -> None:
    """A district and its town are one name to a reader, with both kinds told."""
    for trust in guide.trusts:
        (told,) = soups[f"trusts/{trust.slug}.md"].select(".ce-places")
        listed = re.split(r", (?![^(]*\))", words(told).partition(": ")[2].removesuffix("."))
        names = [one.partition(" (")[0] for one in listed]
        assert names == [
            *dict.fromkeys(place.place for place in guide.places_of(trust.slug) if place.kind != PlaceKind.POSTCODE)
        ]
        if trust.slug == "norfolk":
            assert {"Norwich (district and city)", "Great Yarmouth (district and town, also Yarmouth)"} < {*listed}
            assert {"North Norfolk", "Dereham (East Dereham)"} < {*listed}
        if trust.slug == "suffolk":
            assert "East Suffolk (district from 1 April 2019)" in listed  # it did not exist in 2009


def test_the_beginnings_of_postcodes_stand_with_each_trust_that_they_lie_in(guide: Guide, soups: Soups) -> None:
    listed = {
        (code, item["data-trust"])
        for item in soups["trusts/index.md"].select("[data-ce-codes] li")
        for code in words(item.select("span")[0]).split(", ")
    }
    names = {trust.slug: trust.name for trust in guide.trusts}
    postcodes = [place for place in guide.places if place.kind == PlaceKind.POSTCODE]
    assert listed == {(place.place, names[place.trust]) for place in postcodes}
    assert len(postcodes) > 100


def test_a_whole_area_is_found_by_its_council_and_its_partnership(guide: Guide, soups: Soups) -> None:
    for trust in guide.trusts:
        found = [one for one in soups["trusts/index.md"].select("li[data-find]") if trust.authority in one["data-find"]]
        assert [one["data-trust"] for one in found] == [trust.name]
        assert trust.partnership in found[0]["data-find"]


def test_a_number_of_seats_says_what_it_counts(soups: Soups) -> None:
    terms = [words(term) for term in soups["trusts/gaps.md"].select("dt")]
    assert "2 seats" in terms
    assert not [term for term in terms if term.isdecimal()]


# --- no ranking ---------------------------------------------------------------------------------------------------

RANKING = re.compile(r"\b(rank\w*|league|worst|best in)\b", re.IGNORECASE)
SCORING = re.compile(r"\bscor(?:e|es|ed|ing)\b", re.IGNORECASE)
DENIAL = re.compile(r"\b(no|not|never|cannot|nor|neither)\b", re.IGNORECASE)
OF_BIDS = re.compile(r"\b(bids?|bidders?|helper|consultant|adviser|person|somebody|applications?)\b", re.IGNORECASE)


def sentences(texts: dict[str, str], about: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield each sentence that holds a word, with its page."""
    for path, text in texts.items():
        for sentence in re.split(r"(?<=[.:?])\s", text):
            if about.search(sentence):
                yield path, sentence


def test_trusts_are_ranked_nowhere_and_the_word_stands_only_in_warnings(texts: dict[str, str]) -> None:
    found = list(sentences(texts, RANKING))
    assert found
    for path, sentence in found:
        assert DENIAL.search(sentence), (path, sentence)


def test_nothing_is_scored_but_bids(texts: dict[str, str]) -> None:
    for path, sentence in sentences(texts, SCORING):
        assert DENIAL.search(sentence) or OF_BIDS.search(sentence), (path, sentence)


def test_the_survey_shows_every_answer_with_its_qualifier(guide: Guide, soups: Soups) -> None:
    table = soups["survey/index.md"].select("table")[0]
    rows = table.select("tbody tr")
    answers = guide.survey("2009").answers
    assert len(rows) == len(answers)
    text = words(table)
    for share in ("The majority", "Over 50%", "38%", "26%", "32%", "90%", "75%", "59%", "Overall"):
        assert share in text


# --- HTML ---------------------------------------------------------------------------------------------------------


def test_what_data_hold_is_escaped(data: Folder) -> None:
    data.change("trusts/luton/trust.yml", "authority: Luton Borough Council", 'authority: Luton & "Sons" 5 < 6')
    guide = load(data.path)
    luton = guide.trust("luton")
    assert isinstance(luton, Trust)
    profile = catalogue.MACROS["trust_profile"](Page(guide, "trusts/luton/", dict), "luton")
    assert "led by Luton &amp; &#34;Sons&#34; 5 &lt; 6," in profile
    finder = catalogue.MACROS["trust_finder"](Page(guide, "trusts/", dict))
    assert re.search(r'data-find="[^"<>]*Luton &amp; &#34;Sons&#34; 5 &lt; 6; ', finder)


VOID = {"br", "hr", "img", "input", "meta", "link", "wbr", "rect", "path", "use", "circle"}


def test_every_element_is_closed_in_its_order(rendered: dict[str, str]) -> None:
    for path, markdown in rendered.items():
        body = re.sub(r"(?s)```.*?```|`[^`\n]*`|<!--.*?-->", "", markdown.split("---\n", 2)[2])
        inside: list[str] = []
        for slash, name, rest in re.findall(r"<(/?)([a-z][a-z0-9]*)\b([^<>]*)>", body):
            if slash:
                assert inside, f"{path}: </{name}> closes nothing"
                assert inside.pop() == name, f"{path}: </{name}>"
            elif name not in VOID and not rest.endswith("/"):
                inside.append(name)
        assert not inside, f"{path}: {inside} never closed"


def test_ids_are_used_once_on_a_page(rendered: dict[str, str]) -> None:
    for path, markdown in rendered.items():
        ids = re.findall(r'\bid="([^"]+)"', markdown) + re.findall(r"\{:[^}]*#([\w-]+)[^}]*\}", markdown)
        twice = {one for one in ids if ids.count(one) > 1}
        assert not twice, (path, twice)


def test_every_link_of_a_view_leads_to_a_page_or_a_download_and_an_anchor_there(
    site: Site, rendered: dict[str, str], soups: Soups
) -> None:
    anchors = {
        page.url: {
            *re.findall(r'\bid="([^"]+)"', rendered[page.path]),
            *re.findall(r"\{:[^}]*#([\w-]+)[^}]*\}", rendered[page.path]),
        }
        for page in site.pages
    }
    leading_on = published_addresses.first_wave_contents(site.guide, "https://x.example/")
    anchors |= {path.removesuffix("index.html"): set() for path in leading_on}
    for page in site.pages:
        for link in soups[page.path].select("a[href]"):
            target, _, anchor = re.sub(r"\?[^#]*", "", str(link["href"])).partition("#")
            if re.match(r"[a-z]+:", target) or target.endswith(".md"):
                continue
            to = normpath(f"/{page.url}{target}").lstrip("/") if target else page.url
            if re.search(r"\.(json|csv|ics|docx|svg|txt|xml|atom)$", to):
                continue
            to = f"{to}/" if to and not to.endswith("/") else to
            assert to in anchors, (page.path, link["href"])
            assert not anchor or anchor in anchors[to], (page.path, link["href"])


def test_every_source_shown_leads_to_its_section(guide: Guide, rendered: dict[str, str]) -> None:
    index = set(re.findall(r'\bid="([^"]+)"|\{: #([\w-]+) \}', rendered["evidence/sources.md"]))
    there = {one or other for one, other in index}
    for statement in guide.statements:
        for reference in statement.source:
            assert addresses.source_anchor(reference) in there, reference


def test_took_part_reads_for_people(guide: Guide, profiles: Soups) -> None:
    for trust in guide.trusts:
        contributed = trust.basis.taking_part == TakingPart.CONTRIBUTED
        assert ("No: it declined" in words(profiles[trust.slug])) == (not contributed)
