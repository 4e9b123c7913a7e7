"""A report to share: the charts as one SVG picture or as an HTML page.

The page needs no other file and no network, and contains the numbers of every chart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashcards.progress.charts.report_charts import charts
from flashcards.progress.charts.svg import escaped, picture, words

if TYPE_CHECKING:
    from flashcards.progress.charts.report_chart import Chart
    from flashcards.progress.plan.view import PlanView
    from flashcards.progress.statistics.extended_statistics import ExtendedStatistics
    from flashcards.progress.statistics.statistics import Statistics

_GAP = 44
_TITLE = "Study report"
_SVG_BEGINS = re.compile(rb"<svg [^>]*><title>" + _TITLE.encode() + b": ")
_HTML_BEGINS = re.compile(
    rb"<!DOCTYPE html>\n<html[^>]*><head>(?:<meta[^>]*>)*<title>"
    + _TITLE.encode()
    + b"</title>"
)


def as_svg(
    figures: Statistics,
    extended_statistics: ExtendedStatistics,
    view: PlanView | None = None,
) -> str:
    """Return all charts as one SVG picture."""
    parts, y = [words(20, 30, figures.summary, size=16)], 50.0
    for chart in charts(figures, extended_statistics, view):
        parts.append(words(20, y + 14, chart.title, size=14))
        parts.append(f'<g transform="translate(0 {y + 26:.1f})">{chart.body}</g>')
        y += chart.height + _GAP
    return picture("".join(parts), y, f"{_TITLE}: {figures.summary}")


def as_html(
    figures: Statistics,
    extended_statistics: ExtendedStatistics,
    view: PlanView | None = None,
) -> str:
    """Return an HTML page with every chart and the numbers behind it."""
    sections = "".join(
        _section(chart) for chart in charts(figures, extended_statistics, view)
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{_TITLE}</title><style>"
        "body{font:15px/1.5 system-ui,sans-serif;max-width:760px;margin:2em auto;"
        "padding:0 1em;color:#1f2430}svg{max-width:100%;height:auto}"
        "table{border-collapse:collapse;margin:.5em 0}"
        "td,th{padding:.1em .8em .1em 0;text-align:left}"
        "summary{cursor:pointer;color:#6b7280}</style></head><body>"
        f"<h1>{_TITLE}</h1><p>{escaped(figures.summary)}</p>"
        f"{sections}</body></html>\n"
    )


def is_svg_report(content: bytes) -> bool:
    """Return whether a file begins like the pictures of `as_svg`."""
    return _SVG_BEGINS.match(content) is not None


def is_html_report(content: bytes) -> bool:
    """Return whether a file begins like the pages of `as_html`."""
    return _HTML_BEGINS.match(content) is not None


def _section(chart: Chart) -> str:
    head = f"<section><h2>{escaped(chart.title)}</h2>"
    shown = picture(chart.body, chart.height + 6, chart.title)
    if not chart.rows:
        return f"{head}{shown}</section>"
    heads = "".join(f"<th>{escaped(name)}</th>" for name in chart.headings)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escaped(cell)}</td>" for cell in row) + "</tr>"
        for row in chart.rows
    )
    return (
        f"{head}{shown}<details><summary>Numbers</summary>"
        f"<table><tr>{heads}</tr>{rows}</table></details></section>"
    )
