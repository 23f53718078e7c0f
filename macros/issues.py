"""The forms for issues on GitHub: made from the schema and the data, and read again when somebody has sent one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlencode

import yaml

from macros import fields
from macros.corrections import MAX_BYTES, Correction, Refused, item_name, place, said, sent, typed
from macros.explain import shown
from macros.fields import Field, Kind
from macros.guide import Guide
from macros.model.trust import Trust
from macros.text import without_hidden

FOLDER = ".github/ISSUE_TEMPLATE"
CORRECT = "correct-a-fact.yml"

_HEAD = "# Made by `guide forms` from the schema and the data: change those, not this file.\n"
_NO_ANSWER = "_No response_"

# The ids and headings of the form for a correction. A link can fill in what is typed, but no list to choose from:
# GitHub then shows an empty page.
TRUST, PART, PLACE, NOW, NEW, SOURCE = "trust", "part", "place", "now", "new", "source"
HEADINGS = {
    TRUST: "Trust",
    PART: "Which part",
    PLACE: "Place in the profile",
    NOW: "What it says now",
    NEW: "What it should say",
    SOURCE: "Source",
}


def parts() -> Iterator[Field]:
    """Yield the parts of a profile that a form can name: what the model of a Trust is made of."""
    return (one for one in fields.fields(Trust) if one.name != "slug" and one.kind != Kind.SOURCES)


def files(guide: Guide) -> Mapping[str, str]:
    """Return the forms by file name."""
    made = {
        CORRECT: _correct(guide),
        "add-a-trust.yml": _add(guide),
        "something-else.yml": _other(),
    }
    config = {
        "blank_issues_enabled": False,
        "contact_links": [
            {
                "name": "Write to us instead",
                "url": f"{_site(guide)}about/contact/",
                "about": "You need no account to write an e-mail.",
            }
        ],
    }
    return {name: _HEAD + _dumped(content) for name, content in {**made, "config.yml": config}.items()}


def _site(guide: Guide) -> str:
    return guide.base_url if hasattr(guide, "base_url") else ""
