"""Remembers what `guide check` found to be right, so that it need not look at every profile again.

A verdict depends on every file below `data/` and `docs/`, on the program and on everything that it runs on. If all of
that is the same, so is the verdict. If only profiles changed, only these are read, with the rest of the data that they
are checked against. In any doubt, the memory gives no answer, and everything is checked.

Verdicts are kept in the user's own cache folder and never in the project: nothing that a pull request brings is
trusted. They are JSON, and anything of an unexpected form counts as absent. Only successes are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from macros.model.dates import today
from macros.reading import cache
from macros.reading.program_state import program
from macros.reading.project_state import ProjectState, digest_of

if TYPE_CHECKING:
    from macros.reading.guide import Guide
    from macros.reading.records import Records


MOST_PROJECTS, MOST_BYTES = 20, 8 * 1024 * 1024
"""How many projects are remembered, and how much for each."""


class CheckedProfile(BaseModel):
    """The record kept of a profile that was right."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    digest: str
    unlike: str
    """Values that must differ between profiles (`rules.parts.unlike`): if they have not changed, they still differ."""
    statements: int


class CheckedProject(BaseModel):
    """A state of a project in which nothing was wrong."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    program: str
    baseline: str
    """The name of the first wave, whose profiles these are."""
    day: str
    """The day of the check.

    Confirmations may not be dated in the future, and a date that had come by then has come today as well.
    """
    files: str
    """The digest of all files."""
    rest: str
    """The digest of all files except the profiles."""
    profiles: dict[str, CheckedProfile]
    named: list[str]
    """The profiles that calls on pages name, other than to show them: the output of these depends on the profiles."""
    recommendations: int
    terms: int
    statements: int
    """The number of statements in the rest of the data."""


class CheckedCounts(NamedTuple):
    """The numbers of things that were found right."""

    trusts: int
    recommendations: int
    terms: int
    statements: int


def still_right(root: Path) -> CheckedCounts | None:
    """Return how much is right, if the last verdict shows that nothing is wrong with a project; None otherwise."""
    was, now = _recall(root), ProjectState.of(root)
    if was is None or now is None:
        return None
    if was.files == digest_of(now.digests):
        return _counts(was)
    return _right_again(root, was, now)


def _right_again(root: Path, was: CheckedProject, now: ProjectState) -> CheckedCounts | None:
    """Return how much is right, if only profiles changed and they fit the rest as it was; None otherwise."""
    from macros.model.holdings import HOLDINGS, TRUSTS, files_of_trust
    from macros.reading import unwritten
    from macros.reading.files import files_of
    from macros.reading.reader import RecordCache, read
    from macros.reading.records import Records
    from macros.reading.rules import every_rule

    rest, digests = _parts(now, was.baseline)
    if was.rest != rest or was.profiles.keys() != digests.keys():
        return None
    changed = [slug for slug, digest in digests.items() if was.profiles[slug].digest != digest]
    if not set(changed).isdisjoint(was.named):
        return None
    # Treated as if they could not be read: then no rule reports them as missing.
    known: RecordCache = {}
    for slug in digests.keys() - {*changed}:
        names: tuple[str, ...] = files_of_trust(slug, was.baseline)
        known[names] = tuple(now.digests[name] for name in names), Records(broken={f"{TRUSTS.kind}/{slug}"})
    for holding in {*HOLDINGS} - {TRUSTS, *every_rule.NEEDED_TO_JUDGE_PROFILES}:
        for paths in files_of(root / "data", holding, was.baseline):
            names = tuple(path.relative_to(root).as_posix() for path in paths)
            name = holding.name_of(paths[0].as_posix())
            broken = f"{holding.kind}/{name}" if name and holding.shape != "wave" else holding.kind
            known[names] = tuple(now.digests[name] for name in names), Records(broken={broken})
    records = read(root / "data", known, now.digests)
    if records.problems or any(every_rule.check(records)) or any(unwritten.problems(records)):
        return None
    read_now = {slug: _profile(records, slug, digests[slug]) for slug in changed}
    if any(profile is None or profile.unlike != was.profiles[slug].unlike for slug, profile in read_now.items()):
        return None
    profiles = {**was.profiles, **{slug: profile for slug, profile in read_now.items() if profile}}
    verdict = was.model_copy(update={"files": digest_of(now.digests), "profiles": profiles, "day": str(today())})
    if not now.is_now(root):
        return None
    _keep(root, verdict)
    return _counts(verdict)


def remember(root: Path, before: ProjectState | None, guide: Guide, named: Iterable[str]) -> None:
    """Remember that nothing was wrong with a project whose state was `before` when its check began.

    `named` are the values in calls on pages, apart from calls that show a profile.
    """
    from macros.reading.rules.parts import unlike

    if before is None or not before.is_now(root):
        return
    rest, digests = _parts(before, guide.region.baseline)
    values = [*named]
    said = Counter(statement.record for statement in guide.statements)
    profiles = {
        one.slug: CheckedProfile(digest=digests[one.slug], unlike=unlike(one), statements=said[one.where])
        for one in guide.trusts
    }
    _keep(
        root,
        CheckedProject(
            program=program(),
            baseline=guide.region.baseline,
            day=str(today()),
            files=digest_of(before.digests),
            rest=rest,
            profiles=profiles,
            named=[slug for slug in profiles if any(slug in value for value in values)],
            recommendations=len(guide.recommendations),
            terms=len(guide.glossary),
            statements=said.total() - sum(profile.statements for profile in profiles.values()),
        ),
    )


def _profile(records: Records, slug: str, digest: str) -> CheckedProfile | None:
    """Return the record to keep of a profile that was just read; None if it was not read."""
    from macros.model.holdings import TRUSTS
    from macros.model.trust import Trust
    from macros.reading.rules.parts import unlike

    for trust in records.by_kind.get(TRUSTS.kind, ()):
        if isinstance(trust, Trust) and trust.slug == slug:
            said = sum(1 for part in records.parts if part.statement and part.where.partition(":")[0] == trust.where)
            return CheckedProfile(digest=digest, unlike=unlike(trust), statements=said)
    return None


def _counts(verdict: CheckedProject) -> CheckedCounts:
    said = verdict.statements + sum(profile.statements for profile in verdict.profiles.values())
    return CheckedCounts(len(verdict.profiles), verdict.recommendations, verdict.terms, said)


# --- storage --------------------------------------------------------------------------------------------------------


def place(root: Path) -> Path | None:
    """Return the file that a project's verdict is kept in; None if there is no folder that is ours alone."""
    return cache.place(root, ".json")


def _recall(root: Path) -> CheckedProject | None:
    kept = cache.recall(place(root), MOST_BYTES)
    if kept is None:
        return None
    try:
        verdict = CheckedProject.model_validate_json(kept)
    except ValidationError:
        return None
    return verdict if verdict.program == program() and verdict.day <= str(today()) else None


def _keep(root: Path, verdict: CheckedProject) -> None:
    cache.keep(place(root), verdict.model_dump_json().encode(), MOST_PROJECTS)


def _parts(state: ProjectState, baseline: str) -> tuple[str, dict[str, str]]:
    """Return a digest of all files except the first wave's profiles, and a digest of each of these by its slug.

    What is lasting about a Trust counts as part of its profile.
    """
    from macros.model.holdings import AREA_FILE, TRUSTS

    own = re.compile(rf"data/{TRUSTS.path}/([^/]+)/(?:{re.escape(AREA_FILE)}|{re.escape(baseline)}\.yml)")
    profiles: dict[str, dict[str, str]] = {}
    rest = {}
    for name, digest in state.digests.items():
        if found := own.fullmatch(name):
            profiles.setdefault(found[1], {})[name] = digest
        else:
            rest[name] = digest
    return digest_of(rest), {slug: digest_of(files) for slug, files in profiles.items()}
