"""The charts of a report that are bars: answers, memory, decks, items, confidence."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from flashcards.domain.formatting import count
from flashcards.progress.charts.report_chart import Chart, bars, sentence
from flashcards.progress.figure_text import percent
from flashcards.text.markdown.plain_text import plain_line

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
    """Return how answers were rated, and how long they took."""
    found = figures.answers
    if found.missing:
        return sentence("Answers", found.missing)
    title = "Answers"
    if found.median_seconds is not None:
        again = found.median_again_seconds
        slower = f", {again:.0f} s when wrong" if again is not None else ""
        title = f"Answers: {found.median_seconds:.0f} s a card{slower}"
    return bars(
        title,
        [
            (
                rating.name.capitalize(),
                found.share(rating),
                f"{percent(found.share(rating))} of {sum(found.ratings.values()):,}",
            )
            for rating in found.ratings
        ],
    )


def memory(figures: Statistics) -> list[Chart]:
    """Return how many cards lie in each range of stability, difficulty and recall."""
    found = figures.spread
    cards = count(found.cards, "card")
    kinds = (
        (f"Stability of {cards} in days", found.stability, "{:g}", 1),
        ("Difficulty, 1 to 10", found.difficulty, "{:g}", 1),
        ("Retrievability today in %", found.retrievability, "{:.0f}", 100),
    )
    return [_histogram(*kind) for kind in kinds]


def _histogram(title: str, one: Histogram, form: str, factor: int) -> Chart:
    edges = [form.format(edge * factor) for edge in one.edges]
    names = [f"{low} to {high}" for low, high in pairwise(edges)]
    names[-1] = f"from {edges[-2]}"
    total = sum(one.counts) or 1
    median = form.format(round((one.median or 0) * factor, 1))
    return bars(
        f"{title}, median {median}",
        [
            (name, n / total, count(n, "card"))
            for name, n in zip(names, one.counts, strict=True)
        ],
    )


def groups(title: str, groups: Sequence[WeakGroup]) -> list[Chart]:
    """Return the weakest decks or topics; nothing where none has reviews enough."""
    known = [group for group in groups if group.enough][:SHOWN]
    if not known:
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
                for group in known
            ],
        )
    ]


def leeches(figures: Statistics) -> list[Chart]:
    """Return the cards that slip again and again; nothing where none does."""
    found = figures.leeches[:SHOWN]
    if not found:
        return []
    most = max(one.lapses for one in found) or 1
    return [
        bars(
            "Leeches, by lapses",
            [
                (one.card, one.lapses / most, count(one.lapses, "lapse"))
                for one in found
            ],
        )
    ]


def items(found: ItemStatistics) -> list[Chart]:
    """Return the items answered worst, with their slips as the numbers behind them."""
    if not found.answers:
        return []
    title = "Items answered worst"
    if found.missing:
        return [sentence(title, found.missing)]
    shown = found.enough[:SHOWN]
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
            plain_line(item.front),
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


def confidence(found: Calibration) -> list[Chart]:
    """Return what was right by confidence; nothing where none was ever given."""
    if not found.answers:
        return []
    title = "Confidence: how much was right"
    if not found.is_enough:
        return [sentence(title, found.missing)]
    return [
        bars(
            f"{title}, Brier score {found.brier or 0:.2f}",
            [
                (
                    one.confidence,
                    one.right,
                    f"{percent(one.right)} of {one.answers:,}, taken for {percent(one.predicted)}",
                )
                for one in found.bins
                if one.answers
            ],
        )
    ]


def forecast_accuracy(found: ForecastAccuracy) -> list[Chart]:
    """Return how kept forecasts came true; nothing where none was kept."""
    if not found.forecasts:
        return []
    title = "Forecasts of readiness against what came true"
    if found.missing or found.bias is None:
        return [sentence(title, found.missing)]
    told = f"{found.held:,} of {found.compared:,}, {100 * found.bias:+.0f} points on average"
    return [bars(title, [("within their band", found.held / found.compared, told)])]
