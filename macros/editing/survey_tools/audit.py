"""Audits releases: from what is published, and from nothing else, no hidden count may be worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from macros.editing.survey_tools.aggregates import BASE, CellCounts, Key, blocks, weighted_from
from macros.editing.survey_tools.equations import Equations, add_release
from macros.editing.survey_tools.primary import primary, protected
from macros.editing.survey_tools.spread import too_close
from macros.model.questionnaire import Questionnaire
from macros.model.release import Release, Result


@dataclass(frozen=True)
class Published:
    """The content of one release: how many answers were usable, and each count that is not hidden."""

    usable: int
    shown: CellCounts
    hidden: frozenset[Key]
    shares: tuple[tuple[Key, int], ...] = ()
    """Shares in whole per cent for cells whose count is hidden; there should be none."""
    weighted: tuple[Key, ...] = ()
    """The cells that have a weighted share."""


@dataclass(frozen=True)
class AuditVerdict:
    """The result of an audit. It names cells, and never their content."""

    cells: int
    hidden: int
    unsafe: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def is_safe(self) -> bool:
        return not self.unsafe and not self.faults


def published(rows: Iterable[Result], usable: int) -> Published:
    """Return what the rows of a release show."""
    shown: CellCounts = {}
    hidden: set[Key] = set()
    shares, weighted = [], []
    for row in rows:
        cell, base = (Key(row.question, row.by, row.group, name) for name in (row.answer, BASE))
        for key, value in ((cell, row.count), (base, row.base)):
            if value is None:
                hidden.add(key)
            else:
                shown[key] = value
        if row.percent is not None and row.count is None:
            shares.append((cell, row.percent))
        if row.weighted is not None:
            weighted.append(cell)
    return Published(usable, shown, frozenset(hidden), tuple(shares), tuple(weighted))


def audit(asked: Questionnaire, releases: Sequence[Published]) -> AuditVerdict:
    """Return whether all releases of one wave together, the latest last, keep every hidden cell secret."""
    latest = releases[-1]
    faults = [*_small(asked, latest), *(fault for one in releases for fault in _weighted(asked, one))]
    equations, known, cells = Equations(), dict[int, float](), dict[int, str]()
    for number, one in enumerate(releases):
        add_release(equations, asked, one.usable, number)
        for block in blocks(asked):  # a release shows nothing that it does not have
            for key in (*block.answers, *block.apart, block.base):
                equations.at(number, key)
        known |= {equations.at(number, key): float(value) for key, value in one.shown.items()}
        open_to_all = {key: value for key, value in one.shown.items() if key not in one.hidden}
        for key in protected(asked, sorted(one.hidden), open_to_all, one.hidden):
            cells[equations.at(number, key)] = f"{key.answer} of {key.question} in {key.group} by {key.by}"
        _add_shares(equations, one, number)
    _link(equations, releases)
    contradicted = too_close(equations, known, list(cells), asked.disclosure.threshold)
    if contradicted is None:
        faults.append("the figures contradict each other: no answers give all of them")
    unsafe = tuple(cells[place] for place in contradicted or ())
    return AuditVerdict(len(latest.shown) + len(latest.hidden), len(latest.hidden), unsafe, tuple(faults))


def _small(asked: Questionnaire, one: Published) -> Iterator[str]:
    """Yield each shown cell that the rules hide for its own count."""
    counts = {
        key: one.shown.get(key, -1) for block in blocks(asked) for key in (*block.answers, *block.apart, block.base)
    }
    whole = {block.base[:3] for block in blocks(asked) if min(counts[key] for key in (block.base, *block.answers)) >= 0}
    for key, rule in primary(asked, counts).items():
        if key in one.shown and (key[:3] in whole or one.shown[key] in range(1, asked.disclosure.threshold)):
            yield f"{key.answer} of {key.question} in {key.group} by {key.by} is shown, against the rule “{rule}”"


def _add_shares(equations: Equations, one: Published, number: int) -> None:
    """Add what rounded shares reveal: a share of p per cent is one from p - 0.5 to p + 0.5."""
    for key, percent in one.shares:
        terms = [(equations.at(number, key), 200.0)]
        base = equations.at(number, Key(key.question, key.by, key.group, BASE))
        equations.at_most([*terms, (base, -(2.0 * percent + 1))])
        equations.at_most([*((place, -value) for place, value in terms), (base, 2.0 * percent - 1)])


def _weighted(asked: Questionnaire, one: Published) -> Iterator[str]:
    """Yield each weighted share that reveals more than the shown counts, from which it must follow."""
    for key in one.weighted:
        if asked.weights is None or not one.shown.keys() >= {*weighted_from(asked.weights, key)}:
            yield f"{key.answer} of {key.question} has a share with weights, though not all counts of it are shown"


def _link(equations: Equations, releases: Sequence[Published]) -> None:
    """Add the condition that answers are only added from one release to the next, where the figures allow it."""
    for later in range(1, len(releases)):
        before, after = releases[later - 1], releases[later]
        both = before.shown.keys() & after.shown.keys()
        if before.usable > after.usable or any(before.shown[key] > after.shown[key] for key in both):
            continue
        for number, key in list(equations.index):
            if number == later - 1 and (later, key) in equations.index:
                equations.at_most([(equations.at(later - 1, key), 1.0), (equations.at(later, key), -1.0)])


def shown_before(releases: Sequence[Release]) -> CellCounts:
    """Return every count that earlier releases show, each from the latest that has it."""
    found: CellCounts = {}
    for one in releases:
        found |= published(one.results, one.usable).shown
    return found
