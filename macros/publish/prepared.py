"""All that a build needs of the guide, made before an engine runs; and the last of it, kept for the next build.

What is kept hangs on every file of `data/` and `docs/`, on the settings, the program, what it stands on, the history
and how much of it is here, the day, and what is asked for. Where all of that is the same, so is what a build needs.
Where anything differs, all is made anew. It is kept in the user's own cache folder (`macros.reading.cache`), as JSON
and as the files themselves.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from macros.history.git import Repository, RevisionError
from macros.model import addresses
from macros.model.dates import today
from macros.publish.handover import DrawnPages
from macros.publish.search_index import SearchKnowledge
from macros.reading import cache
from macros.reading.program_state import program
from macros.reading.project_state import ProjectState, digest_of

MOST_PROJECTS, MOST_BYTES = 3, 256 * 1024 * 1024
"""How many projects are kept, and how much of each."""
ENDING = ".prepared"


@dataclass(frozen=True)
class Prepared:
    """What the guide gives to a build."""

    drawn: DrawnPages
    downloads: Mapping[str, bytes]
    """Downloads and feeds, by their path below the site."""
    stubs: Mapping[str, bytes]
    """A page for each address that moved, by its path below the site."""
    words: SearchKnowledge
    """What search knows."""
    missing: str = ""
    """What of the history is not known here, for builders."""

    def to_bytes(self, key: str) -> bytes:
        """Return all of it: a line of JSON that names the parts and their sizes, and the parts one after another."""
        parts = [self.drawn.to_json(), json.dumps(asdict(self.words)).encode()]
        files = [[[path, len(content)] for path, content in group.items()] for group in (self.downloads, self.stubs)]
        body = b"".join([*parts, *self.downloads.values(), *self.stubs.values()])
        head = {"key": key, "sha256": hashlib.sha256(body).hexdigest(), "parts": [*map(len, parts)], "files": files}
        head["missing"] = self.missing
        return json.dumps(head).encode() + b"\n" + body

    @classmethod
    def from_bytes(cls, content: bytes, key: str) -> Prepared | None:
        """Return what `to_bytes` wrote under this key; None for anything else."""
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
    """What is to be prepared, and the state of the project by which it is known again."""

    root: Path
    config: Path
    base_url: str
    engine: str
    key: str
    state: ProjectState

    @classmethod
    def now(cls, root: Path, config: Path, base_url: str, engine: str) -> Wanted | None:
        """Return what a build of a project now needs; None if that cannot be told for sure."""
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
        editions = os.environ.get(addresses.WITH_EDITIONS, "")
        told = [program(), digest_of(state.digests), settings, history, str(today()), editions, base_url, engine]
        key = hashlib.sha256(json.dumps(told).encode()).hexdigest()
        return cls(root, config, base_url, engine, key, state)

    def recall(self) -> Prepared | None:
        """Return what was kept, if it is what is wanted."""
        kept = cache.recall(cache.place(self.root, ENDING), MOST_BYTES)
        return Prepared.from_bytes(kept, self.key) if kept else None

    def keep(self, prepared: Prepared) -> None:
        """Keep what was prepared, unless a file was written to meanwhile, or anything else is not as it was."""
        if Wanted.now(self.root, self.config, self.base_url, self.engine) == self:
            content = prepared.to_bytes(self.key)
            if len(content) <= MOST_BYTES:
                cache.keep(cache.place(self.root, ENDING), content, MOST_PROJECTS)
