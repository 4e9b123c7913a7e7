"""Statistics as JSON; scripts rely on the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashcards.cli.text.json_figures import iso_day
from flashcards.domain.formatting import whole_minutes
from flashcards.progress.charts.activity_charts import forecast, heatmap
from flashcards.progress.charts.card_charts import leeches
from flashcards.progress.charts.chart import rounded
from flashcards.progress.charts.memory_charts import retention as months_chart

if TYPE_CHECKING:
    from flashcards.progress.forecast.forecast_accuracy import ForecastAccuracy
    from flashcards.progress.forecast.workload import Workload
    from flashcards.progress.statistics.calibration import Calibration
    from flashcards.progress.statistics.extended_statistics import ExtendedStatistics
    from flashcards.progress.statistics.items import ItemFigures, ItemStatistics
    from flashcards.progress.statistics.memory_distribution import Histogram
    from flashcards.progress.statistics.retention import SelfCheck, Share
    from flashcards.progress.statistics.statistics import Statistics
    from flashcards.progress.statistics.weakness import WeakGroup


def statistics_as_json(
    figures: Statistics, extended_statistics: ExtendedStatistics
) -> dict[str, Any]:
    """Return the statistics as one JSON object."""
    retention, answers = figures.retention, figures.answers
    squares = heatmap(figures)
    return {
        "reviews": figures.reviews,
        "minutes": whole_minutes(figures.seconds),
        "days": len(figures.days),
        "streak": figures.habit.streak,
        "retention": rounded(retention.all.share),
        "forecast": forecast(figures, None, None).records(),
        "date": iso_day(figures.today),
        "decks": [_group_as_json(group) for group in figures.decks],
        "topics": [_group_as_json(group) for group in figures.topics],
        "since": iso_day(figures.first_day),
        "span": figures.habit.span,
        "retention_by_age": {
            "young": _share_as_json(retention.young),
            "mature": _share_as_json(retention.mature),
        },
        "months": months_chart(figures, None).records(),
        "answers": {
            **{r.name.lower(): n for r, n in answers.ratings.items()},
            "seconds": rounded(answers.median_seconds),
            "seconds_again": rounded(answers.median_again_seconds),
            "seconds_by_state": {
                state.name.lower(): rounded(seconds)
                for state, seconds in answers.seconds_by_state.items()
            },
        },
        "check": _check_as_json(figures.check),
        "stability": _histogram_as_json(figures.memory.stability),
        "difficulty": _histogram_as_json(figures.memory.difficulty),
        "retrievability": _histogram_as_json(figures.memory.retrievability),
        "history": [
            {
                "date": iso_day(day.day),
                "reviews": day.reviews,
                "minutes": whole_minutes(day.seconds),
                "new": day.new,
            }
            for day in figures.days
        ],
        "heatmap": [
            {**record, "level": point.size}
            for record, point in zip(squares.records(), squares.points, strict=True)
        ],
        "leeches": leeches(figures).records(),
        "not_yet": [
            sentence
            for sentence in (
                retention.missing,
                answers.missing,
                figures.check.missing,
                extended_statistics.items.missing,
                extended_statistics.calibration.missing,
                extended_statistics.forecast_accuracy.missing,
            )
            if sentence
        ],
        "workload": _workload_as_json(extended_statistics.workload),
        "items": _items_as_json(extended_statistics.items),
        "confidence": _calibration_as_json(extended_statistics.calibration),
        "foretold": _forecast_accuracy_as_json(extended_statistics.forecast_accuracy),
    }


def _share_as_json(share: Share) -> dict[str, Any]:
    return {"retention": rounded(share.share), "reviews": share.asked}


def _group_as_json(group: WeakGroup) -> dict[str, Any]:
    return {
        "deck": group.deck,
        "topic": group.topic or None,
        "title": group.title,
        **_share_as_json(group.retention),
        "lapses": group.lapses,
        "cards": group.cards,
        "seen": group.seen,
    }


def _check_as_json(check: SelfCheck) -> dict[str, Any]:
    return {
        "reviews": check.reviews,
        "predicted": rounded(check.predicted),
        "actual": rounded(check.actual),
        "log_loss": rounded(check.log_loss),
        "log_loss_of_mean": rounded(check.constant_log_loss),
        "bins": [
            {
                "from": bin_.low,
                "to": bin_.high,
                "reviews": bin_.count,
                "predicted": rounded(bin_.predicted),
                "actual": rounded(bin_.actual),
            }
            for bin_ in check.bins
        ],
    }


def _histogram_as_json(histogram: Histogram) -> dict[str, Any]:
    return {
        "edges": list(histogram.edges),
        "cards": list(histogram.counts),
        "median": rounded(histogram.median),
    }


def _workload_as_json(workload: Workload) -> list[dict[str, Any]]:
    return [
        {
            "date": iso_day(day.day),
            "reviews": round(day.reviews, 1),
            "new": round(day.new, 1),
            "minutes": round(day.seconds / 60, 1),
        }
        for day in workload.days
    ]


def _items_as_json(statistics: ItemStatistics) -> dict[str, Any]:
    return {
        "answers": statistics.answers,
        "older": statistics.older,
        "notes": [_item_as_json(item) for item in statistics.items],
        "misconceptions": [
            {"misconception": slug, "answers": n}
            for slug, n in statistics.misconceptions
        ],
    }


def _item_as_json(item: ItemFigures) -> dict[str, Any]:
    return {
        "note": item.note,
        "deck": item.deck,
        "kind": item.kind,
        "answers": item.answers,
        "enough": item.is_enough,
        "score": rounded(item.score),
        "parts": [
            {
                "what": part.what,
                "text": part.text,
                "answers": part.answers,
                "share": rounded(part.answers / item.answers),
                "wrong": part.is_slip,
                "misconception": part.misconception or None,
            }
            for part in item.parts
        ],
    }


def _calibration_as_json(calibration: Calibration) -> dict[str, Any]:
    return {
        "answers": calibration.answers,
        "brier": calibration.brier,
        "bins": [bin_._asdict() for bin_ in calibration.bins],
        "sure_but_wrong": [card.card for card in calibration.sure_but_wrong],
    }


def _forecast_accuracy_as_json(accuracy: ForecastAccuracy) -> dict[str, Any]:
    return {
        "forecasts": accuracy.forecasts,
        "compared": accuracy.compared,
        "held": accuracy.held,
        "bias": rounded(accuracy.bias),
    }
