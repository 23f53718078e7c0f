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
from macros.model import addresses
from macros.model.lasting import id_of
from macros.reading import cache
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
        self.labels = source_labels({one.id: one.model_dump() for one in guide.documents.values()})
        self.place = cache.place(repository.root, ENDING)
        self.key = timeless() + digest(json.dumps([self.labels, str(self.first_written)]).encode())

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
        return holding_of(entry.path) is not None

    def _read(self, pairs: dict[str, list[dict[str, Any]]]) -> History:
        commits = [*self.repository.log(DATA, DOCS)]
        later = [one for one in commits if one.when.date() > self.first_written]
        cut_off = self.repository.is_shallow and bool(later) and later[-1].begins
        told = later[:-1] if cut_off else later
        self._compare(told, pairs)
        first = [one for one in commits if one.when.date() <= self.first_written]
        names: dict[str, str] = {}
        changes = [change for commit in told for change in self._changes(commit, pairs, names)]
        written = {names.get(where, where) for commit in first for where in _written(commit)}
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
        for entry in commit.entries:
            for one in pairs.get(_pair(entry), ()):
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
            entry
            for commit in commits
            for entry in commit.entries
            if self._is_told(entry) and _pair(entry) not in pairs
        ]
        texts = self.repository.contents(blob for entry in new for blob in (entry.was_blob, entry.now_blob))

        def text(blob: str) -> str:
            return texts.get(blob, b"").decode("utf-8", "replace")

        @lru_cache(maxsize=_RECENT)  # the result of one commit is the starting point of the next
        def read(path: str, blob: str) -> _Read:
            return records({path: text(blob)} if blob else {})

        for entry in new:
            if entry.path.endswith(".md"):
                told = _of_page(entry, text(entry.was_blob), text(entry.now_blob))
            else:
                told = self._of_data(read(entry.was_path, entry.was_blob), read(entry.path, entry.now_blob))
            pairs[_pair(entry)] = [*told]

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


def _pair(entry: ChangedFile) -> str:
    return f"{entry.was_blob or '-'} {entry.now_blob or '-'} {entry.was_path} {entry.path}"


def _written(commit: Commit) -> Iterator[str]:
    """Yield the records with a file of their own that a commit created."""
    for entry in commit.entries:
        holding = holding_of(entry.path)
        if holding and holding.shape in {"folder", "nested"} and entry.now_blob:
            yield f"{holding.kind}/{holding.name_of(entry.path)}"
