"""The git repository of the guide: its revisions, the changes in each commit, and files as they once were."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from macros.model import clock
from macros.reading.problem import did_you_mean

# A commit hook sets these for its own repository; we mean the one that contains the guide.
_FOREIGN = {
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"),
    "GIT_SHALLOW_FILE",
}
# A folder that a site is built into may be somebody else’s checkout, whose settings must not start a program.
_CALM = (
    *("-c", "core.fsmonitor=false", "-c", "core.quotepath=off"),
    *("-c", "log.showSignature=false", "-c", "diff.renameLimit=2000"),
)
# The recorded history counts, not replacements that somebody has made in one copy of the repository.
_AS_RECORDED = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": f"{os.devnull}/none"}
_FILES = {"100644", "100755"}
_NO_BLOB = "0" * 40
MAIN_LINES = ("origin/HEAD", "origin/main", "main", "origin/master", "master")
"""The branches that may hold what is published, in the order in which they are tried."""


class RevisionError(Exception):
    """A revision cannot be read; the text says why and what to do."""


@dataclass(frozen=True)
class ChangedFile:
    """A file that a commit changed. A blob is git's id for the content of a file; "" where there is no file."""

    path: str
    """Path below the project, such as `data/region.yml`; for a deleted file, its former path."""
    was_path: str
    was_blob: str
    now_blob: str


@dataclass(frozen=True)
class Commit:
    """One step of the published history, a merge counting as one."""

    id: str
    when: datetime
    """When it was committed, in UTC."""
    begins: bool
    """Whether nothing before it is known here: it is the very first, or the copy was cut off at it."""
    entries: tuple[ChangedFile, ...]


@dataclass(frozen=True)
class Repository:
    """A project folder inside a git repository that has at least one commit."""

    root: Path
    head: str
    """The commit that is checked out."""
    is_shallow: bool
    """Whether older commits were left out of this copy."""
    ends: str = ""
    """The commits at which the copy is cut off, a line each: with `head`, they tell how much of the history is here."""

    @classmethod
    def around(cls, root: Path) -> Repository | None:
        """Return the repository that holds `root`; None without git, outside one, or before the first commit."""
        try:
            asked = ("--is-inside-work-tree", "--is-shallow-repository", "HEAD^{commit}", "--git-path", "shallow")
            said = os.fsdecode(_git(root, "rev-parse", *asked))
            inside, shallow, head, where = said.removesuffix("\n").split("\n", 3)
            ends = (root / where).read_text(encoding="ascii") if shallow == "true" else ""
        except (RevisionError, OSError, ValueError):
            return None
        return cls(root, head, shallow == "true", ends) if inside == "true" else None

    def committed_at(self) -> int:
        """Return the time of the commit that is checked out, in seconds since 1970."""
        return int(_git(self.root, "show", "--no-patch", "--format=%ct", self.head))

    def short_name(self) -> str:
        """Return the id of the commit that is checked out, as short as git makes it."""
        return _git(self.root, "rev-parse", "--short", self.head).decode().strip()

    def has_changes(self) -> bool:
        """Return whether any file that git keeps differs from the commit that is checked out."""
        return bool(_git(self.root, "status", "--porcelain", "--untracked-files=no"))

    def commit_of(self, revision: str) -> str:
        """Return the full id of the commit that a branch, a tag or an id names; raises RevisionError."""
        try:
            return (
                _git(self.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
                .decode()
                .strip()
            )
        except RevisionError:
            pass
        lines = _git(self.root, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags")
        known = [*lines.decode().split(), "HEAD"]
        advice = did_you_mean(revision, known, "name")
        raise RevisionError(f"git knows no revision “{revision}”: {advice}")

    def base(self) -> str:
        """Return the commit at which the present work left the published branch; raises RevisionError."""
        for name in MAIN_LINES:
            try:
                main = self.commit_of(name)
            except RevisionError:
                continue
            try:
                return _git(self.root, "merge-base", self.head, main).decode().split()[0]
            except RevisionError as error:
                raise RevisionError(
                    f"“{name}” and the work in hand have no commit in common"
                    + (", as far as this shallow copy goes: fetch more of it" if self.is_shallow else "")
                    + ", or name the revision to compare with"
                ) from error
        raise RevisionError("there is no branch “main” here: name the revision to compare with")

    def files(self, commit: str, *paths: str) -> Mapping[str, str]:
        """Return the blob of each plain file that is at or below `paths` of the project in a commit."""
        listed = _git(self.root, "ls-tree", "-r", "-z", commit, "--", *paths)
        found = {}
        for line in filter(None, listed.decode(errors="surrogateescape").split("\0")):
            facts, _, path = line.partition("\t")
            mode, _, blob = facts.split()
            if mode in _FILES:
                found[path] = blob
        return found

    def contents(self, blobs: Iterable[str]) -> Mapping[str, bytes]:
        """Return the contents of blobs, with a single call of git."""
        wanted = sorted({*blobs} - {""})
        if not wanted:
            return {}
        raw = _git(self.root, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in wanted).encode())
        found, at = {}, 0
        for blob in wanted:
            end = raw.index(b"\n", at)
            size = int(raw[at:end].split()[2])
            found[blob] = raw[end + 1 : end + 1 + size]
            at = end + 1 + size + 1
        return found

    def extract(self, commit: str, into: Path, paths: Iterable[str], endings: tuple[str, ...]) -> None:
        """Write the files at or below `paths` with one of these endings, as they were in a commit, to `into`."""
        files = {path: blob for path, blob in self.files(commit, *paths).items() if path.endswith(endings)}
        contents = self.contents(files.values())
        for path, blob in files.items():
            target = into / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(contents[blob])

    def changed_since(self, commit: str, until: str | None = None) -> tuple[str, ...]:
        """Return the paths below the project that differ from a commit, in the folder or in another commit."""
        ends = [commit, *([until] if until else [])]
        listed = _git(self.root, "diff", "--name-only", "-z", "--relative", "--no-renames", *ends, "--")
        new = b"" if until else _git(self.root, "ls-files", "--others", "--exclude-standard", "-z")
        return tuple(sorted({*filter(None, (listed + new).decode(errors="surrogateescape").split("\0"))}))

    def unrecorded(self, *folders: str) -> frozenset[str]:
        """Return the files below `folders` that differ from the last commit, or that it does not have."""
        differ = _git(self.root, "diff", "--name-only", "-z", "--relative", "--no-renames", self.head, "--", *folders)
        new = _git(self.root, "ls-files", "--others", "--exclude-standard", "-z", "--", *folders)
        return frozenset(filter(None, (differ + new).decode(errors="surrogateescape").split("\0")))

    def log(self, *folders: str) -> Iterator[Commit]:
        """Yield the commits that changed files below `folders`, newest first.

        A merge counts as one step, on the day it was made: that is when its changes became visible to readers.
        """
        said = _git(
            self.root,
            *("log", "--first-parent", "--diff-merges=first-parent", "--root", "--raw", "-z", "--no-abbrev"),
            *("--relative", "-M", f"-O{os.devnull}", "--format=%x01%H %ct %P", self.head, "--", *folders),
        )
        for block in said.decode(errors="surrogateescape").split("\x01")[1:]:
            head, _, rest = block.partition("\0")
            name, seconds, *parents = head.split()
            when = clock.moment(int(seconds))
            yield Commit(name, when, not parents, tuple(_entries(rest)))


def tracked(folder: Path, names: Iterable[str]) -> list[str]:
    """Return those of the given files below a folder that git tracks; none if there is no git."""
    try:
        listed = _git(folder, "ls-files", "-z", "--cached", "--", *names)
    except RevisionError:
        return []
    return [*filter(None, listed.decode(errors="surrogateescape").split("\0"))]


def ignores(path: Path, root: Path) -> bool:
    """Return whether git never takes in the file at `path`, in the repository around `root`; not so without git."""
    try:
        _git(root, "check-ignore", "--quiet", str(path))
    except RevisionError:  # git ends with 1 for a file that it would take in
        return False
    return True


def _entries(raw: str) -> Iterator[ChangedFile]:
    """Yield the files in `--raw -z`: `:mode mode blob blob status`, then one path, or two for a rename."""
    fields = iter(raw.strip("\n").split("\0"))
    for facts in fields:
        if not facts.startswith(":"):
            continue
        was_mode, now_mode, was, now, status = facts[1:].split()
        was_path = next(fields)
        path = next(fields) if status[0] in "RC" else was_path
        kept = was if was_mode in _FILES and status[0] != "C" else "", now if now_mode in _FILES else ""
        was_blob, now_blob = ("" if blob == _NO_BLOB else blob for blob in kept)
        yield ChangedFile(path, was_path, was_blob, now_blob)


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Run git in the project and return its output; raises RevisionError with git's own complaint."""
    import subprocess  # slow to load, and every command loads this module

    surroundings = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    try:
        run = subprocess.run(  # noqa: S603 - our own arguments
            ["git", "--no-optional-locks", *_CALM, *arguments],  # noqa: S607 - git wherever the machine has it
            cwd=root,
            env={**surroundings, **_AS_RECORDED, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"},
            input=given,
            capture_output=True,
            check=False,
        )
    except OSError as error:  # git is missing, or may not be run
        raise RevisionError("git is not installed, so earlier states of the data cannot be read") from error
    if run.returncode:
        raise RevisionError(run.stderr.decode(errors="replace").strip() or f"git {arguments[0]} failed")
    return run.stdout
