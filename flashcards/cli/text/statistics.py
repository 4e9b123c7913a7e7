"""Statistics in words, for people and screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashcards.cli.console import output
from flashcards.cli.text import confidence
from flashcards.cli.text.json_figures import whole_minutes
from flashcards.cli.text.readable import readable_line
from flashcards.domain import formatting
from flashcards.domain.cards import State
from flashcards.domain.formatting import count, short_date
from flashcards.progress.figure_text import month, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.progress.forecast.forecast_accuracy import ForecastAccuracy
    from flashcards.progress.forecast.workload import Workload
    from flashcards.progress.statistics.extended_statistics import ExtendedStatistics
    from flashcards.progress.statistics.items import ItemStatistics
    from flashcards.progress.statistics.retention import SelfCheck, Share
    from flashcards.progress.statistics.statistics import Statistics
    from flashcards.progress.statistics.weakness import WeakGroup

_SHOWN, _FEW = 8, 5
_DAYS = 7
_BAR = 30
_WIDTH = 60
_HEAT = ".:+*#"


def print_all(figures: Statistics, extended_statistics: ExtendedStatistics) -> None:
    """Print every figure, or why it is not shown yet."""
    output.print_line(figures.summary)
    if not figures.reviews:
        return
    _print_habit(figures)
    _print_heatmap(figures)
    _print_retention(figures)
    _print_check(figures.check)
    _print_forecast_accuracy(extended_statistics.forecast_accuracy)
    _print_ahead(figures, extended_statistics.workload)
    _print_memory(figures)
    _print_groups("weakest decks", figures.decks)
    _print_groups("weakest topics", figures.topics)
    _print_leeches(figures)
    _print_items(extended_statistics.items)
    confidence.print_calibration(extended_statistics.calibration)


def _print_habit(figures: Statistics) -> None:
    habit, answers = figures.habit, figures.answers
    output.print_line(
        f"{count(habit.streak, 'day')} in a row, {habit.studied:,} of {habit.span:,} "
        f"days studied, {formatting.minutes((figures.minutes_a_day or 0) * 60)} a day you study."
    )
    if answers.missing:
        output.print_line(answers.missing)
        return
    if answers.median_seconds is not None:
        again = answers.median_again_seconds
        slower = f", {again:.0f} s when wrong" if again is not None else ""
        output.print_line(f"{answers.median_seconds:.0f} s a card{slower}.")
    shares = ", ".join(
        f"{rating.name.capitalize()} {percent(answers.share(rating))}"
        for rating in answers.ratings
    )
    times = ", ".join(
        f"{state.name.capitalize()} {seconds:.0f} s"
        for state, seconds in answers.seconds_by_state.items()
        if state in (State.NEW, State.LEARNING, State.REVIEW)
    )
    output.print_line(f"Answers: {shares}; by state: {times or 'not timed'}.")


def _print_heatmap(figures: Statistics) -> None:
    heatmap = figures.heatmap
    output.print_line()
    output.print_line(
        f"Reviews a day, {len(heatmap.weeks)} weeks ({_HEAT}: none to the most):"
    )
    for row, name in enumerate(("Mon", "", "Wed", "", "Fri", "", "")):
        squares = (week[row].level for week in heatmap.weeks if row < len(week))
        output.print_line(f"{name:<4} {' '.join(_HEAT[level] for level in squares)}")
    output.print_table(
        ("last days", "reviews", "minutes", "new"),
        [
            (short_date(day.day), day.reviews, whole_minutes(day.seconds), day.new)
            for day in figures.days[-_DAYS:]
        ],
    )


def _print_retention(figures: Statistics) -> None:
    retention = figures.retention
    output.print_line()
    if retention.missing:
        output.print_line(retention.missing)
        return
    output.print_line(
        f"Retention {percent(retention.all.share or 0)}: young {_share_text(retention.young)}, "
        f"mature {_share_text(retention.mature)}."
    )
    output.print_table(
        ("month", "retention", "reviews"),
        [
            (
                month(row.year, row.month),
                percent(row.retention.share or 0),
                row.retention.asked,
            )
            for row in retention.months[-6:]
        ],
    )


def _print_check(check: SelfCheck) -> None:
    if check.missing or check.predicted is None or check.actual is None:
        output.print_line(check.missing)
        return
    output.print_line(
        f"Predicted recall {percent(check.predicted)}, actual {percent(check.actual)} "
        f"(log loss {check.log_loss:.3f}, always the mean: {check.constant_log_loss:.3f})."
    )
    output.print_table(
        ("predicted", "actual", "reviews"),
        [
            (
                f"{100 * bin_.low:.0f} to {100 * bin_.high:.0f}%",
                percent(bin_.actual),
                bin_.count,
            )
            for bin_ in check.bins
            if bin_.actual is not None
        ],
    )


def _print_forecast_accuracy(accuracy: ForecastAccuracy) -> None:
    if not accuracy.forecasts:
        return
    if accuracy.missing or accuracy.bias is None:
        output.print_line(accuracy.missing)
        return
    output.print_line(
        f"Readiness forecasts: {accuracy.held:,} of {accuracy.compared:,} held within "
        f"their band, {100 * accuracy.bias:+.0f} points on average."
    )


def _print_ahead(figures: Statistics, workload: Workload) -> None:
    days = figures.forecast[:_DAYS]
    most = max((day.seconds for day in days), default=0) or 1
    output.print_line()
    output.print_line("Due, of the cards seen so far:")
    for day in days:
        bar = "#" * max(round(_BAR * day.seconds / most), 1 if day.reviews else 0)
        minutes = whole_minutes(day.seconds)
        text = f"{short_date(day.day):>11}  {day.reviews:4} cards {minutes:4} min"
        output.print_line(f"{text}  {bar}".rstrip())
    mean = workload.mean(0, len(workload.days))
    output.print_line(
        f"With new cards and their reviews: about {whole_minutes(mean.seconds)} min, "
        f"{count(round(mean.reviews), 'review')} and {mean.new:.0f} new a day for {len(workload.days)} days."
    )


def _print_memory(figures: Statistics) -> None:
    distribution = figures.memory
    if not distribution.cards:
        return
    output.print_line()
    output.print_line(
        f"{count(distribution.cards, 'card')} seen, about {distribution.remembered:,.0f} of them recalled today."
    )
    for name, histogram, factor in (
        ("Stability in days", distribution.stability, 1),
        ("Difficulty", distribution.difficulty, 1),
        ("Retrievability in %", distribution.retrievability, 100),
    ):
        bins = ", ".join(
            f"from {factor * low:g}: {number:,}"
            for low, number in zip(histogram.edges, histogram.counts, strict=False)
            if number
        )
        output.print_line(
            f"  {name}, median {factor * (histogram.median or 0):.3g}: {bins}."
        )


def _print_groups(title: str, groups: Sequence[WeakGroup]) -> None:
    compared = [group for group in groups if group.enough][:_SHOWN]
    if not compared:
        return
    output.print_line()
    output.print_table(
        (title, "retention", "asked", "lapses", "cards"),
        [
            (
                f"{group.title} ({group.deck})",
                percent(group.retention.share or 0),
                group.retention.asked,
                group.lapses,
                group.cards,
            )
            for group in compared
        ],
    )


def _print_leeches(figures: Statistics) -> None:
    if not figures.leeches:
        return
    output.print_line()
    output.print_table(
        ("leeches", "deck", "lapses"),
        [(card.card, card.deck, card.lapses) for card in figures.leeches[:_SHOWN]],
    )


def _print_items(statistics: ItemStatistics) -> None:
    if not statistics.answers:
        return
    output.print_line()
    if statistics.missing:
        output.print_line(statistics.missing)
        return
    output.print_line("Items with the lowest scores:")
    for item in statistics.enough[:_FEW]:
        score = f"{percent(item.score)} in {count(item.answers, 'answer')}"
        output.print_line(
            f"  {item.note}  {score}  {readable_line(item.front, _WIDTH)}"
        )
        for part in item.slips[:2]:
            name = f" ({readable_line(part.mixed_up)})" if part.mixed_up else ""
            text = readable_line(part.text, _WIDTH)
            output.print_line(
                f"    {part.what} in {part.answers} of {item.answers}: {text}{name}"
            )


def _share_text(share: Share) -> str:
    return (
        f"{percent(share.share)} of {share.asked:,}" if share.share is not None else "-"
    )
