"""The stages as a drawing: a ring of numbered stages, with the lettered themes above and below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians, sin
from textwrap import wrap

from macros.model import addresses
from macros.model.base import OURS
from macros.model.guidance import Hub
from macros.reading.problem import UnknownName
from macros.views.shared.page import Page

# All in the units of the drawing. The names of stages are broken into lines of at most so many letters.
_WIDTH, _BAND, _GAP = 520, 46, 18
_OUTER, _MIDDLE, _INNER = 224, 158, 88
_POINT, _BETWEEN = 8.0, 1.6
"""The angle in degrees by which a stage points into the next one, and the gap between the two."""
_LETTERS, _LINE = 12, 19


@dataclass(frozen=True)
class Line:
    """A line of words, with the position of its middle."""

    words: str
    x: float
    y: float
    is_number: bool = False


@dataclass(frozen=True)
class Part:
    """A stage or a theme in the drawing; for a theme, which is a band, `y` is its top."""

    hub: Hub
    link: str
    current: bool
    outline: str
    y: float
    lines: tuple[Line, ...]

    @property
    def short(self) -> str:
        """Its number or letter alone."""
        return self.hub.number.split()[-1]


def wheel(page: Page) -> str:
    """Return the cycle with the names of its parts, each of them a link, and the same parts as a list."""
    return page.render("wheel.html", wheel=wheel_with_names(page))


def wheel_with_names(page: Page) -> dict[str, object]:
    """Return the values for the template that draws the cycle with the names of its parts."""
    return _drawn(page, "", names=True)


def wheel_at(page: Page, current: str) -> dict[str, object]:
    """Return the values for the template that draws the small cycle with one part marked; raises UnknownName."""
    known = [str(hub.id) for hub in page.stages]
    if current not in known:
        raise UnknownName("stage", current, known)
    return _drawn(page, current, names=False)


def _drawn(page: Page, current: str, *, names: bool) -> dict[str, object]:
    stages = [hub for hub in page.stages if hub.number.split()[-1].isdecimal()]
    themes = [hub for hub in page.stages if hub not in stages]
    above = (len(themes) + 1) // 2
    top = above * (_BAND + _GAP)
    centre = top + _OUTER
    height = centre + _OUTER + (len(themes) - above) * (_BAND + _GAP)
    parts = [
        *_ring(page, stages, centre, current, names),
        *_bands(page, themes, above, centre + _OUTER + _GAP, current, names),
    ]
    return {
        "parts": parts,
        "here": next((part.hub for part in parts if part.current), None),
        "count": len(stages),
        "width": _WIDTH,
        "height": height,
        "band": {"width": _WIDTH, "height": _BAND},
        "frame": {"y": _BAND // 2, "height": height - _BAND},
        "names": names,
        "ours": page.source_tags((OURS,)),
        "note": page.region.cycle_note,
    }


def _ring(page: Page, hubs: list[Hub], centre: int, current: str, names: bool) -> Iterator[Part]:
    """Yield the stages, clockwise from the top."""
    step = 360 / max(len(hubs), 1)
    for number, hub in enumerate(hubs):
        begin = -90 - step / 2 + number * step
        x, y = _at(begin + step / 2 + _POINT / 2, _MIDDLE, centre)
        lines = (hub.number, *wrap(hub.title, _LETTERS)) if names else (hub.number.split()[-1],)
        yield _part(
            page, hub, current, _sector(begin + _BETWEEN, begin + step - _BETWEEN, centre), 0, _lines(lines, x, y)
        )


def _bands(page: Page, hubs: list[Hub], above: int, below: int, current: str, names: bool) -> Iterator[Part]:
    """Yield the themes: the first half above the ring, the others below it."""
    for number, hub in enumerate(hubs):
        top = number * (_BAND + _GAP) if number < above else below + (number - above) * (_BAND + _GAP)
        words = f"{hub.number}: {hub.title}" if names else hub.number.split()[-1]
        yield _part(page, hub, current, "", top, (Line(words, _WIDTH / 2, top + _BAND / 2),))


def _part(page: Page, hub: Hub, current: str, outline: str, top: float, lines: tuple[Line, ...]) -> Part:
    return Part(hub, page.link(addresses.of_stage(hub.id)), hub.id == current, outline, top, lines)


def _lines(words: tuple[str, ...], x: float, y: float) -> tuple[Line, ...]:
    first = y - (len(words) - 1) * _LINE / 2
    return tuple(
        Line(one, round(x, 1), round(first + number * _LINE, 1), number == 0 and len(words) > 1)
        for number, one in enumerate(words)
    )


def _at(degrees: float, radius: float, centre: int) -> tuple[float, float]:
    return _WIDTH / 2 + radius * cos(radians(degrees)), centre + radius * sin(radians(degrees))


def _sector(begin: float, end: float, centre: int) -> str:
    """Return the outline of a part of the ring that begins with a notch and ends with a point, in degrees."""

    def at(degrees: float, radius: float) -> str:
        x, y = _at(degrees, radius, centre)
        return f"{x:.1f} {y:.1f}"

    middle = (_OUTER + _INNER) / 2
    return (
        f"M{at(begin, _OUTER)} A{_OUTER} {_OUTER} 0 0 1 {at(end, _OUTER)} L{at(end + _POINT, middle)} "
        f"L{at(end, _INNER)} A{_INNER} {_INNER} 0 0 0 {at(begin, _INNER)} L{at(begin + _POINT, middle)} Z"
    )
