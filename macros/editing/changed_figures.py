"""Changes in figures, gaps and sources between two revisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from macros.derived.figure import Figure
from macros.editing.change_records import UNKNOWN, FigureChange, GapChange, SourceChange
from macros.history.difference import ChangeKind
from macros.history.record_changes import RecordChange
from macros.pages.site import Site


def figure_changes(was: Mapping[str, Figure], now: Mapping[str, Figure], site: Site) -> Iterator[FigureChange]:
    used = {name: [titled.url for titled, note in site.notes().items() if name in note.figures] for name in now}
    for name in (*now, *(name for name in was if name not in now)):
        old, new = was.get(name), now.get(name)
        if (old and old.text) == (new and new.text):
            continue
        figure = new or old
        if figure is not None:
            yield FigureChange(
                name=name,
                label=figure.label,
                was=old.text if old else "",
                now=new.text if new else "",
                pages=tuple(sorted(used.get(name, ()))),
            )


def gap_changes(told: Iterable[RecordChange]) -> Iterator[GapChange]:
    """Yield the gaps that are new and those that were closed: in lists of gaps, and in fields that say “unknown”."""
    for change in told:
        for one in change.differences:
            place = " › ".join(one.place)
            if one.list_field == "gaps" and one.kind in {ChangeKind.ADDED, ChangeKind.REMOVED}:
                yield GapChange(is_new=one.kind is ChangeKind.ADDED, title=change.title, text=one.now or one.was)
            elif one.kind is ChangeKind.CHANGED and (_is_unknown(one.was) != _is_unknown(one.now)):
                text = f"{place}: {one.now if _is_unknown(one.now) else f'{one.was} became {one.now}'}"
                yield GapChange(is_new=_is_unknown(one.now), title=change.title, text=text)


def _is_unknown(value: str) -> bool:
    return value.strip("“”") in UNKNOWN


def source_changes(told: Iterable[RecordChange]) -> Iterator[SourceChange]:
    for change in told:
        for one in change.differences:
            if one.is_source:
                yield SourceChange(
                    title=change.title,
                    place=one.place[:-1],
                    was=one.was,
                    now=one.now,
                    is_lost=one.now in {"“ours”", "no source"},
                )
