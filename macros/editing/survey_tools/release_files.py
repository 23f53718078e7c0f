"""The two files of a release: the account of how answers were treated, and the rows of the tables with cells hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from macros.editing.survey_tools.aggregates import BASE, CellCounts, Key, TableRow, blocks, weighted_from
from macros.editing.survey_tools.disclosure import Protection
from macros.editing.survey_tools.extra import SurveyError
from macros.model import addresses, proportions
from macros.model.questionnaire import EVERYONE
from macros.model.release import HIDDEN, NOT_A_SHARE, NOT_WEIGHTED, SMALL_BASE, Hiding, Reason, Release, Result, Tool
from macros.pages import published_addresses
from macros.reading import project_files
from macros.reading.csv_cells import to_csv

COLUMNS = ("question", "by", "group", "answer", "base", "count", "percent", "low", "high", "source", "weighted")
FOLDER = "releases"
PAGES = "docs/survey/results"
_PAGE = """\
---
title: Survey of {wave}
description: >-
  What organisations answered in the survey of {wave}: each share with its base and interval, and what is not shown.
---

{{{{ survey_results("{wave}") }}}}
"""
_NAME = re.compile(r"[a-z0-9-]+-(\d{1,2})\.yml")


@dataclass(frozen=True)
class ReleaseFacts:
    """The facts of a release beyond its tables."""

    tool: Tool
    responses: int
    left_out: Mapping[Reason, int]
    first: str
    last: str
    released_on: date
    released_by: str
    invited: int | None = None


def next_number(data: Path, wave: str) -> int:
    """Return the number of the next release of a wave."""
    files = (data / FOLDER).glob(f"{wave}-*.yml")
    return max((int(found[1]) for file in files if (found := _NAME.fullmatch(file.name))), default=0) + 1


def rows(made: Protection) -> Iterator[list[str]]:
    """Yield the rows of the tables; a hidden cell holds the word for it."""
    weights = weighted(made)
    for block in blocks(made.asked):
        base = None if block.base in made.hidden else made.counts[block.base]
        for key in (*block.answers, *block.apart):
            count = None if key in made.hidden else made.counts[key]
            is_answer = made.asked.question(key.question).option(key.answer).is_answer
            row = [*key, _shown(base), _shown(count), *_shares(made, count, base, is_answer), "ours"]
            yield [*row, weights.get(key, NOT_WEIGHTED)] if made.asked.weights else row


def _shown(value: int | None) -> str:
    return HIDDEN if value is None else str(value)


def _shares(made: Protection, count: int | None, base: int | None, is_answer: bool) -> list[str]:
    if count is None or base is None:
        return [HIDDEN] * 3
    if base < made.asked.disclosure.smallest_percent or not is_answer:
        return [SMALL_BASE if is_answer else NOT_A_SHARE] * 3
    return [str(proportions.percent(count, base)), *map(str, proportions.wilson_percent(count, base))]


def weighted(made: Protection) -> dict[Key, str]:
    """Return the weighted share of each answer whose counts are all published; raises SurveyError for a small group.

    Anybody can work out such a share from what is published, so it reveals nothing. A share of hidden counts would
    reveal their total.
    """
    weights = made.asked.weights
    if weights is None:
        return {}
    grouping = made.asked.question(weights.question)
    sizes = {share.option: Key(grouping.id, EVERYONE, EVERYONE, share.option) for share in weights.shares}
    if any(key in made.hidden or made.counts[key] == 0 for key in sizes.values()):
        raise SurveyError(
            f"answers cannot be weighted by “{grouping.id}”: one of its groups is too small to be shown; put groups "
            "together, or take the weights out of the questionnaire"
        )
    factors = {share.option: share.percent / made.counts[sizes[share.option]] for share in weights.shares}
    found: dict[Key, str] = {}
    for question in made.asked.counted:
        block = TableRow(question, EVERYONE, EVERYONE)
        if question in made.asked.groupings or made.counts[block.base] < made.asked.disclosure.smallest_percent:
            continue
        whole = _sum(made.counts, factors, grouping.id, block, BASE)
        for key in block.answers:
            if whole and key not in made.hidden and made.hidden.keys().isdisjoint(weighted_from(weights, key)):
                found[key] = str(round(100 * _sum(made.counts, factors, grouping.id, block, key.answer) / whole))
    return found


def _sum(counts: CellCounts, factors: Mapping[str, float], by: str, block: TableRow, answer: str) -> float:
    return sum(factor * counts[Key(block.question.id, by, group, answer)] for group, factor in factors.items())


def results(made: Protection) -> tuple[Result, ...]:
    """Return the rows in the form in which the guide reads them."""
    return tuple(Result.model_validate(_row(cells)) for cells in rows(made))


def _row(cells: list[str]) -> dict[str, Any]:
    return dict(zip(COLUMNS, cells, strict=False))


def to_release(made: Protection, facts: ReleaseFacts, number: int) -> Release:
    """Return the release as a record."""
    cells = list(rows(made))
    hidden = [Key(*row[:4]) for row in cells if row[5] == HIDDEN]
    rules = {rule: sum(made.hidden[key] == rule for key in hidden) for rule in Hiding}
    apart = made.asked.disclosure.threshold
    fields: dict[str, Any] = {
        "source": "ours",
        "wave": made.asked.id,
        "number": number,
        "title": made.asked.title,
        "fieldwork": {"first": facts.first, "last": facts.last},
        "tool": str(facts.tool),
        "invited": facts.invited,
        "responses": facts.responses,
        "usable": made.usable,
        "left_out": [{"reason": str(reason), "count": count} for reason, count in facts.left_out.items()],
        "threshold": apart,
        "cells": len(cells),
        "hidden": [{"rule": str(rule), "count": count} for rule, count in rules.items() if count],
        "untried": made.untried or None,
        "proved": f"What is published allows each hidden answer values at least {apart} apart.",
        "weighted_by": made.asked.weights.question if made.asked.weights else None,
        "released_on": facts.released_on.isoformat(),
        "released_by": facts.released_by,
    }
    given = {name: value for name, value in fields.items() if value not in (None, [])}
    return Release.model_validate({**given, "id": f"{made.asked.id}-{number}"})


def write(made: Protection, facts: ReleaseFacts, root: Path) -> tuple[Path, ...]:
    """Write a release, and the page of its wave with its address if there is none; return the new files.

    All are written or none. Raises OSError.
    """
    wave, data = made.asked.id, root / "data"
    target = data / FOLDER / f"{wave}-{next_number(data, wave)}.yml"
    page = root / PAGES / f"{wave}.md"
    table = to_csv(COLUMNS if made.asked.weights else COLUMNS[:-1], rows(made))
    with project_files.writing(root) as writer:
        files = {target.with_suffix(".csv"): table, target: _said(made, facts, target.stem).encode()}
        if writer.read(page) is None:
            files[page] = _PAGE.format(wave=wave).encode()
        changes = {path: project_files.NewContent(content, None) for path, content in files.items()}
        if (root / published_addresses.LIST).is_file():
            address = addresses.of_page(page.relative_to(root / "docs").as_posix())
            changes |= published_addresses.added([address], root, writer)[1]
        return writer.replace_all(changes)


def _said(made: Protection, facts: ReleaseFacts, name: str) -> str:
    """Return what the file of a release says, without its rows."""
    number = int(name.rpartition("-")[2])
    release = to_release(made, facts, number)
    said = release.model_dump(mode="json", exclude={"id", "results"}, exclude_none=True, exclude_defaults=True)
    said = {"source": "ours", **{name: value for name, value in said.items() if name != "source"}}
    head = "# yaml-language-server: $schema=../../.schema/release.schema.json\n"
    note = f"# Release {number} of the survey {made.asked.id}, made by “guide survey import”; its rows are beside it.\n"
    return f"{head}{note}{yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=118)}"
