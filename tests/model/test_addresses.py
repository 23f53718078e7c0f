"""Addresses: those of the public contract, and links that work below any path."""

from __future__ import annotations

from posixpath import normpath

import pytest
from mistakes import ROOT

from macros.model import addresses
from macros.pages.site import Site
from macros.reading.guide import Guide


@pytest.mark.parametrize(
    ("file", "url"),
    [
        ("index.md", ""),
        ("glossary.md", "glossary/"),
        ("trusts/index.md", "trusts/"),
        ("trusts/luton.md", "trusts/luton/"),
        ("trusts/compare/index.md", "trusts/compare/"),
        ("trusts/compare/money.md", "trusts/compare/money/"),
    ],
)
def test_the_address_of_a_file(file: str, url: str) -> None:
    assert addresses.of_page(file) == url


@pytest.mark.parametrize(
    ("target", "page", "link"),
    [
        ("trusts/luton/", "", "trusts/luton/"),
        ("trusts/luton/", "trusts/", "luton/"),
        ("trusts/luton/", "trusts/essex/", "../luton/"),
        ("trusts/luton/#needs", "survey/", "../trusts/luton/#needs"),
        ("trusts/luton/#needs", "trusts/luton/", "#needs"),
        ("trusts/luton/", "trusts/luton/", "./"),
        ("", "trusts/luton/", "../../"),
        ("", "", "./"),
        ("data/trusts.json", "data/", "trusts.json"),
        ("data/trusts/luton.json", "trusts/luton/", "../../data/trusts/luton.json"),
    ],
)
def test_links_are_relative(target: str, page: str, link: str) -> None:
    assert addresses.relative(target, page) == link


def test_a_relative_link_always_leads_to_its_target(site: Site) -> None:
    urls = [page.url for page in site.pages]
    for page in urls:
        for target in urls:
            link = addresses.relative(target, page)
            assert not link.startswith("/")
            assert normpath(f"/{page}{link}") == normpath(f"/{target}")


def test_the_pages_of_the_contract_have_files(guide: Guide) -> None:
    have = {addresses.of_page(path.relative_to(ROOT / "docs").as_posix()) for path in (ROOT / "docs").rglob("*.md")}
    contract = {
        "", "trusts/", "trusts/compare/", "trusts/gaps/", "survey/", "recommendations/", "evidence/method/",
        "evidence/sources/", "glossary/", "about/", "data/",
        *(f"trusts/{slug}/" for slug in (
            "bedfordshire", "cambridgeshire", "essex", "hertfordshire", "luton", "norfolk", "peterborough",
            "southend-on-sea", "suffolk", "thurrock",
        )),
        *(f"recommendations/r{number}/" for number in range(1, 8)),
    }  # fmt: skip
    assert contract <= have
    assert {addresses.of_trust(trust.slug) for trust in guide.trusts} <= have
    assert {addresses.of_recommendation(one.id) for one in guide.recommendations} <= have
    assert {addresses.SOURCES_PAGE, addresses.GLOSSARY_PAGE} <= have


def test_every_section_has_an_anchor_of_its_own(guide: Guide) -> None:
    references = [
        f"{document.id}#{section.id}" if section else document.id
        for document in guide.documents.values()
        for section in (None, *document.sections)
    ]
    anchors = [addresses.source_anchor(reference) for reference in references]
    assert len(set(anchors)) == len(anchors)
    assert addresses.source_anchor("clear-expectations#method(2)") == addresses.source_anchor(
        "clear-expectations#method"
    )
    assert addresses.of_source("ours") == "evidence/sources/#ours"
    assert addresses.of_source("clear-expectations#luton.needs") == "evidence/sources/#luton-needs"
