"""A report to share: the charts as one SVG picture or as an HTML page.

The page needs no other file and no network, and contains the numbers of every chart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashcards.progress.charts.svg import draw, escaped, picture, title_of, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.progress.charts.chart import Chart

_GAP = 44
_TITLE = "Study report"
_SVG_BEGINS = re.compile(rb"<svg [^>]*><title>" + _TITLE.encode() + b": ")
_HTML_BEGINS = re.compile(
    rb"<!DOCTYPE html>\n<html[^>]*><head>(?:<meta[^>]*>)*<title>"
    + _TITLE.encode()
    + b"</title>"
)


def as_svg(summary: str, charts: Sequence[Chart]) -> str:
    """Return charts as one SVG picture below a summary."""
    parts, y = [words(20, 30, summary, size=16)], 50.0
    for chart in charts:
        marks, height = draw(chart)
        parts.append(words(20, y + 14, title_of(chart), size=14))
        parts.append(f'<g transform="translate(0 {y + 26:.1f})">{marks}</g>')
        y += height + _GAP
    return picture("".join(parts), y, f"{_TITLE}: {summary}")


def as_html(summary: str, charts: Sequence[Chart]) -> str:
    """Return an HTML page with every chart and the numbers behind it."""
    sections = "".join(_section(chart) for chart in charts)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{_TITLE}</title><style>"
        "body{font:15px/1.5 system-ui,sans-serif;max-width:760px;margin:2em auto;"
        "padding:0 1em;color:#1f2430}svg{max-width:100%;height:auto}"
        "table{border-collapse:collapse;margin:.5em 0}"
        "td,th{padding:.1em .8em .1em 0;text-align:left}"
        "summary{cursor:pointer;color:#6b7280}</style></head><body>"
        f"<h1>{_TITLE}</h1><p>{escaped(summary)}</p>"
        f"{sections}</body></html>\n"
    )


def is_svg_report(content: bytes) -> bool:
    """Return whether a file begins like the pictures of `as_svg`."""
    return _SVG_BEGINS.match(content) is not None


def is_html_report(content: bytes) -> bool:
    """Return whether a file begins like the pages of `as_html`."""
    return _HTML_BEGINS.match(content) is not None


def _section(chart: Chart) -> str:
    marks, height = draw(chart)
    shown = picture(marks, height + 6, chart.title)
    numbers = "" if chart.missing else _numbers(chart)
    return f"<section><h2>{escaped(title_of(chart))}</h2>{shown}{numbers}</section>"


def _numbers(chart: Chart) -> str:
    """Return a table of the values, newest first where the last points matter most."""
    points = reversed(chart.points) if chart.starts_at_end else chart.points
    rows = "".join(_row("td", chart.cells(point)) for point in points)
    remarks = "".join(f"<p>{escaped(remark)}</p>" for remark in chart.remarks)
    heads = _row("th", [measure.heading for measure in chart.measures])
    return (
        "<details><summary>Numbers</summary>"
        f"<table>{heads}{rows}</table>{remarks}</details>"
    )


def _row(tag: str, cells: Sequence[str]) -> str:
    return (
        "<tr>" + "".join(f"<{tag}>{escaped(cell)}</{tag}>" for cell in cells) + "</tr>"
    )
