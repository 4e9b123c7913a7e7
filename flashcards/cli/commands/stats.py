"""`flashcards stats`: statistics in words, as JSON, or as a report to share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.parser import add_json_option, non_empty
from flashcards.cli.scope import add_deck_arguments, resolve_scope
from flashcards.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from flashcards.cli.console.target import Target
    from flashcards.collection.collection import Collection
    from flashcards.domain.cards import Scope
    from flashcards.domain.settings.settings import AppDirectories
    from flashcards.progress.charts.chart import Chart
    from flashcards.progress.statistics.extended_statistics import ExtendedStatistics
    from flashcards.progress.statistics.statistics import Statistics

MONTH_DAYS, YEAR_DAYS = 30, 365


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `stats`."""
    add_deck_arguments(parser)
    parser.add_argument(
        "--svg",
        metavar="FILE",
        type=non_empty,
        help="write the charts to an SVG picture",
    )
    parser.add_argument(
        "--html",
        metavar="FILE",
        type=non_empty,
        help="write a page with the charts and their numbers",
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="replace a file even if it is not an earlier report",
    )
    add_json_option(parser)


def run(options: argparse.Namespace, home: AppDirectories) -> int:
    """Print the statistics, or write them to a file."""
    from flashcards.cli.console.target import Target
    from flashcards.cli.opening import open_collection

    svg, html = (
        Target(file, home) if file else None for file in (options.svg, options.html)
    )
    _refuse_mixing(svg, html, is_json=options.json)
    if not options.force:
        _refuse_other_files(svg, html)
    with open_collection(home) as collection:
        known = [deck.key for deck in collection.reader.cards.decks()]
        # The text covers a month ahead, JSON and reports a year.
        days = YEAR_DAYS if options.json or options.svg or options.html else MONTH_DAYS
        scope = resolve_scope(options.decks, known)
        figures, extended_statistics = _compute(collection, scope, days)
        chart_options = collection.figures.chart_options(figures.today, scope)
        view = None if options.decks or not (svg or html) else collection.plan.view()
    if svg or html:
        from flashcards.progress.charts.charts import build_report_charts

        charts = build_report_charts(figures, extended_statistics, chart_options, view)
        _write_reports(figures.summary, charts, svg, html, is_json=options.json)
    if options.json:
        from flashcards.cli.text.statistics_json import statistics_as_json

        output.print_json(statistics_as_json(figures, extended_statistics))
    elif not (svg or html):
        from flashcards.cli.text.statistics import print_charts
        from flashcards.progress.charts.charts import build_charts

        charts = build_charts(figures, extended_statistics, chart_options)
        print_charts(figures, charts)
    return 0


def _compute(
    collection: Collection, scope: Scope, days: int
) -> tuple[Statistics, ExtendedStatistics]:
    from flashcards.cli.console.progress_bar import ProgressBar

    with ProgressBar() as bar:

        def read(done: int, total: int) -> bool:
            bar("reviews", done, total)
            return True

        def simulated(done: int, total: int) -> bool:
            bar("days ahead", done, total)
            return True

        figures = collection.figures.statistics(scope, progress=read)
        extended_statistics = collection.figures.extended_statistics(
            scope, days=days, progress=simulated
        )
    if figures is None or extended_statistics is None:
        raise AssertionError("nothing stops these figures")
    return figures, extended_statistics


def _write_reports(
    summary: str,
    charts: Sequence[Chart],
    svg: Target | None,
    html: Target | None,
    *,
    is_json: bool,
) -> None:
    from flashcards.progress.charts.report import as_html, as_svg

    for target, render in ((svg, as_svg), (html, as_html)):
        if target:
            target.write_text(render(summary, charts))
            if not target.is_stdout:
                say = output.print_notice if is_json else output.print_line
                say(f"Wrote the report to {target.path}.")


def _refuse_other_files(svg: Target | None, html: Target | None) -> None:
    """Refuse to replace a file that is not an earlier report of the same form.

    Raises:
        FlashcardsError: a file holds something else.
    """
    from flashcards.progress.charts.report import is_html_report, is_svg_report

    for target, is_report in ((svg, is_svg_report), (html, is_html_report)):
        if target:
            target.refuse_other_content("a report of flashcards", is_report)


def _refuse_mixing(*targets: Target | None, is_json: bool) -> None:
    """Refuse to send several documents to stdout, where they would run into each other.

    Raises:
        UsageError: it is asked for.
    """
    if is_json + sum(bool(target and target.is_stdout) for target in targets) > 1:
        raise UsageError("Stdout takes one of --json, --svg and --html. Name a file.")
