"""Draws charts: the places of their words and bars, and a chart as a picture of its own (SVG).

Bars are horizontal and start at zero, each below its label and before its value. On a page, widths are shares of the
room, so that words are as large on a phone as on a desktop; in a file they are numbers. Only where lines break differs:
a page has a second drawing, for narrow screens, where a label would not fit on them in the lines that it has elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import wrap
from xml.etree.ElementTree import Element, SubElement, tostring

from macros.derived.charts import Chart, ChartBar
from macros.model.sources import Document
from macros.model.wording import sentence

LINE, BAR, GAP, BEFORE = 20, 22, 14, 8
"""Heights in pixels of a line of words, of a bar and of the gap below it, and the width of the gap before a value."""
LETTERS, NARROW_LETTERS = 60, 33
"""The most letters in a line of a label, and how many fit on the narrowest screen."""
_NARROWEST, _LETTER, _MOST = 280, 8.6, 0.86
"""The widths of such a screen and of a letter, in pixels, and the largest share of the width for the axis."""


@dataclass(frozen=True)
class DrawnBar:
    """A bar with the places of its words. Heights are in pixels, the width is a share of the whole drawing."""

    bar: ChartBar
    lines: tuple[tuple[str, int], ...]
    """The lines of its label, each with its height."""
    top: int
    width: float

    @property
    def value_at(self) -> int:
        return self.top + BAR - 6


@dataclass(frozen=True)
class Drawing:
    """A chart with the places of all its parts."""

    bars: tuple[DrawnBar, ...]
    axis: float
    """The share of the width that the axis takes; the rest is room for the value of the longest bar."""
    foot: int
    """The height of the words at the ends of the axis."""

    @property
    def height(self) -> int:
        return self.foot + 6


def drawing(chart: Chart, letters: int = LETTERS) -> Drawing:
    """Return the places of a chart's bars and words; lines of labels have at most so many letters."""
    axis = min((_room_for(bar, chart) for bar in chart.drawn), default=_MOST)
    top, bars = 0, []
    for bar in chart.drawn:
        lines = _even_lines(bar.label, letters)
        heights = tuple((line, top + LINE * number + 15) for number, line in enumerate(lines))
        at = top + LINE * len(lines) + 2
        bars.append(DrawnBar(bar, heights, at, _share(bar, chart) * axis))
        top = at + BAR + GAP
    return Drawing(tuple(bars), axis, top + 6)


def needs_narrow(chart: Chart) -> bool:
    """Say whether a label takes more lines on the narrowest screen than elsewhere."""
    return any(_even_lines(bar.label, NARROW_LETTERS) != _even_lines(bar.label, LETTERS) for bar in chart.drawn)


def _even_lines(text: str, letters: int) -> list[str]:
    """Break a text into as few lines as possible, about equally long, so that no word is left on a line alone."""
    fewest = wrap(text, letters) or [""]
    even = (wrap(text, width) for width in range(-(-len(text) // len(fewest)), letters))
    return next((lines for lines in even if len(lines) == len(fewest)), fewest)


def _share(bar: ChartBar, chart: Chart) -> float:
    return float((bar.value or 0) / chart.full)


def _room_for(bar: ChartBar, chart: Chart) -> float:
    """Return how long the axis may be at most, so that the value fits next to the bar on the narrowest screen."""
    room = 1 - (len(bar.words) * _LETTER + BEFORE) / _NARROWEST
    return min(_MOST, room / (_share(bar, chart) or 1))


# --- a picture of its own -----------------------------------------------------------------------------------------

_WIDTH, _EDGE = 680, 24
_INK, _MUTED, _FILL, _TRACK, _PAPER = "#16252b", "#4c5b62", "#1a6f86", "#e6e2d7", "#ffffff"
_FONT = "Arial, Helvetica, sans-serif"


def to_svg(chart: Chart, documents: Mapping[str, Document]) -> bytes:
    """Return a chart as a picture that is complete in itself: title, question, base, unit, bars and source."""
    room = _WIDTH - 2 * _EDGE
    drawn = drawing(chart)
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "aria-labelledby": "title words"})
    SubElement(svg, "title", {"id": "title"}).text = chart.title
    SubElement(svg, "desc", {"id": "words"}).text = chart.in_words
    paper = SubElement(svg, "rect", {"x": "0", "y": "0", "fill": _PAPER})
    top = _words(svg, wrap(chart.title, 56), _EDGE + 14, 21, _INK, "bold")
    for text in (chart.asked, f"{chart.unit} {chart.base}"):
        top = _words(svg, wrap(text, 92), top + 4, 14, _MUTED)
    top += 16
    for one in drawn.bars:
        _draw(svg, one, drawn.axis if chart.ends[1] else 0, room, top)
    _text(svg, chart.ends[0], _EDGE, top + drawn.foot, 13, _MUTED)
    if chart.ends[1]:
        _text(svg, chart.ends[1], _EDGE + drawn.axis * room, top + drawn.foot, 13, _MUTED, anchor="end")
    end = top + drawn.height + 18
    missing = [f"No figure is printed for: {one.label} ({one.words})." for one in chart.not_drawn]
    said = (*chart.notes, *missing, f"Source: {_sources(chart, documents)}. {chart.dated}.")
    for text in said:
        end = _words(svg, wrap(text, 92), end, 13, _MUTED) + 3
    height = end + _EDGE - 14
    for whole in (svg, paper):
        whole.set("width", str(_WIDTH))
        whole.set("height", str(height))
    svg.set("viewBox", f"0 0 {_WIDTH} {height}")
    picture: bytes = tostring(svg, encoding="utf-8", xml_declaration=True)
    return picture + b"\n"


def _sources(chart: Chart, documents: Mapping[str, Document]) -> str:
    """Return the sources of a chart in words, such as `Clear Expectations (Luton: next steps, point 2)`."""
    found: dict[str, list[str]] = {}
    for reference in chart.source:
        name, _, section = reference.partition("#")
        section, _, point = section.rstrip(")").partition("(")
        document = documents[name]
        titles = found.setdefault(document.short_name, [])
        titles += [
            f"{one.title}, point {point}" if point else one.title for one in document.sections if one.id == section
        ]
    return "; ".join(f"{name} ({'; '.join(titles)})" if titles else name for name, titles in found.items())


def _draw(svg: Element, one: DrawnBar, track: float, room: int, top: int) -> None:
    if track:
        _rect(svg, one, track * room, top, {"fill": _TRACK})
    looks = (
        {"fill": _FILL}
        if one.bar.firm
        else {"fill": _PAPER, "stroke": _FILL, "stroke-width": "2", "stroke-dasharray": "5 3"}
    )
    _rect(svg, one, one.width * room, top, looks)
    zero = {"x": str(_EDGE), "y": str(top + one.top - 3), "width": "1.5", "height": str(BAR + 6), "fill": _MUTED}
    SubElement(svg, "rect", zero)
    for line, height in one.lines:
        _text(svg, line, _EDGE, top + height, 15, _INK)
    _text(svg, sentence(one.bar.words), _EDGE + one.width * room + BEFORE, top + one.value_at, 15, _INK, "bold")


def _rect(svg: Element, one: DrawnBar, width: float, top: int, looks: dict[str, str]) -> None:
    place = {"x": str(_EDGE), "y": str(top + one.top), "width": f"{width:.1f}", "height": str(BAR)}
    SubElement(svg, "rect", place | looks)


def _words(svg: Element, lines: Iterable[str], top: int, size: int, colour: str, weight: str = "") -> int:
    """Write lines one below the other, and return the place for the next."""
    for line in lines:
        _text(svg, line, _EDGE, top, size, colour, weight)
        top += size + 6
    return top


def _text(
    svg: Element, words: str, x: float, y: float, size: int, colour: str, weight: str = "", anchor: str = ""
) -> None:
    looks = {"font-family": _FONT, "font-size": str(size), "fill": colour}
    looks |= {"font-weight": weight} if weight else {}
    looks |= {"text-anchor": anchor} if anchor else {}
    SubElement(svg, "text", {"x": f"{x:.1f}", "y": f"{y:g}", **looks}).text = words
