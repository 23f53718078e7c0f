"""What `guide check` found to be right before, so that it need not look at every profile again.

A verdict hangs on every file below `data/` and `docs/`, on the program and on what it stands on. Where all of that is
the same, so is the verdict. Where only profiles changed, they alone are read, with the rest of the data that they are
checked against. Whenever this cannot be sure, it says nothing, and all is checked.

Verdicts are kept in the user's own cache folder and never in the project: what a pull request brings is not believed.
They are JSON, and anything that does not look as it should counts as absent. Only what was found right is kept.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from stat import S_IMODE, S_ISDIR, S_ISREG
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from macros import checks
from macros.freshness import today
from macros.guide import Guide
from macros.model.layout import TRUSTS
from macros.model.trust import Trust
from macros.read import Kept, Records, read

FOLDER = "clear-expectations"
MOST_PROJECTS, MOST_BYTES = 20, 8 * 1024 * 1024
"""How many projects are remembered, and how much of each."""
STANDS_ON = ("pydantic", "pydantic-core", "PyYAML", "markdown-it-py", "Markdown", "Jinja2", "MarkupSafe", "pandas")
"""The packages whose behaviour a verdict hangs on."""
_ALSO = ("addresses.txt",)


class Profile(BaseModel):
    """What is remembered of a profile that was right."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    digest: str
    unlike: str
    """What no two profiles may share (`checks.unlike`): while it stays, they go on not to share it."""
    statements: int


class Verdict(BaseModel):
    """A state of a project in which nothing was wrong."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    program: str
    day: str
    """A confirmation may not be of a day to come: what has come by then has come later too."""
    rest: str
    """A digest of all files but the profiles."""
    profiles: dict[str, Profile]
    named: list[str]
    """The profiles that a call on a page names, other than to show them: what it gives hangs on what they say."""
    recommendations: int
    terms: int
    statements: int
    """In the rest of the data."""


class Counts(NamedTuple):
    """How much was found to be right."""

    trusts: int
    recommendations: int
    terms: int
    statements: int


Stats = tuple[tuple[str, int, int, int, int], ...]


@dataclass(frozen=True)
class State:
    """The files of a project, as digests, and by what it shows that a file was written to."""

    rest: str
    profiles: Mapping[str, str]
    stats: Stats

    @classmethod
    def of(cls, root: Path) -> State | None:
        """Return the state of a project; None if it holds what is no plain file or folder."""
        rest, profiles = hashlib.sha256(), {}
        folder = f"data/{TRUSTS.path}/"
        try:
            stats = _stats(root)
            for name, *_ in stats:
                digest = hashlib.sha256((root / name).read_bytes()).hexdigest()
                if name.startswith(folder) and name.endswith(".yml"):
                    profiles[name.removeprefix(folder).removesuffix(".yml")] = digest
                else:
                    rest.update(f"{name}\0{digest}\0".encode())
        except OSError:
            return None
        return cls(rest.hexdigest(), profiles, stats)

    def is_now(self, root: Path) -> bool:
        """Return whether no file was written to since."""
        try:
            return _stats(root) == self.stats
        except OSError:
            return False


def _stats(root: Path) -> Stats:
    """Return name, times, size and number of all files that a check looks at, in the order of their names.

    Raises OSError for anything but files and folders.
    """
    found, start = [], len(os.path.join(root, ""))  # noqa: PTH118
    for top in ("data", "docs"):
        for folder, folders, files in os.walk(root / top):
            for name in (*folders, *files):
                path = os.path.join(folder, name)  # noqa: PTH118 - thousands of them
                stat = os.lstat(path)
                if S_ISREG(stat.st_mode):
                    inside = path[start:].replace(os.sep, "/")
                    found.append((inside, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino))
                elif not S_ISDIR(stat.st_mode):
                    raise OSError(f"{path} is no plain file")
    for name in _ALSO:
        with suppress(FileNotFoundError):
            stat = (root / name).lstat()
            found.append((name, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino))
    return tuple(sorted(found))


def still_right(root: Path) -> Counts | None:
    """Return how much is right if nothing is wrong with a project, as far as that follows from the last verdict."""
    was, now = _recall(root), State.of(root)
    if was is None or now is None or was.rest != now.rest or was.profiles.keys() != now.profiles.keys():
        return None
    changed = [slug for slug, digest in now.profiles.items() if was.profiles[slug].digest != digest]
    if not changed:
        return _counts(was)
    if not set(changed).isdisjoint(was.named):
        return None
    known: Kept = {}
    for slug in now.profiles.keys() - {*changed}:
        # As if they could not be read: then no rule says that they do not exist.
        known[(f"data/{TRUSTS.path}/{slug}.yml",)] = (now.profiles[slug],), Records(broken={f"{TRUSTS.kind}/{slug}"})
    records = read(root / "data", known)
    if records.problems or any(checks.check(records)):
        return None
    read_now = {slug: _profile(records, slug, now.profiles[slug]) for slug in changed}
    if any(profile is None or profile.unlike != was.profiles[slug].unlike for slug, profile in read_now.items()):
        return None
    profiles = {**was.profiles, **{slug: profile for slug, profile in read_now.items() if profile}}
    verdict = was.model_copy(update={"profiles": profiles, "day": str(today())})
    if not now.is_now(root):
        return None
    _keep(root, verdict)
    return _counts(verdict)


def remember(root: Path, before: State | None, guide: Guide, named: Iterable[str]) -> None:
    """Keep that nothing was wrong with a project that was in the state `before` when its check began.

    `named` are the values that calls on pages are made with, other than calls that show a profile.
    """
    if before is None or not before.is_now(root):
        return
    values = [*named]
    said = Counter(statement.record for statement in guide.statements)
    profiles = {
        one.slug: Profile(digest=before.profiles[one.slug], unlike=checks.unlike(one), statements=said[one.where])
        for one in guide.trusts
    }
    _keep(
        root,
        Verdict(
            program=program(),
            day=str(today()),
            rest=before.rest,
            profiles=profiles,
            named=[slug for slug in profiles if any(slug in value for value in values)],
            recommendations=len(guide.recommendations),
            terms=len(guide.glossary),
            statements=said.total() - sum(profile.statements for profile in profiles.values()),
        ),
    )


def _profile(records: Records, slug: str, digest: str) -> Profile | None:
    """Return what is remembered of a profile that was just read; None if it was not."""
    for trust in records.by_kind.get(TRUSTS.kind, ()):
        if isinstance(trust, Trust) and trust.slug == slug:
            said = sum(1 for part in records.parts if part.statement and part.where.partition(":")[0] == trust.where)
            return Profile(digest=digest, unlike=checks.unlike(trust), statements=said)
    return None


def _counts(verdict: Verdict) -> Counts:
    said = verdict.statements + sum(profile.statements for profile in verdict.profiles.values())
    return Counts(len(verdict.profiles), verdict.recommendations, verdict.terms, said)


def program() -> str:
    """Return a digest of this program and of what it stands on."""
    found = hashlib.sha256(f"{sys.version}\0{sys.platform}\0{os.environ.get('SOURCE_DATE_EPOCH', '')}\0".encode())
    for name in STANDS_ON:
        with suppress(PackageNotFoundError):
            found.update(f"{name} {version(name)}\0".encode())
    package = Path(__file__).parent
    for path in sorted(path for path in package.rglob("*") if path.suffix in {".py", ".html", ".js", ".css"}):
        found.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


# --- where it is kept -----------------------------------------------------------------------------------------------


def place(root: Path) -> Path | None:
    """Return the file that a project's verdict is kept in; None if there is no folder that is ours alone."""
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:
        return None
    folder = base.resolve() / FOLDER
    if not hasattr(os, "getuid") or not base.is_absolute() or folder.is_relative_to(root.resolve()):
        return None
    return folder / f"{hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:32]}.json"


def _recall(root: Path) -> Verdict | None:
    path = place(root)
    if path is None or not (_is_ours(path.parent) and _is_ours(path)):
        return None
    try:
        if path.stat().st_size > MOST_BYTES:
            return None
        verdict = Verdict.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
    return verdict if verdict.program == program() and verdict.day <= str(today()) else None


def _is_ours(path: Path) -> bool:
    """Whether nobody else can have written there."""
    try:
        found = path.lstat()
    except OSError:
        return False
    plain = S_ISREG(found.st_mode) or S_ISDIR(found.st_mode)
    return plain and found.st_uid == os.getuid() and not S_IMODE(found.st_mode) & 0o022


def _keep(root: Path, verdict: Verdict) -> None:
    path = place(root)
    if path is None:
        return
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):  # a folder that may not be written costs time, no more
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(path.parent):
            return
        try:
            beside.write_text(verdict.model_dump_json(), encoding="utf-8")
            beside.chmod(0o600)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        _tidy(path.parent)


def _tidy(folder: Path) -> None:
    """Delete what was not used for longest, and what killed runs left."""
    by_age = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in by_age[MOST_PROJECTS:]:
        path.unlink(missing_ok=True)
