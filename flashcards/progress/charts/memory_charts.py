"""Charts of memory: readiness, retention, ratings, predictions, and the cards' states."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from flashcards.domain.cards import Rating
from flashcards.domain.formatting import count, short_date
from flashcards.progress.charts.chart import (
    DAY,
    Chart,
    ChartPoint,
    Kind,
    Measure,
    counted_measure,
    rounded,
    share_text,
    text_measure,
)
from flashcards.progress.figure_text import month, percent

if TYPE_CHECKING:
    from collections.abc import Callable

    from flashcards.progress.forecast.forecast_accuracy import ForecastAccuracy
    from flashcards.progress.forecast.readiness import Predicted
    from flashcards.progress.plan.view import PlanView
    from flashcards.progress.statistics.calibration import Calibration
    from flashcards.progress.statistics.memory_distribution import Histogram
    from flashcards.progress.statistics.retention import PredictionBin
    from flashcards.progress.statistics.statistics import Statistics

RETENTION = Measure(
    "retention",
    share_text,
    lambda share: {"retention": rounded(share[0]), "reviews": share[1]},
)
_RECALL = Measure("recall", lambda predicted: predicted.words)
_MONTH = Measure(
    "month",
    lambda date: month(*date),
    lambda date: {"month": f"{date[0]}-{date[1]:02}"},
    is_figure=False,
)


def readiness(view: PlanView | None) -> list[Chart]:
    """Chart the readiness up to the interview, and by area; nothing without a forecast."""
    if view is None or view.readiness is None or view.plan is None:
        return []
    ahead, target = view.readiness, view.plan.target
    return [
        Chart(
            name="readiness",
            kind=Kind.CURVE,
            title="Readiness",
            notes=(view.sentence,),
            measures=(DAY, _RECALL),
            points=tuple(
                _predicted(short_date(day), day, predicted, target)
                for day, predicted in enumerate(ahead.path, start=view.today)
            ),
            ends=("today", short_date(ahead.day)),
        ),
        Chart(
            name="areas",
            kind=Kind.BARS,
            title=f"Readiness on {short_date(ahead.day)}, by area",
            measures=(text_measure("area"), _RECALL),
            points=tuple(
                _predicted(area.title, area.title, area.predicted, target)
                for area in ahead.areas
            ),
        ),
    ]


def _predicted(
    label: str, value: str | int, predicted: Predicted, target: float
) -> ChartPoint:
    return ChartPoint(
        label,
        predicted.value,
        (value, predicted),
        f"{label}: {predicted.words}",
        mark=target,
        band=(predicted.low, predicted.high),
    )


def retention(
    figures: Statistics, target: float | None, most: int | None = None
) -> Chart:
    """Chart the share recalled in each of the last months; of all if `most` is None."""
    shares = figures.retention
    months = shares.months[-most:] if most else shares.months
    ages = (("mature", shares.mature), ("young", shares.young))
    return Chart(
        name="retention",
        kind=Kind.BARS,
        title="Retention",
        about="cards in Review recalled when first asked on a day",
        notes=tuple(
            f"{age} {percent(share.share)}"
            for age, share in ages
            if share.share is not None and not shares.missing
        ),
        measures=(_MONTH, RETENTION),
        points=tuple(
            _month(
                row.year, row.month, row.retention.share, row.retention.asked, target
            )
            for row in months
        ),
        missing=shares.missing,
        starts_at_end=True,
    )


def _month(
    year: int, number: int, share: float | None, asked: int, target: float | None
) -> ChartPoint:
    name, value = month(year, number), (share or 0.0, asked)
    return ChartPoint(
        name.partition(" ")[0],
        value[0],
        ((year, number), value),
        f"{name}: {share_text(value)} recalled",
        mark=target,
    )


def answers(figures: Statistics, calibration: Calibration | None) -> Chart:
    """Chart the shares of the four ratings, with answer times and cards sure but wrong.

    Args:
        figures: The statistics.
        calibration: The answers with a confidence; None while they are counted.
    """
    counts = figures.answers
    total = sum(counts.ratings.values())
    time = "not timed"
    if counts.median_seconds is not None:
        again = counts.median_again_seconds
        when_wrong = "" if again is None else f", {again:.0f} s when wrong"
        time = f"{counts.median_seconds:.0f} s each{when_wrong}"
    slips = calibration.sure_but_wrong if calibration else ()
    most = Counter(slip.deck for slip in slips).most_common(1)
    return Chart(
        name="answers",
        kind=Kind.SHARES,
        title="Answers",
        notes=() if counts.missing else (time,),
        measures=(text_measure("rating"), Measure("share", share_text)),
        points=tuple(
            _rating(rating, counts.share(rating), counts.ratings[rating], total)
            for rating in Rating
        ),
        caption="".join(
            f"Sure but wrong: {len(slips):,}, most in {deck}" for deck, _ in most
        ),
        remarks=tuple(
            f"Cards in {state.name.capitalize()}: {seconds:.0f} s (median)"
            for state, seconds in counts.seconds_by_state.items()
        ),
        missing=counts.missing,
    )


def _rating(rating: Rating, share: float, answers: int, total: int) -> ChartPoint:
    name = rating.name.capitalize()
    sentence = f"{name}: {count(answers, 'answer')}, {percent(share)}"
    return ChartPoint(name, share, (name, (share, total)), sentence)


def predictions(figures: Statistics) -> Chart:
    """Chart the recall that was predicted against the actual one, in bins."""
    check = figures.check
    notes: tuple[str, ...] = ()
    if check.log_loss is not None and check.constant_log_loss is not None:
        notes = (
            f"log loss {check.log_loss:.3f}, of the mean {check.constant_log_loss:.3f}",
        )
    return Chart(
        name="predictions",
        kind=Kind.BARS,
        title="Predicted and actual recall",
        notes=() if check.missing else notes,
        measures=(
            text_measure("predicted"),
            Measure("actual", share_text),
            Measure("predicted", percent),
        ),
        points=tuple(
            _prediction(bin_, bin_.predicted or 0.0, bin_.actual)
            for bin_ in check.bins
            if bin_.actual is not None
        ),
        missing=check.missing,
    )


def _prediction(bin_: PredictionBin, predicted: float, actual: float) -> ChartPoint:
    label = f"{100 * bin_.low:.0f}-{100 * bin_.high:.0f}%"
    value = (actual, bin_.count)
    return ChartPoint(
        label,
        actual,
        (label, value, predicted),
        f"Predicted {percent(predicted)}, actual {share_text(value)}",
        mark=predicted,
    )


def forecast_accuracy(accuracy: ForecastAccuracy | None) -> list[Chart]:
    """Chart how many readiness forecasts held; nothing if none was saved."""
    if accuracy is None or not accuracy.forecasts:
        return []
    points: tuple[ChartPoint, ...] = ()
    notes: tuple[str, ...] = ()
    if not accuracy.missing and accuracy.bias is not None:
        label = "held within their band"
        share = accuracy.held / accuracy.compared
        average = f"{100 * accuracy.bias:+.0f} points on average"
        sentence = (
            f"Readiness forecasts: {accuracy.held:,} of {accuracy.compared:,} "
            f"{label}, {average}"
        )
        value = (share, accuracy.compared)
        points = (ChartPoint(label, share, (label, value), sentence),)
        notes = (average,)
    return [
        Chart(
            name="forecasts",
            kind=Kind.BARS,
            title="Readiness forecasts",
            notes=notes,
            measures=(text_measure("forecasts"), Measure("share", share_text)),
            points=points,
            missing=accuracy.missing,
        )
    ]


def distributions(figures: Statistics) -> list[Chart]:
    """Chart how many cards are in each range of stability, difficulty and retrievability."""
    memory = figures.memory
    cards = count(memory.cards, "card")
    stability, difficulty = memory.stability, memory.difficulty
    return [
        _histogram(
            "stability",
            f"{cards}, half above {stability.median or 0:.0f} days",
            stability,
            lambda low, high: f"{low:g}-{high:g} days",
        ),
        _histogram(
            "difficulty",
            f"half above {difficulty.median or 0:.1f}, of 1 to 10",
            difficulty,
            lambda low, high: f"{low:g}-{high:g}",
        ),
        _histogram(
            "retrievability",
            f"{memory.remembered:,.0f} of {cards} recalled today",
            memory.retrievability,
            lambda low, high: f"{low * 100:.0f}-{percent(high)}",
        ),
    ]


def _histogram(
    name: str, note: str, histogram: Histogram, label: Callable[[float, float], str]
) -> Chart:
    edges, counts = histogram.edges, histogram.counts
    labels = [label(low, high) for low, high in pairwise(edges)]
    if name == "stability":
        labels[-1] = f"over {edges[-2]:g} days"
    most = max(counts, default=0) or 1
    return Chart(
        name=name,
        kind=Kind.BARS,
        title=f"{name.capitalize()} of cards",
        notes=(note,),
        measures=(text_measure(name), counted_measure("card")),
        points=tuple(
            ChartPoint(
                label,
                number / most,
                (label, number),
                f"{label}: {count(number, 'card')}",
            )
            for label, number in zip(labels, counts, strict=True)
        ),
        missing="" if sum(counts) else "No card seen yet.",
    )
