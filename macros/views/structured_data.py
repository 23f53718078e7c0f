"""Each page's description of itself for search engines and other programs, in the vocabulary of schema.org.

It says only what the page itself shows. The format is JSON-LD: https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from macros.derived import data_package, download_kinds, download_table
from macros.derived.latest_known import latest
from macros.model import addresses, wording
from macros.model.dates import When
from macros.model.glossary import Term
from macros.model.survey import Survey
from macros.model.text import to_plain
from macros.model.trust import Trust
from macros.reading.guide import Guide

Node = dict[str, Any]

LANGUAGE = "en-GB"
DATA_PAGE, SURVEY_PAGE = "data/", "survey/"


@dataclass(frozen=True)
class PageIntroduction:
    """A page's details for the description.

    `trail` holds the pages above it, from the home page down: address and title.
    """

    url: str
    title: str
    description: str
    trail: Sequence[tuple[str, str]] = ()


def json_ld(guide: Guide, page: PageIntroduction, base: str) -> str:
    """Return a page's description as JSON that is safe inside a `script` element.

    `base` is the address of the site, with a slash at its end. No text can close the element: `<`, `>` and `&` are
    written as escapes.
    """
    told = {"@context": "https://schema.org", "@graph": [*_nodes(guide, page, base)]}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _nodes(guide: Guide, page: PageIntroduction, base: str) -> Iterator[Node]:
    site: Node = {"@type": "WebSite", "@id": f"{base}#site", "name": guide.region.guide, "url": base}
    if not page.url:
        yield {**site, "description": page.description, "inLanguage": LANGUAGE, "publisher": _publisher(guide)}
        return
    itself: Node = {
        "@type": "WebPage",
        "@id": base + page.url,
        "url": base + page.url,
        "name": page.title,
        "description": page.description,
        "inLanguage": LANGUAGE,
        "isPartOf": site,
    }
    if len(page.trail) > 1:
        itself["breadcrumb"] = _breadcrumbs(page, base)
    yield itself | _subject(guide, page, base)


def _breadcrumbs(page: PageIntroduction, base: str) -> Node:
    steps = [*page.trail, (page.url, page.title)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": title, "item": base + url}
            for number, (url, title) in enumerate(steps, 1)
        ],
    }


def _subject(guide: Guide, page: PageIntroduction, base: str) -> Node:
    """Return the subject of the page, if schema.org has a type that truly fits."""
    if page.url == addresses.GLOSSARY_PAGE:
        return {"mainEntity": _terms(guide, page, base)}
    if page.url == DATA_PAGE:
        return {"mainEntity": _data(guide, page, base)}
    if page.url == SURVEY_PAGE:
        return {"mainEntity": _survey(guide, guide.surveys[-1], page, base)}
    folder, _, slug = page.url.rstrip("/").rpartition("/")
    trusts = guide.trusts if addresses.of_trust(slug) == page.url and folder else ()
    return next((_trust(guide, one) for one in trusts if one.slug == slug), {})


def _publisher(guide: Guide) -> Node:
    return {"@type": "Organization", "name": guide.region.guide, "email": guide.region.contact}


def _trust(guide: Guide, trust: Trust) -> Node:
    """Return the council that led a Trust.

    A Trust was a partnership, not a body of government; the council may have ended.
    """
    council: Node = {"@type": "GovernmentOrganization", "name": trust.authority}
    if trust.life.ended:
        council["dissolutionDate"] = _iso(trust.life.ended)
    trust = latest(guide, trust.slug).trust  # with its present name
    about: Node = {
        "@type": "Organization",
        "name": trust.partnership,
        "areaServed": {"@type": "AdministrativeArea", "name": trust.name},
    }
    if trust.also_called:
        about["alternateName"] = list(trust.also_called)
    return {"about": [about, council], "temporalCoverage": f"../{_iso(guide.first_wave.date)}"}


def _terms(guide: Guide, page: PageIntroduction, base: str) -> Node:
    return {
        "@type": "DefinedTermSet",
        "name": page.title,
        "url": base + page.url,
        "hasDefinedTerm": [_term(one, base) for one in guide.glossary],
    }


def _term(term: Term, base: str) -> Node:
    return {"@type": "DefinedTerm", "name": term.term, "url": base + addresses.of_term(term.id)}


def _data(guide: Guide, page: PageIntroduction, base: str) -> Node:
    files = [
        (kind, kind.path.format(name=name), name)
        for kind in (*download_table.DOWNLOADS, download_table.PACKAGE)
        for name in ([""] if kind is download_table.PACKAGE else kind.names(guide))
        if kind.format in data_package.MEDIA and "/" not in kind.path
    ]
    return {
        **_dataset(guide, f"{guide.region.guide}: {page.title.lower()}", page, base),
        "temporalCoverage": f"../{_iso(guide.first_wave.date)}",
        "distribution": [_download(guide, kind, path, name, base) for kind, path, name in files],
    }


def _survey(guide: Guide, survey: Survey, page: PageIntroduction, base: str) -> Node:
    files = [
        (kind, kind.path.format(name=survey.wave))
        for kind in download_table.DOWNLOADS
        if kind.path.startswith("survey-{name}.")
    ]
    return {
        **_dataset(guide, survey.title, page, base),
        "temporalCoverage": f"{_iso(survey.fieldwork.first)}/{_iso(survey.fieldwork.last)}",
        "distribution": [_download(guide, kind, path, survey.wave, base) for kind, path in files],
    }


def _dataset(guide: Guide, name: str, page: PageIntroduction, base: str) -> Node:
    evidence = [one for one in guide.documents.values() if one.sections]
    return {
        "@type": "Dataset",
        "name": name,
        "description": page.description,
        "url": base + page.url,
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
        "creator": _publisher(guide),
        "spatialCoverage": {"@type": "Place", "name": guide.region.name},
        "isBasedOn": [
            {
                "@type": "Report",
                "name": one.title,
                "publisher": {"@type": "Organization", "name": one.publisher},
                **({"datePublished": _iso(one.published)} if one.published else {}),
            }
            for one in evidence
        ],
    }


def _download(guide: Guide, kind: download_kinds.Download, path: str, name: str, base: str) -> Node:
    title, about = (
        wording.told_by(to_plain(text.format(name=name)), guide.first_wave.again)
        for text in (kind.title, kind.description)
    )
    return {
        "@type": "DataDownload",
        "name": title,
        "description": about,
        "contentUrl": f"{base}{DATA_PAGE}{path}",
        "encodingFormat": data_package.MEDIA[kind.format],
    }


def _iso(when: When) -> str:
    """Return a date with the precision that is known: a day, a month or a year."""
    if when.first == when.last:
        return when.first.isoformat()
    if (when.first.year, when.first.month) == (when.last.year, when.last.month):
        return f"{when.first:%Y-%m}"
    return f"{when.first:%Y}"
