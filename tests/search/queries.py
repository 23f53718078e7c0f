"""What people type, and which part each query is in: one to tune search on, and two that are only ever measured."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from macros.guide import Guide

Half = Literal["tuning", "unseen", "late"]


@dataclass(frozen=True)
class Query:
    """One query and the addresses that answer it."""

    kind: str
    text: str
    wants: tuple[str, ...]
    half: Half

    def answered_by(self, page: str, sections: tuple[str, ...]) -> bool:
        """Whether a result answers it that leads to `page` and shows these `sections` of it by anchor."""
        for wanted in self.wants:
            url, _, anchor = wanted.partition("#")
            if url == page and (not anchor or anchor in sections):
                return True
        return False


def read(guide: Guide) -> tuple[Query, ...]:
    """Return all queries, in the order of the file.

    A query that `data/search.yml` holds word for word has been seen, whatever its hash. Those of the part `late` were
    written when everything was settled.
    """
    seen = {_key(name) for page in guide.search.pages for name in page.also_called}
    seen |= {_key(name) for group in guide.search.words for name in group.typed}
    rows = yaml.safe_load(Path(__file__).with_name("queries.yml").read_text(encoding="utf-8"))

    def half(row: dict[str, Any]) -> Half:
        if _key(row["query"]) in seen:
            return "tuning"
        return "late" if row.get("late") else _half(row["query"])

    return tuple(Query(row["kind"], row["query"], tuple(row["wants"]), half(row)) for row in rows)


def _key(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", re.sub("['’]", "", text.lower())))


def _half(text: str) -> Half:
    return "unseen" if hashlib.sha256(text.lower().encode()).digest()[0] % 2 else "tuning"
