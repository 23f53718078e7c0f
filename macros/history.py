"""What changed in the guide over time, from git and the data: for readers, in sentences, commit by commit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from macros import address, store
from macros.differences import Difference, Kind
from macros.guide import Guide
from macros.model.base import hangs_on
from macros.record_changes import Fate, RecordChange, record_changes
from macros.revisions import Commit, Entry, Repository, RevisionError
from macros.states import holding_of, page_of, records, source_labels
from macros.wording import count, sentence

DATA, DOCS = "data", "docs"
ENDING = ".history"
MOST_PROJECTS, MOST_BYTES = 20, 64 * 1024 * 1024
"""How many projects are kept, and how much of each."""
CONFIRMED = "confirmed"
"""The field of a profile that says who checked it."""
MOST_SENTENCES = 8
"""Sentences that one change of one record is told in; what is more is counted."""


@dataclass(frozen=True)
class Change:
    """What one commit did to one record or one page."""

    commit: str
    when: datetime
    where: str
    """The record, such as `trusts/luton`, or the page's file, such as `docs/about/contact.md`; as it is called now."""
    title: str
    page: str
    """The address of its page; empty if it has none, or is gone."""
    kind: str
    """What kind of thing it is, in words."""
    sentences: tuple[str, ...]
    is_check: bool = False
    """Whether somebody confirmed a profile, and nothing else: what it says did not change."""

    @property
    def day(self) -> date:
        return self.when.date()


@dataclass(frozen=True)
class History:
    """The changes of the guide, newest first, as far as they are known here. What is read of it is noted."""

    known: bool = False
    """Whether there is any history: a copy without git has none."""
    is_cut_off: bool = False
    """Whether what came before the oldest change is not known here."""
    first_written: date | None = None
    """The last day of the first writing that the history tells of."""
    changes: tuple[Change, ...] = ()
    written: frozenset[str] = frozenset()
    """The records that are known to have been written first by then."""
    unrecorded: frozenset[str] = frozenset()
    """Files, below the project, that differ from the last commit."""

    def __getattribute__(self, name: str) -> Any:
        if name[0] != "_" and name != "is_recorded":
            hangs_on("history", name)
        return object.__getattribute__(self, name)

    def is_recorded(self, file: str) -> bool:
        """Return whether a file, named from the project's folder, is as it was at the last commit."""
        hangs_on("recorded", file)
        unrecorded: frozenset[str] = object.__getattribute__(self, "unrecorded")
        return file not in unrecorded

    @cached_property
    def _by_record(self) -> Mapping[str, tuple[Change, ...]]:
        found: dict[str, list[Change]] = {}
        for change in self.changes:
            found.setdefault(change.where, []).append(change)
        return {where: tuple(many) for where, many in found.items()}

    def of(self, where: str) -> tuple[Change, ...]:
        """Return what changed in one record, newest first."""
        return self._by_record.get(where, ())


UNKNOWN = History()


def read_history(root: Path, guide: Guide) -> History:
    """Return the history of the project at `root`. What git cannot tell is left out; never raises for it."""
    repository = Repository.around(root)
    if repository is None:
        return UNKNOWN
    try:
        history = _Reader(repository, guide).history()
        unrecorded = repository.unrecorded(DATA, DOCS)
    except RevisionError:
        return UNKNOWN
    pages = {address.of_page(path.relative_to(root / DOCS).as_posix()) for path in (root / DOCS).rglob("*.md")}
    terms = {address.of_term(term.id) for term in guide.glossary}
    changes = tuple(one if one.page in pages | terms else replace(one, page="") for one in history.changes)
    return replace(history, changes=changes, unrecorded=unrecorded)


class _Reader:
    """Reads the history of a repository. What it has worked out is kept for the next time, by content and program."""

    def __init__(self, repository: Repository, guide: Guide) -> None:
        self.repository = repository
        self.first_written = guide.region.first_written.last
        self.labels = source_labels({one.id: one.model_dump() for one in guide.documents.values()})
        self.place = store.place(repository.root, ENDING)
        self.key = _program() + _digest(json.dumps([self.labels, str(self.first_written)]).encode())

    def history(self) -> History:
        kept = self._kept()
        if kept.get("head") == [self.repository.head, self.repository.is_shallow]:
            with suppress(KeyError, TypeError, ValueError):
                return _history_of(kept["history"])
        pairs: dict[str, list[dict[str, Any]]] = kept.get("pairs", {})
        history = self._read(pairs)
        head = [self.repository.head, self.repository.is_shallow]
        self._keep({"head": head, "history": _plain(history), "pairs": pairs})
        return history

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
        return History(
            known=True,
            is_cut_off=cut_off or (self.repository.is_shallow and not first),
            first_written=first[0].when.date() if first else None,
            changes=tuple(changes),
            written=frozenset(written),
        )

    def _changes(
        self, commit: Commit, pairs: Mapping[str, list[dict[str, Any]]], names: dict[str, str]
    ) -> Iterator[Change]:
        """Yield what a commit changed; `names` leads from the names of that time to those of today."""
        for entry in commit.entries:
            for one in pairs.get(_pair(entry), ()):
                where = names.get(one["where"], one["where"])
                if one["was_where"]:
                    names[one["was_where"]] = where
                yield Change(
                    commit=commit.id,
                    when=commit.when,
                    where=where,
                    title=one["title"],
                    page=address.of_page(where.removeprefix(f"{DOCS}/")) if where.endswith(".md") else page_of(where),
                    kind=one["kind"],
                    sentences=tuple(one["sentences"]),
                    is_check=one["is_check"],
                )

    def _compare(self, commits: Iterable[Commit], pairs: dict[str, list[dict[str, Any]]]) -> None:
        """Add to `pairs` what each file that commits changed says otherwise, with one reading of git for all."""
        new = [entry for commit in commits for entry in commit.entries if _is_told(entry) and _pair(entry) not in pairs]
        texts = self.repository.contents(blob for entry in new for blob in (entry.was_blob, entry.now_blob))
        for entry in new:
            was, now = (texts.get(blob, b"").decode("utf-8", "replace") for blob in (entry.was_blob, entry.now_blob))
            told = _of_page(entry, was, now) if entry.path.endswith(".md") else self._of_data(entry, was, now)
            pairs[_pair(entry)] = [*told]

    def _of_data(self, entry: Entry, was: str, now: str) -> Iterator[dict[str, Any]]:
        before, unread_before = records({entry.was_path: was} if entry.was_blob else {})
        after, unread_after = records({entry.path: now} if entry.now_blob else {})
        if unread_before or unread_after:  # a mistake that was mended before readers could see it
            return
        for change in record_changes(before, after, self.labels):
            yield {
                "where": change.where,
                "was_where": change.was_where,
                "title": change.title,
                "kind": change.kind,
                "sentences": [*sentences(change)],
                "is_check": change.fate is Fate.CHANGED and all(map(_is_check, change.differences)),
            }

    def _kept(self) -> dict[str, Any]:
        with suppress(ValueError):
            kept = json.loads(store.recall(self.place, MOST_BYTES) or b"{}")
            if isinstance(kept, dict) and kept.get("key") == self.key:
                return kept
        return {}

    def _keep(self, what: dict[str, Any]) -> None:
        store.keep(self.place, json.dumps({"key": self.key, **what}, ensure_ascii=False).encode(), MOST_PROJECTS)


def sentences(change: RecordChange) -> Iterator[str]:
    """Yield what changed in a record as sentences, of which there are not too many."""
    kind = sentence(change.kind)
    match change.fate:
        case Fate.ADDED:
            yield f"{kind}: new in the guide."
        case Fate.REMOVED:
            yield f"{kind}: taken out of the guide."
        case Fate.RENAMED:
            yield f"{kind}: until then “{change.was_title}”, or at another address."
    checks = [one for one in change.differences if _is_check(one)]
    if checks:
        taken_back = checks[0].field == CONFIRMED and checks[0].kind is Kind.REMOVED
        yield "The last check of this profile was taken back." if taken_back else "Somebody confirmed this profile."
    told = [one.sentence() for one in change.differences if not _is_check(one)]
    most = MOST_SENTENCES if len(told) > MOST_SENTENCES + 1 else len(told)
    yield from told[:most]
    if len(told) > most:
        yield f"There were {count(len(told) - most, 'more change')}."


def _is_check(one: Difference) -> bool:
    return one.field.partition(".")[0] == CONFIRMED


def _of_page(entry: Entry, was: str, now: str) -> Iterator[dict[str, Any]]:
    """Yield that the words of a page changed. Pages that only show a record are told of with it."""
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
        "is_check": False,
    }


def _title_and_body(text: str) -> tuple[str, str]:
    _, _, rest = text.partition("---\n")
    front, _, body = rest.partition("\n---\n")
    titles = (line.partition(":")[2].strip(" \"'") for line in front.splitlines() if line.startswith("title:"))
    return next(titles, ""), body.strip()


_RECORD_FOLDERS = frozenset({"trusts", "standards", "practice", "recommendations", "gershon", "good-engagement"})


def _is_told(entry: Entry) -> bool:
    if entry.path.endswith(".md"):
        parts = PurePosixPath(entry.path).parts
        shows_record = len(parts) == 3 and parts[1] in _RECORD_FOLDERS and parts[2] not in {"index.md", "gaps.md"}
        return not shows_record
    return holding_of(entry.path) is not None


def _pair(entry: Entry) -> str:
    return f"{entry.was_blob or '-'} {entry.now_blob or '-'} {entry.was_path} {entry.path}"


def _written(commit: Commit) -> Iterator[str]:
    """Yield the records with a file of their own that a commit wrote."""
    for entry in commit.entries:
        holding = holding_of(entry.path)
        if holding and holding.shape == "folder" and entry.now_blob:
            yield f"{holding.kind}/{PurePosixPath(entry.path).stem}"


# --- what is kept -------------------------------------------------------------------------------------------------


def _program() -> str:
    """Return a mark of the program that words changes: another program does not trust what this one kept."""
    package = Path(__file__).parent
    files = sorted([*package.glob("*.py"), *package.glob("model/*.py")])
    return _digest(b"\0".join(path.read_bytes() for path in files))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _plain(history: History) -> dict[str, Any]:
    return {
        "known": history.known,
        "is_cut_off": history.is_cut_off,
        "first_written": str(history.first_written or ""),
        "changes": [{**asdict(one), "when": int(one.when.timestamp())} for one in history.changes],
        "written": sorted(history.written),
    }


def _history_of(kept: dict[str, Any]) -> History:
    changes = (
        Change(**{**one, "when": datetime.fromtimestamp(one["when"], UTC), "sentences": tuple(one["sentences"])})
        for one in kept["changes"]
    )
    return History(
        known=kept["known"],
        is_cut_off=kept["is_cut_off"],
        first_written=date.fromisoformat(kept["first_written"]) if kept["first_written"] else None,
        changes=tuple(changes),
        written=frozenset(kept["written"]),
    )
