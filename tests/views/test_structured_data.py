"""What pages tell programs: that it cannot break out of its element, and says no more than the records do."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from macros.derived import data_package, downloads
from macros.pages.site import Site
from macros.reading.guide import Guide
from macros.views.structured_data import PageIntroduction, json_ld

BASE = "https://guide.example/below/"


def told(guide: Guide, page: PageIntroduction) -> dict[str, Any]:
    (node,) = json.loads(json_ld(guide, page, BASE))["@graph"]
    return dict(node)


def described(site: Site, url: str) -> PageIntroduction:
    found = site.described(url)
    assert found is not None
    return found


@pytest.mark.parametrize("text", ["</script><script>go()</script>", "<!-- <script>", "a & b", "]]>", "“”\u2028"])
def test_no_text_ends_the_script_element(guide: Guide, text: str) -> None:
    page = PageIntroduction("about/", text, text)
    made = json_ld(guide, page, BASE)
    assert not set("<>&") & set(made)
    assert (told(guide, page)["name"], told(guide, page)["description"]) == (text, text)


def test_a_page_names_those_above_it(site: Site, guide: Guide) -> None:
    steps = told(guide, described(site, "trusts/compare/money/"))["breadcrumb"]["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3, 4]
    assert [step["item"].removeprefix(BASE) for step in steps] == [
        "",
        "trusts/",
        "trusts/compare/",
        "trusts/compare/money/",
    ]
    assert "breadcrumb" not in told(guide, described(site, "glossary/"))


def test_there_is_nothing_to_tell_of_a_page_that_is_not_there(site: Site) -> None:
    assert site.described("trusts/atlantis/") is None


def test_a_trust_is_a_partnership_and_its_council_a_body_of_government(site: Site, guide: Guide) -> None:
    for trust in guide.trusts:
        partnership, council = told(guide, described(site, f"trusts/{trust.slug}/"))["about"]
        assert (partnership["@type"], partnership["name"]) == ("Organization", trust.partnership)
        assert (council["@type"], council["name"]) == ("GovernmentOrganization", trust.authority)
        assert council.get("dissolutionDate") == (str(trust.life.ended) if trust.life.ended else None)
        assert "dissolutionDate" not in partnership


def test_pages_beside_profiles_are_about_no_trust(site: Site, guide: Guide) -> None:
    for url in ("trusts/", "trusts/gaps/", "trusts/compare/"):
        assert "about" not in told(guide, described(site, url))


def test_the_data_are_a_dataset_with_its_files(site: Site, guide: Guide) -> None:
    data = told(guide, described(site, "data/"))["mainEntity"]
    assert data["@type"] == "Dataset"
    assert 50 <= len(data["description"]) <= 5000
    linked = {one["contentUrl"].removeprefix(f"{BASE}data/") for one in data["distribution"]}
    made = {path for path in downloads.contents(guide, BASE) if "/" not in path and path.endswith((".csv", ".json"))}
    assert linked == made
    assert all(one["encodingFormat"] in data_package.MEDIA.values() for one in data["distribution"])


def test_the_survey_is_a_dataset_of_its_months(site: Site, guide: Guide) -> None:
    survey = told(guide, described(site, "survey/"))["mainEntity"]
    assert survey["temporalCoverage"] == "2008-11/2009-01"
    assert {one["contentUrl"] for one in survey["distribution"]} == {
        f"{BASE}data/survey-2009.csv",
        f"{BASE}data/survey-2009.json",
    }


def test_the_glossary_is_a_set_of_terms(site: Site, guide: Guide) -> None:
    terms = told(guide, described(site, "glossary/"))["mainEntity"]["hasDefinedTerm"]
    assert [term["name"] for term in terms] == [term.term for term in guide.glossary]


def test_a_date_is_as_exact_as_it_is_known(site: Site, guide: Guide) -> None:
    luton = guide.trust("luton")
    for given, written in [("2009-04-01", "2009-04-01"), ("2009-04", "2009-04"), ("autumn 2009", "2009")]:
        life = luton.life.model_copy(update={"ended": type(guide.first_wave.date)(given)})
        changed = replace(guide, trusts=(luton.model_copy(update={"life": life}),))
        _, council = told(changed, described(site, "trusts/luton/"))["about"]
        assert council["dissolutionDate"] == written
