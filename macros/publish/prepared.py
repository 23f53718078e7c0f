"""Everything that a build needs of the guide, made before an engine runs; the last result is kept for the next build.

A kept result depends on every file of `data/` and `docs/`, on the settings, the program and everything that it runs on,
on the history and how much of it is here, on the day, and on what was asked for. If all of that is the same, the result
is used again. If anything differs, everything is made anew.

It is kept in the user's own cache folder (`macros.reading.cache`), as JSON and as the files themselves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from macros.history.git import Repository, RevisionError
from macros.model import process_variables
from macros.model.dates import today
from macros.publish.handover import DrawnPages
from macros.publish.search_index import SearchKnowledge
from macros.reading import cache
from macros.reading.program_state import program
from macros.reading.project_state import ProjectState, digest_of

MOST_PROJECTS, MOST_BYTES = 3, 256 * 1024 * 1024
"""How many projects are kept, and how much for each."""
ENDING = ".prepared"


@dataclass(frozen=True)
class Prepared:
    """Everything that the guide gives to a build."""

    drawn: DrawnPages
    downloads: Mapping[str, bytes]
    """Downloads and feeds, by their paths below the site."""
    stubs: Mapping[str, bytes]
    """A page for each address that has moved, by its path below the site."""
    words: SearchKnowledge
    """The Guide's knowledge for search."""
    missing: str = ""
    """A note for builders on the part of the history that is missing here."""

    def to_bytes(self, key: str) -> bytes:
        """Return all of it as a line of JSON with the names and sizes of the parts, followed by the parts."""
        parts = [self.drawn.to_json(), json.dumps(asdict(self.words)).encode()]
        files = [[[path, len(content)] for path, content in group.items()] for group in (self.downloads, self.stubs)]
        body = b"".join([*parts, *self.downloads.values(), *self.stubs.values()])
        head = {"key": key, "sha256": hashlib.sha256(body).hexdigest(), "parts": [*map(len, parts)], "files": files}
        head["missing"] = self.missing
        return json.dumps(head).encode() + b"\n" + body

    @classmethod
    def from_bytes(cls, content: bytes, key: str) -> Prepared | None:
        """Return the value that `to_bytes` wrote under this key; None for anything else."""
        line, _, body = content.partition(b"\n")
        try:
            head = json.loads(line)
            if head["key"] != key or head["sha256"] != hashlib.sha256(body).hexdigest():
                return None
        except (ValueError, KeyError, TypeError):
            return None
        at = 0

        def part(size: int) -> bytes:
            nonlocal at
            at += size
            return body[at - size : at]

        drawn, words = map(part, head["parts"])
        downloads, stubs = ({path: part(size) for path, size in group} for group in head["files"])
        return cls(
            DrawnPages.from_json(drawn), downloads, stubs, SearchKnowledge(**json.loads(words)), str(head["missing"])
        )


@dataclass(frozen=True)
class Wanted:
    """The request of a build, and the state of the project, which together identify a result."""

    root: Path
    config: Path
    base_url: str
    engine: str
    key: str
    state: ProjectState

    @classmethod
    def now(cls, root: Path, config: Path, base_url: str, engine: str) -> Wanted | None:
        """Return the request of a build of a project now; None if its state cannot be told for certain."""
        state = ProjectState.of(root)
        if state is None:
            return None
        try:
            settings = hashlib.sha256(config.read_bytes()).hexdigest()
            repository = Repository.around(root)
            history = []
            if repository:
                history = [repository.head, repository.ends, *sorted(repository.unrecorded("data", "docs"))]
        except (OSError, RevisionError):
            return None
        editions = process_variables.value_of(process_variables.EDITIONS)
        told = [program(), digest_of(state.digests), settings, history, str(today()), editions, base_url, engine]
        key = hashlib.sha256(json.dumps(told).encode()).hexdigest()
        return cls(root, config, base_url, engine, key, state)

    def recall(self) -> Prepared | None:
        """Return the kept result, if it is for this request."""
        kept = cache.recall(cache.place(self.root, ENDING), MOST_BYTES)
        return Prepared.from_bytes(kept, self.key) if kept else None

    def keep(self, prepared: Prepared) -> None:
        """Keep a result, unless a file has been written to meanwhile, or anything else has changed."""
        if Wanted.now(self.root, self.config, self.base_url, self.engine) == self:
            content = prepared.to_bytes(self.key)
            if len(content) <= MOST_BYTES:
                cache.keep(cache.place(self.root, ENDING), content, MOST_PROJECTS)
