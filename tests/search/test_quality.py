"""Search finds: real queries lead to the right page, and so do all places, terms, standards and titles."""

from __future__ import annotations

import re
from collections import defaultdict

import parts
import pytest
import queries
from asking import Ask
from built_site import Site
from queries import PARTS, Query, Score

from macros.model import addresses as address
from macros.model.vocabulary import PlaceKind
from macros.reading.guide import Guide


@pytest.fixture(scope="module")
def real(guide: Guide) -> tuple[Query, ...]:
    return queries.read(guide)


@pytest.fixture(scope="module")
def ranks(real: tuple[Query, ...], ask: Ask) -> dict[Query, int]:
    return {
        query: query.rank(answer.results) for query, answer in zip(real, ask([one.text for one in real]), strict=True)
    }


# --- the queries --------------------------------------------------------------------------------------------------


def test_there_are_enough_queries_of_each_part(real: tuple[Query, ...]) -> None:
    assert len({query.text.lower() for query in real}) == len(real) >= 120
    for part in PARTS:
        assert sum(query.part == part for query in real) >= 40, part
    assert len({query.kind for query in real if query.part != "tuning"}) >= 12


def test_what_queries_want_is_there(real: tuple[Query, ...], site: Site) -> None:
    wanted = {one.partition("#")[::2] for query in real for one in query.wants}
    assert [one for one in wanted if one[0] not in site.pages or (one[1] and one[1] not in site[one[0]].ids)] == []


# --- how search does on them --------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", PARTS)
def test_the_right_page_comes_first_or_nearly(part: str, ranks: dict[Query, int]) -> None:
    score = Score.of([rank for query, rank in ranks.items() if query.part == part])
    lost = [query.text for query, rank in ranks.items() if query.part == part and not 0 < rank <= 3]
    assert score.hit_3 >= 0.92, lost
    assert score.mrr >= 0.85, lost


def test_every_kind_of_query_is_served(ranks: dict[Query, int]) -> None:
    kinds = defaultdict(list)
    for query, rank in ranks.items():
        kinds[query.kind].append(rank)
    assert {kind: Score.of(found) for kind, found in kinds.items() if Score.of(found).hit_3 < 0.8} == {}


def test_no_real_query_finds_nothing(real: tuple[Query, ...], ask: Ask) -> None:
    assert [
        one.text for one, answer in zip(real, ask([one.text for one in real]), strict=True) if not answer.results
    ] == []


@pytest.mark.parametrize("query", ["xqzzvkw", "!!!", "", "   "])
def test_what_means_nothing_finds_nothing(query: str, ask: Ask) -> None:
    (answer,) = ask([query])
    assert answer.results == []


def test_queries_that_nobody_tuned_on_do_as_well_as_was_set(ranks: dict[Query, int]) -> None:
    score = Score.of([rank for query, rank in ranks.items() if query.part == "fresh"])
    assert score.hit_3 >= 0.95
    assert score.mrr >= 0.88


@pytest.mark.parametrize("part", ["tuning", "fresh"])
def test_what_trusts_did_stands_beside_overviews(part: str, real: tuple[Query, ...], ask: Ask) -> None:
    asked = [query for query in real if query.covers and query.part == part]
    answers = ask([query.text for query in asked])
    shares = [query.coverage(answer.results) for query, answer in zip(asked, answers, strict=True)]
    assert len(asked) >= 12
    assert sum(shares) / len(shares) >= 0.85


# --- all that match are found ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["Norfolk", "Compact", "Thinking Families", "pooled budget", "CVS", "Voices Workers"])
def test_every_page_that_says_it_is_found(words: str, site: Site, ask: Ask) -> None:
    said = re.compile(rf"\b{words.replace(' ', '[- ]')}", re.IGNORECASE)
    holding = {
        url
        for url, _, _, sections in parts.texts(site.folder)
        if any(said.search(text) for _, title, text, *_ in sections for text in (title, text))
    }
    (answer,) = ask([words])
    assert len(holding) > 1
    assert holding <= {one.url for one in answer.results}
    assert answer.whole >= len(holding)


def test_terms_are_found_wherever_they_stand(site: Site, guide: Guide, ask: Ask) -> None:
    pages = [*parts.texts(site.folder)]
    terms = [term.term for term in guide.glossary][::4]
    for term, answer in zip(terms, ask(terms), strict=True):
        said = re.compile(rf"(?<!\w){re.escape(term)}(?!\w)", re.IGNORECASE)
        holding = {url for url, _, _, sections in pages if any(said.search(one[2]) for one in sections)}
        assert holding <= {one.url for one in answer.results}, term


def test_pages_that_hold_all_words_are_told_from_those_that_hold_some(ask: Ask) -> None:
    (answer,) = ask(["luton e-newsletter"])
    assert 0 < answer.whole < len(answer.results)
    (alone,) = ask(["compact"])
    assert alone.whole == len(alone.results)


# --- sums, postcodes, councils ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("forms", "url"),
    [
        (
            ["£2m", "£2 million", "£2,000,000", "2000000", "2m", "two million", "£2 Million", "2 million pounds"],
            "luton",
        ),
        (["£2.5m", "2.5 million", "two and a half million", "2,500,000", "£2500000"], "bedfordshire"),
        (["£600,000", "600k", "600000", "six hundred thousand", "£600 thousand"], "southend-on-sea"),
        (["£700,000", "700k", "seven hundred thousand"], "thurrock"),
    ],
)
def test_a_sum_is_found_in_every_form(forms: list[str], url: str, ask: Ask) -> None:
    first, *others = ask(forms)
    assert f"trusts/{url}/" in [one.url for one in first.results[:5]]
    for form, answer in zip(forms[1:], others, strict=True):
        assert [one.url for one in answer.results[:5]] == [one.url for one in first.results[:5]], form


def test_every_council_leads_to_its_trust(guide: Guide, ask: Ask) -> None:
    wanted = defaultdict(set)
    for place in guide.places:
        for name in place.councils:
            wanted[name].add(address.of_trust(place.trust))
            wanted[name.replace("’", "").lower()].add(address.of_trust(place.trust))
    assert len(wanted) > 100
    assert firsts(ask, wanted, within=2) == []  # some are terms of the glossary, too


def test_the_beginning_of_a_postcode_leads_to_every_trust_there(guide: Guide, ask: Ask) -> None:
    codes = defaultdict(set)
    for place in guide.places:
        if place.kind == PlaceKind.POSTCODE:
            codes[place.place].add(address.of_trust(place.trust))
    for code in [*codes][::7]:
        for typed, answer in zip(
            (code, f"{code} 1AA", f"{code}1aa".lower()), ask([code, f"{code} 1AA", f"{code}1aa"]), strict=True
        ):
            shown = {one.url for one in answer.results[: len(codes[code])]}
            assert shown == codes[code], typed


def test_a_postcode_from_elsewhere_is_told(ask: Ask) -> None:
    (answer,) = ask(["M1 1AE"])
    assert (answer.results, answer.postcode) == ([], "M1")


# --- spelling -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("comissioning", "commissioning"), ("hertfordhsire", "hertfordshire"), ("beaurocracy", "bureaucracy")],
)
def test_a_slip_is_told_with_the_word_in_its_place(slip: str, meant: str, ask: Ask) -> None:
    right, wrong = ask([meant, slip])
    assert right.mended == []
    assert wrong.mended == [[slip, meant]]
    assert wrong.results == right.results


@pytest.mark.parametrize("word", ["gender", "equality", "mentoring", "London", "Manchester", "Milton Keynes"])
def test_a_right_word_is_never_replaced(word: str, ask: Ask) -> None:
    (answer,) = ask([word])
    assert answer.mended == []


def test_contractions_say_nothing(ask: Ask) -> None:
    plain, *others = ask(
        ["paid on time", "can't we get paid on time", "why don’t we get paid on time", "what's paid on time"]
    )
    for other in others:
        assert other.mended == []
        assert [one.url for one in other.results[:3]] == [one.url for one in plain.results[:3]]


# --- what the guide holds, found by its names -----------------------------------------------------------------------


def firsts(ask: Ask, wanted: dict[str, set[str]], within: int = 1) -> list[str]:
    """Return the names that do not lead to one of their addresses in the first results."""
    lost = []
    for (name, addresses), answer in zip(wanted.items(), ask([*wanted]), strict=True):
        shown = {
            one
            for result in answer.results[:within]
            for one in (result.url, *(f"{result.url}#{anchor}" for anchor in result.sections if anchor))
        }
        if not shown & addresses:
            lost.append(f"{name}: {[result.url for result in answer.results[:3]]}")
    return lost


def test_every_place_leads_to_its_trust(guide: Guide, ask: Ask) -> None:
    wanted = defaultdict(set)
    for place in guide.places:
        for name in (place.place, place.place.lower().replace("’", ""), place.also_called):
            if name:
                wanted[name].add(address.of_trust(place.trust))
    assert firsts(ask, wanted) == []


def test_every_acronym_and_what_it_stands_for_lead_to_its_meaning(guide: Guide, ask: Ask) -> None:
    wanted = {
        name: {address.of_term(term.id)}
        for term in guide.glossary
        if term.expansion
        for name in (term.term, term.term.lower(), f"({term.term})", term.expansion)
    }
    assert len(wanted) > 100
    assert firsts(ask, wanted) == []


def test_every_term_by_any_name_is_near_the_top(guide: Guide, ask: Ask) -> None:
    wanted = defaultdict(set)
    for term in guide.glossary:
        for name in (term.term, *term.also_called):
            wanted[name].add(address.of_term(term.id))
    lost = firsts(ask, wanted, within=3)
    assert len(lost) <= len(wanted) * 0.04, lost


def test_every_standard_and_recommendation_by_its_number(guide: Guide, ask: Ask) -> None:
    wanted = {}
    for one in guide.standards:
        for name in (one.id, one.id.upper(), one.id.replace("-", ""), one.id.replace("-", " "), f"standard {one.id}"):
            wanted[name] = {address.of_standard(one.id)}
    for one in guide.recommendations:
        for name in (one.id, f"Recommendation {one.id[1:]}"):
            wanted[name] = {address.of_recommendation(one.id)}
    assert firsts(ask, wanted) == []


def test_every_page_by_its_title(site: Site, ask: Ask) -> None:
    wanted = defaultdict(set)
    for url, page in site.addressed.items():
        if url != address.SEARCH_PAGE:
            wanted[page.title.rpartition(" - ")[0] or page.title].add(url)
    lost = firsts(ask, wanted, within=3)
    assert len(lost) <= len(wanted) * 0.04, lost


def test_every_name_in_search_yml_leads_to_its_page(guide: Guide, ask: Ask) -> None:
    wanted = defaultdict(set)
    for page in guide.search.pages:
        for name in page.also_called:
            wanted[name].add(page.page)
    lost = firsts(ask, wanted, within=3)
    assert len(lost) <= len(wanted) * 0.04, lost


# --- what results show --------------------------------------------------------------------------------------------


def test_results_say_where_they_are_from(ask: Ask) -> None:
    for answer in ask(["Harlow", "luton training", "JSNA", "pooled budget"]):
        assert all(answer.places)
    (harlow,) = ask(["Harlow"])
    assert harlow.places[0] == "Trusts › Trust profile"


def test_passages_mark_what_was_looked_for(ask: Ask) -> None:
    (answer,) = ask(["paid within 30 days"])
    marked = {words.lower() for passage in answer.passages[:5] for words, mark in passage if mark}
    assert {"30", "days"} <= marked
    assert all(sum(len(words) for words, _ in passage) < 520 for passage in answer.passages)
