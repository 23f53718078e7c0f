"""The guide's own style sheets: no rule for what is not there, and no name that is not defined."""

from __future__ import annotations

import re
from pathlib import Path

from built_site import ROOT, Site

STYLES = ROOT / "docs/assets/stylesheets"
LATER = {
    # Parts of the finder, which the code of others names as it draws them.
    *("autocomplete__", "autocomplete__input", "autocomplete__wrapper", "autocomplete__menu"),
    *("autocomplete__menu--hidden", "autocomplete__option", "autocomplete__option--focused"),
    # Which part of the page is on the screen, and how the focus came there.
    *("md-nav__link--active", "md-nav__link--passed", "focus-visible"),
    # On no element: they only make a rule weigh more than one of the theme.
    *("ce-x", "ce-y"),
    # The results of a survey that is still to come (tests/survey/test_forms_and_pages.py).
    *("ce-bar", "ce-bars", "ce-bars__source", "ce-bars__value"),
    # The map of a region of many Trusts (tests/built_site/test_scale.py).
    "ce-map--large",
    # The answers to the questions that the map does not show first.
    *("ce-map__tile--none", "ce-map__tile--planned"),
    # For pages that are yet to be arranged so.
    *("ce-find__hint", "ce-map__tile--current", "ce-chooser__list--long"),
}
"""Classes that are on no page as it is built, each with the reason."""


def rules() -> str:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(STYLES.glob("*.css")))
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def on_pages_or_in_scripts(site: Site) -> set[str]:
    found = {name for page in site.pages.values() for part in page.soup.select("[class]") for name in part["class"]}
    for script in (ROOT / "docs/assets/javascripts").rglob("*.js"):
        found |= set(re.findall(r"[\w-]+", script.read_text(encoding="utf-8")))
    return found


def test_every_rule_is_for_something(site: Site) -> None:
    named = set(re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r"url\([^)]*\)|\d*\.\d+\w*", " ", rules())))
    assert len(named) > 100
    assert sorted(named - on_pages_or_in_scripts(site) - LATER) == []


def test_every_colour_and_size_is_defined_and_used() -> None:
    text = rules()
    defined = set(re.findall(r"(--(?:ce|chart)-[\w-]+)\s*:", text))
    used = set(re.findall(r"var\((--(?:ce|chart)-[\w-]+)", text))
    assert len(defined) > 40
    assert sorted(used - defined) == []
    assert sorted(defined - used) == []


def test_colours_are_named_in_one_file() -> None:
    """But on the band of the masthead, which is dark in both schemes, in forced colours, and on paper."""
    text = re.sub(r"/\*.*?\*/", "", Path(STYLES / "guide.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    screen = text.partition("@media (forced-colors")[0]
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", screen)) <= {"#ffffff", "#7a4d00", "#ffffff26"}
