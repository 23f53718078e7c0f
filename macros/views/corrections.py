"""Corrections of profiles: the form, which is made from the models, and the links to it from each profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from markupsafe import Markup
from pydantic import BaseModel

from macros.model import addresses
from macros.model.holdings import TRUSTS, files_of_trust
from macros.model.trust import Trust
from macros.schema import fields
from macros.schema.fields import Field, FieldKind
from macros.views.shared.page import Page

FORM = addresses.CORRECTION_PAGE
BASICS = "Names"
"""The part of the form for facts that belong to no part of a profile."""


def correction_form(page: Page) -> str:
    """Return the form for correcting a profile: a template for each kind of thing, which correct.js fills in."""
    parts = [one for one in fields.fields(Trust) if one.model is not None]
    basics = [one for one in fields.fields(Trust) if one.model is None and _offered(one)]
    sections = [
        (f"{document.id}#{section.id}", section.title)
        for document in page.guide.documents.values()
        for section in document.sections
    ]
    return page.render(
        "correction_form.html",
        trusts=page.trusts,
        basics=basics,
        basics_title=BASICS,
        parts=parts,
        models=[*_models(Trust)],
        sections=sections,
        evidence_date=page.first_wave.date.text,
        first=page.first_wave.id,
        later=[trust.slug for trust in page.trusts if page.guide.profiles_of(trust.slug)],
        contact=page.region.contact,
        repository=page.region.repository or "",
        downloads=page.link_for_script("data/trusts/"),
        profiles=page.link_for_script("trusts/"),
    )


def repository_link(page: Page) -> str:
    """Return the repository as a link, or say that the files are not public yet."""
    if address := page.region.repository:
        return str(Markup('<a href="{0}">{0}</a>').format(address))
    return "a folder that is not public yet"


def links(page: Page, trust: Trust) -> Mapping[str, object]:
    """Return the links by which readers of a profile can correct it."""
    form = f"{page.link(FORM)}?trust={quote(trust.slug)}"
    repository = page.region.repository
    said = page.worded("Where the report says so:")
    body = "\n".join(("Which sentence is wrong:", "", "What it should say:", "", said, ""))
    subject = f"Correction: {trust.name}"
    return {
        "form": form,
        "parts": [
            {"title": one.label.lower(), "link": f"{form}&part={quote(one.name)}"}
            for one in fields.fields(Trust)
            if one.kind == FieldKind.OBJECT and one.required
        ],
        "mail": f"mailto:{page.region.contact}?subject={quote(subject)}&body={quote(body)}",
        "file": f"{repository}/edit/main/{files_of_trust(trust.slug, page.region.baseline)[1]}" if repository else "",
        "how": page.link("about/contact/"),
    }


def _models(model: type[BaseModel]) -> Iterator[tuple[str, tuple[Field, ...]]]:
    """Yield each model at or below `model` once, with its fields."""
    seen: dict[str, tuple[Field, ...]] = {}
    waiting = [one.model for one in fields.fields(model) if one.model is not None]
    while waiting:
        found = waiting.pop(0)
        if found.__name__ not in seen:
            # An id is no fact of the report: a correction that rewords something keeps it.
            seen[found.__name__] = tuple(one for one in fields.fields(found) if one.name != "id")
            waiting += [one.model for one in fields.fields(found) if one.model is not None]
    yield from seen.items()


def _offered(one: Field) -> bool:
    return one.name not in TRUSTS.derived and one.kind != FieldKind.SOURCES
