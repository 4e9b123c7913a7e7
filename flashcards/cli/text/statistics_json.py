"""Statistics under the keys that scripts rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashcards.cli.text import confidence
from flashcards.cli.text.json_figures import iso_day, whole_minutes

if TYPE_CHECKING:
    from flashcards.progress.forecast.forecast_accuracy import ForecastAccuracy
    from flashcards.progress.forecast.workload import Workload
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
    kept, answers = figures.retention, figures.answers
    return {
        "reviews": figures.reviews,
        "minutes": whole_minutes(figures.seconds),
        "days": len(figures.days),
        "streak": figures.habit.streak,
        "retention": _rounded(kept.all.share),
        "forecast": [
            {
                "date": iso_day(day.day),
                "reviews": day.reviews,
                "minutes": whole_minutes(day.seconds),
            }
            for day in figures.forecast
        ],
        "date": iso_day(figures.today),
        "decks": [_plain_group(group) for group in figures.decks],
        "topics": [_plain_group(group) for group in figures.topics],
        "since": iso_day(figures.first_day),
        "span": figures.habit.span,
        "retention_by_age": {
            "young": _plain_share(kept.young),
            "mature": _plain_share(kept.mature),
        },
        "months": [
            {"month": f"{one.year}-{one.month:02}", **_plain_share(one.retention)}
            for one in kept.months
        ],
        "answers": {
            **{r.name.lower(): n for r, n in answers.ratings.items()},
            "seconds": _rounded(answers.median_seconds),
            "seconds_again": _rounded(answers.median_again_seconds),
            "seconds_by_state": {
                state.name.lower(): _rounded(seconds)
                for state, seconds in answers.seconds_by_state.items()
            },
        },
        "check": _plain_check(figures.check),
        "stability": _plain_histogram(figures.spread.stability),
        "difficulty": _plain_histogram(figures.spread.difficulty),
        "retrievability": _plain_histogram(figures.spread.retrievability),
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
            {"date": iso_day(day.day), "reviews": day.reviews, "level": day.level}
            for week in figures.heatmap.weeks
            for day in week
        ],
        "leeches": [
            {"card": row.card, "deck": row.deck, "lapses": row.lapses}
            for row in figures.leeches
        ],
        "not_yet": [
            sentence
            for sentence in (
                kept.missing,
                answers.missing,
                figures.check.missing,
                extended_statistics.items.missing,
                extended_statistics.calibration.missing,
                extended_statistics.forecast_accuracy.missing,
            )
            if sentence
        ],
        "workload": _plain_workload(extended_statistics.workload),
        "items": _plain_items(extended_statistics.items),
        "confidence": confidence.calibration_as_json(extended_statistics.calibration),
        "foretold": _plain_forecast_accuracy(extended_statistics.forecast_accuracy),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _plain_share(share: Share) -> dict[str, Any]:
    return {"retention": _rounded(share.share), "reviews": share.asked}


def _plain_group(group: WeakGroup) -> dict[str, Any]:
    return {
        "deck": group.deck,
        "topic": group.topic or None,
        "title": group.title,
        **_plain_share(group.retention),
        "lapses": group.lapses,
        "cards": group.cards,
        "seen": group.seen,
    }


def _plain_check(check: SelfCheck) -> dict[str, Any]:
    return {
        "reviews": check.reviews,
        "predicted": _rounded(check.predicted),
        "actual": _rounded(check.actual),
        "log_loss": _rounded(check.log_loss),
        "log_loss_of_mean": _rounded(check.constant_log_loss),
        "bins": [
            {
                "from": one.low,
                "to": one.high,
                "reviews": one.count,
                "predicted": _rounded(one.predicted),
                "actual": _rounded(one.actual),
            }
            for one in check.bins
        ],
    }


def _plain_histogram(one: Histogram) -> dict[str, Any]:
    return {
        "edges": list(one.edges),
        "cards": list(one.counts),
        "median": _rounded(one.median),
    }


def _plain_workload(ahead: Workload) -> list[dict[str, Any]]:
    return [
        {
            "date": iso_day(day.day),
            "reviews": round(day.reviews, 1),
            "new": round(day.new, 1),
            "minutes": round(day.seconds / 60, 1),
        }
        for day in ahead.days
    ]


def _plain_items(found: ItemStatistics) -> dict[str, Any]:
    return {
        "answers": found.answers,
        "older": found.older,
        "notes": [_plain_item(item) for item in found.items],
        "misconceptions": [
            {"misconception": slug, "answers": n} for slug, n in found.misconceptions
        ],
    }


def _plain_item(item: ItemFigures) -> dict[str, Any]:
    return {
        "note": item.note,
        "deck": item.deck,
        "kind": item.kind,
        "answers": item.answers,
        "enough": item.is_enough,
        "score": _rounded(item.score),
        "parts": [
            {
                "what": part.what,
                "text": part.text,
                "answers": part.answers,
                "share": _rounded(part.answers / item.answers),
                "wrong": part.is_slip,
                "misconception": part.misconception or None,
            }
            for part in item.parts
        ],
    }


def _plain_forecast_accuracy(found: ForecastAccuracy) -> dict[str, Any]:
    return {
        "forecasts": found.forecasts,
        "compared": found.compared,
        "held": found.held,
        "bias": _rounded(found.bias),
    }
