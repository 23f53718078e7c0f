"""A copy of the guide with payloads in every text that takes them: data, titles of pages, and pages of their own."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import yaml
from mistakes import ROOT
from pydantic import BaseModel
from text_fields import ALL, text_fields

from macros.model.holdings import ANSWERS, AREAS, HOLDINGS, PLACES
from macros.model.region import Area
from macros.model.survey import Answer
from macros.pages import site_checks
from macros.pages.site import Site
from macros.pages.source_page import DOCS
from macros.reading.guide import Guide, load
from macros.reading.problem import DataProblems, Problem
from macros.reading.reader import RecordCache
from macros.reading.records import field_path
from macros.reading.yaml_file import Tree
from macros.schema.fields import model_at
from macros.views.catalogue import record_titles

Path_ = tuple[str | int, ...]
TRIES = 8
FIRST = -3
"""With which payload the first text begins: one that gives no two places of one code the same name."""
_LEADS_NOWHERE = re.compile(r"\]\((?:\\|javascript\\|\.\./|#x)")
"""Links in Markdown that the engines refuse by themselves, as they lead to no page."""


class Leaf:
    """One text of the data: where it is, what it said, and the payloads that it takes."""

    def __init__(self, holder: Any, key: str | int, place: str, takes: list[str], start: int) -> None:
        self.holder, self.key, self.place, self.takes = holder, key, place, takes
        self.first = holder[key] if isinstance(holder, list) or key in holder else None
        self.number, self.tries = start, 0
        self.put()

    @property
    def value(self) -> str | None:
        found = self.holder[self.key] if isinstance(self.holder, list) else self.holder.get(self.key)
        return None if found is None else str(found)

    @property
    def is_poisoned(self) -> bool:
        return self.tries <= TRIES

    def put(self) -> None:
        self.holder[self.key] = self.takes[self.number % len(self.takes)]

    def give_way(self) -> None:
        """Try the next payload, and in the end what stood there."""
        self.tries += 1
        self.number += 7
        if self.is_poisoned:
            self.put()
        elif self.first is None:
            self.holder.pop(self.key, None)  # a field that the record did not have
        else:
            self.holder[self.key] = self.first


class Poisoned:
    """The copy, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.docs = folder, folder / "data", folder / DOCS
        shutil.copytree(ROOT / "data", self.data)
        shutil.copytree(ROOT / DOCS, self.docs)
        shutil.copytree(ROOT / "theme", folder / "theme")
        (folder / "macros").symlink_to(ROOT / "macros")
        config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        (folder / "mkdocs.yml").write_text(
            config.replace("not_in_nav: |\n", "not_in_nav: |\n  /payloads/*.md\n"), "utf-8"
        )
        self.leaves: dict[str, list[Leaf]] = defaultdict(list)
        self.trees: dict[str, Any] = {}
        self.clean: dict[str, list[dict[str, str]]] = {}
        self._numbers = count(FIRST)
        self._read: RecordCache = {}  # what has not changed is not read again
        self._takes = {
            key: [payload for payload in ALL if field.accepts(payload)] for key, field in text_fields().items()
        }
        for holding in HOLDINGS:
            self._poison(holding)
        self.guide = self._settle()
        self._retitle()
        self._add_pages()

    def _poison(self, holding: Any) -> None:
        if holding.shape == "rows":
            self._poison_rows(holding.path, holding.model)
            return
        for file in sorted(self.data.glob(holding.glob)):
            self._poison_file(file.relative_to(self.data).as_posix(), holding.model)
            if holding.shape == "wave":
                self._poison_rows(file.with_name(ANSWERS).relative_to(self.data).as_posix(), Answer)

    def _poison_file(self, name: str, model: type[BaseModel]) -> None:
        tree = Tree.parse(name, (self.data / name).read_text(encoding="utf-8"), [])
        assert tree is not None
        self.trees[name] = tree.value
        self.leaves[name] += self._within(tree.value, model, (), tree.value)

    def _within(self, value: Any, model: type[BaseModel], path: Path_, whole: Any) -> Iterator[Leaf]:
        if isinstance(value, list):
            for number, one in enumerate(value):
                yield from self._within(one, model, (*path, number), whole)
            return
        if not isinstance(value, dict):
            return
        for name in model.model_fields:
            field, below = text_fields().get((model, name)), value.get(name)
            place = (*path, name)
            if field and isinstance(below, list):
                yield from (self._leaf(below, number, (*place, number), field) for number in range(len(below)))
            elif field and field.many:
                continue
            elif field:
                yield self._leaf(value, name, place, field)
            elif inner := model_at(model, (name,)):
                yield from self._within(below, inner, place, whole)

    def _leaf(self, holder: Any, key: str | int, path: Path_, field: Any) -> Leaf:
        return Leaf(holder, key, field_path(path), self._takes[field.model, field.name], next(self._numbers))

    def _poison_rows(self, name: str, model: type[BaseModel]) -> None:
        rows = list(csv.DictReader((self.data / name).read_text(encoding="utf-8").splitlines()))
        self.trees[name] = rows
        self.clean[name] = [{**row} for row in rows]
        for number, row in enumerate(rows):
            for column in row:
                field = text_fields().get((model, column))
                if field and row[column] and (model, column) != (Area, "name"):
                    leaf = self._leaf(row, column, (column,), field)
                    leaf.takes = [one for one in leaf.takes if one.isprintable()]  # a row each, so that lines are rows
                    leaf.put()
                    leaf.place = f"{number + 2}:{column}"
                    self.leaves[name].append(leaf)

    def _name_areas(self) -> None:
        """Call each area as the place is called now whose code it has."""
        places, areas = PLACES.path, AREAS.path
        now = {
            (was["place"], was["kind"], was["trust"]): row["place"]
            for was, row in zip(self.clean[places], self.trees[places], strict=True)
        }
        for was, row in zip(self.clean[areas], self.trees[areas], strict=True):
            row["name"] = now[was["name"], was["kind"], was["trust"]]

    def _write(self, names: Iterable[str]) -> None:
        self._name_areas()
        for name in names:
            tree = self.trees[name]
            if name.endswith(".csv"):
                text = io.StringIO()
                writer = csv.DictWriter(text, list(tree[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(tree)
                (self.data / name).write_text(text.getvalue(), encoding="utf-8", newline="")
            else:
                dumped = yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000)
                (self.data / name).write_text(dumped, encoding="utf-8", newline="")

    def _settle(self) -> Guide:
        """Let the texts that a record or a rule refuses give way until the guide loads."""
        self._write(self.trees)
        for _ in range(10 * TRIES):
            try:
                return load(self.data, self._read)
            except DataProblems as found:
                for problem in found.problems:
                    self._answer(problem)
                self._write({problem.file.removeprefix("data/") for problem in found.problems} | {AREAS.path})
        raise AssertionError("the payloads never came to rest")

    def _answer(self, problem: Problem) -> None:
        name = problem.file.removeprefix("data/")
        if (name, problem.field) == (AREAS.path, "name"):
            return  # the same is told of the place, which gives way
        at = f"{problem.line}:{problem.field}" if name.endswith(".csv") else problem.field
        nearest = [leaf for leaf in self.leaves[name] if leaf.place == at]
        nearest = nearest or [leaf for leaf in self.leaves[name] if leaf.place.startswith((f"{at}.", f"{at}["))]
        nearest = nearest or [leaf for leaf in self.leaves[name] if at.startswith(f"{leaf.place}.")]
        assert nearest, problem
        for leaf in nearest:
            leaf.give_way()

    def _retitle(self) -> None:
        """Give the pages of records the records' titles; a name that no page may have gives way."""
        for _ in range(10 * TRIES):
            for folder, titles in record_titles(self.guide).items():
                for name, title in titles.items():
                    page = self.docs / folder / f"{name}.md"
                    text = page.read_text(encoding="utf-8")
                    head = re.sub(
                        r"(?m)^title: .*$",
                        lambda _, t=title: f"title: {json.dumps(t, ensure_ascii=False)}",
                        text,
                        count=1,
                    )
                    page.write_text(head, encoding="utf-8")
            # Titles need no drawing; what is drawn is looked at when they have come to rest.
            found = [*site_checks.check_without_data(self.docs)] or site_checks.problems(Site(self.guide, self.docs))
            refused = {problem.file for problem in found if problem.line == 2}
            if not refused:
                return
            for title in {record_titles(self.guide)[Path(page).parts[-2]][Path(page).stem] for page in refused}:
                self._rename(title)
            self.guide = self._settle()
        raise AssertionError(f"the titles never came to rest: {refused}")

    def _rename(self, title: str) -> None:
        for leaf in [  # none, if one with the same words has just given way and took this with it
            leaf
            for leaves in self.leaves.values()
            for leaf in leaves
            if re.search(r"(?:^|\.)(?:name|title|number)$", leaf.place)
            and leaf.value
            and leaf.value.strip().lower() in title.lower()
        ]:
            leaf.give_way()

    def _add_pages(self) -> None:
        """Add a page for each payload: in its front matter as far as it may stand there, and as its words."""
        folder = self.docs / "payloads"
        folder.mkdir()
        for number, payload in enumerate(ALL):
            for part, front in (("title", payload), ("words", f"Payload {number}")):
                title, words = (f"{front} {number}", "Words.") if part == "title" else (front, payload)
                page = folder / f"{part}-{number}.md"
                top = json.dumps(title, ensure_ascii=False)
                about = json.dumps(f"{part} {front} {number}", ensure_ascii=False)
                page.write_text(f"---\ntitle: {top}\ndescription: {about}\n---\n\n{words}\n", encoding="utf-8")
        refused = {problem.file for problem in site_checks.problems(Site(self.guide, self.docs))}
        assert all(name.startswith("docs/payloads/") for name in refused)
        for page in folder.iterdir():
            words = page.read_text(encoding="utf-8")
            if f"docs/payloads/{page.name}" in refused or _LEADS_NOWHERE.search(words):
                page.unlink()
