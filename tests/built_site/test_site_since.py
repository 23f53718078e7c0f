"""What became of things after the evidence, on the built site: its dates, no links that are not safe, no belief."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from built_site import Site, text

from macros.reading.guide import Guide
from macros.views.later import as_of

NOT_SAFE = (
    "wired-gov.net",
    "cryer.org.uk",
    "wikimili.com",
    "wikipedia.org",
    "wiki2.org",
    "liquisearch.com",
    "miragenews.com",
    "europesays.com",
    "solihull-sustain.org.uk",
    "vdocument.in",
    "vdocuments.net",
    "docslib.org",
    "dokumen.tips",
    "rssing.com",
    "trevorlockwood.com",
    "glendross.com",
    "barneysclub.co.uk",
    "zoomlaw.co.uk",
)
"""Copies, thin pages and encyclopedias: their documents are named, and not linked."""

BELIEVED = (
    "Not verified",
    "stored copy",
    "Stored copy",
    "excerpt read",
    "Young Lives has closed",
    "Suffolk County Council leads children’s services",
    "Government chose the plan for five councils",
    "Government chose three councils for Suffolk",
    "has since become an Act",
    "were never repealed",
)
"""What no document states, or what notes said of how documents were read."""


def test_no_page_links_to_an_address_that_is_not_safe(either: Site) -> None:
    found = [
        f"{page.url}: {link['href']}"
        for page in either.pages.values()
        for link in page.soup.select("a[href^=http]")
        if (urlsplit(str(link["href"])).hostname or "").endswith(NOT_SAFE)
    ]
    assert found == []


@pytest.mark.parametrize("words", BELIEVED)
def test_nothing_that_is_only_believed_is_stated(either: Site, words: str) -> None:
    assert [page.url for page in either.pages.values() if words in text(page.article)] == []


def test_every_fact_stands_on_a_page_with_its_date_and_its_documents(either: Site, guide: Guide) -> None:
    for subject in guide.later:
        for fact in subject.facts:
            pages = (
                [f"trusts/{subject.trust}/"] if subject.trust else ["since-2009/", "since-2009/reading/", "glossary/"]
            )
            items = [
                item
                for url in pages
                for item in either[url].article.select(".ce-fact, .ce-items > li, .ce-later")
                if " ".join(fact.what.split()) in text(item)
            ]
            assert items, fact.id
            assert any(item.select_one("a.ce-mark, a.ce-source") for item in items), fact.id
            if "since-2009/reading/" not in pages or fact.title or fact.terms:
                assert any(as_of(fact) in text(item) for item in items), fact.id


def test_the_page_on_the_time_since_leads_to_each_profile(either: Site, guide: Guide) -> None:
    links = either["since-2009/"].links("table th a")
    assert [one.partition("#")[0] for one in links] == [f"trusts/{trust.slug}/" for trust in guide.trusts]


def test_the_glossary_says_what_terms_are_called_now(either: Site, guide: Guide) -> None:
    glossary = either["glossary/"].article
    for subject in guide.later:
        for part in subject.parts:
            for name in part.terms:
                meaning = glossary.select_one(f"dt#{name} + dd")
                assert meaning is not None
                assert " ".join(part.statement.split()) in text(meaning)


def test_present_pages_say_that_they_are_no_legal_advice(either: Site, guide: Guide) -> None:
    for url in ("since-2009/", *(f"standards/{one.id}/" for one in guide.standards)):
        assert "legal advice" in text(either[url].article), url
