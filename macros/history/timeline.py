"""The changes of the guide over time, from git and the data: in sentences for readers, commit by commit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from macros.history.git import ChangedFile, Commit, Repository, RevisionError
from macros.history.record_changes import Fate, record_changes
from macros.history.snapshots import StateRecord, holding_of, page_of, records, source_labels
from macros.history.timeline_cache import as_json, digest, history_of
from macros.history.timeline_entries import UNKNOWN, History, TimelineEntry, is_check, sentences
from macros.model import addresses, holdings
from macros.model.holdings import Holding
from macros.model.lasting import id_of
from macros.reading import cache, old_layout
from macros.reading.guide import Guide
from macros.reading.program_state import timeless

DATA, DOCS = "data", "docs"
ENDING = ".history"
MOST_PROJECTS, MOST_BYTES = 20, 64 * 1024 * 1024
"""How many projects are kept, and how much for each."""
_RECENT = 256
"""How many states of files are held in memory for comparing them with the next."""
_Read = tuple[dict[str, StateRecord], list[str]]
"""The records in an earlier state of a file, and the parts of it that could not be read."""


def read_history(root: Path, guide: Guide) -> History:
    """Return the history of the project at `root`. Whatever git cannot supply is left out; this never raises for it."""
    repository = Repository.around(root)
    if repository is None:
        return UNKNOWN
    try:
        history = _TimelineReader(repository, guide).history()
        unrecorded = repository.unrecorded(DATA, DOCS)
    except RevisionError:
        return UNKNOWN
    pages = {addresses.of_page(path.relative_to(root / DOCS).as_posix()) for path in (root / DOCS).rglob("*.md")}
    terms = {addresses.of_term(term.id) for term in guide.glossary}
    changes = tuple(one if one.page in pages | terms else replace(one, page="") for one in history.changes)
    return replace(history, changes=changes, unrecorded=unrecorded)


class _TimelineReader:
    """Reads the history of a repository. Results are kept for the next time, by content and program."""

    def __init__(self, repository: Repository, guide: Guide) -> None:
        self.repository = repository
        self.first_written = guide.region.first_written.last
        self.principle_folder = guide.region.principle_folder
        self.baseline = guide.region.baseline
        self.names = {trust.where: trust.name for trust in guide.trusts}
        self.labels = source_labels({one.id: one.model_dump() for one in guide.documents.values()})
        self.place = cache.place(repository.root, ENDING)
        told_with = [self.labels, str(self.first_written), self.baseline, self.names]
        self.key = timeless() + digest(json.dumps(told_with).encode())

    def history(self) -> History:
        kept = self._kept()
        head = [self.repository.head, self.repository.ends]
        if kept.get("head") == head:
            with suppress(KeyError, TypeError, ValueError):
                return history_of(kept["history"])
        pairs: dict[str, list[dict[str, Any]]] = kept.get("pairs", {})
        history = self._read(pairs)
        if Repository.around(self.repository.root) == self.repository:  # nothing has been fetched meanwhile
            self._keep({"head": head, "history": as_json(history), "pairs": pairs})
        return history

    def _page_of(self, where: str) -> str:
        if where.endswith(".md"):
            return addresses.of_page(where.removeprefix(f"{DOCS}/"))
        return page_of(where, self.principle_folder)

    def _is_told(self, entry: ChangedFile) -> bool:
        """Return whether changes of a file are listed: those of a page that shows a record go with the record."""
        if entry.path.endswith(".md"):
            parts = PurePosixPath(entry.path).parts
            folders = _RECORD_FOLDERS | {self.principle_folder}
            return not (len(parts) == 3 and parts[1] in folders and parts[2] not in {"index.md", "gaps.md"})
        return holding_of(entry.path, self.baseline) is not None

    def _read(self, pairs: dict[str, list[dict[str, Any]]]) -> History:
        commits = [*self.repository.log(DATA, DOCS)]
        later = [one for one in commits if one.when.date() > self.first_written]
        cut_off = self.repository.is_shallow and bool(later) and later[-1].begins
        told = later[:-1] if cut_off else later
        self._compare(told, pairs)
        first = [one for one in commits if one.when.date() <= self.first_written]
        names: dict[str, str] = {}
        changes = [change for commit in told for change in self._changes(commit, pairs, names)]
        written = {names.get(where, where) for commit in first for where in self._written(commit)}
        is_cut_off = cut_off or (self.repository.is_shallow and not first)
        return History(
            known=True,
            is_cut_off=is_cut_off,
            begins=commits[-1].when if is_cut_off and commits else None,
            first_written=first[0].when.date() if first else None,
            changes=tuple(changes),
            written=frozenset(written),
        )

    def _changes(
        self, commit: Commit, pairs: Mapping[str, list[dict[str, Any]]], names: dict[str, str]
    ) -> Iterator[TimelineEntry]:
        """Yield the changes in a commit; `names` leads from the names of that time to today's."""
        for entries in self._told_together(commit):
            for one in pairs.get(_pair(entries), ()):
                where = names.get(one["where"], one["where"])
                if one["was_where"]:
                    names[one["was_where"]] = where
                yield TimelineEntry(
                    commit=commit.id,
                    when=commit.when,
                    where=where,
                    title=one["title"],
                    page=self._page_of(where),
                    kind=one["kind"],
                    sentences=tuple(one["sentences"]),
                    named=one["where"],
                    plans=tuple(one["plans"]),
                    is_check=one["is_check"],
                )

    def _compare(self, commits: Iterable[Commit], pairs: dict[str, list[dict[str, Any]]]) -> None:
        """Add to `pairs` the differences in each file that commits changed, reading git once for all of them."""
        new = [
            entries
            for commit in commits
            for entries in self._told_together(commit)
            if self._is_told(entries[0]) and _pair(entries) not in pairs
        ]
        texts = self.repository.contents(
            blob for entries in new for one in entries for blob in (one.was_blob, one.now_blob)
        )

        def text(blob: str) -> str:
            return texts.get(blob, b"").decode("utf-8", "replace")

        @lru_cache(maxsize=_RECENT)  # the result of one commit is the starting point of the next
        def read(files: tuple[tuple[str, str], ...]) -> _Read:
            found, unread = records({path: text(blob) for path, blob in files if blob}, self.baseline)
            return {where: self._with_name(one) for where, one in found.items()}, unread

        for entries in new:
            if entries[0].path.endswith(".md"):
                told = _of_page(entries[0], text(entries[0].was_blob), text(entries[0].now_blob))
            else:
                was = tuple((one.was_path, one.was_blob) for one in entries)
                told = self._of_data(read(was), read(tuple((one.path, one.now_blob) for one in entries)))
            pairs[_pair(entries)] = [*told]

    def _with_name(self, record: StateRecord) -> StateRecord:
        """Return a record with the name of its Trust, if that stands in a file that did not change."""
        if record.where not in self.names or "name" in record.fields:
            return record
        return replace(record, fields={"name": self.names[record.where], **record.fields})

    def _told_together(self, commit: Commit) -> list[tuple[ChangedFile, ...]]:
        """Return the files that a commit changed; those that hold one record, or have held it, come together."""
        groups: list[tuple[set[str], list[ChangedFile]]] = []
        for entry in commit.entries:
            held = {self._held_in(path) for path in (entry.was_path, entry.path)}
            group = next((one for one in groups if not one[0].isdisjoint(held)), None)
            if group is None:
                groups.append((held, [entry]))
            else:
                group[0].update(held)
                group[1].append(entry)
        return [tuple(entries) for _, entries in groups]

    def _held_in(self, path: str) -> str:
        """Return what a file is known by: all files that hold one record, or have held it, by the same."""
        holding = holding_of(path, self.baseline)
        if holding is holdings.TRUSTS:
            return _record_of(path, holding)
        if path == f"{DATA}/{holdings.WAVES.path}/{self.baseline}.yml":  # once a part of the region's file
            return f"{DATA}/{holdings.REGION.path}"
        return path

    def _of_data(self, was: _Read, now: _Read) -> Iterator[dict[str, Any]]:
        (before, unread_before), (after, unread_after) = was, now
        if unread_before or unread_after:  # a mistake that was mended before readers could see it
            return
        for change in record_changes(before, after, self.labels):
            yield {
                "where": change.where,
                "was_where": change.was_where,
                "title": change.title,
                "kind": change.kind,
                "sentences": [*sentences(change)],
                "plans": [*_plans(before.get(change.was_where or change.where), after.get(change.where))],
                "is_check": change.fate is Fate.CHANGED and all(map(is_check, change.differences)),
            }

    def _written(self, commit: Commit) -> Iterator[str]:
        """Yield the records with a file of their own that a commit created."""
        for entry in commit.entries:
            holding = holding_of(entry.path, self.baseline)
            if holding and holding.shape in {"folder", "area", "nested"} and entry.now_blob:
                yield _record_of(entry.path, holding)

    def _kept(self) -> dict[str, Any]:
        with suppress(ValueError):
            kept = json.loads(cache.recall(self.place, MOST_BYTES) or b"{}")
            if isinstance(kept, dict) and kept.get("key") == self.key:
                return kept
        return {}

    def _keep(self, what: dict[str, Any]) -> None:
        cache.keep(self.place, json.dumps({"key": self.key, **what}, ensure_ascii=False).encode(), MOST_PROJECTS)


def _of_page(entry: ChangedFile, was: str, now: str) -> Iterator[dict[str, Any]]:
    """Yield an entry if the words of a page changed. Changes of pages that only show a record go with the record."""
    before, after = _title_and_body(was), _title_and_body(now)
    if before == after:
        return
    said = "The words of this page changed."
    if not entry.was_blob:
        said = "A new page."
    elif not entry.now_blob:
        said = "This page was taken out."
    yield {
        "where": entry.path,
        "was_where": entry.was_path if entry.was_path != entry.path else "",
        "title": (after if entry.now_blob else before)[0] or entry.path,
        "kind": "page",
        "sentences": [said],
        "plans": [],
        "is_check": False,
    }


def _plans(was: StateRecord | None, now: StateRecord | None) -> Iterator[str]:
    """Yield the ids of a record's plans that are new, or whose calendar entry has changed."""
    before, after = _events(was), _events(now)
    yield from (name for name, event in after.items() if before.get(name) != event)


def _events(record: StateRecord | None) -> dict[str, list[Any]]:
    plans = record.fields.get("plans") if record else None
    if record is None or not isinstance(plans, list):
        return {}
    return {
        id_of(plan.get("id"), plan.get("what")): [record.title, *(plan.get(one) for one in ("what", "action", "when"))]
        for plan in plans
        if isinstance(plan, dict)
    }


def _title_and_body(text: str) -> tuple[str, str]:
    _, _, rest = text.partition("---\n")
    front, _, body = rest.partition("\n---\n")
    titles = (line.partition(":")[2].strip(" \"'") for line in front.splitlines() if line.startswith("title:"))
    return next(titles, ""), body.strip()


_RECORD_FOLDERS = frozenset({"trusts", "standards", "practice", "recommendations", "good-engagement"})


def _record_of(path: str, holding: Holding) -> str:
    """Return the name of the record whose own file is at a path below the project."""
    return f"{holding.kind}/{old_layout.trust_at(path) or holding.name_of(path)}"


def _pair(entries: Iterable[ChangedFile]) -> str:
    return " ".join(f"{one.was_blob or '-'} {one.now_blob or '-'} {one.was_path} {one.path}" for one in entries)
