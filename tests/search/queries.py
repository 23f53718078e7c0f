"""What people type, the part each query is in (one to tune search on, three only measured), and how to score."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from macros.reading.guide import Guide

Part = Literal["tuning", "unseen", "late", "fresh"]
PARTS: tuple[Part, ...] = ("tuning", "unseen", "late", "fresh")
_KEPT: tuple[Part, ...] = ("late", "fresh")


class Result(NamedTuple):
    """One page that search gives, and the anchors of its sections that it shows ("" is the top)."""

    url: str
    sections: Sequence[str]


@dataclass(frozen=True)
class Query:
    """One query and the addresses that answer it."""

    kind: str
    text: str
    wants: tuple[str, ...]
    part: Part
    covers: tuple[str, ...] = ()
    """Pages that the first ten results should hold, each of them: the Trusts that did what is asked about."""

    def coverage(self, results: Iterable[Result]) -> float:
        """Return the share of `covers` that the first ten results hold."""
        shown = {result.url for result, _ in zip(results, range(10), strict=False)}
        return len(shown & {*self.covers}) / len(self.covers)

    def rank(self, results: Iterable[Result]) -> int:
        """Return the place of the first result that answers it, from 1; 0 if none of the first ten does."""
        for number, (result, _) in enumerate(zip(results, range(10), strict=False), 1):
            if self._answered_by(result):
                return number
        return 0

    def _answered_by(self, result: Result) -> bool:
        wanted = (one.partition("#") for one in self.wants)
        return any(url == result.url and (not mark or anchor in result.sections) for url, mark, anchor in wanted)


class Score(NamedTuple):
    """What a list of ranks is worth: shares of queries, and the mean of 1/rank."""

    queries: int
    hit_1: float
    hit_3: float
    mrr: float

    @classmethod
    def of(cls, ranks: Sequence[int]) -> Score:
        number = len(ranks)
        return cls(
            number,
            sum(rank == 1 for rank in ranks) / number,
            sum(0 < rank <= 3 for rank in ranks) / number,
            sum(1 / rank for rank in ranks if rank) / number,
        )


def read(guide: Guide) -> tuple[Query, ...]:
    """Return all queries, in the order of the file.

    A query that `data/search.yml` holds word for word has been seen, whatever its hash. Those of the part `late` were
    written when ranking and words were settled. Those of the part `fresh` were written before search was made anew.
    """
    seen = {_key(name) for page in guide.search.pages for name in page.also_called}
    seen |= {_key(name) for group in guide.search.words for name in group.typed}

    def part(row: dict[str, Any]) -> Part:
        if _key(row["query"]) in seen:
            return "tuning"
        if row.get("tune"):
            return "tuning"
        for name in _KEPT:
            if row.get(name):
                return name
        return "unseen" if hashlib.sha256(row["query"].lower().encode()).digest()[0] % 2 else "tuning"

    rows = yaml.safe_load(Path(__file__).with_name("queries.yml").read_text(encoding="utf-8"))
    return tuple(
        Query(row["kind"], row["query"], tuple(row["wants"]), part(row), tuple(row.get("covers", ()))) for row in rows
    )


def _key(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", re.sub("['’]", "", text.lower())))
