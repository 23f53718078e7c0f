"""Asks axe, the checker of accessibility, about a page as a browser shows it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
COLOUR = ("color-contrast", "link-in-text-block")
"""The rules that look at colours: all that a change of scheme can break."""

# The size of targets is a rule of WCAG 2.2 that axe leaves off unless it is asked for.
_RUN = """async ({selectors, only}) => (await axe.run(document, {
  selectors, resultTypes: ['violations'],
  ...(only ? { runOnly: { type: 'rule', values: only } } : { rules: { 'target-size': { enabled: true } } }),
})).violations"""


class Axe:
    """Axe, ready to be asked: `axe(page)` gives what it finds wrong, one line a rule."""

    def __init__(self, script: str) -> None:
        """Keep the text of the script, which each page is given once."""
        self._script = script

    def __call__(self, page: Page, only: Sequence[str] = ()) -> list[str]:
        """Return what all rules find or, if some are named, what only they find."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(self._script)
        # Writing a selector for every element takes axe long: it does so where there is a fault to tell of.
        if not page.evaluate(_RUN, {"selectors": False, "only": list(only) or None}):
            return []
        found = page.evaluate(_RUN, {"selectors": True, "only": list(only) or None})
        return [f"{one['id']}: {json.dumps([node['target'] for node in one['nodes'][:3]])}" for one in found]
