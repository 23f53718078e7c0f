"""The issue forms on GitHub, made from the schema and the data; `github_issue` reads the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel

from macros.editing import yaml_layout
from macros.model.trust import Basis, Life, Trust
from macros.reading.guide import Guide
from macros.schema import fields
from macros.schema.fields import Field, FieldKind

FOLDER = ".github/ISSUE_TEMPLATE"
CORRECT = "correct-a-fact.yml"

_HEAD = "# Made by `guide forms` from the schema and the data: change those, not this file.\n"
NO_ANSWER = "_No response_"

# The ids and headings of the form for a correction. A link can fill in text fields, but no lists to choose from: GitHub
# shows an empty page then.
KIND, TRUST, PART, PLACE, NOW, NEW, SOURCE = "kind", "trust", "part", "place", "now", "new", "source"
HEADINGS = {
    KIND: "Was the guide wrong about that time, or have things changed since?",
    TRUST: "Trust",
    PART: "Which part",
    PLACE: "Place in the profile",
    NOW: "What it says now",
    NEW: "What it should say",
    SOURCE: "Source",
}


WRONG, CHANGED = "The guide is wrong about that time", "Things have changed since"
"""The answers to the first question."""


def parts() -> Iterator[Field]:
    """Yield the parts of a profile that a form can name, from the model of a Trust."""
    return (one for one in fields.fields(Trust) if one.name != "slug" and one.kind != FieldKind.SOURCES)


def files(guide: Guide, base_url: str) -> Mapping[str, str]:
    """Return the forms by file name; `base_url` is the site's address."""
    made = {
        CORRECT: _correct(guide),
        "add-a-trust.yml": _add(),
        "something-else.yml": _other(),
        "config.yml": {
            "blank_issues_enabled": False,
            "contact_links": [
                {
                    "name": "Write to us instead",
                    "url": f"{base_url.rstrip('/')}/about/contact/",
                    "about": "You need no account to send an email.",
                }
            ],
        },
    }
    return {name: _HEAD + yaml_layout.written(content) for name, content in made.items()}


def _correct(guide: Guide) -> dict[str, object]:
    return _form(
        "Correct a fact in a profile",
        "Something in a Trust’s profile is not what the report says.",
        "correction",
        _markdown(
            "Thank you. A program puts your correction into the file, and a person checks it against the report before"
            " it is shown. You cannot break anything."
        ),
        _chosen(KIND, HEADINGS[KIND], [WRONG, CHANGED], False, "What the report said of its own time stays as it is."),
        _typed(
            PLACE,
            False,
            "If a link on the page filled this in, leave it as it is and go on to “What it says now”."
            " Otherwise leave it empty.",
        ),
        _chosen(TRUST, HEADINGS[TRUST], [one.name for one in guide.trusts], False, "Leave it if the place is given."),
        _chosen(PART, HEADINGS[PART], [one.label for one in parts()], False, "Leave it if you are not sure."),
        _typed(NOW, True, "Copy the sentence, the number or the words that are wrong. Copy them exactly.", long=True),
        _typed(
            NEW,
            True,
            "Write only what should stand in its place. Money may be written as £2.5 million, a date as April 2024.",
            long=True,
        ),
        _typed(
            SOURCE,
            True,
            "The section of the report that says so, as the page names it.",
            placeholder=_example_section(guide),
        ),
        _markdown(_vocabularies()),
    )


def _example_section(guide: Guide) -> str:
    titles = [section.title for document in guide.documents.values() for section in document.sections]
    return next((one for one in titles if one.startswith(guide.trusts[0].name)), titles[0])


def _vocabularies() -> str:
    """Return the fixed words of a profile, by part and field."""
    lines = [
        f"- {words.partition(' › ')[0]}, {words.rpartition(' › ')[2].lower()}: {', '.join(one.words)}"
        for words, one in _worded(Trust, ())
    ]
    listed = "\n".join(dict.fromkeys(lines))
    return f"<details><summary>Some facts are one of a few fixed words</summary>\n\n{listed}\n\n</details>"


def _worded(model: type[BaseModel], above: tuple[str, ...]) -> Iterator[tuple[str, Field]]:
    for one in fields.fields(model):
        if one.words:
            yield " › ".join((*above, one.label)), one
        if one.model is not None:
            yield from _worded(one.model, (*above, one.label))


def _add() -> dict[str, object]:
    words = {one.name: one for model in (Life, Basis) for one in fields.fields(model) if one.words}
    return _form(
        "Add a Trust",
        "A Trust that has no profile yet.",
        "new Trust",
        _markdown("Give what you know. A person begins the profile with `guide new trust`, and asks you for the rest."),
        *(
            _field_of(one.name, one.label, one.hint, True, one.example)
            for one in fields.fields(Trust)
            if one.kind == FieldKind.LABEL and one.required and one.name != "slug"
        ),
        *(_chosen(name, one.hint.rstrip("."), one.words, False, "") for name, one in words.items()),
        _field_of("what", "What the source says", "In your own words. You need not be complete.", True, long=True),
        _field_of("source", "Source", "The document, with page or section, and its address if it has one.", True),
        _field_of("kept_by", "Who will keep the profile", "A role is enough.", False),
    )


def _other() -> dict[str, object]:
    return _form(
        "Something else",
        "A page that does not work, a word that is hard, an idea.",
        "question",
        _field_of("page", "Which page", "Its address, or its title.", False),
        _field_of("what", "What you found, and what you expected", "One thing at a time, please.", True, long=True),
        _field_of("with", "What you use", "Your browser and device, if the page does not work.", False),
    )


def _form(name: str, description: str, label: str, *body: dict[str, object]) -> dict[str, object]:
    return {"name": name, "description": description, "labels": [label], "body": list(body)}


def _markdown(text: str) -> dict[str, object]:
    return {"type": "markdown", "attributes": {"value": text}}


def _typed(name: str, required: bool, hint: str, long: bool = False, placeholder: str = "") -> dict[str, object]:
    return _field_of(name, HEADINGS[name], hint, required, placeholder, long)


def _field_of(
    name: str, label: str, hint: str, required: bool, example: str = "", long: bool = False
) -> dict[str, object]:
    attributes = {"label": label, "description": hint, **({"placeholder": f"Such as: {example}"} if example else {})}
    kind = "textarea" if long else "input"
    return {"type": kind, "id": name, "attributes": attributes, "validations": {"required": required}}


def _chosen(name: str, label: str, options: Iterable[str], required: bool, hint: str) -> dict[str, object]:
    attributes = {"label": label, **({"description": hint} if hint else {}), "options": list(options)}
    return {"type": "dropdown", "id": name, "attributes": attributes, "validations": {"required": required}}
