"""The charts of a report that are bars: answers, memory, decks, items, confidence."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from flashcards.domain.formatting import count
from flashcards.progress.charts.report_chart import Chart, bars, message
from flashcards.progress.figure_text import percent
from flashcards.text.markdown.plain_text import to_plain_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashcards.progress.forecast.forecast_accuracy import ForecastAccuracy
    from flashcards.progress.statistics.calibration import Calibration
    from flashcards.progress.statistics.items import ItemStatistics
    from flashcards.progress.statistics.memory_distribution import Histogram
    from flashcards.progress.statistics.statistics import Statistics
    from flashcards.progress.statistics.weakness import WeakGroup

SHOWN = 10


def answers(figures: Statistics) -> Chart:
    """Chart how answers were rated, with how long they took."""
    counts = figures.answers
    if counts.missing:
        return message("Answers", counts.missing)
    title = "Answers"
    if counts.median_seconds is not None:
        again = counts.median_again_seconds
        slower = f", {again:.0f} s when wrong" if again is not None else ""
        title = f"Answers: {counts.median_seconds:.0f} s a card{slower}"
    return bars(
        title,
        [
            (
                rating.name.capitalize(),
                counts.share(rating),
                f"{percent(counts.share(rating))} of {sum(counts.ratings.values()):,}",
            )
            for rating in counts.ratings
        ],
    )


def memory(figures: Statistics) -> list[Chart]:
    """Chart how many cards are in each range of stability, difficulty and recall."""
    distribution = figures.memory
    cards = count(distribution.cards, "card")
    kinds = (
        (f"Stability of {cards} in days", distribution.stability, "{:g}", 1),
        ("Difficulty, 1 to 10", distribution.difficulty, "{:g}", 1),
        ("Retrievability today in %", distribution.retrievability, "{:.0f}", 100),
    )
    return [_histogram(*kind) for kind in kinds]


def _histogram(title: str, histogram: Histogram, form: str, factor: int) -> Chart:
    edges = [form.format(edge * factor) for edge in histogram.edges]
    names = [f"{low} to {high}" for low, high in pairwise(edges)]
    names[-1] = f"from {edges[-2]}"
    total = sum(histogram.counts) or 1
    median = form.format(round((histogram.median or 0) * factor, 1))
    return bars(
        f"{title}, median {median}",
        [
            (name, n / total, count(n, "card"))
            for name, n in zip(names, histogram.counts, strict=True)
        ],
    )


def groups(title: str, groups: Sequence[WeakGroup]) -> list[Chart]:
    """Chart the weakest decks or topics; nothing if none has enough reviews."""
    compared = [group for group in groups if group.enough][:SHOWN]
    if not compared:
        return []
    return [
        bars(
            f"{title}, by retention",
            [
                (
                    group.title,
                    group.retention.share or 0.0,
                    f"{percent(group.retention.share or 0)} of {group.retention.asked:,}",
                )
                for group in compared
            ],
        )
    ]


def leeches(figures: Statistics) -> list[Chart]:
    """Chart the cards that are forgotten again and again; nothing without any."""
    cards = figures.leeches[:SHOWN]
    if not cards:
        return []
    most = max(card.lapses for card in cards) or 1
    return [
        bars(
            "Leeches, by lapses",
            [
                (card.card, card.lapses / most, count(card.lapses, "lapse"))
                for card in cards
            ],
        )
    ]


def items(statistics: ItemStatistics) -> list[Chart]:
    """Chart the items with the lowest scores, with their slips as the numbers behind them."""
    if not statistics.answers:
        return []
    title = "Items with the lowest scores"
    if statistics.missing:
        return [message(title, statistics.missing)]
    shown = statistics.enough[:SHOWN]
    chart = bars(
        f"{title}, by share right",
        [
            (item.note, item.score, f"{percent(item.score)} of {item.answers:,}")
            for item in shown
        ],
    )
    rows = [
        (
            item.note,
            to_plain_line(item.front),
            percent(item.score),
            f"{part.what} in {part.answers} of {item.answers}",
            part.text,
            part.mixed_up,
        )
        for item in shown
        for part in item.slips
    ]
    heads = ("note", "question", "right", "slip", "what", "misconception")
    return [replace(chart, headings=heads, rows=tuple(rows))]


def confidence(calibration: Calibration) -> list[Chart]:
    """Chart the share right by confidence; nothing without answers that have one."""
    if not calibration.answers:
        return []
    title = "Confidence: how much was right"
    if not calibration.is_enough:
        return [message(title, calibration.missing)]
    return [
        bars(
            f"{title}, Brier score {calibration.brier or 0:.2f}",
            [
                (
                    bin_.confidence,
                    bin_.right,
                    f"{percent(bin_.right)} of {bin_.answers:,}, expected {percent(bin_.predicted)}",
                )
                for bin_ in calibration.bins
                if bin_.answers
            ],
        )
    ]


def forecast_accuracy(accuracy: ForecastAccuracy) -> list[Chart]:
    """Chart how many forecasts held; nothing if none was saved."""
    if not accuracy.forecasts:
        return []
    title = "Readiness forecasts against actual readiness"
    if accuracy.missing or accuracy.bias is None:
        return [message(title, accuracy.missing)]
    share = accuracy.held / accuracy.compared
    text = (
        f"{accuracy.held:,} of {accuracy.compared:,}, "
        f"{100 * accuracy.bias:+.0f} points on average"
    )
    return [bars(title, [("within their band", share, text)])]
