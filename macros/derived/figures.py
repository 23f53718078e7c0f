"""Figures: every number that the guide works out from its data, named once and used by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, replace

from macros.derived import tables
from macros.derived.figure import Figure
from macros.derived.money_figures import money_figures
from macros.derived.survey_figures import survey_figures
from macros.derived.trust_figures import trust_figures
from macros.model import wording
from macros.model.base import OURS
from macros.model.region import FigureNote
from macros.model.tracking import FieldRead, note_dependency, watching
from macros.model.vocabulary import Result
from macros.reading.guide import Guide
from macros.reading.problem import UnknownName


def figures(guide: Guide) -> Mapping[str, Figure]:
    """Return all figures by name. Worked out once for each Guide."""
    note_dependency("figures")
    return _worked(guide).figures


def figure(guide: Guide, name: str) -> Figure:
    """Return a figure by name; raises UnknownName."""
    known = _worked(guide).figures
    if name not in known:
        note_dependency("figures")
        raise UnknownName("figure", name, known)
    note_dependency("figures", name)
    return known[name]


def counted(guide: Guide) -> Set[FieldRead]:
    """Return the fields of records that figures are worked out from."""
    note_dependency("figures", COUNTED)
    return _worked(guide).counted


@dataclass(frozen=True)
class WorkedFigures:
    """The figures of a Guide."""

    figures: Mapping[str, Figure]
    counted: Set[FieldRead]
    """The fields that they are worked out from."""
    behind: Set[FieldRead]
    """Anything else that they depend on."""


COUNTED = "what they are worked out from"


def worked_out(guide: Guide) -> WorkedFigures | None:
    """Return the figures of a Guide if they have been worked out."""
    return _worked_out.get(guide)


def take_over(worked: WorkedFigures, guide: Guide) -> None:
    """Give a Guide the figures of the one before it, as nothing that they are worked out from has changed."""
    _worked_out.clear()  # only one Guide is in use at a time; old ones need not be kept
    _worked_out[guide] = worked


def _worked(guide: Guide) -> WorkedFigures:
    if guide not in _worked_out:
        seen: set[FieldRead] = set()
        behind: set[FieldRead] = set()
        with watching(seen, behind):
            found = {figure.name: figure for figure in _all(guide)}
        take_over(WorkedFigures(found, seen, behind), guide)
    return _worked_out[guide]


_worked_out: dict[Guide, WorkedFigures] = {}


def _all(guide: Guide) -> list[Figure]:
    notes = {note.figure: note for note in guide.region.figures}
    return [_noted(figure, notes.get(figure.name)) for figure in _counted(guide, notes)]


def _noted(figure: Figure, note: FigureNote | None) -> Figure:
    """Return a figure with the source's own statement of it, which comes first among its sources."""
    if note is None:
        return figure
    source = (*note.source, *(one for one in figure.source if one != OURS))
    counts = f"{figure.counts} {note.note}" if note.note else figure.counts
    return replace(figure, source=tuple(dict.fromkeys(source)), counts=counts, stated=note.stated or "")


def _counted(guide: Guide, notes: Collection[str]) -> list[Figure]:
    table = tables.trusts(guide)
    results = Counter(one.result for one in guide.practices)
    return [
        *trust_figures(guide, table),
        *money_figures(guide),
        *(figure for survey in guide.surveys for figure in survey_figures(survey)),
        _length("recommendations", "Recommendations in the report", len(guide.recommendations)),
        _length("standards", "Standards of good engagement", len(guide.standards)),
        _length("core-standards", "Core standards", sum(one.core for one in guide.standards), "standards"),
        _length("practices", "Practices that the report describes", len(guide.practices)),
        _length(
            "practices-with-a-result",
            "Practices with a result that could be shown, by the report",
            results[Result.STATED],
            "practices",
        ),
        _length(
            "practices-with-an-improvement",
            "Practices with an improvement that the report speaks of and did not measure",
            results[Result.IMPROVED],
            "practices",
        ),
        _length("principles", f"{guide.region.principle_called}s", len(guide.principles)),
        *(
            _length(points.id, points.title, len(points.points), points.where)
            for points in guide.point_lists.values()
            if points.id in notes
        ),
    ]


def _length(name: str, label: str, value: int, record: str = "") -> Figure:
    """Return a figure that counts a list of records: the list with the figure's name, or another."""
    return Figure(name, wording.number(value), value, label, "A count of the list.", (OURS,), (record or name,))
