"""Charts: a table with a bar beside each number. The table is the chart's text: nothing hangs on seeing it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from macros.render import render

Row = tuple[str, Decimal | int | None, str, Markup]
"""Label, value (None where none is printed), the value in words, and its source tags."""


def bars(chart_id: str, caption: str, rows: Sequence[Row], head: tuple[str, str], full: int) -> Markup:
    """Return a table with a bar in each row, as long as its share of `full`.

    Only values of one unit and one scope belong in one chart.
    """
    drawn = [
        {
            "label": label,
            "text": text,
            "cite": cite,
            "width": f"{100 * value / full:.4g}%" if value is not None else None,
        }
        for label, value, text, cite in rows
    ]
    return Markup(render("bars.html", chart_id=chart_id, caption=caption, rows=drawn, head=head))  # noqa: S704 - a template made it
