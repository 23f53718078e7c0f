"""The downloads of charts: each as a picture, and its values as a table."""

from __future__ import annotations

from functools import partial

from macros.derived import chart_drawing, table_columns, table_rows
from macros.derived.charts import charts
from macros.derived.download_kinds import Download, FileDownload, TableDownload

CHART_DOWNLOADS: tuple[Download, ...] = (
    TableDownload(
        "charts/{name}.csv",
        "{name}: the values",
        "The values of one chart, with what was asked, the unit, the base and the source of each.",
        table_columns.CHART.row,
        table_columns.CHART,
        table_rows.charted,
    ),
    FileDownload(
        "charts/{name}.svg",
        "{name}: the picture",
        "One chart as a picture that stands by itself, with its title, unit, base and source (SVG).",
        "One chart.",
        lambda guide, _, __: {one.name: partial(chart_drawing.to_svg, one, guide.documents) for one in charts(guide)},
    ),
)
