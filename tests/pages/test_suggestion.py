"""Whoever suggests a change to a page need not say which page it is, whatever the way, and no script is needed."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from macros.editing import github_forms
from macros.pages.site import Site
from macros.pages.suggestion import ways
from macros.reading.guide import Guide

BASE = "https://guide.example/below/"


def test_every_page_knows_itself_in_every_way(site: Site) -> None:
    for page in site.pages:
        suggest = site.head(page.url, BASE)["suggest"]
        mail = urlsplit(suggest["mail"])
        given = parse_qs(mail.query, keep_blank_values=True)
        assert (mail.scheme, mail.path) == ("mailto", site.guide.region.contact)
        assert given["subject"] == [f"Change to: {page.title}"]
        assert given["body"][0].splitlines()[0] == f"Page: {page.title} ({BASE}{page.url})"
        is_profile = page.path.startswith("trusts/") and page.url.split("/")[1] in {t.slug for t in site.guide.trusts}
        assert suggest["form"] == (f"edit/?trust={page.url.split('/')[1]}" if is_profile else "")
        assert suggest["issue"] == ""  # the guide has no public address yet


def test_through_github_the_form_is_filled_in(guide: Guide) -> None:
    region = guide.region.model_copy(update={"repository": "https://github.com/example/guide"})
    issue = urlsplit(ways("survey/", "Survey & more", BASE, region, frozenset())["issue"])
    assert issue.path == "/example/guide/issues/new"
    given = parse_qs(issue.query)
    name = given.pop("template")[0]
    assert given.pop("title") == ["Change to: Survey & more"]
    assert given["page"] == [f"Survey & more ({BASE}survey/)"]
    form = github_forms.files(guide, BASE)[name]
    assert all(f"id: {field}\n" in form for field in given)


@pytest.mark.parametrize("url", ["trusts/", "trusts/compare/", "trusts/luton/more/", "lutontrusts/luton/"])
def test_only_a_profile_has_the_form(guide: Guide, url: str) -> None:
    trusts = frozenset(trust.slug for trust in guide.trusts)
    assert ways(url, "Title", BASE, guide.region, trusts)["form"] == ""
