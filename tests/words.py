"""Every word that pages show beside a statement, with what it is about: read off the drawn pages.

Badges, words for what is not known, answers at a glance, groups of Trusts by a word, and counts. `words.csv` holds them
as a person last compared them with the report. Run this file to write it again, and read what differs first.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup, NavigableString, Tag

from macros.derived.figures import figures
from macros.pages.site import Site
from macros.reading.guide import Guide, load

ROOT = Path(__file__).parents[1]
REVIEWED = Path(__file__).with_name("words.csv")
_LEFT_OUT = {"trusts/compare/all.md", "about/whats-new.md"}
"""A page whose tables another page has too, and one that tells of the guide itself."""
_HISTORY = "What’s changed"
"""The part of a profile that tells of the guide itself."""
_OF_THE_DAY = "Due for review"
"""What pages say of a statement by the day on which they are built: it says nothing of the report."""
_SECTION = re.compile(r"^## (.*?) \{: #[\w-]+ \}$", re.MULTILINE)
_LONGEST = 100


class Row(NamedTuple):
    """One word on one page."""

    page: str
    part: str
    """The heading it stands under."""
    subject: str
    """What stands beside it: whom or what it is said of."""
    word: str
    says: str
    """How the statement begins that it stands with."""


def collected(guide: Guide, rendered: Mapping[str, str]) -> list[Row]:
    """Return all words of all pages, and the figures, each once."""
    found = [row for path, text in sorted(rendered.items()) if path not in _LEFT_OUT for row in _of_page(path, text)]
    counts = [Row("figures", one.label, one.name, one.text, _short(one.counts)) for one in figures(guide).values()]
    return [*dict.fromkeys((*found, *counts))]


def reviewed() -> list[Row]:
    with REVIEWED.open(encoding="utf-8", newline="") as file:
        return [Row(*row) for row in csv.reader(file)][1:]


def write(rows: list[Row]) -> None:
    with REVIEWED.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([Row._fields, *rows])


def _of_page(path: str, text: str) -> Iterator[Row]:
    part = ""
    page = BeautifulSoup(text, "html.parser")
    for mark in page.select("a.ce-mark, .ce-sources"):
        mark.decompose()  # where words come from is no part of them
    for one in page.descendants:
        if isinstance(one, NavigableString):
            if headings := _SECTION.findall(one):
                part = headings[-1]
        elif isinstance(one, Tag):
            if one.name in {"h2", "h3"}:
                part = _words(one)
            if part == _HISTORY or _words(one) == _OF_THE_DAY:
                continue
            classes = one.get("class") or []
            if ("ce-status" in classes and "ce-status--core" not in classes) or "ce-unknown" in classes:
                yield Row(path, part, *_beside(one))
            elif one.name == "dt" and one.find_parent(class_="ce-glance"):
                yield Row(path, "At a glance", _words(one), "", _words(one.find_next_sibling("dd")))
            elif one.name == "dt" and path == "trusts/gaps.md":
                yield Row(path, part, "", _words(one), _words(one.find_next_sibling("dd")))


def _beside(badge: Tag) -> tuple[str, str, str]:
    """Return what a word is said of, the word, and the beginning of what stands with it."""
    word = _words(badge)
    cell, item = badge.find_parent("td"), badge.find_parent("li")
    if cell is not None and cell.get("data-label"):
        fact = badge.find_parent(class_="ce-fact")
        row = cell.find_parent("tr").select_one("th")
        trust = _words(row.select_one("a") or row)
        subject = " / ".join(filter(None, (trust, str(cell["data-label"]), _name(fact) if fact else "")))
        return subject, word, _said(fact or cell) if fact or "ce-status" in badge["class"] else ""
    if item is not None:
        around = item.find_parent("li")
        whose = _words(item.select_one(".ce-dated__side")) or (_name(around) if around else "")
        own = _name(item) or _words(item).removesuffix(word).strip()
        return " / ".join(filter(None, (whose, own))), word, _said(item)
    label = badge.find_parent("dd")
    if label is not None:
        return _words(label.find_previous_sibling("dt")), word, _said(label)
    return "", word, _short(_words(badge.parent))


def _name(part: Tag | None) -> str:
    return _words(part.select_one(".ce-items__name")) if part else ""


def _said(part: Tag) -> str:
    plain = [one for one in part.find_all("p") if not one.get("class")]
    return _short(" ".join(_words(one) for one in plain))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"


def _words(part: Tag | None) -> str:
    return re.sub(r"\s+([.,;:])", r"\1", " ".join(part.get_text(" ").split())) if part else ""


if __name__ == "__main__":
    the_guide = load(ROOT / "data")
    write(collected(the_guide, dict(Site(the_guide, ROOT / "docs").rendered())))
